# What the machine description says of instructions, beside them. The energies are the simulator's for one of each,
# without fetching it and without leakage.
# RUN: kiln-as %s -o %t.o
# RUN: kiln-objdump -d --columns=unit,latency,busy,energy %t.o | FileCheck %s
# RUN: kiln-objdump -d --columns=unit -mcpu=k0 --no-show-raw-insn %t.o | FileCheck %s --check-prefix=UNIT
# RUN: not kiln-objdump -d --columns=price %t.o 2>&1 | FileCheck %s --check-prefix=PRICE
# RUN: not kiln-objdump -d --columns=unit -mcpu=k9 %t.o 2>&1 | FileCheck %s --check-prefix=MACHINE
# RUN: not kiln-objdump -d -mcpu=k1 %t.o 2>&1 | FileCheck %s --check-prefix=NEEDLESS

# CHECK: ; machine k1: unit  lat. busy       pJ{{$}}
# CHECK: TILE     2   16  2089.84 kt.mopa.ss.4x4 acc0, v0, v4
# UNIT: ; machine k0: unit{{$}}
# UNIT: TILE kt.mopa.ss.4x4
kt.mopa.ss.4x4 acc0, v0, v4
# CHECK: TILE     2    1    68.72 kt.mdw.ss acc0, 0x0, v8, v12, 0x1, 2
kt.mdw.ss acc0, 0, v8, v12, 1, 2
# CHECK: TILE     2    2    66.16 kt.bias.r acc0, v4, 2
kt.bias.r acc0, v4, 2
# CHECK: VALU     {{[0-9]+}}    -    12.08 kt.get v1, acc0, zero
kt.get v1, acc0, zero
# CHECK: VALU     {{[0-9]+}}    -    19.44 vadd.vv v1, v2, v3
vadd.vv v1, v2, v3
# CHECK: load     {{[0-9]+}}    -    10.00 lw a0, 0x0(s0)
lw a0, 0(s0)
# CHECK: DIV     20   20     6.00 div a0, a1, a2
div a0, a1, a2
# CHECK: 0000007b <unknown>
.insn 0x0000007b

# PRICE: error: unknown column 'price'; there are unit, latency, busy and energy
# MACHINE: error: {{.*}}'k9'
# NEEDLESS: error: a machine is for the columns: say which with -columns=
