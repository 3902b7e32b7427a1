; The text forms are read back: starting after a pass from what was written there gives the same code as going through.
; RUN: kiln-llc -verify-each -O2 %s -o %t.s
; RUN: kiln-llc -verify-each -O2 -stop-after=import %s -o %t.ir
; RUN: kiln-llc -verify-each -O2 -start-after=import %t.ir -o %t.1.s
; RUN: cmp %t.s %t.1.s
; RUN: kiln-llc -verify-each -O2 -stop-after=legalize %s -o %t.ir
; RUN: kiln-llc -verify-each -O2 -start-after=legalize %t.ir -o %t.2.s
; RUN: cmp %t.s %t.2.s
; RUN: kiln-llc -verify-each -O2 -stop-after=select-instructions %s -o %t.mir
; RUN: kiln-llc -verify-each -O2 -start-after=select-instructions %t.mir -o %t.3.s
; RUN: cmp %t.s %t.3.s
; RUN: kiln-llc -verify-each -O2 -stop-after=order-blocks %s -o %t.mir
; RUN: kiln-llc -verify-each -O2 -start-after=order-blocks %t.mir -o %t.4.s
; RUN: cmp %t.s %t.4.s
declare i32 @printf(ptr, ...)
define i64 @f(i64 %n, double %d, i32 signext %k, ptr %p) {
entry:
  %slot = alloca [24 x i8], align 8
  br label %loop
loop:
  %i = phi i64 [ 0, %entry ], [ %j, %more ]
  %s = phi double [ %d, %entry ], [ %t, %more ]
  %q = getelementptr i32, ptr %p, i64 %i
  %v = load volatile i32, ptr %q, align 4
  %c = icmp ugt i32 %v, 100000
  br i1 %c, label %calls, label %more
calls:
  %r = call i32 (ptr, ...) @printf(ptr %slot, double %s, i32 signext %k)
  br label %more
more:
  %w = phi i32 [ %r, %calls ], [ 1, %loop ]
  %f = sitofp i32 %w to double
  %t = fadd double %s, %f
  %j = add i64 %i, 1
  %again = icmp slt i64 %j, %n
  br i1 %again, label %loop, label %end
end:
  %x = fptosi double %t to i64
  ret i64 %x
}
