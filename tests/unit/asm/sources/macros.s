# Macros, repetitions and conditions.
  .text
.macro save reg, offset=8, kind
  s\kind \reg, \offset(sp)
.endm
.macro many first, rest:vararg
  .word \first
  .ifnb \rest
  many \rest
  .endif
.endm
.macro unique
loop\@:
  addi a0, a0, -1
  bnez a0, loop\@
.endm
.macro joined base, suffix
  add\suffix a0, a0, a1
\base\()_label:
  v\base\().vv v1, v2, v3
.endm
.macro inner x
  li a0, \x
.endm
.macro outer x, y=3
  inner \x
  inner (\x + \y)
.endm
.macro stop x
  nop
  .if \x
  .exitm
  .endif
  ebreak
.endm
.macro text string
  .asciz \string
.endm
  save ra, 16, d
  save a0, kind=w
  save reg=a1, kind=b, offset=4
  many 1, 2, 3, 4
  unique
  unique
  joined mul, w
  outer 4
  outer 5, 6
  stop 1
  stop 0
  .rept 3
  nop
  .rept 2
  ebreak
  .endr
  .endr
  .irp r, a0, a1, a2
  mv \r, \r
  .endr
  .irpc d, 0123
  li a0, \d
  .endr
  .set counter, 0
  .rept 4
  .word counter
  .set counter, counter + 1
  .endr
  .if counter == 4
  .word 100
  .else
  .word 200
  .endif
  .ifdef counter
  .ifndef missing
  .word 300
  .endif
  .endif
  .if 0
  .word 400
  unknown instructions here "and strings"
  .if 1
  .else
  .endif
  .elseif counter > 3
  .word 500
  .elseif 1
  .word 600
  .else
  .word 700
  .endif
  .ifc a b, a b
  .word 800
  .endif
  .ifnc x, y
  .word 900
  .endif
  .ifeq counter - 4
  .word 1000
  .endif
  .purgem stop
1: nop; 2: nop; j 1b; j 2b; j 1f; j 2f
1: nop
2: nop
1: j 1b # the nearest
/* a comment
   over lines */ nop // and another
