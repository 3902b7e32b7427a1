; Registers are chosen so that instructions have 16-bit forms: results in their first operand's register all along a chain, and
; x8 .. x15 for what needs them.
; RUN: kiln-llc -verify-each -O2 %s -o - | FileCheck %s
; RUN: kiln-llc -O2 -filetype=obj %s -o %t.o
; RUN: llvm-objdump -d --mattr=+c %t.o | FileCheck %s --check-prefix=SIZE

; All but the shift, whose operand is read again, have one register for operand and result.
; CHECK-LABEL: steps:
; CHECK:       slli [[A:[a-z0-9]+]], {{[a-z0-9]+}}, 5
; CHECK-NEXT:  xor [[A]], [[A]]
; CHECK-NEXT:  add [[A]], [[A]]
; CHECK-NEXT:  slli [[B:[a-z0-9]+]], [[A]], 5
; CHECK-NEXT:  xor [[B]], [[B]], [[A]]
; CHECK-NEXT:  add [[B]], [[B]]
; CHECK-NEXT:  slli [[C:[a-z0-9]+]], [[B]], 5
; CHECK-NEXT:  xor [[C]], [[C]], [[B]]
; CHECK-NEXT:  add [[C]], [[C]]
define i64 @steps(i64 %x, i64 %y, i64 %z) {
  %a = shl i64 %x, 5
  %b = xor i64 %a, %x
  %c = add i64 %b, %y
  %d = shl i64 %c, 5
  %e = xor i64 %d, %c
  %f = add i64 %e, %z
  %g = shl i64 %f, 5
  %h = xor i64 %g, %f
  %i = add i64 %h, %y
  ret i64 %i
}

; What is only compared or multiplied leaves x8 .. x15 to the fields' values and their base.
; SIZE-LABEL: <fields>:
; SIZE-COUNT-4: {{^ +[0-9a-f]+: [0-9a-f]{4} .*(lw|sw)}}
; SIZE:         ret
define void @fields(ptr %p, i64 %a, i64 %b, i64 %c, i64 %d, i64 %e, i64 %f, i64 %g) {
  %m = mul i64 %a, %b
  %n = mul i64 %c, %d
  %o = mul i64 %e, %f
  %q = mul i64 %m, %n
  %r = mul i64 %o, %g
  %1 = getelementptr i32, ptr %p, i64 1
  %2 = getelementptr i32, ptr %p, i64 2
  %x = load i32, ptr %1
  %y = load i32, ptr %2
  %s = xor i32 %x, %y
  %t = add i32 %x, %y
  store i32 %s, ptr %1
  store i32 %t, ptr %2
  %u = mul i64 %q, %r
  %less = icmp slt i64 %u, %a
  br i1 %less, label %yes, label %no
yes:
  store i64 %u, ptr %p
  ret void
no:
  ret void
}
