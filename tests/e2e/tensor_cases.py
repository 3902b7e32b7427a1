"""Contractions as plain loops in C, with operands and the expected result by NumPy: for tests and benchmarks."""
import numpy

from toolchain import Scalar

TYPES = {"s8": ("int8_t", numpy.int8), "u8": ("uint8_t", numpy.uint8), "f16": ("_Float16", numpy.float16),
         "bf16": ("__bf16", numpy.uint16), "f32": ("float", numpy.float32)}  # NumPy has no bfloat16: its bits


class Case:
    def __init__(self, name, source, inputs, expected, macs, small=True, scalars=(), accumulates=False):
        self.name, self.source, self.inputs, self.expected = name, "#include <stdint.h>\n" + source, inputs, expected
        self.macs, self.small, self.scalars, self.accumulates = macs, small, list(scalars), accumulates
        self.product = None  # convolutions: how many matrix products, of how many rows and columns
        self.remark = "on the tile unit"  # what the compiler says of it on the K1
        self.taken = False  # whether the scalar code beside it must not have run


def numbers(random, kind, shape):
    dtype = TYPES[kind][1]
    if kind == "bf16":
        return (random.standard_normal(shape).astype(numpy.float32).view(numpy.uint32) >> 16).astype(dtype)
    if numpy.issubdtype(dtype, numpy.integer):
        limits = numpy.iinfo(dtype)
        return random.integers(limits.min, limits.max + 1, shape).astype(dtype)
    return random.standard_normal(shape).astype(dtype)


def fused(total, x, y):
    """total + x * y in fp32, rounded once; the factors are numbers of fp32 in fp64, whose product is exact there."""
    wide, step = numpy.broadcast_arrays(total.astype(numpy.float64), x * y)
    total = wide + step
    # Rounding to 53 bits before 24 goes wrong only where the first ends halfway between two of fp32, and was not exact: there
    # the part that was lost decides.
    ties = (total.view(numpy.int64) & 0x1fffffff) == 0x10000000
    if ties.any():
        a, b, s = wide[ties], step[ties], total[ties]
        back = s - a
        lost = (a - (s - back)) + (b - back)
        total[ties] = numpy.where(lost != 0, numpy.nextafter(s, numpy.copysign(numpy.inf, lost)), s)
    return total.astype(numpy.float32)


def product(a, b, start):
    """start + a @ b over the last two axes: modulo 2^32, or in floating point one fused step after the other."""
    if start.dtype == numpy.int32:
        exact = numpy.rint(a.astype(numpy.float64) @ b.astype(numpy.float64)).astype(numpy.int64)
        return (exact + start).astype(numpy.int32)
    a, b = (x if x.dtype != numpy.uint16 else (x.astype(numpy.uint32) << 16).view(numpy.float32) for x in (a, b))
    total = start.astype(numpy.float32)
    a, b = a.astype(numpy.float64), b.astype(numpy.float64)
    for k in range(a.shape[-1]):
        total = fused(total, a[..., :, k:k + 1], b[..., k:k + 1, :])
    return total


def matmul(random, m, n, k, types=("s8", "s8"), layout="NN", start="zero", order="ijk", batch=0):
    """Sums begin with zero, with what was there ("old"), or, in the order ijk, with a number ("number"), one for each row or column ("row",
    "column") or another matrix ("matrix")."""
    result = "int32_t" if types[0] in ("s8", "u8") else "float"
    x = "a[i * K + k]" if layout[0] == "N" else "a[k * M + i]"
    y = "b[k * N + j]" if layout[1] == "N" else "b[j * K + k]"
    loops = {i: f"for (long {i} = 0; {i} < {i.upper().replace('I', 'M').replace('J', 'N')}; {i}++)" for i in "ijk"}
    term = f"({result}){x} * ({result}){y}"
    if order == "ijk":
        first = {"zero": "0", "number": "-3" if result == "int32_t" else "-3.5f", "old": "c[i * N + j]", "row": "d[i]", "column": "d[j]",
                 "matrix": "d[i * N + j]"}[start]
        body = f"""{loops['i']} {loops['j']} {{
    {result} sum = {first};
    {loops['k']} sum += {term};
    c[i * N + j] = sum;
  }}"""
    else:
        body = " ".join(loops[i] for i in order) + f" c[i * N + j] += {term};"
    line = order == "ijk" and {"row": "M", "column": "N", "matrix": "M * N"}.get(start)
    more = f", d += {line}" if line else ""
    outer = f"for (long q = 0; q < {batch}; q++, a += M * K, b += K * N, c += M * N{more})\n  " if batch else ""
    source = f"""enum {{ M = {m}, N = {n}, K = {k} }};
void kernel(const {TYPES[types[0]][0]} *restrict a, const {TYPES[types[1]][0]} *restrict b{f', const {result} *restrict d' if line else ''}, {result} *restrict c) {{
  {outer}{body}
}}
"""
    many = (batch,) if batch else ()
    a = numbers(random, types[0], many + ((m, k) if layout[0] == "N" else (k, m)))
    b = numbers(random, types[1], many + ((k, n) if layout[1] == "N" else (n, k)))
    dtype = numpy.int32 if result == "int32_t" else numpy.float32
    c = random.integers(-1000, 1000, many + (m, n)).astype(dtype)
    left = a if layout[0] == "N" else numpy.swapaxes(a, -1, -2)
    right = b if layout[1] == "N" else numpy.swapaxes(b, -1, -2)
    begin = {"zero": numpy.zeros_like(c), "number": numpy.full_like(c, -3.5)}.get(start, c) if order == "ijk" else c
    lines = []
    if line:
        lines = [random.integers(-1000, 1000, many + {"row": (m,), "column": (n,), "matrix": (m, n)}[start]).astype(dtype)]
        part = lines[0] if start == "matrix" else lines[0][..., :, None] if start == "row" else lines[0][..., None, :]
        begin = numpy.broadcast_to(part, c.shape)
    name = f"matmul {m}x{n}x{k} {types[0]}{types[1]} {layout} {start} {order}" + (f" batch {batch}" if batch else "")
    return Case(name, source, [a, b, *lines, c], product(left, right, begin), max(batch, 1) * m * n * k,
                small=m * n * k <= 64 ** 3, accumulates=start == "old" or order != "ijk")


