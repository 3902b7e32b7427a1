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
# The two ends, where the tile unit would wait for DRAM, are cut finer. At the start blocks 0 and 1 come in 8 pieces along k, and
# are computed together as the pieces come. At the end the last block is computed in two halves of its columns, so that only
# one half is left to drain and to send.
#
# DMA order: everything that computing waits for goes first, results leave when there is room. Block m of C is staged
# in the scratchpad in buffer m, and is sent in the middle of the next block, when its drain has ended.
#
# Where the code is: the start moves itself to the scratchpad, where it costs one beat of DRAM for so many bytes and no line of the
# instruction cache is cold. The rest stays in DRAM behind that cache, whose hits cost nothing; its lines are touched in the
# order of their use before they are needed. README.md has the figures.

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
    .equ LATE, 3                                 # block 0 of all is sent so many blocks late: A is more urgent
    .equ PIECE, K / 8                            # k rows in one of the pieces in which the first two blocks come

    .if WIDE != 4 && WIDE != 2
    .error "this kernel wants 16 or 8 accumulators"
    .endif
    .if GROUPS * GROUP_ROWS != M || PANELS * COLUMNS != N
    .error "the blocks of this machine do not divide the matrices"
    .endif
    .if K != N
    .error "the entry takes A's pitch for B's"
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
    .space PACKED_BYTES                          # a panel in use, or the next
    .balign BANK
other_packed_b:
    .space PACKED_BYTES
    .if A_BYTES <= BANK                          # else it is a small machine, and some share a bank
    .balign BANK
    .endif
raw_b:
    .space K * RAW_PITCH                         # the next panel, its rows as in memory
stage_c:
    .space 8 * STAGE

    .section .rodata
    .balign 8
drain_raw:                                       # mode raw32, layout rows, no parameters
    .zero 64

# Stack frame: by block m, the ids of the transfers that fill A's blocks and of those that empty the stages; 8 * the block
# of a_area that is fetched next; the end of A; the id of the second half of A for block 2;
# the saved registers.
    .equ ID_A, 0
    .equ ID_C, 64
    .equ NEXT_A, 128
    .equ END_A, 136
    .equ ID_HALF, 144
    .equ SAVED, 152
    .equ FRAME, 256

# Registers from block 2 on:
#   s0  where in A the next block to fetch begins    s1  how far blocks of A may be fetched: their places are free
#   s2  blocks until block 0 of all is sent, or 0    s3  B's panel that is in use
#   s4  packed panel in use                          s5  where the next panel is packed
#   s6  panels left of this row group                s7  where in C this block goes
#   s8  stage of the block before                    s9  where in C that block goes
#   s10 the next block's place in a_area             t3  A's pitch
#   s11 id of the transfer of the raw panel's first half; 0: there is no next panel; -1: not asked for yet
#   a0  8 * m                a1  this block's stage  a2  0, or packing is on: id of the raw panel's second half
#   a4  COLUMNS              a5  ROWS                a6, a7  packing: from, to
#   t0, t1  A's word and the packed quad of this step
#   t6  from send on: id of the transfer that fills the next block of A
# Dimensions 0 and 1 of the DMA's staging registers are those of a block of C, except within a fetch.

# An address in the scratchpad. `la` counts from the pc, which is not where the linker thinks once the code has moved; between
# places that move together it is right.
    .macro place register, address
    lui \register, %hi(\address)
    addi \register, \register, %lo(\address)
    .endm

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

# Two quads, when packing is on.
    .macro load_quads
    beqz a2, 1f
    load_quad v24
    load_quad v28
1:
    .endm

    .macro store_quads
    beqz a2, 2f
    vsetvli zero, a4, e8, m1, ta, ma
    store_quad v24
    store_quad v28
    vsetvli zero, a5, e32, m2, ta, ma
2:
    .endm

# A subroutine: eight steps, with registers that let loads run four steps ahead of the tile unit. It packs two quads when packing
# is on. It is also entered behind its first step. Straight on, since the end of a loop would be mispredicted.
    .if WIDE == 4
    .macro eight_steps name, half, next
eight_\name:
    one_step \half, v0, v8
eight_but_one_\name:
    touch_within \name\()_0, \name\()_1
    load_quads
    one_step \half, v2, v12
    one_step \half, v4, v16
    touch_within \name\()_1, \name\()_2
    one_step \half, v6, v20
    one_step \half, v0, v8
    store_quads
    touch_within \name\()_2, \next
    one_step \half, v2, v12
    one_step \half, v4, v16
    one_step \half, v6, v20
    ret
    .endm
    .else
