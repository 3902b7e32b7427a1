; Two comparisons that are asked for together are two branches.
; RUN: kiln-llc -verify-each -O2 -no-tensor %s -o - | FileCheck %s

; CHECK-LABEL: both:
; CHECK-NOT: mul
; CHECK-NOT: seqz
; CHECK-NOT: and
; CHECK: {{beq|bne}} a0, a1,
; CHECK: mul
; CHECK: {{beq|bne}} a2,
; CHECK-NOT: and
; CHECK: .size
define i64 @both(i64 %a, i64 %b, i64 %c, i64 %d) {
  %x = icmp eq i64 %a, %b
  %e = mul i64 %d, 1000003
  %y = icmp eq i64 %c, %e
  %z = and i1 %x, %y
  br i1 %z, label %yes, label %no
yes:
  ret i64 %d
no:
  %r = phi i64 [ %a, %0 ]
  %s = add i64 %r, 5
  ret i64 %s
}

; CHECK-LABEL: either:
; CHECK-NOT: or
; CHECK: {{beq|bne}} a
; CHECK-NOT: or
; CHECK: {{blt|bge}} a
; CHECK-NOT: or
; CHECK: {{bltu|bgeu}} a
; CHECK: .size
define i64 @either(i64 %a, i64 %b, i64 %c, i64 %d) {
  %x = icmp eq i64 %a, %b
  %y = icmp slt i64 %c, %d
  %v = icmp ult i64 %a, %d
  %o = or i1 %x, %y
  %z = select i1 %o, i1 true, i1 %v
  br i1 %z, label %yes, label %no
yes:
  %p = phi i64 [ %c, %0 ]
  ret i64 %p
no:
  ret i64 %d
}

; A loop keeps its one way back.
; CHECK-LABEL: loop:
; CHECK: [[TOP:.LBB[0-9_]+]]:
; CHECK: or
; CHECK: bnez {{.*}}, [[TOP]]
; CHECK: ret
define i64 @loop(ptr %p, i64 %n) {
entry:
  br label %top
top:
  %i = phi i64 [ 0, %entry ], [ %j, %top ]
  %q = getelementptr i64, ptr %p, i64 %i
  %v = load i64, ptr %q
  %j = add i64 %i, 1
  %x = icmp slt i64 %v, %n
  %y = icmp slt i64 %j, %n
  %z = or i1 %x, %y
  br i1 %z, label %top, label %end
end:
  ret i64 %v
}
