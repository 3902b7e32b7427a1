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
#
# The code is kept short on purpose: a cold instruction cache line costs about as much as seven k steps.

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
    .equ RAW_PITCH, __machine_vlen / 8           # of a panel of B before packing: a row a register
    .equ QUAD, 4 * COLUMNS                       # bytes of one packed group of four k
    .equ STAGE_PITCH, 4 * COLUMNS
    .equ STAGE, ROWS * STAGE_PITCH               # bytes of a staged block of C
    .equ C_BLOCK, ROWS * N * 4                   # bytes between two blocks of a panel in C
    .equ PIECE, K / 8                            # k rows in one of the pieces in which the first two blocks come

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
    .balign RAW_PITCH                            # a small machine: packed and raw share a bank
    .endif
raw_b:
    .space K * RAW_PITCH                         # the next panel, its rows as in memory
    .balign BANK
stage_c:
    .space 8 * STAGE

    .section .rodata
    .balign 8
drain_raw:                                       # mode raw32, layout rows, no parameters
    .zero 64

# Stack frame: by block m, the ids of the transfers that fill A's blocks and of those that empty the stages; 8 * the block
# of a_area that is fetched next; the end of A; the saved registers.
    .equ ID_A, 0
    .equ ID_C, 64
    .equ NEXT_A, 128
    .equ END_A, 136
    .equ SAVED, 144
    .equ FRAME, 256

# Registers that live throughout:
#   s0  where in A the next block to fetch begins    s1  how far blocks of A may be fetched: their places are free
#   s2  zero until block 0 of all has been sent      s3  B's panel that is in use
#   s4  packed panel in use                          s5  where the next panel is packed
#   s6  panels left of this row group                s7  where in C this block goes
#   s8  stage of the block before                    s9  where in C that block goes
#   s10 the next block's place in a_area             s11 id of the raw panel's transfer; 0: there is no next panel
#   a0  8 * m                a1  this block's stage  a2  nonzero: packing is on
#   a4  COLUMNS              a5  ROWS                a6, a7  packing: from, to            t3  A's pitch
#   t0, t1  A's word and the packed quad of this step                                     t2  where t0 pauses
# Dimensions 0 and 1 of the DMA's staging registers are those of a block of C, except within a fetch.

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

# Four k steps, each with registers of its own so that loads run ahead of the tile unit.
    .macro four_steps half
    one_step \half, v0, v8
    one_step \half, v2, v12
    one_step \half, v4, v16
    one_step \half, v6, v20
    .endm

# Packs four rows of a raw panel: columns side by side become the four bytes of a word. In two parts, so that other work may
# hide the load's latency. vl of the second must be COLUMNS bytes.
    .macro load_quad registers
    vl4re8.v \registers, (a6)
    addi a6, a6, 4 * RAW_PITCH
    .endm

    .macro store_quad registers
    vsseg4e8.v \registers, (a7)
    addi a7, a7, QUAD
    .endm

# A subroutine: rounds of four steps until t0 is t2, packing a quad in each when packing is on.
    .macro rounds half
    bnez a2, 2f
1:  four_steps \half
    bne t0, t2, 1b
    ret
2:  load_quad v24
    one_step \half, v0, v8
    one_step \half, v2, v12
    vsetvli zero, a4, e8, m1, ta, ma
    store_quad v24
    vsetvli zero, a5, e32, m2, ta, ma
    one_step \half, v4, v16
    one_step \half, v6, v20
    bne t0, t2, 2b
    ret
    .endm

    .macro drain half
    li t4, STAGE_PITCH
    .if WIDE == 4
    kt.drain.2x4 acc\half, (a1), t4
    .else
    kt.drain.2x2 acc\half, (a1), t4
    .endif
    .endm

# One block of C, in the accumulators from `half` on: K / 4 steps. The drain of the block before, from `other` on, starts behind
# the first step, so that nothing stands between two blocks' steps. What else there is to do is done in the middle.
    .macro block half, other, rounds
    mv t0, s10
    mv t1, s4
    one_step \half, v0, v8, .z
    drain \other
    one_step \half, v2, v12
    jal next_block
    one_step \half, v4, v16
    one_step \half, v6, v20
    beqz a2, 5f
    load_quad v24
    vsetvli zero, a4, e8, m1, ta, ma
    store_quad v24
    vsetvli zero, a5, e32, m2, ta, ma
5:  addi t2, t0, K / 2 - 16
    jal \rounds
    jal fetch
    jal send
    addi t2, t0, K / 2
    jal \rounds
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
    sd ra, SAVED + 8 * 12(sp)

