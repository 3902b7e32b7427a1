// kiln-sim: runs a program on a simulated Kiln machine, or calls one of its functions on tensors from files.
#include "sim/sim.h"
#include "support/file.h"
#include "support/options.h"
#include "support/vec.h"

#include <errno.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

// Exit codes of the tool; a program that ends itself gives its own. docs/simulator.md lists them.
enum {
  EXIT_BAD_INPUT = 1,
  EXIT_TRAP = 120,
  EXIT_INSTRUCTION_LIMIT = 121,
  EXIT_CYCLE_LIMIT = 122,
  EXIT_FINDINGS = 123,
  EXIT_TIME_LIMIT = 124,
  EXIT_DEBUGGER = 125,
};

typedef struct Arguments {
  const char *machine_name;
  const char *machine_file;
  const char *call;
  const char *abi;
  const char *result;
  const char *stats;   // NULL: none; "" or "text", "json"
  const char *check;   // NULL: none
  const char *profile; // NULL: none; "": standard output
  const char *folded;  // files, NULL: none
  const char *trace;
  const char *roofline;
  const char *gdb; // port, NULL: none
  StringList regions;
  const char *nests; // NULL: none; "": standard output
  StringList arguments;
  StringList positional;
  uint64_t max_instructions;
  uint64_t max_cycles;
  uint64_t timeout;
  bool no_timing;
  bool stepwise;
} Arguments;

static OptionResult read_options(Arguments *arguments, int argc, char **argv, Diagnostics *diagnostics) {
  const Option options[] = {
      {"mcpu", OPTION_STRING, &arguments->machine_name, "NAME", "simulate this built-in machine", false},
      {"machine", OPTION_STRING, &arguments->machine_file, "FILE", "simulate the machine described in FILE",
       false},
      {"call", OPTION_STRING, &arguments->call, "FUNCTION",
       "call this function instead of running the program", false},
      {"arg", OPTION_LIST, &arguments->arguments, "ARGUMENT",
       "argument of the call: in:FILE.npy, inout:FILE.npy, out:FILE.npy:TYPE:SHAPE (out:C.npy:int32:64x64), "
       "or "
       "TYPE:VALUE (i64:64, f32:1.5)",
       false},
      {"abi", OPTION_STRING, &arguments->abi, "ABI",
       "how tensors are passed: bare (default), memref or ciface", false},
      {"ret", OPTION_STRING, &arguments->result, "TYPE",
       "print what the call returns as this type (i64, f32, ...)", false},
      {"stats", OPTION_STRING, &arguments->stats, "text|json", "print what was counted at the end", true},
      {"check", OPTION_STRING, &arguments->check, "dma|spm|mem|all",
       "look for races with transfers and drains, reads of unwritten scratchpad, accesses outside what the "
       "program owns (several joined by ',')",
       false},
      {"profile", OPTION_STRING, &arguments->profile, "FILE",
       "print cycles, stalls and energy of functions, source lines and instructions, or write them to FILE "
       "(FILE.json: as JSON)",
       true},
      {"region", OPTION_LIST, &arguments->regions, "SYMBOL|PREFIX*|NAME=FROM,TO",
       "count this range of code by itself too, with what it calls; --stats prints it", false},
      {"nests", OPTION_STRING, &arguments->nests, "FILE",
       "print what each loop nest became, its estimate and what it took, or write them to FILE (FILE.json, "
       "FILE.html: as that)",
       true},
      {"folded", OPTION_STRING, &arguments->folded, "FILE",
       "write the cycles of each chain of calls to FILE, for flame graphs", false},
      {"trace", OPTION_STRING, &arguments->trace, "FILE.json",
       "write what each unit did when to FILE, for Perfetto and chrome://tracing", false},
      {"roofline", OPTION_STRING, &arguments->roofline, "FILE.svg",
       "draw the program and its functions under the machine's roofline", false},
      {"gdb", OPTION_STRING, &arguments->gdb, "PORT",
       "wait for GDB on this port of 127.0.0.1 (0: a free one) and let it drive the program", false},
      {"no-timing", OPTION_FLAG, &arguments->no_timing, NULL, "do not keep cycles: faster", false},
      {"stepwise", OPTION_FLAG, &arguments->stepwise, NULL,
       "time every instruction by itself: the same numbers, slower", false},
      {"max-instructions", OPTION_NUMBER, &arguments->max_instructions, "N", "stop after N instructions",
       false},
      {"max-cycles", OPTION_NUMBER, &arguments->max_cycles, "N", "stop after N cycles", false},
      {"timeout", OPTION_NUMBER, &arguments->timeout, "SECONDS", "stop after this time on the host", false},
  };
  const OptionTable table = {"kiln-sim", "kiln-sim [options] PROGRAM [ARGUMENT...]",
                             "Runs a program on a simulated Kiln machine, or calls one of its functions.",
                             options, sizeof options / sizeof options[0]};
  return options_read(&table, argc, argv, &arguments->positional, diagnostics);
}

