; RUN: kiln-llc -O2 -tensor=print-fused -filetype=null %s 2>&1 | FileCheck %s
; RUN: kiln-llc -O2 -verify-each -Rpass=vector -filetype=null %s 2>&1 | FileCheck %s --check-prefix=MAPPED

; Softmax as MLIR lowers it, a nest an operation: one loop over the rows is left, the rows' largest element and
; sum are scalars, and the exponential function is added up where it is computed.
; CHECK: region of softmax
; CHECK-NEXT: slot0
; CHECK-NEXT: arg0
; CHECK-NEXT: arg1, written
; CHECK-NEXT: for [[I:i[0-9]+]] < 8
; CHECK-NEXT: [[MOST:s[0-9]+]]{{.*}} := 0xff800000:float
; CHECK-NEXT: for [[J:i[0-9]+]] < 96
; CHECK-NEXT: [[MOST]][{{.*}}] := a1[384*[[I]] + 4*[[J]]].float if
; CHECK-NEXT: [[SUM:s[0-9]+]]{{.*}} := 0x0:float
; CHECK-NEXT: for
; CHECK-NEXT: a2{{.*}} := @expf(copy.float(fsub.float(a1
; CHECK-NEXT: [[SUM]][{{.*}}] := fadd.ordered([[SUM]][{{.*}}], copy.float(@expf(
; CHECK-NEXT: for
; CHECK-NEXT: a2{{.*}} := fdiv.float(a2
; CHECK-NOT: for
; MAPPED: 3 as lanes

define void @softmax(ptr %0, ptr %1) {
  %3 = insertvalue { ptr, ptr, i64, [2 x i64], [2 x i64] } poison, ptr %1, 0
  %4 = insertvalue { ptr, ptr, i64, [2 x i64], [2 x i64] } %3, ptr %1, 1
  %5 = insertvalue { ptr, ptr, i64, [2 x i64], [2 x i64] } %4, i64 0, 2
  %6 = insertvalue { ptr, ptr, i64, [2 x i64], [2 x i64] } %5, i64 8, 3, 0
  %7 = insertvalue { ptr, ptr, i64, [2 x i64], [2 x i64] } %6, i64 96, 4, 0
  %8 = insertvalue { ptr, ptr, i64, [2 x i64], [2 x i64] } %7, i64 96, 3, 1
  %9 = insertvalue { ptr, ptr, i64, [2 x i64], [2 x i64] } %8, i64 1, 4, 1
  %10 = insertvalue { ptr, ptr, i64, [2 x i64], [2 x i64] } poison, ptr %0, 0
  %11 = insertvalue { ptr, ptr, i64, [2 x i64], [2 x i64] } %10, ptr %0, 1
  %12 = insertvalue { ptr, ptr, i64, [2 x i64], [2 x i64] } %11, i64 0, 2
  %13 = insertvalue { ptr, ptr, i64, [2 x i64], [2 x i64] } %12, i64 8, 3, 0
  %14 = insertvalue { ptr, ptr, i64, [2 x i64], [2 x i64] } %13, i64 96, 4, 0
  %15 = insertvalue { ptr, ptr, i64, [2 x i64], [2 x i64] } %14, i64 96, 3, 1
  %16 = insertvalue { ptr, ptr, i64, [2 x i64], [2 x i64] } %15, i64 1, 4, 1
  %17 = alloca float, i64 8, align 64
  %18 = insertvalue { ptr, ptr, i64, [1 x i64], [1 x i64] } poison, ptr %17, 0
  %19 = insertvalue { ptr, ptr, i64, [1 x i64], [1 x i64] } %18, ptr %17, 1
  %20 = insertvalue { ptr, ptr, i64, [1 x i64], [1 x i64] } %19, i64 0, 2
  %21 = insertvalue { ptr, ptr, i64, [1 x i64], [1 x i64] } %20, i64 8, 3, 0
  %22 = insertvalue { ptr, ptr, i64, [1 x i64], [1 x i64] } %21, i64 1, 4, 0
  br label %23

23:                                               ; preds = %26, %2
  %24 = phi i64 [ %29, %26 ], [ 0, %2 ]
  %25 = icmp slt i64 %24, 8
  br i1 %25, label %26, label %30

26:                                               ; preds = %23
  %27 = extractvalue { ptr, ptr, i64, [1 x i64], [1 x i64] } %22, 1
  %28 = getelementptr inbounds nuw float, ptr %27, i64 %24
  store float 0xFFF0000000000000, ptr %28, align 4
  %29 = add i64 %24, 1
  br label %23

30:                                               ; preds = %23
  br label %31

31:                                               ; preds = %54, %30
  %32 = phi i64 [ %55, %54 ], [ 0, %30 ]
  %33 = icmp slt i64 %32, 8
  br i1 %33, label %34, label %56

34:                                               ; preds = %31
  br label %35

35:                                               ; preds = %38, %34
  %36 = phi i64 [ %53, %38 ], [ 0, %34 ]
  %37 = icmp slt i64 %36, 96
  br i1 %37, label %38, label %54

38:                                               ; preds = %35
  %39 = extractvalue { ptr, ptr, i64, [2 x i64], [2 x i64] } %16, 1
  %40 = mul nuw nsw i64 %32, 96
  %41 = add nuw nsw i64 %40, %36
  %42 = getelementptr inbounds nuw float, ptr %39, i64 %41
  %43 = load float, ptr %42, align 4
  %44 = extractvalue { ptr, ptr, i64, [1 x i64], [1 x i64] } %22, 1
  %45 = getelementptr inbounds nuw float, ptr %44, i64 %32
  %46 = load float, ptr %45, align 4
  %47 = fcmp ugt float %43, %46
  %48 = select i1 %47, float %43, float %46
  %49 = fcmp uno float %43, %43
  %50 = select i1 %49, float %46, float %48
  %51 = extractvalue { ptr, ptr, i64, [1 x i64], [1 x i64] } %22, 1
  %52 = getelementptr inbounds nuw float, ptr %51, i64 %32
  store float %50, ptr %52, align 4
  %53 = add i64 %36, 1
  br label %35

54:                                               ; preds = %35
  %55 = add i64 %32, 1
  br label %31

56:                                               ; preds = %31
  br label %57

57:                                               ; preds = %79, %56
  %58 = phi i64 [ %80, %79 ], [ 0, %56 ]
  %59 = icmp slt i64 %58, 8
  br i1 %59, label %60, label %81

60:                                               ; preds = %57
  br label %61

61:                                               ; preds = %64, %60
  %62 = phi i64 [ %78, %64 ], [ 0, %60 ]
  %63 = icmp slt i64 %62, 96
  br i1 %63, label %64, label %79

64:                                               ; preds = %61
  %65 = extractvalue { ptr, ptr, i64, [2 x i64], [2 x i64] } %16, 1
  %66 = mul nuw nsw i64 %58, 96
  %67 = add nuw nsw i64 %66, %62
  %68 = getelementptr inbounds nuw float, ptr %65, i64 %67
  %69 = load float, ptr %68, align 4
  %70 = extractvalue { ptr, ptr, i64, [1 x i64], [1 x i64] } %22, 1
  %71 = getelementptr inbounds nuw float, ptr %70, i64 %58
  %72 = load float, ptr %71, align 4
  %73 = fsub float %69, %72
  %74 = extractvalue { ptr, ptr, i64, [2 x i64], [2 x i64] } %9, 1
  %75 = mul nuw nsw i64 %58, 96
  %76 = add nuw nsw i64 %75, %62
  %77 = getelementptr inbounds nuw float, ptr %74, i64 %76
  store float %73, ptr %77, align 4
  %78 = add i64 %62, 1
  br label %61

79:                                               ; preds = %61
  %80 = add i64 %58, 1
  br label %57

81:                                               ; preds = %57
  br label %82

82:                                               ; preds = %101, %81
  %83 = phi i64 [ %102, %101 ], [ 0, %81 ]
  %84 = icmp slt i64 %83, 8
  br i1 %84, label %85, label %103

85:                                               ; preds = %82
  br label %86

86:                                               ; preds = %89, %85
  %87 = phi i64 [ %100, %89 ], [ 0, %85 ]
  %88 = icmp slt i64 %87, 96
  br i1 %88, label %89, label %101

89:                                               ; preds = %86
  %90 = extractvalue { ptr, ptr, i64, [2 x i64], [2 x i64] } %9, 1
  %91 = mul nuw nsw i64 %83, 96
  %92 = add nuw nsw i64 %91, %87
  %93 = getelementptr inbounds nuw float, ptr %90, i64 %92
  %94 = load float, ptr %93, align 4
  %95 = call float @llvm.exp.f32(float %94)
  %96 = extractvalue { ptr, ptr, i64, [2 x i64], [2 x i64] } %9, 1
  %97 = mul nuw nsw i64 %83, 96
  %98 = add nuw nsw i64 %97, %87
  %99 = getelementptr inbounds nuw float, ptr %96, i64 %98
  store float %95, ptr %99, align 4
  %100 = add i64 %87, 1
  br label %86

101:                                              ; preds = %86
  %102 = add i64 %83, 1
  br label %82

103:                                              ; preds = %82
  br label %104

104:                                              ; preds = %107, %103
  %105 = phi i64 [ %110, %107 ], [ 0, %103 ]
  %106 = icmp slt i64 %105, 8
  br i1 %106, label %107, label %111

107:                                              ; preds = %104
  %108 = extractvalue { ptr, ptr, i64, [1 x i64], [1 x i64] } %22, 1
  %109 = getelementptr inbounds nuw float, ptr %108, i64 %105
  store float 0.000000e+00, ptr %109, align 4
  %110 = add i64 %105, 1
  br label %104

111:                                              ; preds = %104
  br label %112

112:                                              ; preds = %132, %111
  %113 = phi i64 [ %133, %132 ], [ 0, %111 ]
  %114 = icmp slt i64 %113, 8
  br i1 %114, label %115, label %134

115:                                              ; preds = %112
  br label %116

116:                                              ; preds = %119, %115
  %117 = phi i64 [ %131, %119 ], [ 0, %115 ]
  %118 = icmp slt i64 %117, 96
  br i1 %118, label %119, label %132

119:                                              ; preds = %116
  %120 = extractvalue { ptr, ptr, i64, [2 x i64], [2 x i64] } %9, 1
  %121 = mul nuw nsw i64 %113, 96
  %122 = add nuw nsw i64 %121, %117
  %123 = getelementptr inbounds nuw float, ptr %120, i64 %122
  %124 = load float, ptr %123, align 4
  %125 = extractvalue { ptr, ptr, i64, [1 x i64], [1 x i64] } %22, 1
  %126 = getelementptr inbounds nuw float, ptr %125, i64 %113
  %127 = load float, ptr %126, align 4
  %128 = fadd float %124, %127
  %129 = extractvalue { ptr, ptr, i64, [1 x i64], [1 x i64] } %22, 1
  %130 = getelementptr inbounds nuw float, ptr %129, i64 %113
  store float %128, ptr %130, align 4
  %131 = add i64 %117, 1
  br label %116

132:                                              ; preds = %116
  %133 = add i64 %113, 1
  br label %112

134:                                              ; preds = %112
  br label %135

135:                                              ; preds = %157, %134
  %136 = phi i64 [ %158, %157 ], [ 0, %134 ]
  %137 = icmp slt i64 %136, 8
  br i1 %137, label %138, label %159

138:                                              ; preds = %135
  br label %139

139:                                              ; preds = %142, %138
  %140 = phi i64 [ %156, %142 ], [ 0, %138 ]
  %141 = icmp slt i64 %140, 96
  br i1 %141, label %142, label %157

142:                                              ; preds = %139
  %143 = extractvalue { ptr, ptr, i64, [2 x i64], [2 x i64] } %9, 1
  %144 = mul nuw nsw i64 %136, 96
  %145 = add nuw nsw i64 %144, %140
  %146 = getelementptr inbounds nuw float, ptr %143, i64 %145
  %147 = load float, ptr %146, align 4
  %148 = extractvalue { ptr, ptr, i64, [1 x i64], [1 x i64] } %22, 1
  %149 = getelementptr inbounds nuw float, ptr %148, i64 %136
  %150 = load float, ptr %149, align 4
  %151 = fdiv float %147, %150
  %152 = extractvalue { ptr, ptr, i64, [2 x i64], [2 x i64] } %9, 1
  %153 = mul nuw nsw i64 %136, 96
  %154 = add nuw nsw i64 %153, %140
  %155 = getelementptr inbounds nuw float, ptr %152, i64 %154
  store float %151, ptr %155, align 4
  %156 = add i64 %140, 1
  br label %139

157:                                              ; preds = %139
  %158 = add i64 %136, 1
  br label %135

159:                                              ; preds = %135
  ret void
}

declare float @llvm.exp.f32(float)




; What a descriptor of the stack says of an array is read through its address, which the region itself stores.
; CHECK: region of descriptor
; CHECK: for
; CHECK: [8].i64 := 64:i64
; CHECK-NEXT: {{.*}} := slot0
define void @descriptor(ptr %to) {
entry:
  %array = alloca { ptr, i64 }, align 8
  %reference = alloca ptr, align 8
  br label %loop

loop:
  %i = phi i64 [ 0, %entry ], [ %next, %loop ]
  %at = getelementptr inbounds i8, ptr %to, i64 %i
  store i8 -7, ptr %at, align 1
  %next = add i64 %i, 1
  %more = icmp slt i64 %next, 64
  br i1 %more, label %loop, label %exit

exit:
  store ptr %to, ptr %array, align 8
  %size = getelementptr inbounds i8, ptr %array, i64 8
  store i64 64, ptr %size, align 8
  store ptr %array, ptr %reference, align 8
  call void @print(ptr %reference)
  ret void
}

declare void @print(ptr)
