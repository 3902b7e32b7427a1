; Frames: large ones take two steps, over-aligned variables realign the stack, callee-saved registers are kept.
; RUN: kiln-llc -verify-each -O1 %s -o - | FileCheck %s --check-prefixes=CHECK,SHORT
; RUN: kiln-llc -verify-each -O1 -mattr=-c %s -o - | FileCheck %s --check-prefixes=CHECK,LONG
declare void @use(ptr)

; CHECK-LABEL: large:
; SHORT: addi sp, sp, -496
; SHORT: sd ra, 488(sp)
; LONG: addi sp, sp, -2032
; LONG: sd ra, 2024(sp)
; CHECK: add sp, sp, t0
; CHECK: call use
; SHORT: ld ra, 488(sp)
; SHORT-NEXT: addi sp, sp, 496
; LONG: ld ra, 2024(sp)
; LONG-NEXT: addi sp, sp, 2032
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

; One step is enough for one register; three are saved by 16-bit instructions when there are two.
; CHECK-LABEL: one:
; CHECK: addi sp, sp, -1008
; CHECK-NOT: addi sp
; CHECK: call use
define void @one() {
  %p = alloca [984 x i8]
  call void @use(ptr %p)
  ret void
}

; CHECK-LABEL: three:
; SHORT: addi sp, sp, -496
; SHORT: sd ra, 488(sp)
; SHORT: addi sp, sp, -512
; LONG: addi sp, sp, -1008
; LONG-NOT: addi sp
; CHECK: call use
; SHORT: addi sp, sp, 512
; SHORT: ld ra, 488(sp)
; SHORT: addi sp, sp, 496
; CHECK: ret
define i64 @three(i64 %x, i64 %y) {
  %p = alloca [976 x i8]
  call void @use(ptr %p)
  %s = sub i64 %x, %y
  ret i64 %s
}
