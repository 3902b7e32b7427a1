"""The header that csmith's programs include, written here so that they need nothing but printf."""

PRELUDE = """#include <stdint.h>
int printf(const char *, ...);
int strcmp(const char *, const char *);
static uint64_t crc32_context = 0xcbf29ce484222325ull;
static void platform_main_begin(void) {}
static void crc32_gentab(void) {}
static void transparent_crc(uint64_t value, const char *name, int print) {
  (void)name, (void)print;
  for (int i = 0; i < 8; i++)
    crc32_context = (crc32_context ^ (value >> (8 * i) & 255)) * 0x100000001b3ull;
}
static void transparent_crc_bytes(char *bytes, int count, const char *name, int print) {
  for (int i = 0; i < count; i++)
    transparent_crc((uint8_t)bytes[i], name, print);
}
static void platform_main_end(uint64_t crc, int print) {
  (void)crc, (void)print;
  printf("checksum %lx\\n", (unsigned long)crc32_context);
}
#define CHECKED static inline
"""


def header():
    """Arithmetic that is defined for all operands, under csmith's names."""
    lines = [PRELUDE]
    for bits in (8, 16, 32, 64):
        s, u = f"int{bits}_t", f"uint{bits}_t"
        lines.append(f"CHECKED {s} safe_unary_minus_func_{s}_s({s} a) {{ return ({s})(0 - ({u})a); }}")
        lines.append(f"CHECKED {u} safe_unary_minus_func_{u}_u({u} a) {{ return 0 - a; }}")
        for name, op in (("add", "+"), ("sub", "-"), ("mul", "*")):
            lines.append(f"CHECKED {s} safe_{name}_func_{s}_s_s({s} a, {s} b) {{ return ({s})(({u})((uint64_t)({u})a {op} ({u})b)); }}")
            lines.append(f"CHECKED {u} safe_{name}_func_{u}_u_u({u} a, {u} b) {{ return ({u})((uint64_t)a {op} b); }}")
        for name, op in (("div", "/"), ("mod", "%")):
            lowest = f"({s})((uint64_t)1 << {bits - 1})"
            lines.append(f"CHECKED {s} safe_{name}_func_{s}_s_s({s} a, {s} b) {{ return b == 0 || (b == -1 && a == {lowest}) ? a : ({s})(a {op} b); }}")
            lines.append(f"CHECKED {u} safe_{name}_func_{u}_u_u({u} a, {u} b) {{ return b == 0 ? a : ({u})(a {op} b); }}")
        for name, op in (("lshift", "<<"), ("rshift", ">>")):
            for suffix, amount in (("s", "int"), ("u", "unsigned")):
                shifted = f"({s})(({u})a << (unsigned)b)" if op == "<<" else f"({s})(a >> (unsigned)b)"
                lines.append(f"CHECKED {s} safe_{name}_func_{s}_s_{suffix}({s} a, {amount} b) {{ return (unsigned)b >= {bits} ? a : {shifted}; }}")
                lines.append(f"CHECKED {u} safe_{name}_func_{u}_u_{suffix}({u} a, {amount} b) {{ return (unsigned)b >= {bits} ? a : ({u})(a {op} (unsigned)b); }}")
    return "\n".join(lines) + "\n"
