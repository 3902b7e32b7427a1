// Gathers live input sections into output sections, and gives these their addresses and places in the file.
//
// DRAM, from its base: code, read-only data, then writable data and what has no contents; a new page wherever
// the permissions change, a PT_LOAD segment for each. Scratchpad: .spm.bankN at the start of bank N, other
// .spm sections in the first gap that is large enough. Sections without SHF_ALLOC follow in the file.
#include "linker/internal.h"

// The order of output sections. Permissions change only between groups of ten.
enum {
  RANK_INIT = 0,
  RANK_TEXT = 1,
  RANK_CODE = 2,
  RANK_FINI = 3,
  RANK_RODATA = 10,
  RANK_READ_ONLY = 11,
  RANK_FRAMES = 12,
  RANK_WRITABLE_CODE = 20,
  RANK_INIT_ARRAY = 30,
  RANK_GOT = 31,
  RANK_DATA = 32,
  RANK_WRITABLE = 33,
  RANK_SDATA = 34,
  RANK_TDATA = 35,
  RANK_TBSS = 36,
  RANK_SBSS = 37,
  RANK_BSS = 38,
  RANK_ZERO = 39,
  RANK_SPM_BANK = 100,
  RANK_SPM = 1000,
  RANK_FILE = 2000,
};

typedef struct Layout {
  Linker *linker;
  Intern keys; // of the output sections made so far
  Text key;
  VEC(uint32_t) output_of; // by key
  uint64_t file_offset;
  bool good;
} Layout;

static bool has_prefix(const char *name, const char *prefix) {
  size_t size = strlen(prefix);
  return strncmp(name, prefix, size) == 0 && (name[size] == '\0' || name[size] == '.');
}

// The output section's name: compilers add a suffix for each function and object.
const char *link_output_name(Linker *linker, const InputSection *section) {
  static const struct {
    const char *prefix;
    const char *name;
  } names[] = {
      {".text", ".text"},
      {".rodata", ".rodata"},
      {".srodata", ".rodata"},
      {".sdata2", ".rodata"},
      {".data.rel.ro", ".data"},
      {".data", ".data"},
      {".sdata", ".sdata"},
      {".bss", ".bss"},
      {".sbss", ".sbss"},
      {".tdata", ".tdata"},
      {".tbss", ".tbss"},
      {".preinit_array", ".preinit_array"},
      {".init_array", ".init_array"},
      {".fini_array", ".fini_array"},
      {".ctors", ".ctors"},
      {".dtors", ".dtors"},
      {".gcc_except_table", ".gcc_except_table"},
  };
  if (!(section->flags & SHF_ALLOC) || section->name[0] != '.')
    return section->name;
  if (strncmp(section->name, ".spm.bank", 9) == 0) {
    size_t size = 9 + strspn(section->name + 9, "0123456789");
    if (size > 9 && (section->name[size] == '.' || !section->name[size]))
      return arena_copy_text(&linker->arena, section->name, size);
  }
  if (has_prefix(section->name, ".spm"))
    return ".spm";
  for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++)
    if (has_prefix(section->name, names[i].prefix)) {
      bool nobits = section->type == SHT_NOBITS;
      bool data = section->flags & SHF_WRITE;
      if (nobits && strcmp(names[i].name, ".data") == 0)
        return ".bss";
      return !nobits && data && strcmp(names[i].name, ".bss") == 0 ? ".data" : names[i].name;
    }
  return section->name;
}

