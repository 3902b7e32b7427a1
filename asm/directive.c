// The table of directives, and those about symbols, attributes and options.
#include "asm/directive.h"

#include <elf.h>
#include <inttypes.h>
#include <string.h>

// Reads `,`-separated names and does something to the symbol of each.
static bool for_each_symbol(Assembler *assembler, void (*action)(AsmSymbol *symbol, int argument),
                            int argument) {
  do {
    skip_space(assembler);
    const char *at = assembler->cursor;
    Name name;
    if (!read_name(assembler, &name, "a symbol"))
      return false;
    action(symbol_at(assembler, symbol_named(assembler, name, at)), argument);
  } while (accept_character(assembler, ','));
  return true;
}

static void bind_symbol(AsmSymbol *symbol, int binding) {
  // A weak symbol that is also declared global stays weak.
  if (symbol->binding_given && (symbol->binding == SYMBOL_WEAK || symbol->binding == SYMBOL_UNIQUE) &&
      binding == SYMBOL_GLOBAL)
    return;
  symbol->binding = (SymbolBinding)binding;
  symbol->binding_given = true;
}

static void show_symbol(AsmSymbol *symbol, int visibility) {
  symbol->visibility = (unsigned)visibility & 3;
}

static void name_symbol(AsmSymbol *symbol, int argument) {
  (void)symbol;
  (void)argument;
}

static void vary_symbol(AsmSymbol *symbol, int argument) {
  (void)argument;
  symbol->variant = true;
}

static bool directive_variant(Assembler *assembler, int argument) {
  return for_each_symbol(assembler, vary_symbol, argument);
}

static bool directive_binding(Assembler *assembler, int argument) {
  return for_each_symbol(assembler, bind_symbol, argument);
}

static bool directive_visibility(Assembler *assembler, int argument) {
  return for_each_symbol(assembler, show_symbol, argument);
}

static bool directive_mention(Assembler *assembler, int argument) {
  return for_each_symbol(assembler, name_symbol, argument);
}

// @function, %function, "function" or STT_FUNC
static bool directive_type(Assembler *assembler, int argument) {
  (void)argument;
  static const struct {
    const char *name;
    const char *other;
    SymbolType type;
  } types[] = {{"function", "STT_FUNC", SYMBOL_FUNCTION},
               {"object", "STT_OBJECT", SYMBOL_OBJECT},
               {"tls_object", "STT_TLS", SYMBOL_TLS},
               {"notype", "STT_NOTYPE", SYMBOL_NOTYPE},
               {"common", "STT_COMMON", SYMBOL_OBJECT},
               {"gnu_indirect_function", "STT_GNU_IFUNC", SYMBOL_INDIRECT},
               {"gnu_unique_object", "STB_GNU_UNIQUE", SYMBOL_OBJECT}};
  skip_space(assembler);
  const char *at = assembler->cursor;
  Name name = NAME_NONE;
  if (!read_name(assembler, &name, "a symbol"))
    return false;
  accept_character(assembler, ',');
  skip_space(assembler);
  if (*assembler->cursor == '@' || *assembler->cursor == '%')
    assembler->cursor++;
  const char *type_at = assembler->cursor;
  Name type;
  if (!read_name(assembler, &type, "a symbol type"))
    return false;
  AsmSymbol *symbol = symbol_at(assembler, symbol_named(assembler, name, at));
  for (size_t i = 0; i < sizeof types / sizeof *types; i++) {
    const char *text = intern_text(&assembler->names, type);
    if (strcmp(text, types[i].name) != 0 && strcmp(text, types[i].other) != 0)
      continue;
    if (symbol->type != SYMBOL_TLS || types[i].type != SYMBOL_OBJECT)
      symbol->type = types[i].type;
    if (strcmp(types[i].other, "STB_GNU_UNIQUE") == 0)
      bind_symbol(symbol, SYMBOL_UNIQUE);
    return true;
  }
  return asm_fail(assembler, type_at, token_length(type_at),
                  "unsupported symbol type: expected function, object, tls_object, notype, common, "
                  "gnu_indirect_function or gnu_unique_object");
}

