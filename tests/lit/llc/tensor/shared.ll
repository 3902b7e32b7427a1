; Choices whose both sides read what the choice before made: each value is made once, not once a way to it, by lanes and by scalar code.
; RUN: kiln-llc -O2 -verify-each -Rpass=vector -filetype=obj -o %t %s 2>&1 | FileCheck %s
; RUN: kiln-objdump -h %t | FileCheck --check-prefix=SIZE %s
; CHECK: 1 loop on the vector unit, 1 as lanes, 1 through the scratchpad
; SIZE: .text {{ *}}00000{{[0-9a-f]+}} {{ *}}0000
define void @choices(ptr noalias %0, ptr noalias %1, ptr noalias %2, i32 %3) {
  br label %6

5:
  ret void

6:
  %7 = phi i64 [ 0, %4 ], [ %150, %147 ]
  %8 = getelementptr inbounds nuw i32, ptr %0, i64 %7
  %9 = load i32, ptr %8, align 4
  %10 = icmp slt i32 %9, 0
  br i1 %10, label %11, label %16

11:
  %12 = mul nsw i32 %9, 3
  %13 = getelementptr inbounds nuw i32, ptr %1, i64 %7
  %14 = load i32, ptr %13, align 4
  %15 = add nsw i32 %14, %12
  br label %21

16:
  %17 = getelementptr inbounds nuw i32, ptr %1, i64 %7
  %18 = getelementptr inbounds nuw i8, ptr %17, i64 4
  %19 = load i32, ptr %18, align 4
  %20 = sub nsw i32 %9, %19
  br label %21

21:
  %22 = phi i32 [ %15, %11 ], [ %20, %16 ]
  %23 = icmp sgt i32 %22, 3
  br i1 %23, label %24, label %30

24:
  %25 = shl nsw i32 %22, 2
  %26 = getelementptr inbounds nuw i32, ptr %1, i64 %7
  %27 = getelementptr inbounds nuw i8, ptr %26, i64 4
  %28 = load i32, ptr %27, align 4
  %29 = add nsw i32 %28, %25
  br label %35

30:
  %31 = getelementptr inbounds nuw i32, ptr %1, i64 %7
  %32 = getelementptr inbounds nuw i8, ptr %31, i64 8
  %33 = load i32, ptr %32, align 4
  %34 = sub nsw i32 %22, %33
  br label %35

35:
  %36 = phi i32 [ %29, %24 ], [ %34, %30 ]
  %37 = icmp slt i32 %36, 6
  br i1 %37, label %38, label %44

38:
  %39 = mul nsw i32 %36, 5
  %40 = getelementptr inbounds nuw i32, ptr %1, i64 %7
  %41 = getelementptr inbounds nuw i8, ptr %40, i64 8
  %42 = load i32, ptr %41, align 4
  %43 = add nsw i32 %42, %39
  br label %49

44:
  %45 = getelementptr inbounds nuw i32, ptr %1, i64 %7
  %46 = getelementptr inbounds nuw i8, ptr %45, i64 12
  %47 = load i32, ptr %46, align 4
  %48 = sub nsw i32 %36, %47
  br label %49

49:
  %50 = phi i32 [ %43, %38 ], [ %48, %44 ]
  %51 = icmp sgt i32 %50, 9
  br i1 %51, label %52, label %58

52:
  %53 = mul nuw nsw i32 %50, 6
  %54 = getelementptr inbounds nuw i32, ptr %1, i64 %7
  %55 = getelementptr inbounds nuw i8, ptr %54, i64 12
  %56 = load i32, ptr %55, align 4
  %57 = add nsw i32 %56, %53
  br label %63

58:
  %59 = getelementptr inbounds nuw i32, ptr %1, i64 %7
  %60 = getelementptr inbounds nuw i8, ptr %59, i64 16
  %61 = load i32, ptr %60, align 4
  %62 = sub nsw i32 %50, %61
  br label %63

63:
  %64 = phi i32 [ %57, %52 ], [ %62, %58 ]
  %65 = icmp slt i32 %64, 12
  br i1 %65, label %66, label %72

66:
  %67 = mul nsw i32 %64, 7
  %68 = getelementptr inbounds nuw i32, ptr %1, i64 %7
  %69 = getelementptr inbounds nuw i8, ptr %68, i64 16
  %70 = load i32, ptr %69, align 4
  %71 = add nsw i32 %70, %67
  br label %77

72:
  %73 = getelementptr inbounds nuw i32, ptr %1, i64 %7
  %74 = getelementptr inbounds nuw i8, ptr %73, i64 20
  %75 = load i32, ptr %74, align 4
  %76 = sub nsw i32 %64, %75
  br label %77

77:
  %78 = phi i32 [ %71, %66 ], [ %76, %72 ]
  %79 = icmp sgt i32 %78, 15
  br i1 %79, label %80, label %86

80:
  %81 = shl nsw i32 %78, 3
  %82 = getelementptr inbounds nuw i32, ptr %1, i64 %7
  %83 = getelementptr inbounds nuw i8, ptr %82, i64 20
  %84 = load i32, ptr %83, align 4
  %85 = add nsw i32 %84, %81
  br label %91

86:
  %87 = getelementptr inbounds nuw i32, ptr %1, i64 %7
  %88 = getelementptr inbounds nuw i8, ptr %87, i64 24
  %89 = load i32, ptr %88, align 4
  %90 = sub nsw i32 %78, %89
  br label %91

91:
  %92 = phi i32 [ %85, %80 ], [ %90, %86 ]
  %93 = icmp slt i32 %92, 18
  br i1 %93, label %94, label %100

94:
  %95 = mul nsw i32 %92, 9
  %96 = getelementptr inbounds nuw i32, ptr %1, i64 %7
  %97 = getelementptr inbounds nuw i8, ptr %96, i64 24
  %98 = load i32, ptr %97, align 4
  %99 = add nsw i32 %98, %95
  br label %105

100:
  %101 = getelementptr inbounds nuw i32, ptr %1, i64 %7
  %102 = getelementptr inbounds nuw i8, ptr %101, i64 28
  %103 = load i32, ptr %102, align 4
  %104 = sub nsw i32 %92, %103
  br label %105

105:
  %106 = phi i32 [ %99, %94 ], [ %104, %100 ]
  %107 = icmp sgt i32 %106, 21
  br i1 %107, label %108, label %114

108:
  %109 = mul nuw nsw i32 %106, 10
  %110 = getelementptr inbounds nuw i32, ptr %1, i64 %7
  %111 = getelementptr inbounds nuw i8, ptr %110, i64 28
  %112 = load i32, ptr %111, align 4
  %113 = add nsw i32 %112, %109
  br label %119

114:
  %115 = getelementptr inbounds nuw i32, ptr %1, i64 %7
  %116 = getelementptr inbounds nuw i8, ptr %115, i64 32
  %117 = load i32, ptr %116, align 4
  %118 = sub nsw i32 %106, %117
  br label %119

119:
  %120 = phi i32 [ %113, %108 ], [ %118, %114 ]
  %121 = icmp slt i32 %120, 24
  br i1 %121, label %122, label %128

122:
  %123 = mul nsw i32 %120, 11
  %124 = getelementptr inbounds nuw i32, ptr %1, i64 %7
  %125 = getelementptr inbounds nuw i8, ptr %124, i64 32
  %126 = load i32, ptr %125, align 4
  %127 = add nsw i32 %126, %123
  br label %133

128:
  %129 = getelementptr inbounds nuw i32, ptr %1, i64 %7
  %130 = getelementptr inbounds nuw i8, ptr %129, i64 36
  %131 = load i32, ptr %130, align 4
  %132 = sub nsw i32 %120, %131
  br label %133

133:
  %134 = phi i32 [ %127, %122 ], [ %132, %128 ]
  %135 = icmp sgt i32 %134, 27
  br i1 %135, label %136, label %142

136:
  %137 = mul nuw nsw i32 %134, 12
  %138 = getelementptr inbounds nuw i32, ptr %1, i64 %7
  %139 = getelementptr inbounds nuw i8, ptr %138, i64 36
  %140 = load i32, ptr %139, align 4
  %141 = add nsw i32 %140, %137
  br label %147

142:
  %143 = getelementptr inbounds nuw i32, ptr %1, i64 %7
  %144 = getelementptr inbounds nuw i8, ptr %143, i64 40
  %145 = load i32, ptr %144, align 4
  %146 = sub nsw i32 %134, %145
  br label %147

147:
  %148 = phi i32 [ %141, %136 ], [ %146, %142 ]
  %149 = getelementptr inbounds nuw i32, ptr %2, i64 %7
  store i32 %148, ptr %149, align 4
  %150 = add nuw nsw i64 %7, 1
  %151 = icmp eq i64 %150, 1000
  br i1 %151, label %5, label %6
}
