// Between the common part of the run-time library and the ways to the outside.
#ifndef KILN_DIFFERENTIAL_OUTPUT_H
#define KILN_DIFFERENTIAL_OUTPUT_H

// Provided for each environment: writes to the standard output.
void write_bytes(const char *bytes, unsigned long count);

// Writes what emit() has collected; to be called when the program ends.
void flush_output(void);

#endif
