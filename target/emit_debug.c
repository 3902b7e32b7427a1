// Debug information as assembly text: lines, frames, and DWARF 5 entries for functions, variables and types.
#include "target/debug_info.h"
#include "target/emit.h"

#include <string.h>

// --- lines ------------------------------------------------------------------------------------------------

static unsigned file_number(Program *p, const char *directory, const char *name) {
  for (size_t i = 0; i < p->files.count; i++)
    if (strcmp(p->files.data[i].name, name) == 0 && strcmp(p->files.data[i].directory, directory) == 0)
      return (unsigned)i;
  SourceFile file = {directory, name};
  VEC_PUSH(&p->files, file);
  unsigned number = (unsigned)p->files.count - 1;
  text_format(&p->text, "\t.file\t%u ", number);
  if (*directory)
    text_format(&p->text, "\"%s\" ", directory);
  text_format(&p->text, "\"%s\"\n", name);
  return number;
}

void emit_debug_start(Target *target) {
  Program *p = target->program;
  if (target->debug || target->has_unwinding)
    text_format(&p->text, "\t.cfi_sections\t%s\n", target->has_unwinding ? ".eh_frame" : ".debug_frame");
  if (!target->debug)
    return;
  file_number(p, target->debug->directory, target->debug->name);
}

static void print_line(Program *p, const char *directory, const char *file, uint32_t line, uint32_t column,
                       const char *more) {
  unsigned number = file_number(p, directory, file);
  text_format(&p->text, "\t.loc\t%u %u %u%s\n", number, line, column, more);
}

void emit_debug_begin_function(Target *target, const Function *f) {
  Program *p = target->program;
  const DebugFunction *d = f->debug;
  p->line = (LineState){0};
  if (!target->debug && !f->unwinds)
    return;
  text_format(&p->text, ".Lfunc_begin%u:\n\t.cfi_startproc\n", p->functions);
  if (d)
    print_line(p, d->directory, d->file, d->line, 0, "");
}

void emit_debug_line(Target *target, const Function *f, uint32_t place) {
  Program *p = target->program;
  if (!place || place >= f->places.count || place == p->line.place)
    return;
  const SourcePlace *at = &f->places.data[place];
  print_line(p, at->directory, at->file, at->line, at->column, p->line.place ? "" : " prologue_end");
  p->line.place = place;
}

// What an instruction of the prologue or epilogue does to where the caller's registers are.
void emit_debug_frame(Target *target, const Function *f, const EmitFrame *insn) {
  Program *p = target->program;
  Text *out = &p->text;
  LineState *state = &p->line;
  bool sp = insn->operands[0] == REG_SP, is_addi = insn->op == ISA_ADDI;
  if (insn->epilogue && !state->remembered) {
    text_append_string(out, "\t.cfi_remember_state\n");
    state->remembered = true;
    state->saved = state->offset;
  }
  if (is_addi && sp && insn->operands[1] == REG_SP) {
    state->offset -= insn->operands[2];
    if (!state->by_frame_pointer || insn->epilogue)
      text_format(out, "\t.cfi_def_cfa_offset\t%lld\n", (long long)state->offset);
  } else if (is_addi && sp &&
             insn->operands[1] == REG_S0) { // back to where the first step of the prologue was
    state->offset = -insn->operands[2];
    text_format(out, "\t.cfi_def_cfa\tsp, %lld\n", (long long)state->offset);
  } else if (is_addi && insn->operands[0] == REG_S0) {
    state->by_frame_pointer = true;
    text_append_string(out, "\t.cfi_def_cfa\ts0, 0\n");
  } else if (insn->op == ISA_ADD && sp && !state->by_frame_pointer) {
    state->offset = insn->epilogue ? state->first_step : (int64_t)f->frame_size;
    text_format(out, "\t.cfi_def_cfa_offset\t%lld\n", (long long)state->offset);
  } else if ((insn->op == ISA_SD || insn->op == ISA_FSD) && insn->operands[2] == REG_SP) {
    state->first_step = state->offset;
    unsigned reg = (unsigned)insn->operands[0] + (insn->op == ISA_FSD ? 32 : 0);
    text_format(out, "\t.cfi_offset\t%u, %lld\n", reg, (long long)(insn->operands[1] - state->offset));
  } else if (insn->op == ISA_LD || insn->op == ISA_FLD) {
    text_format(out, "\t.cfi_restore\t%u\n", (unsigned)insn->operands[0] + (insn->op == ISA_FLD ? 32 : 0));
  }
}

void emit_debug_end_block(Target *target) {
  LineState *state = &target->program->line;
  if (!state->remembered)
    return;
  text_append_string(&target->program->text, "\t.cfi_restore_state\n");
  state->remembered = false;
  state->offset = state->saved;
}

