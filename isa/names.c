// Names of registers, CSRs, relocations and extensions.
#include "isa/isa.h"

#include <stdlib.h>
#include <string.h>
#include <strings.h>

typedef struct Register {
  uint8_t class;
  uint8_t number;
  const char *name;
  const char *other;
} Register;

static const Register registers[] = {
#define REGISTER(class, number, name, other) {ISA_CLASS_##class, number, name, other},
#define REGISTER_NAME(class, number, name) {ISA_CLASS_##class, number, name, name},
#include "isa/regs.def"
#undef REGISTER
#undef REGISTER_NAME
};

typedef struct Csr {
  uint16_t number;
  const char *name;
} Csr;

static const Csr csrs[] = {
#define CSR(number, name) {number, name},
#include "isa/csrs.def"
#undef CSR
};

typedef struct Relocation {
  unsigned number;
  const char *name;
} Relocation;

static const Relocation relocations[] = {
#define RELOCATION(name, number) {number, #name},
#include "isa/relocs.def"
#undef RELOCATION
};

#define COUNT(array) (sizeof(array) / sizeof((array)[0]))

static IsaOperandClass register_file(IsaOperandClass operand_class) {
  return operand_class == ISA_CLASS_GPR8   ? ISA_CLASS_GPR
         : operand_class == ISA_CLASS_FPR8 ? ISA_CLASS_FPR
                                           : operand_class;
}

typedef enum Spelling { ABI_NAME, NUMBER_NAME } Spelling;

static const char *spell(IsaOperandClass operand_class, unsigned number, Spelling spelling) {
  static const char *const names[][32][2] = {
#define REGISTER(class, number, name, other) [ISA_CLASS_##class][number] = {name, other},
#define REGISTER_NAME(class, number, name)
#include "isa/regs.def"
#undef REGISTER
#undef REGISTER_NAME
  };
  operand_class = register_file(operand_class);
  return operand_class < COUNT(names) && number < 32 ? names[operand_class][number][spelling] : NULL;
}

const char *isa_register_name(IsaOperandClass operand_class, unsigned number) {
  return spell(operand_class, number, ABI_NAME);
}

const char *isa_register_number_name(IsaOperandClass operand_class, unsigned number) {
  return spell(operand_class, number, NUMBER_NAME);
}

// `size` > 0.
static bool same(const char *name, const char *text, size_t size) {
  return name[0] == text[0] && strncmp(name, text, size) == 0 && name[size] == '\0';
}

int isa_register_find(IsaOperandClass operand_class, const char *text, size_t size) {
  operand_class = register_file(operand_class);
  if (!size)
    return -1;
  for (size_t i = 0; i < COUNT(registers); i++)
    if (registers[i].class == operand_class &&
        (same(registers[i].name, text, size) || same(registers[i].other, text, size)))
      return registers[i].number;
  return -1;
}

const char *isa_csr_name(unsigned number) {
  size_t low = 0;
  size_t high = COUNT(csrs);
  while (low < high) {
    size_t middle = (low + high) / 2;
    if (csrs[middle].number < number)
      low = middle + 1;
    else
      high = middle;
  }
  return low < COUNT(csrs) && csrs[low].number == number ? csrs[low].name : NULL;
}

int isa_csr_find(const char *text, size_t size) {
  for (size_t i = 0; i < COUNT(csrs); i++)
    if (size && same(csrs[i].name, text, size))
      return csrs[i].number;
  return -1;
}

const char *isa_relocation_name(unsigned type) {
  for (size_t i = 0; i < COUNT(relocations); i++)
    if (relocations[i].number == type)
      return relocations[i].name;
  return NULL;
}

int isa_relocation_find(const char *name) {
  for (size_t i = 0; i < COUNT(relocations); i++)
    if (strcmp(relocations[i].name, name) == 0)
      return (int)relocations[i].number;
  return -1;
}

// The Zfa extension's table, with each finite number in the fewest digits that say it exactly.
static const char *const float_constants[] = {
    "-1.0",
    "min",
    "1.52587890625e-05",
    "3.0517578125e-05",
    "0.00390625",
    "0.0078125",
    "0.0625",
    "0.125",
    "0.25",
    "0.3125",
    "0.375",
    "0.4375",
    "0.5",
    "0.625",
    "0.75",
    "0.875",
    "1.0",
    "1.25",
    "1.5",
    "1.75",
    "2.0",
    "2.5",
    "3.0",
    "4.0",
    "8.0",
    "16.0",
    "128.0",
    "256.0",
    "32768.0",
    "65536.0",
    "inf",
    "nan",
};
enum { FLOAT_CONSTANT_MIN = 1 };

const char *isa_float_constant_text(unsigned number) {
  return number < COUNT(float_constants) ? float_constants[number] : NULL;
}

double isa_float_constant(unsigned number) {
  return number == FLOAT_CONSTANT_MIN ? 0x1p-126 : strtod(float_constants[number], NULL);
}

int isa_float_constant_find(const char *text, size_t size) {
  char copy[64];
  if (!size || size >= sizeof copy)
    return -1;
  memcpy(copy, text, size);
  copy[size] = '\0';
  char *end;
  double value = strtod(copy, &end);
  bool number = *end == '\0' && end != copy;
  for (unsigned i = 0; i < COUNT(float_constants); i++) {
    if (strcasecmp(copy, float_constants[i]) == 0)
      return (int)i;
    if (number && i != FLOAT_CONSTANT_MIN && value == isa_float_constant(i))
      return (int)i;
  }
  return -1;
}
