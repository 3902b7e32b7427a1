# Extensions that the Kiln machines do not have but the tools know: text in, text out.
# RUN: kiln-as -march=rv64gcv_zbc_zba_zbb_zfh_zfa_zcb_zvbb %s -o %t.o
# RUN: kiln-objdump -d --no-show-raw-insn %t.o | FileCheck %s
# RUN: llvm-mc -triple=riscv64 -mattr=+m,+a,+f,+d,+c,+v,+zbc,+zba,+zbb,+zfh,+zfa,+zcb,+zvbb -riscv-add-build-attributes -filetype=obj %s -o %t.llvm.o
# RUN: llvm-objdump -d --no-show-raw-insn %t.llvm.o | FileCheck %s
# RUN: not kiln-as -march=rv64gc %s -o %t.none.o 2>&1 | FileCheck %s --check-prefix=ERROR

# CHECK: clmulr a0, a1, a2
# ERROR: [[#@LINE+1]]:1: error: 'clmulr' needs the extension 'zbc', which is not enabled
clmulr a0, a1, a2
# CHECK: fli.s fa0, min
# ERROR: [[#@LINE+1]]:1: error: 'fli.s' needs the extension 'zfa', which is not enabled
fli.s fa0, min
# CHECK: fli.d fa0, 0.0625
fli.d fa0, 6.25e-2
# CHECK: fli.h fa0, 1.52587890625e-05
fli.h fa0, 0x1p-16
# CHECK: fli.s fa0, -1.0
fli.s fa0, -1.0
# CHECK: fround.s fa0, fa1, rtz
fround.s fa0, fa1, rtz
# CHECK: froundnx.d fa0, fa1
froundnx.d fa0, fa1
# CHECK: fcvtmod.w.d a0, fa1, rtz
fcvtmod.w.d a0, fa1, rtz
# CHECK: fltq.h a0, fa2, fa1
fgtq.h a0, fa1, fa2
# CHECK: vror.vi v8, v9, 0x3f, v0.t
# ERROR: [[#@LINE+1]]:1: error: 'vror.vi' needs the extension 'zvkb', which is not enabled
vror.vi v8, v9, 63, v0.t
# CHECK: vwsll.vx v8, v10, a0
vwsll.vx v8, v10, a0
# CHECK: not s0, s0
not s0, s0
# CHECK: mul s0, s0, a0
# ERROR: [[#@LINE+1]]:1: error: 'c.mul' needs the extension 'zcb', which is not enabled
c.mul s0, a0
# CHECK: lhu a0, 0x2(a1)
c.lhu a0, 2(a1)

# The sizes that compression makes.
# RUN: kiln-objdump -d %t.o | FileCheck %s --check-prefix=SIZE
# SIZE: {{ 9c75 }}{{.*}}not s0, s0
# SIZE: {{ 9c49 }}{{.*}}mul s0, s0, a0
# SIZE: {{ 8180 }}{{.*}}lbu s0, 0x0(a1)
lbu s0, (a1)
# SIZE: {{ 8da8 }}{{.*}}sh a0, 0x2(a1)
sh a0, 2(a1)
# SIZE: {{ 9c65 }}{{.*}}sext.b s0, s0
sext.b s0, s0
# SIZE: {{ 9c71 }}{{.*}}zext.w s0, s0
zext.w s0, s0
# SIZE: {{ 9c61 }}{{.*}}zext.b s0, s0
andi s0, s0, 255