static uint32_t alloc_rank(const OutputSection *output) {
  static const struct {
    const char *name;
    uint32_t rank;
  } known[] = {
      {".init", RANK_INIT},       {".text", RANK_TEXT}, {".fini", RANK_FINI}, {".rodata", RANK_RODATA},
      {".eh_frame", RANK_FRAMES}, {".got", RANK_GOT},   {".data", RANK_DATA}, {".sdata", RANK_SDATA},
      {".sbss", RANK_SBSS},       {".bss", RANK_BSS},
  };
  bool writable = output->flags & SHF_WRITE;
  bool code = output->flags & SHF_EXECINSTR;
  bool nobits = output->type == SHT_NOBITS;
  uint32_t general = code && writable ? RANK_WRITABLE_CODE
                     : code           ? RANK_CODE
                     : !writable      ? RANK_READ_ONLY
                     : nobits         ? RANK_ZERO
                                      : RANK_WRITABLE;
  if (writable && !code && (output->flags & SHF_TLS))
    return nobits ? RANK_TBSS : RANK_TDATA;
  if (writable && !code && !nobits &&
      (output->type != SHT_PROGBITS || has_prefix(output->name, ".ctors") ||
       has_prefix(output->name, ".dtors")))
    return RANK_INIT_ARRAY;
  for (size_t i = 0; i < sizeof(known) / sizeof(known[0]); i++)
    if (strcmp(output->name, known[i].name) == 0 && known[i].rank / 10 == general / 10)
      return nobits && known[i].rank < RANK_SBSS && writable ? RANK_ZERO : known[i].rank;
  return general;
}

static void choose_region(Layout *layout, OutputSection *output) {
  output->bank = NONE;
  if (!(output->flags & SHF_ALLOC)) {
    output->region = REGION_FILE;
    output->rank = RANK_FILE;
    return;
  }
  bool nobits = output->type == SHT_NOBITS;
  if (!has_prefix(output->name, ".spm")) {
    output->region = REGION_DRAM;
    output->rank = alloc_rank(output);
    return;
  }
  output->region = REGION_SPM;
  output->rank = RANK_SPM + nobits;
  if (strncmp(output->name, ".spm.bank", 9) != 0)
    return;
  unsigned long bank = strtoul(output->name + 9, NULL, 10);
  if (bank >= layout->linker->machine.spm_banks) {
    link_error(layout->linker, output->name, "machine '%s' has only %llu scratchpad banks",
               layout->linker->machine.name, (unsigned long long)layout->linker->machine.spm_banks);
    layout->good = false;
    return;
  }
  output->bank = (uint32_t)bank;
  output->rank = RANK_SPM_BANK + 2 * (uint32_t)bank + nobits;
}

// With a script, what is not its business comes behind all that is.
static void set_region(Layout *layout, OutputSection *output) {
  choose_region(layout, output);
  if (output->region != REGION_DRAM && link_has_sections_script(layout->linker))
    output->rank += UINT32_C(1) << 24;
}

static uint64_t add_sizes(uint64_t a, uint64_t b) {
  return a > UINT64_MAX / 2 - b ? UINT64_MAX / 2 : a + b; // beyond every region, and further sums cannot wrap
}

static uint64_t align_up(uint64_t value, uint64_t alignment) {
  return add_sizes(value, alignment - 1) & ~(alignment - 1);
}

// The number of the output section made for a name and further properties; NONE, to be set, at first.
static uint32_t *find_key(Layout *layout, const char *name, const uint64_t *properties, size_t size) {
  Text *text = &layout->key;
  text_clear(text);
  text_append_string(text, name);
  text_append(text, (const char *)properties, size);
  Name key = intern(&layout->keys, text->data, text->count);
  if (key == layout->output_of.count)
    VEC_PUSH(&layout->output_of, NONE);
  return &layout->output_of.data[key];
}

// With -r: sections of one name, kind and group share an output section.
static uint32_t find_object_output(Layout *layout, const InputSection *section) {
  Linker *linker = layout->linker;
  // Tables of constructors have an entry size or none, and must keep their order all the same.
  uint32_t entry_size = section->flags & SHF_MERGE ? section->entry_size : 0;
  uint64_t key[] = {section->flags, section->type, entry_size, section->group};
  uint32_t *known = find_key(layout, section->name, key, sizeof(key));
  if (*known != NONE)
    return *known;
  OutputSection output = {.name = section->name,
                          .flags = section->flags & ~(uint64_t)(SHF_LINK_ORDER | SHF_INFO_LINK),
                          .type = section->type,
                          .alignment = 1,
                          .entry_size = section->entry_size,
                          .statement = NONE,
                          .bank = NONE,
                          .region = REGION_FILE};
  VEC_PUSH(&linker->outputs, output);
  return *known = (uint32_t)linker->outputs.count - 1;
}

