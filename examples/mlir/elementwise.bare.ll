; ModuleID = 'LLVMDialectModule'
source_filename = "LLVMDialectModule"

define void @add_relu_f32(ptr %0, ptr %1, ptr %2) {
  %4 = insertvalue { ptr, ptr, i64, [2 x i64], [2 x i64] } poison, ptr %2, 0
  %5 = insertvalue { ptr, ptr, i64, [2 x i64], [2 x i64] } %4, ptr %2, 1
  %6 = insertvalue { ptr, ptr, i64, [2 x i64], [2 x i64] } %5, i64 0, 2
  %7 = insertvalue { ptr, ptr, i64, [2 x i64], [2 x i64] } %6, i64 12, 3, 0
  %8 = insertvalue { ptr, ptr, i64, [2 x i64], [2 x i64] } %7, i64 20, 4, 0
  %9 = insertvalue { ptr, ptr, i64, [2 x i64], [2 x i64] } %8, i64 20, 3, 1
  %10 = insertvalue { ptr, ptr, i64, [2 x i64], [2 x i64] } %9, i64 1, 4, 1
  %11 = insertvalue { ptr, ptr, i64, [2 x i64], [2 x i64] } poison, ptr %1, 0
  %12 = insertvalue { ptr, ptr, i64, [2 x i64], [2 x i64] } %11, ptr %1, 1
  %13 = insertvalue { ptr, ptr, i64, [2 x i64], [2 x i64] } %12, i64 0, 2
  %14 = insertvalue { ptr, ptr, i64, [2 x i64], [2 x i64] } %13, i64 12, 3, 0
  %15 = insertvalue { ptr, ptr, i64, [2 x i64], [2 x i64] } %14, i64 20, 4, 0
  %16 = insertvalue { ptr, ptr, i64, [2 x i64], [2 x i64] } %15, i64 20, 3, 1
  %17 = insertvalue { ptr, ptr, i64, [2 x i64], [2 x i64] } %16, i64 1, 4, 1
  %18 = insertvalue { ptr, ptr, i64, [2 x i64], [2 x i64] } poison, ptr %0, 0
  %19 = insertvalue { ptr, ptr, i64, [2 x i64], [2 x i64] } %18, ptr %0, 1
  %20 = insertvalue { ptr, ptr, i64, [2 x i64], [2 x i64] } %19, i64 0, 2
  %21 = insertvalue { ptr, ptr, i64, [2 x i64], [2 x i64] } %20, i64 12, 3, 0
  %22 = insertvalue { ptr, ptr, i64, [2 x i64], [2 x i64] } %21, i64 20, 4, 0
  %23 = insertvalue { ptr, ptr, i64, [2 x i64], [2 x i64] } %22, i64 20, 3, 1
  %24 = insertvalue { ptr, ptr, i64, [2 x i64], [2 x i64] } %23, i64 1, 4, 1
  br label %25

25:                                               ; preds = %51, %3
  %26 = phi i64 [ %52, %51 ], [ 0, %3 ]
  %27 = icmp slt i64 %26, 12
  br i1 %27, label %28, label %53

28:                                               ; preds = %25
  br label %29

29:                                               ; preds = %32, %28
  %30 = phi i64 [ %50, %32 ], [ 0, %28 ]
  %31 = icmp slt i64 %30, 20
  br i1 %31, label %32, label %51

32:                                               ; preds = %29
  %33 = extractvalue { ptr, ptr, i64, [2 x i64], [2 x i64] } %24, 1
  %34 = mul nuw nsw i64 %26, 20
  %35 = add nuw nsw i64 %34, %30
  %36 = getelementptr inbounds nuw float, ptr %33, i64 %35
  %37 = load float, ptr %36, align 4
  %38 = extractvalue { ptr, ptr, i64, [2 x i64], [2 x i64] } %17, 1
  %39 = mul nuw nsw i64 %26, 20
  %40 = add nuw nsw i64 %39, %30
  %41 = getelementptr inbounds nuw float, ptr %38, i64 %40
  %42 = load float, ptr %41, align 4
  %43 = fadd float %37, %42
  %44 = fcmp ogt float %43, 0.000000e+00
  %45 = select i1 %44, float %43, float 0.000000e+00
  %46 = extractvalue { ptr, ptr, i64, [2 x i64], [2 x i64] } %10, 1
  %47 = mul nuw nsw i64 %26, 20
  %48 = add nuw nsw i64 %47, %30
  %49 = getelementptr inbounds nuw float, ptr %46, i64 %48
  store float %45, ptr %49, align 4
  %50 = add i64 %30, 1
  br label %29

51:                                               ; preds = %29
  %52 = add i64 %26, 1
  br label %25

53:                                               ; preds = %25
  ret void
}

