// kiln-ld: reads the files, has them linked, writes the executable.
#include "linker/inputs.h"
#include "linker/response.h"
#include "support/file.h"
#include "support/options.h"
#include "support/vec.h"

#include <stdlib.h>
#include <string.h>
#include <unistd.h>

typedef struct Command {
  const char *output;
  const char *entry;
  const char *map;
  const char *machine_name;
  const char *machine_file;
  uint64_t threads;
  const char *script;
  const char *build_id;
  bool strip_all;
  bool strip_debug;
  bool print_memory_usage;
  StringList wrapped;
  StringList why;
  bool gc_sections;
  bool print_gc_sections;
  bool relax;
  bool no_relax;
  bool relax_gp;
  bool no_relax_gp;
  StringList undefined;
  StringList definitions;
  StringList folders;
  StringList libraries;
  StringList files;
  const char *optimize;
  const char *icf;
  const char *sort_section;
  bool frame_header;
  bool no_frame_header;
  bool relocatable;
  bool discard_all;
  bool discard_locals;
  bool emit_relocations;
  bool start_group; // archives are searched in any order, so groups mean nothing
  bool end_group;
  bool is_static;
} Command;

static OptionResult read_command(Command *command, int argc, char **argv, Diagnostics *diagnostics) {
  const Option options[] = {
      {"o", OPTION_STRING, &command->output, "FILE", "write the executable to FILE (default: a.out)", false},
      {"e", OPTION_STRING, &command->entry, "SYMBOL", "start at SYMBOL (default: _start, when defined)",
       false},
      {"entry", OPTION_STRING, &command->entry, "SYMBOL", "as -e", false},
      {"Map", OPTION_STRING, &command->map, "FILE", "write what went where to FILE", false},
      {"gc-sections", OPTION_FLAG, &command->gc_sections, NULL, "discard sections that nothing reaches",
       false},
      {"print-gc-sections", OPTION_FLAG, &command->print_gc_sections, NULL,
       "list what --gc-sections discards", false},
      {"relax", OPTION_FLAG, &command->relax, NULL, "shorten instructions (the default)", false},
      {"no-relax", OPTION_FLAG, &command->no_relax, NULL, "leave instructions as they are", false},
      {"relax-gp", OPTION_FLAG, &command->relax_gp, NULL,
       "let instructions start from gp (the default, when __global_pointer$ is referenced)", false},
      {"no-relax-gp", OPTION_FLAG, &command->no_relax_gp, NULL, "shorten instructions without gp", false},
      {"u", OPTION_LIST, &command->undefined, "SYMBOL", "treat SYMBOL as referenced", false},
      {"undefined", OPTION_LIST, &command->undefined, "SYMBOL", "as -u", false},
      {"defsym", OPTION_LIST, &command->definitions, "NAME=VALUE", "define NAME as a number or SYMBOL+NUMBER",
       false},
      {"L", OPTION_PREFIX_LIST, &command->folders, "FOLDER", "look for -l libraries in FOLDER", false},
      {"l", OPTION_PREFIX_LIST, &command->libraries, "NAME", "link libNAME.a", false},
      {"mcpu", OPTION_STRING, &command->machine_name, "NAME", "the machine: k1, k0 (default: the inputs')",
       false},
      {"machine", OPTION_STRING, &command->machine_file, "FILE", "the machine's description", false},
      {"T", OPTION_PREFIX, &command->script, "FILE", "lay out by the GNU linker script FILE", false},
      {"script", OPTION_STRING, &command->script, "FILE", "as -T", false},
      {"wrap", OPTION_LIST, &command->wrapped, "SYMBOL",
       "let references to SYMBOL mean __wrap_SYMBOL, and to __real_SYMBOL SYMBOL", false},
      {"why", OPTION_LIST, &command->why, "SYMBOL", "show the chain of references that pulls SYMBOL in",
       false},
      {"print-memory-usage", OPTION_FLAG, &command->print_memory_usage, NULL, "show how full memory is",
       false},
      {"build-id", OPTION_STRING, &command->build_id, "KIND",
       "add a note with a hash of the file: sha1 (the default) or none", true},
      {"r", OPTION_FLAG, &command->relocatable, NULL, "make one object of the inputs, to be linked again",
       false},
      {"relocatable", OPTION_FLAG, &command->relocatable, NULL, "as -r", false},
      {"emit-relocs", OPTION_FLAG, &command->emit_relocations, NULL, "keep relocations in the executable",
       false},
      {"q", OPTION_FLAG, &command->emit_relocations, NULL, "as --emit-relocs", false},
      {"icf", OPTION_STRING, &command->icf, "KIND",
       "fold identical functions: safe (those whose address is not compared) or none (the default)", false},
      {"sort-section", OPTION_STRING, &command->sort_section, "KEY",
       "order input sections by name or alignment where a script does not say", false},
      {"eh-frame-hdr", OPTION_FLAG, &command->frame_header, NULL, "add a table by which unwinders search",
       false},
      {"no-eh-frame-hdr", OPTION_FLAG, &command->no_frame_header, NULL, "add none (the default)", false},
      {"O", OPTION_PREFIX, &command->optimize, "LEVEL",
       "0: leave mergeable sections as they are; 2: share the ends of strings (default: 1)", false},
      {"strip-all", OPTION_FLAG, &command->strip_all, NULL, "leave out symbols and debugging information",
       false},
      {"s", OPTION_FLAG, &command->strip_all, NULL, "as --strip-all", false},
      {"x", OPTION_FLAG, &command->discard_all, NULL, "leave out local symbols", false},
      {"discard-all", OPTION_FLAG, &command->discard_all, NULL, "as -x", false},
      {"X", OPTION_FLAG, &command->discard_locals, NULL, "accepted; compilers' .L symbols are left out",
       false},
      {"discard-locals", OPTION_FLAG, &command->discard_locals, NULL, "as -X", false},
      {"strip-debug", OPTION_FLAG, &command->strip_debug, NULL, "leave out debugging information", false},
      {"S", OPTION_FLAG, &command->strip_debug, NULL, "as --strip-debug", false},
      {"threads", OPTION_NUMBER, &command->threads, "N",
       "work on N threads (default: a processor's each, 2 at most)", false},
      {"start-group", OPTION_FLAG, &command->start_group, NULL,
       "accepted; archives are searched in any order", false},
      {"end-group", OPTION_FLAG, &command->end_group, NULL, "accepted; see --start-group", false},
      {"static", OPTION_FLAG, &command->is_static, NULL, "accepted; every link is static", false},
  };
  OptionTable table = {"kiln-ld", "kiln-ld [options] FILE...",
                       "Links RISC-V objects and archives into an executable for a Kiln machine.", options,
                       sizeof(options) / sizeof(options[0])};
  return options_read(&table, argc, argv, &command->files, diagnostics);
}

