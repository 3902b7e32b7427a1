// What becomes of loop nests, for the records in objects and -kiln-report.
#include "target/tensor/raise/raise.h"

#include <string.h>

// The branch back to the header of a loop has the place of the loop's statement.
static IrValue back_branch(const Function *f, uint32_t header) {
  const IrBlock *b = &f->blocks.data[header];
  for (uint32_t p = 0; p < b->pred_count; p++) {
    const IrBlock *latch = &f->blocks.data[b->preds[p]];
    if (latch->rpo != IR_NONE && ir_dominates(f, header, b->preds[p]) &&
        ir_place_number(f, latch->insns[latch->count - 1]))
      return latch->insns[latch->count - 1];
  }
  return IR_NONE;
}

// The first of the region's outermost loops; IR_NONE: it is not known.
static IrValue first_loop(const Function *f, const Region *region) {
  uint32_t outside = f->blocks.data[region->before].depth;
  for (uint32_t i = f->blocks.data[region->entry].rpo; i < f->rpo_count && f->rpo[i] != region->after; i++) {
    const IrBlock *b = &f->blocks.data[f->rpo[i]];
    if (b->loop == f->rpo[i] && b->depth == outside + 1)
      return back_branch(f, f->rpo[i]);
  }
  return IR_NONE;
}

IrValue region_source(const Region *region) {
  const Function *f = region->function;
  IrValue loop = first_loop(f, region);
  if (loop != IR_NONE)
    return loop;
  const IrBlock *entry = &f->blocks.data[region->entry];
  for (uint32_t i = 0; i < entry->count; i++)
    if (ir_place_number(f, entry->insns[i]))
      return entry->insns[i];
  for (size_t i = 0; i < region->statements.count; i++)
    if (ir_place_number(f, region->statements.data[i].source))
      return region->statements.data[i].source;
  return IR_NONE;
}

Place region_place(const Target *target, const Region *region) {
  const Function *f = region->function;
  IrValue source = region_source(region);
  return source == IR_NONE ? place_named(target->symbols.data[f->symbol].name) : ir_place(target, f, source);
}

static NestReport new_report(const Target *target, const Function *f, Place place) {
  return (NestReport){.function = target->symbols.data[f->symbol].name,
                      .file = place.line ? place.name : NULL,
                      .line = place.line,
                      .column = place.column,
                      .unit = "scalar"};
}

void report_start(const Target *target, Region *region, NestReport *report) {
  *report = new_report(target, region->function, region_place(target, region));
  region->report = report;
}

// The scalar code of a region, without blocks that belong to a nest already.
static void mark_scalar(const Region *region, uint32_t nest) {
  Function *f = region->function;
  Arena arena = {0};
  Bitset inside = bitset_new(&arena, f->blocks.count);
  region_blocks(region, &inside);
  for (uint32_t b = 0; b < f->blocks.count; b++)
    if (bitset_has(&inside, b) && !f->blocks.data[b].nest)
      f->blocks.data[b].nest = nest;
  arena_free(&arena);
}

void report_mapped(Target *target, Region *region, uint32_t first_block) {
  Function *f = region->function;
  uint32_t index = (uint32_t)target->nests.count;
  for (uint32_t b = first_block; b < f->blocks.count; b++)
    f->blocks.data[b].nest = nest_of_code(index);
  mark_scalar(region, nest_of_scalar(index));
  VEC_PUSH(&target->nests, *region->report);
}

void report_refusal(Target *target, uint32_t block, const char *reason) {
  NestRefusal refusal = {block, reason ? arena_copy_text(&target->arena, reason, strlen(reason)) : ""};
  if (target->options->report)
    VEC_PUSH(&target->refusals, refusal);
}

// --- nests that stay scalar

static bool is_in_loop(const Function *f, uint32_t block, uint32_t header) {
  for (uint32_t h = f->blocks.data[block].loop; h != IR_NONE; h = f->blocks.data[h].parent)
    if (h == header)
      return true;
  return false;
}

static bool has_mapped_part(const Function *f, uint32_t header) {
  for (uint32_t b = 0; b < f->blocks.count; b++)
    if (f->blocks.data[b].nest && is_in_loop(f, b, header))
      return true;
  return false;
}

// The largest loops without mapped ones; what was said last of one of its blocks is the reason.
static void report_scalar_loop(Target *target, Function *f, uint32_t header) {
  const char *reason = "";
  for (size_t i = 0; i < target->refusals.count; i++)
    if (is_in_loop(f, target->refusals.data[i].block, header))
      reason = target->refusals.data[i].reason;
  IrValue back = back_branch(f, header);
  NestReport report = new_report(target, f, back == IR_NONE ? (Place){0} : ir_place(target, f, back));
  report.summary = *reason ? reason : "not looked at";
  uint32_t nest = nest_of_code((uint32_t)target->nests.count);
  for (uint32_t i = 0; i < f->blocks.count; i++)
    if (is_in_loop(f, i, header))
      f->blocks.data[i].nest = nest;
  VEC_PUSH(&target->nests, report);
}

void report_scalar_loops(Target *target, Function *f) {
  if (!target->options->report)
    return;
  ir_analyze(f);
  for (uint32_t i = 0; i < f->rpo_count; i++) { // outer loops first
    uint32_t b = f->rpo[i];
    if (f->blocks.data[b].loop == b && !f->blocks.data[b].nest && !has_mapped_part(f, b))
      report_scalar_loop(target, f, b);
  }
  target->refusals.count = 0;
}
