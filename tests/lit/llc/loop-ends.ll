; How loops begin and end their iterations.
; RUN: kiln-llc -verify-each -O2 -no-tensor %s -o - | FileCheck %s

; The value before the step is not kept to be compared.
; CHECK-LABEL: before_step:
; CHECK: [[TOP:.LBB[0-9_]+]]:
; CHECK-NOT: mv
; CHECK: bne {{.*}}, [[TOP]]
; CHECK: ret
define i64 @before_step(i64 %x) {
entry:
  br label %loop
loop:
  %i = phi i32 [ 127, %entry ], [ %next, %loop ]
  %s = phi i64 [ 0, %entry ], [ %t, %loop ]
  %w = zext i32 %i to i64
  %bit = lshr i64 %x, %w
  %t = add i64 %s, %bit
  %next = add i32 %i, -1
  %end = icmp eq i32 %i, 0
  br i1 %end, label %out, label %loop
out:
  ret i64 %t
}

; Each iteration waits for a load, whose address is a pointer and no sum.
; CHECK-LABEL: waits:
; CHECK: [[TOP:.LBB[0-9_]+]]:
; CHECK-NEXT: lbu [[B:[a-z0-9]+]], 0(
; CHECK-NEXT: {{beqz|bnez}} [[B]]
define i64 @waits(ptr %p, i64 %n) {
entry:
  br label %loop
loop:
  %i = phi i64 [ 0, %entry ], [ %next, %latch ]
  %s = phi i64 [ 0, %entry ], [ %t, %latch ]
  %q = getelementptr i8, ptr %p, i64 %i
  %b = load i8, ptr %q
  %zero = icmp eq i8 %b, 0
  br i1 %zero, label %latch, label %more
more:
  %u = mul i64 %s, %i
  br label %latch
latch:
  %t = phi i64 [ %s, %loop ], [ %u, %more ]
  %next = add i64 %i, 1
  %end = icmp eq i64 %next, %n
  br i1 %end, label %out, label %loop
out:
  ret i64 %t
}

; A loop that counts down ends when its pointer is where the array begins: nothing is multiplied to find that.
; CHECK-LABEL: backwards:
; CHECK-NOT: mul
; CHECK-NOT: neg
; CHECK: ret
define void @backwards(ptr %p, ptr %q, i64 %n) {
entry:
  br label %loop
loop:
  %i = phi i64 [ %n, %entry ], [ %next, %loop ]
  %next = add i64 %i, -1
  %a = getelementptr i8, ptr %p, i64 %next
  %x = load i8, ptr %a
  store volatile i8 %x, ptr %q
  %end = icmp eq i64 %next, 0
  br i1 %end, label %out, label %loop
out:
  ret void
}
