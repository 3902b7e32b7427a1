# Call frame information: every directive, in both sections.
 .cfi_sections .eh_frame, .debug_frame
 .text
 .globl f
f:
 .cfi_startproc
 addi sp, sp, -16
 .cfi_def_cfa_offset 16
 sd ra, 8(sp)
 .cfi_offset ra, -8
 call g
 .cfi_restore ra
 .cfi_remember_state
 .cfi_def_cfa s0, 32
 .skip 100
 .cfi_restore_state
 .cfi_def_cfa_offset 32
 .cfi_adjust_cfa_offset 8
 .cfi_rel_offset s1, 0
 .cfi_def_cfa_register sp
 .cfi_undefined s2
 .cfi_same_value s3
 .cfi_register s4, s5
 .cfi_escape 0x0f, 0x03, 0x72, 0x00, 0x06
 .cfi_val_offset s6, 16
 .cfi_val_offset 22, -16
 .cfi_offset fs0, -24
 .cfi_offset 66, -24
 .cfi_offset s7, 16
 .skip 1000
 .cfi_def_cfa_offset 0
 call g
 .cfi_restore v3
 .p2align 4
 .cfi_def_cfa_offset 16
 ret
 .cfi_endproc
 .globl h
h:
 .cfi_startproc
 .cfi_personality 155, DW.ref.__gxx_personality_v0
 .cfi_lsda 27, .Lexc
 .cfi_def_cfa_offset 0
 nop
 .cfi_endproc
m:
 .cfi_startproc
 call h
 .skip 70000
 .cfi_def_cfa_offset 16
 .cfi_endproc
i:
 .cfi_startproc
 .cfi_personality 0, __gxx_personality_v0
 .cfi_lsda 0, .Lexc
 nop
 .cfi_endproc
 .section .text.other, "ax", @progbits
 .p2align 2
 .cfi_startproc
 nop
 .cfi_endproc
 .section .gcc_except_table,"a",@progbits
.Lexc:
 .byte 1
