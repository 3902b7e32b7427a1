; Sums of a window's bytes are as narrow as they can be, though they are added up in 32 bits: nothing is extended to these before it is
; scaled. One that is added to too often, or that begins with what the run time knows, stays as it is.
; RUN: kiln-llc -O2 -verify-each -o - %s | FileCheck %s
target datalayout = "e-m:e-p:64:64-i64:64-i128:128-n32:64-S128"

; CHECK-LABEL: window:
; CHECK-NOT:   vsext.vf2
; CHECK:       vzext.vf2
; CHECK:       vadd.vv
; CHECK-NOT:   vsext.vf2
; CHECK:       vnsrl
; CHECK:       .size window
define void @window(ptr noalias %x, ptr noalias %y) {
entry:
  br label %element
element:
  %i = phi i64 [ 0, %entry ], [ %i.next, %end ]
  br label %tap
tap:
  %k = phi i64 [ 0, %element ], [ %k.next, %tap ]
  %sum = phi i32 [ 0, %element ], [ %sum.next, %tap ]
  %place = add nuw nsw i64 %i, %k
  %from = getelementptr i8, ptr %x, i64 %place
  %byte = load i8, ptr %from
  %value = zext i8 %byte to i32
  %sum.next = add i32 %sum, %value
  %k.next = add nuw nsw i64 %k, 1
  %last = icmp eq i64 %k.next, 9
  br i1 %last, label %end, label %tap
end:
  %scaled = mul i32 %sum.next, 57
  %rounded = add i32 %scaled, 256
  %shifted = lshr i32 %rounded, 9
  %result = trunc i32 %shifted to i8
  %to = getelementptr i8, ptr %y, i64 %i
  store i8 %result, ptr %to
  %i.next = add nuw nsw i64 %i, 1
  %done = icmp eq i64 %i.next, 5000
  br i1 %done, label %exit, label %element
exit:
  ret void
}

; CHECK-LABEL: begun:
; CHECK:       e32
; CHECK:       .size begun
define void @begun(ptr noalias %x, ptr noalias %y, i32 %start) {
entry:
  br label %element
element:
  %i = phi i64 [ 0, %entry ], [ %i.next, %end ]
  br label %tap
tap:
  %k = phi i64 [ 0, %element ], [ %k.next, %tap ]
  %sum = phi i32 [ %start, %element ], [ %sum.next, %tap ]
  %place = add nuw nsw i64 %i, %k
  %from = getelementptr i8, ptr %x, i64 %place
  %byte = load i8, ptr %from
  %value = zext i8 %byte to i32
  %sum.next = add i32 %sum, %value
  %k.next = add nuw nsw i64 %k, 1
  %last = icmp eq i64 %k.next, 9
  br i1 %last, label %end, label %tap
end:
  %scaled = mul i32 %sum.next, 57
  %shifted = lshr i32 %scaled, 9
  %result = trunc i32 %shifted to i8
  %to = getelementptr i8, ptr %y, i64 %i
  store i8 %result, ptr %to
  %i.next = add nuw nsw i64 %i, 1
  %done = icmp eq i64 %i.next, 5000
  br i1 %done, label %exit, label %element
exit:
  ret void
}
