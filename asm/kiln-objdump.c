// kiln-objdump: shows what is in RISC-V objects and executables.
#include "asm/objdump.h"
#include "support/file.h"
#include "support/options.h"

#include <stdio.h>
#include <string.h>

typedef struct Command {
  ObjdumpOptions options;
  StringList disassembler_options;
  StringList files;
} Command;

static OptionResult read_command(Command *command, int argc, char **argv, Diagnostics *diagnostics) {
  ObjdumpOptions *dump = &command->options;
  const Option options[] = {
      {"d", OPTION_FLAG, &dump->disassemble, NULL, "disassemble the sections with instructions", false},
      {"disassemble", OPTION_STRING, &dump->only, "SYMBOL",
       "disassemble, SYMBOL's code alone when it is given", true},
      {"h", OPTION_FLAG, &dump->headers, NULL, "list the sections", false},
      {"section-headers", OPTION_FLAG, &dump->headers, NULL, "as -h", false},
      {"t", OPTION_FLAG, &dump->symbols, NULL, "list the symbols", false},
      {"syms", OPTION_FLAG, &dump->symbols, NULL, "as -t", false},
      {"r", OPTION_FLAG, &dump->relocations, NULL, "list the relocations; with -d, beside the instructions",
       false},
      {"reloc", OPTION_FLAG, &dump->relocations, NULL, "as -r", false},
      {"no-show-raw-insn", OPTION_FLAG, &dump->hide_raw_bytes, NULL, "leave out the bytes of instructions",
       false},
      {"M", OPTION_PREFIX_LIST, &command->disassembler_options, "OPTION",
       "no-aliases: instructions by their own names", false},
  };
  OptionTable table = {"kiln-objdump", "kiln-objdump [options] FILE...",
                       "Shows the sections, symbols, relocations and instructions of RISC-V ELF files.",
                       options, sizeof(options) / sizeof(options[0])};
  return options_read(&table, argc, argv, &command->files, diagnostics);
}

static bool read_disassembler_options(Command *command, Diagnostics *diagnostics) {
  if (command->options.only) {
    command->options.disassemble = true;
    if (!*command->options.only)
      command->options.only = NULL;
  }
  for (size_t i = 0; i < command->disassembler_options.count; i++) {
    if (strcmp(command->disassembler_options.data[i], "no-aliases") != 0) {
      diagnose(diagnostics, DIAGNOSTIC_ERROR, place_named(NULL),
               "unknown disassembler option '%s'; there is no-aliases",
               command->disassembler_options.data[i]);
      return false;
    }
    command->options.no_aliases = true;
  }
  const ObjdumpOptions *options = &command->options;
  if (!options->headers && !options->symbols && !options->relocations && !options->disassemble) {
    diagnose(diagnostics, DIAGNOSTIC_ERROR, place_named(NULL), "say what to show: -d, -h, -t or -r");
    return false;
  }
  if (!command->files.count) {
    diagnose(diagnostics, DIAGNOSTIC_ERROR, place_named(NULL), "no input files");
    return false;
  }
  return true;
}

static bool dump(const Command *command, const char *path, Diagnostics *diagnostics) {
  FileData file;
  if (!file_read(&file, path, diagnostics))
    return false;
  Text text = {0};
  bool good = objdump_write(&text, file.name, file.data, file.size, &command->options, diagnostics);
  if (good && fwrite(text_string(&text), 1, text.count, stdout) != text.count) {
    diagnose(diagnostics, DIAGNOSTIC_ERROR, place_named("<stdout>"), "cannot write");
    good = false;
  }
  text_free(&text);
  file_free(&file);
  return good;
}

int main(int argc, char **argv) {
  Diagnostics diagnostics;
  diagnostics_start(&diagnostics, "kiln-objdump");
  Command command = {0};
  OptionResult result = read_command(&command, argc, argv, &diagnostics);
  bool good =
      result == OPTIONS_STOP || (result == OPTIONS_RUN && read_disassembler_options(&command, &diagnostics));
  for (size_t i = 0; good && result == OPTIONS_RUN && i < command.files.count; i++)
    good = dump(&command, command.files.data[i], &diagnostics);
  if (fflush(stdout) != 0)
    good = false;
  diagnostics_flush(&diagnostics, stderr);
  string_list_free(&command.disassembler_options);
  string_list_free(&command.files);
  diagnostics_free(&diagnostics);
  return good ? 0 : 1;
}
