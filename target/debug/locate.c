// Finds the stretches of the final code that belong to each scope and in which each variable is somewhere,
// and describes where (DWARF 5, section 2.6).
#include "target/debug/info.h"

#include <dwarf.h>
#include <string.h>

// A variable's present location.
typedef struct Open {
  bool open;
  uint32_t stamp; // when it was last found to be there
  DebugRange range;
} Open;

typedef struct Locator {
  const Target *target;
  const Function *f;
  DebugFunction *d;
  const DebugInfo *debug;
  const DebugHolds *holds;
  uint32_t address; // in the description being written, + 1; 0: none
  bool realigned;   // the frame's slots are found from the stack pointer alone
  uint32_t place;
  uint32_t scope;
  VEC(const DebugBinding *) active; // at the place, by instance
  Open *open;                       // by instance
  VEC(uint32_t) opened;             // instances
  uint32_t
      *stores; // by place: the last machine instruction, in the order of the layout, that stores there, + 1
  uint32_t number;    // of the machine instruction that comes next
  uint32_t block_end; // of the first one behind its block
  uint32_t stamp;
} Locator;

// --- descriptions -----------------------------------------------------------------------------------------

static void put(Locator *l, unsigned byte) {
  VEC_PUSH(&l->d->bytes, (uint8_t)byte);
}

static void put_unsigned(Locator *l, uint64_t x) {
  for (; x >= 0x80; x >>= 7)
    put(l, (unsigned)(x & 0x7f) | 0x80);
  put(l, (unsigned)x);
}

static void put_signed(Locator *l, int64_t x) {
  for (; x < -0x40 || x >= 0x40; x >>= 7)
    put(l, (unsigned)((uint64_t)x & 0x7f) | 0x80);
  put(l, (unsigned)((uint64_t)x & 0x7f));
}

static void put_constant(Locator *l, int64_t x) {
  enum { LITERALS = 32 };
  if (x >= 0 && x < LITERALS) {
    put(l, DW_OP_lit0 + (unsigned)x);
  } else if (x >= 0) {
    put(l, DW_OP_constu);
    put_unsigned(l, (uint64_t)x);
  } else {
    put(l, DW_OP_consts);
    put_signed(l, x);
  }
}

static void put_little_endian(Locator *l, uint64_t x, unsigned bytes) {
  for (unsigned i = 0; i < bytes; i++, x >>= 8)
    put(l, x & 0xff);
}

// The number that the psABI's DWARF section gives a register.
static unsigned register_number(Reg reg) {
  enum { FIRST_VECTOR = 96 };
  return reg < MIR_FIRST_VR ? reg : reg - MIR_FIRST_VR + FIRST_VECTOR;
}

static void put_register(Locator *l, Reg reg) {
  unsigned number = register_number(reg);
  if (number < MIR_FIRST_FPR) {
    put(l, DW_OP_reg0 + number);
  } else {
    put(l, DW_OP_regx);
    put_unsigned(l, number);
  }
}

static void put_frame_offset(Locator *l, int64_t from_entry) {
  put(l, DW_OP_fbreg);
  put_signed(l, from_entry);
}

// The address of a slot. The frame base is the stack pointer at entry.
static void put_slot(Locator *l, uint32_t number) {
  const FrameSlot *slot = &l->f->slots.data[number];
  if (slot->incoming) {
    put_frame_offset(l, slot->from_entry);
  } else if (l->realigned) {
    put(l, DW_OP_breg0 + REG_SP);
    put_signed(l, slot->offset);
  } else {
    put_frame_offset(l, slot->offset - (int64_t)l->f->frame_size);
  }
}

static bool put_symbol(Locator *l, const DebugToken *t) {
  enum { ADDRESS_BYTES = 8 };
  if (l->address)
    return false;
  put(l, DW_OP_addr);
  VEC_PUSH(&l->d->addresses, ((DebugAddress){(uint32_t)l->d->bytes.count, t->index, t->number}));
  l->address = (uint32_t)l->d->addresses.count;
  put_little_endian(l, 0, ADDRESS_BYTES);
  return true;
}

// Where the value of a name is: the first of those, registers before slots. IR_NONE: nowhere.
static uint32_t location_of(const Locator *l, uint32_t name) {
  uint32_t best = IR_NONE;
  for (size_t i = 0; i < l->holds->count; i++)
    if (l->holds->data[i].name == name && l->holds->data[i].location < best)
      best = l->holds->data[i].location;
  return best;
}

