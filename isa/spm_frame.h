// Scratchpad frames: how an object tells the linker which scratchpad memory each function needs, and what of
// it must survive the functions it calls. docs/linker.md, "Scratchpad frames", describes the whole.
//
// A function's frame is a section without contents (SHT_NOBITS) whose name says where it goes, as for all of
// the scratchpad: ".spm.bankN.NAME" or ".spm.NAME". The code refers to it by ordinary symbols and
// relocations. A record in the section SPM_FRAME_SECTION (SHT_PROGBITS, no flags) says whose frame it is, and
// then kiln-ld lets frames share memory that are never live together; without records, and with other
// linkers, each has memory of its own.
#ifndef KILN_ISA_SPM_FRAME_H
#define KILN_ISA_SPM_FRAME_H

#include <stdint.h>

#define SPM_FRAME_SECTION ".kiln.spm"

typedef enum SpmFrameKind {
  // `frame` is in the frame of `function`; a function may have a frame in each bank and one in no bank of its
  // own.
  SPM_FRAME_OWN = 1,
  // While `function` calls `callee`, only the first `resident` bytes of `frame` must survive: 0 when nothing
  // need. Without such a record all of the frame survives. Several for one pair: the largest counts.
  SPM_FRAME_CALL = 2,
  // As SPM_FRAME_OWN, of a frame of which nothing must survive any call that no record speaks of.
  SPM_FRAME_SCRATCH = 3,
} SpmFrameKind;

// One record. The first three fields are 0 in the object, with a relocation R_RISCV_64 each, against the
// function's symbol, a symbol in the frame's section, and the callee's symbol (none in SPM_FRAME_OWN and
// SPM_FRAME_SCRATCH; in SPM_FRAME_CALL none stands for all calls through a pointer).
typedef struct SpmFrameRecord {
  uint64_t function;
  uint64_t frame;
  uint64_t callee;
  uint64_t resident; // bytes
  uint32_t kind;     // SpmFrameKind
  uint32_t reserved; // 0
} SpmFrameRecord;

#endif
