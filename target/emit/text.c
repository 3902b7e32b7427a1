// A function as assembly text.
#include "target/emit/code.h"

#include <string.h>

void text_section(Program *p, const char *directive) {
  if (p->section && strcmp(p->section, directive) == 0)
    return;
  p->section = directive;
  text_format(&p->text, "\t%s\n", directive);
}

static bool plain_name(const char *name) {
  for (const char *c = name; *c; c++)
    if (!strchr("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_.$", *c))
      return false;
  return *name && !(*name >= '0' && *name <= '9');
}

void print_name(Text *out, const char *name) {
  if (plain_name(name)) {
    text_append_string(out, name);
    return;
  }
  text_append_char(out, '"');
  for (; *name; name++) {
    if (*name == '"' || *name == '\\')
      text_append_char(out, '\\');
    text_append_char(out, *name);
  }
  text_append_char(out, '"');
}

void print_symbol(Text *out, const Target *target, const MirAddress *a) {
  print_name(out, target->symbols.data[a->symbol].name);
  if (a->addend)
    text_format(out, "%+lld", (long long)a->addend);
}

typedef struct PrintContext {
  Emitter *e;
  const EmitInsn *insn;
} PrintContext;

static bool print_special(void *context, Text *out, IsaOp op, IsaOperandKind kind, int64_t value) {
  PrintContext *c = context;
  const Emitter *e = c->e;
  (void)op;
  IsaOperandClass class = isa_operand(kind)->operand_class;
  if (c->insn->note == EMIT_BRANCH && class == ISA_CLASS_PCREL) {
    text_format(out, ".LBB%u_%u", e->program->functions, c->insn->target);
    return true;
  }
  if (c->insn->note == EMIT_NEAR && class == ISA_CLASS_PCREL) {
    text_format(out, ".%+lld", (long long)value);
    return true;
  }
  if (c->insn->note == EMIT_HI && class == ISA_CLASS_UPPER) {
    text_append_string(out, "%pcrel_hi(");
    print_symbol(out, e->target, &e->f->addresses.data[c->insn->address]);
    text_append_char(out, ')');
    return true;
  }
  if (c->insn->note == EMIT_LO && class == ISA_CLASS_SIGNED) {
    text_format(out, "%%pcrel_lo(.Lpcrel_hi%u)", e->hi_label[c->insn->target]);
    return true;
  }
  return false;
}

static void print_thread_address(Emitter *e, const EmitInsn *insn) {
  static const char *const notes[] = {"%tprel_hi(", "%tprel_add(", "%tprel_lo("};
  Text *out = &e->program->text;
  const char *reg = isa_register_name(ISA_CLASS_GPR, (unsigned)insn->operands[0]);
  text_format(out, "\t%s\t%s, ", isa_insn((IsaOp)insn->op)->mnemonic, reg);
  if (insn->note != EMIT_TLS_HI)
    text_format(out, "%s, %s", reg, insn->note == EMIT_TLS_ADD ? "tp, " : "");
  text_append_string(out, notes[insn->note - EMIT_TLS_HI]);
  print_symbol(out, e->target, &e->f->addresses.data[insn->address]);
  text_append_string(out, ")\n");
}

static void print_insn(Emitter *e, const EmitInsn *insn) {
  if (insn->note >= EMIT_TLS_HI && insn->note <= EMIT_TLS_LO) {
    print_thread_address(e, insn);
    return;
  }
  if (insn->note == EMIT_ASM) {
    print_asm(&e->program->text, e->target, e->f->asms.data[insn->address], e->program->assemblies++);
    return;
  }
  PrintContext context = {e, insn};
  // The linker sets the operand: what an alias would make of its 0 ("mv") is not what is meant.
  IsaPrinter printer = {.no_aliases = insn->note == EMIT_LO,
                        .print_operand = print_special,
                        .context = &context,
                        .decimal = true};
  text_append_char(&e->program->text, '\t');
  isa_print(&e->program->text, (IsaOp)insn->op, insn->operands, &printer);
  text_append_char(&e->program->text, '\n');
}

// Around what has to be as long as the distances in it say.
static const char fixed_begin[] = "\t.option\tpush\n\t.option\tnorvc\n", fixed_end[] = "\t.option\tpop\n";

