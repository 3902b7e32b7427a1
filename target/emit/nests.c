// The records of loop nests (isa/nests.h): where their code stands, and what they became.
#include "target/emit/emit.h"

#include <string.h>

enum { R_64 = 2, R_ADD32 = 35, R_SUB32 = 39 };

void emit_nest_boundary(Target *target, const Function *f, uint32_t block, uint32_t offset) {
  Program *p = target->program;
  uint32_t source = block == IR_NONE ? IR_NONE : f->mblocks.data[block].source;
  uint32_t nest = source == IR_NONE ? 0 : f->blocks.data[source].nest;
  if (nest == p->nest)
    return;
  if (!p->object)
    text_format(&p->text, ".Lnest%u:\n", p->nest_labels);
  if (p->nest) {
    VEC_LAST(&p->spans).to = offset;
    VEC_LAST(&p->spans).end_label = p->nest_labels;
  }
  NestSpan span = {.nest = nest, .from = offset, .to = offset, .label = p->nest_labels++};
  if (nest)
    VEC_PUSH(&p->spans, span);
  p->nest = nest;
}

// Where records go, and of what.
typedef struct Records {
  Target *target;
  const Function *f;
  const NestCode *code;
  ObjectSection section;
} Records;

static NestRecord make_record(const Records *r, uint32_t kind, bool first, Text *text) {
  NestRecord record = {.role = kind == nest_of_scalar(nest_index(kind)) ? NEST_SCALAR
                               : first                                  ? NEST_NEW
                                                                        : NEST_MORE};
  text_clear(text);
  if (record.role == NEST_NEW) {
    nest_encode(text, &r->target->nests.data[nest_index(kind)]);
    while (text->count % 8)
      text_append_char(text, '\0');
  }
  record.bytes = (uint32_t)(sizeof record + text->count);
  return record;
}

static void print_record(const Records *r, const NestRecord *record, const NestSpan *span, bool copy,
                         const Text *text) {
  Text *out = &r->target->program->text;
  if (!span) {
    text_append_string(out, "\t.quad\t0\n\t.word\t0");
  } else {
    text_append_string(out, "\t.quad\t");
    if (copy) {
      print_name(out, r->target->symbols.data[r->f->copy].name);
      text_format(out, "+%u", span->from);
    } else {
      text_format(out, ".Lnest%u", span->label);
    }
    text_format(out, "\n\t.word\t.Lnest%u-.Lnest%u", span->end_label, span->label);
  }
  text_format(out, ", %u, %u, 0\n", record->bytes, record->role);
  const char *line = text_string(text);
  const char *end = line + text->count;
  while (line < end && *line) {
    size_t size = strcspn(line, "\n");
    text_append_string(out, "\t.ascii\t\"");
    for (size_t i = 0; i < size; i++) {
      if (line[i] == '"' || line[i] == '\\')
        text_append_char(out, '\\');
      text_append_char(out, line[i]);
    }
    text_append_string(out, "\\n\"\n");
    line += size + 1;
  }
  if (line < end)
    text_format(out, "\t.zero\t%zu\n", (size_t)(end - line));
}

static void encode_record(const Records *r, const NestRecord *record, const NestSpan *span, bool copy,
                          const Text *text) {
  Object *object = r->target->program->object;
  uint64_t at = object_append(object, r->section, record, sizeof *record);
  if (text->count)
    object_append(object, r->section, text->data, text->count);
  if (!span)
    return;
  ObjectSymbol from = object_local_symbol(object, ".Lnest");
  ObjectSymbol to = object_local_symbol(object, ".Lnest");
  object_define(object, from, r->code->section, r->code->start + span->from);
  object_define(object, to, r->code->section, r->code->start + span->to);
  uint64_t size_at = at + offsetof(NestRecord, size);
  if (copy)
    object_relocate(object, r->section, at, R_64, symbol_in_object(r->target, r->f->copy), span->from);
  else
    object_relocate(object, r->section, at, R_64, from, 0);
  object_relocate(object, r->section, size_at, R_ADD32, to, 0);
  object_relocate(object, r->section, size_at, R_SUB32, from, 0);
}

static void emit_record(const Records *r, uint32_t kind, bool first, const NestSpan *span, bool copy) {
  Text text = {0};
  NestRecord record = make_record(r, kind, first, &text);
  if (r->target->program->object)
    encode_record(r, &record, span, copy, &text);
  else
    print_record(r, &record, span, copy, &text);
  text_free(&text);
}

// Records of a nest's code, or of the scalar code beside it.
static void emit_nest(const Records *r, uint32_t kind) {
  const Program *p = r->target->program;
  bool any = kind == nest_of_scalar(nest_index(kind));
  for (size_t i = 0; i < p->spans.count; i++) {
    const NestSpan *span = &p->spans.data[i];
    if (span->nest != kind)
      continue;
    emit_record(r, kind, !any, span, false);
    any = true;
    if (r->code->copied)
      emit_record(r, kind, false, span, true);
  }
  if (!any)
    emit_record(r, kind, true, NULL, false);
}

void emit_nests(Target *target, const Function *f, const NestCode *code) {
  Program *p = target->program;
  Records r = {.target = target, .f = f, .code = code};
  SectionPlace place = {NEST_SECTION, SHT_PROGBITS, 0, target->symbols.data[f->symbol].group};
  if (p->nests < target->nests.count && p->object) {
    r.section = section_in_object(target, &place);
    object_section_align(p->object, r.section, _Alignof(NestRecord));
  } else if (p->nests < target->nests.count) {
    text_section(p, section_directive(target, &place));
    text_append_string(&p->text, "\t.p2align\t3\n");
  }
  for (; p->nests < target->nests.count; p->nests++) {
    emit_nest(&r, nest_of_code(p->nests));
    emit_nest(&r, nest_of_scalar(p->nests));
  }
  p->spans.count = 0;
  p->nest = 0;
}
