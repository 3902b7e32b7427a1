; The allocator of -O0: values keep their registers inside a block and in blocks that come from it alone; between
; others they are in memory.
; RUN: kiln-llc -verify-each -O0 %s -o - | FileCheck %s
declare void @use(i64)
@g = global i64 0

; A value that is needed behind a call is stored where it is made and loaded behind the call; one that is passed
; on is made where it has to be.
; CHECK-LABEL: across_a_call:
; CHECK:       add [[SUM:a[0-9]]], a0, a1
; CHECK-NEXT:  sd [[SUM]], [[SLOT:[0-9]+]](sp)
; CHECK-NEXT:  li a0, 7
; CHECK-NEXT:  call use
; CHECK-NEXT:  ld [[AGAIN:a[0-9]]], [[SLOT]](sp)
; CHECK-NEXT:  slli a0, [[AGAIN]], 1
; CHECK-NEXT:  ld ra
define i64 @across_a_call(i64 %a, i64 %b) {
  %sum = add i64 %a, %b
  call void @use(i64 7)
  %twice = shl i64 %sum, 1
  ret i64 %twice
}

; An address is made again instead of being kept in memory.
; CHECK-LABEL: again:
; CHECK:       addi sp, sp, -16
; CHECK-NOT:   (sp)
; CHECK:       sd ra, 8(sp)
; CHECK-NOT:   (sp)
; CHECK:       %pcrel_hi(g)
; CHECK:       call use
; CHECK-NOT:   (sp)
; CHECK:       %pcrel_hi(g)
; CHECK-NOT:   (sp)
; CHECK:       ld ra, 8(sp)
define void @again() {
  store i64 1, ptr @g
  call void @use(i64 7)
  store i64 2, ptr @g
  ret void
}

; Both blocks that this one leads to find the values in their registers; nothing is in memory.
; CHECK-LABEL: handed:
; CHECK-NOT:   sp
; CHECK:       mul
; CHECK-NOT:   sp
; CHECK:       sub
; CHECK-NOT:   sp
; CHECK:       .size handed
define i64 @handed(i64 %a, i64 %b, i1 %c) {
entry:
  %x = mul i64 %a, %b
  br i1 %c, label %then, label %else
then:
  %y = add i64 %x, %a
  ret i64 %y
else:
  %z = sub i64 %x, %b
  ret i64 %z
}

; Where ways meet, the value is loaded.
; CHECK-LABEL: met:
; CHECK:       mul [[X:a[0-9]]]
; CHECK-NEXT:  sd [[X]], [[SLOT:[0-9]+]](sp)
; CHECK-NEXT:  beqz
; CHECK:       ld a0, [[SLOT]](sp)
define i64 @met(i64 %a, i1 %c) {
entry:
  %x = mul i64 %a, %a
  br i1 %c, label %then, label %end
then:
  call void @use(i64 7)
  br label %end
end:
  ret i64 %x
}

