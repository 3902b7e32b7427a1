; ModuleID = 'LLVMDialectModule'
source_filename = "LLVMDialectModule"

define void @pool_max_f32(ptr %0, ptr %1, i64 %2, i64 %3, i64 %4, i64 %5, i64 %6, i64 %7, i64 %8, i64 %9, i64 %10, ptr %11, ptr %12, i64 %13, i64 %14, i64 %15, i64 %16, i64 %17, i64 %18, i64 %19, i64 %20, i64 %21) {
  %23 = insertvalue { ptr, ptr, i64, [4 x i64], [4 x i64] } poison, ptr %11, 0
  %24 = insertvalue { ptr, ptr, i64, [4 x i64], [4 x i64] } %23, ptr %12, 1
  %25 = insertvalue { ptr, ptr, i64, [4 x i64], [4 x i64] } %24, i64 %13, 2
  %26 = insertvalue { ptr, ptr, i64, [4 x i64], [4 x i64] } %25, i64 %14, 3, 0
  %27 = insertvalue { ptr, ptr, i64, [4 x i64], [4 x i64] } %26, i64 %18, 4, 0
  %28 = insertvalue { ptr, ptr, i64, [4 x i64], [4 x i64] } %27, i64 %15, 3, 1
  %29 = insertvalue { ptr, ptr, i64, [4 x i64], [4 x i64] } %28, i64 %19, 4, 1
  %30 = insertvalue { ptr, ptr, i64, [4 x i64], [4 x i64] } %29, i64 %16, 3, 2
  %31 = insertvalue { ptr, ptr, i64, [4 x i64], [4 x i64] } %30, i64 %20, 4, 2
  %32 = insertvalue { ptr, ptr, i64, [4 x i64], [4 x i64] } %31, i64 %17, 3, 3
  %33 = insertvalue { ptr, ptr, i64, [4 x i64], [4 x i64] } %32, i64 %21, 4, 3
  %34 = insertvalue { ptr, ptr, i64, [4 x i64], [4 x i64] } poison, ptr %0, 0
  %35 = insertvalue { ptr, ptr, i64, [4 x i64], [4 x i64] } %34, ptr %1, 1
  %36 = insertvalue { ptr, ptr, i64, [4 x i64], [4 x i64] } %35, i64 %2, 2
  %37 = insertvalue { ptr, ptr, i64, [4 x i64], [4 x i64] } %36, i64 %3, 3, 0
  %38 = insertvalue { ptr, ptr, i64, [4 x i64], [4 x i64] } %37, i64 %7, 4, 0
  %39 = insertvalue { ptr, ptr, i64, [4 x i64], [4 x i64] } %38, i64 %4, 3, 1
  %40 = insertvalue { ptr, ptr, i64, [4 x i64], [4 x i64] } %39, i64 %8, 4, 1
  %41 = insertvalue { ptr, ptr, i64, [4 x i64], [4 x i64] } %40, i64 %5, 3, 2
  %42 = insertvalue { ptr, ptr, i64, [4 x i64], [4 x i64] } %41, i64 %9, 4, 2
  %43 = insertvalue { ptr, ptr, i64, [4 x i64], [4 x i64] } %42, i64 %6, 3, 3
  %44 = insertvalue { ptr, ptr, i64, [4 x i64], [4 x i64] } %43, i64 %10, 4, 3
  br label %45

45:                                               ; preds = %67, %22
  %46 = phi i64 [ %68, %67 ], [ 0, %22 ]
  %47 = icmp slt i64 %46, 4
  br i1 %47, label %48, label %69

48:                                               ; preds = %45
  br label %49

49:                                               ; preds = %65, %48
  %50 = phi i64 [ %66, %65 ], [ 0, %48 ]
  %51 = icmp slt i64 %50, 4
  br i1 %51, label %52, label %67

52:                                               ; preds = %49
  br label %53

53:                                               ; preds = %56, %52
  %54 = phi i64 [ %64, %56 ], [ 0, %52 ]
  %55 = icmp slt i64 %54, 5
  br i1 %55, label %56, label %65

56:                                               ; preds = %53
  %57 = extractvalue { ptr, ptr, i64, [4 x i64], [4 x i64] } %33, 1
  %58 = mul nuw nsw i64 %46, 20
  %59 = add nuw nsw i64 0, %58
  %60 = mul nuw nsw i64 %50, 5
  %61 = add nuw nsw i64 %59, %60
  %62 = add nuw nsw i64 %61, %54
  %63 = getelementptr inbounds nuw float, ptr %57, i64 %62
  store float 0xFFF0000000000000, ptr %63, align 4
  %64 = add i64 %54, 1
  br label %53

65:                                               ; preds = %53
  %66 = add i64 %50, 1
  br label %49

67:                                               ; preds = %49
  %68 = add i64 %46, 1
  br label %45

69:                                               ; preds = %45
  br label %70

70:                                               ; preds = %128, %69
  %71 = phi i64 [ %129, %128 ], [ 0, %69 ]
  %72 = icmp slt i64 %71, 4
  br i1 %72, label %73, label %130

73:                                               ; preds = %70
  br label %74

74:                                               ; preds = %126, %73
  %75 = phi i64 [ %127, %126 ], [ 0, %73 ]
  %76 = icmp slt i64 %75, 4
  br i1 %76, label %77, label %128

77:                                               ; preds = %74
  br label %78

78:                                               ; preds = %124, %77
  %79 = phi i64 [ %125, %124 ], [ 0, %77 ]
  %80 = icmp slt i64 %79, 5
  br i1 %80, label %81, label %126

81:                                               ; preds = %78
  br label %82

82:                                               ; preds = %122, %81
  %83 = phi i64 [ %123, %122 ], [ 0, %81 ]
  %84 = icmp slt i64 %83, 2
  br i1 %84, label %85, label %124

85:                                               ; preds = %82
  br label %86

86:                                               ; preds = %89, %85
  %87 = phi i64 [ %121, %89 ], [ 0, %85 ]
  %88 = icmp slt i64 %87, 2
  br i1 %88, label %89, label %122

89:                                               ; preds = %86
  %90 = mul nsw i64 %71, 2
  %91 = add i64 %90, %83
  %92 = mul nsw i64 %75, 2
  %93 = add i64 %92, %87
  %94 = extractvalue { ptr, ptr, i64, [4 x i64], [4 x i64] } %44, 1
  %95 = mul nuw nsw i64 %91, 40
  %96 = add nuw nsw i64 0, %95
  %97 = mul nuw nsw i64 %93, 5
  %98 = add nuw nsw i64 %96, %97
  %99 = add nuw nsw i64 %98, %79
  %100 = getelementptr inbounds nuw float, ptr %94, i64 %99
  %101 = load float, ptr %100, align 4
  %102 = extractvalue { ptr, ptr, i64, [4 x i64], [4 x i64] } %33, 1
  %103 = mul nuw nsw i64 %71, 20
  %104 = add nuw nsw i64 0, %103
  %105 = mul nuw nsw i64 %75, 5
  %106 = add nuw nsw i64 %104, %105
  %107 = add nuw nsw i64 %106, %79
  %108 = getelementptr inbounds nuw float, ptr %102, i64 %107
  %109 = load float, ptr %108, align 4
  %110 = fcmp ugt float %109, %101
  %111 = select i1 %110, float %109, float %101
  %112 = fcmp uno float %101, %101
  %113 = select i1 %112, float %101, float %111
  %114 = extractvalue { ptr, ptr, i64, [4 x i64], [4 x i64] } %33, 1
  %115 = mul nuw nsw i64 %71, 20
  %116 = add nuw nsw i64 0, %115
  %117 = mul nuw nsw i64 %75, 5
  %118 = add nuw nsw i64 %116, %117
  %119 = add nuw nsw i64 %118, %79
  %120 = getelementptr inbounds nuw float, ptr %114, i64 %119
  store float %113, ptr %120, align 4
  %121 = add i64 %87, 1
  br label %86

122:                                              ; preds = %86
  %123 = add i64 %83, 1
  br label %82

124:                                              ; preds = %82
  %125 = add i64 %79, 1
  br label %78

126:                                              ; preds = %78
  %127 = add i64 %75, 1
  br label %74

128:                                              ; preds = %74
  %129 = add i64 %71, 1
  br label %70

130:                                              ; preds = %70
  ret void
}