static bool push_name(Locator *l, uint32_t name);

// The value that an argument's register had at the function's entry: of use where the caller says what it
// passed (DWARF 5, section 2.5.1.7).
static bool push_entry_value(Locator *l, uint32_t name) {
  Reg entry = l->d->names.data[name].entry;
  if (!entry || entry >= MIR_FIRST_VR)
    return false;
  put(l, DW_OP_entry_value);
  put(l, entry < MIR_FIRST_FPR ? 1 : 2); // bytes of what follows
  put_register(l, entry);
  return true;
}

// A phi by its next value.
static bool push_before_step(Locator *l, const DebugName *phi) {
  if (!phi->next || location_of(l, phi->next - 1) == IR_NONE || !push_name(l, phi->next - 1))
    return false;
  put_constant(l, (int64_t)-(uint64_t)phi->step);
  put(l, DW_OP_plus);
  return true;
}

static bool push_name(Locator *l, uint32_t name) {
  uint32_t location = location_of(l, name);
  if (location == IR_NONE)
    return push_entry_value(l, name) || push_before_step(l, &l->d->names.data[name]);
  if (location >= MIR_FIRST_FPR && location < DEBUG_FIRST_SLOT)
    return false;
  if (location < MIR_FIRST_FPR) {
    put(l, DW_OP_breg0 + location);
    put_signed(l, 0);
  } else {
    put_slot(l, location - DEBUG_FIRST_SLOT);
    put(l, DW_OP_deref);
  }
  return true;
}

static bool push_token(Locator *l, const DebugToken *t) {
  switch ((DebugTokenKind)t->kind) {
  case DEBUG_TOKEN_NAME:
    return push_name(l, t->index);
  case DEBUG_TOKEN_CONSTANT:
    put_constant(l, t->number);
    return true;
  case DEBUG_TOKEN_FLOAT:
    return false;
  case DEBUG_TOKEN_SLOT:
    put_slot(l, t->index);
    return true;
  case DEBUG_TOKEN_SYMBOL:
    return put_symbol(l, t);
  case DEBUG_TOKEN_STACK:
    put_frame_offset(l, t->number);
    put(l, DW_OP_deref_size);
    put(l, t->index);
    return true;
  case DEBUG_TOKEN_OPERATION:
    put(l, t->index);
    return true;
  }
  return false;
}

static void put_extension(Locator *l, unsigned bits, bool sign) {
  enum { REGISTER_BITS = 64 };
  if (bits >= REGISTER_BITS)
    return;
  put_constant(l, REGISTER_BITS - bits);
  put(l, DW_OP_shl);
  put_constant(l, REGISTER_BITS - bits);
  put(l, sign ? DW_OP_shra : DW_OP_shr);
}

typedef enum Extension { EXTEND_NOT, EXTEND_SIGN, EXTEND_ZERO } Extension;

static bool push_value(Locator *l, const DebugValue *value, Extension extension) {
  for (uint32_t i = 0; i < value->count; i++)
    if (!push_token(l, &l->d->tokens.data[value->first + i]))
      return false;
  if (!value->count)
    return false;
  if (value->type > IR_I64)
    return true;
  if (value->type == IR_I1)
    put_extension(l, IR_I1, false);
  else if (extension != EXTEND_NOT && value->type != IR_VOID)
    put_extension(l, value->type, extension == EXTEND_SIGN);
  return true;
}

// Operations that read the bits above a narrow value's own want them as its copies of the sign, or zeros.
static Extension extension_for(const DebugInfo *debug, const DebugExpression *e) {
  for (uint32_t i = 0; i < e->count; i++)
    switch (debug->operations.data[e->first + i].op) {
    case DW_OP_shra:
    case DW_OP_div:
      return EXTEND_SIGN;
    case DW_OP_shr:
    case DW_OP_mod:
      return EXTEND_ZERO;
    default:
      break;
    }
  return EXTEND_NOT;
}

