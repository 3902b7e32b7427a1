; RUN: kiln-llc -O2 %s -Rpass=vector -filetype=null -o /dev/null 2>&1 | FileCheck %s
; RUN: kiln-llc -O2 %s -o - | FileCheck %s --check-prefix=ASM
; Nests that only copy and fill are transfers from memory to memory. Nothing is tested of offsets, since what
; is certainly accessed lies in memory.

; CHECK: copy: remark: 1 loop on the vector unit, 1 as lanes, 0 through the scratchpad, 1 by transfers
; ASM-LABEL: copy:
; ASM-NOT: bseti
; ASM: vle32.v
; ASM: vse32.v
; ASM: kd.src
; ASM: kd.dst
; ASM: kd.start
; ASM-NEXT: kd.wait
; ASM-NOT: kd.wait
; ASM: .size{{.*}}copy
; CHECK: fill_rows: remark: 2 loops on the vector unit, 1 as lanes, 0 through the scratchpad, 1 by transfers
; ASM-LABEL: fill_rows:
; ASM: kd.fill
; ASM: kd.dim 1,
; ASM: kd.start
; ASM-NEXT: kd.wait
; ASM-NOT: vse
; ASM: .size{{.*}}fill_rows
; Runs of few bytes go through the scratchpad.
; CHECK: narrow: remark: 2 loops on the vector unit, 1 as lanes, 1 through the scratchpad [
; ASM-LABEL: narrow:

define void @copy(ptr noalias %x, ptr noalias %y, i64 %n, i64 %at) {
entry:
  %any = icmp sgt i64 %n, 0
  br i1 %any, label %loop, label %exit
loop:
  %i = phi i64 [ 0, %entry ], [ %next, %loop ]
  %from = getelementptr i32, ptr %x, i64 %i
  %v = load i32, ptr %from
  %place = add i64 %i, %at
  %to = getelementptr i32, ptr %y, i64 %place
  store i32 %v, ptr %to
  %next = add nuw nsw i64 %i, 1
  %end = icmp eq i64 %next, %n
  br i1 %end, label %exit, label %loop
exit:
  ret void
}

define void @fill_rows(ptr %x, i16 %value) {
entry:
  br label %outer
outer:
  %i = phi i64 [ 0, %entry ], [ %i.next, %latch ]
  br label %inner
inner:
  %j = phi i64 [ 0, %outer ], [ %j.next, %inner ]
  %to = getelementptr [400 x i16], ptr %x, i64 %i, i64 %j
  store i16 %value, ptr %to
  %j.next = add nuw nsw i64 %j, 1
  %j.end = icmp eq i64 %j.next, 300
  br i1 %j.end, label %latch, label %inner
latch:
  %i.next = add nuw nsw i64 %i, 1
  %i.end = icmp eq i64 %i.next, 50
  br i1 %i.end, label %exit, label %outer
exit:
  ret void
}

define void @narrow(ptr noalias %x, ptr noalias %y) {
entry:
  br label %outer
outer:
  %i = phi i64 [ 0, %entry ], [ %i.next, %latch ]
  br label %inner
inner:
  %j = phi i64 [ 0, %outer ], [ %j.next, %inner ]
  %from = getelementptr [40 x i16], ptr %x, i64 %i, i64 %j
  %v = load i16, ptr %from
  %to = getelementptr [32 x i16], ptr %y, i64 %i, i64 %j
  store i16 %v, ptr %to
  %j.next = add nuw nsw i64 %j, 1
  %j.end = icmp eq i64 %j.next, 32
  br i1 %j.end, label %latch, label %inner
latch:
  %i.next = add nuw nsw i64 %i, 1
  %i.end = icmp eq i64 %i.next, 500
  br i1 %i.end, label %exit, label %outer
exit:
  ret void
}
