// Runs the passes: their order is the table in passes.def. Dumps, stops, times and verifies; passes print
// nothing.
#include "target/debug/info.h"
#include "target/internal.h"

#include <string.h>
#include <time.h>

enum {
  SSA = 1,
  NO_SWITCH = 2,
  NO_SELECT = 4,
  LEGAL = 8,
  MACHINE = 16,
  PHYSICAL = 32,
  ORDERED = 64,
  FRAMED = 128,
  EMITTED = 256,
};

typedef struct Pass {
  const char *name;
  PassFunction *run;
  unsigned needs;
  unsigned provides;
  unsigned invalidates;
  unsigned level;
} Pass;

static const Pass passes[] = {
#define PASS(name, run, needs, provides, invalidates, level) {name, run, needs, provides, invalidates, level},
#include "target/passes.def"
#undef PASS
};

enum { PASS_COUNT = sizeof passes / sizeof *passes };
static const char *const import_name = "import";

const char *target_pass_name(size_t i) {
  return i == 0 ? import_name : i <= PASS_COUNT ? passes[i - 1].name : NULL;
}

static bool named(const StringList *list, const char *pass) {
  for (size_t i = 0; i < list->count; i++)
    if (strcmp(list->data[i], pass) == 0 || strcmp(list->data[i], "all") == 0)
      return true;
  return false;
}

double seconds_now(void) {
  struct timespec t;
  clock_gettime(CLOCK_MONOTONIC, &t);
  return (double)t.tv_sec + (double)t.tv_nsec * 1e-9;
}

static void print_form(Text *out, Target *target, Function *f, unsigned state) {
  if (state & MACHINE)
    mir_print(out, target, f);
  else
    ir_print(out, target, f);
}

static bool verify_form(Target *target, Function *f, unsigned state, const char *after) {
  if (state & MACHINE)
    return mir_verify(target, f, after, state & PHYSICAL);
  return ir_verify(target, f, after);
}

typedef struct Run {
  Target *target;
  size_t first;                   // pass to run first
  double seconds[PASS_COUNT + 2]; // of import, the passes, and writing
  Text stopped;                   // what -stop-after asked for
  bool failed;                    // a function that was compiled as it was imported did
} Run;

static void dump(Run *run, Function *f, unsigned state, const char *when, const char *pass) {
  Text *out = &run->target->report->dumps;
  text_format(out, "; %s %s\n", when, pass);
  print_form(out, run->target, f, state);
}

static bool run_passes(Run *run, Function *f) {
  Target *target = run->target;
  const TargetOptions *options = target->options;
  unsigned state = SSA;
  for (size_t i = 0; i < PASS_COUNT; i++) {
    const Pass *pass = &passes[i];
    if (i < run->first) { // the input is as after these
      state = (state | pass->provides) & ~pass->invalidates;
      continue;
    }
    if (options->level < pass->level)
      continue;
    if ((pass->needs & state) != pass->needs) {
      diagnose(target->diagnostics, DIAGNOSTIC_ERROR, place_named(pass->name),
               "internal error: the pass table is out of order");
      return false;
    }
    if (named(&options->print_before, pass->name))
      dump(run, f, state, "before", pass->name);
    double start = seconds_now();
    bool ok = pass->run(target, f);
    run->seconds[i + 1] += seconds_now() - start;
    state = (state | pass->provides) & ~pass->invalidates;
    statistics_count(target, f, pass->name);
    if (ok && options->verify_each && !(pass->provides & EMITTED))
      ok = verify_form(target, f, state, pass->name);
    if (named(&options->print_after, pass->name))
      dump(run, f, state, "after", pass->name);
    if (!ok)
      return false;
    if (options->stop_after && strcmp(options->stop_after, pass->name) == 0) {
      print_form(&run->stopped, target, f, state);
      return true;
    }
  }
  return true;
}

static bool run_function(Run *run, Function *f) {
  Target *target = run->target;
  const TargetOptions *options = target->options;
  if (run->first == 0 && options->verify_each && !ir_verify(target, f, import_name))
    return false;
  statistics_count(target, f, import_name);
  if (named(&options->print_after, import_name))
    dump(run, f, SSA, "after", import_name);
  if (options->stop_after && strcmp(options->stop_after, import_name) == 0) {
    print_form(&run->stopped, target, f, SSA);
    return true;
  }
  return run_passes(run, f);
}