// The first libNAME.a in the folders of -L, in their order.
static const char *find_library(const Command *command, const char *name, Arena *arena,
                                Diagnostics *diagnostics) {
  for (size_t i = 0; i < command->folders.count; i++) {
    const char *path = arena_format(arena, "%s/lib%s.a", command->folders.data[i], name);
    if (access(path, R_OK) == 0)
      return path;
  }
  diagnose(diagnostics, DIAGNOSTIC_ERROR, place_named(NULL),
           "-l%s: lib%s.a is in none of the folders given with -L", name, name);
  return NULL;
}

// For the linker: a file that an input names.
typedef struct Loader {
  const Command *command;
  Inputs *inputs;
  Arena *arena;
  Diagnostics *diagnostics;
} Loader;

static bool load_file(void *context, const char *path, LinkerInput *input) {
  const Loader *loader = context;
  if (strncmp(path, "-l", 2) == 0)
    path = find_library(loader->command, path + 2, loader->arena, loader->diagnostics);
  else
    path = arena_copy_text(loader->arena, path, strlen(path)); // the name of the input lives as long as it
  for (size_t i = 0; path && path[0] != '/' && access(path, R_OK) != 0 && i < loader->command->folders.count;
       i++) {
    const char *found = arena_format(loader->arena, "%s/%s", loader->command->folders.data[i], path);
    if (access(found, R_OK) == 0)
      path = found;
  }
  if (!path)
    return false;
  return inputs_load(loader->inputs, path, input, loader->diagnostics);
}

