; A comparison of addresses in a loop: they are assumed to be far from the ends of 64 bits, and not small.
; RUN: kiln-llc -O2 -tensor=print -o /dev/null %s 2>&1 | FileCheck %s
; CHECK:     assume sge icmp(add(arg0, {{[0-9]+}}), 0)
; CHECK-NOT: 2147483648
; CHECK:     for i0 < 98
; CHECK:     a0[4*i0].i32 := 7:i32 if -4*i0 + sub(arg1, arg0) + -1 >= 0
define void @compared(ptr %x, ptr %y) {
entry:
  %from = ptrtoint ptr %x to i64
  %end = ptrtoint ptr %y to i64
  br label %loop

loop:
  %i = phi i64 [ 0, %entry ], [ %i.next, %join ]
  %bytes = shl nuw nsw i64 %i, 2
  %place = add i64 %from, %bytes
  %below = icmp ult i64 %place, %end
  %to = getelementptr inbounds i32, ptr %y, i64 %i
  br i1 %below, label %store, label %join

store:
  store i32 7, ptr %to, align 4
  br label %join

join:
  %i.next = add nuw nsw i64 %i, 1
  %done = icmp eq i64 %i.next, 98
  br i1 %done, label %end.block, label %loop

end.block:
  ret void
}
