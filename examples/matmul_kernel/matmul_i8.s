# C = A * B for 256 x 256 matrices, int8 by int8 into int32, by hand: tile unit, scratchpad and double-buffered DMA.
#
#   void matmul_i8_kernel(const int8_t A[256][256], const int8_t B[256][256], int32_t C[256][256]);
#
# One source for every machine: all sizes follow from the machine description (__machine_*).
#
# How the work is cut. A block of C is 2T rows by WIDE*T columns and lives in one half of the accumulators; while one half
# computes the other drains. A panel is a column of 8 blocks, which share WIDE*T columns of B. Row group g is the
# 16T rows of A that the 8 blocks of a panel need; it stays in the scratchpad while all panels pass over it.
#
#   for each row group g, for each panel n, for each block m in 0 .. 7:
#     accumulators := sum over k of A[rows of m][k .. k+3] (x) B[k .. k+3][columns of n]
#
# kt.mopa wants four consecutive k of one row (or column) in a 32-bit word. A has them so in memory: a strided load
# with a pitch of K + 4 bytes (an odd number of words) picks a word from each of 2T rows without a lane conflict.
# B does not: each panel is packed first, four rows interleaved by a segment store, in the shadow of the blocks 4 to 7
# of the panel before it.
#
# DMA order: everything that computing waits for goes first, results leave when there is room. Block m of C is staged
# in the scratchpad in buffer m, and is sent in the middle of the next block, when its drain has long ended.

    .equ M, 256
    .equ N, 256
    .equ K, 256

    .equ T, __machine_vlen / 32
    .equ HALF, __machine_accumulators / 2        # accumulators of one block
    .equ WIDE, HALF / 2                          # a block is 2 x WIDE accumulators
    .equ ROWS, 2 * T                             # of a block
    .equ COLUMNS, WIDE * T
    .equ GROUP_ROWS, 8 * ROWS
    .equ GROUPS, M / GROUP_ROWS
    .equ PANELS, N / COLUMNS
    .equ PITCH, K + 4                            # of A in the scratchpad, in bytes
    .equ QUAD, 4 * COLUMNS                       # bytes of one packed group of four k
    .equ STAGE_PITCH, 4 * COLUMNS
    .equ STAGE, ROWS * STAGE_PITCH               # bytes of a staged block of C
    .equ C_BLOCK, ROWS * N * 4                   # bytes between two blocks of a panel in C
    .equ CHUNK, K / 4                            # k rows in one of the four pieces of the very first block

    .if WIDE != 4 && WIDE != 2
    .error "this kernel wants 16 or 8 accumulators"
    .endif
    .if GROUPS * GROUP_ROWS != M || PANELS * COLUMNS != N
    .error "the blocks of this machine do not divide the matrices"
    .endif

# The scratchpad. Operands that are read in the same cycles lie in different banks.
    .equ BANK, __machine_spm_size / __machine_spm_banks
    .equ A_BYTES, GROUP_ROWS * PITCH
    .equ PACKED_BYTES, K * COLUMNS
    .section .spm.matmul_i8, "aw", @nobits
    .balign BANK
a_area:
    .space A_BYTES
    .balign BANK
packed_b:
    .space 2 * PACKED_BYTES                      # the panel in use and the next
    .if A_BYTES <= BANK
    .balign BANK
    .else
    .balign 4 * T
    .endif
raw_b:
    .space PACKED_BYTES                          # the next panel as it stands in memory
    .balign BANK
stage_c:
    .space 8 * STAGE

    .section .rodata
    .balign 8
drain_raw:                                       # mode raw32, layout rows, no parameters
    .zero 64

# Stack frame: ids of the transfers that fill A's blocks and that empty the stages, then the saved registers.
    .equ ID_A, 0
    .equ ID_C, 64
    .equ SAVED, 128
    .equ FRAME, 240

# Registers that live throughout:
#   s0 A, s1 B, s2 C                             s3 a_area       s4 packed panel in use    s5 the next one
#   s6 where in C the block before panel's first goes            s7 stage_c   s8 id of the raw panel's transfer, 0: none
#   s9 where in C block 0 of this panel goes     s10 panels left of this group            s11 groups left
#   a3 A's next row group's first block in memory                 a4 columns   a5 rows      a6, a7 packing: from, to
#   t3 A's pitch

    .macro outer_product half, a, b, mode
    .if WIDE == 4
    kt.mopa.ss.2x4\mode acc\half, \a, \b
    .else
    kt.mopa.ss.2x2\mode acc\half, \a, \b
    .endif
    .endm

    .macro load_b register, address
    .if WIDE == 4
    vl4re32.v \register, (\address)
    .else
    vl2re32.v \register, (\address)
    .endif
    .endm

    .macro one_step half, a, b, mode
    vlse32.v \a, (t0), t3
    addi t0, t0, 4
    load_b \b, t1
    addi t1, t1, QUAD
    outer_product \half, \a, \b, \mode
    .endm

