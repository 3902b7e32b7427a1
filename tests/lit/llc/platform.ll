; What code cannot do without is missed at once, all of it, and another calling convention is named.
; RUN: not kiln-llc -mattr=-a,-d %s -o %t.s 2>&1 | FileCheck %s --check-prefix=MISSING
; RUN: not kiln-llc %s -o %t.s 2>&1 | FileCheck %s --check-prefix=ABI
; MISSING: error: code without the extension 'a' is not supported
; MISSING: error: code without the extension 'd' is not supported
; ABI: platform.ll: error: the module is for the calling convention 'lp64', and this compiler makes code for lp64d
define void @f() {
  ret void
}
!llvm.module.flags = !{!0}
!0 = !{i32 1, !"target-abi", !"lp64"}