static void report_times(Run *run) {
  Text *out = &run->target->report->timing;
  double total = 0;
  for (size_t i = 0; i < PASS_COUNT + 2; i++)
    total += run->seconds[i];
  text_append_string(out, "   seconds  percent  pass\n");
  const double llvm[2] = {run->target->parse_seconds, run->target->llvm_seconds};
  run->seconds[0] -= llvm[0] + llvm[1];
  for (int i = 0; i < 2; i++)
    text_format(out, "%10.6f  %6.1f%%  %s\n", llvm[i], total > 0 ? 100 * llvm[i] / total : 0.0,
                i ? "LLVM's passes" : "parse");
  for (size_t i = 0; i < PASS_COUNT + 2; i++)
    text_format(out, "%10.6f  %6.1f%%  %s\n", run->seconds[i],
                total > 0 ? 100 * run->seconds[i] / total : 0.0,
                i <= PASS_COUNT ? target_pass_name(i) : "write");
  text_format(out, "%10.6f  %6.1f%%  total\n", total, 100.0);
}

static bool check_names(const TargetOptions *options, Diagnostics *diagnostics) {
  const char *wanted[2] = {options->stop_after, options->start_after};
  bool ok = true;
  for (size_t w = 0; w < 2 + options->print_before.count + options->print_after.count; w++) {
    size_t before = w - 2, after = w - 2 - options->print_before.count;
    const char *name = w < 2                                  ? wanted[w]
                       : before < options->print_before.count ? options->print_before.data[before]
                                                              : options->print_after.data[after];
    if (!name || strcmp(name, "all") == 0)
      continue;
    NearestName nearest = nearest_name_start(name);
    bool found = false;
    for (size_t i = 0; target_pass_name(i); i++) {
      found |= strcmp(target_pass_name(i), name) == 0;
      nearest_name_offer(&nearest, target_pass_name(i));
    }
    if (found)
      continue;
    ok = false;
    diagnose(diagnostics, DIAGNOSTIC_ERROR, (Place){0}, "there is no pass '%s'%s%s%s", name,
             nearest.best ? "; did you mean '" : "", nearest.best ? nearest.best : "",
             nearest.best ? "'?" : "");
  }
  return ok;
}

static void start_program(Target *target) {
  data_layout(target);
  target->program = program_new(target);
  program_start(target);
}

// What takes part in importing counts as the passes' time alone.
static void compile_imported(void *context, Function *f) {
  Run *run = context;
  double start = seconds_now();
  if (!run->target->program)
    start_program(run->target);
  run->failed = !run_function(run, f) || run->failed;
  function_release(run->target, f);
  run->seconds[0] -= seconds_now() - start;
}

// What stands in the input: LLVM's IR, or one of our forms as after a pass. At -O0 functions are compiled as
// they are imported, so that one at a time is in memory; from -O1 on, code is chosen by where the constants
// that other functions use will lie.
static bool read_input(Run *run, const FileData *input) {
  const char *after = run->target->options->start_after;
  FunctionSink sink = {compile_imported, run};
  if (!after)
    return import_module(run->target, input, run->target->options->level == 0 ? &sink : NULL);
  unsigned state = SSA;
  while (strcmp(target_pass_name(run->first), after) != 0) {
    state = (state | passes[run->first].provides) & ~passes[run->first].invalidates;
    run->first++;
  }
  if (!parse_forms(run->target, input, state & MACHINE))
    return false;
  bool ok = true;
  for (size_t i = 0; i < run->target->functions.count && ok; i++)
    ok = verify_form(run->target, run->target->functions.data[i], state, after);
  return ok;
}

static bool compile(Run *run, const FileData *input, const char *output) {
  Target *target = run->target;
  double start = seconds_now();
  bool ok = read_input(run, input);
  run->seconds[0] += seconds_now() - start;
  if (!ok)
    return false;
  if (!target->program)
    start_program(target);
  ok = !run->failed;
  for (size_t i = 0; i < target->functions.count; i++) {
    ok = run_function(run, target->functions.data[i]) && ok;
    function_release(target, target->functions.data[i]);
    target->functions.data[i] = NULL;
  }
  start = seconds_now();
  if (ok && target->options->stop_after)
    ok = file_write(output, text_string(&run->stopped), run->stopped.count, false, target->diagnostics);
  else if (ok)
    ok = program_write(target, output);
  run->seconds[PASS_COUNT + 1] = seconds_now() - start;
  return ok;
}

