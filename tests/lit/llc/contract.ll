; RUN: kiln-llc -O2 %s -o - | FileCheck %s --check-prefix=ON
; RUN: kiln-llc -O2 -fp-contract=on %s -o - | FileCheck %s --check-prefix=ON
; RUN: kiln-llc -O2 -fp-contract=fast %s -o - | FileCheck %s --check-prefix=FAST
; RUN: kiln-llc -O2 -Rpass-missed=contraction -Rpass=contraction -fp-contract=fast %s -o /dev/null 2>&1 | FileCheck %s --check-prefix=REMARK
; RUN: not kiln-llc -fp-contract=off %s -o - 2>&1 | FileCheck %s --check-prefix=MODE
; MODE: -fp-contract=off: the modes are on and fast

; ON-LABEL: sum:
; ON: fmul.s
; ON-NEXT: fadd.s
; FAST-LABEL: sum:
; FAST: fmadd.s
; FAST-NEXT: ret
define float @sum(float %x, float %y, float %z) {
  %p = fmul float %x, %y
  %s = fadd float %p, %z
  ret float %s
}

; No C library need have roundeven.
; ON-LABEL: even:
; ON: rintf
define float @even(float %x) {
  %r = call float @llvm.roundeven.f32(float %x)
  ret float %r
}

; As MLIR lowers linalg.matmul, without flags.
; REMARK: product: remark: contraction on the tile unit
define void @product(ptr noalias %a, ptr noalias %b, ptr noalias %c) {
entry:
  br label %rows

rows:
  %i = phi i64 [ 0, %entry ], [ %i.next, %rows.next ]
  br label %columns

columns:
  %j = phi i64 [ 0, %rows ], [ %j.next, %columns.next ]
  %ci = mul i64 %i, 64
  %cj = add i64 %ci, %j
  %to = getelementptr inbounds float, ptr %c, i64 %cj
  br label %steps

steps:
  %k = phi i64 [ 0, %columns ], [ %k.next, %steps ]
  %ai = mul i64 %i, 64
  %ak = add i64 %ai, %k
  %pa = getelementptr inbounds float, ptr %a, i64 %ak
  %bk = mul i64 %k, 64
  %bj = add i64 %bk, %j
  %pb = getelementptr inbounds float, ptr %b, i64 %bj
  %x = load float, ptr %pa, align 4
  %y = load float, ptr %pb, align 4
  %old = load float, ptr %to, align 4
  %p = fmul float %x, %y
  %new = fadd float %old, %p
  store float %new, ptr %to, align 4
  %k.next = add i64 %k, 1
  %k.done = icmp eq i64 %k.next, 64
  br i1 %k.done, label %columns.next, label %steps

columns.next:
  %j.next = add i64 %j, 1
  %j.done = icmp eq i64 %j.next, 64
  br i1 %j.done, label %rows.next, label %columns

rows.next:
  %i.next = add i64 %i, 1
  %i.done = icmp eq i64 %i.next, 64
  br i1 %i.done, label %exit, label %rows

exit:
  ret void
}

declare float @llvm.roundeven.f32(float)
