; Calls that must be tail calls, with arguments on the stack: over the caller's own ones, in another order, of all types;
; so deep that each one's frame would not fit. Results through memory stay in the first caller's. LLVM's compiler has none of this
; on RISC-V, so it compiles the same with plain calls, for fewer rounds.
; RUN: sed "s/musttail call/call/" %s > %t.plain.ll
; RUN: llc -O2 -mtriple=riscv64 -mattr=+m,+a,+f,+d -target-abi=lp64d -code-model=medium -filetype=obj %t.plain.ll -o %t.plain.o
; RUN: kiln-ld -e run -o %t.plain %t.plain.o
; RUN: kiln-sim %t.plain --call run --arg u64:1000 --ret u64 > %t.expected
; RUN: kiln-llc -O0 -filetype=obj %s -o %t.0.o && kiln-ld -e run -o %t.0 %t.0.o
; RUN: kiln-llc -O2 -filetype=obj %s -o %t.2.o && kiln-ld -e run -o %t.2 %t.2.o
; RUN: kiln-sim %t.0 --call run --arg u64:1000 --ret u64 | cmp - %t.expected
; RUN: kiln-sim %t.2 --call run --arg u64:1000 --ret u64 | cmp - %t.expected
; RUN: kiln-sim %t.0 --call run --arg u64:400000 --ret u64 > %t.deep
; RUN: kiln-sim %t.2 --call run --arg u64:400000 --ret u64 | cmp - %t.deep
target triple = "riscv64"
define i64 @even(i64 %n, i64 %a, i64 %b, i64 %c, i64 %d, i64 %e, i64 %f, i64 %g, i64 %h, i64 %i, i32 signext %j, double %k, i128 %l) noinline {
  %done = icmp eq i64 %n, 0
  br i1 %done, label %end, label %more
more:
  %n1 = sub i64 %n, 1
  %j1 = add i32 %j, 3
  %k1 = fadd double %k, 5.000000e-01
  %l1 = mul i128 %l, 3
  %r = musttail call i64 @odd(i64 %n1, i64 %b, i64 %c, i64 %d, i64 %e, i64 %f, i64 %g, i64 %h, i64 %i, i64 %a, i32 signext %j1, double %k1, i128 %l1)
  ret i64 %r
end:
  %j2 = sext i32 %j to i64
  %k2 = fptosi double %k to i64
  %l2 = trunc i128 %l to i64
  %l3 = lshr i128 %l, 64
  %l4 = trunc i128 %l3 to i64
  %s1 = xor i64 %a, %h
  %s2 = mul i64 %s1, %i
  %s3 = add i64 %s2, %j2
  %s4 = add i64 %s3, %k2
  %s5 = xor i64 %s4, %l2
  %s6 = add i64 %s5, %l4
  ret i64 %s6
}

define i64 @odd(i64 %n, i64 %a, i64 %b, i64 %c, i64 %d, i64 %e, i64 %f, i64 %g, i64 %h, i64 %i, i32 signext %j, double %k, i128 %l) noinline {
  %room = alloca [64 x i64]
  %at = getelementptr i64, ptr %room, i64 7
  store volatile i64 %i, ptr %at
  %kept = load volatile i64, ptr %at
  call void @keep(ptr @counter)
  %n1 = sub i64 %n, 1
  %r = musttail call i64 @even(i64 %n1, i64 %h, i64 %kept, i64 %a, i64 %b, i64 %c, i64 %d, i64 %e, i64 %f, i64 %g, i32 signext %j, double %k, i128 %l)
  ret i64 %r
}

@counter = global i64 0
define void @keep(ptr %p) noinline {
  %v = load volatile i64, ptr %p
  %w = add i64 %v, 1
  store volatile i64 %w, ptr %p
  ret void
}

%large = type { i64, i64, i64, i64 }
define %large @make(i64 %n, i64 %x) noinline {
  %done = icmp eq i64 %n, 0
  br i1 %done, label %end, label %more
more:
  %n1 = sub i64 %n, 1
  %x1 = mul i64 %x, 5
  %r = musttail call %large @make(i64 %n1, i64 %x1)
  ret %large %r
end:
  %r0 = insertvalue %large poison, i64 %x, 0
  %r1 = insertvalue %large %r0, i64 7, 1
  %r2 = insertvalue %large %r1, i64 %n, 2
  %r3 = insertvalue %large %r2, i64 -1, 3
  ret %large %r3
}

define i64 @run(i64 %n) {
  %a = call i64 @even(i64 %n, i64 1, i64 2, i64 3, i64 4, i64 5, i64 6, i64 7, i64 8, i64 9, i32 -10, double 1.5, i128 12345678901234567890123)
  %n1 = add i64 %n, 2
  %b = call i64 @even(i64 %n1, i64 11, i64 12, i64 13, i64 14, i64 15, i64 16, i64 17, i64 18, i64 19, i32 20, double 21.25, i128 99)
  %c = load i64, ptr @counter
  %d = call %large @make(i64 %n, i64 3)
  %d0 = extractvalue %large %d, 0
  %d3 = extractvalue %large %d, 3
  %s1 = mul i64 %a, 31
  %s2 = add i64 %s1, %b
  %s3 = mul i64 %s2, 31
  %s4 = add i64 %s3, %c
  %s5 = mul i64 %s4, 31
  %s6 = add i64 %s5, %d0
  %s7 = xor i64 %s6, %d3
  ret i64 %s7
}
