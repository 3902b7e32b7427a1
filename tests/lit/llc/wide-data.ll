; Initialized data of 65 to 128 bits; what stands above the bits of odd widths is zero.
; RUN: kiln-llc -O1 %s -o - | FileCheck %s
; CHECK-LABEL: constants:
; CHECK-NEXT: .byte 254,255,255,255,255,255,255,255,255,255,255,255,255,255,255,255
@constants = global i128 -2

; CHECK-LABEL: odd:
; CHECK-NEXT: .byte 255,255,255,255,255,255,255,255,63
@odd = global i70 -1
