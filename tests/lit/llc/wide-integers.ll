; Integers of 65 to 128 bits are two halves.
; RUN: kiln-llc -O1 %s -o - | FileCheck %s
; RUN: kiln-llc -verify-each -O2 %s -o %t.s
; RUN: kiln-llc -verify-each -O2 -stop-after=import %s -o %t.ir
; RUN: kiln-llc -verify-each -O2 -start-after=import %t.ir -o %t.1.s
; RUN: cmp %t.s %t.1.s

; CHECK-LABEL: high_product:
; CHECK-NEXT: mulhu a0, a0, a1
; CHECK-NEXT: ret
define i64 @high_product(i64 %a, i64 %b) {
  %x = zext i64 %a to i128
  %y = zext i64 %b to i128
  %p = mul i128 %x, %y
  %h = lshr i128 %p, 64
  %r = trunc i128 %h to i64
  ret i64 %r
}

; CHECK-LABEL: signed_product:
; CHECK-NEXT: mulh a0, a0, a1
; CHECK-NEXT: ret
define i64 @signed_product(i64 %a, i64 %b) {
  %x = sext i64 %a to i128
  %y = sext i64 %b to i128
  %p = mul i128 %x, %y
  %h = ashr i128 %p, 64
  %r = trunc i128 %h to i64
  ret i64 %r
}

; CHECK-LABEL: sum:
; CHECK: add [[LOW:a[0-9]]], a0, a2
; CHECK: sltu [[CARRY:a[0-9]]], [[LOW]], a2
; CHECK: add {{a[0-9]}}, {{a[0-9]}}, [[CARRY]]
define i128 @sum(i128 %a, i128 %b) {
  %s = add i128 %a, %b
  ret i128 %s
}

; CHECK-LABEL: quotient:
; CHECK: call __udivti3
define i128 @quotient(i128 %a, i128 %b) {
  %q = udiv i128 %a, %b
  ret i128 %q
}

; The last named register takes the low half, the stack the high one.
; CHECK-LABEL: split:
; CHECK-DAG: mv a0, a7
; CHECK-DAG: ld a1, 0(sp)
; CHECK: ret
define i128 @split(i64 %a, i64 %b, i64 %c, i64 %d, i64 %e, i64 %f, i64 %g, i128 %h) {
  ret i128 %h
}

; A bit field of ten bytes.
; CHECK-LABEL: field:
; CHECK-DAG: lbu {{a[0-9]}}, 0(a0)
; CHECK-COUNT-10: sb {{a[0-9]}},
define void @field(ptr %p) {
  %v = load i80, ptr %p, align 1
  %w = lshr i80 %v, 3
  store i80 %w, ptr %p, align 1
  ret void
}
