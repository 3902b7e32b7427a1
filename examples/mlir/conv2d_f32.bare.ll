; ModuleID = 'LLVMDialectModule'
source_filename = "LLVMDialectModule"

define void @conv2d_f32(ptr %0, ptr %1, ptr %2) {
  %4 = insertvalue { ptr, ptr, i64, [4 x i64], [4 x i64] } poison, ptr %2, 0
  %5 = insertvalue { ptr, ptr, i64, [4 x i64], [4 x i64] } %4, ptr %2, 1
  %6 = insertvalue { ptr, ptr, i64, [4 x i64], [4 x i64] } %5, i64 0, 2
  %7 = insertvalue { ptr, ptr, i64, [4 x i64], [4 x i64] } %6, i64 1, 3, 0
  %8 = insertvalue { ptr, ptr, i64, [4 x i64], [4 x i64] } %7, i64 384, 4, 0
  %9 = insertvalue { ptr, ptr, i64, [4 x i64], [4 x i64] } %8, i64 8, 3, 1
  %10 = insertvalue { ptr, ptr, i64, [4 x i64], [4 x i64] } %9, i64 48, 4, 1
  %11 = insertvalue { ptr, ptr, i64, [4 x i64], [4 x i64] } %10, i64 8, 3, 2
  %12 = insertvalue { ptr, ptr, i64, [4 x i64], [4 x i64] } %11, i64 6, 4, 2
  %13 = insertvalue { ptr, ptr, i64, [4 x i64], [4 x i64] } %12, i64 6, 3, 3
  %14 = insertvalue { ptr, ptr, i64, [4 x i64], [4 x i64] } %13, i64 1, 4, 3
  %15 = insertvalue { ptr, ptr, i64, [4 x i64], [4 x i64] } poison, ptr %1, 0
  %16 = insertvalue { ptr, ptr, i64, [4 x i64], [4 x i64] } %15, ptr %1, 1
  %17 = insertvalue { ptr, ptr, i64, [4 x i64], [4 x i64] } %16, i64 0, 2
  %18 = insertvalue { ptr, ptr, i64, [4 x i64], [4 x i64] } %17, i64 3, 3, 0
  %19 = insertvalue { ptr, ptr, i64, [4 x i64], [4 x i64] } %18, i64 72, 4, 0
  %20 = insertvalue { ptr, ptr, i64, [4 x i64], [4 x i64] } %19, i64 3, 3, 1
  %21 = insertvalue { ptr, ptr, i64, [4 x i64], [4 x i64] } %20, i64 24, 4, 1
  %22 = insertvalue { ptr, ptr, i64, [4 x i64], [4 x i64] } %21, i64 4, 3, 2
  %23 = insertvalue { ptr, ptr, i64, [4 x i64], [4 x i64] } %22, i64 6, 4, 2
  %24 = insertvalue { ptr, ptr, i64, [4 x i64], [4 x i64] } %23, i64 6, 3, 3
  %25 = insertvalue { ptr, ptr, i64, [4 x i64], [4 x i64] } %24, i64 1, 4, 3
  %26 = insertvalue { ptr, ptr, i64, [4 x i64], [4 x i64] } poison, ptr %0, 0
  %27 = insertvalue { ptr, ptr, i64, [4 x i64], [4 x i64] } %26, ptr %0, 1
  %28 = insertvalue { ptr, ptr, i64, [4 x i64], [4 x i64] } %27, i64 0, 2
  %29 = insertvalue { ptr, ptr, i64, [4 x i64], [4 x i64] } %28, i64 1, 3, 0
  %30 = insertvalue { ptr, ptr, i64, [4 x i64], [4 x i64] } %29, i64 400, 4, 0
  %31 = insertvalue { ptr, ptr, i64, [4 x i64], [4 x i64] } %30, i64 10, 3, 1
  %32 = insertvalue { ptr, ptr, i64, [4 x i64], [4 x i64] } %31, i64 40, 4, 1
  %33 = insertvalue { ptr, ptr, i64, [4 x i64], [4 x i64] } %32, i64 10, 3, 2
  %34 = insertvalue { ptr, ptr, i64, [4 x i64], [4 x i64] } %33, i64 4, 4, 2
  %35 = insertvalue { ptr, ptr, i64, [4 x i64], [4 x i64] } %34, i64 4, 3, 3
  %36 = insertvalue { ptr, ptr, i64, [4 x i64], [4 x i64] } %35, i64 1, 4, 3
  br label %37

37:                                               ; preds = %59, %3
  %38 = phi i64 [ %60, %59 ], [ 0, %3 ]
  %39 = icmp slt i64 %38, 8
  br i1 %39, label %40, label %61

40:                                               ; preds = %37
  br label %41

41:                                               ; preds = %57, %40
  %42 = phi i64 [ %58, %57 ], [ 0, %40 ]
  %43 = icmp slt i64 %42, 8
  br i1 %43, label %44, label %59

44:                                               ; preds = %41
  br label %45

45:                                               ; preds = %48, %44
  %46 = phi i64 [ %56, %48 ], [ 0, %44 ]
  %47 = icmp slt i64 %46, 6
  br i1 %47, label %48, label %57

48:                                               ; preds = %45
  %49 = extractvalue { ptr, ptr, i64, [4 x i64], [4 x i64] } %14, 1
  %50 = mul nuw nsw i64 %38, 48
  %51 = add nuw nsw i64 0, %50
  %52 = mul nuw nsw i64 %42, 6
  %53 = add nuw nsw i64 %51, %52
  %54 = add nuw nsw i64 %53, %46
  %55 = getelementptr inbounds nuw float, ptr %49, i64 %54
  store float 0.000000e+00, ptr %55, align 4
  %56 = add i64 %46, 1
  br label %45

57:                                               ; preds = %45
  %58 = add i64 %42, 1
  br label %41

59:                                               ; preds = %41
  %60 = add i64 %38, 1
  br label %37

61:                                               ; preds = %37
  br label %62

62:                                               ; preds = %131, %61
  %63 = phi i64 [ %132, %131 ], [ 0, %61 ]
  %64 = icmp slt i64 %63, 8
  br i1 %64, label %65, label %133

65:                                               ; preds = %62
  br label %66

66:                                               ; preds = %129, %65
  %67 = phi i64 [ %130, %129 ], [ 0, %65 ]
  %68 = icmp slt i64 %67, 8
  br i1 %68, label %69, label %131

69:                                               ; preds = %66
  br label %70

70:                                               ; preds = %127, %69
  %71 = phi i64 [ %128, %127 ], [ 0, %69 ]
  %72 = icmp slt i64 %71, 6
  br i1 %72, label %73, label %129

73:                                               ; preds = %70
  br label %74

74:                                               ; preds = %125, %73
  %75 = phi i64 [ %126, %125 ], [ 0, %73 ]
  %76 = icmp slt i64 %75, 3
  br i1 %76, label %77, label %127

77:                                               ; preds = %74
  br label %78

78:                                               ; preds = %123, %77
  %79 = phi i64 [ %124, %123 ], [ 0, %77 ]
  %80 = icmp slt i64 %79, 3
  br i1 %80, label %81, label %125

81:                                               ; preds = %78
  br label %82

82:                                               ; preds = %85, %81
  %83 = phi i64 [ %122, %85 ], [ 0, %81 ]
  %84 = icmp slt i64 %83, 4
  br i1 %84, label %85, label %123

85:                                               ; preds = %82
  %86 = add i64 %63, %75
  %87 = add i64 %67, %79
  %88 = extractvalue { ptr, ptr, i64, [4 x i64], [4 x i64] } %36, 1
  %89 = mul nuw nsw i64 %86, 40
  %90 = add nuw nsw i64 0, %89
  %91 = mul nuw nsw i64 %87, 4
  %92 = add nuw nsw i64 %90, %91
  %93 = add nuw nsw i64 %92, %83
  %94 = getelementptr inbounds nuw float, ptr %88, i64 %93
  %95 = load float, ptr %94, align 4
  %96 = extractvalue { ptr, ptr, i64, [4 x i64], [4 x i64] } %25, 1
  %97 = mul nuw nsw i64 %75, 72
  %98 = mul nuw nsw i64 %79, 24
  %99 = add nuw nsw i64 %97, %98
  %100 = mul nuw nsw i64 %83, 6
  %101 = add nuw nsw i64 %99, %100
  %102 = add nuw nsw i64 %101, %71
  %103 = getelementptr inbounds nuw float, ptr %96, i64 %102
  %104 = load float, ptr %103, align 4
  %105 = extractvalue { ptr, ptr, i64, [4 x i64], [4 x i64] } %14, 1
  %106 = mul nuw nsw i64 %63, 48
  %107 = add nuw nsw i64 0, %106
  %108 = mul nuw nsw i64 %67, 6
  %109 = add nuw nsw i64 %107, %108
  %110 = add nuw nsw i64 %109, %71
  %111 = getelementptr inbounds nuw float, ptr %105, i64 %110
  %112 = load float, ptr %111, align 4
  %113 = fmul float %95, %104
  %114 = fadd float %112, %113
  %115 = extractvalue { ptr, ptr, i64, [4 x i64], [4 x i64] } %14, 1
  %116 = mul nuw nsw i64 %63, 48
  %117 = add nuw nsw i64 0, %116
  %118 = mul nuw nsw i64 %67, 6
  %119 = add nuw nsw i64 %117, %118
  %120 = add nuw nsw i64 %119, %71
  %121 = getelementptr inbounds nuw float, ptr %115, i64 %120
  store float %114, ptr %121, align 4
  %122 = add i64 %83, 1
  br label %82

123:                                              ; preds = %82
  %124 = add i64 %79, 1
  br label %78

125:                                              ; preds = %78
  %126 = add i64 %75, 1
  br label %74

127:                                              ; preds = %74
  %128 = add i64 %71, 1
  br label %70

129:                                              ; preds = %70
  %130 = add i64 %67, 1
  br label %66

131:                                              ; preds = %66
  %132 = add i64 %63, 1
  br label %62

133:                                              ; preds = %62
  ret void
}