# Where a block needs fewer registers there is room for longer loads, A for four steps and B for two: half the instructions, for a
# machine that issues one a cycle.
    .macro four_steps half, a0, a1, a2, a3
    vlsseg4e32.v \a0, (t0), t3
    addi t0, t0, 16
    vl4re32.v v16, (t1)
    addi t1, t1, 2 * QUAD
    outer_product \half, \a0, v16
    outer_product \half, \a1, v18
    vl4re32.v v20, (t1)
    addi t1, t1, 2 * QUAD
    outer_product \half, \a2, v20
    outer_product \half, \a3, v22
    .endm

    .macro eight_steps name, half, next
eight_\name:
    four_steps \half, v0, v2, v4, v6
    load_quads
    four_steps \half, v8, v10, v12, v14
    store_quads
    ret
    touch \name\()_0, \name\()_1
    touch \name\()_1, \name\()_2
    touch \name\()_2, \next
eight_but_one_\name:
    one_step \half, v2, v18
    one_step \half, v4, v20
    one_step \half, v6, v22
    load_quads
    four_steps \half, v8, v10, v12, v14
    store_quads
    ret
    .endm
    .endif

# A k step of blocks 0 and 1, which share the columns of B.
    .macro both_steps a, other_a, b
    vlse32.v \a, (t0), t3
    addi t0, t0, 4
    vlse32.v \other_a, (t2), t3
    addi t2, t2, 4
    load_b \b, t1
    addi t1, t1, QUAD
    outer_product 0, \a, \b
    .if HALF == 8
    outer_product 8, \other_a, \b
    .else
    outer_product 4, \other_a, \b
    .endif
    .endm

# Packs a piece of the first panel, the store a quad behind the load.
    .macro pack_piece
    load_quad v24
    .rept PIECE / 8 - 1
    load_quad v28
    store_quad v24
    load_quad v24
    store_quad v28
    .endr
    load_quad v28
    store_quad v24
    store_quad v28
    .endm

# Warming the instruction cache. There is a `touch` in each line of hot code: called, it only returns, but with its first use the cache
# asks for the line behind, which so is there when its turn comes. a3 goes from one to the next. Stands behind a jump or a return.
    .macro touch place, next
touch_\place:
    addi a3, a3, touch_\next - touch_\place
    ret
    .endm

# The same within straight code.
    .macro touch_within place, next
    j 3f
    touch \place, \next
3:
    .endm

# Fetches a block of A.
    .macro fetch_a
    kd.src s0
    ld t4, NEXT_A(sp)
    li t5, ROWS * PITCH / 8
    mul t5, t5, t4
    place t6, a_area
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
    .endm

# Fetches what there is room for: once in each panel the panel of B after it, in halves along k; in every block a block of A.
# Clobbers t4, t5, t6.
    .macro fetch_next
    li t4, 1
    bltz s11, 5f
    bne s6, t4, 2f
    ld t4, END_A(sp)
    beq s1, t4, 2f
    li t4, ROWS * K                              # last panel: the block before was the last to read its part of A
    add s1, s1, t4
2:  bne s0, s1, 3f                           # mostly all of A is there
    ret
3:  fetch_a
4:  li t4, STAGE_PITCH
    kd.dim 0, t4, zero, zero
    li t5, N * 4
    kd.dim 1, a5, t4, t5
    ret
5:  li s11, 0                                    # the panel of B
    bne s6, t4, 1f
    ld t4, END_A(sp)
    beq s1, t4, 4b                               # the last panel of all
    li t4, PANELS * COLUMNS                      # a new row group begins with the first panel again
    sub s3, s3, t4
1:  addi s3, s3, COLUMNS
    kd.src s3
    place t4, raw_b
    kd.dst t4
    kd.dim 0, a4, zero, zero
    li t5, K / 2
    li t6, N
    li s11, RAW_PITCH
    kd.dim 1, t5, t6, s11
    kd.start s11
    li t5, K / 2 * RAW_PITCH
    add t4, t4, t5
    kd.dst t4
    li t5, K / 2 * N
    add t5, s3, t5
    kd.src t5
    kd.start t5
    beq s0, s1, 4b
    j 3b
    .endm

    .macro drain half, to
    li t4, STAGE_PITCH
    .if WIDE == 4
    kt.drain.2x4 acc\half, (\to), t4
    .else
    kt.drain.2x2 acc\half, (\to), t4
    .endif
    .endm

