# Regions: ranges of code counted by themselves, with what they call; in --stats as text and JSON.
# RUN: kiln-as %s -o %t.o && kiln-ld %t.o -o %t
# RUN: kiln-sim %t --call f --stats=json --region=f --region='nest.*' --region=g --region=inner=nest.1,nest.1.end --profile=%t.json > %t.stats
# RUN: %python %S/Inputs/regions.py %t.stats %t.json | FileCheck %s
# CHECK: f 1
# CHECK-NEXT: nest.1 1
# CHECK-NEXT: nest.2 1
# CHECK-NEXT: g 10
# CHECK-NEXT: inner 1
# CHECK-NEXT: all add up
# RUN: kiln-sim %t --call f --stats --region=g | FileCheck %s --check-prefix=TEXT
# TEXT: regions: %cycles, cycles, entries
# TEXT-NEXT: {{^}}  g {{.*}} operand
# RUN: not kiln-sim %t --call f --region=h 2>&1 | FileCheck %s --check-prefix=NONE
# NONE: error: region 'h': no such symbol
# RUN: not kiln-sim %t --call f --region=x=f 2>&1 | FileCheck %s --check-prefix=RANGE
# RANGE: error: region 'x=f': wanted NAME=FROM,TO
# RUN: not kiln-sim %t --call f --region=x=nest.2,f 2>&1 | FileCheck %s --check-prefix=ORDER
# ORDER: error: region 'x=nest.2,f': wanted NAME=FROM,TO
# RUN: not kiln-sim %t --call f --region=g --no-timing 2>&1 | FileCheck %s --check-prefix=TIMING
# TIMING: error: --profile, --folded, --trace, --roofline, --region and --nests need timing
    .globl f
    .type f, @function
f:
    addi sp, sp, -16
    sd ra, 8(sp)
nest.1:
    li s0, 10
1:  call g
    addi s0, s0, -1
    bnez s0, 1b
nest.1.end:
    nop
nest.2:
    li s0, 20
1:  addi s0, s0, -1
    bnez s0, 1b
    .size nest.2, . - nest.2
    ld ra, 8(sp)
    addi sp, sp, 16
    ret
    .size f, . - f
    .type g, @function
g:
    div a0, s0, s0
    addi a0, a0, 1
    ret
    .size g, . - g
