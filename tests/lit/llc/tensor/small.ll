; RUN: kiln-llc -O2 %s -Rpass=vector -Rpass-missed=vector -filetype=null -o /dev/null 2>&1 | FileCheck %s
; RUN: kiln-llc -O2 %s -o - | FileCheck %s --check-prefix=ASM
; What keeps versions small: none that could hardly be met, no scalar code where few lanes cost as little, no test
; that a branch before the nest has made.

; The loop has lanes alone, for any number of iterations.
; CHECK: lanes_alone: remark: 1 loop on the vector unit, 1 as lanes
; ASM-LABEL: lanes_alone:
; ASM-NOT: li {{.*}}, 12
; ASM-NOT: lw{{ }}
; ASM: vle32.v
; ASM: .size{{.*}}lanes_alone
define void @lanes_alone(ptr noalias %x, ptr noalias %y, i32 %n) {
entry:
  %any = icmp sgt i32 %n, 0
  br i1 %any, label %begin, label %exit
begin:
  %wide = zext i32 %n to i64
  br label %loop
loop:
  %i = phi i64 [ 0, %begin ], [ %next, %loop ]
  %from = getelementptr i32, ptr %x, i64 %i
  %v = load i32, ptr %from
  %w = add i32 %v, 5
  %to = getelementptr i32, ptr %y, i64 %i
  store i32 %w, ptr %to
  %next = add nuw nsw i64 %i, 1
  %end = icmp eq i64 %next, %wide
  br i1 %end, label %exit, label %loop
exit:
  ret void
}

; Rows of eight: more iterations than lanes pay for would meet the next row.
; CHECK: rows_of_eight: remark: not on the vector unit
define void @rows_of_eight(ptr %x, i64 %row, i64 %from, i64 %n) {
entry:
  br label %loop
loop:
  %i = phi i64 [ 0, %entry ], [ %next, %loop ]
  %at = add i64 %i, %from
  %p = getelementptr [8 x i32], ptr %x, i64 %row, i64 %at
  %q = getelementptr [8 x i32], ptr %x, i64 0, i64 %at
  %v = load i32, ptr %p
  %w = add i32 %v, 5
  store i32 %w, ptr %q
  %next = add nuw nsw i64 %i, 1
  %end = icmp eq i64 %next, %n
  br i1 %end, label %exit, label %loop
exit:
  ret void
}

; Nothing tells that a loop is long that goes through no memory.
; CHECK: counts: remark: not on the vector unit
define i64 @counts(i64 %n) {
entry:
  br label %loop
loop:
  %i = phi i64 [ 0, %entry ], [ %next, %loop ]
  %sum = phi i64 [ 0, %entry ], [ %more, %loop ]
  %square = mul i64 %i, %i
  %x = xor i64 %square, 77
  %more = add i64 %sum, %x
  %next = add nuw nsw i64 %i, 1
  %end = icmp eq i64 %next, %n
  br i1 %end, label %exit, label %loop
exit:
  ret i64 %more
}
