; An index that is a remainder by a value, of a loop of a multiple of it: two loops, one around the other, behind a test that
; nothing is left over, and the loop as it is with gathers for what does not pass it and for short rows.
; RUN: kiln-llc -O2 -tensor=on -verify-each -o - %s | FileCheck %s
; RUN: kiln-llc -O2 -tensor=on -Rpass=vector -o /dev/null %s 2>&1 | FileCheck --check-prefix=REMARK %s
; REMARK: 2 loops on the vector unit, 1 as lanes
; REMARK: 1 loop on the vector unit, 1 as lanes
; CHECK-LABEL: bias:
; CHECK-DAG:   divu
; CHECK-DAG:   vluxei
; CHECK:       .size bias
target datalayout = "e-m:e-p:64:64-i64:64-i128:128-n32:64-S128"

define void @bias(ptr noalias %y, ptr noalias %x, ptr noalias %b, i64 %rows, i64 %columns) {
entry:
  %count = mul nsw i64 %rows, %columns
  %any = icmp sgt i64 %count, 0
  br i1 %any, label %loop, label %end
loop:
  %i = phi i64 [ 0, %entry ], [ %next, %loop ]
  %from = getelementptr inbounds float, ptr %x, i64 %i
  %element = load float, ptr %from, align 4
  %column = srem i64 %i, %columns
  %of = getelementptr inbounds float, ptr %b, i64 %column
  %bias = load float, ptr %of, align 4
  %sum = fadd float %element, %bias
  %to = getelementptr inbounds float, ptr %y, i64 %i
  store float %sum, ptr %to, align 4
  %next = add nuw nsw i64 %i, 1
  %more = icmp slt i64 %next, %count
  br i1 %more, label %loop, label %end
end:
  ret void
}
