; Atomic accesses of 128 bits, and those below their natural alignment, are calls of the library, as in llc's code: both
; give the same, and ask for the same orders.
; RUN: clang --target=riscv64-unknown-elf -march=rv64imafd -mabi=lp64d -mcmodel=medany -O1 -ffreestanding -fno-builtin -c %S/Inputs/atomic_library.c -o %t.library.o
; RUN: llc -O2 -mtriple=riscv64 -mattr=+m,+a,+f,+d -target-abi=lp64d -code-model=medium -filetype=obj %s -o %t.llc.o
; RUN: kiln-ld -e run -o %t.llc %t.llc.o %t.library.o && kiln-sim %t.llc --call run --arg u64:12345 --ret u64 > %t.expected
; RUN: kiln-llc -O0 -filetype=obj %s -o %t.0.o && kiln-ld -e run -o %t.0 %t.0.o %t.library.o
; RUN: kiln-sim %t.0 --call run --arg u64:12345 --ret u64 | cmp - %t.expected
; RUN: kiln-llc -O2 -filetype=obj %s -o %t.2.o && kiln-ld -e run -o %t.2 %t.2.o %t.library.o
; RUN: kiln-sim %t.2 --call run --arg u64:12345 --ret u64 | cmp - %t.expected
target triple = "riscv64"
declare signext i32 @orders_so_far()
@cell = global i128 0, align 16
@bytes = global [64 x i8] zeroinitializer, align 16

define i64 @fold(i64 %h, i128 %v) noinline {
  %low = trunc i128 %v to i64
  %up = lshr i128 %v, 64
  %high = trunc i128 %up to i64
  %a = mul i64 %h, 1099511628211
  %b = xor i64 %a, %low
  %c = mul i64 %b, 1099511628211
  %d = xor i64 %c, %high
  ret i64 %d
}

define i64 @run(i64 %x) {
  %w = zext i64 %x to i128
  %m = mul i128 %w, 340282366920938463463374607431
  store atomic i128 %m, ptr @cell release, align 16
  %v0 = atomicrmw add ptr @cell, i128 %w seq_cst, align 16
  %h0 = call i64 @fold(i64 7, i128 %v0)
  %v1 = atomicrmw sub ptr @cell, i128 18446744073709551615 acquire, align 16
  %h1 = call i64 @fold(i64 %h0, i128 %v1)
  %v2 = atomicrmw and ptr @cell, i128 -256 monotonic, align 16
  %h2 = call i64 @fold(i64 %h1, i128 %v2)
  %v3 = atomicrmw or ptr @cell, i128 1 acq_rel, align 16
  %h3 = call i64 @fold(i64 %h2, i128 %v3)
  %v4 = atomicrmw xor ptr @cell, i128 %m release, align 16
  %h4 = call i64 @fold(i64 %h3, i128 %v4)
  %v5 = atomicrmw nand ptr @cell, i128 %w seq_cst, align 16
  %h5 = call i64 @fold(i64 %h4, i128 %v5)
  %v6 = atomicrmw xchg ptr @cell, i128 %m seq_cst, align 16
  %h6 = call i64 @fold(i64 %h5, i128 %v6)
  %p7 = cmpxchg ptr @cell, i128 %w, i128 5 acq_rel monotonic, align 16
  %v7 = extractvalue { i128, i1 } %p7, 0
  %s7 = extractvalue { i128, i1 } %p7, 1
  %e7 = zext i1 %s7 to i128
  %t7 = add i128 %v7, %e7
  %h7 = call i64 @fold(i64 %h6, i128 %t7)
  %p8 = cmpxchg weak ptr @cell, i128 %m, i128 5 seq_cst acquire, align 16
  %v8 = extractvalue { i128, i1 } %p8, 0
  %s8 = extractvalue { i128, i1 } %p8, 1
  %e8 = zext i1 %s8 to i128
  %t8 = add i128 %v8, %e8
  %h8 = call i64 @fold(i64 %h7, i128 %t8)
  %v9 = load atomic i128, ptr @cell seq_cst, align 16
  %h9 = call i64 @fold(i64 %h8, i128 %v9)

  %odd = getelementptr i8, ptr @bytes, i64 1
  %narrow = trunc i64 %x to i32
  store atomic i32 %narrow, ptr %odd seq_cst, align 1
  %l10 = load atomic i32, ptr %odd acquire, align 1
  %w10 = zext i32 %l10 to i128
  %h10 = call i64 @fold(i64 %h9, i128 %w10)
  %x11 = atomicrmw xchg ptr %odd, i32 77 seq_cst, align 1
  %w11 = zext i32 %x11 to i128
  %h11 = call i64 @fold(i64 %h10, i128 %w11)
  %p12 = cmpxchg ptr %odd, i32 77, i32 -3 acquire monotonic, align 2
  %v12 = extractvalue { i32, i1 } %p12, 0
  %s12 = extractvalue { i32, i1 } %p12, 1
  %e12 = zext i1 %s12 to i32
  %t12 = add i32 %v12, %e12
  %w12 = sext i32 %t12 to i128
  %h12 = call i64 @fold(i64 %h11, i128 %w12)
  %far = getelementptr i8, ptr @bytes, i64 24
  store atomic i128 %m, ptr %far monotonic, align 8
  %v13 = load atomic i128, ptr %far monotonic, align 8
  %h13 = call i64 @fold(i64 %h12, i128 %v13)
  %d14 = load atomic double, ptr %far acquire, align 4
  %i14 = bitcast double %d14 to i64
  %w14 = zext i64 %i14 to i128
  %h14 = call i64 @fold(i64 %h13, i128 %w14)
  %o = call signext i32 @orders_so_far()
  %wo = sext i32 %o to i128
  %h15 = call i64 @fold(i64 %h14, i128 %wo)
  ret i64 %h15
}
