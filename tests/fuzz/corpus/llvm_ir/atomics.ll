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
define i32 @words(ptr %p, i32 %v, i64 %w) {
  %a = atomicrmw sub ptr %p, i32 %v seq_cst
  %b = atomicrmw xchg ptr %p, i64 %w acquire
  %c = atomicrmw umax ptr %p, i32 %v release
  %d = trunc i64 %b to i32
  %e = add i32 %a, %d
  %f = add i32 %e, %c
  ret i32 %f
}
define i8 @bytes(ptr %p, i8 %v) {
  %a = atomicrmw or ptr %p, i8 %v monotonic
  %b = atomicrmw add ptr %p, i8 %v release
  %c = add i8 %a, %b
  ret i8 %c
}
define i1 @exchange(ptr %p, i64 %e, i64 %d) {
  %r = cmpxchg ptr %p, i64 %e, i64 %d seq_cst seq_cst
  %ok = extractvalue { i64, i1 } %r, 1
  ret i1 %ok
}
