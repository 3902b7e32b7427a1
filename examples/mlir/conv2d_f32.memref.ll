; ModuleID = 'LLVMDialectModule'
source_filename = "LLVMDialectModule"

define void @conv2d_f32(ptr %0, ptr %1, i64 %2, i64 %3, i64 %4, i64 %5, i64 %6, i64 %7, i64 %8, i64 %9, i64 %10, ptr %11, ptr %12, i64 %13, i64 %14, i64 %15, i64 %16, i64 %17, i64 %18, i64 %19, i64 %20, i64 %21, ptr %22, ptr %23, i64 %24, i64 %25, i64 %26, i64 %27, i64 %28, i64 %29, i64 %30, i64 %31, i64 %32) {
  %34 = insertvalue { ptr, ptr, i64, [4 x i64], [4 x i64] } poison, ptr %22, 0
  %35 = insertvalue { ptr, ptr, i64, [4 x i64], [4 x i64] } %34, ptr %23, 1
  %36 = insertvalue { ptr, ptr, i64, [4 x i64], [4 x i64] } %35, i64 %24, 2
  %37 = insertvalue { ptr, ptr, i64, [4 x i64], [4 x i64] } %36, i64 %25, 3, 0
  %38 = insertvalue { ptr, ptr, i64, [4 x i64], [4 x i64] } %37, i64 %29, 4, 0
  %39 = insertvalue { ptr, ptr, i64, [4 x i64], [4 x i64] } %38, i64 %26, 3, 1
  %40 = insertvalue { ptr, ptr, i64, [4 x i64], [4 x i64] } %39, i64 %30, 4, 1
  %41 = insertvalue { ptr, ptr, i64, [4 x i64], [4 x i64] } %40, i64 %27, 3, 2
  %42 = insertvalue { ptr, ptr, i64, [4 x i64], [4 x i64] } %41, i64 %31, 4, 2
  %43 = insertvalue { ptr, ptr, i64, [4 x i64], [4 x i64] } %42, i64 %28, 3, 3
  %44 = insertvalue { ptr, ptr, i64, [4 x i64], [4 x i64] } %43, i64 %32, 4, 3
  %45 = insertvalue { ptr, ptr, i64, [4 x i64], [4 x i64] } poison, ptr %11, 0
  %46 = insertvalue { ptr, ptr, i64, [4 x i64], [4 x i64] } %45, ptr %12, 1
  %47 = insertvalue { ptr, ptr, i64, [4 x i64], [4 x i64] } %46, i64 %13, 2
  %48 = insertvalue { ptr, ptr, i64, [4 x i64], [4 x i64] } %47, i64 %14, 3, 0
  %49 = insertvalue { ptr, ptr, i64, [4 x i64], [4 x i64] } %48, i64 %18, 4, 0
  %50 = insertvalue { ptr, ptr, i64, [4 x i64], [4 x i64] } %49, i64 %15, 3, 1
  %51 = insertvalue { ptr, ptr, i64, [4 x i64], [4 x i64] } %50, i64 %19, 4, 1
  %52 = insertvalue { ptr, ptr, i64, [4 x i64], [4 x i64] } %51, i64 %16, 3, 2
  %53 = insertvalue { ptr, ptr, i64, [4 x i64], [4 x i64] } %52, i64 %20, 4, 2
  %54 = insertvalue { ptr, ptr, i64, [4 x i64], [4 x i64] } %53, i64 %17, 3, 3
  %55 = insertvalue { ptr, ptr, i64, [4 x i64], [4 x i64] } %54, i64 %21, 4, 3
  %56 = insertvalue { ptr, ptr, i64, [4 x i64], [4 x i64] } poison, ptr %0, 0
  %57 = insertvalue { ptr, ptr, i64, [4 x i64], [4 x i64] } %56, ptr %1, 1
  %58 = insertvalue { ptr, ptr, i64, [4 x i64], [4 x i64] } %57, i64 %2, 2
  %59 = insertvalue { ptr, ptr, i64, [4 x i64], [4 x i64] } %58, i64 %3, 3, 0
  %60 = insertvalue { ptr, ptr, i64, [4 x i64], [4 x i64] } %59, i64 %7, 4, 0
  %61 = insertvalue { ptr, ptr, i64, [4 x i64], [4 x i64] } %60, i64 %4, 3, 1
  %62 = insertvalue { ptr, ptr, i64, [4 x i64], [4 x i64] } %61, i64 %8, 4, 1
  %63 = insertvalue { ptr, ptr, i64, [4 x i64], [4 x i64] } %62, i64 %5, 3, 2
  %64 = insertvalue { ptr, ptr, i64, [4 x i64], [4 x i64] } %63, i64 %9, 4, 2
  %65 = insertvalue { ptr, ptr, i64, [4 x i64], [4 x i64] } %64, i64 %6, 3, 3
  %66 = insertvalue { ptr, ptr, i64, [4 x i64], [4 x i64] } %65, i64 %10, 4, 3
  br label %67

67:                                               ; preds = %89, %33
  %68 = phi i64 [ %90, %89 ], [ 0, %33 ]
  %69 = icmp slt i64 %68, 8
  br i1 %69, label %70, label %91

70:                                               ; preds = %67
  br label %71

71:                                               ; preds = %87, %70
  %72 = phi i64 [ %88, %87 ], [ 0, %70 ]
  %73 = icmp slt i64 %72, 8
  br i1 %73, label %74, label %89

74:                                               ; preds = %71
  br label %75

75:                                               ; preds = %78, %74
  %76 = phi i64 [ %86, %78 ], [ 0, %74 ]
  %77 = icmp slt i64 %76, 6
  br i1 %77, label %78, label %87

78:                                               ; preds = %75
  %79 = extractvalue { ptr, ptr, i64, [4 x i64], [4 x i64] } %44, 1
  %80 = mul nuw nsw i64 %68, 48
  %81 = add nuw nsw i64 0, %80
  %82 = mul nuw nsw i64 %72, 6
  %83 = add nuw nsw i64 %81, %82
  %84 = add nuw nsw i64 %83, %76
  %85 = getelementptr inbounds nuw float, ptr %79, i64 %84
  store float 0.000000e+00, ptr %85, align 4
  %86 = add i64 %76, 1
  br label %75

87:                                               ; preds = %75
  %88 = add i64 %72, 1
  br label %71

89:                                               ; preds = %71
  %90 = add i64 %68, 1
  br label %67

91:                                               ; preds = %67
  br label %92

92:                                               ; preds = %161, %91
  %93 = phi i64 [ %162, %161 ], [ 0, %91 ]
  %94 = icmp slt i64 %93, 8
  br i1 %94, label %95, label %163

95:                                               ; preds = %92
  br label %96

96:                                               ; preds = %159, %95
  %97 = phi i64 [ %160, %159 ], [ 0, %95 ]
  %98 = icmp slt i64 %97, 8
  br i1 %98, label %99, label %161

99:                                               ; preds = %96
  br label %100

100:                                              ; preds = %157, %99
  %101 = phi i64 [ %158, %157 ], [ 0, %99 ]
  %102 = icmp slt i64 %101, 6
  br i1 %102, label %103, label %159

103:                                              ; preds = %100
  br label %104

104:                                              ; preds = %155, %103
  %105 = phi i64 [ %156, %155 ], [ 0, %103 ]
  %106 = icmp slt i64 %105, 3
  br i1 %106, label %107, label %157

107:                                              ; preds = %104
  br label %108

108:                                              ; preds = %153, %107
  %109 = phi i64 [ %154, %153 ], [ 0, %107 ]
  %110 = icmp slt i64 %109, 3
  br i1 %110, label %111, label %155

111:                                              ; preds = %108
  br label %112

112:                                              ; preds = %115, %111
  %113 = phi i64 [ %152, %115 ], [ 0, %111 ]
  %114 = icmp slt i64 %113, 4
  br i1 %114, label %115, label %153

115:                                              ; preds = %112
  %116 = add i64 %93, %105
  %117 = add i64 %97, %109
  %118 = extractvalue { ptr, ptr, i64, [4 x i64], [4 x i64] } %66, 1
  %119 = mul nuw nsw i64 %116, 40
  %120 = add nuw nsw i64 0, %119
  %121 = mul nuw nsw i64 %117, 4
  %122 = add nuw nsw i64 %120, %121
  %123 = add nuw nsw i64 %122, %113
  %124 = getelementptr inbounds nuw float, ptr %118, i64 %123
  %125 = load float, ptr %124, align 4
  %126 = extractvalue { ptr, ptr, i64, [4 x i64], [4 x i64] } %55, 1
  %127 = mul nuw nsw i64 %105, 72
  %128 = mul nuw nsw i64 %109, 24
  %129 = add nuw nsw i64 %127, %128
  %130 = mul nuw nsw i64 %113, 6
  %131 = add nuw nsw i64 %129, %130
  %132 = add nuw nsw i64 %131, %101
  %133 = getelementptr inbounds nuw float, ptr %126, i64 %132
  %134 = load float, ptr %133, align 4
  %135 = extractvalue { ptr, ptr, i64, [4 x i64], [4 x i64] } %44, 1
  %136 = mul nuw nsw i64 %93, 48
  %137 = add nuw nsw i64 0, %136
  %138 = mul nuw nsw i64 %97, 6
  %139 = add nuw nsw i64 %137, %138
  %140 = add nuw nsw i64 %139, %101
  %141 = getelementptr inbounds nuw float, ptr %135, i64 %140
  %142 = load float, ptr %141, align 4
  %143 = fmul float %125, %134
  %144 = fadd float %142, %143
  %145 = extractvalue { ptr, ptr, i64, [4 x i64], [4 x i64] } %44, 1
  %146 = mul nuw nsw i64 %93, 48
  %147 = add nuw nsw i64 0, %146
  %148 = mul nuw nsw i64 %97, 6
  %149 = add nuw nsw i64 %147, %148
  %150 = add nuw nsw i64 %149, %101
  %151 = getelementptr inbounds nuw float, ptr %145, i64 %150
  store float %144, ptr %151, align 4
  %152 = add i64 %113, 1
  br label %112

153:                                              ; preds = %112
  %154 = add i64 %109, 1
  br label %108

155:                                              ; preds = %108
  %156 = add i64 %105, 1
  br label %104

157:                                              ; preds = %104
  %158 = add i64 %101, 1
  br label %100

159:                                              ; preds = %100
  %160 = add i64 %97, 1
  br label %96

161:                                              ; preds = %96
  %162 = add i64 %93, 1
  br label %92

163:                                              ; preds = %92
  ret void
}

