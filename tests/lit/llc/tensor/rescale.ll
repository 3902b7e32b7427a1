; RUN: kiln-llc -O2 -verify-each %s -o - | FileCheck %s

; TOSA's scaling with double rounding, as MLIR and LLVM's passes leave it: in 32 bits. One is taken away where the number
; is negative.
; CHECK-LABEL: twice:
; CHECK-NOT: e64
; CHECK: vsmul.vx
; CHECK: vsra.vx
; CHECK: vadd.vv
; CHECK: vssra
; CHECK-NOT: e64
; CHECK: .size twice
define void @twice(ptr noalias %x, ptr noalias %y) {
entry:
  br label %loop

loop:
  %i = phi i64 [ 0, %entry ], [ %next, %loop ]
  %px = getelementptr inbounds i32, ptr %x, i64 %i
  %v = load i32, ptr %px, align 4
  %wide = sext i32 %v to i64
  %product = mul nsw i64 %wide, 1395864371
  %positive = icmp sgt i32 %v, -1
  %half = select i1 %positive, i64 1073741824, i64 -1073741824
  %once = add nsw i64 %product, 549755813888
  %both = add nsw i64 %half, %once
  %shifted = ashr i64 %both, 40
  %narrow = trunc i64 %shifted to i32
  %py = getelementptr inbounds i32, ptr %y, i64 %i
  store i32 %narrow, ptr %py, align 4
  %next = add i64 %i, 1
  %done = icmp eq i64 %next, 2000
  br i1 %done, label %exit, label %loop

exit:
  ret void
}

; A zero point of 9 that was multiplied out, of which the bits above the 44 that matter are gone.
; CHECK-LABEL: zero_point:
; CHECK-NOT: e64
; CHECK: vsmul.vx
; CHECK-NOT: e64
; CHECK: .size zero_point
define void @zero_point(ptr noalias %x, ptr noalias %y) {
entry:
  br label %loop

loop:
  %i = phi i64 [ 0, %entry ], [ %next, %loop ]
  %px = getelementptr inbounds i8, ptr %x, i64 %i
  %v = load i8, ptr %px, align 1
  %wide = sext i8 %v to i64
  %product = mul nsw i64 %wide, 1395864371
  %sum = add i64 %product, 17579623267125
  %shifted = lshr i64 %sum, 12
  %narrow = trunc i64 %shifted to i32
  %py = getelementptr inbounds i32, ptr %y, i64 %i
  store i32 %narrow, ptr %py, align 4
  %next = add i64 %i, 1
  %done = icmp eq i64 %next, 2000
  br i1 %done, label %exit, label %loop

exit:
  ret void
}
