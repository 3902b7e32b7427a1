.macro push reg, size=8, rest:vararg
  addi sp, sp, -\size
  sd \reg, 0(sp)
  .ifnb \rest
  push \rest
  .endif
label\@:
.endm
push a0
push reg=a1, size=16
.rept 3
  .irp r, a0, a1
    mv \r, \r
  .endr
.endr
.irpc c, 123
  li a\c, 0x\c\()000
.endr
.if 1 + 2 * 3 == 7
  nop
.elseif 2
  .error "no"
.else
  .byte 1
.endif
.ifdef __machine_vlen
  li a0, __machine_vlen / 8
.endif
1: beqz a0, 1b
   j 1f
1: .set x, . - 1b
.skip x
.purgem push