// The output section for an input section. Those that differ in type or permissions do not share one, so that
// neither a section's contents nor its protection depend on its neighbours.
static uint32_t find_output(Layout *layout, const InputSection *section) {
  Linker *linker = layout->linker;
  if (section->script_input)
    return link_script_output(linker, section);
  if (linker->options->relocatable)
    return find_object_output(layout, section);
  const char *name = link_output_name(linker, section);
  uint64_t kind = section->flags & (SHF_ALLOC | SHF_WRITE | SHF_EXECINSTR | SHF_TLS);
  uint32_t type = section->type == SHT_NOBITS || section->type == SHT_NOTE ||
                          section->type == SHT_INIT_ARRAY || section->type == SHT_FINI_ARRAY ||
                          section->type == SHT_PREINIT_ARRAY
                      ? section->type
                      : SHT_PROGBITS;
  uint64_t key[] = {kind, type};
  uint32_t *known = find_key(layout, name, key, sizeof(key));
  if (*known != NONE)
    return *known;
  OutputSection output = {.name = name,
                          .flags = section->flags &
                                   ~(uint64_t)(SHF_GROUP | SHF_GNU_RETAIN | SHF_LINK_ORDER | SHF_INFO_LINK),
                          .type = type,
                          .alignment = 1,
                          .entry_size = section->entry_size,
                          .statement = NONE};
  set_region(layout, &output);
  VEC_PUSH(&linker->outputs, output);
  return *known = (uint32_t)linker->outputs.count - 1;
}

// Sections in which a symbol is defined are kept even when they are empty.
static void find_labelled(void *context, size_t number, unsigned thread) {
  (void)thread;
  Linker *linker = context;
  const InputFile *file = &linker->files.data[number];
  for (uint32_t i = 1; i < file->symbol_count; i++) {
    if (ELF64_ST_TYPE(file->symbols[i].st_info) == STT_SECTION)
      continue;
    uint32_t section = link_file_section(file, link_symbol_section_index(file, i));
    if (section != NONE)
      linker->sections.data[section].labelled = true;
  }
}

static bool is_placed(const InputSection *section) {
  return section->alive && !section->unused && section->replacement == NONE &&
         (section->size || section->relocation_count || section->labelled);
}

static void merge_properties(OutputSection *output, const InputSection *section) {
  uint64_t alignment = section->alignment;
  if (output->alignment < alignment)
    output->alignment = alignment;
  // Mergeable only when all its parts are, of one kind.
  uint64_t merging = SHF_MERGE | SHF_STRINGS;
  if ((output->flags & merging) != (section->flags & merging) || output->entry_size != section->entry_size) {
    output->flags &= ~merging;
    output->entry_size = 0;
  }
}

static void gather(Layout *layout) {
  Linker *linker = layout->linker;
  for (uint32_t i = 0; i < linker->sections.count; i++) {
    InputSection *section = &linker->sections.data[i];
    if (!is_placed(section))
      continue;
    section->output = find_output(layout, section);
    OutputSection *output = &linker->outputs.data[section->output];
    merge_properties(output, section);
    output->input_count++;
  }
}

static int compare_outputs(const void *a, const void *b, void *context) {
  const OutputSection *outputs = context;
  uint32_t first = *(const uint32_t *)a;
  uint32_t second = *(const uint32_t *)b;
  if (outputs[first].rank != outputs[second].rank)
    return outputs[first].rank < outputs[second].rank ? -1 : 1;
  return first < second ? -1 : first > second;
}

static void sort_outputs(Layout *layout) {
  Linker *linker = layout->linker;
  uint32_t count = (uint32_t)linker->outputs.count;
  if (!count)
    return;
  uint32_t *order = ARENA_ARRAY(&linker->arena, uint32_t, count);
  uint32_t *position = ARENA_ARRAY(&linker->arena, uint32_t, count);
  OutputSection *sorted = ARENA_ARRAY(&linker->arena, OutputSection, count);
  for (uint32_t i = 0; i < count; i++)
    order[i] = i;
  qsort_r(order, count, sizeof(uint32_t), compare_outputs, linker->outputs.data);
  for (uint32_t i = 0; i < count; i++) {
    position[order[i]] = i;
    sorted[i] = linker->outputs.data[order[i]];
  }
  memcpy(linker->outputs.data, sorted, count * sizeof(OutputSection));
  for (size_t i = 0; i < linker->sections.count; i++)
    if (linker->sections.data[i].output != NONE)
      linker->sections.data[i].output = position[linker->sections.data[i].output];
}

