// Orders moves that happen at once.
#include "target/select/isel.h"

#include <string.h>

// Few moves come together, so the searches are linear.
static uint32_t find_reader(const Move *pending, uint32_t count, uint32_t reg, uint32_t except) {
  for (uint32_t i = 0; i < count; i++)
    if (i != except && pending[i].from == reg)
      return i;
  return count;
}

void sequence_moves(const Move *moves, uint32_t count, uint32_t (*fresh)(void *context, uint32_t like),
                    void *context, MoveList *out) {
  Move *pending = checked_malloc((count + 1) * sizeof *pending);
  uint32_t left = 0;
  for (uint32_t i = 0; i < count; i++)
    if (moves[i].to != moves[i].from)
      pending[left++] = moves[i];
  while (left) {
    uint32_t ready = 0;
    while (ready < left && find_reader(pending, left, pending[ready].to, ready) != left)
      ready++;
    if (ready < left) {
      VEC_PUSH(out, pending[ready]);
      memmove(pending + ready, pending + ready + 1, (left - ready - 1) * sizeof *pending);
      left--;
      continue;
    }
    // Every destination is still to be read: a cycle. Its first register moves aside.
    Move aside = {fresh(context, pending[0].to), pending[0].to};
    VEC_PUSH(out, aside);
    for (uint32_t i = 0; i < left; i++)
      if (pending[i].from == aside.from)
        pending[i].from = aside.to;
  }
  free(pending);
}
