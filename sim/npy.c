// NumPy's .npy files. Format: NumPy's "NPY format" note (numpy.lib.format): magic, version, header length, a
// Python dictionary literal with descr, fortran_order and shape, then the elements.
#include "sim/internal.h"

#include "support/file.h"

#include <ctype.h>
#include <inttypes.h>
#include <stdlib.h>

// What the header says.
typedef struct Header {
  SimType type;
  bool big_endian;
  bool fortran;
  unsigned rank;
  uint64_t sizes[SIM_MAX_RANK];
} Header;

typedef struct Reader {
  const char *name;
  const char *text; // the dictionary
  size_t size;
  size_t at;
  Diagnostics *diagnostics;
} Reader;

static bool bad(const Reader *reader, const char *format, ...) __attribute__((format(printf, 2, 3)));
static bool bad(const Reader *reader, const char *format, ...) {
  va_list arguments;
  va_start(arguments, format);
  diagnose_list(reader->diagnostics, DIAGNOSTIC_ERROR, place_named(reader->name), format, arguments);
  va_end(arguments);
  return false;
}

static void skip_space(Reader *reader) {
  while (reader->at < reader->size && isspace((unsigned char)reader->text[reader->at]))
    reader->at++;
}

static bool accept(Reader *reader, char c) {
  skip_space(reader);
  if (reader->at >= reader->size || reader->text[reader->at] != c)
    return false;
  reader->at++;
  return true;
}

static bool expect(Reader *reader, char c) {
  return accept(reader, c) || bad(reader, "malformed header: '%c' expected at its byte %zu", c, reader->at);
}

// string: "'" characters "'" with either quote
static bool read_string(Reader *reader, const char **start, size_t *length) {
  char quote = accept(reader, '\'') ? '\'' : '"';
  if (quote == '"' && !accept(reader, '"'))
    return bad(reader, "malformed header: a string expected at its byte %zu", reader->at);
  *start = reader->text + reader->at;
  const char *end = memchr(*start, quote, reader->size - reader->at);
  if (!end)
    return bad(reader, "malformed header: a string without its end");
  *length = (size_t)(end - *start);
  reader->at += *length + 1;
  return true;
}

static bool read_word(Reader *reader, const char *word) {
  skip_space(reader);
  size_t length = strlen(word);
  if (reader->size - reader->at < length || memcmp(reader->text + reader->at, word, length) != 0)
    return false;
  reader->at += length;
  return true;
}

static bool read_number(Reader *reader, uint64_t *value) {
  skip_space(reader);
  size_t start = reader->at;
  *value = 0;
  while (reader->at < reader->size && isdigit((unsigned char)reader->text[reader->at])) {
    uint64_t digit = (uint64_t)(reader->text[reader->at++] - '0');
    if (__builtin_mul_overflow(*value, 10, value) || __builtin_add_overflow(*value, digit, value))
      return bad(reader, "a size in the header is too large");
  }
  return reader->at > start || bad(reader, "malformed header: a number expected at its byte %zu", start);
}

// shape: "(" [number {"," number}] [","] ")"
static bool read_shape(Reader *reader, Header *header) {
  if (!expect(reader, '('))
    return false;
  while (!accept(reader, ')')) {
    if (header->rank == SIM_MAX_RANK)
      return bad(reader, "more than %d dimensions", SIM_MAX_RANK);
    if (!read_number(reader, &header->sizes[header->rank++]))
      return false;
    (void)accept(reader, 'L');
    if (!accept(reader, ',')) {
      if (!expect(reader, ')'))
        return false;
      break;
    }
  }
  return true;
}

typedef struct Code {
  const char *code;
  SimType type;
} Code;

