// Instruction selection by the rules of isel.def: matching and emission.
#include "target/select/isel.h"

#include <assert.h>
#include <string.h>

// --- the table
// ----------------------------------------------------------------------------------------------

typedef enum TokenKind { TOKEN_NODE = 1, TOKEN_VALUE, TOKEN_CONSTANT, TOKEN_ADDRESS } TokenKind;
typedef enum ValueKind { VALUE_INTEGER, VALUE_HALF, VALUE_BFLOAT, VALUE_FLOAT, VALUE_DOUBLE } ValueKind;
typedef enum ConstantKind {
  S12,
  S13,
  NEGS12,
  S12_INC,
  U12_INC,
  U5,
  U5_1,
  U6,
  POWER,
  NOT_POWER,
  LOW_MASK,
  MINUS_1,
  IS_0,
  IS_1,
  IS_2,
  IS_3,
  IS_5,
  IS_9,
  IS_FFFF,
  IS_FFFFFFFF,
} ConstantKind;

enum { ANY_AUX = 255 };
// Token: kind in bits 28-31; a node has op, type << 8, aux << 16, contract << 24; others slot, kind << 8.
enum {
  SOURCE_TEMPORARY = 16,
  SOURCE_OUT = 32,
  SOURCE_ZERO,
  SOURCE_TARGET,
  SOURCE_SHIFT_WIDTH,
  SOURCE_THREAD_POINTER,
  SOURCE_NEGATED = 48,
  SOURCE_INCREMENTED = 64,
  SOURCE_LOG2 = 80,
  SOURCE_LOG2_NOT = 96,
  SOURCE_SUB32 = 112,
  SOURCE_SUB64 = 128,
  SOURCE_LOW = 144,
  SOURCE_HALF = 160,
  SOURCE_REST = 176,
  SOURCE_NUMBER = 0x8000,
};

#define NODE_TOKEN(op, type, aux, contract)                                                                  \
  ((uint32_t)TOKEN_NODE << 28 | (uint32_t)(contract) << 24 | (uint32_t)(aux) << 16 |                         \
   (uint32_t)IR_##type << 8 | (uint32_t)IR_##op)
#define N(op, type) NODE_TOKEN(op, type, ANY_AUX, 0)
#define NA(op, type, aux) NODE_TOKEN(op, type, aux, 0)
#define NC(op, type) NODE_TOKEN(op, type, ANY_AUX, 1)
#define VALUE_TOKEN(n, kind) ((uint32_t)TOKEN_VALUE << 28 | (uint32_t)(kind) << 8 | (n))
#define R(n) VALUE_TOKEN(n, VALUE_INTEGER)
#define H(n) VALUE_TOKEN(n, VALUE_HALF)
#define B(n) VALUE_TOKEN(n, VALUE_BFLOAT)
#define F(n) VALUE_TOKEN(n, VALUE_FLOAT)
#define D(n) VALUE_TOKEN(n, VALUE_DOUBLE)
#define I(n, predicate) ((uint32_t)TOKEN_CONSTANT << 28 | (uint32_t)(predicate) << 8 | (n))
#define A(n) ((uint32_t)TOKEN_ADDRESS << 28 | (n))
#define S(n) (n)
#define T(n) (SOURCE_TEMPORARY + (n))
#define OUT SOURCE_OUT
#define ZERO SOURCE_ZERO
#define TARGET SOURCE_TARGET
#define THREAD_POINTER SOURCE_THREAD_POINTER
#define SHIFT_WIDTH SOURCE_SHIFT_WIDTH
#define NEG(n) (SOURCE_NEGATED + (n))
#define INC(n) (SOURCE_INCREMENTED + (n))
#define LOG2(n) (SOURCE_LOG2 + (n))
#define LOG2N(n) (SOURCE_LOG2_NOT + (n))
#define SUB32(n) (SOURCE_SUB32 + (n))
#define SUB64(n) (SOURCE_SUB64 + (n))
#define LOW(n) (SOURCE_LOW + (n))
#define HALF(n) (SOURCE_HALF + (n))
#define REST(n) (SOURCE_REST + (n))
#define K(v) (SOURCE_NUMBER + (v))
#define E(op, ...)                                                                                           \
  {                                                                                                          \
    ISA_##op, {                                                                                              \
      __VA_ARGS__                                                                                            \
    }                                                                                                        \
  }
