"""What is no contraction, as plain loops in C with operands and the expected results by NumPy: for tests and benchmarks.

A case is made for about so many bytes of its largest operand. With `known` its sizes are constants of the source, else
arguments. `moved` are the bytes that have to come from memory or go there at least."""
import numpy

from toolchain import Scalar

HEAD = """#include <stdint.h>
#define LEAST(x, y) ((x) < (y) ? (x) : (y))
#define LARGEST(x, y) ((x) > (y) ? (x) : (y))
"""
C_TYPES = {"int8": "int8_t", "uint8": "uint8_t", "int16": "int16_t", "int32": "int32_t", "int64": "int64_t",
           "float16": "_Float16", "float32": "float", "float64": "double"}


class Case:
    """`inputs` are read, `results` are pairs of contents before and after; `sizes` are named in the source's order."""

    def __init__(self, name, body, inputs, results, sizes, known, before=""):
        kinds = [f"const {C_TYPES[str(x.dtype)]} *restrict {name}" for name, x in inputs.items()]
        kinds += [f"{C_TYPES[str(x.dtype)]} *restrict {name}" for name, (x, _) in results.items()]
        if known:
            constants = "".join(f"#define {name} {value}L\n" for name, value in sizes.items())
        else:
            constants = ""
            kinds += [f"long {name}" for name in sizes]
        self.name = name + ("" if known else " run-time sizes")
        self.source = f"{HEAD}{constants}{before}void kernel({', '.join(kinds)}) {{\n{body}\n}}\n"
        self.inputs, self.results = list(inputs.values()), list(results.values())
        self.scalars = [] if known else [Scalar("i64", value) for value in sizes.values()]
        self.moved = sum(x.nbytes for x in self.inputs)
        # What is not blank before is read, too.
        self.moved += sum(x.nbytes * (2 if x.any() else 1) for x, _ in self.results)


def floats(random, *shape, dtype="float32"):
    return random.standard_normal(shape).astype(dtype)


def integers(random, dtype, *shape, low=None, high=None):
    limits = numpy.iinfo(dtype)
    return random.integers(limits.min if low is None else low, limits.max + 1 if high is None else high, shape).astype(dtype)


