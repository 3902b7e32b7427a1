// Keeps the tables inside docs/isa.md true to the .def rows. A table stands between the lines
// `<!-- table NAME -->` and `<!-- end -->`; everything else in the file is left as it is.
#include "isa/isa.h"
#include "support/file.h"
#include "support/options.h"

#include <inttypes.h>
#include <string.h>

static const char *const integer_keys[][2] = {
#define MACHINE_INTEGER(field, key, smallest, largest, meaning) {#field, key},
#define MACHINE_ENERGY(field, key, meaning)
#include "isa/machine.def"
#undef MACHINE_INTEGER
#undef MACHINE_ENERGY
};

static const char *const latency_fields[] = {
#define SCHED(id, unit, latency, busy) #latency,
#include "isa/sched.def"
#undef SCHED
};

static const char *key_of_field(const char *field) {
  for (size_t i = 0; i < sizeof integer_keys / sizeof integer_keys[0]; i++)
    if (strcmp(integer_keys[i][0], field) == 0)
      return integer_keys[i][1];
  return field;
}

static bool is_ours(IsaOp op) {
  return isa_insn(op)->extension == ISA_EXT_XKILNTILE || isa_insn(op)->extension == ISA_EXT_XKILNDMA;
}

// The kind whose field covers this bit of the instruction, or -1.
static int kind_at(IsaOp op, unsigned bit) {
  const IsaFormatInfo *format = isa_insn_format(op);
  for (unsigned i = 0; i < format->operand_count; i++) {
    const IsaPiece *piece = isa_operand((IsaOperandKind)format->operands[i])->pieces;
    for (; piece->width; piece++)
      if (bit >= piece->at && bit < piece->at + piece->width)
        return format->operands[i];
  }
  return -1;
}

// The word from bit 31 down: fixed bits as they are, operands as `NAME[width]`.
static void print_encoding(Text *out, IsaOp op) {
  for (unsigned bit = 32; bit > 0;) {
    int kind = kind_at(op, bit - 1);
    unsigned start = bit;
    if (bit < 32)
      text_append_char(out, ' ');
    if (kind >= 0) {
      while (bit > 0 && kind_at(op, bit - 1) == kind)
        bit--;
      text_format(out, "%s[%u]", isa_operand((IsaOperandKind)kind)->name, start - bit);
      continue;
    }
    // Fixed bits are cut where the fields of the base formats end.
    do {
      bit--;
      text_append_char(out, isa_insn(op)->match >> bit & 1 ? '1' : '0');
    } while (bit > 0 && kind_at(op, bit - 1) < 0 && bit != 25 && bit != 20 && bit != 15 && bit != 12 &&
             bit != 7);
  }
}

// An operand's name as the syntax of an instruction of this format shows it.
static const char *written_name(IsaOperandKind kind, IsaFormat format) {
  if (kind == ISA_OPERAND_TILE_A && format == ISA_FORMAT_TILE_BIAS)
    return "vS";
  if (kind == ISA_OPERAND_TILE_B && format == ISA_FORMAT_TILE_MDW)
    return "vW";
  switch (kind) {
  case ISA_OPERAND_RD:
    return "rd";
  case ISA_OPERAND_RS1:
    return "rs1";
  case ISA_OPERAND_RS2:
    return "rs2";
  case ISA_OPERAND_RS3:
    return "rs3";
  case ISA_OPERAND_VD:
    return "vD";
  case ISA_OPERAND_VS2:
    return "vS";
  case ISA_OPERAND_ACC_D:
  case ISA_OPERAND_ACC_W:
    return "accD";
  case ISA_OPERAND_ACC_S:
  case ISA_OPERAND_ACC_S2:
    return "accS";
  case ISA_OPERAND_TILE_A:
    return "vA";
  case ISA_OPERAND_TILE_B:
    return "vB";
  case ISA_OPERAND_COUNT1:
  case ISA_OPERAND_COUNT2:
    return "n";
  case ISA_OPERAND_SHAPE:
    return ".RxC";
  case ISA_OPERAND_OVERWRITE:
    return "[.z]";
  case ISA_OPERAND_DW_QUAD:
    return "q";
  case ISA_OPERAND_DW_INDEX:
    return "idx";
  case ISA_OPERAND_DW_STEP:
    return "s";
  case ISA_OPERAND_DIMENSION:
    return "i";
  default:
    return isa_operand(kind)->name;
  }
}