static bool directive_size(Assembler *assembler, int argument) {
  (void)argument;
  skip_space(assembler);
  const char *at = assembler->cursor;
  Name name = NAME_NONE;
  if (!read_name(assembler, &name, "a symbol") || !expect_character(assembler, ','))
    return false;
  skip_space(assembler);
  const char *size_at = assembler->cursor;
  Value value = {0};
  if (!read_expression(assembler, &value))
    return false;
  symbol_set_size(assembler, symbol_named(assembler, name, at), value, place_of(assembler, size_at));
  return true;
}

static bool directive_set(Assembler *assembler, int redefinable) {
  skip_space(assembler);
  const char *at = assembler->cursor;
  Name name = NAME_NONE;
  Value value = {0};
  return read_name(assembler, &name, "a symbol") && expect_character(assembler, ',') &&
         read_expression(assembler, &value) && define_equated(assembler, name, value, redefinable, at);
}

// .weakref alias, symbol: the alias stands for the symbol, which is weak if nothing else names it.
static bool directive_weakref(Assembler *assembler, int argument) {
  (void)argument;
  skip_space(assembler);
  const char *at = assembler->cursor;
  Name alias = NAME_NONE;
  Name name = NAME_NONE;
  if (!read_name(assembler, &alias, "a symbol") || !expect_character(assembler, ','))
    return false;
  skip_space(assembler);
  const char *name_at = assembler->cursor;
  if (!read_name(assembler, &name, "a symbol"))
    return false;
  SymbolId target = symbol_named(assembler, name, name_at);
  if (alias == name)
    return asm_fail(assembler, name_at, token_length(name_at), "'%s' cannot be an alias of itself",
                    intern_text(&assembler->names, name));
  if (!define_equated(assembler, alias, (Value){.add = target}, false, at))
    return false;
  AsmSymbol *symbol = symbol_at(assembler, name_info(assembler, alias)->symbol);
  symbol->weak_alias = true;
  if (symbol->needed)
    symbol_at(assembler, target)->weakly = true;
  return true;
}

// .comm symbol, size[, alignment]
static bool read_common(Assembler *assembler, Name *name, const char **at, int64_t *size,
                        int64_t *alignment) {
  skip_space(assembler);
  *at = assembler->cursor;
  if (!read_name(assembler, name, "a symbol") || !expect_character(assembler, ',') ||
      !read_absolute(assembler, size))
    return false;
  if (*size < 0)
    return asm_fail(assembler, *at, token_length(*at), "the size of a symbol cannot be negative");
  *alignment = 1;
  if (!accept_character(assembler, ','))
    return true;
  const char *alignment_at = assembler->cursor;
  if (!read_absolute(assembler, alignment))
    return false;
  if (*alignment <= 0 || *alignment & (*alignment - 1))
    return asm_fail(assembler, alignment_at, token_length(alignment_at), "alignment must be a power of two");
  return true;
}

// A zeroed object of this file alone, in .bss.
static bool reserve_local(Assembler *assembler, Name name, const char *at, int64_t size, int64_t alignment) {
  uint32_t before = assembler->position.current;
  assembler->position.current = section_default(assembler, ".bss");
  bool good = append_alignment(assembler, (uint64_t)alignment, true, 0, 1, UINT64_MAX) &&
              define_label(assembler, name, at, token_length(at)) &&
              append_fill(assembler, (uint64_t)size, 0, 1);
  assembler->position.current = before;
  SymbolId id = symbol_named(assembler, name, at);
  symbol_at(assembler, id)->type = SYMBOL_OBJECT;
  symbol_set_size(assembler, id, (Value){.constant = size}, place_of(assembler, at));
  return good;
}

static bool directive_comm(Assembler *assembler, int is_local) {
  Name name = NAME_NONE;
  const char *at = NULL;
  int64_t size = 0;
  int64_t alignment = 1;
  if (!read_common(assembler, &name, &at, &size, &alignment))
    return false;
  AsmSymbol *symbol = symbol_at(assembler, symbol_named(assembler, name, at));
  // .local and then .comm is .lcomm.
  if (is_local || (symbol->binding_given && symbol->binding == SYMBOL_LOCAL))
    return reserve_local(assembler, name, at, size, alignment);
  if (symbol->state != SYMBOL_UNDEFINED && symbol->state != SYMBOL_COMMON)
    return asm_fail(assembler, at, token_length(at), "redefinition of '%s'",
                    intern_text(&assembler->names, name));
  symbol->state = SYMBOL_COMMON;
  symbol->type = SYMBOL_OBJECT;
  symbol->place = place_of(assembler, at);
  if (!symbol->binding_given)
    bind_symbol(symbol, SYMBOL_GLOBAL);
  symbol->offset = (uint64_t)size;
  symbol->alignment = (uint64_t)alignment;
  return true;
}

