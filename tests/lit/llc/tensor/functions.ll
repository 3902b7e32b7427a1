; RUN: kiln-llc -O2 -verify-each %s -o - | FileCheck %s
; RUN: kiln-llc -O2 -verify-each -mcpu=k0 %s -o - | FileCheck %s --check-prefix=SHORT
; RUN: kiln-llc -O2 -verify-each -vector-math=off %s -o - | FileCheck %s --check-prefix=OFF
; RUN: not kiln-llc -vector-math=1 %s -o - 2>&1 | FileCheck %s --check-prefix=MODE
; MODE: -vector-math=1: the modes are on and off

declare float @llvm.exp.f32(float)
declare float @llvm.floor.f32(float)
declare float @tanhf(float)

; CHECK-LABEL: intrinsic:
; CHECK-NOT: call
; CHECK: vfmadd.vv
; OFF-LABEL: intrinsic:
; OFF: call expf
define void @intrinsic(ptr noalias %x, ptr noalias %y) {
entry:
  br label %loop
loop:
  %i = phi i64 [ 0, %entry ], [ %next, %loop ]
  %p = getelementptr float, ptr %x, i64 %i
  %v = load float, ptr %p
  %e = call float @llvm.exp.f32(float %v)
  %q = getelementptr float, ptr %y, i64 %i
  store float %e, ptr %q
  %next = add nuw nsw i64 %i, 1
  %done = icmp eq i64 %next, 1024
  br i1 %done, label %end, label %loop
end:
  ret void
}

; CHECK-LABEL: library:
; CHECK-NOT: call
; The tables are loaded before the loop.
; CHECK: vl1re32.v
; CHECK: vrgather.vv
; CHECK-NOT: vl1re32.v
; CHECK: vfsgnj.vv
; SHORT-LABEL: library:
; SHORT-NOT: call
; SHORT: vfrdiv.vf
; OFF-LABEL: library:
; OFF: call tanhf
define void @library(ptr noalias %x, ptr noalias %y) {
entry:
  br label %loop
loop:
  %i = phi i64 [ 0, %entry ], [ %next, %loop ]
  %p = getelementptr float, ptr %x, i64 %i
  %v = load float, ptr %p
  %e = call float @tanhf(float %v)
  %q = getelementptr float, ptr %y, i64 %i
  store float %e, ptr %q
  %next = add nuw nsw i64 %i, 1
  %done = icmp eq i64 %next, 1024
  br i1 %done, label %end, label %loop
end:
  ret void
}

; A function of the program's own, for all the compiler knows.
; CHECK-LABEL: own:
; CHECK: call tanhf
define void @own(ptr noalias %x, ptr noalias %y) {
entry:
  br label %loop
loop:
  %i = phi i64 [ 0, %entry ], [ %next, %loop ]
  %p = getelementptr float, ptr %x, i64 %i
  %v = load float, ptr %p
  %e = call float @tanhf(float %v) nobuiltin
  %q = getelementptr float, ptr %y, i64 %i
  store float %e, ptr %q
  %next = add nuw nsw i64 %i, 1
  %done = icmp eq i64 %next, 1024
  br i1 %done, label %end, label %loop
end:
  ret void
}

; Exact functions need no leave.
; CHECK-LABEL: exact:
; CHECK: vfcvt.rtz.x.f.v
; OFF-LABEL: exact:
; OFF: vfcvt.rtz.x.f.v
define void @exact(ptr noalias %x, ptr noalias %y) {
entry:
  br label %loop
loop:
  %i = phi i64 [ 0, %entry ], [ %next, %loop ]
  %p = getelementptr float, ptr %x, i64 %i
  %v = load float, ptr %p
  %e = call float @llvm.floor.f32(float %v)
  %q = getelementptr float, ptr %y, i64 %i
  store float %e, ptr %q
  %next = add nuw nsw i64 %i, 1
  %done = icmp eq i64 %next, 1024
  br i1 %done, label %end, label %loop
end:
  ret void
}
