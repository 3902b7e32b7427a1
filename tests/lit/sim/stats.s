# The report of the counters, as text and as JSON; without timing only what is counted then.
# RUN: kiln-as %s -o %t.o && kiln-ld %t.o -o %t
# RUN: kiln-sim %t --call f --stats | FileCheck %s
# RUN: kiln-sim %t --call f --stats=json > %t.json && %python -c "import json,sys; d=json.load(open(sys.argv[1])); \
# RUN:   assert d['instructions'] == 5 and d['macs']['int8'] == 8 * 1024, d; \
# RUN:   assert d['cycles'] >= d['unit_busy_cycles']['TILE'] == 8, d; \
# RUN:   assert d['energy_estimate_pj']['total'] > 0, d" %t.json
# RUN: kiln-sim %t --call f --stats --no-timing | FileCheck %s --check-prefix=PLAIN
# RUN: not kiln-sim %t --call f --stats=xml 2>&1 | FileCheck %s --check-prefix=FORMAT
# Two runs say the same.
# RUN: kiln-sim %t --call f --stats=json > %t.again && cmp %t.json %t.again
# CHECK: machine  k1
# CHECK-NEXT: instructions  5
# CHECK-NEXT: cycles
# CHECK-NEXT: instructions/cycle
# CHECK-NEXT: time at 800 MHz
# CHECK-NEXT: units, % of cycles busy
# CHECK: TILE
# CHECK: stall cycles by reason
# CHECK: fetch
# CHECK: tile unit MACs  8192
# CHECK-NEXT: MACs/cycle
# CHECK-NEXT: percent of peak
# CHECK: bytes moved
# CHECK: energy, an estimate, nJ
# CHECK: pJ/MAC
# CHECK: average power
# CHECK: coefficients, pJ: MAC int8 0.1
# PLAIN: instructions  5
# PLAIN-NOT: cycles
# FORMAT: error: --stats is text or json

    .globl f
f:
    vsetvli t0, zero, e32, m1, ta, ma
    vmv.v.i v0, 1
    kt.mopa.ss.2x4.z acc0, v0, v4
    addi a0, a0, 1
    ret
