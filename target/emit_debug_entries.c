// Debug information behind the code, as assembly text: DWARF 5 entries for functions, scopes, variables and
// types, with their lists of locations.
#include "target/debug_info.h"
#include "target/emit.h"

#include <string.h>

enum {
  FORM_ADDR = 0x01,
  FORM_STRING = 0x08,
  FORM_SDATA = 0x0d,
  FORM_UDATA = 0x0f,
  FORM_REF4 = 0x13,
  FORM_SEC_OFFSET = 0x17,
  FORM_EXPRLOC = 0x18,
  FORM_FLAG_PRESENT = 0x19,
};
enum {
  AT_LOCATION = 0x02,
  AT_NAME = 0x03,
  AT_BYTE_SIZE = 0x0b,
  AT_STMT_LIST = 0x10,
  AT_LOW_PC = 0x11,
  AT_HIGH_PC = 0x12,
  AT_LANGUAGE = 0x13,
  AT_COMP_DIR = 0x1b,
  AT_CONST_VALUE = 0x1c,
  AT_PRODUCER = 0x25,
  AT_INLINE = 0x20,
  AT_PROTOTYPED = 0x27,
  AT_ABSTRACT_ORIGIN = 0x31,
  AT_BIT_SIZE = 0x0d,
  AT_COUNT = 0x37,
  AT_DATA_MEMBER_LOCATION = 0x38,
  AT_DECL_FILE = 0x3a,
  AT_DECL_LINE = 0x3b,
  AT_DECLARATION = 0x3c,
  AT_ENCODING = 0x3e,
  AT_EXTERNAL = 0x3f,
  AT_FRAME_BASE = 0x40,
  AT_TYPE = 0x49,
  AT_RANGES = 0x55,
  AT_CALL_COLUMN = 0x57,
  AT_CALL_FILE = 0x58,
  AT_CALL_LINE = 0x59,
  AT_CALL_ALL_CALLS = 0x7a,
  AT_CALL_RETURN_PC = 0x7d,
  AT_CALL_VALUE = 0x7e,
  AT_CALL_ORIGIN = 0x7f,
  AT_CALL_TAIL_CALL = 0x82,
  AT_DATA_BIT_OFFSET = 0x6b,
};
enum {
  TAG_ARRAY = 0x01,
  TAG_ENUMERATION = 0x04,
  TAG_PARAMETER = 0x05,
  TAG_LEXICAL_BLOCK = 0x0b,
  TAG_MEMBER = 0x0d,
  TAG_UNIT = 0x11,
  TAG_STRUCTURE = 0x13,
  TAG_SUBROUTINE = 0x15,
  TAG_UNION = 0x17,
  TAG_UNSPECIFIED = 0x18,
  TAG_INLINED = 0x1d,
  TAG_SUBRANGE = 0x21,
  TAG_BASE = 0x24,
  TAG_ENUMERATOR = 0x28,
  TAG_SUBPROGRAM = 0x2e,
  TAG_VARIABLE = 0x34,
  TAG_CALL_SITE = 0x48,
  TAG_CALL_SITE_PARAMETER = 0x49,
};
enum { OP_ADDR = 0x03, OP_REG0 = 0x50, OP_CALL_FRAME_CFA = 0x9c, LANGUAGE_C11 = 0x1d, INLINED = 1 };
enum { RLE_END = 0, RLE_START_END = 6, LLE_END = 0, LLE_START_END = 7 }; // entries of lists

typedef struct DebugWriter {
  Target *target;
  Text entries;       // of .debug_info
  Text values;        // of the entry being made
  Text shape;         // its abbreviation: attribute and form pairs
  VEC(char *) shapes; // all abbreviations; the first has number 1
  Text ranges;        // of .debug_rnglists
  Text locations;     // of .debug_loclists
  uint32_t range_lists, location_lists;
  VEC(SymbolId) declared; // functions that are called and have no entry of their own
} DebugWriter;

// A variable by its place among the parameters.
typedef struct DebugPosition {
  uint32_t argument;
  uint32_t instance;
} DebugPosition;

static void attribute(DebugWriter *w, unsigned name, unsigned form) {
  text_format(&w->shape, "\t.uleb128\t0x%x\n\t.uleb128\t0x%x\n", name, form);
}