// What the progress line needs: the clock, and whether it is on the terminal now.
typedef struct Progress {
  uint64_t clock_mhz;
  bool shown;
} Progress;

static const char erase_line[] = "\r\033[K";

static void show_progress(void *context, uint64_t instructions, uint64_t cycles) {
  Progress *progress = context;
  fprintf(stderr, "%s%.0f million instructions", erase_line, (double)instructions / 1e6);
  if (cycles)
    fprintf(stderr, ", %.3f ms simulated", (double)cycles / (double)progress->clock_mhz / 1e3);
  fflush(stderr);
  progress->shown = true;
}

static void hide_progress(Progress *progress) {
  if (progress->shown)
    fputs(erase_line, stderr);
  progress->shown = false;
}

static void console_write(void *context, int stream, const void *data, size_t size) {
  hide_progress(context);
  FILE *file = stream == 2 ? stderr : stdout;
  if (stream == 2)
    fflush(stdout);
  fwrite(data, 1, size, file);
}

static size_t console_read(void *context, void *data, size_t size) {
  (void)context;
  fflush(stdout);
  char *line = data;
  size_t count = 0;
  // A line at a time, so that an interactive program answers each.
  while (count < size) {
    int c = getchar();
    if (c == EOF)
      break;
    line[count++] = (char)c;
    if (c == '\n')
      break;
  }
  return count;
}

// The arguments of a call as they are read from the command line.
typedef struct Operands {
  VEC(SimArgument) list;
  VEC(const char *) paths; // of each argument: where an output goes, else NULL
} Operands;

static bool reject(Diagnostics *diagnostics, const char *argument, const char *reason) {
  diagnose(diagnostics, DIAGNOSTIC_ERROR, (Place){0}, "--arg %s: %s", argument, reason);
  return false;
}

static bool parse_shape(const char *text, unsigned *rank, uint64_t *sizes) {
  *rank = 0;
  if (*text == 0)
    return true; // a scalar in memory
  for (;;) {
    char *end;
    errno = 0;
    if (*text < '0' || *text > '9' || *rank == SIM_MAX_RANK)
      return false;
    sizes[(*rank)++] = strtoull(text, &end, 10);
    if (errno)
      return false;
    if (*end == 0)
      return true;
    if (*end != 'x')
      return false;
    text = end + 1;
  }
}

static bool is_float(SimType type) {
  return type == SIM_FLOAT16 || type == SIM_BFLOAT16 || type == SIM_FLOAT32 || type == SIM_FLOAT64;
}
static bool is_unsigned(SimType type) {
  return type == SIM_UINT8 || type == SIM_UINT16 || type == SIM_UINT32 || type == SIM_UINT64 ||
         type == SIM_BOOL;
}

static bool parse_integer(SimArgument *argument, const char *text) {
  char *end;
  errno = 0;
  unsigned bits = argument->type == SIM_BOOL ? 1 : 8 * sim_type_bytes(argument->type);
  bool negative = *text == '-';
  uint64_t magnitude = strtoull(text + negative, &end, 0);
  if (errno || *end || text[negative] < '0' || text[negative] > '9')
    return false;
  // A signed type takes what fits as signed and, as a bit pattern, what fits as unsigned.
  uint64_t largest = bits == 64 ? UINT64_MAX : (UINT64_C(1) << bits) - 1;
  uint64_t limit = !negative ? largest : is_unsigned(argument->type) ? 0 : largest / 2 + 1;
  argument->kind = SIM_ARGUMENT_INTEGER;
  argument->bits = negative ? -magnitude : magnitude;
  return magnitude <= limit;
}

static bool parse_float(SimArgument *argument, const char *text) {
  char *end;
  double value = strtod(text, &end);
  if (end == text || *end)
    return false;
  argument->kind = SIM_ARGUMENT_FLOAT;
  argument->bits = sim_float_bits(argument->type, value);
  return true;
}

