# A distance that was used before branches grew is refused, not silently wrong.
# RUN: not kiln-as %s -o %t.o 2>&1 | FileCheck %s
start:
  beqz a0, far
end:
  .if end - start > 4
  .error "not yet"
  .endif
# CHECK: :[[#@LINE-3]]:7: error: this distance was used as 4, but branches between its labels then grew and made it 8
  .skip 5000
far:
