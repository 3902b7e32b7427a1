// Computes each value once: an operation with the same operands as one that dominates it is replaced by that.
// What the registers' upper bits make unnecessary goes on the way. Requires: legal SSA form. Provides: no
// pure operation is dominated by an equal one.
#include "target/ir/vector.h"
#include "target/passes/simplify_bits.h"

#include <string.h>

typedef struct Numbering {
  Function *f;
  IrValue *alias;  // by value: what stands for it
  uint32_t *table; // open addressing; value + 1
  uint32_t slots;
  BitsKnown bits;
} Numbering;

static uint32_t hash_insn(const Function *f, const IrInsn *insn) {
  uint64_t h = (uint64_t)insn->op | (uint64_t)insn->type << 8 | (uint64_t)insn->aux << 16 |
               (uint64_t)insn->flags << 24 | (uint64_t)insn->imm << 32;
  const IrValue *x = ir_operands_const(f, insn);
  if (ir_flags(insn) & IR_COMMUTES)
    return (uint32_t)((h ^ ((uint64_t)x[0] + x[1])) * UINT64_C(0x9e3779b97f4a7c15) >> 32);
  for (uint32_t i = 0; i < insn->operand_count; i++)
    h = (h ^ x[i]) * UINT64_C(0x9e3779b97f4a7c15);
  return (uint32_t)(h >> 32) ^ (uint32_t)h;
}

static bool equal(const Function *f, const IrInsn *a, const IrInsn *b) {
  if (a->op != b->op || a->type != b->type || a->aux != b->aux || a->flags != b->flags || a->imm != b->imm ||
      a->operand_count != b->operand_count)
    return false;
  const IrValue *x = ir_operands_const(f, a), *y = ir_operands_const(f, b);
  return memcmp(x, y, a->operand_count * sizeof *x) == 0 ||
         ((ir_flags(a) & IR_COMMUTES) && x[0] == y[1] && x[1] == y[0]);
}

// The earlier value equal to v, if it dominates v's block; else v becomes the one to find.
static IrValue number(Numbering *n, IrValue v) {
  Function *f = n->f;
  const IrInsn *insn = ir_insn(f, v);
  uint32_t at = hash_insn(f, insn) & (n->slots - 1);
  for (; n->table[at]; at = (at + 1) & (n->slots - 1)) {
    IrValue other = n->table[at] - 1;
    if (!equal(f, ir_insn(f, other), insn))
      continue;
    if (ir_dominates(f, ir_insn(f, other)->block, insn->block))
      return other;
    break;
  }
  n->table[at] = v + 1;
  return v;
}

static void number_block(Numbering *n, uint32_t block) {
  Function *f = n->f;
  IrBlock *b = &f->blocks.data[block];
  uint32_t kept = 0;
  for (uint32_t i = 0; i < b->count; i++) {
    IrValue v = b->insns[i];
    IrInsn *insn = ir_insn(f, v);
    IrValue *x = ir_operands(f, insn);
    for (uint32_t o = 0; o < insn->operand_count; o++)
      x[o] = n->alias[x[o]];
    IrValue simple = bits_simplify(&n->bits, v);
    if (simple != v) {
      n->alias[v] = simple;
      insn->block = IR_NONE;
      continue;
    }
    if ((ir_flags(insn) & IR_PURE) && !ir_is_accumulators(insn->type)) { // those are never copied
      n->alias[v] = number(n, v);
      if (n->alias[v] != v) {
        insn->block = IR_NONE;
        continue;
      }
    }
    b->insns[kept++] = v;
  }
  b->count = kept;
}

bool value_numbering(Target *target, Function *f) {
  ir_analyze(f);
  uint32_t count = (uint32_t)f->insns.count;
  Numbering n = {.f = f, .slots = 64};
  while (n.slots < count * 2)
    n.slots *= 2;
  n.alias = checked_malloc((count + 1) * sizeof *n.alias);
  n.table = checked_malloc(n.slots * sizeof *n.table);
  memset(n.table, 0, n.slots * sizeof *n.table);
  for (uint32_t v = 0; v < count; v++)
    n.alias[v] = v;
  bits_start(&n.bits, target, f);
  for (uint32_t i = 0; i < f->rpo_count; i++)
    number_block(&n, f->rpo[i]);
  // What comes back around a loop was renamed after the phi was seen.
  for (uint32_t i = 0; i < f->rpo_count; i++) {
    const IrBlock *b = &f->blocks.data[f->rpo[i]];
    for (uint32_t k = 0; k < b->count && ir_insn(f, b->insns[k])->op == IR_PHI; k++) {
      IrInsn *phi = ir_insn(f, b->insns[k]);
      IrValue *x = ir_operands(f, phi);
      for (uint32_t o = 0; o < phi->operand_count; o++)
        x[o] = n.alias[x[o]];
    }
  }
  bits_end(&n.bits);
  if (f->debug)
    debug_follow(f, n.alias, count);
  free(n.alias);
  free(n.table);
  return true;
}
