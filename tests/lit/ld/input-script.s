# A script in place of a library names the files to link.
# RUN: split-file %s %t
# RUN: kiln-as -o %t/a.o %t/a.s && kiln-as -o %t/b.o %t/b.s && kiln-as -o %t/c.o %t/c.s
# RUN: mkdir -p %t/lib && rm -f %t/lib/*.a && llvm-ar rc %t/lib/libb.a %t/b.o && llvm-ar rc %t/lib/real.a %t/c.o
# RUN: cp %t/script %t/lib/libscript.a
# RUN: kiln-ld -o %t/out %t/a.o -L%t/lib -lscript && kiln-ld -o %t/plain %t/a.o %t/b.o %t/c.o && cmp %t/out %t/plain
# RUN: kiln-ld -o %t/out -L%t/lib %t/a.o %t/script && cmp %t/out %t/plain
# RUN: echo "GROUP(%t/loop)" > %t/loop && not kiln-ld -o %t/out %t/loop 2>&1 | FileCheck %s --check-prefix=LOOP
# RUN: not kiln-ld -o %t/out %t/open 2>&1 | FileCheck %s --check-prefix=OPEN
# RUN: not kiln-ld -o %t/out %t/a.s 2>&1 | FileCheck %s --check-prefix=OTHER
# RUN: not kiln-ld -o %t/out %t/missing 2>&1 | FileCheck %s --check-prefix=MISSING

# LOOP: loop: error: scripts are nested too deep
# OPEN: open:2:{{[0-9]+}}: error: ')' is missing here
# OTHER: a.s:1:{{[0-9]+}}: error: not an ELF object or archive, and '.globl' is not of a script with inputs
# MISSING: nowhere.a: error: cannot open

#--- script
/* GNU ld script */
OUTPUT_FORMAT(elf64-littleriscv)
GROUP ( real.a AS_NEEDED ( -lb ) )
#--- open
GROUP ( AS_NEEDED ( )
#--- missing
INPUT(nowhere.a)
#--- a.s
  .globl _start
_start:
  call b
  ret
#--- b.s
  .globl b
b:
  call c
  ret
#--- c.s
  .globl c
c:
  ret