static void add_number(DebugWriter *w, unsigned name, uint64_t value) {
  attribute(w, name, FORM_UDATA);
  text_format(&w->values, "\t.uleb128\t%llu\n", (unsigned long long)value);
}

static void add_string(DebugWriter *w, unsigned name, const char *text) {
  if (!text)
    return;
  attribute(w, name, FORM_STRING);
  text_append_string(&w->values, "\t.asciz\t\"");
  for (; *text; text++) {
    if (*text == '"' || *text == '\\')
      text_append_char(&w->values, '\\');
    text_append_char(&w->values, *text);
  }
  text_append_string(&w->values, "\"\n");
}

static void add_flag(DebugWriter *w, unsigned name) {
  attribute(w, name, FORM_FLAG_PRESENT);
}

static void add_type(DebugWriter *w, DebugTypeId type) {
  if (!type)
    return;
  attribute(w, AT_TYPE, FORM_REF4);
  text_format(&w->values, "\t.4byte\t.Ltype%u-.Linfo\n", type);
}

static void add_address(DebugWriter *w, unsigned name, const char *label, unsigned number) {
  attribute(w, name, FORM_ADDR);
  text_format(&w->values, "\t.8byte\t%s%u\n", label, number);
}

// Ends an entry: it gets the number of its abbreviation.
static void finish(DebugWriter *w, unsigned tag, bool children) {
  Text shape = {0};
  text_format(&shape, "\t.uleb128\t0x%x\n\t.byte\t%d\n%s\t.byte\t0,0\n", tag, children,
              text_string(&w->shape));
  size_t number = 0;
  while (number < w->shapes.count && strcmp(w->shapes.data[number], text_string(&shape)) != 0)
    number++;
  if (number == w->shapes.count)
    VEC_PUSH(&w->shapes, shape.data);
  else
    text_free(&shape);
  text_format(&w->entries, "\t.uleb128\t%zu\n%s", number + 1, text_string(&w->values));
  text_clear(&w->values);
  text_clear(&w->shape);
}

static void end_children(DebugWriter *w) {
  text_append_string(&w->entries, "\t.byte\t0\n");
}

static void add_declaration(DebugWriter *w, const char *directory, const char *file, uint32_t line) {
  if (!line)
    return;
  add_number(w, AT_DECL_FILE, emit_debug_file(w->target->program, directory, file));
  add_number(w, AT_DECL_LINE, line);
}

static void write_members(DebugWriter *w, const DebugType *type) {
  const DebugInfo *debug = w->target->debug;
  for (uint32_t i = 0; i < type->member_count; i++) {
    const DebugMember *m = &debug->members.data[type->first_member + i];
    unsigned tag = TAG_MEMBER;
    switch (type->tag) {
    case TAG_ENUMERATION:
      add_string(w, AT_NAME, m->name);
      attribute(w, AT_CONST_VALUE, FORM_SDATA);
      text_format(&w->values, "\t.sleb128\t%lld\n", (long long)m->value);
      tag = TAG_ENUMERATOR;
      break;
    case TAG_ARRAY:
      if (m->value >= 0)
        add_number(w, AT_COUNT, (uint64_t)m->value);
      tag = TAG_SUBRANGE;
      break;
    case TAG_SUBROUTINE:
      add_type(w, m->type);
      tag = m->type ? TAG_PARAMETER : TAG_UNSPECIFIED;
      break;
    default:
      add_string(w, AT_NAME, m->name);
      add_type(w, m->type);
      if (m->bit_field) {
        add_number(w, AT_BIT_SIZE, m->size_bits);
        add_number(w, AT_DATA_BIT_OFFSET, m->offset_bits);
      } else {
        add_number(w, AT_DATA_MEMBER_LOCATION, m->offset_bits / 8);
      }
    }
    finish(w, tag, false);
  }
}

