// Symbols the linker defines when the inputs refer to them and do not define them: the ends of the memory
// areas, the stack and the heap under the names that picolibc, newlib and GNU ld's scripts use, tables of
// constructors, the thread-local template, the machine's numbers.
#include "linker/internal.h"

// What is asked of a set of output sections.
typedef enum Aspect { ASPECT_START, ASPECT_END, ASPECT_SIZE } Aspect;

typedef bool OutputFilter(const OutputSection *output);

static bool is_code(const OutputSection *output) {
  return output->region == REGION_DRAM && (output->flags & SHF_EXECINSTR);
}
static bool is_initialized(const OutputSection *output) {
  return output->region == REGION_DRAM && (output->flags & SHF_WRITE) && !(output->flags & SHF_EXECINSTR) &&
         output->type != SHT_NOBITS;
}
static bool is_zeroed(const OutputSection *output) {
  return output->region == REGION_DRAM && (output->flags & SHF_WRITE) && output->type == SHT_NOBITS;
}
static bool is_thread_data(const OutputSection *output) {
  return is_initialized(output) && (output->flags & SHF_TLS);
}
static bool is_thread_zero(const OutputSection *output) {
  return is_zeroed(output) && (output->flags & SHF_TLS);
}
static bool is_thread(const OutputSection *output) {
  return is_thread_data(output) || is_thread_zero(output);
}
static bool is_dram(const OutputSection *output) {
  return output->region == REGION_DRAM;
}
static bool is_preinit_array(const OutputSection *output) {
  return is_dram(output) && strcmp(output->name, ".preinit_array") == 0;
}
static bool is_init_array(const OutputSection *output) {
  return is_dram(output) && strcmp(output->name, ".init_array") == 0;
}
static bool is_fini_array(const OutputSection *output) {
  return is_dram(output) && strcmp(output->name, ".fini_array") == 0;
}
static bool is_eh_frame(const OutputSection *output) {
  return is_dram(output) && strcmp(output->name, ".eh_frame") == 0;
}

static bool is_eh_frame_header(const OutputSection *output) {
  return is_dram(output) && strcmp(output->name, ".eh_frame_hdr") == 0;
}
static bool is_copy_table(const OutputSection *output) {
  return is_dram(output) && strcmp(output->name, link_copy_table_name) == 0;
}

static const struct {
  const char *name;
  OutputFilter *filter;
  Aspect aspect;
} area_symbols[] = {
    {"_etext", is_code, ASPECT_END},
    {"etext", is_code, ASPECT_END},
    {"__etext", is_code, ASPECT_END},
    {"__text_end", is_code, ASPECT_END},
    {"__data_start", is_initialized, ASPECT_START},
    {"__data_source", is_initialized, ASPECT_START}, // loaded where it runs
    {"__data_end", is_initialized, ASPECT_END},
    {"__data_source_end", is_initialized, ASPECT_END},
    {"_edata", is_initialized, ASPECT_END},
    {"edata", is_initialized, ASPECT_END},
    {"__edata", is_initialized, ASPECT_END},
    {"__data_size", is_initialized, ASPECT_SIZE},
    {"__data_source_size", is_initialized, ASPECT_SIZE},
    {"__bss_start", is_zeroed, ASPECT_START},
    {"__bss_end", is_zeroed, ASPECT_END},
    {"__bss_size", is_zeroed, ASPECT_SIZE},
    {"_end", is_dram, ASPECT_END},
    {"end", is_dram, ASPECT_END},
    {"__end", is_dram, ASPECT_END},
    {"__heap_start", is_dram, ASPECT_END},
    {"__preinit_array_start", is_preinit_array, ASPECT_START},
    {"__preinit_array_end", is_preinit_array, ASPECT_END},
    {"__init_array_start", is_init_array, ASPECT_START},
    {"__init_array_end", is_init_array, ASPECT_END},
    {"__fini_array_start", is_fini_array, ASPECT_START},
    {"__fini_array_end", is_fini_array, ASPECT_END},
    {"__eh_frame_start", is_eh_frame, ASPECT_START},
    {"__eh_frame_end", is_eh_frame, ASPECT_END},
    {"__eh_frame_hdr_start", is_eh_frame_header, ASPECT_START},
    {"__eh_frame_hdr_end", is_eh_frame_header, ASPECT_END},
    {"__spm_copy_start", is_copy_table, ASPECT_START},
    {"__spm_copy_end", is_copy_table, ASPECT_END},
    {"__tdata_start", is_thread_data, ASPECT_START},
    {"__tdata_source", is_thread_data, ASPECT_START},
    {"__tdata_end", is_thread_data, ASPECT_END},
    {"__tdata_source_end", is_thread_data, ASPECT_END},
    {"__tdata_size", is_thread_data, ASPECT_SIZE},
    {"__tbss_start", is_thread_zero, ASPECT_START},
    {"__tbss_end", is_thread_zero, ASPECT_END},
    {"__tbss_size", is_thread_zero, ASPECT_SIZE},
    {"__tls_base", is_thread, ASPECT_START},
    {"__tls_end", is_thread, ASPECT_END},
    {"__tls_size", is_thread, ASPECT_SIZE},
};

