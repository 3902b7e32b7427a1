; Sums of rows that are one strip: what was loaded is put together as it is, two rows right behind each other; they are taken out of the
; vector unit when those of the pair before have been stored.
; RUN: kiln-llc -O2 -verify-each -o - %s | FileCheck %s
; CHECK:      vsetvli zero, {{.*}}, e32, m8
; CHECK:      .LBB0_[[LOOP:[0-9]+]]:
; CHECK-NOT:  vsetvli
; CHECK:      vle32.v [[ROW:v[0-9]+]]
; CHECK-NOT:  vmacc
; CHECK:      vredsum.vs [[SUM:v[0-9]+]], [[ROW]]
; CHECK-NOT:  vmv
; CHECK:      vle32.v [[NEXT:v[0-9]+]]
; CHECK-NOT:  vmv
; CHECK:      vredsum.vs [[OTHER:v[0-9]+]], [[NEXT]]
; CHECK-COUNT-2: sw {{[as][0-9]}}
; CHECK-DAG:  vmv.x.s [[FIRST:[as][0-9]]], [[SUM]]
; CHECK-DAG:  vmv.x.s [[SECOND:[as][0-9]]], [[OTHER]]
; CHECK:      blt {{.*}}, .LBB0_[[LOOP]]
; CHECK-DAG:  sw [[FIRST]]
; CHECK-DAG:  sw [[SECOND]]
target datalayout = "e-m:e-p:64:64-i64:64-i128:128-n32:64-S128"

define void @sums(ptr noalias %x, ptr noalias %y) {
entry:
  br label %row

row:
  %i = phi i64 [ 0, %entry ], [ %i.next, %row.end ]
  %start = shl nuw nsw i64 %i, 7
  br label %column

column:
  %j = phi i64 [ 0, %row ], [ %j.next, %column ]
  %sum = phi i32 [ 0, %row ], [ %sum.next, %column ]
  %place = add nuw nsw i64 %start, %j
  %from = getelementptr inbounds i32, ptr %x, i64 %place
  %element = load i32, ptr %from, align 4
  %sum.next = add i32 %sum, %element
  %j.next = add nuw nsw i64 %j, 1
  %row.done = icmp eq i64 %j.next, 128
  br i1 %row.done, label %row.end, label %column

row.end:
  %to = getelementptr inbounds i32, ptr %y, i64 %i
  store i32 %sum.next, ptr %to, align 4
  %i.next = add nuw nsw i64 %i, 1
  %done = icmp eq i64 %i.next, 256
  br i1 %done, label %end, label %row

end:
  ret void
}
