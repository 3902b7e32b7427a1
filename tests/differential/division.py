#!/usr/bin/env python3
"""Divides by many constants in many widths, and has the program compare each result with a division by a variable.

    tests/differential/division.py --build FOLDER [--divisors N] [--seed N]
"""
import argparse
import os
import random
import sys
import tempfile

import tools

HEAD = """#include "program.h"
#include <stdint.h>
NOINLINE static void report(long number, int64_t dividend) { emit(number); emit(dividend); }
"""
FUNCTION = """static const {type} dividends{number}[] = {{{dividends}}};
NOINLINE static {type} quotient{number}({type} x) {{ return ({type})(x / ({type}){divisor}); }}
NOINLINE static {type} remainder{number}({type} x) {{ return ({type})(x % ({type}){divisor}); }}
NOINLINE static long check{number}(void) {{
  volatile {type} divisor = ({type}){divisor};
  long wrong = 0;
  for (int i = 0; i < {count}; i++) {{
    {type} x = dividends{number}[i];
    if (quotient{number}(x) != ({type})(x / divisor) || remainder{number}(x) != ({type})(x % divisor)) {{
      wrong++;
      report({number}, (int64_t)x);
    }}
  }}
  return wrong;
}}
"""


def spelled(value):
    if value == -(1 << 63):
        return "(-0x7fffffffffffffff - 1)"
    return f"{value}u" if value >= 1 << 63 else str(value)


def divisors(low, high, bits, count):
    """Near powers of two, small, and of all sizes."""
    near = [sign * ((factor << k) + step) for k in range(bits) for factor in (1, 3, 5, 641) for step in (-1, 0, 1) for sign in (1, -1)]
    every = {*near, *range(-20, 300), *(random.randint(low, high) >> random.randrange(bits) for _ in range(200))}
    fitting = sorted(d for d in every if low <= d <= high and d != 0)
    return random.sample(fitting, min(count, len(fitting)))


def dividends(low, high, bits, divisor):
    """The edges of the type and of the quotient's steps, and numbers of all sizes."""
    last = high // abs(divisor) * abs(divisor)
    steps = [k * divisor + step for k in (-2, -1, 0, 1, 2) for step in (-1, 0, 1)] + [last - 1, last, -last, -last + 1]
    values = [low, low + 1, high - 1, high, *steps, *(random.randint(low, high) >> random.randrange(bits) for _ in range(25))]
    overflow = low if low < 0 and divisor == -1 else None
    return sorted({x for x in values if low <= x <= high and x != overflow})


def program(count):
    """The text of the program, and the number of divisors."""
    text, number = [HEAD], 0
    for bits in (8, 16, 27, 32, 33, 37, 45, 63, 64):
        for signed in (True, False):
            low, high = (-(1 << (bits - 1)), (1 << (bits - 1)) - 1) if signed else (0, (1 << bits) - 1)
            name = f"{'' if signed else 'unsigned '}_BitInt({bits})"
            for divisor in divisors(low, high, bits, count):
                values = dividends(low, high, bits, divisor)
                text.append(FUNCTION.format(type=name, number=number, divisor=spelled(divisor), count=len(values),
                                            dividends=", ".join(f"({name}){spelled(x)}" for x in values)))
                number += 1
    calls = "".join(f"  wrong += check{k}();\n" for k in range(number))
    text.append(f"int main(void) {{\n  long wrong = 0;\n{calls}  emit(wrong);\n  return wrong != 0;\n}}\n")
    return "".join(text), number


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--build", required=True)
    parser.add_argument("--divisors", type=int, default=25, help="of each type")
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    random.seed(options.seed)
    with tempfile.TemporaryDirectory() as folder:
        # LLVM would do some of the work itself: only memory becomes registers.
        compiler = tools.Compiler(os.path.join(options.build, "bin/kiln-llc"), ["-llvm-passes=function(sroa)"])
        chain = tools.Toolchain(options.build, compiler, folder)
        source = os.path.join(folder, "division.c")
        text, number = program(options.divisors)
        with open(source, "w", encoding="utf-8") as file:
            file.write(text)
        module = chain.clang_to_ir(source, 0, os.path.join(folder, "division.ll"), ["-std=c2x"])
        output, code = chain.build_and_run(compiler, module, 2, os.path.join(folder, "division"), "kiln-sim")
        if code != 0 or output.split() != ["0" * 16]:
            sys.exit(f"divisor number and dividend of what is wrong:\n{output}")
    print(f"{number} divisors: every quotient and remainder is right")


if __name__ == "__main__":
    try:
        main()
    except tools.Failed as failed:
        sys.exit(str(failed))
