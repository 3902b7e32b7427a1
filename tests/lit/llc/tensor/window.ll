; The largest of a window: what begins it is not loaded again, nor compared with itself.
; RUN: kiln-llc -O2 -tensor=on -verify-each -o - %s | FileCheck %s
; CHECK-LABEL: window:
; CHECK:      .LBB0_[[LOOP:[0-9]+]]:
; CHECK:      vlse32.v
; CHECK-NEXT: vlse32.v
; CHECK:      vmflt.vv
; CHECK-NEXT: vmerge.vvm
; CHECK-NOT:  vmflt.vv
; CHECK:      vse32.v
target datalayout = "e-m:e-p:64:64-i64:64-i128:128-n32:64-S128"

define void @window(ptr noalias %x, ptr noalias %y) {
entry:
  br label %pixel

pixel:
  %i = phi i64 [ 0, %entry ], [ %i.next, %pixel.end ]
  %start = shl nuw nsw i64 %i, 1
  %first = getelementptr inbounds float, ptr %x, i64 %start
  %begin = load float, ptr %first, align 4
  br label %tap

tap:
  %j = phi i64 [ 0, %pixel ], [ %j.next, %tap ]
  %most = phi float [ %begin, %pixel ], [ %more, %tap ]
  %place = add nuw nsw i64 %start, %j
  %from = getelementptr inbounds float, ptr %x, i64 %place
  %element = load float, ptr %from, align 4
  %larger = fcmp ogt float %element, %most
  %more = select i1 %larger, float %element, float %most
  %j.next = add nuw nsw i64 %j, 1
  %done = icmp eq i64 %j.next, 2
  br i1 %done, label %pixel.end, label %tap

pixel.end:
  %to = getelementptr inbounds float, ptr %y, i64 %i
  store float %more, ptr %to, align 4
  %i.next = add nuw nsw i64 %i, 1
  %last = icmp eq i64 %i.next, 16384
  br i1 %last, label %end, label %pixel

end:
  ret void
}
