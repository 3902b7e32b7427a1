// kiln-objdump: shows what is in RISC-V objects, executables and archives.
#include "asm/objdump.h"
#include "support/file.h"
#include "support/options.h"
#include "support/vec.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

typedef struct Command {
  ObjdumpOptions options;
  Machine machine;
  const char *disassemble; // --disassemble[=SYMBOL]
  const char *columns;
  const char *machine_name;
  const char *machine_file;
  const char *arch;
  const char *adjustments; // --mattr
  bool hexadecimal;
  bool wide;
  StringList symbols;
  StringList symbol_lists;
  StringList sections;
  StringList disassembler_options;
  StringList files;
} Command;

static OptionResult read_command(Command *command, int argc, char **argv, Diagnostics *diagnostics) {
  ObjdumpOptions *dump = &command->options;
  const Option options[] = {
      {"d", OPTION_FLAG, &dump->disassemble, NULL, "disassemble the sections with instructions", false},
      {"disassemble", OPTION_STRING, &command->disassemble, "SYMBOL",
       "disassemble, SYMBOL's code alone when it is given", true},
      {"disassemble-symbols", OPTION_LIST, &command->symbol_lists, "SYMBOL,...", "disassemble these alone",
       false},
      {"D", OPTION_FLAG, &dump->everything, NULL, "disassemble all sections", false},
      {"disassemble-all", OPTION_FLAG, &dump->everything, NULL, "as -D", false},
      {"S", OPTION_FLAG, &dump->source, NULL, "disassemble, with lines of source between", false},
      {"source", OPTION_FLAG, &dump->source, NULL, "as -S", false},
      {"l", OPTION_FLAG, &dump->line_numbers, NULL, "disassemble, with functions, files and line numbers",
       false},
      {"line-numbers", OPTION_FLAG, &dump->line_numbers, NULL, "as -l", false},
      {"h", OPTION_FLAG, &dump->headers, NULL, "list the sections", false},
      {"section-headers", OPTION_FLAG, &dump->headers, NULL, "as -h", false},
      {"headers", OPTION_FLAG, &dump->headers, NULL, "as -h", false},
      {"t", OPTION_FLAG, &dump->symbols, NULL, "list the symbols", false},
      {"syms", OPTION_FLAG, &dump->symbols, NULL, "as -t", false},
      {"r", OPTION_FLAG, &dump->relocations, NULL, "list the relocations; with -d, beside the instructions",
       false},
      {"reloc", OPTION_FLAG, &dump->relocations, NULL, "as -r", false},
      {"s", OPTION_FLAG, &dump->contents, NULL, "show the bytes of the sections", false},
      {"full-contents", OPTION_FLAG, &dump->contents, NULL, "as -s", false},
      {"f", OPTION_FLAG, &dump->file_headers, NULL, "show architecture and entry", false},
      {"file-headers", OPTION_FLAG, &dump->file_headers, NULL, "as -f", false},
      {"a", OPTION_FLAG, &dump->archive_headers, NULL, "show what an archive says of its members", false},
      {"archive-headers", OPTION_FLAG, &dump->archive_headers, NULL, "as -a", false},
      {"j", OPTION_PREFIX_LIST, &command->sections, "SECTION", "this section alone; may come more than once",
       false},
      {"section", OPTION_LIST, &command->sections, "SECTION", "as -j", false},
      {"start-address", OPTION_NUMBER, &dump->start_address, "ADDRESS", "disassemble from here", false},
      {"stop-address", OPTION_NUMBER, &dump->stop_address, "ADDRESS", "disassemble to before here", false},
      {"no-show-raw-insn", OPTION_FLAG, &dump->hide_raw_bytes, NULL, "leave out the bytes of instructions",
       false},
      {"no-addresses", OPTION_FLAG, &dump->hide_addresses, NULL, "leave out addresses", false},
      {"no-leading-addr", OPTION_FLAG, &dump->hide_addresses, NULL, "as -no-addresses", false},
      {"z", OPTION_FLAG, &dump->show_zeroes, NULL, "do not shorten runs of zeros", false},
      {"disassemble-zeroes", OPTION_FLAG, &dump->show_zeroes, NULL, "as -z", false},
      {"no-print-imm-hex", OPTION_FLAG, &dump->decimal, NULL, "immediates in decimal", false},
      {"print-imm-hex", OPTION_FLAG, &command->hexadecimal, NULL,
       "immediates in hexadecimal, as they are anyway", false},
      {"w", OPTION_FLAG, &command->wide, NULL, "taken and without effect: lines are never cut", false},
      {"wide", OPTION_FLAG, &command->wide, NULL, "as -w", false},
      {"M", OPTION_PREFIX_LIST, &command->disassembler_options, "OPTION,...",
       "no-aliases: instructions by their own names; numeric: registers by number", false},
      {"disassembler-options", OPTION_LIST, &command->disassembler_options, "OPTION,...", "as -M", false},
      {"march", OPTION_STRING, &command->arch, "ARCH",
       "the extensions to look for, whatever the file says; all: every one", false},
      {"mattr", OPTION_STRING, &command->adjustments, "+EXT,-EXT,...",
       "extensions more or fewer than the file says", false},
      {"columns", OPTION_STRING, &command->columns, "COLUMN,...",
       "show beside instructions: unit, latency, busy (cycles), energy (pJ)", false},
      {"mcpu", OPTION_STRING, &command->machine_name, "NAME", "the machine of the columns: k1 or k0", false},
      {"machine", OPTION_STRING, &command->machine_file, "FILE", "the same by its description", false},
  };
  OptionTable table = {
      "kiln-objdump", "kiln-objdump [options] FILE...",
      "Shows sections, symbols, relocations and instructions of RISC-V ELF files and archives. Letters "
      "may stand together: -dr.",
      options, sizeof(options) / sizeof(options[0])};
  return options_read(&table, argc, argv, &command->files, diagnostics);
}

