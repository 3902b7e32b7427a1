"""Whole networks of the gallery: their weights, by chance, and what NumPy makes of them."""
import numpy

CHANNELS, BLOCKS, WORDS = 64, 4, 12
SCALE = numpy.dtype([("bias", "<i4", CHANNELS), ("multiplier", "<i4", CHANNELS), ("shift", "i1", CHANNELS),
                     ("zero_in", "<i4"), ("zero_out", "<i4")], align=True)
BLOCK = numpy.dtype([("depthwise", "i1", (3, 3, CHANNELS)), ("depthwise_scale", SCALE),
                     ("pointwise", "i1", (CHANNELS, CHANNELS)), ("pointwise_scale", SCALE)], align=True)
NETWORK = numpy.dtype([("first", "i1", (CHANNELS, 10, 4)), ("first_scale", SCALE), ("block", BLOCK, BLOCKS),
                       ("last", "i1", (WORDS, CHANNELS)), ("last_bias", "<i4", WORDS)], align=True)


def _fill_scale(random, scale, taps, zero_in):
    """Scales under which the sums of so many products use the whole range of a byte."""
    scale["bias"] = random.integers(-2000, 2000, CHANNELS)
    scale["multiplier"] = random.integers(1 << 30, (1 << 31) - 1, CHANNELS)
    scale["shift"] = 31 + int(numpy.log2(taps ** 0.5 * 74 * 74 / 64))
    scale["zero_in"], scale["zero_out"] = zero_in, -128


def _weights(random):
    network = numpy.zeros(1, NETWORK)[0]
    network["first"] = random.integers(-127, 128, (CHANNELS, 10, 4))
    _fill_scale(random, network["first_scale"], 40, 3)
    for block in network["block"]:
        block["depthwise"] = random.integers(-127, 128, (3, 3, CHANNELS))
        block["pointwise"] = random.integers(-127, 128, (CHANNELS, CHANNELS))
        _fill_scale(random, block["depthwise_scale"], 9, -128)
        _fill_scale(random, block["pointwise_scale"], 64, -128)
    network["last"] = random.integers(-127, 128, (WORDS, CHANNELS))
    network["last_bias"] = random.integers(-500, 500, WORDS)
    return network


def _scaled(sums, scale):
    shift = scale["shift"].astype(numpy.int64)
    product = (sums + scale["bias"]) * scale["multiplier"].astype(numpy.int64)
    return numpy.clip((product + (1 << shift - 1) >> shift) + int(scale["zero_out"]), int(scale["zero_out"]), 127)


def _windows(image, rows, columns, step, before, behind, zero):
    """(y, x, ..., rows, columns) views of an image with a border of zeros, counted from its zero point."""
    rest = [(0, 0)] * (image.ndim - 2)
    image = numpy.pad(image.astype(numpy.int64) - int(zero), ((before[0], behind[0]), (before[1], behind[1]), *rest))
    return numpy.lib.stride_tricks.sliding_window_view(image, (rows, columns), (0, 1))[::step, ::step]


def keyword_spotting_i8(random):
    network = _weights(random)
    x = random.integers(-128, 128, (49, 10), dtype=numpy.int8)
    scale = network["first_scale"]
    view = _windows(x, 10, 4, 2, (4, 1), (5, 1), scale["zero_in"])
    image = _scaled(numpy.einsum("yxab,cab->yxc", view, network["first"].astype(numpy.int64)), scale)
    for block in network["block"]:
        scale = block["depthwise_scale"]
        view = _windows(image, 3, 3, 1, (1, 1), (1, 1), scale["zero_in"])
        image = _scaled(numpy.einsum("yxcab,abc->yxc", view, block["depthwise"].astype(numpy.int64)), scale)
        scale = block["pointwise_scale"]
        image = _scaled((image - int(scale["zero_in"])) @ block["pointwise"].T.astype(numpy.int64), scale)
    total, pixels = image.sum((0, 1)), image.shape[0] * image.shape[1]
    mean = numpy.fix((total + numpy.where(total > 0, pixels // 2, -(pixels // 2))) / pixels).astype(numpy.int64)
    words = mean @ network["last"].T.astype(numpy.int64) + network["last_bias"]
    products = 125 * CHANNELS * (40 + BLOCKS * (9 + CHANNELS)) + WORDS * CHANNELS
    return [x, numpy.frombuffer(network.tobytes(), numpy.uint8)], words.astype(numpy.int32), products, 0.0
