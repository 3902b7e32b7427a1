# Numbers that wait for layout: LEB128 distances and quotients of distances.
 .text
f:
 beqz a0, far
.Lf:
 call g
.Lg:
 nop
 .skip 5000
far:
 ret
.Lend:
 .data
 .uleb128 far-f
 .uleb128 .Lend-far
 .sleb128 .Lend-far
 .uleb128 after-before
before:
 .skip 120
 .uleb128 after-before
 .skip 4
after:
 .word (.Ltail-.Lhead)/4
 .byte (.Ltail-.Lhead)*2
 .half (.Ltail-.Lhead)>>1&0xff
.Lhead:
 .skip 12
.Ltail:
 .uleb128 5, 128
 .sleb128 -1, -65
 .uleb128 (.Ltail-.Lhead)/4
 .section .debug_info, "", @progbits
.Lstart:
 .word .Lstop-.Lstart
 .word .debug_info
 .word .debug_abbrev
.Lstop:
 .section .debug_abbrev, "", @progbits
 .byte 0
