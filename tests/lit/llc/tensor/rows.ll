; Loops one after the other, of which the first may be passed by: compilers lead from it straight into the second, so that that one has two
; ways in. The longer way is assumed, and the rest is one nest.
; RUN: kiln-llc -tensor=print -filetype=null -o /dev/null %s 2>&1 | FileCheck %s
; All of it goes through the scratchpad row by row, though what the loops touch is computed from the sizes in several ways.
; RUN: kiln-llc -O2 -verify-each -Rpass=vector -filetype=null -o /dev/null %s 2>&1 | FileCheck %s --check-prefix=STAGED
; STAGED: 3 loops on the vector unit, 2 as lanes, 3 through the scratchpad
; STAGED: 2 loops on the vector unit, 1 as lanes, 2 through the scratchpad
; CHECK-LABEL: region of subtract
; CHECK:       assume sgt icmp(arg3, 1)
; CHECK:       for i0 < arg2
; CHECK-NEXT:    s1[i0] := a0[shl(arg3, 2)*i0].float
; CHECK-NEXT:    for i1 < add(arg3, -1)
; CHECK:         for i2 < arg3
; CHECK:           fsub
target datalayout = "e-m:e-p:64:64-i64:64-i128:128-n32:64-S128"

define void @subtract(ptr noalias %x, ptr noalias %y, i64 %rows, i64 %columns) {
entry:
  %any = icmp sgt i64 %rows, 0
  br i1 %any, label %start, label %end

start:
  %several = icmp sgt i64 %columns, 1
  %one = icmp sgt i64 %columns, 0
  br label %row

row:
  %i = phi i64 [ 0, %start ], [ %i.next, %row.end ]
  %offset = mul nsw i64 %i, %columns
  %line = getelementptr inbounds float, ptr %x, i64 %offset
  %first = load float, ptr %line, align 4
  br i1 %several, label %largest, label %short

short:
  br i1 %one, label %rest, label %row.end

rest:
  %most = phi float [ %first, %short ], [ %larger, %largest ]
  br label %subtract

largest:
  %j = phi i64 [ %j.next, %largest ], [ 1, %row ]
  %m = phi float [ %larger, %largest ], [ %first, %row ]
  %at = getelementptr float, ptr %line, i64 %j
  %v = load float, ptr %at, align 4
  %above = fcmp ogt float %v, %m
  %larger = select i1 %above, float %v, float %m
  %j.next = add nuw nsw i64 %j, 1
  %j.done = icmp eq i64 %j.next, %columns
  br i1 %j.done, label %rest, label %largest

subtract:
  %k = phi i64 [ %k.next, %subtract ], [ 0, %rest ]
  %place = add nuw nsw i64 %k, %offset
  %from = getelementptr inbounds float, ptr %x, i64 %place
  %w = load float, ptr %from, align 4
  %d = fsub float %w, %most
  %to = getelementptr inbounds float, ptr %y, i64 %place
  store float %d, ptr %to, align 4
  %k.next = add nuw nsw i64 %k, 1
  %k.done = icmp eq i64 %k.next, %columns
  br i1 %k.done, label %row.end, label %subtract

row.end:
  %i.next = add nuw nsw i64 %i, 1
  %i.done = icmp eq i64 %i.next, %rows
  br i1 %i.done, label %end, label %row

end:
  ret void
}

define void @largest(ptr noalias %x, ptr noalias %y, i64 %rows, i64 %columns) {
entry:
  %any = icmp sgt i64 %rows, 0
  br i1 %any, label %start, label %end

start:
  %several = icmp sgt i64 %columns, 1
  %one = icmp sgt i64 %columns, 0
  br label %row

row:
  %i = phi i64 [ 0, %start ], [ %i.next, %row.end ]
  %offset = mul nsw i64 %i, %columns
  %line = getelementptr inbounds float, ptr %x, i64 %offset
  %first = load float, ptr %line, align 4
  br i1 %several, label %largest, label %rest

rest:
  %most = phi float [ %first, %row ], [ %larger, %largest ]
  %to = getelementptr inbounds float, ptr %y, i64 %i
  store float %most, ptr %to, align 4
  br label %row.end

largest:
  %j = phi i64 [ %j.next, %largest ], [ 1, %row ]
  %m = phi float [ %larger, %largest ], [ %first, %row ]
  %at = getelementptr float, ptr %line, i64 %j
  %v = load float, ptr %at, align 4
  %above = fcmp ogt float %v, %m
  %larger = select i1 %above, float %v, float %m
  %j.next = add nuw nsw i64 %j, 1
  %j.done = icmp eq i64 %j.next, %columns
  br i1 %j.done, label %rest, label %largest

row.end:
  %i.next = add nuw nsw i64 %i, 1
  %i.done = icmp eq i64 %i.next, %rows
  br i1 %i.done, label %end, label %row

end:
  ret void
}
