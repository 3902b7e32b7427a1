; At -O0 each function is compiled as soon as it is imported, and its memory is the next one's; but not where a later one has assembly,
; which decides that the object is made from text.
; RUN: kiln-llc -O0 -print-after=import -print-after=select-instructions -verify-each -filetype=obj %s -o %t.o 2>&1 | FileCheck %s
; RUN: llvm-objdump -d %t.o | FileCheck %s --check-prefix=OBJECT
; RUN: sed 's/call void asm.*/fence seq_cst/' %s > %t.plain.ll
; RUN: kiln-llc -O0 -filetype=obj -verify-each %t.plain.ll -o %t.plain.o
; RUN: kiln-llc -O0 -verify-each %t.plain.ll -o %t.plain.s
; RUN: kiln-as %t.plain.s -o %t.as.o
; RUN: llvm-objcopy -O binary --only-section=.text %t.plain.o %t.bin
; RUN: llvm-objcopy -O binary --only-section=.text %t.as.o %t.as.bin
; RUN: cmp %t.bin %t.as.bin
; RUN: llvm-objdump -d %t.plain.o | FileCheck %s --check-prefix=PLAIN
; CHECK: ; after import
; CHECK: @"first"
; CHECK: ; after select-instructions
; CHECK: ; after import
; CHECK: @"second"
; CHECK: ; after select-instructions
; CHECK: ; after import
; CHECK: @"third"
; OBJECT: <first>:
; OBJECT: <second>:
; OBJECT: nop
; OBJECT: <third>:
; PLAIN: <first>:
; PLAIN: <second>:
; PLAIN: fence
; PLAIN: <third>:

define i64 @first(i64 %a, i64 %b, i1 %c) {
  br i1 %c, label %yes, label %no
yes:
  %x = mul i64 %a, 1234567
  br label %no
no:
  %y = phi i64 [ %a, %0 ], [ %x, %yes ]
  switch i64 %b, label %one [
    i64 0, label %two
    i64 1, label %three
    i64 2, label %two
    i64 3, label %three
    i64 4, label %one
  ]
one:
  ret i64 %y
two:
  ret i64 1
three:
  ret i64 2
}

define void @second() {
  call void asm sideeffect "nop", ""()
  ret void
}

define double @third(double %a, i64 %n) {
  %i = sitofp i64 %n to double
  %s = fadd double %a, 0x3FD5555555555555
  %r = fmul double %s, %i
  ret double %r
}
