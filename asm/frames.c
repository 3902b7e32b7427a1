// Call frame information: the .cfi directives, and the .eh_frame and .debug_frame sections made of them
// (DWARF 5, section 6.4; Linux Standard Base, "Exception Frames").
#include "asm/directive.h"
#include "asm/generate.h"

#include <dwarf.h>
#include <elf.h>
#include <string.h>

enum { POINTER_FORMAT = 0x0f }; // the bits of a DW_EH_PE_* that are no modifiers
// The psABI's DWARF register numbers, and what both sections count offsets in.
enum {
  DWARF_RA = 1,
  DWARF_SP = 2,
  DWARF_FLOAT = 32,
  DWARF_VECTOR = 96,
  DATA_ALIGNMENT = -8,
  SMALL_LIMIT = 64
};
enum { ADDRESS_SIZE = 8, DEBUG_FRAME_VERSION = 4 };

// x0..x31, f0..f31 and v0..v31 by name, or a number.
static bool read_frame_register(Assembler *assembler, int64_t *number) {
  if (read_register(assembler, ISA_CLASS_GPR, number))
    return true;
  if (read_register(assembler, ISA_CLASS_FPR, number)) {
    *number += DWARF_FLOAT;
    return true;
  }
  if (read_register(assembler, ISA_CLASS_VR, number)) {
    *number += DWARF_VECTOR;
    return true;
  }
  skip_space(assembler);
  const char *at = assembler->cursor;
  if (!read_absolute(assembler, number))
    return false;
  return (*number >= 0 && *number <= UINT16_MAX) ||
         asm_fail(assembler, at, token_length(at), "expected a register or its DWARF number");
}

static CallFrame *open_frame(Assembler *assembler) {
  if (assembler->frame_open)
    return &VEC_LAST(&assembler->call_frames);
  asm_fail(assembler, assembler->statement, token_length(assembler->statement),
           "there is no .cfi_startproc before this");
  return NULL;
}

bool directive_cfi_start(Assembler *assembler, int argument) {
  (void)argument;
  bool simple = false;
  skip_space(assembler);
  if (peek_name(assembler) == 6 && memcmp(assembler->cursor, "simple", 6) == 0) {
    assembler->cursor += 6;
    simple = true;
  }
  if (assembler->frame_open)
    return asm_fail(assembler, assembler->statement, token_length(assembler->statement),
                    ".cfi_startproc before the .cfi_endproc of the one before");
  CallFrame frame = {.begin = code_here(assembler),
                     .first = (uint32_t)assembler->frame_operations.count,
                     .simple = simple,
                     .return_register = DWARF_RA,
                     .personality_encoding = DW_EH_PE_omit,
                     .data_encoding = DW_EH_PE_omit,
                     .place = place_of(assembler, assembler->statement)};
  VEC_PUSH(&assembler->call_frames, frame);
  assembler->frame_open = true;
  return true;
}

bool directive_cfi_end(Assembler *assembler, int argument) {
  (void)argument;
  CallFrame *frame = open_frame(assembler);
  if (!frame)
    return false;
  if (frame->begin.section != assembler->position.current)
    return asm_fail(assembler, assembler->statement, token_length(assembler->statement),
                    ".cfi_endproc in another section than its .cfi_startproc");
  frame->end = code_here(assembler);
  frame->count = (uint32_t)assembler->frame_operations.count - frame->first;
  assembler->frame_open = false;
  return true;
}

bool directive_cfi_sections(Assembler *assembler, int argument) {
  (void)argument;
  assembler->eh_frame = assembler->debug_frame = false;
  assembler->frame_sections_given = true;
  while (!at_statement_end(assembler)) {
    skip_space(assembler);
    const char *at = assembler->cursor;
    Name name = NAME_NONE;
    if (!read_name(assembler, &name, "a section"))
      return false;
    const char *text = intern_text(&assembler->names, name);
    if (strcmp(text, ".eh_frame") == 0)
      assembler->eh_frame = true;
    else if (strcmp(text, ".debug_frame") == 0)
      assembler->debug_frame = true;
    else
      return asm_fail(assembler, at, token_length(at), "expected .eh_frame or .debug_frame");
    if (!accept_character(assembler, ','))
      break;
  }
  return true;
}

