// Lays out by a linker script: which input section goes where, the values of its expressions, the addresses
// of output sections in memory and at load. GNU ld manual, "Linker Scripts".
//
// The script is evaluated from its start for each assignment of addresses, again and again until the symbols
// stay the same, since expressions may use what comes later. Errors are reported by one more evaluation at
// the end.
#include "linker/script.h"

#include <fnmatch.h>

enum { MOST_ROUNDS = 16 };

typedef struct Evaluation {
  Linker *linker;
  Script *script;
  uint64_t dot;
  ScriptStatement *statement; // being filled; NULL: outside
  uint64_t shift;             // as of a region, for sections in none
  bool report;
  bool changed;
  bool good;
} Evaluation;

// A number, or a place in memory. In an output section a number assigned to "." counts from its start.
typedef struct Value {
  uint64_t number;
  bool address;
} Value;

// Whether a script says where sections go.
bool link_has_sections_script(const Linker *linker) {
  return linker->script && linker->script->has_sections;
}

static bool matches(const char *pattern, const char *name) {
  size_t plain = strcspn(pattern, "*?[\\");
  if (!pattern[plain])
    return strcmp(pattern, name) == 0;
  if (strcmp(pattern + plain, "*") == 0)
    return strncmp(pattern, name, plain) == 0;
  return fnmatch(pattern, name, 0) == 0;
}

// A pattern speaks of an object by its path, or of an archive's member by its own name.
static bool matches_file(const char *pattern, const char *name) {
  if (strcmp(pattern, "*") == 0 || matches(pattern, name))
    return true;
  const char *open = strrchr(name, '(');
  size_t size = strlen(name);
  if (!open || name[size - 1] != ')')
    return false;
  char member[256];
  snprintf(member, sizeof(member), "%.*s", (int)(name + size - 1 - (open + 1)), open + 1);
  return matches(pattern, member);
}

static bool matches_input(const ScriptInput *input, const char *file, const char *name) {
  bool found = false;
  for (size_t i = 0; i < input->names.count && !found; i++)
    found = matches(input->names.data[i], name);
  if (!found || !matches_file(input->file, file))
    return false;
  for (size_t i = 0; i < input->excluded.count; i++)
    if (matches_file(input->excluded.data[i], file))
      return false;
  return true;
}

static const char *name_in_script(const InputSection *section) {
  bool common = strcmp(section->name, ".bss.COMMON") == 0;
  return common ? "COMMON" : strcmp(section->name, ".tbss.COMMON") == 0 ? ".tcommon" : section->name;
}

// Makes a section for each data statement of the script, which goes where the statement stands.
static void add_data(Linker *linker) {
  for (size_t i = 0; i < linker->script->statements.count; i++) {
    ScriptStatement *statement = &linker->script->statements.data[i];
    for (size_t j = 0; j < statement->items.count; j++) {
      ScriptItem *item = &statement->items.data[j];
      if (item->kind != ITEM_DATA || item->bytes)
        continue;
      item->bytes = arena_alloc(&linker->arena, 8, 8); // filled in at each evaluation
      InputSection section = {.name = statement->name,
                              .data = item->bytes,
                              .size = item->size,
                              .flags = SHF_ALLOC,
                              .alignment = 1,
                              .type = SHT_PROGBITS,
                              .script_input = item->number + 1,
                              .output = NONE,
                              .group = NONE,
                              .replacement = NONE,
                              .unused = statement->discard,
                              .kept = true,
                              .alive = true};
      link_add_section(linker, section);
    }
  }
}

// Finds the input of the script that takes each section which has none yet. What the script discards is
// unused.
void link_script_match(Linker *linker) {
  Script *script = linker->script;
  if (!script || !script->has_sections)
    return;
  add_data(linker);
  for (size_t i = 0; i < linker->sections.count; i++) {
    InputSection *section = &linker->sections.data[i];
    if (section->unused || section->script_input)
      continue;
    const char *file = linker->files.data[section->file].name;
    for (uint32_t j = 0; j < script->inputs.count && !section->script_input; j++)
      if (matches_input(&script->inputs.data[j], file, name_in_script(section)))
        section->script_input = j + 1;
    if (!section->script_input)
      continue;
    const ScriptInput *input = &script->inputs.data[section->script_input - 1];
    if (script->statements.data[input->statement].discard)
      section->unused = true;
    section->kept = input->keep;
    if (!(section->flags & SHF_ALLOC))
      section->script_input = 0; // goes behind what is loaded, by its own name
  }
}

