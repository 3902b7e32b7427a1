; How switches are tested.
; RUN: kiln-llc -O2 -verify-each -o - %s | FileCheck %s
target triple = "riscv64"

; Many numbers of one target are bits of a word.
; CHECK-LABEL: {{^}}bits:
; CHECK: {{bltu|bgeu}}
; CHECK: bext
; CHECK: {{beqz|bnez}}
; CHECK-NOT: {{beq |bne |blt|bge}}
; CHECK: ret
define i64 @bits(i32 signext %x, i64 %y) {
  switch i32 %x, label %other [
    i32 9, label %space
    i32 10, label %space
    i32 13, label %space
    i32 32, label %space
    i32 44, label %space
  ]
space:
  %a = mul i64 %y, 7
  ret i64 %a
other:
  %b = mul i64 %y, 9
  ret i64 %b
}

; A few numbers are asked for one after the other: three comparisons.
; CHECK-LABEL: {{^}}few:
; CHECK: {{beq|bne}}
; CHECK: {{beq|bne}}
; CHECK: {{beq|bne}}
; CHECK-NOT: {{blt|bge}}
; CHECK: ret
define i64 @few(i32 signext %x, i64 %y) {
  switch i32 %x, label %other [
    i32 3, label %one
    i32 70, label %two
    i32 900, label %three
  ]
one:
  %a = mul i64 %y, 7
  ret i64 %a
two:
  %b = mul i64 %y, 9
  ret i64 %b
three:
  %c = mul i64 %y, 11
  ret i64 %c
other:
  ret i64 %y
}

; Between two that have been told apart there is nothing to ask: six comparisons for five neighbours.
; CHECK-LABEL: {{^}}neighbours:
; CHECK-COUNT-6: {{^[[:space:]]b}}
; CHECK-NOT: {{^[[:space:]]b}}
; CHECK: .size neighbours
define i64 @neighbours(i32 signext %x, i64 %y) {
  switch i32 %x, label %other [
    i32 20, label %one
    i32 21, label %two
    i32 22, label %three
    i32 23, label %four
    i32 24, label %five
  ]
one:
  %a = mul i64 %y, 7
  ret i64 %a
two:
  %b = mul i64 %y, 9
  ret i64 %b
three:
  %c = mul i64 %y, 11
  ret i64 %c
four:
  %d = mul i64 %y, 13
  ret i64 %d
five:
  %e = mul i64 %y, 17
  ret i64 %e
other:
  ret i64 %y
}

; A range between others is one comparison.
; CHECK-LABEL: {{^}}range:
; CHECK: addi{{w?}} {{.*}}, -10
; CHECK: {{bltu|bgeu}}
; CHECK-NOT: {{blt |bge }}
; CHECK: ret
define i64 @range(i32 signext %x, i64 %y) {
  switch i32 %x, label %other [
    i32 10, label %one
    i32 11, label %one
  ]
one:
  %a = mul i64 %y, 7
  ret i64 %a
other:
  ret i64 %y
}
