// Reads LLVM's expressions of debug information, which its C interface shows as text.
#include "target/debug/info.h"
#include "target/import/import.h"

#include <dwarf.h>
#include <string.h>

typedef enum OperationKind { KEPT, STACK_VALUE, FRAGMENT, CONVERT, EXTRACT, TAG_OFFSET } OperationKind;
typedef struct Operation {
  const char *name;
  uint8_t kind;     // OperationKind
  uint8_t operands; // numbers that follow
  uint16_t op;      // of a KEPT one
} Operation;

// DWARF 5, section 7.7.1; LLVM's own from its language reference, "DIExpression".
static const Operation operations[] = {
    {"DW_OP_deref", KEPT, 0, DW_OP_deref},
    {"DW_OP_constu", KEPT, 1, DW_OP_constu},
    {"DW_OP_consts", KEPT, 1, DW_OP_consts},
    {"DW_OP_dup", KEPT, 0, DW_OP_dup},
    {"DW_OP_over", KEPT, 0, DW_OP_over},
    {"DW_OP_swap", KEPT, 0, DW_OP_swap},
    {"DW_OP_and", KEPT, 0, DW_OP_and},
    {"DW_OP_div", KEPT, 0, DW_OP_div},
    {"DW_OP_minus", KEPT, 0, DW_OP_minus},
    {"DW_OP_mod", KEPT, 0, DW_OP_mod},
    {"DW_OP_mul", KEPT, 0, DW_OP_mul},
    {"DW_OP_neg", KEPT, 0, DW_OP_neg},
    {"DW_OP_not", KEPT, 0, DW_OP_not},
    {"DW_OP_or", KEPT, 0, DW_OP_or},
    {"DW_OP_plus", KEPT, 0, DW_OP_plus},
    {"DW_OP_plus_uconst", KEPT, 1, DW_OP_plus_uconst},
    {"DW_OP_shl", KEPT, 0, DW_OP_shl},
    {"DW_OP_shr", KEPT, 0, DW_OP_shr},
    {"DW_OP_shra", KEPT, 0, DW_OP_shra},
    {"DW_OP_xor", KEPT, 0, DW_OP_xor},
    {"DW_OP_eq", KEPT, 0, DW_OP_eq},
    {"DW_OP_ge", KEPT, 0, DW_OP_ge},
    {"DW_OP_gt", KEPT, 0, DW_OP_gt},
    {"DW_OP_le", KEPT, 0, DW_OP_le},
    {"DW_OP_lt", KEPT, 0, DW_OP_lt},
    {"DW_OP_ne", KEPT, 0, DW_OP_ne},
    {"DW_OP_deref_size", KEPT, 1, DW_OP_deref_size},
    {"DW_OP_stack_value", STACK_VALUE, 0, 0},
    {"DW_OP_LLVM_arg", KEPT, 1, DEBUG_OP_ARGUMENT},
    {"DW_OP_LLVM_fragment", FRAGMENT, 2, 0},
    {"DW_OP_LLVM_convert", CONVERT, 2, 0},
    {"DW_OP_LLVM_extract_bits_sext", EXTRACT, 2, DEBUG_OP_SIGN_EXTEND},
    {"DW_OP_LLVM_extract_bits_zext", EXTRACT, 2, DEBUG_OP_ZERO_EXTEND},
    {"DW_OP_LLVM_tag_offset", TAG_OFFSET, 1, 0},
};

// The next item of the list; false: there is none.
static bool next_item(const char **at, char *item, size_t size) {
  *at += strspn(*at, ", ");
  size_t length = strcspn(*at, ",)");
  if (!length)
    return false;
  size_t kept = length < size ? length : size - 1;
  memcpy(item, *at, kept);
  item[kept] = '\0';
  *at += length;
  return true;
}

