; Data that lies close together is reached from one address.
; RUN: kiln-llc -verify-each -O2 -no-tensor %s -o - | FileCheck %s
; RUN: kiln-llc -verify-each -O2 -no-tensor -data-sections %s -o - | FileCheck --check-prefix=APART %s
; RUN: kiln-llc -verify-each -O2 -no-tensor -filetype=obj %s -o %t.o
; RUN: kiln-llc -verify-each -O2 -no-tensor %s -o %t.s
; RUN: kiln-as %t.s -o %t.as.o
; RUN: kiln-objdump -s -j .bss -j .rodata -j .text %t.o | grep -v format > %t.dis
; RUN: kiln-objdump -s -j .bss -j .rodata -j .text %t.as.o | grep -v format > %t.as.dis
; RUN: diff %t.dis %t.as.dis
; RUN: kiln-objdump -t %t.o | FileCheck --check-prefix=PLACES %s

@a = internal global [10 x i32] zeroinitializer
@flag = internal global i8 0
@b = internal global [10 x i32] zeroinitializer, align 16
@far = internal global [4000 x i8] zeroinitializer
@c = global [10 x i32] zeroinitializer
@maybe = weak global i32 0
@constant = internal constant [3 x i8] c"abc"
@aligned = internal constant [2 x i64] [i64 1, i64 2]

; PLACES-DAG: 0000000000000000 l O .bss 0000000000000028 a
; PLACES-DAG: 0000000000000028 l O .bss 0000000000000001 flag
; PLACES-DAG: 0000000000000030 l O .bss 0000000000000028 b

; One address with the index, and displacements: b begins at 48, behind a at 0 and the flag at 40.
; CHECK-LABEL: indexed:
; CHECK: auipc
; CHECK-NOT: auipc
; CHECK: sh2add [[P:[a-z0-9]+]],
; CHECK-NOT: auipc
; CHECK-NOT: sh2add
; CHECK-DAG: lw {{[a-z0-9]+}}, -48([[P]])
; CHECK-DAG: lw {{[a-z0-9]+}}, 0([[P]])
; CHECK-DAG: sb {{[a-z0-9]+}}, -8(
; CHECK: ret
; APART-LABEL: indexed:
; APART: auipc
; APART: auipc
; APART: ret
define signext i32 @indexed(i64 %i) {
  %p = getelementptr i32, ptr @a, i64 %i
  %q = getelementptr i32, ptr @b, i64 %i
  %x = load i32, ptr %p
  %y = load i32, ptr %q
  store i8 1, ptr @flag
  %s = add i32 %x, %y
  ret i32 %s
}

; What another module may define, and what is too far away, has an address of its own.
; CHECK-LABEL: others:
; CHECK-DAG: %pcrel_hi(maybe)
; CHECK-DAG: %pcrel_hi(c)
; CHECK: ret
define signext i32 @others() {
  %x = load i32, ptr @maybe
  %y = load i32, ptr @c
  %z = load i32, ptr @a
  %s = add i32 %x, %y
  %t = add i32 %s, %z
  ret i32 %t
}

; Accesses far from a pointer have the upper part of their distance in common, and it is added to the pointer, not to the index.
; CHECK-LABEL: distant:
; CHECK-DAG: lui [[FAR:[a-z0-9]+]], 64
; CHECK-DAG: add [[P:[a-z0-9]+]], {{.*}}a0
; CHECK-DAG: ld {{[a-z0-9]+}}, 40([[P]])
; CHECK-DAG: ld {{[a-z0-9]+}}, -8([[P]])
; CHECK-DAG: sh3add [[Q:[a-z0-9]+]], a1, [[P]]
; CHECK-DAG: ld {{[a-z0-9]+}}, 64([[Q]])
; CHECK-NOT: lui
; CHECK: ret
define i64 @distant(ptr %p, i64 %i) {
  %a = getelementptr i8, ptr %p, i64 262184
  %b = getelementptr i8, ptr %p, i64 262136
  %c = getelementptr [8 x i64], ptr %p, i64 0, i64 %i
  %d = getelementptr i8, ptr %c, i64 262208
  %x = load i64, ptr %a
  %y = load i64, ptr %b
  %z = load i64, ptr %d
  %s = add i64 %x, %y
  %t = add i64 %s, %z
  ret i64 %t
}

; A table of jumps goes before: distances hold wherever the data begins.
; CHECK-LABEL: table:
; CHECK: .p2align 3
; CHECK-NEXT: constant:
define i64 @table(i64 %k, i64 %i) {
  switch i64 %k, label %other [
    i64 0, label %l0
    i64 1, label %l1
    i64 2, label %l2
    i64 3, label %l3
    i64 4, label %l4
    i64 5, label %l5
    i64 6, label %l6
    i64 7, label %l7
    i64 8, label %l8
    i64 9, label %l9
    i64 10, label %l10
    i64 11, label %l11
    i64 12, label %l12
  ]
l0:
  %p = getelementptr i8, ptr @constant, i64 %i
  %x = load i8, ptr %p
  %w = zext i8 %x to i64
  ret i64 %w
l1:
  %q = getelementptr i64, ptr @aligned, i64 %i
  %y = load i64, ptr %q
  ret i64 %y
l2:
  ret i64 17
l3:
  ret i64 25
l4:
  ret i64 4
l5:
  ret i64 92
l6:
  ret i64 1
l7:
  ret i64 66
l8:
  ret i64 5
l9:
  ret i64 31
l10:
  ret i64 7
l11:
  ret i64 11
l12:
  ret i64 3
other:
  ret i64 0
}
