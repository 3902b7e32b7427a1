// GDB's remote serial protocol (GDB manual, appendix E) on the loopback interface, for one session.
#include "sim/debug.h"
#include "sim/history.h"

#include <arpa/inet.h>
#include <errno.h>
#include <inttypes.h>
#include <netinet/tcp.h>
#include <poll.h>
#include <stdlib.h>
#include <sys/socket.h>
#include <unistd.h>

enum {
  PACKET_BYTES = 1 << 15,
  REGISTER_PC = 32,
  REGISTER_F = 33,
  REGISTER_FFLAGS = 65,
  REGISTER_FRM = 66,
  REGISTER_FCSR = 67,
  REGISTER_VECTOR_CSR = 68, // vstart, vxsat, vxrm, vl, vtype, vlenb
  VECTOR_CSRS = 6,
  REGISTER_V = REGISTER_VECTOR_CSR + VECTOR_CSRS,
  REGISTER_ACC = REGISTER_V + 32,
  SIGNAL_TRAP = 5,
};

typedef struct Session {
  Sim *sim;
  Debug debug;
  History *history; // the state that `debug.executed` counts from; NULL: there is no way back
  Text reply;
  Text target; // the description of the registers
  size_t received;
  char packet[PACKET_BYTES];
} Session;

// ---- Stops

static bool has_breakpoint(const Debug *debug, uint64_t pc) {
  for (size_t i = 0; i < debug->breakpoints.count; i++)
    if (debug->breakpoints.data[i] == pc)
      return true;
  return false;
}

// Whether to stop, when what was executed so far is not counted.
static bool stops_before(Debug *debug, const SimInsn *insn) {
  bool fresh = debug->fresh;
  debug->fresh = false;
  if (fresh)
    return false;
  if (debug->stepping) {
    debug->stop = DEBUG_STEPPED;
    return true;
  }
  if (has_breakpoint(debug, insn->pc))
    debug->stop = DEBUG_BREAKPOINT;
  return debug->stop != DEBUG_RUNNING;
}

bool debug_before(Debug *debug, const SimInsn *insn) {
  if (debug->replaying && debug->executed == debug->target) {
    debug->stop = DEBUG_STEPPED;
    return true;
  }
  if (debug->replaying && has_breakpoint(debug, insn->pc)) {
    debug->has_hit = true;
    debug->hit = debug->executed;
    debug->watched.size = 0;
  }
  if (!debug->replaying && stops_before(debug, insn))
    return true;
  debug->executed++;
  debug->known = debug->executed <= debug->farthest;
  if (!debug->known)
    debug->farthest = debug->executed;
  return false;
}

static bool touches(const DebugWatch *watch, const SimAccess *access) {
  if (access->store ? watch->kind == DEBUG_WATCH_READ : watch->kind == DEBUG_WATCH_WRITE)
    return false;
  for (uint32_t i = 0; i < access->count; i++) {
    uint64_t low = access->address + i * (uint64_t)access->stride;
    if (low < watch->address + watch->size && watch->address < low + access->size)
      return true;
  }
  return false;
}

// A transfer's bytes are moved when it starts: its destination is written then.
static bool transfer_touches(const DebugWatch *watch, const SimDmaTransfer *what) {
  for (unsigned i = 0; i < SIM_DMA_DIMENSIONS; i++)
    if (what->dimensions[i].count == 0)
      return false;
  uint32_t size = (uint32_t)what->dimensions[0].count;
  SimDmaRun run = sim_dma_first_run(what);
  do {
    SimAccess written = {run.destination, 0, size, 1, true};
    SimAccess read = {run.source, 0, size, 1, false};
    if (touches(watch, &written) || (!what->fill && touches(watch, &read)))
      return true;
  } while (sim_dma_next_run(what, &run));
  return false;
}

