; A short array that is set to zero: what is left of the call is one statement in a loop, of the type as which the array is used.
; RUN: kiln-llc -O2 -tensor=print -o /dev/null %s 2>&1 | FileCheck %s
; RUN: kiln-llc -O2 -verify-each -Rpass=contraction -o /dev/null %s 2>&1 | FileCheck --check-prefix=TILE %s
; CHECK:      for [[I:i[0-9]+]] < 8
; CHECK-NEXT: a0[4*[[I]]].float := 0x0:float
; TILE: contraction on the tile unit
define void @kernel(ptr noalias %0, ptr noalias %1, ptr noalias %2) {
  %4 = alloca [8 x float], align 4
  br label %5

5:
  %6 = phi i64 [ 0, %3 ], [ %15, %14 ]
  %7 = shl nuw nsw i64 %6, 2
  %8 = mul nuw nsw i64 %6, 20
  br label %10

9:
  ret void

10:
  %11 = phi i64 [ 0, %5 ], [ %18, %17 ]
  %12 = add nuw nsw i64 %11, %8
  %13 = mul nuw nsw i64 %12, 20
  br label %20

14:
  %15 = add nuw nsw i64 %6, 1
  %16 = icmp eq i64 %15, 6
  br i1 %16, label %9, label %5

17:
  %18 = add nuw nsw i64 %11, 1
  %19 = icmp eq i64 %18, 20
  br i1 %19, label %14, label %10

20:
  %21 = phi i64 [ 0, %10 ], [ %85, %84 ]
  call void @llvm.memset.p0.i64(ptr noundef nonnull align 4 dereferenceable(32) %4, i8 0, i64 32, i1 false)
  br label %26

22:
  %23 = add nuw nsw i64 %21, %13
  %24 = shl nuw nsw i64 %23, 5
  %25 = getelementptr inbounds nuw i8, ptr %2, i64 %24
  br label %87

26:
  %27 = phi i64 [ 0, %20 ], [ %44, %43 ]
  %28 = mul nuw nsw i64 %27, 20
  %29 = add nuw i64 %28, 576460752303423487
  %30 = add nuw nsw i64 %27, %7
  %31 = mul nuw nsw i64 %30, 3
  br label %32

32:
  %33 = phi i64 [ 0, %26 ], [ %47, %46 ]
  %34 = add nuw nsw i64 %33, %11
  %35 = trunc i64 %34 to i32
  %36 = add i32 %35, -21
  %37 = icmp ult i32 %36, -20
  %38 = add i64 %34, %29
  %39 = mul i64 %38, 20
  %40 = add i64 %39, 576460752303423487
  %41 = add nuw nsw i64 %33, %31
  %42 = mul nuw nsw i64 %41, 3
  br label %49

43:
  %44 = add nuw nsw i64 %27, 1
  %45 = icmp eq i64 %44, 4
  br i1 %45, label %22, label %26

46:
  %47 = add nuw nsw i64 %33, 1
  %48 = icmp eq i64 %47, 3
  br i1 %48, label %43, label %32

49:
  %50 = phi i64 [ 0, %32 ], [ %82, %81 ]
  %51 = add nuw nsw i64 %50, %21
  %52 = trunc i64 %51 to i32
  %53 = add i32 %52, -21
  %54 = icmp ult i32 %53, -20
  %55 = select i1 %37, i1 true, i1 %54
  br i1 %55, label %81, label %56

56:
  %57 = add i64 %40, %51
  %58 = add nuw nsw i64 %50, %42
  %59 = shl i64 %57, 5
  %60 = getelementptr i8, ptr %0, i64 %59
  %61 = shl i64 %58, 8
  %62 = getelementptr i8, ptr %1, i64 %61
  br label %63

63:
  %64 = phi i64 [ 0, %56 ], [ %70, %69 ]
  %65 = getelementptr float, ptr %60, i64 %64
  %66 = load float, ptr %65, align 4
  %67 = shl i64 %64, 5
  %68 = getelementptr i8, ptr %62, i64 %67
  br label %72

69:
  %70 = add nuw nsw i64 %64, 1
  %71 = icmp eq i64 %70, 8
  br i1 %71, label %81, label %63

72:
  %73 = phi i64 [ 0, %63 ], [ %79, %72 ]
  %74 = getelementptr float, ptr %68, i64 %73
  %75 = load float, ptr %74, align 4
  %76 = getelementptr inbounds nuw float, ptr %4, i64 %73
  %77 = load float, ptr %76, align 4
  %78 = tail call float @llvm.fmuladd.f32(float %66, float %75, float %77)
  store float %78, ptr %76, align 4
  %79 = add nuw nsw i64 %73, 1
  %80 = icmp eq i64 %79, 8
  br i1 %80, label %69, label %72

81:
  %82 = add nuw nsw i64 %50, 1
  %83 = icmp eq i64 %82, 3
  br i1 %83, label %46, label %49

84:
  %85 = add nuw nsw i64 %21, 1
  %86 = icmp eq i64 %85, 20
  br i1 %86, label %17, label %20

87:
  %88 = phi i64 [ 0, %22 ], [ %92, %87 ]
  %89 = getelementptr inbounds nuw float, ptr %4, i64 %88
  %90 = load float, ptr %89, align 4
  %91 = getelementptr inbounds nuw float, ptr %25, i64 %88
  store float %90, ptr %91, align 4
  %92 = add nuw nsw i64 %88, 1
  %93 = icmp eq i64 %92, 8
  br i1 %93, label %84, label %87
}
declare void @llvm.memset.p0.i64(ptr writeonly captures(none), i8, i64, i1 immarg)
