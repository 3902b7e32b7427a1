; Loads that are made in each iteration have no mask, also where a choice uses them, and the iterator is compared by
; the numbers of lanes.
; RUN: kiln-llc -verify-each -O2 %s -o - | FileCheck %s
; RUN: kiln-llc -verify-each -O2 %s -o - | FileCheck -check-prefix=MASKS %s

; Masks that take turns in v0 are moved there, and never stored.
; MASKS-LABEL: step:
; MASKS-NOT: vs1r

; y[i] = i >= step ? x[i] + x[i - step] : x[i]: x[i] is loaded once. No number is wider than an element.
; CHECK-LABEL: step:
; CHECK: .Lnest0:
; CHECK-NOT: e64
; CHECK: vmsltu.vx
; CHECK-NOT: e64
; CHECK-DAG: vle32.v {{v[0-9]+}}, ({{[a-z0-9]+}}), v0.t
; CHECK-DAG: vle32.v {{v[0-9]+}}, ({{[a-z0-9]+}}){{$}}
; CHECK-NOT: vle32
; CHECK: vse32.v
define void @step(ptr noalias %x, ptr noalias %y, i32 %s) {
entry:
  %step = zext nneg i32 %s to i64
  %back = sub nsw i64 0, %step
  br label %loop
loop:
  %i = phi i64 [ 0, %entry ], [ %i1, %join ]
  %px = getelementptr i32, ptr %x, i64 %i
  %a = load i32, ptr %px
  %c = icmp ult i64 %i, %step
  br i1 %c, label %join, label %sum
sum:
  %pb = getelementptr i32, ptr %px, i64 %back
  %b = load i32, ptr %pb
  %t = add i32 %a, %b
  br label %join
join:
  %r = phi i32 [ %t, %sum ], [ %a, %loop ]
  %py = getelementptr i32, ptr %y, i64 %i
  store i32 %r, ptr %py
  %i1 = add nuw nsw i64 %i, 1
  %e = icmp eq i64 %i1, 1024
  br i1 %e, label %end, label %loop
end:
  ret void
}

; The mask is what is carried. The middle of the five, which the loop leaves out when it is written out, takes no code.
; CHECK-LABEL: bits:
; CHECK: .Lnest
; CHECK-COUNT-4: vadc.vim
; CHECK-NOT: vadc
; CHECK: .Lnest
define void @bits(ptr noalias %x, ptr noalias %y) {
entry:
  br label %outer
outer:
  %i = phi i64 [ 0, %entry ], [ %i1, %latch ]
  %px = getelementptr i8, ptr %x, i64 %i
  %pc = getelementptr i8, ptr %px, i64 2
  br label %inner
inner:
  %k = phi i64 [ 0, %outer ], [ %k1, %next ]
  %s = phi i32 [ 7, %outer ], [ %r, %next ]
  %middle = icmp eq i64 %k, 2
  br i1 %middle, label %next, label %test
test:
  %p = getelementptr i8, ptr %px, i64 %k
  %a = load i8, ptr %p
  %b = load i8, ptr %pc
  %less = icmp ult i8 %a, %b
  %bit = zext i1 %less to i32
  %t = shl i32 %s, 1
  %u = add i32 %t, %bit
  br label %next
next:
  %r = phi i32 [ %s, %inner ], [ %u, %test ]
  %k1 = add nuw nsw i64 %k, 1
  %e = icmp eq i64 %k1, 5
  br i1 %e, label %latch, label %inner
latch:
  %py = getelementptr i32, ptr %y, i64 %i
  store i32 %r, ptr %py
  %i1 = add nuw nsw i64 %i, 1
  %f = icmp eq i64 %i1, 1024
  br i1 %f, label %end, label %outer
end:
  ret void
}
