; A variadic function stores the argument registers that its named parameters leave right below the stack arguments.
; RUN: kiln-llc -O1 %s -o - | FileCheck %s
; RUN: kiln-llc -O1 -stop-after=import %s -o %t.ir
; RUN: kiln-llc -O1 -start-after=import %t.ir -o - | FileCheck %s
declare void @llvm.va_start(ptr)
declare void @llvm.va_copy(ptr, ptr)
declare void @llvm.va_end(ptr)
declare void @use(ptr)

; Seven registers take 56 bytes; the area is a multiple of 16, and the saved registers lie below it.
; CHECK-LABEL: first:
; CHECK: addi sp, sp, -[[#SIZE:]]
; CHECK: sd ra, [[#SIZE-72]](sp)
; CHECK-DAG: sd a1, [[#SIZE-56]](sp)
; CHECK-DAG: sd a7, [[#SIZE-8]](sp)
; CHECK-DAG: addi [[LIST:[ast][0-9]+]], sp, [[#SIZE-56]]
; CHECK-DAG: sd [[LIST]], [[#AP:]](sp)
; CHECK: call use
; CHECK: ld ra, [[#SIZE-72]](sp)
; CHECK: addi sp, sp, [[#SIZE]]
define void @first(i32 %named, ...) {
  %list = alloca ptr
  call void @llvm.va_start(ptr %list)
  call void @use(ptr %list)
  call void @llvm.va_end(ptr %list)
  ret void
}

; All registers are named: the list starts behind the one stack argument.
; CHECK-LABEL: stack:
; CHECK-NOT: sd a7
; CHECK: addi sp, sp, -[[#FRAME:]]
; CHECK: addi [[AT:a[0-9]]], sp, [[#FRAME+8]]
; CHECK-NEXT: sd [[AT]], 0(a0)
define void @stack(ptr %list, i64 %b, i64 %c, i64 %d, i64 %e, i64 %f, i64 %g, i64 %h, i64 %i, ...) {
  call void @llvm.va_start(ptr %list)
  ret void
}

; CHECK-LABEL: next:
; CHECK: ld [[P:a[0-9]]], 0(a0)
; CHECK-NEXT: fld fa0, 0([[P]])
; CHECK-NEXT: addi [[Q:a[0-9]]], [[P]], 8
; CHECK-NEXT: sd [[Q]], 0(a0)
define double @next(ptr %list) {
  %v = va_arg ptr %list, double
  ret double %v
}

; CHECK-LABEL: copy:
; CHECK: ld [[P:a[0-9]]], 0(a1)
; CHECK-NEXT: sd [[P]], 0(a0)
define void @copy(ptr %to, ptr %from) {
  call void @llvm.va_copy(ptr %to, ptr %from)
  ret void
}

; With a realigned stack the arguments are found from s0.
; CHECK-LABEL: aligned:
; CHECK: andi sp, sp, -64
; CHECK-DAG: sd a7, -8(s0)
; CHECK-DAG: addi {{[ast][0-9]+}}, s0, -56
define void @aligned(i32 %named, ...) {
  %list = alloca ptr, align 64
  call void @llvm.va_start(ptr %list)
  call void @use(ptr %list)
  ret void
}
