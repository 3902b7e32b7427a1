; Everything that cannot be compiled is listed in one run, with its place and reason, and nothing is written.
; RUN: rm -f %t.s
; RUN: not kiln-llc -O0 %s -o %t.s 2>&1 | FileCheck %s
; RUN: not test -e %t.s
@indirect = ifunc void (), ptr @resolver
define ptr @resolver() {
  ret ptr null
}

; CHECK-DAG: error: indirect function 'indirect' is not supported
; CHECK-DAG: in function 'spaces': error: parameter 1: address spaces other than 0 are not supported
; CHECK-DAG: in function 'wide': error: integers wider than 128 bits are not supported: %m = mul i256
; CHECK-DAG: in function 'atomics': error: {{.*}}: %v = load atomic i128
; CHECK-DAG: in function 'tail': error: a call that must be a tail call, with arguments on the stack
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
  %v = load atomic i128, ptr %p seq_cst, align 16
  ret void
}
define void @tail(i64 %a, i64 %b, i64 %c, i64 %d, i64 %e, i64 %f, i64 %g, i64 %h, i64 %i) {
  musttail call void @tail(i64 %a, i64 %b, i64 %c, i64 %d, i64 %e, i64 %f, i64 %g, i64 %h, i64 %i)
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
