; RUN: kiln-llc -O2 -tensor=print -filetype=null %s 2>&1 | FileCheck %s
; RUN: kiln-llc -O2 -Rpass=vector -filetype=null %s 2>&1 | FileCheck %s --check-prefix=MAPPED

; The largest of each column, stored in each step as well as carried: the store is of the element itself, under the
; condition that chooses.
; CHECK: region of columns
; CHECK: for i0 < 64
; CHECK-NEXT: for i1 < 9
; CHECK-NEXT: a0[4*i0].float := a1[{{.*}}].float if select.i1(fcmp.i1.uno(a1[{{.*}}].float, 0x0:float), -1:i1, fcmp.i1.ole(a0[4*i0].float, a1[{{.*}}].float))
; CHECK-NOT: :=
; MAPPED: columns: remark: 2 loops on the vector unit, 1 as lanes
define void @columns(ptr noalias %most, ptr noalias %x) {
entry:
  br label %outer

outer:
  %i = phi i64 [ 0, %entry ], [ %i.next, %latch ]
  %to = getelementptr inbounds float, ptr %most, i64 %i
  %column = getelementptr inbounds float, ptr %x, i64 %i
  %first = load float, ptr %to, align 4
  br label %inner

inner:
  %j = phi i64 [ 0, %outer ], [ %j.next, %inner ]
  %t = phi float [ %first, %outer ], [ %new, %inner ]
  %at = mul nuw nsw i64 %j, 64
  %from = getelementptr inbounds float, ptr %column, i64 %at
  %v = load float, ptr %from, align 4
  %larger = fcmp ole float %t, %v
  %nan = fcmp uno float %v, 0.0
  %chosen = select i1 %nan, i1 true, i1 %larger
  %new = select i1 %chosen, float %v, float %t
  store float %new, ptr %to, align 4
  %j.next = add i64 %j, 1
  %j.done = icmp eq i64 %j.next, 9
  br i1 %j.done, label %latch, label %inner

latch:
  %i.next = add i64 %i, 1
  %i.done = icmp eq i64 %i.next, 64
  br i1 %i.done, label %exit, label %outer

exit:
  ret void
}
