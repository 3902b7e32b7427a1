; Everything that cannot be compiled is listed in one run, with its place and reason, and nothing is written.
; RUN: rm -f %t.s
; RUN: not kiln-llc -O0 %s -o %t.s 2>&1 | FileCheck %s
; RUN: not test -e %t.s
@indirect = ifunc void (), ptr @resolver
@another = ifunc void (), ptr @resolver
@own = thread_local global i32 1
@place = global [2 x ptr] [ptr null, ptr getelementptr (i8, ptr @own, i64 4)]
define ptr @resolver() {
  ret ptr null
}

; CHECK-DAG: error: indirect function 'indirect' is not supported
; CHECK-DAG: in function 'spaces': error: parameter 1: address spaces other than 0 are not supported
; CHECK-DAG: in function 'wide': error: integers wider than 128 bits are not supported: %m = mul i256
; CHECK-DAG: error: indirect function 'another' is not supported
; CHECK-DAG: error: the initializer of 'place' holds the address of 'own', of which each thread has its own
; CHECK-DAG: in function 'atomics': error: atomic read-modify-write operations for which the library has no function {{.*}}: %v = atomicrmw max
; CHECK-DAG: in function 'atomics': error: atomic read-modify-write operations for which the library has no function {{.*}}: %w = atomicrmw add
; CHECK-DAG: in function 'tail': error: a call that must be a tail call, with vectors
; CHECK-DAG: in function 'variable': error: a call that must be a tail call and passes on variable arguments
; CHECK-DAG: in function 'labels': error: inline assembly that jumps to labels is not supported: callbr
; CHECK-DAG: in function 'labels': error: inline assembly that jumps to labels is not supported: callbr void asm sideeffect "second
; CHECK-DAG: source.c:12:7: error: integers wider than 128 bits are not supported
; CHECK-DAG: in function 'assembly': error: inline assembly: the constraint '^vr' is not supported
define void @spaces(ptr addrspace(3) %p) {
  ret void
}
define i64 @wide(i64 %x) {
  %a = zext i64 %x to i256
  %m = mul i256 %a, %a
  %r = trunc i256 %m to i64
  ret i64 %r
}
define void @atomics(ptr %p) {
  %v = atomicrmw max ptr %p, i128 1 seq_cst, align 16
  %w = atomicrmw add ptr %p, i32 1 seq_cst, align 2
  ret void
}
define void @tail(ptr byval(i64) %a) {
  musttail call void @tail(ptr byval(i64) %a)
  ret void
}
define void @variable(ptr %a, ...) {
  musttail call void (ptr, ...) @variable(ptr %a, ...)
  ret void
}
define void @labels(i32 %x) {
  callbr void asm sideeffect "first $0, ${1:l}", "r,!i"(i32 %x) to label %a [label %b]
a:
  callbr void asm sideeffect "second $0, ${1:l}", "r,!i"(i32 %x) to label %b [label %b]
b:
  ret void
}
define void @placed(i64 %n) !dbg !3 {
  %p = zext i64 %n to i200, !dbg !5
  ret void, !dbg !5
}
define void @assembly() {
  call void asm sideeffect "nop", "^vr"(i32 1)
  ret void
}
!llvm.dbg.cu = !{!0}
!llvm.module.flags = !{!2}
!0 = distinct !DICompileUnit(language: DW_LANG_C99, file: !1, emissionKind: LineTablesOnly)
!1 = !DIFile(filename: "source.c", directory: "/")
!2 = !{i32 2, !"Debug Info Version", i32 3}
!3 = distinct !DISubprogram(name: "placed", file: !1, line: 10, type: !4, unit: !0, spFlags: DISPFlagDefinition)
!4 = !DISubroutineType(types: !{})
!5 = !DILocation(line: 12, column: 7, scope: !3)
