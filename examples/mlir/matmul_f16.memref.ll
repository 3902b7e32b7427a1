; ModuleID = 'LLVMDialectModule'
source_filename = "LLVMDialectModule"

define void @matmul_f16(ptr %0, ptr %1, i64 %2, i64 %3, i64 %4, i64 %5, i64 %6, ptr %7, ptr %8, i64 %9, i64 %10, i64 %11, i64 %12, i64 %13, ptr %14, ptr %15, i64 %16, i64 %17, i64 %18, i64 %19, i64 %20) {
  %22 = insertvalue { ptr, ptr, i64, [2 x i64], [2 x i64] } poison, ptr %14, 0
  %23 = insertvalue { ptr, ptr, i64, [2 x i64], [2 x i64] } %22, ptr %15, 1
  %24 = insertvalue { ptr, ptr, i64, [2 x i64], [2 x i64] } %23, i64 %16, 2
  %25 = insertvalue { ptr, ptr, i64, [2 x i64], [2 x i64] } %24, i64 %17, 3, 0
  %26 = insertvalue { ptr, ptr, i64, [2 x i64], [2 x i64] } %25, i64 %19, 4, 0
  %27 = insertvalue { ptr, ptr, i64, [2 x i64], [2 x i64] } %26, i64 %18, 3, 1
  %28 = insertvalue { ptr, ptr, i64, [2 x i64], [2 x i64] } %27, i64 %20, 4, 1
  %29 = insertvalue { ptr, ptr, i64, [2 x i64], [2 x i64] } poison, ptr %7, 0
  %30 = insertvalue { ptr, ptr, i64, [2 x i64], [2 x i64] } %29, ptr %8, 1
  %31 = insertvalue { ptr, ptr, i64, [2 x i64], [2 x i64] } %30, i64 %9, 2
  %32 = insertvalue { ptr, ptr, i64, [2 x i64], [2 x i64] } %31, i64 %10, 3, 0
  %33 = insertvalue { ptr, ptr, i64, [2 x i64], [2 x i64] } %32, i64 %12, 4, 0
  %34 = insertvalue { ptr, ptr, i64, [2 x i64], [2 x i64] } %33, i64 %11, 3, 1
  %35 = insertvalue { ptr, ptr, i64, [2 x i64], [2 x i64] } %34, i64 %13, 4, 1
  %36 = insertvalue { ptr, ptr, i64, [2 x i64], [2 x i64] } poison, ptr %0, 0
  %37 = insertvalue { ptr, ptr, i64, [2 x i64], [2 x i64] } %36, ptr %1, 1
  %38 = insertvalue { ptr, ptr, i64, [2 x i64], [2 x i64] } %37, i64 %2, 2
  %39 = insertvalue { ptr, ptr, i64, [2 x i64], [2 x i64] } %38, i64 %3, 3, 0
  %40 = insertvalue { ptr, ptr, i64, [2 x i64], [2 x i64] } %39, i64 %5, 4, 0
  %41 = insertvalue { ptr, ptr, i64, [2 x i64], [2 x i64] } %40, i64 %4, 3, 1
  %42 = insertvalue { ptr, ptr, i64, [2 x i64], [2 x i64] } %41, i64 %6, 4, 1
  br label %43

43:                                               ; preds = %56, %21
  %44 = phi i64 [ %57, %56 ], [ 0, %21 ]
  %45 = icmp slt i64 %44, 33
  br i1 %45, label %46, label %58

46:                                               ; preds = %43
  br label %47

47:                                               ; preds = %50, %46
  %48 = phi i64 [ %55, %50 ], [ 0, %46 ]
  %49 = icmp slt i64 %48, 17
  br i1 %49, label %50, label %56

50:                                               ; preds = %47
  %51 = extractvalue { ptr, ptr, i64, [2 x i64], [2 x i64] } %28, 1
  %52 = mul nuw nsw i64 %44, 17
  %53 = add nuw nsw i64 %52, %48
  %54 = getelementptr inbounds nuw float, ptr %51, i64 %53
  store float 0.000000e+00, ptr %54, align 4
  %55 = add i64 %48, 1
  br label %47

56:                                               ; preds = %47
  %57 = add i64 %44, 1
  br label %43

58:                                               ; preds = %43
  br label %59

59:                                               ; preds = %97, %58
  %60 = phi i64 [ %98, %97 ], [ 0, %58 ]
  %61 = icmp slt i64 %60, 33
  br i1 %61, label %62, label %99

62:                                               ; preds = %59
  br label %63

63:                                               ; preds = %95, %62
  %64 = phi i64 [ %96, %95 ], [ 0, %62 ]
  %65 = icmp slt i64 %64, 17
  br i1 %65, label %66, label %97

66:                                               ; preds = %63
  br label %67

67:                                               ; preds = %70, %66
  %68 = phi i64 [ %94, %70 ], [ 0, %66 ]
  %69 = icmp slt i64 %68, 40
  br i1 %69, label %70, label %95

70:                                               ; preds = %67
  %71 = extractvalue { ptr, ptr, i64, [2 x i64], [2 x i64] } %42, 1
  %72 = mul nuw nsw i64 %60, 40
  %73 = add nuw nsw i64 %72, %68
  %74 = getelementptr inbounds nuw half, ptr %71, i64 %73
  %75 = load half, ptr %74, align 2
  %76 = extractvalue { ptr, ptr, i64, [2 x i64], [2 x i64] } %35, 1
  %77 = mul nuw nsw i64 %68, 17
  %78 = add nuw nsw i64 %77, %64
  %79 = getelementptr inbounds nuw half, ptr %76, i64 %78
  %80 = load half, ptr %79, align 2
  %81 = extractvalue { ptr, ptr, i64, [2 x i64], [2 x i64] } %28, 1
  %82 = mul nuw nsw i64 %60, 17
  %83 = add nuw nsw i64 %82, %64
  %84 = getelementptr inbounds nuw float, ptr %81, i64 %83
  %85 = load float, ptr %84, align 4
  %86 = fpext half %75 to float
  %87 = fpext half %80 to float
  %88 = fmul float %86, %87
  %89 = fadd float %85, %88
  %90 = extractvalue { ptr, ptr, i64, [2 x i64], [2 x i64] } %28, 1
  %91 = mul nuw nsw i64 %60, 17
  %92 = add nuw nsw i64 %91, %64
  %93 = getelementptr inbounds nuw float, ptr %90, i64 %92
  store float %89, ptr %93, align 4
  %94 = add i64 %68, 1
  br label %67

95:                                               ; preds = %67
  %96 = add i64 %64, 1
  br label %63

97:                                               ; preds = %63
  %98 = add i64 %60, 1
  br label %59

99:                                               ; preds = %59
  ret void
}