// .file "name" gives a file symbol, .file N ... a file of the line table.
static bool directive_file(Assembler *assembler, int argument) {
  (void)argument;
  skip_space(assembler);
  if (is_digit(*assembler->cursor))
    return line_file(assembler);
  Name name = NAME_NONE;
  if (!read_string_name(assembler, &name))
    return false;
  VEC_PUSH(&assembler->file_names, name);
  skip_space(assembler);
  if (*assembler->cursor == ',')
    skip_statement(assembler);
  return true;
}

static bool directive_ident(Assembler *assembler, int argument) {
  (void)argument;
  Text text = {0};
  bool good = read_string(assembler, &text);
  uint32_t before = assembler->position.current;
  if (good) {
    Name name = asm_intern(assembler, ".comment", strlen(".comment"));
    assembler->position.current = section_named(assembler, name, SHT_PROGBITS, SHF_MERGE | SHF_STRINGS, 1);
    text_append_char(&text, '\0');
    if (!current_section(assembler)->size)
      good = append_little(assembler, 0, 1);
    good = good && append_bytes(assembler, text.data, text.count);
  }
  assembler->position.current = before;
  text_free(&text);
  return good;
}

static bool directive_ignored(Assembler *assembler, int argument) {
  (void)argument;
  skip_statement(assembler);
  return true;
}

static bool directive_refused(Assembler *assembler, int argument) {
  (void)argument;
  return asm_fail(assembler, assembler->statement, token_length(assembler->statement),
                  "the directive '%.*s' is not supported", (int)token_length(assembler->statement),
                  assembler->statement);
}

static bool directive_end(Assembler *assembler, int argument) {
  (void)argument;
  assembler->ended = true;
  return true;
}

// .error "text", .err and .warning "text"
static bool directive_message(Assembler *assembler, int level) {
  Text text = {0};
  bool good = at_statement_end(assembler) || read_string(assembler, &text);
  if (good)
    asm_report(assembler, (DiagnosticLevel)level, place_of(assembler, assembler->statement),
               token_length(assembler->statement), "%s",
               text.count                  ? text.data
               : level == DIAGNOSTIC_ERROR ? ".err encountered"
                                           : ".warning encountered");
  text_free(&text);
  return good;
}

// .print "text": shown with the diagnostics
static bool directive_print(Assembler *assembler, int argument) {
  (void)argument;
  Text text = {0};
  bool good = read_string(assembler, &text);
  if (good)
    asm_report(assembler, DIAGNOSTIC_REMARK, place_of(assembler, assembler->statement),
               token_length(assembler->statement), "%s", text_string(&text));
  text_free(&text);
  return good;
}

static void set_extensions(Assembler *assembler, IsaExtensions extensions) {
  assembler->generation++;
  assembler->extensions = extensions;
  assembler->used_extensions |= extensions;
}

static bool read_arch(Assembler *assembler, const char *at, const char *text) {
  IsaExtensions extensions;
  TextPlace place = place_of(assembler, at);
  const Buffer *buffer = assembler->buffers.data[place.buffer];
  if (!isa_arch_parse(&extensions, text, place_in(&buffer->source, place.offset, token_length(at)),
                      assembler->diagnostics))
    return false;
  set_extensions(assembler, extensions);
  return true;
}

// +ext or -ext of .option arch
static bool change_extension(Assembler *assembler, const char *at, const char *text) {
  for (unsigned i = 0; i < ISA_EXTENSION_COUNT; i++) {
    const char *name = isa_extension_name((IsaExtension)i);
    if (strcmp(name, text + 1) != 0)
      continue;
    if (text[0] == '+')
      set_extensions(assembler, isa_add_implied(assembler->extensions | ISA_EXTENSION_BIT(i)));
    else
      set_extensions(assembler, extensions_without(assembler->extensions, (IsaExtension)i));
    return true;
  }
  return asm_fail(assembler, at, strlen(text), "unknown extension '%s'", text + 1);
}

