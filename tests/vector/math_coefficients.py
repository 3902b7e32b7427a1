"""math_coefficients.py: the polynomials of target/vector_math.c. Each minimizes the largest weighted error on an interval
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


def polynomial(name, function, powers, low, high, weight):
    rounded, left = [], list(powers)

    def rest(x):
        return function(x) - sum(c * x ** power for power, c in rounded)

    while left:
        rounded.append((left[0], float(numpy.float32(minimax(rest, left, low, high, weight)[0]))))
        left.pop(0)
    x = numpy.linspace(low, high, 100001)
    error = numpy.max(numpy.abs(weight(x) * rest(x)))
    print(f"{name}: 2^{math.log2(error):.1f}", ", ".join(c.hex().replace("0000000p", "p") for _, c in rounded))


def exponential_from(x, first):
    """x^first / first! + ..., without cancellation."""
    return sum(x ** k / float(math.factorial(k)) for k in range(first, 25))


def main():
    erf = numpy.vectorize(math.erf, otypes=[float])
    erfc = numpy.vectorize(math.erfc, otypes=[float])
    half = math.log(2) / 2 * 1.002
    polynomial("exp", lambda x: exponential_from(x, 2), range(2, 7), -half, half, lambda x: numpy.exp(-x))
    polynomial("exp2", lambda x: numpy.exp2(x) - 1, range(1, 7), -0.5001, 0.5001, lambda x: numpy.exp2(-x))
    polynomial("tanh", lambda x: numpy.tanh(x) - x, range(3, 12, 2), 1e-4, 0.7, lambda x: 1 / numpy.tanh(x))
    polynomial("erf", lambda x: erf(x) - x, range(1, 14, 2), 1e-4, 0.9, lambda x: 1 / erf(x))
    polynomial("-ln(erfc)", lambda x: -numpy.log(erfc(x)) - x, range(1, 8), 0.79, 3.95, lambda x: erfc(x) / erf(x))

    def logarithm(f):
        wide = f.astype(numpy.longdouble)
        return (numpy.log1p(wide) - wide + wide * wide / 2).astype(float)

    polynomial("log", logarithm, range(3, 11), 2 ** -0.5 - 1 - 1e-6, 2 ** 0.5 - 1 + 1e-6,
               lambda f: 1 / numpy.maximum(numpy.abs(numpy.log1p(f)), 1e-3))


if __name__ == "__main__":
    main()