static bool next_number(const char **at, uint64_t *number) {
  static const struct {
    const char *name;
    uint64_t encoding;
  } encodings[] = {{"DW_ATE_signed", DW_ATE_signed},
                   {"DW_ATE_signed_char", DW_ATE_signed_char},
                   {"DW_ATE_unsigned", DW_ATE_unsigned},
                   {"DW_ATE_unsigned_char", DW_ATE_unsigned_char},
                   {"DW_ATE_boolean", DW_ATE_boolean}};
  char item[64];
  if (!next_item(at, item, sizeof item))
    return false;
  for (size_t i = 0; i < sizeof encodings / sizeof *encodings; i++)
    if (strcmp(item, encodings[i].name) == 0) {
      *number = encodings[i].encoding;
      return true;
    }
  char *end = NULL;
  *number = item[0] == '-' ? (uint64_t)strtoll(item, &end, 10) : strtoull(item, &end, 10);
  return end != item && !*end;
}

static void keep(DebugInfo *debug, unsigned op, uint64_t number) {
  VEC_PUSH(&debug->operations, ((DebugOperation){(uint16_t)op, number}));
}

static const Operation *find_operation(const char *name) {
  for (size_t i = 0; i < sizeof operations / sizeof *operations; i++)
    if (strcmp(operations[i].name, name) == 0)
      return &operations[i];
  return NULL;
}

// Adds an operation with the numbers of its text. False: it has no counterpart.
static bool add_operation(DebugInfo *debug, DebugExpression *e, const Operation *o, const uint64_t *numbers,
                          bool *value) {
  enum { REGISTER_BITS = 64 };
  switch ((OperationKind)o->kind) {
  case KEPT:
    if (o->op == DEBUG_OP_ARGUMENT && numbers[0] >= e->arguments)
      e->arguments = (uint32_t)numbers[0] + 1;
    keep(debug, o->op, numbers[0]);
    return true;
  case STACK_VALUE:
    *value = true;
    return true;
  case FRAGMENT:
    e->offset = (uint32_t)numbers[0];
    e->size = (uint32_t)numbers[1];
    return true;
  case CONVERT: {
    bool sign = numbers[1] == DW_ATE_signed || numbers[1] == DW_ATE_signed_char;
    if (numbers[1] == 0 || numbers[0] > REGISTER_BITS)
      return false;
    if (numbers[0] < REGISTER_BITS)
      keep(debug, sign ? DEBUG_OP_SIGN_EXTEND : DEBUG_OP_ZERO_EXTEND, numbers[0]);
    return true;
  }
  case EXTRACT:
    keep(debug, DW_OP_constu, numbers[0]);
    keep(debug, DW_OP_shr, 0);
    keep(debug, o->op, numbers[1]);
    return numbers[1] > 0 && numbers[1] <= REGISTER_BITS;
  default:
    return true;
  }
}

static bool parse(DebugInfo *debug, DebugExpression *e, const char *at, bool *value) {
  char item[64];
  while (next_item(&at, item, sizeof item)) {
    const Operation *o = find_operation(item);
    uint64_t numbers[2] = {0};
    if (!o)
      return false;
    for (unsigned i = 0; i < o->operands; i++)
      if (!next_number(&at, &numbers[i]))
        return false;
    if (!add_operation(debug, e, o, numbers, value))
      return false;
  }
  return true;
}

uint32_t import_debug_expression(Importer *imp, LLVMMetadataRef node) {
  const MapEntry *known = import_map_find(&imp->debug_nodes, node);
  if (known)
    return known->first;
  DebugInfo *debug = imp->target->debug;
  DebugExpression e = {.first = (uint32_t)debug->operations.count};
  char *text = LLVMPrintValueToString(LLVMMetadataAsValue(imp->context, node));
  const char *list = strchr(text, '(');
  bool value = false;
  e.known = list && parse(debug, &e, list + 1, &value);
  LLVMDisposeMessage(text);
  e.count = (uint32_t)debug->operations.count - e.first;
  e.arguments = e.arguments ? e.arguments : 1;
  // What is loaded last need not be: there the variable is.
  e.loads = e.count && !value && VEC_LAST(&debug->operations).op == DW_OP_deref;
  e.count -= e.loads;
  e.memory = !value && (e.loads || e.count);
  import_map_set(&imp->debug_nodes, node, (uint32_t)debug->expressions.count, 0);
  VEC_PUSH(&debug->expressions, e);
  return (uint32_t)debug->expressions.count - 1;
}
