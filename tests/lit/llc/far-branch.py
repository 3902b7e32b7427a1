# A conditional branch reaches 4 KiB; farther ones are turned round over a jump. Text and object agree.
# RUN: %python %s > %t.ll
# RUN: kiln-llc -verify-each -O1 -llvm-passes= %t.ll -o %t.s
# RUN: FileCheck %s < %t.s
# RUN: kiln-llc -verify-each -O1 -llvm-passes= -filetype=obj %t.ll -o %t.o
# RUN: kiln-as %t.s -o %t.as.o
# RUN: llvm-objcopy -O binary --only-section=.text %t.o %t.bin
# RUN: llvm-objcopy -O binary --only-section=.text %t.as.o %t.as.bin
# RUN: cmp %t.bin %t.as.bin
# CHECK: far:
# CHECK-NEXT: .option push
# CHECK-NEXT: .option norvc
# CHECK-NEXT: b{{eq|ne}}z a0, .+8
# CHECK-NEXT: j .LBB0_
# CHECK-NEXT: .option pop
print("define void @far(i64 %n, ptr %p) {")
print("  %c = icmp eq i64 %n, 0")
print("  br i1 %c, label %end, label %body")
print("body:")
for i in range(2400):
    print("  store volatile i64 %n, ptr %p")
print("  br label %end")
print("end:")
print("  ret void")
print("}")