void emit_debug_end_function(Target *target, const Function *f) {
  Program *p = target->program;
  DebugFunction *d = f->debug;
  if (!target->debug && !f->unwinds)
    return;
  text_format(&p->text, ".Lfunc_end%u:\n\t.cfi_endproc\n", p->functions);
  if (!d)
    return;
  d->number = p->functions;
  for (uint32_t i = 0; i < d->variable_count; i++) {
    DebugVariable *v = &d->variables[i];
    if (v->slot == IR_NONE || v->slot >= f->slots.count || f->slots.data[v->slot].alignment > 16)
      continue;
    const FrameSlot *slot = &f->slots.data[v->slot];
    v->located = true;
    v->offset = slot->incoming ? slot->from_entry : slot->offset - (int64_t)f->frame_size;
  }
  VEC_PUSH(&target->debug->functions, d);
}

// --- entries ----------------------------------------------------------------------------------------------

enum {
  FORM_ADDR = 0x01,
  FORM_STRING = 0x08,
  FORM_SDATA = 0x0d,
  FORM_UDATA = 0x0f,
  FORM_REF4 = 0x13,
  FORM_SEC_OFFSET = 0x17,
  FORM_EXPRLOC = 0x18,
  FORM_FLAG_PRESENT = 0x19,
};
enum {
  AT_LOCATION = 0x02,
  AT_NAME = 0x03,
  AT_BYTE_SIZE = 0x0b,
  AT_STMT_LIST = 0x10,
  AT_LOW_PC = 0x11,
  AT_HIGH_PC = 0x12,
  AT_LANGUAGE = 0x13,
  AT_COMP_DIR = 0x1b,
  AT_CONST_VALUE = 0x1c,
  AT_PRODUCER = 0x25,
  AT_PROTOTYPED = 0x27,
  AT_BIT_SIZE = 0x0d,
  AT_COUNT = 0x37,
  AT_DATA_MEMBER_LOCATION = 0x38,
  AT_DECL_FILE = 0x3a,
  AT_DECL_LINE = 0x3b,
  AT_DECLARATION = 0x3c,
  AT_ENCODING = 0x3e,
  AT_EXTERNAL = 0x3f,
  AT_FRAME_BASE = 0x40,
  AT_TYPE = 0x49,
  AT_RANGES = 0x55,
  AT_DATA_BIT_OFFSET = 0x6b,
};
enum {
  TAG_ARRAY = 0x01,
  TAG_ENUMERATION = 0x04,
  TAG_PARAMETER = 0x05,
  TAG_MEMBER = 0x0d,
  TAG_UNIT = 0x11,
  TAG_STRUCTURE = 0x13,
  TAG_SUBROUTINE = 0x15,
  TAG_UNION = 0x17,
  TAG_UNSPECIFIED = 0x18,
  TAG_SUBRANGE = 0x21,
  TAG_BASE = 0x24,
  TAG_ENUMERATOR = 0x28,
  TAG_SUBPROGRAM = 0x2e,
  TAG_VARIABLE = 0x34,
};
enum { OP_ADDR = 0x03, OP_FBREG = 0x91, OP_CALL_FRAME_CFA = 0x9c, LANGUAGE_C11 = 0x1d };

typedef struct DebugWriter {
  Target *target;
  Text entries;       // of .debug_info
  Text values;        // of the entry being made
  Text shape;         // its abbreviation: attribute and form pairs
  VEC(char *) shapes; // all abbreviations; the first has number 1
} DebugWriter;

static void attribute(DebugWriter *w, unsigned name, unsigned form) {
  text_format(&w->shape, "\t.uleb128\t0x%x\n\t.uleb128\t0x%x\n", name, form);
}

static void add_number(DebugWriter *w, unsigned name, uint64_t value) {
  attribute(w, name, FORM_UDATA);
  text_format(&w->values, "\t.uleb128\t%llu\n", (unsigned long long)value);
}

static void add_string(DebugWriter *w, unsigned name, const char *text) {
  if (!text)
    return;
  attribute(w, name, FORM_STRING);
  text_append_string(&w->values, "\t.asciz\t\"");
  for (; *text; text++) {
    if (*text == '"' || *text == '\\')
      text_append_char(&w->values, '\\');
    text_append_char(&w->values, *text);
  }
  text_append_string(&w->values, "\"\n");
}

static void add_flag(DebugWriter *w, unsigned name) {
  attribute(w, name, FORM_FLAG_PRESENT);
}

static void add_type(DebugWriter *w, DebugTypeId type) {
  if (!type)
    return;
  attribute(w, AT_TYPE, FORM_REF4);
  text_format(&w->values, "\t.4byte\t.Ltype%u-.Linfo\n", type);
}

