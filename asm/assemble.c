// The assembler's beginning, its loop over statements, and its end.
#include "asm/internal.h"

#include <elf.h>
#include <string.h>

enum { NO_BUFFER = UINT32_MAX };
static const uint64_t default_expansion_limit = UINT64_C(1) << 28;
static const uint64_t default_size_limit = UINT64_C(1) << 31;

IsaExtensions extensions_without(IsaExtensions extensions, IsaExtension removed) {
  for (unsigned i = 0; i < ISA_EXTENSION_COUNT; i++)
    if (isa_add_implied(ISA_EXTENSION_BIT(i)) >> removed & 1)
      extensions &= ~ISA_EXTENSION_BIT(i);
  return extensions;
}

IsaExtensions asm_default_extensions(const Machine *machine) {
  return extensions_without(isa_machine_extensions(machine), ISA_EXT_ZCA);
}

void finish_statement(Assembler *assembler) {
  skip_statement(assembler);
  if (assembler->cursor < VEC_LAST(&assembler->frames).end)
    assembler->cursor++;
}

// Absolute symbols known from the start.
static void predefine(Assembler *assembler, const char *text, int64_t value, bool from_machine) {
  Name name = asm_intern(assembler, text, strlen(text));
  SymbolId id = symbol_named(assembler, name, NULL);
  AsmSymbol *symbol = symbol_at(assembler, id);
  symbol->state = SYMBOL_EQUATED;
  symbol->value = (Value){.constant = value};
  symbol->redefinable = !from_machine;
  if (from_machine)
    symbol->place.buffer = NO_BUFFER;
}

static void predefine_all(Assembler *assembler) {
  for (size_t i = 0; machine_integer_field(i); i++) {
    const char *name = arena_format(&assembler->arena, "__machine_%s", machine_integer_field(i));
    predefine(assembler, name, (int64_t)machine_integer_value(assembler->machine, i), true);
  }
  for (size_t i = 0; i < assembler->options->definition_count; i++)
    predefine(assembler, assembler->options->definitions[i].name, assembler->options->definitions[i].value,
              false);
}

static void start(Assembler *assembler, const SourceText *source, const AsmOptions *options,
                  Diagnostics *diagnostics) {
  *assembler = (Assembler){.options = options,
                           .machine = &options->machine,
                           .diagnostics = diagnostics,
                           .extensions = options->extensions,
                           .used_extensions = options->extensions,
                           .relax = options->relax,
                           .generation = 1};
  assembler->expansion_limit = options->expansion_limit ? options->expansion_limit : default_expansion_limit;
  assembler->size_limit = options->size_limit ? options->size_limit : default_size_limit;
  if (assembler->size_limit > LARGEST_CONTENTS)
    assembler->size_limit = LARGEST_CONTENTS;
  VEC_PUSH(&assembler->symbols, (AsmSymbol){.name = NAME_NONE});
  VEC_PUSH(&assembler->sections, (AsmSection){.name = NAME_NONE});
  compressor_start(assembler);
  mnemonics_start(assembler);
  quick_start(assembler);
  pseudos_start(assembler);
  directives_start(assembler);
  buffer_new(assembler, BUFFER_FILE, source->name, source->text, source->size);
  predefine_all(assembler);
  assembler->position.current = section_default(assembler, ".text");
  current_section(assembler)->has_code = true;
  current_section(assembler)->alignment = options->extensions >> ISA_EXT_ZCA & 1 ? 2 : 4;
  enter_buffer(assembler, false);
  if (options->debug_folder)
    debug_start(assembler, source->name);
}