// Within an output section inputs keep the order of the command line, but for start-up code, which comes
// first, and tables of constructors, which are sorted by priority: ".init_array.5" before ".init_array.100"
// before ".init_array"; ".ctors.N" counts the other way round.
static uint64_t input_priority(const InputSection *section) {
  if (has_prefix(section->name, ".text.init"))
    return 0;
  const char *dot = strrchr(section->name, '.');
  bool constructors = has_prefix(section->name, ".ctors") || has_prefix(section->name, ".dtors");
  bool array = has_prefix(section->name, ".init_array") || has_prefix(section->name, ".fini_array") ||
               has_prefix(section->name, ".preinit_array");
  if ((constructors || array) && dot[1] >= '0' && dot[1] <= '9') {
    uint64_t priority = strtoul(dot + 1, NULL, 10) & 0xffff;
    return constructors ? 0xffff - priority : priority;
  }
  return UINT64_C(1) << 32;
}

static int compare_inputs(const void *a, const void *b, void *context) {
  const Linker *linker = context;
  const InputSection *sections = linker->sections.data;
  uint32_t first = *(const uint32_t *)a;
  uint32_t second = *(const uint32_t *)b;
  uint64_t first_priority = input_priority(&sections[first]);
  uint64_t second_priority = input_priority(&sections[second]);
  if (first_priority != second_priority)
    return first_priority < second_priority ? -1 : 1;
  int order = 0;
  if (linker->options->sort_sections == LINKER_SORT_NAME)
    order = strcmp(sections[first].name, sections[second].name);
  else if (linker->options->sort_sections == LINKER_SORT_ALIGNMENT)
    order = (sections[first].alignment < sections[second].alignment) -
            (sections[first].alignment > sections[second].alignment);
  return order ? order : first < second ? -1 : first > second;
}

static int compare_by_script(const void *a, const void *b, void *context) {
  const Linker *linker = context;
  uint32_t first = *(const uint32_t *)a;
  uint32_t second = *(const uint32_t *)b;
  return link_script_compare(linker, first, second, input_priority(&linker->sections.data[first]),
                             input_priority(&linker->sections.data[second]));
}

static bool is_sorted(const Linker *linker, const OutputSection *output) {
  bool wanted = linker->options->sort_sections != LINKER_SORT_NOT && output->region != REGION_FILE &&
                strcmp(output->name, ".eh_frame") != 0;
  return wanted || output->rank == RANK_TEXT || output->rank == RANK_INIT_ARRAY;
}

static void list_inputs(Layout *layout) {
  Linker *linker = layout->linker;
  uint32_t total = 0;
  for (size_t i = 0; i < linker->outputs.count; i++) {
    linker->outputs.data[i].first_input = total;
    total += linker->outputs.data[i].input_count;
    linker->outputs.data[i].input_count = 0;
  }
  VEC_RESERVE(&linker->placed, total);
  linker->placed.count = total;
  for (uint32_t i = 0; i < linker->sections.count; i++) {
    if (linker->sections.data[i].output == NONE)
      continue;
    OutputSection *output = &linker->outputs.data[linker->sections.data[i].output];
    linker->placed.data[output->first_input + output->input_count++] = i;
  }
  for (size_t i = 0; i < linker->outputs.count; i++) {
    const OutputSection *output = &linker->outputs.data[i];
    if (output->statement != NONE && output->input_count)
      qsort_r(linker->placed.data + output->first_input, output->input_count, sizeof(uint32_t),
              compare_by_script, linker);
    else if (is_sorted(linker, output) && !link_has_sections_script(linker))
      qsort_r(linker->placed.data + output->first_input, output->input_count, sizeof(uint32_t),
              compare_inputs, linker);
  }
}

// With -r a section that follows instructions which may yet become fewer gets padding in front, and a
// relocation R_RISCV_ALIGN for it: the bytes of that padding; 0: it needs none.
uint64_t link_object_padding(const Linker *linker, const InputSection *section) {
  uint64_t smallest = linker->flags & EF_RISCV_RVC ? 2 : 4; // instruction
  return section->padded && section->alignment > smallest ? section->alignment - smallest : 0;
}

