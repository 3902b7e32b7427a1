// kiln-ld: reads the files, has them linked, writes the executable.
#include "linker/linker.h"
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

// The inputs of the link, with what keeps them alive.
typedef struct Inputs {
  VEC(LinkerInput) list;
  VEC(FileData) files;
} Inputs;

static bool read_one(Inputs *inputs, const char *path, Diagnostics *diagnostics) {
  FileData file;
  if (!file_read(&file, path, diagnostics))
    return false;
  LinkerInput input = {file.name, file.data, file.size};
  VEC_PUSH(&inputs->files, file);
  VEC_PUSH(&inputs->list, input);
  return true;
}

static bool read_files(const Command *command, Inputs *inputs, Arena *arena, Diagnostics *diagnostics) {
  bool good = true;
  for (size_t i = 0; i < command->files.count; i++)
    good = read_one(inputs, command->files.data[i], diagnostics) && good;
  for (size_t i = 0; i < command->libraries.count; i++) {
    const char *path = find_library(command, command->libraries.data[i], arena, diagnostics);
    good = path && read_one(inputs, path, diagnostics) && good;
  }
  if (good && !inputs->list.count) {
    diagnose(diagnostics, DIAGNOSTIC_ERROR, place_named(NULL), "no input files");
    return false;
  }
  return good;
}

static bool write_output(const Command *command, const LinkerOutput *output, Diagnostics *diagnostics) {
  if (command->print_gc_sections)
    fputs(text_string(&output->discarded), stdout);
  if (command->map && !file_write(command->map, output->map.data, output->map.count, false, diagnostics))
    return false;
  return file_write(command->output ? command->output : "a.out", output->image.data, output->image.count,
                    true, diagnostics);
}

static bool run(const Command *command, Inputs *inputs, Arena *arena, Diagnostics *diagnostics) {
  LinkerOptions options = {
      .entry = command->entry,
      .gc_sections = command->gc_sections,
      .undefined = command->undefined.data,
      .undefined_count = command->undefined.count,
      .definitions = command->definitions.data,
      .definition_count = command->definitions.count,
      .no_relax = command->no_relax,
      .no_relax_gp = command->no_relax_gp,
      .want_map = command->map != NULL,
      .want_discarded = command->print_gc_sections,
  };
  Machine machine;
  if (command->machine_name || command->machine_file) {
    if (!machine_choose(&machine, command->machine_name, command->machine_file, diagnostics))
      return false;
    options.machine = &machine;
  }
  if (!read_files(command, inputs, arena, diagnostics))
    return false;
  LinkerOutput output;
  if (!linker_link(&options, inputs->list.data, inputs->list.count, &output, diagnostics))
    return false;
  bool good = write_output(command, &output, diagnostics);
  linker_output_free(&output);
  return good;
}

int main(int argc, char **argv) {
  Diagnostics diagnostics;
  diagnostics_start(&diagnostics, "kiln-ld");
  Command command = {0};
  Inputs inputs = {0};
  Arena arena = {0};
  OptionResult result = read_command(&command, argc, argv, &diagnostics);
  bool good =
      result == OPTIONS_STOP || (result == OPTIONS_RUN && run(&command, &inputs, &arena, &diagnostics));
  diagnostics_flush(&diagnostics, stderr);
  for (size_t i = 0; i < inputs.files.count; i++)
    file_free(&inputs.files.data[i]);
  VEC_FREE(&inputs.files);
  VEC_FREE(&inputs.list);
  string_list_free(&command.undefined);
  string_list_free(&command.definitions);
  string_list_free(&command.folders);
  string_list_free(&command.libraries);
  string_list_free(&command.files);
  arena_free(&arena);
  diagnostics_free(&diagnostics);
  return good ? 0 : 1;
}