static bool parse_scalar(SimArgument *argument, const char *text, const char *value,
                         Diagnostics *diagnostics) {
  if (!sim_type_find(&argument->type, text, (size_t)(value - text)))
    return reject(diagnostics, text, "neither in:, inout:, out: nor the name of a type before the ':'");
  bool good =
      is_float(argument->type) ? parse_float(argument, value + 1) : parse_integer(argument, value + 1);
  return good ||
         reject(diagnostics, text, is_float(argument->type) ? "not a number" : "not an integer of that type");
}

// [:TYPE[:SHAPE]] behind the path of a tensor. Sets what is given.
typedef struct Expected {
  bool has_type;
  bool has_shape;
  SimType type;
  unsigned rank;
  uint64_t sizes[SIM_MAX_RANK];
} Expected;

static bool parse_expected(Expected *expected, const char *whole, const char *text,
                           Diagnostics *diagnostics) {
  *expected = (Expected){0};
  if (!text)
    return true;
  const char *shape = strchr(text, ':');
  size_t length = shape ? (size_t)(shape - text) : strlen(text);
  if (!sim_type_find(&expected->type, text, length))
    return reject(diagnostics, whole, "unknown element type behind the file name");
  expected->has_type = true;
  expected->has_shape = shape != NULL;
  if (shape && !parse_shape(shape + 1, &expected->rank, expected->sizes))
    return reject(diagnostics, whole, "the shape is not sizes joined by 'x'");
  return true;
}

// uint16 and V2 both hold the bit patterns of bfloat16.
static bool same_type(SimType found, SimType wanted) {
  return found == wanted || (wanted == SIM_BFLOAT16 && found == SIM_UINT16);
}

static bool check_expected(const Expected *expected, const SimTensor *tensor, const char *whole,
                           Diagnostics *diagnostics) {
  if (expected->has_type && !same_type(tensor->type, expected->type)) {
    diagnose(diagnostics, DIAGNOSTIC_ERROR, (Place){0}, "--arg %s: the file has elements of type %s", whole,
             sim_type_name(tensor->type));
    return false;
  }
  if (!expected->has_shape)
    return true;
  if (expected->rank == tensor->rank &&
      memcmp(expected->sizes, tensor->sizes, tensor->rank * sizeof tensor->sizes[0]) == 0)
    return true;
  Text shape = {0};
  for (unsigned i = 0; i < tensor->rank; i++)
    text_format(&shape, i ? "x%" PRIu64 : "%" PRIu64, tensor->sizes[i]);
  diagnose(diagnostics, DIAGNOSTIC_ERROR, (Place){0}, "--arg %s: the file has shape %s", whole,
           tensor->rank ? text_string(&shape) : "() (a scalar)");
  text_free(&shape);
  return false;
}

static const char *strip(const char *text, const char *prefix) {
  size_t length = strlen(prefix);
  return strncmp(text, prefix, length) == 0 ? text + length : NULL;
}

// DIRECTION:PATH[:TYPE[:SHAPE]]
static bool parse_tensor(Arena *arena, Operands *operands, const char *whole, const char *text,
                         SimDirection direction, Diagnostics *diagnostics) {
  const char *colon = strchr(text, ':');
  const char *path = colon ? arena_copy_text(arena, text, (size_t)(colon - text)) : text;
  Expected expected;
  if (*path == 0)
    return reject(diagnostics, whole, "no file name");
  if (!parse_expected(&expected, whole, colon ? colon + 1 : NULL, diagnostics))
    return false;
  SimTensor *tensor = ARENA_NEW(arena, SimTensor);
  if (direction == SIM_OUT) {
    if (!expected.has_shape)
      return reject(diagnostics, whole, "an output needs type and shape: out:FILE.npy:int32:64x64");
    if (!sim_tensor_new(tensor, expected.type, expected.rank, expected.sizes))
      return reject(diagnostics, whole, "the output is too large for the host");
  } else {
    if (!sim_npy_read(tensor, path, diagnostics))
      return false;
    if (!check_expected(&expected, tensor, whole, diagnostics)) {
      sim_tensor_free(tensor);
      return false;
    }
  }
  SimArgument argument = {.kind = SIM_ARGUMENT_TENSOR, .tensor = tensor, .direction = direction};
  VEC_PUSH(&operands->list, argument);
  VEC_PUSH(&operands->paths, direction == SIM_IN ? NULL : path);
  return true;
}

