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

// Keeps a function out of its callers, so that calls are tested too.
#define NOINLINE __attribute__((noinline))

#endif
