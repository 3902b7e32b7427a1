; Loops of few iterations within others are written out, and the local arrays they go over become values.
; RUN: kiln-llc -verify-each -O2 -Rpass='promote-arrays|unroll-loops' %s -stop-after=unroll-loops -o %t 2> %t.remarks
; RUN: FileCheck %s < %t
; RUN: FileCheck -check-prefix=REMARK -implicit-check-not=remark %s < %t.remarks
; RUN: kiln-llc -verify-each -O1 -Rpass='promote-arrays|unroll-loops' %s -o /dev/null 2>&1 | count 0

; Two elements, each made of the other one, cleared by a call: of what the outer loop hands on only the second is read.
; REMARK: state: remark: 1 local array becomes values
; CHECK-LABEL: function @"state"
; CHECK: slot0: 0 bytes
; CHECK: [[OLD:%[0-9]+]] = phi.i32 {{block[0-9]+}} 0:i32, {{block[0-9]+}} [[B:%[0-9]+]]
; CHECK-NOT: phi.i32
; CHECK: [[V:%[0-9]+]] = load.i32.32
; CHECK: [[A:%[0-9]+]] = add.i32 [[OLD]], [[V]]
; CHECK: [[B]] = add.i32 [[A]], [[V]]
; CHECK: store.32 [[B]]
; CHECK-NOT: store
; CHECK: ret
define void @state(ptr %x, ptr %y, i64 %n) {
entry:
  %s = alloca [2 x i32]
  call void @llvm.memset.p0.i64(ptr align 4 %s, i8 0, i64 8, i1 false)
  br label %outer
outer:
  %t = phi i64 [ 0, %entry ], [ %t1, %latch ]
  %px = getelementptr i32, ptr %x, i64 %t
  %v = load i32, ptr %px
  br label %inner
inner:
  %i = phi i64 [ 0, %outer ], [ %i1, %inner ]
  %p = getelementptr i32, ptr %s, i64 %i
  %other = xor i64 %i, 1
  %q = getelementptr i32, ptr %s, i64 %other
  %a = load i32, ptr %q
  %b = add i32 %a, %v
  store i32 %b, ptr %p
  %i1 = add i64 %i, 1
  %c = icmp eq i64 %i1, 2
  br i1 %c, label %latch, label %inner
latch:
  %s1 = getelementptr i32, ptr %s, i64 1
  %r = load i32, ptr %s1
  %py = getelementptr i32, ptr %y, i64 %t
  store i32 %r, ptr %py
  %t1 = add i64 %t, 1
  %d = icmp eq i64 %t1, %n
  br i1 %d, label %end, label %outer
end:
  ret void
}

; An index that is not known keeps the array in memory, and the loop as it is before the tensor compiler.
; CHECK-LABEL: function @"indexed"
; CHECK: store.32 {{.*}}, {{slot0|%[0-9]+}}
; CHECK: load.i32.32
; CHECK: ret
; REMARK: indexed: remark: a loop of 2 iterations is written out
define void @indexed(ptr %x, ptr %y, i64 %n) {
entry:
  %s = alloca [2 x i32]
  call void @llvm.memset.p0.i64(ptr align 4 %s, i8 0, i64 8, i1 false)
  br label %outer
outer:
  %t = phi i64 [ 0, %entry ], [ %t1, %latch ]
  %px = getelementptr i32, ptr %x, i64 %t
  %v = load i32, ptr %px
  br label %inner
inner:
  %i = phi i64 [ 0, %outer ], [ %i1, %inner ]
  %p = getelementptr i32, ptr %s, i64 %i
  %other = xor i64 %i, 1
  %q = getelementptr i32, ptr %s, i64 %other
  %a = load i32, ptr %q
  %b = add i32 %a, %v
  store i32 %b, ptr %p
  %i1 = add i64 %i, 1
  %c = icmp eq i64 %i1, 2
  br i1 %c, label %latch, label %inner
latch:
  %w = and i32 %v, 1
  %k = zext i32 %w to i64
  %s1 = getelementptr i32, ptr %s, i64 %k
  %r = load i32, ptr %s1
  %py = getelementptr i32, ptr %y, i64 %t
  store i32 %r, ptr %py
  %t1 = add i64 %t, 1
  %d = icmp eq i64 %t1, %n
  br i1 %d, label %end, label %outer
end:
  ret void
}