bool debug_after(Debug *debug, const SimEvent *event) {
  for (size_t w = 0; w < debug->watches.count; w++) {
    const DebugWatch *watch = &debug->watches.data[w];
    bool hit = event->transfer && transfer_touches(watch, event->transfer);
    for (size_t i = 0; i < event->accesses.count && !hit; i++)
      hit = touches(watch, &event->accesses.data[i]);
    if (hit && debug->replaying) { // going back, the access is seen from before it
      debug->has_hit = true;
      debug->hit = debug->executed - 1;
      debug->watched = *watch;
    } else if (hit) {
      debug->watched = *watch;
      debug->stop = DEBUG_WATCHED;
      return true;
    }
  }
  return false;
}

bool debug_interrupted(Debug *debug) {
  struct pollfd ready = {debug->socket, POLLIN, 0};
  char c;
  if (poll(&ready, 1, 0) <= 0 || recv(debug->socket, &c, 1, MSG_PEEK) == 0)
    return false;
  // Whatever GDB says while the program runs asks for it to stop; all that it does say is the interrupt.
  if (recv(debug->socket, &c, 1, 0) != 1 || c != 3)
    return false;
  debug->stop = DEBUG_INTERRUPTED;
  return true;
}

// ---- Packets

static bool send_all(int socket, const char *data, size_t size) {
  while (size) {
    ssize_t sent = send(socket, data, size, MSG_NOSIGNAL);
    if (sent <= 0)
      return false;
    data += sent;
    size -= (size_t)sent;
  }
  return true;
}

static bool send_packet(Session *session) {
  unsigned sum = 0;
  for (size_t i = 0; i < session->reply.count; i++)
    sum += (uint8_t)session->reply.data[i];
  Text packet = {0};
  text_append_char(&packet, '$');
  text_append(&packet, text_string(&session->reply), session->reply.count);
  text_format(&packet, "#%02x", sum & 255);
  bool sent = send_all(session->debug.socket, packet.data, packet.count);
  text_free(&packet);
  return sent;
}

static bool read_char(const Session *session, char *c) {
  return recv(session->debug.socket, c, 1, 0) == 1;
}

// Reads one packet into session->packet, NUL-terminated, and acknowledges it. False at the end.
static bool receive_packet(Session *session) {
  char c;
  do {
    if (!read_char(session, &c))
      return false;
  } while (c != '$');
  session->received = 0;
  while (read_char(session, &c) && c != '#')
    if (session->received < PACKET_BYTES - 1)
      session->packet[session->received++] = c;
  session->packet[session->received] = 0;
  char sum[2];
  return c == '#' && read_char(session, &sum[0]) && read_char(session, &sum[1]) &&
         send_all(session->debug.socket, "+", 1);
}

static void put_bytes(Text *out, const void *data, size_t size) {
  for (size_t i = 0; i < size; i++)
    text_format(out, "%02x", ((const uint8_t *)data)[i]);
}

static int digit(char c) {
  return c >= '0' && c <= '9'   ? c - '0'
         : c >= 'a' && c <= 'f' ? c - 'a' + 10
         : c >= 'A' && c <= 'F' ? c - 'A' + 10
                                : -1;
}

// Reads up to `size` bytes as pairs of digits; returns how many.
static size_t get_bytes(const char *text, uint8_t *data, size_t size) {
  size_t count = 0;
  while (count < size && digit(text[2 * count]) >= 0 && digit(text[2 * count + 1]) >= 0) {
    data[count] = (uint8_t)(digit(text[2 * count]) << 4 | digit(text[2 * count + 1]));
    count++;
  }
  return count;
}

// From here on counts: what GDB changes cannot be executed again.
static void begin_history(Session *session) {
  history_free(session->history);
  session->history = history_take(session->sim);
  session->debug.executed = 0;
  session->debug.farthest = 0;
  session->sim->met_host = false;
}

// ---- Registers

