// Lets the scratchpad frames of functions that are never live together share memory (isa/spm_frame.h). For
// each place (a bank, or the scratchpad as a whole) the frames get offsets along the call graph: behind what
// each of a function's callers keeps while it runs. So a frame never overlaps one that is live below it on
// the stack, and the memory needed is that of the deepest chain. Functions that call each other in a circle
// may be in it only as long as none keeps anything on the way round: a second frame of the same function
// would need other memory.
//
// Runs on live sections; leaves a section of the linker's own for each place, which replaces the frames.
#include "isa/spm_frame.h"
#include "linker/call_graph.h"
#include "support/round.h"

// A function's frame in one place.
typedef struct SpmFrame {
  uint32_t function; // in the call graph
  uint32_t section;
  uint32_t place; // Name of the output section
  bool scratch;   // nothing of it survives a call unless a record says so
} SpmFrame;

// What a caller keeps of a frame in one call.
typedef struct Kept {
  uint32_t function;
  uint32_t callee;
  uint32_t section;
  uint64_t resident;
} Kept;

// A function while offsets are found.
typedef struct Node {
  uint32_t frame; // number + 1 of its frame in this place; 0: it has none
  uint32_t circle;
  uint32_t order; // of Tarjan's search, + 1; 0: not visited
  uint32_t low;
  uint32_t next_call;
  bool waiting; // on the stack of that search
} Node;

// Functions that call each other (or one alone).
typedef struct Circle {
  uint32_t first; // in `members`
  uint32_t count;
  uint64_t start;  // where the frames of its functions may begin
  uint32_t caller; // the function whose call asks for that; NONE: none
} Circle;

typedef struct Placer {
  Linker *linker;
  CallGraph graph;
  VEC(SpmFrame) frames;
  VEC(Kept) kept;
  Intern places;
  Node *nodes;
  VEC(Circle) circles; // callees come before their callers
  VEC(uint32_t) members;
  VEC(uint32_t) stack;
  VEC(uint32_t) path;
  bool good;
} Placer;

static bool bad_record(Placer *placer, uint32_t section, uint64_t offset, const char *what) {
  link_error(placer->linker, link_section_place(placer->linker, section, offset),
             "scratchpad frame record %s", what);
  placer->good = false;
  return false;
}

// What the field at an offset of a record refers to. False when there is no relocation.
static bool field_target(Placer *placer, uint32_t number, uint64_t offset, Target *target) {
  const InputSection *section = &placer->linker->sections.data[number];
  const InputFile *file = &placer->linker->files.data[section->file];
  for (uint32_t i = 0; i < section->relocation_count; i++) {
    const Elf64_Rela *relocation = &section->relocations[i];
    uint32_t symbol = ELF64_R_SYM(relocation->r_info);
    if (relocation->r_offset != offset || ELF64_R_TYPE(relocation->r_info) != RELOC_R_RISCV_64 || !symbol ||
        symbol >= file->symbol_count)
      continue;
    *target = link_symbol_target(placer->linker, file, symbol);
    target->value += (uint64_t)relocation->r_addend;
    return true;
  }
  *target = (Target){.section = NONE};
  return false;
}

// The function that a field refers to; NONE for what is not there.
static uint32_t field_function(Placer *placer, uint32_t number, uint64_t offset) {
  Target target;
  if (!field_target(placer, number, offset, &target))
    return ANY_FUNCTION;
  return target.section == NONE ? NONE : call_graph_find(&placer->graph, target.section, target.value);
}

static void add_own(Placer *placer, uint32_t records, uint64_t offset, uint32_t function, uint32_t number,
                    bool scratch) {
  Linker *linker = placer->linker;
  const InputSection *section = &linker->sections.data[number];
  const char *name = link_output_name(linker, section);
  if (section->data || strncmp(name, ".spm", 4) != 0) {
    bad_record(placer, records, offset,
               "names a frame that is no section without contents in the scratchpad");
    return;
  }
  SpmFrame frame = {function, number, intern_string(&placer->places, name), scratch};
  for (size_t i = 0; i < placer->frames.count; i++) {
    const SpmFrame *other = &placer->frames.data[i];
    if (other->section == number && other->function == function)
      return;
    if (other->section == number || (other->function == function && other->place == frame.place)) {
      bad_record(placer, records, offset,
                 "gives a function two frames in one place, or a frame to two functions");
      return;
    }
  }
  VEC_PUSH(&placer->frames, frame);
}