define void @_mlir_ciface_pool_max_f32(ptr %0, ptr %1) {
  %3 = load { ptr, ptr, i64, [4 x i64], [4 x i64] }, ptr %0, align 8
  %4 = extractvalue { ptr, ptr, i64, [4 x i64], [4 x i64] } %3, 0
  %5 = extractvalue { ptr, ptr, i64, [4 x i64], [4 x i64] } %3, 1
  %6 = extractvalue { ptr, ptr, i64, [4 x i64], [4 x i64] } %3, 2
  %7 = extractvalue { ptr, ptr, i64, [4 x i64], [4 x i64] } %3, 3, 0
  %8 = extractvalue { ptr, ptr, i64, [4 x i64], [4 x i64] } %3, 3, 1
  %9 = extractvalue { ptr, ptr, i64, [4 x i64], [4 x i64] } %3, 3, 2
  %10 = extractvalue { ptr, ptr, i64, [4 x i64], [4 x i64] } %3, 3, 3
  %11 = extractvalue { ptr, ptr, i64, [4 x i64], [4 x i64] } %3, 4, 0
  %12 = extractvalue { ptr, ptr, i64, [4 x i64], [4 x i64] } %3, 4, 1
  %13 = extractvalue { ptr, ptr, i64, [4 x i64], [4 x i64] } %3, 4, 2
  %14 = extractvalue { ptr, ptr, i64, [4 x i64], [4 x i64] } %3, 4, 3
  %15 = load { ptr, ptr, i64, [4 x i64], [4 x i64] }, ptr %1, align 8
  %16 = extractvalue { ptr, ptr, i64, [4 x i64], [4 x i64] } %15, 0
  %17 = extractvalue { ptr, ptr, i64, [4 x i64], [4 x i64] } %15, 1
  %18 = extractvalue { ptr, ptr, i64, [4 x i64], [4 x i64] } %15, 2
  %19 = extractvalue { ptr, ptr, i64, [4 x i64], [4 x i64] } %15, 3, 0
  %20 = extractvalue { ptr, ptr, i64, [4 x i64], [4 x i64] } %15, 3, 1
  %21 = extractvalue { ptr, ptr, i64, [4 x i64], [4 x i64] } %15, 3, 2
  %22 = extractvalue { ptr, ptr, i64, [4 x i64], [4 x i64] } %15, 3, 3
  %23 = extractvalue { ptr, ptr, i64, [4 x i64], [4 x i64] } %15, 4, 0
  %24 = extractvalue { ptr, ptr, i64, [4 x i64], [4 x i64] } %15, 4, 1
  %25 = extractvalue { ptr, ptr, i64, [4 x i64], [4 x i64] } %15, 4, 2
  %26 = extractvalue { ptr, ptr, i64, [4 x i64], [4 x i64] } %15, 4, 3
  call void @pool_max_f32(ptr %4, ptr %5, i64 %6, i64 %7, i64 %8, i64 %9, i64 %10, i64 %11, i64 %12, i64 %13, i64 %14, ptr %16, ptr %17, i64 %18, i64 %19, i64 %20, i64 %21, i64 %22, i64 %23, i64 %24, i64 %25, i64 %26)
  ret void
}