static bool parse_argument(Arena *arena, Operands *operands, const char *text, Diagnostics *diagnostics) {
  const char *rest;
  if ((rest = strip(text, "in:")))
    return parse_tensor(arena, operands, text, rest, SIM_IN, diagnostics);
  if ((rest = strip(text, "inout:")))
    return parse_tensor(arena, operands, text, rest, SIM_INOUT, diagnostics);
  if ((rest = strip(text, "out:")))
    return parse_tensor(arena, operands, text, rest, SIM_OUT, diagnostics);
  const char *colon = strchr(text, ':');
  if (!colon)
    return reject(diagnostics, text, "expected in:FILE, inout:FILE, out:FILE:TYPE:SHAPE or TYPE:VALUE");
  SimArgument argument = {0};
  if (!parse_scalar(&argument, text, colon, diagnostics))
    return false;
  VEC_PUSH(&operands->list, argument);
  VEC_PUSH(&operands->paths, NULL);
  return true;
}

static bool find_abi(SimAbi *abi, const char *name, Diagnostics *diagnostics) {
  static const char *const names[] = {
      [SIM_ABI_BARE] = "bare", [SIM_ABI_MEMREF] = "memref", [SIM_ABI_CIFACE] = "ciface"};
  *abi = SIM_ABI_BARE;
  for (unsigned i = 0; name && i < sizeof names / sizeof names[0]; i++)
    if (strcmp(names[i], name) == 0) {
      *abi = (SimAbi)i;
      return true;
    }
  if (name)
    diagnose(diagnostics, DIAGNOSTIC_ERROR, (Place){0},
             "--abi=%s: the conventions are bare, memref and ciface", name);
  return !name;
}

static void print_result(const Sim *sim, SimType type) {
  if (is_float(type)) {
    printf("%.17g\n", sim_float_value(type, sim_result_float(sim)));
    return;
  }
  uint64_t value = sim_result_integer(sim);
  unsigned unused = 64 - (type == SIM_BOOL ? 1 : 8 * sim_type_bytes(type));
  if (is_unsigned(type))
    printf("%" PRIu64 "\n", value << unused >> unused);
  else
    printf("%" PRId64 "\n", (int64_t)(value << unused) >> unused);
}

// Writes every output or, when one cannot be, says so; each file appears whole or not at all.
static bool write_outputs(const Operands *operands, Diagnostics *diagnostics) {
  bool good = true;
  for (size_t i = 0; i < operands->list.count; i++) {
    if (!operands->paths.data[i])
      continue;
    Text file = {0};
    sim_npy_format(&file, operands->list.data[i].tensor);
    good &= file_write(operands->paths.data[i], file.data, file.count, false, diagnostics);
    text_free(&file);
  }
  return good;
}

static int exit_code_of(const Sim *sim, SimStop stop) {
  switch (stop) {
  case SIM_STOP_EXIT:
    return sim_exit_code(sim);
  case SIM_STOP_RETURN:
    return 0;
  case SIM_STOP_TRAP:
    return EXIT_TRAP;
  case SIM_STOP_INSTRUCTIONS:
    return EXIT_INSTRUCTION_LIMIT;
  case SIM_STOP_CYCLES:
    return EXIT_CYCLE_LIMIT;
  case SIM_STOP_TIMEOUT:
    return EXIT_TIME_LIMIT;
  case SIM_STOP_DEBUGGER:
    return EXIT_DEBUGGER;
  case SIM_STOP_BAD_CALL:
    break;
  }
  return EXIT_BAD_INPUT;
}

static int call_function(Sim *sim, const Arguments *arguments, const Operands *operands, SimAbi abi,
                         Diagnostics *diagnostics) {
  SimType type = SIM_INT64;
  if (arguments->result && !sim_type_find(&type, arguments->result, strlen(arguments->result))) {
    diagnose(diagnostics, DIAGNOSTIC_ERROR, (Place){0}, "--ret=%s: unknown type", arguments->result);
    return EXIT_BAD_INPUT;
  }
  SimStop stop = sim_call(sim, arguments->call, abi, operands->list.data, operands->list.count, diagnostics);
  if (stop == SIM_STOP_RETURN) {
    if (!write_outputs(operands, diagnostics))
      return EXIT_BAD_INPUT;
    if (arguments->result)
      print_result(sim, type);
  }
  return exit_code_of(sim, stop);
}

