"""profile.py STATS PROFILE FOLDED TRACE ROOFLINE: what the reports of one run say must agree with its counters."""
import json
import re
import sys
import xml.dom.minidom

stats = json.load(open(sys.argv[1]))
profile = open(sys.argv[2]).read()
folded = [line.rsplit(" ", 1) for line in open(sys.argv[3]).read().splitlines()]
trace = json.load(open(sys.argv[4]))
xml.dom.minidom.parse(sys.argv[5])

tables = re.split(r"^(functions|source lines.*|instructions)\n", profile, flags=re.M)
tables = {tables[i].split(",")[0]: tables[i + 1].splitlines()[1:] for i in range(1, len(tables), 2)}


def rows(table):
    for line in tables[table]:
        fields = line.split()
        if not line.endswith(":"):
            yield int(fields[1]), int(fields[2]), float(fields[3]), " ".join(fields[4:])


total = stats["energy_estimate_pj"]["total"] / 1000
for table in ("functions", "instructions"):
    cycles, counts, energy = (sum(row[i] for row in rows(table)) for i in range(3))
    assert cycles == stats["cycles"], (table, cycles, stats["cycles"])
    assert counts == stats["instructions"], (table, counts)
    assert abs(energy - total) < 0.001 * len(tables[table]) + 1e-5 * total, (table, energy, total)
    for reason, lost in stats["stall_cycles"].items():
        if reason != "issue":
            said = sum(int(n) for row in rows(table) for n in re.findall(rf" {reason} (\d+)\b", " " + row[3]))
            assert said == lost, (table, reason, said, lost)
assert sum(int(cycles) for _, cycles in folded) == stats["cycles"], folded

spans = [event for event in trace["traceEvents"] if event["ph"] == "X"]
lanes = {event["tid"]: event["args"]["name"] for event in trace["traceEvents"] if event["name"] == "thread_name"}
by_lane = {name: [event for event in spans if lanes[event["tid"]] == name] for name in lanes.values()}
transfers = by_lane.pop("DMA transfers")
assert sum(len(events) for events in by_lane.values()) == stats["instructions"]
assert len(transfers) == stats["events"]["dma_transfers"]
for name, events in by_lane.items():
    if name != "DMA":
        busy = sum(event["dur"] for event in events)
        assert busy == stats["unit_busy_cycles"][name], (name, busy)
    events.sort(key=lambda event: event["ts"])
    for one, other in zip(events, events[1:]):
        assert one["ts"] + one["dur"] <= other["ts"], (name, one, other)
assert max(event["ts"] + event["dur"] for event in spans) <= stats["cycles"] + 8, stats["cycles"]
for event in transfers:
    assert event["ts"] <= event["args"]["streams_from"] <= event["ts"] + event["dur"], event
counters = {event["name"] for event in trace["traceEvents"] if event["ph"] == "C"}
assert counters >= {"caches to DRAM, bytes/cycle", "scratchpad written, bytes"}, counters
print("the reports agree")
for chain, cycles in sorted(folded):
    print(chain)