static bool option_arch(Assembler *assembler) {
  do {
    skip_space(assembler);
    const char *at = assembler->cursor;
    while (*assembler->cursor == '+' || *assembler->cursor == '-' || is_name_part(*assembler->cursor))
      assembler->cursor++;
    const char *text = arena_copy_text(&assembler->arena, at, (size_t)(assembler->cursor - at));
    bool change = *text == '+' || *text == '-';
    if (!*text)
      return asm_fail_here(assembler, "expected +extension, -extension or an arch string");
    if (!(change ? change_extension(assembler, at, text) : read_arch(assembler, at, text)))
      return false;
  } while (accept_character(assembler, ','));
  return true;
}

static bool option_pop(Assembler *assembler, const char *at) {
  if (!assembler->option_stack.count)
    return asm_fail(assembler, at, token_length(at), ".option pop without .option push");
  OptionState state = VEC_POP(&assembler->option_stack);
  assembler->generation++;
  assembler->extensions = state.extensions;
  assembler->position_independent = state.position_independent;
  assembler->relax = state.relax;
  return true;
}

static bool directive_option(Assembler *assembler, int argument) {
  (void)argument;
  skip_space(assembler);
  const char *at = assembler->cursor;
  Name name = NAME_NONE;
  if (!read_name(assembler, &name, "an option"))
    return false;
  const char *text = intern_text(&assembler->names, name);
  if (strcmp(text, "push") == 0) {
    OptionState state = {assembler->extensions, assembler->position_independent, assembler->relax};
    VEC_PUSH(&assembler->option_stack, state);
  } else if (strcmp(text, "pop") == 0) {
    return option_pop(assembler, at);
  } else if (strcmp(text, "rvc") == 0) {
    set_extensions(assembler, isa_add_implied(assembler->extensions | ISA_EXTENSION_BIT(ISA_EXT_C)));
  } else if (strcmp(text, "norvc") == 0) {
    set_extensions(assembler, extensions_without(assembler->extensions, ISA_EXT_ZCA));
  } else if (strcmp(text, "pic") == 0 || strcmp(text, "nopic") == 0) {
    assembler->position_independent = text[0] == 'p';
  } else if (strcmp(text, "arch") == 0) {
    return expect_character(assembler, ',') && option_arch(assembler);
  } else if (strcmp(text, "relax") == 0 || strcmp(text, "norelax") == 0) {
    assembler->relax = text[0] == 'r';
  } else {
    return asm_fail(assembler, at, token_length(at),
                    "unknown option: expected push, pop, rvc, norvc, relax, norelax, pic, nopic or arch");
  }
  return true;
}

enum { TAG_STACK_ALIGN = 4, TAG_ARCH = 5, TAG_UNALIGNED_ACCESS = 6, DEFAULT_STACK_ALIGN = 16 };

static bool read_attribute_tag(Assembler *assembler, int64_t *tag) {
  static const struct {
    const char *name;
    int64_t tag;
  } tags[] = {
      {"stack_align", TAG_STACK_ALIGN}, {"arch", TAG_ARCH}, {"unaligned_access", TAG_UNALIGNED_ACCESS}};
  size_t size = peek_name(assembler);
  for (size_t i = 0; i < sizeof tags / sizeof *tags; i++) {
    if (strlen(tags[i].name) == size && memcmp(tags[i].name, assembler->cursor, size) == 0) {
      assembler->cursor += size;
      *tag = tags[i].tag;
      return true;
    }
  }
  return read_absolute(assembler, tag);
}

