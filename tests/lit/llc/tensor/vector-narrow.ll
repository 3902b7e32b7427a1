; Narrow integers: sums and products that widen, scaling without shifts that lead nowhere, zero points before the clamp; and stores that are
; made a step late.
; RUN: kiln-llc -tensor=on -verify-each %s -o - | FileCheck %s

; clamp(((x + 3) * 4096 * 1340700913 rounded >> 31) + (y - 5) * 3264 rounded >> 12) + 7, as LLVM leaves it.
; CHECK-LABEL: sum:
; CHECK:       vwadd.vx
; CHECK:       vwmul.vx
; CHECK:       vsmul.vx
; CHECK:       vwadd.vx
; CHECK:       vwmacc.vx
; CHECK:       vnclip.wi {{.*}}, 12
; CHECK:       vsadd.vx
; CHECK:       vnclip.wi {{.*}}, 0
; CHECK-NOT:   vsext
define void @sum(ptr noalias %to, ptr noalias %x, ptr noalias %y) {
entry:
  br label %loop
loop:
  %i = phi i64 [ 0, %entry ], [ %next, %loop ]
  %ax = getelementptr i8, ptr %x, i64 %i
  %bx = load i8, ptr %ax
  %wx = sext i8 %bx to i64
  %ux = shl nsw i64 %wx, 12
  %ox = add nsw i64 %ux, 12288
  %px = mul nsw i64 %ox, 1340700913
  %rx = add nsw i64 %px, 1073741824
  %sx = lshr i64 %rx, 31
  %ay = getelementptr i8, ptr %y, i64 %i
  %by = load i8, ptr %ay
  %wy = sext i8 %by to i64
  %uy = shl nsw i64 %wy, 12
  %oy = add nsw i64 %uy, -20480
  %py = mul nsw i64 %oy, 1711276032
  %ry = add nsw i64 %py, 1073741824
  %sy = lshr i64 %ry, 31
  %tx = trunc i64 %sx to i32
  %ty = trunc i64 %sy to i32
  %t = add i32 %tx, %ty
  %wide = sext i32 %t to i64
  %scaled = shl nsw i64 %wide, 30
  %rounded = add nsw i64 %scaled, 2199023255552
  %high = ashr i64 %rounded, 42
  %word = trunc i64 %high to i32
  %low = call i32 @llvm.smax.i32(i32 %word, i32 -135)
  %clamped = call i32 @llvm.smin.i32(i32 %low, i32 120)
  %byte = trunc i32 %clamped to i8
  %result = add i8 %byte, 7
  %a = getelementptr i8, ptr %to, i64 %i
  store i8 %result, ptr %a
  %next = add nuw nsw i64 %i, 1
  %more = icmp ult i64 %next, 65536
  br i1 %more, label %loop, label %end
end:
  ret void
}

; A transpose of bytes: two columns at a time, each stored when the next one is on its way.
; CHECK-LABEL: transpose:
; CHECK:       kd.start
; CHECK:       vlse8.v [[FIRST:v[0-9]+]],
; CHECK:       vse8.v [[KEPT:v[0-9]+]],
; CHECK:       vlse8.v [[KEPT]],
; CHECK:       vse8.v [[FIRST]],
; CHECK-NOT:   vmv
define void @transpose(ptr noalias %to, ptr noalias %from) {
entry:
  br label %rows
rows:
  %i = phi i64 [ 0, %entry ], [ %i.next, %rows.end ]
  br label %columns
columns:
  %j = phi i64 [ 0, %rows ], [ %j.next, %columns ]
  %row = shl i64 %i, 10
  %place = add i64 %row, %j
  %a = getelementptr i8, ptr %from, i64 %place
  %x = load i8, ptr %a
  %column = shl i64 %j, 9
  %other = add i64 %column, %i
  %b = getelementptr i8, ptr %to, i64 %other
  store i8 %x, ptr %b
  %j.next = add nuw nsw i64 %j, 1
  %j.more = icmp ult i64 %j.next, 1024
  br i1 %j.more, label %columns, label %rows.end
rows.end:
  %i.next = add nuw nsw i64 %i, 1
  %i.more = icmp ult i64 %i.next, 512
  br i1 %i.more, label %rows, label %end
end:
  ret void
}

; Sums of bytes, a column a lane: in 16 bits, eight rows at a time.
; CHECK-LABEL: columns:
; CHECK-COUNT-8: vwadd.wv
define void @columns(ptr noalias %to, ptr noalias %from) {
entry:
  br label %columns
columns:
  %j = phi i64 [ 0, %entry ], [ %j.next, %columns.end ]
  br label %rows
rows:
  %i = phi i64 [ 0, %columns ], [ %i.next, %rows ]
  %sum = phi i32 [ 0, %columns ], [ %new, %rows ]
  %row = shl i64 %i, 6
  %place = add i64 %row, %j
  %a = getelementptr i8, ptr %from, i64 %place
  %x = load i8, ptr %a
  %wide = sext i8 %x to i32
  %new = add i32 %sum, %wide
  %i.next = add nuw nsw i64 %i, 1
  %i.more = icmp ult i64 %i.next, 2000
  br i1 %i.more, label %rows, label %columns.end
columns.end:
  %b = getelementptr i32, ptr %to, i64 %j
  store i32 %new, ptr %b
  %j.next = add nuw nsw i64 %j, 1
  %j.more = icmp ult i64 %j.next, 64
  br i1 %j.more, label %columns, label %end
end:
  ret void
}

