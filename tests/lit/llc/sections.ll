; Thread-local variables, functions around main, groups, and sections of their own.
; RUN: kiln-llc -O2 %s -o - | FileCheck %s
; RUN: kiln-llc -O2 -function-sections -data-sections %s -o - | FileCheck %s --check-prefix=SPLIT
; RUN: kiln-llc -O2 -filetype=obj %s -o %t.o
; RUN: llvm-readobj -S -r -g -s %t.o | FileCheck %s --check-prefix=OBJECT
@own = thread_local global i32 7
@zero = thread_local(localexec) global [4 x i64] zeroinitializer
@llvm.global_ctors = appending global [2 x { i32, ptr, ptr }] [{ i32, ptr, ptr } { i32 65535, ptr @start, ptr null }, { i32, ptr, ptr } { i32 101, ptr @start, ptr null }]
@llvm.global_dtors = appending global [1 x { i32, ptr, ptr }] [{ i32, ptr, ptr } { i32 65535, ptr @start, ptr null }]
$shared = comdat any
$key = comdat any
@constant = linkonce_odr constant i32 5, comdat($key)
; CHECK-LABEL: address:
; CHECK: lui a0, %tprel_hi(own)
; CHECK-NEXT: add a0, a0, tp, %tprel_add(own)
; CHECK-NEXT: addi a0, a0, %tprel_lo(own)
; OBJECT-DAG: R_RISCV_TPREL_HI20 own
; OBJECT-DAG: R_RISCV_TPREL_ADD own
; OBJECT-DAG: R_RISCV_TPREL_LO12_I own
; SPLIT: .section .text.address,"ax",@progbits
define ptr @address() {
  %p = call ptr @llvm.threadlocal.address.p0(ptr @own)
  ret ptr %p
}
define internal void @start() {
  ret void
}
; CHECK: .section .text.shared,"axG",@progbits,shared,comdat
define linkonce_odr i32 @shared(ptr %p) comdat {
  %v = load i32, ptr @constant
  ret i32 %v
}
define i32 @user() {
  %r = call i32 @shared(ptr @zero)
  ret i32 %r
}
; CHECK: .section .tdata,"awT",@progbits
; CHECK: .section .tbss,"awT",@nobits
; CHECK: .section .init_array,"aw",@init_array
; CHECK: .section .init_array.00101,"aw",@init_array
; CHECK: .section .fini_array,"aw",@fini_array
; CHECK: .section .rodata.constant,"aG",@progbits,key,comdat
; SPLIT: .section .tdata.own,"awT",@progbits
; OBJECT-DAG: Type: SHT_INIT_ARRAY
; OBJECT-DAG: Signature: shared
; OBJECT-DAG: Signature: key
