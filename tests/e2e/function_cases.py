"""Workloads with mathematical functions and sums of rows, as vector_cases.py has others: softmax, layer and RMS normalization,
GELU, sigmoid. Results are compared within `tolerance`, relative to the largest element; `flags` are clang's."""
import math

import numpy

from vector_cases import Case, blank, floats, side

PROTOTYPES = "float expf(float), erff(float), tanhf(float), sqrtf(float), fmaxf(float, float);\n"
# The C library's functions by name; without errno. Loops that clear memory stay loops.
STRICT = ["-fno-math-errno", "-fno-builtin-memset"]
FAST = ["-ffast-math", "-fno-builtin-memset"]


class FunctionCase(Case):
    def __init__(self, name, body, inputs, expected, sizes, known, fast, more=()):
        results = {key: blank(array.astype(numpy.float32)) for key, array in {"y": expected, **dict(more)}.items()}
        super().__init__(name + (" fast-math" if fast else ""), body, inputs, results, sizes, known, before=PROTOTYPES)
        self.flags = FAST if fast else STRICT
        self.sizes = list(sizes.values())
        self.by_hand = None  # the function of examples/gallery that does the same
        self.tolerance = 1e-6 if fast else 2e-6


def softmax(random, size, known, fast=False):
    n = side(size, 4)
    x = floats(random, n, n)
    wide = numpy.exp(x.astype(numpy.float64) - x.max(axis=1, keepdims=True))
    case = FunctionCase("softmax f32", """  for (long i = 0; i < M; i++) {
    float most = x[i * N], sum = 0;
    for (long j = 1; j < N; j++) most = x[i * N + j] > most ? x[i * N + j] : most;
    for (long j = 0; j < N; j++) {
      y[i * N + j] = expf(x[i * N + j] - most);
      sum += y[i * N + j];
    }
    for (long j = 0; j < N; j++) y[i * N + j] *= 1 / sum;
  }""", {"x": x}, wide / wide.sum(axis=1, keepdims=True), {"M": n, "N": n}, known, fast)
    case.by_hand = "softmax_f32"
    return case


def layer_norm(random, size, known, fast=False):
    n = side(size, 4)
    x, g, b = floats(random, n, n), floats(random, n), floats(random, n)
    centered = x.astype(numpy.float64) - x.astype(numpy.float64).mean(axis=1, keepdims=True)
    expected = centered / numpy.sqrt((centered ** 2).mean(axis=1, keepdims=True) + 1e-5) * g + b
    case = FunctionCase("layer normalization f32", """  for (long i = 0; i < M; i++) {
    float sum = 0, squares = 0;
    for (long j = 0; j < N; j++) sum += x[i * N + j];
    float mean = sum / N;
    for (long j = 0; j < N; j++) {
      float d = x[i * N + j] - mean;
      squares += d * d;
    }
    float scale = 1 / sqrtf(squares / N + 1e-5f);
    for (long j = 0; j < N; j++) y[i * N + j] = (x[i * N + j] - mean) * scale * g[j] + b[j];
  }""", {"x": x, "g": g, "b": b}, expected, {"M": n, "N": n}, known, fast)
    case.by_hand = "layer_norm_f32"
    return case


def rms_norm(random, size, known, fast=False):
    n = side(size, 4)
    x, g = floats(random, n, n), floats(random, n)
    wide = x.astype(numpy.float64)
    case = FunctionCase("RMS normalization f32", """  for (long i = 0; i < M; i++) {
    float squares = 0;
    for (long j = 0; j < N; j++) squares += x[i * N + j] * x[i * N + j];
    float scale = 1 / sqrtf(squares / N + 1e-5f);
    for (long j = 0; j < N; j++) y[i * N + j] = x[i * N + j] * scale * g[j];
  }""", {"x": x, "g": g}, wide / numpy.sqrt((wide ** 2).mean(axis=1, keepdims=True) + 1e-5) * g, {"M": n, "N": n}, known, fast)
    case.by_hand = "rms_norm_f32"
    return case


