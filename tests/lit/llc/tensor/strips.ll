; As many elements as only the run time knows: strips that are full go in pairs, so that a store can be late without a copy and vl is set once.
; RUN: kiln-llc -O2 -verify-each -o - %s | FileCheck %s
; CHECK-COUNT-2: vsetvli {{a[0-9]}}, {{a[0-9]}}, e8, m4
; CHECK:      vsetvli zero, {{[ast][0-9]+}}, e8, m4
; CHECK-NEXT: .LBB0_[[LOOP:[0-9]+]]:
; CHECK-NOT:  {{vsetvli|vmv}}
; CHECK:      vrgather.vv
; CHECK-NEXT: vse8.v
; CHECK-NOT:  {{vsetvli|vmv}}
; CHECK:      vrgather.vv
; CHECK-NOT:  {{vsetvli|vmv}}
; CHECK:      vse8.v
; CHECK-NOT:  {{vsetvli|vmv}}
; CHECK:      blt {{.*}}, .LBB0_[[LOOP]]
target datalayout = "e-m:e-p:64:64-i64:64-i128:128-n32:64-S128"

define void @look_up(ptr noalias %x, ptr noalias %table, ptr noalias %y, i64 %n) {
entry:
  %some = icmp sgt i64 %n, 0
  br i1 %some, label %loop, label %end

loop:
  %i = phi i64 [ 0, %entry ], [ %i.next, %loop ]
  %from = getelementptr inbounds i8, ptr %x, i64 %i
  %element = load i8, ptr %from, align 1
  %index = zext i8 %element to i64
  %at = getelementptr inbounds i8, ptr %table, i64 %index
  %value = load i8, ptr %at, align 1
  %to = getelementptr inbounds i8, ptr %y, i64 %i
  store i8 %value, ptr %to, align 1
  %i.next = add nuw nsw i64 %i, 1
  %done = icmp eq i64 %i.next, %n
  br i1 %done, label %end, label %loop

end:
  ret void
}