static void print_stats(const Sim *sim, const char *format) {
  Text report = {0};
  if (strcmp(format, "json") == 0)
    sim_stats_json(sim, &report);
  else
    sim_stats_text(sim, &report);
  fputs(text_string(&report), stdout);
  text_free(&report);
}

// Writes a report to its file, or to standard output for "", and frees it.
static bool write_text(Text *report, const char *path, Diagnostics *diagnostics) {
  bool good = true;
  if (*path)
    good = file_write(path, text_string(report), report->count, false, diagnostics);
  else
    fputs(text_string(report), stdout);
  text_free(report);
  return good;
}

static bool write_report(const Sim *sim, const char *path, void (*make)(const Sim *, Text *),
                         Diagnostics *diagnostics) {
  if (!path)
    return true;
  Text report = {0};
  make(sim, &report);
  return write_text(&report, path, diagnostics);
}

static bool write_nests(const Sim *sim, const char *path, Diagnostics *diagnostics) {
  if (!path)
    return true;
  Text report = {0};
  size_t count = 0;
  const NestReport *nests = sim_nests(sim, &count);
  nests_format(path)(&report, sim_machine(sim), nests, count);
  return write_text(&report, path, diagnostics);
}

static bool names_json(const char *path) {
  size_t length = path ? strlen(path) : 0;
  return length > 5 && strcmp(path + length - 5, ".json") == 0;
}

static bool write_reports(const Sim *sim, const Arguments *arguments, Diagnostics *diagnostics) {
  bool good = write_report(sim, arguments->profile,
                           names_json(arguments->profile) ? sim_profile_json : sim_profile_text, diagnostics);
  good &= write_nests(sim, arguments->nests, diagnostics);
  good &= write_report(sim, arguments->folded, sim_profile_folded, diagnostics);
  good &= write_report(sim, arguments->trace, sim_trace_json, diagnostics);
  good &= write_report(sim, arguments->roofline, sim_roofline_svg, diagnostics);
  return good;
}

static int simulate(const Arguments *arguments, SimOptions *options, Arena *arena, Operands *operands,
                    Diagnostics *diagnostics) {
  SimAbi abi;
  if (!find_abi(&abi, arguments->abi, diagnostics))
    return EXIT_BAD_INPUT;
  bool good = true;
  for (size_t i = 0; i < arguments->arguments.count; i++)
    good &= parse_argument(arena, operands, arguments->arguments.data[i], diagnostics);
  Sim *sim = good ? sim_load(arguments->positional.data[0], options, diagnostics) : NULL;
  if (!sim)
    return EXIT_BAD_INPUT;
  Progress *progress = options->progress_context;
  progress->clock_mhz = sim_machine(sim)->clock_mhz;
  int code = arguments->call ? call_function(sim, arguments, operands, abi, diagnostics)
                             : exit_code_of(sim, sim_run(sim, diagnostics));
  hide_progress(progress);
  if (arguments->stats)
    print_stats(sim, arguments->stats);
  if (sim_check_findings(sim))
    code = EXIT_FINDINGS;
  if (!write_reports(sim, arguments, diagnostics))
    code = EXIT_BAD_INPUT;
  sim_free(sim);
  return code;
}

// Reads a list of checks. False, with an error, when one is unknown.
static bool find_checks(unsigned *checks, const char *names, Diagnostics *diagnostics) {
  static const struct {
    const char *name;
    SimCheck check;
  } known[] = {
      {"dma", SIM_CHECK_DMA}, {"spm", SIM_CHECK_SPM}, {"mem", SIM_CHECK_MEM}, {"all", SIM_CHECK_ALL}};
  *checks = 0;
  for (const char *name = names; name;) {
    size_t length = strcspn(name, ",");
    unsigned before = *checks;
    bool found = false;
    for (size_t i = 0; i < sizeof known / sizeof known[0]; i++)
      if (strlen(known[i].name) == length && memcmp(known[i].name, name, length) == 0) {
        *checks = before | known[i].check;
        found = true;
      }
    if (!found) {
      diagnose(diagnostics, DIAGNOSTIC_ERROR, (Place){0}, "--check=%s: the checks are dma, spm, mem and all",
               names);
      return false;
    }
    name = name[length] ? name + length + 1 : NULL;
  }
  return true;
}