// .attribute arch, "rv64..." chooses the extensions. The other attributes are what the object writer writes,
// so only those values are accepted.
static bool directive_attribute(Assembler *assembler, int argument) {
  (void)argument;
  skip_space(assembler);
  const char *at = assembler->cursor;
  int64_t tag = 0;
  if (!read_attribute_tag(assembler, &tag) || !expect_character(assembler, ','))
    return false;
  skip_space(assembler);
  const char *value_at = assembler->cursor;
  if (tag == TAG_ARCH) {
    Name name;
    return read_string_name(assembler, &name) &&
           read_arch(assembler, value_at, intern_text(&assembler->names, name));
  }
  int64_t value = 0;
  if (tag != TAG_STACK_ALIGN && tag != TAG_UNALIGNED_ACCESS)
    return asm_fail(assembler, at, token_length(at),
                    "unsupported attribute: expected arch, stack_align or "
                    "unaligned_access");
  if (!read_absolute(assembler, &value))
    return false;
  int64_t only = tag == TAG_STACK_ALIGN ? DEFAULT_STACK_ALIGN : 0;
  if (value != only)
    return asm_fail(assembler, value_at, token_length(value_at), "this attribute can only be %" PRId64, only);
  return true;
}

static bool directive_macro(Assembler *assembler, int argument) {
  (void)argument;
  assembler->generation++;
  return macro_define(assembler);
}
static bool directive_purgem(Assembler *assembler, int argument) {
  (void)argument;
  assembler->generation++;
  return macro_remove(assembler);
}
static bool directive_alternate(Assembler *assembler, int on) {
  assembler->alternate = on;
  return true;
}
static bool directive_exitm(Assembler *assembler, int argument) {
  (void)argument;
  return macro_exit(assembler);
}
static bool directive_rept(Assembler *assembler, int argument) {
  (void)argument;
  return repeat_text(assembler);
}
static bool directive_irp(Assembler *assembler, int characters) {
  return repeat_for_each(assembler, characters);
}
static bool directive_stray(Assembler *assembler, int argument) {
  (void)argument;
  return asm_fail(assembler, assembler->statement, token_length(assembler->statement),
                  "'%.*s' without a beginning", (int)token_length(assembler->statement),
                  assembler->statement);
}
static bool directive_include(Assembler *assembler, int argument) {
  (void)argument;
  return include_text(assembler);
}
static bool directive_incbin(Assembler *assembler, int argument) {
  (void)argument;
  return include_bytes(assembler);
}
static bool directive_if(Assembler *assembler, int test) {
  return condition_if(assembler, (ConditionTest)test);
}
static bool directive_elseif(Assembler *assembler, int argument) {
  (void)argument;
  return condition_else_if(assembler);
}
static bool directive_else(Assembler *assembler, int argument) {
  (void)argument;
  return condition_else(assembler);
}
static bool directive_endif(Assembler *assembler, int argument) {
  (void)argument;
  return condition_end(assembler);
}

typedef struct Directive {
  const char *name;
  bool (*handler)(Assembler *assembler, int argument);
  int argument;
} Directive;