define void @add_saturate_i8(ptr %0, ptr %1, ptr %2) {
  %4 = insertvalue { ptr, ptr, i64, [2 x i64], [2 x i64] } poison, ptr %2, 0
  %5 = insertvalue { ptr, ptr, i64, [2 x i64], [2 x i64] } %4, ptr %2, 1
  %6 = insertvalue { ptr, ptr, i64, [2 x i64], [2 x i64] } %5, i64 0, 2
  %7 = insertvalue { ptr, ptr, i64, [2 x i64], [2 x i64] } %6, i64 7, 3, 0
  %8 = insertvalue { ptr, ptr, i64, [2 x i64], [2 x i64] } %7, i64 33, 4, 0
  %9 = insertvalue { ptr, ptr, i64, [2 x i64], [2 x i64] } %8, i64 33, 3, 1
  %10 = insertvalue { ptr, ptr, i64, [2 x i64], [2 x i64] } %9, i64 1, 4, 1
  %11 = insertvalue { ptr, ptr, i64, [2 x i64], [2 x i64] } poison, ptr %1, 0
  %12 = insertvalue { ptr, ptr, i64, [2 x i64], [2 x i64] } %11, ptr %1, 1
  %13 = insertvalue { ptr, ptr, i64, [2 x i64], [2 x i64] } %12, i64 0, 2
  %14 = insertvalue { ptr, ptr, i64, [2 x i64], [2 x i64] } %13, i64 7, 3, 0
  %15 = insertvalue { ptr, ptr, i64, [2 x i64], [2 x i64] } %14, i64 33, 4, 0
  %16 = insertvalue { ptr, ptr, i64, [2 x i64], [2 x i64] } %15, i64 33, 3, 1
  %17 = insertvalue { ptr, ptr, i64, [2 x i64], [2 x i64] } %16, i64 1, 4, 1
  %18 = insertvalue { ptr, ptr, i64, [2 x i64], [2 x i64] } poison, ptr %0, 0
  %19 = insertvalue { ptr, ptr, i64, [2 x i64], [2 x i64] } %18, ptr %0, 1
  %20 = insertvalue { ptr, ptr, i64, [2 x i64], [2 x i64] } %19, i64 0, 2
  %21 = insertvalue { ptr, ptr, i64, [2 x i64], [2 x i64] } %20, i64 7, 3, 0
  %22 = insertvalue { ptr, ptr, i64, [2 x i64], [2 x i64] } %21, i64 33, 4, 0
  %23 = insertvalue { ptr, ptr, i64, [2 x i64], [2 x i64] } %22, i64 33, 3, 1
  %24 = insertvalue { ptr, ptr, i64, [2 x i64], [2 x i64] } %23, i64 1, 4, 1
  br label %25

25:                                               ; preds = %56, %3
  %26 = phi i64 [ %57, %56 ], [ 0, %3 ]
  %27 = icmp slt i64 %26, 7
  br i1 %27, label %28, label %58

28:                                               ; preds = %25
  br label %29

29:                                               ; preds = %32, %28
  %30 = phi i64 [ %55, %32 ], [ 0, %28 ]
  %31 = icmp slt i64 %30, 33
  br i1 %31, label %32, label %56

32:                                               ; preds = %29
  %33 = extractvalue { ptr, ptr, i64, [2 x i64], [2 x i64] } %24, 1
  %34 = mul nuw nsw i64 %26, 33
  %35 = add nuw nsw i64 %34, %30
  %36 = getelementptr inbounds nuw i8, ptr %33, i64 %35
  %37 = load i8, ptr %36, align 1
  %38 = extractvalue { ptr, ptr, i64, [2 x i64], [2 x i64] } %17, 1
  %39 = mul nuw nsw i64 %26, 33
  %40 = add nuw nsw i64 %39, %30
  %41 = getelementptr inbounds nuw i8, ptr %38, i64 %40
  %42 = load i8, ptr %41, align 1
  %43 = sext i8 %37 to i16
  %44 = sext i8 %42 to i16
  %45 = add i16 %43, %44
  %46 = icmp sgt i16 %45, -128
  %47 = select i1 %46, i16 %45, i16 -128
  %48 = icmp slt i16 %47, 127
  %49 = select i1 %48, i16 %47, i16 127
  %50 = trunc i16 %49 to i8
  %51 = extractvalue { ptr, ptr, i64, [2 x i64], [2 x i64] } %10, 1
  %52 = mul nuw nsw i64 %26, 33
  %53 = add nuw nsw i64 %52, %30
  %54 = getelementptr inbounds nuw i8, ptr %51, i64 %53
  store i8 %50, ptr %54, align 1
  %55 = add i64 %30, 1
  br label %29

56:                                               ; preds = %29
  %57 = add i64 %26, 1
  br label %25

58:                                               ; preds = %25
  ret void
}