static bool check_usage(const Arguments *arguments, Diagnostics *diagnostics) {
  const char *problem = NULL;
  if (arguments->positional.count == 0)
    problem = "no program given";
  else if (!arguments->call && (arguments->arguments.count || arguments->abi || arguments->result))
    problem = "--arg, --abi and --ret belong to --call";
  else if (arguments->call && arguments->positional.count > 1)
    problem = "a call takes its arguments by --arg";
  else if (arguments->no_timing && arguments->max_cycles)
    problem = "--max-cycles needs timing";
  else if (arguments->no_timing && (arguments->profile || arguments->folded || arguments->trace ||
                                    arguments->roofline || arguments->regions.count || arguments->nests))
    problem = "--profile, --folded, --trace, --roofline, --region and --nests need timing";
  else if (arguments->stats && *arguments->stats && strcmp(arguments->stats, "text") != 0 &&
           strcmp(arguments->stats, "json") != 0)
    problem = "--stats is text or json";
  if (problem)
    diagnose(diagnostics, DIAGNOSTIC_ERROR, (Place){0}, "%s", problem);
  return !problem;
}

static int run(Arguments *arguments, Diagnostics *diagnostics) {
  Machine machine;
  bool chosen = arguments->machine_name || arguments->machine_file;
  unsigned checks = 0;
  char *end = NULL;
  unsigned long port = arguments->gdb ? strtoul(arguments->gdb, &end, 10) : 0;
  if (arguments->gdb && (*arguments->gdb < '0' || *arguments->gdb > '9' || *end || port > UINT16_MAX)) {
    diagnose(diagnostics, DIAGNOSTIC_ERROR, (Place){0}, "--gdb=%s: not a port", arguments->gdb);
    return EXIT_BAD_INPUT;
  }
  if (!check_usage(arguments, diagnostics) || !find_checks(&checks, arguments->check, diagnostics) ||
      (chosen && !machine_choose(&machine, arguments->machine_name, arguments->machine_file, diagnostics)))
    return EXIT_BAD_INPUT;
  Progress progress = {0};
  SimOptions options = {
      .machine = chosen ? &machine : NULL,
      .timing = !arguments->no_timing,
      .stepwise = arguments->stepwise,
      .max_instructions = arguments->max_instructions,
      .max_cycles = arguments->max_cycles,
      .timeout_seconds = (double)arguments->timeout,
      .checks = checks,
      .profile = arguments->profile || arguments->folded || arguments->roofline,
      .regions = arguments->regions.data,
      .region_count = arguments->regions.count,
      .nests = arguments->nests != NULL,
      .trace = arguments->trace != NULL,
      .gdb = arguments->gdb != NULL,
      .gdb_port = (unsigned)port,
      .host_files = true,
      .progress = isatty(STDERR_FILENO) ? show_progress : NULL,
      .progress_context = &progress,
      .console = {&progress, console_write, console_read},
      .arguments = arguments->positional.data,
      .argument_count = arguments->positional.count,
  };
  Arena arena = {0};
  Operands operands = {0};
  int code = simulate(arguments, &options, &arena, &operands, diagnostics);
  for (size_t i = 0; i < operands.list.count; i++)
    if (operands.list.data[i].tensor)
      sim_tensor_free(operands.list.data[i].tensor);
  VEC_FREE(&operands.list);
  VEC_FREE(&operands.paths);
  arena_free(&arena);
  return code;
}

int main(int argc, char **argv) {
  Diagnostics diagnostics;
  diagnostics_start(&diagnostics, "kiln-sim");
  Arguments arguments = {0};
  OptionResult result = read_options(&arguments, argc, argv, &diagnostics);
  int code = result == OPTIONS_STOP ? 0 : EXIT_BAD_INPUT;
  if (result == OPTIONS_RUN)
    code = run(&arguments, &diagnostics);
  if (fflush(stdout) != 0 || ferror(stdout)) {
    diagnose(&diagnostics, DIAGNOSTIC_ERROR, (Place){0}, "cannot write standard output: %s", strerror(errno));
    code = EXIT_BAD_INPUT;
  }
  diagnostics_flush(&diagnostics, stderr);
  diagnostics_free(&diagnostics);
  string_list_free(&arguments.regions);
  string_list_free(&arguments.arguments);
  string_list_free(&arguments.positional);
  return code;
}
