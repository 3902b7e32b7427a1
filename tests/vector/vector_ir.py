"""Random programs of IR_MACHINE instructions through the compiler and the simulator, beside a model in NumPy.

    vector_ir.py --build BUILD [--count N] [--seed S] [--keep FOLDER]

Each program is a function in the compiler's own text form: vectors in groups of all sizes, parts and joins, masks,
old values under undisturbed tails, widths that change, phis of vectors and accumulators in loops, and more live values
than there are registers. What it leaves in memory is compared with the model's. The checkers of the compiler are on.
"""
import os
import random
import sys

import numpy

HERE = os.path.dirname(os.path.abspath(__file__))
sys.path[:0] = [HERE, os.path.join(HERE, "..", "differential")]
import campaign  # noqa: E402
import tools  # noqa: E402

VLENB = {"k1": 64, "k0": 16}
SIGNED = {8: numpy.int8, 16: numpy.int16, 32: numpy.int32, 64: numpy.int64}
UNSIGNED = {8: numpy.uint8, 16: numpy.uint16, 32: numpy.uint32, 64: numpy.uint64}
GROUPS = {0: "v1", 1: "v2a2", 2: "v4a4", 3: "v8a8"}
BINARY = {
    "vadd": lambda a, b: a + b,
    "vsub": lambda a, b: a - b,
    "vand": lambda a, b: a & b,
    "vor": lambda a, b: a | b,
    "vxor": lambda a, b: a ^ b,
    "vmul": lambda a, b: a * b,
    "vmax": numpy.maximum,
    "vmin": numpy.minimum,
}
COMPARES = {"vmseq": lambda a, b: a == b, "vmsne": lambda a, b: a != b, "vmslt": lambda a, b: a < b,
            "vmsle": lambda a, b: a <= b}
IN_BYTES = 4096


def registers(type_name):
    return int(type_name[1:].split("a")[0])