static void write_type(DebugWriter *w, DebugTypeId id) {
  const DebugType *type = &w->target->debug->types.data[id];
  bool aggregate = type->tag == TAG_STRUCTURE || type->tag == TAG_UNION || type->tag == TAG_ENUMERATION;
  text_format(&w->entries, ".Ltype%u:\n", id);
  add_string(w, AT_NAME, type->name);
  if (type->tag == TAG_BASE)
    add_number(w, AT_ENCODING, type->encoding);
  if (type->tag == TAG_SUBROUTINE)
    add_flag(w, AT_PROTOTYPED);
  if (type->declaration)
    add_flag(w, AT_DECLARATION);
  else if (type->tag == TAG_BASE || aggregate || type->tag == 0x0f)
    add_number(w, AT_BYTE_SIZE, type->size);
  add_type(w, type->base);
  finish(w, type->tag, type->member_count > 0);
  if (type->member_count) {
    write_members(w, type);
    end_children(w);
  }
}

static bool offset_is_inside(DebugOffset offset) {
  return offset & 1;
}

static void print_offset(Text *out, const DebugFunction *d, DebugOffset offset) {
  text_format(out, "\t.8byte\t.Ldbg%u_%u%s\n", d->number, (offset + 1) / 2,
              offset_is_inside(offset) ? "-1" : "");
}

// The code of an entry: of one stretch, or of several.
static void add_ranges(DebugWriter *w, const DebugFunction *d, const DebugRanges *ranges) {
  if (ranges->count == 1) {
    attribute(w, AT_LOW_PC, FORM_ADDR);
    print_offset(&w->values, d, ranges->data[0].from);
    attribute(w, AT_HIGH_PC, FORM_ADDR);
    print_offset(&w->values, d, ranges->data[0].to);
    return;
  }
  attribute(w, AT_RANGES, FORM_SEC_OFFSET);
  text_format(&w->values, "\t.4byte\t.Lranges%u\n", w->range_lists);
  text_format(&w->ranges, ".Lranges%u:\n", w->range_lists++);
  for (size_t i = 0; i < ranges->count; i++) {
    text_format(&w->ranges, "\t.byte\t%d\n", RLE_START_END);
    print_offset(&w->ranges, d, ranges->data[i].from);
    print_offset(&w->ranges, d, ranges->data[i].to);
  }
  text_format(&w->ranges, "\t.byte\t%d\n", RLE_END);
}

static void print_location(DebugWriter *w, Text *out, const DebugFunction *d, const DebugRange *range) {
  enum { ADDRESS_BYTES = 8 };
  text_format(out, "\t.uleb128\t%u\n", range->size);
  const DebugAddress *address = range->address ? &d->addresses.data[range->address - 1] : NULL;
  for (uint32_t i = 0; i < range->size;) {
    if (address && range->location + i == address->at) {
      MirAddress of = {address->symbol, address->addend};
      text_append_string(out, "\t.8byte\t");
      print_symbol(out, w->target, &of);
      text_append_char(out, '\n');
      i += ADDRESS_BYTES;
      continue;
    }
    text_format(out, "\t.byte\t0x%x\n", d->bytes.data[range->location + i++]);
  }
}

// Whether a location holds wherever its scope does, so that no list is needed.
static bool is_everywhere(const DebugFunction *d, const DebugInstance *v, DebugOffset end) {
  const DebugRanges *ranges = &d->scopes.data[v->scope].ranges;
  if (v->ranges.count != 1)
    return false;
  DebugRange range = v->ranges.data[0];
  if (!v->scope)
    return range.from == 0 && range.to == end;
  return ranges->count && range.from <= ranges->data[0].from && range.to >= VEC_LAST(ranges).to;
}

static void add_location(DebugWriter *w, const DebugFunction *d, const DebugInstance *v) {
  if (!v->ranges.count)
    return;
  if (is_everywhere(d, v, d->end)) {
    attribute(w, AT_LOCATION, FORM_EXPRLOC);
    print_location(w, &w->values, d, &v->ranges.data[0]);
    return;
  }
  attribute(w, AT_LOCATION, FORM_SEC_OFFSET);
  text_format(&w->values, "\t.4byte\t.Lloc%u\n", w->location_lists);
  text_format(&w->locations, ".Lloc%u:\n", w->location_lists++);
  for (size_t i = 0; i < v->ranges.count; i++) {
    text_format(&w->locations, "\t.byte\t%d\n", LLE_START_END);
    print_offset(&w->locations, d, v->ranges.data[i].from);
    print_offset(&w->locations, d, v->ranges.data[i].to);
    print_location(w, &w->locations, d, &v->ranges.data[i]);
  }
  text_format(&w->locations, "\t.byte\t%d\n", LLE_END);
}

