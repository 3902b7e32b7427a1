// Keeps .eh_frame consistent with the functions that are left: records that describe a discarded function are
// deleted, and terminators in front of the last section, which would hide all that follows. Records are read
// before gc, which follows what live ones refer to.
#include "linker/internal.h"

bool link_is_frame_section(const InputSection *section) {
  return (section->flags & SHF_ALLOC) && section->data && strcmp(section->name, ".eh_frame") == 0;
}

static uint32_t word_at(const InputSection *section, uint64_t offset) {
  uint32_t word;
  memcpy(&word, section->data + offset, 4);
  return word;
}

static bool corrupt(Linker *linker, uint32_t number, uint64_t offset, const char *what) {
  link_error(linker, link_section_place(linker, number, offset), "corrupt unwind information: %s", what);
  return false;
}

// The function an FDE describes is what the relocation of its first address (8 bytes in) refers to.
static uint32_t described_function(Linker *linker, const InputSection *section, const FrameRecord *record) {
  const InputFile *file = &linker->files.data[section->file];
  for (uint32_t i = 0; i < record->relocation_count; i++) {
    const Elf64_Rela *relocation = &section->relocations[record->first_relocation + i];
    uint32_t symbol = ELF64_R_SYM(relocation->r_info);
    if (relocation->r_offset == record->start + 8 && symbol > 0 && symbol < file->symbol_count)
      return link_symbol_target(linker, file, symbol).section;
  }
  return NONE;
}

static bool read_section_frames(Linker *linker, uint32_t number) {
  const InputSection *section = &linker->sections.data[number];
  uint32_t next = 0; // relocation
  for (uint64_t at = 0; at < section->size;) {
    if (section->size - at < 4)
      return corrupt(linker, number, at, "truncated record");
    uint32_t length = word_at(section, at);
    if (length == UINT32_MAX)
      return corrupt(linker, number, at, "64-bit records are not supported");
    if (length > section->size - at - 4 || (length && length < 4))
      return corrupt(linker, number, at, "a record that is larger than its section, or too small");
    FrameRecord record = {.start = at,
                          .end = at + 4 + length,
                          .cie = UINT64_MAX,
                          .section = number,
                          .function = NONE,
                          .terminator = length == 0};
    uint32_t id = length ? word_at(section, at + 4) : 0;
    if (id > at + 4)
      return corrupt(linker, number, at, "a description whose CIE lies outside the section");
    if (id)
      record.cie = at + 4 - id;
    while (next < section->relocation_count && section->relocations[next].r_offset < at)
      next++;
    record.first_relocation = next;
    while (next < section->relocation_count && section->relocations[next].r_offset < record.end)
      next++;
    record.relocation_count = next - record.first_relocation;
    if (id)
      record.function = described_function(linker, section, &record);
    VEC_PUSH(&linker->frames, record);
    at = record.end;
  }
  return true;
}

bool link_read_frames(Linker *linker) {
  bool good = true;
  for (uint32_t i = 0; i < linker->sections.count; i++)
    if (link_is_frame_section(&linker->sections.data[i]) && !linker->sections.data[i].duplicate)
      good = read_section_frames(linker, i) && good;
  return good;
}

// The first record of a section or of a later one.
static size_t first_record(const Linker *linker, uint32_t section) {
  size_t low = 0;
  size_t high = linker->frames.count;
  while (low < high) {
    size_t middle = low + (high - low) / 2;
    if (linker->frames.data[middle].section < section)
      low = middle + 1;
    else
      high = middle;
  }
  return low;
}

static bool is_dead(const Linker *linker, const FrameRecord *record) {
  if (record->terminator)
    return record->section != VEC_LAST(&linker->frames).section;
  return record->function != NONE && !linker->sections.data[record->function].alive;
}

void link_drop_dead_frames(Linker *linker) {
  for (size_t i = 0; i < linker->frames.count; i++) {
    const FrameRecord *record = &linker->frames.data[i];
    if (!is_dead(linker, record))
      continue;
    InputSection *section = &linker->sections.data[record->section];
    if (!section->deletions) {
      size_t count = first_record(linker, record->section + 1) - i;
      section->deletions = ARENA_ARRAY(&linker->arena, Deletion, count);
    }
    uint32_t last = section->deletion_count;
    if (last && section->deletions[last - 1].end == record->start) {
      section->deletions[last - 1].end = record->end;
      continue;
    }
    uint64_t before = 0;
    if (last) {
      const Deletion *previous = &section->deletions[last - 1];
      before = previous->before + (previous->end - previous->start);
    }
    section->deletions[section->deletion_count++] = (Deletion){record->start, record->end, before};
  }
}

// An FDE names its CIE by the distance to it, which deletions change.
void link_fix_frame_pointers(const Linker *linker, uint32_t number, uint8_t *out) {
  const InputSection *section = &linker->sections.data[number];
  if (!section->deletion_count)
    return;
  for (size_t i = first_record(linker, number); i < linker->frames.count; i++) {
    const FrameRecord *record = &linker->frames.data[i];
    if (record->section != number)
      return;
    if (record->cie == UINT64_MAX || is_dead(linker, record))
      continue;
    uint64_t field = link_output_offset(section, record->start) + 4;
    uint32_t distance = (uint32_t)(field - link_output_offset(section, record->cie));
    memcpy(out + field, &distance, 4);
  }
}