// Records of .eh_frame follow one another without padding, which would look like a terminator.
static void place_inputs(Linker *linker, OutputSection *output) {
  bool packed = strcmp(output->name, ".eh_frame") == 0;
  bool relaxes = false;
  output->size = 0;
  for (uint32_t i = 0; i < output->input_count; i++) {
    InputSection *section = &linker->sections.data[linker->placed.data[output->first_input + i]];
    uint64_t alignment = packed && i ? 4 : section->alignment;
    section->padded = relaxes && linker->options->relocatable;
    uint64_t padding = link_object_padding(linker, section);
    section->offset = padding ? output->size + padding : align_up(output->size, alignment);
    output->size = add_sizes(section->offset, link_section_size(section));
    relaxes = relaxes || section->relaxes || section->aligns;
  }
}

static uint32_t segment_flags(const OutputSection *output) {
  return PF_R | (output->flags & SHF_WRITE ? PF_W : 0) | (output->flags & SHF_EXECINSTR ? PF_X : 0);
}

// Puts an output section at an address, as part of the segment or as the first of a new one.
static void add_to_segment(Layout *layout, OutputSection *output, uint64_t address, bool new_segment) {
  Linker *linker = layout->linker;
  output->address = address;
  bool dram = output->region == REGION_DRAM;
  bool elsewhere = dram ? link_has_sections_script(linker) : linker->copy_table != NONE; // set already
  if (!elsewhere)
    output->load_address = address;
  if (new_segment) {
    uint64_t phase = (address - layout->file_offset) % PAGE_BYTES;
    layout->file_offset += phase;
    Segment segment = {.type = PT_LOAD,
                       .address = address,
                       .load_address = output->load_address,
                       .file_offset = layout->file_offset,
                       .alignment = PAGE_BYTES};
    VEC_PUSH(&linker->segments, segment);
  }
  Segment *segment = &VEC_LAST(&linker->segments);
  segment->flags |= segment_flags(output);
  segment->memory_size = address + output->size - segment->address;
  output->file_offset = segment->file_offset + (address - segment->address);
  if (output->type == SHT_NOBITS) {
    output->file_offset = layout->file_offset;
    return;
  }
  segment->file_size = segment->memory_size;
  layout->file_offset = segment->file_offset + segment->file_size;
}

typedef struct Contribution {
  uint32_t section;
  uint64_t size;
} Contribution;

static int compare_contributions(const void *a, const void *b) {
  const Contribution *first = a;
  const Contribution *second = b;
  if (first->size != second->size)
    return first->size > second->size ? -1 : 1;
  return first->section < second->section ? -1 : first->section > second->section;
}

enum { CONTRIBUTORS_SHOWN = 5 };

// Says what fills a region that is too small: the largest input sections among the given output sections.
static void report_overflow(Layout *layout, const char *region, uint64_t available, uint64_t needed,
                            const OutputSection *outputs, size_t count) {
  Linker *linker = layout->linker;
  if (linker->tentative)
    return;
  layout->good = false;
  diagnose(linker->diagnostics, DIAGNOSTIC_ERROR, place_named(NULL),
           "%s overflows by %llu bytes: %llu needed, %llu available", region,
           (unsigned long long)(needed - available), (unsigned long long)needed,
           (unsigned long long)available);
  VEC(Contribution) list = {0};
  for (size_t i = 0; i < count; i++)
    for (uint32_t j = 0; j < outputs[i].input_count; j++) {
      Contribution part = {linker->placed.data[outputs[i].first_input + j], 0};
      part.size = link_section_size(&linker->sections.data[part.section]);
      VEC_PUSH(&list, part);
    }
  if (list.count)
    qsort(list.data, list.count, sizeof(Contribution), compare_contributions);
  for (size_t i = 0; i < list.count && i < CONTRIBUTORS_SHOWN; i++) {
    const InputSection *section = &linker->sections.data[list.data[i].section];
    diagnose(linker->diagnostics, DIAGNOSTIC_NOTE, place_named(linker->files.data[section->file].name),
             "%llu bytes in %s", (unsigned long long)list.data[i].size, section->name);
    for (size_t j = 0; j < linker->spm_chains.count; j++)
      if (linker->spm_chains.data[j].section == list.data[i].section)
        diagnose(linker->diagnostics, DIAGNOSTIC_NOTE, place_named(NULL), "the deepest chain of frames: %s",
                 linker->spm_chains.data[j].text);
  }
  VEC_FREE(&list);
}

