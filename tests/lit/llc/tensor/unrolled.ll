; A loop that was unrolled goes from element to element again: what is loaded and stored lies side by side. Where the
; next iteration does not go on behind the last element it stays.
; RUN: kiln-llc -O2 -verify-each -o - %s | FileCheck %s
; CHECK-LABEL: pixels:
; CHECK:       vle8.v
; CHECK-NOT:   vlse8.v
; CHECK-LABEL: apart:
; CHECK:       vlse8.v

define void @pixels(ptr noalias %from, ptr noalias %to, i64 %count) {
entry:
  %some = icmp sgt i64 %count, 0
  br i1 %some, label %loop, label %exit

loop:
  %i = phi i64 [ 0, %entry ], [ %next, %loop ]
  %first = mul nsw i64 %i, 3
  %second = add nsw i64 %first, 1
  %third = add nsw i64 %first, 2
  %a = getelementptr inbounds i8, ptr %from, i64 %first
  %b = getelementptr inbounds i8, ptr %from, i64 %second
  %c = getelementptr inbounds i8, ptr %from, i64 %third
  %x = load i8, ptr %a
  %y = load i8, ptr %b
  %z = load i8, ptr %c
  %u = xor i8 %x, -1
  %v = xor i8 %y, -1
  %w = xor i8 %z, -1
  %d = getelementptr inbounds i8, ptr %to, i64 %first
  %e = getelementptr inbounds i8, ptr %to, i64 %second
  %f = getelementptr inbounds i8, ptr %to, i64 %third
  store i8 %u, ptr %d
  store i8 %v, ptr %e
  store i8 %w, ptr %f
  %next = add nuw nsw i64 %i, 1
  %more = icmp slt i64 %next, %count
  br i1 %more, label %loop, label %exit

exit:
  ret void
}

define void @apart(ptr noalias %from, ptr noalias %to, i64 %count) {
entry:
  %some = icmp sgt i64 %count, 0
  br i1 %some, label %loop, label %exit

loop:
  %i = phi i64 [ 0, %entry ], [ %next, %loop ]
  %first = mul nsw i64 %i, 3
  %second = add nsw i64 %first, 1
  %a = getelementptr inbounds i8, ptr %from, i64 %first
  %b = getelementptr inbounds i8, ptr %from, i64 %second
  %x = load i8, ptr %a
  %y = load i8, ptr %b
  %u = xor i8 %x, -1
  %v = xor i8 %y, -1
  %d = getelementptr inbounds i8, ptr %to, i64 %first
  %e = getelementptr inbounds i8, ptr %to, i64 %second
  store i8 %u, ptr %d
  store i8 %v, ptr %e
  %next = add nuw nsw i64 %i, 1
  %more = icmp slt i64 %next, %count
  br i1 %more, label %loop, label %exit

exit:
  ret void
}
