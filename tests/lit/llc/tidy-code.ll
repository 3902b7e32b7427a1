; Registers that hold a value already are not given it again, addresses are made from near ones, and blocks that do the
; same are one.
; RUN: kiln-llc -O2 -verify-each -o - %s | FileCheck %s
; RUN: kiln-llc -O2 -stop-after=tidy-code -o - %s | FileCheck --check-prefix=BLOCKS %s
target triple = "riscv64"

@a = global [100 x i64] zeroinitializer
@b = external global i64

declare i64 @make(i64)
declare void @take(ptr, ptr)

; CHECK-LABEL: {{^}}again:
; CHECK: call make
; CHECK-NEXT: mv [[Y:s[0-9]+]], a0
; CHECK-NEXT: call make
define i64 @again(i64 %x) {
  %y = call i64 @make(i64 %x)
  %z = call i64 @make(i64 %y)
  %s = add i64 %y, %z
  ret i64 %s
}

; What a call may have changed is made again.
; CHECK-LABEL: {{^}}passed:
; CHECK: mv [[X:s[0-9]+]], a0
; CHECK: call make
; CHECK-NEXT: mv a0, [[X]]
; CHECK-NEXT: call make
define i64 @passed(i64 %x) {
  %y = call i64 @make(i64 %x)
  %z = call i64 @make(i64 %x)
  ret i64 %z
}

; CHECK-LABEL: {{^}}addresses:
; CHECK: auipc a0, %pcrel_hi(a+16)
; CHECK-NEXT: addi a0, a0,
; CHECK-NEXT: addi a1, a0, 64
; CHECK-NEXT: call take
define void @addresses() {
  call void @take(ptr getelementptr (i8, ptr @a, i64 16), ptr getelementptr (i8, ptr @a, i64 80))
  ret void
}

; Another symbol's distance is not known.
; CHECK-LABEL: {{^}}others:
; CHECK-DAG: %pcrel_hi(a)
; CHECK-DAG: %pcrel_hi(b)
; CHECK: call take
define void @others() {
  call void @take(ptr @a, ptr @b)
  ret void
}

; BLOCKS-LABEL: machine @"same"
; BLOCKS: LI {{[as][0-9]+}}, 77
; BLOCKS-NOT: LI {{[as][0-9]+}}, 77
; BLOCKS: }
define i64 @same(i64 %x, i64 %y) {
entry:
  %c = icmp eq i64 %x, 3
  br i1 %c, label %one, label %more
more:
  %d = call i64 @make(i64 %y)
  %e = icmp eq i64 %d, 4
  br i1 %e, label %two, label %end
one:
  br label %end
two:
  br label %end
end:
  %r = phi i64 [ -5, %one ], [ -5, %two ], [ %d, %more ]
  %q = phi i64 [ 77, %one ], [ 77, %two ], [ %y, %more ]
  %s = mul i64 %r, %q
  ret i64 %s
}

; What came in a register and has to wait in memory is stored from there, and addresses that are passed often are made once.
; CHECK-LABEL: {{^}}often:
; CHECK-COUNT-1: %pcrel_hi(a)
; CHECK-NOT: %pcrel_hi(a)
; CHECK: .size often
define void @often() {
  call void @take(ptr @a, ptr @b)
  call void @take(ptr @b, ptr @a)
  call void @take(ptr @a, ptr @a)
  ret void
}

; CHECK-LABEL: {{^}}waits:
; CHECK: call make
; CHECK-NEXT: sd a0, {{[0-9]+}}(sp)
; CHECK: .size waits
define i64 @waits(i64 %x) {
  %y = call i64 @make(i64 %x)
  call void asm sideeffect "", "~{s0},~{s1},~{s2},~{s3},~{s4},~{s5},~{s6},~{s7},~{s8},~{s9},~{s10},~{s11}"()
  %z = call i64 @make(i64 4)
  %s = mul i64 %y, %z
  ret i64 %s
}

; A copy of bytes that lie anywhere is a copy of bytes.
; CHECK-LABEL: {{^}}copied:
; CHECK-NOT: {{sll|srl|or}}
; CHECK: .size copied
define void @copied(ptr %to, ptr %from) {
  %v = load i64, ptr %from, align 2
  store i64 %v, ptr %to, align 2
  ret void
}
