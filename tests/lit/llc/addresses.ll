; An address that one access uses, or two, is made in two parts; one that more use, or something else, is not.
; RUN: kiln-llc -verify-each -O2 %s -o - | FileCheck %s
; RUN: kiln-llc -O2 -stop-after=schedule-values %s -o %t.mir
; RUN: kiln-llc -O2 -start-after=schedule-values %t.mir -o - | FileCheck %s
; RUN: kiln-llc -O2 -filetype=obj %s -o %t.o
; RUN: llvm-readelf -r %t.o | FileCheck %s --check-prefix=OBJECT
; OBJECT:      R_RISCV_PCREL_HI20 {{.*}} word + 8
; OBJECT-NEXT: R_RISCV_PCREL_LO12_I
; OBJECT-NEXT: R_RISCV_PCREL_LO12_S
@word = external global i64
; CHECK-LABEL: count:
; CHECK:       .Lpcrel_hi[[COUNT:[0-9]+]]:
; CHECK-NEXT:  auipc [[P:[a-z0-9]+]], %pcrel_hi(word+8)
; CHECK:       ld [[V:[a-z0-9]+]], %pcrel_lo(.Lpcrel_hi[[COUNT]])([[P]])
; CHECK:       sd [[V]], %pcrel_lo(.Lpcrel_hi[[COUNT]])([[P]])
define void @count() {
  %p = getelementptr i8, ptr @word, i64 8
  %v = load i64, ptr %p
  %w = add i64 %v, 1
  store i64 %w, ptr %p
  ret void
}

; CHECK-LABEL: fields:
; CHECK:       auipc [[Q:[a-z0-9]+]], %pcrel_hi(word)
; CHECK-NEXT:  addi [[Q]], [[Q]], %pcrel_lo
; CHECK:       ld {{[a-z0-9]+}}, 0([[Q]])
; CHECK:       sd {{[a-z0-9]+}}, 8([[Q]])
define void @fields() {
  %p = getelementptr i8, ptr @word, i64 8
  %v = load i64, ptr @word
  store i64 %v, ptr %p
  ret void
}