define void @pool_max_i8(ptr %0, ptr %1, i64 %2, i64 %3, i64 %4, i64 %5, i64 %6, i64 %7, i64 %8, i64 %9, i64 %10, ptr %11, ptr %12, i64 %13, i64 %14, i64 %15, i64 %16, i64 %17, i64 %18, i64 %19, i64 %20, i64 %21) {
  %23 = insertvalue { ptr, ptr, i64, [4 x i64], [4 x i64] } poison, ptr %11, 0
  %24 = insertvalue { ptr, ptr, i64, [4 x i64], [4 x i64] } %23, ptr %12, 1
  %25 = insertvalue { ptr, ptr, i64, [4 x i64], [4 x i64] } %24, i64 %13, 2
  %26 = insertvalue { ptr, ptr, i64, [4 x i64], [4 x i64] } %25, i64 %14, 3, 0
  %27 = insertvalue { ptr, ptr, i64, [4 x i64], [4 x i64] } %26, i64 %18, 4, 0
  %28 = insertvalue { ptr, ptr, i64, [4 x i64], [4 x i64] } %27, i64 %15, 3, 1
  %29 = insertvalue { ptr, ptr, i64, [4 x i64], [4 x i64] } %28, i64 %19, 4, 1
  %30 = insertvalue { ptr, ptr, i64, [4 x i64], [4 x i64] } %29, i64 %16, 3, 2
  %31 = insertvalue { ptr, ptr, i64, [4 x i64], [4 x i64] } %30, i64 %20, 4, 2
  %32 = insertvalue { ptr, ptr, i64, [4 x i64], [4 x i64] } %31, i64 %17, 3, 3
  %33 = insertvalue { ptr, ptr, i64, [4 x i64], [4 x i64] } %32, i64 %21, 4, 3
  %34 = insertvalue { ptr, ptr, i64, [4 x i64], [4 x i64] } poison, ptr %0, 0
  %35 = insertvalue { ptr, ptr, i64, [4 x i64], [4 x i64] } %34, ptr %1, 1
  %36 = insertvalue { ptr, ptr, i64, [4 x i64], [4 x i64] } %35, i64 %2, 2
  %37 = insertvalue { ptr, ptr, i64, [4 x i64], [4 x i64] } %36, i64 %3, 3, 0
  %38 = insertvalue { ptr, ptr, i64, [4 x i64], [4 x i64] } %37, i64 %7, 4, 0
  %39 = insertvalue { ptr, ptr, i64, [4 x i64], [4 x i64] } %38, i64 %4, 3, 1
  %40 = insertvalue { ptr, ptr, i64, [4 x i64], [4 x i64] } %39, i64 %8, 4, 1
  %41 = insertvalue { ptr, ptr, i64, [4 x i64], [4 x i64] } %40, i64 %5, 3, 2
  %42 = insertvalue { ptr, ptr, i64, [4 x i64], [4 x i64] } %41, i64 %9, 4, 2
  %43 = insertvalue { ptr, ptr, i64, [4 x i64], [4 x i64] } %42, i64 %6, 3, 3
  %44 = insertvalue { ptr, ptr, i64, [4 x i64], [4 x i64] } %43, i64 %10, 4, 3
  br label %45

45:                                               ; preds = %67, %22
  %46 = phi i64 [ %68, %67 ], [ 0, %22 ]
  %47 = icmp slt i64 %46, 4
  br i1 %47, label %48, label %69

48:                                               ; preds = %45
  br label %49

49:                                               ; preds = %65, %48
  %50 = phi i64 [ %66, %65 ], [ 0, %48 ]
  %51 = icmp slt i64 %50, 4
  br i1 %51, label %52, label %67

52:                                               ; preds = %49
  br label %53

53:                                               ; preds = %56, %52
  %54 = phi i64 [ %64, %56 ], [ 0, %52 ]
  %55 = icmp slt i64 %54, 4
  br i1 %55, label %56, label %65

56:                                               ; preds = %53
  %57 = extractvalue { ptr, ptr, i64, [4 x i64], [4 x i64] } %33, 1
  %58 = mul nuw nsw i64 %46, 16
  %59 = add nuw nsw i64 0, %58
  %60 = mul nuw nsw i64 %50, 4
  %61 = add nuw nsw i64 %59, %60
  %62 = add nuw nsw i64 %61, %54
  %63 = getelementptr inbounds nuw i8, ptr %57, i64 %62
  store i8 -128, ptr %63, align 1
  %64 = add i64 %54, 1
  br label %53

65:                                               ; preds = %53
  %66 = add i64 %50, 1
  br label %49

67:                                               ; preds = %49
  %68 = add i64 %46, 1
  br label %45

69:                                               ; preds = %45
  br label %70

70:                                               ; preds = %126, %69
  %71 = phi i64 [ %127, %126 ], [ 0, %69 ]
  %72 = icmp slt i64 %71, 4
  br i1 %72, label %73, label %128

73:                                               ; preds = %70
  br label %74

74:                                               ; preds = %124, %73
  %75 = phi i64 [ %125, %124 ], [ 0, %73 ]
  %76 = icmp slt i64 %75, 4
  br i1 %76, label %77, label %126

77:                                               ; preds = %74
  br label %78

78:                                               ; preds = %122, %77
  %79 = phi i64 [ %123, %122 ], [ 0, %77 ]
  %80 = icmp slt i64 %79, 4
  br i1 %80, label %81, label %124

81:                                               ; preds = %78
  br label %82

82:                                               ; preds = %120, %81
  %83 = phi i64 [ %121, %120 ], [ 0, %81 ]
  %84 = icmp slt i64 %83, 3
  br i1 %84, label %85, label %122

85:                                               ; preds = %82
  br label %86

86:                                               ; preds = %89, %85
  %87 = phi i64 [ %119, %89 ], [ 0, %85 ]
  %88 = icmp slt i64 %87, 3
  br i1 %88, label %89, label %120

89:                                               ; preds = %86
  %90 = mul nsw i64 %71, 2
  %91 = add i64 %90, %83
  %92 = mul nsw i64 %75, 2
  %93 = add i64 %92, %87
  %94 = extractvalue { ptr, ptr, i64, [4 x i64], [4 x i64] } %44, 1
  %95 = mul nuw nsw i64 %91, 36
  %96 = add nuw nsw i64 0, %95
  %97 = mul nuw nsw i64 %93, 4
  %98 = add nuw nsw i64 %96, %97
  %99 = add nuw nsw i64 %98, %79
  %100 = getelementptr inbounds nuw i8, ptr %94, i64 %99
  %101 = load i8, ptr %100, align 1
  %102 = extractvalue { ptr, ptr, i64, [4 x i64], [4 x i64] } %33, 1
  %103 = mul nuw nsw i64 %71, 16
  %104 = add nuw nsw i64 0, %103
  %105 = mul nuw nsw i64 %75, 4
  %106 = add nuw nsw i64 %104, %105
  %107 = add nuw nsw i64 %106, %79
  %108 = getelementptr inbounds nuw i8, ptr %102, i64 %107
  %109 = load i8, ptr %108, align 1
  %110 = icmp sgt i8 %109, %101
  %111 = select i1 %110, i8 %109, i8 %101
  %112 = extractvalue { ptr, ptr, i64, [4 x i64], [4 x i64] } %33, 1
  %113 = mul nuw nsw i64 %71, 16
  %114 = add nuw nsw i64 0, %113
  %115 = mul nuw nsw i64 %75, 4
  %116 = add nuw nsw i64 %114, %115
  %117 = add nuw nsw i64 %116, %79
  %118 = getelementptr inbounds nuw i8, ptr %112, i64 %117
  store i8 %111, ptr %118, align 1
  %119 = add i64 %87, 1
  br label %86

120:                                              ; preds = %86
  %121 = add i64 %83, 1
  br label %82

122:                                              ; preds = %82
  %123 = add i64 %79, 1
  br label %78

124:                                              ; preds = %78
  %125 = add i64 %75, 1
  br label %74

126:                                              ; preds = %74
  %127 = add i64 %71, 1
  br label %70

128:                                              ; preds = %70
  ret void
}