static bool add_operation(Assembler *assembler, FrameOperation operation) {
  if (!open_frame(assembler))
    return false;
  operation.at = code_here(assembler);
  VEC_PUSH(&assembler->frame_operations, operation);
  return true;
}

// Reads what an operation takes: FRAME_TAKES_... in this order.
bool directive_cfi(Assembler *assembler, int argument) {
  FrameOperation operation = {.kind = (uint8_t)(argument & FRAME_KIND_MASK)};
  int64_t number = 0;
  if (argument & FRAME_TAKES_REGISTER) {
    if (!read_frame_register(assembler, &number))
      return false;
    operation.number = (uint16_t)number;
  }
  if (argument & FRAME_TAKES_OTHER) {
    if (!expect_character(assembler, ',') || !read_frame_register(assembler, &operation.offset))
      return false;
  }
  if (argument & FRAME_TAKES_OFFSET) {
    if (argument & FRAME_TAKES_REGISTER && !expect_character(assembler, ','))
      return false;
    if (!read_absolute(assembler, &operation.offset))
      return false;
  }
  // .cfi_restore, .cfi_undefined and .cfi_same_value take a list.
  if (!add_operation(assembler, operation))
    return false;
  while ((argument & FRAME_TAKES_LIST) && accept_character(assembler, ',')) {
    if (!read_frame_register(assembler, &number))
      return false;
    operation.number = (uint16_t)number;
    if (!add_operation(assembler, operation))
      return false;
  }
  return true;
}

// Bytes put in as they are.
bool directive_cfi_escape(Assembler *assembler, int argument) {
  (void)argument;
  do {
    int64_t value = 0;
    skip_space(assembler);
    const char *at = assembler->cursor;
    if (!read_absolute(assembler, &value))
      return false;
    if (value < -128 || value > 255)
      return asm_fail(assembler, at, token_length(at), "expected a byte");
    FrameOperation operation = {.kind = FRAME_BYTE, .number = (uint16_t)(value & 0xff)};
    if (!add_operation(assembler, operation))
      return false;
  } while (accept_character(assembler, ','));
  return true;
}

bool directive_cfi_return(Assembler *assembler, int argument) {
  (void)argument;
  int64_t number = 0;
  if (!read_frame_register(assembler, &number))
    return false;
  CallFrame *frame = open_frame(assembler);
  if (frame)
    frame->return_register = (uint16_t)number;
  return frame != NULL;
}

bool directive_cfi_signal(Assembler *assembler, int argument) {
  (void)argument;
  CallFrame *frame = open_frame(assembler);
  if (frame)
    frame->signal = true;
  return frame != NULL;
}

// .cfi_personality and .cfi_lsda: how the pointer is encoded, and what it points to.
bool directive_cfi_pointer(Assembler *assembler, int personality) {
  skip_space(assembler);
  const char *at = assembler->cursor;
  int64_t encoding = 0;
  Value value = {0};
  if (!read_absolute(assembler, &encoding))
    return false;
  int64_t format = encoding & POINTER_FORMAT;
  int64_t how = encoding & ~(int64_t)(POINTER_FORMAT | DW_EH_PE_indirect);
  bool known = encoding == DW_EH_PE_omit ||
               ((how == 0 || how == DW_EH_PE_pcrel) &&
                (format == DW_EH_PE_absptr || format == DW_EH_PE_udata4 || format == DW_EH_PE_udata8 ||
                 format == DW_EH_PE_sdata4 || format == DW_EH_PE_sdata8));
  if (!known)
    return asm_fail(assembler, at, token_length(at), "unsupported encoding of a pointer");
  if (encoding != DW_EH_PE_omit && (!expect_character(assembler, ',') || !read_expression(assembler, &value)))
    return false;
  CallFrame *frame = open_frame(assembler);
  if (!frame)
    return false;
  if (personality) {
    frame->personality = value;
    frame->personality_encoding = (uint8_t)encoding;
  } else {
    frame->data = value;
    frame->data_encoding = (uint8_t)encoding;
  }
  return true;
}

