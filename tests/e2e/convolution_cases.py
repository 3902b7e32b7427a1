"""Convolutions of every form as plain loops in C, with operands and the expected result by NumPy: one to three dimensions, channels
last (NHWC) or first (NCHW), weights in any order, groups of channels, steps, dilation, sizes known or not: for tests and benchmarks."""
import numpy

from tensor_cases import REQUANTIZE, TYPES, Case, numbers, product, requantized
from toolchain import Scalar


class Form:
    """sizes: of the image; c, n: channels in and out, of all groups; window: the taps of a dimension. `first`: channels before the pixels.
    `weights`: what they lie in, outermost first: "oki" (OHWI), "kio" (HWIO) or "oik" (OIHW), behind the groups. `known`: sizes are
    constants. `pad`: zeros around the image, kept off by guards."""

    def __init__(self, sizes, c, n, window=3, stride=1, dilation=1, groups=1, first=False, weights="oki", kind="s8", narrow=True,
                 known=True, pad=0):
        self.sizes, self.c, self.n, self.window, self.stride = tuple(sizes), c, n, window, stride
        self.dilation, self.groups, self.first, self.weights = dilation, groups, first, weights
        self.kind, self.narrow, self.known, self.pad = kind, narrow and kind == "s8", known, pad
        self.outs = tuple((x + 2 * pad - dilation * (window - 1) - 1) // stride + 1 for x in sizes)
        self.inside, self.outside = c // groups, n // groups
        self.macs = int(numpy.prod(self.outs)) * n * self.inside * window ** len(sizes)

    def name(self):
        order = self.weights.replace("k", "dhw"[3 - len(self.sizes):])
        what = "depthwise convolution" if self.groups == self.c == self.n else "convolution"
        return (f"{what} {'first' if self.first else 'last'} {'x'.join(map(str, self.sizes))}x{self.c} to {self.n}, "
                f"{self.window} taps stride {self.stride} dilation {self.dilation} {self.groups} groups {self.kind} {order}"
                + (" narrowed" if self.narrow else "") + (f" padding {self.pad}" if self.pad else "") + ("" if self.known else " of sizes known at run time"))


def _indices(names, extents):
    """The offset of an element of an array of these extents, outermost first."""
    text = names[0]
    for name, extent in zip(names[1:], extents[1:]):
        text = f"({text}) * {extent} + {name}"
    return text


def _source(form):
    many = range(len(form.sizes))
    scalars = {"G": form.groups, "C": form.inside, "N": form.outside, "S": form.window, "T": form.stride, "D": form.dilation}
    scalars |= {f"W{i}": form.sizes[i] for i in many} | {f"O{i}": form.outs[i] for i in many}
    if form.groups == 1:
        del scalars["G"]
    outs, pixels = [f"o{i}" for i in many], [f"(o{i} * T + k{i} * D - {form.pad})" for i in many]
    group = [("g", "G")] if form.groups > 1 else []
    def place(channel, extent, where, sizes):
        parts = [*group, (channel, extent)]
        parts = [*parts, *zip(where, sizes)] if form.first else [*zip(where, sizes), *parts]
        return _indices([p[0] for p in parts], [p[1] for p in parts])
    weights = [*group]
    for axis in form.weights:
        weights += {"o": [("n", "N")], "i": [("c", "C")], "k": [(f"k{i}", "S") for i in many]}[axis]
    channel = _indices([*[p[0] for p in group], "n"], [*[p[1] for p in group], "N"])
    typed, sums = TYPES[form.kind][0], "int32_t" if form.kind == "s8" else "float"
    index = "int" if form.known or form.pad else "long"
    def loop(name, extent):
        return f"for ({index} {name} = 0; {name} < {extent}; {name}++)"
    channels = [*([loop("g", "G")] if group else []), loop("n", "N")]
    around = [loop(f"o{i}", f"O{i}") for i in many]
    around = channels + around if form.first else around + channels
    taps = [loop(f"k{i}", "S") + (f" if ({pixels[i]} >= 0 && {pixels[i]} < W{i})" if form.pad else "") for i in many]
    inner = [loop("c", "C"), *taps] if form.first else [*taps, loop("c", "C")]
    parameters = [f"const {typed} *restrict x", f"const {typed} *restrict w"]
    if form.narrow:
        parameters += ["const int32_t *restrict bias", "const int32_t *restrict multiplier", "const uint8_t *restrict shift"]
    parameters += [f"{'int8_t' if form.narrow else sums} *restrict y"] + ([] if form.known else [f"{index} {name}" for name in scalars])
    sizes = f"enum {{ {', '.join(f'{name} = {value}' for name, value in scalars.items())} }};\n" if form.known else ""
    value = f"requantize(sum, multiplier[{channel}], shift[{channel}])" if form.narrow else "sum"
    source = f"""{sizes}{REQUANTIZE if form.narrow else ''}void kernel({', '.join(parameters)}) {{
  {' '.join(around)} {{
    {sums} sum = {f'bias[{channel}]' if form.narrow else '0'};
    {' '.join(inner)}
      sum += ({sums})x[{place('c', 'C', pixels, [f'W{i}' for i in many])}] * ({sums})w[{_indices(*zip(*weights))}];
    y[{place('n', 'N', outs, [f'O{i}' for i in many])}] = {value};
  }}
}}
"""
    return source, [] if form.known else [Scalar("i64", value) for value in scalars.values()]


def _taps(form, x, tap):
    """What a tap reads, pixel by pixel."""
    return x[tuple(slice(k * form.dilation, k * form.dilation + form.stride * (out - 1) + 1, form.stride)
                   for k, out in zip(tap, form.outs))]


def convolution_of(random, form):
    dimensions = len(form.sizes)
    x = numbers(random, form.kind, (*form.sizes, form.c))
    weights = numbers(random, form.kind, (form.groups, form.outside, *(form.window,) * dimensions, form.inside))
    image = numpy.pad(x, [(form.pad, form.pad)] * dimensions + [(0, 0)])
    parts = []
    for g in range(form.groups):
        own = image[..., g * form.inside:(g + 1) * form.inside]
        seen = numpy.stack([_taps(form, own, tap).reshape(-1, form.inside) for tap in numpy.ndindex(*(form.window,) * dimensions)], 1)
        right = weights[g].reshape(form.outside, -1, form.inside)
        if form.first:  # the order of the sum
            seen, right = seen.transpose(0, 2, 1), right.transpose(0, 2, 1)
        seen, right = seen.reshape(len(seen), -1), right.reshape(form.outside, -1).T
        parts.append(product(seen, right, numpy.zeros((len(seen), form.outside), numpy.int32 if form.kind == "s8" else numpy.float32)))
    total, extra = numpy.concatenate(parts, 1), []
    if form.narrow:
        total, extra = requantized(random, total, form.n)
    total = total.reshape(*form.outs, form.n)
    taps = tuple(range(2, 2 + dimensions))
    order = {"o": (1,), "k": taps, "i": (2 + dimensions,)}
    weights = weights.transpose(0, *[axis for name in form.weights for axis in order[name]])
    if form.first:
        x, total = numpy.moveaxis(x, -1, 0), numpy.moveaxis(total, -1, 0)
    source, scalars = _source(form)
    total = numpy.ascontiguousarray(total)
    inputs = [numpy.ascontiguousarray(x), numpy.ascontiguousarray(weights), *extra, numpy.zeros_like(total)]
    case = Case(form.name(), source, inputs, total, form.macs, small=form.macs <= 64 ** 3, scalars=scalars)
    case.product = (form.groups, int(numpy.prod(form.outs)), form.outside)
    return case


def in_one_memory(random, at):
    """A padded convolution in the middle of one memory, whose results begin `at` bytes behind its image's first: what is read may have been
    written by then."""
    form = Form((7, 6), 12, 16, narrow=False, known=False, pad=1)
    sizes, before = (*form.sizes, form.c), 64
    case = convolution_of(random, form)
    weights = case.inputs[1]
    memory = numbers(random, "s8", (before + max(at, 0) + 4 * int(numpy.prod(form.outs)) * form.n + int(numpy.prod(sizes)),))
    expected = memory.copy()
    image = expected[before:before + int(numpy.prod(sizes))].reshape(sizes)
    results = expected[before + at:][:4 * int(numpy.prod(form.outs)) * form.n].view(numpy.int32).reshape(*form.outs, form.n)
    for o0, o1, n in numpy.ndindex(*form.outs, form.n):
        taps = [(k0, k1) for k0 in range(3) for k1 in range(3) if 0 <= o0 + k0 - 1 < sizes[0] and 0 <= o1 + k1 - 1 < sizes[1]]
        results[o0, o1, n] = sum(int(image[o0 + k0 - 1, o1 + k1 - 1].astype(numpy.int32) @ weights[0, n, k0, k1].astype(numpy.int32)) for k0, k1 in taps)
    pointers = f"""int8_t *volatile first = memory + {before};
  const int8_t *x = first;
  int32_t *y = (int32_t *)(memory + {before + at});
  for"""
    source = case.source.replace("const int8_t *restrict x, ", "").replace("int32_t *restrict y", "int8_t *memory").replace("for", pointers, 1)
    one = Case(f"{form.name()} in one memory, results at {at}", source, [weights, memory], expected, form.macs, scalars=case.scalars)
    one.remark, one.taken = "an image whose sizes are not known", at >= int(numpy.prod(sizes)) or at <= -results.nbytes
    return one


def all_forms(random):
    """What tests/e2e/tensor_test.py goes through: images of planes."""
    for arguments in (
            {"sizes": (15, 14), "c": 24, "n": 40}, {"sizes": (17, 19), "c": 5, "n": 70, "stride": 2, "narrow": False},
            {"sizes": (16, 15), "c": 12, "n": 33, "dilation": 2}, {"sizes": (13, 30), "c": 16, "n": 20, "window": 1, "stride": 2},
            {"sizes": (120,), "c": 24, "n": 40, "window": 5}, {"sizes": (6, 8, 9), "c": 10, "n": 24},
            {"sizes": (14, 14), "c": 32, "n": 64, "groups": 2}, {"sizes": (14, 12), "c": 20, "n": 40, "pad": 1},
            {"sizes": (9, 8, 7), "c": 8, "n": 36, "pad": 2}, {"sizes": (15, 15), "c": 9, "n": 48, "kind": "f16"},
            {"sizes": (12, 20), "c": 16, "n": 40, "kind": "bf16", "stride": 2}, {"sizes": (14, 13), "c": 12, "n": 48, "kind": "f32"},
            {"sizes": (15, 14), "c": 24, "n": 40, "weights": "oki"}, {"sizes": (8, 16), "c": 16, "n": 32, "groups": 16, "kind": "f16"},
            {"sizes": (240, 52), "c": 3, "n": 20, "window": 7, "stride": 2},
            {"sizes": (4, 49), "c": 2, "n": 32, "window": 2, "kind": "f16"}): # a table that ends soon behind the pixels
        form = Form(**{"first": True, "weights": "oik", **arguments})
        case = convolution_of(random, form)
        case.remark = "a window over planes"
        yield case
    for arguments in ( # too large for the scratchpad
            {"sizes": (100, 100), "c": 64, "n": 16, "pad": 1}, {"sizes": (60, 59), "c": 44, "n": 20, "kind": "f32", "stride": 2},
            {"sizes": (14, 120, 30), "c": 14, "n": 18}, {"sizes": (150, 150), "c": 32, "n": 32, "groups": 32}):
        case = convolution_of(random, Form(**{"first": True, "weights": "oik", **arguments}))
        case.remark = "which come in slabs"
        yield case
    for arguments in (
            {"sizes": (70, 70), "c": 128, "n": 16, "pad": 1}, {"sizes": (101, 100), "c": 64, "n": 18, "stride": 2, "pad": 1},
            {"sizes": (60, 61), "c": 40, "n": 16, "kind": "f32"}, {"sizes": (80, 80), "c": 96, "n": 96, "groups": 24, "window": 2}):
        case = convolution_of(random, Form(**arguments))
        case.remark = "which comes in slabs"
        yield case
    for arguments in ({"sizes": (11, 19), "c": 64, "n": 64, "groups": 4, "window": 2, "pad": 1}, {"sizes": (9, 13), "c": 40, "n": 24, "pad": 2}):
        case = convolution_of(random, Form(**arguments)) # rows of pixels as long as lines are apart
        case.remark = "a window over the image"
        yield case
    for arguments in ( # groups of few channels
            {"sizes": (15, 14), "c": 32, "n": 32, "groups": 8}, {"sizes": (12, 11), "c": 48, "n": 24, "groups": 12, "pad": 1},
            {"sizes": (60,), "c": 60, "n": 60, "groups": 20, "narrow": False}, {"sizes": (9, 8), "c": 64, "n": 128, "groups": 16, "window": 1}):
        case = convolution_of(random, Form(**arguments))
        case.remark = "groups in one"
        yield case
    for arguments in ( # weights with a channel's taps side by side
            {"sizes": (16, 15), "c": 24, "n": 24, "groups": 24, "window": 5}, {"sizes": (31, 20), "c": 64, "n": 64, "groups": 64, "window": 5, "stride": 2, "pad": 2},
            {"sizes": (14, 30), "c": 48, "n": 48, "groups": 48, "narrow": False, "pad": 1}):
        case = convolution_of(random, Form(**arguments))
        case.remark = "depthwise products"
        yield case
    first = {"first": True, "weights": "oik"}
    for arguments in ({"sizes": (40, 41), "c": 1, "n": 1, "kind": "f32"}, {"sizes": (20, 33), "c": 8, "n": 8, "groups": 8, "kind": "f16"}):
        case = convolution_of(random, Form(**first, **arguments))
        case.remark, case.small = "products of one row", False
        yield case
    for arguments in (
            {"sizes": (15, 14), "c": 24, "n": 40}, {"sizes": (17, 19), "c": 20, "n": 70, "stride": 2, "narrow": True},
            {"sizes": (12, 13), "c": 16, "n": 33, "dilation": 2, "kind": "f32"}, {"sizes": (9, 8), "c": 450, "n": 24, "kind": "f16"},
            {"sizes": (9, 10, 8), "c": 17, "n": 20, "window": 2, "weights": "kio"}, {"sizes": (150,), "c": 30, "n": 40, "window": 5},
            {"sizes": (14, 14), "c": 32, "n": 64, "groups": 2}, {"sizes": (15, 14), "c": 24, "n": 40, "narrow": True, **first},
            {"sizes": (17, 16), "c": 70, "n": 40, "stride": 2, **first}, {"sizes": (14, 13), "c": 12, "n": 48, "kind": "f32", **first},
            {"sizes": (15, 15), "c": 9, "n": 48, "kind": "bf16", "dilation": 2, **first}, {"sizes": (15, 14), "c": 24, "n": 40, "pad": 1},
            {"sizes": (13, 16), "c": 40, "n": 33, "pad": 2, "stride": 2, "narrow": True}, {"sizes": (11, 12), "c": 20, "n": 40, "pad": 2, "dilation": 2},
            {"sizes": (15, 14), "c": 24, "n": 40, "pad": 1, **first}, {"sizes": (100,), "c": 24, "n": 40, "pad": 1}):
        case = convolution_of(random, Form(**{"narrow": False, "known": False, **arguments}))
        case.taken, case.remark = True, "an image whose sizes are not known"
        yield case
    for at in (0, 4, 400, 7 * 6 * 12 - 4, 7 * 6 * 12, 7 * 6 * 12 + 64):
        yield in_one_memory(random, at)