static void describe_vectors(Text *out, const Hart *hart) {
  static const char *const names[] = {"bytes", "shorts", "words", "longs"};
  static const char *const fields[] = {"b", "s", "w", "l"};
  text_append_string(out, "<feature name=\"org.gnu.gdb.riscv.vector\">");
  for (unsigned i = 0; i < 4; i++)
    text_format(out, "<vector id=\"%s\" type=\"uint%u\" count=\"%u\"/>", names[i], 8U << i, hart->vlenb >> i);
  text_append_string(out, "<union id=\"riscv_vector\">");
  for (unsigned i = 0; i < 4; i++)
    text_format(out, "<field name=\"%s\" type=\"%s\"/>", fields[i], names[i]);
  text_append_string(out, "</union>");
  for (unsigned i = 0; i < 32; i++)
    text_format(out, "<reg name=\"v%u\" bitsize=\"%u\" type=\"riscv_vector\" regnum=\"%u\"/>", i,
                hart->vlenb * 8, REGISTER_V + i);
  text_append_string(out, "</feature>");
}

static void describe_accumulators(Text *out, const Hart *hart) {
  text_format(out,
              "<feature name=\"org.kiln.tile\"><vector id=\"row\" type=\"int32\" count=\"%u\"/>"
              "<vector id=\"tile\" type=\"row\" count=\"%u\"/>"
              "<vector id=\"row_float\" type=\"ieee_single\" count=\"%u\"/><vector id=\"tile_float\" "
              "type=\"row_float\" count=\"%u\"/><union id=\"accumulator\"><field name=\"i\" type=\"tile\"/>"
              "<field name=\"f\" type=\"tile_float\"/></union>",
              hart->tile, hart->tile, hart->tile, hart->tile);
  for (unsigned i = 0; i < hart->machine->accumulators; i++)
    text_format(out, "<reg name=\"acc%u\" bitsize=\"%u\" type=\"accumulator\" regnum=\"%u\"/>", i,
                hart->tile * hart->tile * 32, REGISTER_ACC + i);
  text_append_string(out, "</feature>");
}

static void describe_target(Text *out, const Hart *hart) {
  static const char *const vector_csrs[VECTOR_CSRS] = {"vstart", "vxsat", "vxrm", "vl", "vtype", "vlenb"};
  text_append_string(
      out, "<?xml version=\"1.0\"?><!DOCTYPE target SYSTEM \"gdb-target.dtd\"><target version=\"1.0\">"
           "<architecture>riscv:rv64</architecture><feature name=\"org.gnu.gdb.riscv.cpu\">");
  for (unsigned i = 0; i < 32; i++)
    text_format(out, "<reg name=\"%s\" bitsize=\"64\" type=\"%s\" regnum=\"%u\"/>",
                isa_register_name(ISA_CLASS_GPR, i),
                i == 1             ? "code_ptr"
                : i >= 2 && i <= 4 ? "data_ptr"
                                   : "int",
                i);
  text_format(out, "<reg name=\"pc\" bitsize=\"64\" type=\"code_ptr\" regnum=\"%u\"/></feature>",
              REGISTER_PC);
  text_append_string(
      out, "<feature name=\"org.gnu.gdb.riscv.fpu\"><union id=\"riscv_double\"><field name=\"float\" "
           "type=\"ieee_single\"/><field name=\"double\" type=\"ieee_double\"/></union>");
  for (unsigned i = 0; i < 32; i++)
    text_format(out, "<reg name=\"%s\" bitsize=\"64\" type=\"riscv_double\" regnum=\"%u\"/>",
                isa_register_name(ISA_CLASS_FPR, i), REGISTER_F + i);
  text_format(
      out,
      "<reg name=\"fflags\" bitsize=\"32\" type=\"int\" regnum=\"%u\"/><reg name=\"frm\" bitsize=\"32\" "
      "type=\"int\" regnum=\"%u\"/><reg name=\"fcsr\" bitsize=\"32\" type=\"int\" regnum=\"%u\"/></feature>",
      REGISTER_FFLAGS, REGISTER_FRM, REGISTER_FCSR);
  text_append_string(out, "<feature name=\"org.gnu.gdb.riscv.csr\">");
  for (unsigned i = 0; i < VECTOR_CSRS; i++)
    text_format(out, "<reg name=\"%s\" bitsize=\"64\" type=\"int\" regnum=\"%u\"/>", vector_csrs[i],
                REGISTER_VECTOR_CSR + i);
  text_append_string(out, "</feature>");
  describe_vectors(out, hart);
  describe_accumulators(out, hart);
  text_append_string(out, "</target>");
}

