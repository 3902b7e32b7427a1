// What the test programs see of the run-time library.
#ifndef KILN_DIFFERENTIAL_PROGRAM_H
#define KILN_DIFFERENTIAL_PROGRAM_H

// Prints one result as 16 hexadecimal digits on a line.
void emit(long value);

// Keeps a function out of its callers, so that calls are tested too.
#define NOINLINE __attribute__((noinline))

#endif
