; Functions of which short code is asked for (clang -Os, -Oz).
; RUN: kiln-llc -O2 -verify-each -o - %s | FileCheck %s
; RUN: kiln-llc -O2 -tensor=on -verify-each -o - %s | FileCheck --check-prefix=ASKED %s
target triple = "riscv64"

; Nests are left as they are, if the command line does not ask for more.
; CHECK-LABEL: {{^}}fast:
; CHECK: vsetvli
; CHECK-LABEL: {{^}}small:
; CHECK-NOT: vsetvli
; CHECK: .size small
; ASKED-LABEL: {{^}}small:
; ASKED: vsetvli
define void @fast(ptr %p) {
entry:
  br label %loop
loop:
  %i = phi i64 [ 0, %entry ], [ %n, %loop ]
  %a = getelementptr i32, ptr %p, i64 %i
  %v = load i32, ptr %a
  %w = add i32 %v, 5
  store i32 %w, ptr %a
  %n = add i64 %i, 1
  %c = icmp eq i64 %n, 256
  br i1 %c, label %end, label %loop
end:
  ret void
}
define void @small(ptr %p) optsize {
entry:
  br label %loop
loop:
  %i = phi i64 [ 0, %entry ], [ %n, %loop ]
  %a = getelementptr i32, ptr %p, i64 %i
  %v = load i32, ptr %a
  %w = add i32 %v, 5
  store i32 %w, ptr %a
  %n = add i64 %i, 1
  %c = icmp eq i64 %n, 256
  br i1 %c, label %end, label %loop
end:
  ret void
}

; Divisions and products with constants are one instruction of those with minsize, but for powers of two.
; CHECK-LABEL: {{^}}quotient:
; CHECK: mulh
; CHECK-NOT: div
; CHECK: .size quotient
define i64 @quotient(i64 %x) optsize {
  %q = sdiv i64 %x, 13
  ret i64 %q
}
; CHECK-LABEL: {{^}}smallest:
; CHECK-DAG: div a
; CHECK-DAG: mul a
; CHECK-NOT: mulh
; CHECK: .size smallest
define i64 @smallest(i64 %x, i64 %y) minsize {
  %q = sdiv i64 %x, 13
  %p = mul i64 %y, 45
  %s = add i64 %q, %p
  ret i64 %s
}
; CHECK-LABEL: {{^}}power:
; CHECK-NOT: div
; CHECK: srli
; CHECK: .size power
define i64 @power(i64 %x) minsize {
  %q = udiv i64 %x, 16
  ret i64 %q
}

; Copies of more than four pieces are calls.
; CHECK-LABEL: {{^}}copy:
; CHECK: {{call|tail}} memcpy
; CHECK: .size copy
define void @copy(ptr %to, ptr %from) optsize {
  call void @llvm.memcpy.p0.p0.i64(ptr align 8 %to, ptr align 8 %from, i64 40, i1 false)
  ret void
}
declare void @llvm.memcpy.p0.p0.i64(ptr, ptr, i64, i1)

; A choice that takes three instructions is a branch over a move.
; CHECK-LABEL: {{^}}choice:
; CHECK-NOT: czero
; CHECK: .size choice
define i64 @choice(i64 %x, i64 %y, i64 %z) minsize {
  %c = icmp slt i64 %x, %y
  %s = select i1 %c, i64 %y, i64 %z
  ret i64 %s
}