; More values than registers: each has a place of its own while it is in memory.
; CHECK-LABEL: crowded:
; CHECK-COUNT-2: sd {{.*}}(sp)
; CHECK:       .size crowded
define i64 @crowded(ptr %p) {
  %p0 = getelementptr i64, ptr %p, i64 0
  %v0 = load volatile i64, ptr %p0
  %p1 = getelementptr i64, ptr %p, i64 1
  %v1 = load volatile i64, ptr %p1
  %p2 = getelementptr i64, ptr %p, i64 2
  %v2 = load volatile i64, ptr %p2
  %p3 = getelementptr i64, ptr %p, i64 3
  %v3 = load volatile i64, ptr %p3
  %p4 = getelementptr i64, ptr %p, i64 4
  %v4 = load volatile i64, ptr %p4
  %p5 = getelementptr i64, ptr %p, i64 5
  %v5 = load volatile i64, ptr %p5
  %p6 = getelementptr i64, ptr %p, i64 6
  %v6 = load volatile i64, ptr %p6
  %p7 = getelementptr i64, ptr %p, i64 7
  %v7 = load volatile i64, ptr %p7
  %p8 = getelementptr i64, ptr %p, i64 8
  %v8 = load volatile i64, ptr %p8
  %p9 = getelementptr i64, ptr %p, i64 9
  %v9 = load volatile i64, ptr %p9
  %p10 = getelementptr i64, ptr %p, i64 10
  %v10 = load volatile i64, ptr %p10
  %p11 = getelementptr i64, ptr %p, i64 11
  %v11 = load volatile i64, ptr %p11
  %p12 = getelementptr i64, ptr %p, i64 12
  %v12 = load volatile i64, ptr %p12
  %p13 = getelementptr i64, ptr %p, i64 13
  %v13 = load volatile i64, ptr %p13
  %p14 = getelementptr i64, ptr %p, i64 14
  %v14 = load volatile i64, ptr %p14
  %p15 = getelementptr i64, ptr %p, i64 15
  %v15 = load volatile i64, ptr %p15
  %p16 = getelementptr i64, ptr %p, i64 16
  %v16 = load volatile i64, ptr %p16
  %p17 = getelementptr i64, ptr %p, i64 17
  %v17 = load volatile i64, ptr %p17
  %p18 = getelementptr i64, ptr %p, i64 18
  %v18 = load volatile i64, ptr %p18
  %p19 = getelementptr i64, ptr %p, i64 19
  %v19 = load volatile i64, ptr %p19
  %p20 = getelementptr i64, ptr %p, i64 20
  %v20 = load volatile i64, ptr %p20
  %p21 = getelementptr i64, ptr %p, i64 21
  %v21 = load volatile i64, ptr %p21
  %p22 = getelementptr i64, ptr %p, i64 22
  %v22 = load volatile i64, ptr %p22
  %p23 = getelementptr i64, ptr %p, i64 23
  %v23 = load volatile i64, ptr %p23
  %p24 = getelementptr i64, ptr %p, i64 24
  %v24 = load volatile i64, ptr %p24
  %p25 = getelementptr i64, ptr %p, i64 25
  %v25 = load volatile i64, ptr %p25
  %p26 = getelementptr i64, ptr %p, i64 26
  %v26 = load volatile i64, ptr %p26
  %p27 = getelementptr i64, ptr %p, i64 27
  %v27 = load volatile i64, ptr %p27
  %p28 = getelementptr i64, ptr %p, i64 28
  %v28 = load volatile i64, ptr %p28
  %p29 = getelementptr i64, ptr %p, i64 29
  %v29 = load volatile i64, ptr %p29
  %p30 = getelementptr i64, ptr %p, i64 30
  %v30 = load volatile i64, ptr %p30
  %p31 = getelementptr i64, ptr %p, i64 31
  %v31 = load volatile i64, ptr %p31
  store volatile i64 %v0, ptr %p31
  store volatile i64 %v1, ptr %p30
  store volatile i64 %v2, ptr %p29
  store volatile i64 %v3, ptr %p28
  store volatile i64 %v4, ptr %p27
  store volatile i64 %v5, ptr %p26
  store volatile i64 %v6, ptr %p25
  store volatile i64 %v7, ptr %p24
  store volatile i64 %v8, ptr %p23
  store volatile i64 %v9, ptr %p22
  store volatile i64 %v10, ptr %p21
  store volatile i64 %v11, ptr %p20
  store volatile i64 %v12, ptr %p19
  store volatile i64 %v13, ptr %p18
  store volatile i64 %v14, ptr %p17
  store volatile i64 %v15, ptr %p16
  store volatile i64 %v16, ptr %p15
  store volatile i64 %v17, ptr %p14
  store volatile i64 %v18, ptr %p13
  store volatile i64 %v19, ptr %p12
  store volatile i64 %v20, ptr %p11
  store volatile i64 %v21, ptr %p10
  store volatile i64 %v22, ptr %p9
  store volatile i64 %v23, ptr %p8
  store volatile i64 %v24, ptr %p7
  store volatile i64 %v25, ptr %p6
  store volatile i64 %v26, ptr %p5
  store volatile i64 %v27, ptr %p4
  store volatile i64 %v28, ptr %p3
  store volatile i64 %v29, ptr %p2
  store volatile i64 %v30, ptr %p1
  ret i64 %v31
}