static const Code codes[] = {
    {"i1", SIM_INT8},    {"i2", SIM_INT16},   {"i4", SIM_INT32},    {"i8", SIM_INT64}, {"u1", SIM_UINT8},
    {"u2", SIM_UINT16},  {"u4", SIM_UINT32},  {"u8", SIM_UINT64},   {"b1", SIM_BOOL},  {"f2", SIM_FLOAT16},
    {"f4", SIM_FLOAT32}, {"f8", SIM_FLOAT64}, {"V2", SIM_BFLOAT16},
};
enum { CODE_COUNT = sizeof codes / sizeof codes[0] };

// descr: byte order ('<', '>', '|', '=') and type code
static bool read_type(Reader *reader, Header *header) {
  const char *text = "";
  size_t length = 0;
  skip_space(reader);
  if (reader->at < reader->size && reader->text[reader->at] == '[')
    return bad(reader, "structured arrays are not supported");
  if (!read_string(reader, &text, &length))
    return false;
  size_t start = length && strchr("<>|=", text[0]) ? 1 : 0;
  header->big_endian = start && text[0] == '>';
  for (unsigned i = 0; i < CODE_COUNT; i++)
    if (length - start == 2 && memcmp(codes[i].code, text + start, 2) == 0) {
      header->type = codes[i].type;
      return true;
    }
  return bad(
      reader,
      "element type '%.*s' is not supported (integers, bool, float16, float32, float64, V2 for bfloat16)",
      (int)(length < 40 ? length : 40), text);
}

static bool read_entry(Reader *reader, Header *header, unsigned *seen) {
  const char *key = "";
  size_t length = 0;
  if (!read_string(reader, &key, &length) || !expect(reader, ':'))
    return false;
  if (length == 5 && memcmp(key, "descr", 5) == 0) {
    *seen |= 1;
    return read_type(reader, header);
  }
  if (length == 13 && memcmp(key, "fortran_order", 13) == 0) {
    *seen |= 2;
    header->fortran = read_word(reader, "True");
    return header->fortran || read_word(reader, "False") ||
           bad(reader, "malformed header: fortran_order is neither True nor False");
  }
  if (length == 5 && memcmp(key, "shape", 5) == 0) {
    *seen |= 4;
    header->rank = 0;
    return read_shape(reader, header);
  }
  return bad(reader, "malformed header: unknown key '%.*s'", (int)(length < 40 ? length : 40), key);
}

// header: "{" [entry {"," entry} [","]] "}"
static bool read_header(Reader *reader, Header *header) {
  unsigned seen = 0;
  if (!expect(reader, '{'))
    return false;
  while (!accept(reader, '}')) {
    if (!read_entry(reader, header, &seen))
      return false;
    if (!accept(reader, ',')) {
      if (!expect(reader, '}'))
        return false;
      break;
    }
  }
  return seen == 7 || bad(reader, "malformed header: descr, fortran_order and shape are not all there");
}

static void swap_elements(uint8_t *data, size_t bytes, unsigned width) {
  for (size_t i = 0; i + width <= bytes; i += width)
    for (unsigned j = 0; j < width / 2; j++) {
      uint8_t kept = data[i + j];
      data[i + j] = data[i + width - 1 - j];
      data[i + width - 1 - j] = kept;
    }
}

// Puts column-major elements into row-major order.
static void from_fortran(SimTensor *tensor, const uint8_t *data) {
  unsigned width = sim_type_bytes(tensor->type);
  uint64_t index[SIM_MAX_RANK] = {0};
  uint8_t *to = tensor->data;
  for (size_t i = 0; i < tensor->bytes / width; i++) {
    uint64_t offset = 0;
    for (unsigned d = tensor->rank; d-- > 0;)
      offset = offset * tensor->sizes[d] + index[d];
    memcpy(to + i * width, data + offset * width, width);
    for (unsigned d = tensor->rank; d-- > 0;) {
      if (++index[d] < tensor->sizes[d])
        break;
      index[d] = 0;
    }
  }
}

