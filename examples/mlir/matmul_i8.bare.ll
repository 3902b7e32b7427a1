; ModuleID = 'LLVMDialectModule'
source_filename = "LLVMDialectModule"

define void @matmul_i8(ptr %0, ptr %1, ptr %2) {
  %4 = insertvalue { ptr, ptr, i64, [2 x i64], [2 x i64] } poison, ptr %2, 0
  %5 = insertvalue { ptr, ptr, i64, [2 x i64], [2 x i64] } %4, ptr %2, 1
  %6 = insertvalue { ptr, ptr, i64, [2 x i64], [2 x i64] } %5, i64 0, 2
  %7 = insertvalue { ptr, ptr, i64, [2 x i64], [2 x i64] } %6, i64 256, 3, 0
  %8 = insertvalue { ptr, ptr, i64, [2 x i64], [2 x i64] } %7, i64 256, 4, 0
  %9 = insertvalue { ptr, ptr, i64, [2 x i64], [2 x i64] } %8, i64 256, 3, 1
  %10 = insertvalue { ptr, ptr, i64, [2 x i64], [2 x i64] } %9, i64 1, 4, 1
  %11 = insertvalue { ptr, ptr, i64, [2 x i64], [2 x i64] } poison, ptr %1, 0
  %12 = insertvalue { ptr, ptr, i64, [2 x i64], [2 x i64] } %11, ptr %1, 1
  %13 = insertvalue { ptr, ptr, i64, [2 x i64], [2 x i64] } %12, i64 0, 2
  %14 = insertvalue { ptr, ptr, i64, [2 x i64], [2 x i64] } %13, i64 256, 3, 0
  %15 = insertvalue { ptr, ptr, i64, [2 x i64], [2 x i64] } %14, i64 256, 4, 0
  %16 = insertvalue { ptr, ptr, i64, [2 x i64], [2 x i64] } %15, i64 256, 3, 1
  %17 = insertvalue { ptr, ptr, i64, [2 x i64], [2 x i64] } %16, i64 1, 4, 1
  %18 = insertvalue { ptr, ptr, i64, [2 x i64], [2 x i64] } poison, ptr %0, 0
  %19 = insertvalue { ptr, ptr, i64, [2 x i64], [2 x i64] } %18, ptr %0, 1
  %20 = insertvalue { ptr, ptr, i64, [2 x i64], [2 x i64] } %19, i64 0, 2
  %21 = insertvalue { ptr, ptr, i64, [2 x i64], [2 x i64] } %20, i64 256, 3, 0
  %22 = insertvalue { ptr, ptr, i64, [2 x i64], [2 x i64] } %21, i64 256, 4, 0
  %23 = insertvalue { ptr, ptr, i64, [2 x i64], [2 x i64] } %22, i64 256, 3, 1
  %24 = insertvalue { ptr, ptr, i64, [2 x i64], [2 x i64] } %23, i64 1, 4, 1
  br label %25

25:                                               ; preds = %38, %3
  %26 = phi i64 [ %39, %38 ], [ 0, %3 ]
  %27 = icmp slt i64 %26, 256
  br i1 %27, label %28, label %40

28:                                               ; preds = %25
  br label %29

29:                                               ; preds = %32, %28
  %30 = phi i64 [ %37, %32 ], [ 0, %28 ]
  %31 = icmp slt i64 %30, 256
  br i1 %31, label %32, label %38

32:                                               ; preds = %29
  %33 = extractvalue { ptr, ptr, i64, [2 x i64], [2 x i64] } %10, 1
  %34 = mul nuw nsw i64 %26, 256
  %35 = add nuw nsw i64 %34, %30
  %36 = getelementptr inbounds nuw i32, ptr %33, i64 %35
  store i32 0, ptr %36, align 4
  %37 = add i64 %30, 1
  br label %29

38:                                               ; preds = %29
  %39 = add i64 %26, 1
  br label %25

40:                                               ; preds = %25
  br label %41

41:                                               ; preds = %79, %40
  %42 = phi i64 [ %80, %79 ], [ 0, %40 ]
  %43 = icmp slt i64 %42, 256
  br i1 %43, label %44, label %81

44:                                               ; preds = %41
  br label %45

45:                                               ; preds = %77, %44
  %46 = phi i64 [ %78, %77 ], [ 0, %44 ]
  %47 = icmp slt i64 %46, 256
  br i1 %47, label %48, label %79

48:                                               ; preds = %45
  br label %49

49:                                               ; preds = %52, %48
  %50 = phi i64 [ %76, %52 ], [ 0, %48 ]
  %51 = icmp slt i64 %50, 256
  br i1 %51, label %52, label %77

52:                                               ; preds = %49
  %53 = extractvalue { ptr, ptr, i64, [2 x i64], [2 x i64] } %24, 1
  %54 = mul nuw nsw i64 %42, 256
  %55 = add nuw nsw i64 %54, %50
  %56 = getelementptr inbounds nuw i8, ptr %53, i64 %55
  %57 = load i8, ptr %56, align 1
  %58 = extractvalue { ptr, ptr, i64, [2 x i64], [2 x i64] } %17, 1
  %59 = mul nuw nsw i64 %50, 256
  %60 = add nuw nsw i64 %59, %46
  %61 = getelementptr inbounds nuw i8, ptr %58, i64 %60
  %62 = load i8, ptr %61, align 1
  %63 = extractvalue { ptr, ptr, i64, [2 x i64], [2 x i64] } %10, 1
  %64 = mul nuw nsw i64 %42, 256
  %65 = add nuw nsw i64 %64, %46
  %66 = getelementptr inbounds nuw i32, ptr %63, i64 %65
  %67 = load i32, ptr %66, align 4
  %68 = sext i8 %57 to i32
  %69 = sext i8 %62 to i32
  %70 = mul i32 %68, %69
  %71 = add i32 %67, %70
  %72 = extractvalue { ptr, ptr, i64, [2 x i64], [2 x i64] } %10, 1
  %73 = mul nuw nsw i64 %42, 256
  %74 = add nuw nsw i64 %73, %46
  %75 = getelementptr inbounds nuw i32, ptr %72, i64 %74
  store i32 %71, ptr %75, align 4
  %76 = add i64 %50, 1
  br label %49

77:                                               ; preds = %49
  %78 = add i64 %46, 1
  br label %45

79:                                               ; preds = %45
  %80 = add i64 %42, 1
  br label %41

81:                                               ; preds = %41
  ret void
}