# The first two blocks come in pieces along k, so that computing starts when an eighth of them is there.
#   s0, s3  the next piece in A and B      s10, s5  where it goes       s8  what to do after a piece: fetch_piece or fetch
#   s7  id of the transfer waited for      s11, a1  id of the last transfer, of all pieces' last one
#   s4  the piece in packed_b              s9  its bytes
    li a4, COLUMNS
    li a5, ROWS
    li t3, PITCH
    mv s0, a0
    mv s3, a1
    la s10, a_area
    la s5, raw_b
    li s9, PIECE * COLUMNS
    li t4, 1
    kd.dim 2, t4, zero, zero
    kd.dim 3, t4, zero, zero
    jal fetch_piece
    addi s7, s11, -1
    addi a1, s11, 2 * 7
    jal fetch_piece
    jal fetch_piece
    la s8, fetch_piece
    li t4, GROUP_ROWS * K
    add s1, a0, t4
    li t4, M * K
    add t4, a0, t4
    sd t4, END_A(sp)
    li s6, PANELS
    li a0, 8                                     # for fetch: only A
    mv s2, a2
    li a2, 0
    .irp i, 0, 1, 2, 3, 4, 5, 6, 7
    sd zero, ID_A + 8 * \i(sp)
    sd zero, ID_C + 8 * \i(sp)
    .endr
    li t4, 2 * 8
    sd t4, NEXT_A(sp)
    la t4, drain_raw
    kt.dcfg t4
    la t0, a_area
    la a6, raw_b
    la a7, packed_b
    mv s4, a7
    kt.zero acc0, 2 * HALF
1:  vsetvli zero, a4, e8, m1, ta, ma
    add t1, s4, s9
    kd.wait s7
2:  load_quad v24
    load_quad v28
    store_quad v24
    load_quad v16
    store_quad v28
    load_quad v20
    store_quad v16
    store_quad v20
    bne a7, t1, 2b
    vsetvli zero, a5, e32, m2, ta, ma
    addi s7, s7, 1
    kd.wait s7
    addi s7, s7, 1
    mv t1, s4
    addi t2, t0, PIECE
    jal rounds_even
    mv t1, s4
    li t4, ROWS * PITCH - PIECE
    add t0, t0, t4
    addi t2, t0, PIECE
    jal rounds_odd
    bgtu s7, a1, 3f
    mv s4, t1
    li t4, ROWS * PITCH
    sub t0, t0, t4
    jalr s8
    j 1b

# From here on the registers are as described above, for block 1.
3:  la a1, stage_c
    drain 0
    li a0, 0
    jal fetch
    la s4, packed_b
    li t4, PACKED_BYTES
    add s5, s4, t4
    la s10, a_area + 2 * ROWS * PITCH
    li t4, STAGE
    add a1, a1, t4
    li t4, C_BLOCK
    add s7, s2, t4
    li s2, 0
    li a0, 8

.Leven_block:
    .if HALF == 8
    block 0, 8, rounds_even
    block 8, 0, rounds_odd
    .else
    block 0, 4, rounds_even
    block 4, 0, rounds_odd
    .endif
    li t4, 7 * 8
    beq a0, t4, .Lpanel_done
    li t4, 3 * 8
    bne a0, t4, .Leven_block
    beqz s11, .Leven_block
    kd.wait s11                                  # from block 4 on the next panel is packed, a quad a round
    la a6, raw_b
    mv a7, s5
    li a2, 1
    j .Leven_block

rounds_even:
    rounds 0
rounds_odd:
    .if HALF == 8
    rounds 8
    .else
    rounds 4
    .endif

.Lpanel_done:
    mv t4, s4
    mv s4, s5
    mv s5, t4
    li a2, 0
    li t4, 1
    bne s6, t4, .Leven_block
    ld t4, END_A(sp)
    bne s1, t4, .Leven_block

# That was the last block of all.
    .if HALF == 8
    drain 8
    .else
    drain 4
    .endif
    jal next_block
    jal send
    kd.wait t4
    .irp i, 0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11
    ld s\i, SAVED + 8 * \i(sp)
    .endr
    ld ra, SAVED + 8 * 12(sp)
    addi sp, sp, FRAME
    ret