define void @_mlir_ciface_matmul_f16(ptr %0, ptr %1, ptr %2) {
  %4 = load { ptr, ptr, i64, [2 x i64], [2 x i64] }, ptr %0, align 8
  %5 = extractvalue { ptr, ptr, i64, [2 x i64], [2 x i64] } %4, 0
  %6 = extractvalue { ptr, ptr, i64, [2 x i64], [2 x i64] } %4, 1
  %7 = extractvalue { ptr, ptr, i64, [2 x i64], [2 x i64] } %4, 2
  %8 = extractvalue { ptr, ptr, i64, [2 x i64], [2 x i64] } %4, 3, 0
  %9 = extractvalue { ptr, ptr, i64, [2 x i64], [2 x i64] } %4, 3, 1
  %10 = extractvalue { ptr, ptr, i64, [2 x i64], [2 x i64] } %4, 4, 0
  %11 = extractvalue { ptr, ptr, i64, [2 x i64], [2 x i64] } %4, 4, 1
  %12 = load { ptr, ptr, i64, [2 x i64], [2 x i64] }, ptr %1, align 8
  %13 = extractvalue { ptr, ptr, i64, [2 x i64], [2 x i64] } %12, 0
  %14 = extractvalue { ptr, ptr, i64, [2 x i64], [2 x i64] } %12, 1
  %15 = extractvalue { ptr, ptr, i64, [2 x i64], [2 x i64] } %12, 2
  %16 = extractvalue { ptr, ptr, i64, [2 x i64], [2 x i64] } %12, 3, 0
  %17 = extractvalue { ptr, ptr, i64, [2 x i64], [2 x i64] } %12, 3, 1
  %18 = extractvalue { ptr, ptr, i64, [2 x i64], [2 x i64] } %12, 4, 0
  %19 = extractvalue { ptr, ptr, i64, [2 x i64], [2 x i64] } %12, 4, 1
  %20 = load { ptr, ptr, i64, [2 x i64], [2 x i64] }, ptr %2, align 8
  %21 = extractvalue { ptr, ptr, i64, [2 x i64], [2 x i64] } %20, 0
  %22 = extractvalue { ptr, ptr, i64, [2 x i64], [2 x i64] } %20, 1
  %23 = extractvalue { ptr, ptr, i64, [2 x i64], [2 x i64] } %20, 2
  %24 = extractvalue { ptr, ptr, i64, [2 x i64], [2 x i64] } %20, 3, 0
  %25 = extractvalue { ptr, ptr, i64, [2 x i64], [2 x i64] } %20, 3, 1
  %26 = extractvalue { ptr, ptr, i64, [2 x i64], [2 x i64] } %20, 4, 0
  %27 = extractvalue { ptr, ptr, i64, [2 x i64], [2 x i64] } %20, 4, 1
  call void @matmul_f16(ptr %5, ptr %6, i64 %7, i64 %8, i64 %9, i64 %10, i64 %11, ptr %13, ptr %14, i64 %15, i64 %16, i64 %17, i64 %18, i64 %19, ptr %21, ptr %22, i64 %23, i64 %24, i64 %25, i64 %26, i64 %27)
  ret void
}