#define TREE(...) {__VA_ARGS__}
#define DO(...)                                                                                              \
  {                                                                                                          \
    __VA_ARGS__, {                                                                                           \
      ISA_INVALID, {0}                                                                                       \
    }                                                                                                        \
  }
#define RULE(cost, tree, steps) {cost, tree, steps},

static const Rule rules[] = {
#include "target/select/isel.def"
};

enum { RULE_COUNT = sizeof rules / sizeof *rules, NODE_SAVES = 10 };

static IrOp root_op(const Rule *rule) {
  return (IrOp)(rule->tokens[0] & 255);
}

static bool available(const Rule *rule, IsaExtensions extensions) {
  for (const RuleStep *step = rule->steps; step->op != ISA_INVALID; step++)
    if (!(extensions & ISA_EXTENSION_BIT(isa_insn((IsaOp)step->op)->extension)))
      return false;
  return true;
}

// Behind the pattern of one operand.
static const uint32_t *behind(const uint32_t *token) {
  for (int left = 1; left > 0; token++)
    left += *token >> 28 == TOKEN_NODE ? ir_ops[*token & 255].operands - 1 : -1;
  return token;
}

// A key: type and aux of the root, then operation, type and aux of the first operand and of the second.
enum { KEY_AUX = 8, KEY_FIRST = 16, KEY_SECOND = 40 };

// Demands in a key what the pattern of one operand does.
static void want_operand(RuleEntry *entry, const Rule *rule, const uint32_t *token, unsigned at) {
  if (token >= rule->tokens + RULE_TOKENS)
    return;
  bool node = *token >> 28 == TOKEN_NODE, constant = *token >> 28 == TOKEN_CONSTANT;
  bool aux = node && (*token >> 16 & 255) != ANY_AUX;
  if (!node && !constant)
    return;
  uint64_t mask = aux ? 0xffffff : node ? 0xffff : 0xff;
  entry->mask |= mask << at;
  entry->key |= ((constant ? IR_CONST : *token) & mask) << at;
}

static RuleEntry make_entry(const Rule *rule) {
  const uint32_t *tokens = rule->tokens;
  RuleEntry entry = {.rule = rule,
                     .cost = rule->cost,
                     .commutes = ir_ops[root_op(rule)].flags & IR_COMMUTES,
                     .key = tokens[0] >> 8 & 255,
                     .mask = 255};
  int operands = ir_ops[root_op(rule)].operands;
  if ((tokens[0] >> 16 & 255) != ANY_AUX) {
    entry.key |= (tokens[0] >> 16 & 255) << KEY_AUX;
    entry.mask |= 255 << KEY_AUX;
  }
  if (operands > 0)
    want_operand(&entry, rule, tokens + 1, KEY_FIRST);
  if (operands > 1)
    want_operand(&entry, rule, behind(tokens + 1), KEY_SECOND);
  for (unsigned t = 1; t < RULE_TOKENS && tokens[t]; t++)
    entry.cost -= tokens[t] >> 28 == TOKEN_NODE ? NODE_SAVES : 0;
  return entry;
}

IselTable *isel_table_new(Target *target) {
  IselTable *table = ARENA_NEW(&target->arena, IselTable);
  table->entries = ARENA_ARRAY(&target->arena, RuleEntry, RULE_COUNT);
  bool keep[RULE_COUNT];
  for (size_t i = 0; i < RULE_COUNT; i++) {
    keep[i] = available(&rules[i], target->extensions);
    table->first[root_op(&rules[i]) + 1] += keep[i];
  }
  for (size_t op = 0; op < IR_OP_COUNT; op++)
    table->first[op + 1] += table->first[op];
  uint32_t next[IR_OP_COUNT];
  memcpy(next, table->first, sizeof next);
  for (size_t i = 0; i < RULE_COUNT; i++) {
    if (!keep[i])
      continue;
    RuleEntry entry = make_entry(&rules[i]);
    uint32_t op = root_op(&rules[i]), at = next[op]++;
    for (; at > table->first[op] && table->entries[at - 1].cost > entry.cost; at--)
      table->entries[at] = table->entries[at - 1];
    table->entries[at] = entry;
  }
  return table;
}

