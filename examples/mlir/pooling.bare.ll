; ModuleID = 'LLVMDialectModule'
source_filename = "LLVMDialectModule"

define void @pool_max_f32(ptr %0, ptr %1) {
  %3 = insertvalue { ptr, ptr, i64, [4 x i64], [4 x i64] } poison, ptr %1, 0
  %4 = insertvalue { ptr, ptr, i64, [4 x i64], [4 x i64] } %3, ptr %1, 1
  %5 = insertvalue { ptr, ptr, i64, [4 x i64], [4 x i64] } %4, i64 0, 2
  %6 = insertvalue { ptr, ptr, i64, [4 x i64], [4 x i64] } %5, i64 1, 3, 0
  %7 = insertvalue { ptr, ptr, i64, [4 x i64], [4 x i64] } %6, i64 80, 4, 0
  %8 = insertvalue { ptr, ptr, i64, [4 x i64], [4 x i64] } %7, i64 4, 3, 1
  %9 = insertvalue { ptr, ptr, i64, [4 x i64], [4 x i64] } %8, i64 20, 4, 1
  %10 = insertvalue { ptr, ptr, i64, [4 x i64], [4 x i64] } %9, i64 4, 3, 2
  %11 = insertvalue { ptr, ptr, i64, [4 x i64], [4 x i64] } %10, i64 5, 4, 2
  %12 = insertvalue { ptr, ptr, i64, [4 x i64], [4 x i64] } %11, i64 5, 3, 3
  %13 = insertvalue { ptr, ptr, i64, [4 x i64], [4 x i64] } %12, i64 1, 4, 3
  %14 = insertvalue { ptr, ptr, i64, [4 x i64], [4 x i64] } poison, ptr %0, 0
  %15 = insertvalue { ptr, ptr, i64, [4 x i64], [4 x i64] } %14, ptr %0, 1
  %16 = insertvalue { ptr, ptr, i64, [4 x i64], [4 x i64] } %15, i64 0, 2
  %17 = insertvalue { ptr, ptr, i64, [4 x i64], [4 x i64] } %16, i64 1, 3, 0
  %18 = insertvalue { ptr, ptr, i64, [4 x i64], [4 x i64] } %17, i64 320, 4, 0
  %19 = insertvalue { ptr, ptr, i64, [4 x i64], [4 x i64] } %18, i64 8, 3, 1
  %20 = insertvalue { ptr, ptr, i64, [4 x i64], [4 x i64] } %19, i64 40, 4, 1
  %21 = insertvalue { ptr, ptr, i64, [4 x i64], [4 x i64] } %20, i64 8, 3, 2
  %22 = insertvalue { ptr, ptr, i64, [4 x i64], [4 x i64] } %21, i64 5, 4, 2
  %23 = insertvalue { ptr, ptr, i64, [4 x i64], [4 x i64] } %22, i64 5, 3, 3
  %24 = insertvalue { ptr, ptr, i64, [4 x i64], [4 x i64] } %23, i64 1, 4, 3
  br label %25

25:                                               ; preds = %47, %2
  %26 = phi i64 [ %48, %47 ], [ 0, %2 ]
  %27 = icmp slt i64 %26, 4
  br i1 %27, label %28, label %49

28:                                               ; preds = %25
  br label %29

29:                                               ; preds = %45, %28
  %30 = phi i64 [ %46, %45 ], [ 0, %28 ]
  %31 = icmp slt i64 %30, 4
  br i1 %31, label %32, label %47

32:                                               ; preds = %29
  br label %33

33:                                               ; preds = %36, %32
  %34 = phi i64 [ %44, %36 ], [ 0, %32 ]
  %35 = icmp slt i64 %34, 5
  br i1 %35, label %36, label %45

36:                                               ; preds = %33
  %37 = extractvalue { ptr, ptr, i64, [4 x i64], [4 x i64] } %13, 1
  %38 = mul nuw nsw i64 %26, 20
  %39 = add nuw nsw i64 0, %38
  %40 = mul nuw nsw i64 %30, 5
  %41 = add nuw nsw i64 %39, %40
  %42 = add nuw nsw i64 %41, %34
  %43 = getelementptr inbounds nuw float, ptr %37, i64 %42
  store float 0xFFF0000000000000, ptr %43, align 4
  %44 = add i64 %34, 1
  br label %33

45:                                               ; preds = %33
  %46 = add i64 %30, 1
  br label %29

47:                                               ; preds = %29
  %48 = add i64 %26, 1
  br label %25

49:                                               ; preds = %25
  br label %50

50:                                               ; preds = %108, %49
  %51 = phi i64 [ %109, %108 ], [ 0, %49 ]
  %52 = icmp slt i64 %51, 4
  br i1 %52, label %53, label %110

53:                                               ; preds = %50
  br label %54

54:                                               ; preds = %106, %53
  %55 = phi i64 [ %107, %106 ], [ 0, %53 ]
  %56 = icmp slt i64 %55, 4
  br i1 %56, label %57, label %108

57:                                               ; preds = %54
  br label %58

58:                                               ; preds = %104, %57
  %59 = phi i64 [ %105, %104 ], [ 0, %57 ]
  %60 = icmp slt i64 %59, 5
  br i1 %60, label %61, label %106

61:                                               ; preds = %58
  br label %62

62:                                               ; preds = %102, %61
  %63 = phi i64 [ %103, %102 ], [ 0, %61 ]
  %64 = icmp slt i64 %63, 2
  br i1 %64, label %65, label %104

65:                                               ; preds = %62
  br label %66

66:                                               ; preds = %69, %65
  %67 = phi i64 [ %101, %69 ], [ 0, %65 ]
  %68 = icmp slt i64 %67, 2
  br i1 %68, label %69, label %102

69:                                               ; preds = %66
  %70 = mul nsw i64 %51, 2
  %71 = add i64 %70, %63
  %72 = mul nsw i64 %55, 2
  %73 = add i64 %72, %67
  %74 = extractvalue { ptr, ptr, i64, [4 x i64], [4 x i64] } %24, 1
  %75 = mul nuw nsw i64 %71, 40
  %76 = add nuw nsw i64 0, %75
  %77 = mul nuw nsw i64 %73, 5
  %78 = add nuw nsw i64 %76, %77
  %79 = add nuw nsw i64 %78, %59
  %80 = getelementptr inbounds nuw float, ptr %74, i64 %79
  %81 = load float, ptr %80, align 4
  %82 = extractvalue { ptr, ptr, i64, [4 x i64], [4 x i64] } %13, 1
  %83 = mul nuw nsw i64 %51, 20
  %84 = add nuw nsw i64 0, %83
  %85 = mul nuw nsw i64 %55, 5
  %86 = add nuw nsw i64 %84, %85
  %87 = add nuw nsw i64 %86, %59
  %88 = getelementptr inbounds nuw float, ptr %82, i64 %87
  %89 = load float, ptr %88, align 4
  %90 = fcmp ugt float %89, %81
  %91 = select i1 %90, float %89, float %81
  %92 = fcmp uno float %81, %81
  %93 = select i1 %92, float %81, float %91
  %94 = extractvalue { ptr, ptr, i64, [4 x i64], [4 x i64] } %13, 1
  %95 = mul nuw nsw i64 %51, 20
  %96 = add nuw nsw i64 0, %95
  %97 = mul nuw nsw i64 %55, 5
  %98 = add nuw nsw i64 %96, %97
  %99 = add nuw nsw i64 %98, %59
  %100 = getelementptr inbounds nuw float, ptr %94, i64 %99
  store float %93, ptr %100, align 4
  %101 = add i64 %67, 1
  br label %66

102:                                              ; preds = %66
  %103 = add i64 %63, 1
  br label %62

104:                                              ; preds = %62
  %105 = add i64 %59, 1
  br label %58

106:                                              ; preds = %58
  %107 = add i64 %55, 1
  br label %54

108:                                              ; preds = %54
  %109 = add i64 %51, 1
  br label %50

110:                                              ; preds = %50
  ret void
}

