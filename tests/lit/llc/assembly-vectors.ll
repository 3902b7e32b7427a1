; Vectors as operands: any register, any but v0, v0, groups, ties, early results, registers by name, clobbers.
; RUN: kiln-llc -O2 -verify-each %s -o - | FileCheck %s
; RUN: kiln-llc -O0 -verify-each -filetype=obj %s -o %t0.o
; RUN: kiln-llc -O2 -filetype=obj %s -o %t.o && llvm-objdump --mattr=+v -d %t.o | FileCheck %s --check-prefix=OBJECT
; CHECK-LABEL: sum:
; CHECK: vadd.vv [[R:v[0-9]+]], v{{[0-9]+}}, v{{[0-9]+}}
; CHECK: ret
; OBJECT-LABEL: <sum>:
; OBJECT: vadd.vv
define <vscale x 2 x i32> @sum(<vscale x 2 x i32> %a, <vscale x 2 x i32> %b) {
  %r = call <vscale x 2 x i32> asm "vsetvli zero, zero, e32, m1, ta, ma\0A\09vadd.vv $0, $1, $2", "=^vr,^vr,^vr,~{vl},~{vtype}"(<vscale x 2 x i32> %a, <vscale x 2 x i32> %b)
  ret <vscale x 2 x i32> %r
}
; A group of two begins at an even register, an early result is none of the sources, and the mask is v0.
; CHECK-LABEL: masked:
; CHECK: vmslt.vx v0, v{{[0-9]+}}, zero
; CHECK: vadd.vv [[R:v[0-9]*[02468]]], [[R]], v{{[0-9]*[02468]}}, v0.t
define <32 x i32> @masked(<32 x i32> %a, <32 x i32> %b, <32 x i8> %c) {
  %m = icmp slt <32 x i8> %c, zeroinitializer
  %k = xor <32 x i1> %m, splat (i1 true)
  %r = call <32 x i32> asm "vadd.vv $0, $2, $1, $3.t", "=&^vd,^vr,0,^vm"(<32 x i32> %a, <32 x i32> %b, <32 x i1> %m)
  %z = select <32 x i1> %k, <32 x i32> %r, <32 x i32> %a
  ret <32 x i32> %z
}
; What is clobbered is not where a value is kept.
; CHECK-LABEL: clobbered:
; CHECK: vmv1r.v [[K:v(1[2-5]|1[7-9]|2[0-9]|3[01])]], v8
; CHECK: vmv1r.v v16,
; CHECK-NEXT: #APP v16
; CHECK: vmv1r.v v8, [[K]]
define <16 x i32> @clobbered(<16 x i32> %a) {
  call void asm sideeffect "#APP $0", "{v16},~{v0},~{v1},~{v2},~{v3},~{v4},~{v5},~{v6},~{v7},~{v8},~{v9},~{v10},~{v11}"(<16 x i32> %a)
  ret <16 x i32> %a
}
