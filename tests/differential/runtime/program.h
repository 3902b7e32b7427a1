// What the test programs see of the run-time library.
#ifndef KILN_DIFFERENTIAL_PROGRAM_H
#define KILN_DIFFERENTIAL_PROGRAM_H

// Prints one result as 16 hexadecimal digits on a line.
void emit(long value);

// Prints each of the further arguments, whose types the text gives: i (int), l (long), d (double), p (a
// pointer to a string, of which the characters are printed). Returns how many there were.
int emit_each(const char *types, ...);

// A checksum with one more value in it.
static inline long mix(long sum, long value) {
  return (long)((unsigned long)sum * 31 + (unsigned long)value);
}

// The word, of whose floating numbers of that many bits (16, 32, 64; 0: there are none) each NaN becomes the
// same one: LLVM leaves its sign and its payload open.
static inline unsigned long same_nans(unsigned long word, int bits) {
  unsigned long infinity = bits == 16 ? 0x7c00 : bits == 32 ? 0x7f800000 : 0x7ff0000000000000;
  for (int at = 0; bits && at < 64; at += bits) {
    unsigned long sign = 1ul << (bits - 1), number = word >> at & (sign | (sign - 1));
    if ((number & (sign - 1)) > infinity)
      word ^= (number ^ (infinity + 1)) << at;
  }
  return word;
}

// Keeps a function out of its callers, so that calls are tested too.
#define NOINLINE __attribute__((noinline))

#endif