static void write_global(DebugWriter *w, DebugGlobal *g) {
  add_string(w, AT_NAME, g->name);
  add_declaration(w, g->directory, g->file, g->line);
  add_type(w, g->type);
  if (g->external)
    add_flag(w, AT_EXTERNAL);
  const Symbol *symbol = &w->target->symbols.data[g->symbol];
  if (symbol->defined && !symbol->tls) {
    attribute(w, AT_LOCATION, FORM_EXPRLOC);
    text_format(&w->values, "\t.uleb128\t9\n\t.byte\t0x%x\n\t.8byte\t", OP_ADDR);
    print_name(&w->values, symbol->name);
    text_append_char(&w->values, '\n');
  }
  finish(w, TAG_VARIABLE, false);
  g->written = true;
}

// The global variables that a block declares; IR_NONE: those outside of functions.
static void write_globals(DebugWriter *w, uint32_t block) {
  DebugInfo *debug = w->target->debug;
  for (size_t i = 0; i < debug->globals.count; i++)
    if (debug->globals.data[i].block == block && !debug->globals.data[i].written)
      write_global(w, &debug->globals.data[i]);
}

static bool has_globals(const DebugInfo *debug, uint32_t block) {
  for (size_t i = 0; i < debug->globals.count; i++)
    if (debug->globals.data[i].block == block)
      return true;
  return false;
}

static void add_variable(DebugWriter *w, const DebugVariable *v) {
  add_string(w, AT_NAME, v->name);
  add_declaration(w, v->directory, v->file, v->line);
  add_type(w, v->type);
}

static void add_origin(DebugWriter *w, const char *label, uint32_t number) {
  attribute(w, AT_ABSTRACT_ORIGIN, FORM_REF4);
  text_format(&w->values, "\t.4byte\t.L%s%u-.Linfo\n", label, number);
}

static const DebugBlock *function_of(const DebugInfo *debug, uint32_t block) {
  while (debug->blocks.data[block].parent != IR_NONE)
    block = debug->blocks.data[block].parent;
  return &debug->blocks.data[block];
}

static unsigned variable_tag(const DebugVariable *v) {
  return v->argument ? TAG_PARAMETER : TAG_VARIABLE;
}

// --- functions as they are in the source ------------------------------------------------------------------

static void add_function(DebugWriter *w, const DebugBlock *block) {
  add_string(w, AT_NAME, block->name);
  add_declaration(w, block->directory, block->file, block->line);
  add_flag(w, AT_PROTOTYPED);
  if (block->external)
    add_flag(w, AT_EXTERNAL);
  add_type(w, block->result);
}

static bool has_variables(const DebugInfo *debug, uint32_t block) {
  for (size_t i = 0; i < debug->variables.count; i++)
    if (debug->variables.data[i].block == block)
      return true;
  return has_globals(debug, block);
}

// In the block or in those inside of it.
static bool declares_variables(const DebugInfo *debug, uint32_t block) {
  for (size_t i = 0; i < debug->variables.count; i++)
    for (uint32_t at = debug->variables.data[i].block; at != IR_NONE; at = debug->blocks.data[at].parent)
      if (at == block)
        return true;
  for (size_t i = 0; i < debug->globals.count; i++)
    for (uint32_t at = debug->globals.data[i].block; at != IR_NONE; at = debug->blocks.data[at].parent)
      if (at == block)
        return true;
  return false;
}

