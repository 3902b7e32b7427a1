@own = thread_local global i32 7
@zero = thread_local(localexec) global [4 x i64] zeroinitializer
@llvm.global_ctors = appending global [2 x { i32, ptr, ptr }] [{ i32, ptr, ptr } { i32 65535, ptr @start, ptr null }, { i32, ptr, ptr } { i32 101, ptr @start, ptr null }]
@llvm.global_dtors = appending global [1 x { i32, ptr, ptr }] [{ i32, ptr, ptr } { i32 65535, ptr @start, ptr null }]
$shared = comdat any
$key = comdat any
@constant = linkonce_odr constant i32 5, comdat($key)
define ptr @address() {
  %p = call ptr @llvm.threadlocal.address.p0(ptr @own)
  ret ptr %p
}
define internal void @start() {
  ret void
}
define linkonce_odr i32 @shared(ptr %p) comdat {
  %v = load i32, ptr @constant
  ret i32 %v
}
define i32 @user() {
  %r = call i32 @shared(ptr @zero)
  ret i32 %r
}
