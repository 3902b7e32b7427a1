"""Random C programs of loop nests that the machine's units can run, and of what comes close: products in any layout and order with all that may
become of their sums, windows with steps, dilation, padding and groups, elementwise chains, reductions, temporaries between nests; beside them
arguments that overlap, strides of the run time, empty loops, counters and subscripts that wrap around, and accesses that must stay in their order."""
import random

from mapped_parts import EDGES, SIZES, TYPES, Array, Dimension, Loop, is_floating, nest

BUFFERS = 8
BUFFER_BYTES = 1 << 18
MARGIN = 256
WORK = 120000  # innermost iterations of a call


class Kernel:
    """One function, its parameters, and calls of it. Subclasses give `body` and fill `arrays`."""

    def __init__(self, rng, number, wraps):
        self.rng, self.name, self.wraps = rng, f"kernel{number}", wraps
        self.arrays, self.limits, self.scalars, self.locals = [], [], [], ""
        self.fills = {}  # what an array is filled with, where that is not any number: a macro of the prologue
        self.restrict = rng.random() < 0.6
        self.plain = plain = rng.random() < 0.35  # nothing but sizes makes it hard
        self.odd = not plain and rng.random() < 0.25  # counters of narrow types, that wrap around, and the like
        self.odd_arrays, self.shuffled = not plain and rng.random() < 0.3, rng.random() < 0.5
        self.dynamic_sizes, self.dynamic_strides = not plain and rng.random() < 0.45, not plain and rng.random() < 0.35
        self.body, self.local_bytes = "", 0

    # --- loops and arrays

    def loop(self, name, extent, may_be_dynamic=True):
        symbol = None
        if self.dynamic_sizes and may_be_dynamic and self.rng.random() < 0.7:
            symbol = f"n_{name}"
        loop = Loop(self.rng, name, extent, symbol, self.odd)
        if symbol:
            self.limits.append(loop)
        return loop

    def extent(self, most):
        rng, most = self.rng, max(most, 1)
        least = most // 4 if rng.random() < 0.6 else 1
        choices = [edge for edge in EDGES if least <= edge <= most] or [most]
        return rng.choice(choices) if rng.random() < 0.6 else rng.randint(max(least, 1), most)

    def odd_array(self):
        return self.odd_arrays and self.rng.random() < 0.5

    def array(self, name, kind, dimensions, written=False, fill=None, simple=False):
        array = Array(self.rng, name, kind, dimensions, self.dynamic_strides and not simple, written, self.odd_array(), self.shuffled)
        self.arrays.append(array)
        self.fills[name] = fill
        return array

    def temporary(self, name, kind, dimensions):
        """An array of the function's own, of known size."""
        array = Array(self.rng, name, kind, dimensions, odd=self.odd_array(), shuffled=self.shuffled)
        self.local_bytes += array.elements * SIZES[kind]
        self.locals += f"  {TYPES[kind]} {name}[{array.elements}];\n"
        return array

    def interference(self):
        """Now and then something that must not move: a volatile or atomic access, a call that looks at the results."""
        if self.plain or self.rng.random() < 0.93:
            return ""
        return self.rng.choice(["seen++;\n", "__atomic_fetch_add(&counted, 3, __ATOMIC_RELAXED);\n",
                                f"look({self.arrays[-1].name});\n", "__atomic_thread_fence(__ATOMIC_SEQ_CST);\n",
                                "(void)*(volatile char *)memory[0];\n"])

    # --- text

    def function(self):
        qualifier = "restrict " if self.restrict else ""
        parameters = [f"{'' if a.written else 'const '}{TYPES[a.kind]} *{qualifier}{a.name}" for a in self.arrays]
        parameters += [f"{self.limit_type(loop)} {loop.symbol}" for loop in self.limits]
        parameters += [f"long {name}" for a in self.arrays for name, _ in a.parameters]
        parameters += [f"{kind} {name}" for kind, name, _ in self.scalars]
        return (f"__attribute__((noinline)) void {self.name}({', '.join(parameters)}) {{\n{self.locals}{self.body}}}\n")

    def limit_type(self, loop):
        """Mostly one in which the loop ends, as far as the types can say."""
        if self.rng.random() < 0.05:
            return "long"
        return self.rng.choice(["int", "long"]) if loop.kind == "long" else loop.kind if loop.kind == "unsigned" else "int"

    def sizes(self):
        """Extents for a call: of each loop whose extent is a parameter."""
        rng, result = self.rng, {}
        for loop in self.limits:
            lowest = 0 if loop.kind == "unsigned" else rng.choice([0, 0, -1])
            result[loop] = rng.choice([loop.extent] * 6 + [max(loop.extent - 1, 0), rng.randint(0, loop.extent), 1, lowest])
        return result

    def stride(self, where, sizes):
        """Any stride where it is not used; one that makes elements overlap, now and then."""
        rng, (array, number) = self.rng, where
        dimension, stride = array.dimensions[number], array.strides[number]
        counts = [sizes.get(loop, loop.extent) for loop, _ in dimension.terms]
        if all(count == 1 for count in counts) and not dimension.pad and not array.mirrored[number] and rng.random() < 0.7:
            return rng.choice([0, 1 << 40, -(1 << 62), 1, -7, (1 << 32) + 1])
        return rng.choice([stride] * 8 + [max(stride - 1, 0), 0, 1]) if rng.random() < 0.4 else stride

    def may_overlap(self, array, other):
        """Not where numbers would become anything: shifts, and floating numbers whose bits are no numbers of their own."""
        if any(self.fills[a.name] or a.name == "table" for a in (array, other)):
            return False
        return array.kind == other.kind or not is_floating(array.kind) and not is_floating(other.kind)

    def call(self):
        rng, text, arguments, places = self.rng, "", [], []
        overlap = not self.restrict and self.wraps and rng.random() < 0.6
        used = {}
        for number, array in enumerate(self.arrays):
            others = [b for b, other in used.items() if self.may_overlap(array, other)] if overlap else []
            buffer = rng.choice(others) if others and rng.random() < 0.7 else number
            size = SIZES[array.kind]
            shift = rng.choice([0, 0, 1, 2, 3, 5, 16, 64, array.elements // 2, array.elements]) * size
            used.setdefault(buffer, array)
            places.append((buffer, MARGIN + shift, array))
            arguments.append(f"({TYPES[array.kind]} *)(void *)(memory[{buffer}] + {MARGIN + shift})")
        sizes = self.sizes()
        arguments += [str(sizes[loop]) for loop in self.limits]
        arguments += [f"{self.stride((a, number), sizes)}l" for a in self.arrays for _, number in a.parameters]
        arguments += [str(make()) for _, _, make in self.scalars]
        last = {}
        for buffer, place, array in places:
            last[buffer] = max(last.get(buffer, 0), place + array.elements * SIZES[array.kind] + MARGIN)
        for buffer, array in used.items():
            floating = {"f16": 1, "f32": 2, "f64": 3}.get(array.kind, 4 if array.kind in ("s32", "s64") else 0)
            text += f"  fill({buffer}, {last[buffer]}, {rng.randrange(1 << 30)}, {floating});\n"
        for buffer, place, array in places:
            if self.fills.get(array.name):
                text += f"  {self.fills[array.name]}(({TYPES[array.kind]} *)(void *)(memory[{buffer}] + {place}), {array.elements});\n"
        text += f"  {self.name}({', '.join(arguments)});\n"
        for buffer, array in used.items():
            text += f"  show({buffer}, {last[buffer]}, {({'f16': 1, 'f32': 2, 'f64': 3}).get(array.kind, 0)});\n"
        return text

    def fits(self):
        return len(self.arrays) <= BUFFERS and self.local_bytes < 150000 and all(3 * array.elements * SIZES[array.kind] + 4 * MARGIN < BUFFER_BYTES for array in self.arrays)


class Product(Kernel):
    """Sums of products: of matrices in any layout, in batches, with windows and groups; and what becomes of the sums."""

    def __init__(self, rng, number, wraps):
        super().__init__(rng, number, wraps)
        self.kinds = rng.choice([("s8", "s8"), ("s8", "s8"), ("u8", "s8"), ("s8", "u8"), ("u8", "u8"), ("f16", "f16"), ("f32", "f32")] +
                                [("s16", "s16"), ("s8", "s16")] * wraps)
        self.floating = is_floating(self.kinds[0])
        self.total = "float" if self.floating else "int32_t"
        self.make_loops()
        self.make_arrays()
        self.make_body()

    def make_loops(self):
        rng, left = self.rng, WORK
        shape = rng.choice(["product", "product", "batch", "window", "window", "window2", "depthwise", "matvec"])
        self.shape, self.pad, self.step, self.dilation = shape, 0, 1, 1
        self.outer, self.rows, self.columns, self.sums = [], [], [], []
        def take(name, most, dynamic=True):
            nonlocal left
            loop = self.loop(name, self.extent(min(most, max(left, 1))), dynamic)
            left //= max(loop.extent, 1)
            return loop
        if shape in ("batch", "window", "window2") and rng.random() < (1 if shape == "batch" else 0.2):
            self.outer.append(take("g", 4))
        if shape == "depthwise":
            self.outer.append(take("c", 70))
        if shape in ("product", "batch", "matvec"):
            if shape != "matvec":
                self.rows.append(take("i", 70))
                if rng.random() < 0.15:
                    self.rows.append(take("i2", 4))
            self.columns.append(take("j", 70 if shape != "matvec" else 200))
            self.sums.append(take("k", 300))
            if rng.random() < 0.15:
                self.sums.append(take("k2", 4))
            return
        self.step, self.dilation = rng.choice([1, 1, 2, 3]), rng.choice([1, 1, 1, 2])
        self.pad = rng.choice([0, 0, 1, 2])
        for axis in ("y", "x") if shape != "window" or rng.random() < 0.5 else ("x",):
            self.rows.append(take(axis, 14))
            self.sums.append(self.loop("f" + axis, rng.choice([1, 2, 3, 3, 3, 3]), False))
            left //= self.sums[-1].extent
        if shape != "depthwise":
            self.columns.append(take("j", 40))
            self.sums.append(take("k", 40))

    def make_arrays(self):
        rng = self.rng
        plain = [loop for loop in self.sums if not loop.name.startswith("f")]
        taps = [loop for loop in self.sums if loop.name.startswith("f")]
        left = [Dimension([(loop, 1)]) for loop in self.outer]
        for number, row in enumerate(self.rows):
            if number < len(taps):
                terms = [(row, self.step), (taps[number], self.dilation)]
                reach = sum(factor * (loop.extent - 1) for loop, factor in terms) + 1
                pad = min(self.pad, reach - 1)
                left.append(Dimension(terms, pad, max(reach - pad - rng.choice([0, pad]), 1)))
            else:
                left.append(Dimension([(row, 1)]))
        left += [Dimension([(loop, 1)]) for loop in plain]
        right = [Dimension([(loop, 1)]) for loop in self.outer + self.columns + taps + plain]
        result = [Dimension([(loop, 1)]) for loop in self.outer + self.rows + self.columns]
        if self.outer and rng.random() < 0.7:  # channels last
            left, right, result = left[1:] + left[:1], right[1:] + right[:1], result[1:] + result[:1]
        self.x = self.array("a", self.kinds[0], left)
        self.y = self.array("b", self.kinds[1], right)
        self.result_dimensions = result
        self.parameter_loop = rng.choice((self.columns or self.outer) + self.rows[:1] + self.outer[:1])

    def parameter(self, name, kind, fill):
        array = self.array(name, kind, [Dimension([(self.parameter_loop, 1)])], fill=fill, simple=True)
        return array.element()

    def factor(self, array, name):
        value = f"({self.total}){array.element()}"
        rng = self.rng
        if self.floating or self.kinds != ("s8", "s8") and rng.random() < 0.5 or rng.random() < 0.75:
            return value, 0
        if rng.random() < 0.3:
            self.scalars.append(("int", f"z{name}", lambda: rng.randint(-128, 127)))
            return f"({value} - z{name})", f"z{name}"
        zero = rng.randint(-128, 127)
        return f"({value} - {zero})", zero

    def product(self):
        """A term of the sum, and the condition under which there is one."""
        (x, zero), (y, _) = self.factor(self.x, "x"), self.factor(self.y, "y")
        guards = " && ".join(self.x.guards())
        if guards and self.rng.random() < 0.3:
            inside, guards = guards, ""
            value = self.x.element()
            x = x.replace(value, f"({inside} ? {value} : {zero if isinstance(zero, int) and self.rng.random() < 0.7 else 0})")
        return x, y, guards

    def added(self, place):
        x, y, guards = self.product()
        if self.floating:
            text = f"{place} = __builtin_fmaf({x}, {y}, {place});"
            if self.kinds[0] == "f16" and self.rng.random() < 0.5:
                text = f"{place} += {x} * {y};"
        else:
            text = f"{place} += {x} * {y};"
        return f"if ({guards}) {text}" if guards else text

    # --- what becomes of a sum v

    def finished(self):
        """Statements that turn v into what is stored, and the type of that."""
        return self.finished_float() if self.floating else self.finished_integer()

    def finished_float(self):
        rng, text = self.rng, ""
        if rng.random() < 0.4:
            text += f"v = v + {self.parameter('bias', 'f32', 'small_floats')};\n"
        if rng.random() < 0.4:
            text += rng.choice(["v = v > 0 ? v : 0;\n", "v = v < 0 ? 0 : v;\n", "v = v < 0 ? 0 : v; v = v > 6 ? 6 : v;\n",
                                "v = v > 6.0f ? 6.0f : v < -1.0f ? -1.0f : v;\n", "v = v * 0.125f;\n"])
        return text, rng.choice(["f32", "f32", "f16"])

    def finished_integer(self):
        rng, text = self.rng, ""
        if rng.random() < 0.5:
            text += f"v += {self.parameter('bias', 's32', 'small_ints')};\n"
        if rng.random() < 0.15:
            return text + rng.choice(["v = v > 0 ? v : 0;\n", "", "v = v >> 3;\n", "v = v * 5 - 3;\n"]), "s32"
        text += self.scaled()
        low, high, kind = rng.choice([(-128, 127, "s8"), (-128, 127, "s8"), (0, 255, "u8"), (0, 127, "s8"), (-100, 90, "s8"), (3, 250, "u8"),
                                      (-32768, 32767, "s16"), (0, 6, "u8")])
        zero = rng.choice([0, 0, rng.randint(-128, 127), rng.randint(0, 255)])
        if zero:
            text += f"v += {zero};\n"
        text += rng.choice([f"v = v < {low} ? {low} : v > {high} ? {high} : v;\n", f"v = v > {high} ? {high} : v; v = v < {low} ? {low} : v;\n",
                            f"if (v < {low}) v = {low}; if (v > {high}) v = {high};\n"])
        if kind in ("s8", "u8") and rng.random() < 0.2:
            text += self.looked_up(kind)
        if rng.random() < 0.1:
            text = text.replace(";\n", ";\n", 1)
            text += f"v += {rng.choice([1, -1, 100])};\n"  # after the clamp: may wrap around
        return text, kind

    def looked_up(self, kind):
        whole = Loop(self.rng, "t", 256)
        table = self.array("table", self.rng.choice([kind, "s8", "u8"]), [Dimension([(whole, 1)])], simple=True)
        table.strides, table.elements, table.mirrored = [1], 256, [False]
        index = "v + 128" if kind == "s8" else "v"
        return f"v = table[{self.rng.choice([index, '(uint8_t)v'])}];\n"

    def scaled(self):
        rng, form = self.rng, self.rng.choice(["single", "double", "double", "gemmlowp", "float", "float", "shift", "half"])
        channel = rng.random() < 0.6
        if form == "float":
            scale = self.parameter("scale", "f32", "scales") if channel else rng.choice(["0.0125f", "0.001953125f", "0.75f"])
            rounded = rng.choice(["__builtin_rintf", "__builtin_roundevenf", "__builtin_nearbyintf"])
            value = rng.choice([f"(float)v * {scale}", f"{scale} * (float)v"])
            return f"v = (int32_t){rounded}({value});\n"
        if form == "shift":
            return rng.choice(["v = v >> 7;\n", "v = (v + 64) >> 7;\n", "v = v / 128;\n"])
        multiplier = self.parameter("multiplier", "s32", "multipliers") if channel else str(rng.choice([1 << 30, 2147483647, 1518500250, 77]))
        kind = rng.choice(["u8", "s8", "s32"])
        shift = self.parameter("shift", kind, "shifts") if channel and rng.random() < 0.8 else str(rng.choice([31, 32, 36, 38, 40, 20]))
        product = f"(int64_t)v * {multiplier}"
        if form == "half":
            return f"v = (int32_t)(({product}) >> {shift});\n"
        if form == "single":
            return f"v = (int32_t)(({product} + (1l << ({shift} - 1))) >> {shift});\n"
        if form == "double":
            condition = "" if shift.isdigit() and rng.random() < 0.5 else f"if ({shift} > 31) "
            return (f"{{ int64_t w = {product} + (1l << ({shift} - 1)); {condition}w += v >= 0 ? 1 << 30 : -(1 << 30); "
                    f"v = (int32_t)(w >> {shift}); }}\n")
        return (f"{{ int64_t w = {product}; v = (int32_t)((w + (w >= 0 ? 1 << 30 : 1 - (1 << 30))) / (1l << 31)); }}\n"
                f"{{ int e = ({shift}) & 15, mask = (1 << e) - 1, rest = v & mask; v = (v >> e) + (rest > (mask >> 1) + (v < 0)); }}\n")

    def make_body(self):
        rng = self.rng
        finish, kind = self.finished() if rng.random() < 0.75 else ("", "f32" if self.floating else "s32")
        form = rng.choice(["scalar"] * 4 + ["memory", "temporary", "temporary"])
        points = self.outer + self.rows + self.columns
        if rng.random() < 0.4:
            rng.shuffle(points)
        sums = list(self.sums)
        if rng.random() < 0.3:
            rng.shuffle(sums)
        if form == "memory":
            finish, kind = "", "f32" if self.floating else "s32"
        residual = ""
        if form != "memory" and rng.random() < 0.12 and kind in ("s8", "f32", "s32"):
            other = self.array("r", kind, self.result_dimensions)
            residual = f"v += {other.element()};\n"
        result = self.array("o", kind, self.result_dimensions, written=True)
        start = rng.choice(["0", "0", "old", "99"]) if not finish else rng.choice(["0", "0", "7"])
        if start == "old" and kind not in ("s32", "f32"):
            start = "0"
        store = f"{finish}{residual}{result.element()} = v;\n"
        if form == "scalar":
            first = result.element() if start == "old" else start
            inner = nest(sums, self.interference() + self.added("v"), 0)
            self.body = nest(points, f"{self.interference()}{self.total} v = {first};\n{inner}{store}")
            return
        place, total = result, kind
        if form == "temporary":
            total = "f32" if self.floating else "s32"
            place = self.temporary("sum", total, self.result_dimensions)
        cells = place.element()
        if form == "temporary" or start != "old":
            self.body += nest(points, f"{cells} = {start if start != 'old' else 0};")
        every = points + sums
        if rng.random() < 0.5:
            rng.shuffle(every)
        self.body += nest(every, self.interference() + self.added(cells))
        if form == "temporary":
            if rng.random() < 0.4:
                rng.shuffle(points)
            self.body += nest(points, f"{self.total} v = {cells};\n{store}")


class Elementwise(Kernel):
    """Maps, reductions, windows that are no products, and chains of them, over arrays with broadcasting, in place or not."""

    def __init__(self, rng, number, wraps):
        super().__init__(rng, number, wraps)
        family = rng.choice(["int", "int", "float", "mixed"])
        names = {"int": ["s8", "u8", "s16", "u16", "s32", "s64"], "float": ["f32", "f32", "f16", "f64"],
                 "mixed": ["s8", "s32", "f32", "f32", "u8"]}[family]
        self.names = [rng.choice(names)] if rng.random() < 0.4 and family != "mixed" else names
        left, self.points = WORK // 4, []
        names = "ijk"[:rng.randint(1, 3)]
        for name in names:
            loop = self.loop(name, self.extent(min(left, 300 if len(names) > 1 else 20000)))
            left //= max(loop.extent, 1)
            self.points.append(loop)
        self.reduced = []
        if rng.random() < 0.4 and left > 1:
            self.reduced.append(self.loop("r", self.extent(min(left, 60))))
        self.previous = None
        for stage in range(rng.choice([1, 1, 2, 3])):
            self.make_stage(stage)

    def dimensions(self, loops):
        return [Dimension([(loop, 1)]) for loop in loops] or [Dimension([])]

    def source(self, stage, number):
        rng = self.rng
        if self.previous and rng.random() < 0.6:
            return self.previous
        loops = [loop for loop in self.points + self.reduced if rng.random() < 0.75]
        dimensions = self.dimensions(loops)
        if self.reduced and rng.random() < 0.3:
            rest = [Dimension([(loop, 1)]) for loop in self.points[:-1]]
            dimensions = rest + [Dimension([(self.points[-1], rng.choice([1, 2])), (self.reduced[0], 1)])]
        return self.array(f"x{stage}{number}", rng.choice(self.names), dimensions)

    def expression(self, depth, sources, kind):
        rng = self.rng
        if depth == 0:
            if rng.random() < 0.12:
                return f"({kind})({rng.choice(self.points).value})"
            if rng.random() < 0.12:
                return rng.choice(["1.5f", "-0.25f", "2"]) if kind in ("float", "double") else str(rng.randint(-100, 300))
            return f"({kind}){rng.choice(sources).element()}"
        x, y = self.expression(depth - 1, sources, kind), self.expression(depth - 1, sources, kind)
        if kind in ("float", "double"):
            end = "f" if kind == "float" else ""
            form = rng.choice(["{0} + {1}", "{0} - {1}", "{0} * {1}", "({0} > {1} ? {0} : {1})", "({0} < {1} ? {0} : {1})", "-({0})",
                               "__builtin_fabs%s({0})" % end, "__builtin_fma%s({0}, {1}, {0})" % end, "({0} < 1 ? {1} : {0})",
                               "__builtin_rint%s({0})" % end])
        else:
            form = rng.choice(["{0} + {1}", "{0} - {1}", "{0} * {1}", "({0} & {1})", "({0} ^ {1})", "({0} | {1})", "({0} < {1} ? {0} : {1})",
                               "((%s){0} > (%s){1} ? {0} : {1})" % (("int32_t",) * 2 if kind == "uint32_t" else ("int64_t",) * 2),
                               "({0} >> 3)", "({0} << 2)", "(uint8_t)({0})", "(%s)(int8_t)({0})" % kind, "(%s)(uint16_t)({1})" % kind,
                               "({0} > {1})"])
        return "(" + form.format(x, y) + ")"

    def make_stage(self, stage):
        rng = self.rng
        sources = [self.source(stage, number) for number in range(rng.randint(1, 2))]
        floating = any(is_floating(s.kind) for s in sources)
        wide = any(s.kind in ("s64", "f64") for s in sources)
        kind = ("double" if wide else "float") if floating else "uint64_t" if wide else "uint32_t"
        value = self.expression(rng.randint(0, 2), sources, kind)
        reductions = self.reduced and any(self.reduced[0] is loop for s in sources for d in s.dimensions for loop, _ in d.terms)
        target = rng.choice([name for name in self.names if not (floating and not is_floating(name))] or ["f32"])
        if target[0] != "f" and floating:
            target = "f32"
        last = rng.random() < 0.5
        in_place = [s for s in sources if not reductions and s.kind == target and len(s.dimensions) == len(self.points)]
        if in_place and rng.random() < 0.35:
            output = in_place[0]
            output.written = True
        elif last or self.restrict and stage == 0 and rng.random() < 0.5:
            output = self.array(f"o{stage}", target, self.dimensions(self.points), written=True)
        else:
            output = self.temporary(f"t{stage}", target, self.dimensions(self.points))
        points = list(self.points)
        if rng.random() < 0.3:
            rng.shuffle(points)
        condition = ""
        if rng.random() < 0.15:
            condition = f"if ({rng.choice([f'{points[0].value} > {rng.randint(0, 9)}', f'{sources[0].element()} > 3'])}) "
        guarded = f"{condition}{output.element()} = {value};" if not reductions else self.reduction(points, value, kind, output)
        body = nest(points, self.interference() + guarded)
        if output.name.startswith("t") and output is not self.previous and condition:
            body = nest(points, f"{output.element()} = 1;") + body
        self.body += body
        if output.name.startswith("t"):
            final = self.array(f"o{stage}", target, self.dimensions(self.points), written=True)
            self.body += nest(self.points, f"{final.element()} = {output.element()};")
        self.previous = output

    def reduction(self, points, value, kind, output):
        rng = self.rng
        start, form = rng.choice([("0", "t = t + {v};"), (f"{value}", "t = {v} > t ? {v} : t;"), (f"{value}", "t = {v} < t ? {v} : t;"),
                                  ("1", "t = t * {v};")] + ([] if kind in ("float", "double") else [("0", "t ^= {v};"), ("0", "t |= {v};")]))
        loop = self.reduced[0]
        text = f"{kind} e = {value}; {form.format(v='e')}"
        if start == value:
            start = "-1000" if ">" in form else "1000"
        return f"{kind} t = {start};\n{nest([loop], text, 0)}{output.element()} = t;"

    def fits(self):
        return super().fits() and sum(a.elements for a in self.arrays) < 120000


PROLOGUE = """#include "program.h"
#include <stdint.h>

static _Alignas(64) unsigned char memory[%d][%d];
static volatile int seen;
static unsigned counted;

// What memory is filled with: 0 any bytes, 1 half, 2 float, 3 double: small numbers, 4 small integers of 32 bits.
NOINLINE static void fill(int buffer, int bytes, uint32_t state, int kind) {
  for (int i = 0; i < bytes; i += 8) {
    state = state * 1664525u + 1013904223u;
    uint64_t word = (state >> 5) * 0x9e3779b97f4a7c15u;
    double number = (double)((int)(word >> 40 & 255) - 128) * 0.125;
    if (kind == 1) {
      _Float16 n[4] = {number, number - 3, number * 2, -number};
      __builtin_memcpy(&word, n, 8);
    } else if (kind == 2) {
      float n[2] = {(float)number, (float)number - 2.5f};
      __builtin_memcpy(&word, n, 8);
    } else if (kind == 3) {
      __builtin_memcpy(&word, &number, 8);
    } else if (kind == 4) {
      int32_t n[2] = {(int32_t)(word >> 44) - (1 << 19), (int32_t)word >> 14};
      __builtin_memcpy(&word, n, 8);
    }
    __builtin_memcpy(&memory[buffer][i], &word, 8);
  }
}

// Prints a hash of memory.
NOINLINE static void show(int buffer, int bytes, int kind) {
  uint64_t sum = 0;
  for (int i = 0; i < bytes; i += 8) {
    uint64_t word;
    __builtin_memcpy(&word, &memory[buffer][i], 8);
    sum = (sum ^ same_nans(word, kind ? 8 << kind : 0)) * 0x9e3779b97f4a7c15u;
    sum ^= sum >> 29;
  }
  emit((long)sum);
}

NOINLINE static void look(const void *at) {
  counted = counted * 31 + *(const unsigned char *)at;
}

#ifdef __riscv
// What a library has beside compiled code.
#define ROUNDS(name, type, big) \\
  NOINLINE type name(type x) { \\
    type step = x < 0 ? -big : big; \\
    return x < big && x > -big ? __builtin_copysign(x + step - step, x) : x; \\
  }
ROUNDS(rintf, float, 0x1p23f)
ROUNDS(roundevenf, float, 0x1p23f)
ROUNDS(nearbyintf, float, 0x1p23f)
ROUNDS(rint, double, 0x1p52)
#endif

#define FILLED(name, value) \\
  NOINLINE static void name##_of(void *at, int bytes, int count) { \\
    for (int i = 0; i < count; i++) { \\
      uint32_t x = (uint32_t)i * 2654435761u >> 7; \\
      int64_t n = value; \\
      __builtin_memcpy((char *)at + i * bytes, &n, (unsigned long)bytes); \\
    } \\
  }
FILLED(small_ints, (int)(x %% 131072) - 65536)
FILLED(multipliers, (x & 0x3fffffff) + 0x40000000)
FILLED(shifts, 32 + x %% 12)
#define small_ints(at, count) small_ints_of(at, 4, count)
#define multipliers(at, count) multipliers_of(at, 4, count)
#define shifts(at, count) shifts_of(at, sizeof *(at), count)
NOINLINE static void small_floats(float *at, int count) {
  for (int i = 0; i < count; i++) at[i] = (float)(i %% 37) * 0.5f - 7;
}
NOINLINE static void scales(float *at, int count) {
  for (int i = 0; i < count; i++) at[i] = 1.0f / (float)(3 + i %% 991);
}

"""


def some_kernel(rng, number, wraps):
    while True:
        kernel = (Product if rng.random() < 0.65 else Elementwise)(rng, number, wraps)
        if kernel.fits():
            return kernel


def generate(seed, kernels=6):
    """A C program, and further options for its compiler: where arguments overlap, integers of 32 bits may wrap around."""
    rng = random.Random(seed)
    wraps = rng.random() < 0.5
    kernels = [some_kernel(rng, number, wraps) for number in range(kernels)]
    text = PROLOGUE % (BUFFERS, BUFFER_BYTES)
    text += "\n".join(kernel.function() for kernel in kernels)
    calls = "".join(kernel.call() for kernel in kernels for _ in range(3 if kernel.limits or not kernel.restrict else 1))
    return text + f"\nint main(void) {{\n{calls}  emit(seen);\n  emit(counted);\n  return 0;\n}}\n", ["-fwrapv"] * wraps