define void @matmul_f16_narrow(ptr %0, ptr %1, i64 %2, i64 %3, i64 %4, i64 %5, i64 %6, ptr %7, ptr %8, i64 %9, i64 %10, i64 %11, i64 %12, i64 %13, ptr %14, ptr %15, i64 %16, i64 %17, i64 %18, i64 %19, i64 %20) {
  %22 = insertvalue { ptr, ptr, i64, [2 x i64], [2 x i64] } poison, ptr %14, 0
  %23 = insertvalue { ptr, ptr, i64, [2 x i64], [2 x i64] } %22, ptr %15, 1
  %24 = insertvalue { ptr, ptr, i64, [2 x i64], [2 x i64] } %23, i64 %16, 2
  %25 = insertvalue { ptr, ptr, i64, [2 x i64], [2 x i64] } %24, i64 %17, 3, 0
  %26 = insertvalue { ptr, ptr, i64, [2 x i64], [2 x i64] } %25, i64 %19, 4, 0
  %27 = insertvalue { ptr, ptr, i64, [2 x i64], [2 x i64] } %26, i64 %18, 3, 1
  %28 = insertvalue { ptr, ptr, i64, [2 x i64], [2 x i64] } %27, i64 %20, 4, 1
  %29 = insertvalue { ptr, ptr, i64, [2 x i64], [2 x i64] } poison, ptr %7, 0
  %30 = insertvalue { ptr, ptr, i64, [2 x i64], [2 x i64] } %29, ptr %8, 1
  %31 = insertvalue { ptr, ptr, i64, [2 x i64], [2 x i64] } %30, i64 %9, 2
  %32 = insertvalue { ptr, ptr, i64, [2 x i64], [2 x i64] } %31, i64 %10, 3, 0
  %33 = insertvalue { ptr, ptr, i64, [2 x i64], [2 x i64] } %32, i64 %12, 4, 0
  %34 = insertvalue { ptr, ptr, i64, [2 x i64], [2 x i64] } %33, i64 %11, 3, 1
  %35 = insertvalue { ptr, ptr, i64, [2 x i64], [2 x i64] } %34, i64 %13, 4, 1
  %36 = insertvalue { ptr, ptr, i64, [2 x i64], [2 x i64] } poison, ptr %0, 0
  %37 = insertvalue { ptr, ptr, i64, [2 x i64], [2 x i64] } %36, ptr %1, 1
  %38 = insertvalue { ptr, ptr, i64, [2 x i64], [2 x i64] } %37, i64 %2, 2
  %39 = insertvalue { ptr, ptr, i64, [2 x i64], [2 x i64] } %38, i64 %3, 3, 0
  %40 = insertvalue { ptr, ptr, i64, [2 x i64], [2 x i64] } %39, i64 %5, 4, 0
  %41 = insertvalue { ptr, ptr, i64, [2 x i64], [2 x i64] } %40, i64 %4, 3, 1
  %42 = insertvalue { ptr, ptr, i64, [2 x i64], [2 x i64] } %41, i64 %6, 4, 1
  %43 = alloca float, i64 64, align 64
  %44 = insertvalue { ptr, ptr, i64, [2 x i64], [2 x i64] } poison, ptr %43, 0
  %45 = insertvalue { ptr, ptr, i64, [2 x i64], [2 x i64] } %44, ptr %43, 1
  %46 = insertvalue { ptr, ptr, i64, [2 x i64], [2 x i64] } %45, i64 0, 2
  %47 = insertvalue { ptr, ptr, i64, [2 x i64], [2 x i64] } %46, i64 8, 3, 0
  %48 = insertvalue { ptr, ptr, i64, [2 x i64], [2 x i64] } %47, i64 8, 3, 1
  %49 = insertvalue { ptr, ptr, i64, [2 x i64], [2 x i64] } %48, i64 8, 4, 0
  %50 = insertvalue { ptr, ptr, i64, [2 x i64], [2 x i64] } %49, i64 1, 4, 1
  br label %51

51:                                               ; preds = %64, %21
  %52 = phi i64 [ %65, %64 ], [ 0, %21 ]
  %53 = icmp slt i64 %52, 8
  br i1 %53, label %54, label %66

54:                                               ; preds = %51
  br label %55

55:                                               ; preds = %58, %54
  %56 = phi i64 [ %63, %58 ], [ 0, %54 ]
  %57 = icmp slt i64 %56, 8
  br i1 %57, label %58, label %64

58:                                               ; preds = %55
  %59 = extractvalue { ptr, ptr, i64, [2 x i64], [2 x i64] } %50, 1
  %60 = mul nuw nsw i64 %52, 8
  %61 = add nuw nsw i64 %60, %56
  %62 = getelementptr inbounds nuw float, ptr %59, i64 %61
  store float 0.000000e+00, ptr %62, align 4
  %63 = add i64 %56, 1
  br label %55

64:                                               ; preds = %55
  %65 = add i64 %52, 1
  br label %51

66:                                               ; preds = %51
  br label %67

67:                                               ; preds = %105, %66
  %68 = phi i64 [ %106, %105 ], [ 0, %66 ]
  %69 = icmp slt i64 %68, 8
  br i1 %69, label %70, label %107

70:                                               ; preds = %67
  br label %71

71:                                               ; preds = %103, %70
  %72 = phi i64 [ %104, %103 ], [ 0, %70 ]
  %73 = icmp slt i64 %72, 8
  br i1 %73, label %74, label %105

74:                                               ; preds = %71
  br label %75

75:                                               ; preds = %78, %74
  %76 = phi i64 [ %102, %78 ], [ 0, %74 ]
  %77 = icmp slt i64 %76, 24
  br i1 %77, label %78, label %103

78:                                               ; preds = %75
  %79 = extractvalue { ptr, ptr, i64, [2 x i64], [2 x i64] } %42, 1
  %80 = mul nuw nsw i64 %68, 24
  %81 = add nuw nsw i64 %80, %76
  %82 = getelementptr inbounds nuw half, ptr %79, i64 %81
  %83 = load half, ptr %82, align 2
  %84 = extractvalue { ptr, ptr, i64, [2 x i64], [2 x i64] } %35, 1
  %85 = mul nuw nsw i64 %76, 8
  %86 = add nuw nsw i64 %85, %72
  %87 = getelementptr inbounds nuw half, ptr %84, i64 %86
  %88 = load half, ptr %87, align 2
  %89 = extractvalue { ptr, ptr, i64, [2 x i64], [2 x i64] } %50, 1
  %90 = mul nuw nsw i64 %68, 8
  %91 = add nuw nsw i64 %90, %72
  %92 = getelementptr inbounds nuw float, ptr %89, i64 %91
  %93 = load float, ptr %92, align 4
  %94 = fpext half %83 to float
  %95 = fpext half %88 to float
  %96 = fmul float %94, %95
  %97 = fadd float %93, %96
  %98 = extractvalue { ptr, ptr, i64, [2 x i64], [2 x i64] } %50, 1
  %99 = mul nuw nsw i64 %68, 8
  %100 = add nuw nsw i64 %99, %72
  %101 = getelementptr inbounds nuw float, ptr %98, i64 %100
  store float %97, ptr %101, align 4
  %102 = add i64 %76, 1
  br label %75

103:                                              ; preds = %75
  %104 = add i64 %72, 1
  br label %71

105:                                              ; preds = %71
  %106 = add i64 %68, 1
  br label %67

107:                                              ; preds = %67
  br label %108

108:                                              ; preds = %127, %107
  %109 = phi i64 [ %128, %127 ], [ 0, %107 ]
  %110 = icmp slt i64 %109, 8
  br i1 %110, label %111, label %129

111:                                              ; preds = %108
  br label %112

112:                                              ; preds = %115, %111
  %113 = phi i64 [ %126, %115 ], [ 0, %111 ]
  %114 = icmp slt i64 %113, 8
  br i1 %114, label %115, label %127

115:                                              ; preds = %112
  %116 = extractvalue { ptr, ptr, i64, [2 x i64], [2 x i64] } %50, 1
  %117 = mul nuw nsw i64 %109, 8
  %118 = add nuw nsw i64 %117, %113
  %119 = getelementptr inbounds nuw float, ptr %116, i64 %118
  %120 = load float, ptr %119, align 4
  %121 = fptrunc float %120 to half
  %122 = extractvalue { ptr, ptr, i64, [2 x i64], [2 x i64] } %28, 1
  %123 = mul nuw nsw i64 %109, 8
  %124 = add nuw nsw i64 %123, %113
  %125 = getelementptr inbounds nuw half, ptr %122, i64 %124
  store half %121, ptr %125, align 2
  %126 = add i64 %113, 1
  br label %112

127:                                              ; preds = %112
  %128 = add i64 %109, 1
  br label %108

129:                                              ; preds = %108
  ret void
}

