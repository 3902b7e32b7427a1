// LLVM's own passes before ours, for functions that did not come through an optimizer. What clang -O1 and
// higher wrote is read as it is: the passes would find nothing in it that ours do not, and take many times
// their work.
#include "target/import/import.h"

#include <llvm-c/Error.h>
#include <llvm-c/Transforms/PassBuilder.h>

#include <string.h>

enum { FEW_FUNCTIONS = 4, BARE_HEADER = 3 };

// By level. The loops keep their shape: nothing is vectorized or unrolled.
#define CLEAN                                                                                                \
  "sroa,early-cse<memssa>,instcombine<no-verify-fixpoint>,simplifycfg,loop-mssa(loop-simplifycfg,licm,"      \
  "loop-rotate,licm),simplifycfg,instcombine<no-verify-fixpoint>,loop(indvars,loop-deletion),gvn,sccp,bdce," \
  "instcombine<no-verify-fixpoint>,dse,loop-mssa(licm),adce,simplifycfg"
static const char *const level_passes[] = {
    "",
    "sroa,early-cse<memssa>,instcombine<no-verify-fixpoint>,simplifycfg,loop-mssa(loop-rotate,licm),early-"
    "cse",
    CLEAN,
    CLEAN,
};
#undef CLEAN

static bool is_direct_access(LLVMValueRef user, LLVMValueRef address) {
  if (LLVMIsALoadInst(user))
    return true;
  return LLVMIsAStoreInst(user) && LLVMGetOperand(user, 0) != address;
}

// Memory that only waits to become registers: a scalar's, or an aggregate's that is taken apart.
static bool is_variable(LLVMValueRef alloca) {
  LLVMTypeKind kind = LLVMGetTypeKind(LLVMGetAllocatedType(alloca));
  if (kind == LLVMArrayTypeKind || kind == LLVMStructTypeKind)
    return false;
  for (LLVMUseRef use = LLVMGetFirstUse(alloca); use; use = LLVMGetNextUse(use))
    if (!is_direct_access(LLVMGetUser(use), alloca))
      return false;
  return true;
}

// A block of phis, one comparison and the branch that leaves the loop, which is what loops begin with until
// they are rotated.
static bool is_bare_header(LLVMBasicBlockRef block) {
  unsigned count = 0;
  for (LLVMValueRef i = LLVMGetFirstInstruction(block); i; i = LLVMGetNextInstruction(i))
    count += !LLVMIsAPHINode(i);
  LLVMValueRef end = LLVMGetBasicBlockTerminator(block);
  return count <= BARE_HEADER && LLVMIsAPHINode(LLVMGetFirstInstruction(block)) && LLVMIsABranchInst(end) &&
         LLVMIsConditional(end);
}

// Where a block only goes on to, or NULL.
static LLVMBasicBlockRef only_successor(LLVMBasicBlockRef block) {
  LLVMValueRef end = LLVMGetBasicBlockTerminator(block);
  return end && LLVMIsABranchInst(end) && !LLVMIsConditional(end) ? LLVMGetSuccessor(end, 0) : NULL;
}

// Whether a block jumps back, that is to one of those seen before it, to such a header.
static bool has_plain_loop(LLVMValueRef function) {
  VEC(LLVMBasicBlockRef) headers = {0};
  bool found = false;
  for (LLVMBasicBlockRef b = LLVMGetFirstBasicBlock(function); b && !found; b = LLVMGetNextBasicBlock(b)) {
    if (is_bare_header(b))
      VEC_PUSH(&headers, b);
    LLVMBasicBlockRef next = headers.count ? only_successor(b) : NULL;
    for (size_t h = 0; next && h < headers.count; h++)
      found |= headers.data[h] == next;
  }
  VEC_FREE(&headers);
  return found;
}

static bool is_plain(LLVMValueRef function) {
  LLVMBasicBlockRef entry = LLVMGetEntryBasicBlock(function);
  for (LLVMValueRef i = LLVMGetFirstInstruction(entry); i; i = LLVMGetNextInstruction(i))
    if (LLVMIsAAllocaInst(i) && is_variable(i))
      return true;
  return has_plain_loop(function);
}

static bool report(Importer *imp, const char *passes, LLVMErrorRef error) {
  if (!error)
    return true;
  char *message = LLVMGetErrorMessage(error);
  diagnose(imp->target->diagnostics, DIAGNOSTIC_ERROR, place_named(imp->target->source_name),
           "LLVM's passes '%s': %s", passes, message);
  LLVMDisposeErrorMessage(message);
  return false;
}

static unsigned count_plain(const Importer *imp, unsigned *functions) {
  unsigned count = 0;
  for (LLVMValueRef f = LLVMGetFirstFunction(imp->module); f; f = LLVMGetNextFunction(f)) {
    *functions += !LLVMIsDeclaration(f);
    count += !LLVMIsDeclaration(f) && is_plain(f);
  }
  return count;
}

bool simplify_module(Importer *imp) {
  const TargetOptions *options = imp->target->options;
  const char *passes = options->llvm_passes ? options->llvm_passes : level_passes[options->level];
  if (!*passes)
    return true;
  unsigned functions = 0, plain = options->llvm_passes ? 0 : count_plain(imp, &functions);
  if (!options->llvm_passes && !plain)
    return true;
  LLVMPassBuilderOptionsRef settings = LLVMCreatePassBuilderOptions();
  bool ok = true;
  if (options->llvm_passes) {
    ok = report(imp, passes, LLVMRunPasses(imp->module, passes, NULL, settings));
  } else if (plain > FEW_FUNCTIONS &&
             plain > functions / FEW_FUNCTIONS) { // setting the passes up is work too
    const char *all = arena_format(&imp->target->arena, "function(%s)", passes);
    ok = report(imp, all, LLVMRunPasses(imp->module, all, NULL, settings));
  } else {
    for (LLVMValueRef f = LLVMGetFirstFunction(imp->module); f && ok; f = LLVMGetNextFunction(f))
      if (!LLVMIsDeclaration(f) && is_plain(f))
        ok = report(imp, passes, LLVMRunPassesOnFunction(f, passes, NULL, settings));
  }
  LLVMDisposePassBuilderOptions(settings);
  return ok;
}
