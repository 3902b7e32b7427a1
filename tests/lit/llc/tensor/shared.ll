; Choices whose both sides read what the choice before made: each value is made once, not once a way to it, by lanes and by scalar code.
; RUN: kiln-llc -O2 -verify-each -Rpass=vector -filetype=obj -o %t %s 2>&1 | FileCheck %s
; RUN: kiln-objdump -h %t | FileCheck --check-prefix=SIZE %s
; CHECK: choices: remark: 1 loop on the vector unit, 1 as lanes, 1 through the scratchpad
; A window of nine taps that was written out: what both sides of a choice need is made before it.
; CHECK: guards: remark: 4 loops on the vector unit, 1 as lanes
; The same of floats, and with choices that are branches for all lanes.
; CHECK: branches: remark: 4 loops on the vector unit, 1 as lanes
; SIZE: .text {{ *}}0000{{[0-9a-f]+}} {{ *}}0000
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

define void @guards(ptr noalias %0, ptr noalias %1, ptr noalias %2, ptr noalias %3) {
  br label %6

5:
  ret void

6:
  %7 = phi i64 [ 0, %4 ], [ %30, %29 ]
  %8 = getelementptr inbounds nuw i32, ptr %2, i64 %7
  %9 = load i32, ptr %8, align 4
  %10 = shl nuw nsw i64 %7, 4
  %11 = getelementptr inbounds nuw i8, ptr %3, i64 %7
  br label %12

12:
  %13 = phi i64 [ 0, %6 ], [ %33, %32 ]
  %14 = mul nuw nsw i64 %13, 6
  %15 = trunc i64 %13 to i32
  %16 = add i32 %15, -2
  %17 = icmp ult i32 %16, 11
  %18 = add nuw nsw i64 %14, 2
  %19 = add nuw nsw i64 %14, 4
  %20 = mul nuw i64 %13, 6
  %21 = add nuw i64 %20, 12
  %22 = add nuw i64 %20, 14
  %23 = add nuw i64 %20, 16
  %24 = icmp samesign ult i64 %13, 9
  %25 = mul nuw nsw i64 %13, 6
  %26 = add nuw nsw i64 %25, 24
  %27 = add nuw nsw i64 %25, 26
  %28 = add nuw nsw i64 %25, 28
  br label %35

29:
  %30 = add nuw nsw i64 %7, 1
  %31 = icmp eq i64 %30, 9
  br i1 %31, label %5, label %6

32:
  %33 = add nuw nsw i64 %13, 1
  %34 = icmp eq i64 %33, 11
  br i1 %34, label %29, label %12

35:
  %36 = phi i64 [ 0, %12 ], [ %90, %81 ]
  %37 = trunc i64 %36 to i32
  %38 = add i32 %37, -2
  %39 = icmp ult i32 %38, 6
  %40 = add nuw nsw i64 %36, %14
  %41 = shl nuw nsw i64 %40, 4
  %42 = getelementptr i8, ptr %0, i64 %41
  %43 = add nuw nsw i64 %36, %18
  %44 = shl nuw nsw i64 %43, 4
  %45 = getelementptr i8, ptr %0, i64 %44
  %46 = icmp samesign ult i64 %36, 4
  %47 = add nuw nsw i64 %36, %19
  %48 = shl nuw nsw i64 %47, 4
  %49 = getelementptr i8, ptr %0, i64 %48
  %50 = trunc i64 %36 to i32
  %51 = add i32 %50, -2
  %52 = icmp ult i32 %51, 6
  %53 = add nuw nsw i64 %36, %21
  %54 = shl nuw nsw i64 %53, 4
  %55 = getelementptr i8, ptr %0, i64 %54
  %56 = add nuw nsw i64 %36, %22
  %57 = shl nuw nsw i64 %56, 4
  %58 = getelementptr i8, ptr %0, i64 %57
  %59 = icmp samesign ult i64 %36, 4
  %60 = add nuw nsw i64 %36, %23
  %61 = shl nuw nsw i64 %60, 4
  %62 = getelementptr i8, ptr %0, i64 %61
  %63 = trunc i64 %36 to i32
  %64 = add i32 %63, -2
  %65 = icmp ult i32 %64, 6
  %66 = add nuw nsw i64 %36, %26
  %67 = shl nuw nsw i64 %66, 4
  %68 = getelementptr i8, ptr %0, i64 %67
  %69 = add nuw nsw i64 %36, %27
  %70 = shl nuw nsw i64 %69, 4
  %71 = getelementptr i8, ptr %0, i64 %70
  %72 = icmp samesign ult i64 %36, 4
  %73 = add nuw nsw i64 %36, %28
  %74 = shl nuw nsw i64 %73, 4
  %75 = getelementptr i8, ptr %0, i64 %74
  br label %76

76:
  %77 = phi i64 [ 0, %35 ], [ %195, %193 ]
  %78 = phi i32 [ %9, %35 ], [ %194, %193 ]
  %79 = add nuw nsw i64 %77, -224
  %80 = add nuw nsw i64 %77, %10
  br i1 %17, label %92, label %124

81:
  %82 = mul nsw i32 %194, 3
  %83 = ashr i32 %82, 4
  %84 = tail call i32 @llvm.smax.i32(i32 %83, i32 -128)
  %85 = tail call i32 @llvm.smin.i32(i32 %84, i32 127)
  %86 = trunc nsw i32 %85 to i8
  %87 = add nuw nsw i64 %36, %14
  %88 = mul nuw nsw i64 %87, 9
  %89 = getelementptr inbounds nuw i8, ptr %11, i64 %88
  store i8 %86, ptr %89, align 1
  %90 = add nuw nsw i64 %36, 1
  %91 = icmp eq i64 %90, 6
  br i1 %91, label %32, label %35

92:
  %93 = mul nuw nsw i64 %80, 9
  br i1 %39, label %94, label %103

94:
  %95 = getelementptr i8, ptr %42, i64 %79
  %96 = load i8, ptr %95, align 1
  %97 = sext i8 %96 to i32
  %98 = getelementptr inbounds nuw i8, ptr %1, i64 %93
  %99 = load i8, ptr %98, align 1
  %100 = sext i8 %99 to i32
  %101 = mul nsw i32 %100, %97
  %102 = add nsw i32 %101, %78
  br label %103

103:
  %104 = phi i32 [ %102, %94 ], [ %78, %92 ]
  %105 = getelementptr i8, ptr %45, i64 %79
  %106 = load i8, ptr %105, align 1
  %107 = sext i8 %106 to i32
  %108 = getelementptr inbounds nuw i8, ptr %1, i64 %93
  %109 = getelementptr inbounds nuw i8, ptr %108, i64 1
  %110 = load i8, ptr %109, align 1
  %111 = sext i8 %110 to i32
  %112 = mul nsw i32 %111, %107
  %113 = add nsw i32 %112, %104
  br i1 %46, label %114, label %124

114:
  %115 = getelementptr i8, ptr %49, i64 %79
  %116 = load i8, ptr %115, align 1
  %117 = sext i8 %116 to i32
  %118 = getelementptr inbounds nuw i8, ptr %1, i64 %93
  %119 = getelementptr inbounds nuw i8, ptr %118, i64 2
  %120 = load i8, ptr %119, align 1
  %121 = sext i8 %120 to i32
  %122 = mul nsw i32 %121, %117
  %123 = add nsw i32 %122, %113
  br label %124

124:
  %125 = phi i32 [ %78, %76 ], [ %123, %114 ], [ %113, %103 ]
  %126 = mul nuw i64 %80, 9
  br i1 %52, label %127, label %137

127:
  %128 = getelementptr i8, ptr %55, i64 %79
  %129 = load i8, ptr %128, align 1
  %130 = sext i8 %129 to i32
  %131 = getelementptr inbounds nuw i8, ptr %1, i64 %126
  %132 = getelementptr inbounds nuw i8, ptr %131, i64 3
  %133 = load i8, ptr %132, align 1
  %134 = sext i8 %133 to i32
  %135 = mul nsw i32 %134, %130
  %136 = add nsw i32 %135, %125
  br label %137

137:
  %138 = phi i32 [ %136, %127 ], [ %125, %124 ]
  %139 = getelementptr i8, ptr %58, i64 %79
  %140 = load i8, ptr %139, align 1
  %141 = sext i8 %140 to i32
  %142 = getelementptr inbounds nuw i8, ptr %1, i64 %126
  %143 = getelementptr inbounds nuw i8, ptr %142, i64 4
  %144 = load i8, ptr %143, align 1
  %145 = sext i8 %144 to i32
  %146 = mul nsw i32 %145, %141
  %147 = add nsw i32 %146, %138
  br i1 %59, label %148, label %158

148:
  %149 = getelementptr i8, ptr %62, i64 %79
  %150 = load i8, ptr %149, align 1
  %151 = sext i8 %150 to i32
  %152 = getelementptr inbounds nuw i8, ptr %1, i64 %126
  %153 = getelementptr inbounds nuw i8, ptr %152, i64 5
  %154 = load i8, ptr %153, align 1
  %155 = sext i8 %154 to i32
  %156 = mul nsw i32 %155, %151
  %157 = add nsw i32 %156, %147
  br label %158

158:
  %159 = phi i32 [ %157, %148 ], [ %147, %137 ]
  br i1 %24, label %160, label %193

160:
  %161 = mul nuw i64 %80, 9
  br i1 %65, label %162, label %172

162:
  %163 = getelementptr i8, ptr %68, i64 %79
  %164 = load i8, ptr %163, align 1
  %165 = sext i8 %164 to i32
  %166 = getelementptr inbounds nuw i8, ptr %1, i64 %161
  %167 = getelementptr inbounds nuw i8, ptr %166, i64 6
  %168 = load i8, ptr %167, align 1
  %169 = sext i8 %168 to i32
  %170 = mul nsw i32 %169, %165
  %171 = add nsw i32 %170, %159
  br label %172

172:
  %173 = phi i32 [ %171, %162 ], [ %159, %160 ]
  %174 = getelementptr i8, ptr %71, i64 %79
  %175 = load i8, ptr %174, align 1
  %176 = sext i8 %175 to i32
  %177 = getelementptr inbounds nuw i8, ptr %1, i64 %161
  %178 = getelementptr inbounds nuw i8, ptr %177, i64 7
  %179 = load i8, ptr %178, align 1
  %180 = sext i8 %179 to i32
  %181 = mul nsw i32 %180, %176
  %182 = add nsw i32 %181, %173
  br i1 %72, label %183, label %193

183:
  %184 = getelementptr i8, ptr %75, i64 %79
  %185 = load i8, ptr %184, align 1
  %186 = sext i8 %185 to i32
  %187 = getelementptr inbounds nuw i8, ptr %1, i64 %161
  %188 = getelementptr inbounds nuw i8, ptr %187, i64 8
  %189 = load i8, ptr %188, align 1
  %190 = sext i8 %189 to i32
  %191 = mul nsw i32 %190, %186
  %192 = add nsw i32 %191, %182
  br label %193

193:
  %194 = phi i32 [ %159, %158 ], [ %192, %183 ], [ %182, %172 ]
  %195 = add nuw nsw i64 %77, 1
  %196 = icmp eq i64 %195, 16
  br i1 %196, label %81, label %76
}
declare i32 @llvm.smax.i32(i32, i32)
declare i32 @llvm.smin.i32(i32, i32)

