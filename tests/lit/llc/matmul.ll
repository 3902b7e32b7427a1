; The innermost loop of an int8 matrix product: one branch, pointers stepped, nothing spilled.
; RUN: kiln-llc -verify-each -O2 %s -o - | FileCheck %s
; CHECK-LABEL: product:
; CHECK: .LBB0_[[LOOP:[0-9]+]]:
; CHECK-DAG: lb
; CHECK-DAG: lb
; CHECK: mul{{[[:space:]]}}
; CHECK: add{{[[:space:]]}}
; CHECK-NOT: {{^[[:space:]]+(j|beq|bnez)[[:space:]]}}
; CHECK: bne {{.*}}, .LBB0_[[LOOP]]
define void @product(ptr %a, ptr %b, ptr %c) {
entry:
  br label %head
head:
  %k = phi i64 [ 0, %entry ], [ %next, %body ]
  %more = icmp slt i64 %k, 256
  br i1 %more, label %body, label %end
body:
  %pa = getelementptr i8, ptr %a, i64 %k
  %va = load i8, ptr %pa
  %row = mul i64 %k, 256
  %pb = getelementptr i8, ptr %b, i64 %row
  %vb = load i8, ptr %pb
  %wa = sext i8 %va to i32
  %wb = sext i8 %vb to i32
  %p = mul i32 %wa, %wb
  %old = load i32, ptr %c
  %new = add i32 %old, %p
  store i32 %new, ptr %c
  %next = add i64 %k, 1
  br label %head
end:
  ret void
}
