"""old_records.py MODULE.ll: the module with its debug records in their old form, as calls of intrinsics."""
import re
import sys

RECORD = re.compile(r"\s*#dbg_(value|declare|assign)\((.*)\)$")
PARTS = re.compile(r"(?:[^,(]|\([^()]*\))+")  # what stands between commas that are in no parentheses
OPERANDS = {"value": 3, "declare": 3, "assign": 6}
text, count = [], 0
for line in open(sys.argv[1], encoding="utf-8"):
    record = RECORD.match(line.rstrip("\n"))
    if record:
        *operands, place = [part.strip() for part in PARTS.findall(record.group(2))]
        assert len(operands) == OPERANDS[record.group(1)], line
        line = (f"  call void @llvm.dbg.{record.group(1)}({', '.join('metadata ' + operand for operand in operands)})"
                f", !dbg {place}\n")
        count += 1
    text.append(line)
assert count, "no records"
sys.stdout.writelines(text)
for name, operands in OPERANDS.items():
    print(f"declare void @llvm.dbg.{name}({', '.join(['metadata'] * operands)})")