// --- matching
// -----------------------------------------------------------------------------------------------

static bool is_power(uint64_t x) {
  return x && (x & (x - 1)) == 0;
}

static bool fits12(int64_t x) {
  return x >= -2048 && x <= 2047;
}

static bool constant_fits(ConstantKind kind, int64_t x) {
  switch (kind) {
  case S12:
    return fits12(x);
  case S13:
    return !fits12(x) && x >= -4096 && x <= 4094;
  case NEGS12:
    return x >= -2047 && x <= 2048;
  case S12_INC:
    return fits12(x + 1) && x != INT64_MAX;
  case U12_INC:
    return x != -1 && fits12(x + 1);
  case U5:
    return x >= 0 && x < 32;
  case U5_1:
    return x > 0 && x < 32;
  case U6:
    return x >= 0 && x < 64;
  case POWER:
    return is_power((uint64_t)x) && !fits12(x);
  case NOT_POWER:
    return is_power(~(uint64_t)x) && !fits12(x);
  case LOW_MASK:
    return x > 2047 && is_power((uint64_t)x + 1);
  case MINUS_1:
    return x == -1;
  case IS_0:
    return x == 0;
  case IS_1:
    return x == 1;
  case IS_2:
    return x == 2;
  case IS_3:
    return x == 3;
  case IS_5:
    return x == 5;
  case IS_9:
    return x == 9;
  case IS_FFFF:
    return x == 0xffff;
  case IS_FFFFFFFF:
    return x == 0xffffffff;
  }
  return false;
}

static bool value_fits(ValueKind kind, IrType type) {
  switch (kind) {
  case VALUE_INTEGER:
    return !ir_is_float(type);
  case VALUE_HALF:
    return type == IR_HALF;
  case VALUE_BFLOAT:
    return type == IR_BFLOAT;
  case VALUE_FLOAT:
    return type == IR_FLOAT;
  case VALUE_DOUBLE:
    return type == IR_DOUBLE;
  }
  return false;
}

// Operations whose repetition in several places costs no more than holding their result.
static bool cheap(const IrInsn *insn) {
  switch ((IrOp)insn->op) {
  case IR_ADD:
  case IR_SUB:
  case IR_SHL:
  case IR_LSHR:
  case IR_SEXT:
  case IR_ZEXT:
  case IR_XOR:
  case IR_AND:
  case IR_ICMP:
    return true;
  default:
    return false;
  }
}

static unsigned node_aux(const IrInsn *insn) {
  return insn->aux | (insn->op == IR_LOAD && insn->flags & IR_SIGNED ? 128U : 0);
}

static bool node_fits(const Selector *s, uint32_t token, IrValue v, bool root) {
  const IrInsn *insn = ir_insn(s->f, v);
  if (insn->op != (token & 255) || insn->type != (token >> 8 & 255))
    return false;
  if ((token >> 16 & 255) != ANY_AUX && (token >> 16 & 255) != node_aux(insn))
    return false;
  if ((token >> 24 & 1) && !(insn->flags & IR_CONTRACT))
    return false;
  return root || (insn->block == s->block && (s->uses[v] == 1 || cheap(insn)));
}

static void bind_address(const Selector *s, IrValue v, Binding *base, Binding *displacement) {
  const IrInsn *insn = ir_insn(s->f, v);
  *base = (Binding){BOUND_VALUE, v, 0};
  *displacement = (Binding){BOUND_CONSTANT, 0, 0};
  if (insn->op == IR_ADD && insn->type == IR_I64 && ir_is_const(s->f, insn->operands[1]) &&
      fits12(ir_insn(s->f, insn->operands[1])->imm)) {
    displacement->constant = ir_insn(s->f, insn->operands[1])->imm;
    base->value = insn->operands[0];
    insn = ir_insn(s->f, base->value);
  }
  if (insn->op == IR_FRAME) {
    base->kind = BOUND_SLOT;
    base->value = (IrValue)insn->imm;
  } else if (insn->op == IR_SYMBOL && displacement->constant == 0 && fits12(ir_addend_of(insn)) &&
             ir_addend_of(insn)) {
    displacement->constant = ir_addend_of(insn);
    base->value = ir_leaf(s->f, IR_SYMBOL, IR_I64, ir_symbol_imm(ir_symbol_of(insn), 0));
  }
}