# Four k steps, each with registers of its own so that loads run ahead of the tile unit. `mode` is .z in the first step of a block.
    .macro four_steps half, mode
    one_step \half, v0, v8, \mode
    one_step \half, v2, v12
    one_step \half, v4, v16
    one_step \half, v6, v20
    .endm

# Packs four rows of a raw panel: columns side by side become the four bytes of a word.
    .macro pack_quad
    vsetvli zero, a4, e8, m1, ta, ma
    addi t4, a6, COLUMNS
    addi t5, a6, 2 * COLUMNS
    addi t6, a6, 3 * COLUMNS
    vle8.v v24, (a6)
    vle8.v v25, (t4)
    vle8.v v26, (t5)
    vle8.v v27, (t6)
    addi a6, a6, 4 * COLUMNS
    vsseg4e8.v v24, (a7)
    addi a7, a7, QUAD
    vsetvli zero, a5, e32, m2, ta, ma
    .endm

# Runs four_steps until t0 reaches t2, packing a quad in each round or not.
    .macro rounds half, packing
100:
    four_steps \half
    .if \packing
    pack_quad
    .endif
    bne t0, t2, 100b
    .endm

    .macro drain half, m
    ld t2, ID_C + 8 * \m(sp)
    kd.wait t2                                   # the stage's last contents have left
    li t4, \m * STAGE
    add t4, s7, t4
    li t5, STAGE_PITCH
    .if WIDE == 4
    kt.drain.2x4 acc\half, (t4), t5
    .else
    kt.drain.2x2 acc\half, (t4), t5
    .endif
    .endm

# Sends stage m to C at t0. Clobbers t1, t2, t4.
    .macro send_block m
    li t1, \m * STAGE
    add t1, s7, t1
    kd.src t1
    kd.dst t0
    li t1, STAGE_PITCH
    kd.dim 0, t1, zero, zero
    li t2, ROWS
    li t4, N * 4
    kd.dim 1, t2, t1, t4
    kd.start t1
    sd t1, ID_C + 8 * \m(sp)
    .endm

# Fetches ROWS rows of A from t0 into block m of a_area, `bytes` of each row from column `first`. Clobbers t1, t2, t4; t1 := id.
    .macro fetch_a m, first, bytes
    li t1, \m * ROWS * PITCH + \first
    add t1, s3, t1
    kd.src t0
    kd.dst t1
    li t1, \bytes
    kd.dim 0, t1, zero, zero
    li t1, ROWS
    li t2, K
    li t4, PITCH
    kd.dim 1, t1, t2, t4
    kd.start t1
    sd t1, ID_A + 8 * \m(sp)
    .endm

# Fetches `rows` rows of a panel of B from t0 to raw_b plus offset t1. Clobbers t1, t2, t4; t1 := id.
    .macro fetch_b rows
    la t2, raw_b
    add t1, t2, t1
    kd.src t0
    kd.dst t1
    li t1, COLUMNS
    kd.dim 0, t1, zero, zero
    li t2, \rows
    li t4, N
    kd.dim 1, t2, t4, t1
    kd.start t1
    .endm

# Fetches block m of the first row group of A.
    .macro fetch_first_group m
    li t0, \m * ROWS * K
    add t0, s0, t0
    fetch_a \m, 0, K
    .endm

# What block m fetches and sends once it is well under way: what is still missing of the first row group, the block
# of C before it, and A for the next row group as its blocks fall free during the last panel.
    .macro transfers m
    .if \m >= 1 && \m <= 3
    ld t0, ID_A + 8 * (\m + 4)(sp)
    bnez t0, 102f                                # fetched before
    fetch_first_group (\m+4)
102:
    .endif
    .if \m == 0
    mv t0, s6
    send_block 7
    .else
    li t0, (\m - 1) * C_BLOCK
    add t0, s9, t0
    send_block (\m-1)
    li t0, 1
    bne s10, t0, 101f                            # not the last panel of the group
    beq s11, t0, 101f                            # no group follows
    li t0, (\m - 1) * ROWS * K
    add t0, a3, t0
    fetch_a (\m-1), 0, K
101:
    .endif
    .endm

    .macro start_block m
    ld t2, ID_A + 8 * \m(sp)
    kd.wait t2
    li t0, \m * ROWS * PITCH
    add t0, s3, t0
    mv t1, s4
    addi t2, t0, K / 2
    .endm

