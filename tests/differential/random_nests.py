"""Random C programs of loop nests over arrays: affine subscripts, reductions, guards, arrays that overlap on purpose, images with padding."""
import random

TYPES = {"i8": "int8_t", "u8": "uint8_t", "i16": "int16_t", "i32": "int32_t", "u32": "uint32_t", "i64": "int64_t",
         "f32": "float", "f64": "double"}
BUFFER_BYTES = 32768
MIDDLE = BUFFER_BYTES // 2
ITERATORS = "ijkl"


class Kernel:
    """One function of some nests, its parameters, and calls of it."""

    def __init__(self, rng, number):
        self.rng, self.name = rng, f"kernel{number}"
        floating = rng.random() < 0.35
        names = ["f32", "f64"] if floating else ["i8", "u8", "i16", "i32", "u32", "i64"]
        if rng.random() < 0.5:
            names = [rng.choice(names)]
        self.floating = floating
        self.arrays = [rng.choice(names) for _ in range(rng.randint(1, 4))]
        self.restrict = rng.random() < 0.3
        self.index = rng.choice(["int", "int", "long", "long", "unsigned"])
        self.sizes = [f"n{i}" for i in range(rng.randint(0, 3))]
        self.strides = ["s0"] if rng.random() < 0.4 else []
        self.result = rng.random() < 0.3

    # --- expressions

    def subscript(self, iterators):
        rng, terms = self.rng, []
        negative = self.index != "unsigned"
        for iterator in iterators:
            shape = rng.random()
            if shape < 0.25:
                continue
            if shape < 0.55:
                terms.append(iterator)
            elif shape < 0.65 and self.strides:
                terms.append(f"{iterator} * {self.strides[0]}")
            elif shape < 0.72 and negative:
                terms.append(f"-{iterator}")
            else:
                terms.append(f"{rng.choice([2, 3, 4, 7, 12, 16])} * {iterator}")
        if rng.random() < 0.4 or not terms:
            terms.append(str(rng.randint(-6 * negative, 20)))
        if rng.random() < 0.1 and self.sizes:
            terms.append(rng.choice(self.sizes))
        return " + ".join(terms).replace("+ -", "- ")

    def element(self, iterators, array=None):
        array = self.rng.randrange(len(self.arrays)) if array is None else array
        index = self.subscript(iterators)
        if self.rng.random() < 0.05:  # wraps around
            index = f"(uint8_t)({index})"
        if not self.floating and self.rng.random() < 0.08:  # is loaded
            index = f"a{self.rng.randrange(len(self.arrays))}[{index}] & 15"
        return f"a{array}[{index}]"

    def expression(self, iterators, depth):
        rng = self.rng
        if depth == 0 or rng.random() < 0.2:
            kind = rng.random()
            if kind < 0.75:
                return self.element(iterators)
            if kind < 0.9 or not iterators:
                return rng.choice(["1.5f", "0.25f", "-3.0f"]) if self.floating else str(rng.randint(-9, 100))
            return f"({'float' if self.floating else 'int32_t'}){rng.choice(iterators)}"
        x, y = self.expression(iterators, depth - 1), self.expression(iterators, depth - 1)
        if self.floating:
            shape = rng.choice(["{0} + {1}", "{0} - {1}", "{0} * {1}", "({0} > {1} ? {0} : {1})", "-({0})"])
        else:
            shape = rng.choice(["(uint32_t){0} + (uint32_t){1}", "(uint32_t){0} * (uint32_t){1}",
                                "(uint32_t){0} - (uint32_t){1}", "(uint64_t){0} * (uint64_t){1}", "({0} & {1})",
                                "({0} ^ {1})", "({0} | {1})", "((int32_t){0} >> 3)", "((uint32_t){0} << 2)",
                                "((int32_t){0} < (int32_t){1} ? {0} : {1})", "((int64_t){0} > (int64_t){1} ? {0} : {1})",
                                "(int32_t)((int32_t){0} * 1717986918l + (1l << 36) >> 37)",
                                "(int32_t)((int64_t)(int32_t){0} * (int16_t){1} >> 14)",
                                "((int32_t){0} < -128 ? -128 : (int32_t){0} > 127 ? 127 : (int32_t){0})",
                                "(int8_t){0}", "(uint8_t){0} + {1}" if depth == 1 else "(uint8_t)({0})"])
        return "(" + shape.format(x, y) + ")"

    # --- statements

    def guard(self, iterators):
        rng = self.rng
        if rng.random() < 0.3:
            return f"{self.element(iterators)} > {self.element(iterators)}"
        x = rng.choice(iterators)
        y = rng.choice([other for other in iterators if other != x] + [str(rng.randint(0, 6))] + self.sizes)
        text = f"{x} {rng.choice(['<', '>', '<=', '>=', '==', '!='])} {y}"
        if rng.random() < 0.4:
            text += f" {rng.choice(['&&', '||'])} {rng.choice(iterators)} + {rng.randint(-2, 2)} < {rng.randint(1, 9)}"
        return text

    def statement(self, iterators, indent, total):
        rng = self.rng
        target = rng.randrange(len(self.arrays))
        place = self.element(iterators, target)
        if self.restrict:
            target = 0
            place = self.element(iterators, 0)
        kind = TYPES[self.arrays[target]]
        value = self.expression(iterators, rng.randint(0, 2))
        if total and rng.random() < 0.5:
            text = f"{total} = {total} + {value};" if self.floating else f"{total} = (uint32_t){total} + (uint32_t){value};"
        elif rng.random() < 0.4:
            if self.floating:
                text = f"{place} = {place} {rng.choice('+-*')} {value};"
            else:
                text = f"{place} = ({kind})((uint64_t){place} {rng.choice('+-*^&|')} (uint64_t){value});"
        else:
            text = f"{place} = ({kind}){value};"
        if iterators and rng.random() < 0.25:
            text = f"if ({self.guard(iterators)}) {text}"
        return " " * indent + text + "\n"

    def header(self, iterator):
        rng = self.rng
        kind = self.index
        size = rng.choice(self.sizes) if self.sizes and rng.random() < 0.6 else str(rng.choice([1, 2, 3, 5, 8, 9]))
        start = rng.choice(["0", "0", "0", "1", "2"])
        step = rng.choice([1, 1, 1, 2, 3])
        increment = f"{iterator}++" if step == 1 else f"{iterator} += {step}"
        if rng.random() < 0.15 and kind != "unsigned":
            return f"for ({kind} {iterator} = {size}; {iterator} {rng.choice(['>', '>='])} {start}; {iterator}--)"
        return f"for ({kind} {iterator} = {start}; {iterator} {rng.choice(['<', '<', '<='])} {size}; {increment})"

    def nest(self, iterators, depth, indent, total):
        rng = self.rng
        iterator = ITERATORS[len(iterators)]
        text = " " * indent + self.header(iterator) + " {\n"
        inner = iterators + [iterator]
        local = total
        if rng.random() < 0.3:
            local = f"t{len(inner)}"
            kind = self.rng.choice(["float", "double"]) if self.floating else rng.choice(["int32_t", "int64_t"])
            text += " " * (indent + 2) + f"{kind} {local} = {self.expression(inner, 1)};\n"
        body = []
        if depth > 1:
            body.append(self.nest(inner, depth - 1, indent + 2, local))
        for _ in range(rng.randint(0 if body else 1, 2)):
            body.insert(rng.randint(0, len(body)), self.statement(inner, indent + 2, local))
        if local != total:
            body.append(" " * (indent + 2) + f"{self.element(inner, 0)} = {local};\n")
        return text + "".join(body) + " " * indent + "}\n"

    def function(self):
        rng = self.rng
        qualifier = "restrict " if self.restrict else ""
        parameters = [f"{TYPES[kind]} *{qualifier}a{i}" for i, kind in enumerate(self.arrays)]
        parameters += [f"{self.index} {name}" for name in self.sizes] + [f"long {name}" for name in self.strides]
        result = "double" if self.floating else "int64_t"
        text = f"__attribute__((noinline)) {result if self.result else 'void'} {self.name}({', '.join(parameters)}) {{\n"
        if self.result:
            text += f"  {result} total = 0;\n"
        for _ in range(rng.randint(1, 3)):
            text += self.nest([], rng.randint(1, 3 if rng.random() < 0.8 else 4), 2, "total" if self.result else None)
        if self.result:
            text += "  return total;\n"
        return text + "}\n"

    def size(self):
        return self.rng.choice([0 if self.index == "unsigned" else -1, 0, 1, 2, 3, 4, 5, 7, 9, 12, 17, 33])

    def call(self):
        rng = self.rng
        arguments, used = [], []
        overlap = not self.restrict and rng.random() < 0.5
        bits = [0] * 4
        for i, kind in enumerate(self.arrays):
            buffer = rng.randrange(max(used) + 1) if overlap and used else i
            used.append(buffer)
            # A NaN of one type, whose bits are open, is not read as another one's number.
            width = {"f32": 32, "f64": 64}.get(kind, 0)
            buffer = next(b for b in (buffer, 3, 2, 1, 0) if bits[b] in (0, width)) if self.floating else buffer
            bits[buffer] = width
            shift = rng.choice([0, 0, 8, 16, -8, 64, 40]) if overlap else 0
            arguments.append(f"({TYPES[kind]} *)(void *)(buffers[{buffer}] + {MIDDLE + shift})")
        arguments += [str(self.size()) for _ in self.sizes]
        arguments += [str(rng.choice([1, 2, 5, -3, 0, 20])) for _ in self.strides]
        text = f"{self.name}({', '.join(arguments)})"
        if self.result:
            text = f"{'show_double' if self.floating else 'emit'}({text})"
        show = f"show_numbers((int[4]){{{', '.join(map(str, bits))}}})" if self.floating else "show_buffers()"
        return f"  fill({rng.randrange(1 << 20)}, {int(self.floating)});\n  {text};\n  {show};\n"