// ---- Letters that stand together

// Letters with a value take what is behind them.
static const char flag_letters[] = "dDSlhtrsfazw";
static const char value_letters[] = "jM";

static bool is_group(const char *argument) {
  if (argument[0] != '-' || argument[1] == '-' || strlen(argument) < 3)
    return false;
  for (const char *c = argument + 1; *c; c++) {
    if (strchr(value_letters, *c))
      return c > argument + 1; // -j.text is understood as it is
    if (!strchr(flag_letters, *c))
      return false;
  }
  return true;
}

// The command line with -dr as -d -r. What is new is in `kept`, to be freed with string_list_free and free.
static void split_groups(int argc, char **argv, StringList *arguments, StringList *kept) {
  bool ended = false;
  for (int i = 0; i < argc; i++) {
    ended = ended || strcmp(argv[i], "--") == 0;
    if (i == 0 || ended || !is_group(argv[i])) {
      string_list_add(arguments, argv[i]);
      continue;
    }
    for (const char *c = argv[i] + 1; *c; c++) {
      bool value = strchr(value_letters, *c) != NULL;
      size_t size = value ? strlen(c) : 1;
      char *one = checked_malloc(size + 2);
      one[0] = '-';
      memcpy(one + 1, c, size);
      one[size + 1] = '\0';
      string_list_add(kept, one);
      string_list_add(arguments, one);
      if (value)
        break;
    }
  }
}

// ---- What the options mean

static bool usage_error(Diagnostics *diagnostics, const char *format, const char *value) {
  diagnose(diagnostics, DIAGNOSTIC_ERROR, place_named(NULL), format, value);
  return false;
}

// Calls for each part between commas.
static bool each_part(Command *command, const char *list, Diagnostics *diagnostics,
                      bool (*take)(Command *command, const char *part, Diagnostics *diagnostics)) {
  while (*list) {
    size_t size = strcspn(list, ",");
    char part[256];
    if (size >= sizeof part)
      return usage_error(diagnostics, "'%s' is too long", list);
    memcpy(part, list, size);
    part[size] = '\0';
    if (!take(command, part, diagnostics))
      return false;
    list += size + (list[size] == ',');
  }
  return true;
}

static bool take_disassembler_option(Command *command, const char *part, Diagnostics *diagnostics) {
  if (strcmp(part, "no-aliases") == 0)
    command->options.no_aliases = true;
  else if (strcmp(part, "numeric") == 0)
    command->options.numeric_registers = true;
  else
    return usage_error(diagnostics, "unknown disassembler option '%s'; there are no-aliases and numeric",
                       part);
  return true;
}

static bool take_column(Command *command, const char *part, Diagnostics *diagnostics) {
  static const struct {
    const char *name;
    ObjdumpColumn column;
  } columns[] = {{"unit", OBJDUMP_COLUMN_UNIT},
                 {"latency", OBJDUMP_COLUMN_LATENCY},
                 {"busy", OBJDUMP_COLUMN_BUSY},
                 {"energy", OBJDUMP_COLUMN_ENERGY}};
  for (size_t i = 0; i < sizeof columns / sizeof columns[0]; i++) {
    if (strcmp(part, columns[i].name) == 0) {
      command->options.columns |= columns[i].column;
      return true;
    }
  }
  return usage_error(diagnostics, "unknown column '%s'; there are unit, latency, busy and energy", part);
}

static bool take_adjustment(Command *command, const char *part, Diagnostics *diagnostics) {
  IsaExtension extension = (IsaExtension)0;
  while (extension < ISA_EXTENSION_COUNT && strcmp(isa_extension_name(extension), part + 1) != 0)
    extension = (IsaExtension)(extension + 1);
  if ((part[0] != '+' && part[0] != '-') || extension == ISA_EXTENSION_COUNT)
    return usage_error(diagnostics, "-mattr wants '+' or '-' and an extension that is known, not '%s'", part);
  if (part[0] == '+')
    command->options.added |= ISA_EXTENSION_BIT(extension);
  else
    command->options.removed |= ISA_EXTENSION_BIT(extension);
  return true;
}

