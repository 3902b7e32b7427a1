// kiln-llc: the compiler's command line.
#include "target/target.h"

#include <stdlib.h>
#include <string.h>

typedef struct CommandLine {
  const char *level;
  const char *cpu;
  const char *machine;
  const char *attributes;
  const char *file_type;
  const char *contract;
  const char *output;
  StringList inputs;
  bool no_tensor;
  TargetOptions options;
} CommandLine;

static OptionResult read_command_line(CommandLine *c, int argc, char **argv, Diagnostics *diagnostics) {
  const Option options[] = {
      {"O", OPTION_PREFIX, &c->level, "LEVEL", "optimize: 0, 1, 2 (default) or 3", false},
      {"o", OPTION_STRING, &c->output, "FILE",
       "write to FILE (default: INPUT with .s or .o; - is standard output)", false},
      {"filetype", OPTION_STRING, &c->file_type, "TYPE", "asm (default), obj or null", false},
      {"mcpu", OPTION_STRING, &c->cpu, "NAME", "a built-in machine (default: k1)", false},
      {"machine", OPTION_STRING, &c->machine, "FILE", "a machine description", false},
      {"mattr", OPTION_STRING, &c->attributes, "LIST", "extensions to use or not: +zba,-zicond", false},
      {"llvm-passes", OPTION_STRING, &c->options.llvm_passes, "PIPELINE",
       "LLVM's passes to run first, instead of the level's", false},
      {"print-before", OPTION_LIST, &c->options.print_before, "PASS",
       "show the form before a pass (all: before each)", false},
      {"print-after", OPTION_LIST, &c->options.print_after, "PASS",
       "show the form after a pass (all: after each)", false},
      {"stop-after", OPTION_STRING, &c->options.stop_after, "PASS",
       "write the form after a pass instead of code", false},
      {"start-after", OPTION_STRING, &c->options.start_after, "PASS",
       "the input is what -stop-after=PASS wrote", false},
      {"tensor", OPTION_STRING, &c->options.tensor, "MODE",
       "loop nests on the machine's units: on, off, or for tests print, print-fused, regenerate, "
       "regenerate-parts",
       false},
      {"no-tensor", OPTION_FLAG, &c->no_tensor, NULL, "as -tensor=off", false},
      {"vector-math", OPTION_STRING, &c->options.vector_math, "MODE",
       "mathematical functions as vector instructions, within 1.25 units in the last place: on, off", false},
      {"fp-contract", OPTION_STRING, &c->contract, "MODE",
       "products that are added become fused multiply-adds: on (where LLVM IR allows it), fast (always)",
       false},
      {"noalias-arguments", OPTION_FLAG, &c->options.noalias_arguments, NULL,
       "take all pointers that functions are called with for noalias", false},
      {"verify-each", OPTION_FLAG, &c->options.verify_each, NULL,
       "check the form after every pass, and the register allocation", false},
      {"pass-remarks", OPTION_STRING, &c->options.remarks[TARGET_REMARK_PASSED], "REGEX",
       "say what the passes of these names did (also: -Rpass)", false},
      {"pass-remarks-missed", OPTION_STRING, &c->options.remarks[TARGET_REMARK_MISSED], "REGEX",
       "say what they could not do (also: -Rpass-missed)", false},
      {"pass-remarks-analysis", OPTION_STRING, &c->options.remarks[TARGET_REMARK_ANALYSIS], "REGEX",
       "say why (also: -Rpass-analysis)", false},
      {"Rpass", OPTION_STRING, &c->options.remarks[TARGET_REMARK_PASSED], "REGEX", "as -pass-remarks", false},
      {"Rpass-missed", OPTION_STRING, &c->options.remarks[TARGET_REMARK_MISSED], "REGEX",
       "as -pass-remarks-missed", false},
      {"Rpass-analysis", OPTION_STRING, &c->options.remarks[TARGET_REMARK_ANALYSIS], "REGEX",
       "as -pass-remarks-analysis", false},
      {"kiln-report", OPTION_STRING, &c->options.report, "FILE",
       "write what each loop nest became, its scratchpad and estimated cycles (FILE.json, FILE.html: as "
       "that)",
       false},
      {"function-sections", OPTION_FLAG, &c->options.function_sections, NULL,
       "put each function into a section of its own", false},
      {"data-sections", OPTION_FLAG, &c->options.data_sections, NULL,
       "put each variable into a section of its own", false},
      {"stats", OPTION_FLAG, &c->options.statistics, NULL, "show what the passes counted", false},
      {"time-passes", OPTION_FLAG, &c->options.time_passes, NULL, "show how long each pass took", false},
  };
  const OptionTable table = {"kiln-llc", "kiln-llc [options] INPUT.ll|INPUT.bc|-",
                             "Compiles LLVM IR to code for a Kiln machine.", options,
                             sizeof options / sizeof *options};
  return options_read(&table, argc, argv, &c->inputs, diagnostics);
}

