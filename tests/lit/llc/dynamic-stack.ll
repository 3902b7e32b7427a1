; A region whose size is known when the program runs moves the stack pointer; everything else is found from s0.
; RUN: kiln-llc -O1 %s -o - | FileCheck %s
; RUN: kiln-llc -verify-each -O2 %s -o %t.s
; RUN: kiln-llc -verify-each -O2 -stop-after=select-instructions %s -o %t.mir
; RUN: kiln-llc -verify-each -O2 -start-after=select-instructions %t.mir -o %t.1.s
; RUN: cmp %t.s %t.1.s
; RUN: not kiln-llc -O1 %S/Inputs/dynamic-aligned.ll -o - 2>&1 | FileCheck --check-prefix=REFUSED %s
; REFUSED: dynamic alloca beside a stack variable aligned to more than 16 bytes is not supported
declare void @use(ptr, ptr)
declare ptr @llvm.stacksave.p0()
declare void @llvm.stackrestore.p0(ptr)

; CHECK-LABEL: region:
; CHECK: addi s0, sp, [[#SIZE:]]
; CHECK: andi [[BYTES:a[0-9]]], {{a[0-9]}}, -16
; CHECK: sub sp, sp, [[BYTES]]
; CHECK-NEXT: addi a0, sp, 16
; CHECK: addi a1, s0, -{{[0-9]+}}
; CHECK: call use
; CHECK: addi sp, s0, -[[#SIZE]]
; CHECK: ret
define void @region(i64 %n) {
  %fixed = alloca [16 x i8]
  %p = alloca i8, i64 %n
  call void @use(ptr %p, ptr %fixed)
  ret void
}

; CHECK-LABEL: scope:
; CHECK: mv [[SAVED:s[0-9]+]], sp
; CHECK: sub sp, sp,
; CHECK: call use
; CHECK: mv sp, [[SAVED]]
define void @scope(i64 %n) {
  %saved = call ptr @llvm.stacksave.p0()
  %p = alloca i64, i64 %n
  call void @use(ptr %p, ptr %p)
  call void @llvm.stackrestore.p0(ptr %saved)
  call void @use(ptr null, ptr null)
  ret void
}

; CHECK-LABEL: aligned:
; CHECK: andi {{a[0-9]}}, {{a[0-9]}}, -64
define void @aligned(i64 %n) {
  %p = alloca i8, i64 %n, align 64
  call void @use(ptr %p, ptr %p)
  ret void
}