static void print_syntax(Text *out, IsaOp op) {
  const IsaFormatInfo *format = isa_insn_format(op);
  IsaFormat number = (IsaFormat)isa_insn(op)->format;
  const char *syntax = format->syntax;
  text_append_string(out, isa_insn(op)->mnemonic);
  for (; *syntax == '~'; syntax += 2)
    text_append_string(out, written_name((IsaOperandKind)format->operands[syntax[1] - '0'], number));
  if (*syntax && *syntax != ' ')
    text_append_char(out, ' ');
  for (; *syntax; syntax++) {
    if (*syntax >= '0' && *syntax <= '9')
      text_append_string(out, written_name((IsaOperandKind)format->operands[*syntax - '0'], number));
    else if (*syntax == ',')
      text_append_string(out, ", ");
    else
      text_append_char(out, *syntax);
  }
}

static void table_instructions(Text *out) {
  text_append_string(out, "| Syntax | Bits 31 ... 0 | Extension | Timing class |\n|---|---|---|---|\n");
  for (unsigned op = 0; op < ISA_OP_COUNT; op++) {
    if (!is_ours((IsaOp)op))
      continue;
    text_append_string(out, "| `");
    print_syntax(out, (IsaOp)op);
    text_append_string(out, "` | `");
    print_encoding(out, (IsaOp)op);
    text_format(out, "` | %s | %s |\n", isa_extension_name((IsaExtension)isa_insn((IsaOp)op)->extension),
                isa_sched((IsaSched)isa_insn((IsaOp)op)->sched)->name);
  }
}

static const char *class_text(IsaOperandClass class) {
  switch (class) {
  case ISA_CLASS_GPR:
    return "an integer register";
  case ISA_CLASS_VR:
    return "a vector register";
  case ISA_CLASS_ACC:
    return "an accumulator, `acc0` ...";
  case ISA_CLASS_UNSIGNED:
    return "an unsigned number";
  case ISA_CLASS_LOG2:
    return "1, 2, 4, 8 or 16, held as 0 .. 4";
  case ISA_CLASS_STEP:
    return "1 or 2, held as 0 or 1";
  case ISA_CLASS_SHAPE:
    return "R and C, each 1, 2 or 4: log2(R) * 4 + log2(C)";
  case ISA_CLASS_OVERWRITE:
    return "suffix `.z`, held as 1";
  default:
    return "see the RISC-V manual";
  }
}

static const char *role_text(IsaRole role) {
  static const char *const texts[] = {"", "written", "read", "read and written"};
  return texts[role];
}

static void table_operands(Text *out) {
  bool used[ISA_OPERAND_COUNT] = {false};
  for (unsigned op = 0; op < ISA_OP_COUNT; op++)
    for (unsigned i = 0; is_ours((IsaOp)op) && i < isa_insn_format((IsaOp)op)->operand_count; i++)
      used[isa_insn_format((IsaOp)op)->operands[i]] = true;
  text_append_string(out, "| Field | In the syntax | Bits | What it is | |\n|---|---|---|---|---|\n");
  for (unsigned kind = 0; kind < ISA_OPERAND_COUNT; kind++) {
    const IsaOperandInfo *operand = isa_operand((IsaOperandKind)kind);
    if (!used[kind])
      continue;
    const IsaPiece *piece = operand->pieces; // no field of ours is in two pieces
    if (piece->width == 1)
      text_format(out, "| %s | `%s` | %u |", operand->name,
                  written_name((IsaOperandKind)kind, ISA_FORMAT_COUNT), piece->at);
    else
      text_format(out, "| %s | `%s` | %u..%u |", operand->name,
                  written_name((IsaOperandKind)kind, ISA_FORMAT_COUNT), piece->at + piece->width - 1,
                  piece->at);
    text_format(out, " %s | %s |\n", class_text(operand->operand_class), role_text(operand->role));
  }
}

