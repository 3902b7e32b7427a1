#include "isa/nests.h"

#include "tests/harness/harness.h"

#include <string.h>

static NestReport example(void) {
  return (NestReport){
      .function = "f",
      .file = "a \"b\"<c>.c",
      .line = 12,
      .column = 3,
      .unit = "tile",
      .summary = "two\nlines",
      .buffers = {{"rows", 1024, 0}, {"columns: packed", 64, 131072}},
      .buffer_count = 2,
      .estimate = 200,
      .bounds = {{"products", 150}, {"DMA", 180}},
      .bound_count = 2,
  };
}

TEST(Nests, RecordsComeBack) {
  NestReport nest = example();
  NestReport found;
  Text text = {0};
  Arena arena = {0};
  nest_encode(&text, &nest);
  REQUIRE(nest_decode(&arena, text.data, text.count, &found));
  CHECK_STR_EQ(found.function, "f");
  CHECK_STR_EQ(found.file, nest.file);
  CHECK_UINT_EQ(found.line, 12);
  CHECK_UINT_EQ(found.column, 3);
  CHECK_STR_EQ(found.unit, "tile");
  CHECK_STR_EQ(found.summary, "two lines");
  REQUIRE(found.buffer_count == 2);
  CHECK_STR_EQ(found.buffers[1].name, "columns: packed");
  CHECK_UINT_EQ(found.buffers[1].bytes, 64);
  CHECK_UINT_EQ(found.buffers[1].offset, 131072);
  CHECK_UINT_EQ(found.estimate, 200);
  REQUIRE(found.bound_count == 2);
  CHECK_STR_EQ(found.bounds[1].unit, "DMA");
  CHECK_UINT_EQ(found.bounds[1].cycles, 180);
  text_free(&text);
  arena_free(&arena);
}

TEST(Nests, WhatIsNoRecordIsRefused) {
  static const char *const texts[] = {
      "",
      "function=f\nunit=tile\n",                           // no summary
      "function=f\nunit=tile\nsummary=s",                  // the last line does not end
      "function\nunit=tile\nsummary=s\n",                  // no value
      "function=f\nunit=tile\nsummary=s\nestimate=many\n", // no number
      "function=f\nunit=tile\nsummary=s\nbuffer=1:rows\n", // no offset
      "function=f\nunit=tile\nsummary=s\nplace=1\n:",      // no column
  };
  for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) {
    Arena arena = {0};
    NestReport found;
    CHECK(!nest_decode(&arena, texts[i], strlen(texts[i]), &found));
    arena_free(&arena);
  }
  // What a later compiler adds does not disturb.
  Arena arena = {0};
  NestReport found;
  static const char later[] = "function=f\nunit=tile\nsummary=s\ncolour=red\n";
  CHECK(nest_decode(&arena, later, strlen(later), &found));
  arena_free(&arena);
}

TEST(Nests, ReportsQuoteAndCompare) {
  Diagnostics diagnostics;
  diagnostics_start(&diagnostics, "test");
  Machine machine;
  REQUIRE(machine_find(&machine, "k1", &diagnostics));
  NestReport nest = example();
  nest.measured = true;
  nest.entries = 2;
  nest.cycles = 500;
  nest.scalar_entries = 1;
  nest.scalar_cycles = 9000;
  Text text = {0};
  nests_format("x.json")(&text, &machine, &nest, 1);
  CHECK(strstr(text.data, "\"file\": \"a \\\"b\\\"<c>.c\""));
  CHECK(strstr(text.data, "\"bound\": \"DMA\""));
  CHECK(strstr(text.data, "\"first_bank\": 1, \"last_bank\": 1"));
  CHECK(strstr(text.data, "\"estimate_error_percent\": -20.00"));
  text_clear(&text);
  nests_format("x.html")(&text, &machine, &nest, 1);
  CHECK(strstr(text.data, "a &quot;b&quot;&lt;c&gt;.c:12:3"));
  CHECK(strstr(text.data, "1 runs of the scalar code beside it, 9000 cycles"));
  text_clear(&text);
  nests_format("")(&text, &machine, &nest, 1);
  CHECK(strstr(text.data, "500 cycles in 2 runs, 250 each (the estimate is off by -20.0 %)"));
  CHECK(strstr(text.data, "9000 cycles in 1 run: an assumption did not hold"));
  text_free(&text);
  diagnostics_free(&diagnostics);
}