static Symbol *find_symbol(const Linker *linker, const char *name) {
  Name found = intern_find(&linker->names, name, strlen(name));
  return found == NAME_NONE ? NULL : &linker->symbols.data[found];
}

static bool need_symbols(Linker *linker, const Expression *expression) {
  if (!expression)
    return false;
  bool any = false;
  if (expression->kind == EXPRESSION_SYMBOL && strcmp(expression->name, ".") != 0) {
    Name name = link_symbol_named(linker, expression->name, strlen(expression->name));
    any = !linker->symbols.data[name].referenced;
    linker->symbols.data[name].referenced = true;
  }
  any = need_symbols(linker, expression->left) || any;
  any = need_symbols(linker, expression->right) || any;
  return need_symbols(linker, expression->third) || any;
}

// Defines what an item assigns; true when that makes a difference.
static bool declare(Linker *linker, ScriptItem *item) {
  if (item->kind == ITEM_ASSERT || item->kind == ITEM_DATA)
    return need_symbols(linker, item->value);
  if (item->kind != ITEM_ASSIGN)
    return false;
  if (strcmp(item->name, ".") == 0)
    return need_symbols(linker, item->value);
  Symbol *symbol = find_symbol(linker, item->name);
  if (item->provide && (!symbol || !symbol->referenced || symbol->state != SYMBOL_UNDEFINED))
    return item->active && need_symbols(linker, item->value);
  Name name = link_symbol_named(linker, item->name, strlen(item->name));
  symbol = &linker->symbols.data[name];
  bool any = symbol->state != SYMBOL_PROVIDED;
  symbol->state = SYMBOL_PROVIDED;
  symbol->section = NONE;
  symbol->binding = STB_GLOBAL;
  item->active = true;
  return need_symbols(linker, item->value) || any;
}

// Before layout: the symbols that the script defines, of provided ones those that something refers to.
void link_script_declare(Linker *linker) {
  Script *script = linker->script;
  bool any;
  do {
    any = false;
    for (size_t i = 0; i < script->regions.count; i++) {
      any = need_symbols(linker, script->regions.data[i].origin) || any;
      any = need_symbols(linker, script->regions.data[i].length) || any;
    }
    for (size_t i = 0; i < script->items.count; i++)
      any = declare(linker, &script->items.data[i]) || any;
    for (size_t i = 0; i < script->statements.count; i++)
      for (size_t j = 0; j < script->statements.data[i].items.count; j++)
        any = declare(linker, &script->statements.data[i].items.data[j]) || any;
  } while (any);
}

static Value evaluate(Evaluation *evaluation, const Expression *expression);

static Value script_error(Evaluation *evaluation, size_t place, const char *what, const char *name) {
  if (evaluation->report)
    diagnose(evaluation->linker->diagnostics, DIAGNOSTIC_ERROR, script_place(evaluation->script, place), what,
             name);
  evaluation->good = false;
  return (Value){0, false};
}

static Value symbol_value(Evaluation *evaluation, const Expression *expression) {
  Linker *linker = evaluation->linker;
  if (strcmp(expression->name, ".") == 0)
    return (Value){evaluation->dot, true};
  const Symbol *symbol = find_symbol(linker, expression->name);
  if (!symbol || symbol->state == SYMBOL_UNDEFINED)
    return script_error(evaluation, expression->place, "undefined symbol '%s'", expression->name);
  Target target = {.section = symbol->section, .value = symbol->value};
  return (Value){link_target_address(linker, &target), symbol->state != SYMBOL_ABSOLUTE};
}

static uint64_t align_up(uint64_t value, uint64_t alignment) {
  return alignment > 1 ? (value + alignment - 1) / alignment * alignment : value;
}

static const ScriptStatement *find_statement(const Script *script, const char *name) {
  for (size_t i = 0; i < script->statements.count; i++)
    if (strcmp(script->statements.data[i].name, name) == 0)
      return &script->statements.data[i];
  return NULL;
}

