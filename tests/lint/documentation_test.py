"""The check of the documents must find each kind of mistake, and nothing in documents that have none."""
import os
import tempfile
import unittest

import documentation

GOOD = {
    "README.md": "[tour](docs/tour.md#the-house) [web](https://example.org) `[not](a link)`\n```\nkiln-as -g -Iinclude x.s\n```\n",
    "docs/tour.md": "# A tour\n\n## The house\n\n[up](../README.md)\n",
    "docs/assembler.md": "`kiln-as [-g] [-I DIR] x.s`\n",
    "docs/compiler.md": "## first (part.c), second\n\n## third\n\n`-O2 -v`\n",
    "target/passes.def": '// PASS("name")\nPASS("first", f, 0)\nPASS("second", s, 0)\nPASS("third", t, 0)\n',
}
HELPS = {"kiln-as": "usage\n\n  -g    lines\n  -IDIR    folders\n  -help   this\n", "kiln-llc": "  -OLEVEL  level\n  -v   more\n"}


class Documentation(unittest.TestCase):
    def problems(self, extra):
        with tempfile.TemporaryDirectory() as root:
            for path, text in {**GOOD, **extra}.items():
                full = os.path.join(root, path)
                os.makedirs(os.path.dirname(full), exist_ok=True)
                with open(full, "w", encoding="utf-8") as file:
                    file.write(text)
            return documentation.check(root, HELPS)

    def one(self, path, text, reason):
        problems = self.problems({path: text})
        self.assertEqual(len(problems), 1, problems)
        self.assertIn(reason, problems[0])

    def test_good(self):
        self.assertEqual(self.problems({}), [])

    def test_links(self):
        self.one("a.md", "[b](b.md)", "a.md: the link b.md leads nowhere")
        self.one("a.md", "[b](docs/tour.md#the-hose)", "no heading #the-hose")
        self.one("a.md", "[b](#here)\n```\n# here\n```\n", "no heading #here")

    def test_passes(self):
        self.one("docs/compiler.md", "## first, second\n`-O2 -v`\n", "no heading names the pass third")
        self.one("docs/compiler.md", "## second, first\n## third\n`-O2 -v`\n", "order")

    def test_options(self):
        self.one("docs/assembler.md", "`kiln-as [-I DIR] x.s`", "the option -g")
        self.one("docs/tour.md", "## The house\n`kiln-as -g -verbose x.s`", "kiln-as has no option -verbose")
        self.one("docs/tour.md", "## The house\n```\nkiln-as \\\n  -v x.s\n```\n", "kiln-as has no option -v")


if __name__ == "__main__":
    unittest.main()
