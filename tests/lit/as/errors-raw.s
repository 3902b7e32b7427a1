# Mistakes in instructions given by their fields, relocations and numbers of 16 bytes.
# RUN: not kiln-as %s -o %t.o 2>&1 | FileCheck %s
  .insn r 0x33, 8, 0, a0, a1, a2
# CHECK: :[[#@LINE-1]]:17: error: expected an integer in the range [0, 7]
  .insn r 0x32, 0, 0, a0, a1, a2
# CHECK: :[[#@LINE-1]]:11: error: an opcode must end in the bits 11
  .insn cr 3, 0, a0, a1
# CHECK: :[[#@LINE-1]]:12: error: opcodes of compressed instructions are 0, 1 and 2
  .insn ca 1, 0, 0, a0, t0
# CHECK: :[[#@LINE-1]]:25: error: expected one of the registers 8..15
  .insn u 0x37, a0, 0x100000
# CHECK: :[[#@LINE-1]]:21: error: 1048576 does not fit: expected an integer in the range [0, 1048575]
  .insn 2, 0x13
# CHECK: :[[#@LINE-1]]:12: error: these bits begin an instruction of 4 bytes, not 2
  .insn ci 1, 0, a0, 32
# CHECK: :[[#@LINE-1]]:22: error: expected an integer in the range [-32, 31]
  .reloc 0, R_RISCV_OTHER, f
# CHECK: :[[#@LINE-1]]:13: error: expected the name of a relocation, as R_RISCV_NONE
  .octa 0x112233445566778899aabbccddeeff001
# CHECK: :[[#@LINE-1]]:9: error: the number does not fit 16 bytes
  .float16 1.0x
# CHECK: :[[#@LINE-1]]:12: error: not a floating-point number
