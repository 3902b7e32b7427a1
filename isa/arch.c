// Sets of extensions and their arch strings (RISC-V ISA manual, volume I, "ISA Extension Naming
// Conventions").
#include "isa/isa.h"

#include <ctype.h>
#include <string.h>

typedef struct Extension {
  const char *name;
  const char *versioned; // as arch strings have it: the name and "1p0"
} Extension;

static const Extension extensions[] = {
#define EXTENSION(id, name, major, minor, who) {name, name #major "p" #minor},
#define IMPLIES(id, implied)
#include "isa/extensions.def"
#undef EXTENSION
#undef IMPLIES
};

typedef struct Implication {
  uint8_t from;
  uint8_t to;
} Implication;

static const Implication implications[] = {
#define EXTENSION(id, name, major, minor, who)
#define IMPLIES(id, implied) {ISA_EXT_##id, ISA_EXT_##implied},
#include "isa/extensions.def"
#undef EXTENSION
#undef IMPLIES
};

enum {
#define MACHINE 1
#define TOOLS 0
#define EXTENSION(id, name, major, minor, who) OF_MACHINE_##id = who,
#define IMPLIES(id, implied)
#include "isa/extensions.def"
#undef EXTENSION
#undef IMPLIES
#undef MACHINE
#undef TOOLS
};

static const IsaExtensions machine_extensions = 0
#define EXTENSION(id, name, major, minor, who) | (IsaExtensions)OF_MACHINE_##id << ISA_EXT_##id
#define IMPLIES(id, implied)
#include "isa/extensions.def"
#undef EXTENSION
#undef IMPLIES
    ;

// Instructions beyond their rows' extensions: availability.def. Several rows may add to one entry, so each
// table is the sum of what single rows say.
typedef struct Alternative {
  uint16_t what; // an instruction, or an extension whose rows are meant
  uint8_t extension;
} Alternative;

static const Alternative within[] = {
#define ALSO_WITHIN(whole, smaller) {ISA_EXT_##whole, ISA_EXT_##smaller},
#define ALSO_IN(op, extension)
#define NEEDS(op, extension)
#include "isa/availability.def"
#undef ALSO_WITHIN
#undef ALSO_IN
};
static const Alternative also[] = {
#define ALSO_WITHIN(whole, smaller)
#define ALSO_IN(op, extension) {ISA_##op, ISA_EXT_##extension},
#include "isa/availability.def"
#undef ALSO_IN
#undef NEEDS
};
// One more than the extension.
static const uint8_t needs[ISA_OP_COUNT] = {
#define ALSO_IN(op, extension)
#define NEEDS(op, extension) [ISA_##op] = ISA_EXT_##extension + 1,
#include "isa/availability.def"
#undef ALSO_WITHIN
#undef ALSO_IN
#undef NEEDS
};

const char *isa_extension_name(IsaExtension extension) {
  return extensions[extension].name;
}

static bool has(IsaExtensions set, unsigned extension) {
  return set >> extension & 1;
}

static bool has_alternative(const Alternative *rows, size_t count, unsigned what, IsaExtensions set) {
  for (size_t i = 0; i < count; i++)
    if (rows[i].what == what && has(set, rows[i].extension))
      return true;
  return false;
}

IsaExtension isa_missing_extension(IsaOp op, IsaExtensions set) {
  IsaExtension extension = (IsaExtension)isa_insn(op)->extension;
  if (!has(set, extension) && !has_alternative(within, sizeof within / sizeof within[0], extension, set) &&
      !has_alternative(also, sizeof also / sizeof also[0], op, set))
    return extension;
  return needs[op] && !has(set, needs[op] - 1U) ? (IsaExtension)(needs[op] - 1) : ISA_EXTENSION_COUNT;
}

IsaExtensions isa_add_implied(IsaExtensions set) {
  for (IsaExtensions before = 0; before != set;) {
    before = set;
    for (size_t i = 0; i < sizeof implications / sizeof implications[0]; i++)
      if (has(set, implications[i].from))
        set |= ISA_EXTENSION_BIT(implications[i].to);
    if (has(set, ISA_EXT_C) && has(set, ISA_EXT_D))
      set |= ISA_EXTENSION_BIT(ISA_EXT_ZCD);
  }
  return set;
}

IsaExtensions isa_machine_extensions(const Machine *machine) {
  static const struct {
    IsaExtension extension;
    unsigned bits;
  } lengths[] = {
      {ISA_EXT_ZVL32B, 32},   {ISA_EXT_ZVL64B, 64},   {ISA_EXT_ZVL128B, 128},
      {ISA_EXT_ZVL256B, 256}, {ISA_EXT_ZVL512B, 512}, {ISA_EXT_ZVL1024B, 1024},
  };
  IsaExtensions set = machine_extensions;
  for (size_t i = 0; i < sizeof lengths / sizeof lengths[0]; i++)
    if (machine->vlen < lengths[i].bits)
      set &= ~ISA_EXTENSION_BIT(lengths[i].extension);
  return set;
}

