; Blocks of weights with a scale: a block is one strip of products, of which those of both halves are added
; as the narrow numbers that they are, and put together by an instruction that widens them. The sum over the
; blocks, which keeps its order, goes on two blocks later.
; RUN: kiln-llc -O2 -verify-each -o - %s | FileCheck %s
; CHECK:      .LBB0_[[LOOP:[0-9]+]]:
; CHECK:      vle8.v
; CHECK-NOT:  vmv
; CHECK:      v{{w?}}mul.vv [[SUM:v[0-9]+]],
; CHECK-NOT:  vwadd
; CHECK:      v{{w?}}macc.vv [[SUM]],
; CHECK:      vwredsum.vs [[FIRST:v[0-9]+]]
; CHECK:      vwredsum.vs [[SECOND:v[0-9]+]]
; CHECK-COUNT-2: fmadd.s
; CHECK-DAG:  vmv.x.s {{.*}}, [[FIRST]]
; CHECK-DAG:  vmv.x.s {{.*}}, [[SECOND]]
target datalayout = "e-m:e-p:64:64-i64:64-i128:128-n32:64-S128"

define float @row(ptr %w, ptr %x) {
entry:
  br label %block

block:
  %b = phi i64 [ 0, %entry ], [ %b.next, %block.end ]
  %total = phi float [ 0.0, %entry ], [ %total.next, %block.end ]
  %wb = getelementptr inbounds [18 x i8], ptr %w, i64 %b
  %xb = getelementptr inbounds [34 x i8], ptr %x, i64 %b
  br label %weight

weight:
  %k = phi i64 [ 0, %block ], [ %k.next, %weight ]
  %sum = phi i32 [ 0, %block ], [ %sum.both, %weight ]
  %wk = getelementptr inbounds i8, ptr %wb, i64 %k
  %wq = getelementptr inbounds i8, ptr %wk, i64 2
  %q = load i8, ptr %wq, align 1
  %q.low = and i8 %q, 15
  %q.high = lshr i8 %q, 4
  %low = zext nneg i8 %q.low to i32
  %high = zext nneg i8 %q.high to i32
  %l = add nsw i32 %low, -8
  %h = add nsw i32 %high, -8
  %xk = getelementptr inbounds i8, ptr %xb, i64 %k
  %xl = getelementptr inbounds i8, ptr %xk, i64 2
  %xh = getelementptr inbounds i8, ptr %xk, i64 18
  %a = load i8, ptr %xl, align 1
  %c = load i8, ptr %xh, align 1
  %a.wide = sext i8 %a to i32
  %c.wide = sext i8 %c to i32
  %la = mul nsw i32 %l, %a.wide
  %hc = mul nsw i32 %h, %c.wide
  %sum.low = add nsw i32 %sum, %la
  %sum.both = add nsw i32 %sum.low, %hc
  %k.next = add nuw nsw i64 %k, 1
  %block.done = icmp eq i64 %k.next, 16
  br i1 %block.done, label %block.end, label %weight

block.end:
  %scale = load half, ptr %wb, align 2
  %x.scale = load half, ptr %xb, align 2
  %s = fpext half %scale to float
  %xs = fpext half %x.scale to float
  %of.block = sitofp i32 %sum.both to float
  %scaled = fmul float %of.block, %s
  %total.next = call float @llvm.fmuladd.f32(float %scaled, float %xs, float %total)
  %b.next = add nuw nsw i64 %b, 1
  %done = icmp eq i64 %b.next, 128
  br i1 %done, label %end, label %block

end:
  ret float %total.next
}

declare float @llvm.fmuladd.f32(float, float, float)