static const char *occupancy_text(IsaOccupancy busy) {
  switch (busy) {
  case ISA_BUSY_ONE:
    return "1";
  case ISA_BUSY_LATENCY:
    return "the latency";
  case ISA_BUSY_SERIALIZE:
    return "1, issues alone";
  case ISA_BUSY_MEMORY:
    return "by the accesses";
  case ISA_BUSY_ELEMENTS:
    return "ceil(elements * widest EEW / valu.width)";
  case ISA_BUSY_ELEMENTS_DIVIDE:
    return "the same, times valu.divide";
  case ISA_BUSY_ELEMENTS_REDUCE:
    return "the same, plus valu.reduction";
  case ISA_BUSY_GATHER:
    return "max(1, LMUL)^2";
  case ISA_BUSY_SHAPE:
    return "R * C; 1 without a shape";
  case ISA_BUSY_COUNT:
    return "n";
  case ISA_BUSY_ROWS:
    return "a cycle a row";
  case ISA_BUSY_DRAIN:
    return "by drain.results and drain.bytes";
  }
  return "";
}

// The mnemonics of a class; of a class with very many only their number.
static void print_members(Text *out, IsaSched sched) {
  enum { MOST = 100 };
  unsigned count = 0;
  for (unsigned op = 0; op < ISA_OP_COUNT; op++)
    count += isa_insn((IsaOp)op)->sched == sched;
  if (count > MOST) {
    text_format(out, "%u instructions", count);
    return;
  }
  const char *separator = "";
  for (unsigned op = 0; op < ISA_OP_COUNT; op++) {
    if (isa_insn((IsaOp)op)->sched == sched) {
      text_format(out, "%s%s", separator, isa_insn((IsaOp)op)->mnemonic);
      separator = ", ";
    }
  }
}

static void table_timing(Text *out) {
  text_append_string(out, "| Class | Unit | Latency | Unit busy | Instructions |\n|---|---|---|---|---|\n");
  for (unsigned sched = 0; sched < ISA_SCHED_COUNT; sched++) {
    const IsaSchedInfo *info = isa_sched((IsaSched)sched);
    text_format(out, "| %s | %s | `%s` | %s | ", info->name, isa_unit_name(info->unit),
                key_of_field(latency_fields[sched]), occupancy_text(info->busy));
    print_members(out, (IsaSched)sched);
    text_append_string(out, " |\n");
  }
}

static void print_number(Text *out, uint64_t value) {
  text_format(out, value >= 4096 ? " 0x%" PRIx64 " |" : " %" PRIu64 " |", value);
}

static bool table_machine(Text *out, Diagnostics *diagnostics) {
  Machine k1;
  Machine k0;
  if (!machine_find(&k1, "k1", diagnostics) || !machine_find(&k0, "k0", diagnostics))
    return false;
  text_append_string(out, "| Key | k1 | k0 | Unit and meaning |\n|---|---|---|---|\n");
#define MACHINE_INTEGER(field, key, smallest, largest, meaning)                                              \
  text_append_string(out, "| `" key "` |");                                                                  \
  print_number(out, k1.field);                                                                               \
  print_number(out, k0.field);                                                                               \
  text_append_string(out, " " meaning " |\n");
#define MACHINE_ENERGY(field, key, meaning)                                                                  \
  text_format(out, "| `" key "` | %g | %g | pJ: " meaning " |\n", k1.field, k0.field);
#include "isa/machine.def"
#undef MACHINE_INTEGER
#undef MACHINE_ENERGY
  return true;
}

static void table_extensions(Text *out) {
  text_append_string(out, "| Extension | Version | Instructions | Machines |\n|---|---|---|---|\n");
  enum { OF_TOOLS, OF_MACHINE };
  static const unsigned versions[][3] = {
#define EXTENSION(id, name, major, minor, who) {major, minor, OF_##who},
#define IMPLIES(id, implied)
#include "isa/extensions.def"
#undef EXTENSION
#undef IMPLIES
  };
  for (unsigned extension = 0; extension < ISA_EXTENSION_COUNT; extension++) {
    unsigned count = 0;
    for (unsigned op = 0; op < ISA_OP_COUNT; op++)
      count += isa_insn((IsaOp)op)->extension == extension;
    if (count)
      text_format(out, "| %s | %u.%u | %u | %s |\n", isa_extension_name((IsaExtension)extension),
                  versions[extension][0], versions[extension][1], count, versions[extension][2] ? "yes" : "");
  }
}

