; Floating point: fused operations only where they are asked for, Zfh, Zfbfmin, constants.
; RUN: kiln-llc -verify-each -O2 %s -o - | FileCheck %s

; CHECK-LABEL: muladd:
; CHECK-NEXT: fmadd.s fa0, fa0, fa1, fa2
; CHECK-NEXT: ret
define float @muladd(float %a, float %b, float %c) {
  %r = call float @llvm.fmuladd.f32(float %a, float %b, float %c)
  ret float %r
}

; CHECK-LABEL: apart:
; CHECK: fmul.s
; CHECK-NEXT: fadd.s
define float @apart(float %a, float %b, float %c) {
  %p = fmul float %a, %b
  %s = fadd float %p, %c
  ret float %s
}

; CHECK-LABEL: contracted:
; CHECK-NEXT: fnmsub.d fa0, fa0, fa1, fa2
define double @contracted(double %a, double %b, double %c) {
  %p = fmul contract double %a, %b
  %s = fsub contract double %c, %p
  ret double %s
}

; CHECK-LABEL: halves:
; CHECK: flh
; CHECK: fmul.h
; CHECK: fcvt.s.h
define float @halves(ptr %p, half %h) {
  %x = load half, ptr %p
  %m = fmul half %x, %h
  %f = fpext half %m to float
  ret float %f
}

; CHECK-LABEL: brain:
; CHECK-DAG: fcvt.s.bf16
; CHECK: fadd.s
; CHECK: fcvt.bf16.s
define void @brain(ptr %p) {
  %x = load bfloat, ptr %p
  %s = fadd bfloat %x, %x
  store bfloat %s, ptr %p
  ret void
}

; CHECK-LABEL: constants:
; CHECK: %pcrel_hi(.LCPI8_400921fb54442d18)
; CHECK: fld
define double @constants(double %x) {
  %y = fmul double %x, 0x400921FB54442D18
  ret double %y
}

; CHECK-LABEL: to_integer:
; CHECK: fcvt.w.d a0, fa0, rtz
define signext i32 @to_integer(double %x) {
  %y = fptosi double %x to i32
  ret i32 %y
}
declare float @llvm.fmuladd.f32(float, float, float)
