// Builds the call graph from symbols, relocations and instructions. It errs on the side of more calls: bytes
// that only look like a jump count as one.
#include "linker/call_graph.h"

static bool is_code(const InputSection *section) {
  return section->alive && !section->unused && section->data && (section->flags & SHF_ALLOC) &&
         (section->flags & SHF_EXECINSTR);
}

static void add_function(CallGraph *graph, Function function) {
  function.first_call = 0;
  VEC_PUSH(&graph->functions, function);
}

// The functions that symbols name: those of type FUNC, and global ones without a type, as assembly has.
static void add_named(CallGraph *graph) {
  Linker *linker = graph->linker;
  for (size_t f = 1; f < linker->files.count; f++) {
    const InputFile *file = &linker->files.data[f];
    for (uint32_t i = 1; i < file->symbol_count; i++) {
      uint8_t type = ELF64_ST_TYPE(file->symbols[i].st_info);
      bool global = i >= file->first_global;
      uint32_t section = link_file_section(file, link_symbol_section_index(file, i));
      if (!(type == STT_FUNC || (type == STT_NOTYPE && global)) || section == NONE)
        continue;
      if (is_code(&linker->sections.data[section]))
        add_function(graph, (Function){.section = section,
                                       .start = file->symbols[i].st_value,
                                       .global = global ? file->globals[i - file->first_global] : NAME_NONE,
                                       .name = link_symbol_name(file, i)});
    }
  }
}

static int compare_functions(const void *a, const void *b) {
  const Function *first = a;
  const Function *second = b;
  if (first->section != second->section)
    return first->section < second->section ? -1 : 1;
  if (first->start != second->start)
    return first->start < second->start ? -1 : 1;
  return strcmp(first->name, second->name);
}

// Sorts the functions, leaves out second names of one, and adds the code that has no name.
static void complete_functions(CallGraph *graph) {
  Linker *linker = graph->linker;
  for (uint32_t i = 0; i < linker->sections.count; i++)
    if (is_code(&linker->sections.data[i]))
      add_function(graph, (Function){.section = i,
                                     .global = NAME_NONE,
                                     .name = linker->sections.data[i].name,
                                     .whole = true});
  qsort(graph->functions.data + 1, graph->functions.count - 1, sizeof(Function), compare_functions);
  size_t kept = 1;
  for (size_t i = 1; i < graph->functions.count; i++) {
    Function *last = &graph->functions.data[kept - 1];
    const Function *next = &graph->functions.data[i];
    if (kept == 1 || next->section != last->section || next->start != last->start)
      graph->functions.data[kept++] = *next;
    else if (last->whole)
      *last = *next;
  }
  graph->functions.count = kept;
}

uint32_t call_graph_find(const CallGraph *graph, uint32_t section, uint64_t offset) {
  size_t low = 1;
  size_t high = graph->functions.count;
  while (low < high) { // the number of functions that start at or before the place
    size_t middle = low + (high - low) / 2;
    const Function *function = &graph->functions.data[middle];
    if (function->section < section || (function->section == section && function->start <= offset))
      low = middle + 1;
    else
      high = middle;
  }
  if (low == 1 || graph->functions.data[low - 1].section != section)
    return NONE;
  return (uint32_t)low - 1;
}

static void add_call(CallGraph *graph, uint32_t caller, uint32_t callee, bool tail) {
  if (caller == NONE || callee == NONE)
    return;
  Call call = {caller, callee, tail};
  VEC_PUSH(&graph->calls, call);
}

// A jump within a function is none of another's business, unless it is a call of itself.
static void add_jump(CallGraph *graph, uint32_t caller, uint32_t section, uint64_t offset, bool links) {
  uint32_t callee = call_graph_find(graph, section, offset);
  if (callee != caller || links)
    add_call(graph, caller, callee, !links);
}

static uint32_t word_at(const InputSection *section, uint64_t offset) {
  uint32_t word = 0;
  uint64_t left = section->size - offset;
  memcpy(&word, section->data + offset, left < 4 ? left : 4);
  return word;
}

static bool is_insn(IsaOp op, uint32_t word) {
  return (word & isa_insn(op)->mask) == isa_insn(op)->match;
}

static bool is_call(unsigned type) {
  return type == RELOC_R_RISCV_CALL || type == RELOC_R_RISCV_CALL_PLT;
}

static bool is_jump(unsigned type) {
  return is_call(type) || type == RELOC_R_RISCV_JAL || type == RELOC_R_RISCV_BRANCH ||
         type == RELOC_R_RISCV_RVC_JUMP || type == RELOC_R_RISCV_RVC_BRANCH;
}

static bool links(const InputSection *section, const Elf64_Rela *relocation) {
  unsigned type = ELF64_R_TYPE(relocation->r_info);
  uint64_t offset = relocation->r_offset + (is_call(type) ? 4 : 0);
  if (!(is_call(type) || type == RELOC_R_RISCV_JAL) || offset >= section->size)
    return false;
  return isa_operand_extract(word_at(section, offset), ISA_OPERAND_RD) != 0;
}

static void take_address(CallGraph *graph, uint32_t section, uint64_t offset) {
  uint32_t number = call_graph_find(graph, section, offset);
  if (number == NONE)
    return;
  Function *function = &graph->functions.data[number];
  if (function->whole || function->start == offset)
    function->address_taken = true;
}

