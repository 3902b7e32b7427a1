; A loop becomes lanes, with vl for its end; a sum is kept in the lanes; what is tested becomes a mask. Arrays that may overlap are compared
; before.
; RUN: kiln-llc -tensor=on -verify-each %s -o - | FileCheck %s
; RUN: kiln-llc -no-tensor %s -o - | FileCheck %s --check-prefix=SCALAR
; SCALAR-NOT: vsetvli

; CHECK-LABEL: clamp:
; CHECK:       vsetvli {{.*}}, e32, m8, ta, ma
; CHECK:       vle32.v
; CHECK:       vmax.vx
; CHECK:       vse32.v
define void @clamp(ptr %to, ptr %from, i64 %n) {
entry:
  %any = icmp sgt i64 %n, 0
  br i1 %any, label %loop, label %end
loop:
  %i = phi i64 [ 0, %entry ], [ %next, %loop ]
  %a = getelementptr i32, ptr %from, i64 %i
  %x = load i32, ptr %a
  %y = call i32 @llvm.smax.i32(i32 %x, i32 7)
  %b = getelementptr i32, ptr %to, i64 %i
  store i32 %y, ptr %b
  %next = add nuw nsw i64 %i, 1
  %more = icmp slt i64 %next, %n
  br i1 %more, label %loop, label %end
end:
  ret void
}

; CHECK-LABEL: total:
; CHECK:       vsetvli {{.*}}, tu, ma
; CHECK:       vmacc.vx
; CHECK:       vredsum.vs
define i32 @total(ptr %from, i64 %n) {
entry:
  br label %loop
loop:
  %i = phi i64 [ 0, %entry ], [ %next, %loop ]
  %sum = phi i32 [ 0, %entry ], [ %new, %loop ]
  %a = getelementptr i32, ptr %from, i64 %i
  %x = load i32, ptr %a
  %new = add i32 %sum, %x
  %next = add nuw nsw i64 %i, 1
  %more = icmp slt i64 %next, %n
  br i1 %more, label %loop, label %end
end:
  ret i32 %new
}

; The order of a sum of floating numbers is kept.
; CHECK-LABEL: ordered:
; CHECK:       vfredosum.vs
define float @ordered(ptr %from, i64 %n) {
entry:
  br label %loop
loop:
  %i = phi i64 [ 0, %entry ], [ %next, %loop ]
  %sum = phi float [ 0.0, %entry ], [ %new, %loop ]
  %a = getelementptr float, ptr %from, i64 %i
  %x = load float, ptr %a
  %new = fadd float %sum, %x
  %next = add nuw nsw i64 %i, 1
  %more = icmp slt i64 %next, %n
  br i1 %more, label %loop, label %end
end:
  ret float %new
}

; CHECK-LABEL: masked:
; CHECK:       vmslt.vx
; CHECK:       vse8.v {{.*}}, v0.t
define void @masked(ptr noalias %to, ptr noalias %from) {
entry:
  br label %loop
loop:
  %i = phi i64 [ 0, %entry ], [ %next, %rest ]
  %a = getelementptr i8, ptr %from, i64 %i
  %x = load i8, ptr %a
  %negative = icmp slt i8 %x, 0
  br i1 %negative, label %set, label %rest
set:
  %b = getelementptr i8, ptr %to, i64 %i
  store i8 %x, ptr %b
  br label %rest
rest:
  %next = add nuw nsw i64 %i, 1
  %more = icmp slt i64 %next, 300
  br i1 %more, label %loop, label %end
end:
  ret void
}

; Long loops bring their data through the scratchpad.
; CHECK-LABEL: copied:
; CHECK:       kd.start
; CHECK:       kd.wait
; CHECK:       kd.start
define void @copied(ptr noalias %to, ptr noalias %from) {
entry:
  br label %loop
loop:
  %i = phi i64 [ 0, %entry ], [ %next, %loop ]
  %a = getelementptr i16, ptr %from, i64 %i
  %x = load i16, ptr %a
  %y = xor i16 %x, 85
  %b = getelementptr i16, ptr %to, i64 %i
  store i16 %y, ptr %b
  %next = add nuw nsw i64 %i, 1
  %more = icmp slt i64 %next, 100000
  br i1 %more, label %loop, label %end
end:
  ret void
}

declare i32 @llvm.smax.i32(i32, i32)