// The alignment directives' argument: log2 of the bytes of the fill pattern, and whether the alignment itself
// is given as a logarithm.
static const Directive directives[] = {
    {".text", directive_plain_section, 0},
    {".data", directive_plain_section, 0},
    {".bss", directive_plain_section, 0},
    {".rodata", directive_plain_section, 0},
    {".tdata", directive_plain_section, 0},
    {".tbss", directive_plain_section, 0},
    {".section", directive_section, 0},
    {".pushsection", directive_section, 1},
    {".popsection", directive_popsection, 0},
    {".previous", directive_previous, 0},
    {".globl", directive_binding, SYMBOL_GLOBAL},
    {".global", directive_binding, SYMBOL_GLOBAL},
    {".local", directive_binding, SYMBOL_LOCAL},
    {".weak", directive_binding, SYMBOL_WEAK},
    {".hidden", directive_visibility, SYMBOL_HIDDEN},
    {".protected", directive_visibility, SYMBOL_PROTECTED},
    {".internal", directive_visibility, SYMBOL_INTERNAL},
    {".extern", directive_mention, 0},
    {".variant_cc", directive_variant, 0},
    {".type", directive_type, 0},
    {".size", directive_size, 0},
    {".set", directive_set, 1},
    {".equ", directive_set, 1},
    {".equiv", directive_set, 0},
    {".comm", directive_comm, 0},
    {".common", directive_comm, 0},
    {".lcomm", directive_comm, 1},
    {".byte", directive_data, 1},
    {".half", directive_data, 2},
    {".hword", directive_data, 2},
    {".short", directive_data, 2},
    {".2byte", directive_data, 2},
    {".word", directive_data, 4},
    {".int", directive_data, 4},
    {".long", directive_data, 4},
    {".4byte", directive_data, 4},
    {".dword", directive_data, 8},
    {".quad", directive_data, 8},
    {".8byte", directive_data, 8},
    {".float", directive_float, 4},
    {".single", directive_float, 4},
    {".double", directive_float, 8},
    {".ascii", directive_string, 0},
    {".asciz", directive_string, 1},
    {".string", directive_string, 1},
    {".zero", directive_skip, 0},
    {".skip", directive_skip, 0},
    {".space", directive_skip, 0},
    {".fill", directive_fill, 0},
    {".org", directive_org, 0},
    {".align", directive_align, ALIGN_LOGARITHM | 1},
    {".p2align", directive_align, ALIGN_LOGARITHM | 1},
    {".p2alignw", directive_align, ALIGN_LOGARITHM | 2},
    {".p2alignl", directive_align, ALIGN_LOGARITHM | 4},
    {".balign", directive_align, 1},
    {".balignw", directive_align, 2},
    {".balignl", directive_align, 4},
    {".uleb128", directive_leb128, 0},
    {".sleb128", directive_leb128, 1},
    {".file", directive_file, 0},
    {".ident", directive_ident, 0},
    {".loc", directive_loc, 0},
    {".addrsig", directive_ignored, 0},
    {".addrsig_sym", directive_ignored, 0},
    {".cfi_startproc", directive_cfi_start, 0},
    {".cfi_endproc", directive_cfi_end, 0},
    {".cfi_sections", directive_cfi_sections, 0},
    {".cfi_def_cfa", directive_cfi, FRAME_DEF_CFA | FRAME_TAKES_REGISTER | FRAME_TAKES_OFFSET},
    {".cfi_def_cfa_offset", directive_cfi, FRAME_DEF_CFA_OFFSET | FRAME_TAKES_OFFSET},
    {".cfi_def_cfa_register", directive_cfi, FRAME_DEF_CFA_REGISTER | FRAME_TAKES_REGISTER},
    {".cfi_adjust_cfa_offset", directive_cfi, FRAME_ADJUST_CFA_OFFSET | FRAME_TAKES_OFFSET},
    {".cfi_offset", directive_cfi, FRAME_OFFSET | FRAME_TAKES_REGISTER | FRAME_TAKES_OFFSET},
    {".cfi_rel_offset", directive_cfi, FRAME_REL_OFFSET | FRAME_TAKES_REGISTER | FRAME_TAKES_OFFSET},
    {".cfi_val_offset", directive_cfi, FRAME_VAL_OFFSET | FRAME_TAKES_REGISTER | FRAME_TAKES_OFFSET},
    {".cfi_register", directive_cfi, FRAME_REGISTER | FRAME_TAKES_REGISTER | FRAME_TAKES_OTHER},
    {".cfi_restore", directive_cfi, FRAME_RESTORE | FRAME_TAKES_REGISTER | FRAME_TAKES_LIST},
    {".cfi_undefined", directive_cfi, FRAME_UNDEFINED | FRAME_TAKES_REGISTER | FRAME_TAKES_LIST},
    {".cfi_same_value", directive_cfi, FRAME_SAME_VALUE | FRAME_TAKES_REGISTER | FRAME_TAKES_LIST},
    {".cfi_remember_state", directive_cfi, FRAME_REMEMBER_STATE},
    {".cfi_restore_state", directive_cfi, FRAME_RESTORE_STATE},
    {".cfi_return_column", directive_cfi_return, 0},
    {".cfi_signal_frame", directive_cfi_signal, 0},
    {".cfi_escape", directive_cfi_escape, 0},
    {".cfi_personality", directive_cfi_pointer, 1},
    {".cfi_lsda", directive_cfi_pointer, 0},
    {".option", directive_option, 0},
    {".attribute", directive_attribute, 0},
    {".macro", directive_macro, 0},
    {".endm", directive_stray, 0},
    {".endmacro", directive_stray, 0},
    {".purgem", directive_purgem, 0},
    {".exitm", directive_exitm, 0},
    {".rept", directive_rept, 0},
    {".rep", directive_rept, 0},
    {".endr", directive_stray, 0},
    {".irp", directive_irp, 0},
    {".irpc", directive_irp, 1},
    {".include", directive_include, 0},
    {".incbin", directive_incbin, 0},
    {".if", directive_if, CONDITION_NONZERO},
    {".ifne", directive_if, CONDITION_NONZERO},
    {".ifeq", directive_if, CONDITION_ZERO},
    {".ifgt", directive_if, CONDITION_POSITIVE},
    {".ifge", directive_if, CONDITION_NOT_NEGATIVE},
    {".iflt", directive_if, CONDITION_NEGATIVE},
    {".ifle", directive_if, CONDITION_NOT_POSITIVE},
    {".ifdef", directive_if, CONDITION_DEFINED},
    {".ifndef", directive_if, CONDITION_UNDEFINED},
    {".ifnotdef", directive_if, CONDITION_UNDEFINED},
    {".ifb", directive_if, CONDITION_BLANK},
    {".ifnb", directive_if, CONDITION_NOT_BLANK},
    {".ifc", directive_if, CONDITION_SAME},
    {".ifeqs", directive_if, CONDITION_SAME},
    {".ifnc", directive_if, CONDITION_DIFFERENT},
    {".ifnes", directive_if, CONDITION_DIFFERENT},
    {".elseif", directive_elseif, 0},
    {".else", directive_else, 0},
    {".endif", directive_endif, 0},
    {".error", directive_message, DIAGNOSTIC_ERROR},
    {".err", directive_message, DIAGNOSTIC_ERROR},
    {".warning", directive_message, DIAGNOSTIC_WARNING},
    {".end", directive_end, 0},
    {".subsection", directive_subsection, 0},
    {".symver", directive_refused, 0},
    {".weakref", directive_weakref, 0},
    {".altmacro", directive_alternate, 1},
    {".noaltmacro", directive_alternate, 0},
    {".insn", directive_insn, 0},
    {".reloc", directive_reloc, 0},
    {".bundle_align_mode", directive_refused, 0},
    {".octa", directive_octa, 0},
    {".dtprelword", directive_dtprel, 4},
    {".dtpreldword", directive_dtprel, 8},
    {".struct", directive_refused, 0},
    {".dc", directive_data, 2},
    {".dc.b", directive_data, 1},
    {".dc.w", directive_data, 2},
    {".dc.l", directive_data, 4},
    {".dc.a", directive_data, 8},
    {".dc.s", directive_float, 4},
    {".dc.d", directive_float, 8},
    {".dcb", directive_dcb, 2},
    {".dcb.b", directive_dcb, 1},
    {".dcb.w", directive_dcb, 2},
    {".dcb.l", directive_dcb, 4},
    {".ds", directive_ds, 2},
    {".ds.b", directive_ds, 1},
    {".ds.w", directive_ds, 2},
    {".ds.l", directive_ds, 4},
    {".ds.s", directive_ds, 4},
    {".ds.d", directive_ds, 8},
    {".ds.p", directive_ds, 12},
    {".ds.x", directive_ds, 12},
    {".float16", directive_half, FLOAT_HALF},
    {".bfloat16", directive_half, FLOAT_BRAIN},
    {".bfloat", directive_half, FLOAT_BRAIN},
    {".stabs", directive_refused, 0},
    {".print", directive_print, 0},
    {".base64", directive_base64, 0},
    {".line", directive_ignored, 0},
    {".lto_discard", directive_ignored, 0},
    {".cg_profile", directive_ignored, 0},
};

void directives_start(Assembler *assembler) {
  for (size_t i = 0; i < sizeof directives / sizeof *directives; i++) {
    Name name = asm_intern(assembler, directives[i].name, strlen(directives[i].name));
    name_info(assembler, name)->directive = (uint16_t)(i + 1);
  }
}

unsigned directive_data_size(unsigned directive) {
  return directives[directive].handler == directive_data ? (unsigned)directives[directive].argument : 0;
}

bool directive_is_loc(unsigned directive) {
  return directives[directive].handler == directive_loc;
}

bool assemble_directive(Assembler *assembler, unsigned i) {
  return directives[i].handler(assembler, directives[i].argument);
}