; A shift that is no product of bytes.
; CHECK-LABEL: shifted:
; CHECK:       vsext.vf2
; CHECK:       vsll.v
define void @shifted(ptr noalias %to, ptr noalias %from) {
entry:
  br label %loop
loop:
  %i = phi i64 [ 0, %entry ], [ %next, %loop ]
  %a = getelementptr i8, ptr %from, i64 %i
  %x = load i8, ptr %a
  %wide = sext i8 %x to i16
  %up = shl i16 %wide, 8
  %b = getelementptr i16, ptr %to, i64 %i
  store i16 %up, ptr %b
  %next = add nuw nsw i64 %i, 1
  %more = icmp ult i64 %next, 65536
  br i1 %more, label %loop, label %end
end:
  ret void
}

; Scaling by channel: a test of the shifts, then multipliers and shifts in registers.
; CHECK-LABEL: channels:
; CHECK:       vmsgtu.vx
; CHECK:       vcpop.m
; CHECK:       vmulh.vv
; CHECK:       vnclip.wv
; CHECK:       vsra.vv
define void @channels(ptr noalias %to, ptr noalias %from, ptr noalias %multipliers, ptr noalias %shifts) {
entry:
  br label %pixels
pixels:
  %i = phi i64 [ 0, %entry ], [ %i.next, %pixels.end ]
  %row = shl i64 %i, 6
  br label %channels
channels:
  %j = phi i64 [ 0, %pixels ], [ %j.next, %channels ]
  %place = add i64 %row, %j
  %a = getelementptr i32, ptr %from, i64 %place
  %x = load i32, ptr %a
  %wide = sext i32 %x to i64
  %b = getelementptr i32, ptr %multipliers, i64 %j
  %m = load i32, ptr %b
  %m.wide = sext i32 %m to i64
  %product = mul nsw i64 %wide, %m.wide
  %c = getelementptr i8, ptr %shifts, i64 %j
  %s = load i8, ptr %c
  %s.wide = zext i8 %s to i64
  %less = add nsw i64 %s.wide, -1
  %half = shl nuw i64 1, %less
  %sum = add nsw i64 %product, %half
  %high = ashr i64 %sum, %s.wide
  %word = trunc i64 %high to i32
  %low = call i32 @llvm.smax.i32(i32 %word, i32 -128)
  %clamped = call i32 @llvm.smin.i32(i32 %low, i32 127)
  %byte = trunc i32 %clamped to i8
  %d = getelementptr i8, ptr %to, i64 %place
  store i8 %byte, ptr %d
  %j.next = add nuw nsw i64 %j, 1
  %j.more = icmp ult i64 %j.next, 64
  br i1 %j.more, label %channels, label %pixels.end
pixels.end:
  %i.next = add nuw nsw i64 %i, 1
  %i.more = icmp ult i64 %i.next, 5000
  br i1 %i.more, label %pixels, label %end
end:
  ret void
}

; Rows that are chosen by loaded numbers: a transfer each, without the core.
; CHECK-LABEL: rows:
; CHECK:       lw
; CHECK:       kd.src
; CHECK-NOT:   vle
; CHECK:       kd.start
; CHECK:       kd.wait
define void @rows(ptr noalias %to, ptr noalias %table, ptr noalias %numbers) {
entry:
  br label %rows
rows:
  %i = phi i64 [ 0, %entry ], [ %i.next, %rows.end ]
  %a = getelementptr i32, ptr %numbers, i64 %i
  %number = load i32, ptr %a
  %wide = sext i32 %number to i64
  %from = shl nsw i64 %wide, 6
  %row = shl i64 %i, 6
  br label %elements
elements:
  %j = phi i64 [ 0, %rows ], [ %j.next, %elements ]
  %place = add i64 %from, %j
  %b = getelementptr float, ptr %table, i64 %place
  %x = load float, ptr %b
  %other = add i64 %row, %j
  %c = getelementptr float, ptr %to, i64 %other
  store float %x, ptr %c
  %j.next = add nuw nsw i64 %j, 1
  %j.more = icmp ult i64 %j.next, 64
  br i1 %j.more, label %elements, label %rows.end
rows.end:
  %i.next = add nuw nsw i64 %i, 1
  %i.more = icmp ult i64 %i.next, 5000
  br i1 %i.more, label %rows, label %end
end:
  ret void
}
