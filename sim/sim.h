// The simulator: loads a program for a Kiln machine, runs it or calls its functions, counts what happened.
#ifndef KILN_SIM_SIM_H
#define KILN_SIM_SIM_H

#include "isa/machine.h"

#ifdef __cplusplus
extern "C" {
#endif

typedef struct Sim Sim;

#ifdef __cplusplus
}
#endif
#endif
