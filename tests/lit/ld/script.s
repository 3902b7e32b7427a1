# GNU linker scripts, beside GNU ld: regions, load addresses, KEEP, SORT, /DISCARD/, expressions, provided symbols.
# RUN: split-file %s %t
# RUN: llvm-mc -triple riscv64 -filetype=obj %t/a.s -o %t/a.o
# RUN: kiln-ld -T %t/all.ld -o %t/out %t/a.o
# RUN: llvm-readelf -S -l -s %t/out | FileCheck %s
# RUN: riscv64-unknown-elf-ld -T %t/all.ld -o %t/gnu %t/a.o
# RUN: riscv64-unknown-elf-nm %t/out | sed "s/ [A-Za-z] / /" > %t/out.nm
# RUN: riscv64-unknown-elf-nm %t/gnu | sed "s/ [A-Za-z] / /" > %t/gnu.nm
# RUN: diff %t/out.nm %t/gnu.nm
# RUN: llvm-objcopy -O binary -j .text -j .data -j .sorted %t/out %t/out.bin
# RUN: llvm-objcopy -O binary -j .text -j .data -j .sorted %t/gnu %t/gnu.bin
# RUN: cmp %t/out.bin %t/gnu.bin
# RUN: kiln-ld --gc-sections --print-memory-usage -T %t/all.ld -o %t/gc %t/a.o | FileCheck %s --check-prefix=USAGE
# RUN: llvm-nm %t/gc | FileCheck %s --check-prefix=GC
# RUN: not kiln-ld -T %t/small.ld -o %t/bad %t/a.o 2>&1 | FileCheck %s --check-prefix=SMALL
# RUN: not kiln-ld -T %t/assert.ld -o %t/bad %t/a.o 2>&1 | FileCheck %s --check-prefix=ASSERT
# RUN: not kiln-ld -T %t/syntax.ld -o %t/bad %t/a.o 2>&1 | FileCheck %s --check-prefix=SYNTAX
# RUN: not kiln-ld -T %t/name.ld -o %t/bad %t/a.o 2>&1 | FileCheck %s --check-prefix=NAME
# RUN: not kiln-ld -T %t/backwards.ld -o %t/bad %t/a.o 2>&1 | FileCheck %s --check-prefix=BACKWARDS
# RUN: not kiln-ld -T %t/overlap.ld -o %t/bad %t/a.o 2>&1 | FileCheck %s --check-prefix=OVERLAP
# RUN: not kiln-ld -T %t/huge.ld -o %t/bad %t/a.o 2>&1 | FileCheck %s --check-prefix=HUGE
# RUN: kiln-ld -T %t/plain.ld -o %t/plain %t/a.o && llvm-readelf -s %t/plain | FileCheck %s --check-prefix=PLAIN

# CHECK: .text {{ *}}PROGBITS 0000000080000000
# CHECK: .sorted {{ *}}PROGBITS
# CHECK: .data {{ *}}PROGBITS 0000000080100000
# CHECK: .bss {{ *}}NOBITS
# CHECK: LOAD {{ *}}0x{{0*}}1000 0x0000000080000000 0x0000000080000000
# CHECK: LOAD {{.*}} 0x0000000080100000 0x0000000080000{{.*}} RW
# CHECK-NOT: unwanted

# USAGE: rom {{ *}}
# USAGE: ram {{ *}}
# GC-NOT: nobody
# GC: kept_by_script

# SMALL: small.ld:1:{{[0-9]+}}: error: region 'ram' overflows by
# SMALL: note: {{[0-9]+}} bytes in .all
# ASSERT: assert.ld:2:{{[0-9]+}}: error: assertion failed: too large
# SYNTAX: syntax.ld:1:{{[0-9]+}}: error: FORCE_COMMON_ALLOCATION is not supported in linker scripts
# NAME: name.ld:1:{{[0-9]+}}: error: undefined symbol 'nowhere'
# BACKWARDS: backwards.ld:1:{{[0-9]+}}: error: the location counter moves backwards in section '.all'
# OVERLAP: overlap.ld: error: sections .text and .data overlap: .text ends at 0x{{.*}}, .data begins at 0x80000008
# HUGE: huge.ld:1:{{[0-9]+}}: error: section '.all' becomes larger than a file can hold
# PLAIN: 0000000080001000 {{.*}} far_end

#--- all.ld
/* A comment. */
OUTPUT_ARCH(riscv)
ENTRY(begin)
base = 0x80000000;
MEMORY {
  rom (rx) : ORIGIN = DEFINED(base) ? base : 0, LENGTH = 1M
  ram (rwx) : ORIGIN = ORIGIN(rom) + LENGTH(rom), LENGTH = 64K
}
SECTIONS {
  .text : ALIGN(16) {
    text_start = .;
    *(.text.begin)
    *(.text .text.*)
    KEEP(*(.kept))
    . = ALIGN(8);
    . += 4;
    text_end = .;
    PROVIDE(unwanted = 1);
  } > rom
  PROVIDE(wanted = text_end - text_start);
  .sorted : {
    *(SORT(.s.*))
    *(EXCLUDE_FILE(*other.o) .never)
    sorted_end = .;
  } > rom
  .data : { *(.data .data.*) . = ALIGN(16); data_end = .; } > ram AT> rom
  data_load = LOADADDR(.data);
  data_size = SIZEOF(.data);
  .bss (NOLOAD) : { *(.bss .bss.*) *(COMMON) } > ram
  bss_end = ADDR(.bss) + SIZEOF(.bss);
  shifted = (1 << 4 | 3) & ~1;
  largest = MAX(ALIGNOF(.data), 2) - MIN(1, 2);
  chosen = data_size >= 16 && !0 ? 7 / 2 : 0x10 % 3;
  /DISCARD/ : { *(.dropped) *(.eh_frame) }
}
ASSERT(bss_end > ORIGIN(ram), "bss is in ram")
#--- small.ld
wanted = 1; data_load = 2; MEMORY { ram : ORIGIN = 0x80000000, LENGTH = 16 }
SECTIONS { .all : { *(*) } > ram }
#--- assert.ld
SECTIONS { . = 0x80000000; .all : { *(*) } wanted = 0; data_load = 0;
  ASSERT(SIZEOF(.all) < 8, "too large") }
#--- syntax.ld
FORCE_COMMON_ALLOCATION
#--- name.ld
SECTIONS { . = nowhere; wanted = 0; data_load = 0; .all : { *(*) } }
#--- backwards.ld
SECTIONS { . = 0x80000000; wanted = 0; data_load = 0; .all : { *(*) . = 2; } }
#--- overlap.ld
wanted = 1; data_load = 2; SECTIONS { .text 0x80000000 : { *(.text .text.*) } .data 0x80000004 : { *(*) } }
#--- huge.ld
wanted = 1; data_load = 2; SECTIONS { .all 0x80000000 : { *(*) . += 0x200000000; } }
#--- plain.ld
wanted = 1; data_load = 2; far_end = 0x80001000;
#--- a.s
  .section .text.begin,"ax"
  .globl begin, _start
_start:
begin:
  lla a0, wanted
  lla a1, data_load
  lla a2, common
  lla a3, word
  ret
  .section .text.nobody,"ax"
nobody:
  ret
  .section .kept,"ax"
kept_by_script:
  ret
  .section .s.b,"a"
  .byte 2
  .section .s.a,"a"
  .byte 1
  .section .dropped,"a"
  .byte 9
  .data
word:
  .quad wanted
  .byte 1
  .comm common, 24, 8
