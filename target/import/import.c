// Reads a module of LLVM IR: parse, verify, LLVM's own passes, then everything in it becomes ours.
#include "target/import/import.h"

#include <llvm-c/Analysis.h>
#include <llvm-c/BitReader.h>
#include <llvm-c/ErrorHandling.h>
#include <llvm-c/IRReader.h>

#include <ctype.h>
#include <string.h>

static const char *const default_triple = "riscv64-unknown-elf";
#define DEFAULT_LAYOUT "e-m:e-p:64:64-i64:64-i128:128-n32:64-S128"
static const char *const default_layout = DEFAULT_LAYOUT;
static const char layout_line[] = "target datalayout = \"" DEFAULT_LAYOUT "\" ";

void refuse(Importer *imp, LLVMValueRef value, const char *format, ...) {
  imp->refused++;
  Text reason = {0}, place = {0};
  va_list list;
  va_start(list, format);
  text_format_list(&reason, format, list);
  va_end(list);
  Diagnostics *diagnostics = imp->target->diagnostics;
  unsigned line = LLVMIsAInstruction(value) ? LLVMGetDebugLocLine(value) : 0;
  unsigned length = 0;
  if (line) {
    const char *file = LLVMGetDebugLocFilename(value, &length);
    text_append(&place, file, length);
    Place at = place_named(text_string(&place));
    at.line = line;
    at.column = LLVMGetDebugLocColumn(value);
    diagnose(diagnostics, DIAGNOSTIC_ERROR, at, "%s", text_string(&reason));
  } else {
    // The text of an instruction is costly to make, so only for errors that will be shown.
    bool shown = diagnostics->errors < diagnostics->error_limit;
    char *text = shown && LLVMIsAInstruction(value) ? LLVMPrintValueToString(value) : NULL;
    const char *start = text ? text : "";
    while (isspace((unsigned char)*start))
      start++;
    text_format(&place, "%s", imp->target->source_name);
    if (imp->function) {
      size_t size = 0;
      const char *name = LLVMGetValueName2(imp->function, &size);
      text_format(&place, ": in function '%.*s'", (int)size, name);
    }
    diagnose(diagnostics, DIAGNOSTIC_ERROR, place_named(text_string(&place)), "%s%s%s", text_string(&reason),
             text ? ": " : "", start);
    if (text)
      LLVMDisposeMessage(text);
  }
  text_free(&reason);
  text_free(&place);
}

IrType scalar_type(LLVMTypeRef type) {
  switch (LLVMGetTypeKind(type)) {
  case LLVMIntegerTypeKind: {
    unsigned bits = LLVMGetIntTypeWidth(type);
    return bits <= 64 ? (IrType)bits : IR_VOID;
  }
  case LLVMPointerTypeKind:
    return LLVMGetPointerAddressSpace(type) == 0 ? IR_I64 : IR_VOID;
  case LLVMHalfTypeKind:
    return IR_HALF;
  case LLVMBFloatTypeKind:
    return IR_BFLOAT;
  case LLVMFloatTypeKind:
    return IR_FLOAT;
  case LLVMDoubleTypeKind:
    return IR_DOUBLE;
  default:
    return IR_VOID;
  }
}

const char *unsupported_type(LLVMTypeRef type) {
  switch (LLVMGetTypeKind(type)) {
  case LLVMIntegerTypeKind:
    return LLVMGetIntTypeWidth(type) > 128 ? "integers wider than 128 bits are not supported"
                                           : "integers wider than 64 bits are not supported here";
  case LLVMPointerTypeKind:
    return "address spaces other than 0 are not supported";
  case LLVMVectorTypeKind:
    return "vector types are not supported";
  case LLVMScalableVectorTypeKind:
    return "scalable vector types are not supported";
  case LLVMFP128TypeKind:
    return "quad precision is not supported here";
  case LLVMX86_FP80TypeKind:
  case LLVMPPC_FP128TypeKind:
    return "floating-point types wider than 64 bits are not supported";
  default:
    return "this type is not supported";
  }
}