static void print_far_branch(Emitter *e, const EmitInsn *insn) {
  EmitInsn around = *insn;
  around.op = (uint16_t)isa_opposite_branch((IsaOp)insn->op);
  around.note = EMIT_PLAIN;
  IsaPrinter printer = {.decimal = true};
  Text line = {0};
  around.operands[2] = 2 * INSN_BYTES;
  isa_print(&line, (IsaOp)around.op, around.operands, &printer);
  // The distance is written relative to the instruction.
  char *last = strrchr(text_string(&line), ' ');
  size_t keep = (size_t)(last - line.data) + 1;
  text_append_string(&e->program->text, fixed_begin);
  text_format(&e->program->text, "\t%.*s.+%d\n", (int)keep, line.data, 2 * INSN_BYTES);
  text_format(&e->program->text, "\tj\t.LBB%u_%u\n", e->program->functions, insn->target);
  text_append_string(&e->program->text, fixed_end);
  text_free(&line);
}

static void print_debug_label(Emitter *e, uint32_t at) {
  if (e->labelled && e->labelled[at])
    text_format(&e->program->text, ".Ldbg%u_%u:\n", e->program->functions, at);
}

static void print_code(Emitter *e, uint32_t size) {
  Text *out = &e->program->text;
  Function *f = e->f;
  uint32_t at = 0;
  for (size_t k = 0; k < f->layout.count; k++) {
    uint32_t block = f->layout.data[k];
    uint32_t end =
        k + 1 < f->layout.count ? e->blocks[f->layout.data[k + 1]].first : (uint32_t)e->insns.count;
    emit_nest_boundary(e->target, f, block, (uint32_t)emit_block_offset(e, block, size));
    if (e->blocks[block].is_target)
      text_format(out, ".LBB%u_%u:\n", e->program->functions, block);
    for (; at < end; at++) {
      const EmitInsn *insn = &e->insns.data[at];
      print_debug_label(e, at);
      if (e->target->debug)
        emit_debug_line(e->target, f, insn->frame == MIR_PROLOGUE ? 0 : insn->place);
      if (insn->note == EMIT_HI) {
        e->hi_label[at] = e->program->labels++;
        text_format(out, ".Lpcrel_hi%u:\n", e->hi_label[at]);
      }
      if (insn->note == EMIT_CALL) {
        text_append_string(out, insn->operands[0] == REG_RA ? "\tcall\t" : "\ttail\t");
        print_symbol(out, e->target, &f->addresses.data[insn->address]);
        text_append_char(out, '\n');
        at++; // the jalr is part of it
      } else if (emit_is_far(insn)) {
        print_far_branch(e, insn);
      } else if (insn->note == EMIT_FIXED || insn->note == EMIT_LITERAL ||
                 (insn->note == EMIT_NEAR && insn->operands[1] == REG_ZERO)) {
        text_append_string(out, fixed_begin);
        print_insn(e, insn);
        text_append_string(out, fixed_end);
      } else {
        print_insn(e, insn);
      }
      if ((e->target->debug || f->unwinds) && insn->frame)
        emit_debug_frame(e->target, f, &(EmitFrame){insn->op, insn->operands, insn->frame == MIR_EPILOGUE});
    }
    emit_debug_end_block(e->target);
  }
  print_debug_label(e, at);
  emit_nest_boundary(e->target, f, IR_NONE, size);
  if (e->literals.count && e->literals_at != size)
    text_format(out, "\t.zero\t%u\n", (unsigned)(e->literals_at - size));
  for (size_t i = 0; i < e->literals.count; i++) {
    text_append_string(out, "\t.dword\t");
    print_symbol(out, e->target, &f->addresses.data[e->literals.data[i]]);
    text_append_char(out, '\n');
  }
}

void print_attributes(Program *p, const Symbol *symbol) {
  Text *out = &p->text;
  static const char *const visibilities[] = {NULL, "hidden", "protected"};
  if (symbol->linkage != LINKAGE_LOCAL) {
    text_append_string(out, symbol->linkage == LINKAGE_WEAK ? "\t.weak\t" : "\t.globl\t");
    print_name(out, symbol->name);
    text_append_char(out, '\n');
  }
  if (visibilities[symbol->visibility]) {
    text_format(out, "\t.%s\t", visibilities[symbol->visibility]);
    print_name(out, symbol->name);
    text_append_char(out, '\n');
  }
}

void print_type(Program *p, const Symbol *symbol) {
  text_append_string(&p->text, "\t.type\t");
  print_name(&p->text, symbol->name);
  text_append_string(&p->text, symbol->function ? ", @function\n"
                               : symbol->tls    ? ", @tls_object\n"
                                                : ", @object\n");
}