static Value named_value(Evaluation *evaluation, const Expression *call) {
  const char *argument = call->argument;
  if (strcmp(call->name, "DEFINED") == 0) {
    const Symbol *symbol = find_symbol(evaluation->linker, argument);
    return (Value){symbol && symbol->state != SYMBOL_UNDEFINED, false};
  }
  if (strcmp(call->name, "CONSTANT") == 0) {
    if (strcmp(argument, "MAXPAGESIZE") == 0 || strcmp(argument, "COMMONPAGESIZE") == 0)
      return (Value){PAGE_BYTES, false};
    return script_error(evaluation, call->place, "unknown constant '%s'", argument);
  }
  if (strcmp(call->name, "ORIGIN") == 0 || strcmp(call->name, "LENGTH") == 0) {
    for (size_t i = 0; i < evaluation->script->regions.count; i++) {
      const ScriptRegion *region = &evaluation->script->regions.data[i];
      if (strcmp(region->name, argument) == 0)
        return call->name[0] == 'O' ? (Value){region->start, true} : (Value){region->size, false};
    }
    return script_error(evaluation, call->place, "there is no memory region '%s'", argument);
  }
  const ScriptStatement *statement = find_statement(evaluation->script, argument);
  if (!statement)
    return script_error(evaluation, call->place, "the script has no section '%s'", argument);
  if (strcmp(call->name, "ADDR") == 0)
    return (Value){statement->start, true};
  if (strcmp(call->name, "LOADADDR") == 0)
    return (Value){statement->load, true};
  return (Value){strcmp(call->name, "SIZEOF") == 0 ? statement->size : statement->aligned, false};
}

static Value call_value(Evaluation *evaluation, const Expression *call) {
  if (call->argument)
    return named_value(evaluation, call);
  Value left = evaluate(evaluation, call->left);
  Value right = call->right ? evaluate(evaluation, call->right) : (Value){0, false};
  if (strcmp(call->name, "ALIGN") == 0)
    return call->right ? (Value){align_up(left.number, right.number), left.address}
                       : (Value){align_up(evaluation->dot, left.number), true};
  if (strcmp(call->name, "ABSOLUTE") == 0)
    return (Value){left.number, true};
  if (strcmp(call->name, "LOG2CEIL") == 0) {
    uint64_t log = 0;
    while (log < 63 && UINT64_C(1) << log < left.number)
      log++;
    return (Value){log, false};
  }
  bool first = strcmp(call->name, "MAX") == 0 ? left.number >= right.number : left.number <= right.number;
  return first ? left : right;
}

static uint64_t combine(int operator, uint64_t a, uint64_t b) {
  switch (operator) {
  case '+':
    return a + b;
  case '-':
    return a - b;
  case '*':
    return a * b;
  case '/':
    return a / b;
  case '%':
    return a % b;
  case '&':
    return a & b;
  case '|':
    return a | b;
  case '^':
    return a ^ b;
  case '<':
    return a < b;
  case '>':
    return a > b;
  case OPERATOR_PAIR('<', '<'):
    return b < 64 ? a << b : 0;
  case OPERATOR_PAIR('>', '>'):
    return b < 64 ? a >> b : 0;
  case OPERATOR_PAIR('<', '='):
    return a <= b;
  case OPERATOR_PAIR('>', '='):
    return a >= b;
  case OPERATOR_PAIR('=', '='):
    return a == b;
  case OPERATOR_PAIR('!', '='):
    return a != b;
  case OPERATOR_PAIR('&', '&'):
    return a && b;
  default:
    return a || b;
  }
}

static Value evaluate(Evaluation *evaluation, const Expression *expression) {
  switch (expression->kind) {
  case EXPRESSION_NUMBER:
    return (Value){expression->number, false};
  case EXPRESSION_SYMBOL:
    return symbol_value(evaluation, expression);
  case EXPRESSION_CALL:
    return call_value(evaluation, expression);
  case EXPRESSION_CHOICE:
    return evaluate(evaluation,
                    evaluate(evaluation, expression->left).number ? expression->right : expression->third);
  case EXPRESSION_UNARY: {
    uint64_t value = evaluate(evaluation, expression->left).number;
    return (Value){expression->operator == '-'   ? -value
                   : expression->operator == '~' ? ~value
                                                 : !value,
                   false};
  }
  default:
    break;
  }
  Value left = evaluate(evaluation, expression->left);
  Value right = evaluate(evaluation, expression->right);
  int operator = expression->operator;
  if ((operator == '/' || operator == '%') && !right.number)
    return script_error(evaluation, expression->place, "division by zero%s", "");
  bool sum = operator == '+' || operator == '&' || operator == '|';
  return (Value){combine(operator, left.number, right.number),
                 sum ? left.address || right.address : operator == '-' && left.address && !right.address};
}