static bool print_table(Text *out, const char *name, size_t size, Place place, Diagnostics *diagnostics) {
  static const struct {
    const char *name;
    void (*print)(Text *out);
  } tables[] = {
      {"instructions", table_instructions},
      {"operands", table_operands},
      {"timing", table_timing},
      {"extensions", table_extensions},
  };
  for (size_t i = 0; i < sizeof tables / sizeof tables[0]; i++) {
    if (strlen(tables[i].name) == size && memcmp(tables[i].name, name, size) == 0) {
      tables[i].print(out);
      return true;
    }
  }
  if (size == strlen("machine") && memcmp(name, "machine", size) == 0)
    return table_machine(out, diagnostics);
  diagnose(diagnostics, DIAGNOSTIC_ERROR, place, "there is no table of this name");
  return false;
}

// Copies the text with its tables made anew.
static bool renew(Text *out, const SourceText *source, Diagnostics *diagnostics) {
  static const char start[] = "<!-- table ";
  static const char close[] = " -->\n";
  static const char stop[] = "<!-- end -->\n";
  const char *next = source->text;
  const char *end = source->text + source->size;
  for (;;) {
    const char *found = memmem(next, (size_t)(end - next), start, strlen(start));
    if (!found)
      break;
    const char *name = found + strlen(start);
    const char *body = memmem(name, (size_t)(end - name), close, strlen(close));
    const char *behind = memmem(name, (size_t)(end - name), stop, strlen(stop));
    Place place = place_in(source, (size_t)(name - source->text), 0);
    if (!body || !behind || behind < body) {
      diagnose(diagnostics, DIAGNOSTIC_ERROR, place, "this table has no end");
      return false;
    }
    text_append(out, next, (size_t)(body + strlen(close) - next));
    if (!print_table(out, name, (size_t)(body - name), place, diagnostics))
      return false;
    next = behind;
  }
  text_append(out, next, (size_t)(end - next));
  return true;
}

static bool run(const char *path, bool check, Diagnostics *diagnostics) {
  FileData file;
  if (!file_read(&file, path, diagnostics))
    return false;
  SourceText source = file_source(&file);
  Text out = {0};
  bool good = renew(&out, &source, diagnostics);
  bool same = good && out.count == source.size && memcmp(out.data, source.text, out.count) == 0;
  if (good && check && !same) {
    diagnose(diagnostics, DIAGNOSTIC_ERROR, place_named(path),
             "the tables are not those of isa/*.def; run kiln-isadoc on this file");
    good = false;
  } else if (good && !check && !same) {
    good = file_write(path, out.data, out.count, false, diagnostics);
  }
  text_free(&out);
  file_free(&file);
  return good;
}

int main(int argc, char **argv) {
  bool check = false;
  const Option options[] = {
      {"check", OPTION_FLAG, &check, NULL, "change nothing; fail when a table is out of date", false},
  };
  const OptionTable table = {"kiln-isadoc", "kiln-isadoc [--check] docs/isa.md",
                             "Renews the tables of the instruction set's document from the tables of isa/.",
                             options, sizeof options / sizeof options[0]};
  Diagnostics diagnostics;
  diagnostics_start(&diagnostics, table.tool);
  StringList files = {0};
  OptionResult result = options_read(&table, argc, argv, &files, &diagnostics);
  bool good = result != OPTIONS_BAD;
  if (result == OPTIONS_RUN && files.count != 1) {
    diagnose(&diagnostics, DIAGNOSTIC_ERROR, (Place){0}, "expected one file");
    good = false;
  } else if (result == OPTIONS_RUN) {
    good = run(files.data[0], check, &diagnostics);
  }
  diagnostics_flush(&diagnostics, stderr);
  diagnostics_free(&diagnostics);
  string_list_free(&files);
  return good ? 0 : 1;
}