const char *section_directive(Target *target, const SectionPlace *place) {
  uint64_t flags = place->flags;
  const char *type = place->type == SHT_NOBITS       ? "nobits"
                     : place->type == SHT_INIT_ARRAY ? "init_array"
                     : place->type == SHT_FINI_ARRAY ? "fini_array"
                     : place->type == SHT_NOTE       ? "note"
                                                     : "progbits";
  return arena_format(&target->arena, ".section\t%s,\"%s%s%s%s%s\",@%s%s%s%s", place->name,
                      flags & SHF_ALLOC ? "a" : "", flags & SHF_WRITE ? "w" : "",
                      flags & SHF_EXECINSTR ? "x" : "", flags & SHF_TLS ? "T" : "", place->group ? "G" : "",
                      type, place->group ? "," : "", place->group ? place->group : "",
                      place->group ? ",comdat" : "");
}

// Functions of a group have sections of their own, as all have that were asked for by -function-sections.
SectionPlace emit_code_place(const Emitter *e) {
  const Symbol *symbol = &e->target->symbols.data[e->f->symbol];
  SectionPlace place = {".text", SHT_PROGBITS, SHF_ALLOC | SHF_EXECINSTR, symbol->group};
  if (symbol->section)
    place.name = symbol->section;
  else if (symbol->group || e->target->options->function_sections)
    place.name = arena_format(&e->target->arena, ".text.%s", symbol->name);
  return place;
}

SectionPlace emit_table_place(const Emitter *e) {
  const Symbol *symbol = &e->target->symbols.data[e->f->symbol];
  SectionPlace place = {".rodata", SHT_PROGBITS, SHF_ALLOC, symbol->group};
  if (symbol->group || e->target->options->function_sections)
    place.name = arena_format(&e->target->arena, ".rodata.%s", symbol->name);
  return place;
}

// Each entry is the distance of a block from the table.
static void print_tables(Emitter *e) {
  Text *out = &e->program->text;
  for (size_t t = 0; t < e->tables.count; t++) {
    const MirOperand *o = mir_operands(e->f, e->tables.data[t]);
    const char *table = e->target->symbols.data[e->f->addresses.data[o[1].value].symbol].name;
    SectionPlace place = emit_table_place(e);
    text_section(e->program, section_directive(e->target, &place));
    text_format(out, "\t.p2align\t2\n%s:\n", table);
    for (uint32_t i = 2; i < e->tables.data[t]->count; i++)
      text_format(out, "\t.word\t.LBB%u_%d-%s\n", e->program->functions, o[i].value, table);
  }
}

static void print_extensions(Emitter *e) {
  IsaExtensions more = e->used & emit_optional_extensions;
  if (!more)
    return;
  text_append_string(&e->program->text, "\t.option\tpush\n\t.option\tarch");
  for (unsigned i = 0; i < ISA_EXTENSION_COUNT; i++)
    if (more & ISA_EXTENSION_BIT(i))
      text_format(&e->program->text, ", +%s", isa_extension_name((IsaExtension)i));
  text_append_char(&e->program->text, '\n');
  if (e->moves) // its numbers of bytes must stay true
    text_append_string(&e->program->text, "\t.option\tnorelax\n");
}

void emit_text(Emitter *e, uint64_t alignment, uint32_t size) {
  Program *p = e->program;
  const Symbol *symbol = &e->target->symbols.data[e->f->symbol];
  SectionPlace place = emit_code_place(e);
  text_section(p, strcmp(place.name, ".text") == 0 ? ".text" : section_directive(e->target, &place));
  text_format(&p->text, "\t.p2align\t%d\n", __builtin_ctzll(alignment));
  print_attributes(p, symbol);
  print_type(p, symbol);
  print_name(&p->text, symbol->name);
  text_append_string(&p->text, ":\n");
  print_extensions(e);
  emit_debug_begin_function(e->target, e->f);
  print_code(e, size);
  emit_debug_end_function(e->target, e->f);
  if (e->used & emit_optional_extensions)
    text_append_string(&p->text, "\t.option\tpop\n");
  text_append_string(&p->text, "\t.size\t");
  print_name(&p->text, symbol->name);
  text_append_string(&p->text, ", .-");
  print_name(&p->text, symbol->name);
  text_append_char(&p->text, '\n');
  print_tables(e);
  emit_nests(e->target, e->f, &(NestCode){.copied = e->moves});
}
