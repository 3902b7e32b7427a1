; What a loop's values are extended to is decided inside of it; who reads them behind it extends them there.
; RUN: kiln-llc -verify-each -O2 -no-tensor %s -o - | FileCheck %s

; A product in GF(256). The sign of a byte is one of its bits; the branch's operand is ready in time.
; CHECK-LABEL: product:
; CHECK: [[TOP:.LBB[0-9_]+]]:
; CHECK-NOT: sext
; CHECK-NOT: zext
; CHECK: bexti {{.*}}, 7
; CHECK: srli
; CHECK: xor
; CHECK: xor
; CHECK-NEXT: bnez {{.*}}, [[TOP]]
; CHECK: zext.b a0
define zeroext i8 @product(i8 zeroext %a0, i8 zeroext %b0) {
entry:
  br label %loop
loop:
  %p = phi i8 [ %p1, %loop ], [ 0, %entry ]
  %b = phi i8 [ %b1, %loop ], [ %b0, %entry ]
  %a = phi i8 [ %a1, %loop ], [ %a0, %entry ]
  %bit = and i8 %b, 1
  %clear = icmp eq i8 %bit, 0
  %x = select i1 %clear, i8 0, i8 %a
  %p1 = xor i8 %x, %p
  %twice = shl i8 %a, 1
  %negative = icmp slt i8 %a, 0
  %c = select i1 %negative, i8 27, i8 0
  %a1 = xor i8 %c, %twice
  %b1 = lshr i8 %b, 1
  %end = icmp eq i8 %b1, 0
  br i1 %end, label %out, label %loop
out:
  ret i8 %p1
}

; What is loaded has any form.
; CHECK-LABEL: loaded:
; CHECK: lb
; CHECK-NEXT: {{bltz|bgez}}
define i64 @loaded(ptr %p) {
  %b = load i8, ptr %p
  %negative = icmp slt i8 %b, 0
  br i1 %negative, label %yes, label %no
yes:
  ret i64 7
no:
  ret i64 9
}

; A value that is passed twice stays where the call before gave it.
; CHECK-LABEL: twice:
; CHECK: [[TOP:.LBB[0-9_]+]]:
; CHECK-NEXT: fmv.d fa1, fa0
; CHECK-NEXT: call step
; CHECK-NEXT: addi
; CHECK-NEXT: bnez {{.*}}, [[TOP]]
declare double @step(double, double)
define double @twice(double %x, i64 %n) {
entry:
  br label %loop
loop:
  %y = phi double [ %x, %entry ], [ %z, %loop ]
  %i = phi i64 [ %n, %entry ], [ %j, %loop ]
  %z = call double @step(double %y, double %y)
  %j = add i64 %i, -1
  %c = icmp eq i64 %j, 0
  br i1 %c, label %end, label %loop
end:
  ret double %z
}

; Of two constants one is always there, and the difference is chosen.
; CHECK-LABEL: constants:
; CHECK: czero
; CHECK-NOT: czero
; CHECK-NOT: or
; CHECK: add
; CHECK: ret
define i64 @constants(i64 %x) {
  %c = icmp slt i64 %x, 100
  %r = select i1 %c, i64 77, i64 1000
  ret i64 %r
}
