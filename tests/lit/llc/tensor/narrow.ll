; RUN: kiln-llc -O2 -verify-each %s -o - | FileCheck %s
; Integers on the vector unit are as narrow as their ranges.

declare i64 @llvm.smin.i64(i64, i64)
declare i64 @llvm.smax.i64(i64, i64)

; (x * c + 2^39) >> 40, less 3, between -128 and 127.
; CHECK-LABEL: requantize:
; CHECK: csrrwi {{.*}}, vxrm, 0
; CHECK: vmulh.vx
; CHECK-NOT: e64
; CHECK: vnclip.wi {{.*}}, 8
; CHECK: vsadd.vx
; CHECK: vnclip.wi {{.*}}, 0
; CHECK: vse8.v
define void @requantize(ptr noalias %x, ptr noalias %y) {
entry:
  br label %loop
loop:
  %i = phi i64 [ 0, %entry ], [ %next, %loop ]
  %p = getelementptr i32, ptr %x, i64 %i
  %v = load i32, ptr %p
  %w = sext i32 %v to i64
  %m = mul nsw i64 %w, 1518500249
  %r = add nsw i64 %m, 549755813888
  %s = ashr i64 %r, 40
  %z = add nsw i64 %s, -3
  %a = call i64 @llvm.smax.i64(i64 %z, i64 -128)
  %b = call i64 @llvm.smin.i64(i64 %a, i64 127)
  %n = trunc i64 %b to i8
  %q = getelementptr i8, ptr %y, i64 %i
  store i8 %n, ptr %q
  %next = add nuw nsw i64 %i, 1
  %done = icmp eq i64 %next, 1024
  br i1 %done, label %end, label %loop
end:
  ret void
}

; An average of bytes needs 16 bits.
; CHECK-LABEL: average:
; CHECK-NOT: e32
; CHECK: vssra.vi
; CHECK: vse8.v
define void @average(ptr noalias %x, ptr noalias %y) {
entry:
  br label %loop
loop:
  %i = phi i64 [ 0, %entry ], [ %next, %loop ]
  %p = getelementptr i8, ptr %x, i64 %i
  %v = load i8, ptr %p
  %a = zext i8 %v to i32
  %q = getelementptr i8, ptr %y, i64 %i
  %u = load i8, ptr %q
  %b = zext i8 %u to i32
  %s = add i32 %a, %b
  %r = add i32 %s, 1
  %h = lshr i32 %r, 1
  %n = trunc i32 %h to i8
  store i8 %n, ptr %q
  %next = add nuw nsw i64 %i, 1
  %done = icmp eq i64 %next, 1024
  br i1 %done, label %end, label %loop
end:
  ret void
}
