; Rows that loaded numbers choose, of a length that only the run time knows: long ones that lie apart are copied by transfers, two by each,
; others are loaded and stored.
; RUN: kiln-llc -O2 -verify-each -o - %s | FileCheck %s
; CHECK-DAG:  li [[LEAST:[ast][0-9]+]], 127
; CHECK:      kd.dim 3
; CHECK:      .LBB0_[[ROW:[0-9]+]]:
; CHECK:      lw
; CHECK:      lw
; CHECK-NOT:  vle32
; CHECK:      kd.dim 1
; CHECK-NEXT: kd.start
; CHECK:      .LBB0_[[ROW]]
; CHECK:      kd.wait
target datalayout = "e-m:e-p:64:64-i64:64-i128:128-n32:64-S128"

define void @rows(ptr noalias %chosen, ptr noalias %table, ptr noalias %y, i64 %rows, i64 %columns) {
entry:
  %any = icmp sgt i64 %rows, 0
  %some = icmp sgt i64 %columns, 0
  %both = and i1 %any, %some
  br i1 %both, label %row, label %end

row:
  %i = phi i64 [ 0, %entry ], [ %i.next, %row.end ]
  %place = getelementptr inbounds i32, ptr %chosen, i64 %i
  %number = load i32, ptr %place, align 4
  %wide = sext i32 %number to i64
  %first = mul nsw i64 %wide, %columns
  %line = getelementptr inbounds float, ptr %table, i64 %first
  %start = mul nsw i64 %i, %columns
  br label %column

column:
  %j = phi i64 [ 0, %row ], [ %j.next, %column ]
  %from = getelementptr inbounds float, ptr %line, i64 %j
  %element = load float, ptr %from, align 4
  %there = add nsw i64 %start, %j
  %to = getelementptr inbounds float, ptr %y, i64 %there
  store float %element, ptr %to, align 4
  %j.next = add nuw nsw i64 %j, 1
  %row.done = icmp eq i64 %j.next, %columns
  br i1 %row.done, label %row.end, label %column

row.end:
  %i.next = add nuw nsw i64 %i, 1
  %done = icmp eq i64 %i.next, %rows
  br i1 %done, label %end, label %row

end:
  ret void
}
