; Tables of jumps, indirect branches and tail calls.
; RUN: kiln-llc -O2 -verify-each -Rpass=lower-switch %s -o %t.s 2> %t.remarks
; RUN: FileCheck %s --check-prefixes=CHECK,DATA < %t.s
; RUN: FileCheck %s --check-prefix=REMARK < %t.remarks
; RUN: kiln-llc -O0 -verify-each %s -o - | FileCheck %s --check-prefix=NONE
; RUN: kiln-llc -O2 -mattr=-zba -filetype=obj %s -o %t.o
; RUN: llvm-readobj -r %t.o | FileCheck %s --check-prefix=RELOCATIONS
; RUN: kiln-llc -O2 -stop-after=lower-switch %s -o %t.ir
; RUN: kiln-llc -O2 -start-after=lower-switch %t.ir -o - | FileCheck %s
; RUN: kiln-llc -O2 -stop-after=order-blocks %s -o %t.mir
; RUN: kiln-llc -O2 -start-after=order-blocks %t.mir -o - | FileCheck %s

declare i32 @callee(i32)
declare i32 @many(i64, i64, i64, i64, i64, i64, i64, i64, i64)

; CHECK-LABEL: dense:
; CHECK: bltu
; CHECK: auipc [[TABLE:[a-z0-9]+]], %pcrel_hi(.LJTI
; CHECK: sh2add [[ENTRY:[a-z0-9]+]], {{[a-z0-9]+}}, [[TABLE]]
; CHECK: lw [[TO:[a-z0-9]+]], 0([[ENTRY]])
; CHECK: add [[TO]], [[TO]], [[TABLE]]
; CHECK: jr [[TO]]
; CHECK: .section .rodata
; CHECK: .word .LBB{{.*}}-.LJTI
; REMARK: dense: remark: a switch on 10 ranges became a table of 11 jumps [-Rpass=lower-switch]
; RELOCATIONS: R_RISCV_ADD32 .LBB
; RELOCATIONS: R_RISCV_SUB32 .LJTI
define i32 @dense(i32 %x) {
  switch i32 %x, label %other [
    i32 3, label %a
    i32 4, label %b
    i32 5, label %c
    i32 6, label %d
    i32 7, label %a
    i32 8, label %b
    i32 9, label %c
    i32 10, label %d
    i32 11, label %a
    i32 13, label %b
  ]
a:
  %ra = call i32 @callee(i32 1)
  br label %end
b:
  %rb = call i32 @callee(i32 2)
  %rb1 = mul i32 %rb, 3
  br label %end
c:
  %rc = call i32 @callee(i32 3)
  br label %end
d:
  %rd = call i32 @callee(i32 4)
  br label %end
other:
  br label %end
end:
  %r = phi i32 [ %ra, %a ], [ %rb1, %b ], [ %rc, %c ], [ %rd, %d ], [ 9, %other ]
  ret i32 %r
}

; A block's address is its number among those that indirect branches name.
; CHECK-LABEL: indirect:
; CHECK: blt
; CHECK-NOT: ebreak
; CHECK-LABEL: tail:
; CHECK: tail callee
; CHECK-LABEL: by_pointer:
; CHECK: mv t1, a1
; CHECK: jr t1
; CHECK-LABEL: not_tail:
; CHECK: call many
; NONE-LABEL: tail:
; NONE: call callee
; NONE-LABEL: must:
; NONE: tail callee
; DATA: labels:
; DATA-NEXT: .byte 1,0,0,0,0,0,0,0,2
@labels = constant [2 x ptr] [ptr blockaddress(@indirect, %one), ptr blockaddress(@indirect, %two)]
define i32 @indirect(i64 %n) {
  %p = getelementptr [2 x ptr], ptr @labels, i64 0, i64 %n
  %to = load ptr, ptr %p
  indirectbr ptr %to, [label %one, label %two]
one:
  ret i32 1
two:
  ret i32 2
}
define i32 @tail(i32 %x) {
  %y = add i32 %x, 1
  %r = tail call i32 @callee(i32 %y)
  ret i32 %r
}
define i32 @must(i32 %x) {
  %r = musttail call i32 @callee(i32 %x)
  ret i32 %r
}
define i32 @by_pointer(i32 %x, ptr %f) {
  %r = tail call i32 %f(i32 %x)
  ret i32 %r
}
define i32 @not_tail() {
  %r = tail call i32 @many(i64 1, i64 2, i64 3, i64 4, i64 5, i64 6, i64 7, i64 8, i64 9)
  ret i32 %r
}
