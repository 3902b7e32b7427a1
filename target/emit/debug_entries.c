// Debug information behind the code, as assembly text: DWARF 5 entries for functions, scopes, variables and
// types, with their lists of locations.
#include "target/debug/info.h"
#include "target/emit/emit.h"

#include <dwarf.h>
#include <string.h>

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
  attribute(w, name, DW_FORM_udata);
  text_format(&w->values, "\t.uleb128\t%llu\n", (unsigned long long)value);
}

static void add_string(DebugWriter *w, unsigned name, const char *text) {
  if (!text)
    return;
  attribute(w, name, DW_FORM_string);
  text_append_string(&w->values, "\t.asciz\t\"");
  for (; *text; text++) {
    if (*text == '"' || *text == '\\')
      text_append_char(&w->values, '\\');
    text_append_char(&w->values, *text);
  }
  text_append_string(&w->values, "\"\n");
}

static void add_flag(DebugWriter *w, unsigned name) {
  attribute(w, name, DW_FORM_flag_present);
}

static void add_type(DebugWriter *w, DebugTypeId type) {
  if (!type)
    return;
  attribute(w, DW_AT_type, DW_FORM_ref4);
  text_format(&w->values, "\t.4byte\t.Ltype%u-.Linfo\n", type);
}

static void add_address(DebugWriter *w, unsigned name, const char *label, unsigned number) {
  attribute(w, name, DW_FORM_addr);
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
  add_number(w, DW_AT_decl_file, emit_debug_file(w->target->program, directory, file));
  add_number(w, DW_AT_decl_line, line);
}

static void write_members(DebugWriter *w, const DebugType *type) {
  const DebugInfo *debug = w->target->debug;
  for (uint32_t i = 0; i < type->member_count; i++) {
    const DebugMember *m = &debug->members.data[type->first_member + i];
    unsigned tag = DW_TAG_member;
    switch (type->tag) {
    case DW_TAG_enumeration_type:
      add_string(w, DW_AT_name, m->name);
      attribute(w, DW_AT_const_value, DW_FORM_sdata);
      text_format(&w->values, "\t.sleb128\t%lld\n", (long long)m->value);
      tag = DW_TAG_enumerator;
      break;
    case DW_TAG_array_type:
      if (m->value >= 0)
        add_number(w, DW_AT_count, (uint64_t)m->value);
      tag = DW_TAG_subrange_type;
      break;
    case DW_TAG_subroutine_type:
      add_type(w, m->type);
      tag = m->type ? DW_TAG_formal_parameter : DW_TAG_unspecified_parameters;
      break;
    default:
      add_string(w, DW_AT_name, m->name);
      add_type(w, m->type);
      if (m->bit_field) {
        add_number(w, DW_AT_bit_size, m->size_bits);
        add_number(w, DW_AT_data_bit_offset, m->offset_bits);
      } else {
        add_number(w, DW_AT_data_member_location, m->offset_bits / 8);
      }
    }
    finish(w, tag, false);
  }
}

