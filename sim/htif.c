// The host-target interface: the program writes a command to `tohost` and the answer comes in `fromhost`.
// A word is device (8 bits), command (8 bits), payload (48 bits). Device 0 is system calls (an odd payload
// ends the program with payload >> 1), device 1 the console.
#include "sim/debug.h"

#include <stdlib.h>

enum { DEVICE_SYSTEM = 0, DEVICE_CONSOLE = 1, CONSOLE_READ = 0, CONSOLE_WRITE = 1 };
enum { CALL_WRITE = 64, CALL_EXIT = 93 }; // the numbers of Linux for RISC-V, as the convention has them

static void answer(Sim *sim, uint64_t word) {
  uint64_t zero = 0;
  sim_write_memory(sim, sim->hart.tohost, &zero, sizeof zero);
  if (sim->fromhost != UINT64_MAX)
    sim_write_memory(sim, sim->fromhost, &word, sizeof word);
}

// The payload points to eight words: number and arguments; the result replaces the first.
static void system_call(Sim *sim, uint64_t address) {
  uint64_t words[8] = {0};
  int64_t result = -1;
  if (sim_read_memory(sim, address, words, sizeof words)) {
    if (words[0] == CALL_WRITE) {
      const uint8_t *bytes = words[3] ? sim_memory_at(&sim->hart.memory, words[2], words[3]) : NULL;
      if (bytes && (words[1] == 1 || words[1] == 2))
        sim_console_write(sim, (int)words[1], bytes, words[3]);
      result = bytes || words[3] == 0 ? (int64_t)words[3] : -1;
    } else if (words[0] == CALL_EXIT) {
      sim->exited = true;
      sim->exit_code = (int)(words[1] & 0xff);
      result = 0;
    }
    sim_write_memory(sim, address, &result, sizeof result);
  }
  answer(sim, 1);
}

void sim_htif(Sim *sim) {
  uint64_t word = 0;
  if (!sim_read_memory(sim, sim->hart.tohost, &word, sizeof word) || word == 0)
    return;
  unsigned device = (unsigned)(word >> 56);
  unsigned command = word >> 48 & 0xff;
  uint64_t payload = word & UINT64_C(0xffffffffffff);
  if (device == DEVICE_SYSTEM && (payload & 1)) {
    sim->exited = true;
    sim->exit_code = (int)(payload >> 1 & 0xff);
    return;
  }
  if (device == DEVICE_SYSTEM) {
    system_call(sim, payload);
  } else if (device == DEVICE_CONSOLE && command == CONSOLE_WRITE) {
    uint8_t c = (uint8_t)payload;
    sim_console_write(sim, 1, &c, 1);
    answer(sim, (uint64_t)DEVICE_CONSOLE << 56 | (uint64_t)CONSOLE_WRITE << 48);
  } else if (device == DEVICE_CONSOLE && command == CONSOLE_READ) {
    uint8_t c = 0;
    sim->met_host = true;
    const SimConsole *console = &sim->options->console;
    size_t count = console->read ? console->read(console->context, &c, 1) : 0;
    answer(sim, (uint64_t)DEVICE_CONSOLE << 56 | (count ? (uint64_t)c + 0x100 : 0));
  } else {
    answer(sim, 0);
  }
}

void sim_console_write(Sim *sim, int stream, const void *data, size_t size) {
  const SimConsole *console = &sim->options->console;
  if (sim->debug && sim->debug->known) // it has been written before GDB went back
    return;
  if (console->write && size)
    console->write(console->context, stream, data, size);
}
