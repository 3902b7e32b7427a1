; What instruction selection makes of integer arithmetic.
; RUN: kiln-llc -verify-each -O2 %s -o - | FileCheck %s

; CHECK-LABEL: indexed:
; CHECK: sh3add [[P:[a-z0-9]+]], a1, a0
; CHECK-NEXT: ld a0, 16([[P]])
define i64 @indexed(ptr %p, i64 %i) {
  %q = getelementptr i64, ptr %p, i64 %i
  %r = getelementptr i8, ptr %q, i64 16
  %v = load i64, ptr %r
  ret i64 %v
}

; CHECK-LABEL: unsigned_index:
; CHECK: sh2add.uw [[P:[a-z0-9]+]], a1, a0
; CHECK-NEXT: lw a0, 0([[P]])
define signext i32 @unsigned_index(ptr %p, i32 %i) {
  %j = zext i32 %i to i64
  %q = getelementptr i32, ptr %p, i64 %j
  %v = load i32, ptr %q
  ret i32 %v
}

; Words stay sign-extended without further instructions; where only the low bits count the plain instructions, which
; have more 16-bit forms, do.
; CHECK-LABEL: words:
; CHECK: add {{a[0-9]}}, a0, a1
; CHECK-NEXT: mulw
; CHECK-NEXT: ret
define signext i32 @words(i32 signext %a, i32 signext %b) {
  %s = add i32 %a, %b
  %p = mul i32 %s, %a
  ret i32 %p
}

; CHECK-LABEL: low_bits:
; CHECK: slli [[S:a[0-9]]], {{a[0-9]}}, 7
; CHECK-NEXT: add [[T:a[0-9]]], [[S]], a1
; CHECK-NEXT: addi [[U:a[0-9]]], [[T]], 9
; CHECK-NEXT: xor [[V:a[0-9]]], [[U]]
; CHECK-NEXT: subw a0, [[V]], a1
define signext i32 @low_bits(i32 signext %a, i32 signext %b) {
  %s = shl i32 %a, 7
  %t = add i32 %s, %b
  %u = add i32 %t, 9
  %v = xor i32 %u, %a
  %w = sub i32 %v, %b
  ret i32 %w
}

; CHECK-LABEL: bits:
; CHECK-DAG: andn
; CHECK-DAG: rev8
; CHECK-DAG: clz
; CHECK-DAG: cpopw
; CHECK-DAG: rori {{.*}}, 51
define i64 @bits(i64 %a, i64 %b, i32 %c) {
  %n = xor i64 %b, -1
  %1 = and i64 %a, %n
  %2 = call i64 @llvm.bswap.i64(i64 %1)
  %3 = call i64 @llvm.ctlz.i64(i64 %a, i1 false)
  %4 = call i32 @llvm.ctpop.i32(i32 %c)
  %5 = zext i32 %4 to i64
  %6 = lshr i64 %b, 40
  %7 = and i64 %6, 1
  %8 = call i64 @llvm.fshl.i64(i64 %2, i64 %2, i64 13)
  %9 = add i64 %8, %3
  %10 = sub i64 %9, %5
  %11 = mul i64 %10, %7
  ret i64 %11
}

; CHECK-LABEL: clamp:
; CHECK: max
; CHECK: min
; CHECK-NOT: b{{lt|ge}}
; CHECK: ret
define signext i8 @clamp(i32 signext %x) {
  %a = call i32 @llvm.smax.i32(i32 %x, i32 -128)
  %b = call i32 @llvm.smin.i32(i32 %a, i32 127)
  %c = trunc i32 %b to i8
  ret i8 %c
}

; CHECK-LABEL: selected:
; CHECK-DAG: czero.eqz
; CHECK-DAG: czero.nez
; CHECK: or a0
; CHECK-NEXT: ret
define i64 @selected(i64 %a, i64 %b, i64 %c) {
  %z = icmp eq i64 %a, 0
  %r = select i1 %z, i64 %b, i64 %c
  ret i64 %r
}

; Without Zicond a branch does it.
; RUN: kiln-llc -verify-each -O2 -mattr=-zicond %s -o - | FileCheck --check-prefix=BRANCH %s
; BRANCH-LABEL: selected:
; BRANCH: b{{eq|ne}}z {{a[0-9]}}, .LBB
; BRANCH-NOT: czero
; BRANCH: ret