static void assign(Evaluation *evaluation, const ScriptItem *item) {
  if (!item->active)
    return;
  Value value = evaluate(evaluation, item->value);
  if (strcmp(item->name, ".") == 0) {
    uint64_t to = value.number + (evaluation->statement && !value.address ? evaluation->statement->start : 0);
    if (evaluation->statement && to < evaluation->dot)
      script_error(evaluation, item->place, "the location counter moves backwards in section '%s'",
                   evaluation->statement->name);
    else
      evaluation->dot = to;
    return;
  }
  Symbol *symbol = find_symbol(evaluation->linker, item->name);
  evaluation->changed = evaluation->changed || symbol->value != value.number;
  symbol->value = value.number;
}

static void check_assert(Evaluation *evaluation, const ScriptItem *item) {
  if (evaluation->report && !evaluate(evaluation, item->value).number)
    script_error(evaluation, item->place, "assertion failed: %s", item->name);
}

// Places the inputs that one input of the script takes; `*next` counts through those of the output section.
static void place_input(Evaluation *evaluation, OutputSection *output, uint32_t number, uint32_t *next) {
  Linker *linker = evaluation->linker;
  for (; *next < output->input_count; ++*next) {
    InputSection *section = &linker->sections.data[linker->placed.data[output->first_input + *next]];
    if (section->script_input != number + 1)
      return;
    evaluation->dot = align_up(evaluation->dot, section->alignment);
    section->offset = evaluation->dot - evaluation->statement->start;
    evaluation->dot += link_section_size(section);
  }
}

static ScriptRegion *region_at(Evaluation *evaluation, uint32_t number) {
  return number == NONE ? NULL : &evaluation->script->regions.data[number];
}

// The first section of the overlay that a section is in, when it is not the first itself; else NULL.
static const ScriptStatement *overlay_start(const Evaluation *evaluation, const ScriptStatement *statement) {
  const ScriptStatement *first =
      statement->overlay ? &evaluation->script->statements.data[statement->overlay - 1] : NULL;
  return first == statement ? NULL : first;
}

// Where a section begins, in memory.
static void start_statement(Evaluation *evaluation, ScriptStatement *statement, const OutputSection *output) {
  const ScriptRegion *region = region_at(evaluation, statement->region);
  uint64_t alignment = output ? output->alignment : 1;
  if (statement->alignment) {
    uint64_t wanted = evaluate(evaluation, statement->alignment).number;
    alignment = wanted > alignment ? wanted : alignment;
  }
  uint64_t at = region ? region->next : evaluation->dot;
  const ScriptStatement *first = overlay_start(evaluation, statement);
  if (first)
    at = first->start;
  if (statement->address)
    at = evaluate(evaluation, statement->address).number;
  statement->aligned = alignment;
  statement->start = align_up(at, alignment);
  evaluation->dot = statement->start;
}

// Where it is loaded: AT, or the next free place of the region to load to, or as far from its address as the
// section before it in its region.
static void place_load(Evaluation *evaluation, ScriptStatement *statement, uint64_t before, bool contents) {
  ScriptRegion *region = region_at(evaluation, statement->region);
  ScriptRegion *load = region_at(evaluation, statement->load_region);
  uint64_t *shift = region ? &region->shift : &evaluation->shift;
  statement->load = statement->start + (statement->address ? 0 : *shift);
  if (overlay_start(evaluation, statement)) {
    statement->load = align_up(statement[-1].load + statement[-1].size, statement->aligned);
    if (load && load != region && contents)
      load->next = statement->load + statement->size;
  } else if (statement->load_address) {
    statement->load = evaluate(evaluation, statement->load_address).number;
  } else if (load && load != region) {
    uint64_t padding = statement->start - before;
    statement->load =
        statement->align_with_input ? load->next + padding : align_up(load->next, statement->aligned);
    if (contents)
      load->next = statement->load + statement->size;
  } else if (load) {
    statement->load = statement->start;
  }
  *shift = statement->load - statement->start;
}

