// The SSA form as text; parse.c reads it back.
#include "target/ir/vector.h"

static void print_type(Text *out, IrType type) {
  static const char *const floats[] = {"half", "bfloat", "float", "double"};
  if (ir_is_float(type))
    text_append_string(out, floats[type - IR_HALF]);
  else if (ir_is_group(type))
    ir_group_name(out, type);
  else if (type == IR_VOID)
    text_append_string(out, "void");
  else
    text_format(out, "i%u", type);
}

static void print_value(Text *out, const Target *target, const Function *f, IrValue v) {
  const IrInsn *insn = ir_insn(f, v);
  switch ((IrOp)insn->op) {
  case IR_CONST:
    text_format(out, "%lld", (long long)insn->imm);
    if (insn->type != IR_I64)
      text_format(out, ":i%u", insn->type);
    break;
  case IR_FCONST:
    text_format(out, "0x%llx:", (unsigned long long)insn->imm);
    print_type(out, insn->type);
    break;
  case IR_SYMBOL:
    text_format(out, "@\"%s\"%+d", target->symbols.data[ir_symbol_of(insn)].name, ir_addend_of(insn));
    break;
  case IR_FRAME:
    text_format(out, "slot%lld", (long long)insn->imm);
    break;
  case IR_ARG:
    text_format(out, "arg%lld", (long long)insn->imm);
    break;
  case IR_UNDEFINED:
    text_append_string(out, "undefined:");
    print_type(out, insn->type);
    break;
  default:
    text_format(out, "%%%u", v);
  }
}

static void print_passing(Text *out, const Passing *p) {
  static const char *const extensions[] = {"", " signext", " zeroext"};
  print_type(out, p->type);
  text_append_string(out, extensions[p->extension]);
  text_append_string(out, p->pair ? " low" : "");
  text_append_string(out, p->mask ? " mask" : "");
}

static void print_signature(Text *out, const Signature *signature) {
  text_append_char(out, '(');
  for (uint32_t i = 0; i < signature->param_count; i++) {
    text_append_string(out, i ? ", " : "");
    text_append_string(out, i == signature->fixed ? "... " : "");
    print_passing(out, &signature->params[i]);
  }
  text_append_string(out, ") -> (");
  for (uint32_t i = 0; i < signature->result_count; i++) {
    text_append_string(out, i ? ", " : "");
    print_passing(out, &signature->results[i]);
  }
  text_append_char(out, ')');
}

// The instruction, its configuration, the vector length, and what comes before the operands.
static void print_form(Text *out, const Target *target, const Function *f, const IrInsn *insn) {
  VectorForm form = vector_form(insn);
  if (insn->op == IR_MACHINE)
    text_format(out, " %s", isa_insn(form.op)->mnemonic);
  if (form.config.sew) {
    text_append_char(out, ' ');
    vector_config_print(out, form.config);
  }
  if (form.avl_max)
    text_append_string(out, " vl max");
  if (form.has_avl) {
    text_append_string(out, " vl ");
    print_value(out, target, f, ir_operands_const(f, insn)[insn->operand_count - 1]);
  }
  text_append_string(out, form.ordered ? " ordered" : "");
  text_append_string(out, form.into ? " into" : "");
}

static void print_operands(Text *out, const Target *target, const Function *f, const IrInsn *insn,
                           const IrBlock *block) {
  const IrValue *x = ir_operands_const(f, insn);
  bool has_form = insn->op == IR_MACHINE || insn->op == IR_SETVL;
  VectorForm form = has_form ? vector_form(insn) : (VectorForm){0};
  uint32_t count = insn->operand_count - form.has_avl;
  if (has_form) {
    print_form(out, target, f, insn);
    text_append_string(out, count ? " :" : "");
  }
  for (uint32_t i = 0; i < count; i++) {
    text_append_string(out, i ? ", " : " ");
    if (form.masked && i + 1 == count)
      text_append_string(out, "mask ");
    if (insn->op == IR_PHI)
      text_format(out, "block%u ", block->preds[i]);
    print_value(out, target, f, x[i]);
  }
  if (insn->op == IR_PART || insn->op == IR_JOIN)
    text_format(out, ", #%lld", (long long)insn->imm);
}

