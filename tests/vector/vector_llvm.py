"""Random functions on LLVM's vectors, compiled by Kiln and by llc-22, both run by the simulator.

    vector_llvm.py --build BUILD [--count N] [--seed S] [--keep FOLDER]

Fixed and scalable types of all widths; arithmetic, comparisons, selections, conversions, elements, shuffles, reductions, masked and
predicated memory, saturating and bit operations. What may be poison is avoided: shifts are masked, divisors are odd.
"""
import os
import random
import sys

HERE = os.path.dirname(os.path.abspath(__file__))
sys.path[:0] = [HERE, os.path.join(HERE, "..", "differential")]
import campaign  # noqa: E402
import tools  # noqa: E402

LLC = ["-mtriple=riscv64-unknown-elf", "-mattr=+m,+a,+f,+d,+c,+zba,+zbb,+zbs,+zfh,+v,+zvfh,+zvl512b",
       "-target-abi=lp64d", "-code-model=medium", "-fp-contract=off", "-O2", "-filetype=obj"]
COUNTS = [2, 4, 8, 16, 32, 64]
SCALABLE = [1, 2, 4, 8, 16]
LLC_IS_WRONG = {247}  # llc-22 loses the extension of a bit that is extracted
BLOCK = 8  # vscale of the machine, 64 bits each


class Type:
    def __init__(self, count, element, scalable):
        self.count, self.element, self.scalable = count, element, scalable

    def __str__(self):
        return f"<{'vscale x ' if self.scalable else ''}{self.count} x {self.element}>"

    def of(self, element):
        return Type(self.count, element, self.scalable)

    @property
    def elements(self):
        return self.count * (BLOCK if self.scalable else 1)

    @property
    def bits(self):
        return {"half": 16, "float": 32, "double": 64}.get(self.element) or int(self.element[1:])

    @property
    def mangled(self):
        letter = {"half": "f16", "float": "f32", "double": "f64"}.get(self.element, self.element)
        return f"{'nx' if self.scalable else ''}v{self.count}{letter}"

    @property
    def fits(self):
        return self.elements * self.bits <= 8 * 512