def side(size, itemsize, multiple=1):
    """The side of a square of so many bytes, rounded down."""
    return max(int((size / itemsize) ** 0.5) // multiple, 1) * multiple


def blank(expected):
    return numpy.zeros_like(expected), expected


# --- elementwise ------------------------------------------------------------------------------------------


def relu(random, size, known):
    x = floats(random, size // 4)
    return Case("relu f32", "  for (long i = 0; i < N; i++) y[i] = x[i] < 0 ? 0 : x[i];", {"x": x},
                {"y": blank(numpy.where(x < 0, numpy.float32(0), x))}, {"N": x.size}, known)


def relu_narrow(random, size, known):
    x = integers(random, "int8", size)
    return Case("relu s8", "  for (long i = 0; i < N; i++) y[i] = LARGEST(x[i], 0);", {"x": x},
                {"y": blank(numpy.maximum(x, 0).astype(numpy.int8))}, {"N": x.size}, known)


def residual(random, size, known):
    x, y = floats(random, size // 4), floats(random, size // 4)
    return Case("residual add f32", "  for (long i = 0; i < N; i++) y[i] += x[i];", {"x": x}, {"y": (y, x + y)}, {"N": x.size},
                known)


def scaled(value, multiplier, shift):
    return (value.astype(numpy.int64) * multiplier + (1 << (shift - 1))) >> shift


def residual_narrow(random, size, known):
    x, y = integers(random, "int8", size), integers(random, "int8", size)
    total = scaled(x.astype(numpy.int64) + 3 << 12, 1340700913, 31) + scaled(y.astype(numpy.int64) - 5 << 12, 1711276032, 31)
    expected = numpy.clip(scaled(total, 1073741824, 42) + 7, -128, 127).astype(numpy.int8)
    return Case("residual add s8, rescaled", """  for (long i = 0; i < N; i++) {
    int32_t a = ((int64_t)((x[i] + 3) << 12) * 1340700913 + (1L << 30)) >> 31;
    int32_t b = ((int64_t)((y[i] - 5) << 12) * 1711276032 + (1L << 30)) >> 31;
    int32_t sum = (int32_t)(((int64_t)(a + b) * 1073741824 + (1L << 41)) >> 42) + 7;
    z[i] = LEAST(LARGEST(sum, -128), 127);
  }""", {"x": x, "y": y}, {"z": blank(expected)}, {"N": x.size}, known)


def bias(random, size, known):
    n = side(size, 4)
    x, b = floats(random, n, n), floats(random, n)
    return Case("bias f32", "  for (long i = 0; i < M; i++)\n    for (long j = 0; j < N; j++) y[i * N + j] = x[i * N + j] + b[j];",
                {"x": x, "b": b}, {"y": blank(x + b)}, {"M": n, "N": n}, known)


def subtract_max(random, size, known):
    n = side(size, 4)
    x = floats(random, n, n)
    return Case("subtract largest of row f32", """  for (long i = 0; i < M; i++) {
    float most = x[i * N];
    for (long j = 1; j < N; j++) most = x[i * N + j] > most ? x[i * N + j] : most;
    for (long j = 0; j < N; j++) y[i * N + j] = x[i * N + j] - most;
  }""", {"x": x}, {"y": blank(x - x.max(axis=1, keepdims=True))}, {"M": n, "N": n}, known)


def requantize(random, size, known):
    x = integers(random, "int32", size // 4, low=-(1 << 20), high=1 << 20)
    expected = numpy.clip(scaled(x, 1518500250, 44) - 3, -128, 127).astype(numpy.int8)
    return Case("requantize s32 to s8", """  for (long i = 0; i < N; i++) {
    int32_t v = (int32_t)(((int64_t)x[i] * 1518500250 + (1L << 43)) >> 44) - 3;
    y[i] = LEAST(LARGEST(v, -128), 127);
  }""", {"x": x}, {"y": blank(expected)}, {"N": x.size}, known)


def requantize_channels(random, size, known):
    channels = 64
    x = integers(random, "int32", size // 4 // channels, channels, low=-(1 << 20), high=1 << 20)
    multipliers = integers(random, "int32", channels, low=1 << 30, high=(1 << 31) - 1)
    shifts = integers(random, "int32", channels, low=42, high=46)
    wide = (x.astype(numpy.int64) * multipliers + (numpy.int64(1) << (shifts.astype(numpy.int64) - 1))) >> shifts
    return Case("requantize s32 to s8 by channel", """  for (long i = 0; i < M; i++)
    for (long j = 0; j < N; j++) {
      int32_t v = (int32_t)(((int64_t)x[i * N + j] * m[j] + (1L << (s[j] - 1))) >> s[j]);
      y[i * N + j] = LEAST(LARGEST(v, -128), 127);
    }""", {"x": x, "m": multipliers, "s": shifts}, {"y": blank(numpy.clip(wide, -128, 127).astype(numpy.int8))},
                {"M": x.shape[0], "N": channels}, known)


def dequantize(random, size, known):
    x = integers(random, "int8", size)
    return Case("dequantize s8 to f32", "  for (long i = 0; i < N; i++) y[i] = (float)(x[i] - 5) * 0.0625f;", {"x": x},
                {"y": blank((x.astype(numpy.float32) - 5) * numpy.float32(0.0625))}, {"N": x.size}, known)


def look_up(random, size, known):
    x, table = integers(random, "uint8", size), integers(random, "int8", 256)
    return Case("table look-up s8", "  for (long i = 0; i < N; i++) y[i] = table[x[i]];", {"x": x, "table": table},
                {"y": blank(table[x])}, {"N": x.size}, known)


def embedding(random, size, known):
    width = 64
    rows = size // 4 // width
    table, index = floats(random, 256, width), integers(random, "int32", rows, low=0, high=256)
    case = Case("embedding rows f32", """  for (long i = 0; i < M; i++)
    for (long j = 0; j < N; j++) y[i * N + j] = table[(long)x[i] * N + j];""", {"x": index, "table": table},
                {"y": blank(table[index])}, {"M": rows, "N": width}, known)
    return case


def collapsed(random, size, known):
    width = 60
    rows = size // 4 // width
    x, b = floats(random, rows, width), floats(random, width)
    return Case("bias f32 by remainder", "  for (long i = 0; i < M * N; i++) y[i] = x[i] + b[i % N];",
                {"x": x, "b": b}, {"y": blank(x + b)}, {"M": rows, "N": width}, known)


def collapsed_short(random, size, known):
    """Rows too short for lanes, in 32 bits, by remainder and by quotient."""
    width = 5
    rows = size // 4 // width
    x, b, c = floats(random, rows, width), floats(random, width), floats(random, rows)
    return Case("short rows by remainder f32", """  int rows = M, columns = N;
  for (int i = 0; i < rows * columns; i++) y[i] = x[i] + b[i % columns];
  for (int i = 0; i < rows * columns; i++) z[i] = x[i] * c[i / columns];""",
                {"x": x, "b": b, "c": c}, {"y": blank(x + b), "z": blank(x * c[:, None])}, {"M": rows, "N": width}, known)


def copied(random, size, known):
    x = floats(random, size // 4)
    y = numpy.concatenate([x, numpy.zeros_like(x)])
    return Case("copy and clear f32",
                "  for (long i = 0; i < N; i++) y[i] = x[i];\n  for (long i = 0; i < N; i++) y[N + i] = 0;", {"x": x},
                {"y": blank(y)}, {"N": x.size}, known)


# --- reductions -------------------------------------------------------------------------------------------


def row_sums(random, size, known):
    n = side(size, 4)
    x = integers(random, "int32", n, n)
    return Case("row sums s32", """  for (long i = 0; i < M; i++) {
    int32_t sum = 0;
    for (long j = 0; j < N; j++) sum += x[i * N + j];
    y[i] = sum;
  }""", {"x": x}, {"y": blank(x.sum(axis=1, dtype=numpy.int32))}, {"M": n, "N": n}, known)


def row_sums_ordered(random, size, known):
    n = side(size, 4)
    x = floats(random, n, n)
    total = numpy.zeros(n, numpy.float32)
    for j in range(n):
        total += x[:, j]
    return Case("row sums f32 in order", """  for (long i = 0; i < M; i++) {
    float sum = 0;
    for (long j = 0; j < N; j++) sum += x[i * N + j];
    y[i] = sum;
  }""", {"x": x}, {"y": blank(total)}, {"M": n, "N": n}, known)


def column_sums(random, size, known):
    n = side(size, 4)
    x = floats(random, n, n)
    total = numpy.zeros(n, numpy.float32)
    for i in range(n):
        total += x[i]
    return Case("column sums f32", """  for (long j = 0; j < N; j++) y[j] = 0;
  for (long i = 0; i < M; i++)
    for (long j = 0; j < N; j++) y[j] += x[i * N + j];""", {"x": x}, {"y": blank(total)}, {"M": n, "N": n}, known)


def row_max(random, size, known):
    n = side(size, 4)
    x = floats(random, n, n)
    return Case("row maxima f32", """  for (long i = 0; i < M; i++) {
    float most = x[i * N];
    for (long j = 1; j < N; j++) most = x[i * N + j] > most ? x[i * N + j] : most;
    y[i] = most;
  }""", {"x": x}, {"y": blank(x.max(axis=1))}, {"M": n, "N": n}, known)


def row_extremes(random, size, known):
    """Zeros of both signs, of which the first counts, and NaNs, which do not unless they come first."""
    n = side(size, 4)
    x = random.choice(numpy.array([-2, -1, -0.0, 0.0, numpy.nan, 3], numpy.float32), (n, n), p=[.3, .3, .1, .1, .15, .05])
    x[::2] = -abs(x[::2])
    most, least = x[:, 0].copy(), x[:, 0].copy()
    for j in range(1, n):
        most = numpy.where(x[:, j] > most, x[:, j], most)
        least = numpy.where(least > x[:, j], x[:, j], least)
    return Case("row extremes f32", """  for (long i = 0; i < M; i++) {
    float most = x[i * N];
    for (long j = 1; j < N; j++) most = x[i * N + j] > most ? x[i * N + j] : most;
    y[i] = most;
  }
  for (long i = 0; i < M; i++) {
    float least = x[i * N];
    for (long j = 1; j < N; j++) least = least > x[i * N + j] ? x[i * N + j] : least;
    z[i] = least;
  }""", {"x": x}, {"y": blank(most), "z": blank(least)}, {"M": n, "N": n}, known)


# --- pooling ----------------------------------------------------------------------------------------------


def max_pool(random, size, known):
    n = side(size, 4, 2)
    x = floats(random, n, n)
    return Case("max pooling 2x2 f32", """  for (long i = 0; i < M / 2; i++)
    for (long j = 0; j < N / 2; j++) {
      float most = x[2 * i * N + 2 * j];
      for (long k = 0; k < 2; k++)
        for (long l = 0; l < 2; l++) {
          float v = x[(2 * i + k) * N + 2 * j + l];
          most = v > most ? v : most;
        }
      y[i * (N / 2) + j] = most;
    }""", {"x": x}, {"y": blank(x.reshape(n // 2, 2, n // 2, 2).max(axis=(1, 3)))}, {"M": n, "N": n}, known)


def max_pool_channels(random, size, known):
    channels = 64
    n = side(size, channels, 2)
    x = integers(random, "int8", n, n, channels)
    return Case("max pooling 2x2 s8 NHWC", """  for (long i = 0; i < M / 2; i++)
    for (long j = 0; j < N / 2; j++)
      for (long c = 0; c < C; c++) {
        int8_t most = -128;
        for (long k = 0; k < 2; k++)
          for (long l = 0; l < 2; l++) {
            int8_t v = x[((2 * i + k) * N + 2 * j + l) * C + c];
            most = LARGEST(most, v);
          }
        y[(i * (N / 2) + j) * C + c] = most;
      }""", {"x": x}, {"y": blank(x.reshape(n // 2, 2, n // 2, 2, channels).max(axis=(1, 3)))},
                {"M": n, "N": n, "C": channels}, known)


def average_pool(random, size, known):
    channels = 64
    n = side(size, channels)
    x = integers(random, "int8", n * n, channels)
    total = x.sum(axis=0, dtype=numpy.int64)
    expected = numpy.trunc(total / (n * n)).astype(numpy.int8)
    return Case("global average pooling s8 NHWC", """  for (long c = 0; c < C; c++) {
    int32_t sum = 0;
    for (long i = 0; i < M; i++) sum += x[i * C + c];
    y[c] = sum / (int32_t)M;
  }""", {"x": x}, {"y": blank(expected)}, {"M": n * n, "C": channels}, known)


# --- transposes -------------------------------------------------------------------------------------------


def transpose(random, size, known, dtype):
    n = side(size, numpy.dtype(dtype).itemsize)
    m = max(n // 2, 1)
    n = 2 * n
    x = floats(random, m, n) if dtype == "float32" else integers(random, dtype, m, n)
    return Case(f"transpose {dtype}",
                "  for (long i = 0; i < M; i++)\n    for (long j = 0; j < N; j++) y[j * M + i] = x[i * N + j];", {"x": x},
                {"y": blank(numpy.ascontiguousarray(x.T))}, {"M": m, "N": n}, known)


def transpose_s8(random, size, known):
    return transpose(random, size, known, "int8")


def transpose_s32(random, size, known):
    return transpose(random, size, known, "int32")


def transpose_f32(random, size, known):
    return transpose(random, size, known, "float32")


# --- matrix times vector ----------------------------------------------------------------------------------


def ordered_product(a, x):
    """One fused step after the other along the last axis; see tensor_cases.product."""
    total = numpy.zeros(a.shape[0], numpy.float32)
    a, x = a.astype(numpy.float64), x.astype(numpy.float64)
    for k in range(a.shape[1]):
        total = (total.astype(numpy.float64) + a[:, k] * x[k]).astype(numpy.float32)
    return total


def gemv(random, size, known, dtype, rows):
    n = side(size, numpy.dtype(dtype).itemsize)
    if dtype == "int8":
        a, x = integers(random, dtype, n, n), integers(random, dtype, n)
        expected, kind = a.astype(numpy.int32) @ x.astype(numpy.int32), "int32_t"
    else:
        a, x = floats(random, n, n, dtype=dtype), floats(random, n, dtype=dtype)
        expected, kind = ordered_product(a, x), "float"
    stored = a if rows else numpy.ascontiguousarray(a.T)
    place = "i * N + j" if rows else "j * M + i"
    return Case(f"gemv {dtype} {'row' if rows else 'column'}-major", f"""  for (long i = 0; i < M; i++) {{
    {kind} sum = 0;
    for (long j = 0; j < N; j++) sum += ({kind})a[{place}] * ({kind})x[j];
    y[i] = sum;
  }}""", {"a": stored, "x": x}, {"y": blank(expected)}, {"M": n, "N": n}, known)


def gemv_s8(random, size, known):
    return gemv(random, size, known, "int8", True)


def gemv_s8_columns(random, size, known):
    return gemv(random, size, known, "int8", False)


def gemv_f16(random, size, known):
    return gemv(random, size, known, "float16", True)


def gemv_f32(random, size, known):
    return gemv(random, size, known, "float32", True)


def gemv_f32_columns(random, size, known):
    return gemv(random, size, known, "float32", False)


def lstm_narrow(random, size, known):
    """A cell of an LSTM: four gates of int8 weights against the input and the state, tables for the functions."""
    n = side(size // 8, 1)
    w, u = integers(random, "int8", 4 * n, n), integers(random, "int8", 4 * n, n)
    x, h = integers(random, "int8", n), integers(random, "int8", n)
    start, table = integers(random, "int32", 4 * n, low=-9999, high=9999), integers(random, "int8", 512)
    cell = integers(random, "int16", n)
    total = w.astype(numpy.int32) @ x.astype(numpy.int32) + u.astype(numpy.int32) @ h.astype(numpy.int32) + start
    index = numpy.clip(total >> 11, -128, 127) + 128
    i, f, o = (table[index[k * n:(k + 1) * n]].astype(numpy.int32) for k in range(3))
    g = table[256 + index[3 * n:]].astype(numpy.int32)
    after = numpy.clip((f * cell >> 7) + i * g, -32768, 32767)
    state = (o * table[256 + (after >> 8) + 128]) >> 7
    return Case("lstm cell s8", """  for (long i = 0; i < 4 * N; i++) {
    int32_t sum = b[i];
    for (long j = 0; j < N; j++) sum += w[i * N + j] * x[j];
    gates[i] = sum;
  }
  for (long i = 0; i < 4 * N; i++) {
    int32_t sum = gates[i];
    for (long j = 0; j < N; j++) sum += u[i * N + j] * h[j];
    gates[i] = sum;
  }
  for (long i = 0; i < N; i++) {
    int32_t in = table[LEAST(LARGEST(gates[i] >> 11, -128), 127) + 128];
    int32_t forget = table[LEAST(LARGEST(gates[N + i] >> 11, -128), 127) + 128];
    int32_t out = table[LEAST(LARGEST(gates[2 * N + i] >> 11, -128), 127) + 128];
    int32_t next = table[256 + LEAST(LARGEST(gates[3 * N + i] >> 11, -128), 127) + 128];
    int32_t c = (forget * cell[i] >> 7) + in * next;
    c = LEAST(LARGEST(c, -32768), 32767);
    cell[i] = c;
    state[i] = (out * table[256 + (c >> 8) + 128]) >> 7;
  }""", {"w": w, "u": u, "x": x, "h": h, "b": start, "table": table},
                {"gates": blank(total.astype(numpy.int32)), "cell": (cell, after.astype(numpy.int16)),
                 "state": blank(state.astype(numpy.int8))}, {"N": n}, known)


def gru_parts(random, size, known):
    """The matrices of a GRU cell in fp32 and gates that are clamped lines (hard sigmoids)."""
    n = side(size // 3, 4)
    w, h, x = floats(random, 3 * n, n), floats(random, n), floats(random, 3 * n)
    total = ordered_product(w, h)
    gate = numpy.clip(total * numpy.float32(0.125) + x, 0, 1).astype(numpy.float32)
    z, r, c = gate[:n], gate[n:2 * n], gate[2 * n:]
    state = ((1 - z) * (r * c)).astype(numpy.float32)
    return Case("gru cell f32, hard gates", """  for (long i = 0; i < 3 * N; i++) {
    float sum = 0;
    for (long j = 0; j < N; j++) sum += w[i * N + j] * h[j];
    gates[i] = sum;
  }
  for (long i = 0; i < 3 * N; i++) {
    float scaled = gates[i] * 0.125f;
    float v = x[i] + scaled;
    v = v < 0 ? 0 : v;
    gates[i] = v > 1 ? 1 : v;
  }
  for (long i = 0; i < N; i++) {
    float product = gates[N + i] * gates[2 * N + i];
    float rest = 1 - gates[i];
    state[i] = rest * product;
  }""", {"w": w, "h": h, "x": x}, {"gates": blank(gate), "state": blank(state)}, {"N": n}, known)


def enlarge(random, size, known):
    """An image of twice the height and width: indices divided by two."""
    n = max(side(size, 64) // 4 * 2, 2)
    x = integers(random, "int8", n, n, 24)
    return Case("image enlarged s8 NHWC", """  for (long h = 0; h < 2 * N; h++)
    for (long w = 0; w < 2 * N; w++)
      for (long c = 0; c < 24; c++) y[(h * 2 * N + w) * 24 + c] = x[(h / 2 * N + w / 2) * 24 + c];""", {"x": x},
                {"y": blank(x.repeat(2, axis=0).repeat(2, axis=1))}, {"N": n}, known)


def joined_loops(random, size, known):
    """A transpose of three loops that were made one."""
    n = max(size // 4 // (12 * 20), 1)
    x = floats(random, n, 12, 20)
    return Case("loops made one f32", """  for (int i = 0; i < N * 240; i++) {
    int outer = i / 240, row = i / 20 % 12, column = i % 20;
    y[(outer * 20 + column) * 12 + row] = x[i] * (1 + (i & 1));
  }""", {"x": x}, {"y": blank(numpy.ascontiguousarray((x * numpy.array([1, 2] * 10, numpy.float32)).transpose(0, 2, 1)))},
                {"N": n}, known)


def dot(random, size, known):
    """One number, which is used behind the nest."""
    a, b = integers(random, "int8", size // 2), integers(random, "int8", size // 2)
    return Case("dot product s8", """  int32_t sum = 0;
  for (long i = 0; i < N; i++) sum += a[i] * b[i];
  y[0] = sum;""", {"a": a, "b": b}, {"y": blank(numpy.array([a.astype(numpy.int32) @ b.astype(numpy.int32)]))},
                {"N": a.size}, known)


def stencil(random, size, known):
    """Neighbours in three dimensions: rows of three planes, which lie apart from one another."""
    n = max(round((size / 8) ** (1 / 3)), 6)
    x = integers(random, "int32", n, n, n, low=-1000, high=1000)
    y = numpy.zeros_like(x)
    c = slice(1, -1)
    y[c, c, c] = (x[2:, c, c] + x[:-2, c, c] + x[c, 2:, c] + x[c, :-2, c] + x[c, c, 2:] + x[c, c, :-2] - 6 * x[c, c, c])
    return Case("stencil in three dimensions s32", """  for (long i = 1; i < N - 1; i++)
    for (long j = 1; j < N - 1; j++)
      for (long k = 1; k < N - 1; k++) {
        const int32_t *p = x + (i * N + j) * N + k;
        y[(i * N + j) * N + k] = p[N * N] + p[-N * N] + p[N] + p[-N] + p[1] + p[-1] - 6 * p[0];
      }""", {"x": x}, {"y": (numpy.zeros_like(x), y)}, {"N": n}, known)


ELEMENTWISE = [relu, relu_narrow, residual, residual_narrow, bias, subtract_max, requantize, requantize_channels, dequantize,
               look_up, embedding, collapsed, copied]
REDUCTIONS = [dot, row_sums, row_sums_ordered, column_sums, row_max]
POOLING = [stencil, max_pool, max_pool_channels, average_pool]
TRANSPOSES = [enlarge, joined_loops, transpose_s8, transpose_s32, transpose_f32]
VECTORS = [gemv_s8, gemv_s8_columns, gemv_f16, gemv_f32, gemv_f32_columns, lstm_narrow, gru_parts]
MEASURED = ELEMENTWISE + REDUCTIONS + POOLING + TRANSPOSES + VECTORS


def fixed_point(random, size, known):
    """Scaling with shifts on both sides of 32, with and without rounding, at the ends of what fits, and what may wrap."""
    edges = numpy.array([-2**31, 2**31 - 1, -2**30, 2**30, 0, -1, 1, -2**31 + 1, 2**31 - 2**11, -2**11 - 1], numpy.int32)
    x = integers(random, "int32", size // 4)
    x[:edges.size] = edges
    x[1::3] >>= 17
    wide = x.astype(numpy.int64)
    byte = integers(random, "uint8", x.size)
    results = [
        ((wide * 2147483647 + (1 << 30)) >> 31).astype(numpy.int32),
        ((wide * -2147483648 + (1 << 30)) >> 31).astype(numpy.int32),
        ((wide * 123456789) >> 30).astype(numpy.int32),
        ((wide * 1717986918) >> 34).astype(numpy.int32),
        ((wide * 1717986918 + (1 << 36)) >> 37).astype(numpy.int32),
        numpy.clip((wide * 3 >> 16) - 1000, -128, 127).astype(numpy.int32),
        (x + numpy.int32(1 << 9)) >> 10,
        numpy.clip(((x >> 4) + 8 >> 4) + 32700, -128, 127).astype(numpy.int32),
        numpy.clip((byte.astype(numpy.int32) - 200) * 300 + 99, 3, 255).astype(numpy.int32),
        (byte.astype(numpy.uint32) << 24 >> 20).astype(numpy.int32) ^ (x >> 31)]
    return Case("fixed point", """  for (long i = 0; i < N; i++) {
    int64_t w = x[i];
    y[i] = (w * 2147483647 + (1L << 30)) >> 31;
    y[N + i] = (w * -2147483648L + (1L << 30)) >> 31;
    y[2 * N + i] = (w * 123456789) >> 30;
    y[3 * N + i] = (w * 1717986918) >> 34;
    y[4 * N + i] = (w * 1717986918 + (1L << 36)) >> 37;
    int64_t a = (w * 3 >> 16) - 1000;
    y[5 * N + i] = LEAST(LARGEST(a, -128), 127);
    y[6 * N + i] = (int32_t)((uint32_t)x[i] + (1 << 9)) >> 10;
    int32_t c = (((x[i] >> 4) + 8) >> 4) + 32700;
    y[7 * N + i] = LEAST(LARGEST(c, -128), 127);
    int32_t d = (b[i] - 200) * 300 + 99;
    y[8 * N + i] = LEAST(LARGEST(d, 3), 255);
    y[9 * N + i] = (int32_t)((uint32_t)b[i] << 24 >> 20) ^ (x[i] >> 31);
  }""", {"x": x, "b": byte}, {"y": blank(numpy.concatenate(results).astype(numpy.int32))}, {"N": x.size}, known)


def gathers(random, size, known):
    """Indices of several types, with and without sign, scaled, under conditions, and sums of what was gathered."""
    n = size // 4
    table, wide = floats(random, 300), integers(random, "int64", 300)
    x, b = integers(random, "int32", n, low=-100, high=200), integers(random, "uint8", n)
    masked = numpy.where(x < 0, numpy.float32(0.5), table[numpy.maximum(x, 0)])
    return Case("gathers", """  int64_t sum = 0;
  for (long i = 0; i < N; i++) {
    y[i] = table[x[i] + 100];
    y[N + i] = x[i] < 0 ? 0.5f : table[x[i]];
    y[2 * N + i] = table[b[i]] + table[299 - b[i]];
    sum += wide[b[i] / 2 * 2 + 1];
  }
  total[0] = sum;""", {"table": table, "wide": wide, "x": x, "b": b},
                {"y": blank(numpy.concatenate([table[x + 100], masked, table[b] + table[299 - b.astype(int)]])),
                 "total": blank(numpy.array([wide[b // 2 * 2 + 1].sum(dtype=numpy.int64)]))}, {"N": n}, known)


def short_tables(random, size, known):
    """Tables that end before the largest index of 8 bits, behind which nothing may be asked for, and parts of one table."""
    x, s = integers(random, "uint8", size, low=0, high=100), integers(random, "int8", size)
    small, large = integers(random, "int8", 100), integers(random, "uint8", 512)
    first = small[x]
    second = large[256 + s.astype(int) + 128].astype(int) - large[255 - x.astype(int)]
    return Case("short tables", """  for (long i = 0; i < N; i++) y[i] = small[x[i]];
  for (long i = 0; i < N; i++) z[i] = large[256 + s[i] + 128] - large[255 - x[i]];""",
                {"x": x, "s": s, "small": small, "large": large},
                {"y": blank(first), "z": blank(second.astype(numpy.int16))}, {"N": x.size}, known)


def clamped_indices(random, size, known):
    """Indices that are clamped in several ways, of windows anywhere in one table."""
    x, table = integers(random, "int32", max(size // 4, 1)), integers(random, "int8", 1024)
    x[::7] = x[::7] >> 24

    def taken(low, high, shift, start):
        return table[start + numpy.clip(x >> shift, low, high)].astype(numpy.int32)

    small = table[256 + (x & 15)].astype(numpy.int32)
    results = [small + taken(-128, 127, 11, 384), taken(-128, 127, 11, 128) - taken(0, 255, 20, 512),
               taken(-100, 90, 3, 300) + taken(-700, 200, 2, 800), taken(-1, 1, 0, 1)]
    clamp = "(({0}) < ({1}) ? ({1}) : ({0}) > ({2}) ? ({2}) : ({0}))"
    return Case("clamped indices", f"""  for (long i = 0; i < N; i++) {{
    y[i] = table[256 + (x[i] & 15)] + table[384 + {clamp.format('x[i] >> 11', -128, 127)}];
    y[N + i] = table[LEAST(LARGEST(x[i] >> 11, -128), 127) + 128] - table[512 + LARGEST(LEAST(x[i] >> 20, 255), 0)];
    int v = x[i] >> 3, w = x[i] >> 2;
    y[2 * N + i] = table[(v > 90 ? 90 : v <= -100 ? -100 : v) + 300] + table[800 + {clamp.format('w', -700, 200)}];
    y[3 * N + i] = table[1 + {clamp.format('x[i]', -1, 1)}];
  }}""", {"x": x, "table": table}, {"y": blank(numpy.stack(results).astype(numpy.int32))}, {"N": x.size}, known)


def float_scaled(random, size, known):
    """Sums of products scaled by floating numbers, as ONNX has it, in four forms; on the K1 the drain scales."""
    n = max(int((size / 8) ** 0.5), 8)
    a, b = integers(random, "int8", n, n), integers(random, "int8", n, n)
    bias = integers(random, "int32", n, low=-1 << 14, high=1 << 14)
    scale = (random.random(n) * 0.01 + 0.0005).astype(numpy.float32)
    total = a.astype(numpy.int32) @ b.T.astype(numpy.int32)
    product = (total + bias).astype(numpy.float32) * scale
    other = total.astype(numpy.float32) * numpy.float32(0.0078125)
    results = [numpy.clip(numpy.rint(product), -128, 127).astype(numpy.int8),
               numpy.clip(numpy.rint(other).astype(numpy.int32) + 7, -100, 127).astype(numpy.int8),
               numpy.rint(numpy.clip(product, numpy.float32(-20), numpy.float32(90))).astype(numpy.int8)]
    unsigned = numpy.clip(numpy.rint(product) + numpy.float32(128), 0, 255).astype(numpy.uint8)
    sums = """for (long i = 0; i < N; i++)
    for (long j = 0; j < N; j++) {
      int32_t sum = 0;
      for (long k = 0; k < N; k++) sum += a[i * N + k] * b[j * N + k];
"""
    case = Case("products with a scale of fp32", f"""  {sums}
      float v = __builtin_rintf((float)(sum + bias[j]) * scale[j]);
      y[i * N + j] = (int8_t)(v > 127 ? 127 : v < -128 ? -128 : v);
    }}
  {sums}
      int v = (int)__builtin_nearbyintf(sum * 0.0078125f) + 7;
      y[N * N + i * N + j] = v < -100 ? -100 : v > 127 ? 127 : v;
    }}
  {sums}
      float v = (float)(sum + bias[j]) * scale[j];
      v = v < -20 ? -20 : v;
      y[2 * N * N + i * N + j] = (int8_t)__builtin_rintf(v > 90 ? 90 : v);
    }}
  {sums}
      float v = __builtin_rintf((float)(sum + bias[j]) * scale[j]) + 128;
      u[i * N + j] = (uint8_t)(v < 0 ? 0 : v > 255 ? 255 : v);
    }}""", {"a": a, "b": b, "bias": bias, "scale": scale},
                {"y": blank(numpy.stack(results)), "u": blank(unsigned)}, {"N": n}, known)
    case.flags = ["-fno-math-errno"]
    return case


def narrow_subscripts(random, size, known):
    """Subscripts of 32 bits whose products stay small in the first nest, and wrap around to small ones in the second."""
    images, channels = 2, 6
    x = integers(random, "int32", images, channels, max(size // 48, 4), low=-1000, high=1000)
    pixels = x.shape[2]
    case = Case("subscripts of 32 bits", """  int images = I, channels = M, pixels = N, far = F;
  for (int n = 0; n < images; n++)
    for (int c = 0; c < channels; c++)
      for (int p = 0; p < pixels; p++) y[n * channels * pixels + c * pixels + p] = 3 * x[n * channels * pixels + c * pixels + p];
  for (int i = 0; i < channels; i++)
    for (int p = 0; p < pixels; p++) z[i * pixels + p] = 2 * x[(i * far + 1) * 8 + p];""", {"x": x},
                {"y": blank(3 * x), "z": blank(2 * numpy.tile(x.reshape(-1)[8:8 + pixels], (channels, 1)))},
                {"I": images, "M": channels, "N": pixels, "F": 1 << 29}, known)
    case.flags = ["-ffreestanding", "-fwrapv"]
    return case


ALL = MEASURED + [collapsed_short, short_tables, clamped_indices, row_extremes, fixed_point, gathers, float_scaled, narrow_subscripts]