// Writing.

typedef struct FrameWriter {
  Assembler *assembler;
  bool debug; // .debug_frame
  const CallFrame *frame;
  int64_t cfa_offset;
  VEC(int64_t) remembered;
} FrameWriter;

static bool put_byte(Assembler *assembler, unsigned byte) {
  return append_little(assembler, byte, 1);
}

static unsigned pointer_size(unsigned encoding) {
  unsigned format = encoding & POINTER_FORMAT;
  return format == DW_EH_PE_udata4 || format == DW_EH_PE_sdata4 ? 4 : 8;
}

static bool put_pointer(FrameWriter *writer, unsigned encoding, Value value) {
  Assembler *assembler = writer->assembler;
  unsigned size = pointer_size(encoding);
  if (!(encoding & DW_EH_PE_pcrel))
    return put_value(assembler, size, value, writer->frame->place);
  if (size == 4)
    return put_relocated(assembler, 4, RELOCATION_R_RISCV_32_PCREL, value, writer->frame->place);
  CodePlace here = code_here(assembler);
  value.subtract = code_label(assembler, &here);
  return put_value(assembler, size, value, writer->frame->place);
}

static bool pad_entry(Assembler *assembler, uint64_t alignment) {
  uint64_t size = current_section(assembler)->size;
  return append_fill(assembler, (alignment - size % alignment) % alignment, 0, 1);
}

static void patch_length(Assembler *assembler, uint64_t start) {
  AsmSection *section = current_section(assembler);
  uint64_t length = section->size - start - 4;
  for (unsigned i = 0; i < 4; i++)
    section->bytes.data[start + i] = (uint8_t)(length >> 8 * i);
}

static bool put_augmentation(FrameWriter *writer) {
  Assembler *assembler = writer->assembler;
  const CallFrame *frame = writer->frame;
  bool personality = frame->personality_encoding != DW_EH_PE_omit;
  bool data = frame->data_encoding != DW_EH_PE_omit;
  return put_byte(assembler, 'z') && (!personality || put_byte(assembler, 'P')) &&
         (!data || put_byte(assembler, 'L')) && put_byte(assembler, 'R') &&
         (!frame->signal || put_byte(assembler, 'S')) && put_byte(assembler, '\0');
}

static bool put_augmentation_data(FrameWriter *writer) {
  Assembler *assembler = writer->assembler;
  const CallFrame *frame = writer->frame;
  bool personality = frame->personality_encoding != DW_EH_PE_omit;
  bool data = frame->data_encoding != DW_EH_PE_omit;
  unsigned size = 1U + data + (personality ? 1 + pointer_size(frame->personality_encoding) : 0);
  return put_unsigned(assembler, size) &&
         (!personality || (put_byte(assembler, frame->personality_encoding) &&
                           put_pointer(writer, frame->personality_encoding, frame->personality))) &&
         (!data || put_byte(assembler, frame->data_encoding)) &&
         put_byte(assembler, DW_EH_PE_pcrel | DW_EH_PE_sdata4);
}

// A common information entry, with what all functions begin with: the frame's address is sp.
static bool put_common(FrameWriter *writer) {
  Assembler *assembler = writer->assembler;
  const CallFrame *frame = writer->frame;
  uint64_t start = current_section(assembler)->size;
  bool good = append_little(assembler, 0, 4);
  if (writer->debug)
    good = good && append_little(assembler, UINT32_MAX, 4) && put_byte(assembler, DEBUG_FRAME_VERSION) &&
           put_byte(assembler, 0) && put_byte(assembler, ADDRESS_SIZE) && put_byte(assembler, 0);
  else
    good = good && append_little(assembler, 0, 4) && put_byte(assembler, 1) && put_augmentation(writer);
  good = good && put_unsigned(assembler, 1) && put_signed(assembler, DATA_ALIGNMENT) &&
         put_unsigned(assembler, frame->return_register);
  if (!writer->debug)
    good = good && put_augmentation_data(writer);
  if (!frame->simple)
    good = good && put_byte(assembler, DW_CFA_def_cfa) && put_unsigned(assembler, DWARF_SP) &&
           put_unsigned(assembler, 0);
  good = good && pad_entry(assembler, writer->debug ? ADDRESS_SIZE : 4);
  if (good)
    patch_length(assembler, start);
  return good;
}