# One block of C, in the accumulators from `half` on: K / 4 steps. The drain of the block before, from `other` on, starts behind
# the first step, so that nothing stands between two blocks' steps. What else there is to do is done in the middle.
    .macro block name, half, other, next
    mv t0, s10
    mv t1, s4
    one_step \half, v0, v8, .z
    drain \other, a1
    jal eight_but_one_\name
    jal next_block
    jal eight_\name
    jal eight_\name
    .if WIDE == 4
    call moved_code + (fetch_moved - code)
    .else
    jal fetch
    .endif
    touch_within \name\()_block, \next
    jal eight_\name
    jal send
    .rept K / 32 - 4
    jal eight_\name
    .endr
    kd.wait t6
    .endm

# A k step for half of a block's columns, and a subroutine of eight.
    .macro narrow_step accumulators, a, b, mode
    vlse32.v \a, (t0), t3
    addi t0, t0, 4
    .if WIDE == 4
    vl2re32.v \b, (t1)
    .else
    vl1re32.v \b, (t1)
    .endif
    addi t1, t1, QUAD
    .if WIDE == 4
    kt.mopa.ss.2x2\mode acc\accumulators, \a, \b
    .else
    kt.mopa.ss.2x1\mode acc\accumulators, \a, \b
    .endif
    .endm

    .macro eight_narrow_steps name, accumulators, next
eight_\name:
    narrow_step \accumulators, v0, v8
eight_but_one_\name:
    narrow_step \accumulators, v2, v10
    touch_within \name\()_0, \name\()_1
    narrow_step \accumulators, v4, v12
    narrow_step \accumulators, v6, v14
    narrow_step \accumulators, v16, v24
    touch_within \name\()_1, \next
    narrow_step \accumulators, v18, v26
    narrow_step \accumulators, v20, v28
    narrow_step \accumulators, v22, v30
    ret
    .endm

# Drains and sends the upper or lower part of the right half, from a1 to s7.
    .macro last_part accumulators
    .if WIDE == 4
    kt.drain.1x2 acc\accumulators, (a1), t4
    .else
    kt.drain.1x1 acc\accumulators, (a1), t4
    .endif
    kd.src a1
    kd.dst s7
    kd.start t5
    .endm

# The last block: half of its columns leave while the other half is computed, and of that half the upper part leaves while the
# lower is drained. t2: its place in a_area.
    .macro last_block left, right, lower_right
    narrow_step \left, v0, v8, .z
    drain 0, a1
    jal eight_but_one_left
    .rept K / 32 / 8 * 5 - 1
    jal eight_left
    .endr
    touch_within last_block, right_half
    jal next_block                               # now the drain has ended
    jal send
    .rept K / 32 / 8 * 3
    jal eight_left
    .endr
    mv t0, t2
    addi t1, s4, QUAD / 2
    narrow_step \right, v0, v8, .z
    li t4, STAGE_PITCH
    .if WIDE == 4
    kt.drain.2x2 acc\left, (a1), t4
    .else
    kt.drain.2x1 acc\left, (a1), t4
    .endif
    jal eight_but_one_right
    .rept K / 32 / 2 - 1
    jal eight_right
    .endr
    li t5, STAGE_PITCH / 2
    touch_within right_half, last_parts
    kd.dim 0, t5, zero, zero
    kd.src a1
    kd.dst s7
    kd.start t5
    .rept K / 32 / 2
    jal eight_right
    .endr
    addi a1, a1, STAGE_PITCH / 2
    addi s7, s7, STAGE_PITCH / 2
    li t5, T
    li t6, N * 4
    touch_within last_parts, leave
    kd.dim 1, t5, t4, t6
    last_part \right
    li t5, T * STAGE_PITCH
    add a1, a1, t5
    li t5, T * N * 4
    add s7, s7, t5
    last_part \lower_right
    kd.wait t5
    .endm

    .text
    .option rvc
# What follows up to code_end runs in the scratchpad; compressed instructions make it shorter. From the entry it has
#   a0, a1, a2  A, B, C      a3  the next line to touch      a4  COLUMNS      a6  a_area
#   a7  id of piece 0 of B; its piece of A is the next       t1  .Llast_piece         t3  A's pitch      t6  return address
    .balign 64
code:
    addi sp, sp, -FRAME
    .irp i, 0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11
    sd s\i, SAVED + 8 * \i(sp)
    .endr
    sd t6, SAVED + 8 * 12(sp)
    mv s6, t1

