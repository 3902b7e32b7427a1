// Which register a live range would best have: that of a move's other side, and one that gives instructions
// their 16-bit forms. Those want their result in the register of their first operand, so ranges that follow
// one another in this way make a chain, which should get one register; and many of them have only x8 .. x15.
#include "target/registers/regalloc.h"

#include <stdlib.h>

static void add_hint(Allocator *a, uint32_t interval, uint32_t other, int32_t shift, float weight) {
  Hint hint = {other, shift, weight, a->intervals.data[interval].hints};
  VEC_PUSH(&a->hints, hint);
  a->intervals.data[interval].hints = (uint32_t)a->hints.count - 1;
}

static void hint_pair(Allocator *a, const MirOperand *o, unsigned x, unsigned y, float weight) {
  for (int side = 0; side < 2; side++) {
    const MirOperand *here = &o[side ? y : x], *there = &o[side ? x : y];
    uint32_t mine = (uint32_t)here->value, other = (uint32_t)there->value;
    if (mine < MIR_FIRST_VIRTUAL)
      continue;
    if (other >= MIR_FIRST_VIRTUAL)
      other = MIR_FIRST_VIRTUAL + find_leader(a, other - MIR_FIRST_VIRTUAL);
    add_hint(a, find_leader(a, mine - MIR_FIRST_VIRTUAL), other, (int32_t)there->note - here->note, weight);
  }
}

// --- instructions with 16-bit forms
// ---------------------------------------------------------------------------------------------

// Whether an immediate has room in a 16-bit form.
static bool short_immediate(const MirOperand *o) {
  enum { LEAST = -32, MOST = 31 };
  return o->kind == MIR_IMM && o->value >= LEAST && o->value <= MOST && o->value != 0;
}

// How many of its operands the result may share its register with for a 16-bit form: the first, or either of
// two.
static unsigned sharing_operands(const MirInsn *insn, const MirOperand *o) {
  switch (insn->op) {
  case ISA_ADD:
  case ISA_ADDW:
  case ISA_AND:
  case ISA_OR:
  case ISA_XOR:
    return 2;
  case ISA_SUB:
  case ISA_SUBW:
  case ISA_SLLI:
  case ISA_SRLI:
  case ISA_SRAI:
    return 1;
  case ISA_ADDI:
  case ISA_ADDIW:
  case ISA_ANDI:
    return short_immediate(&o[2]);
  default:
    return 0;
  }
}

bool has_low_form(const MirInsn *insn, const MirOperand *o) {
  switch (insn->op) {
  case ISA_ADDW:
  case ISA_AND:
  case ISA_OR:
  case ISA_XOR:
  case ISA_SUB:
  case ISA_SUBW:
  case ISA_SRLI:
  case ISA_SRAI:
    return true;
  case ISA_ANDI:
    return short_immediate(&o[2]);
  case ISA_LW:
  case ISA_SW:
    return o[1].kind == MIR_IMM && o[1].value >= 0 && o[1].value < 32 * 4 && o[1].value % 4 == 0;
  case ISA_LD:
  case ISA_SD:
  case ISA_FLD:
  case ISA_FSD:
    return o[1].kind == MIR_IMM && o[1].value >= 0 && o[1].value < 32 * 8 && o[1].value % 8 == 0;
  case ISA_BEQ:
  case ISA_BNE:
    return o[1].kind == MIR_REG && o[1].value == REG_ZERO;
  default:
    return false;
  }
}

static bool is_virtual(const MirOperand *o) {
  return o->kind == MIR_REG && o->value >= MIR_FIRST_VIRTUAL;
}

// --- chains
// ---------------------------------------------------------------------------------------------

static uint32_t chain_of(const Allocator *a, uint32_t v) {
  while (a->chains[v].link != v)
    v = a->chains[v].link;
  return v;
}

static bool in_chain(const Allocator *a, uint32_t interval) {
  return a->chains && interval < a->virtuals;
}

// The segments of a chain; of a single range, a copy that may be changed.
static uint32_t chain_segments(Allocator *a, uint32_t root) {
  Chain *chain = &a->chains[root];
  if (chain->segments != NO_SEGMENT)
    return chain->segments;
  uint32_t list = NO_SEGMENT, last = NO_SEGMENT;
  for (uint32_t s = a->intervals.data[root].segments; s != NO_SEGMENT; s = a->segments.data[s].next) {
    Segment copy = a->segments.data[s];
    copy.next = NO_SEGMENT;
    VEC_PUSH(&a->segments, copy);
    uint32_t number = (uint32_t)a->segments.count - 1;
    if (last == NO_SEGMENT)
      list = number;
    else
      a->segments.data[last].next = number;
    last = number;
  }
  chain->segments = list;
  return list;
}