def gelu(random, size, known):
    n = side(size, 4)
    x, b = floats(random, n, n), floats(random, n)
    v = x.astype(numpy.float64) + b
    expected = 0.5 * v * (1 + numpy.vectorize(math.erf)(v * 0.7071067811865476))
    case = FunctionCase("bias + GELU by erf f32", """  for (long i = 0; i < M; i++)
    for (long j = 0; j < N; j++) {
      float v = x[i * N + j] + b[j];
      y[i * N + j] = 0.5f * v * (1 + erff(v * 0.70710678f));
    }""", {"x": x, "b": b}, expected, {"M": n, "N": n}, known, False)
    case.by_hand = "gelu_f32"
    return case


def gelu_tanh(random, size, known):
    n = side(size, 4)
    x, b = floats(random, n, n), floats(random, n)
    v = x.astype(numpy.float64) + b
    expected = 0.5 * v * (1 + numpy.tanh(0.7978845608 * (v + 0.044715 * v ** 3)))
    return FunctionCase("bias + GELU by tanh f32", """  for (long i = 0; i < M; i++)
    for (long j = 0; j < N; j++) {
      float v = x[i * N + j] + b[j];
      y[i * N + j] = 0.5f * v * (1 + tanhf(0.79788456f * (v + 0.044715f * v * v * v)));
    }""", {"x": x, "b": b}, expected, {"M": n, "N": n}, known, False)


