; The assembly text and the object are the same code: assembled by kiln-as and by llvm-mc, the text gives the object's bytes.
; RUN: kiln-llc -verify-each -O2 %s -o %t.s
; RUN: kiln-llc -verify-each -O2 -filetype=obj %s -o %t.o
; RUN: kiln-as %t.s -o %t.as.o
; RUN: llvm-mc -triple=riscv64 -filetype=obj %t.s -o %t.mc.o
; RUN: llvm-objcopy -O binary --only-section=.text %t.o %t.bin
; RUN: llvm-objcopy -O binary --only-section=.text %t.as.o %t.as.bin
; RUN: llvm-objcopy -O binary --only-section=.text %t.mc.o %t.mc.bin
; RUN: cmp %t.bin %t.as.bin
; RUN: cmp %t.bin %t.mc.bin
@g = global [10 x i32] zeroinitializer
declare void @callee(ptr, double)
define i64 @f(i64 %n, double %d, half %h) {
entry:
  %slot = alloca [3000 x i8]
  br label %loop
loop:
  %i = phi i64 [ 0, %entry ], [ %j, %more ]
  %s = phi double [ %d, %entry ], [ %t, %more ]
  %p = getelementptr [10 x i32], ptr @g, i64 0, i64 %i
  %v = load i32, ptr %p
  %c = icmp ugt i32 %v, 123456789
  br i1 %c, label %calls, label %more
calls:
  call void @callee(ptr %slot, double %s)
  br label %more
more:
  %e = fpext half %h to double
  %t = fdiv double %s, %e
  %j = add i64 %i, 1
  %again = icmp slt i64 %j, %n
  br i1 %again, label %loop, label %end
end:
  %r = fptosi double %t to i64
  %x = xor i64 %r, 1311768467463790320
  ret i64 %x
}
