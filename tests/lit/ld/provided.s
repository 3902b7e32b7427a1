# Symbols that the linker defines when they are referenced, and only then.
# RUN: llvm-mc -triple riscv64 -filetype=obj %s -o %t.o
# RUN: kiln-ld -o %t %t.o
# RUN: llvm-nm %t | FileCheck %s
# RUN: llvm-readelf -x table %t | FileCheck %s --check-prefix=TABLE
# RUN: kiln-ld -o %t %t.o --defsym __stack_size=0x2000
# RUN: llvm-nm %t | FileCheck %s --check-prefix=STACK

# CHECK-DAG: 0000000080001000 {{.}} __data_start
# CHECK-DAG: 0000000080001108 {{.}} _edata
# CHECK-DAG: 0000000080001108 {{.}} __bss_start
# CHECK-DAG: 0000000080001128 {{.}} _end
# CHECK-DAG: 0000000080001128 {{.}} __heap_start
# CHECK-DAG: 00000000c0000000 A __stack
# CHECK-DAG: 00000000bff00000 A __heap_end
# CHECK-DAG: 0000000080001900 {{.}} __global_pointer$
# CHECK-DAG: 0000000000000020 A __bss_size
# CHECK-DAG: 0000000080001000 {{.}} __init_array_start
# CHECK-DAG: 0000000080001008 {{.}} __init_array_end
# CHECK-DAG: 0000000080001008 {{.}} __start_table
# CHECK-DAG: 0000000080001100 {{.}} __stop_table
# CHECK-DAG: 0000000000000200 A __machine_vlen
# The program's own definition wins.
# CHECK-DAG: 0000000000000007 A _etext
# CHECK-NOT: __heap_size
# STACK-DAG: 00000000bfffe000 A __heap_end

# TABLE: 0x80001008 00100080 00000000

  .text
  .globl _start, _etext
_start:
  ret
_etext = 7
  .section table,"aw"
  .quad __data_start, _edata, __bss_start, _end, __heap_start, __stack, __heap_end, __global_pointer$
  .quad __bss_size, __init_array_start, __init_array_end, __start_table, __stop_table, __machine_vlen, _etext
  .zero 128
  .section .init_array,"aw",@init_array
  .quad _start
  .section .sdata,"aw"
  .quad 1
  .bss
  .zero 32
