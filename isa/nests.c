// Records and reports of loop nests (nests.h).
#include "isa/nests.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

// --- records

// A value ends with its line.
static void encode_string(Text *out, const char *name, const char *value) {
  if (!value)
    return;
  text_format(out, "%s=", name);
  for (; *value; value++)
    text_append_char(out, *value == '\n' ? ' ' : *value);
  text_append_char(out, '\n');
}

void nest_encode(Text *out, const NestReport *nest) {
  encode_string(out, "function", nest->function);
  encode_string(out, "file", nest->file);
  if (nest->line)
    text_format(out, "place=%" PRIu32 ":%" PRIu32 "\n", nest->line, nest->column);
  encode_string(out, "unit", nest->unit);
  encode_string(out, "summary", nest->summary);
  for (unsigned i = 0; i < nest->buffer_count; i++)
    text_format(out, "buffer=%" PRIu64 ":%" PRIu64 ":%s\n", nest->buffers[i].bytes, nest->buffers[i].offset,
                nest->buffers[i].name);
  if (nest->estimate)
    text_format(out, "estimate=%" PRIu64 "\n", nest->estimate);
  for (unsigned i = 0; i < nest->bound_count; i++)
    text_format(out, "bound=%" PRIu64 ":%s\n", nest->bounds[i].cycles, nest->bounds[i].unit);
}

// NUMBER and one more character, ':' or the end. NULL: it is not.
static const char *decode_number(const char *text, uint64_t *value) {
  char *end = NULL;
  if (*text < '0' || *text > '9')
    return NULL;
  *value = strtoull(text, &end, 10);
  return *end == ':' ? end + 1 : *end ? NULL : end;
}

static bool decode_place(const char *value, NestReport *nest) {
  uint64_t line = 0;
  uint64_t column = 0;
  value = decode_number(value, &line);
  if (!value || !decode_number(value, &column))
    return false;
  nest->line = (uint32_t)line;
  nest->column = (uint32_t)column;
  return true;
}

static bool decode_buffer(const char *value, NestReport *nest) {
  NestBuffer buffer = {0};
  value = decode_number(value, &buffer.bytes);
  value = value ? decode_number(value, &buffer.offset) : NULL;
  if (!value || nest->buffer_count == NEST_BUFFERS)
    return false;
  buffer.name = value;
  nest->buffers[nest->buffer_count++] = buffer;
  return true;
}

static bool decode_bound(const char *value, NestReport *nest) {
  NestBound bound = {0};
  value = decode_number(value, &bound.cycles);
  if (!value || nest->bound_count == NEST_BOUNDS)
    return false;
  bound.unit = value;
  nest->bounds[nest->bound_count++] = bound;
  return true;
}

static bool decode_line(const char *name, const char *value, NestReport *nest) {
  const struct {
    const char *name;
    const char **to;
  } strings[] = {{"function", &nest->function},
                 {"file", &nest->file},
                 {"unit", &nest->unit},
                 {"summary", &nest->summary}};
  for (size_t i = 0; i < sizeof strings / sizeof *strings; i++)
    if (strcmp(name, strings[i].name) == 0) {
      *strings[i].to = value;
      return true;
    }
  if (strcmp(name, "place") == 0)
    return decode_place(value, nest);
  if (strcmp(name, "buffer") == 0)
    return decode_buffer(value, nest);
  if (strcmp(name, "bound") == 0)
    return decode_bound(value, nest);
  return strcmp(name, "estimate") != 0 || decode_number(value, &nest->estimate);
}

bool nest_decode(Arena *arena, const char *text, size_t size, NestReport *nest) {
  *nest = (NestReport){0};
  char *line = arena_copy_text(arena, text, strnlen(text, size));
  while (*line) {
    char *end = strchr(line, '\n');
    char *equals = strchr(line, '=');
    if (!end || !equals || equals > end)
      return false;
    *end = *equals = '\0';
    if (!decode_line(line, equals + 1, nest))
      return false;
    line = end + 1;
  }
  return nest->function && nest->unit && nest->summary;
}

// --- reports

static const NestBound *largest_bound(const NestReport *nest) {
  const NestBound *found = NULL;
  for (unsigned i = 0; i < nest->bound_count; i++)
    if (!found || nest->bounds[i].cycles > found->cycles)
      found = &nest->bounds[i];
  return found;
}

