; Rounding to an integer, as quantization does it, is rounding and a conversion, which the vector unit has.
; RUN: kiln-llc -O2 -Rpass=vector -o %t.s %s 2>&1 | FileCheck %s --check-prefix=REMARK
; RUN: FileCheck %s < %t.s
; RUN: kiln-llc -O1 -o - %s | FileCheck %s --check-prefix=SCALAR
target triple = "riscv64"

; REMARK: even: remark: 1 loop on the vector unit
; REMARK: away: remark: 1 loop on the vector unit
; CHECK-LABEL: even:
; CHECK: vfcvt.x.f.v
; CHECK-NOT: lrintf
; CHECK: .size
; SCALAR-LABEL: even:
; SCALAR: rintf
; SCALAR: fcvt.l.s {{.*}}, rtz
define void @even(ptr noalias %x, ptr noalias %y) {
entry:
  br label %loop
loop:
  %i = phi i64 [ 0, %entry ], [ %next, %loop ]
  %from = getelementptr float, ptr %x, i64 %i
  %v = load float, ptr %from
  %whole = call i64 @llvm.lrint.i64.f32(float %v)
  %word = trunc i64 %whole to i32
  %most = call i32 @llvm.smin.i32(i32 %word, i32 127)
  %least = call i32 @llvm.smax.i32(i32 %most, i32 -128)
  %byte = trunc i32 %least to i8
  %to = getelementptr i8, ptr %y, i64 %i
  store i8 %byte, ptr %to
  %next = add nuw nsw i64 %i, 1
  %done = icmp eq i64 %next, 4096
  br i1 %done, label %exit, label %loop
exit:
  ret void
}

; CHECK-LABEL: away:
; CHECK: vfcvt.rtz.x.f.v
; CHECK-NOT: lroundf
; CHECK: .size
define void @away(ptr noalias %x, ptr noalias %y) {
entry:
  br label %loop
loop:
  %i = phi i64 [ 0, %entry ], [ %next, %loop ]
  %from = getelementptr float, ptr %x, i64 %i
  %v = load float, ptr %from
  %whole = call i32 @llvm.lround.i32.f32(float %v)
  %to = getelementptr i32, ptr %y, i64 %i
  store i32 %whole, ptr %to
  %next = add nuw nsw i64 %i, 1
  %done = icmp eq i64 %next, 4096
  br i1 %done, label %exit, label %loop
exit:
  ret void
}
declare i64 @llvm.lrint.i64.f32(float)
declare i32 @llvm.lround.i32.f32(float)
declare i32 @llvm.smin.i32(i32, i32)
declare i32 @llvm.smax.i32(i32, i32)
