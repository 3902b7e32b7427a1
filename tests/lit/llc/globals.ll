; Data: sections, relocations, alignment, linkage; the same in text and in objects.
; RUN: kiln-llc -verify-each -O1 %s -o - | FileCheck %s
; RUN: kiln-llc -verify-each -O1 -filetype=obj %s -o %t.o
; RUN: llvm-readelf -sr %t.o | FileCheck --check-prefix=OBJECT %s
@counter = global i32 5, align 4
@zeros = internal global [100 x i64] zeroinitializer, align 8
@table = constant [2 x ptr] [ptr @counter, ptr getelementptr (i8, ptr @zeros, i64 16)], align 8
@weak_one = weak hidden global i8 1
@text = private constant [3 x i8] c"hi\00"
@placed = global i32 7, section ".spm.data", align 64
@other = alias i32, ptr @counter

; CHECK: lui
; CHECK: counter:
; CHECK-NEXT: .byte 5
; CHECK: .bss
; CHECK: zeros:
; CHECK-NEXT: .zero 800
; CHECK: .section .data.rel.ro
; CHECK: table:
; CHECK-NEXT: .quad counter
; CHECK-NEXT: .quad zeros+16
; CHECK: .weak weak_one
; CHECK: .hidden weak_one
; CHECK: .section .rodata
; CHECK: .Ltext:
; CHECK: .section .spm.data
; CHECK: .p2align 6
; CHECK: .set other, counter

; OBJECT-DAG: R_RISCV_64 {{.*}} counter + 0
; OBJECT-DAG: R_RISCV_64 {{.*}} zeros + 10
; OBJECT-DAG: OBJECT GLOBAL DEFAULT {{.*}} other
; OBJECT-DAG: OBJECT WEAK HIDDEN {{.*}} weak_one
; OBJECT-DAG: OBJECT LOCAL DEFAULT {{.*}} zeros
define void @f(ptr %p) {
  store i32 4096, ptr %p
  ret void
}
