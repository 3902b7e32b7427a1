"""Makes a failing module of IR smaller by dropping functions and instructions.

A smaller module counts when LLVM's verifier accepts it, Kiln still fails in the same way, and LLVM has one result for
it: at -O0, after its optimizer, and for the host (so that it has no undefined behaviour that shows).
"""
import os
import re
import shutil

import tools


def failure_kind(toolchain, path, levels, ways, folder):
    """How the module fails: the kind of the first failure, its level and way; or None. What is quick comes first."""
    stem = os.path.join(folder, "reduce")
    with open(path, encoding="utf-8") as lines:
        if re.search(r"\b(undef|poison)\b", lines.read()):
            return None
    try:
        tools.succeed([tools.program("opt-22"), "-passes=verify", "-disable-output", path], tools.COMPILE_SECONDS, "opt")
        expected = toolchain.build_and_run(toolchain.oracle, path, 0, stem, "lld-qemu")
    except tools.Failed:
        return None
    for level in levels:
        for way in ways:
            try:
                result = toolchain.build_and_run(toolchain.compiler, path, level, stem, way)
            except tools.Failed as failed:
                first = failed.text.splitlines()[1:2] if failed.kind == "compiler fails" else []
                return f"{failed.kind} {essence(' '.join(first))}", level, way
            if tools.difference(result, expected):
                return ("wrong result", level, way) if is_trusted(toolchain, path, expected, folder) else None
    return None


def essence(diagnostic):
    """What stays the same of a diagnostic when the module gets smaller."""
    allocation = re.search("register allocation", diagnostic)
    return allocation.group() if allocation else re.sub("[0-9]+", "#", re.sub("^[^ ]*: ", "", diagnostic))


def is_trusted(toolchain, path, expected, folder):
    """Whether LLVM has the same result after its optimizer, and for the host."""
    stem, optimized = os.path.join(folder, "trusted"), os.path.join(folder, "trusted.opt.ll")
    try:
        tools.succeed([tools.program("opt-22"), "-passes=default<O2>", "-S", path, "-o", optimized],
                      tools.COMPILE_SECONDS, "opt")
        results = [toolchain.build_and_run(toolchain.oracle, optimized, 2, stem, "lld-qemu"),
                   toolchain.host_result_of_ir(path, stem)]
    except tools.Failed:
        return False
    return all(result == expected for result in results)


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
        if again is None or again[0] != kind:
            return False
        shutil.copy(candidate, output)  # so that a run that is broken off leaves the best so far
        return True

    shutil.copy(source, output)
    lines = drop(lines, fails)
    print(f"{output}: {len(lines)} lines", flush=True)


def result_type(line):
    """The type of the scalar that a line defines; None when it is not known."""
    text = line.split(" = ", 1)[1]
    if text.startswith(("icmp", "fcmp")):
        return "i1"
    cast = re.search(r" to (\w+)$", text)
    found = cast or re.match(r"(?:phi|load(?: volatile)?|call|freeze|fneg) (\w+)", text) or \
        re.match(r"select i1 [^,]+, (\w+)", text) or re.match(r"\w+ (i\d+|half|float|double) ", text)
    return found.group(1) if found else None


def without(lines, start, end):
    """The lines without a range of them: labels and ends of blocks stay, and a one stands for what was defined."""
    kept, ones = lines[:start], {}
    for line in lines[start:end]:
        name = re.match(r"  (%\w+) = ", line)
        if name:
            kind = result_type(line)
            one = {"half": "0xH3C00", "float": "1.0", "double": "1.0", "i1": "true"}.get(kind, "1")
            if kind in ("half", "float", "double") or (kind and re.fullmatch(r"i\d+", kind)):
                ones[name.group(1)] = one
            else:
                kept.append(line)
        elif not re.match(r"  (call|store)", line):
            kept.append(line)
    kept += lines[end:]
    if not ones:
        return kept
    return [re.sub(r"%\w+", lambda match: ones.get(match.group(), match.group()), line) for line in kept]


def drop(lines, fails):
    """Drops functions, then ever shorter runs of instructions, as long as the rest fails."""
    for start, end in reversed(list(chunks_of_functions(lines))):
        trial = repair(lines[:start] + lines[end:])
        if fails(trial):
            lines = trial
    size = max(1, len(lines) // 2)
    while True:
        start, smaller = len(lines), False
        while start > 0:
            begin = max(0, start - size)
            trial = without(lines, begin, start)
            if len(trial) < len(lines) and fails(trial):
                lines, smaller = trial, True
            start = begin
        if size == 1 and not smaller:
            return lines
        size = max(1, size // 2)