class Stream(Kernel):
    """One long loop over neighbouring elements: what goes through the scratchpad in tiles."""

    def __init__(self, rng, number):
        super().__init__(rng, number)
        self.sizes, self.strides = ["n0"], []

    def subscript(self, iterators):
        if self.rng.random() < 0.1:
            return str(self.rng.randint(0, 9))
        place = self.rng.choice([0, 0, 0, 1, 2, 3])
        return f"{iterators[0]} + {place}" if place else iterators[0]

    def header(self, iterator):
        start = self.rng.choice(["0", "0", "1"])
        return f"for ({self.index} {iterator} = {start}; {iterator} < n0; {iterator}++)"

    def nest(self, iterators, depth, indent, total):
        return super().nest(iterators, 1, indent, total)

    def size(self):
        return self.rng.choice([0, 3, 500, 997, 1024, 1500, 2000])


class Quantized(Kernel):
    """What networks of narrow integers do: scaling, windows, sums of bytes, tables, rows by number, transposes."""

    def __init__(self, rng, number):
        super().__init__(rng, number)
        self.floating, self.result, self.restrict, self.strides = False, False, True, []
        self.known = rng.random() < 0.6
        self.index = rng.choice(["int", "long"])
        make = rng.choice([self.rescaled_sum, self.requantized, self.windows, self.totals, self.by_channel, self.looked_up,
                           self.rows_by_number, self.transposed])
        self.values, self.arrays, self.body = {}, [], ""
        self.mask = None
        make()
        self.sizes = [] if self.known else list(self.values)

    def size_of(self, name, *choices):
        self.values[name] = self.rng.choice(choices)
        return name

    def clamped(self, value):
        low, high = self.rng.choice([(-128, 127), (0, 255), (-128, 127), (0, 6), (-100, 127), (-32768, 32767)])
        zero = self.rng.choice(["", "", f" + {self.rng.randint(-128, 127)}"])
        self.kind = "u8" if high == 255 else "i16" if high == 32767 else "i8"
        return (f"int32_t v = {value}; v = (int32_t)((uint32_t)v{zero}); "
                f"v = v < {low} ? {low} : v > {high} ? {high} : v;")

    def scaled(self, value):
        rng = self.rng
        shift = rng.choice([1, 7, 16, 30, 31, 32, 33, 38, 44])
        multiplier = rng.choice([rng.randint(1 << 30, (1 << 31) - 1), 1 << 30, 1711276032, rng.randint(1, 300), -rng.randint(1, 1 << 31)])
        rounding = rng.choice([f" + {1 << (shift - 1)}l", f" + {1 << (shift - 1)}l", ""])
        return f"(int32_t)((int64_t)({value}) * {multiplier}l{rounding} >> {shift})"

    def narrow(self, name):
        rng = self.rng
        kind = rng.choice(["i8", "i8", "u8", "i16"])
        self.arrays.append(kind)
        value = f"(a{len(self.arrays) - 1}[{name}] {rng.choice('+-')} {rng.choice([0, 3, 128, 5])})"
        return rng.choice([value, f"({value} << {rng.choice([4, 8, 12])})", f"({value} * {rng.choice([3, -7, 51, 300])})"])

    def rescaled_sum(self):
        n = self.size_of("n0", 100, 1023, 4096, 7000)
        self.arrays = ["i8"]
        x, y = self.narrow("i"), self.narrow("i")
        x, y = self.rng.choice([(self.scaled(x), self.scaled(y)), (x, y), (self.scaled(x), y)])
        total = self.rng.choice([f"(int32_t)((uint32_t){x} {self.rng.choice('+-')} (uint32_t){y})"] * 3 +
                                [f"(int32_t)((uint32_t){x} * (uint32_t){y})"])
        value = self.clamped(self.rng.choice([total, self.scaled(total), f"({total} >> {self.rng.choice([3, 8])})"]))
        self.arrays[0] = self.kind
        self.body = f"  for (I i = 0; i < {n}; i++) {{ {value} a0[i] = v; }}\n"

    def requantized(self):
        m, n = self.size_of("n0", 3, 30, 57), self.size_of("n1", 64, 16, 100, 37)
        self.arrays = ["i8", "i32", "i32"]
        value = self.clamped(self.scaled(f"(int32_t)((uint32_t)a1[i * {n} + j] + (uint32_t)a2[j])"))
        self.arrays[0] = self.kind
        self.body = f"  for (I i = 0; i < {m}; i++)\n    for (I j = 0; j < {n}; j++) {{ {value} a0[i * {n} + j] = v; }}\n"

    def by_channel(self):
        rng = self.rng
        m, n = self.size_of("n0", 3, 30, 57), self.size_of("n1", 64, 16, 100, 37)
        self.arrays = ["i8", "i32", "i32", rng.choice(["i8", "i32"])]
        low, count = rng.choice([(33, 14), (1, 62), (31, 4), (20, 20), (40, 22)])
        shift = f"(int)((uint32_t)a3[j] % {count} + {low})" if rng.random() < 0.5 else "(int)a3[j]"
        self.mask = (3, TYPES[self.arrays[3]], f"x % {count} + {low}")
        wide = f"(int64_t)a1[i * {n} + j] * a2[j]"
        rounding = rng.choice([f" + (1l << ({shift} - 1))", f" + (1l << ({shift} - 1))", ""])
        value = self.clamped(f"(int32_t)(({wide}{rounding}) >> {shift})")
        self.arrays[0] = self.kind
        self.body = f"  for (I i = 0; i < {m}; i++)\n    for (I j = 0; j < {n}; j++) {{ {value} a0[i * {n} + j] = v; }}\n"

    def windows(self):
        rng = self.rng
        size, step = rng.choice([(2, 2), (3, 1), (3, 2), (2, 1)])
        kind = rng.choice(["i8", "u8", "i16", "i32"])
        h, w, c = self.size_of("n0", 4, 9, 12), self.size_of("n1", 5, 8, 14), self.size_of("n2", 16, 64 if kind != "i32" else 32, 1, 48)
        self.arrays = [kind, kind]
        largest = rng.choice(["most = v > most ? v : most;", "most = v < most ? v : most;", "most += v;"])
        start = "0" if "+=" in largest else f"a1[(({step} * i) * {w} + {step} * j) * {c} + k]"
        total = "int32_t" if "+=" in largest else TYPES[kind]
        self.body = f"""  for (I i = 0; {step} * i + {size} <= {h}; i++)
    for (I j = 0; {step} * j + {size} <= {w}; j++)
      for (I k = 0; k < {c}; k++) {{
        {total} most = {start};
        for (I y = 0; y < {size}; y++)
          for (I x = 0; x < {size}; x++) {{
            {total} v = a1[(({step} * i + y) * {w} + {step} * j + x) * {c} + k];
            {largest}
          }}
        a0[(i * {w} + j) * {c} + k] = most;
      }}
"""

    def totals(self):
        rng = self.rng
        m, n = rng.choice([(3, 64), (200, 64), (130, 20), (700, 16), (250, 37)])
        m, n = self.size_of("n0", m), self.size_of("n1", n)
        kind, total = rng.choice([("i8", "int32_t"), ("u8", "int32_t"), ("i8", "int64_t"), ("i16", "int32_t"), ("u8", "int16_t")])
        self.arrays = ["i32", kind, "i8"]
        columns = rng.random() < 0.6
        first, second = ((n, m), ("j", "i")) if columns else ((m, n), ("i", "j"))
        weight = rng.choice(["", "", f" - {rng.randint(-128, 128)}", f" * a2[{second[1]}]"])
        end = rng.choice(["sum", f"sum / {rng.choice([3, 49, 130])}", "sum >> 3"])
        self.body = f"""  for (I {second[0]} = 0; {second[0]} < {first[0]}; {second[0]}++) {{
    {total} sum = {rng.choice([0, 99])};
    for (I {second[1]} = 0; {second[1]} < {first[1]}; {second[1]}++) sum += a1[i * {n} + j]{weight};
    a0[{second[0]}] = {end};
  }}
"""

    def looked_up(self):
        rng = self.rng
        n = self.size_of("n0", 100, 1023, 4096, 7000)
        kind = rng.choice(["i8", "i8", "u8", "i16"])
        source = rng.choice(["u8", "u8", "i8"])
        index = {"u8": ["a1[i]", "a1[i] & 63", "a1[i] >> 1", "255 - a1[i]"], "i8": ["a1[i] + 128", "(uint8_t)a1[i]", "(a1[i] >> 1) + 64"]}
        place = rng.choice(index[source])
        self.arrays = [kind, source, kind]
        value = rng.choice([f"a2[{place}]", f"a2[256 + ({place})]", f"a2[{place}] + a1[i]", f"a2[{place}] + a2[256 + ({place})]"])
        self.body = f"  for (I i = 0; i < {n}; i++) a0[i] = {value};\n"

    def rows_by_number(self):
        rng = self.rng
        m, n = self.size_of("n0", 5, 40, 90), self.size_of("n1", 16, 64, 25)
        kind, number = rng.choice(["i8", "i32", "i16"]), rng.choice(["i32", "u8", "i64"])
        self.arrays = [kind, number, kind]
        low = rng.choice([0, 0, 5])
        self.mask = (1, TYPES[number], f"x % 30 + {low}")
        self.body = (f"  for (I i = 0; i < {m}; i++)\n    for (I j = 0; j < {n}; j++) "
                     f"a0[i * {n} + j] = a2[(long)a1[i] * {n} + j];\n")

    def transposed(self):
        m, n = self.size_of("n0", 9, 64, 70), self.size_of("n1", 16, 64, 100)
        kind = self.rng.choice(["i8", "i8", "i16"])
        self.arrays = [kind, kind]
        self.body = (f"  for (I i = 0; i < {m}; i++)\n    for (I j = 0; j < {n}; j++) a0[j * {m} + i] = a1[i * {n} + j];\n")

    def function(self):
        parameters = [f"{TYPES[kind]} *restrict a{i}" for i, kind in enumerate(self.arrays)]
        parameters += [f"I {name}" for name in self.sizes]
        constants = "".join(f"#define {name} {value}\n" for name, value in self.values.items()) if self.known else ""
        ends = "".join(f"#undef {name}\n" for name in self.values) if self.known else ""
        text = f"#define I {self.index}\n{constants}__attribute__((noinline)) void {self.name}({', '.join(parameters)}) {{\n"
        return text + self.body + f"}}\n{ends}#undef I\n"

    def call(self):
        arguments = [f"({TYPES[kind]} *)(void *)(buffers[{i}] + {MIDDLE if i == 2 else 0})" for i, kind in enumerate(self.arrays)]
        bounds = ""
        if self.mask:
            array, kind, value = self.mask
            bounds = (f"  for (unsigned i = 0; i < 200; i++) {{\n    uint32_t x = (uint32_t)(({kind} *)(void *)buffers[{array}])[i];\n"
                      f"    (({kind} *)(void *)buffers[{array}])[i] = {value};\n  }}\n")
        sizes = [str(self.rng.choice([value, value, max(value - 3, 1)])) for value in self.values.values()] if self.sizes else []
        return (f"  fill({self.rng.randrange(1 << 20)}, 0);\n{bounds}  {self.name}({', '.join(arguments + sizes)});\n"
                "  show_buffers();\n")


