// A function as bytes and relocations of an object.
#include "target/emit/code.h"

#include <string.h>

enum {
  R_64 = 2,
  R_CALL_PLT = 19,
  R_PCREL_HI20 = 23,
  R_PCREL_LO12_I = 24,
  R_PCREL_LO12_S = 25,
  R_TPREL_HI20 = 29,
  R_TPREL_LO12_I = 30,
  R_TPREL_ADD = 32,
  R_ADD32 = 35,
  R_SUB32 = 39
};

static bool is_private(const char *name) {
  return name[0] == '.' && name[1] == 'L';
}

ObjectSection section_in_object(Target *target, const SectionPlace *place) {
  Program *p = target->program;
  if (!place->group)
    return object_section(p->object, place->name, place->type, place->flags, 0);
  ObjectGroup group = 0;
  for (size_t i = 0; i < p->grouped.count; i++) {
    const GroupSection *g = &p->grouped.data[i];
    if (strcmp(g->signature, place->group) != 0)
      continue;
    group = g->group;
    if (strcmp(g->name, place->name) == 0)
      return g->section;
  }
  if (!group) {
    SymbolId id = target_symbol(target, place->group);
    ObjectSymbol signature = symbol_in_object(target, id);
    group = object_group(p->object, signature, true);
    if (!target->symbols.data[id].defined)
      object_define_signature(p->object, signature, group);
  }
  GroupSection made = {place->name, place->group, group,
                       object_section_new(p->object, place->name, place->type, place->flags, 0)};
  object_section_join(p->object, made.section, group);
  VEC_PUSH(&p->grouped, made);
  return made.section;
}

ObjectSymbol symbol_in_object(Target *target, SymbolId id) {
  Program *p = target->program;
  if (id >= p->symbol_capacity) {
    uint32_t capacity = (uint32_t)target->symbols.count + 64;
    p->symbols = checked_realloc(p->symbols, capacity * sizeof *p->symbols);
    memset(p->symbols + p->symbol_capacity, 0, (capacity - p->symbol_capacity) * sizeof *p->symbols);
    p->symbol_capacity = capacity;
  }
  const Symbol *symbol = &target->symbols.data[id];
  if (p->symbols[id].made)
    return p->symbols[id].symbol;
  ObjectSymbol made = is_private(symbol->name) ? object_local_symbol(p->object, symbol->name)
                                               : object_symbol(p->object, symbol->name);
  if (symbol->tls)
    object_set_type(p->object, made, SYMBOL_TLS);
  if (!is_private(symbol->name))
    object_set_binding(p->object, made,
                       symbol->linkage == LINKAGE_WEAK                       ? SYMBOL_WEAK
                       : symbol->linkage == LINKAGE_LOCAL && symbol->defined ? SYMBOL_LOCAL
                                                                             : SYMBOL_GLOBAL);
  if (symbol->visibility != VISIBILITY_DEFAULT)
    object_set_visibility(p->object, made,
                          symbol->visibility == VISIBILITY_HIDDEN ? SYMBOL_HIDDEN : SYMBOL_PROTECTED);
  p->symbols[id].made = true;
  p->symbols[id].symbol = made;
  return made;
}

// Defines a symbol at the end of a section; aliases look it up here.
ObjectSymbol define_here(Target *target, SymbolId id, ObjectSection section) {
  Program *p = target->program;
  ObjectSymbol own = symbol_in_object(target, id);
  p->symbols[id].section = section;
  p->symbols[id].offset = object_section_size(p->object, section);
  object_define(p->object, own, section, p->symbols[id].offset);
  return own;
}

static void relocate(Emitter *e, ObjectSection section, uint64_t offset, unsigned type, uint32_t address) {
  const MirAddress *a = &e->f->addresses.data[address];
  object_relocate(e->program->object, section, offset, type, symbol_in_object(e->target, a->symbol),
                  a->addend);
}

// Bytes of code on their way into a section; there is room for one instruction more than there can be.
typedef struct Code {
  uint8_t *bytes;
  uint32_t size;
} Code;

static void put_word(Code *code, const EmitInsn *insn) {
  uint32_t word = isa_encode((IsaOp)insn->op, insn->operands);
  uint8_t *bytes = code->bytes + code->size;
  bytes[0] = (uint8_t)word;
  bytes[1] = (uint8_t)(word >> 8);
  bytes[2] = (uint8_t)(word >> 16);
  bytes[3] = (uint8_t)(word >> 24);
  code->size += insn->bytes;
}

static void encode_branch(Emitter *e, Code *code, EmitInsn insn, uint32_t size) {
  int64_t distance = emit_block_offset(e, insn.target, size) - insn.offset;
  unsigned last = (unsigned)isa_insn_format((IsaOp)insn.op)->operand_count - 1;
  if (!emit_is_far(&insn)) {
    insn.operands[last] = distance;
    if (insn.bytes == SHORT_BYTES) {
      int64_t operands[ISA_MAX_OPERANDS];
      memcpy(operands, insn.operands, sizeof operands);
      insn.op = (uint16_t)isa_compress((IsaOp)insn.op, operands, e->target->extensions, insn.operands);
    }
    put_word(code, &insn);
    return;
  }
  insn.op = (uint16_t)isa_opposite_branch((IsaOp)insn.op);
  insn.operands[last] = insn.bytes;
  insn.bytes = INSN_BYTES;
  put_word(code, &insn);
  EmitInsn jump = {.op = ISA_JAL, .bytes = INSN_BYTES, .operands = {REG_ZERO, distance - INSN_BYTES}};
  put_word(code, &jump);
}