; A loop that counts down by two, of which what it hands on is used behind it.
; REMARK: down: remark: a loop of 3 iterations is written out
; CHECK-LABEL: function @"down"
; CHECK: [[S0:%[0-9]+]] = phi.i32
; CHECK: [[S1:%[0-9]+]] = mul.i32 [[S0]], [[S0]]
; CHECK: [[S2:%[0-9]+]] = add.i32 [[S1]], 6:i32
; CHECK: mul.i32 [[S2]], [[S2]]
; CHECK: add.i32 {{.*}}, 4:i32
; CHECK: [[S5:%[0-9]+]] = mul.i32
; CHECK: [[S6:%[0-9]+]] = add.i32 [[S5]], 2:i32
; CHECK: ret [[S6]]
define i32 @down(i32 %from, i64 %n) {
entry:
  br label %outer
outer:
  %t = phi i64 [ 0, %entry ], [ %t1, %latch ]
  %s = phi i32 [ %from, %entry ], [ %next, %latch ]
  br label %inner
inner:
  %i = phi i32 [ 6, %outer ], [ %i1, %inner ]
  %u = phi i32 [ %s, %outer ], [ %next, %inner ]
  %m = mul i32 %u, %u
  %next = add i32 %m, %i
  %i1 = add i32 %i, -2
  %c = icmp sgt i32 %i, 3
  br i1 %c, label %inner, label %latch
latch:
  %t1 = add i64 %t, 1
  %d = icmp eq i64 %t1, %n
  br i1 %d, label %end, label %outer
end:
  ret i32 %next
}

; Short code is asked for.
; CHECK-LABEL: function @"short"
; CHECK-COUNT-1: mul.i32
; CHECK-NOT: mul
; CHECK: ret
define i32 @short(i32 %from, i64 %n) optsize {
entry:
  br label %outer
outer:
  %t = phi i64 [ 0, %entry ], [ %t1, %latch ]
  %s = phi i32 [ %from, %entry ], [ %next, %latch ]
  br label %inner
inner:
  %i = phi i32 [ 6, %outer ], [ %i1, %inner ]
  %u = phi i32 [ %s, %outer ], [ %next, %inner ]
  %m = mul i32 %u, %u
  %next = add i32 %m, %i
  %i1 = add i32 %i, -2
  %c = icmp sgt i32 %i, 3
  br i1 %c, label %inner, label %latch
latch:
  %t1 = add i64 %t, 1
  %d = icmp eq i64 %t1, %n
  br i1 %d, label %end, label %outer
end:
  ret i32 %next
}
declare void @llvm.memset.p0.i64(ptr, i8, i64, i1)

; A delay line that a call moves along: all is copied at once.
; REMARK: delay: remark: 1 local array becomes values
; CHECK-LABEL: function @"delay"
; CHECK: phi.float {{block[0-9]+}} 0x0:float
; CHECK-NOT: call
; CHECK-NOT: store
; CHECK-COUNT-1: load.float.32
; CHECK-NOT: load
; CHECK-COUNT-16: fadd.float
; CHECK: store.32
; CHECK-NOT: store
; CHECK: ret
define void @delay(ptr %x, ptr %y, i64 %n) {
entry:
  %s = alloca [17 x float]
  call void @llvm.memset.p0.i64(ptr align 4 %s, i8 0, i64 68, i1 false)
  br label %loop
loop:
  %t = phi i64 [ 0, %entry ], [ %t1, %behind ]
  %s1 = getelementptr float, ptr %s, i64 1
  call void @llvm.memmove.p0.p0.i64(ptr align 4 %s1, ptr align 4 %s, i64 64, i1 false)
  %px = getelementptr float, ptr %x, i64 %t
  %v = load float, ptr %px
  store float %v, ptr %s
  br label %inner
inner:
  %i = phi i64 [ 0, %loop ], [ %i1, %inner ]
  %sum = phi float [ 0.0, %loop ], [ %next, %inner ]
  %p = getelementptr float, ptr %s1, i64 %i
  %a = load float, ptr %p
  %next = fadd float %sum, %a
  %i1 = add i64 %i, 1
  %c = icmp eq i64 %i1, 16
  br i1 %c, label %behind, label %inner
behind:
  %py = getelementptr float, ptr %y, i64 %t
  store float %next, ptr %py
  %t1 = add i64 %t, 1
  %d = icmp eq i64 %t1, %n
  br i1 %d, label %end, label %loop
end:
  ret void
}
declare void @llvm.memmove.p0.p0.i64(ptr, ptr, i64, i1)