def dynamic(random, m, n, k, kind="s8", layout="NN", order="ikj"):
    """Order ijk begins with zero, others add to what was there."""
    result = "int32_t" if kind in ("s8", "u8") else "float"
    x = "a[i * K + k]" if layout[0] == "N" else "a[k * M + i]"
    y = "b[k * N + j]" if layout[1] == "N" else "b[j * K + k]"
    loops = {i: f"for (long {i} = 0; {i} < {i.upper().replace('I', 'M').replace('J', 'N')}; {i}++)" for i in "ijk"}
    term = f"({result}){x} * ({result}){y}"
    if order == "ijk":
        body = f"{loops['i']} {loops['j']} {{ {result} sum = 0; {loops['k']} sum += {term}; c[i * N + j] = sum; }}"
    else:
        body = " ".join(loops[i] for i in order) + f" c[i * N + j] += {term};"
    source = f"""void kernel(const {TYPES[kind][0]} *a, const {TYPES[kind][0]} *b, {result} *c, long M, long N, long K) {{
  {body}
}}
"""
    a = numbers(random, kind, (m, k) if layout[0] == "N" else (k, m))
    b = numbers(random, kind, (k, n) if layout[1] == "N" else (n, k))
    c = random.integers(-1000, 1000, (m, n)).astype(numpy.int32 if result == "int32_t" else numpy.float32)
    expected = product(a if layout[0] == "N" else a.T, b if layout[1] == "N" else b.T,
                       numpy.zeros_like(c) if order == "ijk" else c)
    return Case(f"matmul of sizes known at run time {m}x{n}x{k} {kind} {layout} {order}", source, [a, b, c], expected,
                m * n * k, scalars=[Scalar("i64", m), Scalar("i64", n), Scalar("i64", k)], accumulates=order != "ijk")


def scaled(random, m, n, k, layout="NN", factors=(0.75, None), beta=None, known=True):
    """C = beta C + (factor A) (factor B) of fp32, as the BLAS have it: factors outside of the inner loop, int sizes and rows that lie
    apart. beta None: C is added to; 0: it is set to zero."""
    wide = numpy.float32
    pitches = [(k if layout[0] == "N" else m) + 3, (n if layout[1] == "N" else k) + 5, n + 1]
    names = dict(zip(("m", "n", "k", "lda", "ldb", "ldc"), (m, n, k, *pitches)))
    x = "a[i * lda + p]" if layout[0] == "N" else "a[p * lda + i]"
    y = "b[p * ldb + j]" if layout[1] == "N" else "b[j * ldb + p]"
    x, y = (term if factor is None else f"{factor}f * {term}" for term, factor in zip((x, y), factors))
    begin = {None: "", 0: "for (int j = 0; j < n; j++) c[i * ldc + j] = 0;"}.get(beta, f"for (int j = 0; j < n; j++) c[i * ldc + j] *= {beta}f;")
    sizes = f"enum {{ {', '.join(f'{name} = {value}' for name, value in names.items())} }};\n" if known else ""
    more = "" if known else "".join(f", int {name}" for name in names)
    source = f"""{sizes}void kernel(const float *restrict a, const float *restrict b, float *restrict c{more}) {{
  for (int i = 0; i < m; i++) {{
    {begin}
    for (int p = 0; p < k; p++) {{
      float scaled = {x};
      for (int j = 0; j < n; j++) c[i * ldc + j] += scaled * ({y});
    }}
  }}
}}
"""
    a = numbers(random, "f32", (m if layout[0] == "N" else k, pitches[0]))
    b = numbers(random, "f32", (k if layout[1] == "N" else n, pitches[1]))
    c = random.integers(-1000, 1000, (m, pitches[2])).astype(wide)
    left, right = (part * wide(1 if factor is None else factor) for part, factor in zip((a, b), factors))
    left = left[:, :k] if layout[0] == "N" else left[:, :m].T
    right = right[:, :n] if layout[1] == "N" else right[:, :k].T
    expected = c.copy()
    expected[:, :n] = product(left, right, c[:, :n] * wide(1 if beta is None else beta))
    return Case(f"scaled matmul {m}x{n}x{k} {layout} {factors} beta {beta}" + ("" if known else ", sizes known at run time"), source, [a, b, c],
                expected, m * n * k, scalars=[] if known else [Scalar("i64", value) for value in names.values()], accumulates=beta != 0)


def some_scaled(random, sizes):
    factors = [None if random.integers(2) else float(random.choice([0.75, -1, 1.1])) for _ in range(2)]
    beta = random.choice([None, 0, 1.2, -0.5])
    return scaled(random, *sizes, str(random.choice(["NN", "NT", "TN", "TT"])), factors, beta, bool(random.integers(2)))