// Makes one chain of two, if their ranges are apart.
static bool join_chains(Allocator *a, uint32_t x, uint32_t y) {
  enum { MOST_RANGES = 32 };
  x = chain_of(a, x);
  y = chain_of(a, y);
  if (x == y)
    return true;
  if (a->intervals.data[x].class != a->intervals.data[y].class ||
      a->chains[x].count + a->chains[y].count >= MOST_RANGES)
    return false;
  uint32_t of_x = chain_segments(a, x), of_y = chain_segments(a, y);
  if (overlap(a, of_x, of_y))
    return false;
  a->chains[x].segments = merge_segments(a, of_x, of_y);
  a->chains[x].count += a->chains[y].count + 1;
  a->chains[x].low |= a->chains[y].low;
  a->chains[a->chains[x].last].next = y;
  a->chains[x].last = a->chains[y].last;
  a->chains[y].link = x;
  return true;
}

// What all of a chain may want: the registers that moves bring its ranges from or to.
static void find_wishes(Allocator *a) {
  for (uint32_t v = 0; v < a->virtuals; v++)
    for (uint32_t h = a->intervals.data[v].hints; h != NO_SEGMENT; h = a->hints.data[h].next) {
      Chain *chain = &a->chains[chain_of(a, v)];
      const Hint *hint = &a->hints.data[h];
      if (hint->other < MIR_FIRST_VIRTUAL && hint->weight > chain->wish_weight) {
        chain->wish = (uint8_t)hint->other;
        chain->wish_weight = hint->weight;
      }
    }
}

static void find_chains(Allocator *a) {
  a->chains = checked_malloc((a->virtuals + 1) * sizeof *a->chains);
  for (uint32_t v = 0; v < a->virtuals; v++)
    a->chains[v] = (Chain){.link = v, .next = NO_SEGMENT, .last = v, .segments = NO_SEGMENT};
  for (uint32_t i = 0; i < a->insn_count; i++) {
    const MirOperand *o = mir_operands(a->f, a->insns[i]);
    for (unsigned k = 0; k < 2 && a->insns[i]->op == MIR_COPY; k++)
      if (is_virtual(&o[k]))
        a->chains[find_leader(a, (uint32_t)o[k].value - MIR_FIRST_VIRTUAL)].moved = true;
    bool low = has_low_form(a->insns[i], o);
    for (unsigned k = 0; low && k < a->insns[i]->count; k++)
      if (is_virtual(&o[k]))
        a->chains[chain_of(a, find_leader(a, (uint32_t)o[k].value - MIR_FIRST_VIRTUAL))].low = true;
    unsigned sharing = sharing_operands(a->insns[i], o);
    for (unsigned k = 1; k <= sharing && is_virtual(&o[0]); k++)
      if (is_virtual(&o[k]) && join_chains(a, find_leader(a, (uint32_t)o[0].value - MIR_FIRST_VIRTUAL),
                                           find_leader(a, (uint32_t)o[k].value - MIR_FIRST_VIRTUAL)))
        break;
  }
  for (uint32_t v = 0; v < a->virtuals; v++)
    a->chains[v].crosses = a->chains[v].link == v && crosses_call(a, a->chains[v].segments);
  find_wishes(a);
}

bool chain_has_room(const Allocator *a, uint32_t interval, unsigned reg) {
  if (!in_chain(a, interval))
    return true;
  const Chain *chain = &a->chains[chain_of(a, interval)];
  return chain->segments == NO_SEGMENT || obstacle_in(a, chain->segments, chain->crosses, reg, 0) < 0;
}

bool wants_low_register(const Allocator *a, uint32_t interval) {
  return !in_chain(a, interval) || a->chains[chain_of(a, interval)].low;
}

void note_chain_register(Allocator *a, uint32_t interval) {
  if (in_chain(a, interval))
    a->chains[chain_of(a, interval)].reg = (uint8_t)a->intervals.data[interval].reg;
}

// --- hints
// ---------------------------------------------------------------------------------------------

void find_hints(Allocator *a) {
  const float short_form = 0.125F; // beside the instruction that a move is
  bool compressed = a->target->options->level > 0 && (a->target->extensions & ISA_EXTENSION_BIT(ISA_EXT_C));
  for (uint32_t i = 0; i < a->insn_count; i++) {
    const MirOperand *o = mir_operands(a->f, a->insns[i]);
    bool copy = a->insns[i]->op == MIR_COPY;
    if (!copy && !(compressed && sharing_operands(a->insns[i], o)))
      continue;
    float weight = block_weight(a, i);
    if (copy && a->insn_block[i] == a->f->layout.data[0] && o[1].value < MIR_FIRST_VR && is_virtual(&o[0]))
      a->wishes[o[1].value] = find_leader(a, (uint32_t)o[0].value - MIR_FIRST_VIRTUAL) + 1;
    if (o[0].kind == MIR_REG && o[1].kind == MIR_REG && o[1].value != REG_ZERO && o[0].value != o[1].value)
      hint_pair(a, o, 0, 1, copy ? weight : weight * short_form);
  }
  if (compressed)
    find_chains(a);
}

