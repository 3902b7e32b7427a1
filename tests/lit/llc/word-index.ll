; An unsigned index that a loop steps in words is extended where it is used.
; RUN: kiln-llc -verify-each -O2 -no-tensor %s -o - | FileCheck %s

; CHECK-LABEL: mark:
; CHECK: [[TOP:.LBB[0-9_]+]]:
; CHECK-NOT: zext
; CHECK: add.uw
; CHECK-NOT: zext
; CHECK: bltu {{.*}}, [[TOP]]
define void @mark(ptr %p, i32 signext %step, i32 signext %end) {
entry:
  br label %loop
loop:
  %j = phi i32 [ 0, %entry ], [ %next, %loop ]
  %i = zext i32 %j to i64
  %q = getelementptr i8, ptr %p, i64 %i
  store i8 1, ptr %q
  %next = add i32 %j, %step
  %more = icmp ult i32 %next, %end
  br i1 %more, label %loop, label %out
out:
  ret void
}
