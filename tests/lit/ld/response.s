# @FILE on the command line stands for the words in FILE, which may be quoted and may name further files.
# RUN: kiln-as -o %t.o %s
# RUN: echo '-o "%t.out"' > %t.first
# RUN: echo "@%t.first -e '_start' %t\.o" > %t.rsp
# RUN: kiln-ld @%t.rsp && kiln-ld -o %t.plain -e _start %t.o && cmp %t.out %t.plain
# RUN: echo "@%t.loop" > %t.loop && not kiln-ld @%t.loop 2>&1 | FileCheck %s --check-prefix=LOOP
# RUN: not kiln-ld @%t.missing 2>&1 | FileCheck %s --check-prefix=MISSING
# RUN: echo "'abc" > %t.open && not kiln-ld @%t.open 2>&1 | FileCheck %s --check-prefix=OPEN

# LOOP: response.s.tmp.loop: error: response files are nested more than 16 deep
# MISSING: response.s.tmp.missing: error: cannot open
# OPEN: response.s.tmp.open:1:1: error: this quote is never closed

  .globl _start
_start:
  ret
