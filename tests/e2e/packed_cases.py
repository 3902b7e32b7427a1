"""Products of int8 matrices that are packed in tiles, as linalg.mmt4d and hand-written kernels have them: plain loops in C, with operands and
the expected result by NumPy."""
import numpy

from tensor_cases import TYPES, Case, numbers, product
from toolchain import Scalar


def packed(random, many, tile=(8, 16, 4), types=("s8", "s8"), sides="both", known=True, start="zero"):
    """`many` tiles of rows, columns and k, each of `tile`. A side that is not packed has a row's values of k side by side; then the result
    is a matrix in rows, else packed as well. Sums begin with zero, or with what was there ("old"): then the loops stand as mmt4d's do."""
    rows, columns, depth = (count * size for count, size in zip(many, tile))
    left, right = sides in ("both", "left"), sides in ("both", "right")
    x = "a[((m * K + k) * R + i) * Q + q]" if left else "a[(m * R + i) * K * Q + k * Q + q]"
    y = "b[((n * K + k) * S + j) * Q + q]" if right else "b[(n * S + j) * K * Q + k * Q + q]"
    z = "c[((m * N + n) * R + i) * S + j]" if left and right else "c[(m * R + i) * N * S + n * S + j]"
    loops = {i: f"for (long {i} = 0; {i} < {limit}; {i}++)" for i, limit in zip("mnkijq", "MNKRSQ")}
    if start == "zero":
        around, within = (" ".join(loops[i] for i in part) for part in ("mnij", "kq"))
        body = f"{around} {{ int32_t sum = 0; {within} sum += (int32_t){x} * (int32_t){y}; {z} = sum; }}"
    else:
        body = f"{' '.join(loops[i] for i in 'mnkijq')} {z} += (int32_t){x} * (int32_t){y};"
    counts = dict(zip("MNK", many))
    constants = dict(zip("RSQ", tile)) | (counts if known else {})
    parameters = "" if known else ", long M, long N, long K"
    source = f"""enum {{ {', '.join(f'{name} = {value}' for name, value in constants.items())} }};
void kernel(const {TYPES[types[0]][0]} *restrict a, const {TYPES[types[1]][0]} *restrict b, int32_t *restrict c{parameters}) {{
  {body}
}}
"""
    def in_tiles(matrix, count, size):
        return numpy.ascontiguousarray(matrix.reshape(count, size, many[2], tile[2]).transpose(0, 2, 1, 3))
    a, b = numbers(random, types[0], (rows, depth)), numbers(random, types[1], (columns, depth))
    c = random.integers(-1000, 1000, (rows, columns)).astype(numpy.int32)
    total = product(a, b.T, c if start == "old" else numpy.zeros_like(c))
    if left and right:
        c, total = (numpy.ascontiguousarray(z.reshape(many[0], tile[0], many[1], tile[1]).transpose(0, 2, 1, 3)) for z in (c, total))
    inputs = [in_tiles(a, many[0], tile[0]) if left else a, in_tiles(b, many[1], tile[1]) if right else b, c]
    name = (f"packed {'x'.join(map(str, many))} tiles of {'x'.join(map(str, tile))}, {sides} {types[0]}{types[1]} {start}"
            + ("" if known else " of sizes known at run time"))
    macs = rows * columns * depth
    return Case(name, source, inputs, total, macs, small=macs <= 64 ** 3, accumulates=start == "old",
                scalars=[] if known else [Scalar("i64", value) for value in many])


def some_packed(random):
    many = tuple(int(random.integers(1, 9)) for _ in range(2)) + (int(random.integers(1, 40)),)
    tile = tuple(int(random.choice([1, 2, 4, 8, 8, 16, 16, 32])) for _ in range(2)) + (int(random.choice([4, 4, 4, 4, 1, 2, 8])),)
    types = tuple(str(random.choice(["s8", "u8"])) for _ in range(2))
    return packed(random, many, tile, types, str(random.choice(["both", "both", "left", "right"])), bool(random.integers(2)),
                  str(random.choice(["zero", "old"])))


def all_packed(random):
    """What tests/e2e/tensor_test.py goes through."""
    for arguments in (
            {"many": (4, 5, 12), "start": "old"}, {"many": (3, 2, 30), "types": ("u8", "s8")}, {"many": (5, 4, 40), "tile": (16, 32, 4), "start": "old", "known": False},
            {"many": (7, 3, 25), "sides": "left"}, {"many": (3, 6, 33), "tile": (12, 20, 4), "sides": "right"}, {"many": (2, 3, 70), "start": "old"}):
        case = packed(random, **arguments)
        case.remark = "words of k"
        yield case
