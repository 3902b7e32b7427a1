; RUN: kiln-llc -O2 -verify-each %s -o - | FileCheck %s

; Products that are added to an element of memory, rounded each, so that they are none for the tile unit: the sums stay
; in registers while k goes by, and are stored once.
; CHECK-LABEL: rounded:
; CHECK: vfmul
; CHECK-NOT: vse32
; CHECK: vfadd
; CHECK-NOT: vfmul
; CHECK: vse32
; CHECK-NOT: vse32
; CHECK: .size rounded
define void @rounded(ptr noalias %a, ptr noalias %b, ptr noalias %c) {
entry:
  br label %columns

columns:
  %j = phi i64 [ 0, %entry ], [ %j.next, %columns.next ]
  %to = getelementptr inbounds float, ptr %c, i64 %j
  br label %steps

steps:
  %k = phi i64 [ 0, %columns ], [ %k.next, %steps ]
  %pa = getelementptr inbounds float, ptr %a, i64 %k
  %bk = mul i64 %k, 16
  %bj = add i64 %bk, %j
  %pb = getelementptr inbounds float, ptr %b, i64 %bj
  %x = load float, ptr %pa, align 4
  %y = load float, ptr %pb, align 4
  %old = load float, ptr %to, align 4
  %p = fmul float %x, %y
  %new = fadd float %old, %p
  store float %new, ptr %to, align 4
  %k.next = add i64 %k, 1
  %k.done = icmp eq i64 %k.next, 200
  br i1 %k.done, label %columns.next, label %steps

columns.next:
  %j.next = add i64 %j, 1
  %j.done = icmp eq i64 %j.next, 16
  br i1 %j.done, label %exit, label %columns

exit:
  ret void
}