; CHECK-LABEL: one_bit:
; CHECK-NEXT: bexti a0, a0, 40
define i64 @one_bit(i64 %a) {
  %1 = lshr i64 %a, 40
  %2 = and i64 %1, 1
  ret i64 %2
}

declare i64 @llvm.bswap.i64(i64)
declare i64 @llvm.ctlz.i64(i64, i1)
declare i32 @llvm.ctpop.i32(i32)
declare i64 @llvm.fshl.i64(i64, i64, i64)
declare i32 @llvm.smax.i32(i32, i32)
declare i32 @llvm.smin.i32(i32, i32)

; A power of two, where a comparison holds, is its result shifted; equality is tested by the instruction that selects.
; CHECK-LABEL: flags:
; CHECK-NOT:   czero
; CHECK:       slli {{a[0-9]}}, {{a[0-9]}}, 6
; CHECK:       ret
define i64 @flags(i64 %a, i64 %b, i64 %c) {
  %less = icmp slt i64 %a, %b
  %x = select i1 %less, i64 64, i64 0
  %y = or i64 %x, %c
  ret i64 %y
}

; CHECK-LABEL: equal_to_constant:
; CHECK:       addi [[D:a[0-9]]], a0, -77
; CHECK-NEXT:  czero.nez a0, a1, [[D]]
; CHECK-NEXT:  ret
define i64 @equal_to_constant(i64 %a, i64 %b) {
  %same = icmp eq i64 %a, 77
  %x = select i1 %same, i64 %b, i64 0
  ret i64 %x
}

; CHECK-LABEL: equal:
; CHECK:       xor [[D:a[0-9]]], {{a[0-9], a[0-9]}}
; CHECK-NEXT:  czero.eqz a0, a2, [[D]]
; CHECK-NEXT:  ret
define i64 @equal(i64 %a, i64 %b, i64 %c) {
  %same = icmp eq i64 %a, %b
  %x = select i1 %same, i64 0, i64 %c
  ret i64 %x
}

; An argument that is sign-extended is compared as it is.
; CHECK-LABEL: extended:
; CHECK-NOT:   {{zext|sext|andi}}
; CHECK:       ret
define signext i8 @extended(i8 signext %a, i8 signext %b) {
  %same = icmp eq i8 %a, -3
  %x = select i1 %same, i8 %b, i8 0
  ret i8 %x
}

; A value whose sign other uses want is compared with constants in that form too.
; CHECK-LABEL: sign_wanted:
; CHECK:       lb
; CHECK-NOT:   {{zext|andi}}
; CHECK:       ret
define i64 @sign_wanted(ptr %p) {
  %c = load i8, ptr %p
  %less = icmp slt i8 %c, 45
  br i1 %less, label %yes, label %no
yes:
  ret i64 1
no:
  %same = icmp eq i8 %c, -77
  br i1 %same, label %yes, label %other
other:
  ret i64 2
}

; Selections that depend on one condition are one branch, wherever in their block they stand.
; CHECK-LABEL: several:
; CHECK: bl{{[te]}}
; CHECK-NOT: czero
; CHECK: ret
define i64 @several(i64 %a, i64 %b, i64 %x, i64 %y) {
  %c = icmp slt i64 %a, %b
  %s = select i1 %c, i64 %x, i64 %y
  %m = mul i64 %s, %a
  %t = select i1 %c, i64 %y, i64 %a
  %r = add i64 %m, %t
  ret i64 %r
}

; One is made by Zicond, but where code is to be short.
; CHECK-LABEL: one_of_two:
; CHECK: czero
; CHECK: czero
; CHECK-NEXT: or
; CHECK-LABEL: one_of_two_short:
; CHECK-NOT: czero
; CHECK: ret
define i64 @one_of_two(i64 %c, i64 %x, i64 %y) {
  %d = icmp eq i64 %c, 0
  %s = select i1 %d, i64 %x, i64 %y
  ret i64 %s
}
define i64 @one_of_two_short(i64 %c, i64 %x, i64 %y) optsize {
  %d = icmp eq i64 %c, 0
  %s = select i1 %d, i64 %x, i64 %y
  ret i64 %s
}
