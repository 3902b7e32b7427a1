; ModuleID = 'LLVMDialectModule'
source_filename = "LLVMDialectModule"

define void @row_sum_i32(ptr %0, ptr %1, i64 %2, i64 %3, i64 %4, i64 %5, i64 %6, ptr %7, ptr %8, i64 %9, i64 %10, i64 %11) {
  %13 = insertvalue { ptr, ptr, i64, [1 x i64], [1 x i64] } poison, ptr %7, 0
  %14 = insertvalue { ptr, ptr, i64, [1 x i64], [1 x i64] } %13, ptr %8, 1
  %15 = insertvalue { ptr, ptr, i64, [1 x i64], [1 x i64] } %14, i64 %9, 2
  %16 = insertvalue { ptr, ptr, i64, [1 x i64], [1 x i64] } %15, i64 %10, 3, 0
  %17 = insertvalue { ptr, ptr, i64, [1 x i64], [1 x i64] } %16, i64 %11, 4, 0
  %18 = insertvalue { ptr, ptr, i64, [2 x i64], [2 x i64] } poison, ptr %0, 0
  %19 = insertvalue { ptr, ptr, i64, [2 x i64], [2 x i64] } %18, ptr %1, 1
  %20 = insertvalue { ptr, ptr, i64, [2 x i64], [2 x i64] } %19, i64 %2, 2
  %21 = insertvalue { ptr, ptr, i64, [2 x i64], [2 x i64] } %20, i64 %3, 3, 0
  %22 = insertvalue { ptr, ptr, i64, [2 x i64], [2 x i64] } %21, i64 %5, 4, 0
  %23 = insertvalue { ptr, ptr, i64, [2 x i64], [2 x i64] } %22, i64 %4, 3, 1
  %24 = insertvalue { ptr, ptr, i64, [2 x i64], [2 x i64] } %23, i64 %6, 4, 1
  br label %25

25:                                               ; preds = %28, %12
  %26 = phi i64 [ %31, %28 ], [ 0, %12 ]
  %27 = icmp slt i64 %26, 13
  br i1 %27, label %28, label %32

28:                                               ; preds = %25
  %29 = extractvalue { ptr, ptr, i64, [1 x i64], [1 x i64] } %17, 1
  %30 = getelementptr inbounds nuw i32, ptr %29, i64 %26
  store i32 0, ptr %30, align 4
  %31 = add i64 %26, 1
  br label %25

32:                                               ; preds = %25
  br label %33

33:                                               ; preds = %53, %32
  %34 = phi i64 [ %54, %53 ], [ 0, %32 ]
  %35 = icmp slt i64 %34, 13
  br i1 %35, label %36, label %55

36:                                               ; preds = %33
  br label %37

37:                                               ; preds = %40, %36
  %38 = phi i64 [ %52, %40 ], [ 0, %36 ]
  %39 = icmp slt i64 %38, 50
  br i1 %39, label %40, label %53

40:                                               ; preds = %37
  %41 = extractvalue { ptr, ptr, i64, [2 x i64], [2 x i64] } %24, 1
  %42 = mul nuw nsw i64 %34, 50
  %43 = add nuw nsw i64 %42, %38
  %44 = getelementptr inbounds nuw i32, ptr %41, i64 %43
  %45 = load i32, ptr %44, align 4
  %46 = extractvalue { ptr, ptr, i64, [1 x i64], [1 x i64] } %17, 1
  %47 = getelementptr inbounds nuw i32, ptr %46, i64 %34
  %48 = load i32, ptr %47, align 4
  %49 = add i32 %48, %45
  %50 = extractvalue { ptr, ptr, i64, [1 x i64], [1 x i64] } %17, 1
  %51 = getelementptr inbounds nuw i32, ptr %50, i64 %34
  store i32 %49, ptr %51, align 4
  %52 = add i64 %38, 1
  br label %37

53:                                               ; preds = %37
  %54 = add i64 %34, 1
  br label %33

55:                                               ; preds = %33
  ret void
}

