"""What each function of examples/mlir computes, said again in NumPy, in the order of operations of its LLVM IR: so
the results must be equal bit by bit, in floating point as well. There each product and each sum is rounded."""
import zlib

import numpy
from numpy import float16, float32, int8, int16, int32, int64

from toolchain import InOut, Out, Scalar


class Case:
    """A function of examples/mlir/FILE.mlir: `make(random)` gives its arguments and the expected results."""

    def __init__(self, file, function, make, large=False):
        self.file, self.function, self.make, self.large = file, function, make, large

    def arguments(self):
        random = numpy.random.default_rng(zlib.crc32(self.function.encode()))
        return self.make(random)


CASES = []


def case(file, large=False):
    def add(make):
        CASES.append(Case(file, make.__name__, make, large))
        return make
    return add


def int8s(random, *shape):
    return random.integers(-128, 128, shape, dtype=int8)


def int32s(random, *shape):
    return random.integers(-2**31, 2**31, shape, dtype=int32)


def floats(random, *shape):
    """Numbers of both signs over many magnitudes, so that the order of a sum shows in its bits."""
    return (random.standard_normal(shape) * 2.0 ** random.integers(-8, 8, shape)).astype(float32)


def halves(random, *shape):
    return floats(random, *shape).astype(float16)


def sum_of_products(a, b):
    """For each element a float32 sum in the order of k, each product and each sum rounded."""
    total = numpy.zeros((a.shape[0], b.shape[1]), float32)
    for k in range(a.shape[1]):
        total = total + a[:, k:k + 1] * b[k:k + 1, :]
    return total


def matmul_int8(a, b):
    return a.astype(int32) @ b.astype(int32)


@case("matmul_i8", large=True)
def matmul_i8(random):
    a, b = int8s(random, 256, 256), int8s(random, 256, 256)
    return [a, b, Out("int32", 256, 256)], [matmul_int8(a, b)]


@case("matmul_i8")
def matmul_i8_edges(random):
    a, b = int8s(random, 17, 23), int8s(random, 23, 9)
    a[3, :], b[:, 4] = -128, -128
    return [a, b, Out("int32", 17, 9)], [matmul_int8(a, b)]


@case("matmul_i8")
def matmul_i8_accumulate(random):
    a, b, c = int8s(random, 16, 32), int8s(random, 32, 16), int32s(random, 16, 16)
    return [a, b, InOut(c)], [c + matmul_int8(a, b)]


@case("dynamic")
def matmul_i8_dynamic(random):
    a, b, c = int8s(random, 11, 30), int8s(random, 30, 13), int32s(random, 11, 13)
    return [a, b, InOut(c)], [c + matmul_int8(a, b)]


@case("matmul_f32")
def matmul_f32(random):
    a, b = floats(random, 48, 64), floats(random, 64, 40)
    return [a, b, Out("float32", 48, 40)], [sum_of_products(a, b)]


@case("matmul_f16")
def matmul_f16(random):
    a, b = halves(random, 33, 40), halves(random, 40, 17)
    return [a, b, Out("float32", 33, 17)], [sum_of_products(a.astype(float32), b.astype(float32))]


@case("matmul_f16")
def matmul_f16_narrow(random):
    a, b = halves(random, 8, 24), halves(random, 24, 8)
    a[0, 0] = 6e-8  # the smallest subnormal
    return [a, b, Out("float16", 8, 8)], [sum_of_products(a.astype(float32), b.astype(float32)).astype(float16)]


def scaled(value, multiplier, shift, double_round):
    """TOSA's apply_scale_32."""
    rounding = int64(1) << (shift - int64(1))
    if double_round:
        rounding = rounding + numpy.where(shift > 31, numpy.where(value >= 0, int64(1) << int64(30), -(int64(1) << int64(30))), 0)
    return (value.astype(int64) * multiplier.astype(int64) + rounding) >> shift


def sums_of_windows(image, zero, pad, stride, size, bias, product):
    """The bias and, for each offset (y, x) in the window of size x size, product(elements of the image, y, x); `pad` is how
    much the image has before and after it."""
    image = numpy.pad(image.astype(int32), ((0, 0), pad, pad, (0, 0)), constant_values=zero) - zero
    height = (image.shape[1] - size) // stride + 1
    width = (image.shape[2] - size) // stride + 1
    total = numpy.tile(bias, (image.shape[0], height, width, 1)).astype(int32)
    for y in range(size):
        for x in range(size):
            total += product(image[:, y:y + stride * height:stride, x:x + stride * width:stride, :], y, x)
    return total