// Types with scalable vectors among their parts, whose sizes LLVM does not know.
static bool is_scalable(LLVMTypeRef type) {
  switch (LLVMGetTypeKind(type)) {
  case LLVMScalableVectorTypeKind:
  case LLVMTargetExtTypeKind:
    return true;
  case LLVMArrayTypeKind:
    return is_scalable(LLVMGetElementType(type));
  case LLVMStructTypeKind:
    for (unsigned i = 0; i < LLVMCountStructElementTypes(type); i++)
      if (is_scalable(LLVMStructGetTypeAtIndex(type, i)))
        return true;
    return false;
  default:
    return false;
  }
}

uint64_t type_size(Importer *imp, LLVMTypeRef type) {
  if (!is_scalable(type))
    return LLVMABISizeOfType(imp->layout, type);
  switch (LLVMGetTypeKind(type)) {
  case LLVMArrayTypeKind:
    return LLVMGetArrayLength2(type) * type_size(imp, LLVMGetElementType(type));
  case LLVMStructTypeKind:
    return element_offset(imp, type, LLVMCountStructElementTypes(type));
  default: {
    unsigned parts = lanes_parts(imp, type);
    return parts * lanes_bytes(imp, parts > 1 ? lanes_part_type(type, parts) : type);
  }
  }
}

uint64_t element_offset(Importer *imp, LLVMTypeRef type, unsigned element) {
  if (!is_scalable(type))
    return LLVMOffsetOfElement(imp->layout, type, element);
  uint64_t offset = 0; // those in memory have elements of one type
  for (unsigned i = 0; i < element; i++)
    offset += type_size(imp, LLVMStructGetTypeAtIndex(type, i));
  return offset;
}

enum { MAX_LEAVES = 1024, MAX_PARTS = 8 };

static bool flatten_vector(Importer *imp, LLVMTypeRef type, uint64_t offset, LeafList *leaves,
                           const char **reason) {
  unsigned parts = lanes_parts(imp, type);
  LLVMTypeRef one = parts > 1 ? lanes_part_type(type, parts) : type;
  Leaf leaf = {.type = lanes_type(imp, one, reason), .vector = one};
  for (unsigned i = 0; i < parts && leaf.type != IR_VOID; i++) {
    leaf.offset = offset + i * lanes_bytes(imp, one);
    leaf.part = (uint8_t)i;
    VEC_PUSH(leaves, leaf);
  }
  return leaf.type != IR_VOID;
}

bool flatten(Importer *imp, LLVMTypeRef type, uint64_t offset, LeafList *leaves, const char **reason) {
  LLVMTypeKind kind = LLVMGetTypeKind(type);
  if (kind == LLVMStructTypeKind) {
    if (LLVMIsOpaqueStruct(type)) {
      *reason = "an opaque type has no size";
      return false;
    }
    unsigned count = LLVMCountStructElementTypes(type);
    for (unsigned i = 0; i < count; i++)
      if (!flatten(imp, LLVMStructGetTypeAtIndex(type, i), offset + element_offset(imp, type, i), leaves,
                   reason))
        return false;
    return true;
  }
  if (kind == LLVMArrayTypeKind) {
    LLVMTypeRef element = LLVMGetElementType(type);
    uint64_t count = LLVMGetArrayLength2(type), size = type_size(imp, element);
    for (uint64_t i = 0; i < count; i++) {
      size_t before = leaves->count;
      if (!flatten(imp, element, offset + i * size, leaves, reason))
        return false;
      if (leaves->count == before)
        break; // elements without scalars
    }
    return true;
  }
  if (is_quad(type) && leaves->count + 2 <= MAX_LEAVES) {
    Leaf low = {.type = IR_I64, .offset = offset, .pair = true},
         high = {.type = IR_I64, .offset = offset + 8};
    VEC_PUSH(leaves, low);
    VEC_PUSH(leaves, high);
    return true;
  }
  if (is_wide(type) && leaves->count + 2 <= MAX_LEAVES) {
    Leaf low = {.type = IR_I64, .offset = offset, .pair = true};
    Leaf high = {.type = (IrType)(LLVMGetIntTypeWidth(type) - 64), .offset = offset + 8};
    VEC_PUSH(leaves, low);
    VEC_PUSH(leaves, high);
    return true;
  }
  *reason = NULL;
  if (is_vector_type(type) && leaves->count + MAX_PARTS <= MAX_LEAVES)
    return flatten_vector(imp, type, offset, leaves, reason);
  Leaf leaf = {.type = accumulator_type(type) ? accumulator_type(type) : scalar_type(type), .offset = offset};
  if (leaf.type == IR_VOID) {
    *reason = *reason ? *reason : unsupported_type(type);
    return false;
  }
  if (leaves->count == MAX_LEAVES) {
    *reason = "an aggregate of more than 1024 scalars cannot be a value; keep it in memory";
    return false;
  }
  VEC_PUSH(leaves, leaf);
  return true;
}

