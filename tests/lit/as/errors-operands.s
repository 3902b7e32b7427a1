# Wrong operands: what was expected, and how the instruction is written.
# RUN: not kiln-as %s -o %t.o 2>&1 | FileCheck --match-full-lines --strict-whitespace %s
# RUN: not test -e %t.o

  addi a0, a1
#      CHECK:{{.*}}errors-operands.s:[[#@LINE-1]]:14: error: too few operands
# CHECK-NEXT:  addi a0, a1
# CHECK-NEXT:             ^
# CHECK-NEXT:{{.*}}:[[#@LINE-4]]:14: note: it is written: addi rd, rs1, imm12
  addi a0, a1, 5000
#      CHECK:{{.*}}:[[#@LINE-1]]:16: error: 5000 does not fit: expected an integer in the range [-2048, 2047]
# CHECK-NEXT:  addi a0, a1, 5000
# CHECK-NEXT:               ^~~~
  addi a0, f1, 5
# CHECK:{{.*}}:[[#@LINE-1]]:12: error: expected an integer register (x0..x31 or its ABI name)
  addi a0, a1, a2
# CHECK:{{.*}}:[[#@LINE-1]]:16: error: expected an integer in the range [-2048, 2047]
  fadd.s fa0, a1, fa2
# CHECK:{{.*}}:[[#@LINE-1]]:15: error: expected a floating-point register (f0..f31 or its ABI name)
  fadd.s fa0, fa1, fa2, nearest
# CHECK:{{.*}}:[[#@LINE-1]]:25: error: expected a rounding mode (rne, rtz, rdn, rup, rmm or dyn)
  lw a0, 4096(a1)
# CHECK:{{.*}}:[[#@LINE-1]]:10: error: 4096 does not fit: expected an integer in the range [-2048, 2047]
  lw a0, 8(fa0)
# CHECK:{{.*}}:[[#@LINE-1]]:12: error: expected an integer register (x0..x31 or its ABI name)
  beq a0, a1, 3
# CHECK:{{.*}}:[[#@LINE-1]]:15: error: 3 does not fit: expected a label or a distance that is a multiple of 2 in the range [-4096, 4094]
  slli a0, a0, 64
# CHECK:{{.*}}:[[#@LINE-1]]:16: error: 64 does not fit: expected an integer in the range [0, 63]
  lui a0, -1
# CHECK:{{.*}}:[[#@LINE-1]]:11: error: -1 does not fit: expected an integer in the range [0, 1048575]
  fence rwx
# CHECK:{{.*}}:[[#@LINE-1]]:9: error: expected a set of the letters i, o, r and w in this order, or 0
  csrr a0, nonsense+
# CHECK:{{.*}}:[[#@LINE-1]]:21: error: expected an expression
  ret a0
# CHECK:{{.*}}:[[#@LINE-1]]:7: error: unexpected text after the operands
# CHECK:{{.*}}note: it is written: ret
  jal a0, a1
# CHECK:{{.*}}:[[#@LINE-1]]:11: error: expected a label or a distance that is a multiple of 2 in the range [-1048576, 1048574]
# CHECK:{{.*}}note: it is written: jal rd, target | jal target
  call a0
# CHECK:{{.*}}:[[#@LINE-1]]:10: error: expected a comma and a symbol; to call the address in a register use jalr
  sw a0, symbol
# CHECK:{{.*}}:[[#@LINE-1]]:16: error: expected a comma and a register for the address
  lui a0, %lo(symbol)
# CHECK:{{.*}}:[[#@LINE-1]]:11: error: %lo cannot be used here: expected an integer in the range [0, 1048575]
  lui a0, %high(symbol)
# CHECK:{{.*}}:[[#@LINE-1]]:11: error: unknown relocation operator '%high'
