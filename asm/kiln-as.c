// kiln-as: assembly text to a relocatable object.
#include "asm/asm.h"

#include "support/arena.h"
#include "support/file.h"
#include "support/options.h"

#include <limits.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

typedef struct Settings {
  const char *output;
  const char *machine_name;
  const char *machine_path;
  const char *arch;
  const char *file_type;
  bool relax;
  bool no_relax;
  bool debug;
  const char *debug_folder;
  StringList include_folders;
  StringList definitions;
} Settings;

static OptionResult read_command_line(Settings *settings, int argc, char **argv, StringList *inputs,
                                      Diagnostics *diagnostics) {
  const Option options[] = {
      {"o", OPTION_STRING, &settings->output, "FILE",
       "the object to write; without it INPUT's name with .o for .s, a.out for standard input", false},
      {"mcpu", OPTION_STRING, &settings->machine_name, "NAME", "the machine: k1 (default) or k0", false},
      {"machine", OPTION_STRING, &settings->machine_path, "FILE", "a machine description", false},
      {"march", OPTION_STRING, &settings->arch, "ARCH",
       "the extensions that may be used, as rv64imafd_zba; default: the machine's, without C", false},
      {"mrelax", OPTION_FLAG, &settings->relax, NULL, "mark what the linker may shorten (.option relax)",
       false},
      {"mno-relax", OPTION_FLAG, &settings->no_relax, NULL, "leave sizes as they are (default)", false},
      {"g", OPTION_FLAG, &settings->debug, NULL, "describe the text's lines and labels to debuggers", false},
      {"fdebug-compilation-dir", OPTION_STRING, &settings->debug_folder, "DIR",
       "with -g: the folder to name instead of the current one", false},
      {"I", OPTION_PREFIX_LIST, &settings->include_folders, "DIR", "where .include and .incbin look too",
       false},
      {"defsym", OPTION_LIST, &settings->definitions, "NAME=VALUE", "define an absolute symbol", false},
      {"filetype", OPTION_STRING, &settings->file_type, "obj|null", "null: check only, write nothing", false},
  };
  const OptionTable table = {"kiln-as", "kiln-as [options] INPUT.s|-",
                             "Assembles RISC-V and Xkiln assembly to an ELF64 relocatable object.", options,
                             sizeof options / sizeof *options};
  return options_read(&table, argc, argv, inputs, diagnostics);
}

static bool choose_extensions(const Settings *settings, AsmOptions *options, Diagnostics *diagnostics) {
  if (settings->arch)
    return isa_arch_parse(&options->extensions, settings->arch, place_named("-march"), diagnostics);
  options->extensions = asm_default_extensions(&options->machine);
  return true;
}

static bool add_definitions(const Settings *settings, AsmOptions *options, Arena *arena,
                            Diagnostics *diagnostics) {
  AsmDefinition *definitions = ARENA_ARRAY(arena, AsmDefinition, settings->definitions.count + 1);
  for (size_t i = 0; i < settings->definitions.count; i++) {
    const char *text = settings->definitions.data[i];
    const char *equals = strchr(text, '=');
    char *end = NULL;
    if (equals && equals > text && equals[1])
      definitions[i].value = (int64_t)strtoull(equals + 1, &end, 0);
    if (!end || *end) {
      diagnose(diagnostics, DIAGNOSTIC_ERROR, place_named("--defsym"), "'%s' is not NAME=NUMBER", text);
      return false;
    }
    definitions[i].name = arena_copy_text(arena, text, (size_t)(equals - text));
  }
  options->definitions = definitions;
  options->definition_count = settings->definitions.count;
  return true;
}

// INPUT.s gives INPUT.o beside it.
static const char *output_path(const Settings *settings, const char *input, Arena *arena) {
  if (settings->output)
    return settings->output;
  if (strcmp(input, "-") == 0)
    return "a.out";
  size_t size = strlen(input);
  if (size > 2 && (strcmp(input + size - 2, ".s") == 0 || strcmp(input + size - 2, ".S") == 0))
    size -= 2;
  return arena_format(arena, "%.*s.o", (int)size, input);
}

static bool assemble_file(const Settings *settings, const char *input, const AsmOptions *options,
                          Arena *arena, Diagnostics *diagnostics) {
  FileData file;
  if (!file_map(&file, input, diagnostics))
    return false;
  SourceText source = file_source(&file);
  Object *object = asm_assemble(&source, options, diagnostics);
  bool good = object != NULL;
  bool write = !settings->file_type || strcmp(settings->file_type, "null") != 0;
  if (good && write)
    good = object_write(object, output_path(settings, input, arena), diagnostics);
  object_free(object);
  file_free(&file);
  return good;
}

static bool run(const Settings *settings, const StringList *inputs, Arena *arena, Diagnostics *diagnostics) {
  AsmOptions options = {.include_folders = settings->include_folders.data,
                        .include_folder_count = settings->include_folders.count,
                        .relax = settings->relax && !settings->no_relax};
  char folder[PATH_MAX] = "";
  if (settings->debug)
    options.debug_folder = settings->debug_folder          ? settings->debug_folder
                           : getcwd(folder, sizeof folder) ? folder
                                                           : "";
  if (inputs->count != 1) {
    diagnose(diagnostics, DIAGNOSTIC_ERROR, (Place){0}, "expected one input file, got %zu", inputs->count);
    return false;
  }
  if (settings->file_type && strcmp(settings->file_type, "null") != 0 &&
      strcmp(settings->file_type, "obj") != 0) {
    diagnose(diagnostics, DIAGNOSTIC_ERROR, (Place){0}, "-filetype is obj or null, not '%s'",
             settings->file_type);
    return false;
  }
  return machine_choose(&options.machine, settings->machine_name, settings->machine_path, diagnostics) &&
         choose_extensions(settings, &options, diagnostics) &&
         add_definitions(settings, &options, arena, diagnostics) &&
         assemble_file(settings, inputs->data[0], &options, arena, diagnostics);
}

int main(int argc, char **argv) {
  Diagnostics diagnostics;
  diagnostics_start(&diagnostics, "kiln-as");
  Settings settings = {0};
  StringList inputs = {0};
  Arena arena = {0};
  OptionResult result = read_command_line(&settings, argc, argv, &inputs, &diagnostics);
  bool good =
      result == OPTIONS_STOP || (result == OPTIONS_RUN && run(&settings, &inputs, &arena, &diagnostics));
  diagnostics_flush(&diagnostics, stderr);
  diagnostics_free(&diagnostics);
  string_list_free(&inputs);
  string_list_free(&settings.include_folders);
  string_list_free(&settings.definitions);
  arena_free(&arena);
  return good ? 0 : 1;
}
