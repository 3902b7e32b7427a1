; What is there last is taken in last.
; RUN: kiln-llc -verify-each -O2 -no-tensor %s -o - | FileCheck %s

; 31 x + y is 32 x + (y - x): two steps instead of three.
; CHECK-LABEL: hash:
; CHECK-DAG: slli [[A:[a-z0-9]+]], a0, 5
; CHECK-DAG: sub [[B:[a-z0-9]+]], a1, a0
; CHECK: add a0, {{.*}}[[A]]
; CHECK-NEXT: ret
define i64 @hash(i64 %x, i64 %y) {
  %m = mul i64 %x, 31
  %s = add i64 %m, %y
  ret i64 %s
}

; A value that is loaded is there late.
; CHECK-LABEL: late:
; CHECK: ld [[L:[a-z0-9]+]]
; CHECK: xor [[T:[a-z0-9]+]], a1, a2
; CHECK-NEXT: xor a0, {{.*}}[[L]]
; CHECK-NEXT: ret
define i64 @late(ptr %p, i64 %x, i64 %y) {
  %l = load i64, ptr %p
  %a = xor i64 %l, %x
  %b = xor i64 %a, %y
  ret i64 %b
}

; A small shift stays part of an addition.
; CHECK-LABEL: shifted:
; CHECK: ld
; CHECK-NOT: slli
; CHECK: sh2add
; CHECK-NOT: slli
; CHECK: ret
define i64 @shifted(ptr %p, i64 %x, i64 %y) {
  %l = load i64, ptr %p
  %h = shl i64 %x, 2
  %a = add i64 %l, %h
  %b = add i64 %a, %y
  ret i64 %b
}

; Words, and differences of all kinds, keep their value.
; CHECK-LABEL: difference:
; CHECK: lw [[L:[a-z0-9]+]]
; CHECK: add{{w?}} [[T:[a-z0-9]+]], a1, a2
; CHECK-NEXT: subw a0, [[L]], [[T]]
; CHECK-NEXT: ret
define signext i32 @difference(ptr %p, i32 signext %x, i32 signext %y) {
  %l = load i32, ptr %p
  %a = sub i32 %l, %x
  %b = sub i32 %a, %y
  ret i32 %b
}