// What the relocations of a section show. Unwind tables do not take addresses; the lower half of a
// PC-relative address names its upper half.
static void follow_relocations(CallGraph *graph, uint32_t number) {
  Linker *linker = graph->linker;
  const InputSection *section = &linker->sections.data[number];
  const InputFile *file = &linker->files.data[section->file];
  for (uint32_t i = 0; i < section->relocation_count; i++) {
    const Elf64_Rela *relocation = &section->relocations[i];
    unsigned type = ELF64_R_TYPE(relocation->r_info);
    uint32_t symbol = ELF64_R_SYM(relocation->r_info);
    if (!symbol || symbol >= file->symbol_count || type == RELOC_R_RISCV_PCREL_LO12_I ||
        type == RELOC_R_RISCV_PCREL_LO12_S)
      continue;
    Target target = link_symbol_target(linker, file, symbol);
    if (target.section == NONE)
      continue;
    uint64_t offset = target.value + (uint64_t)relocation->r_addend;
    if (is_jump(type))
      add_jump(graph, call_graph_find(graph, number, relocation->r_offset), target.section, offset,
               links(section, relocation));
    else
      take_address(graph, target.section, offset);
  }
}

// A jump without a relocation: one within the section, which the assembler has resolved, or through a
// register.
static void follow_instruction(CallGraph *graph, uint32_t caller, uint32_t number, uint64_t offset,
                               uint32_t word) {
  enum { RETURN_ADDRESS = 1 };
  if (is_insn(ISA_JAL, word)) {
    add_jump(graph, caller, number, offset + (uint64_t)isa_operand_extract(word, ISA_OPERAND_JUMP21),
             isa_operand_extract(word, ISA_OPERAND_RD) != 0);
  } else if (is_insn(ISA_C_J, word & 0xffff)) {
    add_jump(graph, caller, number, offset + (uint64_t)isa_operand_extract(word, ISA_OPERAND_C_JUMP12),
             false);
  } else if (is_insn(ISA_JALR, word)) {
    bool link = isa_operand_extract(word, ISA_OPERAND_RD) != 0;
    if (link || isa_operand_extract(word, ISA_OPERAND_RS1) != RETURN_ADDRESS)
      add_call(graph, caller, ANY_FUNCTION, !link);
  } else if (is_insn(ISA_C_JALR, word & 0xffff) && isa_operand_extract(word, ISA_OPERAND_C_RD)) {
    add_call(graph, caller, ANY_FUNCTION, false);
  } else if (is_insn(ISA_C_JR, word & 0xffff) &&
             isa_operand_extract(word, ISA_OPERAND_C_RD) > RETURN_ADDRESS) {
    add_call(graph, caller, ANY_FUNCTION, true);
  }
}

static void follow_instructions(CallGraph *graph, uint32_t number) {
  const InputSection *section = &graph->linker->sections.data[number];
  uint32_t next = 0;
  for (uint64_t offset = 0; offset + 2 <= section->size;) {
    uint32_t word = word_at(section, offset);
    unsigned length = isa_length(word);
    while (next < section->relocation_count && section->relocations[next].r_offset < offset)
      next++;
    uint64_t skipped = 0; // relocations speak of these bytes
    for (uint32_t i = next; i < section->relocation_count && section->relocations[i].r_offset == offset;
         i++) {
      unsigned type = ELF64_R_TYPE(section->relocations[i].r_info);
      uint64_t bytes = is_call(type) ? 8 : is_jump(type) ? length : 0;
      skipped = bytes > skipped ? bytes : skipped;
    }
    if (!skipped && (length == 2 || offset + 4 <= section->size))
      follow_instruction(graph, call_graph_find(graph, number, offset), number, offset, word);
    offset += skipped ? skipped : length;
  }
}

static int compare_calls(const void *a, const void *b) {
  const Call *first = a;
  const Call *second = b;
  if (first->caller != second->caller)
    return first->caller < second->caller ? -1 : 1;
  if (first->callee != second->callee)
    return first->callee < second->callee ? -1 : 1;
  return first->tail - second->tail;
}

// Sorts the calls, each once, and shows each function its own. A call that may be a tail call and not is not.
static void complete_calls(CallGraph *graph) {
  for (uint32_t i = 1; i < graph->functions.count; i++)
    if (graph->functions.data[i].address_taken)
      add_call(graph, ANY_FUNCTION, i, true);
  if (graph->calls.count)
    qsort(graph->calls.data, graph->calls.count, sizeof(Call), compare_calls);
  size_t kept = 0;
  for (size_t i = 0; i < graph->calls.count; i++) {
    const Call *next = &graph->calls.data[i];
    const Call *last = kept ? &graph->calls.data[kept - 1] : NULL;
    if (last && last->caller == next->caller && last->callee == next->callee)
      continue;
    Function *caller = &graph->functions.data[next->caller];
    if (!caller->call_count++)
      caller->first_call = (uint32_t)kept;
    graph->calls.data[kept++] = *next;
  }
  graph->calls.count = kept;
}

void call_graph_build(CallGraph *graph, Linker *linker) {
  *graph = (CallGraph){.linker = linker};
  add_function(graph, (Function){.section = NONE, .global = NAME_NONE, .name = "a call through a pointer"});
  add_named(graph);
  complete_functions(graph);
  for (uint32_t i = 0; i < linker->sections.count; i++) {
    const InputSection *section = &linker->sections.data[i];
    if (!section->alive || section->unused || !(section->flags & SHF_ALLOC) || link_is_frame_section(section))
      continue;
    follow_relocations(graph, i);
    if (is_code(section))
      follow_instructions(graph, i);
  }
  complete_calls(graph);
}

void call_graph_free(CallGraph *graph) {
  VEC_FREE(&graph->functions);
  VEC_FREE(&graph->calls);
}