// What a function that is inlined somewhere declares, for its inlined and its own code to refer to.
static void write_abstract_block(DebugWriter *w, uint32_t block) {
  const DebugInfo *debug = w->target->debug;
  for (int parameters = 1; parameters >= 0; parameters--)
    for (uint32_t i = 0; i < debug->variables.count; i++) {
      const DebugVariable *v = &debug->variables.data[i];
      if (v->block != block || (v->argument != 0) != parameters)
        continue;
      text_format(&w->entries, ".Lvar%u:\n", i);
      add_variable(w, v);
      finish(w, variable_tag(v), false);
    }
  write_globals(w, block);
  for (uint32_t i = 0; i < debug->blocks.count; i++) {
    if (debug->blocks.data[i].parent != block)
      continue;
    bool own = has_variables(debug, i);
    if (own)
      finish(w, TAG_LEXICAL_BLOCK, true);
    write_abstract_block(w, i);
    if (own)
      end_children(w);
  }
}

static void write_abstract_functions(DebugWriter *w) {
  const DebugInfo *debug = w->target->debug;
  for (uint32_t i = 0; i < debug->blocks.count; i++) {
    const DebugBlock *block = &debug->blocks.data[i];
    if (!block->inlined)
      continue;
    text_format(&w->entries, ".Lsub%u:\n", i);
    add_function(w, block);
    add_number(w, AT_INLINE, INLINED);
    bool children = declares_variables(debug, i);
    finish(w, TAG_SUBPROGRAM, children);
    write_abstract_block(w, i);
    if (children)
      end_children(w);
  }
}

// --- functions as they are in the code --------------------------------------------------------------------

static int by_argument(const void *x, const void *y) {
  const DebugPosition *a = x, *b = y;
  if (a->argument != b->argument)
    return a->argument < b->argument ? -1 : 1;
  return a->instance < b->instance ? -1 : a->instance > b->instance;
}

// The variables of a scope, parameters first and in their order.
static void write_variables(DebugWriter *w, const DebugFunction *d, uint32_t scope) {
  const DebugInfo *debug = w->target->debug;
  VEC(DebugPosition) list = {0};
  for (uint32_t i = 0; i < d->instances.count; i++)
    if (d->instances.data[i].scope == scope) {
      uint32_t argument = debug->variables.data[d->instances.data[i].variable].argument;
      VEC_PUSH(&list, ((DebugPosition){argument ? argument : UINT32_MAX, i}));
    }
  if (list.count)
    qsort(list.data, list.count, sizeof *list.data, by_argument);
  for (size_t i = 0; i < list.count; i++) {
    const DebugInstance *instance = &d->instances.data[list.data[i].instance];
    const DebugVariable *v = &debug->variables.data[instance->variable];
    if (function_of(debug, v->block)->inlined)
      add_origin(w, "var", instance->variable);
    else
      add_variable(w, v);
    add_location(w, d, instance);
    finish(w, variable_tag(v), false);
  }
  VEC_FREE(&list);
  uint32_t block = d->scopes.data[scope].block;
  if (!function_of(debug, block)->inlined)
    write_globals(w, block);
}

static bool has_instances(const DebugInfo *debug, const DebugFunction *d, uint32_t scope) {
  uint32_t block = d->scopes.data[scope].block;
  if (!function_of(debug, block)->inlined && has_globals(debug, block))
    return true;
  for (size_t i = 0; i < d->instances.count; i++)
    if (d->instances.data[i].scope == scope)
      return true;
  return false;
}

static bool is_shown(const DebugInfo *debug, const DebugFunction *d, uint32_t scope) {
  return d->scopes.data[scope].inlined || has_instances(debug, d, scope);
}

static bool has_children(const DebugInfo *debug, const DebugFunction *d, uint32_t scope) {
  if (has_instances(debug, d, scope))
    return true;
  for (uint32_t i = 1; i < d->scopes.count; i++)
    if (d->scopes.data[i].parent == scope && d->scopes.data[i].ranges.count &&
        (is_shown(debug, d, i) || has_children(debug, d, i)))
      return true;
  return false;
}