unsigned type_alignment(Importer *imp, LLVMTypeRef type) {
  return LLVMABIAlignmentOfType(imp->layout, type);
}

typedef struct LlvmMessages {
  Diagnostics *diagnostics;
  const char *source;
} LlvmMessages;

static void take_message(LLVMDiagnosticInfoRef info, void *context) {
  LlvmMessages *messages = context;
  LLVMDiagnosticSeverity severity = LLVMGetDiagInfoSeverity(info);
  if (severity != LLVMDSError && severity != LLVMDSWarning)
    return;
  char *text = LLVMGetDiagInfoDescription(info);
  diagnose(messages->diagnostics, severity == LLVMDSError ? DIAGNOSTIC_ERROR : DIAGNOSTIC_WARNING,
           place_named(messages->source), "%s", text);
  LLVMDisposeMessage(text);
}

// LLVM's message "name:line:col: error: text\nsource line\ncaret\n" as one of ours.
static void record_parse_error(const char *message, const FileData *input, Diagnostics *diagnostics) {
  size_t name = strlen(input->name);
  const char *text = message;
  unsigned line = 0, column = 0;
  if (strncmp(message, input->name, name) == 0 && message[name] == ':') {
    char *end = NULL;
    line = (unsigned)strtoul(message + name + 1, &end, 10);
    if (*end == ':')
      column = (unsigned)strtoul(end + 1, &end, 10);
    bool shifted = line == 1 && !strstr(input->data, "target datalayout");
    if (shifted)
      column = column > sizeof layout_line - 1 ? column - (unsigned)(sizeof layout_line - 1) : 1;
    text = *end == ':' ? end + 1 : end;
  }
  while (isspace((unsigned char)*text))
    text++;
  if (strncmp(text, "error: ", 7) == 0)
    text += 7;
  size_t length = strcspn(text, "\n");
  SourceText source = file_source(input);
  size_t offset = 0;
  for (unsigned l = 1; line && l < line && offset < input->size; offset++)
    l += input->data[offset] == '\n';
  Place place = place_named(input->name);
  if (line)
    place = place_in(&source,
                     offset + (column ? column - 1 : 0) < input->size ? offset + (column ? column - 1 : 0)
                                                                      : input->size,
                     0);
  diagnose(diagnostics, DIAGNOSTIC_ERROR, place, "%.*s", (int)length, text);
}

