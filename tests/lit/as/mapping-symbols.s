# Where data lies among code, mapping symbols say so, also in subsections and when code before them grows; code
# alone needs none.
# RUN: kiln-as %s -o %t.o
# RUN: llvm-readelf-22 -s %t.o | FileCheck %s
# RUN: kiln-objdump -d %t.o | FileCheck --check-prefix=TEXT %s
# RUN: llvm-objdump-22 -d %t.o | FileCheck --check-prefix=TEXT %s

# CHECK:      {{[0-9]+}}: 0000000000000004 {{.*}} NOTYPE {{ *}}LOCAL {{ *}}DEFAULT {{ *[0-9]+}} $d
# CHECK-NEXT: {{[0-9]+}}: 000000000000000c {{.*}} NOTYPE {{ *}}LOCAL {{ *}}DEFAULT {{ *[0-9]+}} $x
# CHECK-NEXT: {{[0-9]+}}: 0000000000000010 {{.*}} NOTYPE {{ *}}LOCAL {{ *}}DEFAULT {{ *[0-9]+}} $x
# CHECK-NEXT: {{[0-9]+}}: 0000000000000014 {{.*}} NOTYPE {{ *}}LOCAL {{ *}}DEFAULT {{ *[0-9]+}} $d
# CHECK-NEXT: {{[0-9]+}}: 0000000000000000 {{.*}} NOTYPE {{ *}}LOCAL {{ *}}DEFAULT {{ *[0-9]+}} $d
# CHECK-NOT:  {{[$]}}

# TEXT:      nop
# TEXT:      .word{{[[:space:]]}}0x00000005
# TEXT:      .word{{[[:space:]]}}0x00000000
# TEXT:      nop
# TEXT:      ret
# TEXT:      .word{{[[:space:]]}}0x00000007
# TEXT:      <table>:
# TEXT:      .word{{[[:space:]]}}0x00000009

    .option norvc
    nop
    .dword 5
    nop
    .text 1
    ret
    .word 7

    .section .text.table, "ax"
table:
    .word 9

    .section .text.code, "ax"
    nop
    .data
    .word 1