define void @add_bias_f32(ptr %0, ptr %1, ptr %2) {
  %4 = insertvalue { ptr, ptr, i64, [2 x i64], [2 x i64] } poison, ptr %2, 0
  %5 = insertvalue { ptr, ptr, i64, [2 x i64], [2 x i64] } %4, ptr %2, 1
  %6 = insertvalue { ptr, ptr, i64, [2 x i64], [2 x i64] } %5, i64 0, 2
  %7 = insertvalue { ptr, ptr, i64, [2 x i64], [2 x i64] } %6, i64 12, 3, 0
  %8 = insertvalue { ptr, ptr, i64, [2 x i64], [2 x i64] } %7, i64 20, 4, 0
  %9 = insertvalue { ptr, ptr, i64, [2 x i64], [2 x i64] } %8, i64 20, 3, 1
  %10 = insertvalue { ptr, ptr, i64, [2 x i64], [2 x i64] } %9, i64 1, 4, 1
  %11 = insertvalue { ptr, ptr, i64, [1 x i64], [1 x i64] } poison, ptr %1, 0
  %12 = insertvalue { ptr, ptr, i64, [1 x i64], [1 x i64] } %11, ptr %1, 1
  %13 = insertvalue { ptr, ptr, i64, [1 x i64], [1 x i64] } %12, i64 0, 2
  %14 = insertvalue { ptr, ptr, i64, [1 x i64], [1 x i64] } %13, i64 20, 3, 0
  %15 = insertvalue { ptr, ptr, i64, [1 x i64], [1 x i64] } %14, i64 1, 4, 0
  %16 = insertvalue { ptr, ptr, i64, [2 x i64], [2 x i64] } poison, ptr %0, 0
  %17 = insertvalue { ptr, ptr, i64, [2 x i64], [2 x i64] } %16, ptr %0, 1
  %18 = insertvalue { ptr, ptr, i64, [2 x i64], [2 x i64] } %17, i64 0, 2
  %19 = insertvalue { ptr, ptr, i64, [2 x i64], [2 x i64] } %18, i64 12, 3, 0
  %20 = insertvalue { ptr, ptr, i64, [2 x i64], [2 x i64] } %19, i64 20, 4, 0
  %21 = insertvalue { ptr, ptr, i64, [2 x i64], [2 x i64] } %20, i64 20, 3, 1
  %22 = insertvalue { ptr, ptr, i64, [2 x i64], [2 x i64] } %21, i64 1, 4, 1
  br label %23

23:                                               ; preds = %45, %3
  %24 = phi i64 [ %46, %45 ], [ 0, %3 ]
  %25 = icmp slt i64 %24, 12
  br i1 %25, label %26, label %47

26:                                               ; preds = %23
  br label %27

27:                                               ; preds = %30, %26
  %28 = phi i64 [ %44, %30 ], [ 0, %26 ]
  %29 = icmp slt i64 %28, 20
  br i1 %29, label %30, label %45

30:                                               ; preds = %27
  %31 = extractvalue { ptr, ptr, i64, [2 x i64], [2 x i64] } %22, 1
  %32 = mul nuw nsw i64 %24, 20
  %33 = add nuw nsw i64 %32, %28
  %34 = getelementptr inbounds nuw float, ptr %31, i64 %33
  %35 = load float, ptr %34, align 4
  %36 = extractvalue { ptr, ptr, i64, [1 x i64], [1 x i64] } %15, 1
  %37 = getelementptr inbounds nuw float, ptr %36, i64 %28
  %38 = load float, ptr %37, align 4
  %39 = fadd float %35, %38
  %40 = extractvalue { ptr, ptr, i64, [2 x i64], [2 x i64] } %10, 1
  %41 = mul nuw nsw i64 %24, 20
  %42 = add nuw nsw i64 %41, %28
  %43 = getelementptr inbounds nuw float, ptr %40, i64 %42
  store float %39, ptr %43, align 4
  %44 = add i64 %28, 1
  br label %27

45:                                               ; preds = %27
  %46 = add i64 %24, 1
  br label %23

47:                                               ; preds = %23
  ret void
}

define void @scale_f32(ptr %0, float %1, ptr %2) {
  %4 = insertvalue { ptr, ptr, i64, [2 x i64], [2 x i64] } poison, ptr %2, 0
  %5 = insertvalue { ptr, ptr, i64, [2 x i64], [2 x i64] } %4, ptr %2, 1
  %6 = insertvalue { ptr, ptr, i64, [2 x i64], [2 x i64] } %5, i64 0, 2
  %7 = insertvalue { ptr, ptr, i64, [2 x i64], [2 x i64] } %6, i64 9, 3, 0
  %8 = insertvalue { ptr, ptr, i64, [2 x i64], [2 x i64] } %7, i64 16, 4, 0
  %9 = insertvalue { ptr, ptr, i64, [2 x i64], [2 x i64] } %8, i64 16, 3, 1
  %10 = insertvalue { ptr, ptr, i64, [2 x i64], [2 x i64] } %9, i64 1, 4, 1
  %11 = insertvalue { ptr, ptr, i64, [2 x i64], [2 x i64] } poison, ptr %0, 0
  %12 = insertvalue { ptr, ptr, i64, [2 x i64], [2 x i64] } %11, ptr %0, 1
  %13 = insertvalue { ptr, ptr, i64, [2 x i64], [2 x i64] } %12, i64 0, 2
  %14 = insertvalue { ptr, ptr, i64, [2 x i64], [2 x i64] } %13, i64 9, 3, 0
  %15 = insertvalue { ptr, ptr, i64, [2 x i64], [2 x i64] } %14, i64 16, 4, 0
  %16 = insertvalue { ptr, ptr, i64, [2 x i64], [2 x i64] } %15, i64 16, 3, 1
  %17 = insertvalue { ptr, ptr, i64, [2 x i64], [2 x i64] } %16, i64 1, 4, 1
  br label %18

18:                                               ; preds = %37, %3
  %19 = phi i64 [ %38, %37 ], [ 0, %3 ]
  %20 = icmp slt i64 %19, 9
  br i1 %20, label %21, label %39

21:                                               ; preds = %18
  br label %22

22:                                               ; preds = %25, %21
  %23 = phi i64 [ %36, %25 ], [ 0, %21 ]
  %24 = icmp slt i64 %23, 16
  br i1 %24, label %25, label %37

25:                                               ; preds = %22
  %26 = extractvalue { ptr, ptr, i64, [2 x i64], [2 x i64] } %17, 1
  %27 = mul nuw nsw i64 %19, 16
  %28 = add nuw nsw i64 %27, %23
  %29 = getelementptr inbounds nuw float, ptr %26, i64 %28
  %30 = load float, ptr %29, align 4
  %31 = fmul float %30, %1
  %32 = extractvalue { ptr, ptr, i64, [2 x i64], [2 x i64] } %10, 1
  %33 = mul nuw nsw i64 %19, 16
  %34 = add nuw nsw i64 %33, %23
  %35 = getelementptr inbounds nuw float, ptr %32, i64 %34
  store float %31, ptr %35, align 4
  %36 = add i64 %23, 1
  br label %22

37:                                               ; preds = %22
  %38 = add i64 %19, 1
  br label %18

39:                                               ; preds = %18
  ret void
}

