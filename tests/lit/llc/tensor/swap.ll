; Rows of a length that only the run time knows, times what is the same for all rows: a strip of columns goes through all rows of a tile, so
; that vl is set and the factors are loaded once a strip, and two rows are made at a time.
; RUN: kiln-llc -O2 -verify-each -o - %s | FileCheck %s
; CHECK:      vsetvli {{a[0-9]|t[0-9]}}, {{.*}}, e16, m2
; CHECK-NEXT: vle32.v [[FACTORS:v[0-9]+]]
; The rest of an odd number of rows stands before the loop.
; CHECK:      vmv4r.v
; CHECK:      j .LBB0_{{[0-9]+}}
; CHECK-NEXT: .LBB0_{{[0-9]+}}:
; CHECK:      {{^}}.LBB0_[[ROWS:[0-9]+]]:
; CHECK-NEXT: add
; CHECK-NEXT: add [[AT:[at][0-9]]], [[AT]], [[STEP:[ast][0-9]+]]
; CHECK-NEXT: vsetvli zero, zero, e32, m4
; CHECK-NEXT: vle32.v
; CHECK-NOT:  {{mul[[:space:]]+[ast]|vle.*\(s}}
; CHECK:      vfmul.vv v{{[0-9]+}}, v{{[0-9]+}}, [[FACTORS]]
; CHECK:      vfmul.vv v{{[0-9]+}}, v{{[0-9]+}}, [[FACTORS]]
; CHECK:      blt {{.*}}, .LBB0_[[ROWS]]
target datalayout = "e-m:e-p:64:64-i64:64-i128:128-n32:64-S128"

define void @scale(ptr noalias %x, ptr noalias %factors, ptr noalias %y, i64 %rows, i64 %columns) {
entry:
  %any = icmp sgt i64 %rows, 0
  %some = icmp sgt i64 %columns, 0
  %both = and i1 %any, %some
  br i1 %both, label %row, label %end

row:
  %i = phi i64 [ 0, %entry ], [ %i.next, %row.end ]
  %start = mul nsw i64 %i, %columns
  br label %column

column:
  %j = phi i64 [ 0, %row ], [ %j.next, %column ]
  %place = add nsw i64 %start, %j
  %from = getelementptr inbounds float, ptr %x, i64 %place
  %element = load float, ptr %from, align 4
  %at = getelementptr inbounds float, ptr %factors, i64 %j
  %factor = load float, ptr %at, align 4
  %product = fmul float %element, %factor
  %to = getelementptr inbounds float, ptr %y, i64 %place
  store float %product, ptr %to, align 4
  %j.next = add nuw nsw i64 %j, 1
  %row.done = icmp eq i64 %j.next, %columns
  br i1 %row.done, label %row.end, label %column

row.end:
  %i.next = add nuw nsw i64 %i, 1
  %done = icmp eq i64 %i.next, %rows
  br i1 %done, label %end, label %row

end:
  ret void
}
