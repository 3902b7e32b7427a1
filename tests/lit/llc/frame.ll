; Frames: large ones take two steps, over-aligned variables realign the stack, callee-saved registers are kept.
; RUN: kiln-llc -verify-each -O1 %s -o - | FileCheck %s
declare void @use(ptr)

; CHECK-LABEL: large:
; CHECK: addi sp, sp, -2032
; CHECK: sd ra, 2024(sp)
; CHECK: add sp, sp, t0
; CHECK: call use
; CHECK: ld ra, 2024(sp)
; CHECK-NEXT: addi sp, sp, 2032
; CHECK-NEXT: ret
define void @large() {
  %p = alloca [10000 x i8]
  call void @use(ptr %p)
  ret void
}

; CHECK-LABEL: aligned:
; CHECK: addi s0, sp,
; CHECK: andi sp, sp, -64
; CHECK: call use
; CHECK: addi sp, s0,
define void @aligned() {
  %p = alloca [64 x i8], align 64
  call void @use(ptr %p)
  ret void
}