class Rows(Kernel):
    """Several loops over each row, which begin with different elements and hand totals on: as softmax and normalizations have them. With
    sizes of the run time compilers test between them whether a loop is entered."""

    def __init__(self, rng, number):
        super().__init__(rng, number)
        self.arrays = [rng.choice(["f32", "f64"] if self.floating else ["i8", "i16", "i32", "i64"])] * rng.randint(1, 3)
        self.sizes, self.strides, self.result = ["n0", "n1"], [], False
        self.index = rng.choice(["int", "long"])

    def place(self, column="j"):
        return f"a{self.rng.randrange(len(self.arrays))}[i * n1 + {column}]"

    def value(self, totals):
        parts = [self.place(), self.rng.choice(totals + [self.place()])]
        if self.floating:
            return f"{parts[0]} {self.rng.choice('+-*')} {parts[1]}"
        return f"({TYPES[self.arrays[0]]})((uint64_t){parts[0]} {self.rng.choice('+-*')} (uint64_t){parts[1]})"

    def inner(self, totals):
        rng, total = self.rng, f"t{len(totals)}"
        kind = TYPES[self.arrays[0]]
        shape = rng.randrange(3) if totals else rng.randrange(2)
        loop = f"    for ({self.index} j = {rng.choice('0012')}; j < n1; j++) "
        if shape == 2:
            return f"{loop}{self.place()} = {self.value(totals)};\n"
        totals.append(total)
        if shape == 0:
            element = self.place()
            choice = rng.choice([f"{element} > {total} ? {element} : {total}", f"{total} < {element} ? {total} : {element}"])
            return f"    {kind} {total} = {self.place('0')};\n{loop}{total} = {choice};\n"
        known = totals[:-1] or ["1"]
        value = self.value(known)
        change = f"{total} + {value}" if self.floating else f"({kind})((uint64_t){total} + (uint64_t){value})"
        body = f"{total} = {change};"
        if rng.random() < 0.3:
            body = f"{{ {self.place()} = {self.value(known)}; {body} }}"
        return f"    {kind} {total} = 0;\n{loop}{body}\n"

    def nest(self, iterators, depth, indent, total):
        totals = []
        body = "".join(self.inner(totals) for _ in range(self.rng.randint(2, 4)))
        if totals and self.rng.random() < 0.5:
            body += f"    {self.place('0')} = {totals[-1]};\n"
        return f"  for ({self.index} i = 0; i < n0; i++) {{\n{body}  }}\n"

    def size(self):
        return self.rng.choice([0, 1, 1, 2, 3, 7, 12, 17, 40])