static void place_dram(Layout *layout, size_t count) {
  Linker *linker = layout->linker;
  const Machine *machine = &linker->machine;
  uint64_t at = machine->dram_base;
  for (size_t i = 0; i < count; i++) {
    OutputSection *output = &linker->outputs.data[i];
    bool new_segment = i == 0 || output->rank / 10 != output[-1].rank / 10;
    if (new_segment)
      at = align_up(at, PAGE_BYTES);
    at = align_up(at, output->alignment);
    uint64_t end = add_sizes(at, output->size);
    if (linker->tentative ||
        end - machine->dram_base <= machine->dram_size) // else reported below, and no file is made
      add_to_segment(layout, output, at, new_segment || !linker->segments.count);
    at = end;
  }
  linker->dram_end = at;
  if (at - machine->dram_base > machine->dram_size)
    report_overflow(layout, "DRAM", machine->dram_size, at - machine->dram_base, linker->outputs.data, count);
}

static void place_by_script(Layout *layout, size_t count) {
  Linker *linker = layout->linker;
  link_script_place(linker);
  const OutputSection *before = NULL;
  for (size_t i = 0; i < count; i++) {
    OutputSection *output = &linker->outputs.data[i];
    bool thread_zeros =
        (output->flags & SHF_TLS) && output->type == SHT_NOBITS; // take no memory of their own
    if ((!output->size && !output->input_count) || thread_zeros) {
      output->file_offset = layout->file_offset;
      continue;
    }
    bool together = before && link_script_same_segment(linker, before, output);
    add_to_segment(layout, output, output->address, !together);
    before = output;
  }
}

// A run of output sections that stay together in the scratchpad: those of a bank, or the .spm ones. (With
// contents first, so that the segment's file part is a prefix.)
static uint64_t run_size(const Linker *linker, size_t first, size_t count, uint64_t start) {
  uint64_t at = start;
  for (size_t i = first; i < first + count; i++)
    at = add_sizes(align_up(at, linker->outputs.data[i].alignment), linker->outputs.data[i].size);
  return at - start;
}

static uint64_t run_alignment(const Linker *linker, size_t first, size_t count) {
  uint64_t alignment = 1;
  for (size_t i = first; i < first + count; i++)
    if (linker->outputs.data[i].alignment > alignment)
      alignment = linker->outputs.data[i].alignment;
  return alignment;
}

// With a copy table: where the contents of a run are loaded, behind all that is in DRAM.
static void place_image(Layout *layout, size_t first, size_t count, uint64_t start) {
  Linker *linker = layout->linker;
  uint64_t image = align_up(linker->dram_end, run_alignment(linker, first, count));
  uint64_t at = start;
  for (size_t i = first; i < first + count; i++) {
    OutputSection *output = &linker->outputs.data[i];
    at = align_up(at, output->alignment);
    output->load_address = image + (at - start);
    at += output->size;
    if (output->type != SHT_NOBITS)
      linker->dram_end = output->load_address + output->size;
  }
  const Machine *machine = &linker->machine;
  uint64_t used = linker->dram_end - machine->dram_base;
  if (used > machine->dram_size && layout->good)
    report_overflow(layout, "DRAM (with the scratchpad's contents)", machine->dram_size, used,
                    linker->outputs.data, linker->outputs.count);
}

static void place_run(Layout *layout, size_t first, size_t count, uint64_t at) {
  if (layout->linker->copy_table != NONE)
    place_image(layout, first, count, align_up(at, layout->linker->outputs.data[first].alignment));
  for (size_t i = first; i < first + count; i++) {
    OutputSection *output = &layout->linker->outputs.data[i];
    at = align_up(at, output->alignment);
    add_to_segment(layout, output, at, i == first);
    at += output->size;
  }
}

