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

; The pointer that most accesses go by is in one of the registers with 16-bit forms, though it is kept for long.
; CHECK-LABEL: pointer:
; CHECK: mv [[P:s[01]]], a0
; CHECK: ld {{[a-z0-9]+}}, 24([[P]])
; CHECK: sd {{[a-z0-9]+}}, 40([[P]])
define void @pointer(ptr %p) {
  %a = call i64 @get()
  %b = call i64 @get()
  %c = call i64 @get()
  %d = xor i64 %a, %b
  %e = call i64 @get()
  %f = sub i64 %c, %e
  %g = call i64 @get()
  %h = xor i64 %d, %f
  %i = xor i64 %h, %g
  %p3 = getelementptr i8, ptr %p, i64 24
  %p4 = getelementptr i8, ptr %p, i64 32
  %p5 = getelementptr i8, ptr %p, i64 40
  %l = load i64, ptr %p3
  %m = mul i64 %l, %i
  store i64 %m, ptr %p4
  store i64 %l, ptr %p5
  store i64 %i, ptr %p
  ret void
}

; Ranges in memory that are apart share a slot.
; CHECK-LABEL: slots:
; CHECK: sd a0, [[SLOT:[0-9]+]](sp)
; CHECK: ld {{[a-z0-9]+}}, [[SLOT]](sp)
; CHECK: sd a0, [[SLOT]](sp)
; CHECK: ld {{[a-z0-9]+}}, [[SLOT]](sp)
define i64 @slots() {
  %a = call i64 @get()
  call void asm sideeffect "", "~{x8},~{x9},~{x18},~{x19},~{x20},~{x21},~{x22},~{x23},~{x24},~{x25},~{x26},~{x27}"()
  %c = call i64 @get()
  call void @put(i64 %a, i64 1, i64 %c)
  %b = call i64 @get()
  call void asm sideeffect "", "~{x8},~{x9},~{x18},~{x19},~{x20},~{x21},~{x22},~{x23},~{x24},~{x25},~{x26},~{x27}"()
  %d = call i64 @get()
  call void @put(i64 %b, i64 1, i64 %d)
  ret i64 0
}
