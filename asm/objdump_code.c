// Disassembly: sections, labelled by their symbols, targets of branches and calls as addresses with the
// symbol they fall in. Mapping symbols ($x, $d) tell instructions from data.
#include "asm/objdump_internal.h"

#include <stdlib.h>

// Bytes shown as one data directive.
enum { DATA_WORD = 4 };

// Zeros that are at least this long are shown as "...".
enum { ZERO_RUN = 8 };

// Instructions repeat: what was printed is kept by word; of branches and calls, what stands before the
// target.
typedef struct Printed {
  uint32_t word;
  uint8_t size; // of the text; 0: an empty place
  bool targeted;
  DumpEffect effect;
  char text[48];
} Printed;

enum { PRINTED_BITS = 13 };

typedef struct Disassembly {
  DumpFile *file;
  const ObjdumpOptions *options;
  ObjdumpOutput *output;
  Text *out;
  VEC(IsaDecoder) decoders; // the first for what the file as a whole says
  size_t decoder;
  IsaPrinter printer;
  Printed *printed;
  uint32_t section;
  bool section_named; // its heading is written
  uint64_t pc;
  DumpRelocations relocations; // beside the instructions
  size_t next_relocation;
  DumpRegisters registers;
  size_t target_at; // where in the text the target of the latest instruction begins; 0: it has none
  DumpSource *source;
  const char *label; // that the instructions are under
  uint64_t label_address;
  uint64_t label_end; // up to there it is the label of all addresses
} Disassembly;

// The address that a branch or call goes to, and its symbol.
static void write_target(const Disassembly *disassembly, uint64_t target) {
  Text *out = disassembly->out;
  dump_write_number(out, target);
  if (target < disassembly->label_address || target >= disassembly->label_end)
    dump_write_symbol(disassembly->file, disassembly->section, target, out);
  else
    dump_write_offset(out, disassembly->label, target - disassembly->label_address);
}

static bool print_target(void *context, Text *out, IsaOp op, IsaOperandKind kind, int64_t value) {
  (void)op;
  (void)kind;
  Disassembly *disassembly = context;
  disassembly->target_at = out->count;
  write_target(disassembly, disassembly->pc + (uint64_t)value);
  return true;
}

static uint64_t section_end(const DumpSection *section) {
  return section->address + section->size;
}

static const DumpSection *current_section(const Disassembly *disassembly) {
  return &disassembly->file->sections[disassembly->section];
}

static const uint8_t *bytes_at_pc(const Disassembly *disassembly) {
  const DumpSection *section = current_section(disassembly);
  return section->data + (disassembly->pc - section->address);
}

// The size of the instruction there by its first bits (RISC-V ISA manual, volume I, "Expanded
// Instruction-Length Encoding"). A size that is reserved, or more than is left, makes it a single byte.
static unsigned instruction_size(const uint8_t *at, uint64_t left) {
  if (left < 2)
    return 1;
  unsigned first = at[0] | (unsigned)at[1] << 8;
  unsigned longer = first >> 12 & 7;
  unsigned size = (first & 0x03) != 0x03   ? 2
                  : (first & 0x1c) != 0x1c ? 4
                  : (first & 0x3f) == 0x1f ? 6
                  : (first & 0x7f) == 0x3f ? 8
                  : longer != 7            ? 10 + 2 * longer
                                           : 1;
  return size <= left ? size : 1;
}

// ---- The columns before the text

enum { TAB = 8, START_WITH_BYTES = 3 * TAB, START_WITHOUT = 2 * TAB, LONGEST_INSTRUCTION = 22, LINE = 256 };

