; RUN: kiln-llc -O2 -tensor=print -filetype=null %s 2>&1 | FileCheck %s

; Start and end of a tile, both carried by the loop over tiles, which is no part of the region.
; CHECK: region of tile
; CHECK: for i0 < 8
; CHECK-NEXT: a{{[0-9]+}}[{{.*}}4*i0{{.*}}].i32 :=
define void @tile(ptr %x, i64 %n) {
entry:
  br label %tiles

tiles:
  %start = phi i64 [ 0, %entry ], [ %start.next, %latch ]
  %end = phi i64 [ 8, %entry ], [ %end.next, %latch ]
  call void @next_tile(i64 %start)
  br label %loop

loop:
  %i = phi i64 [ %start, %tiles ], [ %i.next, %loop ]
  %at = getelementptr inbounds i32, ptr %x, i64 %i
  %old = load i32, ptr %at, align 4
  %new = mul i32 %old, 3
  store i32 %new, ptr %at, align 4
  %i.next = add i64 %i, 1
  %done = icmp eq i64 %i.next, %end
  br i1 %done, label %latch, label %loop

latch:
  %start.next = add i64 %start, 8
  %end.next = add i64 %end, 8
  %more = icmp slt i64 %start.next, %n
  br i1 %more, label %tiles, label %exit

exit:
  ret void
}

; Another step: nothing is known.
; CHECK: region of widening
; CHECK: for i0 < {{add|sub|phi}}
define void @widening(ptr %x, i64 %n) {
entry:
  br label %tiles

tiles:
  %start = phi i64 [ 0, %entry ], [ %start.next, %latch ]
  %end = phi i64 [ 8, %entry ], [ %end.next, %latch ]
  call void @next_tile(i64 %start)
  br label %loop

loop:
  %i = phi i64 [ %start, %tiles ], [ %i.next, %loop ]
  %at = getelementptr inbounds i32, ptr %x, i64 %i
  %old = load i32, ptr %at, align 4
  %new = mul i32 %old, 3
  store i32 %new, ptr %at, align 4
  %i.next = add i64 %i, 1
  %done = icmp eq i64 %i.next, %end
  br i1 %done, label %latch, label %loop

latch:
  %start.next = add i64 %start, 8
  %end.next = add i64 %end, 16
  %more = icmp slt i64 %start.next, %n
  br i1 %more, label %tiles, label %exit

exit:
  ret void
}

declare void @next_tile(i64)
