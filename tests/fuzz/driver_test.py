"""driver_test.py FRAGILE CORPUS: the fuzz driver reports a crash, a hang and an early exit, each with a seed that
brings the same one back, and runs the same inputs every time."""
import os
import re
import subprocess
import sys
import tempfile
import unittest

FRAGILE, CORPUS = sys.argv[1:3]


def run(mode, *arguments, corpus=CORPUS):
    environment = {**os.environ, "FRAGILE_MODE": mode}
    return subprocess.run([FRAGILE, *arguments, corpus], env=environment, capture_output=True, text=True)


class Driver(unittest.TestCase):
    def found(self, mode, what, *arguments):
        result = run(mode, "--runs", "500", *arguments)
        self.assertEqual(result.returncode, 1, result)
        self.assertIn(what, result.stderr)
        seed = re.search(r"--seed (\d+) --runs 1", result.stderr).group(1)
        again = run(mode, "--seed", seed, "--runs", "1", *arguments)
        self.assertEqual(again.returncode, 1, again)
        self.assertIn(what, again.stderr)
        self.assertEqual(result.stderr, run(mode, "--runs", "500", *arguments).stderr)
        return seed

    def test_crash(self):
        seed = self.found("crash", "signal 6 (Aborted)")
        with tempfile.NamedTemporaryFile() as file:
            run("crash", "--seed", seed, "--runs", "1", "--save", file.name)
            self.assertNotEqual(file.read()[:1], b"k")

    def test_exit(self):
        self.found("exit", "exit code 3")

    def test_hang(self):
        self.found("hang", "no end after 1 s", "--limit", "1")

    def test_sound(self):
        result = run("sound", "--runs", "500")
        self.assertEqual((result.returncode, result.stdout), (0, "501 inputs, none of them fatal\n"))

    def test_no_corpus(self):
        with tempfile.TemporaryDirectory() as folder:
            result = run("sound", corpus=folder)
            self.assertEqual(result.returncode, 2)
            self.assertIn("no seed inputs", result.stderr)

    def test_fatal_seed_input(self):
        with tempfile.TemporaryDirectory() as folder:
            with open(os.path.join(folder, "bad"), "w") as file:
                file.write("bad")
            result = run("crash", corpus=folder)
            self.assertEqual(result.returncode, 1)
            self.assertIn("on the seed input", result.stderr)


if __name__ == "__main__":
    unittest.main(argv=sys.argv[:1])
