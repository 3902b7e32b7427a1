// A debugger's side of a run: breakpoints, watchpoints, single steps; and the session with GDB (gdb.c).
#ifndef KILN_SIM_DEBUG_H
#define KILN_SIM_DEBUG_H

#include "sim/internal.h"

typedef enum DebugWatchKind {
  DEBUG_WATCH_WRITE = 2,
  DEBUG_WATCH_READ = 3,
  DEBUG_WATCH_ACCESS = 4
} DebugWatchKind;

typedef struct DebugWatch {
  DebugWatchKind kind;
  uint64_t address;
  uint64_t size;
} DebugWatch;

typedef enum DebugStop {
  DEBUG_RUNNING,
  DEBUG_BREAKPOINT,
  DEBUG_STEPPED,
  DEBUG_WATCHED,
  DEBUG_INTERRUPTED
} DebugStop;

struct Debug {
  VEC(uint64_t) breakpoints;
  VEC(DebugWatch) watches;
  bool stepping;
  // Where the run is, in instructions since its state was saved, and the farthest that it has been.
  uint64_t executed;
  uint64_t farthest;
  bool known;     // the present instruction has been executed before: what it prints has been seen
  bool replaying; // on the way to `target`; nothing else stops it
  bool has_hit;   // and has come by a breakpoint or a watched access before it, the last one at `hit`
  uint64_t target;
  uint64_t hit;
  bool fresh; // nothing has been executed since the debugger let go: a breakpoint here is not hit again
  DebugStop stop;
  DebugWatch watched; // and the address that was touched
  int socket;         // of the session
};

// Whether to stop before this instruction.
bool debug_before(Debug *debug, const SimInsn *insn);
// Whether to stop behind the instruction that has just been executed.
bool debug_after(Debug *debug, const SimEvent *event);
// Looks, between blocks, for GDB's interrupt.
bool debug_interrupted(Debug *debug);

// Listens on 127.0.0.1 and serves one session for the run that is to begin at hart->pc. Returns how it ended.
SimStop sim_gdb(Sim *sim, unsigned port, Diagnostics *diagnostics);

#endif