# Fetches one piece of the first panel of B, and of A for two blocks.
fetch_piece:
    kd.src s3
    kd.dst s5
    kd.dim 0, a4, zero, zero
    li t4, PIECE
    li t5, N
    li t6, RAW_PITCH
    kd.dim 1, t4, t5, t6
    kd.start t6
    kd.src s0
    kd.dst s10
    kd.dim 0, t4, zero, zero
    li t5, 2 * ROWS
    li t6, K
    kd.dim 1, t5, t6, t3
    kd.start s11
    add s0, s0, t4
    add s10, s10, t4
    li t5, PIECE * N
    add s3, s3, t5
    li t5, PIECE * RAW_PITCH
    add s5, s5, t5
    bne s11, a1, 1f
    li t4, 2 * ROWS * K - K                      # all are on their way: A goes on with block 2
    add s0, s0, t4
    li t4, K * N
    sub s3, s3, t4
    la s8, fetch
1:  ret

# Moves on by one block.
next_block:
    mv s8, a1
    mv s9, s7
    addi a0, a0, 8
    li t4, ROWS * PITCH
    add s10, s10, t4
    li t4, STAGE
    add a1, a1, t4
    li t4, C_BLOCK
    add s7, s7, t4
    addi t4, a0, -7 * 8
    bltz t4, 1f
    la s10, a_area
    beqz t4, 1f
    la s10, a_area + ROWS * PITCH                # to the next panel
    li a0, 0
    la a1, stage_c
    li t4, 8 * C_BLOCK - COLUMNS * 4
    sub s7, s7, t4
    addi s6, s6, -1
    bnez s6, 1f
    li s6, PANELS                                # to the next row group
    li t4, GROUP_ROWS * N * 4 - N * 4
    add s7, s7, t4
    li t4, ROWS * K
    add s1, s1, t4
1:  ret

# Fetches what there is room for: in block 0 the panel of B after this one; in every block a block of A. Clobbers t4, t5, t6.
fetch:
    bnez a0, 2f
    li s11, 0
    li t4, 1
    bne s6, t4, 1f
    ld t4, END_A(sp)
    beq s1, t4, 5f                               # the last panel of all
    li t4, PANELS * COLUMNS                      # a new row group begins with the first panel again
    sub s3, s3, t4
1:  addi s3, s3, COLUMNS
    kd.src s3
    la t4, raw_b
    kd.dst t4
    kd.dim 0, a4, zero, zero
    li t4, K
    li t5, N
    li t6, RAW_PITCH
    kd.dim 1, t4, t5, t6
    kd.start s11
    beq s0, s1, 4f
    j 3f
2:  li t4, 1
    bne s6, t4, 2f
    ld t4, END_A(sp)
    beq s1, t4, 2f
    li t4, ROWS * K                              # last panel: the block before was the last to read its part of A
    add s1, s1, t4
2:  beq s0, s1, 5f
3:  kd.src s0
    ld t4, NEXT_A(sp)
    li t5, ROWS * PITCH / 8
    mul t5, t5, t4
    la t6, a_area
    add t5, t5, t6
    kd.dst t5
    li t5, K
    kd.dim 0, t5, zero, zero
    kd.dim 1, a5, t5, t3
    kd.start t5
    add t6, sp, t4
    sd t5, ID_A(t6)
    addi t4, t4, 8
    andi t4, t4, 63
    sd t4, NEXT_A(sp)
    li t4, ROWS * K
    add s0, s0, t4
4:  li t4, STAGE_PITCH
    kd.dim 0, t4, zero, zero
    li t5, N * 4
    kd.dim 1, a5, t4, t5
5:  ret

# Sends the block of C before this one, and waits for what the next block takes for granted: this block's stage is empty, the next
# block of A is there. Clobbers t4, t5, t6; t4 := the transfer's id.
send:
    beqz s2, 2f
1:  kd.src s8
    kd.dst s9
    kd.start t4
    addi t5, a0, -8
    andi t5, t5, 63
    add t5, sp, t5
    sd t4, ID_C(t5)
    add t5, sp, a0
    ld t5, ID_C(t5)
    addi t6, a0, 8
    andi t6, t6, 63
    add t6, sp, t6
    ld t6, ID_A(t6)
    kd.wait t5
    kd.wait t6
    ret
2:  li s2, 1                                     # block 2 of all: nobody has sent block 0
    li t4, STAGE
    sub t4, s8, t4
    kd.src t4
    li t4, C_BLOCK
    sub t4, s9, t4
    kd.dst t4
    kd.start t4
    sd t4, ID_C(sp)
    j 1b
    .size matmul_i8_kernel, . - matmul_i8_kernel