// Cycles of one run of the code made for the nest; 0: it did not run.
static uint64_t cycles_each(const NestReport *nest) {
  return nest->entries ? nest->cycles / nest->entries : 0;
}

// How far the estimate is off, in percent of what was measured. False: one of them is missing.
static bool error_of(const NestReport *nest, double *percent) {
  uint64_t took = cycles_each(nest);
  if (!nest->estimate || !took)
    return false;
  *percent = 100 * ((double)nest->estimate - (double)took) / (double)took;
  return true;
}

typedef struct Banks {
  uint64_t first, last;
} Banks;

static Banks banks_of(const Machine *machine, const NestBuffer *buffer) {
  uint64_t bank = machine->spm_size / machine->spm_banks;
  uint64_t last = buffer->offset + (buffer->bytes ? buffer->bytes - 1 : 0);
  return (Banks){buffer->offset / bank, last / bank};
}

static void text_place(Text *out, const NestReport *nest) {
  if (nest->file && nest->line)
    text_format(out, "%s:%" PRIu32 ":%" PRIu32, nest->file, nest->line, nest->column);
  else
    text_append_string(out, nest->file ? nest->file : "?");
}

static void text_measured(Text *out, const NestReport *nest) {
  double error = 0;
  text_format(out, "  measured   %12" PRIu64 " cycles in %" PRIu64 " run%s", nest->cycles, nest->entries,
              nest->entries == 1 ? "" : "s");
  if (nest->entries > 1)
    text_format(out, ", %" PRIu64 " each", cycles_each(nest));
  if (error_of(nest, &error))
    text_format(out, " (the estimate is off by %+.1f %%)", error);
  text_append_char(out, '\n');
  if (nest->scalar_entries)
    text_format(out, "  as scalar  %12" PRIu64 " cycles in %" PRIu64 " run%s: an assumption did not hold\n",
                nest->scalar_cycles, nest->scalar_entries, nest->scalar_entries == 1 ? "" : "s");
}

void nests_text(Text *out, const Machine *machine, const NestReport *nests, size_t count) {
  for (size_t i = 0; i < count; i++) {
    const NestReport *nest = &nests[i];
    text_format(out, "nest %zu, %s, ", i, nest->function);
    text_place(out, nest);
    text_format(out, ": %s\n  %s\n", nest->unit, nest->summary);
    for (unsigned b = 0; b < nest->buffer_count; b++) {
      Banks banks = banks_of(machine, &nest->buffers[b]);
      text_format(
          out, "  buffer     %12" PRIu64 " bytes at %" PRIu64 ", banks %" PRIu64 " to %" PRIu64 ": %s\n",
          nest->buffers[b].bytes, nest->buffers[b].offset, banks.first, banks.last, nest->buffers[b].name);
    }
    if (nest->estimate)
      text_format(out, "  estimate   %12" PRIu64 " cycles", nest->estimate);
    for (unsigned b = 0; b < nest->bound_count; b++)
      text_format(out, "%s%s %" PRIu64, b ? ", " : "; ", nest->bounds[b].unit, nest->bounds[b].cycles);
    if (nest->estimate)
      text_append_char(out, '\n');
    if (nest->measured)
      text_measured(out, nest);
  }
  if (!count)
    text_append_string(out, "no loop nests\n");
}

static void json_field(Text *out, const char *name, const char *value) {
  text_format(out, ",\n     \"%s\": ", name);
  if (value)
    text_append_json(out, value);
  else
    text_append_string(out, "null");
}

static void json_buffers(Text *out, const Machine *machine, const NestReport *nest) {
  text_append_string(out, ",\n     \"buffers\": [");
  for (unsigned i = 0; i < nest->buffer_count; i++) {
    const NestBuffer *buffer = &nest->buffers[i];
    Banks banks = banks_of(machine, buffer);
    text_append_string(out, i ? ", {\"name\": " : "{\"name\": ");
    text_append_json(out, buffer->name);
    text_format(out,
                ", \"bytes\": %" PRIu64 ", \"offset\": %" PRIu64 ", \"first_bank\": %" PRIu64
                ", \"last_bank\": %" PRIu64 "}",
                buffer->bytes, buffer->offset, banks.first, banks.last);
  }
  text_append_char(out, ']');
}