# The first two blocks, in pieces. Three pieces are under way before the first has come.
#   s0, s3  the next piece in A and B      s10, s5  where it goes       s8  what to fetch in the middle of this piece
#   s7  id of the transfer waited for      s11, a1  id of the last transfer, of all pieces' last one
#   t0, t2  the word of A, in blocks 0 and 1                            s9  ROWS * PITCH, the distance between them
#   s2  C                                  s6  .Llast_piece, in DRAM
    addi s0, a0, PIECE
    li t4, PIECE * N
    add s3, a1, t4
    addi s10, a6, PIECE
    place s5, raw_b + PIECE * RAW_PITCH
    mv s7, a7
    addi a1, a7, 2 * 8 - 1
    jal fetch_piece
    jal fetch_piece
    la s8, fetch_piece
    mv s2, a2
    li a2, 0
    li a5, ROWS
    mv t0, a6
    place a6, raw_b
    place a7, packed_b
    mv t1, a7
    li s9, ROWS * PITCH
    kt.zero acc0, 2 * HALF
    jalr a3

.Lpiece:
    vsetvli zero, a4, e8, m1, ta, ma
    kd.wait s7
    pack_piece
    vsetvli zero, a5, e32, m2, ta, ma
    addi s7, s7, 1
    beq s7, a1, 1f
    kd.wait s7
    add t2, t0, s9
    both_steps v0, v2, v4
    both_steps v8, v10, v12
    both_steps v16, v18, v20
    jalr a3
    jalr s8
    both_steps v0, v2, v4
    both_steps v8, v10, v12
    both_steps v16, v18, v20
    both_steps v0, v2, v4
    both_steps v8, v10, v12
    addi s7, s7, 1
    j .Lpiece
1:  jr s6                                        # the steady part, in DRAM


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
    la s8, fetch_halves
1:  ret

# Behind the last piece: A for block 2, in halves along k, since it is needed before all of it can be there;
# and A for block 3.
fetch_halves:
    li t4, GROUP_ROWS * K
    add s1, a0, t4
    li t4, M * K
    add t4, a0, t4
    sd t4, END_A(sp)
    .irp i, 0, 1, 2, 3, 4, 5, 6, 7
    sd zero, ID_C + 8 * \i(sp)
    .endr
    sd zero, ID_A(sp)
    sd zero, ID_A + 8(sp)
    li t4, 3 * 8
    sd t4, NEXT_A(sp)
    kd.src s0
    place t4, a_area + 2 * ROWS * PITCH
    kd.dst t4
    li t5, K / 2
    kd.dim 0, t5, zero, zero
    li t6, K
    kd.dim 1, a5, t6, t3
    kd.start t6
    sd t6, ID_A + 2 * 8(sp)
    add t6, s0, t5
    kd.src t6
    add t4, t4, t5
    kd.dst t4
    kd.start t6
    sd t6, ID_HALF(sp)
    li t4, ROWS * K
    add s0, s0, t4
    la s8, fetch_moved
fetch_moved:
    fetch_next

code_end:

# The entry, in DRAM. It has the start moved and the first pieces of B and A fetched. What is urgent fits in the first two lines,
# which the cache fetches together. Behind it stands what runs in DRAM, in the order of first use.
    .text
    .globl matmul_i8_kernel
    .type matmul_i8_kernel, @function
    .balign 64
matmul_i8_kernel:
    li t0, 1
    kd.dim 1, t0, zero, zero
    kd.dim 2, t0, zero, zero
    kd.dim 3, t0, zero, zero
    la t1, code
    kd.src t1
    place t1, moved_code
    kd.dst t1
    li t2, code_end - code
    kd.dim 0, t2, zero, zero
    kd.start t2
    kd.src a1
    place t1, raw_b
    kd.dst t1
    li a4, COLUMNS
    kd.dim 0, a4, zero, zero
    li a3, PIECE
    li t4, N
    li t5, RAW_PITCH
    kd.dim 1, a3, t4, t5
    kd.start a7
    kd.src a0
    lui a6, %hi(a_area)                          # it begins a bank
    kd.dst a6
    kd.dim 0, a3, zero, zero
    li t5, 2 * ROWS
    li t3, PITCH
    kd.dim 1, t5, t4, t3
    kd.start t0
    la t4, drain_raw
    kt.dcfg t4
    mv t6, ra
    la a3, touch_even_0
    jal touch_even_0
    la t1, .Llast_piece
    kd.wait t2
    fence.i
    lui t4, %hi(moved_code)
    jr %lo(moved_code)(t4)
    .balign 64

    eight_steps even, 0, odd_0
    .if HALF == 8
    eight_steps odd, 8, steps_end
    .else
    eight_steps odd, 4, steps_end
    .endif
    touch steps_end, last_piece

