# Data, sections, alignment, expressions, symbols.
  .file "directives.c"
  .text
  .globl start
  .type start, @function
start:
  .byte 1, -1, 255, 'a', '\n', -128
  .p2align 3
  .half 0x1234, -2, 65535
  .2byte 7
  .short 8
  .word 0xdeadbeef, -5, start
  .4byte 1+2*3, (1+2)*3, 7/2, -7/2, 7%3, 1<<4, 256>>3, 6&3, 6|1, 6^3, ~0, !5, !0
  .long 1==1, 1!=1, 3<4, 4<=3, 5>2, 5>=6, 1&&0, 1||0, 1<>2
  .quad start, external+16, 0x123456789abcdef0
  .dword -1
  .8byte 'x'
  .size start, .-start
  .data
  .balign 16
table:
  .word end-table, start-start
  .float 1.5, -2.25e10, 0.1, 1e-40
  .double 1.5, -0.0, 3.141592653589793, 1e308
  .ascii "plain\t\"quoted\"\\\n\x41\101\0"
  .asciz "one", "two"
  .string "three"
  .zero 3
  .zero 2, 0xff
  .skip 5
  .space 3, 7
  .fill 3, 2, 0x1234
  .fill 2
  .fill 2, 8, 0x11223344
  .balign 8, 0xaa
  .p2align 4, , 3
  .uleb128 0, 127, 128, 624485
  .sleb128 0, -1, 63, 64, -64, -65, -123456
end:
  .section .rodata.str1.1,"aMS",@progbits,1
.Ltext:
  .asciz "merge me"
  .section .rodata.cst8,"aM",@progbits,8
  .quad 1
  .section .init_array,"aw",@init_array
  .p2align 3
  .quad start
  .section .tdata,"awT",@progbits
  .globl thread1
thread1:
  .word 5
  .type thread1, @object
  .size thread1, 4
  .section .tbss,"awT",@nobits
thread2:
  .zero 8
  .bss
  .p2align 4
buffer:
  .zero 100
  .text
  .section .custom,"ax",@progbits
  .p2align 2
custom:
  nop
  .pushsection .rodata,"a",@progbits
constant:
  .word 42
  .popsection
  nop
  .previous
  nop
  .comm common1, 40, 16
  .comm common2, 4
  .local common3
  .comm common3, 24, 8
  .lcomm common4, 12
  .weak weak1
  .weak weak2
weak1:
  nop
  .hidden hidden1
  .globl hidden1
hidden1:
  nop
  .protected start
  .internal hidden2
  .globl hidden2
hidden2:
  nop
  .set value, 5
  .equ value2, value + 1
value3 = value2 * 2
  .equiv value4, 9
  .word value, value2, value3, value4
  .set value, 6
  .word value
  .set alias, custom
  .globl alias2
  .set alias2, custom + 4
  la a0, alias2
  .word alias, later
  .set later, 77
  .ident "an assembler"
  .section .debug_x,"",@progbits
  .word start
  .2byte end-table
  .text
  .align 4
  nop
  .balign 32
  nop
  .org 0x200
  nop
"quoted name":
  j "quoted name"
  .word .Ltext
  . = . + 8
  nop
  .type start2, %function
start2:
  .size start2, 4