define void @_mlir_ciface_conv2d_f32(ptr %0, ptr %1, ptr %2) {
  %4 = load { ptr, ptr, i64, [4 x i64], [4 x i64] }, ptr %0, align 8
  %5 = extractvalue { ptr, ptr, i64, [4 x i64], [4 x i64] } %4, 0
  %6 = extractvalue { ptr, ptr, i64, [4 x i64], [4 x i64] } %4, 1
  %7 = extractvalue { ptr, ptr, i64, [4 x i64], [4 x i64] } %4, 2
  %8 = extractvalue { ptr, ptr, i64, [4 x i64], [4 x i64] } %4, 3, 0
  %9 = extractvalue { ptr, ptr, i64, [4 x i64], [4 x i64] } %4, 3, 1
  %10 = extractvalue { ptr, ptr, i64, [4 x i64], [4 x i64] } %4, 3, 2
  %11 = extractvalue { ptr, ptr, i64, [4 x i64], [4 x i64] } %4, 3, 3
  %12 = extractvalue { ptr, ptr, i64, [4 x i64], [4 x i64] } %4, 4, 0
  %13 = extractvalue { ptr, ptr, i64, [4 x i64], [4 x i64] } %4, 4, 1
  %14 = extractvalue { ptr, ptr, i64, [4 x i64], [4 x i64] } %4, 4, 2
  %15 = extractvalue { ptr, ptr, i64, [4 x i64], [4 x i64] } %4, 4, 3
  %16 = load { ptr, ptr, i64, [4 x i64], [4 x i64] }, ptr %1, align 8
  %17 = extractvalue { ptr, ptr, i64, [4 x i64], [4 x i64] } %16, 0
  %18 = extractvalue { ptr, ptr, i64, [4 x i64], [4 x i64] } %16, 1
  %19 = extractvalue { ptr, ptr, i64, [4 x i64], [4 x i64] } %16, 2
  %20 = extractvalue { ptr, ptr, i64, [4 x i64], [4 x i64] } %16, 3, 0
  %21 = extractvalue { ptr, ptr, i64, [4 x i64], [4 x i64] } %16, 3, 1
  %22 = extractvalue { ptr, ptr, i64, [4 x i64], [4 x i64] } %16, 3, 2
  %23 = extractvalue { ptr, ptr, i64, [4 x i64], [4 x i64] } %16, 3, 3
  %24 = extractvalue { ptr, ptr, i64, [4 x i64], [4 x i64] } %16, 4, 0
  %25 = extractvalue { ptr, ptr, i64, [4 x i64], [4 x i64] } %16, 4, 1
  %26 = extractvalue { ptr, ptr, i64, [4 x i64], [4 x i64] } %16, 4, 2
  %27 = extractvalue { ptr, ptr, i64, [4 x i64], [4 x i64] } %16, 4, 3
  %28 = load { ptr, ptr, i64, [4 x i64], [4 x i64] }, ptr %2, align 8
  %29 = extractvalue { ptr, ptr, i64, [4 x i64], [4 x i64] } %28, 0
  %30 = extractvalue { ptr, ptr, i64, [4 x i64], [4 x i64] } %28, 1
  %31 = extractvalue { ptr, ptr, i64, [4 x i64], [4 x i64] } %28, 2
  %32 = extractvalue { ptr, ptr, i64, [4 x i64], [4 x i64] } %28, 3, 0
  %33 = extractvalue { ptr, ptr, i64, [4 x i64], [4 x i64] } %28, 3, 1
  %34 = extractvalue { ptr, ptr, i64, [4 x i64], [4 x i64] } %28, 3, 2
  %35 = extractvalue { ptr, ptr, i64, [4 x i64], [4 x i64] } %28, 3, 3
  %36 = extractvalue { ptr, ptr, i64, [4 x i64], [4 x i64] } %28, 4, 0
  %37 = extractvalue { ptr, ptr, i64, [4 x i64], [4 x i64] } %28, 4, 1
  %38 = extractvalue { ptr, ptr, i64, [4 x i64], [4 x i64] } %28, 4, 2
  %39 = extractvalue { ptr, ptr, i64, [4 x i64], [4 x i64] } %28, 4, 3
  call void @conv2d_f32(ptr %5, ptr %6, i64 %7, i64 %8, i64 %9, i64 %10, i64 %11, i64 %12, i64 %13, i64 %14, i64 %15, ptr %17, ptr %18, i64 %19, i64 %20, i64 %21, i64 %22, i64 %23, i64 %24, i64 %25, i64 %26, i64 %27, ptr %29, ptr %30, i64 %31, i64 %32, i64 %33, i64 %34, i64 %35, i64 %36, i64 %37, i64 %38, i64 %39)
  ret void
}

