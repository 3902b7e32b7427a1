; ModuleID = 'LLVMDialectModule'
source_filename = "LLVMDialectModule"

define void @matmul_f32(ptr %0, ptr %1, ptr %2) {
  %4 = insertvalue { ptr, ptr, i64, [2 x i64], [2 x i64] } poison, ptr %2, 0
  %5 = insertvalue { ptr, ptr, i64, [2 x i64], [2 x i64] } %4, ptr %2, 1
  %6 = insertvalue { ptr, ptr, i64, [2 x i64], [2 x i64] } %5, i64 0, 2
  %7 = insertvalue { ptr, ptr, i64, [2 x i64], [2 x i64] } %6, i64 48, 3, 0
  %8 = insertvalue { ptr, ptr, i64, [2 x i64], [2 x i64] } %7, i64 40, 4, 0
  %9 = insertvalue { ptr, ptr, i64, [2 x i64], [2 x i64] } %8, i64 40, 3, 1
  %10 = insertvalue { ptr, ptr, i64, [2 x i64], [2 x i64] } %9, i64 1, 4, 1
  %11 = insertvalue { ptr, ptr, i64, [2 x i64], [2 x i64] } poison, ptr %1, 0
  %12 = insertvalue { ptr, ptr, i64, [2 x i64], [2 x i64] } %11, ptr %1, 1
  %13 = insertvalue { ptr, ptr, i64, [2 x i64], [2 x i64] } %12, i64 0, 2
  %14 = insertvalue { ptr, ptr, i64, [2 x i64], [2 x i64] } %13, i64 64, 3, 0
  %15 = insertvalue { ptr, ptr, i64, [2 x i64], [2 x i64] } %14, i64 40, 4, 0
  %16 = insertvalue { ptr, ptr, i64, [2 x i64], [2 x i64] } %15, i64 40, 3, 1
  %17 = insertvalue { ptr, ptr, i64, [2 x i64], [2 x i64] } %16, i64 1, 4, 1
  %18 = insertvalue { ptr, ptr, i64, [2 x i64], [2 x i64] } poison, ptr %0, 0
  %19 = insertvalue { ptr, ptr, i64, [2 x i64], [2 x i64] } %18, ptr %0, 1
  %20 = insertvalue { ptr, ptr, i64, [2 x i64], [2 x i64] } %19, i64 0, 2
  %21 = insertvalue { ptr, ptr, i64, [2 x i64], [2 x i64] } %20, i64 48, 3, 0
  %22 = insertvalue { ptr, ptr, i64, [2 x i64], [2 x i64] } %21, i64 64, 4, 0
  %23 = insertvalue { ptr, ptr, i64, [2 x i64], [2 x i64] } %22, i64 64, 3, 1
  %24 = insertvalue { ptr, ptr, i64, [2 x i64], [2 x i64] } %23, i64 1, 4, 1
  br label %25

25:                                               ; preds = %38, %3
  %26 = phi i64 [ %39, %38 ], [ 0, %3 ]
  %27 = icmp slt i64 %26, 48
  br i1 %27, label %28, label %40

28:                                               ; preds = %25
  br label %29

29:                                               ; preds = %32, %28
  %30 = phi i64 [ %37, %32 ], [ 0, %28 ]
  %31 = icmp slt i64 %30, 40
  br i1 %31, label %32, label %38

32:                                               ; preds = %29
  %33 = extractvalue { ptr, ptr, i64, [2 x i64], [2 x i64] } %10, 1
  %34 = mul nuw nsw i64 %26, 40
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

41:                                               ; preds = %77, %40
  %42 = phi i64 [ %78, %77 ], [ 0, %40 ]
  %43 = icmp slt i64 %42, 48
  br i1 %43, label %44, label %79

44:                                               ; preds = %41
  br label %45

45:                                               ; preds = %75, %44
  %46 = phi i64 [ %76, %75 ], [ 0, %44 ]
  %47 = icmp slt i64 %46, 40
  br i1 %47, label %48, label %77

48:                                               ; preds = %45
  br label %49

49:                                               ; preds = %52, %48
  %50 = phi i64 [ %74, %52 ], [ 0, %48 ]
  %51 = icmp slt i64 %50, 64
  br i1 %51, label %52, label %75

52:                                               ; preds = %49
  %53 = extractvalue { ptr, ptr, i64, [2 x i64], [2 x i64] } %24, 1
  %54 = mul nuw nsw i64 %42, 64
  %55 = add nuw nsw i64 %54, %50
  %56 = getelementptr inbounds nuw float, ptr %53, i64 %55
  %57 = load float, ptr %56, align 4
  %58 = extractvalue { ptr, ptr, i64, [2 x i64], [2 x i64] } %17, 1
  %59 = mul nuw nsw i64 %50, 40
  %60 = add nuw nsw i64 %59, %46
  %61 = getelementptr inbounds nuw float, ptr %58, i64 %60
  %62 = load float, ptr %61, align 4
  %63 = extractvalue { ptr, ptr, i64, [2 x i64], [2 x i64] } %10, 1
  %64 = mul nuw nsw i64 %42, 40
  %65 = add nuw nsw i64 %64, %46
  %66 = getelementptr inbounds nuw float, ptr %63, i64 %65
  %67 = load float, ptr %66, align 4
  %68 = fmul float %57, %62
  %69 = fadd float %67, %68
  %70 = extractvalue { ptr, ptr, i64, [2 x i64], [2 x i64] } %10, 1
  %71 = mul nuw nsw i64 %42, 40
  %72 = add nuw nsw i64 %71, %46
  %73 = getelementptr inbounds nuw float, ptr %70, i64 %72
  store float %69, ptr %73, align 4
  %74 = add i64 %50, 1
  br label %49

75:                                               ; preds = %49
  %76 = add i64 %46, 1
  br label %45

77:                                               ; preds = %45
  %78 = add i64 %42, 1
  br label %41

79:                                               ; preds = %41
  ret void
}

!llvm.module.flags = !{!0}

!0 = !{i32 2, !"Debug Info Version", i32 3}
