; Volatile accesses keep their number and order, whatever the scheduler would gain.
; RUN: kiln-llc -O2 -verify-each %s -o - | FileCheck %s
; CHECK-LABEL: device:
; CHECK: lw {{.*}}, 0(a0)
; CHECK: lw {{.*}}, 4(a0)
; CHECK: lw {{.*}}, 0(a0)
; CHECK: sw {{.*}}, 8(a0)
; CHECK: sw {{.*}}, 4(a0)
; CHECK: sw {{.*}}, 8(a0)
define i32 @device(ptr %p, i32 %x, i32 %y) {
  %q = getelementptr i8, ptr %p, i64 4
  %r = getelementptr i8, ptr %p, i64 8
  %m = mul i32 %x, %y
  %a = load volatile i32, ptr %p
  %b = load volatile i32, ptr %q
  %c = load volatile i32, ptr %p
  store volatile i32 %m, ptr %r
  store volatile i32 %x, ptr %q
  store volatile i32 %y, ptr %r
  %s = add i32 %a, %b
  %t = mul i32 %s, %c
  ret i32 %t
}