define void @conv2d_f32_dilated(ptr %0, ptr %1, i64 %2, i64 %3, i64 %4, i64 %5, i64 %6, i64 %7, i64 %8, i64 %9, i64 %10, ptr %11, ptr %12, i64 %13, i64 %14, i64 %15, i64 %16, i64 %17, i64 %18, i64 %19, i64 %20, i64 %21, ptr %22, ptr %23, i64 %24, i64 %25, i64 %26, i64 %27, i64 %28, i64 %29, i64 %30, i64 %31, i64 %32) {
  %34 = insertvalue { ptr, ptr, i64, [4 x i64], [4 x i64] } poison, ptr %22, 0
  %35 = insertvalue { ptr, ptr, i64, [4 x i64], [4 x i64] } %34, ptr %23, 1
  %36 = insertvalue { ptr, ptr, i64, [4 x i64], [4 x i64] } %35, i64 %24, 2
  %37 = insertvalue { ptr, ptr, i64, [4 x i64], [4 x i64] } %36, i64 %25, 3, 0
  %38 = insertvalue { ptr, ptr, i64, [4 x i64], [4 x i64] } %37, i64 %29, 4, 0
  %39 = insertvalue { ptr, ptr, i64, [4 x i64], [4 x i64] } %38, i64 %26, 3, 1
  %40 = insertvalue { ptr, ptr, i64, [4 x i64], [4 x i64] } %39, i64 %30, 4, 1
  %41 = insertvalue { ptr, ptr, i64, [4 x i64], [4 x i64] } %40, i64 %27, 3, 2
  %42 = insertvalue { ptr, ptr, i64, [4 x i64], [4 x i64] } %41, i64 %31, 4, 2
  %43 = insertvalue { ptr, ptr, i64, [4 x i64], [4 x i64] } %42, i64 %28, 3, 3
  %44 = insertvalue { ptr, ptr, i64, [4 x i64], [4 x i64] } %43, i64 %32, 4, 3
  %45 = insertvalue { ptr, ptr, i64, [4 x i64], [4 x i64] } poison, ptr %11, 0
  %46 = insertvalue { ptr, ptr, i64, [4 x i64], [4 x i64] } %45, ptr %12, 1
  %47 = insertvalue { ptr, ptr, i64, [4 x i64], [4 x i64] } %46, i64 %13, 2
  %48 = insertvalue { ptr, ptr, i64, [4 x i64], [4 x i64] } %47, i64 %14, 3, 0
  %49 = insertvalue { ptr, ptr, i64, [4 x i64], [4 x i64] } %48, i64 %18, 4, 0
  %50 = insertvalue { ptr, ptr, i64, [4 x i64], [4 x i64] } %49, i64 %15, 3, 1
  %51 = insertvalue { ptr, ptr, i64, [4 x i64], [4 x i64] } %50, i64 %19, 4, 1
  %52 = insertvalue { ptr, ptr, i64, [4 x i64], [4 x i64] } %51, i64 %16, 3, 2
  %53 = insertvalue { ptr, ptr, i64, [4 x i64], [4 x i64] } %52, i64 %20, 4, 2
  %54 = insertvalue { ptr, ptr, i64, [4 x i64], [4 x i64] } %53, i64 %17, 3, 3
  %55 = insertvalue { ptr, ptr, i64, [4 x i64], [4 x i64] } %54, i64 %21, 4, 3
  %56 = insertvalue { ptr, ptr, i64, [4 x i64], [4 x i64] } poison, ptr %0, 0
  %57 = insertvalue { ptr, ptr, i64, [4 x i64], [4 x i64] } %56, ptr %1, 1
  %58 = insertvalue { ptr, ptr, i64, [4 x i64], [4 x i64] } %57, i64 %2, 2
  %59 = insertvalue { ptr, ptr, i64, [4 x i64], [4 x i64] } %58, i64 %3, 3, 0
  %60 = insertvalue { ptr, ptr, i64, [4 x i64], [4 x i64] } %59, i64 %7, 4, 0
  %61 = insertvalue { ptr, ptr, i64, [4 x i64], [4 x i64] } %60, i64 %4, 3, 1
  %62 = insertvalue { ptr, ptr, i64, [4 x i64], [4 x i64] } %61, i64 %8, 4, 1
  %63 = insertvalue { ptr, ptr, i64, [4 x i64], [4 x i64] } %62, i64 %5, 3, 2
  %64 = insertvalue { ptr, ptr, i64, [4 x i64], [4 x i64] } %63, i64 %9, 4, 2
  %65 = insertvalue { ptr, ptr, i64, [4 x i64], [4 x i64] } %64, i64 %6, 3, 3
  %66 = insertvalue { ptr, ptr, i64, [4 x i64], [4 x i64] } %65, i64 %10, 4, 3
  br label %67

67:                                               ; preds = %96, %33
  %68 = phi i64 [ %97, %96 ], [ 0, %33 ]
  %69 = icmp slt i64 %68, 2
  br i1 %69, label %70, label %98

70:                                               ; preds = %67
  br label %71

71:                                               ; preds = %94, %70
  %72 = phi i64 [ %95, %94 ], [ 0, %70 ]
  %73 = icmp slt i64 %72, 4
  br i1 %73, label %74, label %96

74:                                               ; preds = %71
  br label %75

75:                                               ; preds = %92, %74
  %76 = phi i64 [ %93, %92 ], [ 0, %74 ]
  %77 = icmp slt i64 %76, 5
  br i1 %77, label %78, label %94

78:                                               ; preds = %75
  br label %79

79:                                               ; preds = %82, %78
  %80 = phi i64 [ %91, %82 ], [ 0, %78 ]
  %81 = icmp slt i64 %80, 2
  br i1 %81, label %82, label %92

82:                                               ; preds = %79
  %83 = extractvalue { ptr, ptr, i64, [4 x i64], [4 x i64] } %44, 1
  %84 = mul nuw nsw i64 %68, 40
  %85 = mul nuw nsw i64 %72, 10
  %86 = add nuw nsw i64 %84, %85
  %87 = mul nuw nsw i64 %76, 2
  %88 = add nuw nsw i64 %86, %87
  %89 = add nuw nsw i64 %88, %80
  %90 = getelementptr inbounds nuw float, ptr %83, i64 %89
  store float 0.000000e+00, ptr %90, align 4
  %91 = add i64 %80, 1
  br label %79

92:                                               ; preds = %79
  %93 = add i64 %76, 1
  br label %75

94:                                               ; preds = %75
  %95 = add i64 %72, 1
  br label %71

96:                                               ; preds = %71
  %97 = add i64 %68, 1
  br label %67

98:                                               ; preds = %67
  br label %99

99:                                               ; preds = %181, %98
  %100 = phi i64 [ %182, %181 ], [ 0, %98 ]
  %101 = icmp slt i64 %100, 2
  br i1 %101, label %102, label %183

102:                                              ; preds = %99
  br label %103

103:                                              ; preds = %179, %102
  %104 = phi i64 [ %180, %179 ], [ 0, %102 ]
  %105 = icmp slt i64 %104, 4
  br i1 %105, label %106, label %181

106:                                              ; preds = %103
  br label %107

107:                                              ; preds = %177, %106
  %108 = phi i64 [ %178, %177 ], [ 0, %106 ]
  %109 = icmp slt i64 %108, 5
  br i1 %109, label %110, label %179

110:                                              ; preds = %107
  br label %111

111:                                              ; preds = %175, %110
  %112 = phi i64 [ %176, %175 ], [ 0, %110 ]
  %113 = icmp slt i64 %112, 2
  br i1 %113, label %114, label %177

114:                                              ; preds = %111
  br label %115

115:                                              ; preds = %173, %114
  %116 = phi i64 [ %174, %173 ], [ 0, %114 ]
  %117 = icmp slt i64 %116, 3
  br i1 %117, label %118, label %175

118:                                              ; preds = %115
  br label %119

119:                                              ; preds = %171, %118
  %120 = phi i64 [ %172, %171 ], [ 0, %118 ]
  %121 = icmp slt i64 %120, 3
  br i1 %121, label %122, label %173

122:                                              ; preds = %119
  br label %123

123:                                              ; preds = %126, %122
  %124 = phi i64 [ %170, %126 ], [ 0, %122 ]
  %125 = icmp slt i64 %124, 3
  br i1 %125, label %126, label %171

126:                                              ; preds = %123
  %127 = mul nsw i64 %104, 2
  %128 = mul nsw i64 %116, 2
  %129 = add i64 %127, %128
  %130 = mul nsw i64 %108, 2
  %131 = mul nsw i64 %120, 2
  %132 = add i64 %130, %131
  %133 = extractvalue { ptr, ptr, i64, [4 x i64], [4 x i64] } %66, 1
  %134 = mul nuw nsw i64 %100, 429
  %135 = mul nuw nsw i64 %129, 39
  %136 = add nuw nsw i64 %134, %135
  %137 = mul nuw nsw i64 %132, 3
  %138 = add nuw nsw i64 %136, %137
  %139 = add nuw nsw i64 %138, %124
  %140 = getelementptr inbounds nuw float, ptr %133, i64 %139
  %141 = load float, ptr %140, align 4
  %142 = extractvalue { ptr, ptr, i64, [4 x i64], [4 x i64] } %55, 1
  %143 = mul nuw nsw i64 %116, 18
  %144 = mul nuw nsw i64 %120, 6
  %145 = add nuw nsw i64 %143, %144
  %146 = mul nuw nsw i64 %124, 2
  %147 = add nuw nsw i64 %145, %146
  %148 = add nuw nsw i64 %147, %112
  %149 = getelementptr inbounds nuw float, ptr %142, i64 %148
  %150 = load float, ptr %149, align 4
  %151 = extractvalue { ptr, ptr, i64, [4 x i64], [4 x i64] } %44, 1
  %152 = mul nuw nsw i64 %100, 40
  %153 = mul nuw nsw i64 %104, 10
  %154 = add nuw nsw i64 %152, %153
  %155 = mul nuw nsw i64 %108, 2
  %156 = add nuw nsw i64 %154, %155
  %157 = add nuw nsw i64 %156, %112
  %158 = getelementptr inbounds nuw float, ptr %151, i64 %157
  %159 = load float, ptr %158, align 4
  %160 = fmul float %141, %150
  %161 = fadd float %159, %160
  %162 = extractvalue { ptr, ptr, i64, [4 x i64], [4 x i64] } %44, 1
  %163 = mul nuw nsw i64 %100, 40
  %164 = mul nuw nsw i64 %104, 10
  %165 = add nuw nsw i64 %163, %164
  %166 = mul nuw nsw i64 %108, 2
  %167 = add nuw nsw i64 %165, %166
  %168 = add nuw nsw i64 %167, %112
  %169 = getelementptr inbounds nuw float, ptr %162, i64 %168
  store float %161, ptr %169, align 4
  %170 = add i64 %124, 1
  br label %123

171:                                              ; preds = %123
  %172 = add i64 %120, 1
  br label %119

173:                                              ; preds = %119
  %174 = add i64 %116, 1
  br label %115

175:                                              ; preds = %115
  %176 = add i64 %112, 1
  br label %111

177:                                              ; preds = %111
  %178 = add i64 %108, 1
  br label %107

179:                                              ; preds = %107
  %180 = add i64 %104, 1
  br label %103

181:                                              ; preds = %103
  %182 = add i64 %100, 1
  br label %99

183:                                              ; preds = %99
  ret void
}