static void print_insn(Text *out, const Target *target, const Function *f, IrValue v, const IrBlock *block) {
  const IrInsn *insn = ir_insn(f, v);
  text_append_string(out, "  ");
  if (insn->type != IR_VOID && insn->op != IR_STORE)
    text_format(out, "%%%u = ", v);
  text_append_string(out, ir_ops[insn->op].name);
  if (insn->type != IR_VOID) {
    text_append_char(out, '.');
    print_type(out, insn->type);
  }
  bool compares = insn->op == IR_ICMP || insn->op == IR_FCMP;
  if (compares)
    text_format(out, ".%s", ir_predicates[insn->aux]);
  else if (insn->aux)
    text_format(out, ".%u", insn->aux);
  if (insn->flags & IR_SIGNED)
    text_append_string(out, ".signed");
  if (insn->flags & IR_VOLATILE)
    text_append_string(out, ".volatile");
  if (insn->flags & IR_CONTRACT)
    text_append_string(out, ".contract");
  if (insn->flags & IR_REASSOCIATE)
    text_append_string(out, ".reassociate");
  if (insn->flags & IR_NO_SIGNED_WRAP)
    text_append_string(out, ".nsw");
  if (insn->flags & IR_NO_UNSIGNED_WRAP)
    text_append_string(out, ".nuw");
  if (insn->flags & IR_APPROXIMATE)
    text_append_string(out, ".approximate");
  if (insn->flags & IR_LIBRARY)
    text_append_string(out, ".library");
  print_operands(out, target, f, insn, block);
  if (insn->op == IR_RESULT || insn->op == IR_AMO || insn->op == IR_CMPXCHG || insn->op == IR_CSR)
    text_format(out, ", #%lld", (long long)insn->imm);
  if (insn->op == IR_CALL || insn->op == IR_TAILCALL) {
    text_append_string(out, " : ");
    print_signature(out, f->signatures.data[(size_t)insn->imm]);
  }
  if (ir_ops[insn->op].flags & IR_TERMINATOR)
    for (uint32_t s = 0; s < block->succ_count; s++) {
      text_format(out, "%sblock%u", s || insn->operand_count ? ", " : " ", block->succs[s]);
      if (insn->op == IR_SWITCH && s)
        text_format(out, " if %lld", (long long)f->cases.data[(size_t)insn->imm + s - 1].value);
    }
  text_append_char(out, '\n');
}

void slots_print(Text *out, const Function *f, const char *indent) {
  for (size_t i = 0; i < f->slots.count; i++) {
    const FrameSlot *slot = &f->slots.data[i];
    text_format(out, "%sslot%zu: %llu bytes, align %llu", indent, i, (unsigned long long)slot->size,
                (unsigned long long)slot->alignment);
    if (slot->incoming)
      text_format(out, ", at entry %lld", (long long)slot->from_entry);
    text_append_char(out, '\n');
  }
}

void ir_print(Text *out, const Target *target, Function *f) {
  text_format(out, "function @\"%s\"", target->symbols.data[f->symbol].name);
  print_signature(out, f->signature);
  text_append_string(out, f->keeps_vectors ? " keeps-vectors {\n" : " {\n");
  slots_print(out, f, "");
  for (size_t b = 0; b < f->blocks.count; b++) {
    const IrBlock *block = &f->blocks.data[b];
    text_format(out, "block%zu:\n", b);
    for (uint32_t i = 0; i < block->count; i++)
      print_insn(out, target, f, block->insns[i], block);
  }
  text_append_string(out, "}\n");
}
