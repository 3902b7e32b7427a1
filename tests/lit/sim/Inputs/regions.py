"""Holds the regions of regions.s against the whole run and the profile, and prints their names and entries."""
import json
import sys

stats, profile = (json.load(open(path)) for path in sys.argv[1:])
regions = {}
for region in stats["regions"]:
    if region["name"] != "nest.1.end":  # the prefix names it as well
        print(region["name"], region["entries"])
    regions[region["name"]] = region
own = {function["name"]: function for function in profile["functions"]}
f, g, inner = regions["f"], regions["g"], regions["inner"]


def same(a, b, what):
    if a != b:
        sys.exit(f"{what}: {a} and {b}")


for key in ("cycles", "instructions", "unit_busy_cycles", "events", "bytes"):
    same(f[key], stats[key], f"f, and the whole run: {key}")
same(g["cycles"], own["g"]["cycles"], "g, and its share of the profile")
same(f["cycles"], own["f"]["cycles"] + own["g"]["cycles"], "f, and what its instructions and g's take")
inside = [row for row in profile["instructions"] if int(inner["from"], 0) <= int(row["address"], 0) < int(inner["to"], 0)]
same(inner["cycles"], sum(row["cycles"] for row in inside) + g["cycles"], "the inner range with g, and their instructions")
same(inner["stall_cycles"]["operand"], sum(row["stall_cycles"].get("operand", 0) for row in inside)
     + own["g"]["stall_cycles"]["operand"], "its stalls for operands")
same(inner["unit_busy_cycles"]["DIV"], stats["unit_busy_cycles"]["DIV"], "divisions")
same(sum(int(row["count"]) for row in inside), inner["instructions"] - 30, "instructions")
print("all add up")
