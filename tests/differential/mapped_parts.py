"""Parts of loop nests as C text: loops that count in all ways, arrays of any layout, accesses to them, and guards."""
TYPES = {"s8": "int8_t", "u8": "uint8_t", "s16": "int16_t", "u16": "uint16_t", "s32": "int32_t", "s64": "int64_t",
         "f16": "_Float16", "f32": "float", "f64": "double"}
SIZES = {"s8": 1, "u8": 1, "s16": 2, "u16": 2, "s32": 4, "s64": 8, "f16": 2, "f32": 4, "f64": 8}
# Sizes at which blocks, lanes or words begin and end.
EDGES = [1, 2, 3, 4, 5, 7, 8, 9, 15, 16, 17, 31, 32, 33, 47, 63, 64, 65, 127, 128, 129, 255, 256, 257]


def is_floating(kind):
    return kind[0] == "f"


class Loop:
    """Counts 0 to extent - 1 in its own way; `value` is the text of the number. `symbol` is the extent's text."""

    def __init__(self, rng, name, extent, symbol=None, odd=False):
        self.name, self.extent, self.symbol = name, extent, symbol or str(extent)
        kinds = ["int", "int", "long", "unsigned"]
        if odd and extent < 100 and not symbol:
            kinds += ["int8_t", "uint8_t", "short", "uint16_t"]
        self.kind = rng.choice(kinds)
        signed = self.kind in ("int", "long", "int8_t", "short")
        forms = ["up"] * 12 + ["late"] + ["down", "down_from"] * signed + ["step"] * odd
        if self.kind in ("int8_t", "uint8_t", "uint16_t"):
            forms += ["wrap"] * 4
        self.form = rng.choice(forms)
        self.value = {"up": name, "late": f"({name} - 3)", "step": f"({name} / 4)", "down": name, "down_from": f"({name} - 1)",
                      "wrap": f"({self.kind})({name} - {self.beginning()})"}[self.form]
        if self.form == "step" and self.extent * 4 > 120 and self.kind in ("int8_t", "uint8_t"):
            self.form, self.value = "up", name

    def beginning(self):
        """Where a counter begins that wraps around on its way."""
        return {"int8_t": 120, "uint8_t": 250, "uint16_t": 65530}.get(self.kind, 0)

    def header(self):
        k, i, n = self.kind, self.name, self.symbol
        if self.form == "wrap":
            first = self.beginning()
            return f"for ({k} {i} = {first}; {i} != ({k})({first} + {n}); {i}++)"
        return {"up": f"for ({k} {i} = 0; {i} < {n}; {i}++)", "late": f"for ({k} {i} = 3; {i} < {n} + 3; {i}++)",
                "step": f"for ({k} {i} = 0; {i} < {n} * 4; {i} += 4)", "down": f"for ({k} {i} = {n} - 1; {i} >= 0; {i}--)",
                "down_from": f"for ({k} {i} = {n}; {i} > 0; {i}--)"}[self.form]


class Dimension:
    """One dimension of an array: the sum of its loops' numbers times factors, less `pad`; of how many elements."""

    def __init__(self, terms, pad=0, extent=None):
        self.terms, self.pad = terms, pad
        reach = sum(factor * (loop.extent - 1) for loop, factor in terms) + 1
        self.extent = extent if extent is not None else reach

    def text(self, mirrored=False):
        parts = [loop.value if factor == 1 else f"{loop.value} * {factor}" for loop, factor in self.terms]
        text = (" + ".join(parts) or "0") + (f" - {self.pad}" if self.pad else "")
        return f"({self.extent - 1} - ({text}))" if mirrored else text

    def guard(self):
        """True where the coordinate is inside of the array; None where it always is."""
        return f"{self.text()} >= 0 && {self.text()} < {self.extent}" if self.pad or self.cut() else None

    def cut(self):
        return sum(factor * (loop.extent - 1) for loop, factor in self.terms) - self.pad >= self.extent


class Array:
    """An array with dimensions in some order, gaps between its rows, and strides that may be the function's parameters."""

    def __init__(self, rng, name, kind, dimensions, dynamic=False, written=False, odd=False, shuffled=True):
        self.name, self.kind, self.written = name, kind, written
        self.dimensions = list(dimensions)
        if shuffled and rng.random() < 0.6:
            rng.shuffle(self.dimensions)
        self.mirrored = [odd and rng.random() < 0.2 for _ in self.dimensions]
        self.index_cast = rng.choice([""] * 4 + ["(long)", "(unsigned)", "(uint32_t)"]) if odd else ""
        self.strides, step = [], rng.choice([1, 1, 2, 3]) if odd else 1
        for dimension in reversed(self.dimensions):
            self.strides.insert(0, step)
            gap = rng.choice([0, 0, 0, 0, 1, 3, 16])
            step *= dimension.extent
            step += gap if step * SIZES[kind] < 4096 else 0
        self.elements = sum(s * (d.extent - 1) for s, d in zip(self.strides, self.dimensions)) + 1
        self.parameters = []
        for i, stride in enumerate(self.strides):
            if dynamic and (stride != 1 or rng.random() < 0.15):
                self.parameters.append((f"{name}_s{i}", i))
        self.by_pointer = rng.random() < 0.1

    def stride_text(self, number):
        name = f"{self.name}_s{number}"
        return name if any(p[0] == name for p in self.parameters) else str(self.strides[number])

    def element(self):
        parts = []
        for number, dimension in enumerate(self.dimensions):
            coordinate, stride = dimension.text(self.mirrored[number]), self.stride_text(number)
            parts.append(coordinate if stride == "1" else f"({coordinate}) * {self.index_cast}{stride}")
        index = " + ".join(parts) or "0"
        return f"*({self.name} + ({index}))" if self.by_pointer else f"{self.name}[{index}]"

    def guards(self):
        return [guard for guard in (d.guard() for d in self.dimensions) if guard]


def nest(loops, body, indent=2):
    """Loops around a text of statements."""
    text, pad = "", indent
    for loop in loops:
        text += " " * pad + loop.header() + " {\n"
        pad += 2
    text += "".join(" " * pad + line + "\n" for line in body.splitlines())
    for _ in loops:
        pad -= 2
        text += " " * pad + "}\n"
    return text