static void add_address(DebugWriter *w, unsigned name, const char *label, unsigned number) {
  attribute(w, name, FORM_ADDR);
  text_format(&w->values, "\t.8byte\t%s%u\n", label, number);
}

// Ends an entry: it gets the number of its abbreviation.
static void finish(DebugWriter *w, unsigned tag, bool children) {
  Text shape = {0};
  text_format(&shape, "\t.uleb128\t0x%x\n\t.byte\t%d\n%s\t.byte\t0,0\n", tag, children,
              text_string(&w->shape));
  size_t number = 0;
  while (number < w->shapes.count && strcmp(w->shapes.data[number], text_string(&shape)) != 0)
    number++;
  if (number == w->shapes.count)
    VEC_PUSH(&w->shapes, shape.data);
  else
    text_free(&shape);
  text_format(&w->entries, "\t.uleb128\t%zu\n%s", number + 1, text_string(&w->values));
  text_clear(&w->values);
  text_clear(&w->shape);
}

static void end_children(DebugWriter *w) {
  text_append_string(&w->entries, "\t.byte\t0\n");
}

static void add_declaration(DebugWriter *w, const char *directory, const char *file, uint32_t line) {
  if (!line)
    return;
  add_number(w, AT_DECL_FILE, file_number(w->target->program, directory, file));
  add_number(w, AT_DECL_LINE, line);
}

static void write_members(DebugWriter *w, const DebugType *type) {
  const DebugInfo *debug = w->target->debug;
  for (uint32_t i = 0; i < type->member_count; i++) {
    const DebugMember *m = &debug->members.data[type->first_member + i];
    unsigned tag = TAG_MEMBER;
    switch (type->tag) {
    case TAG_ENUMERATION:
      add_string(w, AT_NAME, m->name);
      attribute(w, AT_CONST_VALUE, FORM_SDATA);
      text_format(&w->values, "\t.sleb128\t%lld\n", (long long)m->value);
      tag = TAG_ENUMERATOR;
      break;
    case TAG_ARRAY:
      if (m->value >= 0)
        add_number(w, AT_COUNT, (uint64_t)m->value);
      tag = TAG_SUBRANGE;
      break;
    case TAG_SUBROUTINE:
      add_type(w, m->type);
      tag = m->type ? TAG_PARAMETER : TAG_UNSPECIFIED;
      break;
    default:
      add_string(w, AT_NAME, m->name);
      add_type(w, m->type);
      if (m->bit_field) {
        add_number(w, AT_BIT_SIZE, m->size_bits);
        add_number(w, AT_DATA_BIT_OFFSET, m->offset_bits);
      } else {
        add_number(w, AT_DATA_MEMBER_LOCATION, m->offset_bits / 8);
      }
    }
    finish(w, tag, false);
  }
}

static void write_type(DebugWriter *w, DebugTypeId id) {
  const DebugType *type = &w->target->debug->types.data[id];
  bool aggregate = type->tag == TAG_STRUCTURE || type->tag == TAG_UNION || type->tag == TAG_ENUMERATION;
  text_format(&w->entries, ".Ltype%u:\n", id);
  add_string(w, AT_NAME, type->name);
  if (type->tag == TAG_BASE)
    add_number(w, AT_ENCODING, type->encoding);
  if (type->tag == TAG_SUBROUTINE)
    add_flag(w, AT_PROTOTYPED);
  if (type->declaration)
    add_flag(w, AT_DECLARATION);
  else if (type->tag == TAG_BASE || aggregate || type->tag == 0x0f)
    add_number(w, AT_BYTE_SIZE, type->size);
  add_type(w, type->base);
  finish(w, type->tag, type->member_count > 0);
  if (type->member_count) {
    write_members(w, type);
    end_children(w);
  }
}

