"""Random shuffles of fixed vectors by Kiln and by llc-22, both run by the simulator, beside a model in NumPy.

    vector_shuffle.py --build BUILD [--count N] [--seed S] [--keep FOLDER]

Each module is a function of many shuffles, most of them of a pattern that has code of its own, some of those with a lane that
is out of the pattern; lanes that may be anything are not compared. All elements, 2 to 64 of them, both operands. Masks are the
lowest bits of bytes.
"""
import os
import random
import sys

import numpy

HERE = os.path.dirname(os.path.abspath(__file__))
sys.path[:0] = [HERE, os.path.join(HERE, "..", "differential")]
import campaign  # noqa: E402
import tools  # noqa: E402
import vector_llvm  # noqa: E402

ELEMENTS = {"i1": 1, "i8": 1, "i16": 2, "i32": 4, "i64": 8, "half": 2, "float": 4, "double": 8}
LENGTHS = [2, 3, 4, 5, 6, 7, 8, 12, 15, 16, 24, 31, 32, 33, 48, 64]
SLOT = 512  # bytes of a group of eight registers
SHUFFLES = 24


class Generator:
    def __init__(self, seed):
        self.random = random.Random(seed)
        self.lines = []
        self.expected = []  # (element size, its bytes' bits that count, n, indices, where a and b are in the input)
        self.kinds = []

    # --- indices: of a pattern, from the number of elements of an input and of the result

    def line(self, n, m):
        start = self.random.randrange(2 * n)
        return [start + i if start + i < 2 * n else -1 for i in range(m)]

    def part(self, n, m):
        start = self.random.randrange(0, n, min(n, self.random.choice([1, 2, 4, 8, 16, 32])))
        base = self.random.choice([0, n])
        return [base + start + i if start + i < n else -1 for i in range(m)]

    def shifted(self, n, m):
        by = self.random.randrange(m)
        return [i - by if 0 <= i - by < n else -1 for i in range(m)]

    def splat(self, n, m):
        return [self.random.randrange(2 * n)] * m

    def reverse(self, n, m):
        last, base = self.random.choice([n - 1, m - 1, self.random.randrange(n)]), self.random.choice([0, 0, n])
        return [base + last - i if 0 <= last - i < n else -1 for i in range(m)]

    def rotate(self, n, m):
        by, base = self.random.randrange(n), self.random.choice([0, n])
        return [base + (i + by) % n for i in range(m)]

    def insert(self, n, m):
        base = self.random.choice([0, n])
        first = self.random.randrange(m)
        length = self.random.randrange(1, min(n, m - first) + 1)
        start = self.random.choice([0, self.random.randrange(n - length + 1)])
        outer = [base + i if i < n else -1 for i in range(m)]
        outer[first:first + length] = range(n - base + start, n - base + start + length)
        return outer

    def blend(self, n, m):
        return [i + self.random.choice([0, n]) if i < n else -1 for i in range(m)]

    def deinterleave(self, n, m):
        odd, inputs = self.random.randrange(2), self.random.choice([1, 2])
        return [2 * i + odd if 2 * i + odd < n * inputs else -1 for i in range(m)]

    def interleave(self, n, m):
        a, b = self.random.choice([(0, n), (0, n // 2), (n // 2, n + n // 2), (n, 0),
                                   (self.random.randrange(2 * n), self.random.randrange(2 * n))])
        strand = [i // 2 + (b if i % 2 else a) for i in range(m)]
        return [index if index < 2 * n else -1 for index in strand]

    def anything(self, n, m):
        return [self.random.randrange(2 * n) for _ in range(m)]

    PATTERNS = [line, part, shifted, splat, reverse, rotate, insert, blend, deinterleave, interleave, anything]

    def result_length(self, n):
        return self.random.choice([n, n, n, max(n // 2, 1), 2 * n, self.random.choice(LENGTHS)])

    def indices(self, n, m):
        pattern = self.random.choice(self.PATTERNS)
        self.kinds.append(pattern.__name__)
        indices = pattern(self, n, m)
        if self.random.random() < 0.3:  # fewer lanes
            indices = [-1 if self.random.random() < 0.3 else i for i in indices]
        if self.random.random() < 0.15:  # one that is not of the pattern
            indices[self.random.randrange(m)] = self.random.randrange(2 * n)
        return indices

    def shuffle(self, number):
        element = self.random.choice(list(ELEMENTS))
        size = ELEMENTS[element]
        n = self.random.choice(LENGTHS)
        m = min(self.result_length(n), 64)
        indices = self.indices(n, m)
        at = [self.random.randrange(0, 4096 - SLOT) for _ in range(2)]
        same = self.random.random() < 0.15
        if same:
            at[1] = at[0]
        one, many = f"<{n} x {element}>", f"<{m} x {element}>"
        mask = element == "i1"
        for name, offset in zip("ab", at):
            address, value = f"%{name}p{number}", f"%{name}{number}"
            self.lines.append(f"  {address} = getelementptr i8, ptr %in, i64 {offset}")
            if mask:
                self.lines += [f"  %{name}m{number} = load <{n} x i8>, ptr {address}, align 1",
                               f"  {value} = trunc <{n} x i8> %{name}m{number} to {one}"]
            else:
                self.lines.append(f"  {value} = load {one}, ptr {address}, align 1")
        text = ", ".join("i32 poison" if i < 0 else f"i32 {i}" for i in indices)
        second = f"%a{number}" if same else f"%b{number}"
        self.lines += [f"  %r{number} = shufflevector {one} %a{number}, {one} {second}, <{m} x i32> <{text}>",
                       f"  %o{number} = getelementptr i8, ptr %out, i64 {number * SLOT}"]
        result = f"%r{number}"
        if mask:
            self.lines.append(f"  %x{number} = zext {many} {result} to <{m} x i8>")
            many, result = f"<{m} x i8>", f"%x{number}"
        self.lines.append(f"  store {many} {result}, ptr %o{number}, align 1")
        self.expected.append((size, 1 if mask else 255, n, indices, at))

    def module(self):
        for number in range(SHUFFLES):
            self.shuffle(number)
        return "\n".join(["define void @f(ptr %in, ptr %out, i64 %n) {", *self.lines, "  ret void", "}", ""])


def wrong_shuffle(generator, source, output):
    """The first shuffle whose result differs from the model's; None: none."""
    for number, (size, bits, n, indices, at) in enumerate(generator.expected):
        both = numpy.concatenate([source[start:start + n * size] for start in at]).reshape(-1, size) & bits
        got = output[number * SLOT:number * SLOT + len(indices) * size].reshape(-1, size)
        for lane, index in enumerate(indices):
            if index >= 0 and (got[lane] != both[index]).any():
                return f"%r{number} ({generator.kinds[number]}): lane {lane} is not element {index}"
    return None


def check(toolchain, seed, folder):
    source = numpy.load(f"{folder}/in.npy")
    generator = Generator(seed)
    with open(os.path.join(folder, "f.ll"), "w") as file:
        file.write(generator.module())
    for way in ("llc", "0", "2"):
        vector_llvm.run(toolchain, way, folder, SHUFFLES * SLOT)
        trouble = wrong_shuffle(generator, source, numpy.load(f"{folder}/out.npy"))
        if trouble:
            raise tools.Failed("wrong result", f"{way}: {trouble}")


if __name__ == "__main__":
    sys.exit(campaign.run(check, 30, f"modules of {SHUFFLES} shuffles"))