class Window:
    """A window that goes beyond the edges of an image, by guards or by a copy with padding; what makes it something else, now and then."""

    def __init__(self, rng, number):
        self.rng, self.name = rng, f"kernel{number}"
        self.dense = rng.random() < 0.4
        self.h, self.w, self.stride = rng.randint(5, 8), rng.randint(5, 8), rng.choice([1, 1, 2])
        self.channels = rng.choice([4, 8, 12, 16]) if self.dense else rng.choice([16, 20, 32])
        self.outputs = rng.choice([8, 16, 17]) if self.dense else self.channels
        self.pad = [rng.randint(0, 2) for _ in range(4)]
        self.rows = (self.h + self.pad[0] + self.pad[1] - 3) // self.stride + 1
        self.columns = (self.w + self.pad[2] + self.pad[3] - 3) // self.stride + 1
        self.type = rng.choice(["int8_t", "int8_t", "uint8_t"])
        self.value = rng.randint(0, 127) if rng.random() < 0.5 else 0
        self.zero = self.value if rng.random() < 0.8 else rng.randint(-140, 300)

    def guards(self):
        rng, (above, below, left, right) = self.rng, self.pad
        some = [f"iy >= {above + (rng.random() < 0.1)}", f"iy < H + {above - (rng.random() < 0.1)}", f"ix >= {left}", f"ix < W + {left}"]
        if rng.random() < 0.1:
            some.append(rng.choice(["ix != iy", "kx + iy < 7", "x[ix] != 3"]))
        rng.shuffle(some)
        return some

    def copy(self):
        above, below, left, right = self.pad
        height, width = self.h + above + below, self.w + left + right
        return f"""  {self.type} p[{height}][{width}][C];
  for (int i = 0; i < {height}; i++) for (int j = 0; j < {width}; j++) for (int c = 0; c < C; c++) p[i][j][c] = {self.value};
  for (int i = 0; i < H; i++) for (int j = 0; j < W; j++) for (int c = 0; c < C; c++)
    p[i + {above}][j + {left}][c] = x[(i * W + j) * C + c];
"""

    def function(self):
        rng, (above, _, left, _) = self.rng, self.pad
        copies = rng.random() < 0.5
        pixel = f"p[iy][ix][{'k' if self.dense else 'c'}]" if copies else f"x[((iy - {above}) * W + ix - {left}) * C + {'k' if self.dense else 'c'}]"
        weight = "v[((c * 3 + ky) * 3 + kx) * C + k]" if self.dense else "v[(ky * 3 + kx) * C + c]"
        text = f"""enum {{ H = {self.h}, W = {self.w}, C = {self.channels} }};
__attribute__((noinline)) void {self.name}(const {self.type} *x, const int8_t *v, int32_t *y) {{
{self.copy() if copies else ''}  for (int oy = 0; oy < {self.rows}; oy++) for (int ox = 0; ox < {self.columns}; ox++) for (int c = 0; c < {self.outputs}; c++) {{
    int32_t sum = 0;
    for (int ky = 0; ky < 3; ky++) for (int kx = 0; kx < 3; kx++) {{
      int iy = oy * {self.stride} + ky, ix = ox * {self.stride} + kx;
"""
        if not copies:
            text += f"      if (!({' && '.join(self.guards())})) continue;\n"
        text += "      for (int k = 0; k < C; k++)\n" if self.dense else ""
        text += f"""        sum += ({pixel} - {self.zero}) * {weight};
    }}
    y[(oy * {self.columns} + ox) * {self.outputs} + c] = sum;
  }}
"""
        if copies and rng.random() < 0.2:
            text += "  y[5] += p[1][1][3];\n"
        return text + "}\n"

    def call(self):
        x, v, y = (0, 1, 2) if self.rng.random() < 0.8 else self.rng.choice([(0, 1, 0), (1, 1, 2), (0, 2, 2)])
        arguments = f"(const {self.type} *)(buffers[{x}] + {MIDDLE}), (const int8_t *)(buffers[{v}] + {MIDDLE}), "
        arguments += f"(int32_t *)(void *)(buffers[{y}] + {MIDDLE + self.rng.choice([0, 0, 64])})"
        return f"  fill({self.rng.randrange(1 << 20)}, 0);\n  {self.name}({arguments});\n  show_buffers();\n"


