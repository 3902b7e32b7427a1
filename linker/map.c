// The map: what went where, to be read by people.
#include "linker/internal.h"

static const char *file_name(const Linker *linker, const InputSection *section) {
  return linker->files.data[section->file].name;
}

static void write_region(const Linker *linker, Text *map, const char *name, Region region, uint64_t base,
                         uint64_t size) {
  uint64_t used = 0;
  for (size_t i = 0; i < linker->outputs.count; i++)
    if (linker->outputs.data[i].region == region)
      used += linker->outputs.data[i].size;
  text_format(map, "%-10s 0x%010llx %12llu %12llu %7.2f%%\n", name, (unsigned long long)base,
              (unsigned long long)size, (unsigned long long)used,
              size ? 100.0 * (double)used / (double)size : 0.0);
}

static void write_regions(const Linker *linker, Text *map) {
  const Machine *machine = &linker->machine;
  text_format(map, "Memory of machine %s\n\n", machine->name);
  text_format(map, "%-10s %-12s %12s %12s %8s\n", "region", "address", "bytes", "used", "");
  write_region(linker, map, "SPM", REGION_SPM, machine->spm_base, machine->spm_size);
  write_region(linker, map, "DRAM", REGION_DRAM, machine->dram_base, machine->dram_size);
  text_format(map, "\nEntry 0x%llx\n", (unsigned long long)linker->entry);
}

static void write_usage_line(Text *text, const char *name, uint64_t used, uint64_t size) {
  text_format(text, "%-18s %12llu B %12llu B %8.2f%%\n", name, (unsigned long long)used,
              (unsigned long long)size, size ? 100.0 * (double)used / (double)size : 0.0);
}

// Bytes of a region's part that lies in [start, end), from its first section to the end of its last.
static uint64_t bytes_within(const Linker *linker, Region region, uint64_t start, uint64_t end) {
  uint64_t bytes = 0;
  for (size_t i = 0; i < linker->outputs.count; i++) {
    const OutputSection *output = &linker->outputs.data[i];
    uint64_t first = output->address > start ? output->address : start;
    uint64_t last = output->address + output->size < end ? output->address + output->size : end;
    if (output->region == region && first < last)
      bytes += last - first;
  }
  return bytes;
}

// How full the regions are, the scratchpad also by its banks.
void link_write_usage(Linker *linker, Text *text) {
  const Machine *machine = &linker->machine;
  text_format(text, "%-18s %14s %14s %9s\n", "Memory region", "Used Size", "Region Size", "%age Used");
  if (link_has_sections_script(linker))
    link_script_usage(linker, text);
  else
    write_usage_line(text, "DRAM", bytes_within(linker, REGION_DRAM, 0, UINT64_MAX), machine->dram_size);
  write_usage_line(text, "SPM", bytes_within(linker, REGION_SPM, 0, UINT64_MAX), machine->spm_size);
  for (uint64_t bank = 0; bank < machine->spm_banks; bank++) {
    uint64_t size = machine->spm_size / machine->spm_banks;
    uint64_t start = machine->spm_base + bank * size;
    uint64_t used = bytes_within(linker, REGION_SPM, start, start + size);
    char name[32];
    snprintf(name, sizeof(name), "SPM bank %llu", (unsigned long long)bank);
    if (used)
      write_usage_line(text, name, used, size);
  }
}

// A symbol as the map lists it.
typedef struct MapSymbol {
  uint32_t section; // NONE: absolute or provided
  uint64_t address;
  Name name;
} MapSymbol;

typedef VEC(MapSymbol) MapSymbols;

static int compare_symbols(const void *a, const void *b) {
  const MapSymbol *first = a;
  const MapSymbol *second = b;
  if (first->section != second->section)
    return first->section < second->section ? -1 : 1;
  if (first->address != second->address)
    return first->address < second->address ? -1 : 1;
  return first->name < second->name ? -1 : first->name > second->name;
}