// Where the linker may change the distance, it computes it.
static bool put_relaxed_advance(FrameWriter *writer, uint64_t distance, const CodePlace *from,
                                const CodePlace *to) {
  Assembler *assembler = writer->assembler;
  static const struct {
    uint64_t limit;
    uint8_t code;
    uint8_t size;
    uint8_t set;
    uint8_t subtract;
  } forms[] = {
      {SMALL_LIMIT, DW_CFA_advance_loc, 0, RELOCATION_R_RISCV_SET6, RELOCATION_R_RISCV_SUB6},
      {256, DW_CFA_advance_loc1, 1, RELOCATION_R_RISCV_SET8, RELOCATION_R_RISCV_SUB8},
      {65536, DW_CFA_advance_loc2, 2, RELOCATION_R_RISCV_SET16, RELOCATION_R_RISCV_SUB16},
      {UINT64_MAX, DW_CFA_advance_loc4, 4, RELOCATION_R_RISCV_SET32, RELOCATION_R_RISCV_SUB32},
  };
  size_t i = 0;
  while (distance >= forms[i].limit)
    i++;
  if (!put_byte(assembler, forms[i].code) || !append_little(assembler, 0, forms[i].size))
    return false;
  unsigned back = forms[i].size ? forms[i].size : 1;
  Value end = {.add = code_label(assembler, to)};
  Value start = {.add = code_label(assembler, from)};
  put_relocation(assembler, back, forms[i].set, end, writer->frame->place);
  put_relocation(assembler, back, forms[i].subtract, start, writer->frame->place);
  return true;
}

static bool put_advance(FrameWriter *writer, const CodePlace *from, const CodePlace *to) {
  Assembler *assembler = writer->assembler;
  uint64_t distance = code_offset(assembler, to) - code_offset(assembler, from);
  if (!code_distance_is_fixed(assembler, from, to))
    return put_relaxed_advance(writer, distance, from, to);
  if (!distance)
    return true;
  if (distance < SMALL_LIMIT)
    return put_byte(assembler, DW_CFA_advance_loc | (unsigned)distance);
  unsigned size = distance < 256 ? 1 : distance < 65536 ? 2 : 4;
  unsigned code = size == 1 ? DW_CFA_advance_loc1 : size == 2 ? DW_CFA_advance_loc2 : DW_CFA_advance_loc4;
  return put_byte(assembler, code) && append_little(assembler, distance, size);
}

static bool put_offset(FrameWriter *writer, unsigned number, int64_t offset) {
  Assembler *assembler = writer->assembler;
  int64_t factored = offset / DATA_ALIGNMENT;
  if (factored < 0)
    return put_byte(assembler, DW_CFA_offset_extended_sf) && put_unsigned(assembler, number) &&
           put_signed(assembler, factored);
  if (number < SMALL_LIMIT)
    return put_byte(assembler, DW_CFA_offset | number) && put_unsigned(assembler, (uint64_t)factored);
  return put_byte(assembler, DW_CFA_offset_extended) && put_unsigned(assembler, number) &&
         put_unsigned(assembler, (uint64_t)factored);
}

static bool put_value_offset(FrameWriter *writer, unsigned number, int64_t offset) {
  Assembler *assembler = writer->assembler;
  int64_t factored = offset / DATA_ALIGNMENT;
  bool negative = factored < 0;
  return put_byte(assembler, negative ? DW_CFA_val_offset_sf : DW_CFA_val_offset) &&
         put_unsigned(assembler, number) &&
         (negative ? put_signed(assembler, factored) : put_unsigned(assembler, (uint64_t)factored));
}

static bool put_code_and_register(Assembler *assembler, unsigned code, unsigned number) {
  return put_byte(assembler, code) && put_unsigned(assembler, number);
}