class Generator:
    def __init__(self, seed):
        self.random = random.Random(seed)
        self.lines, self.declared, self.values = [], set(), {}
        self.next, self.out = 0, 0
        self.scalable = self.random.random() < 0.5
        self.count = self.random.choice(SCALABLE if self.scalable else COUNTS)

    def type(self, elements=("i8", "i16", "i32", "i64")):
        fitting = [e for e in elements if Type(self.count, e, self.scalable).fits]
        return Type(self.count, self.random.choice(fitting or ["i8"]), self.scalable)

    def line(self, text):
        self.next += 1
        self.lines.append(f"  %v{self.next} = {text}")
        return f"%v{self.next}"

    def add(self, type_, text):
        name = self.line(text)
        self.values.setdefault(str(type_), []).append(name)
        return name

    def declare(self, text):
        self.declared.add("declare " + text)

    def pick(self, type_):
        there = self.values.get(str(type_), [])
        if there and self.random.random() < 0.85:
            return self.random.choice(there)
        return self.load(type_)

    def load(self, type_):
        if type_.element == "i1":
            source = self.type()
            return self.add(type_, f"icmp slt {source} {self.pick(source)}, {self.pick(source)}")
        if type_.element in ("half", "float", "double"):
            integer = type_.of(f"i{type_.bits}")
            return self.add(type_, f"sitofp {integer} {self.pick(integer)} to {type_}")
        at = self.random.randrange(0, 2048)
        address = self.line(f"getelementptr i8, ptr %in, i64 {at}")
        return self.add(type_, f"load {type_}, ptr {address}, align 1")

    def splat(self, type_, number):
        return f"splat ({type_.element} {number})"

    # --- kinds

    def binary(self):
        t = self.type()
        op = self.random.choice(["add", "sub", "mul", "and", "or", "xor"])
        right = self.splat(t, self.random.randrange(-20, 20)) if self.random.random() < 0.3 else self.pick(t)
        self.add(t, f"{op} {t} {self.pick(t)}, {right}")

    def shift(self):
        t = self.type()
        amount = self.line(f"and {t} {self.pick(t)}, {self.splat(t, t.bits - 1)}")
        self.add(t, f"{self.random.choice(['shl', 'lshr', 'ashr'])} {t} {self.pick(t)}, {amount}")

    def divide(self):
        t = self.type()
        by = self.line(f"or {t} {self.pick(t)}, {self.splat(t, 1)}")
        by = self.line(f"and {t} {by}, {self.splat(t, (1 << (t.bits - 1)) - 1)}")
        self.add(t, f"{self.random.choice(['sdiv', 'udiv', 'srem', 'urem'])} {t} {self.pick(t)}, {by}")

    def compare(self):
        t = self.type()
        p = self.random.choice("eq ne slt sle sgt sge ult ule ugt uge".split())
        right = self.splat(t, self.random.randrange(-20, 20)) if self.random.random() < 0.3 else self.pick(t)
        self.add(t.of("i1"), f"icmp {p} {t} {self.pick(t)}, {right}")

    def floats(self):
        t = self.type(("half", "float", "double"))
        op = self.random.choice(["fadd", "fsub", "fmul", "fneg", "fcmp", "convert", "fma"])
        if op == "fcmp":
            p = self.random.choice("oeq olt ole ogt oge one ord uno ueq ult ule ugt uge une".split())
            self.add(t.of("i1"), f"fcmp {p} {t} {self.pick(t)}, {self.pick(t)}")
        elif op == "fneg":
            self.add(t, f"fneg {t} {self.pick(t)}")
        elif op == "fma":
            self.declare(f"{t} @llvm.fma.{t.mangled}({t}, {t}, {t})")
            self.add(t, f"call {t} @llvm.fma.{t.mangled}({t} {self.pick(t)}, {t} {self.pick(t)}, {t} {self.pick(t)})")
        elif op == "convert":
            to = self.type(("half", "float", "double"))
            if to.bits != t.bits:
                self.add(to, f"{'fpext' if to.bits > t.bits else 'fptrunc'} {t} {self.pick(t)} to {to}")
        else:
            self.add(t, f"{op} {t} {self.pick(t)}, {self.pick(t)}")

    def from_integer(self):
        t, to = self.type(), self.type(("half", "float", "double"))
        self.add(to, f"{self.random.choice(['sitofp', 'uitofp'])} {t} {self.pick(t)} to {to}")

    def width(self):
        t, to = self.type(), self.type()
        if to.bits != t.bits:
            op = "trunc" if to.bits < t.bits else self.random.choice(["zext", "sext"])
            self.add(to, f"{op} {t} {self.pick(t)} to {to}")

    def mask(self):
        t = self.type()
        m = t.of("i1")
        kind = self.random.choice(["ext", "trunc", "logic", "select", "cmp"])
        if kind == "ext":
            self.add(t, f"{self.random.choice(['zext', 'sext'])} {m} {self.pick(m)} to {t}")
        elif kind == "trunc":
            self.add(m, f"trunc {t} {self.pick(t)} to {m}")
        elif kind == "logic":
            self.add(m, f"{self.random.choice(['and', 'or', 'xor'])} {m} {self.pick(m)}, {self.pick(m)}")
        elif kind == "cmp":
            self.add(m, f"icmp {self.random.choice('eq ne ult sge'.split())} {m} {self.pick(m)}, {self.pick(m)}")
        else:
            self.add(t, f"select {m} {self.pick(m)}, {t} {self.pick(t)}, {t} {self.pick(t)}")

    def call(self):
        t = self.type()
        name, count = self.random.choice([("smax", 2), ("smin", 2), ("umax", 2), ("umin", 2), ("sadd.sat", 2),
                                          ("uadd.sat", 2), ("ssub.sat", 2), ("usub.sat", 2), ("fshl", 3), ("fshr", 3),
                                          ("ctpop", 1), ("bitreverse", 1), ("bswap", 1), ("vector.reverse", 1)])
        if name == "bswap" and t.bits == 8 or name == "vector.reverse" and t.bits == 8 and t.elements > 256:
            return
        types = ", ".join([str(t)] * count)
        self.declare(f"{t} @llvm.{name}.{t.mangled}({types})")
        arguments = ", ".join(f"{t} {self.pick(t)}" for _ in range(count))
        self.add(t, f"call {t} @llvm.{name}.{t.mangled}({arguments})")

    def element(self):
        t, index = self.type(), self.random.randrange(self.count)
        x = self.line(f"extractelement {t} {self.pick(t)}, i64 {index}")
        self.add(t, f"insertelement {t} {self.pick(t)}, {t.element} {x}, i64 {self.random.randrange(self.count)}")

    def variable_element(self):
        t = self.type()
        index = self.line(f"and i64 %n, {self.count - 1}")
        x = self.line(f"extractelement {t} {self.pick(t)}, i64 {index}")
        self.add(t, f"insertelement {t} {self.pick(t)}, {t.element} {x}, i64 {index}")

    def shuffle(self):
        t = self.type()
        if self.scalable:
            self.add(t, f"shufflevector {t} {self.pick(t)}, {t} poison, {t.of('i32')} zeroinitializer")
            return
        indices = ", ".join(f"i32 {self.random.randrange(2 * self.count)}" for _ in range(self.count))
        self.add(t, f"shufflevector {t} {self.pick(t)}, {t} {self.pick(t)}, <{self.count} x i32> <{indices}>")

    def reduce(self):
        t = self.type()
        op = self.random.choice("add and or xor smax smin umax umin".split())
        self.declare(f"{t.element} @llvm.vector.reduce.{op}.{t.mangled}({t})")
        x = self.line(f"call {t.element} @llvm.vector.reduce.{op}.{t.mangled}({t} {self.pick(t)})")
        self.add(t, f"insertelement {t} {self.pick(t)}, {t.element} {x}, i64 0")

    def masked_load(self):
        t = self.type()
        m = t.of("i1")
        self.declare(f"{t} @llvm.masked.load.{t.mangled}.p0(ptr, i32, {m}, {t})")
        address = self.line(f"getelementptr i8, ptr %in, i64 {self.random.randrange(256) * 8}")
        self.add(t, f"call {t} @llvm.masked.load.{t.mangled}.p0(ptr {address}, i32 1, {m} {self.pick(m)}, {t} "
                    f"{self.pick(t)})")

    def merge(self):
        t = self.type()
        m = t.of("i1")
        self.declare(f"{t} @llvm.vp.merge.{t.mangled}({m}, {t}, {t}, i32)")
        self.add(t, f"call {t} @llvm.vp.merge.{t.mangled}({m} {self.pick(m)}, {t} {self.pick(t)}, {t} {self.pick(t)}, "
                    f"i32 {self.random.randrange(t.elements + 1)})")

    KINDS = [(binary, 6), (shift, 2), (divide, 1), (compare, 3), (floats, 3), (from_integer, 1), (width, 4), (mask, 4),
             (call, 4), (element, 2), (variable_element, 1), (shuffle, 2), (reduce, 2), (masked_load, 2), (merge, 2)]

    def module(self):
        kinds, weights = [k for k, _ in self.KINDS], [w for _, w in self.KINDS]
        for _ in range(self.random.randrange(5, 40)):
            self.random.choices(kinds, weights)[0](self)
        for name, values in self.values.items():
            if " i1>" in name:
                continue
            for value in values[-3:]:
                self.next += 1
                self.lines.append(f"  %a{self.next} = getelementptr i8, ptr %out, i64 {self.out}")
                # NaNs of different origins have different bits.
                self.lines.append(f"  store {name} {value}, ptr %a{self.next}, align 1")
                self.out += 512
        body = "\n".join(["define void @f(ptr %in, ptr %out, i64 %n) {", *self.lines, "  ret void", "}"])
        return body + "\n" + "\n".join(sorted(self.declared)) + "\n"