define void @matmul_i8_edges(ptr %0, ptr %1, ptr %2) {
  %4 = insertvalue { ptr, ptr, i64, [2 x i64], [2 x i64] } poison, ptr %2, 0
  %5 = insertvalue { ptr, ptr, i64, [2 x i64], [2 x i64] } %4, ptr %2, 1
  %6 = insertvalue { ptr, ptr, i64, [2 x i64], [2 x i64] } %5, i64 0, 2
  %7 = insertvalue { ptr, ptr, i64, [2 x i64], [2 x i64] } %6, i64 17, 3, 0
  %8 = insertvalue { ptr, ptr, i64, [2 x i64], [2 x i64] } %7, i64 9, 4, 0
  %9 = insertvalue { ptr, ptr, i64, [2 x i64], [2 x i64] } %8, i64 9, 3, 1
  %10 = insertvalue { ptr, ptr, i64, [2 x i64], [2 x i64] } %9, i64 1, 4, 1
  %11 = insertvalue { ptr, ptr, i64, [2 x i64], [2 x i64] } poison, ptr %1, 0
  %12 = insertvalue { ptr, ptr, i64, [2 x i64], [2 x i64] } %11, ptr %1, 1
  %13 = insertvalue { ptr, ptr, i64, [2 x i64], [2 x i64] } %12, i64 0, 2
  %14 = insertvalue { ptr, ptr, i64, [2 x i64], [2 x i64] } %13, i64 23, 3, 0
  %15 = insertvalue { ptr, ptr, i64, [2 x i64], [2 x i64] } %14, i64 9, 4, 0
  %16 = insertvalue { ptr, ptr, i64, [2 x i64], [2 x i64] } %15, i64 9, 3, 1
  %17 = insertvalue { ptr, ptr, i64, [2 x i64], [2 x i64] } %16, i64 1, 4, 1
  %18 = insertvalue { ptr, ptr, i64, [2 x i64], [2 x i64] } poison, ptr %0, 0
  %19 = insertvalue { ptr, ptr, i64, [2 x i64], [2 x i64] } %18, ptr %0, 1
  %20 = insertvalue { ptr, ptr, i64, [2 x i64], [2 x i64] } %19, i64 0, 2
  %21 = insertvalue { ptr, ptr, i64, [2 x i64], [2 x i64] } %20, i64 17, 3, 0
  %22 = insertvalue { ptr, ptr, i64, [2 x i64], [2 x i64] } %21, i64 23, 4, 0
  %23 = insertvalue { ptr, ptr, i64, [2 x i64], [2 x i64] } %22, i64 23, 3, 1
  %24 = insertvalue { ptr, ptr, i64, [2 x i64], [2 x i64] } %23, i64 1, 4, 1
  br label %25

25:                                               ; preds = %38, %3
  %26 = phi i64 [ %39, %38 ], [ 0, %3 ]
  %27 = icmp slt i64 %26, 17
  br i1 %27, label %28, label %40

28:                                               ; preds = %25
  br label %29

29:                                               ; preds = %32, %28
  %30 = phi i64 [ %37, %32 ], [ 0, %28 ]
  %31 = icmp slt i64 %30, 9
  br i1 %31, label %32, label %38

32:                                               ; preds = %29
  %33 = extractvalue { ptr, ptr, i64, [2 x i64], [2 x i64] } %10, 1
  %34 = mul nuw nsw i64 %26, 9
  %35 = add nuw nsw i64 %34, %30
  %36 = getelementptr inbounds nuw i32, ptr %33, i64 %35
  store i32 0, ptr %36, align 4
  %37 = add i64 %30, 1
  br label %29

38:                                               ; preds = %29
  %39 = add i64 %26, 1
  br label %25

40:                                               ; preds = %25
  br label %41

41:                                               ; preds = %79, %40
  %42 = phi i64 [ %80, %79 ], [ 0, %40 ]
  %43 = icmp slt i64 %42, 17
  br i1 %43, label %44, label %81

44:                                               ; preds = %41
  br label %45

45:                                               ; preds = %77, %44
  %46 = phi i64 [ %78, %77 ], [ 0, %44 ]
  %47 = icmp slt i64 %46, 9
  br i1 %47, label %48, label %79

48:                                               ; preds = %45
  br label %49

49:                                               ; preds = %52, %48
  %50 = phi i64 [ %76, %52 ], [ 0, %48 ]
  %51 = icmp slt i64 %50, 23
  br i1 %51, label %52, label %77

52:                                               ; preds = %49
  %53 = extractvalue { ptr, ptr, i64, [2 x i64], [2 x i64] } %24, 1
  %54 = mul nuw nsw i64 %42, 23
  %55 = add nuw nsw i64 %54, %50
  %56 = getelementptr inbounds nuw i8, ptr %53, i64 %55
  %57 = load i8, ptr %56, align 1
  %58 = extractvalue { ptr, ptr, i64, [2 x i64], [2 x i64] } %17, 1
  %59 = mul nuw nsw i64 %50, 9
  %60 = add nuw nsw i64 %59, %46
  %61 = getelementptr inbounds nuw i8, ptr %58, i64 %60
  %62 = load i8, ptr %61, align 1
  %63 = extractvalue { ptr, ptr, i64, [2 x i64], [2 x i64] } %10, 1
  %64 = mul nuw nsw i64 %42, 9
  %65 = add nuw nsw i64 %64, %46
  %66 = getelementptr inbounds nuw i32, ptr %63, i64 %65
  %67 = load i32, ptr %66, align 4
  %68 = sext i8 %57 to i32
  %69 = sext i8 %62 to i32
  %70 = mul i32 %68, %69
  %71 = add i32 %67, %70
  %72 = extractvalue { ptr, ptr, i64, [2 x i64], [2 x i64] } %10, 1
  %73 = mul nuw nsw i64 %42, 9
  %74 = add nuw nsw i64 %73, %46
  %75 = getelementptr inbounds nuw i32, ptr %72, i64 %74
  store i32 %71, ptr %75, align 4
  %76 = add i64 %50, 1
  br label %49

77:                                               ; preds = %49
  %78 = add i64 %46, 1
  br label %45

79:                                               ; preds = %45
  %80 = add i64 %42, 1
  br label %41

81:                                               ; preds = %41
  ret void
}