void hint_piece(Allocator *a, uint32_t piece, uint32_t first, uint32_t end) {
  for (uint32_t r = first; r != end; r = a->refs.data[r].next) {
    const MirInsn *insn = a->insns[a->refs.data[r].insn];
    const MirOperand *o = mir_operands(a->f, insn);
    uint32_t here = a->refs.data[r].operand - insn->operands, there = 1 - here;
    if (insn->op != MIR_COPY || o[there].kind != MIR_REG)
      continue;
    uint32_t other = is_virtual(&o[there]) ? MIR_FIRST_VIRTUAL + a->current[insn->operands + there]
                                           : (uint32_t)o[there].value;
    add_hint(a, piece, other, (int32_t)o[there].note - o[here].note, block_weight(a, a->refs.data[r].insn));
  }
}

// The register that a hint asks for; 0: none that the range may have.
static unsigned hinted_register(const Allocator *a, uint32_t interval, const Hint *hint) {
  int reg = (int)hint->other;
  if (hint->other >= MIR_FIRST_VIRTUAL) {
    const Interval *other = &a->intervals.data[hint->other - MIR_FIRST_VIRTUAL];
    // What goes to a mask goes to v0, wherever that one's turn comes.
    reg = other->class == MIR_CLASS_MASK ? MIR_FIRST_VR : other->reg;
  }
  reg = reg > 0 ? reg + hint->shift : reg;
  bool possible =
      reg > 0 && reg < MIR_REGS && is_place_for(a, a->intervals.data[interval].class, (unsigned)reg);
  return possible ? (unsigned)reg : 0;
}

static unsigned by_hints(const Allocator *a, uint32_t interval) {
  if (a->intervals.data[interval].hints == NO_SEGMENT)
    return 0;
  float gain[MIR_REGS] = {0};
  unsigned best = 0;
  for (uint32_t h = a->intervals.data[interval].hints; h != NO_SEGMENT; h = a->hints.data[h].next) {
    unsigned reg = hinted_register(a, interval, &a->hints.data[h]);
    gain[reg] += reg ? a->hints.data[h].weight : 0;
    if (gain[reg] > gain[best] && obstacle(a, interval, reg, 0) < 0)
      best = reg;
  }
  return best;
}

void settle_hints(Allocator *a) {
  for (uint32_t v = 0; v < a->intervals.count; v++) {
    const Interval *self = &a->intervals.data[v];
    if (self->reg < 0 || self->class >= IR_FIRST_VECTOR || self->hints == NO_SEGMENT)
      continue;
    float gain[MIR_REGS] = {0};
    for (uint32_t h = self->hints; h != NO_SEGMENT; h = a->hints.data[h].next)
      gain[hinted_register(a, v, &a->hints.data[h])] += a->hints.data[h].weight;
    unsigned best = (unsigned)self->reg;
    for (uint32_t h = self->hints; h != NO_SEGMENT; h = a->hints.data[h].next) {
      unsigned reg = hinted_register(a, v, &a->hints.data[h]);
      if (reg && gain[reg] > gain[best] && obstacle(a, v, reg, 0) < 0)
        best = reg;
    }
    if (best != (unsigned)self->reg) {
      release(a, v);
      assign(a, v, best);
    }
  }
}

unsigned find_hinted(const Allocator *a, uint32_t interval) {
  unsigned reg = by_hints(a, interval);
  if (reg || !in_chain(a, interval))
    return reg;
  const Chain *chain = &a->chains[chain_of(a, interval)];
  if (chain->reg)
    return obstacle(a, interval, chain->reg, 0) < 0 ? chain->reg : 0;
  bool possible = chain->wish && is_place_for(a, a->intervals.data[interval].class, chain->wish);
  return possible && chain->segments != NO_SEGMENT && chain_has_room(a, interval, chain->wish) ? chain->wish
                                                                                               : 0;
}

void assign_chain(Allocator *a, uint32_t interval, unsigned reg) {
  uint32_t members = in_chain(a, interval) ? chain_of(a, interval) : NO_SEGMENT;
  bool room = members != NO_SEGMENT && chain_has_room(a, interval, reg);
  assign(a, interval, reg);
  for (uint32_t v = room ? members : NO_SEGMENT; v != NO_SEGMENT; v = a->chains[v].next) {
    const Interval *other = &a->intervals.data[v];
    if (other->reg >= 0 || other->spilled || other->segments == NO_SEGMENT || a->chains[v].moved)
      continue;
    unsigned own = by_hints(a, v);
    if (!own || own == reg)
      assign(a, v, reg);
  }
}