define void @pool_max_i8(ptr %0, ptr %1) {
  %3 = insertvalue { ptr, ptr, i64, [4 x i64], [4 x i64] } poison, ptr %1, 0
  %4 = insertvalue { ptr, ptr, i64, [4 x i64], [4 x i64] } %3, ptr %1, 1
  %5 = insertvalue { ptr, ptr, i64, [4 x i64], [4 x i64] } %4, i64 0, 2
  %6 = insertvalue { ptr, ptr, i64, [4 x i64], [4 x i64] } %5, i64 1, 3, 0
  %7 = insertvalue { ptr, ptr, i64, [4 x i64], [4 x i64] } %6, i64 64, 4, 0
  %8 = insertvalue { ptr, ptr, i64, [4 x i64], [4 x i64] } %7, i64 4, 3, 1
  %9 = insertvalue { ptr, ptr, i64, [4 x i64], [4 x i64] } %8, i64 16, 4, 1
  %10 = insertvalue { ptr, ptr, i64, [4 x i64], [4 x i64] } %9, i64 4, 3, 2
  %11 = insertvalue { ptr, ptr, i64, [4 x i64], [4 x i64] } %10, i64 4, 4, 2
  %12 = insertvalue { ptr, ptr, i64, [4 x i64], [4 x i64] } %11, i64 4, 3, 3
  %13 = insertvalue { ptr, ptr, i64, [4 x i64], [4 x i64] } %12, i64 1, 4, 3
  %14 = insertvalue { ptr, ptr, i64, [4 x i64], [4 x i64] } poison, ptr %0, 0
  %15 = insertvalue { ptr, ptr, i64, [4 x i64], [4 x i64] } %14, ptr %0, 1
  %16 = insertvalue { ptr, ptr, i64, [4 x i64], [4 x i64] } %15, i64 0, 2
  %17 = insertvalue { ptr, ptr, i64, [4 x i64], [4 x i64] } %16, i64 1, 3, 0
  %18 = insertvalue { ptr, ptr, i64, [4 x i64], [4 x i64] } %17, i64 324, 4, 0
  %19 = insertvalue { ptr, ptr, i64, [4 x i64], [4 x i64] } %18, i64 9, 3, 1
  %20 = insertvalue { ptr, ptr, i64, [4 x i64], [4 x i64] } %19, i64 36, 4, 1
  %21 = insertvalue { ptr, ptr, i64, [4 x i64], [4 x i64] } %20, i64 9, 3, 2
  %22 = insertvalue { ptr, ptr, i64, [4 x i64], [4 x i64] } %21, i64 4, 4, 2
  %23 = insertvalue { ptr, ptr, i64, [4 x i64], [4 x i64] } %22, i64 4, 3, 3
  %24 = insertvalue { ptr, ptr, i64, [4 x i64], [4 x i64] } %23, i64 1, 4, 3
  br label %25

25:                                               ; preds = %47, %2
  %26 = phi i64 [ %48, %47 ], [ 0, %2 ]
  %27 = icmp slt i64 %26, 4
  br i1 %27, label %28, label %49

28:                                               ; preds = %25
  br label %29

29:                                               ; preds = %45, %28
  %30 = phi i64 [ %46, %45 ], [ 0, %28 ]
  %31 = icmp slt i64 %30, 4
  br i1 %31, label %32, label %47

32:                                               ; preds = %29
  br label %33

33:                                               ; preds = %36, %32
  %34 = phi i64 [ %44, %36 ], [ 0, %32 ]
  %35 = icmp slt i64 %34, 4
  br i1 %35, label %36, label %45

36:                                               ; preds = %33
  %37 = extractvalue { ptr, ptr, i64, [4 x i64], [4 x i64] } %13, 1
  %38 = mul nuw nsw i64 %26, 16
  %39 = add nuw nsw i64 0, %38
  %40 = mul nuw nsw i64 %30, 4
  %41 = add nuw nsw i64 %39, %40
  %42 = add nuw nsw i64 %41, %34
  %43 = getelementptr inbounds nuw i8, ptr %37, i64 %42
  store i8 -128, ptr %43, align 1
  %44 = add i64 %34, 1
  br label %33

45:                                               ; preds = %33
  %46 = add i64 %30, 1
  br label %29

47:                                               ; preds = %29
  %48 = add i64 %26, 1
  br label %25

49:                                               ; preds = %25
  br label %50

50:                                               ; preds = %106, %49
  %51 = phi i64 [ %107, %106 ], [ 0, %49 ]
  %52 = icmp slt i64 %51, 4
  br i1 %52, label %53, label %108

53:                                               ; preds = %50
  br label %54

54:                                               ; preds = %104, %53
  %55 = phi i64 [ %105, %104 ], [ 0, %53 ]
  %56 = icmp slt i64 %55, 4
  br i1 %56, label %57, label %106

57:                                               ; preds = %54
  br label %58

58:                                               ; preds = %102, %57
  %59 = phi i64 [ %103, %102 ], [ 0, %57 ]
  %60 = icmp slt i64 %59, 4
  br i1 %60, label %61, label %104

61:                                               ; preds = %58
  br label %62

62:                                               ; preds = %100, %61
  %63 = phi i64 [ %101, %100 ], [ 0, %61 ]
  %64 = icmp slt i64 %63, 3
  br i1 %64, label %65, label %102

65:                                               ; preds = %62
  br label %66

66:                                               ; preds = %69, %65
  %67 = phi i64 [ %99, %69 ], [ 0, %65 ]
  %68 = icmp slt i64 %67, 3
  br i1 %68, label %69, label %100

69:                                               ; preds = %66
  %70 = mul nsw i64 %51, 2
  %71 = add i64 %70, %63
  %72 = mul nsw i64 %55, 2
  %73 = add i64 %72, %67
  %74 = extractvalue { ptr, ptr, i64, [4 x i64], [4 x i64] } %24, 1
  %75 = mul nuw nsw i64 %71, 36
  %76 = add nuw nsw i64 0, %75
  %77 = mul nuw nsw i64 %73, 4
  %78 = add nuw nsw i64 %76, %77
  %79 = add nuw nsw i64 %78, %59
  %80 = getelementptr inbounds nuw i8, ptr %74, i64 %79
  %81 = load i8, ptr %80, align 1
  %82 = extractvalue { ptr, ptr, i64, [4 x i64], [4 x i64] } %13, 1
  %83 = mul nuw nsw i64 %51, 16
  %84 = add nuw nsw i64 0, %83
  %85 = mul nuw nsw i64 %55, 4
  %86 = add nuw nsw i64 %84, %85
  %87 = add nuw nsw i64 %86, %59
  %88 = getelementptr inbounds nuw i8, ptr %82, i64 %87
  %89 = load i8, ptr %88, align 1
  %90 = icmp sgt i8 %89, %81
  %91 = select i1 %90, i8 %89, i8 %81
  %92 = extractvalue { ptr, ptr, i64, [4 x i64], [4 x i64] } %13, 1
  %93 = mul nuw nsw i64 %51, 16
  %94 = add nuw nsw i64 0, %93
  %95 = mul nuw nsw i64 %55, 4
  %96 = add nuw nsw i64 %94, %95
  %97 = add nuw nsw i64 %96, %59
  %98 = getelementptr inbounds nuw i8, ptr %92, i64 %97
  store i8 %91, ptr %98, align 1
  %99 = add i64 %67, 1
  br label %66

100:                                              ; preds = %66
  %101 = add i64 %63, 1
  br label %62

102:                                              ; preds = %62
  %103 = add i64 %59, 1
  br label %58

104:                                              ; preds = %58
  %105 = add i64 %55, 1
  br label %54

106:                                              ; preds = %54
  %107 = add i64 %51, 1
  br label %50

108:                                              ; preds = %50
  ret void
}

