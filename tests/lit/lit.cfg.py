# The configuration that all of the tools' lit suites share. A test calls the tools by their names; build/bin
# and LLVM's tools (FileCheck, not, llvm-mc, llvm-objdump, ld.lld, clang, ...) come first on PATH.
import os

import lit.formats

config.name = "kiln"
config.test_format = lit.formats.ShTest(execute_external=False)
config.suffixes = [".s", ".test", ".ll", ".py"]
config.excludes = ["Inputs", "lit.cfg.py"]
config.test_source_root = os.path.dirname(__file__)
config.test_exec_root = os.path.join(config.kiln_build, "tests", "lit")

path = [os.path.join(config.kiln_build, "bin"), config.llvm_tools, os.environ.get("PATH", "")]
config.environment["PATH"] = os.pathsep.join(path)
for variable in ("ASAN_OPTIONS", "UBSAN_OPTIONS", "LSAN_OPTIONS"):
    if variable in os.environ:
        config.environment[variable] = os.environ[variable]

# The Python that has NumPy, and the folder of the sources.
config.substitutions.append(("%python", config.python))
config.substitutions.append(("%root", config.kiln_source))


def has_terminals():
    """Whether this system gives out pseudo-terminals: a bare root without /dev/pts does not."""
    import pty
    try:
        for descriptor in pty.openpty():
            os.close(descriptor)
    except OSError:
        return False
    return True


if has_terminals():
    config.available_features.add("terminal")
