#include "support/diagnostic.h"

#include "tests/harness/harness.h"

#include <stdlib.h>
#include <string.h>

static const SourceText source = {"a.s", "add a0, a1\n\taddq a0, a1, a2\nlast", 32};

// What diagnostics_flush would print.
static char *flushed(Diagnostics *diagnostics) {
  char *text = NULL;
  size_t size = 0;
  FILE *stream = open_memstream(&text, &size);
  diagnostics_flush(diagnostics, stream);
  fclose(stream);
  return text;
}

static void check_flushed(Diagnostics *diagnostics, const char *expected) {
  char *text = flushed(diagnostics);
  CHECK_STR_EQ(text, expected);
  free(text);
}

TEST(Diagnostics, PointIntoTheSource) {
  Diagnostics diagnostics;
  diagnostics_start(&diagnostics, "kiln-as");
  diagnose(&diagnostics, DIAGNOSTIC_ERROR, place_in(&source, 12, 4), "unknown instruction '%s'", "addq");
  diagnose(&diagnostics, DIAGNOSTIC_NOTE, place_in(&source, 4, 0), "as here");
  CHECK_UINT_EQ(diagnostics.errors, 1);
  check_flushed(&diagnostics, "a.s:2:2: error: unknown instruction 'addq'\n"
                              "\taddq a0, a1, a2\n"
                              "\t^~~~\n"
                              "a.s:1:5: note: as here\n"
                              "add a0, a1\n"
                              "    ^\n");
  check_flushed(&diagnostics, "");
  diagnostics_free(&diagnostics);
}

TEST(Diagnostics, PlacesWithANameAndWithout) {
  Diagnostics diagnostics;
  diagnostics_start(&diagnostics, "kiln-ld");
  diagnose(&diagnostics, DIAGNOSTIC_WARNING, place_named("a.o:(.text+0x10)"), "odd");
  Place place = place_named("x.machine");
  place.line = 3;
  diagnose(&diagnostics, DIAGNOSTIC_ERROR, place, "bad");
  place.column = 9;
  diagnose(&diagnostics, DIAGNOSTIC_REMARK, place, "seen");
  diagnose(&diagnostics, DIAGNOSTIC_ERROR, (Place){0}, "no input");
  CHECK_UINT_EQ(diagnostics.errors, 2);
  CHECK_UINT_EQ(diagnostics.warnings, 1);
  check_flushed(&diagnostics, "a.o:(.text+0x10): warning: odd\n"
                              "x.machine:3: error: bad\n"
                              "x.machine:3:9: remark: seen\n"
                              "kiln-ld: error: no input\n");
  diagnostics_free(&diagnostics);
}

TEST(Diagnostics, StopShowingErrorsAtTheLimitAndSaySo) {
  Diagnostics diagnostics;
  diagnostics_start(&diagnostics, "kiln-as");
  diagnostics.error_limit = 2;
  for (int i = 1; i <= 5; i++) {
    diagnose(&diagnostics, DIAGNOSTIC_ERROR, (Place){0}, "number %d", i);
    diagnose(&diagnostics, DIAGNOSTIC_NOTE, (Place){0}, "note %d", i);
  }
  diagnose(&diagnostics, DIAGNOSTIC_WARNING, (Place){0}, "a warning is still shown");
  CHECK_UINT_EQ(diagnostics.errors, 5);
  check_flushed(&diagnostics, "kiln-as: error: number 1\n"
                              "kiln-as: note: note 1\n"
                              "kiln-as: error: number 2\n"
                              "kiln-as: note: note 2\n"
                              "kiln-as: warning: a warning is still shown\n"
                              "kiln-as: 3 more errors not shown\n");
  diagnostics_free(&diagnostics);
}

TEST(Diagnostics, AtTheEndOfATextAndPastIt) {
  Diagnostics diagnostics;
  diagnostics_start(&diagnostics, "kiln-as");
  diagnose(&diagnostics, DIAGNOSTIC_ERROR, place_in(&source, source.size, 0), "at the end");
  diagnose(&diagnostics, DIAGNOSTIC_ERROR, place_in(&source, 4000, 7), "past the end");
  check_flushed(&diagnostics, "a.s:3:5: error: at the end\nlast\n    ^\n"
                              "a.s:3:5: error: past the end\nlast\n    ^\n");
  SourceText empty = {"empty.s", "", 0};
  diagnose(&diagnostics, DIAGNOSTIC_ERROR, place_in(&empty, 0, 0), "nothing");
  check_flushed(&diagnostics, "empty.s:1:1: error: nothing\n\n^\n");
  diagnostics_free(&diagnostics);
}

TEST(Diagnostics, UnprintableBytesAndLongLinesDoNoHarm) {
  char text[5000];
  memset(text, 'x', sizeof text);
  text[2500] = '\x1b';
  SourceText wide = {"wide.s", text, sizeof text};
  Diagnostics diagnostics;
  diagnostics_start(&diagnostics, "kiln-as");
  diagnose(&diagnostics, DIAGNOSTIC_ERROR, place_in(&wide, 2500, 9000), "escape");
  char *shown = flushed(&diagnostics);
  CHECK_CONTAINS(shown, "wide.s:1:2501: error: escape\n");
  CHECK(strchr(shown, '\x1b') == NULL);
  CHECK_CONTAINS(shown, "x?");
  CHECK(strlen(shown) < 700);
  free(shown);
  diagnostics_free(&diagnostics);
}

TEST(Diagnostics, SourcePositions) {
  static const struct {
    size_t offset;
    unsigned line;
    unsigned column;
  } rows[] = {{0, 1, 1}, {10, 1, 11}, {11, 2, 1}, {12, 2, 2}, {28, 3, 1}, {32, 3, 5}, {99, 3, 5}};
  for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
    harness_context("offset %zu", rows[i].offset);
    unsigned line;
    unsigned column;
    source_position(&source, rows[i].offset, &line, &column);
    CHECK_UINT_EQ(line, rows[i].line);
    CHECK_UINT_EQ(column, rows[i].column);
  }
}