// What is in a scope: its variables, blocks and inlined calls. A block without variables is not shown itself.
static void write_scope(DebugWriter *w, const DebugFunction *d, uint32_t scope) {
  const DebugInfo *debug = w->target->debug;
  write_variables(w, d, scope);
  for (uint32_t i = 1; i < d->scopes.count; i++) {
    const DebugScope *inner = &d->scopes.data[i];
    if (inner->parent != scope || !inner->ranges.count)
      continue;
    bool shown = is_shown(debug, d, i), children = has_children(debug, d, i);
    if (shown) {
      if (inner->inlined)
        add_origin(w, "sub", inner->block);
      add_ranges(w, d, &inner->ranges);
      if (inner->inlined) {
        add_number(w, AT_CALL_FILE,
                   emit_debug_file(w->target->program, inner->call_directory, inner->call_file));
        add_number(w, AT_CALL_LINE, inner->call_line);
        if (inner->call_column)
          add_number(w, AT_CALL_COLUMN, inner->call_column);
      }
      finish(w, inner->inlined ? TAG_INLINED : TAG_LEXICAL_BLOCK, children);
    }
    write_scope(w, d, i);
    if (shown && children)
      end_children(w);
  }
}

// The entry of a function that is called: of its source, of its code, or a declaration.
static void add_callee(DebugWriter *w, SymbolId symbol) {
  const DebugInfo *debug = w->target->debug;
  for (size_t i = 0; i < debug->functions.count; i++) {
    const DebugFunction *d = debug->functions.data[i];
    if (d->symbol != symbol || !d->emitted)
      continue;
    bool inlined = debug->blocks.data[d->block].inlined;
    attribute(w, AT_CALL_ORIGIN, FORM_REF4);
    text_format(&w->values, "\t.4byte\t.L%s%u-.Linfo\n", inlined ? "sub" : "fun", d->block);
    return;
  }
  attribute(w, AT_CALL_ORIGIN, FORM_REF4);
  text_format(&w->values, "\t.4byte\t.Lext%u-.Linfo\n", symbol);
  for (size_t i = 0; i < w->declared.count; i++)
    if (w->declared.data[i] == symbol)
      return;
  VEC_PUSH(&w->declared, symbol);
}

static void write_declarations(DebugWriter *w) {
  for (size_t i = 0; i < w->declared.count; i++) {
    text_format(&w->entries, ".Lext%u:\n", w->declared.data[i]);
    add_string(w, AT_NAME, w->target->symbols.data[w->declared.data[i]].name);
    add_flag(w, AT_EXTERNAL);
    add_flag(w, AT_DECLARATION);
    finish(w, TAG_SUBPROGRAM, false);
  }
}

static void write_calls(DebugWriter *w, const DebugFunction *d) {
  for (size_t i = 0; i < d->calls.count; i++) {
    const DebugCall *call = &d->calls.data[i];
    attribute(w, AT_CALL_RETURN_PC, FORM_ADDR);
    print_offset(&w->values, d, call->behind);
    if (call->callee != IR_NONE)
      add_callee(w, call->callee);
    if (call->tail)
      add_flag(w, AT_CALL_TAIL_CALL);
    finish(w, TAG_CALL_SITE, call->count > 0);
    for (uint32_t a = call->first; a < call->first + call->count; a++) {
      const DebugArgument *argument = &d->arguments.data[a];
      attribute(w, AT_LOCATION, FORM_EXPRLOC);
      text_format(&w->values, "\t.byte\t1,0x%x\n", OP_REG0 + argument->reg);
      attribute(w, AT_CALL_VALUE, FORM_EXPRLOC);
      print_location(w, &w->values, d, &argument->value);
      finish(w, TAG_CALL_SITE_PARAMETER, false);
    }
    if (call->count)
      end_children(w);
  }
}

static void write_function(DebugWriter *w, const DebugFunction *d) {
  const DebugInfo *debug = w->target->debug;
  const DebugBlock *block = &debug->blocks.data[d->block];
  text_format(&w->entries, ".Lfun%u:\n", d->block);
  if (block->inlined)
    add_origin(w, "sub", d->block);
  else
    add_function(w, block);
  add_address(w, AT_LOW_PC, ".Lfunc_begin", d->number);
  add_address(w, AT_HIGH_PC, ".Lfunc_end", d->number);
  attribute(w, AT_FRAME_BASE, FORM_EXPRLOC);
  text_format(&w->values, "\t.byte\t1,0x%x\n", OP_CALL_FRAME_CFA);
  bool children = has_children(debug, d, 0) || d->calls.count;
  if (d->calls.count)
    add_flag(w, AT_CALL_ALL_CALLS);
  finish(w, TAG_SUBPROGRAM, children);
  write_scope(w, d, 0);
  write_calls(w, d);
  if (children)
    end_children(w);
}