def blended(random, m, n, k, kind="s8", layout="NN", own=True, known=True):
    """C = 2 A B + 4 C, or + 4 R, rows of C and R with gaps; the factors are exact in fp32."""
    result = "float" if kind == "f32" else "int32_t"
    names = {"m": m, "n": n, "k": k, "ldc": n + 3}
    x = "a[i * k + p]" if layout[0] == "N" else "a[p * m + i]"
    y = "b[p * n + j]" if layout[1] == "N" else "b[j * k + p]"
    sizes = f"enum {{ {', '.join(f'{name} = {value}' for name, value in names.items())} }};\n" if known else ""
    more = "" if known else "".join(f", long {name}" for name in names)
    source = f"""{sizes}void kernel(const {TYPES[kind][0]} *a, const {TYPES[kind][0]} *b, const {result} *r, {result} *c{more}) {{
  for (long i = 0; i < m; i++)
    for (long j = 0; j < n; j++) {{
      {result} sum = 0;
      for (long p = 0; p < k; p++) sum += ({result}){x} * {y};
      c[i * ldc + j] = 2 * sum + 4 * {"c" if own else "r"}[i * ldc + j];
    }}
}}
"""
    a = numbers(random, kind, (m, k) if layout[0] == "N" else (k, m))
    b = numbers(random, kind, (k, n) if layout[1] == "N" else (n, k))
    r, c = (random.integers(-1000, 1000, (m, n + 3)).astype(numpy.float32 if kind == "f32" else numpy.int32) for _ in range(2))
    sums = product(a if layout[0] == "N" else a.T, b if layout[1] == "N" else b.T, numpy.zeros((m, n), c.dtype))
    expected = c.copy()
    expected[:, :n] = 2 * sums + 4 * (c if own else r)[:, :n]
    case = Case(f"blended matmul {m}x{n}x{k} {kind} {layout} with {'C' if own else 'another'}" + ("" if known else ", sizes known at run time"),
                source, [a, b, r, c], expected, m * n * k, scalars=[] if known else [Scalar("i64", value) for value in names.values()])
    case.remark = "results of the sums by the vector unit"
    return case


REQUANTIZE = """static inline int8_t requantize(int32_t sum, int32_t multiplier, uint8_t shift) {
  int32_t y = (int32_t)(((int64_t)sum * multiplier + (1ll << (shift - 1))) >> shift);
  return y < -128 ? -128 : y > 127 ? 127 : y;
}
"""


DOUBLE_ROUNDING = """static inline int8_t scale(int32_t sum, int32_t multiplier, uint8_t shift) {
  int64_t product = (int64_t)sum * multiplier + (1ll << (shift - 1));
  if (shift > 31) product += sum >= 0 ? 1 << 30 : -(1 << 30);
  int32_t y = (int32_t)(product >> shift) + 5;
  return y < -128 ? -128 : y > 127 ? 127 : y;
}
"""


def windows(x, size, stride, dilation, oh, ow):
    """(oh, ow, ky, kx, c) views of x (h, w, c)."""
    return numpy.stack([numpy.stack([x[ky * dilation:ky * dilation + stride * (oh - 1) + 1:stride,
                                       kx * dilation:kx * dilation + stride * (ow - 1) + 1:stride]
                                     for kx in range(size)], 2) for ky in range(size)], 2)


def padded(source_type, zero, pad, by):
    """C for an image x[H][W][C] that is read at (y, x, c) of an image that has `pad` = (above, below, left, right) more pixels: what comes
    before the loops, the conditions of a row and of a product, the pixel. `by`: "copy", into a temporary, "guards" or "nested" guards."""
    above, below, left, right = pad
    if by != "copy":
        row = " && ".join(filter(None, [f"iy >= {above}" * (above > 0), f"iy < H + {above}" * (below > 0)])) or "1"
        pixel = " && ".join(filter(None, [f"ix >= {left}" * (left > 0), f"ix < W + {left}" * (right > 0)])) or "1"
        guards = (row, pixel) if by == "nested" else ("1", f"{row} && {pixel}")
        return "", *guards, f"x[iy - {above}][ix - {left}]"
    before = f"""  {source_type} p[H + {above + below}][W + {left + right}][C];
  for (int i = 0; i < H + {above + below}; i++) for (int j = 0; j < W + {left + right}; j++) for (int c = 0; c < C; c++) p[i][j][c] = {zero};
  for (int i = 0; i < H; i++) for (int j = 0; j < W; j++) for (int c = 0; c < C; c++) p[i + {above}][j + {left}][c] = x[i][j][c];
"""
    return before, "1", "1", "p[iy][ix]"


