// Remarks: what passes did, or could not do, and why; shown on request.
#include "target/internal.h"

#include <regex.h>
#include <string.h>

static const char *const flags[TARGET_REMARK_KINDS] = {"-Rpass", "-Rpass-missed", "-Rpass-analysis"};

typedef struct RemarkFilter {
  bool wanted[TARGET_REMARK_KINDS];
  regex_t names[TARGET_REMARK_KINDS];
} RemarkFilter;

bool remarks_start(Target *target) {
  const TargetOptions *options = target->options;
  bool any = false;
  for (int kind = 0; kind < TARGET_REMARK_KINDS; kind++)
    any |= options->remarks[kind] != NULL;
  if (!any)
    return true;
  target->remarks = checked_malloc(sizeof *target->remarks);
  memset(target->remarks, 0, sizeof *target->remarks);
  for (int kind = 0; kind < TARGET_REMARK_KINDS; kind++) {
    const char *pattern = options->remarks[kind];
    if (!pattern)
      continue;
    int error = regcomp(&target->remarks->names[kind], pattern, REG_EXTENDED | REG_NOSUB);
    target->remarks->wanted[kind] = error == 0;
    if (error == 0)
      continue;
    char reason[128];
    regerror(error, &target->remarks->names[kind], reason, sizeof reason);
    diagnose(target->diagnostics, DIAGNOSTIC_ERROR, (Place){0}, "%s=%s: not a regular expression: %s",
             flags[kind], pattern, reason);
    return false;
  }
  return true;
}

void remarks_end(Target *target) {
  for (int kind = 0; target->remarks && kind < TARGET_REMARK_KINDS; kind++)
    if (target->remarks->wanted[kind])
      regfree(&target->remarks->names[kind]);
  free(target->remarks);
  target->remarks = NULL;
}

bool target_wants_remark(const Target *target, TargetRemarkKind kind, const char *pass) {
  const RemarkFilter *filter = target->remarks;
  return filter && filter->wanted[kind] && regexec(&filter->names[kind], pass, 0, NULL, 0) == 0;
}

void target_remark(Target *target, TargetRemarkKind kind, const char *pass, Place place, const char *format,
                   ...) {
  if (!target_wants_remark(target, kind, pass))
    return;
  Text text = {0};
  va_list list;
  va_start(list, format);
  text_format_list(&text, format, list);
  va_end(list);
  diagnose(target->diagnostics, DIAGNOSTIC_REMARK, place, "%s [%s=%s]", text_string(&text), flags[kind],
           pass);
  text_free(&text);
}

Place ir_place(const Target *target, const Function *f, IrValue v) {
  uint32_t number = ir_place_number(f, v);
  const SourcePlace *at = number ? &f->places.data[number] : NULL;
  if (!at || !at->line || at->line == NO_LINE)
    return place_named(target->symbols.data[f->symbol].name);
  Place place = place_named(at->file);
  place.line = at->line;
  place.column = at->column;
  return place;
}
