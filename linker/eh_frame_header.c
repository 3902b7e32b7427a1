// --eh-frame-hdr: a table of the descriptions in .eh_frame by address, which unwinders search (Linux Standard
// Base, "The .eh_frame_hdr section"). When the function of a description is not known from a relocation, it
// becomes a header without a table. Its size is final when the dead descriptions are out, its contents when
// addresses are.
#include "linker/internal.h"

#include <dwarf.h>

// The descriptions that go out.
static bool is_live(const Linker *linker, const FrameRecord *record) {
  return record->cie != NONE && linker->sections.data[record->section].alive &&
         !link_is_dead_frame(linker, record);
}

enum { HEADER_BYTES = 12, ENTRY_BYTES = 8, BARE_HEADER_BYTES = 8 };

void link_add_frame_header(Linker *linker) {
  uint64_t count = 0;
  bool known = true;
  bool any = false;
  for (size_t i = 0; i < linker->frames.count; i++) {
    const FrameRecord *record = &linker->frames.data[i];
    any = any || linker->sections.data[record->section].alive;
    if (!is_live(linker, record))
      continue;
    count++;
    known = known && record->function != NONE;
  }
  if (!any)
    return;
  InputSection section = {.name = ".eh_frame_hdr",
                          .flags = SHF_ALLOC,
                          .size = known ? HEADER_BYTES + ENTRY_BYTES * count : BARE_HEADER_BYTES,
                          .alignment = 4,
                          .type = SHT_PROGBITS,
                          .output = NONE,
                          .group = NONE,
                          .replacement = NONE,
                          .alive = true};
  section.data = arena_alloc(&linker->arena, section.size, 4); // filled in when addresses are final
  linker->frame_header = link_add_section(linker, section);
}

typedef struct HeaderEntry {
  int32_t function; // distances from the header
  int32_t record;
} HeaderEntry;

static int compare_entries(const void *a, const void *b) {
  int32_t first = ((const HeaderEntry *)a)->function;
  int32_t second = ((const HeaderEntry *)b)->function;
  return (first > second) - (first < second);
}

static uint64_t described_address(Linker *linker, const FrameRecord *record) {
  const InputSection *section = &linker->sections.data[record->section];
  const InputFile *file = &linker->files.data[section->file];
  for (uint32_t i = 0; i < record->relocation_count; i++) {
    const Elf64_Rela *relocation = &section->relocations[record->first_relocation + i];
    if (relocation->r_offset != record->start + FUNCTION_IN_FDE || !ELF64_R_SYM(relocation->r_info))
      continue;
    Target target = link_symbol_target(linker, file, ELF64_R_SYM(relocation->r_info));
    return link_reference_value(linker, file, ELF64_R_SYM(relocation->r_info), &target, relocation->r_addend);
  }
  return 0;
}

// The first live frame section in the output, where the records begin.
static uint64_t frames_address(const Linker *linker) {
  for (size_t i = 0; i < linker->outputs.count; i++)
    if (strcmp(linker->outputs.data[i].name, ".eh_frame") == 0)
      return linker->outputs.data[i].address;
  return 0;
}

void link_fill_frame_header(Linker *linker, uint8_t *out) {
  enum { FOUR_BYTES = DW_EH_PE_sdata4, TABLE = DW_EH_PE_datarel | FOUR_BYTES };
  const InputSection *header = &linker->sections.data[linker->frame_header];
  uint64_t address = link_section_address(linker, linker->frame_header);
  bool table = header->size >= HEADER_BYTES;
  const uint8_t encodings[4] = {1, DW_EH_PE_pcrel | FOUR_BYTES, table ? DW_EH_PE_udata4 : DW_EH_PE_omit,
                                table ? TABLE : DW_EH_PE_omit};
  uint32_t distance = (uint32_t)(frames_address(linker) - (address + 4));
  memcpy(out, encodings, 4);
  memcpy(out + 4, &distance, 4);
  if (!table)
    return;
  uint32_t count = (uint32_t)((header->size - HEADER_BYTES) / ENTRY_BYTES);
  HeaderEntry *entries = (HeaderEntry *)(out + HEADER_BYTES);
  HeaderEntry *next = entries;
  for (size_t i = 0; i < linker->frames.count; i++) {
    const FrameRecord *record = &linker->frames.data[i];
    if (is_live(linker, record))
      *next++ = (HeaderEntry){(int32_t)(described_address(linker, record) - address),
                              (int32_t)(link_frame_address(linker, record) - address)};
  }
  qsort(entries, count, sizeof(*entries), compare_entries);
  memcpy(out + 8, &count, 4);
}
