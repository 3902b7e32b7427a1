; Where one phi of a loop takes over another's value, the moves come in the order in which both keep their registers.
; RUN: kiln-llc -verify-each -O2 -no-tensor %s -o - | FileCheck %s

; The two largest. Only a new largest moves anything: no iteration copies both back.
; CHECK-LABEL: two_largest:
; CHECK: lw [[X:[a-z0-9]+]], 0(
; CHECK: mv [[SECOND:[a-z0-9]+]], [[FIRST:[a-z0-9]+]]
; CHECK-NEXT: mv [[FIRST]], [[X]]
; CHECK-NOT: mv
; CHECK: .size
define i64 @two_largest(ptr %p, i64 %n) {
entry:
  br label %loop
loop:
  %i = phi i64 [ 0, %entry ], [ %next, %join ]
  %second = phi i32 [ -1, %entry ], [ %s, %join ]
  %first = phi i32 [ -1, %entry ], [ %f, %join ]
  %q = getelementptr i32, ptr %p, i64 %i
  %x = load i32, ptr %q
  %larger = icmp sgt i32 %x, %first
  br i1 %larger, label %take, label %join
take:
  br label %join
join:
  %f = phi i32 [ %x, %take ], [ %first, %loop ]
  %s = phi i32 [ %first, %take ], [ %second, %loop ]
  %next = add i64 %i, 1
  %more = icmp ult i64 %next, %n
  br i1 %more, label %loop, label %end
end:
  %a = sext i32 %f to i64
  %b = sext i32 %s to i64
  %r = sub i64 %a, %b
  ret i64 %r
}

; A phi that takes over another one's value gets it before that one's next value is made, which then needs no move that the next
; iteration would wait for.
; CHECK-LABEL: recursive:
; CHECK: fmadd.s {{f[a-z0-9]+}}, [[A:f[a-z0-9]+]],
; CHECK: fmadd.s [[A]],
; CHECK-NEXT: fsw [[A]]
; CHECK: bne
; CHECK: ret
define void @recursive(ptr noalias %x, ptr noalias %y, i64 %n) {
entry:
  br label %loop
loop:
  %i = phi i64 [ 0, %entry ], [ %next, %loop ]
  %a = phi float [ 0.0, %entry ], [ %v, %loop ]
  %b = phi float [ 0.0, %entry ], [ %a, %loop ]
  %p = getelementptr float, ptr %x, i64 %i
  %l = load float, ptr %p
  %t = call float @llvm.fmuladd.f32(float %a, float -0.5, float %l)
  %v = call float @llvm.fmuladd.f32(float %b, float -0.25, float %t)
  %q = getelementptr float, ptr %y, i64 %i
  store float %v, ptr %q
  %next = add i64 %i, 1
  %end = icmp eq i64 %next, %n
  br i1 %end, label %out, label %loop
out:
  ret void
}
declare float @llvm.fmuladd.f32(float, float, float)
