; A loop that keeps the elements before: its first two iterations are written out, the others load what they need again and are lanes.
; RUN: kiln-llc -O2 -verify-each -o - %s | FileCheck %s
; CHECK:     .LBB0_[[LOOP:[0-9]+]]:
; CHECK:     vle32.v
; CHECK:     vle32.v
; CHECK:     vsub.vv
; CHECK:     vse32.v
; CHECK:     .LBB0_[[LOOP]]
target datalayout = "e-m:e-p:64:64-i64:64-i128:128-n32:64-S128"

define void @second_before(ptr %x, ptr %y, i64 %n) {
entry:
  %some = icmp sgt i64 %n, 0
  br i1 %some, label %loop, label %end

loop:
  %i = phi i64 [ 0, %entry ], [ %i.next, %loop ]
  %last = phi i32 [ 7, %entry ], [ %here, %loop ]
  %before = phi i32 [ 3, %entry ], [ %last, %loop ]
  %from = getelementptr inbounds i32, ptr %x, i64 %i
  %here = load i32, ptr %from, align 4
  %difference = sub i32 %here, %before
  %to = getelementptr inbounds i32, ptr %y, i64 %i
  store i32 %difference, ptr %to, align 4
  %i.next = add nuw nsw i64 %i, 1
  %done = icmp eq i64 %i.next, %n
  br i1 %done, label %end, label %loop

end:
  ret void
}