static bool read_arch(Command *command, Diagnostics *diagnostics) {
  ObjdumpOptions *options = &command->options;
  if (!command->arch)
    return true;
  options->fixed_extensions = true;
  options->extensions = ISA_ALL_EXTENSIONS;
  return strcmp(command->arch, "all") == 0 ||
         isa_arch_parse(&options->extensions, command->arch, place_named("-march"), diagnostics);
}

// "--disassemble-symbols=a,b": the names are kept in `kept`.
static void split_symbols(Command *command, StringList *kept) {
  for (size_t i = 0; i < command->symbol_lists.count; i++) {
    const char *list = command->symbol_lists.data[i];
    while (*list) {
      size_t size = strcspn(list, ",");
      char *name = checked_malloc(size + 1);
      memcpy(name, list, size);
      name[size] = '\0';
      string_list_add(kept, name);
      string_list_add(&command->symbols, name);
      list += size + (list[size] == ',');
    }
  }
}

static bool understand(Command *command, StringList *kept, Diagnostics *diagnostics) {
  ObjdumpOptions *options = &command->options;
  if (command->disassemble && *command->disassemble)
    string_list_add(&command->symbols, command->disassemble);
  split_symbols(command, kept);
  options->functions = (ObjdumpNames){command->symbols.data, command->symbols.count};
  options->sections = (ObjdumpNames){command->sections.data, command->sections.count};
  options->disassemble |= command->disassemble || command->symbols.count || options->everything ||
                          options->source || options->line_numbers;
  for (size_t i = 0; i < command->disassembler_options.count; i++)
    if (!each_part(command, command->disassembler_options.data[i], diagnostics, take_disassembler_option))
      return false;
  if ((command->columns && !each_part(command, command->columns, diagnostics, take_column)) ||
      (command->adjustments && !each_part(command, command->adjustments, diagnostics, take_adjustment)) ||
      !read_arch(command, diagnostics))
    return false;
  if ((command->machine_name || command->machine_file) && !options->columns)
    return usage_error(diagnostics, "a machine is for the columns: %s", "say which with -columns=");
  if (!machine_choose(&command->machine, command->machine_name, command->machine_file, diagnostics))
    return false;
  options->machine = &command->machine;
  if (!options->headers && !options->symbols && !options->relocations && !options->disassemble &&
      !options->contents && !options->file_headers && !options->archive_headers)
    return usage_error(diagnostics, "say what to show: -d, %s", "-D, -S, -h, -t, -r, -s, -f or -a");
  if (!command->files.count)
    return usage_error(diagnostics, "no input %s", "files");
  return true;
}

// ---- Files

static bool write_stdout(void *context, const char *bytes, size_t size) {
  (void)context;
  return fwrite(bytes, 1, size, stdout) == size;
}

static bool dump(const Command *command, const char *path, Diagnostics *diagnostics) {
  FileData file;
  if (!file_read(&file, path, diagnostics))
    return false;
  ObjdumpOutput output = {.write = write_stdout};
  bool good = objdump_write(&output, file.name, file.data, file.size, &command->options, diagnostics);
  if (!objdump_finish(&output)) {
    diagnose(diagnostics, DIAGNOSTIC_ERROR, place_named("<stdout>"), "cannot write");
    good = false;
  }
  file_free(&file);
  return good;
}

static void free_kept(StringList *kept) {
  for (size_t i = 0; i < kept->count; i++)
    free((char *)kept->data[i]);
  string_list_free(kept);
}

int main(int argc, char **argv) {
  Diagnostics diagnostics;
  diagnostics_start(&diagnostics, "kiln-objdump");
  StringList arguments = {0};
  StringList kept = {0};
  split_groups(argc, argv, &arguments, &kept);
  Command command = {0};
  OptionResult result = read_command(&command, (int)arguments.count, (char **)arguments.data, &diagnostics);
  bool good = result == OPTIONS_STOP || (result == OPTIONS_RUN && understand(&command, &kept, &diagnostics));
  for (size_t i = 0; good && result == OPTIONS_RUN && i < command.files.count; i++)
    good = dump(&command, command.files.data[i], &diagnostics);
  if (fflush(stdout) != 0) {
    diagnose(&diagnostics, DIAGNOSTIC_ERROR, place_named("<stdout>"), "cannot write");
    good = false;
  }
  diagnostics_flush(&diagnostics, stderr);
  StringList *lists[] = {&command.symbols,  &command.symbol_lists,
                         &command.sections, &command.disassembler_options,
                         &command.files,    &arguments};
  for (size_t i = 0; i < sizeof lists / sizeof lists[0]; i++)
    string_list_free(lists[i]);
  free_kept(&kept);
  diagnostics_free(&diagnostics);
  return good ? 0 : 1;
}
