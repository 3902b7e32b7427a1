; ModuleID = 'LLVMDialectModule'
source_filename = "LLVMDialectModule"

define void @row_sum_i32(ptr %0, ptr %1) {
  %3 = insertvalue { ptr, ptr, i64, [1 x i64], [1 x i64] } poison, ptr %1, 0
  %4 = insertvalue { ptr, ptr, i64, [1 x i64], [1 x i64] } %3, ptr %1, 1
  %5 = insertvalue { ptr, ptr, i64, [1 x i64], [1 x i64] } %4, i64 0, 2
  %6 = insertvalue { ptr, ptr, i64, [1 x i64], [1 x i64] } %5, i64 13, 3, 0
  %7 = insertvalue { ptr, ptr, i64, [1 x i64], [1 x i64] } %6, i64 1, 4, 0
  %8 = insertvalue { ptr, ptr, i64, [2 x i64], [2 x i64] } poison, ptr %0, 0
  %9 = insertvalue { ptr, ptr, i64, [2 x i64], [2 x i64] } %8, ptr %0, 1
  %10 = insertvalue { ptr, ptr, i64, [2 x i64], [2 x i64] } %9, i64 0, 2
  %11 = insertvalue { ptr, ptr, i64, [2 x i64], [2 x i64] } %10, i64 13, 3, 0
  %12 = insertvalue { ptr, ptr, i64, [2 x i64], [2 x i64] } %11, i64 50, 4, 0
  %13 = insertvalue { ptr, ptr, i64, [2 x i64], [2 x i64] } %12, i64 50, 3, 1
  %14 = insertvalue { ptr, ptr, i64, [2 x i64], [2 x i64] } %13, i64 1, 4, 1
  br label %15

15:                                               ; preds = %18, %2
  %16 = phi i64 [ %21, %18 ], [ 0, %2 ]
  %17 = icmp slt i64 %16, 13
  br i1 %17, label %18, label %22

18:                                               ; preds = %15
  %19 = extractvalue { ptr, ptr, i64, [1 x i64], [1 x i64] } %7, 1
  %20 = getelementptr inbounds nuw i32, ptr %19, i64 %16
  store i32 0, ptr %20, align 4
  %21 = add i64 %16, 1
  br label %15

22:                                               ; preds = %15
  br label %23

23:                                               ; preds = %43, %22
  %24 = phi i64 [ %44, %43 ], [ 0, %22 ]
  %25 = icmp slt i64 %24, 13
  br i1 %25, label %26, label %45

26:                                               ; preds = %23
  br label %27

27:                                               ; preds = %30, %26
  %28 = phi i64 [ %42, %30 ], [ 0, %26 ]
  %29 = icmp slt i64 %28, 50
  br i1 %29, label %30, label %43

30:                                               ; preds = %27
  %31 = extractvalue { ptr, ptr, i64, [2 x i64], [2 x i64] } %14, 1
  %32 = mul nuw nsw i64 %24, 50
  %33 = add nuw nsw i64 %32, %28
  %34 = getelementptr inbounds nuw i32, ptr %31, i64 %33
  %35 = load i32, ptr %34, align 4
  %36 = extractvalue { ptr, ptr, i64, [1 x i64], [1 x i64] } %7, 1
  %37 = getelementptr inbounds nuw i32, ptr %36, i64 %24
  %38 = load i32, ptr %37, align 4
  %39 = add i32 %38, %35
  %40 = extractvalue { ptr, ptr, i64, [1 x i64], [1 x i64] } %7, 1
  %41 = getelementptr inbounds nuw i32, ptr %40, i64 %24
  store i32 %39, ptr %41, align 4
  %42 = add i64 %28, 1
  br label %27

43:                                               ; preds = %27
  %44 = add i64 %24, 1
  br label %23

45:                                               ; preds = %23
  ret void
}

define void @row_sum_f32(ptr %0, ptr %1) {
  %3 = insertvalue { ptr, ptr, i64, [1 x i64], [1 x i64] } poison, ptr %1, 0
  %4 = insertvalue { ptr, ptr, i64, [1 x i64], [1 x i64] } %3, ptr %1, 1
  %5 = insertvalue { ptr, ptr, i64, [1 x i64], [1 x i64] } %4, i64 0, 2
  %6 = insertvalue { ptr, ptr, i64, [1 x i64], [1 x i64] } %5, i64 13, 3, 0
  %7 = insertvalue { ptr, ptr, i64, [1 x i64], [1 x i64] } %6, i64 1, 4, 0
  %8 = insertvalue { ptr, ptr, i64, [2 x i64], [2 x i64] } poison, ptr %0, 0
  %9 = insertvalue { ptr, ptr, i64, [2 x i64], [2 x i64] } %8, ptr %0, 1
  %10 = insertvalue { ptr, ptr, i64, [2 x i64], [2 x i64] } %9, i64 0, 2
  %11 = insertvalue { ptr, ptr, i64, [2 x i64], [2 x i64] } %10, i64 13, 3, 0
  %12 = insertvalue { ptr, ptr, i64, [2 x i64], [2 x i64] } %11, i64 50, 4, 0
  %13 = insertvalue { ptr, ptr, i64, [2 x i64], [2 x i64] } %12, i64 50, 3, 1
  %14 = insertvalue { ptr, ptr, i64, [2 x i64], [2 x i64] } %13, i64 1, 4, 1
  br label %15

15:                                               ; preds = %18, %2
  %16 = phi i64 [ %21, %18 ], [ 0, %2 ]
  %17 = icmp slt i64 %16, 13
  br i1 %17, label %18, label %22

18:                                               ; preds = %15
  %19 = extractvalue { ptr, ptr, i64, [1 x i64], [1 x i64] } %7, 1
  %20 = getelementptr inbounds nuw float, ptr %19, i64 %16
  store float 0.000000e+00, ptr %20, align 4
  %21 = add i64 %16, 1
  br label %15

22:                                               ; preds = %15
  br label %23

23:                                               ; preds = %43, %22
  %24 = phi i64 [ %44, %43 ], [ 0, %22 ]
  %25 = icmp slt i64 %24, 13
  br i1 %25, label %26, label %45

26:                                               ; preds = %23
  br label %27

27:                                               ; preds = %30, %26
  %28 = phi i64 [ %42, %30 ], [ 0, %26 ]
  %29 = icmp slt i64 %28, 50
  br i1 %29, label %30, label %43

30:                                               ; preds = %27
  %31 = extractvalue { ptr, ptr, i64, [2 x i64], [2 x i64] } %14, 1
  %32 = mul nuw nsw i64 %24, 50
  %33 = add nuw nsw i64 %32, %28
  %34 = getelementptr inbounds nuw float, ptr %31, i64 %33
  %35 = load float, ptr %34, align 4
  %36 = extractvalue { ptr, ptr, i64, [1 x i64], [1 x i64] } %7, 1
  %37 = getelementptr inbounds nuw float, ptr %36, i64 %24
  %38 = load float, ptr %37, align 4
  %39 = fadd float %38, %35
  %40 = extractvalue { ptr, ptr, i64, [1 x i64], [1 x i64] } %7, 1
  %41 = getelementptr inbounds nuw float, ptr %40, i64 %24
  store float %39, ptr %41, align 4
  %42 = add i64 %28, 1
  br label %27

43:                                               ; preds = %27
  %44 = add i64 %24, 1
  br label %23

45:                                               ; preds = %23
  ret void
}

