// What the files that order vector instructions share: a stretch of a block between instructions that nothing
// passes.
#ifndef KILN_TARGET_PASSES_ORDER_VECTORS_H
#define KILN_TARGET_PASSES_ORDER_VECTORS_H

#include "target/ir/vector.h"

enum { ORDER_WINDOW = 192, ORDER_MOST_QUEUED = 16 };

typedef enum OrderKind { ORDER_SCALAR, ORDER_UNIT, ORDER_LOAD, ORDER_STORE } OrderKind;

typedef struct OrderNode {
  IrValue value;
  uint8_t kind;       // OrderKind: what works on it
  bool reads, writes; // memory
  bool at_end;        // the result is there when all of it has been done
  uint32_t cycles;    // of the unit or the port
  uint32_t latency;   // from then to the first register of the result
  uint64_t state;     // number and width of elements that it wants; 0: it is no vector instruction
  IrValue mask;       // IR_NONE: all elements
  uint32_t height;    // cycles from its start to the window's end
  uint32_t waiting;   // nodes that it still waits for
  uint32_t edges;     // list; UINT32_MAX ends
  uint32_t ready;     // when what it reads is there
  uint32_t carried;   // when what it reads of the round before is there, from the round's start on
  bool done;
  bool unused; // no instruction is made of it
} OrderNode;

typedef struct OrderEdge {
  uint32_t to;
  uint32_t next;
  bool data;    // else only the order matters
  bool carried; // to the round behind, by a phi
} OrderEdge;

typedef struct VectorWindow {
  const Machine *machine;
  const Function *f;
  const Bitset *unused; // values
  OrderNode nodes[ORDER_WINDOW];
  uint32_t count, units;
  VEC(OrderEdge) edges;
} VectorWindow;

// order_window.c
// Whether other instructions may pass this one, which is added to the window then.
bool window_add(VectorWindow *w, IrValue v);
// Finds what must stay in order. place: by value, its node in the window; negative: it is in none.
void window_connect(VectorWindow *w, const int32_t *place);
// Cycles that the nodes take in an order, twice.
uint32_t window_cycles(VectorWindow *w, const uint32_t *order);
// Another order; loads_first: loads come as soon as they can. fits(context, node): whether there are
// registers for what it makes; made(context, node): it comes next.
typedef struct WindowRegisters {
  bool (*fits)(void *context, const OrderNode *node);
  void (*made)(void *context, const OrderNode *node);
  void *context;
} WindowRegisters;
void window_order(VectorWindow *w, const WindowRegisters *registers, bool loads_first, uint32_t *order);

#endif
