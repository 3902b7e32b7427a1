; RUN: kiln-llc -O2 %s -Rpass=vector -Rpass-missed=vector -filetype=null -o /dev/null 2>&1 | FileCheck %s
; RUN: kiln-llc -O2 %s -tensor=regenerate-parts -verify-each -filetype=null -o /dev/null
; A matrix and its transpose times vectors, row by row: the sums of rows are lanes side by side, and the rows that are added up
; are lanes by themselves. Where what is added up is read by the next row's sum it stays one loop.

; CHECK: both: remark: 4 loops on the vector unit, 2 as lanes
; CHECK: needed: remark: {{.*}}1 as lanes

define void @both(ptr noalias %a, ptr noalias %x, ptr noalias %y, ptr noalias %t) {
entry:
  br label %rows
rows:
  %i = phi i64 [ 0, %entry ], [ %i1, %end ]
  %row = getelementptr [200 x float], ptr %a, i64 %i
  %place = getelementptr float, ptr %t, i64 %i
  br label %sum
sum:
  %j = phi i64 [ 0, %rows ], [ %j1, %sum ]
  %s = phi float [ 0.0, %rows ], [ %s1, %sum ]
  %p = getelementptr float, ptr %row, i64 %j
  %q = getelementptr float, ptr %x, i64 %j
  %v = load float, ptr %p
  %w = load float, ptr %q
  %s1 = call float @llvm.fmuladd.f32(float %v, float %w, float %s)
  %j1 = add nuw nsw i64 %j, 1
  %more = icmp eq i64 %j1, 200
  br i1 %more, label %middle, label %sum
middle:
  store float %s1, ptr %place
  br label %spread
spread:
  %k = phi i64 [ 0, %middle ], [ %k1, %spread ]
  %f = load float, ptr %place
  %p2 = getelementptr float, ptr %row, i64 %k
  %to = getelementptr float, ptr %y, i64 %k
  %v2 = load float, ptr %p2
  %old = load float, ptr %to
  %new = call float @llvm.fmuladd.f32(float %v2, float %f, float %old)
  store float %new, ptr %to
  %k1 = add nuw nsw i64 %k, 1
  %more2 = icmp eq i64 %k1, 200
  br i1 %more2, label %end, label %spread
end:
  %i1 = add nuw nsw i64 %i, 1
  %more3 = icmp eq i64 %i1, 180
  br i1 %more3, label %exit, label %rows
exit:
  ret void
}

define void @needed(ptr noalias %a, ptr noalias %y, ptr noalias %t) {
entry:
  br label %rows
rows:
  %i = phi i64 [ 0, %entry ], [ %i1, %end ]
  %row = getelementptr [200 x float], ptr %a, i64 %i
  %place = getelementptr float, ptr %t, i64 %i
  br label %sum
sum:
  %j = phi i64 [ 0, %rows ], [ %j1, %sum ]
  %s = phi float [ 0.0, %rows ], [ %s1, %sum ]
  %p = getelementptr float, ptr %row, i64 %j
  %q = getelementptr float, ptr %y, i64 %j
  %v = load float, ptr %p
  %w = load float, ptr %q
  %s1 = call float @llvm.fmuladd.f32(float %v, float %w, float %s)
  %j1 = add nuw nsw i64 %j, 1
  %more = icmp eq i64 %j1, 200
  br i1 %more, label %middle, label %sum
middle:
  store float %s1, ptr %place
  br label %spread
spread:
  %k = phi i64 [ 0, %middle ], [ %k1, %spread ]
  %f = load float, ptr %place
  %p2 = getelementptr float, ptr %row, i64 %k
  %to = getelementptr float, ptr %y, i64 %k
  %v2 = load float, ptr %p2
  %old = load float, ptr %to
  %new = call float @llvm.fmuladd.f32(float %v2, float %f, float %old)
  store float %new, ptr %to
  %k1 = add nuw nsw i64 %k, 1
  %more2 = icmp eq i64 %k1, 200
  br i1 %more2, label %end, label %spread
end:
  %i1 = add nuw nsw i64 %i, 1
  %more3 = icmp eq i64 %i1, 180
  br i1 %more3, label %exit, label %rows
exit:
  ret void
}

declare float @llvm.fmuladd.f32(float, float, float)
