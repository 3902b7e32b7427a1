; RUN: kiln-llc -O2 %s -tensor=print -o /dev/null 2>&1 | FileCheck %s
; RUN: kiln-llc -O2 %s -o - | FileCheck %s --check-prefix=ASM
; A load from one of several places is a choice of loads, each made only where it is chosen. Loads that are the same in all
; iterations are made once, also where a choice needs them. Bounds by comparisons are one instruction.

; CHECK-LABEL: region of joined
; CHECK:         a[[Y:[0-9]]][4*i0].i32 := select.i32(icmp.i1.slt(a[[X:[0-9]]][4*i0 + 4].i32, 0:i32), a[[X]][4*i0].i32, a[[X]][4*i0 + 8].i32)
; CHECK-LABEL: region of selected
; CHECK:         := select.i32(icmp.i1.slt(a[[X:[0-9]]][4*i0 + 4].i32, 0:i32), a[[X]][4*i0].i32, a[[X]][4*i0 + 8].i32)
; CHECK-LABEL: region of based
; CHECK:         := select.i32(icmp.i1.slt(a{{[0-9]}}[4*i0].i32, 0:i32), a[[P:[0-9]]][4*i0 + 4].i32, a[[Q:[0-9]]][4*i0 + 4].i32)
; ASM-LABEL: joined:
; ASM:       vle32.v {{v[0-9]+}}, {{.*}}, v0.t
; ASM-LABEL: bounded:
; ASM:       flw
; ASM:       vsetvli
; ASM-NOT:   v0.t
; ASM:       vfmin.vf
; ASM:       vfmax.vf
; ASM:       .size bounded

define void @joined(ptr noalias %x, ptr noalias %y) {
entry:
  br label %loop
loop:
  %i = phi i64 [ 0, %entry ], [ %next, %join ]
  %place = getelementptr i32, ptr %x, i64 %i
  %middle = getelementptr i32, ptr %place, i64 1
  %v = load i32, ptr %middle
  %negative = icmp slt i32 %v, 0
  br i1 %negative, label %join, label %other
other:
  %behind = getelementptr i32, ptr %place, i64 2
  br label %join
join:
  %from = phi ptr [ %place, %loop ], [ %behind, %other ]
  %w = load i32, ptr %from
  %to = getelementptr i32, ptr %y, i64 %i
  store i32 %w, ptr %to
  %next = add nuw nsw i64 %i, 1
  %end = icmp eq i64 %next, 1000
  br i1 %end, label %exit, label %loop
exit:
  ret void
}

define void @selected(ptr noalias %x, ptr noalias %y) {
entry:
  br label %loop
loop:
  %i = phi i64 [ 0, %entry ], [ %next, %loop ]
  %place = getelementptr i32, ptr %x, i64 %i
  %middle = getelementptr i32, ptr %place, i64 1
  %behind = getelementptr i32, ptr %place, i64 2
  %v = load i32, ptr %middle
  %negative = icmp slt i32 %v, 0
  %from = select i1 %negative, ptr %place, ptr %behind
  %w = load i32, ptr %from
  %to = getelementptr i32, ptr %y, i64 %i
  store i32 %w, ptr %to
  %next = add nuw nsw i64 %i, 1
  %end = icmp eq i64 %next, 1000
  br i1 %end, label %exit, label %loop
exit:
  ret void
}

define void @bounded(ptr noalias %x, ptr noalias %y, ptr noalias %z) {
entry:
  br label %loop
loop:
  %i = phi i64 [ 0, %entry ], [ %next, %loop ]
  %from = getelementptr float, ptr %x, i64 %i
  %v = load float, ptr %from
  %less = fcmp olt float %v, 6.0
  %low = select i1 %less, float %v, float 6.0
  %more = fcmp ogt float %low, 0.0
  %within = select i1 %more, float %low, float 0.0
  %factor = load float, ptr %z
  %small = fcmp olt float %within, %factor
  %chosen = select i1 %small, float %within, float %factor
  %to = getelementptr float, ptr %y, i64 %i
  store float %chosen, ptr %to
  %next = add nuw nsw i64 %i, 1
  %end = icmp eq i64 %next, 1000
  br i1 %end, label %exit, label %loop
exit:
  ret void
}

define void @based(ptr noalias %x, ptr noalias %y, ptr noalias %p, ptr noalias %q) {
entry:
  br label %loop
loop:
  %i = phi i64 [ 0, %entry ], [ %next, %loop ]
  %place = getelementptr i32, ptr %x, i64 %i
  %v = load i32, ptr %place
  %negative = icmp slt i32 %v, 0
  %base = select i1 %negative, ptr %p, ptr %q
  %element = getelementptr i32, ptr %base, i64 %i
  %from = getelementptr i32, ptr %element, i64 1
  %w = load i32, ptr %from
  %to = getelementptr i32, ptr %y, i64 %i
  store i32 %w, ptr %to
  %next = add nuw nsw i64 %i, 1
  %end = icmp eq i64 %next, 1000
  br i1 %end, label %exit, label %loop
exit:
  ret void
}