static void finish(Assembler *assembler) {
  for (size_t i = 0; i < assembler->buffers.count; i++)
    if (assembler->buffers.data[i]->file.data)
      file_free(&assembler->buffers.data[i]->file);
  for (size_t i = 0; i < assembler->sections.count; i++) {
    VEC_FREE(&assembler->sections.data[i].bytes);
    VEC_FREE(&assembler->sections.data[i].fixups);
    VEC_FREE(&assembler->sections.data[i].requests);
    VEC_FREE(&assembler->sections.data[i].points);
  }
  macros_free(assembler);
  VEC_FREE(&assembler->infos);
  VEC_FREE(&assembler->candidates);
  VEC_FREE(&assembler->symbols);
  VEC_FREE(&assembler->sizes);
  VEC_FREE(&assembler->marks);
  VEC_FREE(&assembler->sections);
  VEC_FREE(&assembler->section_of);
  VEC_FREE(&assembler->position_stack);
  VEC_FREE(&assembler->option_stack);
  VEC_FREE(&assembler->buffers);
  VEC_FREE(&assembler->frames);
  VEC_FREE(&assembler->conditions);
  VEC_FREE(&assembler->assumptions);
  VEC_FREE(&assembler->computations);
  VEC_FREE(&assembler->file_names);
  VEC_FREE(&assembler->call_frames);
  VEC_FREE(&assembler->frame_operations);
  VEC_FREE(&assembler->line_files);
  VEC_FREE(&assembler->line_folders);
  VEC_FREE(&assembler->line_rows);
  VEC_FREE(&assembler->line_sections);
  intern_free(&assembler->names);
  arena_free(&assembler->arena);
}

// name = expression, or . = expression
static bool assign(Assembler *assembler, const char *at, size_t size) {
  if (size == 1 && *at == '.') {
    int64_t offset;
    Value value = {0};
    const char *value_at = assembler->cursor;
    if (!read_expression(assembler, &value))
      return false;
    // Behind the current place: as much as .skip; else an offset in the section.
    SymbolId here = symbol_here(assembler);
    Value distance = {value.constant, value.add, here};
    if (value.add && !value.subtract && value_settle(assembler, &distance, value_at)) {
      if (distance.constant < 0)
        return asm_fail(assembler, at, 1, "'.' cannot move backwards");
      return append_fill(assembler, (uint64_t)distance.constant, 0, 1);
    }
    if (value.add || value.subtract || value.constant < 0)
      return asm_fail(assembler, value_at, token_length(value_at), "expected a place in this section");
    offset = value.constant;
    return append_org(assembler, (uint64_t)offset, 0);
  }
  Name name = asm_intern(assembler, at, size);
  Value value = {0};
  return read_expression(assembler, &value) && define_equated(assembler, name, value, true, at);
}

static bool read_digits_label(Assembler *assembler) {
  const char *at = assembler->cursor;
  size_t size = 0;
  while (is_digit(at[size]))
    size++;
  if (at[size] != ':')
    return asm_fail(assembler, at, token_length(at), "expected an instruction, a directive or a label");
  Name digits = asm_intern(assembler, at, size);
  assembler->cursor += size + 1;
  return define_numeric_label(assembler, digits);
}

// Handles a label or an assignment at the cursor. False with *done unset: it was neither.
static bool read_definition(Assembler *assembler, const char *at, size_t size, bool *label) {
  const char *after = at + size;
  while (*after == ' ' || *after == '\t')
    after++;
  *label = false;
  if (*after == ':') {
    *label = true;
    assembler->cursor = after + 1;
    return define_label(assembler, asm_intern(assembler, at, size), at, size);
  }
  assembler->cursor = after + 1;
  return assign(assembler, at, size);
}

static bool is_definition(const char *after) {
  while (*after == ' ' || *after == '\t')
    after++;
  return *after == ':' || (*after == '=' && after[1] != '=');
}

static bool read_quoted_label(Assembler *assembler) {
  const char *at = assembler->cursor;
  Name name = NAME_NONE;
  if (!read_string_name(assembler, &name))
    return false;
  size_t size = (size_t)(assembler->cursor - at);
  return expect_character(assembler, ':') && define_label(assembler, name, at, size);
}

// A macro, a directive or an instruction.
static bool read_operation(Assembler *assembler, const char *at, size_t size) {
  Name name = intern_find(&assembler->names, at, size);
  assembler->cursor = at + size;
  if (name != NAME_NONE) {
    const NameInfo *info = name_info(assembler, name);
    if (info->macro)
      return macro_expand(assembler, info->macro - 1);
    if (info->directive)
      return assemble_directive(assembler, info->directive - 1U);
  }
  if (assembler->debug)
    debug_line(assembler);
  return assemble_instruction(assembler, at, size);
}

