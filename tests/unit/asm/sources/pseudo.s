# Pseudo-instructions and aliases of the base.
  .text
local:
  nop
  li a0, 5
  li a0, -2048
  li a0, 0x12345
  mv a0, a1
  not a0, a1
  neg a0, a1
  negw a0, a1
  sext.w a0, a1
  seqz a0, a1
  snez a0, a1
  sltz a0, a1
  sgtz a0, a1
  beqz a0, local
  bnez a0, local
  blez a0, local
  bgez a0, local
  bltz a0, local
  bgtz a0, local
  bgt a0, a1, local
  ble a0, a1, local
  bgtu a0, a1, local
  bleu a0, a1, local
  j local
  jal local
  jal t0, local
  jr a0
  jr 8(a0)
  jalr a0
  jalr a0, a1
  jalr a0, 4(a1)
  jalr a0, a1, 4
  ret
  call local
  call external
  call t0, external
  tail external
  jump external, t1
  la a0, local
  lla a1, external
  lga a2, external
  la.tls.ie a0, thread
  la.tls.gd a0, thread
  lui a0, %tprel_hi(thread)
  add a0, a0, tp, %tprel_add(thread)
  addi a0, a0, %tprel_lo(thread)
  lw a0, %tprel_lo(thread)(a0)
  sw a0, %tprel_lo(thread)(a0)
  lb a0, external
  lh a0, local
  lw a0, external
  ld a0, external+8
  lbu a0, external
  lhu a0, external
  lwu a0, external
  flw fa0, external, t0
  fld fa0, local, t0
  sb a0, external, t1
  sh a0, external, t1
  sw a0, local, t1
  sd a0, external, t1
  fsw fa0, external, t1
  fsd fa0, external, t1
  lui a0, %hi(external+4)
  addi a0, a0, %lo(external+4)
  lw a0, %lo(external)(a0)
  sw a0, %lo(external)(a0)
  flw fa0, %lo(external)(a0)
  fsd fa0, %lo(external)(a0)
  lui a0, %hi(0x12345fff)
  addi a0, a0, %lo(0x12345fff)
1:
  auipc a0, %pcrel_hi(external)
  ld a0, %pcrel_lo(1b)(a0)
  sd a0, %pcrel_lo(1b)(a0)
2:
  auipc a0, %got_pcrel_hi(external)
  ld a0, %pcrel_lo(2b)(a0)
  lw a0, (a1)
  sw a0, (a1)
  fence
  fence iorw, rw
  fence r, w
  fence.i
  fence.tso
  ecall
  ebreak
  unimp
  csrr a0, vlenb
  csrw fcsr, a0
  csrs mstatus, a0
  csrc mstatus, a0
  csrwi fflags, 3
  csrsi fflags, 3
  csrci fflags, 3
  csrrw a0, 0x7c0, a1
  rdcycle a0
  rdinstret a0
  rdtime a0
  frcsr a0
  fscsr a0
  fscsr a0, a1
  frrm a0
  fsrm a0
  fsrm a0, a1
  frflags a0
  fsflags a0
  fmv.s fa0, fa1
  fabs.s fa0, fa1
  fneg.s fa0, fa1
  fmv.d fa0, fa1
  fabs.d fa0, fa1
  fneg.d fa0, fa1
  fgt.s a0, fa0, fa1
  fge.d a0, fa0, fa1
  fadd.s fa0, fa1, fa2
  fadd.s fa0, fa1, fa2, rtz
  fcvt.w.s a0, fa0
  fcvt.w.s a0, fa0, rtz
  fcvt.d.s fa0, fa1
  fcvt.d.w fa0, a1
  lr.w a0, (a1)
  lr.d.aq a0, (a1)
  sc.w.rl a0, a1, (a2)
  amoadd.w.aqrl a0, a1, (a2)
  amoswap.d a0, a1, 0(a2)
  zext.b a0, a1
  zext.w a0, a1
  zext.h a0, a1
  sext.b a0, a1
  sext.h a0, a1
  vsetvli a0, a1, e32, m1, ta, ma
  vsetivli a0, 4, e8, mf2, tu, mu
  vsetvli zero, zero, e64, m8, ta, mu
  vle32.v v1, (a0)
  vle32.v v1, (a0), v0.t
  vse8.v v1, 0(a0)
  vadd.vv v1, v2, v3
  vadd.vi v1, v2, -5, v0.t
  vneg.v v1, v2
  vnot.v v1, v2
  vmv.v.i v1, 0
  vmv.x.s a0, v1
  vmerge.vvm v1, v2, v3, v0
  vfabs.v v1, v2
  vmclr.m v1
  vmsgt.vv v1, v2, v3
  beq a0, a1, 64
  j -32
  jal ra, 1024
  .globl visible
visible:
  beqz a0, visible
  j visible
  jal visible