static void json_estimate(Text *out, const NestReport *nest) {
  const NestBound *largest = largest_bound(nest);
  text_append_string(out, ",\n     \"estimate\": ");
  if (!nest->estimate) {
    text_append_string(out, "null");
    return;
  }
  text_format(out, "{\"cycles\": %" PRIu64, nest->estimate);
  if (largest) {
    text_append_string(out, ", \"bound\": ");
    text_append_json(out, largest->unit);
  }
  text_append_string(out, ", \"bounds\": {");
  for (unsigned i = 0; i < nest->bound_count; i++) {
    text_append_string(out, i ? ", " : "");
    text_append_json(out, nest->bounds[i].unit);
    text_format(out, ": %" PRIu64, nest->bounds[i].cycles);
  }
  text_append_string(out, "}}");
}

static void json_measured(Text *out, const NestReport *nest) {
  double error = 0;
  if (!nest->measured)
    return;
  text_format(out,
              ",\n     \"measured\": {\"entries\": %" PRIu64 ", \"cycles\": %" PRIu64
              ", \"scalar_entries\": %" PRIu64 ", \"scalar_cycles\": %" PRIu64,
              nest->entries, nest->cycles, nest->scalar_entries, nest->scalar_cycles);
  if (error_of(nest, &error))
    text_format(out, ", \"estimate_error_percent\": %.2f", error);
  text_append_char(out, '}');
}

void nests_json(Text *out, const Machine *machine, const NestReport *nests, size_t count) {
  text_append_string(out, "{\"machine\": ");
  text_append_json(out, machine->name);
  text_append_string(out, ",\n \"nests\": [");
  for (size_t i = 0; i < count; i++) {
    const NestReport *nest = &nests[i];
    text_format(out, "%s\n    {\"nest\": %zu", i ? "," : "", i);
    json_field(out, "function", nest->function);
    json_field(out, "file", nest->file);
    text_format(out, ",\n     \"line\": %" PRIu32 ", \"column\": %" PRIu32, nest->line, nest->column);
    json_field(out, "unit", nest->unit);
    json_field(out, "summary", nest->summary);
    json_buffers(out, machine, nest);
    json_estimate(out, nest);
    json_measured(out, nest);
    text_append_char(out, '}');
  }
  text_append_string(out, "]}\n");
}

static void html_string(Text *out, const char *text) {
  for (; *text; text++)
    switch (*text) {
    case '&':
      text_append_string(out, "&amp;");
      break;
    case '<':
      text_append_string(out, "&lt;");
      break;
    case '>':
      text_append_string(out, "&gt;");
      break;
    case '"':
      text_append_string(out, "&quot;");
      break;
    default:
      text_append_char(out, *text);
    }
}

static const char html_head[] =
    "<!DOCTYPE html>\n<html lang=\"en\"><head><meta charset=\"utf-8\"><title>Loop nests</title>\n<style>\n"
    "body{font:14px/1.45 system-ui,sans-serif;margin:2em auto;max-width:70em;padding:0 "
    "1em;color:#1d2430;background:#fff}\n"
    "section{border:1px solid #d5dae2;border-radius:8px;padding:.8em 1.2em;margin:1em 0}\n"
    "h2{font-size:1.05em;margin:.2em 0}\n.unit{border-radius:4px;padding:.1em "
    ".5em;color:#fff;font-size:.85em}\n"
    ".tile{background:#1a7f5a}.vector{background:#2b62b3}.scalar{background:#a3561d}\n"
    "table{border-collapse:collapse;margin:.4em 0}td{padding:.1em .9em .1em 0;vertical-align:middle}\n"
    "td.n{text-align:right;font-variant-numeric:tabular-nums}\n"
    ".bar{display:inline-block;height:.75em;background:#8aa4c8;border-radius:2px}.most{background:#1a7f5a}"
    ".took{background:#1d2430}\n.place{color:#5b6675}\n"
    "@media(prefers-color-scheme:dark){body{background:#14181f;color:#dfe5ee}section{border-color:#333c4a}"
    ".took{background:#dfe5ee}.place{color:#98a3b3}}\n"
    "</style></head><body>\n";

