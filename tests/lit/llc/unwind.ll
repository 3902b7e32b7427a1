; Frames for unwinders: a function that wants a table gets one in .eh_frame, others none.
; RUN: kiln-llc -O2 %s -o - | FileCheck %s
; RUN: kiln-llc -O2 -filetype=obj %s -o %t.o
; RUN: llvm-dwarfdump --eh-frame %t.o | FileCheck %s --check-prefix=FRAMES
; RUN: kiln-llc -O0 -filetype=obj %s -o %t0.o && kiln-ld -r %t0.o -o %t1.o
; RUN: llvm-dwarfdump --eh-frame %t0.o | FileCheck %s --check-prefix=FRAMES
; RUN: kiln-llc -O0 %s -o - | FileCheck %s --check-prefix=SECTIONS
; SECTIONS: .cfi_sections .eh_frame
; CHECK: .cfi_sections .eh_frame
declare void @callee(ptr)
; CHECK-LABEL: described:
; CHECK: .cfi_startproc
; CHECK: .cfi_def_cfa_offset [[N:[0-9]+]]
; CHECK: sd ra,
; CHECK-NEXT: .cfi_offset 1, -8
; CHECK: call callee
; CHECK: .cfi_restore 1
; CHECK: .cfi_def_cfa_offset 0
; CHECK: .cfi_endproc
; FRAMES: FDE
; FRAMES: CFA=X2+{{[0-9]+}}: X1=[CFA-8]
; FRAMES-NOT: FDE
define void @described() uwtable {
  %p = alloca [4 x i64]
  call void @callee(ptr %p)
  ret void
}
; CHECK-LABEL: plain:
; CHECK-NOT: cfi
define void @plain() {
  %p = alloca [4 x i64]
  call void @callee(ptr %p)
  ret void
}
