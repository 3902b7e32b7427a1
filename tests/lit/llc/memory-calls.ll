; A copy by the C library that ends a function takes the place of the return, also where the function returns what memcpy does.
; RUN: kiln-llc -verify-each -O2 %s -o - | FileCheck %s

; CHECK-LABEL: copy:
; CHECK-NEXT:  tail memcpy
define void @copy(ptr %to, ptr %from, i64 %n) {
  tail call void @llvm.memcpy.p0.p0.i64(ptr %to, ptr %from, i64 %n, i1 false)
  ret void
}

; CHECK-LABEL: fill:
; CHECK:       tail memset
define ptr @fill(ptr %to, i64 %n) {
  tail call void @llvm.memset.p0.i64(ptr %to, i8 7, i64 %n, i1 false)
  ret ptr %to
}

; CHECK-LABEL: other:
; CHECK:       call memmove
; CHECK:       ret
define ptr @other(ptr %to, ptr %from, i64 %n) {
  tail call void @llvm.memmove.p0.p0.i64(ptr %to, ptr %from, i64 %n, i1 false)
  ret ptr %from
}

; CHECK-LABEL: own:
; CHECK:       call memcpy
; CHECK:       ret
define void @own(ptr %from, i64 %n) {
  %to = alloca [64 x i8]
  call void @llvm.memcpy.p0.p0.i64(ptr %to, ptr %from, i64 %n, i1 false)
  ret void
}