define void @_mlir_ciface_matmul_f16_narrow(ptr %0, ptr %1, ptr %2) {
  %4 = load { ptr, ptr, i64, [2 x i64], [2 x i64] }, ptr %0, align 8
  %5 = extractvalue { ptr, ptr, i64, [2 x i64], [2 x i64] } %4, 0
  %6 = extractvalue { ptr, ptr, i64, [2 x i64], [2 x i64] } %4, 1
  %7 = extractvalue { ptr, ptr, i64, [2 x i64], [2 x i64] } %4, 2
  %8 = extractvalue { ptr, ptr, i64, [2 x i64], [2 x i64] } %4, 3, 0
  %9 = extractvalue { ptr, ptr, i64, [2 x i64], [2 x i64] } %4, 3, 1
  %10 = extractvalue { ptr, ptr, i64, [2 x i64], [2 x i64] } %4, 4, 0
  %11 = extractvalue { ptr, ptr, i64, [2 x i64], [2 x i64] } %4, 4, 1
  %12 = load { ptr, ptr, i64, [2 x i64], [2 x i64] }, ptr %1, align 8
  %13 = extractvalue { ptr, ptr, i64, [2 x i64], [2 x i64] } %12, 0
  %14 = extractvalue { ptr, ptr, i64, [2 x i64], [2 x i64] } %12, 1
  %15 = extractvalue { ptr, ptr, i64, [2 x i64], [2 x i64] } %12, 2
  %16 = extractvalue { ptr, ptr, i64, [2 x i64], [2 x i64] } %12, 3, 0
  %17 = extractvalue { ptr, ptr, i64, [2 x i64], [2 x i64] } %12, 3, 1
  %18 = extractvalue { ptr, ptr, i64, [2 x i64], [2 x i64] } %12, 4, 0
  %19 = extractvalue { ptr, ptr, i64, [2 x i64], [2 x i64] } %12, 4, 1
  %20 = load { ptr, ptr, i64, [2 x i64], [2 x i64] }, ptr %2, align 8
  %21 = extractvalue { ptr, ptr, i64, [2 x i64], [2 x i64] } %20, 0
  %22 = extractvalue { ptr, ptr, i64, [2 x i64], [2 x i64] } %20, 1
  %23 = extractvalue { ptr, ptr, i64, [2 x i64], [2 x i64] } %20, 2
  %24 = extractvalue { ptr, ptr, i64, [2 x i64], [2 x i64] } %20, 3, 0
  %25 = extractvalue { ptr, ptr, i64, [2 x i64], [2 x i64] } %20, 3, 1
  %26 = extractvalue { ptr, ptr, i64, [2 x i64], [2 x i64] } %20, 4, 0
  %27 = extractvalue { ptr, ptr, i64, [2 x i64], [2 x i64] } %20, 4, 1
  call void @matmul_f16_narrow(ptr %5, ptr %6, i64 %7, i64 %8, i64 %9, i64 %10, i64 %11, ptr %13, ptr %14, i64 %15, i64 %16, i64 %17, i64 %18, i64 %19, ptr %21, ptr %22, i64 %23, i64 %24, i64 %25, i64 %26, i64 %27)
  ret void
}

!llvm.module.flags = !{!0}

!0 = !{i32 2, !"Debug Info Version", i32 3}