// The bytes of a register in the hart; false for those that are parts of others.
static bool register_bytes(Hart *hart, unsigned number, uint8_t **bytes, size_t *size) {
  size_t tile = (size_t)hart->tile * hart->tile * sizeof *hart->acc;
  *size = number < REGISTER_V ? 8 : number < REGISTER_ACC ? hart->vlenb : tile;
  if (number < 32)
    *bytes = (uint8_t *)&hart->x[number];
  else if (number == REGISTER_PC)
    *bytes = (uint8_t *)&hart->pc;
  else if (number < REGISTER_FFLAGS)
    *bytes = (uint8_t *)&hart->f[number - REGISTER_F];
  else if (number >= REGISTER_V && number < REGISTER_ACC)
    *bytes = hart->v + (size_t)(number - REGISTER_V) * hart->vlenb;
  else if (number >= REGISTER_ACC && number - REGISTER_ACC < hart->machine->accumulators)
    *bytes = (uint8_t *)hart->acc + (number - REGISTER_ACC) * tile;
  else
    return false;
  return true;
}

static bool control_register(const Hart *hart, unsigned number, uint64_t *value) {
  const uint64_t vector[VECTOR_CSRS] = {hart->vstart, hart->vxsat, hart->vxrm,
                                        hart->vl,     hart->vtype, hart->vlenb};
  if (number >= REGISTER_VECTOR_CSR && number < REGISTER_V)
    *value = vector[number - REGISTER_VECTOR_CSR];
  else if (number >= REGISTER_FFLAGS && number <= REGISTER_FCSR)
    *value = number == REGISTER_FFLAGS ? hart->fflags
             : number == REGISTER_FRM  ? hart->frm
                                       : (uint64_t)hart->frm << 5 | hart->fflags;
  else
    return false;
  return true;
}

static void read_register(Session *session, unsigned number) {
  Hart *hart = &session->sim->hart;
  size_t size;
  uint64_t value;
  uint8_t *bytes;
  if (register_bytes(hart, number, &bytes, &size))
    put_bytes(&session->reply, bytes, size);
  else if (control_register(hart, number, &value))
    put_bytes(&session->reply, &value, number < REGISTER_VECTOR_CSR ? 4 : 8);
  else
    text_append_string(&session->reply, "E01");
}

static void write_register(Session *session, unsigned number, const char *text) {
  size_t size;
  uint8_t *bytes;
  bool good = register_bytes(&session->sim->hart, number, &bytes, &size) && *text == '=' &&
              strlen(text + 1) == 2 * size;
  if (good && number != 0) {
    get_bytes(text + 1, bytes, size);
    begin_history(session);
  }
  text_append_string(&session->reply, good ? "OK" : "E01");
}

// ---- Memory, breakpoints, watchpoints

static void read_memory(Session *session, uint64_t address, uint64_t size) {
  if (size > PACKET_BYTES / 2 - 8)
    size = PACKET_BYTES / 2 - 8;
  const uint8_t *bytes = size ? sim_memory_at(&session->sim->hart.memory, address, size) : NULL;
  if (bytes)
    put_bytes(&session->reply, bytes, size);
  else
    text_append_string(&session->reply, "E01");
}

static void write_memory(Session *session, uint64_t address, uint64_t size, const char *text) {
  uint8_t *bytes = size ? sim_memory_at(&session->sim->hart.memory, address, size) : NULL;
  bool good = !size || (bytes && *text == ':' && strlen(text + 1) == 2 * size);
  if (good && bytes) {
    get_bytes(text + 1, bytes, size);
    sim_flush_code(session->sim);
    begin_history(session);
  }
  text_append_string(&session->reply, good ? "OK" : "E01");
}

