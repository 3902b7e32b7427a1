"""Random C programs whose functions keep what their loop nests make in arrays of their own: on the stack, static, in structures or from malloc.
Nests read each other's arrays whole or in part, shifted, turned or as another type, work in place and in an order that matters, stand under
conditions, in loops and beside calls: of functions that look at the arrays, that use the units themselves, and of the function itself."""
import random

TYPES = {"i8": "int8_t", "u8": "uint8_t", "i16": "int16_t", "i32": "int32_t", "i64": "int64_t", "f32": "float", "f64": "double", "f16": "_Float16"}
SIZES = {"i8": 1, "u8": 1, "i16": 2, "i32": 4, "i64": 8, "f32": 4, "f64": 8, "f16": 2}
EXTENTS = [1, 2, 3, 5, 8, 15, 16, 17, 24, 31, 32, 33, 48, 63, 64, 65, 100]
LARGEST = 12000  # bytes of an array
WORK = 60000     # innermost iterations of a statement
BUFFER = 1 << 15


class Array:
    def __init__(self, name, kind, extents, place):
        self.name, self.kind, self.extents, self.place = name, kind, extents, place

    @property
    def bytes(self):
        size = SIZES[self.kind]
        for extent in self.extents:
            size *= extent
        return size

    def at(self, *subscripts):
        return self.name + "".join(f"[{subscript}]" for subscript in subscripts)


