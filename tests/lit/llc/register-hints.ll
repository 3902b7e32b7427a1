; Ranges take the registers of their neighbours: what is loaded again for a call goes where the call wants it, and a sum takes the
; place of its first term, so that its instruction has 16 bits.
; RUN: kiln-llc -verify-each -O2 -no-tensor %s -o - | FileCheck %s

declare i64 @get()
declare void @put(i64, i64, i64)

; CHECK-LABEL: again:
; CHECK: call get
; CHECK-NEXT: sd a0, [[A:[0-9]+]](sp)
; CHECK: ld a0, [[A]](sp)
; CHECK-NOT: mv a0
; CHECK: call put
define i64 @again(ptr %p) {
  %a = call i64 @get()
  %b = call i64 @get()
  %c = load i64, ptr %p
  call void asm sideeffect "", "~{x8},~{x9},~{x18},~{x19},~{x20},~{x21},~{x22},~{x23},~{x24},~{x25},~{x26},~{x27}"()
  call void @put(i64 %a, i64 %b, i64 %c)
  ret i64 0
}

; CHECK-LABEL: sum:
; CHECK: call get
; CHECK: call get
; CHECK: mul [[S:s[0-9]+]]
; CHECK-NEXT: call get
; CHECK-NEXT: add [[S]], [[S]], a0
define i64 @sum() {
  %a = call i64 @get()
  %b = call i64 @get()
  %c = add i64 %a, %b
  %d = mul i64 %c, %c
  %e = call i64 @get()
  %f = add i64 %d, %e
  %g = mul i64 %f, %c
  ret i64 %g
}
