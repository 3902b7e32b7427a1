; Loops that are written out within each other, in versions for the scratchpad and for the caches, with shifts that are tested: guards of a window
; of 27 taps would become half a megabyte. What comes after a number of operations keeps to the smaller forms, and a remark says so.
; RUN: kiln-llc -O2 -mcpu=k0 -verify-each -Rpass-missed=vector -filetype=obj -o %t %s 2>&1 | FileCheck %s
; RUN: kiln-objdump -h %t | FileCheck --check-prefix=SIZE %s
; CHECK: code of this nest is 1{{[0-9]+}} operations long, of which 12288 were written before loops and tiles kept to the smaller forms
; SIZE: .text {{ *}}0000{{[0-9a-f]+}} {{ *}}0000
define void @kernel(ptr noalias %0, ptr noalias %1, ptr noalias %2, ptr noalias %3, ptr noalias %4, ptr noalias %5) {
  br label %7

7:
  %8 = phi i64 [ 0, %6 ], [ %28, %27 ]
  %9 = getelementptr inbounds nuw i32, ptr %2, i64 %8
  %10 = load i32, ptr %9, align 4
  %11 = getelementptr inbounds nuw i32, ptr %3, i64 %8
  %12 = load i32, ptr %11, align 4
  %13 = getelementptr inbounds nuw i8, ptr %4, i64 %8
  %14 = load i8, ptr %13, align 1
  %15 = sext i32 %12 to i64
  %16 = zext i8 %14 to i64
  %17 = add nuw nsw i64 %16, 4294967295
  %18 = and i64 %17, 4294967295
  %19 = shl nuw i64 1, %18
  %20 = mul nuw nsw i64 %8, 11
  %21 = getelementptr inbounds nuw i8, ptr %1, i64 %8
  br label %23

22:
  ret void

23:
  %24 = phi i64 [ 0, %7 ], [ %36, %35 ]
  %25 = add nuw nsw i64 %24, %20
  %26 = mul nuw nsw i64 %25, 6
  br label %30

27:
  %28 = add nuw nsw i64 %8, 1
  %29 = icmp eq i64 %28, 9
  br i1 %29, label %22, label %7

30:
  %31 = phi i64 [ 0, %23 ], [ %39, %38 ]
  %32 = add nuw nsw i64 %31, %26
  %33 = mul nuw nsw i64 %32, 5
  %34 = getelementptr inbounds nuw i8, ptr %5, i64 %33
  br label %41

35:
  %36 = add nuw nsw i64 %24, 1
  %37 = icmp eq i64 %36, 11
  br i1 %37, label %27, label %23

38:
  %39 = add nuw nsw i64 %31, 1
  %40 = icmp eq i64 %39, 6
  br i1 %40, label %35, label %30

41:
  %42 = phi i64 [ 0, %30 ], [ %58, %48 ]
  br label %43

43:
  %44 = phi i64 [ 0, %41 ], [ %61, %60 ]
  %45 = phi i32 [ %10, %41 ], [ %121, %60 ]
  %46 = mul nuw nsw i64 %44, 11
  %47 = add nsw i64 %46, -2
  br label %63

48:
  %49 = sext i32 %121 to i64
  %50 = mul nsw i64 %15, %49
  %51 = add nsw i64 %19, %50
  %52 = ashr i64 %51, %16
  %53 = trunc i64 %52 to i32
  %54 = tail call i32 @llvm.smax.i32(i32 %53, i32 -128)
  %55 = tail call i32 @llvm.smin.i32(i32 %54, i32 127)
  %56 = trunc nsw i32 %55 to i8
  %57 = getelementptr inbounds nuw i8, ptr %34, i64 %42
  store i8 %56, ptr %57, align 1
  %58 = add nuw nsw i64 %42, 1
  %59 = icmp eq i64 %58, 5
  br i1 %59, label %38, label %41

60:
  %61 = add nuw nsw i64 %44, 1
  %62 = icmp eq i64 %61, 72
  br i1 %62, label %48, label %43

63:
  %64 = phi i64 [ 0, %43 ], [ %122, %120 ]
  %65 = phi i32 [ %45, %43 ], [ %121, %120 ]
  %66 = shl nuw nsw i64 %64, 1
  %67 = add nuw nsw i64 %66, %24
  %68 = trunc i64 %67 to i32
  %69 = add i32 %68, -2
  %70 = icmp ult i32 %69, 11
  br i1 %70, label %71, label %120

71:
  %72 = add nsw i64 %67, %47
  %73 = mul nsw i64 %72, 6
  %74 = add nsw i64 %73, -2
  %75 = mul nuw nsw i64 %64, 3
  br label %76

76:
  %77 = phi i64 [ 0, %71 ], [ %118, %116 ]
  %78 = phi i32 [ %65, %71 ], [ %117, %116 ]
  %79 = shl nuw nsw i64 %77, 1
  %80 = add nuw nsw i64 %79, %31
  %81 = trunc i64 %80 to i32
  %82 = add i32 %81, -2
  %83 = icmp ult i32 %82, 6
  br i1 %83, label %84, label %116

84:
  %85 = add nsw i64 %80, %74
  %86 = mul nsw i64 %85, 5
  %87 = add nuw nsw i64 %77, %75
  %88 = mul nuw nsw i64 %87, 3
  %89 = getelementptr i8, ptr %0, i64 %86
  %90 = getelementptr i8, ptr %89, i64 -2
  br label %91

91:
  %92 = phi i64 [ 0, %84 ], [ %114, %112 ]
  %93 = phi i32 [ %78, %84 ], [ %113, %112 ]
  %94 = shl nuw nsw i64 %92, 1
  %95 = add nuw nsw i64 %94, %42
  %96 = trunc i64 %95 to i32
  %97 = add i32 %96, -2
  %98 = icmp ult i32 %97, 5
  br i1 %98, label %99, label %112

99:
  %100 = getelementptr i8, ptr %90, i64 %95
  %101 = load i8, ptr %100, align 1
  %102 = sext i8 %101 to i32
  %103 = add nuw nsw i64 %92, %88
  %104 = mul nuw nsw i64 %103, 72
  %105 = add nuw nsw i64 %104, %44
  %106 = mul nuw nsw i64 %105, 9
  %107 = getelementptr inbounds nuw i8, ptr %21, i64 %106
  %108 = load i8, ptr %107, align 1
  %109 = sext i8 %108 to i32
  %110 = mul nsw i32 %109, %102
  %111 = add nsw i32 %110, %93
  br label %112

112:
  %113 = phi i32 [ %111, %99 ], [ %93, %91 ]
  %114 = add nuw nsw i64 %92, 1
  %115 = icmp eq i64 %114, 3
  br i1 %115, label %116, label %91

116:
  %117 = phi i32 [ %78, %76 ], [ %113, %112 ]
  %118 = add nuw nsw i64 %77, 1
  %119 = icmp eq i64 %118, 3
  br i1 %119, label %120, label %76

120:
  %121 = phi i32 [ %65, %63 ], [ %117, %116 ]
  %122 = add nuw nsw i64 %64, 1
  %123 = icmp eq i64 %122, 3
  br i1 %123, label %60, label %63
}
declare i32 @llvm.smax.i32(i32, i32)
declare i32 @llvm.smin.i32(i32, i32)