static void write_type(DebugWriter *w, DebugTypeId id) {
  const DebugType *type = &w->target->debug->types.data[id];
  bool aggregate = type->tag == DW_TAG_structure_type || type->tag == DW_TAG_union_type ||
                   type->tag == DW_TAG_enumeration_type;
  text_format(&w->entries, ".Ltype%u:\n", id);
  add_string(w, DW_AT_name, type->name);
  if (type->tag == DW_TAG_base_type)
    add_number(w, DW_AT_encoding, type->encoding);
  if (type->tag == DW_TAG_subroutine_type)
    add_flag(w, DW_AT_prototyped);
  if (type->declaration)
    add_flag(w, DW_AT_declaration);
  else if (type->tag == DW_TAG_base_type || aggregate || type->tag == 0x0f)
    add_number(w, DW_AT_byte_size, type->size);
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
    attribute(w, DW_AT_low_pc, DW_FORM_addr);
    print_offset(&w->values, d, ranges->data[0].from);
    attribute(w, DW_AT_high_pc, DW_FORM_addr);
    print_offset(&w->values, d, ranges->data[0].to);
    return;
  }
  attribute(w, DW_AT_ranges, DW_FORM_sec_offset);
  text_format(&w->values, "\t.4byte\t.Lranges%u\n", w->range_lists);
  text_format(&w->ranges, ".Lranges%u:\n", w->range_lists++);
  for (size_t i = 0; i < ranges->count; i++) {
    text_format(&w->ranges, "\t.byte\t%d\n", DW_RLE_start_end);
    print_offset(&w->ranges, d, ranges->data[i].from);
    print_offset(&w->ranges, d, ranges->data[i].to);
  }
  text_format(&w->ranges, "\t.byte\t%d\n", DW_RLE_end_of_list);
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
    attribute(w, DW_AT_location, DW_FORM_exprloc);
    print_location(w, &w->values, d, &v->ranges.data[0]);
    return;
  }
  attribute(w, DW_AT_location, DW_FORM_sec_offset);
  text_format(&w->values, "\t.4byte\t.Lloc%u\n", w->location_lists);
  text_format(&w->locations, ".Lloc%u:\n", w->location_lists++);
  for (size_t i = 0; i < v->ranges.count; i++) {
    text_format(&w->locations, "\t.byte\t%d\n", DW_LLE_start_end);
    print_offset(&w->locations, d, v->ranges.data[i].from);
    print_offset(&w->locations, d, v->ranges.data[i].to);
    print_location(w, &w->locations, d, &v->ranges.data[i]);
  }
  text_format(&w->locations, "\t.byte\t%d\n", DW_LLE_end_of_list);
}

static void write_global(DebugWriter *w, DebugGlobal *g) {
  add_string(w, DW_AT_name, g->name);
  add_declaration(w, g->directory, g->file, g->line);
  add_type(w, g->type);
  if (g->external)
    add_flag(w, DW_AT_external);
  const Symbol *symbol = &w->target->symbols.data[g->symbol];
  if (symbol->defined && !symbol->tls) {
    attribute(w, DW_AT_location, DW_FORM_exprloc);
    text_format(&w->values, "\t.uleb128\t9\n\t.byte\t0x%x\n\t.8byte\t", DW_OP_addr);
    print_name(&w->values, symbol->name);
    text_append_char(&w->values, '\n');
  }
  finish(w, DW_TAG_variable, false);
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
  add_string(w, DW_AT_name, v->name);
  add_declaration(w, v->directory, v->file, v->line);
  add_type(w, v->type);
}

static void add_origin(DebugWriter *w, const char *label, uint32_t number) {
  attribute(w, DW_AT_abstract_origin, DW_FORM_ref4);
  text_format(&w->values, "\t.4byte\t.L%s%u-.Linfo\n", label, number);
}

static const DebugBlock *function_of(const DebugInfo *debug, uint32_t block) {
  while (debug->blocks.data[block].parent != IR_NONE)
    block = debug->blocks.data[block].parent;
  return &debug->blocks.data[block];
}

static unsigned variable_tag(const DebugVariable *v) {
  return v->argument ? DW_TAG_formal_parameter : DW_TAG_variable;
}

// --- functions as they are in the source ------------------------------------------------------------------

static void add_function(DebugWriter *w, const DebugBlock *block) {
  add_string(w, DW_AT_name, block->name);
  add_declaration(w, block->directory, block->file, block->line);
  add_flag(w, DW_AT_prototyped);
  if (block->external)
    add_flag(w, DW_AT_external);
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
      finish(w, DW_TAG_lexical_block, true);
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
    add_number(w, DW_AT_inline, DW_INL_inlined);
    bool children = declares_variables(debug, i);
    finish(w, DW_TAG_subprogram, children);
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
        add_number(w, DW_AT_call_file,
                   emit_debug_file(w->target->program, inner->call_directory, inner->call_file));
        add_number(w, DW_AT_call_line, inner->call_line);
        if (inner->call_column)
          add_number(w, DW_AT_call_column, inner->call_column);
      }
      finish(w, inner->inlined ? DW_TAG_inlined_subroutine : DW_TAG_lexical_block, children);
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
    attribute(w, DW_AT_call_origin, DW_FORM_ref4);
    text_format(&w->values, "\t.4byte\t.L%s%u-.Linfo\n", inlined ? "sub" : "fun", d->block);
    return;
  }
  attribute(w, DW_AT_call_origin, DW_FORM_ref4);
  text_format(&w->values, "\t.4byte\t.Lext%u-.Linfo\n", symbol);
  for (size_t i = 0; i < w->declared.count; i++)
    if (w->declared.data[i] == symbol)
      return;
  VEC_PUSH(&w->declared, symbol);
}

