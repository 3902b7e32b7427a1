"""The include-graph check must find each kind of violation, and nothing in a tree that keeps the rules."""
import os
import tempfile
import unittest

import include_graph

GOOD = {
    "support/text.h": "#include <stddef.h>\n",
    "isa/isa.h": '#include "support/text.h"\n',
    "isa/insns.def": "",
    "isa/internal.h": '#include "isa/isa.h"\n',
    "isa/machine.c": '#include "builtin_machines.inc"\n',
    "asm/asm.h": '#include "support/text.h"\n',
    "asm/object.h": "",
    "asm/internal.h": '#include "asm/asm.h"\n#include "isa/insns.def"\n',
    "asm/lex.c": '#include "asm/internal.h"\n#include <libelf.h>\n',
    "linker/linker.h": "",
    "linker/input.c": '#include "linker/linker.h"\n#include "isa/isa.h"\n',
    "sim/sim.h": "",
    "target/target.h": "",
    "target/import/import.h": "#include <llvm-c/Core.h>\n",
    "target/import/value.c": '#include "target/import/import.h"\n#include <llvm-c/Core.h>\n',
    "target/ir/vector.h": '#include "target/target.h"\n',
    "target/passes/legalize.c": '#include "target/ir/vector.h"\n',
    "target/emit/emit.h": "",
    "target/emit/object.c": '#include "asm/object.h"\n',
}


class IncludeGraph(unittest.TestCase):
    def violations(self, extra):
        with tempfile.TemporaryDirectory() as root:
            for path, text in {**GOOD, **extra}.items():
                full = os.path.join(root, path)
                os.makedirs(os.path.dirname(full), exist_ok=True)
                with open(full, "w", encoding="utf-8") as file:
                    file.write(text)
            return include_graph.check(root)[0]

    def one(self, path, include, reason):
        violations = self.violations({path: f"// comment\n#include {include}\n"})
        self.assertEqual(len(violations), 1, violations)
        self.assertTrue(violations[0].startswith(f"{path}:2: "), violations)
        self.assertIn(reason, violations[0])

    def test_rules_kept(self):
        self.assertEqual(self.violations({}), [])

    def test_rules_broken(self):
        self.one("support/arena.c", '"isa/isa.h"', "support/ may not include isa/")
        self.one("isa/format.c", '"asm/asm.h"', "isa/ may not include asm/")
        self.one("asm/write.c", '"linker/linker.h"', "asm/ may not include linker/")
        self.one("linker/link.c", '"asm/object.h"', "linker/ may not include asm/")
        self.one("sim/run.c", '"target/target.h"', "sim/ may not include target/")
        self.one("target/select/select.c", '"asm/object.h"', "target/ may not include asm/")
        self.one("target/emit/text.c", '"asm/internal.h"', "target/ may not include asm/")
        self.one("asm/encode.c", '"isa/internal.h"', "not a public header of isa/")
        self.one("target/select/select.c", "<llvm-c/Core.h>", "target/import/ alone")
        self.one("sim/run.c", '"llvm-c/Core.h"', "target/import/ alone")
        self.one("target/select/select.c", '"target/import/import.h"', "brings in LLVM")
        self.one("target/import/import.c", '"llvm/IR/Module.h"', "only its C interface")
        self.one("target/passes/fold.c", '"target/emit/emit.h"', "target/passes/ may not include target/emit/")
        self.one("asm/lex.h", "<gtest/gtest.h>", "tests/harness alone")
        self.one("asm/lex.c", '"internal.h"', "spelled from the root")
        self.one("asm/lex.c", '"../isa/isa.h"', "spelled from the root")
        self.one("asm/lex.c", "<isa/isa.h>", "with quotes")

    def test_cpp_is_refused(self):
        self.assertEqual(len(self.violations({"target/import.cpp": ""})), 1)


if __name__ == "__main__":
    unittest.main()
