// Where the scratchpad's initial contents are loaded. A program that refers to __spm_copy_start has start-up
// code that copies them: they are loaded in DRAM behind all else there, and a table between __spm_copy_start
// and
// __spm_copy_end says what goes where. Otherwise the loader puts them in the scratchpad itself.
#include "linker/internal.h"

// An entry of the table; all are 64-bit numbers.
typedef struct CopyEntry {
  uint64_t to;
  uint64_t from;
  uint64_t bytes;
} CopyEntry;

const char link_copy_table_name[] = ".kiln.spm_copy";

static bool is_referenced(const Linker *linker, const char *name) {
  Name found = intern_find(&linker->names, name, strlen(name));
  return found != NAME_NONE && linker->symbols.data[found].state == SYMBOL_PROVIDED;
}

static bool has_image(const char *name, uint32_t type) {
  return strncmp(name, ".spm", 4) == 0 && (name[4] == '.' || !name[4]) && type != SHT_NOBITS;
}

// Adds the table when the program wants it, with room for all output sections that may come to be.
void link_add_copy_table(Linker *linker) {
  if (!is_referenced(linker, "__spm_copy_start") && !is_referenced(linker, "__spm_copy_end"))
    return;
  Intern kinds = {0};
  Text key = {0};
  for (size_t i = 0; i < linker->sections.count; i++) {
    const InputSection *section = &linker->sections.data[i];
    if (!section->alive || section->unused || !(section->flags & SHF_ALLOC) ||
        !has_image(section->name, section->type))
      continue;
    text_clear(&key);
    text_format(&key, "%s %x %x", link_output_name(linker, section), section->flags, section->type);
    intern(&kinds, key.data, key.count);
  }
  InputSection section = {.name = link_copy_table_name,
                          .size = kinds.count * sizeof(CopyEntry),
                          .flags = SHF_ALLOC,
                          .alignment = 8,
                          .type = SHT_PROGBITS,
                          .output = NONE,
                          .group = NONE,
                          .replacement = NONE,
                          .alive = true};
  section.data = arena_alloc(&linker->arena, section.size, 8); // filled in when addresses are final
  linker->copy_table = link_add_section(linker, section);
  text_free(&key);
  intern_free(&kinds);
}

// Entries that are not needed copy nothing.
void link_fill_copy_table(const Linker *linker, uint8_t *out) {
  CopyEntry *entry = (CopyEntry *)out;
  memset(out, 0, linker->sections.data[linker->copy_table].size);
  for (size_t i = 0; i < linker->outputs.count; i++) {
    const OutputSection *output = &linker->outputs.data[i];
    if (output->region == REGION_SPM && has_image(output->name, output->type) && output->size)
      *entry++ = (CopyEntry){output->address, output->load_address, output->size};
  }
}
