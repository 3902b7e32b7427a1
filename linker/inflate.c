// Unpacks zlib streams (RFC 1950, with the blocks of RFC 1951): compressed debugging information.
#include "linker/internal.h"

enum { LONGEST_CODE = 15, LITERALS = 288, DISTANCES = 30, LENGTH_CODES = 19, END_OF_BLOCK = 256 };

typedef struct Inflater {
  const uint8_t *in;
  const uint8_t *in_end;
  uint64_t bits; // read ahead, the next in the lowest place
  unsigned bit_count;
  uint8_t *out;
  size_t out_at;
  size_t out_size;
  bool good;
} Inflater;

// A canonical prefix code: how many codes there are of each length, and their symbols in order.
typedef struct PrefixCode {
  uint16_t counts[LONGEST_CODE + 1];
  uint16_t symbols[LITERALS];
} PrefixCode;

static uint32_t take_bits(Inflater *inflater, unsigned count) {
  while (inflater->bit_count < count) {
    if (inflater->in == inflater->in_end) {
      inflater->good = false;
      return 0;
    }
    inflater->bits |= (uint64_t)*inflater->in++ << inflater->bit_count;
    inflater->bit_count += 8;
  }
  uint32_t value = (uint32_t)(inflater->bits & ((UINT64_C(1) << count) - 1));
  inflater->bits >>= count;
  inflater->bit_count -= count;
  return value;
}

// Makes the code whose symbols have the given lengths. False for lengths that no code has.
static bool make_code(PrefixCode *code, const uint8_t *lengths, unsigned count) {
  uint16_t next[LONGEST_CODE + 2] = {0};
  memset(code, 0, sizeof(*code));
  for (unsigned i = 0; i < count; i++)
    code->counts[lengths[i]]++;
  code->counts[0] = 0;
  int left = 1;
  for (unsigned length = 1; length <= LONGEST_CODE; length++) {
    left = 2 * left - code->counts[length];
    if (left < 0)
      return false;
    next[length + 1] = (uint16_t)(next[length] + code->counts[length]);
  }
  for (unsigned i = 0; i < count; i++)
    if (lengths[i])
      code->symbols[next[lengths[i]]++] = (uint16_t)i;
  return true;
}

static unsigned take_symbol(Inflater *inflater, const PrefixCode *code) {
  unsigned value = 0;
  unsigned first = 0;
  unsigned index = 0;
  for (unsigned length = 1; length <= LONGEST_CODE && inflater->good; length++) {
    value |= take_bits(inflater, 1);
    unsigned count = code->counts[length];
    if (value - first < count)
      return code->symbols[index + (value - first)];
    index += count;
    first = (first + count) << 1;
    value <<= 1;
  }
  inflater->good = false;
  return 0;
}

// Copies `length` bytes that are already there, from `distance` back; they may overlap the new ones.
static void repeat(Inflater *inflater, unsigned length, unsigned distance) {
  if (distance > inflater->out_at || length > inflater->out_size - inflater->out_at) {
    inflater->good = false;
    return;
  }
  for (; length; length--, inflater->out_at++)
    inflater->out[inflater->out_at] = inflater->out[inflater->out_at - distance];
}

static void read_match(Inflater *inflater, unsigned symbol, const PrefixCode *distances) {
  // Lengths and distances come in groups of equal numbers of extra bits.
  unsigned index = symbol - END_OF_BLOCK - 1;
  unsigned extra = index < 8 || index == 28 ? 0 : index / 4 - 1;
  unsigned length = index == 28 ? 258 : index < 8 ? index + 3 : 3 + ((4 + index % 4) << extra);
  if (index > 28) {
    inflater->good = false;
    return;
  }
  length += take_bits(inflater, extra);
  unsigned code = take_symbol(inflater, distances);
  if (code >= DISTANCES) {
    inflater->good = false;
    return;
  }
  extra = code < 4 ? 0 : code / 2 - 1;
  unsigned distance = code < 4 ? code + 1 : 1 + ((2 + code % 2) << extra);
  distance += take_bits(inflater, extra);
  if (inflater->good)
    repeat(inflater, length, distance);
}

static void read_codes(Inflater *inflater, const PrefixCode *literals, const PrefixCode *distances) {
  while (inflater->good) {
    unsigned symbol = take_symbol(inflater, literals);
    if (!inflater->good || symbol == END_OF_BLOCK)
      return;
    if (symbol > END_OF_BLOCK)
      read_match(inflater, symbol, distances);
    else if (inflater->out_at == inflater->out_size)
      inflater->good = false;
    else
      inflater->out[inflater->out_at++] = (uint8_t)symbol;
  }
}