# One block: `half` is its first accumulator.
    .macro block m, half, packing
    start_block \m
    four_steps \half, .z
    .if \packing
    pack_quad
    .endif
    rounds \half, \packing
    mv a0, t0
    mv a1, t1
    transfers \m
    mv t0, a0
    mv t1, a1
    addi t2, t0, K / 2
    rounds \half, \packing
    drain \half, \m
    .endm

    .macro block_even m, packing
    block \m, 0, \packing
    .endm

    .macro block_odd m, packing
    .if HALF == 8
    block \m, 8, \packing
    .else
    block \m, 4, \packing
    .endif
    .endm

    .text
    .globl matmul_i8_kernel
    .type matmul_i8_kernel, @function
    .balign 64
matmul_i8_kernel:
    addi sp, sp, -FRAME
    .irp i, 0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11
    sd s\i, SAVED + 8 * \i(sp)
    .endr
    .irp i, 0, 1, 2, 3, 4, 5, 6, 7
    sd zero, ID_A + 8 * \i(sp)
    sd zero, ID_C + 8 * \i(sp)
    .endr
    mv s0, a0
    mv s1, a1
    mv s2, a2
    la s3, a_area
    la s4, packed_b
    li t0, PACKED_BYTES
    add s5, s4, t0
    la s7, stage_c
    mv s9, s2
    li s10, PANELS
    li s11, GROUPS
    li t0, GROUP_ROWS * K
    add a3, s0, t0
    li a4, COLUMNS
    li a5, ROWS
    li t3, PITCH
    la t0, drain_raw
    kt.dcfg t0
    li t0, 1
    kd.dim 2, t0, zero, zero
    kd.dim 3, t0, zero, zero

# The very first block comes in four pieces along k, so that computing starts when a quarter of it is there.
    .irp piece, 0, 1, 2, 3
    li t0, \piece * CHUNK * N
    add t0, s1, t0
    li t1, \piece * CHUNK * COLUMNS
    fetch_b CHUNK
    mv s6, t1
    addi t0, s0, \piece * CHUNK
    fetch_a 0, (\piece*CHUNK), CHUNK
    .endr
    addi s8, s6, -6                              # id of the first piece of B; A's piece has the next id
    la a6, raw_b
    mv a7, s4
    vsetvli zero, a5, e32, m2, ta, ma
    mv a0, s3
    mv a1, s4
    .irp piece, 0, 1, 2, 3
    kd.wait s8
    .rept CHUNK / 4
    pack_quad
    .endr
    addi s8, s8, 1
    kd.wait s8
    addi s8, s8, 1
    fetch_first_group (\piece+1)
    mv t0, a0
    mv t1, a1
    addi t2, t0, CHUNK
    .if \piece == 0
    four_steps 0, .z
    .endif
    rounds 0, 0
    mv a0, t0
    mv a1, t1
    .endr
    drain 0, 0
    j .Lafter_block_0

.Lpanel:
    block_even 0, 0
.Lafter_block_0:
# Block 1 opens with the fetch of the next panel of B: 0 in s8 says that there is none.
    li s8, 0
    addi t0, s10, -1
    bnez t0, .Lnext_panel_of_group
    li t0, 1
    beq s11, t0, .Lno_next_panel
    mv t0, s1                                    # the next group begins with the first panel again
    j .Lfetch_panel
.Lnext_panel_of_group:
    li t1, PANELS + 1
    sub t1, t1, s10
    li t0, COLUMNS
    mul t0, t0, t1
    add t0, s1, t0
.Lfetch_panel:
    li t1, 0
    fetch_b K
    mv s8, t1
.Lno_next_panel:
    block_odd 1, 0
    block_even 2, 0
    block_odd 3, 0
    beqz s8, .Lplain
    kd.wait s8
    la a6, raw_b
    mv a7, s5
    block_even 4, 1
    block_odd 5, 1
    block_even 6, 1
    block_odd 7, 1
    j .Lpanel_done
.Lplain:
    block_even 4, 0
    block_odd 5, 0
    block_even 6, 0
    block_odd 7, 0
.Lpanel_done:
    li t0, 7 * C_BLOCK
    add s6, s9, t0                               # where block 7, still draining, will go
    mv t0, s4
    mv s4, s5
    mv s5, t0
    addi s9, s9, COLUMNS * 4
    addi s10, s10, -1
    bnez s10, .Lpanel
    addi s11, s11, -1
    beqz s11, .Lfinish
# The next row group: C moves on by its rows, and A's last block follows those fetched during the last panel.
    li s10, PANELS
    li t0, GROUP_ROWS * N * 4 - N * 4
    add s9, s9, t0
    li t0, 7 * ROWS * K
    add t0, a3, t0
    fetch_a 7, 0, K
    li t0, GROUP_ROWS * K
    add a3, a3, t0
    j .Lpanel

.Lfinish:
    mv t0, s6
    send_block 7
    kd.wait t1
    .irp i, 0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11
    ld s\i, SAVED + 8 * \i(sp)
    .endr
    addi sp, sp, FRAME
    ret
    .size matmul_i8_kernel, . - matmul_i8_kernel