define void @_mlir_ciface_pool_max_i8(ptr %0, ptr %1) {
  %3 = load { ptr, ptr, i64, [4 x i64], [4 x i64] }, ptr %0, align 8
  %4 = extractvalue { ptr, ptr, i64, [4 x i64], [4 x i64] } %3, 0
  %5 = extractvalue { ptr, ptr, i64, [4 x i64], [4 x i64] } %3, 1
  %6 = extractvalue { ptr, ptr, i64, [4 x i64], [4 x i64] } %3, 2
  %7 = extractvalue { ptr, ptr, i64, [4 x i64], [4 x i64] } %3, 3, 0
  %8 = extractvalue { ptr, ptr, i64, [4 x i64], [4 x i64] } %3, 3, 1
  %9 = extractvalue { ptr, ptr, i64, [4 x i64], [4 x i64] } %3, 3, 2
  %10 = extractvalue { ptr, ptr, i64, [4 x i64], [4 x i64] } %3, 3, 3
  %11 = extractvalue { ptr, ptr, i64, [4 x i64], [4 x i64] } %3, 4, 0
  %12 = extractvalue { ptr, ptr, i64, [4 x i64], [4 x i64] } %3, 4, 1
  %13 = extractvalue { ptr, ptr, i64, [4 x i64], [4 x i64] } %3, 4, 2
  %14 = extractvalue { ptr, ptr, i64, [4 x i64], [4 x i64] } %3, 4, 3
  %15 = load { ptr, ptr, i64, [4 x i64], [4 x i64] }, ptr %1, align 8
  %16 = extractvalue { ptr, ptr, i64, [4 x i64], [4 x i64] } %15, 0
  %17 = extractvalue { ptr, ptr, i64, [4 x i64], [4 x i64] } %15, 1
  %18 = extractvalue { ptr, ptr, i64, [4 x i64], [4 x i64] } %15, 2
  %19 = extractvalue { ptr, ptr, i64, [4 x i64], [4 x i64] } %15, 3, 0
  %20 = extractvalue { ptr, ptr, i64, [4 x i64], [4 x i64] } %15, 3, 1
  %21 = extractvalue { ptr, ptr, i64, [4 x i64], [4 x i64] } %15, 3, 2
  %22 = extractvalue { ptr, ptr, i64, [4 x i64], [4 x i64] } %15, 3, 3
  %23 = extractvalue { ptr, ptr, i64, [4 x i64], [4 x i64] } %15, 4, 0
  %24 = extractvalue { ptr, ptr, i64, [4 x i64], [4 x i64] } %15, 4, 1
  %25 = extractvalue { ptr, ptr, i64, [4 x i64], [4 x i64] } %15, 4, 2
  %26 = extractvalue { ptr, ptr, i64, [4 x i64], [4 x i64] } %15, 4, 3
  call void @pool_max_i8(ptr %4, ptr %5, i64 %6, i64 %7, i64 %8, i64 %9, i64 %10, i64 %11, i64 %12, i64 %13, i64 %14, ptr %16, ptr %17, i64 %18, i64 %19, i64 %20, i64 %21, i64 %22, i64 %23, i64 %24, i64 %25, i64 %26)
  ret void
}