void isa_arch_format(Text *out, IsaExtensions set) {
  const char *separator = "rv64";
  for (unsigned i = 0; i < ISA_EXTENSION_COUNT; i++) {
    if (!has(set, i))
      continue;
    text_append_string(out, separator);
    text_append_string(out, extensions[i].versioned);
    separator = "_";
  }
}

typedef struct ArchParser {
  const char *next;
  IsaExtensions set;
  Place place;
  Diagnostics *diagnostics;
  const char *whole;
  bool lenient; // extensions that are not known are passed over
} ArchParser;

static bool wrong(ArchParser *parser, const char *what, const char *text, size_t size) {
  if (!parser->diagnostics)
    return false;
  diagnose(parser->diagnostics, DIAGNOSTIC_ERROR, parser->place, "%s '%.*s' in the arch string '%s'", what,
           (int)size, text, parser->whole);
  return false;
}

static bool add_named(ArchParser *parser, const char *name, size_t size) {
  for (unsigned i = 0; i < ISA_EXTENSION_COUNT; i++) {
    if (strlen(extensions[i].name) == size && memcmp(extensions[i].name, name, size) == 0) {
      parser->set |= ISA_EXTENSION_BIT(i);
      return true;
    }
  }
  return parser->lenient || wrong(parser, "unknown extension", name, size);
}

// A version `2p1` or `2`, which is of no interest here: no extension of ours exists in two versions. In a
// name of one letter a 'p' without digits behind it is the next extension.
static void skip_version(ArchParser *parser) {
  while (isdigit((unsigned char)*parser->next))
    parser->next++;
  if (parser->next[0] == 'p' && isdigit((unsigned char)parser->next[1]))
    for (parser->next++; isdigit((unsigned char)*parser->next);)
      parser->next++;
}

static bool parse_single(ArchParser *parser) {
  const char *name = parser->next++;
  if (*name == 'g') {
    static const IsaExtension general[] = {ISA_EXT_I, ISA_EXT_M,     ISA_EXT_A,       ISA_EXT_F,
                                           ISA_EXT_D, ISA_EXT_ZICSR, ISA_EXT_ZIFENCEI};
    for (size_t i = 0; i < sizeof general / sizeof general[0]; i++)
      parser->set |= ISA_EXTENSION_BIT(general[i]);
  } else if (*name == 'b') { // the bit manipulation extension is exactly these three
    parser->set |=
        ISA_EXTENSION_BIT(ISA_EXT_ZBA) | ISA_EXTENSION_BIT(ISA_EXT_ZBB) | ISA_EXTENSION_BIT(ISA_EXT_ZBS);
  } else if (!add_named(parser, name, 1)) {
    return false;
  }
  if (isdigit((unsigned char)*parser->next))
    skip_version(parser);
  return true;
}

// The length of a name of several letters, which may have digits inside (zve64d), without its version at the
// end (digits, optionally 'p' and digits). A name that itself ends in digits does not exist.
static size_t name_length(const char *name, size_t size) {
  size_t end = size;
  while (end > 0 && isdigit((unsigned char)name[end - 1]))
    end--;
  if (end < size && end > 1 && name[end - 1] == 'p' && isdigit((unsigned char)name[end - 2]))
    for (end--; end > 0 && isdigit((unsigned char)name[end - 1]);)
      end--;
  return end;
}

static bool parse_multiple(ArchParser *parser) {
  const char *name = parser->next;
  size_t size = strcspn(name, "_");
  parser->next += size;
  return add_named(parser, name, name_length(name, size));
}

static bool parse_arch(ArchParser *parser, IsaExtensions *set) {
  const char *text = parser->whole;
  *set = 0;
  if (strncmp(text, "rv64", 4) != 0)
    return wrong(parser, "expected 'rv64' at the start, found", text, strcspn(text, "_"));
  parser->next = text + 4;
  if (*parser->next != 'i' && *parser->next != 'g')
    return wrong(parser, "expected 'i' or 'g' behind 'rv64', found", parser->next, *parser->next ? 1 : 0);
  while (*parser->next) {
    if (*parser->next == '_') {
      parser->next++;
      if (!*parser->next || *parser->next == '_')
        return wrong(parser, "expected an extension behind '_', found", parser->next, *parser->next ? 1 : 0);
    } else if (!(*parser->next == 'z' || *parser->next == 's' || *parser->next == 'x'
                     ? parse_multiple(parser)
                     : parse_single(parser))) {
      return false;
    }
  }
  *set = isa_add_implied(parser->set);
  return true;
}

bool isa_arch_parse(IsaExtensions *set, const char *text, Place place, Diagnostics *diagnostics) {
  ArchParser parser = {.place = place, .diagnostics = diagnostics, .whole = text};
  return parse_arch(&parser, set);
}

bool isa_arch_known(IsaExtensions *set, const char *text) {
  ArchParser parser = {.whole = text, .lenient = true};
  return parse_arch(&parser, set);
}