// Reads one record. What speaks of discarded functions or frames is void.
static void read_record(Placer *placer, uint32_t number, uint64_t offset) {
  const InputSection *section = &placer->linker->sections.data[number];
  SpmFrameRecord record;
  memcpy(&record, section->data + offset, sizeof(record));
  if (record.kind != SPM_FRAME_OWN && record.kind != SPM_FRAME_CALL && record.kind != SPM_FRAME_SCRATCH) {
    bad_record(placer, number, offset, "is of an unknown kind");
    return;
  }
  Target frame;
  field_target(placer, number, offset + offsetof(SpmFrameRecord, frame), &frame);
  uint32_t function = field_function(placer, number, offset + offsetof(SpmFrameRecord, function));
  if (function == ANY_FUNCTION) {
    bad_record(placer, number, offset, "names no function");
    return;
  }
  if (function == NONE || frame.section == NONE || !placer->linker->sections.data[frame.section].alive)
    return;
  if (record.kind != SPM_FRAME_CALL) {
    add_own(placer, number, offset, function, frame.section, record.kind == SPM_FRAME_SCRATCH);
    return;
  }
  Kept kept = {function, field_function(placer, number, offset + offsetof(SpmFrameRecord, callee)),
               frame.section, record.resident};
  if (kept.resident > placer->linker->sections.data[frame.section].size)
    bad_record(placer, number, offset, "keeps more than the frame has");
  else if (kept.callee != NONE)
    VEC_PUSH(&placer->kept, kept);
}

static bool is_record_section(const InputSection *section) {
  return section->alive && !section->unused && section->data && strcmp(section->name, SPM_FRAME_SECTION) == 0;
}

static void read_records(Placer *placer) {
  Linker *linker = placer->linker;
  for (uint32_t i = 0; i < linker->sections.count; i++) {
    InputSection *section = &linker->sections.data[i];
    if (!is_record_section(section))
      continue;
    for (uint64_t at = 0; at + sizeof(SpmFrameRecord) <= section->size; at += sizeof(SpmFrameRecord))
      read_record(placer, i, at);
    if (section->size % sizeof(SpmFrameRecord))
      bad_record(placer, i, section->size, "is cut off");
    section->unused = true; // it has said what it had to
  }
}

static const InputSection *frame_section(const Placer *placer, uint32_t function) {
  uint32_t frame = placer->nodes[function].frame;
  return frame ? &placer->linker->sections.data[placer->frames.data[frame - 1].section] : NULL;
}

// Bytes of the caller's frame that must survive a call.
static uint64_t resident_bytes(const Placer *placer, const Call *call) {
  const InputSection *section = frame_section(placer, call->caller);
  if (!section || call->tail)
    return 0;
  uint32_t number = (uint32_t)(section - placer->linker->sections.data);
  uint64_t most = 0;
  bool said = false;
  for (size_t i = 0; i < placer->kept.count; i++) {
    const Kept *kept = &placer->kept.data[i];
    if (kept->function != call->caller || kept->callee != call->callee || kept->section != number)
      continue;
    said = true;
    most = kept->resident > most ? kept->resident : most;
  }
  bool scratch = placer->frames.data[placer->nodes[call->caller].frame - 1].scratch;
  return said ? most : scratch ? 0 : section->size;
}

static void visit(Placer *placer, uint32_t function, uint32_t *order) {
  Node *node = &placer->nodes[function];
  node->order = node->low = ++*order;
  node->waiting = true;
  VEC_PUSH(&placer->stack, function);
  VEC_PUSH(&placer->path, function);
}

// All functions from `function` to the end of the stack are a circle.
static void close_circle(Placer *placer, uint32_t function) {
  Circle circle = {.first = (uint32_t)placer->members.count, .caller = NONE};
  uint32_t member;
  do {
    member = VEC_POP(&placer->stack);
    placer->nodes[member].waiting = false;
    placer->nodes[member].circle = (uint32_t)placer->circles.count;
    VEC_PUSH(&placer->members, member);
    circle.count++;
  } while (member != function);
  VEC_PUSH(&placer->circles, circle);
}