define void @pool_sum_i32(ptr %0, ptr %1, i64 %2, i64 %3, i64 %4, i64 %5, i64 %6, i64 %7, i64 %8, i64 %9, i64 %10, ptr %11, ptr %12, i64 %13, i64 %14, i64 %15, i64 %16, i64 %17, i64 %18, i64 %19, i64 %20, i64 %21) {
  %23 = insertvalue { ptr, ptr, i64, [4 x i64], [4 x i64] } poison, ptr %11, 0
  %24 = insertvalue { ptr, ptr, i64, [4 x i64], [4 x i64] } %23, ptr %12, 1
  %25 = insertvalue { ptr, ptr, i64, [4 x i64], [4 x i64] } %24, i64 %13, 2
  %26 = insertvalue { ptr, ptr, i64, [4 x i64], [4 x i64] } %25, i64 %14, 3, 0
  %27 = insertvalue { ptr, ptr, i64, [4 x i64], [4 x i64] } %26, i64 %18, 4, 0
  %28 = insertvalue { ptr, ptr, i64, [4 x i64], [4 x i64] } %27, i64 %15, 3, 1
  %29 = insertvalue { ptr, ptr, i64, [4 x i64], [4 x i64] } %28, i64 %19, 4, 1
  %30 = insertvalue { ptr, ptr, i64, [4 x i64], [4 x i64] } %29, i64 %16, 3, 2
  %31 = insertvalue { ptr, ptr, i64, [4 x i64], [4 x i64] } %30, i64 %20, 4, 2
  %32 = insertvalue { ptr, ptr, i64, [4 x i64], [4 x i64] } %31, i64 %17, 3, 3
  %33 = insertvalue { ptr, ptr, i64, [4 x i64], [4 x i64] } %32, i64 %21, 4, 3
  %34 = insertvalue { ptr, ptr, i64, [4 x i64], [4 x i64] } poison, ptr %0, 0
  %35 = insertvalue { ptr, ptr, i64, [4 x i64], [4 x i64] } %34, ptr %1, 1
  %36 = insertvalue { ptr, ptr, i64, [4 x i64], [4 x i64] } %35, i64 %2, 2
  %37 = insertvalue { ptr, ptr, i64, [4 x i64], [4 x i64] } %36, i64 %3, 3, 0
  %38 = insertvalue { ptr, ptr, i64, [4 x i64], [4 x i64] } %37, i64 %7, 4, 0
  %39 = insertvalue { ptr, ptr, i64, [4 x i64], [4 x i64] } %38, i64 %4, 3, 1
  %40 = insertvalue { ptr, ptr, i64, [4 x i64], [4 x i64] } %39, i64 %8, 4, 1
  %41 = insertvalue { ptr, ptr, i64, [4 x i64], [4 x i64] } %40, i64 %5, 3, 2
  %42 = insertvalue { ptr, ptr, i64, [4 x i64], [4 x i64] } %41, i64 %9, 4, 2
  %43 = insertvalue { ptr, ptr, i64, [4 x i64], [4 x i64] } %42, i64 %6, 3, 3
  %44 = insertvalue { ptr, ptr, i64, [4 x i64], [4 x i64] } %43, i64 %10, 4, 3
  br label %45

45:                                               ; preds = %67, %22
  %46 = phi i64 [ %68, %67 ], [ 0, %22 ]
  %47 = icmp slt i64 %46, 5
  br i1 %47, label %48, label %69

48:                                               ; preds = %45
  br label %49

49:                                               ; preds = %65, %48
  %50 = phi i64 [ %66, %65 ], [ 0, %48 ]
  %51 = icmp slt i64 %50, 5
  br i1 %51, label %52, label %67

52:                                               ; preds = %49
  br label %53

53:                                               ; preds = %56, %52
  %54 = phi i64 [ %64, %56 ], [ 0, %52 ]
  %55 = icmp slt i64 %54, 3
  br i1 %55, label %56, label %65

56:                                               ; preds = %53
  %57 = extractvalue { ptr, ptr, i64, [4 x i64], [4 x i64] } %33, 1
  %58 = mul nuw nsw i64 %46, 15
  %59 = add nuw nsw i64 0, %58
  %60 = mul nuw nsw i64 %50, 3
  %61 = add nuw nsw i64 %59, %60
  %62 = add nuw nsw i64 %61, %54
  %63 = getelementptr inbounds nuw i32, ptr %57, i64 %62
  store i32 0, ptr %63, align 4
  %64 = add i64 %54, 1
  br label %53

65:                                               ; preds = %53
  %66 = add i64 %50, 1
  br label %49

67:                                               ; preds = %49
  %68 = add i64 %46, 1
  br label %45

69:                                               ; preds = %45
  br label %70

70:                                               ; preds = %123, %69
  %71 = phi i64 [ %124, %123 ], [ 0, %69 ]
  %72 = icmp slt i64 %71, 5
  br i1 %72, label %73, label %125

73:                                               ; preds = %70
  br label %74

74:                                               ; preds = %121, %73
  %75 = phi i64 [ %122, %121 ], [ 0, %73 ]
  %76 = icmp slt i64 %75, 5
  br i1 %76, label %77, label %123

77:                                               ; preds = %74
  br label %78

78:                                               ; preds = %119, %77
  %79 = phi i64 [ %120, %119 ], [ 0, %77 ]
  %80 = icmp slt i64 %79, 3
  br i1 %80, label %81, label %121

81:                                               ; preds = %78
  br label %82

82:                                               ; preds = %117, %81
  %83 = phi i64 [ %118, %117 ], [ 0, %81 ]
  %84 = icmp slt i64 %83, 2
  br i1 %84, label %85, label %119

85:                                               ; preds = %82
  br label %86

86:                                               ; preds = %89, %85
  %87 = phi i64 [ %116, %89 ], [ 0, %85 ]
  %88 = icmp slt i64 %87, 2
  br i1 %88, label %89, label %117

89:                                               ; preds = %86
  %90 = add i64 %71, %83
  %91 = add i64 %75, %87
  %92 = extractvalue { ptr, ptr, i64, [4 x i64], [4 x i64] } %44, 1
  %93 = mul nuw nsw i64 %90, 18
  %94 = add nuw nsw i64 0, %93
  %95 = mul nuw nsw i64 %91, 3
  %96 = add nuw nsw i64 %94, %95
  %97 = add nuw nsw i64 %96, %79
  %98 = getelementptr inbounds nuw i32, ptr %92, i64 %97
  %99 = load i32, ptr %98, align 4
  %100 = extractvalue { ptr, ptr, i64, [4 x i64], [4 x i64] } %33, 1
  %101 = mul nuw nsw i64 %71, 15
  %102 = add nuw nsw i64 0, %101
  %103 = mul nuw nsw i64 %75, 3
  %104 = add nuw nsw i64 %102, %103
  %105 = add nuw nsw i64 %104, %79
  %106 = getelementptr inbounds nuw i32, ptr %100, i64 %105
  %107 = load i32, ptr %106, align 4
  %108 = add i32 %107, %99
  %109 = extractvalue { ptr, ptr, i64, [4 x i64], [4 x i64] } %33, 1
  %110 = mul nuw nsw i64 %71, 15
  %111 = add nuw nsw i64 0, %110
  %112 = mul nuw nsw i64 %75, 3
  %113 = add nuw nsw i64 %111, %112
  %114 = add nuw nsw i64 %113, %79
  %115 = getelementptr inbounds nuw i32, ptr %109, i64 %114
  store i32 %108, ptr %115, align 4
  %116 = add i64 %87, 1
  br label %86

117:                                              ; preds = %86
  %118 = add i64 %83, 1
  br label %82

119:                                              ; preds = %82
  %120 = add i64 %79, 1
  br label %78

121:                                              ; preds = %78
  %122 = add i64 %75, 1
  br label %74

123:                                              ; preds = %74
  %124 = add i64 %71, 1
  br label %70

125:                                              ; preds = %70
  ret void
}