static bool read_files(const Command *command, Inputs *inputs, unsigned threads, Arena *arena,
                       Diagnostics *diagnostics) {
  StringList paths = {0};
  bool good = true;
  for (size_t i = 0; i < command->files.count; i++)
    string_list_add(&paths, command->files.data[i]);
  for (size_t i = 0; i < command->libraries.count; i++) {
    const char *path = find_library(command, command->libraries.data[i], arena, diagnostics);
    good = path && good;
    if (path)
      string_list_add(&paths, path);
  }
  good = inputs_read(inputs, paths.data, paths.count, threads, diagnostics) && good;
  string_list_free(&paths);
  if (good && !inputs->list.count) {
    diagnose(diagnostics, DIAGNOSTIC_ERROR, place_named(NULL), "no input files");
    return false;
  }
  return good;
}

static bool write_texts(const Command *command, const LinkerOutput *output, Diagnostics *diagnostics) {
  fputs(text_string(&output->why), stdout);
  fputs(text_string(&output->usage), stdout);
  if (command->print_gc_sections)
    fputs(text_string(&output->discarded), stdout);
  return !command->map || file_write(command->map, output->map.data, output->map.count, false, diagnostics);
}

static bool write_piece(void *context, uint64_t offset, const void *bytes, size_t size) {
  return file_output_write(context, offset, bytes, size);
}

// Links straight into the file.
static bool link_into_file(LinkerOptions options, const Inputs *inputs, const Command *command,
                           const char *path, Diagnostics *diagnostics) {
  FileOutput file;
  if (!file_output_open(&file, path, diagnostics))
    return false;
  LinkerSink sink = {&file, write_piece};
  options.sink = &sink;
  LinkerOutput output;
  bool good = linker_link(&options, inputs->list.data, inputs->list.count, &output, diagnostics) &&
              write_texts(command, &output, diagnostics);
  linker_output_free(&output);
  return file_output_close(&file, good, !options.relocatable, diagnostics) && good;
}

// Links into memory, for an output that is no regular file.
static bool link_in_memory(const LinkerOptions *options, const Inputs *inputs, const Command *command,
                           const char *path, Diagnostics *diagnostics) {
  LinkerOutput output;
  bool good = linker_link(options, inputs->list.data, inputs->list.count, &output, diagnostics) &&
              write_texts(command, &output, diagnostics) &&
              file_write(path, output.image.data, output.image.count, !options->relocatable, diagnostics);
  linker_output_free(&output);
  return good;
}

static unsigned thread_count(const Command *command) {
  enum { MOST_WITHOUT_ASKING = 2 };
  if (command->threads)
    return command->threads < 64 ? (unsigned)command->threads : 64;
  long processors = sysconf(_SC_NPROCESSORS_ONLN);
  return processors < 1 ? 1 : processors < MOST_WITHOUT_ASKING ? (unsigned)processors : MOST_WITHOUT_ASKING;
}

// What -r makes no sense with.
static bool check_relocatable(const Command *command, Diagnostics *diagnostics) {
  const struct {
    bool given;
    const char *name;
  } others[] = {{command->script != NULL, "-T"},
                {command->strip_all, "--strip-all"},
                {command->icf != NULL, "--icf"},
                {command->frame_header, "--eh-frame-hdr"},
                {command->emit_relocations, "--emit-relocs"},
                {command->build_id != NULL, "--build-id"},
                {command->definitions.count > 0, "--defsym"},
                {command->print_memory_usage, "--print-memory-usage"}};
  for (size_t i = 0; command->relocatable && i < sizeof(others) / sizeof(others[0]); i++)
    if (others[i].given) {
      diagnose(diagnostics, DIAGNOSTIC_ERROR, place_named(NULL), "-r cannot be combined with %s",
               others[i].name);
      return false;
    }
  return true;
}