// Z and z packets: type,address,kind.
static void set_point(Session *session, const char *text, bool set) {
  char *end;
  unsigned type = (unsigned)strtoul(text, &end, 16);
  uint64_t address = *end == ',' ? strtoull(end + 1, &end, 16) : 0;
  uint64_t size = *end == ',' ? strtoull(end + 1, &end, 16) : 0;
  Debug *debug = &session->debug;
  if (type > DEBUG_WATCH_ACCESS)
    return; // an empty reply: not supported
  if (type < DEBUG_WATCH_WRITE) {
    size_t kept = 0;
    for (size_t i = 0; i < debug->breakpoints.count; i++)
      if (debug->breakpoints.data[i] != address)
        debug->breakpoints.data[kept++] = debug->breakpoints.data[i];
    debug->breakpoints.count = kept;
    if (set)
      VEC_PUSH(&debug->breakpoints, address);
  } else {
    DebugWatch watch = {(DebugWatchKind)type, address, size};
    size_t kept = 0;
    for (size_t i = 0; i < debug->watches.count; i++) {
      const DebugWatch *old = &debug->watches.data[i];
      if (old->kind != watch.kind || old->address != address || old->size != size)
        debug->watches.data[kept++] = *old;
    }
    debug->watches.count = kept;
    if (set)
      VEC_PUSH(&debug->watches, watch);
  }
  text_append_string(&session->reply, "OK");
}

// ---- The session

static unsigned signal_of(SimCause cause) {
  switch (cause) {
  case SIM_CAUSE_BREAKPOINT:
    return SIGNAL_TRAP;
  case SIM_CAUSE_ILLEGAL:
    return 4;
  case SIM_CAUSE_LOAD_MISALIGNED:
  case SIM_CAUSE_STORE_MISALIGNED:
  case SIM_CAUSE_FETCH_MISALIGNED:
    return 10; // GDB's number of SIGBUS
  default:
    return 11;
  }
}

static void report_watch(Session *session) {
  static const char *const kinds[] = {
      [DEBUG_WATCH_WRITE] = "watch", [DEBUG_WATCH_READ] = "rwatch", [DEBUG_WATCH_ACCESS] = "awatch"};
  const DebugWatch *watch = &session->debug.watched;
  text_format(&session->reply, "%s:%" PRIx64 ";", kinds[watch->kind], watch->address);
}

// Goes to a place in the past by executing everything again.
static void replay_to(Session *session, uint64_t target, Diagnostics *diagnostics) {
  Debug *debug = &session->debug;
  history_restore(session->sim, session->history);
  debug->executed = 0;
  debug->has_hit = false;
  debug->replaying = true;
  debug->target = target;
  debug->stop = DEBUG_RUNNING;
  sim_continue(session->sim, diagnostics);
  debug->replaying = false;
}

// One instruction back, or to the latest breakpoint or watched access before here.
static void go_back(Session *session, bool step, Diagnostics *diagnostics) {
  Debug *debug = &session->debug;
  if (!session->history || session->sim->met_host) {
    text_append_string(&session->reply, "E01");
    return;
  }
  uint64_t here = debug->executed;
  uint64_t target = here ? here - 1 : 0;
  bool watched = false;
  if (!step) {
    replay_to(session, target, diagnostics);
    // The instruction at the target itself has not been executed on the way there.
    bool at_target = here && has_breakpoint(debug, session->sim->hart.pc);
    watched = debug->has_hit && !at_target && debug->watched.size;
    target = at_target ? target : debug->has_hit ? debug->hit : 0;
  }
  replay_to(session, target, diagnostics);
  text_format(&session->reply, "T%02x", SIGNAL_TRAP);
  if (watched)
    report_watch(session);
  else if (debug->executed == 0 && !has_breakpoint(debug, session->sim->hart.pc))
    text_append_string(&session->reply, "replaylog:begin;");
}