define void @_mlir_ciface_pool_sum_i32(ptr %0, ptr %1) {
  %3 = load { ptr, ptr, i64, [4 x i64], [4 x i64] }, ptr %0, align 8
  %4 = extractvalue { ptr, ptr, i64, [4 x i64], [4 x i64] } %3, 0
  %5 = extractvalue { ptr, ptr, i64, [4 x i64], [4 x i64] } %3, 1
  %6 = extractvalue { ptr, ptr, i64, [4 x i64], [4 x i64] } %3, 2
  %7 = extractvalue { ptr, ptr, i64, [4 x i64], [4 x i64] } %3, 3, 0
  %8 = extractvalue { ptr, ptr, i64, [4 x i64], [4 x i64] } %3, 3, 1
  %9 = extractvalue { ptr, ptr, i64, [4 x i64], [4 x i64] } %3, 3, 2
  %10 = extractvalue { ptr, ptr, i64, [4 x i64], [4 x i64] } %3, 3, 3
  %11 = extractvalue { ptr, ptr, i64, [4 x i64], [4 x i64] } %3, 4, 0
  %12 = extractvalue { ptr, ptr, i64, [4 x i64], [4 x i64] } %3, 4, 1
  %13 = extractvalue { ptr, ptr, i64, [4 x i64], [4 x i64] } %3, 4, 2
  %14 = extractvalue { ptr, ptr, i64, [4 x i64], [4 x i64] } %3, 4, 3
  %15 = load { ptr, ptr, i64, [4 x i64], [4 x i64] }, ptr %1, align 8
  %16 = extractvalue { ptr, ptr, i64, [4 x i64], [4 x i64] } %15, 0
  %17 = extractvalue { ptr, ptr, i64, [4 x i64], [4 x i64] } %15, 1
  %18 = extractvalue { ptr, ptr, i64, [4 x i64], [4 x i64] } %15, 2
  %19 = extractvalue { ptr, ptr, i64, [4 x i64], [4 x i64] } %15, 3, 0
  %20 = extractvalue { ptr, ptr, i64, [4 x i64], [4 x i64] } %15, 3, 1
  %21 = extractvalue { ptr, ptr, i64, [4 x i64], [4 x i64] } %15, 3, 2
  %22 = extractvalue { ptr, ptr, i64, [4 x i64], [4 x i64] } %15, 3, 3
  %23 = extractvalue { ptr, ptr, i64, [4 x i64], [4 x i64] } %15, 4, 0
  %24 = extractvalue { ptr, ptr, i64, [4 x i64], [4 x i64] } %15, 4, 1
  %25 = extractvalue { ptr, ptr, i64, [4 x i64], [4 x i64] } %15, 4, 2
  %26 = extractvalue { ptr, ptr, i64, [4 x i64], [4 x i64] } %15, 4, 3
  call void @pool_sum_i32(ptr %4, ptr %5, i64 %6, i64 %7, i64 %8, i64 %9, i64 %10, i64 %11, i64 %12, i64 %13, i64 %14, ptr %16, ptr %17, i64 %18, i64 %19, i64 %20, i64 %21, i64 %22, i64 %23, i64 %24, i64 %25, i64 %26)
  ret void
}

