; Atomic accesses: fences and instructions by the psABI's mapping; loops for what has no instruction.
; RUN: kiln-llc -O2 -verify-each %s -o - | FileCheck %s
; RUN: kiln-llc -O2 -stop-after=import %s -o %t.ir
; RUN: kiln-llc -O2 -start-after=import %t.ir -o - | FileCheck %s
; CHECK-LABEL: loads:
; CHECK: lw {{.*}}, 0(a0)
; CHECK: lw {{.*}}, 4(a0)
; CHECK-NEXT: fence r, rw
; CHECK-NEXT: fence rw, rw
; CHECK-NEXT: ld {{.*}}, 8(a0)
; CHECK-NEXT: fence r, rw
define i64 @loads(ptr %p) {
  %a = load atomic i32, ptr %p monotonic, align 4
  %q = getelementptr i8, ptr %p, i64 4
  %b = load atomic i32, ptr %q acquire, align 4
  %s = getelementptr i8, ptr %p, i64 8
  %c = load atomic i64, ptr %s seq_cst, align 8
  %d = add i32 %a, %b
  %e = sext i32 %d to i64
  %f = add i64 %e, %c
  ret i64 %f
}
; CHECK-LABEL: stores:
; CHECK: sb a1, 0(a0)
; CHECK-NEXT: fence rw, w
; CHECK-NEXT: sb a1, 1(a0)
; CHECK-NEXT: fence rw, w
; CHECK-NEXT: sb a1, 2(a0)
; CHECK-NEXT: fence rw, rw
; CHECK: fence.tso
define void @stores(ptr %p, i8 %v) {
  store atomic i8 %v, ptr %p monotonic, align 1
  %q = getelementptr i8, ptr %p, i64 1
  store atomic i8 %v, ptr %q release, align 1
  %s = getelementptr i8, ptr %p, i64 2
  store atomic i8 %v, ptr %s seq_cst, align 1
  fence acq_rel
  fence syncscope("singlethread") seq_cst
  ret void
}
; CHECK-LABEL: words:
; CHECK: amoadd.w.aqrl
; CHECK: amoswap.d.aq
; CHECK: amomaxu.w.rl
define i32 @words(ptr %p, i32 %v, i64 %w) {
  %a = atomicrmw sub ptr %p, i32 %v seq_cst
  %b = atomicrmw xchg ptr %p, i64 %w acquire
  %c = atomicrmw umax ptr %p, i32 %v release
  %d = trunc i64 %b to i32
  %e = add i32 %a, %d
  %f = add i32 %e, %c
  ret i32 %f
}
; CHECK-LABEL: bytes:
; CHECK: amoor.w
; CHECK: lr.w
; CHECK-NEXT: bne {{.*}}, .+12
; CHECK-NEXT: sc.w.rl
; CHECK-NEXT: .option push
; CHECK-NEXT: .option norvc
; CHECK-NEXT: bnez {{.*}}, .-12
; CHECK-NEXT: .option pop
define i8 @bytes(ptr %p, i8 %v) {
  %a = atomicrmw or ptr %p, i8 %v monotonic
  %b = atomicrmw add ptr %p, i8 %v release
  %c = add i8 %a, %b
  ret i8 %c
}
; CHECK-LABEL: exchange:
; CHECK: lr.d.aqrl
; CHECK: sc.d.rl
define i1 @exchange(ptr %p, i64 %e, i64 %d) {
  %r = cmpxchg ptr %p, i64 %e, i64 %d seq_cst seq_cst
  %ok = extractvalue { i64, i1 } %r, 1
  ret i1 %ok
}