define void @column_max_i32(ptr %0, ptr %1) {
  %3 = insertvalue { ptr, ptr, i64, [1 x i64], [1 x i64] } poison, ptr %1, 0
  %4 = insertvalue { ptr, ptr, i64, [1 x i64], [1 x i64] } %3, ptr %1, 1
  %5 = insertvalue { ptr, ptr, i64, [1 x i64], [1 x i64] } %4, i64 0, 2
  %6 = insertvalue { ptr, ptr, i64, [1 x i64], [1 x i64] } %5, i64 50, 3, 0
  %7 = insertvalue { ptr, ptr, i64, [1 x i64], [1 x i64] } %6, i64 1, 4, 0
  %8 = insertvalue { ptr, ptr, i64, [2 x i64], [2 x i64] } poison, ptr %0, 0
  %9 = insertvalue { ptr, ptr, i64, [2 x i64], [2 x i64] } %8, ptr %0, 1
  %10 = insertvalue { ptr, ptr, i64, [2 x i64], [2 x i64] } %9, i64 0, 2
  %11 = insertvalue { ptr, ptr, i64, [2 x i64], [2 x i64] } %10, i64 13, 3, 0
  %12 = insertvalue { ptr, ptr, i64, [2 x i64], [2 x i64] } %11, i64 50, 4, 0
  %13 = insertvalue { ptr, ptr, i64, [2 x i64], [2 x i64] } %12, i64 50, 3, 1
  %14 = insertvalue { ptr, ptr, i64, [2 x i64], [2 x i64] } %13, i64 1, 4, 1
  br label %15

15:                                               ; preds = %18, %2
  %16 = phi i64 [ %21, %18 ], [ 0, %2 ]
  %17 = icmp slt i64 %16, 50
  br i1 %17, label %18, label %22

18:                                               ; preds = %15
  %19 = extractvalue { ptr, ptr, i64, [1 x i64], [1 x i64] } %7, 1
  %20 = getelementptr inbounds nuw i32, ptr %19, i64 %16
  store i32 -2147483648, ptr %20, align 4
  %21 = add i64 %16, 1
  br label %15

22:                                               ; preds = %15
  br label %23

23:                                               ; preds = %44, %22
  %24 = phi i64 [ %45, %44 ], [ 0, %22 ]
  %25 = icmp slt i64 %24, 13
  br i1 %25, label %26, label %46

26:                                               ; preds = %23
  br label %27

27:                                               ; preds = %30, %26
  %28 = phi i64 [ %43, %30 ], [ 0, %26 ]
  %29 = icmp slt i64 %28, 50
  br i1 %29, label %30, label %44

30:                                               ; preds = %27
  %31 = extractvalue { ptr, ptr, i64, [2 x i64], [2 x i64] } %14, 1
  %32 = mul nuw nsw i64 %24, 50
  %33 = add nuw nsw i64 %32, %28
  %34 = getelementptr inbounds nuw i32, ptr %31, i64 %33
  %35 = load i32, ptr %34, align 4
  %36 = extractvalue { ptr, ptr, i64, [1 x i64], [1 x i64] } %7, 1
  %37 = getelementptr inbounds nuw i32, ptr %36, i64 %28
  %38 = load i32, ptr %37, align 4
  %39 = icmp sgt i32 %38, %35
  %40 = select i1 %39, i32 %38, i32 %35
  %41 = extractvalue { ptr, ptr, i64, [1 x i64], [1 x i64] } %7, 1
  %42 = getelementptr inbounds nuw i32, ptr %41, i64 %28
  store i32 %40, ptr %42, align 4
  %43 = add i64 %28, 1
  br label %27

44:                                               ; preds = %27
  %45 = add i64 %24, 1
  br label %23

46:                                               ; preds = %23
  ret void
}

!llvm.module.flags = !{!0}

!0 = !{i32 2, !"Debug Info Version", i32 3}