static void write_declarations(DebugWriter *w) {
  for (size_t i = 0; i < w->declared.count; i++) {
    text_format(&w->entries, ".Lext%u:\n", w->declared.data[i]);
    add_string(w, DW_AT_name, w->target->symbols.data[w->declared.data[i]].name);
    add_flag(w, DW_AT_external);
    add_flag(w, DW_AT_declaration);
    finish(w, DW_TAG_subprogram, false);
  }
}

static void write_calls(DebugWriter *w, const DebugFunction *d) {
  for (size_t i = 0; i < d->calls.count; i++) {
    const DebugCall *call = &d->calls.data[i];
    attribute(w, DW_AT_call_return_pc, DW_FORM_addr);
    print_offset(&w->values, d, call->behind);
    if (call->callee != IR_NONE)
      add_callee(w, call->callee);
    if (call->tail)
      add_flag(w, DW_AT_call_tail_call);
    finish(w, DW_TAG_call_site, call->count > 0);
    for (uint32_t a = call->first; a < call->first + call->count; a++) {
      const DebugArgument *argument = &d->arguments.data[a];
      attribute(w, DW_AT_location, DW_FORM_exprloc);
      text_format(&w->values, "\t.byte\t1,0x%x\n", DW_OP_reg0 + argument->reg);
      attribute(w, DW_AT_call_value, DW_FORM_exprloc);
      print_location(w, &w->values, d, &argument->value);
      finish(w, DW_TAG_call_site_parameter, false);
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
  add_address(w, DW_AT_low_pc, ".Lfunc_begin", d->number);
  add_address(w, DW_AT_high_pc, ".Lfunc_end", d->number);
  attribute(w, DW_AT_frame_base, DW_FORM_exprloc);
  text_format(&w->values, "\t.byte\t1,0x%x\n", DW_OP_call_frame_cfa);
  bool children = has_children(debug, d, 0) || d->calls.count;
  if (d->calls.count)
    add_flag(w, DW_AT_call_all_calls);
  finish(w, DW_TAG_subprogram, children);
  write_scope(w, d, 0);
  write_calls(w, d);
  if (children)
    end_children(w);
}

static void write_entries(DebugWriter *w) {
  const DebugInfo *debug = w->target->debug;
  add_string(w, DW_AT_producer, debug->producer);
  add_number(w, DW_AT_language, DW_LANG_C11);
  add_string(w, DW_AT_name, debug->name);
  add_string(w, DW_AT_comp_dir, debug->directory);
  attribute(w, DW_AT_stmt_list, DW_FORM_sec_offset);
  text_append_string(&w->values, "\t.4byte\t.Lline\n");
  attribute(w, DW_AT_low_pc, DW_FORM_addr);
  text_append_string(&w->values, "\t.8byte\t0\n");
  attribute(w, DW_AT_ranges, DW_FORM_sec_offset);
  text_append_string(&w->values, "\t.4byte\t.Lranges\n");
  finish(w, DW_TAG_compile_unit, true);
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
      text_format(out, "\t.byte\t%d\n\t.8byte\t.Lfunc_begin%u\n\t.8byte\t.Lfunc_end%u\n", DW_RLE_start_end,
                  number, number);
  }
  text_format(out, "\t.byte\t%d\n", DW_RLE_end_of_list);
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
