// Diagnostics whose place is in an input.
#include "linker/internal.h"

void link_error(Linker *linker, const char *file, const char *format, ...) {
  if (linker->quiet)
    return;
  va_list arguments;
  va_start(arguments, format);
  diagnose_list(linker->diagnostics, DIAGNOSTIC_ERROR, place_named(file), format, arguments);
  va_end(arguments);
}

const char *link_section_place(Linker *linker, uint32_t section, uint64_t offset) {
  const InputSection *input = &linker->sections.data[section];
  if (linker->quiet)
    return input->name;
  return arena_format(&linker->arena, "%s:(%s+0x%llx)", linker->files.data[input->file].name, input->name,
                      (unsigned long long)offset);
}