class Generator:
    """Makes one program: lines of text, and for each a function that does the same to an environment."""

    def __init__(self, seed, machine):
        self.random = random.Random(seed)
        self.machine, self.vlenb = machine, VLENB[machine]
        self.accumulators = {"k1": 16, "k0": 8}[machine]
        self.tile = self.vlenb // 4
        self.lines, self.steps = [], []
        self.values = {}  # number -> type, what may be used now
        self.next = 10
        self.out = 0

    # --- text and meaning

    def new(self, type_name, text, meaning):
        """A value: its text after '%n = ', and the function from the environment to its bytes."""
        number = self.next
        self.next += 1
        self.lines.append(f"  %{number} = {text}")
        self.steps.append(lambda env: env.__setitem__(number, meaning(env)))
        self.values[number] = type_name
        return number

    def effect(self, text, meaning):
        self.lines.append(f"  {text}")
        self.steps.append(meaning)

    def pick(self, type_name):
        """A value of this type: one that is there, or a loaded one."""
        there = [v for v, t in self.values.items() if t == type_name]
        if there and self.random.random() < 0.9:
            return self.random.choice(there)
        return self.load(type_name)

    def address(self, base, offset):
        number = self.next
        self.next += 1
        self.lines.append(f"  %{number} = add.i64 {base}, {offset}")
        return f"%{number}"

    # --- kinds of instruction

    def load(self, type_name):
        size = registers(type_name)
        at = self.random.randrange(0, IN_BYTES - size * self.vlenb)
        where = self.address("arg0", at)
        if type_name in GROUPS.values() and self.random.random() < 0.7:
            text = f"machine.{type_name} vl{size}re8.v : {where}"
        else:
            fields = size // int((type_name + "a1").split("a")[1])
            lmul = {1: "m1", 2: "m2", 4: "m4", 8: "m8"}[size // fields]
            name = "vle8.v" if fields == 1 else f"vlseg{fields}e8.v"
            text = f"machine.{type_name} {name} e8,{lmul} vl max : {where}"
            if fields > 1:
                return self.new(type_name, text, lambda env: env["in"][at:at + size * self.vlenb].reshape(
                    -1, fields).T.copy().reshape(-1))
        return self.new(type_name, text, lambda env: env["in"][at:at + size * self.vlenb].copy())

    def configuration(self):
        """SEW, LMUL's logarithm, elements, and the text of a vector length with its value."""
        sew, lmul = self.random.choice([8, 16, 32, 64]), self.random.choice([0, 0, 0, 1, 1, 2, 3])
        most = self.vlenb * 8 // sew << lmul
        length = most if self.random.random() < 0.4 else self.random.randrange(0, most + 1)
        text = "max" if length == most and self.random.random() < 0.5 else str(length)
        if text != "max" and self.random.random() < 0.3:
            text = self.set_length(sew, lmul, length)
        return sew, lmul, length, text

    def set_length(self, sew, lmul, length):
        number = self.next
        self.next += 1
        self.lines.append(f"  %{number} = setvl.i64 e{sew},m{1 << lmul} vl {length}")
        return f"%{number}"

    def write(self, old, sew, length, mask, result):
        """The bytes of `old` with the first `length` elements, where the mask says so, from `result`."""
        bytes_ = old.copy()
        elements = bytes_.view(UNSIGNED[sew])
        chosen = numpy.arange(len(elements)) < length
        if mask is not None:
            chosen &= numpy.unpackbits(mask, bitorder="little")[:len(elements)].astype(bool) if len(
                elements) <= len(mask) * 8 else False
        elements[chosen] = result.view(UNSIGNED[sew])[:len(elements)][chosen]
        return bytes_

    def binary(self):
        sew, lmul, length, vl = self.configuration()
        group = GROUPS[lmul]
        name = self.random.choice(list(BINARY))
        form = self.random.choice(["vv", "vx", "vi"])
        if form == "vi" and name in ("vsub", "vmul", "vmax", "vmin"):
            form = "vx"
        old, a = self.pick(group), self.pick(group)
        mask = self.pick("v1") if self.random.random() < 0.4 else None
        number = self.random.randrange(-16, 16) if form == "vi" else self.random.randrange(-2**31, 2**31)
        b = self.pick(group) if form == "vv" else None
        second = f"%{b}" if form == "vv" else str(number)
        text = (f"machine.{group} {name}.{form} e{sew},m{1 << lmul},tu,mu vl {vl} : %{old}, %{a}, {second}" +
                (f", mask %{mask}" if mask else ""))

        def meaning(env):
            x = env[a].view(SIGNED[sew])
            y = env[b].view(SIGNED[sew]) if form == "vv" else numpy.array([number], numpy.int64).astype(SIGNED[sew])
            with numpy.errstate(over="ignore"):
                result = numpy.broadcast_to(BINARY[name](x, y), x.shape).copy()
            return self.write(env[old], sew, length, env[mask] if mask else None, result.view(numpy.uint8))

        self.new(group, text, meaning)

    def whole(self):
        """Agnostic policies: everything is written, so nothing is undefined."""
        sew, lmul = self.random.choice([8, 16, 32, 64]), self.random.choice([0, 1, 2, 3])
        group, name = GROUPS[lmul], self.random.choice(list(BINARY))
        a, b = self.pick(group), self.pick(group)

        def meaning(env):
            with numpy.errstate(over="ignore"):
                return BINARY[name](env[a].view(SIGNED[sew]), env[b].view(SIGNED[sew])).view(numpy.uint8)

        self.new(group, f"machine.{group} {name}.vv e{sew},m{1 << lmul} vl max : %{a}, %{b}", meaning)

    def multiply_add(self):
        sew, lmul = self.random.choice([8, 16, 32, 64]), self.random.choice([0, 0, 1, 2])
        group = GROUPS[lmul]
        d, a, b = self.pick(group), self.pick(group), self.pick(group)

        def meaning(env):
            with numpy.errstate(over="ignore"):
                x, y, z = (env[v].view(SIGNED[sew]) for v in (d, a, b))
                return (x + y * z).view(numpy.uint8)

        self.new(group, f"machine.{group} vmacc.vv e{sew},m{1 << lmul} vl max : %{d}, %{a}, %{b}", meaning)

    def widen(self):
        sew, lmul = self.random.choice([8, 16, 32]), self.random.choice([0, 1, 2])
        narrow, wide = GROUPS[lmul], GROUPS[lmul + 1]
        a, b = self.pick(narrow), self.pick(narrow)
        self.new(wide, f"machine.{wide} vwadd.vv e{sew},m{1 << lmul} vl max : %{a}, %{b}",
                 lambda env: (env[a].view(SIGNED[sew]).astype(SIGNED[2 * sew]) + env[b].view(SIGNED[sew])).view(
                     numpy.uint8))

    def narrow(self):
        sew, lmul = self.random.choice([8, 16, 32]), self.random.choice([0, 1, 2])
        narrow, wide = GROUPS[lmul], GROUPS[lmul + 1]
        a, by = self.pick(wide), self.random.randrange(0, sew)
        self.new(narrow, f"machine.{narrow} vnsrl.wi e{sew},m{1 << lmul} vl max : %{a}, {by}",
                 lambda env: (env[a].view(UNSIGNED[2 * sew]) >> UNSIGNED[2 * sew](by)).astype(UNSIGNED[sew]).view(
                     numpy.uint8))

    def compare(self):
        sew, lmul = self.random.choice([8, 16, 32]), self.random.choice([0, 1, 2, 3])
        group, name = GROUPS[lmul], self.random.choice(list(COMPARES))
        a, b, old = self.pick(group), self.pick(group), self.pick("v1")
        most = self.vlenb * 8 // sew << lmul

        def meaning(env):
            bits = numpy.unpackbits(env[old], bitorder="little")
            bits[:most] = COMPARES[name](env[a].view(SIGNED[sew]), env[b].view(SIGNED[sew]))
            return numpy.packbits(bits, bitorder="little")

        self.new("v1", f"machine.v1 {name}.vv e{sew},m{1 << lmul},tu vl max : %{old}, %{a}, %{b}", meaning)

    def mask_logic(self):
        name, meaning = self.random.choice([("vmand", lambda a, b: a & b), ("vmxor", lambda a, b: a ^ b),
                                            ("vmorn", lambda a, b: a | ~b)])
        a, b = self.pick("v1"), self.pick("v1")
        self.new("v1", f"machine.v1 {name}.mm e8,m8 vl max : %{a}, %{b}", lambda env: meaning(env[a], env[b]))

    def merge(self):
        sew, lmul = self.random.choice([8, 16, 32, 64]), self.random.choice([0, 1, 2, 3])
        group = GROUPS[lmul]
        a, b, mask = self.pick(group), self.pick(group), self.pick("v1")
        self.new(group, f"machine.{group} vmerge.vvm e{sew},m{1 << lmul} vl max : %{a}, %{b}, %{mask}",
                 lambda env: self.write(env[a], sew, 1 << 30, env[mask], env[b]))

    def gather(self):
        lmul = self.random.choice([0, 1, 2])
        group = GROUPS[lmul]
        a, index = self.pick(group), self.pick(group)
        self.new(group, f"machine.{group} vrgather.vv e8,m{1 << lmul} vl max : %{a}, %{index}",
                 lambda env: numpy.where(env[index] < len(env[a]), env[a][numpy.minimum(env[index], len(env[a]) - 1)],
                                         0).astype(numpy.uint8))

    def slide(self):
        sew, lmul = self.random.choice([8, 16, 32]), self.random.choice([0, 1, 2])
        group, most = GROUPS[lmul], self.vlenb * 8 // sew << lmul
        old, a, by = self.pick(group), self.pick(group), self.random.randrange(0, min(31, most))

        def meaning(env):
            result = env[old].view(UNSIGNED[sew]).copy()
            result[by:] = env[a].view(UNSIGNED[sew])[:most - by]
            return result.view(numpy.uint8)

        self.new(group, f"machine.{group} vslideup.vi e{sew},m{1 << lmul} vl max : %{old}, %{a}, {by}", meaning)

    def part(self):
        group = self.random.choice(["v2a2", "v4a4", "v8a8", "v3", "v5"])
        size = registers(group)
        a, first = self.pick(group), self.random.randrange(size)
        self.new("v1", f"part.v1 %{a}, #{first}", lambda env: env[a][first * self.vlenb:(first + 1) * self.vlenb].copy())

    def join(self):
        group = self.random.choice(["v2a2", "v4a4", "v8a8", "v3", "v5"])
        a, b, first = self.pick(group), self.pick("v1"), self.random.randrange(registers(group))

        def meaning(env):
            result = env[a].copy()
            result[first * self.vlenb:(first + 1) * self.vlenb] = env[b]
            return result

        self.new(group, f"join.{group} %{a}, %{b}, #{first}", meaning)

    def into(self):
        group = self.random.choice(["v2a2", "v4a4", "v8a8", "v3", "v5"])
        a, b, c, first = self.pick(group), self.pick("v1"), self.pick("v1"), self.random.randrange(registers(group))

        def meaning(env):
            result = env[a].copy()
            result[first * self.vlenb:(first + 1) * self.vlenb] = env[b] ^ env[c]
            return result

        self.new(group, f"machine.{group} vxor.vv e8,m1 vl max into : %{a}, {first}, %{b}, %{c}", meaning)

    def built(self):
        """A group that starts undefined and is written register by register."""
        group = self.random.choice(["v2a2", "v4a4", "v3"])
        size, value, parts = registers(group), f"undefined:{group}", []
        for first in range(size):
            at = self.random.randrange(0, IN_BYTES - self.vlenb)
            where = self.address("arg0", at)
            parts.append(at)
            number = self.next
            self.next += 1
            self.lines.append(f"  %{number} = machine.{group} vle8.v e8,m1 vl max into : {value}, {first}, {where}")
            value = f"%{number}"
        self.values[number] = group
        self.steps.append(lambda env: env.__setitem__(
            number, numpy.concatenate([env["in"][at:at + self.vlenb] for at in parts])))

    def product(self):
        """Outer products into accumulators, read back a row at a time."""
        rows, columns = self.random.choice([(1, 1), (2, 1), (1, 2), (2, 2)])
        tile, count = self.tile, rows * columns
        a = self.pick({1: "v1", 2: "v2a2"}[rows])
        b = self.pick({1: "v1", 2: "v2a2"}[columns])
        shape = (rows.bit_length() - 1) * 4 + columns.bit_length() - 1
        first, second = self.next, self.next + 1
        self.next += 2
        if self.random.random() < 0.5:
            self.lines.append(f"  %{first} = machine.acc{count} kt.mopa.ss : %{a}, %{b}, {shape}, 1")
        else:
            self.lines.append(f"  %{second} = machine.acc{count} kt.zero : {count}")
            self.lines.append(f"  %{first} = machine.acc{count} kt.mopa.ss : %{second}, %{a}, %{b}, {shape}, 0")
            self.next += 1
        member, row = self.random.randrange(count), self.random.randrange(tile)
        part = f"%{first}"
        if count > 1:
            number = self.next
            self.next += 1
            self.lines.append(f"  %{number} = part.acc1 %{first}, #{member}")
            part = f"%{number}"

        def meaning(env):
            r, c = divmod(member, columns)
            x = env[a].view(numpy.int8).astype(numpy.int32).reshape(rows, tile, 4)[r]
            y = env[b].view(numpy.int8).astype(numpy.int32).reshape(columns, tile, 4)[c]
            return (x @ y.T)[row].astype(numpy.int32).view(numpy.uint8)

        self.new("v1", f"machine.v1 kt.get e32,m1 vl max : {part}, {row}", meaning)

    def store(self, value=None):
        value = self.random.choice(list(self.values)) if value is None else value
        size = registers(self.values[value])
        at = self.out
        self.out += size * self.vlenb
        where = self.address("arg1", at)
        for first, n in self.pieces(self.values[value]):
            to = where if not first else self.address(where, first * self.vlenb)
            part = f"%{value}"
            if n != size:
                number = self.next
                self.next += 1
                self.lines.append(f"  %{number} = part.v{n} %{value}, #{first}")
                part = f"%{number}"
            self.lines.append(f"  machine vs{n}r.v : {part}, {to}")
        self.steps.append(lambda env: env["out"].__setitem__(slice(at, at + size * self.vlenb), env[value]))

    @staticmethod
    def pieces(type_name):
        size = registers(type_name)
        return [(0, size)] if type_name in GROUPS.values() else [(i, 1) for i in range(size)]

    KINDS = [(binary, 6), (whole, 4), (multiply_add, 3), (widen, 2), (narrow, 2), (compare, 3), (mask_logic, 1),
             (merge, 2), (gather, 1), (slide, 2), (part, 1), (join, 1), (into, 2), (built, 1), (product, 2), (store, 1)]

    def random_steps(self, count):
        kinds, weights = [k for k, _ in self.KINDS], [w for _, w in self.KINDS]
        for _ in range(count):
            self.random.choices(kinds, weights)[0](self)

    # --- control flow

    def loop(self, block):
        """Blocks block .. block + 1: a loop of a few rounds whose phis hold vectors."""
        rounds = self.random.randrange(1, 4)
        carried = {}
        for _ in range(self.random.randrange(1, 6)):
            initial = self.random.choice(list(self.values))
            carried[self.next + len(carried)] = initial
        self.next += len(carried)
        counter, counted, done = self.next, self.next + 1, self.next + 2
        self.next += 3
        outside = dict(self.values)
        before, steps_before = self.lines, self.steps
        self.lines, self.steps = [], []
        for phi, initial in carried.items():
            self.values[phi] = outside[initial]
        self.random_steps(self.random.randrange(3, 12))
        ends = {}
        for phi, initial in carried.items():
            ends[phi] = self.random.choice([v for v, t in self.values.items() if t == outside[initial]])
        body, body_steps = self.lines, self.steps
        phis = [f"  %{phi} = phi.{outside[initial]} block{block - 1} %{initial}, block{block} %{ends[phi]}"
                for phi, initial in carried.items()]
        self.lines = before + [f"  br block{block}", f"block{block}:",
                               f"  %{counter} = phi.i64 block{block - 1} {rounds}, block{block} %{counted}"] + phis + body
        self.lines += [f"  %{counted} = sub.i64 %{counter}, 1", f"  %{done} = icmp.i1.eq %{counted}, 0",
                       f"  condbr %{done}, block{block + 1}, block{block}", f"block{block + 1}:"]

        def meaning(env):
            for phi, initial in carried.items():
                env[phi] = env[initial]
            for round_ in range(rounds):
                for step in body_steps:
                    step(env)
                if round_ + 1 < rounds:
                    moved = {phi: env[end] for phi, end in ends.items()}
                    env.update(moved)

        self.steps = steps_before + [meaning]

    def program(self):
        for _ in range(self.random.randrange(4, 30)):
            self.load(self.random.choice(["v1", "v1", "v1", "v2a2", "v4a4", "v8a8", "v3", "v5"]))
        block = 1
        for _ in range(self.random.randrange(1, 4)):
            self.random_steps(self.random.randrange(3, 20))
            if self.random.random() < 0.6:
                self.loop(block)
                block += 2
                # Blocks are numbered by twos: an empty one joins them.
                self.lines += [f"  br block{block}", f"block{block}:"]
                block += 1
        for value in list(self.values)[-40:]:
            self.store(value)
        return "\n".join(['function @"f"(i64, i64) -> () {', "block0:"] + self.lines + ["  ret", "}", ""])

    def expected(self, data):
        env = {"in": data, "out": numpy.zeros(self.out, numpy.uint8)}
        for step in self.steps:
            step(env)
        return env["out"]


def check(toolchain, seed, folder):
    machine = "k1" if seed % 4 else "k0"
    generator = Generator(seed, machine)
    source = os.path.join(folder, "f.ir")
    with open(source, "w") as file:
        file.write(generator.program())
    data = numpy.random.default_rng(seed).integers(0, 256, IN_BYTES, numpy.uint8)
    expected = generator.expected(data)
    numpy.save(os.path.join(folder, "in.npy"), data)
    for level in ("0", "1", "2"):
        object_, program = os.path.join(folder, "f.o"), os.path.join(folder, "f.elf")
        tools.succeed([toolchain.tool("kiln-llc"), f"-mcpu={machine}", "-start-after=import", "-verify-each", f"-O{level}",
                       "-filetype=obj", source, "-o", object_], tools.COMPILE_SECONDS, "compiler")
        tools.succeed([toolchain.tool("kiln-ld"), object_, "-o", program, "-e", "f"], tools.COMPILE_SECONDS, "linker")
        out = os.path.join(folder, "out.npy")
        tools.succeed([toolchain.tool("kiln-sim"), f"-mcpu={machine}", program, "--call", "f", "--arg", f"in:{folder}/in.npy",
                       "--arg", f"out:{out}:uint8:{max(generator.out, 1)}"], tools.RUN_SECONDS, "simulator")
        got = numpy.load(out)[:generator.out]
        if not numpy.array_equal(got, expected):
            at = int(numpy.flatnonzero(got != expected)[0])
            raise tools.Failed("wrong result", f"-O{level}: byte {at} (register {at // generator.vlenb} stored) is {got[at]}, "
                               f"not {expected[at]}")


if __name__ == "__main__":
    sys.exit(campaign.run(check, 40, "programs"))
