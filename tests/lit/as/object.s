# What stands in the object beside the code: attributes, the machine's note, flags.
# RUN: kiln-as -march=rv64imafdc_xkilntile %s -o %t.o
# RUN: llvm-readelf-22 -h -S -s -A -n %t.o 2>&1 | FileCheck %s
# RUN: readelf -a %t.o 2>&1 | FileCheck --check-prefix=CLEAN %s
# RUN: riscv64-unknown-elf-objdump -htr %t.o 2>&1 | FileCheck --check-prefix=CLEAN %s
# RUN: llvm-objdump-22 -d %t.o 2>&1 | FileCheck --check-prefix=CLEAN %s
# RUN: riscv64-unknown-elf-nm %t.o 2>&1 | FileCheck --check-prefix=CLEAN %s
# RUN: riscv64-unknown-elf-size %t.o 2>&1 | FileCheck --check-prefix=CLEAN %s
# RUN: kiln-as -march=rv64imafdc_xkilntile %s -o %t2.o && cmp %t.o %t2.o
# CLEAN-NOT: {{[Ww]arning|[Ee]rror}}
# CHECK: Flags: 0x5, RVC, double-float ABI
# CHECK: .text PROGBITS
# CHECK: .spm.tile NOBITS {{.*}} 001000 {{.*}} WA
# CHECK: .note.kiln.machine NOTE
# CHECK: .riscv.attributes RISCV_ATTRIBUTES
# CHECK: FILE LOCAL DEFAULT ABS object.s
# CHECK: 8 FUNC GLOBAL DEFAULT 1 f
# CHECK: Stack alignment is 16-bytes
# CHECK: Value: rv64i2p1{{.*}}_xkilntile1p0
# CHECK: Kiln
  .file "object.s"
  .globl f
  .type f, @function
f:
  c.addi a0, 1
  c.nop
  kt.zero acc0, 4
  .size f, . - f
  .section .spm.tile,"aw",@nobits
  .p2align 6
tile:
  .skip 4096