static bool put_operation(Locator *l, const DebugBinding *b, const DebugOperation *o, Extension extension) {
  switch (o->op) {
  case DEBUG_OP_ARGUMENT:
    return push_value(l, &l->d->values.data[b->values + o->number], extension);
  case DEBUG_OP_SIGN_EXTEND:
  case DEBUG_OP_ZERO_EXTEND:
    put_extension(l, (unsigned)o->number, o->op == DEBUG_OP_SIGN_EXTEND);
    return true;
  case DW_OP_constu:
    put_constant(l, (int64_t)o->number);
    return true;
  case DW_OP_consts:
    put(l, DW_OP_consts);
    put_signed(l, (int64_t)o->number);
    return true;
  case DW_OP_plus_uconst:
    put(l, DW_OP_plus_uconst);
    put_unsigned(l, o->number);
    return true;
  case DW_OP_deref_size:
    put(l, DW_OP_deref_size);
    put(l, (unsigned)o->number & 0xff);
    return true;
  default:
    put(l, o->op);
    return true;
  }
}

static bool put_computed(Locator *l, const DebugBinding *b, const DebugExpression *e) {
  bool named = false; // the operations say where the arguments go
  for (uint32_t i = 0; i < e->count; i++)
    named |= l->debug->operations.data[e->first + i].op == DEBUG_OP_ARGUMENT;
  Extension extension = extension_for(l->debug, e);
  if (!named && !push_value(l, &l->d->values.data[b->values], extension))
    return false;
  for (uint32_t i = 0; i < e->count; i++)
    if (!put_operation(l, b, &l->debug->operations.data[e->first + i], extension))
      return false;
  if (b->loads)
    put(l, DW_OP_deref);
  if (!b->memory)
    put(l, DW_OP_stack_value);
  return true;
}

// A value as it is: in a register, in memory, or a constant.
static bool put_plain(Locator *l, const DebugValue *value) {
  const DebugToken *t = &l->d->tokens.data[value->first];
  if (value->count == 1 && t->kind == DEBUG_TOKEN_NAME && value->type != IR_I1) {
    uint32_t location = location_of(l, t->index);
    if (location >= DEBUG_FIRST_SLOT && location != IR_NONE)
      put_slot(l, location - DEBUG_FIRST_SLOT);
    else if (location != IR_NONE)
      put_register(l, location);
    if (location != IR_NONE)
      return true;
  }
  if (value->count == 1 && t->kind == DEBUG_TOKEN_STACK) {
    put_frame_offset(l, t->number);
    return true;
  }
  if (value->count == 1 && t->kind == DEBUG_TOKEN_FLOAT) {
    put(l, DW_OP_implicit_value);
    put(l, t->index);
    put_little_endian(l, (uint64_t)t->number, t->index);
    return true;
  }
  if (!push_value(l, value, EXTEND_NOT))
    return false;
  put(l, DW_OP_stack_value);
  return true;
}

// Whether the store of a variable's value has been moved behind code that comes after it in the source.
static bool is_pending(const Locator *l, const DebugBinding *b) {
  uint32_t last = b->store && b->store < l->d->place_end ? l->stores[b->store] : 0;
  return last > l->number && last <= l->block_end;
}

// Takes back what was written from `start` on, unless it is complete.
static bool put_binding(Locator *l, const DebugBinding *b) {
  static const DebugExpression none = {.known = true, .arguments = 1};
  size_t start = l->d->bytes.count, addresses = l->d->addresses.count;
  uint32_t address = l->address;
  const DebugExpression *e = b->expression == IR_NONE ? &none : &l->debug->expressions.data[b->expression];
  bool ok = false;
  if (is_pending(l, b))
    ok = put_plain(l, &l->d->values.data[b->values + 1]);
  else if (e->known)
    ok = e->count || b->memory ? put_computed(l, b, e) : put_plain(l, &l->d->values.data[b->values]);
  if (!ok) {
    l->d->bytes.count = start;
    l->d->addresses.count = addresses;
    l->address = address;
  }
  return ok;
}

static void put_piece(Locator *l, uint32_t bits) {
  if (bits % 8 == 0) {
    put(l, DW_OP_piece);
    put_unsigned(l, bits / 8);
  } else {
    put(l, DW_OP_bit_piece);
    put_unsigned(l, bits);
    put_unsigned(l, 0);
  }
}

// All bindings of an instance at a place. False: none of them is to be had.
static bool describe(Locator *l, const DebugBinding *const *bindings, size_t count) {
  l->address = 0;
  if (count == 1 && !bindings[0]->size)
    return put_binding(l, bindings[0]);
  uint32_t at = 0;
  bool any = false;
  for (size_t i = 0; i < count; i++) {
    const DebugBinding *b = bindings[i];
    if (!b->size || b->offset < at)
      continue;
    if (b->offset > at)
      put_piece(l, b->offset - at);
    any |= put_binding(l, b);
    put_piece(l, b->size);
    at = b->offset + b->size;
  }
  return any;
}

