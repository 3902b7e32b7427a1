// Debug information as assembly text, beside the code: lines, frames, and where scopes and variables begin
// and end.
#include "target/debug/info.h"
#include "target/emit/emit.h"

#include <string.h>

// --- lines ------------------------------------------------------------------------------------------------

static void append_path(Text *path, const char *directory, const char *name) {
  if (*directory && *name != '/')
    text_format(path, "%s/", directory);
  text_append_string(path, name);
}

static bool same_path(const SourceFile *x, const char *directory, const char *name) {
  Text a = {0}, b = {0};
  append_path(&a, x->directory, x->name);
  append_path(&b, directory, name);
  bool same = strcmp(text_string(&a), text_string(&b)) == 0;
  text_free(&a);
  text_free(&b);
  return same;
}

unsigned emit_debug_file(Program *p, const char *directory, const char *name) {
  for (size_t i = 0; i < p->files.count; i++)
    if (strcmp(p->files.data[i].name, name) == 0 && strcmp(p->files.data[i].directory, directory) == 0)
      return p->files.data[i].number;
  SourceFile file = {directory, name, p->file_count};
  for (size_t i = 0; i < p->files.count; i++)
    if (same_path(&p->files.data[i], directory, name))
      file.number = p->files.data[i].number;
  VEC_PUSH(&p->files, file);
  if (file.number < p->file_count)
    return file.number;
  p->file_count++;
  text_format(&p->text, "\t.file\t%u ", file.number);
  if (*directory)
    text_format(&p->text, "\"%s\" ", directory);
  text_format(&p->text, "\"%s\"\n", name);
  return file.number;
}

void emit_debug_start(Target *target) {
  Program *p = target->program;
  if (target->debug || target->has_unwinding)
    text_format(&p->text, "\t.cfi_sections\t%s\n", target->has_unwinding ? ".eh_frame" : ".debug_frame");
  if (!target->debug)
    return;
  emit_debug_file(p, target->debug->directory, target->debug->name);
}

static void print_line(Program *p, const char *directory, const char *file, uint32_t line, uint32_t column,
                       const char *more) {
  unsigned number = emit_debug_file(p, directory, file);
  text_format(&p->text, "\t.loc\t%u %u %u%s\n", number, line, column, more);
}

void emit_debug_begin_function(Target *target, const Function *f) {
  Program *p = target->program;
  const DebugFunction *d = f->debug;
  p->line = (LineState){0};
  if (!target->debug && !f->unwinds)
    return;
  text_format(&p->text, ".Lfunc_begin%u:\n\t.cfi_startproc\n", p->functions);
  if (!d || !target->debug)
    return;
  const DebugBlock *block = &target->debug->blocks.data[d->block];
  print_line(p, block->directory, block->file, block->line, 0, "");
}

static bool same_line(const SourcePlace *x, const SourcePlace *y) {
  return x->line == y->line &&
         (x->line == NO_LINE || (x->column == y->column && strcmp(x->file, y->file) == 0 &&
                                 strcmp(x->directory, y->directory) == 0));
}

void emit_debug_line(Target *target, const Function *f, uint32_t place) {
  Program *p = target->program;
  if (!place || place >= f->places.count || place == p->line.place)
    return;
  const SourcePlace *at = &f->places.data[place];
  uint32_t last = p->line.place;
  if (!at->line || (last && same_line(at, &f->places.data[last])))
    return;
  if (at->line == NO_LINE)
    print_line(p, target->debug->directory, target->debug->name, 0, 0, "");
  else
    print_line(p, at->directory, at->file, at->line, at->column, last ? "" : " prologue_end");
  p->line.place = place;
}

// The labels that offsets are relative to.
static void mark_ranges(bool *marks, const DebugRanges *ranges) {
  for (size_t i = 0; i < ranges->count; i++)
    marks[(ranges->data[i].from + 1) / 2] = marks[(ranges->data[i].to + 1) / 2] = true;
}

bool *emit_debug_locate(Target *target, const Function *f, const uint32_t *starts, size_t count) {
  bool *marks = checked_malloc(count + 1);
  memset(marks, 0, count + 1);
  debug_locate(target, f, starts);
  const DebugFunction *d = f->debug;
  for (size_t i = 1; i < d->scopes.count; i++)
    mark_ranges(marks, &d->scopes.data[i].ranges);
  for (size_t i = 0; i < d->instances.count; i++)
    mark_ranges(marks, &d->instances.data[i].ranges);
  for (size_t i = 0; i < d->calls.count; i++)
    marks[d->calls.data[i].behind / 2] = true;
  return marks;
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
  d->emitted = true;
}