static bool read_statement(Assembler *assembler) {
  for (;;) {
    if (at_statement_end(assembler))
      return true;
    const char *at = assembler->cursor;
    assembler->statement = at;
    if (is_digit(*at)) {
      if (!read_digits_label(assembler))
        return false;
      continue;
    }
    if (*at == '"') {
      if (!read_quoted_label(assembler))
        return false;
      continue;
    }
    size_t size = peek_name(assembler);
    if (!size)
      return asm_fail_here(assembler, "expected an instruction, a directive or a label");
    if (!is_definition(at + size))
      return read_operation(assembler, at, size);
    bool label;
    if (!read_definition(assembler, at, size, &label))
      return false;
    if (!label)
      return true;
  }
}

static void assemble_statement(Assembler *assembler) {
  skip_space(assembler);
  assembler->statement = assembler->cursor;
  assembler->failure.at = NULL;
  assembler->entered = false;
  if (assembler->skipping) {
    condition_skip_statement(assembler);
  } else {
    bool good = read_statement(assembler);
    if (good && !assembler->entered && !at_statement_end(assembler))
      good = asm_fail_here(assembler, "unexpected text behind the statement");
    if (!good)
      report_failure(assembler);
  }
  if (assembler->entered)
    return;
  const char *stopped = assembler->cursor;
  if (*stopped == '\0' && stopped < VEC_LAST(&assembler->frames).end && !assembler->skipping)
    asm_report(assembler, DIAGNOSTIC_ERROR, place_of(assembler, stopped), 1, "NUL byte in the text");
  finish_statement(assembler);
}

// Sections of the assembler's own making.
static void generate(Assembler *assembler) {
  if (assembler->frame_open)
    asm_report(assembler, DIAGNOSTIC_ERROR, VEC_LAST(&assembler->call_frames).place, 0,
               ".cfi_startproc without .cfi_endproc");
  else if (!frames_generate(assembler) || !debug_generate(assembler) || !lines_generate(assembler))
    diagnose(assembler->diagnostics, DIAGNOSTIC_ERROR, place_named(assembler->buffers.data[0]->source.name),
             "%s", assembler->failure.message);
}

// A symbol that nothing defines but a section has its name is where the section begins.
static void name_sections(Assembler *assembler) {
  for (SymbolId id = 1; id < assembler->symbols.count; id++) {
    AsmSymbol *symbol = symbol_at(assembler, id);
    if (symbol->state != SYMBOL_UNDEFINED || symbol->binding_given || symbol->name == NAME_NONE ||
        symbol->name >= assembler->section_of.count || !assembler->section_of.data[symbol->name])
      continue;
    symbol->state = SYMBOL_LABEL;
    symbol->type = SYMBOL_SECTION;
    symbol->section = assembler->section_of.data[symbol->name];
    symbol->name = NAME_NONE;
  }
}

Object *asm_assemble(const SourceText *source, const AsmOptions *options, Diagnostics *diagnostics) {
  if (source->size >= UINT32_MAX) {
    diagnose(diagnostics, DIAGNOSTIC_ERROR, place_named(source->name), "the text is too big (4 GiB or more)");
    return NULL;
  }
  unsigned errors_before = diagnostics->errors;
  Assembler assembler;
  start(&assembler, source, options, diagnostics);
  while (assembler.frames.count && !assembler.ended) {
    if (!assembler.skipping)
      quick_lines(&assembler);
    if (assembler.cursor >= VEC_LAST(&assembler.frames).end)
      leave_frame(&assembler);
    else
      assemble_statement(&assembler);
  }
  Object *object = NULL;
  // After errors sizes are not what was meant, and complaints about distances would only confuse.
  if (diagnostics->errors == errors_before) {
    object = object_new(&options->machine, assembler.used_extensions);
    subsections_join(&assembler);
    name_sections(&assembler);
    asm_layout(&assembler);
    generate(&assembler);
    asm_resolve(&assembler, object);
  }
  if (diagnostics->errors != errors_before) {
    object_free(object);
    object = NULL;
  }
  finish(&assembler);
  return object;
}