define void @pool_sum_f32(ptr %0, ptr %1, i64 %2, i64 %3, i64 %4, i64 %5, i64 %6, i64 %7, i64 %8, i64 %9, i64 %10, ptr %11, ptr %12, i64 %13, i64 %14, i64 %15, i64 %16, i64 %17, i64 %18, i64 %19, i64 %20, i64 %21) {
  %23 = insertvalue { ptr, ptr, i64, [4 x i64], [4 x i64] } poison, ptr %11, 0
  %24 = insertvalue { ptr, ptr, i64, [4 x i64], [4 x i64] } %23, ptr %12, 1
  %25 = insertvalue { ptr, ptr, i64, [4 x i64], [4 x i64] } %24, i64 %13, 2
  %26 = insertvalue { ptr, ptr, i64, [4 x i64], [4 x i64] } %25, i64 %14, 3, 0
  %27 = insertvalue { ptr, ptr, i64, [4 x i64], [4 x i64] } %26, i64 %18, 4, 0
  %28 = insertvalue { ptr, ptr, i64, [4 x i64], [4 x i64] } %27, i64 %15, 3, 1
  %29 = insertvalue { ptr, ptr, i64, [4 x i64], [4 x i64] } %28, i64 %19, 4, 1
  %30 = insertvalue { ptr, ptr, i64, [4 x i64], [4 x i64] } %29, i64 %16, 3, 2
  %31 = insertvalue { ptr, ptr, i64, [4 x i64], [4 x i64] } %30, i64 %20, 4, 2
  %32 = insertvalue { ptr, ptr, i64, [4 x i64], [4 x i64] } %31, i64 %17, 3, 3
  %33 = insertvalue { ptr, ptr, i64, [4 x i64], [4 x i64] } %32, i64 %21, 4, 3
  %34 = insertvalue { ptr, ptr, i64, [4 x i64], [4 x i64] } poison, ptr %0, 0
  %35 = insertvalue { ptr, ptr, i64, [4 x i64], [4 x i64] } %34, ptr %1, 1
  %36 = insertvalue { ptr, ptr, i64, [4 x i64], [4 x i64] } %35, i64 %2, 2
  %37 = insertvalue { ptr, ptr, i64, [4 x i64], [4 x i64] } %36, i64 %3, 3, 0
  %38 = insertvalue { ptr, ptr, i64, [4 x i64], [4 x i64] } %37, i64 %7, 4, 0
  %39 = insertvalue { ptr, ptr, i64, [4 x i64], [4 x i64] } %38, i64 %4, 3, 1
  %40 = insertvalue { ptr, ptr, i64, [4 x i64], [4 x i64] } %39, i64 %8, 4, 1
  %41 = insertvalue { ptr, ptr, i64, [4 x i64], [4 x i64] } %40, i64 %5, 3, 2
  %42 = insertvalue { ptr, ptr, i64, [4 x i64], [4 x i64] } %41, i64 %9, 4, 2
  %43 = insertvalue { ptr, ptr, i64, [4 x i64], [4 x i64] } %42, i64 %6, 3, 3
  %44 = insertvalue { ptr, ptr, i64, [4 x i64], [4 x i64] } %43, i64 %10, 4, 3
  br label %45

45:                                               ; preds = %67, %22
  %46 = phi i64 [ %68, %67 ], [ 0, %22 ]
  %47 = icmp slt i64 %46, 4
  br i1 %47, label %48, label %69

48:                                               ; preds = %45
  br label %49

49:                                               ; preds = %65, %48
  %50 = phi i64 [ %66, %65 ], [ 0, %48 ]
  %51 = icmp slt i64 %50, 4
  br i1 %51, label %52, label %67

52:                                               ; preds = %49
  br label %53

53:                                               ; preds = %56, %52
  %54 = phi i64 [ %64, %56 ], [ 0, %52 ]
  %55 = icmp slt i64 %54, 3
  br i1 %55, label %56, label %65

56:                                               ; preds = %53
  %57 = extractvalue { ptr, ptr, i64, [4 x i64], [4 x i64] } %33, 1
  %58 = mul nuw nsw i64 %46, 12
  %59 = add nuw nsw i64 0, %58
  %60 = mul nuw nsw i64 %50, 3
  %61 = add nuw nsw i64 %59, %60
  %62 = add nuw nsw i64 %61, %54
  %63 = getelementptr inbounds nuw float, ptr %57, i64 %62
  store float 0.000000e+00, ptr %63, align 4
  %64 = add i64 %54, 1
  br label %53

65:                                               ; preds = %53
  %66 = add i64 %50, 1
  br label %49

67:                                               ; preds = %49
  %68 = add i64 %46, 1
  br label %45

69:                                               ; preds = %45
  br label %70

70:                                               ; preds = %123, %69
  %71 = phi i64 [ %124, %123 ], [ 0, %69 ]
  %72 = icmp slt i64 %71, 4
  br i1 %72, label %73, label %125

73:                                               ; preds = %70
  br label %74

74:                                               ; preds = %121, %73
  %75 = phi i64 [ %122, %121 ], [ 0, %73 ]
  %76 = icmp slt i64 %75, 4
  br i1 %76, label %77, label %123

77:                                               ; preds = %74
  br label %78

78:                                               ; preds = %119, %77
  %79 = phi i64 [ %120, %119 ], [ 0, %77 ]
  %80 = icmp slt i64 %79, 3
  br i1 %80, label %81, label %121

81:                                               ; preds = %78
  br label %82

82:                                               ; preds = %117, %81
  %83 = phi i64 [ %118, %117 ], [ 0, %81 ]
  %84 = icmp slt i64 %83, 3
  br i1 %84, label %85, label %119

85:                                               ; preds = %82
  br label %86

86:                                               ; preds = %89, %85
  %87 = phi i64 [ %116, %89 ], [ 0, %85 ]
  %88 = icmp slt i64 %87, 3
  br i1 %88, label %89, label %117

89:                                               ; preds = %86
  %90 = add i64 %71, %83
  %91 = add i64 %75, %87
  %92 = extractvalue { ptr, ptr, i64, [4 x i64], [4 x i64] } %44, 1
  %93 = mul nuw nsw i64 %90, 18
  %94 = add nuw nsw i64 0, %93
  %95 = mul nuw nsw i64 %91, 3
  %96 = add nuw nsw i64 %94, %95
  %97 = add nuw nsw i64 %96, %79
  %98 = getelementptr inbounds nuw float, ptr %92, i64 %97
  %99 = load float, ptr %98, align 4
  %100 = extractvalue { ptr, ptr, i64, [4 x i64], [4 x i64] } %33, 1
  %101 = mul nuw nsw i64 %71, 12
  %102 = add nuw nsw i64 0, %101
  %103 = mul nuw nsw i64 %75, 3
  %104 = add nuw nsw i64 %102, %103
  %105 = add nuw nsw i64 %104, %79
  %106 = getelementptr inbounds nuw float, ptr %100, i64 %105
  %107 = load float, ptr %106, align 4
  %108 = fadd float %107, %99
  %109 = extractvalue { ptr, ptr, i64, [4 x i64], [4 x i64] } %33, 1
  %110 = mul nuw nsw i64 %71, 12
  %111 = add nuw nsw i64 0, %110
  %112 = mul nuw nsw i64 %75, 3
  %113 = add nuw nsw i64 %111, %112
  %114 = add nuw nsw i64 %113, %79
  %115 = getelementptr inbounds nuw float, ptr %109, i64 %114
  store float %108, ptr %115, align 4
  %116 = add i64 %87, 1
  br label %86

117:                                              ; preds = %86
  %118 = add i64 %83, 1
  br label %82

119:                                              ; preds = %82
  %120 = add i64 %79, 1
  br label %78

121:                                              ; preds = %78
  %122 = add i64 %75, 1
  br label %74

123:                                              ; preds = %74
  %124 = add i64 %71, 1
  br label %70

125:                                              ; preds = %70
  ret void
}

