"""Random modules of LLVM IR that mean the same everywhere: no undefined behaviour, no poison, no address shows.

generate(seed) gives the text of a module with a main that prints checksums with emit(). The same seed gives the same
text. Run as a program, it prints the module of the seed that is its argument (`--small`: one of few operations).

How it stays defined: amounts of shifts are reduced to the width, divisors are made odd (and one side non-negative
where the smallest number could meet -1), floats are clamped before they become integers, indices are masked to sizes
that are powers of two, a fused or unfused multiply-add sees only small integers, and the sign and payload of a NaN
are never looked at. Loops have bounded trip counts, calls go to earlier functions only, and the product of both is
bounded.
"""
import random
import sys

from random_function import STRUCT_FIELDS, RESULT_STRUCTS, USUAL, Callee, Function, is_integer, plain, width


class Module:
    def __init__(self, seed, without=(), small=False):
        self.random, self.small = random.Random(seed), small
        self.without = set(without)
        self.declarations, self.globals, self.functions = [], [], []
        self.arrays, self.callees = [], []

    def declare(self, line):
        if line not in self.declarations:
            self.declarations.append(line)

    def intrinsic(self, result, name, arguments):
        """The text of a call, declared."""
        self.declare(f"declare {result} @llvm.{name}({', '.join(type_ for type_, _ in arguments)})")
        return f"call {result} @llvm.{name}({', '.join(f'{type_} {value}' for type_, value in arguments)})"

    def add_globals(self):
        helper = Function(self, "", "void", [])
        self.globals.append("%record = type { " + ", ".join(STRUCT_FIELDS) + " }")
        names = ["i8", "i16", "i32", "i64", "float", "double", "half"]
        if "odd-memory" not in self.without:
            names += ["i24", "i48", "i1"]
        for type_ in names:
            size = self.random.choice([16, 32, 64])
            values = ", ".join(f"{type_} {helper.constant(type_)}" for _ in range(size))
            linkage = self.random.choice(["internal ", "", "dso_local "])
            initial = f"[{values}]" if self.random.random() < 0.8 else "zeroinitializer"
            self.globals.append(f"@array_{type_} = {linkage}global [{size} x {type_}] {initial}, align 8")
            self.arrays.append((f"@array_{type_}", type_, None, size))
        records = ", ".join("%record { " + ", ".join(f"{type_} {helper.constant(type_)}" for type_ in STRUCT_FIELDS)
                            + " }" for _ in range(8))
        self.globals.append(f"@records = global [8 x %record] [{records}]")
        self.arrays.append(("@records", "%record", STRUCT_FIELDS, 8))
        self.globals.append("@bytes = internal global [64 x i8] zeroinitializer, align 1")
        self.globals.append("@sink = global i64 0")
        seeds = ", ".join(f"i64 {helper.constant('i64')}" for _ in range(32))
        self.globals.append(f"@seeds = constant [32 x i64] [{seeds}]")

    def some_params(self):
        count = self.random.choice([0, 1, 2, 2, 3, 4, 5, 8, 9, 12, 20])
        return [self.some_param() for _ in range(count)]

    def some_param(self):
        type_ = self.random.choice(USUAL + ["i1", "i17", "i33", "float", "float", "double", "double", "half"])
        if is_integer(type_) and width(type_) < 64 and self.random.random() < 0.5:
            type_ += self.random.choice([" signext", " zeroext"])
        return type_

    def some_result(self):
        choice = self.random.random()
        if choice < 0.1:
            return "void"
        if choice < 0.3:
            return self.random.choice(RESULT_STRUCTS)
        return " ".join(reversed(self.some_param().split()))

    def add_function(self, number):
        result, params = self.some_result(), self.some_params()
        function = Function(self, f"@f{number}", result, params)
        attributes = self.random.choice(["", "internal ", "dso_local "])
        budget = 4 if self.small else self.random.choice([8, 20, 30, 60])
        self.functions.append(function.text(budget, attributes))
        self.callees.append(Callee(function.name, result, params, function.cost))

    def add_table(self):
        """Four functions of one type, called through a table."""
        result, params = self.some_result(), self.some_params()
        cost = 0
        for number in range(4):
            function = Function(self, f"@t{number}", result, params)
            self.functions.append(function.text(self.random.choice([4, 8]), "internal "))
            cost = max(cost, function.cost)
        table = ", ".join(f"ptr @t{number}" for number in range(4))
        self.globals.append(f"@table = {self.random.choice(['constant', 'global'])} [4 x ptr] [{table}]")
        self.callees.append(Callee("", result, params, cost, "@table"))

    def add_main(self):
        """Calls every function with values that no compiler knows; prints the results and the memory's checksum."""
        main = Function(self, "@main", "i32", [])
        for callee in self.callees:
            for _ in range(2):
                main.pool = []
                for number in range(6):
                    index = main.random.randrange(32)
                    slot = main.hidden("ptr", f"getelementptr inbounds i64, ptr @seeds, i64 {index}")
                    main.put("i64", f"load volatile i64, ptr {slot}")
                mark = len(main.pool)
                self.callees, callees = [callee], self.callees
                main.cost = 0
                main.call()
                self.callees = callees
                for type_, name in main.pool[mark:]:
                    main.lines.append(f"  call void @emit(i64 {main.to_i64(type_, name)})")
                total = main.hidden("i64", "load i64, ptr @sink")
                main.lines.append(f"  call void @emit(i64 {total})")
        main.pool = []
        for array in [] if self.small else self.arrays + [("@bytes", "i8", None, 64)]:
            self.emit_array(main, *array)
        main.lines.append("  ret i32 0")
        self.functions.append("\n".join(["define i32 @main() {", "entry:", *main.lines, "}", ""]))

    @staticmethod
    def emit_array(main, name, type_, fields, size):
        """A loop over the array's elements, and its checksum."""
        before, head, end = main.block, main.label(), main.label()
        index, following, total = main.fresh(), main.fresh(), main.fresh()
        main.lines.append(f"  br label %{head}")
        main.start(head)
        place = len(main.lines)
        main.lines.append("")
        after = total
        for field, kind in enumerate(fields or [type_]):
            last = f", i32 {field}" if fields else ""
            slot = main.hidden("ptr", f"getelementptr inbounds {type_}, ptr {name}, i64 {index}{last}")
            value = main.to_i64(kind, main.hidden(kind, f"load {kind}, ptr {slot}"))
            after = main.hidden("i64", f"add i64 {main.hidden('i64', f'mul i64 {after}, 31')}, {value}")
        main.lines[place] = (f"  {index} = phi i64 [ 0, %{before} ], [ {following}, %{head} ]\n"
                             f"  {total} = phi i64 [ 0, %{before} ], [ {after}, %{head} ]")
        main.lines.append(f"  {following} = add i64 {index}, 1")
        again = main.hidden("i1", f"icmp ult i64 {following}, {size}")
        main.lines.append(f"  br i1 {again}, label %{head}, label %{end}")
        main.start(end)
        main.lines.append(f"  call void @emit(i64 {after})")

    def text(self):
        self.add_globals()
        for number in range(1 if self.small else self.random.randrange(2, 6)):
            self.add_function(number)
        if not self.small and self.random.random() < 0.4:
            self.add_table()
        self.add_main()
        self.declare("declare void @emit(i64)")
        header = ['target datalayout = "e-m:e-p:64:64-i64:64-i128:128-n32:64-S128"',
                  'target triple = "riscv64-unknown-unknown-elf"', ""]
        return "\n".join(header + self.globals + [""] + self.functions + self.declarations) + "\n"


def generate(seed, without=(), small=False):
    """`small`: one function of a few operations."""
    return Module(seed, without, small).text()


if __name__ == "__main__":
    print(generate(int(sys.argv[1]), small="--small" in sys.argv[2:]), end="")