// Tarjan's search for the strongly connected components, without recursion.
static void find_circles(Placer *placer) {
  uint32_t order = 0;
  for (uint32_t root = 0; root < placer->graph.functions.count; root++) {
    if (!placer->nodes[root].order)
      visit(placer, root, &order);
    while (placer->path.count) {
      uint32_t function = VEC_LAST(&placer->path);
      Node *node = &placer->nodes[function];
      const Function *source = &placer->graph.functions.data[function];
      if (node->next_call < source->call_count) {
        const Node *callee =
            &placer->nodes[placer->graph.calls.data[source->first_call + node->next_call].callee];
        uint32_t number = (uint32_t)(callee - placer->nodes);
        if (!callee->order) {
          visit(placer, number, &order);
          continue; // its low comes in when it is done
        }
        if (callee->waiting && callee->low < node->low)
          node->low = callee->low;
        node->next_call++;
        continue;
      }
      placer->path.count--;
      if (node->low == node->order)
        close_circle(placer, function);
    }
  }
}

// Names the functions on the shortest way from `to`, by calls within its circle, to `from`.
static void append_way(Placer *placer, uint32_t from, uint32_t to, Text *text) {
  uint32_t count = (uint32_t)placer->graph.functions.count;
  uint32_t *previous = ARENA_ARRAY(&placer->linker->arena, uint32_t, count); // function + 1
  VEC(uint32_t) queue = {0};
  VEC_PUSH(&queue, to);
  previous[to] = to + 1;
  for (size_t i = 0; i < queue.count && !previous[from]; i++) {
    uint32_t function = queue.data[i];
    const Function *source = &placer->graph.functions.data[function];
    for (uint32_t j = 0; j < source->call_count; j++) {
      uint32_t callee = placer->graph.calls.data[source->first_call + j].callee;
      if (previous[callee] || placer->nodes[callee].circle != placer->nodes[to].circle)
        continue;
      previous[callee] = function + 1;
      VEC_PUSH(&queue, callee);
    }
  }
  VEC_FREE(&queue);
  VEC(uint32_t) way = {0};
  for (uint32_t at = from; at != to; at = previous[at] - 1)
    VEC_PUSH(&way, at);
  VEC_PUSH(&way, to);
  while (way.count)
    text_format(text, " -> %s", placer->graph.functions.data[VEC_POP(&way)].name);
  VEC_FREE(&way);
}

// Says by which calls a function that keeps some of its frame comes to be called again.
static void report_circle(Placer *placer, const Call *call) {
  Text text = {0};
  const Function *functions = placer->graph.functions.data;
  append_way(placer, call->caller, call->callee, &text);
  uint32_t section = functions[call->caller].section;
  link_error(placer->linker, link_section_place(placer->linker, section, functions[call->caller].start),
             "%s keeps %llu bytes of its scratchpad frame while it may be called again: %s%s",
             functions[call->caller].name, (unsigned long long)resident_bytes(placer, call),
             functions[call->caller].name, text_string(&text));
  text_free(&text);
  placer->good = false;
}

static uint64_t frame_start(const Placer *placer, uint32_t function) {
  const InputSection *section = frame_section(placer, function);
  return align_up(placer->circles.data[placer->nodes[function].circle].start,
                  section ? section->alignment : 1);
}

// Tells the callees of a function how far its frame reaches. Callers come before callees, so that `start` of
// the function's own circle is final.
static void push_callees(Placer *placer, uint32_t function) {
  const Function *source = &placer->graph.functions.data[function];
  const Node *node = &placer->nodes[function];
  for (uint32_t i = 0; i < source->call_count; i++) {
    const Call *call = &placer->graph.calls.data[source->first_call + i];
    uint64_t kept = resident_bytes(placer, call);
    Circle *circle = &placer->circles.data[placer->nodes[call->callee].circle];
    if (placer->nodes[call->callee].circle == node->circle) {
      if (kept)
        report_circle(placer, call);
      continue;
    }
    uint64_t start = kept ? frame_start(placer, function) + kept : placer->circles.data[node->circle].start;
    if (start > circle->start || circle->caller == NONE) {
      circle->start = start > circle->start ? start : circle->start;
      circle->caller = function;
    }
  }
}