// What is said when the program has stopped. Returns false when it has ended.
static bool report_stop(Session *session, SimStop stop) {
  Debug *debug = &session->debug;
  const Hart *hart = &session->sim->hart;
  if (stop == SIM_STOP_DEBUGGER && debug->stop == DEBUG_WATCHED) {
    text_format(&session->reply, "T%02x", SIGNAL_TRAP);
    report_watch(session);
  } else if (stop == SIM_STOP_DEBUGGER)
    text_format(&session->reply, "S%02x", debug->stop == DEBUG_INTERRUPTED ? 2 : SIGNAL_TRAP);
  else if (stop == SIM_STOP_TRAP)
    text_format(&session->reply, "S%02x", signal_of(hart->trap));
  else if (stop == SIM_STOP_EXIT || stop == SIM_STOP_RETURN)
    text_format(&session->reply, "W%02x", stop == SIM_STOP_EXIT ? session->sim->exit_code & 255 : 0);
  else
    text_append_string(&session->reply, "X06"); // a limit
  return stop == SIM_STOP_DEBUGGER || stop == SIM_STOP_TRAP;
}

// Lets the program run. Sets *ended when it has ended.
static SimStop resume(Session *session, bool step, bool *ended, Diagnostics *diagnostics) {
  Sim *sim = session->sim;
  session->debug.stepping = step;
  session->debug.fresh = true;
  session->debug.stop = DEBUG_RUNNING;
  SimStop stop = sim_continue(sim, diagnostics);
  if (stop == SIM_STOP_TRAP) {
    sim->hart.pc = sim->hart.trap_pc;
    session->debug.executed--; // it would be executed again
  }
  *ended = !report_stop(session, stop);
  return stop;
}

static void query(Session *session, const char *text) {
  static const char features[] = "qXfer:features:read:target.xml:";
  if (strncmp(text, "qSupported", 10) == 0) {
    text_format(&session->reply, "PacketSize=%x;qXfer:features:read+%s", PACKET_BYTES - 1,
                session->history ? ";ReverseStep+;ReverseContinue+" : "");
  } else if (strncmp(text, features, sizeof features - 1) == 0) {
    char *end;
    size_t offset = strtoul(text + sizeof features - 1, &end, 16);
    size_t length = *end == ',' ? strtoul(end + 1, NULL, 16) : 0;
    size_t left = offset < session->target.count ? session->target.count - offset : 0;
    text_append_char(&session->reply, length < left ? 'm' : 'l');
    text_append(&session->reply, session->target.data + (left ? offset : 0), length < left ? length : left);
  } else if (strcmp(text, "qAttached") == 0) {
    text_append_string(&session->reply, "1");
  } else if (strcmp(text, "qC") == 0) {
    text_append_string(&session->reply, "QC1");
  } else if (strcmp(text, "qfThreadInfo") == 0) {
    text_append_string(&session->reply, "m1");
  } else if (strcmp(text, "qsThreadInfo") == 0) {
    text_append_string(&session->reply, "l");
  }
}

static void memory_packet(Session *session) {
  char *end;
  uint64_t address = strtoull(session->packet + 1, &end, 16);
  uint64_t size = *end == ',' ? strtoull(end + 1, &end, 16) : 0;
  if (session->packet[0] == 'm')
    read_memory(session, address, size);
  else
    write_memory(session, address, size, end);
}

static void register_packet(Session *session) {
  char *end;
  unsigned number = (unsigned)strtoul(session->packet + 1, &end, 16);
  if (session->packet[0] == 'p')
    read_register(session, number);
  else
    write_register(session, number, end);
}