// Two and four bytes as one number, others as numbers of two bytes.
static char *put_bytes(char *to, const uint8_t *at, unsigned size) {
  if (size == 2)
    return dump_put_hex(to, at[0] | (unsigned)at[1] << 8, 4);
  if (size == 1)
    return dump_put_hex(to, at[0], 2);
  if (size == 4) {
    uint32_t word;
    memcpy(&word, at, sizeof word);
    return dump_put_hex(to, word, 8);
  }
  for (unsigned i = 0; i < size; i += 2) {
    if (i)
      *to++ = ' ';
    to = dump_put_hex(to, at[i] | (unsigned)at[i + 1] << 8, 4);
  }
  return to;
}

// One byte after the other.
static char *put_data_bytes(char *to, const uint8_t *at, unsigned size) {
  for (unsigned i = 0; i < size; i++) {
    if (i)
      *to++ = ' ';
    to = dump_put_hex(to, at[i], 2);
  }
  return to;
}

// The start of a line: address and bytes, up to the column of the mnemonic.
static char *put_start(const Disassembly *disassembly, char *line, unsigned size,
                       char *(*put)(char *to, const uint8_t *at, unsigned size)) {
  const ObjdumpOptions *options = disassembly->options;
  char *to = line;
  if (!options->hide_addresses) {
    to = dump_put_address(to, disassembly->pc);
    *to++ = ':';
  }
  if (!options->hide_raw_bytes) {
    *to++ = ' ';
    to = put(to, bytes_at_pc(disassembly), size);
  }
  size_t column = (size_t)(to - line);
  size_t start = options->hide_raw_bytes ? START_WITHOUT : START_WITH_BYTES;
  size_t spaces = column < start - 1 ? start - 1 - column : TAB - 1 - column % TAB;
  memset(to, ' ', START_WITH_BYTES);
  to += spaces;
  *to++ = '\t';
  return to;
}

// ---- Instructions

static Printed *printed_place(const Disassembly *disassembly, uint32_t word) {
  return &disassembly->printed[word * UINT32_C(0x9e3779b1) >> (32 - PRINTED_BITS)];
}

// The target is the last operand of all instructions that have one.
static void keep_printed(const Disassembly *disassembly, uint32_t word, size_t start, DumpEffect effect) {
  size_t end = disassembly->target_at ? disassembly->target_at : disassembly->out->count;
  Printed *place = printed_place(disassembly, word);
  if (end - start > sizeof place->text)
    return;
  *place = (Printed){.word = word,
                     .size = (uint8_t)(end - start),
                     .targeted = disassembly->target_at != 0,
                     .effect = effect};
  memcpy(place->text, disassembly->out->data + start, end - start);
}

static DumpEffect print_instruction(Disassembly *disassembly, unsigned size, uint32_t word) {
  size_t start = disassembly->out->count;
  bool possible = size == 2 || size == 4;
  IsaOp op = possible ? isa_decode(&disassembly->decoders.data[disassembly->decoder], word) : ISA_INVALID;
  disassembly->target_at = 0;
  DumpEffect effect = {DUMP_EFFECT_NONE, 0, 0, 0};
  if (op == ISA_INVALID) {
    if (disassembly->options->columns)
      dump_empty_columns(disassembly->out, disassembly->options);
    text_append_string(disassembly->out, "<unknown>");
  } else {
    int64_t values[ISA_MAX_OPERANDS] = {0};
    isa_extract_operands(op, word, values);
    if (disassembly->options->columns)
      dump_columns(disassembly->out, disassembly->options, op, values);
    isa_print(disassembly->out, op, values, &disassembly->printer);
    effect = dump_effect(op, values);
  }
  if (possible)
    keep_printed(disassembly, word, start, effect);
  return effect;
}

