; Loads of loops of one block are done an iteration ahead.
; RUN: kiln-llc -verify-each -O2 -no-tensor -Rpass=pipeline-loops %s -stop-after=pipeline-loops -o %t 2> %t.remarks
; RUN: FileCheck %s < %t
; RUN: FileCheck -check-prefix=REMARK %s < %t.remarks
; RUN: kiln-llc -verify-each -O2 -no-tensor %s -o - | FileCheck -check-prefix=CODE %s
; RUN: kiln-llc -verify-each -O1 -no-tensor %s -o - | FileCheck -check-prefix=PLAIN %s

; The loop multiplies what the iteration before has loaded, and loads behind its store what the next one needs,
; from pointers that are stepped by then. What the last iteration loads is used behind the loop.
; REMARK: carry: remark: loads are done an iteration ahead: {{[0-9]+}} cycles instead of {{[0-9]+}} for 4 iterations
; CHECK-LABEL: function @"carry"
; CHECK: [[Y:%[0-9]+]] = phi.i64 [[FIRST:block[0-9]+]] [[Y0:%[0-9]+]], [[LOOP:block[0-9]+]] [[Y1:%[0-9]+]]
; CHECK: mul.i64 [[Y]], arg3
; CHECK: store.i64.32
; CHECK: [[Y1]] = load.i64.32
; CHECK: condbr {{.*}}, [[LAST:block[0-9]+]], [[LOOP]]
; CHECK: [[FIRST]]:
; CHECK: [[Y0]] = load.i64.32 arg1
; CHECK: condbr {{.*}}, [[LAST]], [[LOOP]]
; CHECK: [[LAST]]:
; CHECK: [[YN:%[0-9]+]] = phi.i64 [[FIRST]] [[Y0]], [[LOOP]] [[Y1]]
; CHECK: mul.i64 [[YN]], arg3
; CHECK-NOT: load
; CODE-LABEL: carry:
; CODE: [[TOP:.LBB[0-9_]+]]:
; CODE: mul
; CODE: lwu {{.*}}, 4([[P:a[0-9]]])
; CODE: sw {{.*}}, 0([[P]])
; CODE-NEXT: lwu {{.*}}, -4(
; CODE: bne {{.*}}, [[TOP]]
; CODE: mul
; PLAIN-LABEL: carry:
; PLAIN-COUNT-1: mul
; PLAIN-NOT: mul
; PLAIN: ret
define i64 @carry(ptr %a, ptr %b, i64 %n, i64 %f) {
entry:
  %end = getelementptr i32, ptr %b, i64 %n
  br label %loop
loop:
  %p = phi ptr [ %a, %entry ], [ %p1, %loop ]
  %q = phi ptr [ %b, %entry ], [ %q1, %loop ]
  %c = phi i64 [ 0, %entry ], [ %c1, %loop ]
  %y = load i32, ptr %q
  %wy = zext i32 %y to i64
  %x = load i32, ptr %p
  %wx = zext i32 %x to i64
  %m = mul i64 %wy, %f
  %s = add i64 %c, %wx
  %t = add i64 %s, %m
  %l = trunc i64 %t to i32
  store i32 %l, ptr %p
  %c1 = lshr i64 %t, 32
  %p1 = getelementptr i32, ptr %p, i64 1
  %q1 = getelementptr i32, ptr %q, i64 1
  %done = icmp eq ptr %q1, %end
  br i1 %done, label %exit, label %loop
exit:
  ret i64 %c1
}

; What is read behind the loop, phis among it, is that of the last iteration.
; REMARK: sums: remark: loads are done an iteration ahead
; CHECK-LABEL: function @"sums"
; CHECK: store.i64.64 [[P:%[0-9]+]], arg2
; CHECK: [[P]] = add.i64 {{%[0-9]+}}, -8
define i64 @sums(ptr %a, i64 %n, ptr %out) {
entry:
  %end = getelementptr i64, ptr %a, i64 %n
  br label %loop
loop:
  %p = phi ptr [ %a, %entry ], [ %next, %loop ]
  %s = phi i64 [ 0, %entry ], [ %t, %loop ]
  %x = load i64, ptr %p
  %m = mul i64 %x, %x
  %r = xor i64 %m, %n
  %u = mul i64 %r, %x
  %t = xor i64 %s, %u
  %next = getelementptr i64, ptr %p, i64 1
  %more = icmp ult ptr %next, %end
  br i1 %more, label %loop, label %exit
exit:
  store ptr %p, ptr %out
  %all = add i64 %t, %s
  ret i64 %all
}

; The test needs what is loaded behind a store of the same iteration: nothing can be ahead.
; REMARK-NOT: chained
; CHECK-LABEL: function @"chained"
; CHECK-COUNT-1: load
; CHECK-NOT: load
; CHECK: }
define void @chained(ptr %a, ptr %b) {
entry:
  br label %loop
loop:
  %p = phi ptr [ %a, %entry ], [ %next, %loop ]
  %s = phi i64 [ 0, %entry ], [ %t, %loop ]
  store i64 %s, ptr %b
  %x = load i64, ptr %p
  %m = mul i64 %x, %x
  %t = xor i64 %s, %m
  %next = getelementptr i64, ptr %p, i64 1
  %more = icmp ne i64 %x, 0
  br i1 %more, label %loop, label %exit
exit:
  ret void
}

; Volatile accesses stay where they are.
; REMARK-NOT: volatile
; CHECK-LABEL: function @"volatile"
; CHECK-COUNT-1: load
; CHECK-NOT: load
; CHECK: }
define i64 @volatile(ptr %a, i64 %n) {
entry:
  br label %loop
loop:
  %i = phi i64 [ 0, %entry ], [ %next, %loop ]
  %s = phi i64 [ 0, %entry ], [ %t, %loop ]
  %x = load volatile i64, ptr %a
  %m = mul i64 %x, %x
  %t = xor i64 %s, %m
  %next = add i64 %i, 1
  %more = icmp ne i64 %next, %n
  br i1 %more, label %loop, label %exit
exit:
  ret i64 %t
}

; Where code is to be short nothing is written twice.
; REMARK-NOT: short
; CHECK-LABEL: function @"short"
; CHECK-COUNT-1: load
; CHECK-NOT: load
; CHECK: }
define i64 @short(ptr %a, ptr %end) optsize {
entry:
  br label %loop
loop:
  %p = phi ptr [ %a, %entry ], [ %next, %loop ]
  %s = phi i64 [ 0, %entry ], [ %t, %loop ]
  %x = load i64, ptr %p
  %m = mul i64 %x, %x
  %t = xor i64 %s, %m
  %next = getelementptr i64, ptr %p, i64 1
  %more = icmp ne ptr %next, %end
  br i1 %more, label %loop, label %exit
exit:
  ret i64 %t
}