// Packets that neither run the program nor end the session.
static void answer(Session *session, SimStop last) {
  switch (session->packet[0]) {
  case '?':
    report_stop(session, last);
    break;
  case 'g':
    for (unsigned i = 0; i <= REGISTER_PC; i++)
      read_register(session, i);
    break;
  case 'p':
  case 'P':
    register_packet(session);
    break;
  case 'm':
  case 'M':
    memory_packet(session);
    break;
  case 'Z':
  case 'z':
    set_point(session, session->packet + 1, session->packet[0] == 'Z');
    break;
  case 'H':
  case 'T':
    text_append_string(&session->reply, "OK");
    break;
  case 'q':
    query(session, session->packet);
    break;
  default: // an empty reply: not supported
    break;
  }
}

static SimStop serve(Session *session, Diagnostics *diagnostics) {
  Sim *sim = session->sim;
  SimStop stop = SIM_STOP_DEBUGGER;
  session->debug.stop = DEBUG_BREAKPOINT;
  while (receive_packet(session)) {
    bool ended = false;
    text_clear(&session->reply);
    char command = session->packet[0];
    if (command == 'k')
      return SIM_STOP_DEBUGGER;
    if (command == 'c' || command == 's')
      stop = resume(session, command == 's', &ended, diagnostics);
    else if (strcmp(session->packet, "bs") == 0 || strcmp(session->packet, "bc") == 0)
      go_back(session, session->packet[1] == 's', diagnostics);
    else if (command == 'D')
      text_append_string(&session->reply, "OK");
    else
      answer(session, stop);
    if (!send_packet(session) || ended)
      return stop;
    if (command == 'D') { // GDB lets go: on without it
      sim->debug = NULL;
      sim->hart.event = sim->timing || sim->checks ? &sim->event : NULL;
      return stop == SIM_STOP_TRAP ? stop : sim_continue(sim, diagnostics);
    }
  }
  return SIM_STOP_DEBUGGER;
}

static int fail(Diagnostics *diagnostics, unsigned port) {
  diagnose(diagnostics, DIAGNOSTIC_ERROR, (Place){0}, "--gdb=%u: %s", port, strerror(errno));
  return -1;
}

// Waits for GDB. Returns the connection, or -1 with an error.
static int connect_gdb(const Sim *sim, unsigned port, Diagnostics *diagnostics) {
  int listener = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
  struct sockaddr_in address = {.sin_family = AF_INET, .sin_port = htons((uint16_t)port)};
  socklen_t size = sizeof address;
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  int on = 1;
  if (listener < 0)
    return fail(diagnostics, port);
  setsockopt(listener, SOL_SOCKET, SO_REUSEADDR, &on, sizeof on);
  int connection = -1;
  if (bind(listener, (struct sockaddr *)&address, sizeof address) == 0 && listen(listener, 1) == 0 &&
      getsockname(listener, (struct sockaddr *)&address, &size) == 0) {
    Text notice = {0};
    text_format(&notice, "kiln-sim: waiting for GDB on 127.0.0.1:%u\n", ntohs(address.sin_port));
    if (sim->options->console.write)
      sim->options->console.write(sim->options->console.context, 2, notice.data, notice.count);
    text_free(&notice);
    connection = accept(listener, NULL, NULL);
    // Packets are short, and each waits for the answer to the one before.
    setsockopt(connection, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
  }
  if (connection < 0)
    fail(diagnostics, port);
  close(listener);
  return connection;
}

SimStop sim_gdb(Sim *sim, unsigned port, Diagnostics *diagnostics) {
  int connection = connect_gdb(sim, port, diagnostics);
  if (connection < 0)
    return SIM_STOP_BAD_CALL;
  Session *session = checked_malloc(sizeof *session);
  *session = (Session){.sim = sim, .debug = {.socket = connection}};
  describe_target(&session->target, &sim->hart);
  sim->debug = &session->debug;
  sim->hart.event = &sim->event;
  begin_history(session);
  SimStop stop = serve(session, diagnostics);
  sim->debug = NULL;
  history_free(session->history);
  close(connection);
  VEC_FREE(&session->debug.breakpoints);
  VEC_FREE(&session->debug.watches);
  text_free(&session->reply);
  text_free(&session->target);
  free(session);
  return stop;
}
