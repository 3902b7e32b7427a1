// Tables of vector_math.c: polynomials of functions that are cut into as many pieces as a register has
// floats, so that a gather from one register finds each element's coefficient.
#ifndef KILN_TARGET_IR_VECTOR_TABLES_H
#define KILN_TARGET_IR_VECTOR_TABLES_H

#include <stdint.h>

enum { VECTOR_PIECES = 16, VECTOR_ERF_ROWS = 6, VECTOR_TANH_ROWS = 8, VECTOR_PI_ROWS = 6 };

extern const float vector_erf_table[VECTOR_ERF_ROWS][VECTOR_PIECES];
extern const float vector_tanh_table[VECTOR_TANH_ROWS][VECTOR_PIECES];
extern const uint32_t vector_pi_table[VECTOR_PI_ROWS][VECTOR_PIECES];

#endif