// What code and the calling convention cannot do without; all that is missing at once.
static bool check_extensions(const TargetOptions *options, Diagnostics *diagnostics) {
  static const uint8_t needed[] = {ISA_EXT_M, ISA_EXT_A, ISA_EXT_F, ISA_EXT_D, ISA_EXT_ZICSR};
  bool ok = true;
  for (size_t i = 0; i < sizeof needed; i++) {
    if (options->extensions & ISA_EXTENSION_BIT(needed[i]))
      continue;
    ok = false;
    diagnose(
        diagnostics, DIAGNOSTIC_ERROR, (Place){0},
        "code without the extension '%s' is not supported: it is made for RV64 with M, A, F, D and Zicsr and "
        "the calling convention lp64d",
        isa_extension_name((IsaExtension)needed[i]));
  }
  return ok;
}

bool target_compile(const TargetOptions *options, const Machine *machine, const FileData *input,
                    const char *output, TargetReport *report, Diagnostics *diagnostics) {
  Target target = {.options = options,
                   .machine = machine,
                   .extensions = options->extensions,
                   .diagnostics = diagnostics,
                   .report = report,
                   .source_name = input->name};
  Run run = {.target = &target};
  bool ok = check_names(options, diagnostics) && check_extensions(options, diagnostics) &&
            remarks_start(&target) && compile(&run, input, output);
  if (options->time_passes)
    report_times(&run);
  if (options->statistics)
    statistics_report(&target, &report->timing);
  if (ok && options->report)
    nests_format(options->report)(&report->nests, machine, target.nests.data, target.nests.count);
  for (size_t i = 0; i < target.functions.count; i++)
    if (target.functions.data[i])
      function_free(target.functions.data[i]);
  if (target.spare)
    function_free(target.spare);
  if (target.program)
    program_free(target.program);
  if (target.debug)
    debug_info_free(target.debug);
  remarks_end(&target);
  text_free(&run.stopped);
  VEC_FREE(&target.nests);
  VEC_FREE(&target.refusals);
  VEC_FREE(&target.symbols);
  VEC_FREE(&target.symbol_of_name);
  VEC_FREE(&target.functions);
  VEC_FREE(&target.order);
  intern_free(&target.names);
  arena_free(&target.arena);
  return ok;
}

IsaExtensions target_default_extensions(void) {
  static const uint8_t used[] = {
      ISA_EXT_I,        ISA_EXT_M,        ISA_EXT_A,         ISA_EXT_F,        ISA_EXT_D,      ISA_EXT_ZICSR,
      ISA_EXT_ZIFENCEI, ISA_EXT_ZBA,      ISA_EXT_ZBB,       ISA_EXT_ZBS,      ISA_EXT_V,      ISA_EXT_ZVFH,
      ISA_EXT_ZVFBFMIN, ISA_EXT_ZVFBFWMA, ISA_EXT_XKILNTILE, ISA_EXT_XKILNDMA, ISA_EXT_ZICOND, ISA_EXT_ZFH,
      ISA_EXT_ZFBFMIN,  ISA_EXT_C,        ISA_EXT_ZCD};
  IsaExtensions set = 0;
  for (size_t i = 0; i < sizeof used; i++)
    set |= ISA_EXTENSION_BIT(used[i]);
  return set;
}

bool target_parse_attributes(IsaExtensions *extensions, const char *list, Diagnostics *diagnostics) {
  while (*list) {
    size_t size = strcspn(list, ",");
    bool known = false;
    for (unsigned i = 0; i < ISA_EXTENSION_COUNT && size > 1; i++) {
      const char *name = isa_extension_name((IsaExtension)i);
      if (strlen(name) != size - 1 || memcmp(name, list + 1, size - 1) != 0 || (*list != '+' && *list != '-'))
        continue;
      known = true;
      IsaExtensions bit = ISA_EXTENSION_BIT(i);
      *extensions = *list == '+' ? *extensions | bit : *extensions & ~bit;
    }
    if (!known) {
      diagnose(diagnostics, DIAGNOSTIC_ERROR, (Place){0},
               "-mattr: '%.*s' is no +EXTENSION or -EXTENSION of this machine", (int)size, list);
      return false;
    }
    list += size + (list[size] == ',');
  }
  return true;
}