static void encode_code(Emitter *e, ObjectSection section, uint64_t start, uint32_t size) {
  Object *object = e->program->object;
  Code code = {.bytes = checked_malloc(size + INSN_BYTES)};
  for (size_t i = 0; i < e->insns.count; i++) {
    const EmitInsn *insn = &e->insns.data[i];
    uint64_t at = start + code.size;
    if (insn->note == EMIT_BRANCH) {
      encode_branch(e, &code, *insn, size);
      continue;
    }
    if (insn->note == EMIT_ASM)
      continue; // nothing: with a text, the object is made from text
    put_word(&code, insn);
    if (insn->note >= EMIT_TLS_HI && insn->note <= EMIT_TLS_LO) {
      static const uint8_t types[] = {R_TPREL_HI20, R_TPREL_ADD, R_TPREL_LO12_I};
      relocate(e, section, at, types[insn->note - EMIT_TLS_HI], insn->address);
    } else if (insn->note == EMIT_CALL) {
      relocate(e, section, at, R_CALL_PLT, insn->address);
    } else if (insn->note == EMIT_HI) {
      e->hi_label[i] = object_local_symbol(object, ".Lpcrel_hi");
      object_define(object, e->hi_label[i], section, at);
      relocate(e, section, at, R_PCREL_HI20, insn->address);
    } else if (insn->note == EMIT_LO) {
      object_relocate(object, section, at, is_store_op(insn->op) ? R_PCREL_LO12_S : R_PCREL_LO12_I,
                      e->hi_label[insn->target], 0);
    }
  }
  object_append(object, section, code.bytes, code.size);
  if (e->literals.count) {
    object_mark(object, section, object_section_size(object, section), true);
    object_append_zeros(object, section, start + e->literals_at - object_section_size(object, section));
  }
  for (size_t i = 0; i < e->literals.count; i++)
    relocate(e, section, object_append_zeros(object, section, LITERAL_BYTES), R_64, e->literals.data[i]);
  if (e->literals.count)
    object_mark(object, section, object_section_size(object, section), false);
  free(code.bytes);
}

static void encode_tables(Emitter *e, ObjectSection code, uint64_t start, uint32_t size) {
  Object *object = e->program->object;
  for (size_t t = 0; t < e->tables.count; t++) {
    const MirInsn *mir = e->tables.data[t];
    const MirOperand *o = mir_operands(e->f, mir);
    SectionPlace place = emit_table_place(e);
    ObjectSection section = section_in_object(e->target, &place);
    object_section_align(object, section, INSN_BYTES);
    object_append_zeros(object, section, (0 - object_section_size(object, section)) % INSN_BYTES);
    ObjectSymbol own = define_here(e->target, e->f->addresses.data[o[1].value].symbol, section);
    for (uint32_t i = 2; i < mir->count; i++) {
      uint64_t at = object_append_zeros(object, section, INSN_BYTES);
      ObjectSymbol label = object_local_symbol(object, ".LBB");
      object_define(object, label, code, start + (uint64_t)emit_block_offset(e, (uint32_t)o[i].value, size));
      object_relocate(object, section, at, R_ADD32, label, 0);
      object_relocate(object, section, at, R_SUB32, own, 0);
    }
  }
}

void emit_object(Emitter *e, uint64_t alignment, uint32_t size) {
  Object *object = e->program->object;
  SectionPlace place = emit_code_place(e);
  ObjectSection section = section_in_object(e->target, &place);
  object_section_align(object, section, alignment);
  for (uint64_t at = object_section_size(object, section); at % alignment;
       at = object_section_size(object, section)) {
    bool is_short = at % INSN_BYTES != 0;
    EmitInsn nop = {.op = is_short ? ISA_C_NOP : ISA_ADDI, .bytes = is_short ? SHORT_BYTES : INSN_BYTES};
    uint8_t bytes[INSN_BYTES];
    Code code = {bytes, 0};
    put_word(&code, &nop);
    object_append(object, section, bytes, code.size);
  }
  ObjectSymbol own = define_here(e->target, e->f->symbol, section);
  object_set_type(object, own, SYMBOL_FUNCTION);
  object_set_size(object, own, emit_bytes(e, size));
  uint64_t start = object_section_size(object, section);
  encode_code(e, section, start, size);
  encode_tables(e, section, start, size);
  for (size_t k = 0; k < e->f->layout.count; k++) {
    uint32_t block = e->f->layout.data[k];
    emit_nest_boundary(e->target, e->f, block, (uint32_t)emit_block_offset(e, block, size));
  }
  emit_nest_boundary(e->target, e->f, IR_NONE, size);
  emit_nests(e->target, e->f, &(NestCode){section, start, e->moves});
  e->program->extensions |= e->used & emit_optional_extensions;
  object_set_extensions(object, e->program->extensions);
}
