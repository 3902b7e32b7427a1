// Disassembly: the sections with instructions, labelled by their symbols, targets of branches and calls as
// addresses with the symbol they fall in. Mapping symbols ($x, $d) tell instructions from data.
#include "asm/objdump_internal.h"

// Bytes shown as one data directive.
enum { DATA_WORD = 4 };

// Zeros that are at least this long are shown as "...".
enum { ZERO_RUN = 8 };

typedef struct Disassembly {
  DumpFile *file;
  const ObjdumpOptions *options;
  Text *out;
  IsaDecoder decoder;
  IsaPrinter printer;
  uint32_t section;
  uint64_t pc;
  uint64_t stop;                 // end of what the current label covers
  const Elf64_Rela *relocations; // beside the instructions
  size_t relocation_count;
  size_t next_relocation;
  bool known[32]; // registers that auipc has set in this run of instructions
  uint64_t values[32];
} Disassembly;

// The first label of a section whose address is above.
static uint32_t label_above(const DumpFile *file, uint32_t section, uint64_t address) {
  uint32_t low = 0;
  uint32_t high = file->label_count;
  while (low < high) {
    uint32_t middle = low + (high - low) / 2;
    const DumpLabel *label = &file->labels[middle];
    if (label->section < section || (label->section == section && label->address <= address))
      low = middle + 1;
    else
      high = middle;
  }
  return low;
}

static bool is_mapping(const char *name, char kind) {
  return name[0] == '$' && name[1] == kind && (kind == 'x' || name[2] == '\0' || name[2] == '.');
}

static bool is_any_mapping(const char *name) {
  return is_mapping(name, 'x') || is_mapping(name, 'd');
}

// The best label at or below an address, leaving out mapping symbols; NULL: none.
static const DumpLabel *label_below(const DumpFile *file, uint32_t section, uint64_t address) {
  for (uint32_t i = label_above(file, section, address); i > 0; i--) {
    const DumpLabel *label = &file->labels[i - 1];
    if (label->section != section)
      return NULL;
    if (!is_any_mapping(label->symbol->name))
      return label;
  }
  return NULL;
}

// In an executable a target may be in any section: the one that begins nearest below it.
static uint32_t section_of(const Disassembly *disassembly, uint64_t address) {
  const DumpFile *file = disassembly->file;
  if (file->relocatable)
    return disassembly->section;
  uint32_t best = 0;
  for (uint32_t i = 1; i < file->section_count; i++) {
    const DumpSection *section = &file->sections[i];
    if ((section->flags & SHF_ALLOC) && section->size && section->address <= address &&
        (!best || section->address > file->sections[best].address))
      best = i;
  }
  return best;
}

static void write_target(const Disassembly *disassembly, Text *out, uint64_t address) {
  uint32_t section = section_of(disassembly, address);
  const DumpLabel *label = section ? label_below(disassembly->file, section, address) : NULL;
  if (!label)
    return;
  text_format(out, " <%s", label->symbol->name);
  if (address != label->address)
    text_format(out, "+0x%llx", (unsigned long long)(address - label->address));
  text_append_char(out, '>');
}

static bool print_operand(void *context, Text *out, IsaOp op, IsaOperandKind kind, int64_t value) {
  (void)op;
  const Disassembly *disassembly = context;
  if (isa_operand(kind)->operand_class != ISA_CLASS_PCREL)
    return false;
  uint64_t target = disassembly->pc + (uint64_t)value;
  text_format(out, "0x%llx", (unsigned long long)target);
  write_target(disassembly, out, target);
  return true;
}

// The instruction bytes there, as many as are left before `stop`.
static unsigned fetch(const Disassembly *disassembly, uint32_t *word) {
  const DumpSection *section = &disassembly->file->sections[disassembly->section];
  uint64_t offset = disassembly->pc - section->address;
  uint64_t left = section->size - offset;
  *word = 0;
  memcpy(word, section->data + offset, left < 4 ? left : 4);
  if (left < 2)
    return (unsigned)left;
  unsigned length = isa_length(*word);
  return length <= left ? length : (unsigned)left;
}

static void write_address(const Disassembly *disassembly, uint64_t address) {
  text_format(disassembly->out, "%8llx:", (unsigned long long)address);
}

// Column of the mnemonic: behind the bytes.
static void write_bytes(const Disassembly *disassembly, const char *bytes) {
  if (disassembly->options->hide_raw_bytes)
    text_append_string(disassembly->out, "      \t");
  else
    text_format(disassembly->out, " %-13s\t", bytes);
}

static void forget_registers(Disassembly *disassembly) {
  memset(disassembly->known, 0, sizeof(disassembly->known));
}

// jalr behind auipc: the address they make together.
static bool find_jump(const Disassembly *disassembly, IsaOp op, const int64_t *values, uint64_t *target) {
  int64_t base = values[2];
  if (op != ISA_JALR || !disassembly->known[base])
    return false;
  *target = disassembly->values[base] + (uint64_t)values[1];
  return true;
}