// A scratchpad without banks is one.
static uint64_t bank_bytes(const Machine *machine) {
  return machine->spm_banks ? machine->spm_size / machine->spm_banks : machine->spm_size;
}

// Places the sections of the banks at the starts of their banks. `used[n]` becomes the first free address of
// bank n.
static size_t place_banks(Layout *layout, size_t first, uint64_t *used) {
  Linker *linker = layout->linker;
  const Machine *machine = &linker->machine;
  uint64_t bank_size = bank_bytes(machine);
  size_t next;
  for (; first < linker->outputs.count && linker->outputs.data[first].bank != NONE; first = next) {
    uint32_t bank = linker->outputs.data[first].bank;
    for (next = first + 1; next < linker->outputs.count && linker->outputs.data[next].bank == bank;)
      next++;
    uint64_t start = machine->spm_base + bank * bank_size;
    uint64_t size = run_size(linker, first, next - first, start);
    if (size > bank_size) {
      char name[64];
      snprintf(name, sizeof(name), "scratchpad bank %u", bank);
      report_overflow(layout, name, bank_size, size, &linker->outputs.data[first], next - first);
      size = bank_size;
    }
    if (layout->good)
      place_run(layout, first, next - first, start);
    used[bank] = start + size;
  }
  return first;
}

static void place_scratchpad(Layout *layout, size_t first, size_t count) {
  Linker *linker = layout->linker;
  const Machine *machine = &linker->machine;
  uint64_t bank_size = bank_bytes(machine);
  uint64_t *used = ARENA_ARRAY(&linker->arena, uint64_t, machine->spm_banks);
  for (uint64_t bank = 0; bank < machine->spm_banks; bank++)
    used[bank] = machine->spm_base + bank * bank_size;
  size_t rest = place_banks(layout, first, used);
  size_t rest_count = first + count - rest;
  if (!rest_count || !layout->good)
    return;
  uint64_t alignment = run_alignment(linker, rest, rest_count);
  uint64_t largest = 0;
  uint64_t size = 0;
  for (uint64_t bank = 0; bank < machine->spm_banks; bank++) {
    // The gap reaches from the end of this bank's sections to the next bank that has some.
    uint64_t next = bank + 1;
    while (next < machine->spm_banks && used[next] == machine->spm_base + next * bank_size)
      next++;
    uint64_t end = next < machine->spm_banks ? machine->spm_base + next * bank_size
                                             : machine->spm_base + machine->spm_size;
    uint64_t start = align_up(used[bank], alignment);
    size = run_size(linker, rest, rest_count, start);
    if (start <= end && size <= end - start) {
      place_run(layout, rest, rest_count, start);
      return;
    }
    if (start < end && end - start > largest)
      largest = end - start;
  }
  place_run(layout, rest, rest_count, machine->spm_base); // an error, or tentative
  report_overflow(layout, first == rest ? "scratchpad" : "scratchpad (its largest gap)", largest, size,
                  &linker->outputs.data[first], count);
}

static void place_in_file(Layout *layout, size_t first) {
  Linker *linker = layout->linker;
  for (size_t i = first; i < linker->outputs.count; i++) {
    OutputSection *output = &linker->outputs.data[i];
    layout->file_offset = align_up(layout->file_offset, output->alignment);
    output->file_offset = layout->file_offset;
    if (output->type != SHT_NOBITS)
      layout->file_offset += output->size;
  }
}

static int compare_segments(const void *a, const void *b) {
  const Segment *first = a;
  const Segment *second = b;
  return first->address < second->address ? -1 : first->address > second->address;
}