static void write_function(DebugWriter *w, const DebugFunction *d) {
  add_string(w, AT_NAME, d->name);
  add_declaration(w, d->directory, d->file, d->line);
  add_flag(w, AT_PROTOTYPED);
  if (d->external)
    add_flag(w, AT_EXTERNAL);
  add_type(w, d->result);
  add_address(w, AT_LOW_PC, ".Lfunc_begin", d->number);
  add_address(w, AT_HIGH_PC, ".Lfunc_end", d->number);
  attribute(w, AT_FRAME_BASE, FORM_EXPRLOC);
  text_format(&w->values, "\t.byte\t1,0x%x\n", OP_CALL_FRAME_CFA);
  finish(w, TAG_SUBPROGRAM, d->variable_count > 0);
  for (uint32_t i = 0; i < d->variable_count; i++) {
    const DebugVariable *v = &d->variables[i];
    add_string(w, AT_NAME, v->name);
    add_declaration(w, v->directory, v->file, v->line);
    add_type(w, v->type);
    if (v->located) {
      attribute(w, AT_LOCATION, FORM_EXPRLOC);
      text_format(&w->values, "\t.uleb128\t.Lexpr%u_%u-.Lexpr%u_%ub\n", d->number, i, d->number, i);
      text_format(&w->values, ".Lexpr%u_%ub:\n\t.byte\t0x%x\n\t.sleb128\t%lld\n.Lexpr%u_%u:\n", d->number, i,
                  OP_FBREG, (long long)v->offset, d->number, i);
    }
    finish(w, v->argument ? TAG_PARAMETER : TAG_VARIABLE, false);
  }
  if (d->variable_count)
    end_children(w);
}

static void write_global(DebugWriter *w, const DebugGlobal *g) {
  add_string(w, AT_NAME, g->name);
  add_declaration(w, g->directory, g->file, g->line);
  add_type(w, g->type);
  if (g->external)
    add_flag(w, AT_EXTERNAL);
  const Symbol *symbol = &w->target->symbols.data[g->symbol];
  if (symbol->defined && !symbol->tls) {
    attribute(w, AT_LOCATION, FORM_EXPRLOC);
    text_format(&w->values, "\t.uleb128\t9\n\t.byte\t0x%x\n\t.8byte\t", OP_ADDR);
    print_name(&w->values, symbol->name);
    text_append_char(&w->values, '\n');
  }
  finish(w, TAG_VARIABLE, false);
}

static void write_entries(DebugWriter *w) {
  const DebugInfo *debug = w->target->debug;
  add_string(w, AT_PRODUCER, debug->producer);
  add_number(w, AT_LANGUAGE, LANGUAGE_C11);
  add_string(w, AT_NAME, debug->name);
  add_string(w, AT_COMP_DIR, debug->directory);
  attribute(w, AT_STMT_LIST, FORM_SEC_OFFSET);
  text_append_string(&w->values, "\t.4byte\t.Lline\n");
  attribute(w, AT_LOW_PC, FORM_ADDR);
  text_append_string(&w->values, "\t.8byte\t0\n");
  attribute(w, AT_RANGES, FORM_SEC_OFFSET);
  text_append_string(&w->values, "\t.4byte\t.Lranges\n");
  finish(w, TAG_UNIT, true);
  for (size_t i = 1; i < debug->types.count; i++)
    write_type(w, (DebugTypeId)i);
  for (size_t i = 0; i < debug->globals.count; i++)
    write_global(w, &debug->globals.data[i]);
  for (size_t i = 0; i < debug->functions.count; i++)
    write_function(w, debug->functions.data[i]);
  end_children(w);
}

void emit_debug_finish(Target *target) {
  if (!target->debug)
    return;
  Text *out = &target->program->text;
  DebugWriter w = {.target = target};
  write_entries(&w);
  text_append_string(out, "\t.section\t.debug_abbrev,\"\",@progbits\n.Labbrev:\n");
  for (size_t i = 0; i < w.shapes.count; i++) {
    text_format(out, "\t.uleb128\t%zu\n%s", i + 1, w.shapes.data[i]);
    free(w.shapes.data[i]);
  }
  text_append_string(out, "\t.byte\t0\n\t.section\t.debug_info,\"\",@progbits\n.Linfo:\n"
                          "\t.4byte\t.Linfo_end-.Linfo_start\n.Linfo_start:\n\t.2byte\t5\n\t.byte\t1,8\n"
                          "\t.4byte\t.Labbrev\n");
  text_append(out, text_string(&w.entries), w.entries.count);
  text_append_string(out,
                     ".Linfo_end:\n\t.section\t.debug_rnglists,\"\",@progbits\n"
                     "\t.4byte\t.Lranges_end-.Lranges_start\n.Lranges_start:\n\t.2byte\t5\n\t.byte\t8,0\n"
                     "\t.4byte\t0\n.Lranges:\n");
  for (size_t i = 0; i < target->debug->functions.count; i++) {
    unsigned number = target->debug->functions.data[i]->number;
    text_format(out, "\t.byte\t6\n\t.8byte\t.Lfunc_begin%u\n\t.8byte\t.Lfunc_end%u\n", number, number);
  }
  text_append_string(out, "\t.byte\t0\n.Lranges_end:\n\t.section\t.debug_line,\"\",@progbits\n.Lline:\n");
  VEC_FREE(&w.shapes);
  text_free(&w.entries);
  text_free(&w.values);
  text_free(&w.shape);
}