// LLVM settles alignments that are not written while it reads, by the module's data layout. Text without one
// (as MLIR makes it) is given ours on its first line, so that lines keep their numbers.
static LLVMMemoryBufferRef input_buffer(const FileData *input) {
  bool bitcode = input->size >= 2 && memcmp(input->data, "BC", 2) == 0;
  bool wrapped = input->size >= 4 && memcmp(input->data, "\xde\xc0\x17\x0b", 4) == 0;
  if (bitcode || wrapped || strlen(input->data) != input->size || strstr(input->data, "target datalayout"))
    return LLVMCreateMemoryBufferWithMemoryRangeCopy(input->data, input->size, input->name);
  Text text = {0};
  text_append_string(&text, layout_line);
  text_append(&text, input->data, input->size);
  LLVMMemoryBufferRef buffer = LLVMCreateMemoryBufferWithMemoryRangeCopy(text.data, text.count, input->name);
  text_free(&text);
  return buffer;
}

static LLVMModuleRef parse(Importer *imp, const FileData *input) {
  LLVMMemoryBufferRef buffer = input_buffer(input);
  LLVMModuleRef module = NULL;
  char *message = NULL;
  bool failed = LLVMParseIRInContext(imp->context, buffer, &module, &message); // takes the buffer
  if (failed) {
    record_parse_error(message ? message : "the module cannot be read", input, imp->target->diagnostics);
    LLVMDisposeMessage(message);
    return NULL;
  }
  if (LLVMVerifyModule(module, LLVMReturnStatusAction, &message)) {
    const char *line = message;
    while (*line) {
      size_t length = strcspn(line, "\n");
      if (length)
        diagnose(imp->target->diagnostics, line == message ? DIAGNOSTIC_ERROR : DIAGNOSTIC_NOTE,
                 place_named(input->name), "%.*s", (int)length, line);
      line += length + (line[length] == '\n');
    }
    LLVMDisposeMessage(message);
    LLVMDisposeModule(module);
    return NULL;
  }
  LLVMDisposeMessage(message);
  return module;
}

// The calling convention that the module was made for; what does not say is taken as ours.
static bool check_abi(Importer *imp) {
  static const char flag[] = "target-abi", ours[] = "lp64d";
  LLVMMetadataRef abi = LLVMGetModuleFlag(imp->module, flag, sizeof flag - 1);
  unsigned length = 0;
  const char *name = abi ? LLVMGetMDString(LLVMMetadataAsValue(imp->context, abi), &length) : NULL;
  if (!name || (length == sizeof ours - 1 && memcmp(name, ours, length) == 0))
    return true;
  diagnose(imp->target->diagnostics, DIAGNOSTIC_ERROR, place_named(imp->target->source_name),
           "the module is for the calling convention '%.*s', and this compiler makes code for %s",
           (int)length, name, ours);
  return false;
}

static bool set_platform(Importer *imp) {
  const char *triple = LLVMGetTarget(imp->module);
  Diagnostics *diagnostics = imp->target->diagnostics;
  if (!*triple) {
    LLVMSetTarget(imp->module, default_triple);
  } else if (strncmp(triple, "riscv64", 7) != 0) {
    diagnose(diagnostics, DIAGNOSTIC_ERROR, place_named(imp->target->source_name),
             "the module is for '%s', and this compiler makes code for riscv64", triple);
    return false;
  }
  if (!*LLVMGetDataLayoutStr(imp->module))
    LLVMSetDataLayout(imp->module, default_layout);
  imp->layout = LLVMGetModuleDataLayout(imp->module);
  if (LLVMByteOrder(imp->layout) != LLVMLittleEndian || LLVMPointerSize(imp->layout) != 8) {
    diagnose(diagnostics, DIAGNOSTIC_ERROR, place_named(imp->target->source_name),
             "the module's data layout '%s' is not that of riscv64", LLVMGetDataLayoutStr(imp->module));
    return false;
  }
  return check_abi(imp);
}

static unsigned attribute_kind(const char *name) {
  return LLVMGetEnumAttributeKindForName(name, strlen(name));
}