static void collect_symbols(const Linker *linker, MapSymbols *symbols) {
  for (Name name = 0; name < linker->symbols.count; name++) {
    const Symbol *symbol = &linker->symbols.data[name];
    if (symbol->state == SYMBOL_UNDEFINED ||
        (symbol->section != NONE && link_is_gone(linker, symbol->section)))
      continue;
    Target target = {.section = symbol->section, .value = symbol->value};
    MapSymbol entry = {symbol->section, link_target_address(linker, &target), name};
    VEC_PUSH(symbols, entry);
  }
  if (symbols->count)
    qsort(symbols->data, symbols->count, sizeof(MapSymbol), compare_symbols);
}

static size_t first_symbol(const MapSymbols *symbols, uint32_t section) {
  size_t low = 0;
  size_t high = symbols->count;
  while (low < high) {
    size_t middle = low + (high - low) / 2;
    if (symbols->data[middle].section < section)
      low = middle + 1;
    else
      high = middle;
  }
  return low;
}

static void write_symbols(const Linker *linker, Text *map, const MapSymbols *symbols, uint32_t section) {
  for (size_t i = first_symbol(symbols, section); i < symbols->count && symbols->data[i].section == section;
       i++)
    text_format(map, "0x%010llx %10s     %s\n", (unsigned long long)symbols->data[i].address, "",
                intern_text(&linker->names, symbols->data[i].name));
}

static void write_output(const Linker *linker, Text *map, const OutputSection *output,
                         const MapSymbols *symbols) {
  text_format(map, "0x%010llx %10llu %s\n", (unsigned long long)output->address,
              (unsigned long long)output->size, output->name);
  for (uint32_t i = 0; i < output->input_count; i++) {
    uint32_t number = linker->placed.data[output->first_input + i];
    const InputSection *section = &linker->sections.data[number];
    uint64_t address = output->address + section->offset;
    text_format(map, "0x%010llx %10llu   %s:(%s)\n", (unsigned long long)address,
                (unsigned long long)link_section_size(section), file_name(linker, section), section->name);
    write_symbols(linker, map, symbols, number);
  }
}

void link_write_discarded(Linker *linker, Text *text) {
  for (size_t i = 0; i < linker->sections.count; i++) {
    const InputSection *section = &linker->sections.data[i];
    if (!section->alive && !section->unused && !section->duplicate && section->size &&
        section->replacement == NONE)
      text_format(text, "removing unused section %s:(%s)\n", file_name(linker, section), section->name);
  }
}

static void write_left_out(const Linker *linker, Text *map) {
  bool any = false;
  for (size_t i = 0; i < linker->sections.count; i++) {
    const InputSection *section = &linker->sections.data[i];
    if (section->alive || section->unused || !section->size)
      continue;
    text_format(map, "%s%10llu   %s:(%s)%s\n", any ? "" : "\nDiscarded\n\n     bytes\n",
                (unsigned long long)section->size, file_name(linker, section), section->name,
                section->duplicate             ? ", a duplicate"
                : section->replacement != NONE ? ", folded"
                                               : "");
    any = true;
  }
}

static void write_members(const Linker *linker, Text *map) {
  bool any = false;
  for (size_t i = 0; i < linker->members.count; i++) {
    if (!linker->members.data[i].loaded)
      continue;
    text_format(map, "%s  %s\n", any ? "" : "\nArchive members\n\n", linker->members.data[i].name);
    any = true;
  }
}

void link_write_map(Linker *linker, Text *map) {
  MapSymbols symbols = {0};
  collect_symbols(linker, &symbols);
  write_regions(linker, map);
  write_members(linker, map);
  text_format(map, "\nSections\n\n%-12s %10s\n", "address", "bytes");
  for (size_t i = 0; i < linker->outputs.count; i++)
    write_output(linker, map, &linker->outputs.data[i], &symbols);
  size_t absolute = first_symbol(&symbols, NONE);
  if (absolute < symbols.count) {
    text_append_string(map, "\nSymbols of the linker and absolute ones\n\n");
    write_symbols(linker, map, &symbols, NONE);
  }
  write_left_out(linker, map);
  VEC_FREE(&symbols);
}
