# Distances that must be known and that the linker may still change.
# RUN: not kiln-as -mrelax %s -o %t.o 2>&1 | FileCheck %s
a: call f
b:
  .if b - a > 4
# CHECK: :[[#@LINE-1]]:7: error: this distance must be known here, but the linker may still change it (.option relax)
  .endif
  .org 100