define void @_mlir_ciface_row_sum_i32(ptr %0, ptr %1) {
  %3 = load { ptr, ptr, i64, [2 x i64], [2 x i64] }, ptr %0, align 8
  %4 = extractvalue { ptr, ptr, i64, [2 x i64], [2 x i64] } %3, 0
  %5 = extractvalue { ptr, ptr, i64, [2 x i64], [2 x i64] } %3, 1
  %6 = extractvalue { ptr, ptr, i64, [2 x i64], [2 x i64] } %3, 2
  %7 = extractvalue { ptr, ptr, i64, [2 x i64], [2 x i64] } %3, 3, 0
  %8 = extractvalue { ptr, ptr, i64, [2 x i64], [2 x i64] } %3, 3, 1
  %9 = extractvalue { ptr, ptr, i64, [2 x i64], [2 x i64] } %3, 4, 0
  %10 = extractvalue { ptr, ptr, i64, [2 x i64], [2 x i64] } %3, 4, 1
  %11 = load { ptr, ptr, i64, [1 x i64], [1 x i64] }, ptr %1, align 8
  %12 = extractvalue { ptr, ptr, i64, [1 x i64], [1 x i64] } %11, 0
  %13 = extractvalue { ptr, ptr, i64, [1 x i64], [1 x i64] } %11, 1
  %14 = extractvalue { ptr, ptr, i64, [1 x i64], [1 x i64] } %11, 2
  %15 = extractvalue { ptr, ptr, i64, [1 x i64], [1 x i64] } %11, 3, 0
  %16 = extractvalue { ptr, ptr, i64, [1 x i64], [1 x i64] } %11, 4, 0
  call void @row_sum_i32(ptr %4, ptr %5, i64 %6, i64 %7, i64 %8, i64 %9, i64 %10, ptr %12, ptr %13, i64 %14, i64 %15, i64 %16)
  ret void
}

define void @row_sum_f32(ptr %0, ptr %1, i64 %2, i64 %3, i64 %4, i64 %5, i64 %6, ptr %7, ptr %8, i64 %9, i64 %10, i64 %11) {
  %13 = insertvalue { ptr, ptr, i64, [1 x i64], [1 x i64] } poison, ptr %7, 0
  %14 = insertvalue { ptr, ptr, i64, [1 x i64], [1 x i64] } %13, ptr %8, 1
  %15 = insertvalue { ptr, ptr, i64, [1 x i64], [1 x i64] } %14, i64 %9, 2
  %16 = insertvalue { ptr, ptr, i64, [1 x i64], [1 x i64] } %15, i64 %10, 3, 0
  %17 = insertvalue { ptr, ptr, i64, [1 x i64], [1 x i64] } %16, i64 %11, 4, 0
  %18 = insertvalue { ptr, ptr, i64, [2 x i64], [2 x i64] } poison, ptr %0, 0
  %19 = insertvalue { ptr, ptr, i64, [2 x i64], [2 x i64] } %18, ptr %1, 1
  %20 = insertvalue { ptr, ptr, i64, [2 x i64], [2 x i64] } %19, i64 %2, 2
  %21 = insertvalue { ptr, ptr, i64, [2 x i64], [2 x i64] } %20, i64 %3, 3, 0
  %22 = insertvalue { ptr, ptr, i64, [2 x i64], [2 x i64] } %21, i64 %5, 4, 0
  %23 = insertvalue { ptr, ptr, i64, [2 x i64], [2 x i64] } %22, i64 %4, 3, 1
  %24 = insertvalue { ptr, ptr, i64, [2 x i64], [2 x i64] } %23, i64 %6, 4, 1
  br label %25

25:                                               ; preds = %28, %12
  %26 = phi i64 [ %31, %28 ], [ 0, %12 ]
  %27 = icmp slt i64 %26, 13
  br i1 %27, label %28, label %32

28:                                               ; preds = %25
  %29 = extractvalue { ptr, ptr, i64, [1 x i64], [1 x i64] } %17, 1
  %30 = getelementptr inbounds nuw float, ptr %29, i64 %26
  store float 0.000000e+00, ptr %30, align 4
  %31 = add i64 %26, 1
  br label %25

32:                                               ; preds = %25
  br label %33

33:                                               ; preds = %53, %32
  %34 = phi i64 [ %54, %53 ], [ 0, %32 ]
  %35 = icmp slt i64 %34, 13
  br i1 %35, label %36, label %55

36:                                               ; preds = %33
  br label %37

37:                                               ; preds = %40, %36
  %38 = phi i64 [ %52, %40 ], [ 0, %36 ]
  %39 = icmp slt i64 %38, 50
  br i1 %39, label %40, label %53

40:                                               ; preds = %37
  %41 = extractvalue { ptr, ptr, i64, [2 x i64], [2 x i64] } %24, 1
  %42 = mul nuw nsw i64 %34, 50
  %43 = add nuw nsw i64 %42, %38
  %44 = getelementptr inbounds nuw float, ptr %41, i64 %43
  %45 = load float, ptr %44, align 4
  %46 = extractvalue { ptr, ptr, i64, [1 x i64], [1 x i64] } %17, 1
  %47 = getelementptr inbounds nuw float, ptr %46, i64 %34
  %48 = load float, ptr %47, align 4
  %49 = fadd float %48, %45
  %50 = extractvalue { ptr, ptr, i64, [1 x i64], [1 x i64] } %17, 1
  %51 = getelementptr inbounds nuw float, ptr %50, i64 %34
  store float %49, ptr %51, align 4
  %52 = add i64 %38, 1
  br label %37

53:                                               ; preds = %37
  %54 = add i64 %34, 1
  br label %33

55:                                               ; preds = %33
  ret void
}