// The chain of calls that needs most memory, by the functions in it that have frames.
static const char *deepest_chain(Placer *placer, uint32_t function) {
  VEC(uint32_t) chain = {0};
  for (uint32_t at = function; at != NONE; at = placer->circles.data[placer->nodes[at].circle].caller)
    if (placer->nodes[at].frame)
      VEC_PUSH(&chain, at);
  Text text = {0};
  while (chain.count) {
    uint32_t at = VEC_POP(&chain);
    text_format(&text, "%s%s (%llu bytes at %llu)", text.count ? " -> " : "",
                placer->graph.functions.data[at].name, (unsigned long long)frame_section(placer, at)->size,
                (unsigned long long)frame_start(placer, at));
  }
  const char *copy = arena_copy_text(&placer->linker->arena, text_string(&text), text.count);
  text_free(&text);
  VEC_FREE(&chain);
  return copy;
}

// Makes the section that replaces the frames of a place.
static void replace_frames(Placer *placer, Name place) {
  Linker *linker = placer->linker;
  InputSection all = {.flags = SHF_ALLOC | SHF_WRITE,
                      .type = SHT_NOBITS,
                      .alignment = 1,
                      .output = NONE,
                      .group = NONE,
                      .replacement = NONE,
                      .alive = true};
  uint32_t deepest = NONE;
  for (size_t i = 0; i < placer->frames.count; i++) {
    const SpmFrame *frame = &placer->frames.data[i];
    if (frame->place != place)
      continue;
    InputSection *section = &linker->sections.data[frame->section];
    SectionPiece *piece = ARENA_NEW(&linker->arena, SectionPiece);
    piece->place = (uint32_t)frame_start(placer, frame->function);
    uint64_t end = piece->place + section->size;
    if (deepest == NONE || end > all.size)
      deepest = frame->function;
    all.size = end > all.size ? end : all.size;
    all.alignment = section->alignment > all.alignment ? section->alignment : all.alignment;
    all.script_input = section->script_input;
    section->pieces = piece;
    section->piece_count = 1;
    section->replacement = (uint32_t)linker->sections.count; // the next one
  }
  all.name = arena_format(&linker->arena, "%s.frames", intern_text(&placer->places, place));
  SpmChain chain = {link_add_section(linker, all), deepest_chain(placer, deepest)};
  VEC_PUSH(&linker->spm_chains, chain);
}

static void place_frames(Placer *placer, Name place) {
  uint32_t count = (uint32_t)placer->graph.functions.count;
  placer->nodes = ARENA_ARRAY(&placer->linker->arena, Node, count);
  placer->circles.count = placer->members.count = 0;
  for (size_t i = 0; i < placer->frames.count; i++)
    if (placer->frames.data[i].place == place)
      placer->nodes[placer->frames.data[i].function].frame = (uint32_t)i + 1;
  find_circles(placer);
  for (size_t i = placer->circles.count; i-- > 0;) {
    const Circle *circle = &placer->circles.data[i];
    for (uint32_t j = 0; j < circle->count; j++)
      push_callees(placer, placer->members.data[circle->first + j]);
  }
  if (placer->good)
    replace_frames(placer, place);
}

static bool has_records(const Linker *linker) {
  for (size_t i = 0; i < linker->sections.count; i++)
    if (is_record_section(&linker->sections.data[i]))
      return true;
  return false;
}

bool link_place_spm_frames(Linker *linker) {
  if (!has_records(linker))
    return true;
  Placer placer = {.linker = linker, .good = true};
  call_graph_build(&placer.graph, linker);
  read_records(&placer);
  for (Name place = 0; place < placer.places.count && placer.good; place++)
    place_frames(&placer, place);
  call_graph_free(&placer.graph);
  intern_free(&placer.places);
  VEC_FREE(&placer.frames);
  VEC_FREE(&placer.kept);
  VEC_FREE(&placer.circles);
  VEC_FREE(&placer.members);
  VEC_FREE(&placer.stack);
  VEC_FREE(&placer.path);
  return placer.good;
}
