# Compressed debugging information is unpacked; what is corrupt or of another kind is refused.
# RUN: llvm-mc -triple riscv64 -filetype=obj %s -o %t.o
# RUN: llvm-objcopy --compress-debug-sections=zlib %t.o %t-zlib.o
# RUN: llvm-readelf -SW %t-zlib.o | FileCheck %s --check-prefix=PACKED
# RUN: kiln-ld -o %t %t.o
# RUN: kiln-ld -o %t-from-zlib %t-zlib.o
# RUN: cmp %t %t-from-zlib
# RUN: kiln-ld --strip-debug -o %t-stripped %t-zlib.o
# RUN: %python -c "import sys; d = bytearray(open(sys.argv[1], 'rb').read()); i = d.find(b'\x78\x9c') if b'\x78\x9c' in d else d.find(b'\x78\x5e'); i = i if i > 0 else d.find(b'\x78\x01'); d[i + 9] ^= 255; open(sys.argv[2], 'wb').write(d)" %t-zlib.o %t-bad.o
# RUN: not kiln-ld -o %t-bad %t-bad.o 2>&1 | FileCheck %s --check-prefix=BAD
# RUN: llvm-objcopy --compress-debug-sections=zstd %t.o %t-zstd.o
# RUN: not kiln-ld -o %t-bad %t-zstd.o 2>&1 | FileCheck %s --check-prefix=ZSTD

# PACKED: .debug_info PROGBITS {{.*}} C
# BAD: compressed.s.tmp-bad.o: error: section .debug_info: its compressed contents are corrupt
# ZSTD: compressed.s.tmp-zstd.o: error: section .debug_info is compressed with zstd, which is not supported; compile with -gz=zlib or -gz=none

  .globl _start
_start:
  ret
  .section .debug_info,"",@progbits
  .rept 200
  .quad _start
  .byte 1, 2, 3
  .asciz "repeated text"
  .endr
  .set i, 0
  .rept 300
  .byte (i * i * 7 + i / 3) & 255
  .set i, i + 1
  .endr