# The last piece is done for block 0 first, whose drain then hides behind block 1.
.Llast_piece:
    mv s4, t1
    mv s10, t0
    kd.wait s7
    jalr a3
    jal eight_even
    jalr a3
    place t5, stage_c
    drain 0, t5
    touch_within last_piece, from_here
    mv t1, s4
    add t0, s10, s9
    jal eight_odd

# From here on the registers are as described above, for block 1.
    place s4, packed_b
    place s5, other_packed_b
    place s10, a_area + 2 * ROWS * PITCH
    place a1, stage_c + STAGE
    jalr a3
    li t4, C_BLOCK
    add s7, s2, t4
    li s2, LATE
    touch_within from_here, even_block
    li s6, PANELS
    li a0, 8
    li s11, -1                                   # block 2 asks for the next panel
    ld t6, ID_A + 2 * 8(sp)
    kd.wait t6

.Leven_block:
    .if HALF == 8
    block even, 0, 8, even_end
    .else
    block even, 0, 4, even_end
    .endif
    li t4, 6 * 8
    bne a0, t4, 1f
    li t4, 1
    bne s6, t4, 1f
    ld t4, END_A(sp)
    beq s1, t4, .Llast_block
1:  j .Lodd_block
    touch even_end, next_block

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
    place s10, a_area
    beqz t4, 1f
    place s10, a_area + ROWS * PITCH             # to the next panel
    li a0, 0
    li s11, -1
    place a1, stage_c
    li t4, 8 * C_BLOCK - COLUMNS * 4
    sub s7, s7, t4
    addi s6, s6, -1
    bnez s6, 1f
    li s6, PANELS                                # to the next row group
    li t4, GROUP_ROWS * N * 4 - N * 4
    add s7, s7, t4
    li t4, ROWS * K
    add s1, s1, t4
1:
    .if WIDE == 4
    jr a3                                        # touches a line of what comes, and returns
    .else
    ret
    .endif
    touch next_block, send

    .if WIDE != 4
fetch:
    fetch_next
    .endif

# Sends the block of C before this one, and waits for what comes next: this block's stage is empty, the second half of the raw
# panel is there. Clobbers t4, t5; t6 := id of the transfer that fills the next block of A.
send:
    bnez s2, 2f
1:  kd.src s8
    kd.dst s9
    kd.start t4
    touch_within send, send_end
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
    kd.wait a2
    ret
2:  ld t5, ID_HALF(sp)                           # the first blocks: A of block 2 in two halves
    kd.wait t5
    addi s2, s2, -1
    bnez s2, 1b
    li t4, LATE * STAGE                          # block 0 of all
    sub t4, s8, t4
    kd.src t4
    li t4, LATE * C_BLOCK
    sub t4, s9, t4
    kd.dst t4
    kd.start t4
    sd t4, ID_C(sp)
    j 1b
    touch send_end, odd_block

.Lodd_block:
    .if HALF == 8
    block odd, 8, 0, packing
    .else
    block odd, 4, 0, packing
    .endif
    li t4, 7 * 8
    beq a0, t4, .Lpanel_done
    li t4, 3 * 8
    bne a0, t4, .Leven_block
    beqz s11, .Leven_block
    kd.wait s11                                  # from block 4 on the next panel is packed
    addi a2, s11, 1
    place a6, raw_b
    mv a7, s5
    j .Leven_block
    touch packing, panel_done

.Lpanel_done:
    mv t4, s4
    mv s4, s5
    mv s5, t4
    li a2, 0
    j .Leven_block
    touch panel_done, last_block

.Llast_block:
    mv t0, s10
    mv t2, s10
    mv t1, s4
    .if HALF == 8
    last_block 8, 12, 14
    .else
    last_block 4, 6, 7
    .endif
    .irp i, 0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11
    ld s\i, SAVED + 8 * \i(sp)
    .endr
    ld ra, SAVED + 8 * 12(sp)
    addi sp, sp, FRAME
    ret
    touch leave, left_0

    .if HALF == 8
    eight_narrow_steps left, 8, right_0
    eight_narrow_steps right, 12, right_1
    .else
    eight_narrow_steps left, 4, right_0
    eight_narrow_steps right, 6, right_1
    .endif

    .size matmul_i8_kernel, . - matmul_i8_kernel

    .section .spm.matmul_i8
    .balign 64
moved_code:
    .space code_end - code
