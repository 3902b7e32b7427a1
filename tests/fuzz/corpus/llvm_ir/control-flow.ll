
declare i32 @callee(i32)
declare i32 @many(i64, i64, i64, i64, i64, i64, i64, i64, i64)

define i32 @dense(i32 %x) {
  switch i32 %x, label %other [
    i32 3, label %a
    i32 4, label %b
    i32 5, label %c
    i32 6, label %d
    i32 7, label %a
    i32 8, label %b
    i32 9, label %c
    i32 10, label %d
    i32 11, label %a
    i32 13, label %b
  ]
a:
  %ra = call i32 @callee(i32 1)
  br label %end
b:
  %rb = call i32 @callee(i32 2)
  %rb1 = mul i32 %rb, 3
  br label %end
c:
  %rc = call i32 @callee(i32 3)
  br label %end
d:
  %rd = call i32 @callee(i32 4)
  br label %end
other:
  br label %end
end:
  %r = phi i32 [ %ra, %a ], [ %rb1, %b ], [ %rc, %c ], [ %rd, %d ], [ 9, %other ]
  ret i32 %r
}

@labels = constant [2 x ptr] [ptr blockaddress(@indirect, %one), ptr blockaddress(@indirect, %two)]
define i32 @indirect(i64 %n) {
  %p = getelementptr [2 x ptr], ptr @labels, i64 0, i64 %n
  %to = load ptr, ptr %p
  indirectbr ptr %to, [label %one, label %two]
one:
  ret i32 1
two:
  ret i32 2
}
define i32 @tail(i32 %x) {
  %y = add i32 %x, 1
  %r = tail call i32 @callee(i32 %y)
  ret i32 %r
}
define i32 @must(i32 %x) {
  %r = musttail call i32 @callee(i32 %x)
  ret i32 %r
}
define i32 @by_pointer(i32 %x, ptr %f) {
  %r = tail call i32 %f(i32 %x)
  ret i32 %r
}
define i32 @not_tail() {
  %r = tail call i32 @many(i64 1, i64 2, i64 3, i64 4, i64 5, i64 6, i64 7, i64 8, i64 9)
  ret i32 %r
}