// Finds the dictionary behind magic, version and length. Returns where the elements begin, or 0.
static size_t find_header(Reader *reader, const uint8_t *bytes, size_t size) {
  static const uint8_t magic[] = {0x93, 'N', 'U', 'M', 'P', 'Y'};
  if (size < 10 || memcmp(bytes, magic, sizeof magic) != 0) {
    bad(reader, "not a .npy file");
    return 0;
  }
  if (bytes[6] < 1 || bytes[6] > 3 || bytes[7] != 0) {
    bad(reader, "version %u.%u of the .npy format is not known", bytes[6], bytes[7]);
    return 0;
  }
  size_t start = bytes[6] == 1 ? 10 : 12;
  uint32_t length = bytes[8] | (uint32_t)bytes[9] << 8;
  if (start == 12 && size >= 12)
    length |= (uint32_t)bytes[10] << 16 | (uint32_t)bytes[11] << 24;
  if (size < start || length > size - start) {
    bad(reader, "the file ends within its header");
    return 0;
  }
  reader->text = (const char *)bytes + start;
  reader->size = length;
  return start + length;
}

bool sim_npy_parse(SimTensor *tensor, const char *name, const void *data, size_t size,
                   Diagnostics *diagnostics) {
  Reader reader = {.name = name, .diagnostics = diagnostics};
  Header header = {0};
  *tensor = (SimTensor){0};
  size_t start = find_header(&reader, data, size);
  if (start == 0 || !read_header(&reader, &header))
    return false;
  uint64_t bytes = sim_type_bytes(header.type);
  for (unsigned i = 0; i < header.rank; i++)
    if (__builtin_mul_overflow(bytes, header.sizes[i], &bytes))
      return bad(&reader, "the shape is too large");
  if (bytes > size - start)
    return bad(&reader, "the shape needs %" PRIu64 " bytes of elements, the file has %zu", bytes,
               size - start);
  if (bytes < size - start)
    return bad(&reader, "%zu bytes follow the %" PRIu64 " bytes of elements", size - start - bytes, bytes);
  if (!sim_tensor_new(tensor, header.type, header.rank, header.sizes))
    return bad(&reader, "the host has no room for %" PRIu64 " bytes", bytes);
  const uint8_t *elements = (const uint8_t *)data + start;
  if (header.fortran && header.rank > 1)
    from_fortran(tensor, elements);
  else
    memcpy(tensor->data, elements, bytes);
  if (header.big_endian)
    swap_elements(tensor->data, bytes, sim_type_bytes(header.type));
  return true;
}

bool sim_npy_read(SimTensor *tensor, const char *path, Diagnostics *diagnostics) {
  FileData file;
  *tensor = (SimTensor){0};
  if (!file_read(&file, path, diagnostics))
    return false;
  bool good = sim_npy_parse(tensor, file.name, file.data, file.size, diagnostics);
  file_free(&file);
  return good;
}

void sim_npy_format(Text *out, const SimTensor *tensor) {
  const char *code = "";
  for (unsigned i = 0; i < CODE_COUNT; i++)
    if (codes[i].type == tensor->type)
      code = codes[i].code;
  Text header = {0};
  text_format(&header, "{'descr': '%c%s', 'fortran_order': False, 'shape': (",
              sim_type_bytes(tensor->type) == 1 ? '|' : '<', code);
  for (unsigned i = 0; i < tensor->rank; i++)
    text_format(&header, i + 1 < tensor->rank ? "%" PRIu64 ", " : "%" PRIu64, tensor->sizes[i]);
  text_append_string(&header, tensor->rank == 1 ? ",), }" : "), }");
  // Spaces and a newline bring the elements to a multiple of 64 bytes.
  while ((10 + header.count + 1) % 64)
    text_append_char(&header, ' ');
  text_append_char(&header, '\n');
  text_append(out, "\x93NUMPY\x01\x00", 8);
  text_append_char(out, (char)(header.count & 0xff));
  text_append_char(out, (char)(header.count >> 8));
  text_append(out, header.data, header.count);
  text_append(out, tensor->data, tensor->bytes);
  text_free(&header);
}