define void @matmul_i8_accumulate(ptr %0, ptr %1, ptr %2) {
  %4 = insertvalue { ptr, ptr, i64, [2 x i64], [2 x i64] } poison, ptr %2, 0
  %5 = insertvalue { ptr, ptr, i64, [2 x i64], [2 x i64] } %4, ptr %2, 1
  %6 = insertvalue { ptr, ptr, i64, [2 x i64], [2 x i64] } %5, i64 0, 2
  %7 = insertvalue { ptr, ptr, i64, [2 x i64], [2 x i64] } %6, i64 16, 3, 0
  %8 = insertvalue { ptr, ptr, i64, [2 x i64], [2 x i64] } %7, i64 16, 4, 0
  %9 = insertvalue { ptr, ptr, i64, [2 x i64], [2 x i64] } %8, i64 16, 3, 1
  %10 = insertvalue { ptr, ptr, i64, [2 x i64], [2 x i64] } %9, i64 1, 4, 1
  %11 = insertvalue { ptr, ptr, i64, [2 x i64], [2 x i64] } poison, ptr %1, 0
  %12 = insertvalue { ptr, ptr, i64, [2 x i64], [2 x i64] } %11, ptr %1, 1
  %13 = insertvalue { ptr, ptr, i64, [2 x i64], [2 x i64] } %12, i64 0, 2
  %14 = insertvalue { ptr, ptr, i64, [2 x i64], [2 x i64] } %13, i64 32, 3, 0
  %15 = insertvalue { ptr, ptr, i64, [2 x i64], [2 x i64] } %14, i64 16, 4, 0
  %16 = insertvalue { ptr, ptr, i64, [2 x i64], [2 x i64] } %15, i64 16, 3, 1
  %17 = insertvalue { ptr, ptr, i64, [2 x i64], [2 x i64] } %16, i64 1, 4, 1
  %18 = insertvalue { ptr, ptr, i64, [2 x i64], [2 x i64] } poison, ptr %0, 0
  %19 = insertvalue { ptr, ptr, i64, [2 x i64], [2 x i64] } %18, ptr %0, 1
  %20 = insertvalue { ptr, ptr, i64, [2 x i64], [2 x i64] } %19, i64 0, 2
  %21 = insertvalue { ptr, ptr, i64, [2 x i64], [2 x i64] } %20, i64 16, 3, 0
  %22 = insertvalue { ptr, ptr, i64, [2 x i64], [2 x i64] } %21, i64 32, 4, 0
  %23 = insertvalue { ptr, ptr, i64, [2 x i64], [2 x i64] } %22, i64 32, 3, 1
  %24 = insertvalue { ptr, ptr, i64, [2 x i64], [2 x i64] } %23, i64 1, 4, 1
  br label %25

25:                                               ; preds = %63, %3
  %26 = phi i64 [ %64, %63 ], [ 0, %3 ]
  %27 = icmp slt i64 %26, 16
  br i1 %27, label %28, label %65

28:                                               ; preds = %25
  br label %29

29:                                               ; preds = %61, %28
  %30 = phi i64 [ %62, %61 ], [ 0, %28 ]
  %31 = icmp slt i64 %30, 16
  br i1 %31, label %32, label %63

32:                                               ; preds = %29
  br label %33

33:                                               ; preds = %36, %32
  %34 = phi i64 [ %60, %36 ], [ 0, %32 ]
  %35 = icmp slt i64 %34, 32
  br i1 %35, label %36, label %61

36:                                               ; preds = %33
  %37 = extractvalue { ptr, ptr, i64, [2 x i64], [2 x i64] } %24, 1
  %38 = mul nuw nsw i64 %26, 32
  %39 = add nuw nsw i64 %38, %34
  %40 = getelementptr inbounds nuw i8, ptr %37, i64 %39
  %41 = load i8, ptr %40, align 1
  %42 = extractvalue { ptr, ptr, i64, [2 x i64], [2 x i64] } %17, 1
  %43 = mul nuw nsw i64 %34, 16
  %44 = add nuw nsw i64 %43, %30
  %45 = getelementptr inbounds nuw i8, ptr %42, i64 %44
  %46 = load i8, ptr %45, align 1
  %47 = extractvalue { ptr, ptr, i64, [2 x i64], [2 x i64] } %10, 1
  %48 = mul nuw nsw i64 %26, 16
  %49 = add nuw nsw i64 %48, %30
  %50 = getelementptr inbounds nuw i32, ptr %47, i64 %49
  %51 = load i32, ptr %50, align 4
  %52 = sext i8 %41 to i32
  %53 = sext i8 %46 to i32
  %54 = mul i32 %52, %53
  %55 = add i32 %51, %54
  %56 = extractvalue { ptr, ptr, i64, [2 x i64], [2 x i64] } %10, 1
  %57 = mul nuw nsw i64 %26, 16
  %58 = add nuw nsw i64 %57, %30
  %59 = getelementptr inbounds nuw i32, ptr %56, i64 %58
  store i32 %55, ptr %59, align 4
  %60 = add i64 %34, 1
  br label %33

61:                                               ; preds = %33
  %62 = add i64 %30, 1
  br label %29

63:                                               ; preds = %29
  %64 = add i64 %26, 1
  br label %25

65:                                               ; preds = %25
  ret void
}

!llvm.module.flags = !{!0}

!0 = !{i32 2, !"Debug Info Version", i32 3}
