# A file says itself which extensions its instructions are from: attributes, and mapping symbols from some place on. Without
# either all are known; the command line has the last word.
# RUN: rm -rf %t && mkdir %t
# RUN: kiln-as -march=rv64im %s -o %t/some.o
# RUN: kiln-objdump -d %t/some.o | FileCheck %s --check-prefix=SOME
# RUN: kiln-objdump -d --march=all %t/some.o | FileCheck %s --check-prefix=ALL
# RUN: kiln-objdump -d --mattr=+zba,-m %t/some.o | FileCheck %s --check-prefix=CHANGED
# RUN: llvm-objcopy --remove-section=.riscv.attributes %t/some.o %t/none.o
# RUN: kiln-objdump -d %t/none.o | FileCheck %s --check-prefix=ALL
# RUN: llvm-objcopy --add-symbol='$xrv64i_zba=.text:8,local' %t/some.o %t/mapped.o
# RUN: kiln-objdump -d %t/mapped.o | FileCheck %s --check-prefix=MAPPED
# RUN: not kiln-objdump -d --mattr=zba %t/some.o 2>&1 | FileCheck %s --check-prefix=SIGN
# RUN: not kiln-objdump -d --march=rv64q %t/some.o 2>&1 | FileCheck %s --check-prefix=ARCH

# SOME: div a0, a1, a2
# SOME-NEXT: 20c5a533 <unknown>
# SOME-NEXT: div a0, a1, a2
# SOME-NEXT: 20c5a533 <unknown>
# ALL: div a0, a1, a2
# ALL-NEXT: sh1add a0, a1, a2
# CHANGED: 02c5c533 <unknown>
# CHANGED-NEXT: sh1add a0, a1, a2
# MAPPED: div a0, a1, a2
# MAPPED-NEXT: 20c5a533 <unknown>
# MAPPED-NEXT: 02c5c533 <unknown>
# MAPPED-NEXT: sh1add a0, a1, a2
# SIGN: error: -mattr wants '+' or '-' and an extension that is known, not 'zba'
# ARCH: error: expected 'i' or 'g' behind 'rv64', found 'q'

div a0, a1, a2
.insn 0x20c5a533
div a0, a1, a2
.insn 0x20c5a533
