; More upper parts of addresses than there are registers: one that went through a slot had another one's lower part.
target triple = "riscv64-unknown-unknown-elf"

@results = global [32768 x i8] zeroinitializer, align 64
@numbers = global [32 x i64] zeroinitializer, align 64

define void @kernel(ptr %x, ptr %last) noinline {
  %p0 = getelementptr i64, ptr %x, i64 0
  %v0 = load i64, ptr %p0
  %p1 = getelementptr i64, ptr %x, i64 1
  %v1 = load i64, ptr %p1
  %p2 = getelementptr i64, ptr %x, i64 2
  %v2 = load i64, ptr %p2
  %p3 = getelementptr i64, ptr %x, i64 3
  %v3 = load i64, ptr %p3
  %p4 = getelementptr i64, ptr %x, i64 4
  %v4 = load i64, ptr %p4
  %p5 = getelementptr i64, ptr %x, i64 5
  %v5 = load i64, ptr %p5
  %p6 = getelementptr i64, ptr %x, i64 6
  %v6 = load i64, ptr %p6
  %p7 = getelementptr i64, ptr %x, i64 7
  %v7 = load i64, ptr %p7
  %p8 = getelementptr i64, ptr %x, i64 8
  %v8 = load i64, ptr %p8
  %p9 = getelementptr i64, ptr %x, i64 9
  %v9 = load i64, ptr %p9
  %p10 = getelementptr i64, ptr %x, i64 10
  %v10 = load i64, ptr %p10
  %p11 = getelementptr i64, ptr %x, i64 11
  %v11 = load i64, ptr %p11
  %p12 = getelementptr i64, ptr %x, i64 12
  %v12 = load i64, ptr %p12
  %p13 = getelementptr i64, ptr %x, i64 13
  %v13 = load i64, ptr %p13
  %p14 = getelementptr i64, ptr %x, i64 14
  %v14 = load i64, ptr %p14
  %p15 = getelementptr i64, ptr %x, i64 15
  %v15 = load i64, ptr %p15
  %p16 = getelementptr i64, ptr %x, i64 16
  %v16 = load i64, ptr %p16
  %p17 = getelementptr i64, ptr %x, i64 17
  %v17 = load i64, ptr %p17
  store i64 %v0, ptr getelementptr (i8, ptr @results, i64 24576)
  store i64 %v1, ptr getelementptr (i8, ptr @results, i64 24584)
  store i64 %v2, ptr getelementptr (i8, ptr @results, i64 24592)
  store i64 %v3, ptr getelementptr (i8, ptr @results, i64 24600)
  store i64 %v4, ptr getelementptr (i8, ptr @results, i64 24608)
  %again = load i64, ptr %x
  store i64 %again, ptr getelementptr (i8, ptr @results, i64 24616)
  store i64 %v5, ptr getelementptr (i8, ptr @results, i64 24624)
  store i64 %v6, ptr getelementptr (i8, ptr @results, i64 24632)
  store i64 %v7, ptr getelementptr (i8, ptr @results, i64 24648)
  store i64 %v8, ptr getelementptr (i8, ptr @results, i64 24656)
  store i64 %v9, ptr getelementptr (i8, ptr @results, i64 24712)
  store i64 %v10, ptr getelementptr (i8, ptr @results, i64 24728)
  store i64 %v11, ptr getelementptr (i8, ptr @results, i64 24736)
  store i64 %v12, ptr getelementptr (i8, ptr @results, i64 24744)
  store i64 %v13, ptr getelementptr (i8, ptr @results, i64 24752)
  store i64 %v14, ptr getelementptr (i8, ptr @results, i64 0)
  store i64 %v15, ptr %last
  %behind = getelementptr i64, ptr %last, i64 1
  store i64 %v16, ptr %behind
  %next = getelementptr i64, ptr %last, i64 2
  store i64 %v17, ptr %next
  ret void
}

define i32 @main() {
entry:
  br label %fill
fill:
  %i = phi i64 [ 0, %entry ], [ %i.next, %fill ]
  %to = getelementptr i64, ptr @numbers, i64 %i
  %number = mul i64 %i, 1000003
  store i64 %number, ptr %to
  %i.next = add i64 %i, 1
  %filled = icmp eq i64 %i.next, 32
  br i1 %filled, label %call, label %fill
call:
  call void @kernel(ptr @numbers, ptr getelementptr (i8, ptr @results, i64 64))
  br label %show
show:
  %k = phi i64 [ 0, %call ], [ %k.next, %show ]
  %sum = phi i64 [ 0, %call ], [ %sum.next, %show ]
  %from = getelementptr i64, ptr @results, i64 %k
  %word = load i64, ptr %from
  %times = mul i64 %sum, 31
  %sum.next = add i64 %times, %word
  %k.next = add i64 %k, 1
  %shown = icmp eq i64 %k.next, 4096
  br i1 %shown, label %end, label %show
end:
  call void @emit(i64 %sum.next)
  ret i32 0
}

declare void @emit(i64)
