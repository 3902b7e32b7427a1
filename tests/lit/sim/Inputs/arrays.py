"""Writes the input arrays of call.s, or with --check compares what the calls wrote. argv: prefix [--check]"""

import sys

import numpy as np

prefix = sys.argv[1]
array = np.array([[1, -2, 3], [2**30, 5, -6]], dtype=np.int32)
if "--check" not in sys.argv:
    np.save(prefix + ".in.npy", array)
    np.save(prefix + ".fortran.npy", np.asfortranarray(array.astype(">i4")))
    np.save(prefix + ".inout.npy", np.zeros((2, 3), dtype=np.int32))
else:
    for name in ("out", "memref", "inout"):
        found = np.load(f"{prefix}.{name}.npy")
        assert found.dtype == np.int32 and found.shape == (2, 3), (name, found.dtype, found.shape)
        assert (found == array * np.int32(3)).all(), (name, found)