define void @_mlir_ciface_conv2d_f32_dilated(ptr %0, ptr %1, ptr %2) {
  %4 = load { ptr, ptr, i64, [4 x i64], [4 x i64] }, ptr %0, align 8
  %5 = extractvalue { ptr, ptr, i64, [4 x i64], [4 x i64] } %4, 0
  %6 = extractvalue { ptr, ptr, i64, [4 x i64], [4 x i64] } %4, 1
  %7 = extractvalue { ptr, ptr, i64, [4 x i64], [4 x i64] } %4, 2
  %8 = extractvalue { ptr, ptr, i64, [4 x i64], [4 x i64] } %4, 3, 0
  %9 = extractvalue { ptr, ptr, i64, [4 x i64], [4 x i64] } %4, 3, 1
  %10 = extractvalue { ptr, ptr, i64, [4 x i64], [4 x i64] } %4, 3, 2
  %11 = extractvalue { ptr, ptr, i64, [4 x i64], [4 x i64] } %4, 3, 3
  %12 = extractvalue { ptr, ptr, i64, [4 x i64], [4 x i64] } %4, 4, 0
  %13 = extractvalue { ptr, ptr, i64, [4 x i64], [4 x i64] } %4, 4, 1
  %14 = extractvalue { ptr, ptr, i64, [4 x i64], [4 x i64] } %4, 4, 2
  %15 = extractvalue { ptr, ptr, i64, [4 x i64], [4 x i64] } %4, 4, 3
  %16 = load { ptr, ptr, i64, [4 x i64], [4 x i64] }, ptr %1, align 8
  %17 = extractvalue { ptr, ptr, i64, [4 x i64], [4 x i64] } %16, 0
  %18 = extractvalue { ptr, ptr, i64, [4 x i64], [4 x i64] } %16, 1
  %19 = extractvalue { ptr, ptr, i64, [4 x i64], [4 x i64] } %16, 2
  %20 = extractvalue { ptr, ptr, i64, [4 x i64], [4 x i64] } %16, 3, 0
  %21 = extractvalue { ptr, ptr, i64, [4 x i64], [4 x i64] } %16, 3, 1
  %22 = extractvalue { ptr, ptr, i64, [4 x i64], [4 x i64] } %16, 3, 2
  %23 = extractvalue { ptr, ptr, i64, [4 x i64], [4 x i64] } %16, 3, 3
  %24 = extractvalue { ptr, ptr, i64, [4 x i64], [4 x i64] } %16, 4, 0
  %25 = extractvalue { ptr, ptr, i64, [4 x i64], [4 x i64] } %16, 4, 1
  %26 = extractvalue { ptr, ptr, i64, [4 x i64], [4 x i64] } %16, 4, 2
  %27 = extractvalue { ptr, ptr, i64, [4 x i64], [4 x i64] } %16, 4, 3
  %28 = load { ptr, ptr, i64, [4 x i64], [4 x i64] }, ptr %2, align 8
  %29 = extractvalue { ptr, ptr, i64, [4 x i64], [4 x i64] } %28, 0
  %30 = extractvalue { ptr, ptr, i64, [4 x i64], [4 x i64] } %28, 1
  %31 = extractvalue { ptr, ptr, i64, [4 x i64], [4 x i64] } %28, 2
  %32 = extractvalue { ptr, ptr, i64, [4 x i64], [4 x i64] } %28, 3, 0
  %33 = extractvalue { ptr, ptr, i64, [4 x i64], [4 x i64] } %28, 3, 1
  %34 = extractvalue { ptr, ptr, i64, [4 x i64], [4 x i64] } %28, 3, 2
  %35 = extractvalue { ptr, ptr, i64, [4 x i64], [4 x i64] } %28, 3, 3
  %36 = extractvalue { ptr, ptr, i64, [4 x i64], [4 x i64] } %28, 4, 0
  %37 = extractvalue { ptr, ptr, i64, [4 x i64], [4 x i64] } %28, 4, 1
  %38 = extractvalue { ptr, ptr, i64, [4 x i64], [4 x i64] } %28, 4, 2
  %39 = extractvalue { ptr, ptr, i64, [4 x i64], [4 x i64] } %28, 4, 3
  call void @conv2d_f32_dilated(ptr %5, ptr %6, i64 %7, i64 %8, i64 %9, i64 %10, i64 %11, i64 %12, i64 %13, i64 %14, i64 %15, ptr %17, ptr %18, i64 %19, i64 %20, i64 %21, i64 %22, i64 %23, i64 %24, i64 %25, i64 %26, i64 %27, ptr %29, ptr %30, i64 %31, i64 %32, i64 %33, i64 %34, i64 %35, i64 %36, i64 %37, i64 %38, i64 %39)
  ret void
}

!llvm.module.flags = !{!0}

!0 = !{i32 2, !"Debug Info Version", i32 3}
