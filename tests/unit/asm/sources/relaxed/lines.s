# Rows of line tables with every option.
 .file "lines.c"
 .file 0 "/src" "lines.c" md5 0x0123456789abcdef0123456789abcdef
 .file 1 "/src/include" "lines.h" md5 0x00000000000000000000000000000001
 .file 2 "other.h" md5 0xffffffffffffffffffffffffffffffff
 .file 3 "/src" "same.h" md5 0x2
 .file 4 "sub/other.h" md5 0x3
 .text
f:
 .loc 0 1 0
 nop
 .loc 0 2 5 prologue_end
 nop
 .loc 0 3
 .loc 1 4 7 is_stmt 0
 call g
 .loc 1 400 7
 nop
 .loc 2 1 1 basic_block
 .skip 300
 nop
 .loc 2 1 2 discriminator 300
 nop
 .loc 2 2 2 isa 3 is_stmt 1
 beqz a0, f
 .loc 4 2 2 epilogue_begin
 .p2align 3
 ret
 .section .text.second, "ax", @progbits
 .p2align 2
 .loc 0 20 1
 nop
 .loc 0 21 1
 .skip 17
 nop
 .text
 .loc 3 30
 .word 5
 .loc 3 31
 nop
 .skip 70000