def sigmoid(random, size, known):
    x = floats(random, size // 4)
    return FunctionCase("sigmoid f32", "  for (long i = 0; i < N; i++) y[i] = 1 / (1 + expf(-x[i]));", {"x": x},
                        1 / (1 + numpy.exp(-x.astype(numpy.float64))), {"N": x.size}, known, False)


def silu(random, size, known):
    x = floats(random, size // 4)
    wide = x.astype(numpy.float64)
    return FunctionCase("SiLU f32", "  for (long i = 0; i < N; i++) y[i] = x[i] / (1 + expf(-x[i]));", {"x": x},
                        wide / (1 + numpy.exp(-wide)), {"N": x.size}, known, False)


ROWS = "  for (long i = 0; i < M; i++) "
ALL_OF = "  for (long i = 0; i < M; i++)\n    for (long j = 0; j < N; j++) "


def softmax_nests(random, size, known):
    """As MLIR lowers it: a nest an operation, results of rows in arrays of the frame."""
    n = side(size, 4)
    x = floats(random, n, n)
    wide = numpy.exp(x.astype(numpy.float64) - x.max(axis=1, keepdims=True))
    return FunctionCase("softmax f32, a nest an operation", f"""  float most[M], sum[M];
{ROWS}most[i] = -__builtin_inff();
{ALL_OF}most[i] = x[i * N + j] > most[i] ? x[i * N + j] : most[i];
{ALL_OF}y[i * N + j] = x[i * N + j] - most[i];
{ALL_OF}y[i * N + j] = expf(y[i * N + j]);
{ROWS}sum[i] = 0;
{ALL_OF}sum[i] += y[i * N + j];
{ALL_OF}y[i * N + j] /= sum[i];""", {"x": x}, wide / wide.sum(axis=1, keepdims=True), {"M": n, "N": n}, known, False)


def layer_norm_nests(random, size, known):
    n = side(size, 4)
    x, g, b = floats(random, n, n), floats(random, n), floats(random, n)
    centered = x.astype(numpy.float64) - x.astype(numpy.float64).mean(axis=1, keepdims=True)
    expected = centered / numpy.sqrt((centered ** 2).mean(axis=1, keepdims=True) + 1e-5) * g + b
    return FunctionCase("layer normalization f32, a nest an operation", f"""#pragma STDC FP_CONTRACT OFF
  float mean[M], scale[M];
{ROWS}mean[i] = 0;
{ALL_OF}mean[i] += x[i * N + j];
{ROWS}mean[i] = mean[i] / N;
{ALL_OF}y[i * N + j] = x[i * N + j] - mean[i];
{ROWS}scale[i] = 0;
{ALL_OF}scale[i] += y[i * N + j] * y[i * N + j];
{ROWS}scale[i] = 1 / sqrtf(scale[i] / N + 1e-5f);
{ALL_OF}y[i * N + j] *= scale[i];
{ALL_OF}y[i * N + j] = y[i * N + j] * g[j] + b[j];""", {"x": x, "g": g, "b": b}, expected, {"M": n, "N": n}, known, False)


def chain_nests(random, size, known):
    n = side(size, 4)
    x, b = floats(random, n, n), floats(random, n)
    v = x.astype(numpy.float64) + b
    return FunctionCase("bias, scale, sigmoid, product f32, a nest an operation", f"""{ALL_OF}y[i * N + j] = x[i * N + j] + b[j];
{ALL_OF}z[i * N + j] = y[i * N + j] * 1.702f;
{ALL_OF}z[i * N + j] = 1 / (1 + expf(-z[i * N + j]));
{ALL_OF}y[i * N + j] *= z[i * N + j];""", {"x": x, "b": b}, v / (1 + numpy.exp(-1.702 * v)), {"M": n, "N": n}, known, False,
                        more={"z": 1 / (1 + numpy.exp(-1.702 * v))})


def gru(random, size, known):
    """A cell of a GRU: three gates of the input and three of the state, one matrix for each."""
    n = side(size // 6, 4)
    w, u = (floats(random, 3 * n, n) / numpy.float32(n ** 0.5) for _ in range(2))
    x, h, b, c = floats(random, n), floats(random, n), floats(random, 3 * n), floats(random, 3 * n)
    wide = [array.astype(numpy.float64) for array in (w, u, x, h, b, c)]
    given, kept = wide[0] @ wide[2] + wide[4], wide[1] @ wide[3] + wide[5]
    z, r = (1 / (1 + numpy.exp(-(given[k * n:(k + 1) * n] + kept[k * n:(k + 1) * n]))) for k in range(2))
    new = numpy.tanh(given[2 * n:] + r * kept[2 * n:])
    case = FunctionCase("gru cell f32", """  for (long i = 0; i < 3 * N; i++) {
    float sum = 0;
    for (long j = 0; j < N; j++) sum += w[i * N + j] * x[j];
    given[i] = sum;
  }
  for (long i = 0; i < 3 * N; i++) {
    float sum = 0;
    for (long j = 0; j < N; j++) sum += u[i * N + j] * h[j];
    kept[i] = sum;
  }
  for (long i = 0; i < N; i++) {
    float z = 1 / (1 + expf(-(given[i] + b[i] + kept[i] + c[i])));
    float r = 1 / (1 + expf(-(given[N + i] + b[N + i] + kept[N + i] + c[N + i])));
    float next = tanhf(given[2 * N + i] + b[2 * N + i] + r * (kept[2 * N + i] + c[2 * N + i]));
    y[i] = (1 - z) * next + z * h[i];
  }""", {"w": w, "u": u, "x": x, "h": h, "b": b, "c": c}, (1 - z) * new + z * wide[3], {"N": n}, known, False,
                        more={"given": given - wide[4], "kept": kept - wide[5]})
    case.tolerance = 5e-6  # sums of n products, each rounded
    return case


def softmax_fast(random, size, known):
    return softmax(random, size, known, True)


def layer_norm_fast(random, size, known):
    return layer_norm(random, size, known, True)


def rms_norm_fast(random, size, known):
    return rms_norm(random, size, known, True)


ALL = [softmax, softmax_fast, softmax_nests, layer_norm, layer_norm_fast, layer_norm_nests, rms_norm, rms_norm_fast, gelu,
       gelu_tanh, sigmoid, silu, chain_nests, gru]


def distance(actual, expected, tolerance):
    """What is wrong, if anything."""
    error = numpy.abs(actual.astype(numpy.float64) - expected)
    worst = float(error.max()) / max(float(numpy.abs(expected).max()), 1e-30)
    return None if worst <= tolerance else f"error {worst:.3g} of the largest element"