// auipc makes its register known; whatever else writes one makes it unknown, and behind a jump all are.
static void track_registers(Disassembly *disassembly, IsaOp op, const int64_t *values) {
  if (isa_insn(op)->flags & (ISA_BRANCH | ISA_JUMP)) {
    forget_registers(disassembly);
    return;
  }
  const IsaFormatInfo *format = isa_insn_format(op);
  for (unsigned i = 0; i < format->operand_count; i++) {
    const IsaOperandInfo *operand = isa_operand((IsaOperandKind)format->operands[i]);
    bool integer = operand->operand_class == ISA_CLASS_GPR || operand->operand_class == ISA_CLASS_GPR8;
    if (integer && (operand->role == ISA_ROLE_DEF || operand->role == ISA_ROLE_BOTH))
      disassembly->known[values[i]] = false;
  }
  if (op != ISA_AUIPC)
    return;
  disassembly->known[values[0]] = values[0] != 0;
  disassembly->values[values[0]] = disassembly->pc + (uint64_t)(int64_t)(int32_t)((uint32_t)values[1] << 12);
}

static void write_instruction(Disassembly *disassembly, unsigned length, uint32_t word) {
  char bytes[24];
  snprintf(bytes, sizeof(bytes),
           length == 4   ? "%08x"
           : length == 2 ? "%04x"
                         : "%02x",
           length == 4 ? word : word & ((UINT32_C(1) << 8 * length) - 1));
  write_address(disassembly, disassembly->pc);
  write_bytes(disassembly, bytes);
  IsaOp op = length == isa_length(word) ? isa_decode(&disassembly->decoder, word) : ISA_INVALID;
  if (op == ISA_INVALID) {
    text_append_string(disassembly->out, "<unknown>\n");
    return;
  }
  int64_t values[ISA_MAX_OPERANDS] = {0};
  isa_extract_operands(op, word, values);
  isa_print(disassembly->out, op, values, &disassembly->printer);
  uint64_t target;
  if (find_jump(disassembly, op, values, &target))
    write_target(disassembly, disassembly->out, target);
  text_append_char(disassembly->out, '\n');
  track_registers(disassembly, op, values);
}

// Data between instructions: words, and what is left of one.
static unsigned write_data(const Disassembly *disassembly, uint64_t end) {
  const DumpSection *section = &disassembly->file->sections[disassembly->section];
  const uint8_t *at = section->data + (disassembly->pc - section->address);
  uint64_t left = end - disassembly->pc;
  unsigned size = left >= DATA_WORD ? DATA_WORD : left >= 2 ? 2 : 1;
  uint32_t value = 0;
  memcpy(&value, at, size);
  char bytes[24];
  size_t used = 0;
  for (unsigned i = 0; i < size; i++)
    used += (size_t)snprintf(bytes + used, sizeof(bytes) - used, i ? " %02x" : "%02x", at[i]);
  write_address(disassembly, disassembly->pc);
  write_bytes(disassembly, bytes);
  text_format(disassembly->out,
              size == 4   ? ".word\t0x%08x\n"
              : size == 2 ? ".short\t0x%04x\n"
                          : ".byte\t0x%02x\n",
              value);
  return size;
}

static uint64_t zeros_at(const Disassembly *disassembly, uint64_t end) {
  const DumpSection *section = &disassembly->file->sections[disassembly->section];
  const uint8_t *at = section->data + (disassembly->pc - section->address);
  uint64_t left = end - disassembly->pc;
  uint64_t count = 0;
  while (count < left && at[count] == 0)
    count++;
  return count & ~UINT64_C(3); // what is left may begin an instruction
}

static void write_relocations_before(Disassembly *disassembly, uint64_t end) {
  const DumpSection *section = &disassembly->file->sections[disassembly->section];
  for (; disassembly->next_relocation < disassembly->relocation_count; disassembly->next_relocation++) {
    const Elf64_Rela *relocation = &disassembly->relocations[disassembly->next_relocation];
    if (relocation->r_offset >= end - section->address)
      return;
    if (relocation->r_offset < disassembly->pc - section->address)
      continue;
    const char *name = isa_relocation_name(ELF64_R_TYPE(relocation->r_info));
    uint64_t address = section->address + relocation->r_offset;
    text_format(disassembly->out, "\t\t%016llx:  %s\t", (unsigned long long)address, name ? name : "Unknown");
    dump_relocation_value(disassembly->file, relocation, disassembly->out);
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
      uint32_t word;
      size = fetch(disassembly, &word);
      write_instruction(disassembly, (unsigned)size, word);
    }
    write_relocations_before(disassembly, disassembly->pc + size);
    disassembly->pc += size;
  }
}