define void @pool_sum_i32(ptr %0, ptr %1) {
  %3 = insertvalue { ptr, ptr, i64, [4 x i64], [4 x i64] } poison, ptr %1, 0
  %4 = insertvalue { ptr, ptr, i64, [4 x i64], [4 x i64] } %3, ptr %1, 1
  %5 = insertvalue { ptr, ptr, i64, [4 x i64], [4 x i64] } %4, i64 0, 2
  %6 = insertvalue { ptr, ptr, i64, [4 x i64], [4 x i64] } %5, i64 1, 3, 0
  %7 = insertvalue { ptr, ptr, i64, [4 x i64], [4 x i64] } %6, i64 75, 4, 0
  %8 = insertvalue { ptr, ptr, i64, [4 x i64], [4 x i64] } %7, i64 5, 3, 1
  %9 = insertvalue { ptr, ptr, i64, [4 x i64], [4 x i64] } %8, i64 15, 4, 1
  %10 = insertvalue { ptr, ptr, i64, [4 x i64], [4 x i64] } %9, i64 5, 3, 2
  %11 = insertvalue { ptr, ptr, i64, [4 x i64], [4 x i64] } %10, i64 3, 4, 2
  %12 = insertvalue { ptr, ptr, i64, [4 x i64], [4 x i64] } %11, i64 3, 3, 3
  %13 = insertvalue { ptr, ptr, i64, [4 x i64], [4 x i64] } %12, i64 1, 4, 3
  %14 = insertvalue { ptr, ptr, i64, [4 x i64], [4 x i64] } poison, ptr %0, 0
  %15 = insertvalue { ptr, ptr, i64, [4 x i64], [4 x i64] } %14, ptr %0, 1
  %16 = insertvalue { ptr, ptr, i64, [4 x i64], [4 x i64] } %15, i64 0, 2
  %17 = insertvalue { ptr, ptr, i64, [4 x i64], [4 x i64] } %16, i64 1, 3, 0
  %18 = insertvalue { ptr, ptr, i64, [4 x i64], [4 x i64] } %17, i64 108, 4, 0
  %19 = insertvalue { ptr, ptr, i64, [4 x i64], [4 x i64] } %18, i64 6, 3, 1
  %20 = insertvalue { ptr, ptr, i64, [4 x i64], [4 x i64] } %19, i64 18, 4, 1
  %21 = insertvalue { ptr, ptr, i64, [4 x i64], [4 x i64] } %20, i64 6, 3, 2
  %22 = insertvalue { ptr, ptr, i64, [4 x i64], [4 x i64] } %21, i64 3, 4, 2
  %23 = insertvalue { ptr, ptr, i64, [4 x i64], [4 x i64] } %22, i64 3, 3, 3
  %24 = insertvalue { ptr, ptr, i64, [4 x i64], [4 x i64] } %23, i64 1, 4, 3
  br label %25

25:                                               ; preds = %47, %2
  %26 = phi i64 [ %48, %47 ], [ 0, %2 ]
  %27 = icmp slt i64 %26, 5
  br i1 %27, label %28, label %49

28:                                               ; preds = %25
  br label %29

29:                                               ; preds = %45, %28
  %30 = phi i64 [ %46, %45 ], [ 0, %28 ]
  %31 = icmp slt i64 %30, 5
  br i1 %31, label %32, label %47

32:                                               ; preds = %29
  br label %33

33:                                               ; preds = %36, %32
  %34 = phi i64 [ %44, %36 ], [ 0, %32 ]
  %35 = icmp slt i64 %34, 3
  br i1 %35, label %36, label %45

36:                                               ; preds = %33
  %37 = extractvalue { ptr, ptr, i64, [4 x i64], [4 x i64] } %13, 1
  %38 = mul nuw nsw i64 %26, 15
  %39 = add nuw nsw i64 0, %38
  %40 = mul nuw nsw i64 %30, 3
  %41 = add nuw nsw i64 %39, %40
  %42 = add nuw nsw i64 %41, %34
  %43 = getelementptr inbounds nuw i32, ptr %37, i64 %42
  store i32 0, ptr %43, align 4
  %44 = add i64 %34, 1
  br label %33

45:                                               ; preds = %33
  %46 = add i64 %30, 1
  br label %29

47:                                               ; preds = %29
  %48 = add i64 %26, 1
  br label %25

49:                                               ; preds = %25
  br label %50

50:                                               ; preds = %103, %49
  %51 = phi i64 [ %104, %103 ], [ 0, %49 ]
  %52 = icmp slt i64 %51, 5
  br i1 %52, label %53, label %105

53:                                               ; preds = %50
  br label %54

54:                                               ; preds = %101, %53
  %55 = phi i64 [ %102, %101 ], [ 0, %53 ]
  %56 = icmp slt i64 %55, 5
  br i1 %56, label %57, label %103

57:                                               ; preds = %54
  br label %58

58:                                               ; preds = %99, %57
  %59 = phi i64 [ %100, %99 ], [ 0, %57 ]
  %60 = icmp slt i64 %59, 3
  br i1 %60, label %61, label %101

61:                                               ; preds = %58
  br label %62

62:                                               ; preds = %97, %61
  %63 = phi i64 [ %98, %97 ], [ 0, %61 ]
  %64 = icmp slt i64 %63, 2
  br i1 %64, label %65, label %99

65:                                               ; preds = %62
  br label %66

66:                                               ; preds = %69, %65
  %67 = phi i64 [ %96, %69 ], [ 0, %65 ]
  %68 = icmp slt i64 %67, 2
  br i1 %68, label %69, label %97

69:                                               ; preds = %66
  %70 = add i64 %51, %63
  %71 = add i64 %55, %67
  %72 = extractvalue { ptr, ptr, i64, [4 x i64], [4 x i64] } %24, 1
  %73 = mul nuw nsw i64 %70, 18
  %74 = add nuw nsw i64 0, %73
  %75 = mul nuw nsw i64 %71, 3
  %76 = add nuw nsw i64 %74, %75
  %77 = add nuw nsw i64 %76, %59
  %78 = getelementptr inbounds nuw i32, ptr %72, i64 %77
  %79 = load i32, ptr %78, align 4
  %80 = extractvalue { ptr, ptr, i64, [4 x i64], [4 x i64] } %13, 1
  %81 = mul nuw nsw i64 %51, 15
  %82 = add nuw nsw i64 0, %81
  %83 = mul nuw nsw i64 %55, 3
  %84 = add nuw nsw i64 %82, %83
  %85 = add nuw nsw i64 %84, %59
  %86 = getelementptr inbounds nuw i32, ptr %80, i64 %85
  %87 = load i32, ptr %86, align 4
  %88 = add i32 %87, %79
  %89 = extractvalue { ptr, ptr, i64, [4 x i64], [4 x i64] } %13, 1
  %90 = mul nuw nsw i64 %51, 15
  %91 = add nuw nsw i64 0, %90
  %92 = mul nuw nsw i64 %55, 3
  %93 = add nuw nsw i64 %91, %92
  %94 = add nuw nsw i64 %93, %59
  %95 = getelementptr inbounds nuw i32, ptr %89, i64 %94
  store i32 %88, ptr %95, align 4
  %96 = add i64 %67, 1
  br label %66

97:                                               ; preds = %66
  %98 = add i64 %63, 1
  br label %62

99:                                               ; preds = %62
  %100 = add i64 %59, 1
  br label %58

101:                                              ; preds = %58
  %102 = add i64 %55, 1
  br label %54

103:                                              ; preds = %54
  %104 = add i64 %51, 1
  br label %50

105:                                              ; preds = %50
  ret void
}