// A row with a bar that is as long as its share of the longest.
static void html_bar(Text *out, const char *name, uint64_t cycles, uint64_t longest, const char *kind) {
  enum { LONGEST_BAR = 24 }; // em
  text_append_string(out, "<tr><td>");
  html_string(out, name);
  text_format(out,
              "</td><td class=\"n\">%" PRIu64
              "</td><td><span class=\"bar %s\" style=\"width:%.2fem\"></span></td></tr>\n",
              cycles, kind, longest ? (double)LONGEST_BAR * (double)cycles / (double)longest : 0.0);
}

static void html_cycles(Text *out, const NestReport *nest) {
  const NestBound *most = largest_bound(nest);
  uint64_t took = nest->measured ? cycles_each(nest) : 0;
  uint64_t longest = nest->estimate > took ? nest->estimate : took;
  double error = 0;
  for (unsigned i = 0; i < nest->bound_count; i++)
    if (nest->bounds[i].cycles > longest)
      longest = nest->bounds[i].cycles;
  text_append_string(out, "<table>\n");
  for (unsigned i = 0; i < nest->bound_count; i++)
    html_bar(out, nest->bounds[i].unit, nest->bounds[i].cycles, longest,
             &nest->bounds[i] == most ? "most" : "");
  if (nest->estimate)
    html_bar(out, "estimate, cycles", nest->estimate, longest, "");
  if (took)
    html_bar(out, "measured, cycles a run", took, longest, "took");
  text_append_string(out, "</table>\n");
  if (error_of(nest, &error))
    text_format(out, "<p>The estimate is off by %+.1f %%.</p>\n", error);
  if (nest->measured)
    text_format(out, "<p>%" PRIu64 " runs of this code, %" PRIu64 " cycles", nest->entries, nest->cycles);
  if (nest->scalar_entries)
    text_format(out,
                "; %" PRIu64 " runs of the scalar code beside it, %" PRIu64
                " cycles, because an assumption did not hold",
                nest->scalar_entries, nest->scalar_cycles);
  text_append_string(out, nest->measured ? ".</p>\n" : "");
}

static void html_buffers(Text *out, const Machine *machine, const NestReport *nest) {
  if (!nest->buffer_count)
    return;
  text_append_string(out, "<table><tr><td>scratchpad</td><td>bytes</td><td>at</td><td>banks</td></tr>\n");
  for (unsigned i = 0; i < nest->buffer_count; i++) {
    Banks banks = banks_of(machine, &nest->buffers[i]);
    text_append_string(out, "<tr><td>");
    html_string(out, nest->buffers[i].name);
    text_format(out,
                "</td><td class=\"n\">%" PRIu64 "</td><td class=\"n\">%" PRIu64 "</td><td>%" PRIu64
                " to %" PRIu64 "</td></tr>\n",
                nest->buffers[i].bytes, nest->buffers[i].offset, banks.first, banks.last);
  }
  text_append_string(out, "</table>\n");
}

void nests_html(Text *out, const Machine *machine, const NestReport *nests, size_t count) {
  text_append_string(out, html_head);
  text_append_string(out, "<h1>Loop nests on ");
  html_string(out, machine->name);
  text_append_string(out, "</h1>\n");
  for (size_t i = 0; i < count; i++) {
    const NestReport *nest = &nests[i];
    text_append_string(out, "<section><h2><span class=\"unit ");
    html_string(out, nest->unit);
    text_append_string(out, "\">");
    html_string(out, nest->unit);
    text_append_string(out, "</span> ");
    html_string(out, nest->function);
    text_append_string(out, " <span class=\"place\">");
    Text place = {0};
    text_place(&place, nest);
    html_string(out, text_string(&place));
    text_free(&place);
    text_append_string(out, "</span></h2>\n<p>");
    html_string(out, nest->summary);
    text_append_string(out, "</p>\n");
    html_cycles(out, nest);
    html_buffers(out, machine, nest);
    text_append_string(out, "</section>\n");
  }
  text_append_string(out, count ? "</body></html>\n" : "<p>There are none.</p></body></html>\n");
}

NestsFormat *nests_format(const char *path) {
  const char *dot = strrchr(path, '.');
  if (dot && strcmp(dot, ".html") == 0)
    return nests_html;
  return dot && strcmp(dot, ".json") == 0 ? nests_json : nests_text;
}