static void write_label(const Disassembly *disassembly, uint64_t address, const char *name) {
  text_format(disassembly->out, "\n%016llx <%s>:\n", (unsigned long long)address, name);
}

static void start_section(Disassembly *disassembly, uint32_t number) {
  DumpFile *file = disassembly->file;
  disassembly->section = number;
  disassembly->pc = file->sections[number].address;
  disassembly->relocations = NULL;
  disassembly->relocation_count = 0;
  disassembly->next_relocation = 0;
  if (disassembly->options->relocations)
    disassembly->relocations = dump_relocations(file, number, &disassembly->relocation_count);
  forget_registers(disassembly);
}

// The stretch of labels with one address, [first, end). Its best name is the last that is no mapping symbol.
typedef struct Stretch {
  uint32_t end;
  const char *name; // NULL: mapping symbols only
  int data;         // whether data begins here: 1 or 0, and -1 when no symbol says
} Stretch;

static Stretch read_stretch(const DumpFile *file, uint32_t first, uint32_t section) {
  Stretch stretch = {first, NULL, -1};
  uint64_t address = file->labels[first].address;
  for (; stretch.end < file->label_count && file->labels[stretch.end].section == section &&
         file->labels[stretch.end].address == address;
       stretch.end++) {
    const char *name = file->labels[stretch.end].symbol->name;
    if (is_mapping(name, 'x'))
      stretch.data = 0;
    else if (is_mapping(name, 'd'))
      stretch.data = 1;
    else
      stretch.name = name;
  }
  return stretch;
}

static uint64_t section_end(const DumpSection *section) {
  return section->address + section->size;
}

// Labels outside their section, as a damaged file may have, are left out.
static bool label_is_inside(const DumpSection *section, uint64_t address) {
  return address >= section->address && address - section->address < section->size;
}

static void write_section(Disassembly *disassembly, uint32_t number) {
  DumpFile *file = disassembly->file;
  const DumpSection *section = &file->sections[number];
  const char *only = disassembly->options->only;
  start_section(disassembly, number);
  uint32_t label = 0;
  while (label < file->label_count && file->labels[label].section < number)
    label++;
  while (label < file->label_count && file->labels[label].section == number &&
         !label_is_inside(section, file->labels[label].address))
    label++;
  bool data = false;
  bool shown = !only;
  bool at_label = label < file->label_count && file->labels[label].section == number &&
                  file->labels[label].address == section->address;
  if (!only)
    text_format(disassembly->out, "\nDisassembly of section %s:\n", section->name);
  if (shown && !(at_label && read_stretch(file, label, number).name))
    write_label(disassembly, section->address, section->name);
  while (disassembly->pc < section_end(section)) {
    bool more = label < file->label_count && file->labels[label].section == number &&
                label_is_inside(section, file->labels[label].address);
    uint64_t next = more ? file->labels[label].address : section_end(section);
    if (shown)
      write_run(disassembly, next, data);
    // An instruction may reach over the label that follows.
    disassembly->pc = disassembly->pc > next ? disassembly->pc : next;
    if (!more)
      break;
    Stretch stretch = read_stretch(file, label, number);
    label = stretch.end;
    data = stretch.data < 0 ? data : stretch.data == 1;
    if (!stretch.name)
      continue;
    bool was_shown = shown;
    shown = !only || strcmp(stretch.name, only) == 0;
    if (shown && only && !was_shown)
      text_format(disassembly->out, "\nDisassembly of section %s:\n", section->name);
    if (shown)
      write_label(disassembly, next, stretch.name);
    forget_registers(disassembly);
  }
}

static bool has_label(const DumpFile *file, const char *name) {
  for (uint32_t i = 0; i < file->label_count; i++)
    if (strcmp(file->labels[i].symbol->name, name) == 0)
      return true;
  return false;
}

bool dump_code(DumpFile *file, const ObjdumpOptions *options, Text *out) {
  if (options->only && !has_label(file, options->only)) {
    diagnose(file->diagnostics, DIAGNOSTIC_ERROR, place_named(file->name), "no symbol '%s' to disassemble",
             options->only);
    return false;
  }
  Disassembly disassembly = {.file = file, .options = options, .out = out};
  disassembly.printer = (IsaPrinter){.no_aliases = options->no_aliases,
                                     .decimal = options->decimal,
                                     .context = &disassembly,
                                     .print_operand = print_operand};
  isa_decoder_start(&disassembly.decoder, ISA_ALL_EXTENSIONS);
  for (uint32_t i = 1; i < file->section_count; i++) {
    const DumpSection *section = &file->sections[i];
    // A section at the end of the address space, as a damaged file may have, would make addresses wrap.
    if (section->data && section->size && (section->flags & SHF_EXECINSTR) &&
        section->address <= UINT64_MAX - section->size)
      write_section(&disassembly, i);
  }
  isa_decoder_free(&disassembly.decoder);
  return true;
}