// The thread-local template: .tdata and .tbss, which follow one another.
static void add_tls_segment(Linker *linker) {
  Segment segment = {.type = PT_TLS, .flags = PF_R, .alignment = 1};
  bool any = false;
  for (size_t i = 0; i < linker->outputs.count; i++) {
    const OutputSection *output = &linker->outputs.data[i];
    if (!(output->flags & SHF_TLS) || output->region != REGION_DRAM)
      continue;
    if (!any) {
      segment.address = output->address;
      segment.load_address = output->load_address;
      segment.file_offset = output->file_offset;
    }
    any = true;
    segment.memory_size = output->address + output->size - segment.address;
    if (output->type != SHT_NOBITS)
      segment.file_size = segment.memory_size;
    if (segment.alignment < output->alignment)
      segment.alignment = output->alignment;
  }
  if (!any)
    return;
  // Without contents its place in the file means nothing, but has to fit its address, and its sections are
  // there.
  if (!segment.file_size) {
    segment.file_offset += (segment.address - segment.file_offset) & (segment.alignment - 1);
    for (size_t i = 0; i < linker->outputs.count; i++)
      if ((linker->outputs.data[i].flags & SHF_TLS) && linker->outputs.data[i].region == REGION_DRAM)
        linker->outputs.data[i].file_offset = segment.file_offset;
  }
  linker->tls_address = segment.address;
  linker->tls_size = segment.memory_size;
  VEC_PUSH(&linker->segments, segment);
}

// Where unwinders find the table of --eh-frame-hdr.
static void add_frame_header_segment(Linker *linker) {
  if (linker->frame_header == NONE || linker->sections.data[linker->frame_header].output == NONE)
    return;
  const InputSection *section = &linker->sections.data[linker->frame_header];
  const OutputSection *output = &linker->outputs.data[section->output];
  Segment segment = {.type = PT_GNU_EH_FRAME,
                     .flags = PF_R,
                     .address = output->address + section->offset,
                     .load_address = output->load_address + section->offset,
                     .file_offset = output->file_offset + section->offset,
                     .file_size = section->size,
                     .memory_size = section->size,
                     .alignment = 4};
  VEC_PUSH(&linker->segments, segment);
}

static void finish_segments(Linker *linker) {
  size_t kept = 0;
  for (size_t i = 0; i < linker->segments.count; i++)
    if (linker->segments.data[i].memory_size)
      linker->segments.data[kept++] = linker->segments.data[i];
  linker->segments.count = kept;
  if (kept)
    qsort(linker->segments.data, kept, sizeof(Segment), compare_segments);
  add_tls_segment(linker);
  add_frame_header_segment(linker);
}

// Makes the output sections and lists in each what goes there.
bool link_gather_sections(Linker *linker) {
  Layout layout = {.linker = linker, .good = true};
  bool script = link_has_sections_script(linker);
  if (script)
    link_script_match(linker); // what the linker has made since
  enum { FILES_AT_ONCE = 32 };
  link_parallel(linker, linker->files.count, FILES_AT_ONCE, find_labelled, linker);
  gather(&layout);
  if (script)
    link_script_finish_outputs(linker);
  sort_outputs(&layout);
  if (script)
    link_script_renumber(linker);
  list_inputs(&layout);
  intern_free(&layout.keys);
  text_free(&layout.key);
  VEC_FREE(&layout.output_of);
  return layout.good;
}

// Gives the output sections addresses for the present sizes of what is in them. May be called again when
// sizes have changed.
bool link_assign_addresses(Linker *linker) {
  Layout layout = {.linker = linker, .good = true};
  linker->segments.count = 0;
  bool script = link_has_sections_script(linker);
  size_t dram = 0;
  size_t scratchpad = 0;
  for (size_t i = 0; i < linker->outputs.count; i++) {
    if (linker->outputs.data[i].region != REGION_DRAM || !script)
      place_inputs(linker, &linker->outputs.data[i]);
    dram += linker->outputs.data[i].region == REGION_DRAM;
    scratchpad += linker->outputs.data[i].region == REGION_SPM;
  }
  // The headers have pages to themselves; segments are at most one a bank and a few more.
  if (linker->options->relocatable) {
    layout.file_offset = sizeof(Elf64_Ehdr);
    place_in_file(&layout, 0);
    return true;
  }
  layout.file_offset =
      align_up(sizeof(Elf64_Ehdr) + (linker->machine.spm_banks + 10) * sizeof(Elf64_Phdr), PAGE_BYTES);
  if (script)
    place_by_script(&layout, dram);
  else
    place_dram(&layout, dram);
  place_scratchpad(&layout, dram, scratchpad);
  place_in_file(&layout, dram + scratchpad);
  finish_segments(linker);
  return layout.good;
}