def rescaled(total, multiplier, shift, output_zero, double_round):
    result = scaled(total, numpy.array(multiplier, int32), numpy.array(shift, int64), double_round) + output_zero
    return numpy.clip(result, -128, 127).astype(int8)


def quantized_convolution(image, weight, bias, zero, pad, stride, multiplier, shift, output_zero, double_round):
    weight = weight.astype(int32)
    total = sums_of_windows(image, zero, (pad, pad), stride, weight.shape[1], bias,
                            lambda part, y, x: part @ weight[:, y, x, :].T)
    return rescaled(total, multiplier, shift, output_zero, double_round)


def quantized_depthwise(image, weight, bias, zero, pad, stride, multiplier, shift, output_zero, double_round):
    weight = weight.astype(int32)
    total = sums_of_windows(image, zero, pad, stride, weight.shape[0], bias, lambda part, y, x: part * weight[y, x, :, 0])
    return rescaled(total, multiplier, shift, output_zero, double_round)


@case("conv2d_i8")
def conv2d_i8(random):
    image, weight = int8s(random, 1, 8, 8, 4), int8s(random, 6, 3, 3, 4)
    bias = random.integers(-20000, 20000, 6, dtype=int32)
    expected = quantized_convolution(image, weight, bias, -3, 1, 1,
                                     [1073741824, 1342177280, 1610612736, 1879048192, 2147483647, 1200000000],
                                     [38, 39, 39, 40, 40, 38], 5, True)
    return [image, weight, bias, Out("int8", 1, 8, 8, 6)], [expected]


@case("conv2d_i8")
def conv2d_i8_stride2(random):
    image, weight = int8s(random, 2, 9, 9, 3), int8s(random, 5, 3, 3, 3)
    bias = random.integers(-20000, 20000, 5, dtype=int32)
    expected = quantized_convolution(image, weight, bias, 0, 0, 2, [1395864371], [39], -7, False)
    return [image, weight, bias, Out("int8", 2, 4, 4, 5)], [expected]


@case("conv2d_i8", large=True)
def conv2d_layer_i8(random):
    image, weight = int8s(random, 1, 28, 28, 64), int8s(random, 96, 3, 3, 64)
    bias = random.integers(-65536, 65536, 96, dtype=int32)
    expected = quantized_convolution(image, weight, bias, -3, 1, 1, [1395864371], [42], 5, True)
    return [image, weight, bias, Out("int8", 1, 28, 28, 96)], [expected]


@case("depthwise_i8")
def depthwise_i8(random):
    image, weight = int8s(random, 1, 28, 28, 64), int8s(random, 3, 3, 64, 1)
    bias = random.integers(-20000, 20000, 64, dtype=int32)
    expected = quantized_depthwise(image, weight, bias, -3, (1, 1), 1, [1395864371], [39], -7, True)
    return [image, weight, bias, Out("int8", 1, 28, 28, 64)], [expected]


@case("depthwise_i8")
def depthwise_i8_stride2(random):
    image, weight = int8s(random, 2, 8, 10, 5), int8s(random, 3, 3, 5, 1)
    bias = random.integers(-20000, 20000, 5, dtype=int32)
    expected = quantized_depthwise(image, weight, bias, 7, (0, 1), 2, [1073741824, 1342177280, 1610612736, 2147483647, 1200000000],
                                   [38, 39, 39, 40, 38], 3, False)
    return [image, weight, bias, Out("int8", 2, 4, 5, 5)], [expected]


def convolution(image, weight, stride, dilation):
    """Sums in the order of kernel row, kernel column, channel."""
    height = (image.shape[1] - dilation * (weight.shape[0] - 1) - 1) // stride + 1
    width = (image.shape[2] - dilation * (weight.shape[1] - 1) - 1) // stride + 1
    total = numpy.zeros((image.shape[0], height, width, weight.shape[3]), float32)
    for y in range(weight.shape[0]):
        for x in range(weight.shape[1]):
            for c in range(weight.shape[2]):
                part = image[:, y * dilation:, x * dilation:, c][:, :stride * height:stride, :stride * width:stride]
                total = total + part[..., None] * weight[y, x, c]
    return total