class Finished:
    """A product of matrices or a convolution, whose sums become results in some way: what the drain does, and what it does not."""

    def __init__(self, rng, number):
        self.rng, self.name = rng, f"kernel{number}"
        self.floating = rng.random() < 0.4
        self.m, self.n, self.k = rng.choice([16, 17, 33, 40, 7]), rng.choice([16, 32, 40, 70, 9]), rng.choice([32, 64, 37, 48])
        self.sizes = rng.random() < 0.25  # that the run time knows
        self.wide = "float" if self.floating else "int32_t"
        self.operand = "float" if self.floating else rng.choice(["int8_t", "uint8_t"])
        self.other = "float" if self.floating else rng.choice(["int8_t", "int8_t", "int16_t", "int32_t"])
        self.result = rng.choice(["float", "int8_t"]) if self.floating else rng.choice(["int8_t", "int8_t", "uint8_t", "int16_t", "int32_t", "float"])
        self.temporary = rng.random() < 0.3
        self.turned = rng.random() < 0.2
        self.shift = rng.choice(["int8_t", "int32_t"])
        self.apart = rng.random() < 0.5

    def step(self):
        """A statement that changes v."""
        rng, line, element = self.rng, self.rng.choice("iij"), self.rng.choice(["r[i * N + j]", "r[i * N + j]", "r[j * M + i]"])
        if self.floating:
            return rng.choice([f"v += b[{line}];", f"v = v * b[{line}] + b[{rng.choice('ij')} + 100];", "v = v > 0.0f ? v : 0.0f;", f"v += {element};",
                               "v = v > 0.0f ? v : v * 0.25f;", f"v *= {element};", "v = v < -3.0f ? -3.0f : v > 6.0f ? 6.0f : v;",
                               "v = v * 0.5f;", "v = v < 0.0f ? -v : v;", "v = v - b[7];"])
        multiplier, shift = rng.randint(1 << 30, (1 << 31) - 1), rng.choice([33, 38, 40, 36])
        return rng.choice([
            f"v = (int32_t)((uint32_t)v + (uint32_t)b[{line}]);",
            f"v = (int32_t)(((int64_t)v * {multiplier} + (1l << {shift - 1})) >> {shift});",
            f"v = (int32_t)(((int64_t)v * (b[{line}] & 0x7fffffff) + (1l << 35)) >> 36);",
            f"v = rounded(doubled(v, {multiplier}), {rng.choice([0, 1, 5, 9])}){rng.choice(['', ' - 3'])};",
            f"v = rounded(doubled(v, b[{line}] & 0x7fffffff), 6);",
            f"v = (int32_t)(((int64_t)v * (b[{line}] & 0x7fffffff) + (1l << (t[{line}] - 1))) >> t[{line}]);",
            "v = v < -128 ? -128 : v > 127 ? 127 : v;", "v = v < 0 ? 0 : v;", "v = v > 0 ? v : (int32_t)((uint32_t)v * 13u) >> 7;",
            f"v = (int32_t)((uint32_t)v + (uint32_t){element});", f"v = (int32_t)((uint32_t)v * (uint32_t){element}) >> 5;",
            "v = l[(uint8_t)v];", "v = v ^ (v >> 31);", "v = (int8_t)v;"])

    def finish(self):
        steps = " ".join(self.step() for _ in range(self.rng.choice([0, 1, 1, 2, 3, 5])))
        if self.floating and self.result == "int8_t":
            steps += " v = v < -128.0f ? -128.0f : v > 127.0f ? 127.0f : v;"
        if not self.floating and self.result == "float":
            return f"{steps} y[place] = (float)v * 0.125f;"
        return f"{steps} y[place] = ({self.result})v;"

    def function(self):
        rng = self.rng
        place = "j * M + i" if self.turned else "i * N + j"
        weight = rng.choice(["w[j * K + k]", "w[k * N + j]"])
        term = f"s += x[i * K + k] * {weight};" if self.floating else f"s += (int32_t)x[i * K + k] * (int32_t){weight};"
        start = "0" if self.floating else rng.choice(["0", "0", "b[j + 200]"])
        loops = "for (long i = 0; i < M; i++) for (long j = 0; j < N; j++)"
        sizes = ", long M, long N, long K" if self.sizes else ""
        limit = "restrict " if self.apart else ""
        text = f"__attribute__((noinline)) void {self.name}(const {self.operand} *x, const {'float' if self.floating else 'int8_t'} *w, "
        text += f"const {self.wide} *b, const {self.other} *r, const {self.shift} *t, const int8_t *{limit}l, {self.result} *{limit}y{sizes}) {{\n"
        if not self.sizes:
            text += f"  enum {{ M = {self.m}, N = {self.n}, K = {self.k} }};\n"
        total = f"{self.wide} s = {start};\n    for (long k = 0; k < K; k++) {term}\n"
        finish = f"long place = {place};\n    {self.finish()}\n"
        if self.temporary and not self.sizes:
            text += (f"  {self.wide} part[M][N];\n  {loops} {{\n    {total}    part[i][j] = s;\n  }}\n"
                     f"  {loops} {{\n    {self.wide} v = part[i][j];\n    {finish}  }}\n}}\n")
        else:
            text += f"  {loops} {{\n    {total}    {self.wide} v = s;\n    {finish}  }}\n}}\n"
        return text

    def call(self):
        rng, quarter = self.rng, MIDDLE // 2
        sizes = f", {self.m}, {rng.choice([self.n, self.n - 1])}, {self.k}" if self.sizes else ""
        result = rng.choice(["buffers[2]", f"(buffers[2] + {MIDDLE})", "buffers[2]" if self.apart else f"(buffers[3] + {MIDDLE + 64})"])
        return (f"  fill({rng.randrange(1 << 20)}, {int(self.floating)});\n"
                f"  for (int i = 0; i < 200; i++) (({self.shift} *)(void *)(buffers[3] + 4096))[i] = 33 + (buffers[0][i] & 15);\n"
                f"  {self.name}((void *)buffers[0], (void *)buffers[1], (void *)buffers[3], (void *)(buffers[3] + {MIDDLE}), (void *)(buffers[3] + 4096), "
                f"(void *)(buffers[1] + {MIDDLE + quarter}), (void *){result}{sizes});\n  show_buffers();\n")


