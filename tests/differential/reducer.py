"""Makes a failing module of IR smaller by dropping functions, blocks of lines and single lines.

A smaller module counts when LLVM's verifier accepts it, LLVM's own code for it gives the same result at -O0, at -O2
and after LLVM's optimizer (so that it has no undefined behaviour that shows), and Kiln's still fails in the same way.
"""
import os
import re

import tools


def failure_kind(toolchain, path, levels, ways, folder):
    """How the module fails: the kind of the first failure, or None."""
    stem = os.path.join(folder, "reduce")
    try:
        expected = trusted_result(toolchain, path, folder)
    except tools.Failed:
        return None
    if expected is None:
        return None
    for level in levels:
        for way in ways:
            try:
                result = toolchain.build_and_run(toolchain.compiler, path, level, stem, way)
            except tools.Failed as failed:
                first = failed.text.splitlines()[1:2] if failed.kind == "compiler fails" else []
                return f"{failed.kind} {essence(' '.join(first))}", level, way
            if tools.difference(result, expected):
                return "wrong result", level, way
    return None


def essence(diagnostic):
    """What stays the same of a diagnostic when the module gets smaller."""
    allocation = re.search("register allocation", diagnostic)
    return allocation.group() if allocation else re.sub("[0-9]+", "#", re.sub("^[^ ]*: ", "", diagnostic))


def trusted_result(toolchain, path, folder):
    """What LLVM makes of the module in three ways; None when they differ."""
    with open(path, encoding="utf-8") as lines:
        text = lines.read()
    if re.search(r"\b(undef|poison)\b", text):
        return None
    stem, optimized = os.path.join(folder, "trusted"), os.path.join(folder, "trusted.opt.ll")
    tools.succeed([tools.program("opt-22"), "-passes=default<O2>", "-S", path, "-o", optimized],
                  tools.COMPILE_SECONDS, "opt")
    results = [toolchain.build_and_run(toolchain.oracle, source, level, stem, "lld-qemu")
               for source, level in ((path, 0), (path, 2), (optimized, 2))]
    return results[0] if results[0] == results[1] == results[2] else None


def chunks_of_functions(lines):
    """Ranges of lines that are whole functions."""
    start = None
    for number, line in enumerate(lines):
        if line.startswith("define"):
            start = number
        elif line.startswith("}") and start is not None:
            yield start, number + 1
            start = None


def repair(lines):
    """Drops what names something that is gone: calls of functions without a body."""
    defined = set(re.findall(r"^(?:define|declare)[^@\n]*@([\w.$]+)", "\n".join(lines), re.M))
    kept = []
    for line in lines:
        call = re.search(r"call [^@]*@([\w.$]+)\(", line)
        if call and call.group(1) not in defined and "=" not in line:
            continue
        kept.append(line)
    return kept


def reduce(toolchain, source, output, levels, ways, folder):
    """Writes the smallest module found that fails like `source`."""
    with open(source, encoding="utf-8") as text:
        lines = [line.rstrip("\n") for line in text]
    found = failure_kind(toolchain, source, levels, ways, folder)
    if not found:
        raise tools.Failed("nothing to reduce", f"{source} does not fail")
    kind, level, way = found
    print(f"{source}: {kind}, -O{level}, {way}; {len(lines)} lines", flush=True)
    candidate = os.path.join(folder, "candidate.ll")

    def fails(trial):
        with open(candidate, "w", encoding="utf-8") as text:
            text.write("\n".join(trial) + "\n")
        again = failure_kind(toolchain, candidate, [level], [way], folder)
        return again is not None and again[0] == kind

    lines = drop(lines, fails)
    with open(output, "w", encoding="utf-8") as text:
        text.write("\n".join(lines) + "\n")
    print(f"{output}: {len(lines)} lines", flush=True)


def drop(lines, fails):
    """Drops functions, then ever smaller runs of lines, as long as the rest fails."""
    for start, end in reversed(list(chunks_of_functions(lines))):
        trial = repair(lines[:start] + lines[end:])
        if fails(trial):
            lines = trial
    size = max(1, len(lines) // 4)
    while True:
        start, smaller = len(lines), False
        while start > 0:
            begin = max(0, start - size)
            trial = lines[:begin] + lines[start:]
            if trial != lines and fails(trial):
                lines, smaller = trial, True
            start = begin
        if size == 1 and not smaller:
            return lines
        size = max(1, size // 2)
