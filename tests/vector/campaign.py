"""The campaigns of random modules here: their options, their seeds, and what they print."""
import argparse
import os
import sys
import tempfile

import numpy

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "differential"))
import tools  # noqa: E402

ENOUGH = 6  # failures after which a campaign ends


def run(check, count, what, skip=lambda seed: False, not_ours=()):
    """Calls check(toolchain, seed, folder) for seeds in a row, count of them unless --count says otherwise; returns
    the exit status. The folder holds in.npy, 8192 random bytes. Failures of the kinds `not_ours` do not count."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--build", required=True)
    parser.add_argument("--count", type=int, default=count)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--keep", help="folder where the files of the first failure stay")
    options = parser.parse_args()
    failures = 0
    with tempfile.TemporaryDirectory() as scratch:
        folder = options.keep or scratch
        compiler = tools.Compiler(os.path.join(options.build, "bin", "kiln-llc"))
        toolchain = tools.Toolchain(options.build, compiler, folder)
        numpy.save(f"{folder}/in.npy", numpy.random.default_rng(1).integers(0, 256, 8192, numpy.uint8))
        for seed in range(options.seed, options.seed + options.count):
            if skip(seed):
                continue
            try:
                check(toolchain, seed, folder)
            except tools.Failed as failed:
                if failed.kind in not_ours:
                    continue
                failures += 1
                print(f"seed {seed}: {str(failed)[:900]}")
                if options.keep or failures >= ENOUGH:
                    break
    print(f"{options.count} {what}, {failures} failures")
    return 1 if failures else 0
