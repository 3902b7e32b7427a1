; lp64d: registers, stack arguments, variadic floats in integer registers, results in pairs and through memory.
; RUN: kiln-llc -verify-each -O1 %s -o - | FileCheck %s
declare i32 @printf(ptr, ...)
declare i64 @many(i64, i64, i64, i64, i64, i64, i64, i64, i64, double)
declare { i64, double } @pair()
@format = private constant [6 x i8] c"%g %d\00"

; CHECK-LABEL: variadic:
; CHECK-DAG: fmv.x.d a1, fa0
; CHECK-DAG: mv a2, a0
; CHECK: call printf
define void @variadic(i32 signext %i, double %d) {
  %r = call i32 (ptr, ...) @printf(ptr @format, double %d, i32 signext %i)
  ret void
}

; CHECK-LABEL: on_stack:
; CHECK: sd {{.*}}, 0(sp)
; CHECK-NOT: fsd {{.*}}, 8(sp)
; CHECK: call many
define i64 @on_stack(i64 %a, double %d) {
  %r = call i64 @many(i64 %a, i64 2, i64 3, i64 4, i64 5, i64 6, i64 7, i64 8, i64 9, double %d)
  ret i64 %r
}

; CHECK-LABEL: both:
; CHECK: call pair
; CHECK: fcvt.l.d [[X:[a-z0-9]+]], fa0, rtz
; CHECK: add a0, a0, [[X]]
define i64 @both() {
  %p = call { i64, double } @pair()
  %a = extractvalue { i64, double } %p, 0
  %d = extractvalue { i64, double } %p, 1
  %i = fptosi double %d to i64
  %s = add i64 %a, %i
  ret i64 %s
}

; A memref descriptor is too large for registers: the caller's memory takes it.
; CHECK-LABEL: descriptor:
; CHECK-DAG: sd a1, 0(a0)
; CHECK-DAG: sd a1, 8(a0)
; CHECK-DAG: sd a2, 24(a0)
; CHECK: ret
define { ptr, ptr, i64, [1 x i64], [1 x i64] } @descriptor(ptr %p, i64 %n) {
  %1 = insertvalue { ptr, ptr, i64, [1 x i64], [1 x i64] } poison, ptr %p, 0
  %2 = insertvalue { ptr, ptr, i64, [1 x i64], [1 x i64] } %1, ptr %p, 1
  %3 = insertvalue { ptr, ptr, i64, [1 x i64], [1 x i64] } %2, i64 0, 2
  %4 = insertvalue { ptr, ptr, i64, [1 x i64], [1 x i64] } %3, i64 %n, 3, 0
  %5 = insertvalue { ptr, ptr, i64, [1 x i64], [1 x i64] } %4, i64 1, 4, 0
  ret { ptr, ptr, i64, [1 x i64], [1 x i64] } %5
}