@case("conv2d_f32")
def conv2d_f32(random):
    image, weight = floats(random, 1, 10, 10, 4), floats(random, 3, 3, 4, 6)
    return [image, weight, Out("float32", 1, 8, 8, 6)], [convolution(image, weight, 1, 1)]


@case("conv2d_f32")
def conv2d_f32_dilated(random):
    image, weight = floats(random, 2, 11, 13, 3), floats(random, 3, 3, 3, 2)
    return [image, weight, Out("float32", 2, 4, 5, 2)], [convolution(image, weight, 2, 2)]


def pooled(image, size, stride, start, combine):
    """Combines each window in the order of its rows and columns."""
    height = (image.shape[1] - size) // stride + 1
    width = (image.shape[2] - size) // stride + 1
    total = numpy.full((image.shape[0], height, width, image.shape[3]), start, image.dtype)
    for y in range(size):
        for x in range(size):
            total = combine(total, image[:, y:y + stride * height:stride, x:x + stride * width:stride])
    return total


@case("pooling")
def pool_max_f32(random):
    image = floats(random, 1, 8, 8, 5)
    image[0, 2, 3, 1], image[0, 4:6, 4:6, 2] = numpy.inf, -numpy.inf
    return [image, Out("float32", 1, 4, 4, 5)], [pooled(image, 2, 2, -numpy.inf, numpy.maximum)]


@case("pooling")
def pool_max_i8(random):
    image = int8s(random, 1, 9, 9, 4)
    image[0, :, :, 3] = -128
    return [image, Out("int8", 1, 4, 4, 4)], [pooled(image, 3, 2, -128, numpy.maximum)]


@case("pooling")
def pool_sum_i32(random):
    image = int32s(random, 1, 6, 6, 3)  # the sums wrap
    return [image, Out("int32", 1, 5, 5, 3)], [pooled(image, 2, 1, 0, numpy.add)]


@case("pooling")
def pool_sum_f32(random):
    image = floats(random, 1, 6, 6, 3)
    return [image, Out("float32", 1, 4, 4, 3)], [pooled(image, 3, 1, 0, numpy.add)]


@case("elementwise")
def add_relu_f32(random):
    a, b = floats(random, 12, 20), floats(random, 12, 20)
    a[0, 0], a[1, 1], b[2, 2] = numpy.nan, numpy.inf, -0.0
    total = a + b
    return [a, b, Out("float32", 12, 20)], [numpy.where(total > 0, total, float32(0))]


@case("elementwise")
def add_saturate_i8(random):
    a, b = int8s(random, 7, 33), int8s(random, 7, 33)
    return [a, b, Out("int8", 7, 33)], [numpy.clip(a.astype(int16) + b, -128, 127).astype(int8)]


@case("elementwise")
def add_bias_f32(random):
    a, bias = floats(random, 12, 20), floats(random, 20)
    return [a, bias, Out("float32", 12, 20)], [a + bias]


@case("elementwise")
def scale_f32(random):
    a = floats(random, 9, 16)
    a[0, :3] = [1e-44, 3e38, -0.0]  # a subnormal, an overflow, a zero
    with numpy.errstate(over="ignore"):
        return [a, Scalar("f32", 1.375), Out("float32", 9, 16)], [a * float32(1.375)]


@case("elementwise")
def shift_i32(random):
    a = int32s(random, 9, 16)
    return [a, Scalar("i32", 5), Out("int32", 9, 16)], [a >> 5]


@case("reduction")
def row_sum_i32(random):
    a = int32s(random, 13, 50)  # the sums wrap
    return [a, Out("int32", 13)], [a.sum(axis=1, dtype=int32)]


@case("reduction")
def row_sum_f32(random):
    a = floats(random, 13, 50)
    total = numpy.zeros(13, float32)
    for column in range(50):
        total = total + a[:, column]
    return [a, Out("float32", 13)], [total]


@case("reduction")
def column_max_i32(random):
    a = int32s(random, 13, 50)
    return [a, Out("int32", 50)], [a.max(axis=0)]
