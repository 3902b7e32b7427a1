@table = internal constant [4 x i32] [i32 1, i32 -2, i32 3, i32 4], align 4
declare i32 @printf(ptr, ...)
define i32 @sum(ptr %a, i32 %n) {
entry:
  %slot = alloca i64, align 8
  store i64 7, ptr %slot
  br label %loop
loop:
  %i = phi i32 [ 0, %entry ], [ %j, %loop ]
  %s = phi i32 [ 0, %entry ], [ %t, %loop ]
  %p = getelementptr i32, ptr %a, i32 %i
  %v = load i32, ptr %p, align 4
  %t = add i32 %s, %v
  %j = add i32 %i, 1
  %c = icmp slt i32 %j, %n
  br i1 %c, label %loop, label %end
end:
  %r = call i32 (ptr, ...) @printf(ptr @table, i32 %t, double 1.5)
  ret i32 %t
}