static bool put_operation(FrameWriter *writer, const FrameOperation *operation) {
  Assembler *assembler = writer->assembler;
  unsigned number = operation->number;
  switch ((FrameKind)operation->kind) {
  case FRAME_DEF_CFA:
    writer->cfa_offset = operation->offset;
    return put_code_and_register(assembler, DW_CFA_def_cfa, number) &&
           put_unsigned(assembler, (uint64_t)writer->cfa_offset);
  case FRAME_DEF_CFA_REGISTER:
    return put_code_and_register(assembler, DW_CFA_def_cfa_register, number);
  case FRAME_DEF_CFA_OFFSET:
  case FRAME_ADJUST_CFA_OFFSET:
    writer->cfa_offset =
        operation->offset + (operation->kind == FRAME_ADJUST_CFA_OFFSET ? writer->cfa_offset : 0);
    return put_byte(assembler, DW_CFA_def_cfa_offset) &&
           put_unsigned(assembler, (uint64_t)writer->cfa_offset);
  case FRAME_OFFSET:
    return put_offset(writer, number, operation->offset);
  case FRAME_REL_OFFSET:
    return put_offset(writer, number, operation->offset - writer->cfa_offset);
  case FRAME_VAL_OFFSET:
    return put_value_offset(writer, number, operation->offset);
  case FRAME_REGISTER:
    return put_code_and_register(assembler, DW_CFA_register, number) &&
           put_unsigned(assembler, (uint64_t)operation->offset);
  case FRAME_RESTORE:
    return number < SMALL_LIMIT ? put_byte(assembler, DW_CFA_restore | number)
                                : put_code_and_register(assembler, DW_CFA_restore_extended, number);
  case FRAME_UNDEFINED:
    return put_code_and_register(assembler, DW_CFA_undefined, number);
  case FRAME_SAME_VALUE:
    return put_code_and_register(assembler, DW_CFA_same_value, number);
  case FRAME_REMEMBER_STATE:
    VEC_PUSH(&writer->remembered, writer->cfa_offset);
    return put_byte(assembler, DW_CFA_remember_state);
  case FRAME_RESTORE_STATE:
    if (writer->remembered.count)
      writer->cfa_offset = VEC_POP(&writer->remembered);
    return put_byte(assembler, DW_CFA_restore_state);
  case FRAME_BYTE:
    return put_byte(assembler, number);
  }
  return false;
}

// A frame description entry: what one function does to its frame. `common` is where its common entry is.
static bool put_frame(FrameWriter *writer, uint64_t common, bool last) {
  Assembler *assembler = writer->assembler;
  const CallFrame *frame = writer->frame;
  AsmSection *section = current_section(assembler);
  uint64_t start = section->size;
  Value begin = {.add = code_label(assembler, &frame->begin)};
  Value range = {.add = code_label(assembler, &frame->end), .subtract = begin.add};
  bool good = append_little(assembler, 0, 4);
  if (writer->debug) {
    CodePlace to = {.section = assembler->position.current, .offset = common};
    Value pointer = {.add = code_label(assembler, &to)};
    good = good && put_value(assembler, 4, pointer, frame->place) &&
           put_value(assembler, ADDRESS_SIZE, begin, frame->place) &&
           put_value(assembler, ADDRESS_SIZE, range, frame->place);
  } else {
    good = good && append_little(assembler, start + 4 - common, 4) &&
           put_relocated(assembler, 4, RELOCATION_R_RISCV_32_PCREL, begin, frame->place) &&
           put_value(assembler, 4, range, frame->place);
    bool data = frame->data_encoding != DW_EH_PE_omit;
    good = good && put_unsigned(assembler, data ? pointer_size(frame->data_encoding) : 0) &&
           (!data || put_pointer(writer, frame->data_encoding, frame->data));
  }
  writer->cfa_offset = 0;
  writer->remembered.count = 0;
  CodePlace at = frame->begin;
  for (uint32_t i = 0; good && i < frame->count; i++) {
    const FrameOperation *operation = &assembler->frame_operations.data[frame->first + i];
    good = put_advance(writer, &at, &operation->at) && put_operation(writer, operation);
    at = operation->at;
  }
  good = good && pad_entry(assembler, last || writer->debug ? ADDRESS_SIZE : 4);
  if (good)
    patch_length(assembler, start);
  return good;
}