static void write_instruction(Disassembly *disassembly, unsigned size) {
  Text *out = disassembly->out;
  uint32_t word = 0;
  memcpy(&word, bytes_at_pc(disassembly), size < sizeof word ? size : sizeof word);
  if (disassembly->source)
    dump_source_write(disassembly->source, out, disassembly->section, disassembly->pc, disassembly->label);
  text_reserve(out, LINE);
  char *to = put_start(disassembly, out->data + out->count, size, put_bytes);
  const Printed *printed = printed_place(disassembly, word);
  DumpEffect effect;
  if (printed->size && printed->word == word && (size == 2 || size == 4)) {
    memcpy(to, printed->text, sizeof printed->text);
    out->count = (size_t)(to - out->data) + printed->size;
    effect = printed->effect;
    if (printed->targeted)
      write_target(disassembly, disassembly->pc + (uint64_t)(int64_t)effect.imm);
  } else {
    out->count = (size_t)(to - out->data);
    effect = print_instruction(disassembly, size, word);
  }
  dump_follow(&disassembly->registers, disassembly->file, disassembly->section, disassembly->pc, effect, out);
  text_reserve(out, 1);
  out->data[out->count++] = '\n';
  out->data[out->count] = '\0';
}

// Data between instructions: words, and what is left of one.
static unsigned write_data(const Disassembly *disassembly, uint64_t end) {
  uint64_t left = end - disassembly->pc;
  unsigned size = left >= DATA_WORD ? DATA_WORD : left >= 2 ? 2 : 1;
  uint32_t value = 0;
  memcpy(&value, bytes_at_pc(disassembly), size);
  char line[LINE];
  text_append(disassembly->out, line, (size_t)(put_start(disassembly, line, size, put_data_bytes) - line));
  if (disassembly->options->columns)
    dump_empty_columns(disassembly->out, disassembly->options);
  text_format(disassembly->out,
              size == 4   ? ".word\t0x%08x\n"
              : size == 2 ? ".short\t0x%04x\n"
                          : ".byte\t0x%02x\n",
              value);
  return size;
}

// ---- Runs of instructions or data

// Offsets are those in the section, of executables addresses.
static uint64_t relocation_address(const Disassembly *disassembly, const Elf64_Rela *relocation) {
  uint64_t base = disassembly->file->relocatable ? current_section(disassembly)->address : 0;
  return base + relocation->r_offset;
}

// The bytes that are shown as "...": zeros up to `end`, but none that a relocation beside them will change.
static uint64_t zeros_at(const Disassembly *disassembly, uint64_t end) {
  const uint8_t *at = bytes_at_pc(disassembly);
  if (*at || disassembly->options->show_zeroes)
    return 0;
  uint64_t left = end - disassembly->pc;
  if (disassembly->next_relocation < disassembly->relocations.count) {
    Elf64_Rela next = dump_relocation(disassembly->relocations, disassembly->next_relocation);
    uint64_t address = relocation_address(disassembly, &next);
    if (address >= disassembly->pc && address - disassembly->pc < left)
      left = address - disassembly->pc;
  }
  uint64_t count = 0;
  while (count < left && at[count] == 0)
    count++;
  return count & ~UINT64_C(3); // what is left may begin an instruction
}

static void write_relocations_before(Disassembly *disassembly, uint64_t end) {
  for (; disassembly->next_relocation < disassembly->relocations.count; disassembly->next_relocation++) {
    Elf64_Rela relocation = dump_relocation(disassembly->relocations, disassembly->next_relocation);
    uint64_t address = relocation_address(disassembly, &relocation);
    if (address >= end)
      return;
    if (address < disassembly->pc)
      continue;
    const char *name = isa_relocation_name(ELF64_R_TYPE(relocation.r_info));
    if (disassembly->options->hide_addresses)
      text_append_string(disassembly->out, "\t\t");
    else
      text_format(disassembly->out, "\t\t%016llx:  ", (unsigned long long)address);
    text_format(disassembly->out, "%s\t", name ? name : "Unknown");
    dump_relocation_value(disassembly->file, &relocation, disassembly->out);
    text_append_char(disassembly->out, '\n');
  }
}

