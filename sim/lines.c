// Source lines of the program's code, from its .debug_line sections by way of elfutils' libdw.
#include "sim/internal.h"

#include <elfutils/libdw.h>
#include <libelf.h>

static int compare_lines(const void *left, const void *right) {
  const SimLine *a = left;
  const SimLine *b = right;
  if (a->address != b->address)
    return a->address < b->address ? -1 : 1;
  return (int)b->end - (int)a->end; // what ends at an address comes before what begins there
}

static void read_unit(Sim *sim, Dwarf_Die *unit) {
  Dwarf_Lines *lines = NULL;
  size_t count = 0;
  if (dwarf_getsrclines(unit, &lines, &count) != 0)
    return;
  const char *latest = NULL; // the file of the line before, as libdw and as we have it
  const char *kept = NULL;
  for (size_t i = 0; i < count; i++) {
    Dwarf_Line *line = dwarf_onesrcline(lines, i);
    Dwarf_Addr address = 0;
    int number = 0;
    bool end = false;
    const char *file = dwarf_linesrc(line, NULL, NULL);
    if (!file || dwarf_lineaddr(line, &address) || dwarf_lineno(line, &number) ||
        dwarf_lineendsequence(line, &end))
      continue;
    if (file != latest)
      kept = arena_copy_text(&sim->arena, file, strlen(file));
    latest = file;
    SimLine found = {address, kept, number > 0 ? (unsigned)number : 0, end};
    VEC_PUSH(&sim->lines, found);
  }
}

void sim_lines_read(Sim *sim, const void *data, size_t size) {
  if (elf_version(EV_CURRENT) == EV_NONE)
    return;
  Elf *elf = elf_memory((char *)data, size);
  Dwarf *dwarf = elf ? dwarf_begin_elf(elf, DWARF_C_READ, NULL) : NULL;
  Dwarf_CU *unit = NULL;
  Dwarf_Die die;
  uint8_t type;
  while (dwarf && dwarf_get_units(dwarf, unit, &unit, NULL, &type, &die, NULL) == 0)
    read_unit(sim, &die);
  dwarf_end(dwarf);
  elf_end(elf);
  if (sim->lines.count)
    qsort(sim->lines.data, sim->lines.count, sizeof *sim->lines.data, compare_lines);
}

const SimLine *sim_line_at(const Sim *sim, uint64_t address) {
  size_t low = 0;
  size_t high = sim->lines.count;
  while (low < high) {
    size_t middle = low + (high - low) / 2;
    if (sim->lines.data[middle].address <= address)
      low = middle + 1;
    else
      high = middle;
  }
  const SimLine *line = low ? &sim->lines.data[low - 1] : NULL;
  return line && !line->end && line->line ? line : NULL;
}