// --- stretches --------------------------------------------------------------------------------------------

static bool is_inside(const DebugFunction *d, uint32_t scope, uint32_t outer) {
  while (scope && scope != outer)
    scope = d->scopes.data[scope].parent;
  return scope == outer;
}

static int by_instance(const void *x, const void *y) {
  const DebugBinding *a = *(const DebugBinding *const *)x, *b = *(const DebugBinding *const *)y;
  if (a->instance != b->instance)
    return a->instance < b->instance ? -1 : 1;
  return a->offset < b->offset ? -1 : a->offset > b->offset;
}

static void add_active(Locator *l, const DebugBinding *b) {
  if (is_inside(l->d, l->scope, l->d->instances.data[b->instance].scope))
    VEC_PUSH(&l->active, b);
}

static void find_active(Locator *l) {
  DebugFunction *d = l->d;
  l->active.count = 0;
  if (l->place && l->place < d->place_end && d->places.count) {
    uint32_t block = debug_block_of_place(d, l->place);
    uint32_t end =
        block + 1 < d->places.count ? d->places.data[block + 1].binding : (uint32_t)d->bindings.count;
    for (uint32_t i = d->places.data[block].binding; i < end; i++)
      if (d->bindings.data[i].first <= l->place && l->place < d->bindings.data[i].end)
        add_active(l, &d->bindings.data[i]);
  }
  for (size_t i = 0; i < d->fixed.count; i++)
    add_active(l, &d->fixed.data[i]);
  if (l->active.count)
    qsort((void *)l->active.data, l->active.count, sizeof *l->active.data, by_instance);
}

static void close_range(Locator *l, uint32_t instance, DebugOffset at) {
  Open *o = &l->open[instance];
  o->open = false;
  o->range.to = at;
  DebugRanges *ranges = &l->d->instances.data[instance].ranges;
  if (o->range.from < at)
    VEC_PUSH(ranges, o->range);
}

static bool same_location(const Locator *l, const DebugRange *a, uint32_t location, uint32_t size) {
  const DebugAddress *addresses = l->d->addresses.data;
  if (a->size != size || memcmp(l->d->bytes.data + a->location, l->d->bytes.data + location, size) != 0)
    return false;
  if (!a->address || !l->address)
    return a->address == l->address;
  const DebugAddress *x = &addresses[a->address - 1], *y = &addresses[l->address - 1];
  return x->symbol == y->symbol && x->addend == y->addend;
}

// The location of an instance from `at` on.
static void open_range(Locator *l, uint32_t instance, DebugOffset at, uint32_t location, size_t addresses) {
  Open *o = &l->open[instance];
  uint32_t size = (uint32_t)l->d->bytes.count - location;
  o->stamp = l->stamp;
  if (o->open && same_location(l, &o->range, location, size)) {
    l->d->bytes.count = location;
    l->d->addresses.count = addresses;
    return;
  }
  if (o->open)
    close_range(l, instance, at);
  else
    VEC_PUSH(&l->opened, instance);
  o->open = true;
  o->range = (DebugRange){.from = at, .location = location, .size = size, .address = l->address};
}

// Where all variables are from `at` on.
static void look(Locator *l, DebugOffset at, const DebugHolds *holds) {
  l->holds = holds;
  l->stamp++;
  for (size_t i = 0, end; i < l->active.count; i = end) {
    uint32_t instance = l->active.data[i]->instance, location = (uint32_t)l->d->bytes.count;
    size_t addresses = l->d->addresses.count;
    for (end = i; end < l->active.count && l->active.data[end]->instance == instance;)
      end++;
    if (describe(l, l->active.data + i, end - i)) {
      open_range(l, instance, at, location, addresses);
    } else {
      l->d->bytes.count = location;
      l->d->addresses.count = addresses;
    }
  }
  size_t kept = 0;
  for (size_t i = 0; i < l->opened.count; i++) {
    uint32_t instance = l->opened.data[i];
    if (l->open[instance].stamp == l->stamp)
      l->opened.data[kept++] = instance;
    else
      close_range(l, instance, at);
  }
  l->opened.count = kept;
}

