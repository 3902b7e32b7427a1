; Addresses of vectors' elements, arrays and structures of vectors in memory and as values, constants of them.
; RUN: kiln-llc -O0 -verify-each -filetype=obj %s -o %t0.o
; RUN: kiln-llc -O2 -verify-each %s -o - | FileCheck %s
; CHECK-LABEL: element:
; CHECK: lw a0, 24(a0)
; CHECK-LABEL: nothing:
; CHECK: vmv.v.i v1, 0
; CHECK: vs1r.v v1, (a0)
; CHECK: sd zero, 64(a0)
; CHECK-LABEL: scal:
; CHECK: call g
; CHECK-NEXT: vl1r.v v8,
; CHECK-NEXT: vl1r.v v9,
define i32 @element(ptr %p) {
  %q = getelementptr <4 x i32>, ptr %p, i64 1, i64 2
  %r = load i32, ptr %q
  ret i32 %r
}
define void @arrays(ptr %p, ptr %q) {
  %v = load [3 x <16 x i32>], ptr %p
  %x = extractvalue [3 x <16 x i32>] %v, 1
  %w = insertvalue [3 x <16 x i32>] %v, <16 x i32> %x, 2
  store [3 x <16 x i32>] %w, ptr %q
  ret void
}
define void @nothing(ptr %p) {
  store { <16 x i32>, i64 } zeroinitializer, ptr %p
  ret void
}
define { <vscale x 2 x i32>, <vscale x 2 x i32> } @scal(ptr %p) {
  %a = alloca { <vscale x 2 x i32>, <vscale x 2 x i32> }
  %v = load { <vscale x 2 x i32>, <vscale x 2 x i32> }, ptr %p
  store { <vscale x 2 x i32>, <vscale x 2 x i32> } %v, ptr %a
  call void @g(ptr %a)
  %w = load { <vscale x 2 x i32>, <vscale x 2 x i32> }, ptr %a
  ret { <vscale x 2 x i32>, <vscale x 2 x i32> } %w
}
declare void @g(ptr)
define { <4 x i32>, i32 } @c(i1 %c, { <4 x i32>, i32 } %x) {
  br i1 %c, label %a, label %b
a:
  br label %b
b:
  %r = phi { <4 x i32>, i32 } [ %x, %0 ], [ { <4 x i32> <i32 1, i32 2, i32 3, i32 4>, i32 7 }, %a ]
  ret { <4 x i32>, i32 } %r
}
define { <4 x i32>, i32 } @sel(i1 %c, { <4 x i32>, i32 } %x, { <4 x i32>, i32 } %y) {
  %r = select i1 %c, { <4 x i32>, i32 } %x, { <4 x i32>, i32 } %y
  ret { <4 x i32>, i32 } %r
}
