; RUN: kiln-llc -O2 %s -o - | FileCheck %s
; Products that may be fused with what they are taken from, or what is taken from them, are one instruction, as
; in scalar code.

; CHECK-LABEL: differences:
; CHECK-DAG:   vfnmsac.vv
; CHECK-DAG:   vfmsac.vv
; CHECK-DAG:   vfnmacc.vv
; CHECK-NOT:   {{vfsub|vfadd|vfmul|vfneg|vfsgnj}}
; CHECK:       ret
define void @differences(ptr noalias %x, ptr noalias %y, ptr noalias %z) {
entry:
  br label %loop
loop:
  %i = phi i64 [ 0, %entry ], [ %next, %loop ]
  %ax = getelementptr float, ptr %x, i64 %i
  %ay = getelementptr float, ptr %y, i64 %i
  %a = load float, ptr %ax
  %b = load float, ptr %ay
  %product = fmul contract float %a, %b
  %less = fsub contract float %b, %product
  %more = fsub contract float %product, %a
  %na = fneg float %a
  %nb = fneg float %b
  %both = call float @llvm.fma.f32(float %na, float %b, float %nb)
  %to0 = getelementptr float, ptr %z, i64 %i
  %to1 = getelementptr i8, ptr %to0, i64 8192
  %to2 = getelementptr i8, ptr %to0, i64 16384
  store float %less, ptr %to0
  store float %more, ptr %to1
  store float %both, ptr %to2
  %next = add nuw nsw i64 %i, 1
  %end = icmp eq i64 %next, 1024
  br i1 %end, label %exit, label %loop
exit:
  ret void
}

; What an element loses again and again, by a factor that is the same for all.
; CHECK-LABEL: taken_away:
; CHECK-NOT:   {{vfsub|vfadd|vfmul|vfneg|vfsgnj}}
; CHECK:       {{vfmacc|vfnmsac}}.vf
; CHECK-NOT:   {{vfsub|vfadd|vfmul|vfneg|vfsgnj}}
; CHECK:       ret
define void @taken_away(ptr noalias %x, ptr noalias %y, float %factor) {
entry:
  br label %loop
loop:
  %i = phi i64 [ 0, %entry ], [ %next, %loop ]
  %ax = getelementptr float, ptr %x, i64 %i
  %ay = getelementptr float, ptr %y, i64 %i
  %a = load float, ptr %ax
  %b = load float, ptr %ay
  %product = fmul contract float %factor, %b
  %less = fsub contract float %a, %product
  store float %less, ptr %ax
  %next = add nuw nsw i64 %i, 1
  %end = icmp eq i64 %next, 1024
  br i1 %end, label %exit, label %loop
exit:
  ret void
}

declare float @llvm.fma.f32(float, float, float)