define void @_mlir_ciface_row_sum_f32(ptr %0, ptr %1) {
  %3 = load { ptr, ptr, i64, [2 x i64], [2 x i64] }, ptr %0, align 8
  %4 = extractvalue { ptr, ptr, i64, [2 x i64], [2 x i64] } %3, 0
  %5 = extractvalue { ptr, ptr, i64, [2 x i64], [2 x i64] } %3, 1
  %6 = extractvalue { ptr, ptr, i64, [2 x i64], [2 x i64] } %3, 2
  %7 = extractvalue { ptr, ptr, i64, [2 x i64], [2 x i64] } %3, 3, 0
  %8 = extractvalue { ptr, ptr, i64, [2 x i64], [2 x i64] } %3, 3, 1
  %9 = extractvalue { ptr, ptr, i64, [2 x i64], [2 x i64] } %3, 4, 0
  %10 = extractvalue { ptr, ptr, i64, [2 x i64], [2 x i64] } %3, 4, 1
  %11 = load { ptr, ptr, i64, [1 x i64], [1 x i64] }, ptr %1, align 8
  %12 = extractvalue { ptr, ptr, i64, [1 x i64], [1 x i64] } %11, 0
  %13 = extractvalue { ptr, ptr, i64, [1 x i64], [1 x i64] } %11, 1
  %14 = extractvalue { ptr, ptr, i64, [1 x i64], [1 x i64] } %11, 2
  %15 = extractvalue { ptr, ptr, i64, [1 x i64], [1 x i64] } %11, 3, 0
  %16 = extractvalue { ptr, ptr, i64, [1 x i64], [1 x i64] } %11, 4, 0
  call void @row_sum_f32(ptr %4, ptr %5, i64 %6, i64 %7, i64 %8, i64 %9, i64 %10, ptr %12, ptr %13, i64 %14, i64 %15, i64 %16)
  ret void
}