static bool choose(CommandLine *c, Diagnostics *diagnostics) {
  Place nowhere = {0};
  if (c->no_tensor)
    c->options.tensor = "off";
  static const char *const modes[] = {"on", "off", "print", "print-fused", "regenerate", "regenerate-parts"};
  bool mode = !c->options.tensor;
  for (size_t i = 0; i < sizeof modes / sizeof *modes && !mode; i++)
    mode = strcmp(c->options.tensor, modes[i]) == 0;
  if (!mode) {
    diagnose(diagnostics, DIAGNOSTIC_ERROR, nowhere, "-tensor=%s: the modes are on and off",
             c->options.tensor);
    return false;
  }
  const char *math = c->options.vector_math;
  if (math && strcmp(math, "on") != 0 && strcmp(math, "off") != 0) {
    diagnose(diagnostics, DIAGNOSTIC_ERROR, nowhere, "-vector-math=%s: the modes are on and off", math);
    return false;
  }
  c->options.contract = c->contract && strcmp(c->contract, "fast") == 0;
  if (c->contract && !c->options.contract && strcmp(c->contract, "on") != 0) {
    diagnose(diagnostics, DIAGNOSTIC_ERROR, nowhere, "-fp-contract=%s: the modes are on and fast",
             c->contract);
    return false;
  }
  if (c->inputs.count != 1) {
    diagnose(diagnostics, DIAGNOSTIC_ERROR, nowhere,
             c->inputs.count ? "only one input can be compiled at a time" : "no input file");
    return false;
  }
  if (c->level) {
    if (strlen(c->level) != 1 || c->level[0] < '0' || c->level[0] > '3') {
      diagnose(diagnostics, DIAGNOSTIC_ERROR, nowhere, "-O%s: the levels are 0, 1, 2 and 3", c->level);
      return false;
    }
    c->options.level = (unsigned)(c->level[0] - '0');
  }
  static const char *const types[] = {"asm", "obj", "null"};
  bool known = !c->file_type;
  for (unsigned i = 0; i < 3 && !known; i++)
    if (strcmp(c->file_type, types[i]) == 0) {
      c->options.file_type = (TargetFileType)i;
      known = true;
    }
  if (!known)
    diagnose(diagnostics, DIAGNOSTIC_ERROR, nowhere, "-filetype=%s: the types are asm, obj and null",
             c->file_type);
  c->options.extensions = target_default_extensions();
  return known &&
         (!c->attributes || target_parse_attributes(&c->options.extensions, c->attributes, diagnostics));
}

// INPUT.ll gives INPUT.s or INPUT.o beside it; standard input goes to standard output.
static char *default_output(const char *input, TargetFileType type) {
  if (strcmp(input, "-") == 0)
    return strdup("-");
  size_t size = strlen(input);
  if (size > 3 && (strcmp(input + size - 3, ".ll") == 0 || strcmp(input + size - 3, ".bc") == 0))
    size -= 3;
  Text text = {0};
  text_append(&text, input, size);
  text_append_string(&text, type == TARGET_OBJECT ? ".o" : ".s");
  return text.data;
}

// -mcpu=help and -mattr=help are answered on standard output. False: neither was asked.
static bool answer_help(const CommandLine *c) {
  bool machines = c->cpu && strcmp(c->cpu, "help") == 0;
  bool extensions = c->attributes && strcmp(c->attributes, "help") == 0;
  if (machines) {
    puts("Machines for -mcpu:");
    for (size_t i = 0; machine_builtin_name(i); i++)
      printf("  %s\n", machine_builtin_name(i));
  }
  if (extensions) {
    puts("Extensions for -mattr (+NAME, -NAME); those with * are used unless -mattr says otherwise:");
    for (unsigned i = 0; i < ISA_EXTENSION_COUNT; i++)
      printf("  %s%s\n", isa_extension_name((IsaExtension)i),
             target_default_extensions() & ISA_EXTENSION_BIT(i) ? " *" : "");
  }
  return machines || extensions;
}

static bool run(CommandLine *c, Diagnostics *diagnostics) {
  Machine machine;
  FileData input = {0};
  if (!choose(c, diagnostics) || !machine_choose(&machine, c->cpu, c->machine, diagnostics) ||
      !file_read(&input, c->inputs.data[0], diagnostics))
    return false;
  char *output = c->output ? strdup(c->output) : default_output(c->inputs.data[0], c->options.file_type);
  TargetReport report = {0};
  bool ok = target_compile(&c->options, &machine, &input, output, &report, diagnostics);
  fputs(text_string(&report.dumps), stderr);
  fputs(text_string(&report.timing), stderr);
  if (ok && c->options.report)
    ok = file_write(c->options.report, text_string(&report.nests), report.nests.count, false, diagnostics);
  text_free(&report.nests);
  text_free(&report.dumps);
  text_free(&report.timing);
  free(output);
  file_free(&input);
  return ok;
}

int main(int argc, char **argv) {
  Diagnostics diagnostics;
  diagnostics_start(&diagnostics, "kiln-llc");
  CommandLine c = {.options = {.level = 2}};
#if !defined(NDEBUG) && !defined(__OPTIMIZE__)
  c.options.verify_each = true;
#endif
  OptionResult result = read_command_line(&c, argc, argv, &diagnostics);
  bool ok = result == OPTIONS_STOP || (result == OPTIONS_RUN && answer_help(&c)) ||
            (result == OPTIONS_RUN && run(&c, &diagnostics));
  diagnostics_flush(&diagnostics, stderr);
  diagnostics_free(&diagnostics);
  string_list_free(&c.inputs);
  string_list_free(&c.options.print_before);
  string_list_free(&c.options.print_after);
  return ok ? 0 : 1;
}