define void @_mlir_ciface_pool_sum_f32(ptr %0, ptr %1) {
  %3 = load { ptr, ptr, i64, [4 x i64], [4 x i64] }, ptr %0, align 8
  %4 = extractvalue { ptr, ptr, i64, [4 x i64], [4 x i64] } %3, 0
  %5 = extractvalue { ptr, ptr, i64, [4 x i64], [4 x i64] } %3, 1
  %6 = extractvalue { ptr, ptr, i64, [4 x i64], [4 x i64] } %3, 2
  %7 = extractvalue { ptr, ptr, i64, [4 x i64], [4 x i64] } %3, 3, 0
  %8 = extractvalue { ptr, ptr, i64, [4 x i64], [4 x i64] } %3, 3, 1
  %9 = extractvalue { ptr, ptr, i64, [4 x i64], [4 x i64] } %3, 3, 2
  %10 = extractvalue { ptr, ptr, i64, [4 x i64], [4 x i64] } %3, 3, 3
  %11 = extractvalue { ptr, ptr, i64, [4 x i64], [4 x i64] } %3, 4, 0
  %12 = extractvalue { ptr, ptr, i64, [4 x i64], [4 x i64] } %3, 4, 1
  %13 = extractvalue { ptr, ptr, i64, [4 x i64], [4 x i64] } %3, 4, 2
  %14 = extractvalue { ptr, ptr, i64, [4 x i64], [4 x i64] } %3, 4, 3
  %15 = load { ptr, ptr, i64, [4 x i64], [4 x i64] }, ptr %1, align 8
  %16 = extractvalue { ptr, ptr, i64, [4 x i64], [4 x i64] } %15, 0
  %17 = extractvalue { ptr, ptr, i64, [4 x i64], [4 x i64] } %15, 1
  %18 = extractvalue { ptr, ptr, i64, [4 x i64], [4 x i64] } %15, 2
  %19 = extractvalue { ptr, ptr, i64, [4 x i64], [4 x i64] } %15, 3, 0
  %20 = extractvalue { ptr, ptr, i64, [4 x i64], [4 x i64] } %15, 3, 1
  %21 = extractvalue { ptr, ptr, i64, [4 x i64], [4 x i64] } %15, 3, 2
  %22 = extractvalue { ptr, ptr, i64, [4 x i64], [4 x i64] } %15, 3, 3
  %23 = extractvalue { ptr, ptr, i64, [4 x i64], [4 x i64] } %15, 4, 0
  %24 = extractvalue { ptr, ptr, i64, [4 x i64], [4 x i64] } %15, 4, 1
  %25 = extractvalue { ptr, ptr, i64, [4 x i64], [4 x i64] } %15, 4, 2
  %26 = extractvalue { ptr, ptr, i64, [4 x i64], [4 x i64] } %15, 4, 3
  call void @pool_sum_f32(ptr %4, ptr %5, i64 %6, i64 %7, i64 %8, i64 %9, i64 %10, i64 %11, i64 %12, i64 %13, i64 %14, ptr %16, ptr %17, i64 %18, i64 %19, i64 %20, i64 %21, i64 %22, i64 %23, i64 %24, i64 %25, i64 %26)
  ret void
}

!llvm.module.flags = !{!0}

!0 = !{i32 2, !"Debug Info Version", i32 3}