// From `at` on the code belongs to another scope.
static void change_scope(Locator *l, uint32_t to, DebugOffset at) {
  DebugScope *scopes = l->d->scopes.data;
  for (uint32_t s = l->scope; s && !is_inside(l->d, to, s); s = scopes[s].parent) {
    DebugRanges *ranges = &scopes[s].ranges;
    VEC_LAST(ranges).to = at;
    ranges->count -= VEC_LAST(ranges).from == at;
  }
  for (uint32_t s = to; s && !is_inside(l->d, l->scope, s); s = scopes[s].parent) {
    DebugRange range = {.from = at};
    if (scopes[s].ranges.count && VEC_LAST(&scopes[s].ranges).to == at)
      VEC_LAST(&scopes[s].ranges).to = 0; // it goes on
    else
      VEC_PUSH(&scopes[s].ranges, range);
  }
  l->scope = to;
}

// A place in no scope is a line and no more: scopes and variables are those of what comes before.
static bool is_line_alone(const Locator *l, uint32_t place) {
  return place >= l->d->place_end && place < l->f->places.count && !l->f->places.data[place].scope;
}

static void go_to_place(Locator *l, uint32_t place, DebugOffset at) {
  if (!place || place == l->place || place >= l->f->places.count || is_line_alone(l, place))
    return;
  l->place = place;
  uint32_t scope = l->f->places.data[place].scope;
  if (scope && scope - 1 != l->scope)
    change_scope(l, scope - 1, at);
  find_active(l);
}

// Code of no place belongs to what comes before it in its block; at the block's start to what follows.
static uint32_t first_place(const Locator *l, const MirBlock *b) {
  uint32_t i = 0;
  while (i < b->count && (!b->insns[i].place || is_line_alone(l, b->insns[i].place)))
    i++;
  return i < b->count ? b->insns[i].place : 0;
}

// --- calls ------------------------------------------------------------------------------------------------

static bool is_kept(Reg reg) {
  return reg == REG_SP || (reg < MIR_FIRST_FPR && mir_callee_saved >> reg & 1);
}

static bool writes_register(const Function *f, const MirInsn *insn, Reg reg) {
  const MirOperand *o = mir_operands(f, insn);
  for (uint32_t i = 0; i < insn->count; i++)
    if (o[i].kind == MIR_REG && (Reg)o[i].value == reg && mir_writes(mir_role(f, insn, i)))
      return true;
  return false;
}

// The instruction of the block before `at` that writes a register; NULL: none does, or one that may change
// anything comes before.
static const MirInsn *writer_before(const Function *f, const MirBlock *b, uint32_t at, Reg reg) {
  while (at-- > 0) {
    const MirInsn *insn = &b->insns[at];
    if (insn->op == MIR_CALL || insn->op == MIR_CALLR || insn->op == MIR_ASM)
      return NULL;
    if (writes_register(f, insn, reg))
      return insn;
  }
  return NULL;
}

// The argument in a register: a constant, an address, or a sum with a register that the callee preserves.
static bool put_argument(Locator *l, const MirBlock *b, uint32_t call, Reg reg) {
  const MirInsn *writer = writer_before(l->f, b, call, reg);
  const MirOperand *o = writer ? mir_operands(l->f, writer) : NULL;
  if (writer && writer->op == MIR_LA) {
    const MirAddress *a = &l->f->addresses.data[o[1].value];
    DebugToken t = {DEBUG_TOKEN_SYMBOL, a->symbol, a->addend};
    return !l->target->symbols.data[a->symbol].tls && put_symbol(l, &t);
  }
  if (!writer || writer->op != ISA_ADDI || o[2].kind != MIR_IMM)
    return false;
  Reg from = (Reg)o[1].value;
  uint32_t at = (uint32_t)(writer - b->insns);
  if (from == REG_ZERO) {
    put_constant(l, o[2].value);
    return true;
  }
  if (!is_kept(from) || writer_before(l->f, b, call, from) != writer_before(l->f, b, at, from))
    return false;
  put(l, DW_OP_breg0 + from);
  put_signed(l, o[2].value);
  return true;
}