static const char *personality_name(const Assembler *assembler, const CallFrame *frame) {
  return frame->personality_encoding == DW_EH_PE_omit || !frame->personality.add
             ? ""
             : symbol_text(assembler, frame->personality.add);
}

static int compare_numbers(unsigned a, unsigned b) {
  return (a > b) - (a < b);
}

// Which common entry a frame needs; frames with the same one stand together. (.debug_frame leaves the
// pointers out, but has the same order.)
static int compare_common(const Assembler *assembler, const CallFrame *a, const CallFrame *b, bool pointers) {
  int order = pointers ? strcmp(personality_name(assembler, a), personality_name(assembler, b)) : 0;
  if (!order && pointers)
    order = compare_numbers(a->personality_encoding, b->personality_encoding);
  if (!order && pointers)
    order = compare_numbers(a->data_encoding, b->data_encoding);
  if (!order)
    order = compare_numbers(a->signal, b->signal);
  if (!order)
    order = compare_numbers(a->simple, b->simple);
  return order ? order : compare_numbers(a->return_register, b->return_register);
}

// Frames by their common entries, else in their order: an insertion into the lists of the few different ones.
static uint32_t *order_frames(Assembler *assembler) {
  size_t count = assembler->call_frames.count;
  uint32_t *order = ARENA_ARRAY(&assembler->arena, uint32_t, count + 1);
  uint32_t *kind = ARENA_ARRAY(&assembler->arena, uint32_t, count + 1);
  VEC(uint32_t) kinds = {0}; // the first frame of each kind, sorted
  for (uint32_t i = 0; i < count; i++) {
    const CallFrame *frame = &assembler->call_frames.data[i];
    size_t at = 0;
    int order_found = 1;
    for (; at < kinds.count; at++) {
      order_found = compare_common(assembler, &assembler->call_frames.data[kinds.data[at]], frame, true);
      if (order_found >= 0)
        break;
    }
    if (at < kinds.count && order_found == 0) {
      kind[i] = kinds.data[at];
      continue;
    }
    kind[i] = i;
    VEC_PUSH(&kinds, i);
    for (size_t k = kinds.count - 1; k > at; k--)
      kinds.data[k] = kinds.data[k - 1];
    kinds.data[at] = i;
  }
  size_t done = 0;
  for (size_t k = 0; k < kinds.count; k++)
    for (uint32_t i = 0; i < count; i++)
      if (kind[i] == kinds.data[k])
        order[done++] = i;
  VEC_FREE(&kinds);
  return order;
}

static bool put_frames(Assembler *assembler, bool debug) {
  const char *name = debug ? ".debug_frame" : ".eh_frame";
  assembler->position.current = section_named(assembler, asm_intern(assembler, name, strlen(name)),
                                              SHT_PROGBITS, debug ? 0 : SHF_ALLOC, 0);
  if (current_section(assembler)->alignment < ADDRESS_SIZE)
    current_section(assembler)->alignment = ADDRESS_SIZE;
  FrameWriter writer = {.assembler = assembler, .debug = debug};
  const uint32_t *order = order_frames(assembler);
  const CallFrame *before = NULL;
  uint64_t common = 0;
  bool good = true;
  for (size_t i = 0; good && i < assembler->call_frames.count; i++) {
    writer.frame = &assembler->call_frames.data[order[i]];
    if (!before || compare_common(assembler, before, writer.frame, !debug) != 0) {
      common = current_section(assembler)->size;
      good = put_common(&writer);
    }
    before = writer.frame;
    good = good && put_frame(&writer, common, i + 1 == assembler->call_frames.count);
  }
  VEC_FREE(&writer.remembered);
  return good;
}

bool frames_generate(Assembler *assembler) {
  if (!assembler->call_frames.count)
    return true;
  bool eh_frame = assembler->eh_frame || !assembler->frame_sections_given;
  return (!eh_frame || put_frames(assembler, false)) &&
         (!assembler->debug_frame || put_frames(assembler, true));
}
