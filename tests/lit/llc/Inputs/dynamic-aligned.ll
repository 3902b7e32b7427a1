declare void @use(ptr, ptr)
define void @both(i64 %n) {
  %fixed = alloca [64 x i8], align 64
  %p = alloca i8, i64 %n
  call void @use(ptr %p, ptr %fixed)
  ret void
}