static Symbol *provided(Linker *linker, const char *name) {
  Name found = intern_find(&linker->names, name, strlen(name));
  if (found == NAME_NONE)
    return NULL;
  Symbol *symbol = &linker->symbols.data[found];
  return symbol->state == SYMBOL_PROVIDED ? symbol : NULL;
}

static void set(Symbol *symbol, uint64_t value, uint32_t output) {
  symbol->value = value;
  symbol->output = output;
}

static void set_area(Linker *linker, Symbol *symbol, OutputFilter *filter, Aspect aspect) {
  uint32_t first = NONE;
  uint32_t last = NONE;
  for (uint32_t i = 0; i < linker->outputs.count; i++)
    if (filter(&linker->outputs.data[i])) {
      first = first == NONE ? i : first;
      last = i;
    }
  if (first == NONE) { // an empty area: its start and its end are one address
    set(symbol, aspect == ASPECT_SIZE ? 0 : linker->machine.dram_base, NONE);
    return;
  }
  uint64_t start = linker->outputs.data[first].address;
  uint64_t end = linker->outputs.data[last].address + linker->outputs.data[last].size;
  if (filter == is_dram)
    end = linker->dram_end;
  if (aspect == ASPECT_START)
    set(symbol, start, first);
  else if (aspect == ASPECT_END)
    set(symbol, end, last);
  else
    set(symbol, end - start, NONE);
}

// 1 MiB of stack, or a sixteenth of a small DRAM.
static uint64_t default_stack_size(const Machine *machine) {
  uint64_t share = machine->dram_size / 16 & ~UINT64_C(15);
  return share < (UINT64_C(1) << 20) ? share : UINT64_C(1) << 20;
}

// The program may choose its stack size, by defining __stack_size.
static uint64_t stack_size(const Linker *linker) {
  Name name = intern_find(&linker->names, "__stack_size", strlen("__stack_size"));
  if (name != NAME_NONE && linker->symbols.data[name].state == SYMBOL_ABSOLUTE)
    return linker->symbols.data[name].value;
  return default_stack_size(&linker->machine);
}

static void set_absolute(Linker *linker, const char *name, uint64_t value) {
  Symbol *symbol = provided(linker, name);
  if (symbol)
    set(symbol, value, NONE);
}

static void place_stack(Linker *linker) {
  const Machine *machine = &linker->machine;
  uint64_t top = (machine->dram_base + machine->dram_size) & ~UINT64_C(15);
  uint64_t size = stack_size(linker);
  set_absolute(linker, "__stack", top);
  set_absolute(linker, "__stack_top", top);
  set_absolute(linker, "__stack_size", size);
  set_absolute(linker, "__stack_bottom", top - size);
  set_absolute(linker, "__heap_end", top - size);
  set_absolute(linker, "__heap_size", top - size - linker->dram_end);
}

// gp points 0x800 into the small data, so that 12-bit offsets reach 4 KiB of it.
static void place_global_pointer(Linker *linker) {
  Symbol *symbol = provided(linker, "__global_pointer$");
  if (!symbol)
    return;
  set_area(linker, symbol, is_initialized, ASPECT_START);
  for (uint32_t i = 0; i < linker->outputs.count; i++)
    if (strcmp(linker->outputs.data[i].name, ".sdata") == 0)
      set(symbol, linker->outputs.data[i].address, NONE);
  set(symbol, symbol->value + 0x800, NONE); // it may lie beyond the section, so that it belongs to none
}

static void place_tls_numbers(Linker *linker) {
  uint64_t alignment = 1;
  uint64_t zero = 0;
  for (size_t i = 0; i < linker->outputs.count; i++) {
    const OutputSection *output = &linker->outputs.data[i];
    if (is_thread(output) && output->alignment > alignment)
      alignment = output->alignment;
    if (is_thread_zero(output))
      zero = output->address - linker->tls_address;
  }
  set_absolute(linker, "__tls_align", alignment);
  set_absolute(linker, "__tbss_offset", zero);
}

