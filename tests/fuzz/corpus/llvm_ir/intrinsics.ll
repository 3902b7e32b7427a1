define ptr @frame(ptr %p) {
  %s = alloca i64
  store ptr %s, ptr %p
  %f = call ptr @llvm.frameaddress.p0(i32 0)
  ret ptr %f
}
define ptr @back() {
  %r = call ptr @llvm.returnaddress(i32 0)
  ret ptr %r
}
define i64 @state(i32 %m, ptr %p) {
  %c = call i64 @llvm.readcyclecounter()
  %r = call i32 @llvm.get.rounding()
  call void @llvm.set.rounding(i32 %m)
  %t = call ptr @llvm.thread.pointer.p0()
  store ptr %t, ptr %p
  %e = zext i32 %r to i64
  %s = add i64 %c, %e
  ret i64 %s
}
define double @constrained(double %a, double %b) strictfp {
  %x = call double @llvm.experimental.constrained.fadd.f64(double %a, double %b, metadata !"round.dynamic", metadata !"fpexcept.strict") strictfp
  call void @other() strictfp
  %y = call double @llvm.experimental.constrained.fadd.f64(double %a, double %b, metadata !"round.dynamic", metadata !"fpexcept.strict") strictfp
  %z = call double @llvm.experimental.constrained.fsub.f64(double %x, double %y, metadata !"round.dynamic", metadata !"fpexcept.strict") strictfp
  ret double %z
}
define i1 @quad(fp128 %a, fp128 %b) {
  %m = fmul fp128 %a, %b
  %n = fneg fp128 %m
  %c = fcmp olt fp128 %n, %b
  ret i1 %c
}
define i64 @bits(i64 %a, i64 %b, i32 %c) {
  %1 = call i64 @llvm.smin.i64(i64 %a, i64 %b)
  %2 = call i64 @llvm.ctpop.i64(i64 %1)
  %3 = call i64 @llvm.ctlz.i64(i64 %a, i1 false)
  %4 = call i32 @llvm.cttz.i32(i32 %c, i1 false)
  %5 = call i64 @llvm.bswap.i64(i64 %b)
  %6 = call i64 @llvm.fshl.i64(i64 %a, i64 %a, i64 %b)
  %7 = add i64 %2, %3
  %8 = zext i32 %4 to i64
  %9 = xor i64 %7, %8
  %10 = xor i64 %5, %6
  %11 = add i64 %9, %10
  ret i64 %11
}
declare void @other()
