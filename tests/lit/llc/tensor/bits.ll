; RUN: kiln-llc -O2 %s -Rpass=vector -Rpass-missed=vector -filetype=null -o /dev/null 2>&1 | FileCheck %s
; RUN: kiln-llc -O2 %s -o - | FileCheck %s --check-prefix=ASM
; Counts and orders of bits in loops, switches of few cases, and parts of an array that the number of iterations keeps apart.

; CHECK: counts: remark: 1 loop on the vector unit, 1 as lanes
; CHECK: bytes: remark: 1 loop on the vector unit, 1 as lanes
; CHECK: switched: remark: 1 loop on the vector unit, 1 as lanes
; CHECK: parts: remark: 1 loop on the vector unit, 1 as lanes

; Ones below the lowest bit that is set, and their sum.
; ASM-LABEL: counts:
; ASM:       vand.vv
; ASM:       vmul.vx
define void @counts(ptr noalias %x, ptr noalias %y) {
entry:
  br label %loop
loop:
  %i = phi i64 [ 0, %entry ], [ %next, %loop ]
  %from = getelementptr i32, ptr %x, i64 %i
  %v = load i32, ptr %from
  %n = call i32 @llvm.cttz.i32(i32 %v, i1 false)
  %to = getelementptr i32, ptr %y, i64 %i
  store i32 %n, ptr %to
  %next = add nuw nsw i64 %i, 1
  %end = icmp eq i64 %next, 1000
  br i1 %end, label %exit, label %loop
exit:
  ret void
}

define void @bytes(ptr noalias %x, ptr noalias %y) {
entry:
  br label %loop
loop:
  %i = phi i64 [ 0, %entry ], [ %next, %loop ]
  %from = getelementptr i16, ptr %x, i64 %i
  %v = load i16, ptr %from
  %swapped = call i16 @llvm.bswap.i16(i16 %v)
  %to = getelementptr i16, ptr %y, i64 %i
  store i16 %swapped, ptr %to
  %next = add nuw nsw i64 %i, 1
  %end = icmp eq i64 %next, 1000
  br i1 %end, label %exit, label %loop
exit:
  ret void
}

define void @switched(ptr noalias %x, ptr noalias %y) {
entry:
  br label %loop
loop:
  %i = phi i64 [ 0, %entry ], [ %next, %latch ]
  %from = getelementptr i8, ptr %x, i64 %i
  %v = load i8, ptr %from
  switch i8 %v, label %latch [
    i8 3, label %one
    i8 4, label %one
    i8 9, label %two
  ]
one:
  br label %latch
two:
  br label %latch
latch:
  %w = phi i8 [ 0, %loop ], [ 1, %one ], [ 2, %two ]
  %to = getelementptr i8, ptr %y, i64 %i
  store i8 %w, ptr %to
  %next = add nuw nsw i64 %i, 1
  %end = icmp eq i64 %next, 1000
  br i1 %end, label %exit, label %loop
exit:
  ret void
}

; Up to 500 iterations.
; ASM-LABEL: parts:
; ASM:       slti {{[a-z0-9]+}}, a1, 501
; ASM:       vadd.vv
define void @parts(ptr %x, i64 %n) {
entry:
  br label %loop
loop:
  %i = phi i64 [ 0, %entry ], [ %next, %loop ]
  %from = getelementptr i32, ptr %x, i64 %i
  %other = getelementptr i32, ptr %from, i64 500
  %v = load i32, ptr %from
  %w = load i32, ptr %other
  %sum = add i32 %v, %w
  store i32 %sum, ptr %other
  %next = add nuw nsw i64 %i, 1
  %more = icmp slt i64 %next, %n
  br i1 %more, label %loop, label %exit
exit:
  ret void
}

declare i32 @llvm.cttz.i32(i32, i1)
declare i16 @llvm.bswap.i16(i16)