def run(toolchain, way, folder, size):
    """What f.ll in the folder leaves in memory, compiled by llc-22 (way "llc") or by Kiln at a level."""
    stem = os.path.join(folder, "f")
    if way == "llc":
        tools.succeed([tools.program("llc-22"), *LLC, stem + ".ll", "-o", stem + ".o"], 60, "llc")
    else:
        tools.succeed([toolchain.tool("kiln-llc"), f"-O{way}", "-verify-each", "-filetype=obj", stem + ".ll", "-o",
                       stem + ".o"], 60, "compiler")
    tools.succeed([toolchain.tool("kiln-ld"), *toolchain.objects["htif"][:0], stem + ".o", "-o", stem + ".elf", "-e",
                   "f"], 60, "linker")
    tools.succeed([toolchain.tool("kiln-sim"), stem + ".elf", "--call", "f", "--arg", f"in:{folder}/in.npy", "--arg",
                   f"out:{folder}/out.npy:uint8:{max(size, 8)}", "--arg", "i64:3"], 60, "program")
    with open(f"{folder}/out.npy", "rb") as file:
        return file.read()


def check(toolchain, seed, folder):
    generator = Generator(seed)
    with open(os.path.join(folder, "f.ll"), "w") as file:
        file.write(generator.module())
    outputs = [run(toolchain, way, folder, generator.out) for way in ("llc", "0", "2")]
    for level, output in zip(("0", "2"), outputs[1:]):
        if output != outputs[0]:
            at = next(i for i, (a, b) in enumerate(zip(output, outputs[0])) if a != b) - 128
            raise tools.Failed("wrong result", f"-O{level}: byte {at} ({at // 512}. value stored)")


if __name__ == "__main__":
    sys.exit(campaign.run(check, 40, "modules", skip=LLC_IS_WRONG.__contains__))