static void run_items(Evaluation *evaluation, ScriptStatement *statement, OutputSection *output) {
  uint32_t next = 0;
  for (size_t i = 0; i < statement->items.count; i++) {
    const ScriptItem *item = &statement->items.data[i];
    if (item->kind == ITEM_ASSIGN)
      assign(evaluation, item);
    else if (item->kind == ITEM_ASSERT)
      check_assert(evaluation, item);
    else if (output)
      place_input(evaluation, output, item->number, &next);
    if (item->kind == ITEM_DATA) {
      uint64_t value = evaluate(evaluation, item->value).number;
      memcpy(item->bytes, &value, sizeof(value));
    }
  }
}

static void place_statement(Evaluation *evaluation, ScriptStatement *statement) {
  Linker *linker = evaluation->linker;
  OutputSection *output = statement->output == NONE ? NULL : &linker->outputs.data[statement->output];
  uint64_t before = evaluation->dot;
  ScriptRegion *region = region_at(evaluation, statement->region);
  start_statement(evaluation, statement, output);
  evaluation->statement = statement;
  run_items(evaluation, statement, output);
  evaluation->statement = NULL;
  statement->size = evaluation->dot - statement->start;
  if (output && statement->fill) {
    output->fill = evaluate(evaluation, statement->fill).number;
    output->fill_size = statement->fill_size;
  }
  bool nothing = !output && !statement->size;
  if (nothing) { // it takes no room, not even for alignment
    uint64_t shift = region ? region->shift : evaluation->shift;
    place_load(evaluation, statement, statement->start, false);
    *(region ? &region->shift : &evaluation->shift) = shift;
    evaluation->dot = before;
    return;
  }
  bool contents = output && output->type != SHT_NOBITS;
  place_load(evaluation, statement, region ? region->next : before, contents);
  if (output) {
    output->address = statement->start;
    output->load_address = statement->load;
    output->size = statement->size;
    output->alignment = statement->aligned > output->alignment ? statement->aligned : output->alignment;
    if ((output->flags & SHF_TLS) && !contents) { // room for it is made by others, if at all
      evaluation->dot = before;
      return;
    }
  }
  if (overlay_start(evaluation, statement) && evaluation->dot < before)
    evaluation->dot = before; // behind the largest of them
  if (region && statement->start + statement->size > region->next)
    region->next = statement->start + statement->size;
}

// A section that the script does not mention follows one that is like it.
static void place_orphan(Evaluation *evaluation, OutputSection *output, const ScriptStatement *after) {
  Linker *linker = evaluation->linker;
  ScriptRegion *region = after ? region_at(evaluation, after->region) : NULL;
  ScriptRegion *load = after ? region_at(evaluation, after->load_region) : NULL;
  uint64_t at = align_up(region ? region->next : evaluation->dot, output->alignment);
  output->address = at;
  output->size = 0;
  for (uint32_t i = 0; i < output->input_count; i++) {
    InputSection *section = &linker->sections.data[linker->placed.data[output->first_input + i]];
    section->offset = align_up(output->size, section->alignment);
    output->size = section->offset + link_section_size(section);
  }
  output->load_address = at + (region ? region->shift : evaluation->shift);
  if (load && load != region && output->type != SHT_NOBITS) {
    output->load_address = align_up(load->next, output->alignment);
    load->next = output->load_address + output->size;
  }
  evaluation->dot = at + output->size;
  if (region)
    region->next = evaluation->dot;
}

static void start_regions(Evaluation *evaluation) {
  for (size_t i = 0; i < evaluation->script->regions.count; i++) {
    ScriptRegion *region = &evaluation->script->regions.data[i];
    region->start = evaluate(evaluation, region->origin).number;
    region->size = evaluate(evaluation, region->length).number;
    region->next = region->start;
    region->shift = 0;
  }
}

static void evaluate_all(Evaluation *evaluation) {
  Linker *linker = evaluation->linker;
  Script *script = evaluation->script;
  evaluation->dot = 0;
  evaluation->shift = 0;
  evaluation->changed = false;
  evaluation->good = true;
  start_regions(evaluation);
  for (size_t i = 0; i < script->items.count; i++) {
    const ScriptItem *item = &script->items.data[i];
    if (item->kind == ITEM_ASSIGN)
      assign(evaluation, item);
    else if (item->kind == ITEM_ASSERT)
      check_assert(evaluation, item);
    if (item->kind != ITEM_SECTION)
      continue;
    ScriptStatement *statement = &script->statements.data[item->number];
    if (statement->discard)
      continue;
    uint64_t start = statement->start;
    uint64_t size = statement->size;
    place_statement(evaluation, statement);
    evaluation->changed = evaluation->changed || start != statement->start || size != statement->size;
    if (statement->output == NONE)
      continue;
    for (size_t next = statement->output + 1; next < linker->outputs.count; next++) {
      OutputSection *output = &linker->outputs.data[next];
      if (output->statement != NONE || output->region != REGION_DRAM)
        break;
      place_orphan(evaluation, output, statement);
    }
  }
  for (size_t i = 0;
       script->has_sections && i < linker->outputs.count && linker->outputs.data[i].statement == NONE &&
       linker->outputs.data[i].region == REGION_DRAM;
       i++)
    place_orphan(evaluation, &linker->outputs.data[i], NULL);
}