define void @branches(ptr noalias %0, ptr noalias %1, ptr noalias %2, ptr noalias %3) {
  br label %6

5:
  ret void

6:
  %7 = phi i64 [ 0, %4 ], [ %30, %29 ]
  %8 = getelementptr inbounds nuw float, ptr %2, i64 %7
  %9 = load float, ptr %8, align 4
  %10 = shl nuw nsw i64 %7, 4
  %11 = getelementptr inbounds nuw float, ptr %3, i64 %7
  br label %12

12:
  %13 = phi i64 [ 0, %6 ], [ %33, %32 ]
  %14 = mul nuw nsw i64 %13, 6
  %15 = trunc i64 %13 to i32
  %16 = add i32 %15, -2
  %17 = icmp ult i32 %16, 11
  %18 = add nuw nsw i64 %14, 2
  %19 = add nuw nsw i64 %14, 4
  %20 = mul nuw i64 %13, 6
  %21 = add nuw i64 %20, 12
  %22 = add nuw i64 %20, 14
  %23 = add nuw i64 %20, 16
  %24 = icmp samesign ult i64 %13, 9
  %25 = mul nuw nsw i64 %13, 6
  %26 = add nuw nsw i64 %25, 24
  %27 = add nuw nsw i64 %25, 26
  %28 = add nuw nsw i64 %25, 28
  br label %35

29:
  %30 = add nuw nsw i64 %7, 1
  %31 = icmp eq i64 %30, 9
  br i1 %31, label %5, label %6

32:
  %33 = add nuw nsw i64 %13, 1
  %34 = icmp eq i64 %33, 11
  br i1 %34, label %29, label %12

35:
  %36 = phi i64 [ 0, %12 ], [ %87, %81 ]
  %37 = trunc i64 %36 to i32
  %38 = add i32 %37, -2
  %39 = icmp ult i32 %38, 6
  %40 = add nuw nsw i64 %36, %14
  %41 = shl i64 %40, 6
  %42 = getelementptr i8, ptr %0, i64 %41
  %43 = add nuw nsw i64 %36, %18
  %44 = shl i64 %43, 6
  %45 = getelementptr i8, ptr %0, i64 %44
  %46 = icmp samesign ult i64 %36, 4
  %47 = add nuw nsw i64 %36, %19
  %48 = shl i64 %47, 6
  %49 = getelementptr i8, ptr %0, i64 %48
  %50 = trunc i64 %36 to i32
  %51 = add i32 %50, -2
  %52 = icmp ult i32 %51, 6
  %53 = add nuw nsw i64 %36, %21
  %54 = shl i64 %53, 6
  %55 = getelementptr i8, ptr %0, i64 %54
  %56 = add nuw nsw i64 %36, %22
  %57 = shl i64 %56, 6
  %58 = getelementptr i8, ptr %0, i64 %57
  %59 = icmp samesign ult i64 %36, 4
  %60 = add nuw nsw i64 %36, %23
  %61 = shl i64 %60, 6
  %62 = getelementptr i8, ptr %0, i64 %61
  %63 = trunc i64 %36 to i32
  %64 = add i32 %63, -2
  %65 = icmp ult i32 %64, 6
  %66 = add nuw nsw i64 %36, %26
  %67 = shl i64 %66, 6
  %68 = getelementptr i8, ptr %0, i64 %67
  %69 = add nuw nsw i64 %36, %27
  %70 = shl i64 %69, 6
  %71 = getelementptr i8, ptr %0, i64 %70
  %72 = icmp samesign ult i64 %36, 4
  %73 = add nuw nsw i64 %36, %28
  %74 = shl nuw nsw i64 %73, 6
  %75 = getelementptr i8, ptr %0, i64 %74
  br label %76

76:
  %77 = phi i64 [ 0, %35 ], [ %174, %172 ]
  %78 = phi float [ %9, %35 ], [ %173, %172 ]
  %79 = add nuw nsw i64 %77, -224
  %80 = add nuw nsw i64 %77, %10
  br i1 %17, label %89, label %115

81:
  %82 = fcmp contract ogt float %173, 0.000000e+00
  %83 = select contract i1 %82, float %173, float 0.000000e+00
  %84 = add nuw nsw i64 %36, %14
  %85 = mul nuw nsw i64 %84, 36
  %86 = getelementptr inbounds nuw i8, ptr %11, i64 %85
  store float %83, ptr %86, align 4
  %87 = add nuw nsw i64 %36, 1
  %88 = icmp eq i64 %87, 6
  br i1 %88, label %32, label %35

89:
  %90 = mul nuw nsw i64 %80, 9
  br i1 %39, label %91, label %98

91:
  %92 = getelementptr float, ptr %42, i64 %79
  %93 = load float, ptr %92, align 4
  %94 = getelementptr inbounds nuw float, ptr %1, i64 %90
  %95 = load float, ptr %94, align 4
  %96 = fmul contract float %93, %95
  %97 = fadd contract float %78, %96
  br label %98

98:
  %99 = phi float [ %97, %91 ], [ %78, %89 ]
  %100 = getelementptr float, ptr %45, i64 %79
  %101 = load float, ptr %100, align 4
  %102 = getelementptr inbounds nuw float, ptr %1, i64 %90
  %103 = getelementptr inbounds nuw i8, ptr %102, i64 4
  %104 = load float, ptr %103, align 4
  %105 = fmul contract float %101, %104
  %106 = fadd contract float %99, %105
  br i1 %46, label %107, label %115

107:
  %108 = getelementptr float, ptr %49, i64 %79
  %109 = load float, ptr %108, align 4
  %110 = getelementptr inbounds nuw float, ptr %1, i64 %90
  %111 = getelementptr inbounds nuw i8, ptr %110, i64 8
  %112 = load float, ptr %111, align 4
  %113 = fmul contract float %109, %112
  %114 = fadd contract float %106, %113
  br label %115

115:
  %116 = phi float [ %78, %76 ], [ %114, %107 ], [ %106, %98 ]
  %117 = mul nuw i64 %80, 9
  br i1 %52, label %118, label %126

118:
  %119 = getelementptr float, ptr %55, i64 %79
  %120 = load float, ptr %119, align 4
  %121 = getelementptr inbounds nuw float, ptr %1, i64 %117
  %122 = getelementptr inbounds nuw i8, ptr %121, i64 12
  %123 = load float, ptr %122, align 4
  %124 = fmul contract float %120, %123
  %125 = fadd contract float %116, %124
  br label %126

126:
  %127 = phi float [ %125, %118 ], [ %116, %115 ]
  %128 = getelementptr float, ptr %58, i64 %79
  %129 = load float, ptr %128, align 4
  %130 = getelementptr inbounds nuw float, ptr %1, i64 %117
  %131 = getelementptr inbounds nuw i8, ptr %130, i64 16
  %132 = load float, ptr %131, align 4
  %133 = fmul contract float %129, %132
  %134 = fadd contract float %127, %133
  br i1 %59, label %135, label %143

135:
  %136 = getelementptr float, ptr %62, i64 %79
  %137 = load float, ptr %136, align 4
  %138 = getelementptr inbounds nuw float, ptr %1, i64 %117
  %139 = getelementptr inbounds nuw i8, ptr %138, i64 20
  %140 = load float, ptr %139, align 4
  %141 = fmul contract float %137, %140
  %142 = fadd contract float %134, %141
  br label %143

143:
  %144 = phi float [ %142, %135 ], [ %134, %126 ]
  br i1 %24, label %145, label %172

145:
  %146 = mul nuw i64 %80, 9
  br i1 %65, label %147, label %155

147:
  %148 = getelementptr float, ptr %68, i64 %79
  %149 = load float, ptr %148, align 4
  %150 = getelementptr inbounds nuw float, ptr %1, i64 %146
  %151 = getelementptr inbounds nuw i8, ptr %150, i64 24
  %152 = load float, ptr %151, align 4
  %153 = fmul contract float %149, %152
  %154 = fadd contract float %144, %153
  br label %155

155:
  %156 = phi float [ %154, %147 ], [ %144, %145 ]
  %157 = getelementptr float, ptr %71, i64 %79
  %158 = load float, ptr %157, align 4
  %159 = getelementptr inbounds nuw float, ptr %1, i64 %146
  %160 = getelementptr inbounds nuw i8, ptr %159, i64 28
  %161 = load float, ptr %160, align 4
  %162 = fmul contract float %158, %161
  %163 = fadd contract float %156, %162
  br i1 %72, label %164, label %172

164:
  %165 = getelementptr float, ptr %75, i64 %79
  %166 = load float, ptr %165, align 4
  %167 = getelementptr inbounds nuw float, ptr %1, i64 %146
  %168 = getelementptr inbounds nuw i8, ptr %167, i64 32
  %169 = load float, ptr %168, align 4
  %170 = fmul contract float %166, %169
  %171 = fadd contract float %163, %170
  br label %172

172:
  %173 = phi float [ %144, %143 ], [ %171, %164 ], [ %163, %155 ]
  %174 = add nuw nsw i64 %77, 1
  %175 = icmp eq i64 %174, 16
  br i1 %175, label %81, label %76
}