define void @shift_i32(ptr %0, i32 %1, ptr %2) {
  %4 = insertvalue { ptr, ptr, i64, [2 x i64], [2 x i64] } poison, ptr %2, 0
  %5 = insertvalue { ptr, ptr, i64, [2 x i64], [2 x i64] } %4, ptr %2, 1
  %6 = insertvalue { ptr, ptr, i64, [2 x i64], [2 x i64] } %5, i64 0, 2
  %7 = insertvalue { ptr, ptr, i64, [2 x i64], [2 x i64] } %6, i64 9, 3, 0
  %8 = insertvalue { ptr, ptr, i64, [2 x i64], [2 x i64] } %7, i64 16, 4, 0
  %9 = insertvalue { ptr, ptr, i64, [2 x i64], [2 x i64] } %8, i64 16, 3, 1
  %10 = insertvalue { ptr, ptr, i64, [2 x i64], [2 x i64] } %9, i64 1, 4, 1
  %11 = insertvalue { ptr, ptr, i64, [2 x i64], [2 x i64] } poison, ptr %0, 0
  %12 = insertvalue { ptr, ptr, i64, [2 x i64], [2 x i64] } %11, ptr %0, 1
  %13 = insertvalue { ptr, ptr, i64, [2 x i64], [2 x i64] } %12, i64 0, 2
  %14 = insertvalue { ptr, ptr, i64, [2 x i64], [2 x i64] } %13, i64 9, 3, 0
  %15 = insertvalue { ptr, ptr, i64, [2 x i64], [2 x i64] } %14, i64 16, 4, 0
  %16 = insertvalue { ptr, ptr, i64, [2 x i64], [2 x i64] } %15, i64 16, 3, 1
  %17 = insertvalue { ptr, ptr, i64, [2 x i64], [2 x i64] } %16, i64 1, 4, 1
  br label %18

18:                                               ; preds = %37, %3
  %19 = phi i64 [ %38, %37 ], [ 0, %3 ]
  %20 = icmp slt i64 %19, 9
  br i1 %20, label %21, label %39

21:                                               ; preds = %18
  br label %22

22:                                               ; preds = %25, %21
  %23 = phi i64 [ %36, %25 ], [ 0, %21 ]
  %24 = icmp slt i64 %23, 16
  br i1 %24, label %25, label %37

25:                                               ; preds = %22
  %26 = extractvalue { ptr, ptr, i64, [2 x i64], [2 x i64] } %17, 1
  %27 = mul nuw nsw i64 %19, 16
  %28 = add nuw nsw i64 %27, %23
  %29 = getelementptr inbounds nuw i32, ptr %26, i64 %28
  %30 = load i32, ptr %29, align 4
  %31 = ashr i32 %30, %1
  %32 = extractvalue { ptr, ptr, i64, [2 x i64], [2 x i64] } %10, 1
  %33 = mul nuw nsw i64 %19, 16
  %34 = add nuw nsw i64 %33, %23
  %35 = getelementptr inbounds nuw i32, ptr %32, i64 %34
  store i32 %31, ptr %35, align 4
  %36 = add i64 %23, 1
  br label %22

37:                                               ; preds = %22
  %38 = add i64 %19, 1
  br label %18

39:                                               ; preds = %18
  ret void
}

!llvm.module.flags = !{!0}

!0 = !{i32 2, !"Debug Info Version", i32 3}