static void write_entries(DebugWriter *w) {
  const DebugInfo *debug = w->target->debug;
  add_string(w, AT_PRODUCER, debug->producer);
  add_number(w, AT_LANGUAGE, LANGUAGE_C11);
  add_string(w, AT_NAME, debug->name);
  add_string(w, AT_COMP_DIR, debug->directory);
  attribute(w, AT_STMT_LIST, FORM_SEC_OFFSET);
  text_append_string(&w->values, "\t.4byte\t.Lline\n");
  attribute(w, AT_LOW_PC, FORM_ADDR);
  text_append_string(&w->values, "\t.8byte\t0\n");
  attribute(w, AT_RANGES, FORM_SEC_OFFSET);
  text_append_string(&w->values, "\t.4byte\t.Lranges\n");
  finish(w, TAG_UNIT, true);
  for (size_t i = 1; i < debug->types.count; i++)
    write_type(w, (DebugTypeId)i);
  write_globals(w, IR_NONE);
  write_abstract_functions(w);
  for (size_t i = 0; i < debug->functions.count; i++)
    if (debug->functions.data[i]->emitted)
      write_function(w, debug->functions.data[i]);
  write_declarations(w);
  // Of functions of which nothing else is left.
  for (uint32_t i = 0; i < debug->blocks.count; i++)
    write_globals(w, i);
  end_children(w);
}

void emit_debug_finish(Target *target) {
  if (!target->debug)
    return;
  Text *out = &target->program->text;
  DebugWriter w = {.target = target};
  write_entries(&w);
  text_append_string(out, "\t.section\t.debug_abbrev,\"\",@progbits\n.Labbrev:\n");
  for (size_t i = 0; i < w.shapes.count; i++) {
    text_format(out, "\t.uleb128\t%zu\n%s", i + 1, w.shapes.data[i]);
    free(w.shapes.data[i]);
  }
  text_append_string(out, "\t.byte\t0\n\t.section\t.debug_info,\"\",@progbits\n.Linfo:\n"
                          "\t.4byte\t.Linfo_end-.Linfo_start\n.Linfo_start:\n\t.2byte\t5\n\t.byte\t1,8\n"
                          "\t.4byte\t.Labbrev\n");
  text_append(out, text_string(&w.entries), w.entries.count);
  text_append_string(out,
                     ".Linfo_end:\n\t.section\t.debug_rnglists,\"\",@progbits\n"
                     "\t.4byte\t.Lranges_end-.Lranges_start\n.Lranges_start:\n\t.2byte\t5\n\t.byte\t8,0\n"
                     "\t.4byte\t0\n.Lranges:\n");
  for (size_t i = 0; i < target->debug->functions.count; i++) {
    unsigned number = target->debug->functions.data[i]->number;
    if (target->debug->functions.data[i]->emitted)
      text_format(out, "\t.byte\t%d\n\t.8byte\t.Lfunc_begin%u\n\t.8byte\t.Lfunc_end%u\n", RLE_START_END,
                  number, number);
  }
  text_format(out, "\t.byte\t%d\n", RLE_END);
  text_append(out, text_string(&w.ranges), w.ranges.count);
  text_append_string(out, ".Lranges_end:\n");
  if (w.location_lists) {
    text_append_string(out, "\t.section\t.debug_loclists,\"\",@progbits\n"
                            "\t.4byte\t.Llocs_end-.Llocs_start\n.Llocs_start:\n\t.2byte\t5\n\t.byte\t8,0\n"
                            "\t.4byte\t0\n");
    text_append(out, text_string(&w.locations), w.locations.count);
    text_append_string(out, ".Llocs_end:\n");
  }
  text_append_string(out, "\t.section\t.debug_line,\"\",@progbits\n.Lline:\n");
  VEC_FREE(&w.shapes);
  text_free(&w.entries);
  text_free(&w.values);
  text_free(&w.shape);
  text_free(&w.ranges);
  text_free(&w.locations);
  VEC_FREE(&w.declared);
}
