#include "isa/machine.h"

#include "tests/harness/harness.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

TEST(Machine, K1IsTheDefaultAndAsSpecified) {
  Diagnostics diagnostics;
  diagnostics_start(&diagnostics, "test");
  Machine machine;
  REQUIRE(machine_choose(&machine, NULL, NULL, &diagnostics));
  CHECK_STR_EQ(machine.name, "k1");
  CHECK_UINT_EQ(machine.vlen, 512);
  CHECK_UINT_EQ(machine_tile(&machine), 16);
  CHECK_UINT_EQ(machine_vector_bytes(&machine), 64);
  CHECK_UINT_EQ(machine.accumulators, 16);
  CHECK_UINT_EQ(machine.spm_base, 0x10000000);
  CHECK_UINT_EQ(machine.spm_size, 512 * 1024);
  CHECK_UINT_EQ(machine.dram_base, 0x80000000);
  CHECK_UINT_EQ(machine.issue_width, 2);
  diagnostics_free(&diagnostics);
}

TEST(Machine, K0DiffersWhereItShould) {
  Diagnostics diagnostics;
  diagnostics_start(&diagnostics, "test");
  Machine k1;
  Machine k0;
  REQUIRE(machine_find(&k1, "k1", &diagnostics) && machine_find(&k0, "k0", &diagnostics));
  CHECK_UINT_EQ(k0.vlen, 128);
  CHECK_UINT_EQ(k0.accumulators, 8);
  CHECK_UINT_EQ(k0.spm_size, 64 * 1024);
  CHECK_UINT_EQ(k0.dram_bandwidth, 8);
  CHECK_UINT_EQ(k0.issue_width, 1);
  CHECK(machine_fingerprint(&k0) != machine_fingerprint(&k1));
  Machine faster = k1;
  faster.dram_latency = 1;
  CHECK_UINT_EQ(machine_fingerprint(&faster),
                machine_fingerprint(&k1)); // timing does not change what is right
  diagnostics_free(&diagnostics);
}

TEST(Machine, RegionsIncludeTheirLastByte) {
  Diagnostics diagnostics;
  diagnostics_start(&diagnostics, "test");
  Machine machine;
  REQUIRE(machine_find(&machine, "k1", &diagnostics));
  uint64_t end = machine.spm_base + machine.spm_size;
  CHECK(machine_in_spm(&machine, machine.spm_base, machine.spm_size));
  CHECK(machine_in_spm(&machine, end - 1, 1) && !machine_in_spm(&machine, end - 1, 2));
  CHECK(!machine_in_spm(&machine, machine.spm_base - 1, 1));
  CHECK(machine_in_dram(&machine, machine.dram_base, 8));
  CHECK(!machine_in_dram(&machine, machine.dram_base + 8, UINT64_MAX - 4));
  diagnostics_free(&diagnostics);
}

TEST(Machine, OffersItsIntegers) {
  Diagnostics diagnostics;
  diagnostics_start(&diagnostics, "test");
  Machine machine;
  REQUIRE(machine_find(&machine, "k1", &diagnostics));
  size_t count = 0;
  bool vlen = false;
  for (; machine_integer_field(count); count++)
    vlen = vlen || (strcmp(machine_integer_field(count), "vlen") == 0 &&
                    machine_integer_value(&machine, count) == 512);
  CHECK(vlen);
  CHECK(count > 30);
  CHECK_STR_EQ(machine_builtin_name(0), "k1");
  CHECK_STR_EQ(machine_builtin_name(1), "k0");
  CHECK(machine_builtin_name(2) == NULL);
  diagnostics_free(&diagnostics);
}

static void check_text(const char *text, const char *message) {
  Diagnostics diagnostics;
  diagnostics_start(&diagnostics, "test");
  SourceText source = {"m.machine", text, strlen(text)};
  Machine machine;
  harness_context("%s", text);
  bool good = machine_parse(&machine, &source, &diagnostics);
  CHECK_INT_EQ(good, message == NULL);
  CHECK_INT_EQ(diagnostics.errors != 0, message != NULL);
  if (message)
    CHECK_CONTAINS(text_string(&diagnostics.rendered), message);
  diagnostics_free(&diagnostics);
}

TEST(Machine, ReadsDescriptions) {
  check_text("like = k1\nname = k2\nspm.size = 0x100000 # one megabyte\n", NULL);
  check_text("  like=k0\r\nname=small", NULL);
  check_text("name = k2\n", "'vlen' is missing");
  check_text("like = k1\n", "'name' is missing");
  check_text("like = k9\n", "unknown machine 'k9'; the built-in ones are k1, k0");
  check_text("name = k2\nlike = k1\n", "'like' must come first");
  check_text("like = k1\nname = k2\nvlan = 3\n", "m.machine:3:1: error: unknown key");
  check_text("like = k1\nname = k2\nvlen = many\n", "m.machine:3:8: error: 'vlen' wants a whole number");
  check_text("like = k1\nname = k2\nvlen = -1\n", "wants a whole number");
  check_text("like = k1\nname = k2\nvlen = 32\n", "must be from 64 to 1024");
  check_text("like = k1\nname = k2\nvlen = 96\n", "power of two");
  check_text("like = k1\nname = k2\nvlen = 256\nvlen = 256\n", "given before");
  check_text("like = k1\nname = k2\nspm.base = 0x80000000\n", "overlap");
  check_text("like = k1\nname = k2\nspm.size = 100\n", "spm.size a multiple");
  check_text("like = k1\nname = k2\ndram.base = 0xffffffffffffffff\n", "beyond the address space");
  check_text("like = k1\nname = k2\nl1d.size = 30000\n", "a power of two of sets");
  check_text("like = k1\nname = k2\nenergy.issue = -3\n", "decimal number of picojoules");
  check_text("like = k1\nname = k2\nenergy.issue = 5.5\n", NULL);
  check_text("like = k1\nname = a-name-that-is-much-longer-than-all\n", "at most 31 bytes");
  check_text("like = k1\nname = k2\nvlen\n", "expected 'key = value'");
  check_text("like = k1\nname = k2\nvlen =\n", "wants a whole number");
}

TEST(Machine, BothNameAndFileIsAnError) {
  Diagnostics diagnostics;
  diagnostics_start(&diagnostics, "test");
  Machine machine;
  CHECK(!machine_choose(&machine, "k1", "file", &diagnostics));
  CHECK_CONTAINS(text_string(&diagnostics.rendered), "not both");
  diagnostics_free(&diagnostics);
}
