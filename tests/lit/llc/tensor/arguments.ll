; RUN: kiln-llc -O2 -Rpass=vector -Rpass-missed=vector -filetype=null %s 2>&1 | FileCheck %s
; RUN: kiln-llc -O2 -noalias-arguments -Rpass=vector -Rpass-missed=vector -filetype=null %s 2>&1 | FileCheck %s --check-prefix=PROMISED

; Rows that loaded numbers choose may lie anywhere, also where is written.
; CHECK: rows: remark: not on the vector unit: arrays cannot be compared
; PROMISED: rows: remark: 2 loops on the vector unit
define void @rows(ptr %at, ptr %table, ptr %y) {
entry:
  br label %outer

outer:
  %i = phi i64 [ 0, %entry ], [ %i.next, %latch ]
  %pa = getelementptr inbounds i32, ptr %at, i64 %i
  %n = load i32, ptr %pa, align 4
  %row = sext i32 %n to i64
  %from = getelementptr inbounds [64 x float], ptr %table, i64 %row
  %to = getelementptr inbounds [64 x float], ptr %y, i64 %i
  br label %inner

inner:
  %j = phi i64 [ 0, %outer ], [ %j.next, %inner ]
  %px = getelementptr inbounds float, ptr %from, i64 %j
  %v = load float, ptr %px, align 4
  %py = getelementptr inbounds float, ptr %to, i64 %j
  store float %v, ptr %py, align 4
  %j.next = add i64 %j, 1
  %j.done = icmp eq i64 %j.next, 64
  br i1 %j.done, label %latch, label %inner

latch:
  %i.next = add i64 %i, 1
  %i.done = icmp eq i64 %i.next, 100
  br i1 %i.done, label %exit, label %outer

exit:
  ret void
}

; Shifts bound what an index can be: 512 places of a table.
; CHECK: places: remark: 1 loop on the vector unit
define void @places(ptr %x, ptr %table, ptr %y) {
entry:
  br label %loop

loop:
  %i = phi i64 [ 0, %entry ], [ %next, %loop ]
  %px = getelementptr inbounds i16, ptr %x, i64 %i
  %n = load i16, ptr %px, align 2
  %wide = sext i16 %n to i32
  %moved = add i32 %wide, 32768
  %high = lshr i32 %moved, 7
  %at = zext i32 %high to i64
  %pt = getelementptr inbounds i16, ptr %table, i64 %at
  %v = load i16, ptr %pt, align 2
  %py = getelementptr inbounds i16, ptr %y, i64 %i
  store i16 %v, ptr %py, align 2
  %next = add i64 %i, 1
  %done = icmp eq i64 %next, 2000
  br i1 %done, label %exit, label %loop

exit:
  ret void
}
