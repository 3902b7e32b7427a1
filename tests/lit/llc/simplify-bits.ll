; Extensions and masks that change nothing, or only bits that nobody reads, are not made.
; RUN: kiln-llc -verify-each -O2 -no-tensor %s -o - | FileCheck %s

; Shifts read six bits of their amount, those of words five.
; CHECK-LABEL: amounts:
; CHECK-NOT: and
; CHECK: sll
; CHECK-NOT: and
; CHECK: sraw
; CHECK-NOT: and
; CHECK: ret
define i64 @amounts(i64 %x, i64 %n, i32 signext %y, i32 signext %m) {
  %n6 = and i64 %n, 63
  %s = shl i64 %x, %n6
  %m5 = and i32 %m, 31
  %t = ashr i32 %y, %m5
  %w = sext i32 %t to i64
  %r = xor i64 %s, %w
  ret i64 %r
}

; A byte that was shifted down is a byte with its sign.
; CHECK-LABEL: narrow:
; CHECK: sext.b [[B:[a-z0-9]+]], a0
; CHECK-NEXT: sraw a0, [[B]], a1
; CHECK-NEXT: ret
define i64 @narrow(i64 %x, i32 signext %n) {
  %b = trunc i64 %x to i8
  %w = sext i8 %b to i32
  %s = ashr i32 %w, %n
  %z = zext i32 %s to i64
  %u = shl i64 %z, 56
  %r = ashr exact i64 %u, 56
  ret i64 %r
}

; CHECK-LABEL: masks:
; CHECK: zext.h
; CHECK-NOT: zext.h
; CHECK: ret
define i64 @masks(ptr %p, i64 %x) {
  %h = load i16, ptr %p
  %z = zext i16 %h to i64
  %same = and i64 %z, 65535
  %y = and i64 %x, 65535
  %r = add i64 %same, %y
  ret i64 %r
}

; Stores and operations on words read no more than a word.
; CHECK-LABEL: words:
; CHECK-NOT: sext.w
; CHECK-NOT: zext.w
; CHECK: ret
define void @words(ptr %p, i64 %x, i64 %y) {
  %a = and i64 %x, 4294967295
  %b = add i64 %a, %y
  %c = trunc i64 %b to i32
  store i32 %c, ptr %p
  ret void
}

; A selection of truth values is an operation on them.
; CHECK-LABEL: either:
; CHECK: slt
; CHECK: slt
; CHECK: or
; CHECK-NEXT: ret
define zeroext i1 @either(i64 %a, i64 %b, i64 %c) {
  %x = icmp slt i64 %a, %b
  %y = icmp slt i64 %b, %c
  %r = select i1 %x, i1 true, i1 %y
  ret i1 %r
}

; Single bits have instructions of their own.
; CHECK-LABEL: clear:
; CHECK: bclr a0, a0, a1
; CHECK-LABEL: clear20:
; CHECK: bclri a0, a0, 20
; CHECK-LABEL: set20:
; CHECK: bseti a0, a0, 20
define i64 @clear(i64 %x, i64 %n) {
  %bit = shl i64 1, %n
  %mask = xor i64 %bit, -1
  %r = and i64 %x, %mask
  ret i64 %r
}
define i64 @clear20(i64 %x) {
  %r = and i64 %x, -1048577
  ret i64 %r
}
define i64 @set20(i64 %x) {
  %r = or i64 %x, 1048576
  ret i64 %r
}

; What nobody reads of a result may be anything: 32 - n and 63 - n are -n and ~n where they say how far words and registers are shifted,
; a mask's upper bits are what makes it short, and of a word of which one byte is stored a whole register is shifted.
; CHECK-LABEL: distances:
; CHECK-NOT: li
; CHECK-DAG: neg [[A:[a-z0-9]+]], a1
; CHECK-DAG: not [[B:[a-z0-9]+]], a1
; CHECK-DAG: sllw {{.*}}, [[A]]
; CHECK-DAG: srl {{.*}}, [[B]]
; CHECK: ret
define i64 @distances(i64 %x, i64 %n) {
  %m = sub i64 32, %n
  %k = trunc i64 %m to i32
  %w = trunc i64 %x to i32
  %s = shl i32 %w, %k
  %l = sext i32 %s to i64
  %o = sub i64 63, %n
  %r = lshr i64 %x, %o
  %t = xor i64 %l, %r
  ret i64 %t
}
; CHECK-LABEL: stored:
; CHECK-DAG: bclri {{.*}}, 30
; CHECK-DAG: srli {{.*}}, 24
; CHECK-NOT: srliw
; CHECK: ret
define void @stored(ptr %p, i32 %x) {
  %a = and i32 %x, -1073741825
  store i32 %a, ptr %p
  %h = lshr i32 %x, 24
  %b = trunc i32 %h to i8
  %q = getelementptr i8, ptr %p, i64 4
  store i8 %b, ptr %q
  ret void
}
; An extension needs all of a word.
; CHECK-LABEL: extended:
; CHECK: srliw a0, a0, 24
; CHECK-NEXT: ret
define zeroext i8 @extended(i32 %x) {
  %h = lshr i32 %x, 24
  %b = trunc i32 %h to i8
  ret i8 %b
}