// The regions of the script, for --print-memory-usage.
void link_script_usage(const Linker *linker, Text *text) {
  for (size_t i = 0; i < linker->script->regions.count; i++) {
    const ScriptRegion *region = &linker->script->regions.data[i];
    uint64_t used = region->next - region->start;
    text_format(text, "%-18s %12llu B %12llu B %8.2f%%\n", region->name, (unsigned long long)used,
                (unsigned long long)region->size,
                region->size ? 100.0 * (double)used / (double)region->size : 0.0);
  }
}

// Assigns addresses to output sections and values to the symbols of the script.
void link_script_place(Linker *linker) {
  Evaluation evaluation = {.linker = linker, .script = linker->script};
  int round = 0;
  do
    evaluate_all(&evaluation);
  while (evaluation.changed && ++round < MOST_ROUNDS);
}

static int compare_addresses(const void *a, const void *b) {
  const OutputSection *first = *(const OutputSection *const *)a;
  const OutputSection *second = *(const OutputSection *const *)b;
  return first->address < second->address ? -1 : first->address > second->address;
}

static int compare_load_addresses(const void *a, const void *b) {
  const OutputSection *first = *(const OutputSection *const *)a;
  const OutputSection *second = *(const OutputSection *const *)b;
  return first->load_address < second->load_address ? -1 : first->load_address > second->load_address;
}

static uint32_t overlay_of(const Linker *linker, const OutputSection *output) {
  return output->statement == NONE ? 0 : linker->script->statements.data[output->statement].overlay;
}

// Whether no two sections share memory: where they run, or (of those with contents) where they are loaded.
static bool check_overlaps(Linker *linker, bool load) {
  const OutputSection **sorted =
      ARENA_ARRAY(&linker->arena, const OutputSection *, linker->outputs.count + 1);
  size_t count = 0;
  for (size_t i = 0; i < linker->outputs.count; i++) {
    const OutputSection *output = &linker->outputs.data[i];
    bool nobits = output->type == SHT_NOBITS;
    if (output->region == REGION_DRAM && output->size && !(nobits && (load || (output->flags & SHF_TLS))))
      sorted[count++] = output;
  }
  qsort(sorted, count, sizeof(*sorted), load ? compare_load_addresses : compare_addresses);
  for (size_t i = 1; i < count; i++) {
    uint64_t end = (load ? sorted[i - 1]->load_address : sorted[i - 1]->address) + sorted[i - 1]->size;
    uint64_t start = load ? sorted[i]->load_address : sorted[i]->address;
    if (start >= end || (!load && overlay_of(linker, sorted[i - 1]) &&
                         overlay_of(linker, sorted[i - 1]) == overlay_of(linker, sorted[i])))
      continue;
    diagnose(linker->diagnostics, DIAGNOSTIC_ERROR, place_named(linker->script->parts.data[0].source.name),
             "sections %s and %s overlap%s: %s ends at 0x%llx, %s begins at 0x%llx", sorted[i - 1]->name,
             sorted[i]->name, load ? " where they are loaded" : "", sorted[i - 1]->name,
             (unsigned long long)end, sorted[i]->name, (unsigned long long)start);
    return false;
  }
  return true;
}

// Sizes and alignments that a file cannot have.
static bool check_sizes(Evaluation *evaluation) {
  const uint64_t largest = UINT64_C(1) << 40;
  const uint64_t largest_contents = UINT64_C(1) << 32;
  for (size_t i = 0; i < evaluation->script->statements.count; i++) {
    const ScriptStatement *statement = &evaluation->script->statements.data[i];
    bool contents =
        statement->output != NONE && evaluation->linker->outputs.data[statement->output].type != SHT_NOBITS;
    if (statement->aligned & (statement->aligned - 1) || statement->aligned > largest)
      script_error(evaluation, statement->place,
                   "the alignment of section '%s' is no power of two, or too large", statement->name);
    if (statement->size > (contents ? largest_contents : largest))
      script_error(evaluation, statement->place, "section '%s' becomes larger than a file can hold",
                   statement->name);
  }
  return evaluation->good;
}