static bool run(const Command *command, Inputs *inputs, Arena *arena, Diagnostics *diagnostics) {
  LinkerOptions options = {
      .entry = command->entry,
      .gc_sections = command->gc_sections,
      .undefined = command->undefined.data,
      .undefined_count = command->undefined.count,
      .definitions = command->definitions.data,
      .definition_count = command->definitions.count,
      .wrapped = command->wrapped.data,
      .wrapped_count = command->wrapped.count,
      .why = command->why.data,
      .why_count = command->why.count,
      .strip = command->strip_all     ? LINKER_STRIP_ALL
               : command->strip_debug ? LINKER_STRIP_DEBUG
                                      : LINKER_STRIP_NOTHING,
      .relocatable = command->relocatable,
      .discard_locals = command->discard_all,
      .emit_relocations = command->emit_relocations,
      .fold_functions = command->icf && strcmp(command->icf, "none") != 0,
      .sort_sections = !command->sort_section                       ? LINKER_SORT_NOT
                       : strcmp(command->sort_section, "name") == 0 ? LINKER_SORT_NAME
                                                                    : LINKER_SORT_ALIGNMENT,
      .frame_header = command->frame_header && !command->no_frame_header,
      .optimize = command->optimize ? (unsigned)strtoul(command->optimize, NULL, 10) : 1,
      .build_id = command->build_id && strcmp(command->build_id, "none") != 0,
      .want_usage = command->print_memory_usage,
      .no_relax = command->no_relax,
      .no_relax_gp = command->no_relax_gp,
      .threads = thread_count(command),
      .want_map = command->map != NULL,
      .want_discarded = command->print_gc_sections,
  };
  if (options.build_id && *command->build_id && strcmp(command->build_id, "sha1") != 0) {
    diagnose(diagnostics, DIAGNOSTIC_ERROR, place_named(NULL), "--build-id=%s: only sha1 and none are known",
             command->build_id);
    return false;
  }
  if (options.fold_functions && strcmp(command->icf, "safe") != 0) {
    diagnose(diagnostics, DIAGNOSTIC_ERROR, place_named(NULL), "--icf=%s: only safe and none are known",
             command->icf);
    return false;
  }
  if (options.sort_sections == LINKER_SORT_ALIGNMENT && strcmp(command->sort_section, "alignment") != 0) {
    diagnose(diagnostics, DIAGNOSTIC_ERROR, place_named(NULL), "--sort-section=%s: it is name or alignment",
             command->sort_section);
    return false;
  }
  if (!check_relocatable(command, diagnostics))
    return false;
  Machine machine;
  if (command->machine_name || command->machine_file) {
    if (!machine_choose(&machine, command->machine_name, command->machine_file, diagnostics))
      return false;
    options.machine = &machine;
  }
  if (!read_files(command, inputs, options.threads, arena, diagnostics))
    return false;
  LinkerInput script;
  if (command->script && !inputs_load(inputs, command->script, &script, diagnostics))
    return false;
  options.script = command->script ? &script : NULL;
  Loader state = {command, inputs, arena, diagnostics};
  LinkerLoader loader = {&state, load_file};
  options.loader = &loader;
  const char *path = command->output ? command->output : "a.out";
  return file_output_possible(path) ? link_into_file(options, inputs, command, path, diagnostics)
                                    : link_in_memory(&options, inputs, command, path, diagnostics);
}

int main(int argc, char **argv) {
  Diagnostics diagnostics;
  diagnostics_start(&diagnostics, "kiln-ld");
  Command command = {0};
  Inputs inputs = {0};
  Arena arena = {0};
  StringList words = {0};
  OptionResult result = OPTIONS_BAD;
  if (response_expand(argv, argc, &words, &arena, &diagnostics))
    result = read_command(&command, (int)words.count, (char **)words.data, &diagnostics);
  bool good =
      result == OPTIONS_STOP || (result == OPTIONS_RUN && run(&command, &inputs, &arena, &diagnostics));
  diagnostics_flush(&diagnostics, stderr);
  inputs_free(&inputs);
  string_list_free(&words);
  string_list_free(&command.wrapped);
  string_list_free(&command.why);
  string_list_free(&command.undefined);
  string_list_free(&command.definitions);
  string_list_free(&command.folders);
  string_list_free(&command.libraries);
  string_list_free(&command.files);
  arena_free(&arena);
  diagnostics_free(&diagnostics);
  return good ? 0 : 1;
}
