"""math_coefficients.py: the polynomials of target/ir/vector_math.c and the tables of target/ir/vector_tables.c. Each minimizes the largest weighted error on an interval
(Lawson's iteration of weighted least squares), and coefficients are rounded to floats from the lowest power on, the others
found anew after each. Prints them with the error, a power of two."""
import math

import numpy


def minimax(function, powers, low, high, weight, rounds=60, points=4000):
    x = (low + high) / 2 + (high - low) / 2 * numpy.cos(numpy.pi * (numpy.arange(points) + 0.5) / points)
    scale = max(abs(low), abs(high))
    matrix = numpy.stack([(x / scale) ** power for power in powers], 1) * weight(x)[:, None]
    wanted = function(x) * weight(x)
    lawson = numpy.full(points, 1 / points)
    for _ in range(rounds):
        root = numpy.sqrt(lawson)
        found = numpy.linalg.lstsq(matrix * root[:, None], wanted * root, rcond=None)[0]
        lawson *= numpy.abs(matrix @ found - wanted)
        lawson /= lawson.sum()
    return [c / scale ** power for c, power in zip(found, powers)]


def fit(function, powers, low, high, weight, rounds=60, points=4000):
    """The coefficients, and the largest error."""
    rounded, left = [], list(powers)

    def rest(x):
        return function(x) - sum(c * x ** power for power, c in rounded)

    while left:
        rounded.append((left[0], float(numpy.float32(minimax(rest, left, low, high, weight, rounds, points)[0]))))
        left.pop(0)
    x = numpy.linspace(low, high, 100001)
    return [c for _, c in rounded], numpy.max(numpy.abs(weight(x) * rest(x)))


def digits(x):
    return x.hex().replace("0000000p", "p").replace("0x0.0p+0", "0")


def polynomial(name, function, powers, low, high, weight):
    found, error = fit(function, powers, low, high, weight)
    print(f"{name}: 2^{math.log2(error):.1f}", ", ".join(digits(c) for c in found))


def table(name, function, beyond, pieces, degree):
    """Polynomials of what an argument is beyond a center, for pieces (center, low, high) in the order of their numbers; of the piece
    around 0 that of function(x) / x - 1, which `beyond` gives without cancellation. Rows are coefficients, lowest power first."""
    columns, worst = [], 0
    for center, low, high in pieces:
        if center == 0:
            found, error = fit(beyond, range(degree), -high, high, numpy.ones_like, 40, 600)
            found = [0.0, *found]
        else:
            found, error = fit(lambda z, c=center: function(c + z), range(degree + 1), low - center, high - center,
                               lambda z, c=center: 1 / function(c + z), 40, 600)
        columns.append(found)
        worst = max(worst, error)
    print(f"{name}: 2^{math.log2(worst):.1f}; centers {', '.join(digits(center) for center, _, _ in pieces)}")
    for row in zip(*columns):
        print("    {" + ", ".join(digits(c) for c in row) + "},")


def erf_beyond(z):
    """erf(z) / z - 1, by its series."""
    return 2 / math.sqrt(math.pi) * sum((-1.0) ** k * z ** (2 * k) / (math.factorial(k) * (2 * k + 1)) for k in range(12)) - 1


def tanh_beyond(z):
    """tanh(z) / z - 1 near 0."""
    return -z ** 2 / 3 + 2 * z ** 4 / 15 - 17 * z ** 6 / 315 + 62 * z ** 8 / 2835 - 1382 * z ** 10 / 155925


def tanh_pieces():
    """Of 1 + 15 / 9.2 x the exponent and two bits of the mantissa, in the order of their low four bits."""
    pieces = {}
    for exponent in range(4):
        for quarter in range(4):
            low, high = (((1 + (quarter + end) / 4) * 2 ** exponent - 1) * 9.2 / 15 for end in (0, 1))
            center = round((low + high) / 2 * 64) / 64 if low > 0 else 0.0
            pieces[(127 + exponent) % 4 * 4 + quarter] = (center, low - 1e-5, high + 1e-5)
    return [pieces[number] for number in range(16)]


def exponential_from(x, first):
    """x^first / first! + ..., without cancellation."""
    return sum(x ** k / float(math.factorial(k)) for k in range(first, 25))


def alternating(z, first):
    """What is left of the sine (from x^3 on) or the cosine (from x^4 on) over its first power, of z = x^2."""
    sign = -1.0 if first == 3 else 1.0
    return sum(sign * (-z) ** k / float(math.factorial(first + 2 * k)) for k in range(10))


def main():
    erf = numpy.vectorize(math.erf, otypes=[float])
    erfc = numpy.vectorize(math.erfc, otypes=[float])
    half = math.log(2) / 2 * 1.002
    polynomial("exp", lambda x: exponential_from(x, 2), range(2, 7), -half, half, lambda x: numpy.exp(-x))
    polynomial("exp2", lambda x: numpy.exp2(x) - 1, range(1, 7), -0.5001, 0.5001, lambda x: numpy.exp2(-x))
    polynomial("tanh", lambda x: numpy.tanh(x) - x, range(3, 12, 2), 1e-4, 0.7, lambda x: 1 / numpy.tanh(x))
    polynomial("erf", lambda x: erf(x) - x, range(1, 14, 2), 1e-4, 0.9, lambda x: 1 / erf(x))
    polynomial("-ln(erfc)", lambda x: -numpy.log(erfc(x)) - x, range(1, 8), 0.79, 3.95, lambda x: erfc(x) / erf(x))

    polynomial("expm1", lambda x: sum(x ** k / float(math.factorial(k + 2)) for k in range(23)), range(6), -half, half,
               lambda x: numpy.abs(x) + 1e-3)
    eighth = (math.pi / 4 * 1.001) ** 2
    polynomial("sin", lambda z: alternating(z, 3), range(3), 0, eighth, lambda z: z + 1e-6)
    polynomial("cos", lambda z: alternating(z, 4), range(3), 0, eighth, lambda z: z * z + 1e-6)

    table("erf", erf, erf_beyond, [(i / 4, i / 4 - 0.125, i / 4 + 0.125) for i in range(16)], 5)
    table("tanh", numpy.tanh, tanh_beyond, tanh_pieces(), 6)

    def logarithm(f):
        wide = f.astype(numpy.longdouble)
        return (numpy.log1p(wide) - wide + wide * wide / 2).astype(float)

    polynomial("log", logarithm, range(3, 11), 2 ** -0.5 - 1 - 1e-6, 2 ** 0.5 - 1 + 1e-6,
               lambda f: 1 / numpy.maximum(numpy.abs(numpy.log1p(f)), 1e-3))


if __name__ == "__main__":
    main()