// Matches a pattern, with the operands of its n-th commutative node swapped where bit n of `swaps` is set.
// Returns the number of commutative nodes met, with bit 7 for a match.
static unsigned match_tree(const Selector *s, const Rule *rule, IrValue root, unsigned swaps,
                           Binding *bindings) {
  enum { MATCHED = 128 };
  IrValue stack[RULE_TOKENS + 3];
  unsigned depth = 0, commutative = 0;
  stack[depth++] = root;
  for (const uint32_t *token = rule->tokens; token < rule->tokens + RULE_TOKENS && *token; token++) {
    assert(depth > 0); // a rule has as many tokens as its nodes have operands
    IrValue v = stack[--depth];
    const IrInsn *insn = ir_insn(s->f, v);
    unsigned slot = *token & 255;
    switch ((TokenKind)(*token >> 28)) {
    case TOKEN_NODE: {
      if (!node_fits(s, *token, v, token == rule->tokens) || depth + insn->operand_count > RULE_TOKENS)
        return commutative;
      bool swap = false;
      if (ir_ops[insn->op].flags & IR_COMMUTES)
        swap = swaps >> commutative++ & 1;
      const IrValue *x = ir_operands_const(s->f, insn);
      for (uint32_t i = insn->operand_count; i-- > 0;)
        stack[depth++] = swap ? x[1 - i] : x[i];
      break;
    }
    case TOKEN_VALUE:
      if (!value_fits((ValueKind)(*token >> 8 & 255), insn->type))
        return commutative;
      bindings[slot] = (Binding){BOUND_VALUE, v, 0};
      break;
    case TOKEN_CONSTANT:
      if (insn->op != IR_CONST || !constant_fits((ConstantKind)(*token >> 8 & 255), insn->imm))
        return commutative;
      bindings[slot] = (Binding){BOUND_CONSTANT, v, insn->imm};
      break;
    case TOKEN_ADDRESS:
      bind_address(s, v, &bindings[slot], &bindings[slot + 1]);
      break;
    }
  }
  return commutative | MATCHED;
}

static uint64_t operand_key(const Selector *s, const IrInsn *root, uint32_t i) {
  if (i >= root->operand_count)
    return IR_OP_COUNT;
  const IrInsn *insn = ir_insn(s->f, ir_operands_const(s->f, root)[i]);
  return insn->op | (uint64_t)insn->type << 8 | (uint64_t)node_aux(insn) << 16;
}

const Rule *isel_match(const Selector *s, IrValue root, Binding *bindings) {
  enum { MATCHED = 128 };
  const IselTable *table = s->target->isel;
  const IrInsn *insn = ir_insn(s->f, root);
  uint64_t first = operand_key(s, insn, 0), second = operand_key(s, insn, 1);
  uint64_t own = insn->type | (uint64_t)node_aux(insn) << KEY_AUX;
  uint64_t key = own | first << KEY_FIRST | second << KEY_SECOND;
  uint64_t swapped = own | second << KEY_FIRST | first << KEY_SECOND;
  unsigned op = insn->op;
  for (uint32_t i = table->first[op]; i < table->first[op + 1]; i++) {
    const RuleEntry *entry = &table->entries[i];
    if ((key & entry->mask) != entry->key && (!entry->commutes || (swapped & entry->mask) != entry->key))
      continue;
    for (unsigned swaps = 0, limit = 1; swaps < limit; swaps++) {
      unsigned result = match_tree(s, entry->rule, root, swaps, bindings);
      limit = 1U << (result & (MATCHED - 1));
      if (result & MATCHED)
        return entry->rule;
    }
  }
  return NULL;
}

// --- emission
// -----------------------------------------------------------------------------------------------