static void read_stored(Inflater *inflater) {
  take_bits(inflater, inflater->bit_count % 8);
  uint32_t size = take_bits(inflater, 16);
  uint32_t check = take_bits(inflater, 16);
  if (!inflater->good || (size ^ check) != 0xffff || size > inflater->out_size - inflater->out_at) {
    inflater->good = false;
    return;
  }
  for (; size && inflater->good; size--)
    inflater->out[inflater->out_at++] = (uint8_t)take_bits(inflater, 8);
}

static void read_fixed(Inflater *inflater) {
  uint8_t lengths[LITERALS + DISTANCES];
  for (unsigned i = 0; i < LITERALS; i++)
    lengths[i] = i < 144 ? 8 : i < 256 ? 9 : i < 280 ? 7 : 8;
  memset(lengths + LITERALS, 5, DISTANCES);
  PrefixCode literals;
  PrefixCode distances;
  make_code(&literals, lengths, LITERALS);
  make_code(&distances, lengths + LITERALS, DISTANCES);
  read_codes(inflater, &literals, &distances);
}

// The lengths of both codes of a block, themselves coded.
static bool read_lengths(Inflater *inflater, uint8_t *lengths, unsigned count, const PrefixCode *code) {
  for (unsigned i = 0; i < count;) {
    unsigned symbol = take_symbol(inflater, code);
    if (!inflater->good)
      return false;
    if (symbol < 16) {
      lengths[i++] = (uint8_t)symbol;
      continue;
    }
    unsigned times = symbol == 16   ? 3 + take_bits(inflater, 2)
                     : symbol == 17 ? 3 + take_bits(inflater, 3)
                                    : 11 + take_bits(inflater, 7);
    if ((symbol == 16 && i == 0) || times > count - i)
      return false;
    memset(lengths + i, symbol == 16 ? lengths[i - 1] : 0, times);
    i += times;
  }
  return true;
}

static void read_dynamic(Inflater *inflater) {
  static const uint8_t order[LENGTH_CODES] = {16, 17, 18, 0, 8,  7, 9,  6, 10, 5,
                                              11, 4,  12, 3, 13, 2, 14, 1, 15};
  uint8_t lengths[LITERALS + 32] = {0};
  PrefixCode code;
  PrefixCode distances;
  unsigned literal_count = take_bits(inflater, 5) + 257;
  unsigned distance_count = take_bits(inflater, 5) + 1;
  unsigned length_count = take_bits(inflater, 4) + 4;
  for (unsigned i = 0; i < length_count; i++)
    lengths[order[i]] = (uint8_t)take_bits(inflater, 3);
  inflater->good = inflater->good && literal_count <= LITERALS && make_code(&code, lengths, LENGTH_CODES);
  memset(lengths, 0, sizeof(lengths));
  inflater->good = inflater->good && read_lengths(inflater, lengths, literal_count + distance_count, &code) &&
                   make_code(&code, lengths, literal_count) &&
                   make_code(&distances, lengths + literal_count, distance_count);
  if (inflater->good)
    read_codes(inflater, &code, &distances);
}

static uint32_t adler32(const uint8_t *bytes, size_t size) {
  enum { MODULUS = 65521, AT_ONCE = 5552 }; // so many sums fit 32 bits
  uint32_t a = 1;
  uint32_t b = 0;
  while (size) {
    size_t count = size < AT_ONCE ? size : AT_ONCE;
    size -= count;
    for (; count; count--) {
      a += *bytes++;
      b += a;
    }
    a %= MODULUS;
    b %= MODULUS;
  }
  return b << 16 | a;
}

// Unpacks a zlib stream of exactly `out_size` bytes. False when it is corrupt or of another size.
bool link_inflate(const uint8_t *data, size_t size, uint8_t *out, size_t out_size) {
  enum { HEADER = 2, TRAILER = 4, METHOD_DEFLATE = 8, DICTIONARY = 0x20 };
  if (size < HEADER + TRAILER || (data[0] & 0xf) != METHOD_DEFLATE || (data[0] << 8 | data[1]) % 31 ||
      (data[1] & DICTIONARY))
    return false;
  Inflater inflater = {
      .in = data + HEADER, .in_end = data + size, .out = out, .out_size = out_size, .good = true};
  for (bool last = false; !last && inflater.good;) {
    last = take_bits(&inflater, 1);
    uint32_t kind = take_bits(&inflater, 2);
    if (kind == 0)
      read_stored(&inflater);
    else if (kind == 1)
      read_fixed(&inflater);
    else if (kind == 2)
      read_dynamic(&inflater);
    else
      inflater.good = false;
  }
  take_bits(&inflater, inflater.bit_count % 8);
  uint32_t sum = 0;
  for (int i = 0; i < TRAILER; i++)
    sum = sum << 8 | take_bits(&inflater, 8);
  return inflater.good && inflater.out_at == out_size && sum == adler32(out, out_size);
}
