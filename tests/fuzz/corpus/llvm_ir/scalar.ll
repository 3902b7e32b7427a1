@g = global { i8, ptr, double } { i8 1, ptr @g, double 2.5 }, align 8
define i64 @f(i13 %a, i8 signext %b, half %h, double %d) {
  %1 = sext i13 %a to i64
  %2 = call i8 @llvm.smax.i8(i8 %b, i8 5)
  %3 = fpext half %h to double
  %4 = fcmp ult double %3, %d
  %5 = select i1 %4, double %3, double %d
  %6 = fptosi double %5 to i64
  %7 = zext i8 %2 to i64
  %8 = mul i64 %1, %7
  switch i64 %8, label %z [ i64 3, label %y
    i64 9, label %y
    i64 -1, label %x ]
x:
  ret i64 %6
y:
  %9 = call i64 @llvm.fshl.i64(i64 %8, i64 %6, i64 7)
  ret i64 %9
z:
  %10 = load i64, ptr getelementptr (i8, ptr @g, i64 8), align 1
  ret i64 %10
}
declare i8 @llvm.smax.i8(i8, i8)
declare i64 @llvm.fshl.i64(i64, i64, i64)
