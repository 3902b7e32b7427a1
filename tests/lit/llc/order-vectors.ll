; Two chains of vector instructions one after the other: each waits for its own results, so that they take turns. A store stays behind the
; loads before it.
; RUN: kiln-llc -O2 -verify-each -stop-after=order-vectors -o - %s | FileCheck %s
; CHECK:      vle32.v
; CHECK-NEXT: {{.*}}vadd.vx
; CHECK-NEXT: {{.*}}vle32.v
; CHECK-NEXT: {{.*}}vadd.vx
; CHECK-NEXT: {{.*}}vmul.vv
; CHECK-NEXT: {{.*}}vmul.vv
; CHECK-NEXT: {{.*}}vsub.vv
; CHECK-NEXT: {{.*}}vsub.vv
; CHECK:      vse32.v
; CHECK:      vse32.v
define void @two(ptr %x, ptr %y, i32 %n) {
  %a = call <vscale x 2 x i32> @llvm.riscv.vle.nxv2i32.p0.i64(<vscale x 2 x i32> poison, ptr %x, i64 16)
  %b = call <vscale x 2 x i32> @llvm.riscv.vadd.nxv2i32.i32.i64(<vscale x 2 x i32> poison, <vscale x 2 x i32> %a, i32 %n, i64 16)
  %c = call <vscale x 2 x i32> @llvm.riscv.vmul.nxv2i32.nxv2i32.i64(<vscale x 2 x i32> poison, <vscale x 2 x i32> %b, <vscale x 2 x i32> %b, i64 16)
  %d = call <vscale x 2 x i32> @llvm.riscv.vsub.nxv2i32.nxv2i32.i64(<vscale x 2 x i32> poison, <vscale x 2 x i32> %c, <vscale x 2 x i32> %a, i64 16)
  %p = call <vscale x 2 x i32> @llvm.riscv.vle.nxv2i32.p0.i64(<vscale x 2 x i32> poison, ptr %y, i64 16)
  %q = call <vscale x 2 x i32> @llvm.riscv.vadd.nxv2i32.i32.i64(<vscale x 2 x i32> poison, <vscale x 2 x i32> %p, i32 %n, i64 16)
  %r = call <vscale x 2 x i32> @llvm.riscv.vmul.nxv2i32.nxv2i32.i64(<vscale x 2 x i32> poison, <vscale x 2 x i32> %q, <vscale x 2 x i32> %q, i64 16)
  %s = call <vscale x 2 x i32> @llvm.riscv.vsub.nxv2i32.nxv2i32.i64(<vscale x 2 x i32> poison, <vscale x 2 x i32> %r, <vscale x 2 x i32> %p, i64 16)
  call void @llvm.riscv.vse.nxv2i32.p0.i64(<vscale x 2 x i32> %d, ptr %x, i64 16)
  call void @llvm.riscv.vse.nxv2i32.p0.i64(<vscale x 2 x i32> %s, ptr %y, i64 16)
  ret void
}
