; ModuleID = 'LLVMDialectModule'
source_filename = "LLVMDialectModule"

define void @matmul_f16(ptr %0, ptr %1, ptr %2) {
  %4 = insertvalue { ptr, ptr, i64, [2 x i64], [2 x i64] } poison, ptr %2, 0
  %5 = insertvalue { ptr, ptr, i64, [2 x i64], [2 x i64] } %4, ptr %2, 1
  %6 = insertvalue { ptr, ptr, i64, [2 x i64], [2 x i64] } %5, i64 0, 2
  %7 = insertvalue { ptr, ptr, i64, [2 x i64], [2 x i64] } %6, i64 33, 3, 0
  %8 = insertvalue { ptr, ptr, i64, [2 x i64], [2 x i64] } %7, i64 17, 4, 0
  %9 = insertvalue { ptr, ptr, i64, [2 x i64], [2 x i64] } %8, i64 17, 3, 1
  %10 = insertvalue { ptr, ptr, i64, [2 x i64], [2 x i64] } %9, i64 1, 4, 1
  %11 = insertvalue { ptr, ptr, i64, [2 x i64], [2 x i64] } poison, ptr %1, 0
  %12 = insertvalue { ptr, ptr, i64, [2 x i64], [2 x i64] } %11, ptr %1, 1
  %13 = insertvalue { ptr, ptr, i64, [2 x i64], [2 x i64] } %12, i64 0, 2
  %14 = insertvalue { ptr, ptr, i64, [2 x i64], [2 x i64] } %13, i64 40, 3, 0
  %15 = insertvalue { ptr, ptr, i64, [2 x i64], [2 x i64] } %14, i64 17, 4, 0
  %16 = insertvalue { ptr, ptr, i64, [2 x i64], [2 x i64] } %15, i64 17, 3, 1
  %17 = insertvalue { ptr, ptr, i64, [2 x i64], [2 x i64] } %16, i64 1, 4, 1
  %18 = insertvalue { ptr, ptr, i64, [2 x i64], [2 x i64] } poison, ptr %0, 0
  %19 = insertvalue { ptr, ptr, i64, [2 x i64], [2 x i64] } %18, ptr %0, 1
  %20 = insertvalue { ptr, ptr, i64, [2 x i64], [2 x i64] } %19, i64 0, 2
  %21 = insertvalue { ptr, ptr, i64, [2 x i64], [2 x i64] } %20, i64 33, 3, 0
  %22 = insertvalue { ptr, ptr, i64, [2 x i64], [2 x i64] } %21, i64 40, 4, 0
  %23 = insertvalue { ptr, ptr, i64, [2 x i64], [2 x i64] } %22, i64 40, 3, 1
  %24 = insertvalue { ptr, ptr, i64, [2 x i64], [2 x i64] } %23, i64 1, 4, 1
  br label %25

25:                                               ; preds = %38, %3
  %26 = phi i64 [ %39, %38 ], [ 0, %3 ]
  %27 = icmp slt i64 %26, 33
  br i1 %27, label %28, label %40

28:                                               ; preds = %25
  br label %29

29:                                               ; preds = %32, %28
  %30 = phi i64 [ %37, %32 ], [ 0, %28 ]
  %31 = icmp slt i64 %30, 17
  br i1 %31, label %32, label %38

32:                                               ; preds = %29
  %33 = extractvalue { ptr, ptr, i64, [2 x i64], [2 x i64] } %10, 1
  %34 = mul nuw nsw i64 %26, 17
  %35 = add nuw nsw i64 %34, %30
  %36 = getelementptr inbounds nuw float, ptr %33, i64 %35
  store float 0.000000e+00, ptr %36, align 4
  %37 = add i64 %30, 1
  br label %29

38:                                               ; preds = %29
  %39 = add i64 %26, 1
  br label %25

40:                                               ; preds = %25
  br label %41

41:                                               ; preds = %79, %40
  %42 = phi i64 [ %80, %79 ], [ 0, %40 ]
  %43 = icmp slt i64 %42, 33
  br i1 %43, label %44, label %81

44:                                               ; preds = %41
  br label %45

45:                                               ; preds = %77, %44
  %46 = phi i64 [ %78, %77 ], [ 0, %44 ]
  %47 = icmp slt i64 %46, 17
  br i1 %47, label %48, label %79

48:                                               ; preds = %45
  br label %49

49:                                               ; preds = %52, %48
  %50 = phi i64 [ %76, %52 ], [ 0, %48 ]
  %51 = icmp slt i64 %50, 40
  br i1 %51, label %52, label %77

52:                                               ; preds = %49
  %53 = extractvalue { ptr, ptr, i64, [2 x i64], [2 x i64] } %24, 1
  %54 = mul nuw nsw i64 %42, 40
  %55 = add nuw nsw i64 %54, %50
  %56 = getelementptr inbounds nuw half, ptr %53, i64 %55
  %57 = load half, ptr %56, align 2
  %58 = extractvalue { ptr, ptr, i64, [2 x i64], [2 x i64] } %17, 1
  %59 = mul nuw nsw i64 %50, 17
  %60 = add nuw nsw i64 %59, %46
  %61 = getelementptr inbounds nuw half, ptr %58, i64 %60
  %62 = load half, ptr %61, align 2
  %63 = extractvalue { ptr, ptr, i64, [2 x i64], [2 x i64] } %10, 1
  %64 = mul nuw nsw i64 %42, 17
  %65 = add nuw nsw i64 %64, %46
  %66 = getelementptr inbounds nuw float, ptr %63, i64 %65
  %67 = load float, ptr %66, align 4
  %68 = fpext half %57 to float
  %69 = fpext half %62 to float
  %70 = fmul float %68, %69
  %71 = fadd float %67, %70
  %72 = extractvalue { ptr, ptr, i64, [2 x i64], [2 x i64] } %10, 1
  %73 = mul nuw nsw i64 %42, 17
  %74 = add nuw nsw i64 %73, %46
  %75 = getelementptr inbounds nuw float, ptr %72, i64 %74
  store float %71, ptr %75, align 4
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

define void @matmul_f16_narrow(ptr %0, ptr %1, ptr %2) {
  %4 = insertvalue { ptr, ptr, i64, [2 x i64], [2 x i64] } poison, ptr %2, 0
  %5 = insertvalue { ptr, ptr, i64, [2 x i64], [2 x i64] } %4, ptr %2, 1
  %6 = insertvalue { ptr, ptr, i64, [2 x i64], [2 x i64] } %5, i64 0, 2
  %7 = insertvalue { ptr, ptr, i64, [2 x i64], [2 x i64] } %6, i64 8, 3, 0
  %8 = insertvalue { ptr, ptr, i64, [2 x i64], [2 x i64] } %7, i64 8, 4, 0
  %9 = insertvalue { ptr, ptr, i64, [2 x i64], [2 x i64] } %8, i64 8, 3, 1
  %10 = insertvalue { ptr, ptr, i64, [2 x i64], [2 x i64] } %9, i64 1, 4, 1
  %11 = insertvalue { ptr, ptr, i64, [2 x i64], [2 x i64] } poison, ptr %1, 0
  %12 = insertvalue { ptr, ptr, i64, [2 x i64], [2 x i64] } %11, ptr %1, 1
  %13 = insertvalue { ptr, ptr, i64, [2 x i64], [2 x i64] } %12, i64 0, 2
  %14 = insertvalue { ptr, ptr, i64, [2 x i64], [2 x i64] } %13, i64 24, 3, 0
  %15 = insertvalue { ptr, ptr, i64, [2 x i64], [2 x i64] } %14, i64 8, 4, 0
  %16 = insertvalue { ptr, ptr, i64, [2 x i64], [2 x i64] } %15, i64 8, 3, 1
  %17 = insertvalue { ptr, ptr, i64, [2 x i64], [2 x i64] } %16, i64 1, 4, 1
  %18 = insertvalue { ptr, ptr, i64, [2 x i64], [2 x i64] } poison, ptr %0, 0
  %19 = insertvalue { ptr, ptr, i64, [2 x i64], [2 x i64] } %18, ptr %0, 1
  %20 = insertvalue { ptr, ptr, i64, [2 x i64], [2 x i64] } %19, i64 0, 2
  %21 = insertvalue { ptr, ptr, i64, [2 x i64], [2 x i64] } %20, i64 8, 3, 0
  %22 = insertvalue { ptr, ptr, i64, [2 x i64], [2 x i64] } %21, i64 24, 4, 0
  %23 = insertvalue { ptr, ptr, i64, [2 x i64], [2 x i64] } %22, i64 24, 3, 1
  %24 = insertvalue { ptr, ptr, i64, [2 x i64], [2 x i64] } %23, i64 1, 4, 1
  %25 = alloca float, i64 64, align 64
  %26 = insertvalue { ptr, ptr, i64, [2 x i64], [2 x i64] } poison, ptr %25, 0
  %27 = insertvalue { ptr, ptr, i64, [2 x i64], [2 x i64] } %26, ptr %25, 1
  %28 = insertvalue { ptr, ptr, i64, [2 x i64], [2 x i64] } %27, i64 0, 2
  %29 = insertvalue { ptr, ptr, i64, [2 x i64], [2 x i64] } %28, i64 8, 3, 0
  %30 = insertvalue { ptr, ptr, i64, [2 x i64], [2 x i64] } %29, i64 8, 3, 1
  %31 = insertvalue { ptr, ptr, i64, [2 x i64], [2 x i64] } %30, i64 8, 4, 0
  %32 = insertvalue { ptr, ptr, i64, [2 x i64], [2 x i64] } %31, i64 1, 4, 1
  br label %33

33:                                               ; preds = %46, %3
  %34 = phi i64 [ %47, %46 ], [ 0, %3 ]
  %35 = icmp slt i64 %34, 8
  br i1 %35, label %36, label %48

36:                                               ; preds = %33
  br label %37

37:                                               ; preds = %40, %36
  %38 = phi i64 [ %45, %40 ], [ 0, %36 ]
  %39 = icmp slt i64 %38, 8
  br i1 %39, label %40, label %46

40:                                               ; preds = %37
  %41 = extractvalue { ptr, ptr, i64, [2 x i64], [2 x i64] } %32, 1
  %42 = mul nuw nsw i64 %34, 8
  %43 = add nuw nsw i64 %42, %38
  %44 = getelementptr inbounds nuw float, ptr %41, i64 %43
  store float 0.000000e+00, ptr %44, align 4
  %45 = add i64 %38, 1
  br label %37

46:                                               ; preds = %37
  %47 = add i64 %34, 1
  br label %33

48:                                               ; preds = %33
  br label %49

49:                                               ; preds = %87, %48
  %50 = phi i64 [ %88, %87 ], [ 0, %48 ]
  %51 = icmp slt i64 %50, 8
  br i1 %51, label %52, label %89

52:                                               ; preds = %49
  br label %53

53:                                               ; preds = %85, %52
  %54 = phi i64 [ %86, %85 ], [ 0, %52 ]
  %55 = icmp slt i64 %54, 8
  br i1 %55, label %56, label %87

56:                                               ; preds = %53
  br label %57

57:                                               ; preds = %60, %56
  %58 = phi i64 [ %84, %60 ], [ 0, %56 ]
  %59 = icmp slt i64 %58, 24
  br i1 %59, label %60, label %85

60:                                               ; preds = %57
  %61 = extractvalue { ptr, ptr, i64, [2 x i64], [2 x i64] } %24, 1
  %62 = mul nuw nsw i64 %50, 24
  %63 = add nuw nsw i64 %62, %58
  %64 = getelementptr inbounds nuw half, ptr %61, i64 %63
  %65 = load half, ptr %64, align 2
  %66 = extractvalue { ptr, ptr, i64, [2 x i64], [2 x i64] } %17, 1
  %67 = mul nuw nsw i64 %58, 8
  %68 = add nuw nsw i64 %67, %54
  %69 = getelementptr inbounds nuw half, ptr %66, i64 %68
  %70 = load half, ptr %69, align 2
  %71 = extractvalue { ptr, ptr, i64, [2 x i64], [2 x i64] } %32, 1
  %72 = mul nuw nsw i64 %50, 8
  %73 = add nuw nsw i64 %72, %54
  %74 = getelementptr inbounds nuw float, ptr %71, i64 %73
  %75 = load float, ptr %74, align 4
  %76 = fpext half %65 to float
  %77 = fpext half %70 to float
  %78 = fmul float %76, %77
  %79 = fadd float %75, %78
  %80 = extractvalue { ptr, ptr, i64, [2 x i64], [2 x i64] } %32, 1
  %81 = mul nuw nsw i64 %50, 8
  %82 = add nuw nsw i64 %81, %54
  %83 = getelementptr inbounds nuw float, ptr %80, i64 %82
  store float %79, ptr %83, align 4
  %84 = add i64 %58, 1
  br label %57

85:                                               ; preds = %57
  %86 = add i64 %54, 1
  br label %53

87:                                               ; preds = %53
  %88 = add i64 %50, 1
  br label %49

89:                                               ; preds = %49
  br label %90

90:                                               ; preds = %109, %89
  %91 = phi i64 [ %110, %109 ], [ 0, %89 ]
  %92 = icmp slt i64 %91, 8
  br i1 %92, label %93, label %111

93:                                               ; preds = %90
  br label %94

94:                                               ; preds = %97, %93
  %95 = phi i64 [ %108, %97 ], [ 0, %93 ]
  %96 = icmp slt i64 %95, 8
  br i1 %96, label %97, label %109

97:                                               ; preds = %94
  %98 = extractvalue { ptr, ptr, i64, [2 x i64], [2 x i64] } %32, 1
  %99 = mul nuw nsw i64 %91, 8
  %100 = add nuw nsw i64 %99, %95
  %101 = getelementptr inbounds nuw float, ptr %98, i64 %100
  %102 = load float, ptr %101, align 4
  %103 = fptrunc float %102 to half
  %104 = extractvalue { ptr, ptr, i64, [2 x i64], [2 x i64] } %10, 1
  %105 = mul nuw nsw i64 %91, 8
  %106 = add nuw nsw i64 %105, %95
  %107 = getelementptr inbounds nuw half, ptr %104, i64 %106
  store half %103, ptr %107, align 2
  %108 = add i64 %95, 1
  br label %94

109:                                              ; preds = %94
  %110 = add i64 %91, 1
  br label %90

111:                                              ; preds = %90
  ret void
}

!llvm.module.flags = !{!0}

!0 = !{i32 2, !"Debug Info Version", i32 3}