// LLVM calls this when it cannot go on, and it must not return.
static void end_in_llvm(const char *reason) {
  (void)fprintf(stderr, "kiln-llc: error: LLVM: %s\n", reason);
  exit(1);
}

static bool calls_assembly(LLVMValueRef function) {
  for (LLVMBasicBlockRef b = LLVMGetFirstBasicBlock(function); b; b = LLVMGetNextBasicBlock(b))
    for (LLVMValueRef i = LLVMGetFirstInstruction(b); i; i = LLVMGetNextInstruction(i))
      if (LLVMGetInstructionOpcode(i) == LLVMCall && LLVMIsAInlineAsm(LLVMGetCalledValue(i)))
        return true;
  return false;
}

static bool is_compiled_here(LLVMValueRef function) {
  return !LLVMIsDeclaration(function) && LLVMGetLinkage(function) != LLVMAvailableExternallyLinkage;
}

// Whether nothing that the output begins with is learned from the functions.
static bool may_take_each(const Importer *imp) {
  if (imp->has_debug || imp->target->has_assembly)
    return false;
  for (LLVMValueRef f = LLVMGetFirstFunction(imp->module); f; f = LLVMGetNextFunction(f))
    if (is_compiled_here(f) && (calls_assembly(f) || import_unwinds(imp, f)))
      return false;
  return true;
}

static void import_functions(Importer *imp, const FunctionSink *sink) {
  if (sink && !may_take_each(imp))
    sink = NULL;
  for (LLVMValueRef f = LLVMGetFirstFunction(imp->module); f; f = LLVMGetNextFunction(f)) {
    if (!is_compiled_here(f))
      continue;
    import_function(imp, f);
    if (sink && !imp->refused)
      sink->take(sink->context, VEC_POP(&imp->target->functions));
  }
}

bool import_module(Target *target, const FileData *input, const FunctionSink *sink) {
  Importer imp = {.target = target, .context = LLVMContextCreate()};
  LlvmMessages messages = {target->diagnostics, input->name};
  LLVMInstallFatalErrorHandler(end_in_llvm);
  LLVMContextSetDiagnosticHandler(imp.context, take_message, &messages);
  imp.align_kind = attribute_kind("align");
  imp.sext_kind = attribute_kind("signext");
  imp.nobuiltin_kind = attribute_kind("nobuiltin");
  imp.zext_kind = attribute_kind("zeroext");
  imp.byval_kind = attribute_kind("byval");
  imp.uwtable_kind = attribute_kind("uwtable");
  imp.optsize_kind = attribute_kind("optsize");
  imp.minsize_kind = attribute_kind("minsize");
  imp.noalias_kind = attribute_kind("noalias");
  imp.sret_kind = attribute_kind("sret");
  unsigned errors = target->diagnostics->errors;
  double start = seconds_now();
  imp.module = parse(&imp, input);
  double parsed = seconds_now();
  bool ready = imp.module && set_platform(&imp) && simplify_module(&imp);
  target->parse_seconds = parsed - start;
  target->llvm_seconds = seconds_now() - parsed;
  if (ready)
    import_debug_unit(&imp);
  if (ready)
    number_labels(&imp);
  if (ready && import_globals(&imp))
    import_functions(&imp, sink);
  free(imp.map.entries);
  free(imp.labels.entries);
  free(imp.debug_types.entries);
  import_debug_free(&imp);
  VEC_FREE(&imp.origins);
  VEC_FREE(&imp.parts);
  VEC_FREE(&imp.result_leaves);
  plan_free(&imp.kept_plan);
  while (imp.kept_leaf_lists)
    free(imp.kept_leaves[--imp.kept_leaf_lists].data);
  while (imp.kept_value_lists)
    free(imp.kept_values[--imp.kept_value_lists].data);
  if (imp.module)
    LLVMDisposeModule(imp.module);
  LLVMContextDispose(imp.context);
  LLVMResetFatalErrorHandler();
  return target->diagnostics->errors == errors;
}