def convolution(random, h, w, c, n, size=1, stride=1, dilation=1, layout="hwio", kind="s8", narrow=False, pad=(0, 0, 0, 0), by="copy",
                bias=False):
    """Layouts of the weights for NHWC: hwio, ohwi; nchw: everything so. `narrow`: int8 results with bias and scale. NHWC may have padding.
    `bias`: floating sums begin with one."""
    bias = bias and kind != "s8"
    oh, ow = ((x - dilation * (size - 1) - 1) // stride + 1 for x in (h + pad[0] + pad[1], w + pad[2] + pad[3]))
    result = "int8_t" if narrow else "int32_t" if kind == "s8" else "float"
    sums = "int32_t" if kind == "s8" else "float"
    typed = TYPES[kind][0]
    pixel = {"y": f"oy * {stride} + ky * {dilation}", "x": f"ox * {stride} + kx * {dilation}"}
    if layout == "nchw":
        shapes = [("C", "H", "W"), ("N", "S", "S"), ("N", "OH", "OW")]
        read, write = f"x[c][{pixel['y']}][{pixel['x']}]", "y[n][oy][ox]"
        outer, inner = ("n", "oy", "ox"), ("c", "ky", "kx")
        weights_shape, weight = "[C][S][S]", "w[n][c][ky][kx]"
    else:
        shapes = [("H", "W", "C"), None, ("OH", "OW", "N")]
        read, write = f"x[{pixel['y']}][{pixel['x']}][c]", "y[oy][ox][n]"
        outer, inner = ("oy", "ox", "n"), ("ky", "kx", "c")
        weights_shape, weight = ("[S][C][N]", "w[ky][kx][c][n]") if layout == "hwio" else ("[S][S][C]", "w[n][ky][kx][c]")
    limits = {"n": "N", "oy": "OH", "ox": "OW", "c": "C", "ky": "S", "kx": "S"}
    nest = {i: f"for (int {i} = 0; {i} < {limits[i]}; {i}++)" for i in limits}
    before, element = "", f"({sums}){read}"
    if any(pad):
        before, in_rows, inside, place = padded(typed, 0, pad, by)
        element = f"({sums}){place}[c]"
        for name, guard in (("ky", in_rows), ("kx", inside)):
            nest[name] += f" if ({guard})"
        for text, by_text in (("iy", pixel["y"]), ("ix", pixel["x"])):
            element = element.replace(text, f"({by_text})")
            nest = {i: nest[i].replace(text, f"({by_text})") for i in nest}
    parameters = ", const int32_t *restrict bias, const int32_t *restrict multiplier, const uint8_t *restrict shift"
    value = "requantize(sum, multiplier[n], shift[n])" if narrow else "sum"
    source = f"""enum {{ H = {h}, W = {w}, C = {c}, N = {n}, S = {size}, OH = {oh}, OW = {ow} }};
{REQUANTIZE if narrow else ''}void kernel(const {typed} (*restrict x)[{shapes[0][1]}][{shapes[0][2]}], const {typed} (*restrict w){weights_shape}{parameters if narrow else ', const float *restrict bias' if bias else ''}, {result} (*restrict y)[{shapes[2][1]}][{shapes[2][2]}]) {{
{before}  {' '.join(nest[i] for i in outer)} {{
    {sums} sum = {'bias[n]' if narrow or bias else '0'};
    {' '.join(nest[i] for i in inner)} sum += {element} * ({sums}){weight};
    {write} = {value};
  }}
}}
"""
    x = numbers(random, kind, (h, w, c))
    weights = numbers(random, kind, (size, size, c, n))
    seen = windows(numpy.pad(x, (pad[:2], pad[2:], (0, 0))), size, stride, dilation, oh, ow)
    if layout == "nchw":
        left = seen.transpose(0, 1, 4, 2, 3).reshape(oh * ow, -1)
        right = weights.transpose(2, 0, 1, 3).reshape(-1, n)
    else:
        left, right = seen.reshape(oh * ow, -1), weights.reshape(-1, n)
    extra = [numpy.arange(n, dtype=numpy.float32) - 3] if bias else []
    begin = numpy.zeros((oh * ow, n), numpy.int32 if kind == "s8" else numpy.float32)
    total = product(left, right, numpy.broadcast_to(extra[0], begin.shape) if bias else begin)
    if narrow:
        total, extra = requantized(random, total, n)
    expected = total.reshape(oh, ow, n)
    if layout == "nchw":
        x, weights, expected = x.transpose(2, 0, 1), weights.transpose(3, 2, 0, 1), expected.transpose(2, 0, 1)
    elif layout == "ohwi":
        weights = weights.transpose(3, 0, 1, 2)
    expected = numpy.ascontiguousarray(expected)
    inputs = [numpy.ascontiguousarray(x), numpy.ascontiguousarray(weights), *extra, numpy.zeros_like(expected)]
    name = (f"convolution {h}x{w}x{c} to {n}, {size}x{size} stride {stride} dilation {dilation} {kind} {layout}"
            + (" narrowed" if narrow else " with bias" if bias else "") + (f" padding {pad} by {by}" if any(pad) else ""))
    case = Case(name, source, inputs, expected, oh * ow * n * size * size * c, small=oh * ow * n * size * size * c <= 64 ** 3)
    case.product = (1, oh * ow, n)
    return case


def convolution_over(random, sizes, c, n, size, stride=1, groups=1):
    """Over one, two or three dimensions, channels last, int8 with bias and scale; `groups`: of channels, each with its own
    weights."""
    outs, many = [(x - size) // stride + 1 for x in sizes], range(len(sizes))
    inside, outside = c // groups, n // groups
    def shape(numbers):
        return "".join(f"[{x}]" for x in numbers)
    pixels = " ".join(f"for (int o{i} = 0; o{i} < {outs[i]}; o{i}++)" for i in many)
    window = " ".join(f"for (int k{i} = 0; k{i} < {size}; k{i}++)" for i in many)
    group, row, column = ("g * N + ", "g * C + ", f"for (int g = 0; g < {groups}; g++) ") if groups > 1 else ("", "", "")
    source = f"""enum {{ C = {inside}, N = {outside} }};
{REQUANTIZE}void kernel(const int8_t (*restrict x){shape([*sizes[1:], c])}, const int8_t (*restrict w){shape([size] * len(sizes) + [inside])}, const int32_t *restrict bias, const int32_t *restrict multiplier, const uint8_t *restrict shift, int8_t (*restrict y){shape([*outs[1:], n])}) {{
  {pixels} {column}for (int n = 0; n < N; n++) {{
    int32_t sum = bias[{group}n];
    {window} for (int c = 0; c < C; c++)
      sum += (int32_t)x{"".join(f"[o{i} * {stride} + k{i}]" for i in many)}[{row}c] * w[{group}n]{"".join(f"[k{i}]" for i in many)}[c];
    y{"".join(f"[o{i}]" for i in many)}[{group}n] = requantize(sum, multiplier[{group}n], shift[{group}n]);
  }}
}}
"""
    x, weights = numbers(random, "s8", (*sizes, c)), numbers(random, "s8", (n,) + (size,) * len(sizes) + (inside,))
    total = numpy.zeros((*outs, n), numpy.int32)
    for k in numpy.ndindex(*(size,) * len(sizes)):
        seen = x[tuple(slice(k[i], k[i] + stride * (outs[i] - 1) + 1, stride) for i in many)]
        for g in range(groups):
            part = slice(g * outside, (g + 1) * outside)
            total[..., part] = product(seen[..., g * inside:(g + 1) * inside].reshape(-1, inside),
                                       weights[(part, *k)].T, total[..., part].reshape(-1, outside)).reshape(*outs, -1)
    total, extra = requantized(random, total, n)
    macs = total.size * inside * size ** len(sizes)
    name = f"convolution {'x'.join(map(str, sizes))}x{c} to {n}, {size} in {len(sizes)} dimensions stride {stride}, {groups} groups"
    case = Case(name, source, [x, weights, *extra, numpy.zeros_like(total)], total, macs, small=macs <= 64 ** 3)
    case.product = (groups, total.size // n, outside)
    return case


def quantized(random, m, n, k, zeros, layout="NT", narrow=True, kinds=("s8", "s8")):
    """A product of (a - zeros[0]) and (b - zeros[1]); a zero point that is None is a parameter of the function. The sums go
    through a temporary array and TOSA's scaling with double rounding, when `narrow`."""
    x = "a[i * K + k]" if layout[0] == "N" else "a[k * M + i]"
    y = "b[k * N + j]" if layout[1] == "N" else "b[j * K + k]"
    values = [int(random.integers(-100, 100)) if zero is None else zero for zero in zeros]
    minus = [f"- {'za' if zero is None else zero}" if zero != 0 else "" for zero in zeros]
    parameters = ", const int32_t *restrict bias, const int32_t *restrict multiplier, const uint8_t *restrict shift"
    source = f"""{DOUBLE_ROUNDING}enum {{ M = {m}, N = {n}, K = {k} }};
void kernel(const {TYPES[kinds[0]][0]} *restrict a, const {TYPES[kinds[1]][0]} *restrict b{parameters if narrow else ''}, {'int8_t' if narrow else 'int32_t'} *restrict c{', int za' if None in zeros else ''}) {{
  {'int32_t sums[M * N];' if narrow else 'int32_t *sums = c;'}
  for (int i = 0; i < M; i++) for (int j = 0; j < N; j++) sums[i * N + j] = {'bias[j]' if narrow else 0};
  for (int i = 0; i < M; i++) for (int j = 0; j < N; j++) for (int k = 0; k < K; k++)
    sums[i * N + j] += ({x} {minus[0]}) * ({y} {minus[1]});
  {'for (int i = 0; i < M; i++) for (int j = 0; j < N; j++) c[i * N + j] = scale(sums[i * N + j], multiplier[j], shift[j]);' if narrow else ''}
}}
"""
    a = numbers(random, kinds[0], (m, k) if layout[0] == "N" else (k, m))
    b = numbers(random, kinds[1], (k, n) if layout[1] == "N" else (n, k))
    left = (a if layout[0] == "N" else a.T).astype(numpy.int64) - values[0]
    right = (b if layout[1] == "N" else b.T).astype(numpy.int64) - values[1]
    total, extra = (left @ right).astype(numpy.int32), []
    if narrow:
        bias = random.integers(-1 << 16, 1 << 16, n).astype(numpy.int32)
        multiplier = random.integers(1 << 30, 2 ** 31 - 1, n).astype(numpy.int32)
        shift = random.integers(24, 44, n).astype(numpy.uint8)
        wide = shift.astype(numpy.int64)
        value = (total + bias).astype(numpy.int32).astype(numpy.int64)
        nudge = numpy.where(wide > 31, numpy.where(value >= 0, 1 << 30, -(1 << 30)), 0)
        total = ((value * multiplier + (1 << (wide - 1)) + nudge) >> wide).astype(numpy.int32)
        total = numpy.clip(total.astype(numpy.int64) + 5, -128, 127).astype(numpy.int8)
        extra = [bias, multiplier, shift]
    scalars = [Scalar("i32", values[zeros.index(None)])] if None in zeros else []
    name = f"quantized {m}x{n}x{k} {kinds[0]}{kinds[1]} zero points {zeros[0]} {zeros[1]} {layout}" + (" narrowed" if narrow else "")
    return Case(name, source, [a, b, *extra, numpy.zeros_like(total)], total, m * n * k, small=m * n * k <= 64 ** 3,
                scalars=scalars)


def requantized(random, total, channels):
    """total with bias, multiplier and shift for each of its last axis' channels, and these."""
    bias = random.integers(-1 << 16, 1 << 16, channels).astype(numpy.int32)
    multiplier = random.integers(1 << 30, 2 ** 31 - 1, channels).astype(numpy.int32)
    shift = random.integers(38, 44, channels).astype(numpy.uint8)
    wide = shift.astype(numpy.int64)
    total = ((total.astype(numpy.int64) + bias) * multiplier + (1 << (wide - 1))) >> wide
    return numpy.clip(total, -128, 127).astype(numpy.int8), [bias, multiplier, shift]


def depthwise(random, h, w, c, size=3, stride=1, kinds=("s8", "s8"), narrow=False, zero=0, pad=(0, 0, 0, 0), by="copy"):
    """NHWC, weights (size, size, c), the image with a zero point and padding. `narrow`: int8 results with bias and scale."""
    oh, ow = ((x - size) // stride + 1 for x in (h + pad[0] + pad[1], w + pad[2] + pad[3]))
    before, in_rows, inside, pixel = padded(TYPES[kinds[0]][0], zero, pad, by) if any(pad) else ("", "1", "1", "x[iy][ix]")
    parameters = ", const int32_t *restrict bias, const int32_t *restrict multiplier, const uint8_t *restrict shift"
    source = f"""enum {{ H = {h}, W = {w}, C = {c}, S = {size}, OH = {oh}, OW = {ow} }};
{REQUANTIZE if narrow else ''}void kernel(const {TYPES[kinds[0]][0]} (*restrict x)[W][C], const {TYPES[kinds[1]][0]} (*restrict w)[S][C]{parameters if narrow else ''}, {'int8_t' if narrow else 'int32_t'} (*restrict y)[OW][C]) {{
{before}  for (int oy = 0; oy < OH; oy++) for (int ox = 0; ox < OW; ox++) for (int c = 0; c < C; c++) {{
    int32_t sum = {'bias[c]' if narrow else '0'};
    for (int ky = 0; ky < S; ky++) if ({in_rows.replace("iy", f"oy * {stride} + ky")}) for (int kx = 0; kx < S; kx++) {{
      int iy = oy * {stride} + ky, ix = ox * {stride} + kx;
      if ({inside}) sum += ((int32_t){pixel}[c] - {zero}) * w[ky][kx][c];
    }}
    y[oy][ox][c] = {'requantize(sum, multiplier[c], shift[c])' if narrow else 'sum'};
  }}
}}
"""
    x, weights = numbers(random, kinds[0], (h, w, c)), numbers(random, kinds[1], (size, size, c))
    image = numpy.pad(x, (pad[:2], pad[2:], (0, 0)), constant_values=zero)
    total = ((windows(image, size, stride, 1, oh, ow).astype(numpy.int32) - zero) * weights.astype(numpy.int32)).sum((2, 3), dtype=numpy.int32)
    extra = []
    if narrow:
        total, extra = requantized(random, total, c)
    name = (f"depthwise {h}x{w}x{c}, {size}x{size} stride {stride} zero point {zero} {kinds[0]}{kinds[1]}" + (" narrowed" if narrow else "")
            + (f" padding {pad} by {by}" if any(pad) else ""))
    return Case(name, source, [x, weights, *extra, numpy.zeros_like(total)], total, oh * ow * c * size * size,
                small=oh * ow * c * size * size <= 64 ** 3)


INFINITE = {"f16": numpy.inf, "bf16": 0x7f80}


def matvec(random, n, k, kinds=("s8", "s8"), layout="rows", start="zero", known=True, apart=0):
    """A matrix of n rows (or columns) of k, `apart` elements beyond which the next begins, times a vector. The sums begin with zero,
    with a number ("number"), with what was there ("old") or with a bias, or are narrowed as `requantized` does ("narrow")."""
    result = "int32_t" if kinds[0] in ("s8", "u8") else "float"
    pitch = (k if layout == "rows" else n) + apart
    place = "i * P + j" if layout == "rows" else "j * P + i"
    extra = {"bias": [f"const {result} *restrict bias"],
             "narrow": ["const int32_t *restrict bias", "const int32_t *restrict multiplier", "const uint8_t *restrict shift"]}
    parameters = [f"const {TYPES[kinds[0]][0]} *restrict a", f"const {TYPES[kinds[1]][0]} *restrict x", *extra.get(start, []),
                  f"{'int8_t' if start == 'narrow' else result} *restrict y"]
    sizes = {"N": n, "K": k, "P": pitch}
    constants = f"enum {{ {', '.join(f'{name} = {size}' for name, size in sizes.items())} }};\n" if known else ""
    parameters += [] if known else [f"long {name}" for name in sizes]
    number = "-3" if result == "int32_t" else "-3.5f"
    first = {"number": number, "old": "y[i]", "bias": "bias[i]", "narrow": "bias[i]"}.get(start, "0")
    last = "requantize(sum, multiplier[i], shift[i])" if start == "narrow" else "sum"
    source = f"""{constants}{REQUANTIZE if start == 'narrow' else ''}void kernel({', '.join(parameters)}) {{
  for (long i = 0; i < N; i++) {{
    {result} sum = {first};
    for (long j = 0; j < K; j++) sum += ({result})a[{place}] * ({result})x[j];
    y[i] = {last};
  }}
}}
"""
    a = numbers(random, kinds[0], (n, pitch) if layout == "rows" else (k, pitch))
    x, zero = numbers(random, kinds[1], (k, 1)), numpy.zeros((n, 1), numpy.int32 if result == "int32_t" else numpy.float32)
    x[random.random(k) < 0.1] = 0
    if layout == "rows" and kinds[0] in INFINITE:  # what stands behind a row of halves may not meet the zero behind the vector
        x[0], a[::5, 0] = numbers(random, kinds[1], 1), INFINITE[kinds[0]]
    used = a[:, :k] if layout == "rows" else numpy.ascontiguousarray(a[:, :n].T)
    before, parameters = zero[:, 0].copy(), []
    if start == "old":
        before = random.integers(-1000, 1000, n).astype(zero.dtype)
        before[::7] = -zero[::7, 0]
    if start == "bias":
        parameters = [random.integers(-1 << 16, 1 << 16, n).astype(zero.dtype)]
    begin = numpy.full_like(before, -3.5) if start == "number" else parameters[0] if parameters else before
    total = product(used, x, begin[:, None])[:, 0]
    if start == "narrow":
        total, parameters = requantized(random, total, n)
        before = numpy.zeros_like(total)
    name = f"matrix times vector {n}x{k} {kinds[0]}{kinds[1]} {layout} {start}"
    name += ("" if known else " of sizes known at run time") + (f" {apart} apart" if apart else "")
    return Case(name, source, [a, x[:, 0].copy(), *parameters, before], total, n * k,
                scalars=[] if known else [Scalar("i64", size) for size in sizes.values()], accumulates=start == "old")


def some_matvec(random):
    kind = str(random.choice(["s8", "s8", "u8", "f16", "bf16", "f32", "f32"]))
    byte = kind in ("s8", "u8")
    other = str(random.choice(["s8", "u8"])) if byte else kind
    n, k = int(random.integers(1, 400)), int(random.integers(1, 800))
    n, k = (n, k) if n * k >= 4096 else (n + 64, k + 64)
    layout = str(random.choice(["rows", "rows", "columns"]))
    start = str(random.choice(["zero", "number", "old", "bias", "narrow"] if byte else ["zero", "number", "old", "bias"]))
    apart = int(random.choice([0, 0, 1, 7, 32]))
    return matvec(random, n, k, (kind, other), layout, start, bool(random.integers(2)), apart)


def all_cases(random):
    """What tests/e2e/tensor_test.py goes through."""
    eights = [("s8", "s8"), ("s8", "u8"), ("u8", "s8"), ("u8", "u8")]
    for types in [*eights, ("f16", "f16"), ("bf16", "bf16"), ("f32", "f32")]:
        for layout in ("NN", "NT", "TN", "TT"):
            yield matmul(random, 37, 70, 45, types, layout)
            yield matmul(random, 64, 64, 64, types, layout, start="old")
    for order in ("ikj", "jik", "jki", "kij", "kji"):
        yield matmul(random, 40, 50, 60, order=order)
    for sizes in ((1, 64, 256), (64, 1, 256), (17, 17, 17), (200, 65, 33), (33, 300, 100), (96, 130, 1030)):
        yield matmul(random, *sizes)
    yield matmul(random, 20, 40, 3000)
    yield matmul(random, 40, 70, 1500, ("f32", "f32"))
    yield matmul(random, 300, 40, 1100, ("f32", "f32"), start="old")
    yield matmul(random, 170, 70, 2202, ("f16", "f16"))
    yield matmul(random, 24, 24, 24, batch=5)
    yield matmul(random, 24, 40, 31, ("f16", "f16"), batch=3)
    for types, layout in ((("s8", "s8"), "NN"), (("f32", "f32"), "NT"), (("f16", "f16"), "TN")):
        yield matmul(random, 37, 70, 45, types, layout, start="matrix")
        yield matmul(random, 150, 140, 70, types, layout, start="matrix")
        yield matmul(random, 24, 40, 31, types, layout, start="matrix", batch=3)
    yield dynamic(random, 50, 70, 90)
    yield scaled(random, 50, 70, 90, "TN", (0.75, -1.5), 1.2, known=False)
    yield scaled(random, 33, 65, 900, beta=0.5)
    yield scaled(random, 48, 64, 100, "NT", (None, 0.1))
    yield dynamic(random, 100, 33, 600)
    for kind, layout in (("s8", "NN"), ("s8", "TN"), ("f32", "NT")):
        for own in (True, False):
            for known in (True, False):
                yield blended(random, 37, 70, 45, kind, layout, own, known)
                yield blended(random, 150, 20, 70, kind, layout, own, known)
    for sizes in ((50, 70, 90), (300, 33, 17), (31, 129, 515), (70, 64, 512), (1, 130, 200), (161, 200, 1023)):
        for layout in ("NN", "NT", "TN"):
            yield dynamic(random, *sizes, layout=layout, order="ijk")
        yield dynamic(random, *sizes, kind="f16", order="ijk")
        yield dynamic(random, *sizes, kind="f32", layout="NT", order="ijk")
    for kind in ("s8", "f16", "bf16", "f32"):
        for layout in ("rows", "columns"):
            for known in (True, False):
                yield matvec(random, 256, 384, (kind, kind), layout, known=known)
                yield matvec(random, 77, 131, (kind, kind), layout, "old", known, apart=3)
    for start in ("bias", "narrow"):
        for known in (True, False):
            yield matvec(random, 150, 200, ("u8", "s8"), "rows", start, known)
    # Rows that do not begin with a beat, and end within a word.
    for kind in ("s8", "f16", "bf16", "f32"):
        for k in (181, 183, 210):
            for known in (True, False):
                yield matvec(random, 200, k, (kind, kind), known=known)
        yield matvec(random, 150, 85, (kind, kind), start="old", known=kind != "s8")
    yield matvec(random, 200, 181, start="narrow", known=False)
    yield matvec(random, 195, 362, start="bias")
    # More of the vector than the scratchpad has room for.
    yield matvec(random, 6, 13000, known=False)
    yield matvec(random, 5, 13001, ("f16", "f16"), known=False)
    yield matvec(random, 20, 6000, ("f32", "f32"), "columns", "old", known=False)
    for layout in ("hwio", "ohwi", "nchw"):
        yield convolution(random, 14, 14, 16, 32, 3, layout=layout)
        yield convolution(random, 15, 13, 5, 33, 3, 2, layout=layout)
        yield convolution(random, 12, 12, 8, 20, 3, dilation=2, layout=layout)
        yield convolution(random, 12, 12, 7, 20, 3, layout=layout, kind="f16")
        yield convolution(random, 9, 30, 12, 70, 3, layout=layout, narrow=True)
        yield convolution(random, 7, 7, 40, 40, layout=layout, narrow=True)
        for case in (convolution(random, 9, 9, 128, 80, 3, layout=layout, narrow=True),
                     convolution(random, 15, 15, 64, 40, 3, 2, layout=layout, narrow=True)):
            case.remark = "a window over the image" if layout != "nchw" else case.remark
            yield case
    for case in (convolution(random, 30, 30, 20, 40, layout="ohwi", narrow=True),
                 convolution(random, 61, 59, 30, 17, layout="ohwi", narrow=True),
                 convolution(random, 20, 41, 16, 144, layout="ohwi"),
                 convolution(random, 29, 33, 3, 24, 3, 2, layout="ohwi", narrow=True),
                 convolution(random, 45, 33, 3, 24, 3, 2, layout="hwio", narrow=True),
                 matmul(random, 2500, 40, 21, layout="NN"),
                 convolution(random, 60, 61, 64, 70, layout="hwio", narrow=True), matmul(random, 1300, 33, 30, ("bf16", "bf16"), "NN"),
                 matmul(random, 1500, 100, 20, ("f32", "f32"), "NN"),
                 convolution(random, 20, 50, 3, 40, 3, layout="ohwi"),
                 convolution(random, 21, 67, 2, 40, 4, layout="ohwi", kind="f16"),
                 matmul(random, 1400, 144, 127, layout="NT"), matmul(random, 2600, 40, 19, ("f32", "f32"), "NT"),
                 quantized(random, 2700, 40, 41, (-3, 0), "NT")):
        case.remark = "bands of"
        yield case
    for case in (matmul(random, 412, 144, 127, layout="NT"), matmul(random, 65, 33, 131, ("u8", "s8"), "TN"),
                 matmul(random, 40, 70, 67, ("f16", "f16"), "TT"), matmul(random, 300, 24, 19, ("f32", "f32"), "NT"),
                 matmul(random, 20, 30, 50, ("bf16", "bf16"), batch=5), quantized(random, 621, 40, 41, (-3, 0), "NT"),
                 matmul(random, 90, 75, 33, ("f32", "f32"), start="old"), matmul(random, 100, 130, 70, ("s8", "u8"), "TT", "old", "ikj"),
                 matmul(random, 33, 17, 40, ("bf16", "bf16"), "NT", "old", batch=5), matmul(random, 70, 33, 20, batch=14),
                 # Operands that are one run of memory, and are used as they lie.
                 matmul(random, 17, 17, 17), matmul(random, 63, 64, 30, ("u8", "s8"), "NT"), matmul(random, 16, 31, 19, batch=5),
                 matmul(random, 20, 31, 31, ("f16", "f16")), matmul(random, 17, 33, 9, ("f32", "f32"), "TN", batch=3),
                 convolution(random, 25, 23, 30, 17, layout="ohwi", narrow=True)):
        case.remark = "written out"
        yield case
    # Columns that lie some elements apart, as pixels do: there are bias numbers for less than the last block.
    yield convolution(random, 9, 48, 4, 72, layout="ohwi", kind="f32", bias=True)
    yield convolution_over(random, (200,), 24, 40, 5)
    yield convolution_over(random, (6, 9, 11), 16, 24, 3)
    yield convolution_over(random, (9, 7, 8), 5, 20, 2, 2)
    yield convolution_over(random, (12, 13), 48, 60, 3, groups=3)
    yield convolution_over(random, (9, 14), 32, 32, 3, 2, groups=8)
    yield convolution_over(random, (15, 15), 40, 80, 1, groups=2)
    for layout in ("NN", "NT", "TN", "TT"):
        yield quantized(random, 40, 70, 45, (-3, 0), layout)
        yield quantized(random, 33, 50, 64, (None, 0), layout)
        yield quantized(random, 50, 33, 30, (0, 7), layout, narrow=False)
        yield quantized(random, 50, 33, 30, (0, None), layout, narrow=False, kinds=("u8", "s8"))
        yield quantized(random, 50, 40, 61, (128, 0), layout, kinds=("u8", "s8"))
    for kinds in eights:
        yield depthwise(random, 10, 12, 32, kinds=kinds)
    yield depthwise(random, 20, 21, 48, narrow=True)
    yield depthwise(random, 9, 9, 80, narrow=True)
    yield depthwise(random, 17, 35, 36, stride=2, narrow=True)
    yield depthwise(random, 30, 30, 100, stride=2)
    yield depthwise(random, 9, 40, 16, zero=-5, narrow=True)
    # Rows of a window written out, of which some go through the scratchpad if they are worth it.
    case = depthwise(random, 14, 14, 19, 7, 2, ("u8", "u8"), narrow=True)
    case.remark = "no contraction"
    yield case
    # Rows of taps that are several times three, or fewer.
    for case in (depthwise(random, 20, 21, 48, 5, narrow=True), depthwise(random, 13, 30, 64, 7, zero=4, pad=(3, 3, 3, 3), by="guards"),
                 depthwise(random, 20, 17, 32, 4, 2, narrow=True), depthwise(random, 9, 40, 36, 2, kinds=("u8", "s8"))):
        case.remark = "depthwise products"
        yield case
    # Tiles whose rows come in pieces: of channels, of pixels, of rows.
    yield depthwise(random, 9, 9, 320, narrow=True)
    yield depthwise(random, 30, 30, 192, narrow=True, pad=(1, 1, 1, 1), by="guards")
    yield depthwise(random, 16, 16, 64, narrow=True, pad=(1, 1, 0, 2), by="guards")
    for by in ("copy", "guards", "nested"):
        yield convolution(random, 14, 14, 32, 32, 3, layout="ohwi", narrow=True, pad=(1, 1, 1, 1), by=by)
        yield convolution(random, 15, 12, 16, 40, 3, 2, layout="ohwi", pad=(0, 1, 1, 0), by=by)
        yield depthwise(random, 14, 14, 32, zero=3, narrow=True, pad=(1, 1, 1, 1), by=by)
        yield depthwise(random, 28, 28, 48, stride=2, pad=(0, 1, 0, 1), by=by)
        yield depthwise(random, 7, 7, 64, pad=(1, 1, 1, 1), by=by)
    for _ in range(30):
        m, n, k = (int(x) for x in random.integers(1, 150, 3))
        if m * n * k < 1 << 13:
            continue
        yield matmul(random, m, n, k, [*eights, ("f16", "f16"), ("f32", "f32")][random.integers(6)],
                     ("NN", "NT", "TN", "TT")[random.integers(4)], ("zero", "old")[random.integers(2)])