// Everything from one label to the next mapping or other symbol.
static void write_run(Disassembly *disassembly, uint64_t end, bool data) {
  while (disassembly->pc < end) {
    uint64_t zeros = zeros_at(disassembly, end);
    uint64_t size;
    if (zeros >= ZERO_RUN) {
      text_append_string(disassembly->out, "\t\t...\n");
      size = zeros;
    } else if (data) {
      size = write_data(disassembly, end);
    } else {
      uint64_t left = section_end(current_section(disassembly)) - disassembly->pc;
      size = instruction_size(bytes_at_pc(disassembly), left);
      write_instruction(disassembly, (unsigned)size);
    }
    if (disassembly->next_relocation < disassembly->relocations.count)
      write_relocations_before(disassembly, disassembly->pc + size);
    disassembly->pc += size;
    dump_drain(disassembly->output);
  }
}

// ---- Labels and sections

static void write_label(Disassembly *disassembly, uint64_t address, const char *name) {
  Text *out = disassembly->out;
  if (!disassembly->section_named) {
    text_format(out, "\nDisassembly of section %s:\n", current_section(disassembly)->name);
    if (disassembly->options->columns)
      dump_column_names(out, disassembly->options);
  }
  disassembly->section_named = true;
  char digits[40] = "\n";
  char *to = dump_put_hex(dump_put_hex(digits + 1, (uint32_t)(address >> 32), 8), (uint32_t)address, 8);
  *to++ = ' ';
  text_append(out, digits, disassembly->options->hide_addresses ? 1 : (size_t)(to - digits));
  text_append_char(out, '<');
  text_append_string(out, name);
  text_append_string(out, ">:\n");
}

static void start_section(Disassembly *disassembly, uint32_t number) {
  DumpFile *file = disassembly->file;
  disassembly->section = number;
  disassembly->section_named = false;
  disassembly->pc = file->sections[number].address;
  disassembly->relocations = (DumpRelocations){0};
  disassembly->next_relocation = 0;
  if (disassembly->options->relocations)
    disassembly->relocations = dump_relocations(file, number);
  dump_registers_forget(&disassembly->registers);
}

// From here on the instructions are of these extensions.
static void choose_decoder(Disassembly *disassembly, IsaExtensions extensions) {
  size_t i = 0;
  while (i < disassembly->decoders.count && disassembly->decoders.data[i].extensions != extensions)
    i++;
  if (i == disassembly->decoders.count) {
    IsaDecoder decoder;
    isa_decoder_start(&decoder, extensions);
    VEC_PUSH(&disassembly->decoders, decoder);
  }
  if (i != disassembly->decoder)
    memset(disassembly->printed, 0, sizeof(Printed) << PRINTED_BITS);
  disassembly->decoder = i;
}

// The stretch of labels with one address, [first, end). Its best name is the last that is no mapping symbol.
typedef struct Stretch {
  uint32_t end;
  const char *name; // NULL: mapping symbols only
  int data;         // whether data begins here: 1 or 0, and -1 when no symbol says
} Stretch;

static Stretch read_stretch(Disassembly *disassembly, uint32_t first) {
  const DumpFile *file = disassembly->file;
  Stretch stretch = {first, NULL, -1};
  uint64_t address = file->labels[first].address;
  for (; stretch.end < file->label_count && file->labels[stretch.end].section == disassembly->section &&
         file->labels[stretch.end].address == address;
       stretch.end++) {
    const char *name = dump_label_name(file, stretch.end);
    IsaExtensions extensions;
    if (dump_is_mapping(name, 'd')) {
      stretch.data = 1;
    } else if (!dump_is_mapping(name, 'x')) {
      stretch.name = name;
    } else {
      stretch.data = 0;
      if (!dump_mapping_extensions(name, disassembly->options, &extensions))
        extensions = disassembly->decoders.data[0].extensions;
      choose_decoder(disassembly, extensions);
    }
  }
  return stretch;
}

// The labels of the section, [first, end). Those outside it, as a damaged file may have, are left out.
static void find_labels(const DumpFile *file, uint32_t number, uint32_t *first, uint32_t *end) {
  const DumpSection *section = &file->sections[number];
  *first = dump_label_from(file, number, section->address);
  *end = dump_label_from(file, number, section_end(section));
}