define void @pool_sum_f32(ptr %0, ptr %1) {
  %3 = insertvalue { ptr, ptr, i64, [4 x i64], [4 x i64] } poison, ptr %1, 0
  %4 = insertvalue { ptr, ptr, i64, [4 x i64], [4 x i64] } %3, ptr %1, 1
  %5 = insertvalue { ptr, ptr, i64, [4 x i64], [4 x i64] } %4, i64 0, 2
  %6 = insertvalue { ptr, ptr, i64, [4 x i64], [4 x i64] } %5, i64 1, 3, 0
  %7 = insertvalue { ptr, ptr, i64, [4 x i64], [4 x i64] } %6, i64 48, 4, 0
  %8 = insertvalue { ptr, ptr, i64, [4 x i64], [4 x i64] } %7, i64 4, 3, 1
  %9 = insertvalue { ptr, ptr, i64, [4 x i64], [4 x i64] } %8, i64 12, 4, 1
  %10 = insertvalue { ptr, ptr, i64, [4 x i64], [4 x i64] } %9, i64 4, 3, 2
  %11 = insertvalue { ptr, ptr, i64, [4 x i64], [4 x i64] } %10, i64 3, 4, 2
  %12 = insertvalue { ptr, ptr, i64, [4 x i64], [4 x i64] } %11, i64 3, 3, 3
  %13 = insertvalue { ptr, ptr, i64, [4 x i64], [4 x i64] } %12, i64 1, 4, 3
  %14 = insertvalue { ptr, ptr, i64, [4 x i64], [4 x i64] } poison, ptr %0, 0
  %15 = insertvalue { ptr, ptr, i64, [4 x i64], [4 x i64] } %14, ptr %0, 1
  %16 = insertvalue { ptr, ptr, i64, [4 x i64], [4 x i64] } %15, i64 0, 2
  %17 = insertvalue { ptr, ptr, i64, [4 x i64], [4 x i64] } %16, i64 1, 3, 0
  %18 = insertvalue { ptr, ptr, i64, [4 x i64], [4 x i64] } %17, i64 108, 4, 0
  %19 = insertvalue { ptr, ptr, i64, [4 x i64], [4 x i64] } %18, i64 6, 3, 1
  %20 = insertvalue { ptr, ptr, i64, [4 x i64], [4 x i64] } %19, i64 18, 4, 1
  %21 = insertvalue { ptr, ptr, i64, [4 x i64], [4 x i64] } %20, i64 6, 3, 2
  %22 = insertvalue { ptr, ptr, i64, [4 x i64], [4 x i64] } %21, i64 3, 4, 2
  %23 = insertvalue { ptr, ptr, i64, [4 x i64], [4 x i64] } %22, i64 3, 3, 3
  %24 = insertvalue { ptr, ptr, i64, [4 x i64], [4 x i64] } %23, i64 1, 4, 3
  br label %25

25:                                               ; preds = %47, %2
  %26 = phi i64 [ %48, %47 ], [ 0, %2 ]
  %27 = icmp slt i64 %26, 4
  br i1 %27, label %28, label %49

28:                                               ; preds = %25
  br label %29

29:                                               ; preds = %45, %28
  %30 = phi i64 [ %46, %45 ], [ 0, %28 ]
  %31 = icmp slt i64 %30, 4
  br i1 %31, label %32, label %47

32:                                               ; preds = %29
  br label %33

33:                                               ; preds = %36, %32
  %34 = phi i64 [ %44, %36 ], [ 0, %32 ]
  %35 = icmp slt i64 %34, 3
  br i1 %35, label %36, label %45

36:                                               ; preds = %33
  %37 = extractvalue { ptr, ptr, i64, [4 x i64], [4 x i64] } %13, 1
  %38 = mul nuw nsw i64 %26, 12
  %39 = add nuw nsw i64 0, %38
  %40 = mul nuw nsw i64 %30, 3
  %41 = add nuw nsw i64 %39, %40
  %42 = add nuw nsw i64 %41, %34
  %43 = getelementptr inbounds nuw float, ptr %37, i64 %42
  store float 0.000000e+00, ptr %43, align 4
  %44 = add i64 %34, 1
  br label %33

45:                                               ; preds = %33
  %46 = add i64 %30, 1
  br label %29

47:                                               ; preds = %29
  %48 = add i64 %26, 1
  br label %25

49:                                               ; preds = %25
  br label %50

50:                                               ; preds = %103, %49
  %51 = phi i64 [ %104, %103 ], [ 0, %49 ]
  %52 = icmp slt i64 %51, 4
  br i1 %52, label %53, label %105

53:                                               ; preds = %50
  br label %54

54:                                               ; preds = %101, %53
  %55 = phi i64 [ %102, %101 ], [ 0, %53 ]
  %56 = icmp slt i64 %55, 4
  br i1 %56, label %57, label %103

57:                                               ; preds = %54
  br label %58

58:                                               ; preds = %99, %57
  %59 = phi i64 [ %100, %99 ], [ 0, %57 ]
  %60 = icmp slt i64 %59, 3
  br i1 %60, label %61, label %101

61:                                               ; preds = %58
  br label %62

62:                                               ; preds = %97, %61
  %63 = phi i64 [ %98, %97 ], [ 0, %61 ]
  %64 = icmp slt i64 %63, 3
  br i1 %64, label %65, label %99

65:                                               ; preds = %62
  br label %66

66:                                               ; preds = %69, %65
  %67 = phi i64 [ %96, %69 ], [ 0, %65 ]
  %68 = icmp slt i64 %67, 3
  br i1 %68, label %69, label %97

69:                                               ; preds = %66
  %70 = add i64 %51, %63
  %71 = add i64 %55, %67
  %72 = extractvalue { ptr, ptr, i64, [4 x i64], [4 x i64] } %24, 1
  %73 = mul nuw nsw i64 %70, 18
  %74 = add nuw nsw i64 0, %73
  %75 = mul nuw nsw i64 %71, 3
  %76 = add nuw nsw i64 %74, %75
  %77 = add nuw nsw i64 %76, %59
  %78 = getelementptr inbounds nuw float, ptr %72, i64 %77
  %79 = load float, ptr %78, align 4
  %80 = extractvalue { ptr, ptr, i64, [4 x i64], [4 x i64] } %13, 1
  %81 = mul nuw nsw i64 %51, 12
  %82 = add nuw nsw i64 0, %81
  %83 = mul nuw nsw i64 %55, 3
  %84 = add nuw nsw i64 %82, %83
  %85 = add nuw nsw i64 %84, %59
  %86 = getelementptr inbounds nuw float, ptr %80, i64 %85
  %87 = load float, ptr %86, align 4
  %88 = fadd float %87, %79
  %89 = extractvalue { ptr, ptr, i64, [4 x i64], [4 x i64] } %13, 1
  %90 = mul nuw nsw i64 %51, 12
  %91 = add nuw nsw i64 0, %90
  %92 = mul nuw nsw i64 %55, 3
  %93 = add nuw nsw i64 %91, %92
  %94 = add nuw nsw i64 %93, %59
  %95 = getelementptr inbounds nuw float, ptr %89, i64 %94
  store float %88, ptr %95, align 4
  %96 = add i64 %67, 1
  br label %66

97:                                               ; preds = %66
  %98 = add i64 %63, 1
  br label %62

99:                                               ; preds = %62
  %100 = add i64 %59, 1
  br label %58

101:                                              ; preds = %58
  %102 = add i64 %55, 1
  br label %54

103:                                              ; preds = %54
  %104 = add i64 %51, 1
  br label %50

105:                                              ; preds = %50
  ret void
}

!llvm.module.flags = !{!0}

!0 = !{i32 2, !"Debug Info Version", i32 3}