PROLOGUE = """#include "program.h"
#include <stdint.h>

static _Alignas(64) unsigned char buffers[4][%d];

static void fill(uint32_t state, int floating) {
  for (unsigned b = 0; b < 4; b++)
    for (unsigned i = 0; i < sizeof buffers[b]; i += 4) {
      state = state * 1664525u + 1013904223u;
      uint32_t word = state >> 3;
      if (floating) {
        float f = (float)((int)(word >> 20 & 63) - 32) * 0.5f;
        if (i & 4)
          f += 1.75f;
        __builtin_memcpy(&word, &f, 4);
      }
      __builtin_memcpy(&buffers[b][i], &word, 4);
    }
}

// As TensorFlow Lite scales: the doubled product's high half, rounded, and a shift that rounds away from zero.
static inline int32_t doubled(int32_t a, int32_t b) {
  int overflow = a == b && a == INT32_MIN;
  int64_t product = (int64_t)a * b;
  int32_t nudge = product >= 0 ? 1 << 30 : 1 - (1 << 30);
  int32_t high = (int32_t)((product + nudge) / (1ll << 31));
  return overflow ? INT32_MAX : high;
}

static inline int32_t rounded(int32_t x, int exponent) {
  int32_t mask = (int32_t)((1ll << exponent) - 1), rest = x & mask;
  int32_t threshold = (mask >> 1) + (x < 0 ? 1 : 0);
  return (x >> exponent) + (rest > threshold ? 1 : 0);
}

static void show_double(double value) {
  long word;
  __builtin_memcpy(&word, &value, 8);
  emit((long)same_nans((unsigned long)word, 64));
}

// `bits`: of the floating numbers in each buffer, 0 where there are none.
static void show_numbers(const int *bits) {
  for (unsigned b = 0; b < 4; b++) {
    uint64_t sum = 0;
    for (unsigned i = 0; i < sizeof buffers[b]; i += 8) {
      uint64_t word;
      __builtin_memcpy(&word, &buffers[b][i], 8);
      sum = (sum ^ same_nans(word, bits[b])) * 0x9e3779b97f4a7c15u;
      sum ^= sum >> 29;
    }
    emit((long)sum);
  }
}

static void show_buffers(void) {
  show_numbers((int[4]){0});
}

"""


def generate(seed):
    """A C program, and further options for its compiler."""
    rng = random.Random(seed)
    kernels = [Kernel(rng, 0), Kernel(rng, 1), Stream(rng, 2), Quantized(rng, 3), Quantized(rng, 4), Rows(rng, 5), Window(rng, 6)]
    kernels += [Finished(rng, number) for number in (7, 8)]
    text = PROLOGUE % BUFFER_BYTES
    text += "\n".join(kernel.function() for kernel in kernels)
    calls = "".join(kernel.call() for kernel in kernels for _ in range(4))
    return text + f"\nint main(void) {{\n{calls}  return 0;\n}}\n", []