// What is under one label: from there to before `end`. False: nothing of it is asked for.
static bool write_labelled(Disassembly *disassembly, uint64_t start, uint64_t end, const char *name,
                           uint64_t label_address, bool data, bool first) {
  const ObjdumpOptions *options = disassembly->options;
  if (options->stop_address && end > options->stop_address)
    end = options->stop_address;
  if (disassembly->pc < options->start_address)
    disassembly->pc = options->start_address;
  if (start >= end || disassembly->pc >= end)
    return false;
  if (first)
    write_label(disassembly, start, name);
  disassembly->label = name;
  disassembly->label_address = label_address;
  disassembly->label_end = end;
  write_run(disassembly, end, data);
  return true;
}

static void write_section(Disassembly *disassembly, uint32_t number) {
  DumpFile *file = disassembly->file;
  const DumpSection *section = &file->sections[number];
  const ObjdumpNames *functions = &disassembly->options->functions;
  start_section(disassembly, number);
  uint32_t label;
  uint32_t labels_end;
  find_labels(file, number, &label, &labels_end);
  bool data = false;
  const char *name = section->name;
  uint64_t start = section->address;
  uint64_t name_address = start;
  bool shown = !functions->count;
  bool labelled = false; // the heading of `name` is written
  while (start < section_end(section)) {
    Stretch stretch = {label, NULL, -1};
    if (label < labels_end && file->labels[label].address == start)
      stretch = read_stretch(disassembly, label);
    label = stretch.end;
    data = stretch.data < 0 ? data : stretch.data == 1;
    if (stretch.name) {
      // The instruction before may have reached over the label; one begins here all the same.
      disassembly->pc = start;
      name = stretch.name;
      name_address = start;
      shown = dump_wanted(functions, name);
      labelled = false;
      dump_registers_forget(&disassembly->registers);
    }
    uint64_t end = label < labels_end ? file->labels[label].address : section_end(section);
    labelled |= shown && write_labelled(disassembly, start, end, name, name_address, data, !labelled);
    disassembly->pc = disassembly->pc > end ? disassembly->pc : end;
    start = end;
  }
}

static bool is_shown(const DumpSection *section, const ObjdumpOptions *options) {
  // A section at the end of the address space, as a damaged file may have, would make addresses wrap.
  return section->data && section->size && (options->everything || (section->flags & SHF_EXECINSTR)) &&
         dump_wanted(&options->sections, section->name) && section->address <= UINT64_MAX - section->size;
}

void dump_code(DumpFile *file, const ObjdumpOptions *options, ObjdumpOutput *output) {
  Disassembly disassembly = {.file = file, .options = options, .output = output, .out = &output->text};
  disassembly.printer = (IsaPrinter){.no_aliases = options->no_aliases,
                                     .numeric = options->numeric_registers,
                                     .decimal = options->decimal,
                                     .targets = true,
                                     .context = &disassembly,
                                     .print_operand = print_target};
  disassembly.printed = checked_malloc(sizeof(Printed) << PRINTED_BITS);
  memset(disassembly.printed, 0, sizeof(Printed) << PRINTED_BITS);
  choose_decoder(&disassembly, dump_extensions(file, options));
  dump_registers_start(&disassembly.registers, file);
  if (options->source || options->line_numbers)
    disassembly.source = dump_source_new(file, options);
  for (uint32_t i = 1; i < file->section_count && !output->failed; i++)
    if (is_shown(&file->sections[i], options))
      write_section(&disassembly, i);
  dump_source_free(disassembly.source);
  for (size_t i = 0; i < disassembly.decoders.count; i++)
    isa_decoder_free(&disassembly.decoders.data[i]);
  VEC_FREE(&disassembly.decoders);
  free(disassembly.printed);
}