// What a call passes, for the callee's values at entry.
static void note_call(Locator *l, const MirBlock *b, uint32_t at, DebugOffset behind) {
  DebugFunction *d = l->d;
  const MirInsn *insn = &b->insns[at];
  const MirOperand *o = mir_operands(l->f, insn);
  DebugCall call = {.behind = behind, .callee = IR_NONE, .first = (uint32_t)d->arguments.count};
  call.tail = insn->op == MIR_TAIL || insn->op == MIR_TAILR;
  if (o[0].kind == MIR_SYMBOL)
    call.callee = l->f->addresses.data[o[0].value].symbol;
  for (uint32_t i = 1; i < insn->count; i++) {
    DebugArgument argument = {.value = {.location = (uint32_t)d->bytes.count}};
    l->address = 0;
    if (o[i].kind != MIR_REG || o[i].value >= MIR_FIRST_FPR || !put_argument(l, b, at, (Reg)o[i].value))
      continue;
    argument.reg = (Reg)o[i].value;
    argument.value.size = (uint32_t)d->bytes.count - argument.value.location;
    argument.value.address = l->address;
    VEC_PUSH(&d->arguments, argument);
  }
  call.count = (uint32_t)d->arguments.count - call.first;
  VEC_PUSH(&d->calls, call);
}

static bool is_call(unsigned op) {
  return op == MIR_CALL || op == MIR_CALLR;
}

// --- the walk ---------------------------------------------------------------------------------------------

static void walk(Locator *l, const DebugHolder *holder, const uint32_t *starts) {
  const Function *f = l->f;
  DebugHolds holds = {0}, during = {0};
  uint32_t number = 0;
  for (size_t k = 0; k < f->layout.count; k++) {
    uint32_t block = f->layout.data[k];
    const MirBlock *b = &f->mblocks.data[block];
    l->block_end = number + b->count;
    debug_holds_enter(holder, block, &holds);
    go_to_place(l, first_place(l, b), 2 * starts[number]);
    for (uint32_t i = 0; i < b->count; i++, number++) {
      go_to_place(l, b->insns[i].place, 2 * starts[number]);
      l->number = number;
      look(l, 2 * starts[number], &holds);
      if (is_call(b->insns[i].op) || b->insns[i].op == MIR_TAIL || b->insns[i].op == MIR_TAILR)
        note_call(l, b, i, 2 * starts[number + 1]);
      if (is_call(b->insns[i].op)) {
        // The caller's frame is looked at from inside of the call.
        during.count = 0;
        for (size_t h = 0; h < holds.count; h++)
          VEC_PUSH(&during, holds.data[h]);
        debug_holds_call(&during);
        look(l, 2 * starts[number + 1] - 1, &during);
      }
      debug_holds_step(holder, block, i, &holds);
    }
  }
  DebugOffset end = 2 * starts[number];
  l->d->end = end;
  l->active.count = 0;
  look(l, end, &holds);
  change_scope(l, 0, end);
  l->holds = NULL;
  VEC_FREE(&holds);
  VEC_FREE(&during);
}

static bool is_realigned(const Function *f) {
  enum { STACK_ALIGNMENT = 16 };
  for (size_t i = 0; i < f->slots.count; i++)
    if (f->slots.data[i].alignment > STACK_ALIGNMENT)
      return true;
  return false;
}

static void find_stores(Locator *l) {
  const Function *f = l->f;
  size_t bytes = (l->d->place_end + 1) * sizeof *l->stores;
  l->stores = checked_malloc(bytes);
  memset(l->stores, 0, bytes);
  uint32_t number = 0;
  for (size_t k = 0; k < f->layout.count; k++) {
    const MirBlock *b = &f->mblocks.data[f->layout.data[k]];
    for (uint32_t i = 0; i < b->count; i++, number++)
      if (is_store_op(b->insns[i].op) && b->insns[i].place < l->d->place_end)
        l->stores[b->insns[i].place] = number + 1;
  }
}

void debug_locate(const Target *target, const Function *f, const uint32_t *starts) {
  DebugFunction *d = f->debug;
  Locator l = {.target = target, .f = f, .d = d, .debug = target->debug, .realigned = is_realigned(f)};
  l.open = checked_malloc((d->instances.count + 1) * sizeof *l.open);
  memset(l.open, 0, (d->instances.count + 1) * sizeof *l.open);
  find_stores(&l);
  DebugHolder *holder = debug_holder_new(f);
  find_active(&l);
  walk(&l, holder, starts);
  debug_holder_free(holder);
  VEC_FREE(&l.active);
  VEC_FREE(&l.opened);
  free(l.open);
  free(l.stores);
}
