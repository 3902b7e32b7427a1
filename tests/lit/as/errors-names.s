# Unknown words, extensions that are not enabled, names defined twice.
# RUN: not kiln-as %s -o %t.o 2>&1 | FileCheck %s
# RUN: not kiln-as -march=rv64i %s -o %t.o 2>&1 | FileCheck --check-prefix=BASE %s

  adddi a0, a1, 1
# CHECK: :[[#@LINE-1]]:3: error: unknown instruction 'adddi': did you mean 'addi'?
  kt.mopaa.ss acc0, v0, v1
# CHECK: :[[#@LINE-1]]:3: error: unknown instruction 'kt.mopaa.ss': did you mean 'kt.mopa.ss'?
  .wrod 5
# CHECK: :[[#@LINE-1]]:3: error: unknown directive '.wrod': did you mean '.word'?
  zzzzzzzzzzzzzz
# CHECK: :[[#@LINE-1]]:3: error: unknown instruction 'zzzzzzzzzzzzzz'
  c.addi a0, 1
# CHECK: :[[#@LINE-1]]:3: error: 'c.addi' needs the extension 'c', which is not enabled
  mul a0, a1, a2
# BASE: :[[#@LINE-1]]:3: error: 'mul' needs the extension 'm', which is not enabled
  kt.zero acc0, 1
# BASE: :[[#@LINE-1]]:3: error: 'kt.zero' needs the extension 'xkilntile', which is not enabled
x:
  nop
x:
# CHECK: :[[#@LINE-1]]:1: error: redefinition of 'x'
# CHECK: :[[#@LINE-4]]:1: note: first defined here
  .equiv y, 1
  .equiv y, 2
# CHECK: :[[#@LINE-1]]:10: error: redefinition of 'y'
# CHECK: :[[#@LINE-3]]:10: note: first defined here
  .set __machine_vlen, 5
# CHECK: :[[#@LINE-1]]:8: error: '__machine_vlen' is predefined and cannot be redefined
  beqz a0, 1b
# CHECK: :[[#@LINE-1]]:12: error: no label '1:' before this place
  .symver x, x@V1
# CHECK: :[[#@LINE-1]]:3: error: the directive '.symver' is not supported