// Says what fills a region that is too small.
static void check_region(Evaluation *evaluation, uint32_t number) {
  Linker *linker = evaluation->linker;
  const ScriptRegion *region = &evaluation->script->regions.data[number];
  uint64_t used = region->next - region->start;
  if (used <= region->size)
    return;
  evaluation->good = false;
  diagnose(linker->diagnostics, DIAGNOSTIC_ERROR, script_place(evaluation->script, region->place),
           "region '%s' overflows by %llu bytes: %llu needed, %llu available", region->name,
           (unsigned long long)(used - region->size), (unsigned long long)used,
           (unsigned long long)region->size);
  for (size_t i = 0; i < evaluation->script->statements.count; i++) {
    const ScriptStatement *statement = &evaluation->script->statements.data[i];
    if (statement->size && (statement->region == number || statement->load_region == number))
      diagnose(linker->diagnostics, DIAGNOSTIC_NOTE, script_place(evaluation->script, statement->place),
               "%llu bytes in %s", (unsigned long long)statement->size, statement->name);
  }
}

// At the final addresses: what is wrong with the script.
bool link_script_check(Linker *linker) {
  Evaluation evaluation = {.linker = linker, .script = linker->script, .report = true};
  evaluate_all(&evaluation);
  if (evaluation.changed) {
    diagnose(linker->diagnostics, DIAGNOSTIC_ERROR, place_named(linker->script->parts.data[0].source.name),
             "the addresses of this script depend on themselves and do not settle");
    return false;
  }
  for (uint32_t i = 0; i < linker->script->regions.count; i++)
    check_region(&evaluation, i);
  return check_sizes(&evaluation) && linker->diagnostics->errors == 0 && check_overlaps(linker, false) &&
         check_overlaps(linker, true);
}

// The output section of a statement of the script, made at its first use.
static uint32_t make_output(Linker *linker, uint32_t number, uint64_t flags, uint32_t type) {
  ScriptStatement *statement = &linker->script->statements.data[number];
  if (statement->output == NONE) {
    OutputSection output = {.name = statement->name,
                            .flags = flags &
                                     ~(uint64_t)(SHF_GROUP | SHF_GNU_RETAIN | SHF_LINK_ORDER | SHF_INFO_LINK),
                            .type = statement->noload ? SHT_NOBITS : type,
                            .alignment = 1,
                            .rank = 2 * number,
                            .region = REGION_DRAM,
                            .bank = NONE,
                            .statement = number};
    statement->output = (uint32_t)linker->outputs.count;
    VEC_PUSH(&linker->outputs, output);
  }
  return statement->output;
}

// The output section in which the script puts an input section. Its type and flags are those of all its
// inputs.
uint32_t link_script_output(Linker *linker, const InputSection *section) {
  uint32_t statement = linker->script->inputs.data[section->script_input - 1].statement;
  bool table = section->type == SHT_INIT_ARRAY || section->type == SHT_FINI_ARRAY ||
               section->type == SHT_PREINIT_ARRAY || section->type == SHT_NOTE;
  uint32_t type = table || section->type == SHT_NOBITS ? section->type : SHT_PROGBITS;
  uint32_t number = make_output(linker, statement, section->flags, type);
  OutputSection *output = &linker->outputs.data[number];
  bool thread = (output->flags & SHF_TLS) && (section->flags & SHF_TLS);
  output->flags |= section->flags & (SHF_WRITE | SHF_EXECINSTR);
  if (!thread)
    output->flags &= ~(uint64_t)SHF_TLS;
  // Of different types what has contents is data.
  if (type != SHT_NOBITS && type != output->type && !linker->script->statements.data[statement].noload)
    output->type = SHT_PROGBITS;
  return number;
}

