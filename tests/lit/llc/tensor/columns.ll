; Sums of columns: a strip of them stays in registers while the rows of a tile go by.
; RUN: kiln-llc -O2 -tensor=on -verify-each -o - %s | FileCheck %s
; CHECK-LABEL: columns:
; CHECK:      vle32.v
; CHECK-NOT:  vle32.v
; CHECK:      .LBB0_[[ROWS:[0-9]+]]:
; CHECK-NOT:  vse32.v
; CHECK:      vfadd.vv
; CHECK-NOT:  vse32.v
; CHECK:      blt {{.*}}, .LBB0_[[ROWS]]
; CHECK:      vse32.v
target datalayout = "e-m:e-p:64:64-i64:64-i128:128-n32:64-S128"

define void @columns(ptr noalias %x, ptr noalias %y) {
entry:
  br label %row

row:
  %i = phi i64 [ 0, %entry ], [ %i.next, %row.end ]
  %start = shl nuw nsw i64 %i, 8
  br label %column

column:
  %j = phi i64 [ 0, %row ], [ %j.next, %column ]
  %place = add nuw nsw i64 %start, %j
  %from = getelementptr inbounds float, ptr %x, i64 %place
  %element = load float, ptr %from, align 4
  %to = getelementptr inbounds float, ptr %y, i64 %j
  %old = load float, ptr %to, align 4
  %new = fadd float %old, %element
  store float %new, ptr %to, align 4
  %j.next = add nuw nsw i64 %j, 1
  %row.done = icmp eq i64 %j.next, 256
  br i1 %row.done, label %row.end, label %column

row.end:
  %i.next = add nuw nsw i64 %i, 1
  %done = icmp eq i64 %i.next, 256
  br i1 %done, label %end, label %row

end:
  ret void
}
