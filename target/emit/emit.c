// Final machine form to assembly text or to an object; both from the same list of instructions.
// Requires: lowered frame. Provides: code in the program.
#include "target/emit/code.h"

#include <string.h>

const IsaExtensions emit_optional_extensions =
    ISA_EXTENSION_BIT(ISA_EXT_V) | ISA_EXTENSION_BIT(ISA_EXT_ZVFH) | ISA_EXTENSION_BIT(ISA_EXT_ZVFBFMIN) |
    ISA_EXTENSION_BIT(ISA_EXT_ZVFBFWMA) | ISA_EXTENSION_BIT(ISA_EXT_XKILNTILE) |
    ISA_EXTENSION_BIT(ISA_EXT_XKILNDMA);

Program *program_new(Target *target) {
  Program *p = checked_malloc(sizeof *p);
  memset(p, 0, sizeof *p);
  p->extensions = target->extensions & ~emit_optional_extensions;
  if (target->options->file_type == TARGET_OBJECT && !target->has_assembly) {
    p->object = object_new(target->machine, p->extensions);
  } else {
    Text arch = {0};
    isa_arch_format(&arch, p->extensions);
    bool short_forms = target->extensions & ISA_EXTENSION_BIT(ISA_EXT_C);
    text_format(&p->text, "\t.option\t%s\n\t.attribute\t5, \"%s\"\n", short_forms ? "rvc" : "norvc",
                text_string(&arch));
    text_free(&arch);
    if (target->module_assembly)
      text_append_string(&p->text, target->module_assembly);
  }
  return p;
}

// What stands before all code.
void program_start(Target *target) {
  emit_debug_start(target);
}

void program_free(Program *p) {
  if (p->object)
    object_free(p->object);
  free(p->symbols);
  VEC_FREE(&p->grouped);
  VEC_FREE(&p->spans);
  VEC_FREE(&p->files);
  text_free(&p->text);
  free(p);
}

// False: a jump does not reach.
static bool lay_out(Emitter *e, uint32_t *size) {
  emit_list(e);
  if (e->target->extensions & ISA_EXTENSION_BIT(ISA_EXT_C))
    emit_compress(e);
  return emit_relax(e, size);
}

bool emit_function(Target *target, Function *f) {
  Emitter e = {.target = target, .f = f, .program = target->program};
  e.moves = copy_find(&e.copied, f);
  bool short_forms = target->extensions & ISA_EXTENSION_BIT(ISA_EXT_C);
  uint32_t size = 0;
  bool ok = lay_out(&e, &size);
  uint64_t most = size + (e.literals.count + 1) * LITERAL_BYTES;
  if (e.moves && copy_offset(target, f) + most > target->machine->spm_size) {
    e.moves = false;
    e.rest = 0;
    e.insns.count = e.starts.count = e.literals.count = 0;
    free(e.blocks);
    ok = lay_out(&e, &size);
  }
  emit_place_copy(&e, size);
  uint64_t alignment = target->symbols.data[f->symbol].alignment;
  if (alignment < INSN_BYTES)
    alignment = short_forms && alignment <= SHORT_BYTES ? SHORT_BYTES : INSN_BYTES;
  if (!ok)
    diagnose(target->diagnostics, DIAGNOSTIC_ERROR, place_named(target->symbols.data[f->symbol].name),
             "the function is over 1 MiB of code, farther than a jump reaches");
  if (f->debug) {
    VEC_PUSH(&e.starts, (uint32_t)e.insns.count);
    e.labelled = emit_debug_locate(target, f, e.starts.data, e.insns.count);
  }
  e.hi_label = checked_malloc((e.insns.count + 1) * sizeof *e.hi_label);
  if (ok && target->program->object)
    emit_object(&e, alignment, size);
  else if (ok)
    emit_text(&e, alignment, size);
  target->program->functions++;
  free(e.hi_label);
  free(e.labelled);
  VEC_FREE(&e.starts);
  free(e.blocks);
  free(e.copied.moved);
  free(e.copied.unmoved);
  free(e.copied.early);
  VEC_FREE(&e.literals);
  VEC_FREE(&e.tables);
  VEC_FREE(&e.insns);
  return ok;
}