static int64_t low_shift(int64_t mask) {
  return 64 - __builtin_popcountll((uint64_t)mask);
}

// The number that a computed source stands for.
static int64_t computed(unsigned source, const Binding *bindings) {
  int64_t c = bindings[source & 15].constant;
  switch (source & ~15U) {
  case SOURCE_NEGATED:
    return -c;
  case SOURCE_INCREMENTED:
    return c + 1;
  case SOURCE_LOG2:
    return __builtin_ctzll((uint64_t)c);
  case SOURCE_LOG2_NOT:
    return __builtin_ctzll(~(uint64_t)c);
  case SOURCE_SUB32:
    return (32 - c) & 31;
  case SOURCE_SUB64:
    return (64 - c) & 63;
  case SOURCE_LOW:
    return low_shift(c);
  case SOURCE_HALF:
    return c < 0 ? -2048 : 2047;
  default:
    return c - (c < 0 ? -2048 : 2047);
  }
}

static MirOperand bound_operand(Selector *s, const Binding *b, IsaOperandClass class, const Binding *bindings,
                                unsigned slot) {
  bool is_register = class == ISA_CLASS_GPR || class == ISA_CLASS_FPR;
  if (b->kind == BOUND_SLOT)
    return mir_reg(REG_SP);
  if (is_register)
    return mir_reg(isel_register(s, b->value));
  // The displacement of an address in the frame is known when the frame is.
  if (slot && bindings[slot - 1].kind == BOUND_SLOT)
    return mir_slot(bindings[slot - 1].value, (int16_t)b->constant);
  return mir_imm(b->constant);
}

void isel_emit_rule(Selector *s, const Rule *rule, IrValue root, const Binding *bindings,
                    uint32_t branch_target) {
  Reg temporaries[RULE_TEMPORARIES] = {0};
  unsigned count = 0;
  while (rule->steps[count].op != ISA_INVALID)
    count++;
  MirInsn made[RULE_STEPS];
  for (unsigned n = 0; n < count; n++) {
    const RuleStep *step = &rule->steps[n];
    const IsaFormatInfo *format = isa_insn_format((IsaOp)step->op);
    MirOperand operands[ISA_MAX_OPERANDS];
    for (unsigned i = 0; i < format->operand_count; i++) {
      IsaOperandKind kind = (IsaOperandKind)format->operands[i];
      IsaOperandClass class = isa_operand(kind)->operand_class;
      unsigned source = step->operands[i];
      bool given = class != ISA_CLASS_ROUNDING || source >= SOURCE_NUMBER;
      if (!given)
        operands[i] = mir_imm(isa_operand_default(kind));
      else if (source >= SOURCE_NUMBER)
        operands[i] = mir_imm((int64_t)source - SOURCE_NUMBER);
      else if (source == SOURCE_OUT)
        operands[i] = mir_reg(s->regs[root]);
      else if (source == SOURCE_ZERO)
        operands[i] = mir_reg(REG_ZERO);
      else if (source == SOURCE_THREAD_POINTER)
        operands[i] = mir_reg(REG_TP);
      else if (source == SOURCE_TARGET)
        operands[i] = mir_block(branch_target);
      else if (source == SOURCE_SHIFT_WIDTH)
        operands[i] = mir_imm(64 - ir_insn(s->f, root)->aux);
      else if (source >= SOURCE_NEGATED)
        operands[i] = mir_imm(computed(source, bindings));
      else if (source >= SOURCE_TEMPORARY) {
        Reg *t = &temporaries[source - SOURCE_TEMPORARY];
        *t = *t ? *t : mir_virtual(s->f, 0);
        operands[i] = mir_reg(*t);
      } else
        operands[i] = bound_operand(s, &bindings[source], class, bindings, source);
    }
    made[n] = mir_make(s->f, step->op, format->operand_count, operands);
    const IrInsn *insn = ir_insn(s->f, root);
    if ((insn->op == IR_LOAD || insn->op == IR_STORE) && insn->flags & IR_VOLATILE)
      made[n].marks |= MIR_VOLATILE;
  }
  while (count-- > 0)
    VEC_PUSH(&s->reversed, made[count]);
}