// Sections that only move the location counter, and the ranks of those that the script does not mention:
// behind the last one that is like them.
void link_script_finish_outputs(Linker *linker) {
  Script *script = linker->script;
  for (uint32_t i = 0; i < script->statements.count; i++)
    for (size_t j = 0; j < script->statements.data[i].items.count; j++) {
      const ScriptItem *item = &script->statements.data[i].items.data[j];
      if (item->kind == ITEM_ASSIGN && strcmp(item->name, ".") == 0 && script->statements.data[i].noload)
        make_output(linker, i, SHF_ALLOC | SHF_WRITE, SHT_NOBITS);
    }
  for (uint32_t i = 0; i < script->statements.count; i++) {
    const ScriptStatement *statement = &script->statements.data[i];
    uint32_t data = 0;
    for (size_t j = 0; j < statement->items.count; j++)
      data += statement->items.data[j].kind == ITEM_DATA;
    if (statement->output != NONE && data == linker->outputs.data[statement->output].input_count)
      linker->outputs.data[statement->output].flags |= SHF_WRITE; // as GNU ld has what is made of data alone
  }
  uint64_t kind = SHF_WRITE | SHF_EXECINSTR | SHF_TLS;
  for (size_t i = 0; i < linker->outputs.count; i++) {
    OutputSection *orphan = &linker->outputs.data[i];
    if (orphan->statement != NONE || orphan->region != REGION_DRAM)
      continue;
    uint32_t like = 0;
    uint32_t last = 0;
    for (size_t j = 0; j < linker->outputs.count; j++) {
      const OutputSection *output = &linker->outputs.data[j];
      if (output->statement == NONE)
        continue;
      last = output->rank > last ? output->rank : last;
      if ((output->flags & kind) == (orphan->flags & kind) &&
          (output->type == SHT_NOBITS) == (orphan->type == SHT_NOBITS) && output->rank >= like)
        like = output->rank + 1;
    }
    orphan->rank = like ? like : last + 1;
  }
}

// Outputs were put in order: statements learn their new numbers.
void link_script_renumber(Linker *linker) {
  for (uint32_t i = 0; i < linker->outputs.count; i++)
    if (linker->outputs.data[i].statement != NONE)
      linker->script->statements.data[linker->outputs.data[i].statement].output = i;
}

// Orders inputs as their place in the script and its SORT say.
int link_script_compare(const Linker *linker, uint32_t first, uint32_t second, uint64_t first_priority,
                        uint64_t second_priority) {
  const InputSection *a = &linker->sections.data[first];
  const InputSection *b = &linker->sections.data[second];
  if (a->script_input != b->script_input)
    return a->script_input < b->script_input ? -1 : 1;
  SortKind sort = a->script_input ? linker->script->inputs.data[a->script_input - 1].sort : SORT_NOT;
  if (sort == SORT_NOT)
    sort = linker->options->sort_sections == LINKER_SORT_NAME        ? SORT_NAME
           : linker->options->sort_sections == LINKER_SORT_ALIGNMENT ? SORT_ALIGNMENT
                                                                     : SORT_NOT;
  int order = 0;
  if (sort == SORT_NAME)
    order = strcmp(a->name, b->name);
  else if (sort == SORT_ALIGNMENT)
    order = (a->alignment < b->alignment) - (a->alignment > b->alignment);
  else if (sort == SORT_PRIORITY)
    order = (first_priority > second_priority) - (first_priority < second_priority);
  return order ? order : (first > second) - (first < second);
}

// Whether two neighbouring output sections may be in one segment.
bool link_script_same_segment(const Linker *linker, const OutputSection *before,
                              const OutputSection *output) {
  const Script *script = linker->script;
  const char *segments[2] = {NULL, NULL};
  const OutputSection *outputs[2] = {before, output};
  for (int i = 0; i < 2; i++)
    for (uint32_t j = outputs[i]->statement; j != NONE && j < script->statements.count && !segments[i]; j--)
      segments[i] = script->statements.data[j].segment;
  bool named = segments[0] && segments[1];
  bool thread = (before->flags & SHF_TLS) || (output->flags & SHF_TLS);
  return output->address >= before->address + (before->type == SHT_NOBITS ? 0 : before->size) &&
         output->load_address - output->address == before->load_address - before->address &&
         output->address - before->address < (UINT64_C(1) << 24) + before->size &&
         !(before->type == SHT_NOBITS && output->type != SHT_NOBITS) &&
         (!named || thread || strcmp(segments[0], segments[1]) == 0) &&
         (named ||
          (before->flags & (SHF_WRITE | SHF_EXECINSTR)) == (output->flags & (SHF_WRITE | SHF_EXECINSTR)));
}