define void @column_max_i32(ptr %0, ptr %1, i64 %2, i64 %3, i64 %4, i64 %5, i64 %6, ptr %7, ptr %8, i64 %9, i64 %10, i64 %11) {
  %13 = insertvalue { ptr, ptr, i64, [1 x i64], [1 x i64] } poison, ptr %7, 0
  %14 = insertvalue { ptr, ptr, i64, [1 x i64], [1 x i64] } %13, ptr %8, 1
  %15 = insertvalue { ptr, ptr, i64, [1 x i64], [1 x i64] } %14, i64 %9, 2
  %16 = insertvalue { ptr, ptr, i64, [1 x i64], [1 x i64] } %15, i64 %10, 3, 0
  %17 = insertvalue { ptr, ptr, i64, [1 x i64], [1 x i64] } %16, i64 %11, 4, 0
  %18 = insertvalue { ptr, ptr, i64, [2 x i64], [2 x i64] } poison, ptr %0, 0
  %19 = insertvalue { ptr, ptr, i64, [2 x i64], [2 x i64] } %18, ptr %1, 1
  %20 = insertvalue { ptr, ptr, i64, [2 x i64], [2 x i64] } %19, i64 %2, 2
  %21 = insertvalue { ptr, ptr, i64, [2 x i64], [2 x i64] } %20, i64 %3, 3, 0
  %22 = insertvalue { ptr, ptr, i64, [2 x i64], [2 x i64] } %21, i64 %5, 4, 0
  %23 = insertvalue { ptr, ptr, i64, [2 x i64], [2 x i64] } %22, i64 %4, 3, 1
  %24 = insertvalue { ptr, ptr, i64, [2 x i64], [2 x i64] } %23, i64 %6, 4, 1
  br label %25

25:                                               ; preds = %28, %12
  %26 = phi i64 [ %31, %28 ], [ 0, %12 ]
  %27 = icmp slt i64 %26, 50
  br i1 %27, label %28, label %32

28:                                               ; preds = %25
  %29 = extractvalue { ptr, ptr, i64, [1 x i64], [1 x i64] } %17, 1
  %30 = getelementptr inbounds nuw i32, ptr %29, i64 %26
  store i32 -2147483648, ptr %30, align 4
  %31 = add i64 %26, 1
  br label %25

32:                                               ; preds = %25
  br label %33

33:                                               ; preds = %54, %32
  %34 = phi i64 [ %55, %54 ], [ 0, %32 ]
  %35 = icmp slt i64 %34, 13
  br i1 %35, label %36, label %56

36:                                               ; preds = %33
  br label %37

37:                                               ; preds = %40, %36
  %38 = phi i64 [ %53, %40 ], [ 0, %36 ]
  %39 = icmp slt i64 %38, 50
  br i1 %39, label %40, label %54

40:                                               ; preds = %37
  %41 = extractvalue { ptr, ptr, i64, [2 x i64], [2 x i64] } %24, 1
  %42 = mul nuw nsw i64 %34, 50
  %43 = add nuw nsw i64 %42, %38
  %44 = getelementptr inbounds nuw i32, ptr %41, i64 %43
  %45 = load i32, ptr %44, align 4
  %46 = extractvalue { ptr, ptr, i64, [1 x i64], [1 x i64] } %17, 1
  %47 = getelementptr inbounds nuw i32, ptr %46, i64 %38
  %48 = load i32, ptr %47, align 4
  %49 = icmp sgt i32 %48, %45
  %50 = select i1 %49, i32 %48, i32 %45
  %51 = extractvalue { ptr, ptr, i64, [1 x i64], [1 x i64] } %17, 1
  %52 = getelementptr inbounds nuw i32, ptr %51, i64 %38
  store i32 %50, ptr %52, align 4
  %53 = add i64 %38, 1
  br label %37

54:                                               ; preds = %37
  %55 = add i64 %34, 1
  br label %33

56:                                               ; preds = %33
  ret void
}

define void @_mlir_ciface_column_max_i32(ptr %0, ptr %1) {
  %3 = load { ptr, ptr, i64, [2 x i64], [2 x i64] }, ptr %0, align 8
  %4 = extractvalue { ptr, ptr, i64, [2 x i64], [2 x i64] } %3, 0
  %5 = extractvalue { ptr, ptr, i64, [2 x i64], [2 x i64] } %3, 1
  %6 = extractvalue { ptr, ptr, i64, [2 x i64], [2 x i64] } %3, 2
  %7 = extractvalue { ptr, ptr, i64, [2 x i64], [2 x i64] } %3, 3, 0
  %8 = extractvalue { ptr, ptr, i64, [2 x i64], [2 x i64] } %3, 3, 1
  %9 = extractvalue { ptr, ptr, i64, [2 x i64], [2 x i64] } %3, 4, 0
  %10 = extractvalue { ptr, ptr, i64, [2 x i64], [2 x i64] } %3, 4, 1
  %11 = load { ptr, ptr, i64, [1 x i64], [1 x i64] }, ptr %1, align 8
  %12 = extractvalue { ptr, ptr, i64, [1 x i64], [1 x i64] } %11, 0
  %13 = extractvalue { ptr, ptr, i64, [1 x i64], [1 x i64] } %11, 1
  %14 = extractvalue { ptr, ptr, i64, [1 x i64], [1 x i64] } %11, 2
  %15 = extractvalue { ptr, ptr, i64, [1 x i64], [1 x i64] } %11, 3, 0
  %16 = extractvalue { ptr, ptr, i64, [1 x i64], [1 x i64] } %11, 4, 0
  call void @column_max_i32(ptr %4, ptr %5, i64 %6, i64 %7, i64 %8, i64 %9, i64 %10, ptr %12, ptr %13, i64 %14, i64 %15, i64 %16)
  ret void
}

!llvm.module.flags = !{!0}

!0 = !{i32 2, !"Debug Info Version", i32 3}