static void place_machine_numbers(Linker *linker) {
  Text name = {0};
  for (size_t i = 0; machine_integer_field(i); i++) {
    text_clear(&name);
    text_format(&name, "__machine_%s", machine_integer_field(i));
    set_absolute(linker, name.data, machine_integer_value(&linker->machine, i));
  }
  text_free(&name);
}

// __start_X and __stop_X, for output sections whose name X could be a C identifier.
static void place_start_stop(Linker *linker) {
  Text name = {0};
  for (uint32_t i = 0; i < linker->outputs.count; i++) {
    const OutputSection *output = &linker->outputs.data[i];
    if (!(output->flags & SHF_ALLOC) || output->name[0] == '.')
      continue;
    text_clear(&name);
    text_format(&name, "__start_%s", output->name);
    Symbol *start = provided(linker, name.data);
    if (start && start->output == NONE)
      set(start, output->address, i);
    text_clear(&name);
    text_format(&name, "__stop_%s", output->name);
    Symbol *stop = provided(linker, name.data);
    if (stop)
      set(stop, output->address + output->size, i);
  }
  text_free(&name);
}

static void offer(Linker *linker, const char *name) {
  Name found = intern_find(&linker->names, name, strlen(name));
  if (found == NAME_NONE)
    return;
  Symbol *symbol = &linker->symbols.data[found];
  if (symbol->state == SYMBOL_UNDEFINED && symbol->referenced) {
    symbol->state = SYMBOL_PROVIDED;
    symbol->binding = STB_GLOBAL;
  }
}

static void offer_start_stop(Linker *linker) {
  Text name = {0};
  for (size_t i = 0; i < linker->sections.count; i++) {
    const InputSection *section = &linker->sections.data[i];
    if (!section->alive || !(section->flags & SHF_ALLOC) || section->name[0] == '.' || !section->name[0])
      continue;
    text_clear(&name);
    text_format(&name, "__start_%s", section->name);
    offer(linker, name.data);
    text_clear(&name);
    text_format(&name, "__stop_%s", section->name);
    offer(linker, name.data);
  }
  text_free(&name);
}

// Before layout: which symbols the linker will define.
void link_provide_symbols(Linker *linker) {
  static const char *const others[] = {"__stack",           "__stack_top", "__stack_size",
                                       "__stack_bottom",    "__heap_end",  "__heap_size",
                                       "__global_pointer$", "__tls_align", "__tbss_offset"};
  bool script = link_has_sections_script(linker); // which says itself where memory ends
  for (size_t i = 0; i < sizeof(area_symbols) / sizeof(area_symbols[0]) && !script; i++)
    offer(linker, area_symbols[i].name);
  for (size_t i = 0; !script && i < sizeof(others) / sizeof(others[0]); i++)
    offer(linker, others[i]);
  Text name = {0};
  for (size_t i = 0; machine_integer_field(i); i++) {
    text_clear(&name);
    text_format(&name, "__machine_%s", machine_integer_field(i));
    offer(linker, name.data);
  }
  text_free(&name);
  offer_start_stop(linker);
  if (linker->script)
    link_script_declare(linker);
}

// After layout: their values. May be called again when addresses have changed.
void link_place_provided_symbols(Linker *linker) {
  for (size_t i = 0; i < linker->symbols.count; i++)
    if (linker->symbols.data[i].state == SYMBOL_PROVIDED)
      linker->symbols.data[i].output = NONE;
  place_machine_numbers(linker);
  place_start_stop(linker);
  if (link_has_sections_script(linker))
    return;
  for (size_t i = 0; i < sizeof(area_symbols) / sizeof(area_symbols[0]); i++) {
    Symbol *symbol = provided(linker, area_symbols[i].name);
    if (symbol)
      set_area(linker, symbol, area_symbols[i].filter, area_symbols[i].aspect);
  }
  place_stack(linker);
  place_global_pointer(linker);
  place_tls_numbers(linker);
  if (linker->script)
    link_script_place(linker);
}

bool link_set_entry(Linker *linker) {
  const char *name = linker->options->entry ? linker->options->entry : "_start";
  Name found = intern_find(&linker->names, name, strlen(name));
  const Symbol *symbol = found == NAME_NONE ? NULL : &linker->symbols.data[found];
  if (symbol && symbol->state == SYMBOL_DEFINED) {
    Target target = {.section = symbol->section, .value = symbol->value};
    linker->entry = link_target_address(linker, &target);
    return true;
  }
  if (symbol && symbol->state == SYMBOL_ABSOLUTE) {
    linker->entry = symbol->value;
    return true;
  }
  if (!linker->options->entry)
    return true; // the program's functions are called one by one
  diagnose(linker->diagnostics, DIAGNOSTIC_ERROR, place_named(NULL), "--entry %s: undefined symbol", name);
  return false;
}