class Function:
    """One function with a few arrays and statements on them; it may call the functions before it."""

    def __init__(self, rng, number, before):
        self.rng, self.number, self.before = rng, number, before
        self.name, self.counter = f"kernel{number}", 0
        self.floating = rng.random() < 0.4
        self.kinds = rng.sample(["f32", "f32", "f64", "f16", "i32"] if self.floating else ["i8", "u8", "i16", "i32", "i32", "i64"], 3)
        self.recursive = rng.random() < 0.25
        self.arrays = []
        for i in range(rng.randint(2, 5)):
            self.arrays.append(self.array(i))

    def array(self, number):
        rng = self.rng
        while True:
            # Extents that arrays share make more fit to each other.
            pool = self.arrays[0].extents if number and rng.random() < 0.7 else EXTENTS
            extents = [rng.choice(pool if rng.random() < 0.8 else EXTENTS) for _ in range(rng.choice([1, 2, 2, 2, 3]))]
            array = Array(f"t{number}", rng.choice(self.kinds), extents, rng.choice(["auto", "auto", "auto", "static", "malloc", "struct"]))
            if array.bytes <= LARGEST:
                return array

    # --- expressions

    def input(self, iterators):
        index = " + ".join([f"{i} * {self.rng.choice([1, 2, 3, 7, 16])}" for i in iterators] + [str(self.rng.randint(0, 30))])
        return f"x[({index}) & 1023]"

    def subscript(self, iterator, bound, extent):
        """One that stays below `extent` for iterators from 0 to bound - 1."""
        rng, forms = self.rng, []
        if bound <= extent:
            forms += [iterator] * 5 + [f"{bound - 1} - {iterator}"]
        if bound < extent:
            forms.append(f"{iterator} + {rng.randint(1, extent - bound)}")
        if 2 * bound <= extent:
            forms.append(f"2 * {iterator}")
        forms += [f"{iterator} % {extent}", f"{iterator} / {bound // extent + 1}", str(rng.randrange(extent)),
                  f"({iterator} < {extent} ? {iterator} : {extent - 1})"]
        return rng.choice(forms[:6] if rng.random() < 0.8 and bound <= extent else forms)

    def element(self, array, loops):
        """An element of an array for the iterators of loops, (name, bound) each."""
        rng, loops = self.rng, list(loops)
        if rng.random() < 0.25:
            rng.shuffle(loops)
        loops = loops[-len(array.extents):]
        missing = len(array.extents) - len(loops)
        subscripts = [str(rng.randrange(extent)) for extent in array.extents[:missing]]
        subscripts += [self.subscript(*loop, extent) for loop, extent in zip(loops, array.extents[missing:])]
        return array.at(*subscripts)

    def converted(self, text, kind, target):
        """A value of one kind as another: what C leaves open is not asked for."""
        if kind in ("f16", "f32", "f64") and target not in ("f16", "f32", "f64"):
            return f"limited({text})"
        return f"({TYPES[target]})({text})"

    def value(self, target, loops, depth=2):
        rng = self.rng
        source = rng.choice(self.arrays + [None])
        if depth == 0 or rng.random() < 0.3:
            if source is None:
                return self.converted(self.input([name for name, _ in loops]), "i32", target)
            return self.converted(self.element(source, loops), source.kind, target)
        a, b = self.value(target, loops, depth - 1), self.value(target, loops, depth - 1)
        form = rng.choice(["+", "+", "-", "*", "min", "max", "where", "other"])
        if form == "min":
            return f"({a} < {b} ? {a} : {b})"
        if form == "max":
            return f"({a} > {b} ? {a} : {b})"
        if form == "where":
            return f"({a} > ({TYPES[target]}){rng.randint(-20, 20)} ? {b} : {self.value(target, loops, depth - 1)})"
        if target in ("f16", "f32", "f64"):
            scale = "" if form != "*" else " * (float)0.125"
            return f"({TYPES[target]})({a} {form if form in '+-*' else '+'} {b}{scale})"
        if form == "other":
            return f"({TYPES[target]})(({a} {rng.choice(['& 15', '>> 2', '^ 85', '<< 1', '/ 3', '% 7', '| 1'])}) + {b})"
        return f"({TYPES[target]})((uint64_t){a} {form} (uint64_t){b})"

    # --- statements

    def iterator(self):
        self.counter += 1
        return f"i{self.counter}"

    def header(self, name, bound):
        kind = self.rng.choice(["int", "int", "long", "unsigned", "size_t"])
        if self.rng.random() < 0.12:
            return f"for ({kind} {name} = {bound}; {name}-- > 0;)"
        limit = f"n + {bound - 3}" if self.rng.random() < 0.15 and kind in ("int", "long") else str(bound)  # n is 3, or less
        return f"for ({kind} {name} = 0; {name} < {limit}; {name}++)"

    def loops(self, extents):
        loops = [(self.iterator(), extent) for extent in extents]
        order = list(loops)
        if self.rng.random() < 0.2:
            self.rng.shuffle(order)
        return loops, " ".join(self.header(*loop) for loop in order)

    def elementwise(self):
        array = self.rng.choice(self.arrays)
        loops, headers = self.loops(array.extents)
        place = array.at(*(name for name, _ in loops))
        value = self.value(array.kind, loops)
        guard = f"if ({self.value('i32', loops, 1)} > {self.rng.randint(-40, 40)}) " if self.rng.random() < 0.15 else ""
        # In place: what is read may just have been written.
        return f"  {headers}\n    {guard}{place} = {value};\n"

    def two(self):
        """Two statements in one loop."""
        a, b = self.rng.choice(self.arrays), self.rng.choice(self.arrays)
        extents = [min(x, y) for x, y in zip(a.extents, b.extents)]
        loops, headers = self.loops(extents)
        text = ""
        for array in (a, b):
            place = self.element(array, loops) if self.rng.random() < 0.3 else array.at(*["0"] * (len(array.extents) - len(loops)), *(name for name, _ in loops))
            text += f"    {place} = {self.value(array.kind, loops)};\n"
        return f"  {headers} {{\n{text}  }}\n"

    def shifted(self):
        """A loop through one array that reads what it has written, or will."""
        array = self.rng.choice(self.arrays)
        distance = self.rng.choice([1, 1, 2, 8, 16])
        if array.extents[-1] <= distance:
            return self.elementwise()
        loops, headers = self.loops([*array.extents[:-1], array.extents[-1] - distance])
        outer, last = [name for name, _ in loops[:-1]], loops[-1][0]
        places = [array.at(*outer, last), array.at(*outer, f"{last} + {distance}")]
        self.rng.shuffle(places)
        plus = f"{places[1]} + {self.value(array.kind, loops, 1)}" if self.floating else f"(uint64_t){places[1]} + (uint64_t){self.value(array.kind, loops, 1)}"
        return f"  {headers}\n    {places[0]} = ({TYPES[array.kind]})({plus});\n"

    def product(self):
        rng = self.rng
        matrices = [a for a in self.arrays if len(a.extents) == 2]
        if len(matrices) < 2:
            return self.reduction()
        c, a, b = (rng.choice(matrices) for _ in range(3))
        transposed = rng.random() < 0.5
        m = min(c.extents[0], a.extents[0])
        n = min(c.extents[1], b.extents[0 if transposed else 1])
        k = min(a.extents[1], b.extents[1 if transposed else 0])
        while m * n * k > WORK:
            m, n, k = (max(extent * 2 // 3, 1) for extent in (m, n, k))
        i, j, p = (self.iterator() for _ in range(3))
        wide = "float" if self.floating else "int32_t"
        kind = "f32" if self.floating else "i32"
        x, y = (self.converted(text, array.kind, kind) for text, array in ((a.at(i, p), a), (b.at(j, p) if transposed else b.at(p, j), b)))
        term = f"{x} * {y}" if self.floating else f"(int32_t)((uint32_t){x} * (uint32_t){y})"
        if not self.floating and {a.kind, b.kind} <= {"i8", "u8", "i16"}:
            term = f"{a.at(i, p)} * {b.at(j, p) if transposed else b.at(p, j)}"
        end = self.converted(rng.choice(["sum", "sum", "sum < 0 ? 0 : sum", f"sum + {self.value(kind, [(i, m), (j, n)], 0)}" if self.floating else "sum >> 4"]), kind, c.kind)
        start = rng.choice(["0", "0", self.converted(c.at(i, j), c.kind, kind)])
        return (f"  {self.header(i, m)} {self.header(j, n)} {{\n    {wide} sum = {start};\n    {self.header(p, k)}\n"
                f"      sum += {term};\n    {c.at(i, j)} = {end};\n  }}\n")

    def reduction(self):
        rng = self.rng
        source, target = rng.choice(self.arrays), rng.choice(self.arrays)
        loops, _ = self.loops(source.extents)
        total = "f64" if self.floating and rng.random() < 0.5 else "f32" if self.floating else rng.choice(["i32", "i64"])
        element = self.converted(source.at(*(name for name, _ in loops)), source.kind, total)
        add = f"t + {element}" if self.floating else f"({TYPES[total]})((uint64_t)t + (uint64_t){element})"
        text = rng.choice([f"t = {add};", f"t = {add};", f"t = {element} > t ? {element} : t;", f"if ({element} < t) t = {element};"])
        inner, outer = loops[-1:], loops[:-1]
        place = self.element(target, outer) if outer else target.at(*["0"] * len(target.extents))
        head = " ".join(self.header(*loop) for loop in outer)
        return (f"  {head} {{\n    {TYPES[total]} t = {rng.choice(['0', '0', element.replace(inner[0][0], '0')])};\n    {self.header(*inner[0])}\n      {text}\n"
                f"    {place} = {self.converted('t', total, target.kind)};\n  }}\n")

    def stencil(self):
        rng = self.rng
        matrices = [a for a in self.arrays if len(a.extents) >= 2 and min(a.extents[-2:]) > 3]
        if not matrices:
            return self.elementwise()
        a = rng.choice(matrices)
        c = rng.choice([b for b in matrices if len(b.extents) == 2] or [None])
        if c is None:
            return self.elementwise()
        h, w = (min(x, y) - 2 for x, y in zip(a.extents[-2:], c.extents))
        y, x, p, q = (self.iterator() for _ in range(4))
        outer = [str(rng.randrange(extent)) for extent in a.extents[:-2]]
        kind = "f32" if self.floating else "i32"
        term = self.converted(a.at(*outer, f"{y} + {p}", f"{x} + {q}"), a.kind, kind)
        weight = f"x[{p} * 3 + {q}]" if rng.random() < 0.7 else "1"
        change = f"s += {term} * {weight}" if self.floating else f"s = (int32_t)((uint32_t)s + (uint32_t){term} * (uint32_t){weight})"
        return (f"  {self.header(y, h)} {self.header(x, w)} {{\n    {TYPES[kind]} s = 0;\n    {self.header(p, 3)} {self.header(q, 3)} {change};\n"
                f"    {c.at(y, x)} = {self.converted('s', kind, c.kind)};\n  }}\n")

    def copy(self):
        rng = self.rng
        a, b = rng.choice(self.arrays), rng.choice(self.arrays)
        if rng.random() < 0.3:
            return f"  memset({a.name}, {rng.choice([0, 0, 1, 255]) if not self.floating else 0}, {rng.choice([a.bytes, a.bytes // 2])});\n"
        if a.kind != b.kind and self.floating:
            return self.elementwise()
        size = min(a.bytes, b.bytes) // 8 * 8
        if a is b:
            return f"  memmove((char *){a.name} + {size // 16 * 8}, {a.name}, {size // 2 // 8 * 8});\n"
        return f"  memcpy({a.name}, {b.name}, {size});\n"

    def call(self):
        rng, a = self.rng, self.rng.choice(self.arrays)
        forms = [f"look({a.name}, {a.bytes});", f"change({a.name}, {a.bytes // SIZES[a.kind]}, {SIZES[a.kind] if not self.floating else 0});",
                 f"kept = {a.name};", f"look_later({a.name}, {a.bytes});"]
        if self.recursive:
            forms += [f"if (depth > 0) {self.name}(x, y, n, depth - 1);"] * 4
        if self.before:
            other = rng.choice(self.before)
            forms += [f"{other}(x, y, n, 0);", f"through({other}, x, y, n);"] * 2
        return "  " + rng.choice(forms) + "\n"

    def output(self):
        array = self.rng.choice(self.arrays)
        loops, headers = self.loops(array.extents)
        index = "0"
        for (name, _), extent in zip(loops, array.extents):
            index = f"({index}) * {extent} + {name}"
        return f"  {headers}\n    (({TYPES[array.kind]} *)(void *)(y + {8192 * self.slot(array.kind)}))[({index}) & 1023] = {array.at(*(name for name, _ in loops))};\n"

    @staticmethod
    def slot(kind):
        return {8: 3, 4: 2, 2: 1, 1: 0}[SIZES[kind]]

    def statement(self, depth=0):
        rng = self.rng
        form = rng.choice(["elementwise"] * 4 + ["two"] * 2 + ["shifted", "product", "product", "product", "reduction", "reduction", "stencil", "copy", "copy", "call",
                           "output", "output", "loop", "branch", "leave"])
        if form == "loop" and depth < 2:
            return f"  for (int r{self.iterator()} = 0, w = {rng.randint(1, 3)}; w-- > 0;) {{\n{self.statement(depth + 1)}{self.statement(depth + 1)}  }}\n"
        if form == "branch" and depth < 2:
            return f"  if ({rng.choice(['n > 2', 'x[5] & 1', 'depth', 'x[n + 3] > 0'])}) {{\n{self.statement(depth + 1)}  }}\n"
        if form == "leave":
            return f"  if (x[{rng.randint(0, 99)}] == n * 17) return;\n"
        if form in ("loop", "branch"):
            form = "elementwise"
        return getattr(self, form)()

    def declarations(self):
        text = ""
        for array in self.arrays:
            dimensions = "".join(f"[{extent}]" for extent in array.extents)
            kind = TYPES[array.kind]
            if array.place == "malloc":
                rest = "".join(f"[{extent}]" for extent in array.extents[1:])
                text += f"  {kind} (*{array.name}){rest} = malloc({array.bytes});\n"
            elif array.place == "struct":
                text += f"  struct {{ int before; {kind} field{dimensions}; int after; }} s_{array.name};\n"
                array.name = f"s_{array.name}.field"
            else:
                text += f"  {'static ' if array.place == 'static' and not self.recursive else ''}{kind} {array.name}{dimensions};\n"
        return text

    def first(self, array):
        loops, headers = self.loops(array.extents)
        place = array.at(*(name for name, _ in loops))
        headers = " ".join(f"for (int {name} = 0; {name} < {bound}; {name}++)" for name, bound in loops)
        return f"  {headers}\n    {place} = {self.converted(self.input([name for name, _ in loops]), 'i32', array.kind)};\n"

    def function(self):
        declarations = self.declarations()
        body = "".join(self.first(array) for array in self.arrays)
        body += "".join(self.statement() for _ in range(self.rng.randint(3, 9))) + self.output() + self.output()
        frees = "".join(f"  free({array.name});\n" for array in self.arrays if array.place == "malloc")
        return f"NOINLINE static void {self.name}(const int *x, unsigned char *y, int n, int depth) {{\n{declarations}{body}{frees}}}\n"


PROLOGUE = """#include "program.h"
#include <stddef.h>
#include <stdint.h>

void *memset(void *to, int value, size_t count);
void *memcpy(void *to, const void *from, size_t count);
void *memmove(void *to, const void *from, size_t count);
void *malloc(size_t count);
void free(void *block);

static _Alignas(64) unsigned char results[%d];
static int numbers[1024];
static volatile void *kept;
static long seen;

#ifdef __riscv
static _Alignas(64) unsigned char heap[1 << 20];
static size_t used;
NOINLINE void *malloc(size_t count) {
  void *block = heap + used;
  used += (count + 63) / 64 * 64;
  return block;
}
NOINLINE void free(void *block) { seen += block == 0; }
#endif

static inline int limited(double x) {
  return x > -1000 && x < 1000 ? (int)x : 7;
}

NOINLINE static void look(const void *at, long bytes) {
  const unsigned char *p = at;
  for (long i = 0; i < bytes; i += 37)
    seen = seen * 31 + (bytes & 1 ? p[i] : 1);
}

NOINLINE static void change(void *at, long count, int size) {
  if (size == 1)
    for (long i = 0; i < count; i++) ((unsigned char *)at)[i] ^= 5;
  if (size == 4)
    for (long i = 0; i < count; i++) ((int *)at)[i] = ((int *)at)[i] / 2 + 3;
}

static void (*volatile later)(const void *, long) = look;
NOINLINE static void look_later(const void *at, long bytes) {
  later(at, bytes);
}

typedef void Kernel(const int *, unsigned char *, int, int);
NOINLINE static void through(Kernel *f, const int *x, unsigned char *y, int n) {
  float room[9][40];
  for (int i = 0; i < 9; i++) for (int j = 0; j < 40; j++) room[i][j] = (float)(x[i * 40 + j] & 255);
  f(x, y, n, 0);
  float sum = 0;
  for (int i = 0; i < 9; i++) for (int j = 0; j < 40; j++) sum += room[i][j];
  seen += (long)sum;
}

static void show(int floating) {
  static const int bits[4] = {0, 16, 32, 64};
  uint64_t sum = (uint64_t)seen;
  for (unsigned i = 0; i < sizeof results; i += 8) {
    uint64_t word;
    __builtin_memcpy(&word, &results[i], 8);
    sum = (sum ^ same_nans(word, floating ? bits[i / 8192] : 0)) * 0x9e3779b97f4a7c15u;
    sum ^= sum >> 29;
  }
  emit((long)sum);
}

"""


def generate(seed, functions=5):
    """A C program, and further options for its compiler."""
    rng = random.Random(seed)
    text, names, calls = PROLOGUE % BUFFER, [], ""
    for number in range(functions):
        function = Function(rng, number, list(names))
        text += function.function() + "\n"
        # Functions share the buffer of results only with their like: a NaN's bits are open.
        names.append(function.name)
        calls += "".join(f"  {function.name}(numbers, results, {n}, {depth});\n  show(1);\n" for n, depth in ((3, 1), (rng.choice([0, 1, 2]), 0), (3, 2)))
    fill = "  uint32_t s = 5;\n  for (int i = 0; i < 1024; i++) { s = s * 1664525u + 1013904223u; numbers[i] = (int)(s >> 24) - 128; }\n"
    return text + f"int main(void) {{\n{fill}{calls}  return 0;\n}}\n", ["-fwrapv"]