define void @conv2d_f32_dilated(ptr %0, ptr %1, ptr %2) {
  %4 = insertvalue { ptr, ptr, i64, [4 x i64], [4 x i64] } poison, ptr %2, 0
  %5 = insertvalue { ptr, ptr, i64, [4 x i64], [4 x i64] } %4, ptr %2, 1
  %6 = insertvalue { ptr, ptr, i64, [4 x i64], [4 x i64] } %5, i64 0, 2
  %7 = insertvalue { ptr, ptr, i64, [4 x i64], [4 x i64] } %6, i64 2, 3, 0
  %8 = insertvalue { ptr, ptr, i64, [4 x i64], [4 x i64] } %7, i64 40, 4, 0
  %9 = insertvalue { ptr, ptr, i64, [4 x i64], [4 x i64] } %8, i64 4, 3, 1
  %10 = insertvalue { ptr, ptr, i64, [4 x i64], [4 x i64] } %9, i64 10, 4, 1
  %11 = insertvalue { ptr, ptr, i64, [4 x i64], [4 x i64] } %10, i64 5, 3, 2
  %12 = insertvalue { ptr, ptr, i64, [4 x i64], [4 x i64] } %11, i64 2, 4, 2
  %13 = insertvalue { ptr, ptr, i64, [4 x i64], [4 x i64] } %12, i64 2, 3, 3
  %14 = insertvalue { ptr, ptr, i64, [4 x i64], [4 x i64] } %13, i64 1, 4, 3
  %15 = insertvalue { ptr, ptr, i64, [4 x i64], [4 x i64] } poison, ptr %1, 0
  %16 = insertvalue { ptr, ptr, i64, [4 x i64], [4 x i64] } %15, ptr %1, 1
  %17 = insertvalue { ptr, ptr, i64, [4 x i64], [4 x i64] } %16, i64 0, 2
  %18 = insertvalue { ptr, ptr, i64, [4 x i64], [4 x i64] } %17, i64 3, 3, 0
  %19 = insertvalue { ptr, ptr, i64, [4 x i64], [4 x i64] } %18, i64 18, 4, 0
  %20 = insertvalue { ptr, ptr, i64, [4 x i64], [4 x i64] } %19, i64 3, 3, 1
  %21 = insertvalue { ptr, ptr, i64, [4 x i64], [4 x i64] } %20, i64 6, 4, 1
  %22 = insertvalue { ptr, ptr, i64, [4 x i64], [4 x i64] } %21, i64 3, 3, 2
  %23 = insertvalue { ptr, ptr, i64, [4 x i64], [4 x i64] } %22, i64 2, 4, 2
  %24 = insertvalue { ptr, ptr, i64, [4 x i64], [4 x i64] } %23, i64 2, 3, 3
  %25 = insertvalue { ptr, ptr, i64, [4 x i64], [4 x i64] } %24, i64 1, 4, 3
  %26 = insertvalue { ptr, ptr, i64, [4 x i64], [4 x i64] } poison, ptr %0, 0
  %27 = insertvalue { ptr, ptr, i64, [4 x i64], [4 x i64] } %26, ptr %0, 1
  %28 = insertvalue { ptr, ptr, i64, [4 x i64], [4 x i64] } %27, i64 0, 2
  %29 = insertvalue { ptr, ptr, i64, [4 x i64], [4 x i64] } %28, i64 2, 3, 0
  %30 = insertvalue { ptr, ptr, i64, [4 x i64], [4 x i64] } %29, i64 429, 4, 0
  %31 = insertvalue { ptr, ptr, i64, [4 x i64], [4 x i64] } %30, i64 11, 3, 1
  %32 = insertvalue { ptr, ptr, i64, [4 x i64], [4 x i64] } %31, i64 39, 4, 1
  %33 = insertvalue { ptr, ptr, i64, [4 x i64], [4 x i64] } %32, i64 13, 3, 2
  %34 = insertvalue { ptr, ptr, i64, [4 x i64], [4 x i64] } %33, i64 3, 4, 2
  %35 = insertvalue { ptr, ptr, i64, [4 x i64], [4 x i64] } %34, i64 3, 3, 3
  %36 = insertvalue { ptr, ptr, i64, [4 x i64], [4 x i64] } %35, i64 1, 4, 3
  br label %37

37:                                               ; preds = %66, %3
  %38 = phi i64 [ %67, %66 ], [ 0, %3 ]
  %39 = icmp slt i64 %38, 2
  br i1 %39, label %40, label %68

40:                                               ; preds = %37
  br label %41

41:                                               ; preds = %64, %40
  %42 = phi i64 [ %65, %64 ], [ 0, %40 ]
  %43 = icmp slt i64 %42, 4
  br i1 %43, label %44, label %66

44:                                               ; preds = %41
  br label %45

45:                                               ; preds = %62, %44
  %46 = phi i64 [ %63, %62 ], [ 0, %44 ]
  %47 = icmp slt i64 %46, 5
  br i1 %47, label %48, label %64

48:                                               ; preds = %45
  br label %49

49:                                               ; preds = %52, %48
  %50 = phi i64 [ %61, %52 ], [ 0, %48 ]
  %51 = icmp slt i64 %50, 2
  br i1 %51, label %52, label %62

52:                                               ; preds = %49
  %53 = extractvalue { ptr, ptr, i64, [4 x i64], [4 x i64] } %14, 1
  %54 = mul nuw nsw i64 %38, 40
  %55 = mul nuw nsw i64 %42, 10
  %56 = add nuw nsw i64 %54, %55
  %57 = mul nuw nsw i64 %46, 2
  %58 = add nuw nsw i64 %56, %57
  %59 = add nuw nsw i64 %58, %50
  %60 = getelementptr inbounds nuw float, ptr %53, i64 %59
  store float 0.000000e+00, ptr %60, align 4
  %61 = add i64 %50, 1
  br label %49

62:                                               ; preds = %49
  %63 = add i64 %46, 1
  br label %45

64:                                               ; preds = %45
  %65 = add i64 %42, 1
  br label %41

66:                                               ; preds = %41
  %67 = add i64 %38, 1
  br label %37

68:                                               ; preds = %37
  br label %69

69:                                               ; preds = %151, %68
  %70 = phi i64 [ %152, %151 ], [ 0, %68 ]
  %71 = icmp slt i64 %70, 2
  br i1 %71, label %72, label %153

72:                                               ; preds = %69
  br label %73

73:                                               ; preds = %149, %72
  %74 = phi i64 [ %150, %149 ], [ 0, %72 ]
  %75 = icmp slt i64 %74, 4
  br i1 %75, label %76, label %151

76:                                               ; preds = %73
  br label %77

77:                                               ; preds = %147, %76
  %78 = phi i64 [ %148, %147 ], [ 0, %76 ]
  %79 = icmp slt i64 %78, 5
  br i1 %79, label %80, label %149

80:                                               ; preds = %77
  br label %81

81:                                               ; preds = %145, %80
  %82 = phi i64 [ %146, %145 ], [ 0, %80 ]
  %83 = icmp slt i64 %82, 2
  br i1 %83, label %84, label %147

84:                                               ; preds = %81
  br label %85

85:                                               ; preds = %143, %84
  %86 = phi i64 [ %144, %143 ], [ 0, %84 ]
  %87 = icmp slt i64 %86, 3
  br i1 %87, label %88, label %145

88:                                               ; preds = %85
  br label %89

89:                                               ; preds = %141, %88
  %90 = phi i64 [ %142, %141 ], [ 0, %88 ]
  %91 = icmp slt i64 %90, 3
  br i1 %91, label %92, label %143

92:                                               ; preds = %89
  br label %93

93:                                               ; preds = %96, %92
  %94 = phi i64 [ %140, %96 ], [ 0, %92 ]
  %95 = icmp slt i64 %94, 3
  br i1 %95, label %96, label %141

96:                                               ; preds = %93
  %97 = mul nsw i64 %74, 2
  %98 = mul nsw i64 %86, 2
  %99 = add i64 %97, %98
  %100 = mul nsw i64 %78, 2
  %101 = mul nsw i64 %90, 2
  %102 = add i64 %100, %101
  %103 = extractvalue { ptr, ptr, i64, [4 x i64], [4 x i64] } %36, 1
  %104 = mul nuw nsw i64 %70, 429
  %105 = mul nuw nsw i64 %99, 39
  %106 = add nuw nsw i64 %104, %105
  %107 = mul nuw nsw i64 %102, 3
  %108 = add nuw nsw i64 %106, %107
  %109 = add nuw nsw i64 %108, %94
  %110 = getelementptr inbounds nuw float, ptr %103, i64 %109
  %111 = load float, ptr %110, align 4
  %112 = extractvalue { ptr, ptr, i64, [4 x i64], [4 x i64] } %25, 1
  %113 = mul nuw nsw i64 %86, 18
  %114 = mul nuw nsw i64 %90, 6
  %115 = add nuw nsw i64 %113, %114
  %116 = mul nuw nsw i64 %94, 2
  %117 = add nuw nsw i64 %115, %116
  %118 = add nuw nsw i64 %117, %82
  %119 = getelementptr inbounds nuw float, ptr %112, i64 %118
  %120 = load float, ptr %119, align 4
  %121 = extractvalue { ptr, ptr, i64, [4 x i64], [4 x i64] } %14, 1
  %122 = mul nuw nsw i64 %70, 40
  %123 = mul nuw nsw i64 %74, 10
  %124 = add nuw nsw i64 %122, %123
  %125 = mul nuw nsw i64 %78, 2
  %126 = add nuw nsw i64 %124, %125
  %127 = add nuw nsw i64 %126, %82
  %128 = getelementptr inbounds nuw float, ptr %121, i64 %127
  %129 = load float, ptr %128, align 4
  %130 = fmul float %111, %120
  %131 = fadd float %129, %130
  %132 = extractvalue { ptr, ptr, i64, [4 x i64], [4 x i64] } %14, 1
  %133 = mul nuw nsw i64 %70, 40
  %134 = mul nuw nsw i64 %74, 10
  %135 = add nuw nsw i64 %133, %134
  %136 = mul nuw nsw i64 %78, 2
  %137 = add nuw nsw i64 %135, %136
  %138 = add nuw nsw i64 %137, %82
  %139 = getelementptr inbounds nuw float, ptr %132, i64 %138
  store float %131, ptr %139, align 4
  %140 = add i64 %94, 1
  br label %93

141:                                              ; preds = %93
  %142 = add i64 %90, 1
  br label %89

143:                                              ; preds = %89
  %144 = add i64 %86, 1
  br label %85

145:                                              ; preds = %85
  %146 = add i64 %82, 1
  br label %81

147:                                              ; preds = %81
  %148 = add i64 %78, 1
  br label %77

149:                                              ; preds = %77
  %150 = add i64 %74, 1
  br label %73

151:                                              ; preds = %73
  %152 = add i64 %70, 1
  br label %69

153:                                              ; preds = %69
  ret void
}

!llvm.module.flags = !{!0}

!0 = !{i32 2, !"Debug Info Version", i32 3}
