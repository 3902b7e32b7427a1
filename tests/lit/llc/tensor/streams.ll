; RUN: kiln-llc -O2 %s -Rpass=vector -Rpass-missed=vector -filetype=null -o /dev/null 2>&1 | FileCheck %s
; RUN: kiln-llc -O2 %s -o - | FileCheck %s --check-prefix=ASM
; Loops that stay scalar and wait for memory, and streams that go backwards, go through the scratchpad.

; CHECK: running_sums: remark: 1 loop on the vector unit, 0 as lanes, 1 through the scratchpad
; CHECK: backwards: remark: 1 loop on the vector unit, 1 as lanes, 1 through the scratchpad
; What one iteration stores another reads.
; CHECK: handed_on: remark: not on the vector unit
; CHECK: reassociated: remark: 1 loop on the vector unit, 1 as lanes, 1 through the scratchpad
; A line holds several structures.
; CHECK: structures: remark: 1 loop on the vector unit, 1 as lanes, 0 through the scratchpad, 1 by transfers
; ASM-LABEL: reassociated:
; ASM: vfmacc.vv

define void @running_sums(ptr noalias %x, ptr noalias %y) {
entry:
  br label %loop
loop:
  %i = phi i64 [ 0, %entry ], [ %next, %loop ]
  %sum = phi i32 [ 0, %entry ], [ %more, %loop ]
  %from = getelementptr i32, ptr %x, i64 %i
  %v = load i32, ptr %from
  %more = add i32 %sum, %v
  %to = getelementptr i32, ptr %y, i64 %i
  store i32 %more, ptr %to
  %next = add nuw nsw i64 %i, 1
  %end = icmp eq i64 %next, 4096
  br i1 %end, label %exit, label %loop
exit:
  ret void
}

define void @backwards(ptr noalias %x, ptr noalias %y, i64 %n) {
entry:
  br label %loop
loop:
  %i = phi i64 [ 0, %entry ], [ %next, %loop ]
  %not = xor i64 %i, -1
  %place = add i64 %not, %n
  %from = getelementptr i16, ptr %x, i64 %place
  %v = load i16, ptr %from
  %to = getelementptr i16, ptr %y, i64 %i
  store i16 %v, ptr %to
  %next = add nuw nsw i64 %i, 1
  %end = icmp eq i64 %next, %n
  br i1 %end, label %exit, label %loop
exit:
  ret void
}

define void @handed_on(ptr noalias %x, ptr noalias %y) {
entry:
  br label %loop
loop:
  %i = phi i64 [ 0, %entry ], [ %next, %loop ]
  %from = getelementptr i32, ptr %x, i64 %i
  %v = load i32, ptr %from
  %before = getelementptr i32, ptr %y, i64 %i
  %w = load i32, ptr %before
  %sum = add i32 %v, %w
  %next = add nuw nsw i64 %i, 1
  %to = getelementptr i32, ptr %y, i64 %next
  store i32 %sum, ptr %to
  %end = icmp eq i64 %next, 4096
  br i1 %end, label %exit, label %loop
exit:
  ret void
}

define double @reassociated(ptr %x, ptr %y, i64 %n) {
entry:
  br label %loop
loop:
  %i = phi i64 [ 0, %entry ], [ %next, %loop ]
  %sum = phi double [ 0.0, %entry ], [ %more, %loop ]
  %p = getelementptr double, ptr %x, i64 %i
  %v = load double, ptr %p
  %q = getelementptr double, ptr %y, i64 %i
  %w = load double, ptr %q
  %more = call reassoc double @llvm.fmuladd.f64(double %v, double %w, double %sum)
  %next = add nuw nsw i64 %i, 1
  %end = icmp eq i64 %next, %n
  br i1 %end, label %exit, label %loop
exit:
  ret double %more
}
declare double @llvm.fmuladd.f64(double, double, double)

define void @structures(ptr noalias %x, ptr noalias %y, i64 %n) {
entry:
  br label %loop
loop:
  %i = phi i64 [ 0, %entry ], [ %next, %loop ]
  %p = getelementptr [12 x i8], ptr %x, i64 %i
  %q = getelementptr [12 x i8], ptr %y, i64 %i
  %p1 = getelementptr i8, ptr %p, i64 4
  %q1 = getelementptr i8, ptr %q, i64 4
  %p2 = getelementptr i8, ptr %p, i64 8
  %q2 = getelementptr i8, ptr %q, i64 8
  %a = load i32, ptr %p
  store i32 %a, ptr %q
  %b = load i32, ptr %p1
  store i32 %b, ptr %q1
  %c = load i32, ptr %p2
  store i32 %c, ptr %q2
  %next = add i64 %i, 1
  %more = icmp slt i64 %next, %n
  br i1 %more, label %loop, label %end
end:
  ret void
}
