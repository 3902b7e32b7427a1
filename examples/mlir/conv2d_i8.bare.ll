; ModuleID = 'LLVMDialectModule'
source_filename = "LLVMDialectModule"

@__constant_6xi32 = private constant [6 x i32] [i32 1073741824, i32 1342177280, i32 1610612736, i32 1879048192, i32 2147483647, i32 1200000000], align 64
@__constant_6xi8 = private constant [6 x i8] c"&''((&", align 64

define void @conv2d_i8(ptr %0, ptr %1, ptr %2, ptr %3) {
  %5 = insertvalue { ptr, ptr, i64, [4 x i64], [4 x i64] } poison, ptr %3, 0
  %6 = insertvalue { ptr, ptr, i64, [4 x i64], [4 x i64] } %5, ptr %3, 1
  %7 = insertvalue { ptr, ptr, i64, [4 x i64], [4 x i64] } %6, i64 0, 2
  %8 = insertvalue { ptr, ptr, i64, [4 x i64], [4 x i64] } %7, i64 1, 3, 0
  %9 = insertvalue { ptr, ptr, i64, [4 x i64], [4 x i64] } %8, i64 384, 4, 0
  %10 = insertvalue { ptr, ptr, i64, [4 x i64], [4 x i64] } %9, i64 8, 3, 1
  %11 = insertvalue { ptr, ptr, i64, [4 x i64], [4 x i64] } %10, i64 48, 4, 1
  %12 = insertvalue { ptr, ptr, i64, [4 x i64], [4 x i64] } %11, i64 8, 3, 2
  %13 = insertvalue { ptr, ptr, i64, [4 x i64], [4 x i64] } %12, i64 6, 4, 2
  %14 = insertvalue { ptr, ptr, i64, [4 x i64], [4 x i64] } %13, i64 6, 3, 3
  %15 = insertvalue { ptr, ptr, i64, [4 x i64], [4 x i64] } %14, i64 1, 4, 3
  %16 = insertvalue { ptr, ptr, i64, [1 x i64], [1 x i64] } poison, ptr %2, 0
  %17 = insertvalue { ptr, ptr, i64, [1 x i64], [1 x i64] } %16, ptr %2, 1
  %18 = insertvalue { ptr, ptr, i64, [1 x i64], [1 x i64] } %17, i64 0, 2
  %19 = insertvalue { ptr, ptr, i64, [1 x i64], [1 x i64] } %18, i64 6, 3, 0
  %20 = insertvalue { ptr, ptr, i64, [1 x i64], [1 x i64] } %19, i64 1, 4, 0
  %21 = insertvalue { ptr, ptr, i64, [4 x i64], [4 x i64] } poison, ptr %1, 0
  %22 = insertvalue { ptr, ptr, i64, [4 x i64], [4 x i64] } %21, ptr %1, 1
  %23 = insertvalue { ptr, ptr, i64, [4 x i64], [4 x i64] } %22, i64 0, 2
  %24 = insertvalue { ptr, ptr, i64, [4 x i64], [4 x i64] } %23, i64 6, 3, 0
  %25 = insertvalue { ptr, ptr, i64, [4 x i64], [4 x i64] } %24, i64 36, 4, 0
  %26 = insertvalue { ptr, ptr, i64, [4 x i64], [4 x i64] } %25, i64 3, 3, 1
  %27 = insertvalue { ptr, ptr, i64, [4 x i64], [4 x i64] } %26, i64 12, 4, 1
  %28 = insertvalue { ptr, ptr, i64, [4 x i64], [4 x i64] } %27, i64 3, 3, 2
  %29 = insertvalue { ptr, ptr, i64, [4 x i64], [4 x i64] } %28, i64 4, 4, 2
  %30 = insertvalue { ptr, ptr, i64, [4 x i64], [4 x i64] } %29, i64 4, 3, 3
  %31 = insertvalue { ptr, ptr, i64, [4 x i64], [4 x i64] } %30, i64 1, 4, 3
  %32 = insertvalue { ptr, ptr, i64, [4 x i64], [4 x i64] } poison, ptr %0, 0
  %33 = insertvalue { ptr, ptr, i64, [4 x i64], [4 x i64] } %32, ptr %0, 1
  %34 = insertvalue { ptr, ptr, i64, [4 x i64], [4 x i64] } %33, i64 0, 2
  %35 = insertvalue { ptr, ptr, i64, [4 x i64], [4 x i64] } %34, i64 1, 3, 0
  %36 = insertvalue { ptr, ptr, i64, [4 x i64], [4 x i64] } %35, i64 256, 4, 0
  %37 = insertvalue { ptr, ptr, i64, [4 x i64], [4 x i64] } %36, i64 8, 3, 1
  %38 = insertvalue { ptr, ptr, i64, [4 x i64], [4 x i64] } %37, i64 32, 4, 1
  %39 = insertvalue { ptr, ptr, i64, [4 x i64], [4 x i64] } %38, i64 8, 3, 2
  %40 = insertvalue { ptr, ptr, i64, [4 x i64], [4 x i64] } %39, i64 4, 4, 2
  %41 = insertvalue { ptr, ptr, i64, [4 x i64], [4 x i64] } %40, i64 4, 3, 3
  %42 = insertvalue { ptr, ptr, i64, [4 x i64], [4 x i64] } %41, i64 1, 4, 3
  %43 = alloca i8, i64 400, align 64
  %44 = insertvalue { ptr, ptr, i64, [4 x i64], [4 x i64] } poison, ptr %43, 0
  %45 = insertvalue { ptr, ptr, i64, [4 x i64], [4 x i64] } %44, ptr %43, 1
  %46 = insertvalue { ptr, ptr, i64, [4 x i64], [4 x i64] } %45, i64 0, 2
  %47 = insertvalue { ptr, ptr, i64, [4 x i64], [4 x i64] } %46, i64 1, 3, 0
  %48 = insertvalue { ptr, ptr, i64, [4 x i64], [4 x i64] } %47, i64 10, 3, 1
  %49 = insertvalue { ptr, ptr, i64, [4 x i64], [4 x i64] } %48, i64 10, 3, 2
  %50 = insertvalue { ptr, ptr, i64, [4 x i64], [4 x i64] } %49, i64 4, 3, 3
  %51 = insertvalue { ptr, ptr, i64, [4 x i64], [4 x i64] } %50, i64 400, 4, 0
  %52 = insertvalue { ptr, ptr, i64, [4 x i64], [4 x i64] } %51, i64 40, 4, 1
  %53 = insertvalue { ptr, ptr, i64, [4 x i64], [4 x i64] } %52, i64 4, 4, 2
  %54 = insertvalue { ptr, ptr, i64, [4 x i64], [4 x i64] } %53, i64 1, 4, 3
  br label %55

55:                                               ; preds = %77, %4
  %56 = phi i64 [ %78, %77 ], [ 0, %4 ]
  %57 = icmp slt i64 %56, 10
  br i1 %57, label %58, label %79

58:                                               ; preds = %55
  br label %59

59:                                               ; preds = %75, %58
  %60 = phi i64 [ %76, %75 ], [ 0, %58 ]
  %61 = icmp slt i64 %60, 10
  br i1 %61, label %62, label %77

62:                                               ; preds = %59
  br label %63

63:                                               ; preds = %66, %62
  %64 = phi i64 [ %74, %66 ], [ 0, %62 ]
  %65 = icmp slt i64 %64, 4
  br i1 %65, label %66, label %75

66:                                               ; preds = %63
  %67 = extractvalue { ptr, ptr, i64, [4 x i64], [4 x i64] } %54, 1
  %68 = mul nuw nsw i64 %56, 40
  %69 = add nuw nsw i64 0, %68
  %70 = mul nuw nsw i64 %60, 4
  %71 = add nuw nsw i64 %69, %70
  %72 = add nuw nsw i64 %71, %64
  %73 = getelementptr inbounds nuw i8, ptr %67, i64 %72
  store i8 -3, ptr %73, align 1
  %74 = add i64 %64, 1
  br label %63

75:                                               ; preds = %63
  %76 = add i64 %60, 1
  br label %59

77:                                               ; preds = %59
  %78 = add i64 %56, 1
  br label %55

79:                                               ; preds = %55
  br label %80

80:                                               ; preds = %112, %79
  %81 = phi i64 [ %113, %112 ], [ 0, %79 ]
  %82 = icmp slt i64 %81, 8
  br i1 %82, label %83, label %114

83:                                               ; preds = %80
  br label %84

84:                                               ; preds = %110, %83
  %85 = phi i64 [ %111, %110 ], [ 0, %83 ]
  %86 = icmp slt i64 %85, 8
  br i1 %86, label %87, label %112

87:                                               ; preds = %84
  br label %88

88:                                               ; preds = %91, %87
  %89 = phi i64 [ %109, %91 ], [ 0, %87 ]
  %90 = icmp slt i64 %89, 4
  br i1 %90, label %91, label %110

91:                                               ; preds = %88
  %92 = extractvalue { ptr, ptr, i64, [4 x i64], [4 x i64] } %42, 1
  %93 = mul nuw nsw i64 %81, 32
  %94 = add nuw nsw i64 0, %93
  %95 = mul nuw nsw i64 %85, 4
  %96 = add nuw nsw i64 %94, %95
  %97 = add nuw nsw i64 %96, %89
  %98 = getelementptr inbounds nuw i8, ptr %92, i64 %97
  %99 = load i8, ptr %98, align 1
  %100 = add i64 %81, 1
  %101 = add i64 %85, 1
  %102 = extractvalue { ptr, ptr, i64, [4 x i64], [4 x i64] } %54, 1
  %103 = mul nuw nsw i64 %100, 40
  %104 = add nuw nsw i64 0, %103
  %105 = mul nuw nsw i64 %101, 4
  %106 = add nuw nsw i64 %104, %105
  %107 = add nuw nsw i64 %106, %89
  %108 = getelementptr inbounds nuw i8, ptr %102, i64 %107
  store i8 %99, ptr %108, align 1
  %109 = add i64 %89, 1
  br label %88

110:                                              ; preds = %88
  %111 = add i64 %85, 1
  br label %84

112:                                              ; preds = %84
  %113 = add i64 %81, 1
  br label %80

114:                                              ; preds = %80
  %115 = alloca i32, i64 384, align 64
  %116 = insertvalue { ptr, ptr, i64, [4 x i64], [4 x i64] } poison, ptr %115, 0
  %117 = insertvalue { ptr, ptr, i64, [4 x i64], [4 x i64] } %116, ptr %115, 1
  %118 = insertvalue { ptr, ptr, i64, [4 x i64], [4 x i64] } %117, i64 0, 2
  %119 = insertvalue { ptr, ptr, i64, [4 x i64], [4 x i64] } %118, i64 1, 3, 0
  %120 = insertvalue { ptr, ptr, i64, [4 x i64], [4 x i64] } %119, i64 8, 3, 1
  %121 = insertvalue { ptr, ptr, i64, [4 x i64], [4 x i64] } %120, i64 8, 3, 2
  %122 = insertvalue { ptr, ptr, i64, [4 x i64], [4 x i64] } %121, i64 6, 3, 3
  %123 = insertvalue { ptr, ptr, i64, [4 x i64], [4 x i64] } %122, i64 384, 4, 0
  %124 = insertvalue { ptr, ptr, i64, [4 x i64], [4 x i64] } %123, i64 48, 4, 1
  %125 = insertvalue { ptr, ptr, i64, [4 x i64], [4 x i64] } %124, i64 6, 4, 2
  %126 = insertvalue { ptr, ptr, i64, [4 x i64], [4 x i64] } %125, i64 1, 4, 3
  br label %127

127:                                              ; preds = %152, %114
  %128 = phi i64 [ %153, %152 ], [ 0, %114 ]
  %129 = icmp slt i64 %128, 8
  br i1 %129, label %130, label %154

130:                                              ; preds = %127
  br label %131

131:                                              ; preds = %150, %130
  %132 = phi i64 [ %151, %150 ], [ 0, %130 ]
  %133 = icmp slt i64 %132, 8
  br i1 %133, label %134, label %152

134:                                              ; preds = %131
  br label %135

135:                                              ; preds = %138, %134
  %136 = phi i64 [ %149, %138 ], [ 0, %134 ]
  %137 = icmp slt i64 %136, 6
  br i1 %137, label %138, label %150

138:                                              ; preds = %135
  %139 = extractvalue { ptr, ptr, i64, [1 x i64], [1 x i64] } %20, 1
  %140 = getelementptr inbounds nuw i32, ptr %139, i64 %136
  %141 = load i32, ptr %140, align 4
  %142 = extractvalue { ptr, ptr, i64, [4 x i64], [4 x i64] } %126, 1
  %143 = mul nuw nsw i64 %128, 48
  %144 = add nuw nsw i64 0, %143
  %145 = mul nuw nsw i64 %132, 6
  %146 = add nuw nsw i64 %144, %145
  %147 = add nuw nsw i64 %146, %136
  %148 = getelementptr inbounds nuw i32, ptr %142, i64 %147
  store i32 %141, ptr %148, align 4
  %149 = add i64 %136, 1
  br label %135

150:                                              ; preds = %135
  %151 = add i64 %132, 1
  br label %131

152:                                              ; preds = %131
  %153 = add i64 %128, 1
  br label %127

154:                                              ; preds = %127
  br label %155

155:                                              ; preds = %227, %154
  %156 = phi i64 [ %228, %227 ], [ 0, %154 ]
  %157 = icmp slt i64 %156, 8
  br i1 %157, label %158, label %229

158:                                              ; preds = %155
  br label %159

159:                                              ; preds = %225, %158
  %160 = phi i64 [ %226, %225 ], [ 0, %158 ]
  %161 = icmp slt i64 %160, 8
  br i1 %161, label %162, label %227

162:                                              ; preds = %159
  br label %163

163:                                              ; preds = %223, %162
  %164 = phi i64 [ %224, %223 ], [ 0, %162 ]
  %165 = icmp slt i64 %164, 6
  br i1 %165, label %166, label %225

166:                                              ; preds = %163
  br label %167

167:                                              ; preds = %221, %166
  %168 = phi i64 [ %222, %221 ], [ 0, %166 ]
  %169 = icmp slt i64 %168, 3
  br i1 %169, label %170, label %223

170:                                              ; preds = %167
  br label %171

171:                                              ; preds = %219, %170
  %172 = phi i64 [ %220, %219 ], [ 0, %170 ]
  %173 = icmp slt i64 %172, 3
  br i1 %173, label %174, label %221

174:                                              ; preds = %171
  br label %175

175:                                              ; preds = %178, %174
  %176 = phi i64 [ %218, %178 ], [ 0, %174 ]
  %177 = icmp slt i64 %176, 4
  br i1 %177, label %178, label %219

178:                                              ; preds = %175
  %179 = add i64 %156, %168
  %180 = add i64 %160, %172
  %181 = extractvalue { ptr, ptr, i64, [4 x i64], [4 x i64] } %54, 1
  %182 = mul nuw nsw i64 %179, 40
  %183 = add nuw nsw i64 0, %182
  %184 = mul nuw nsw i64 %180, 4
  %185 = add nuw nsw i64 %183, %184
  %186 = add nuw nsw i64 %185, %176
  %187 = getelementptr inbounds nuw i8, ptr %181, i64 %186
  %188 = load i8, ptr %187, align 1
  %189 = extractvalue { ptr, ptr, i64, [4 x i64], [4 x i64] } %31, 1
  %190 = mul nuw nsw i64 %164, 36
  %191 = mul nuw nsw i64 %168, 12
  %192 = add nuw nsw i64 %190, %191
  %193 = mul nuw nsw i64 %172, 4
  %194 = add nuw nsw i64 %192, %193
  %195 = add nuw nsw i64 %194, %176
  %196 = getelementptr inbounds nuw i8, ptr %189, i64 %195
  %197 = load i8, ptr %196, align 1
  %198 = extractvalue { ptr, ptr, i64, [4 x i64], [4 x i64] } %126, 1
  %199 = mul nuw nsw i64 %156, 48
  %200 = add nuw nsw i64 0, %199
  %201 = mul nuw nsw i64 %160, 6
  %202 = add nuw nsw i64 %200, %201
  %203 = add nuw nsw i64 %202, %164
  %204 = getelementptr inbounds nuw i32, ptr %198, i64 %203
  %205 = load i32, ptr %204, align 4
  %206 = sext i8 %188 to i32
  %207 = sub i32 %206, -3
  %208 = sext i8 %197 to i32
  %209 = mul i32 %207, %208
  %210 = add i32 %205, %209
  %211 = extractvalue { ptr, ptr, i64, [4 x i64], [4 x i64] } %126, 1
  %212 = mul nuw nsw i64 %156, 48
  %213 = add nuw nsw i64 0, %212
  %214 = mul nuw nsw i64 %160, 6
  %215 = add nuw nsw i64 %213, %214
  %216 = add nuw nsw i64 %215, %164
  %217 = getelementptr inbounds nuw i32, ptr %211, i64 %216
  store i32 %210, ptr %217, align 4
  %218 = add i64 %176, 1
  br label %175

219:                                              ; preds = %175
  %220 = add i64 %172, 1
  br label %171

221:                                              ; preds = %171
  %222 = add i64 %168, 1
  br label %167

223:                                              ; preds = %167
  %224 = add i64 %164, 1
  br label %163

225:                                              ; preds = %163
  %226 = add i64 %160, 1
  br label %159

227:                                              ; preds = %159
  %228 = add i64 %156, 1
  br label %155

229:                                              ; preds = %155
  br label %230

230:                                              ; preds = %285, %229
  %231 = phi i64 [ %286, %285 ], [ 0, %229 ]
  %232 = icmp slt i64 %231, 8
  br i1 %232, label %233, label %287

233:                                              ; preds = %230
  br label %234

234:                                              ; preds = %283, %233
  %235 = phi i64 [ %284, %283 ], [ 0, %233 ]
  %236 = icmp slt i64 %235, 8
  br i1 %236, label %237, label %285

237:                                              ; preds = %234
  br label %238

238:                                              ; preds = %241, %237
  %239 = phi i64 [ %282, %241 ], [ 0, %237 ]
  %240 = icmp slt i64 %239, 6
  br i1 %240, label %241, label %283

241:                                              ; preds = %238
  %242 = extractvalue { ptr, ptr, i64, [4 x i64], [4 x i64] } %126, 1
  %243 = mul nuw nsw i64 %231, 48
  %244 = add nuw nsw i64 0, %243
  %245 = mul nuw nsw i64 %235, 6
  %246 = add nuw nsw i64 %244, %245
  %247 = add nuw nsw i64 %246, %239
  %248 = getelementptr inbounds nuw i32, ptr %242, i64 %247
  %249 = load i32, ptr %248, align 4
  %250 = getelementptr inbounds nuw i32, ptr @__constant_6xi32, i64 %239
  %251 = load i32, ptr %250, align 4
  %252 = getelementptr inbounds nuw i8, ptr @__constant_6xi8, i64 %239
  %253 = load i8, ptr %252, align 1
  %254 = zext i8 %253 to i32
  %255 = sext i32 %249 to i64
  %256 = sext i32 %251 to i64
  %257 = mul i64 %255, %256
  %258 = zext i8 %253 to i64
  %259 = shl i64 1, %258
  %260 = lshr i64 %259, 1
  %261 = add i64 %257, %260
  %262 = icmp sge i32 %249, 0
  %263 = select i1 %262, i64 1073741824, i64 -1073741824
  %264 = add i64 %263, %261
  %265 = icmp sgt i32 %254, 31
  %266 = select i1 %265, i64 %264, i64 %261
  %267 = ashr i64 %266, %258
  %268 = trunc i64 %267 to i32
  %269 = add i32 %268, 5
  %270 = icmp sgt i32 %269, -128
  %271 = select i1 %270, i32 %269, i32 -128
  %272 = icmp slt i32 %271, 127
  %273 = select i1 %272, i32 %271, i32 127
  %274 = trunc i32 %273 to i8
  %275 = extractvalue { ptr, ptr, i64, [4 x i64], [4 x i64] } %15, 1
  %276 = mul nuw nsw i64 %231, 48
  %277 = add nuw nsw i64 0, %276
  %278 = mul nuw nsw i64 %235, 6
  %279 = add nuw nsw i64 %277, %278
  %280 = add nuw nsw i64 %279, %239
  %281 = getelementptr inbounds nuw i8, ptr %275, i64 %280
  store i8 %274, ptr %281, align 1
  %282 = add i64 %239, 1
  br label %238

283:                                              ; preds = %238
  %284 = add i64 %235, 1
  br label %234

285:                                              ; preds = %234
  %286 = add i64 %231, 1
  br label %230

287:                                              ; preds = %230
  ret void
}

define void @conv2d_i8_stride2(ptr %0, ptr %1, ptr %2, ptr %3) {
  %5 = insertvalue { ptr, ptr, i64, [4 x i64], [4 x i64] } poison, ptr %3, 0
  %6 = insertvalue { ptr, ptr, i64, [4 x i64], [4 x i64] } %5, ptr %3, 1
  %7 = insertvalue { ptr, ptr, i64, [4 x i64], [4 x i64] } %6, i64 0, 2
  %8 = insertvalue { ptr, ptr, i64, [4 x i64], [4 x i64] } %7, i64 2, 3, 0
  %9 = insertvalue { ptr, ptr, i64, [4 x i64], [4 x i64] } %8, i64 80, 4, 0
  %10 = insertvalue { ptr, ptr, i64, [4 x i64], [4 x i64] } %9, i64 4, 3, 1
  %11 = insertvalue { ptr, ptr, i64, [4 x i64], [4 x i64] } %10, i64 20, 4, 1
  %12 = insertvalue { ptr, ptr, i64, [4 x i64], [4 x i64] } %11, i64 4, 3, 2
  %13 = insertvalue { ptr, ptr, i64, [4 x i64], [4 x i64] } %12, i64 5, 4, 2
  %14 = insertvalue { ptr, ptr, i64, [4 x i64], [4 x i64] } %13, i64 5, 3, 3
  %15 = insertvalue { ptr, ptr, i64, [4 x i64], [4 x i64] } %14, i64 1, 4, 3
  %16 = insertvalue { ptr, ptr, i64, [1 x i64], [1 x i64] } poison, ptr %2, 0
  %17 = insertvalue { ptr, ptr, i64, [1 x i64], [1 x i64] } %16, ptr %2, 1
  %18 = insertvalue { ptr, ptr, i64, [1 x i64], [1 x i64] } %17, i64 0, 2
  %19 = insertvalue { ptr, ptr, i64, [1 x i64], [1 x i64] } %18, i64 5, 3, 0
  %20 = insertvalue { ptr, ptr, i64, [1 x i64], [1 x i64] } %19, i64 1, 4, 0
  %21 = insertvalue { ptr, ptr, i64, [4 x i64], [4 x i64] } poison, ptr %1, 0
  %22 = insertvalue { ptr, ptr, i64, [4 x i64], [4 x i64] } %21, ptr %1, 1
  %23 = insertvalue { ptr, ptr, i64, [4 x i64], [4 x i64] } %22, i64 0, 2
  %24 = insertvalue { ptr, ptr, i64, [4 x i64], [4 x i64] } %23, i64 5, 3, 0
  %25 = insertvalue { ptr, ptr, i64, [4 x i64], [4 x i64] } %24, i64 27, 4, 0
  %26 = insertvalue { ptr, ptr, i64, [4 x i64], [4 x i64] } %25, i64 3, 3, 1
  %27 = insertvalue { ptr, ptr, i64, [4 x i64], [4 x i64] } %26, i64 9, 4, 1
  %28 = insertvalue { ptr, ptr, i64, [4 x i64], [4 x i64] } %27, i64 3, 3, 2
  %29 = insertvalue { ptr, ptr, i64, [4 x i64], [4 x i64] } %28, i64 3, 4, 2
  %30 = insertvalue { ptr, ptr, i64, [4 x i64], [4 x i64] } %29, i64 3, 3, 3
  %31 = insertvalue { ptr, ptr, i64, [4 x i64], [4 x i64] } %30, i64 1, 4, 3
  %32 = insertvalue { ptr, ptr, i64, [4 x i64], [4 x i64] } poison, ptr %0, 0
  %33 = insertvalue { ptr, ptr, i64, [4 x i64], [4 x i64] } %32, ptr %0, 1
  %34 = insertvalue { ptr, ptr, i64, [4 x i64], [4 x i64] } %33, i64 0, 2
  %35 = insertvalue { ptr, ptr, i64, [4 x i64], [4 x i64] } %34, i64 2, 3, 0
  %36 = insertvalue { ptr, ptr, i64, [4 x i64], [4 x i64] } %35, i64 243, 4, 0
  %37 = insertvalue { ptr, ptr, i64, [4 x i64], [4 x i64] } %36, i64 9, 3, 1
  %38 = insertvalue { ptr, ptr, i64, [4 x i64], [4 x i64] } %37, i64 27, 4, 1
  %39 = insertvalue { ptr, ptr, i64, [4 x i64], [4 x i64] } %38, i64 9, 3, 2
  %40 = insertvalue { ptr, ptr, i64, [4 x i64], [4 x i64] } %39, i64 3, 4, 2
  %41 = insertvalue { ptr, ptr, i64, [4 x i64], [4 x i64] } %40, i64 3, 3, 3
  %42 = insertvalue { ptr, ptr, i64, [4 x i64], [4 x i64] } %41, i64 1, 4, 3
  %43 = alloca i32, i64 160, align 64
  %44 = insertvalue { ptr, ptr, i64, [4 x i64], [4 x i64] } poison, ptr %43, 0
  %45 = insertvalue { ptr, ptr, i64, [4 x i64], [4 x i64] } %44, ptr %43, 1
  %46 = insertvalue { ptr, ptr, i64, [4 x i64], [4 x i64] } %45, i64 0, 2
  %47 = insertvalue { ptr, ptr, i64, [4 x i64], [4 x i64] } %46, i64 2, 3, 0
  %48 = insertvalue { ptr, ptr, i64, [4 x i64], [4 x i64] } %47, i64 4, 3, 1
  %49 = insertvalue { ptr, ptr, i64, [4 x i64], [4 x i64] } %48, i64 4, 3, 2
  %50 = insertvalue { ptr, ptr, i64, [4 x i64], [4 x i64] } %49, i64 5, 3, 3
  %51 = insertvalue { ptr, ptr, i64, [4 x i64], [4 x i64] } %50, i64 80, 4, 0
  %52 = insertvalue { ptr, ptr, i64, [4 x i64], [4 x i64] } %51, i64 20, 4, 1
  %53 = insertvalue { ptr, ptr, i64, [4 x i64], [4 x i64] } %52, i64 5, 4, 2
  %54 = insertvalue { ptr, ptr, i64, [4 x i64], [4 x i64] } %53, i64 1, 4, 3
  br label %55

55:                                               ; preds = %87, %4
  %56 = phi i64 [ %88, %87 ], [ 0, %4 ]
  %57 = icmp slt i64 %56, 2
  br i1 %57, label %58, label %89

58:                                               ; preds = %55
  br label %59

59:                                               ; preds = %85, %58
  %60 = phi i64 [ %86, %85 ], [ 0, %58 ]
  %61 = icmp slt i64 %60, 4
  br i1 %61, label %62, label %87

62:                                               ; preds = %59
  br label %63

63:                                               ; preds = %83, %62
  %64 = phi i64 [ %84, %83 ], [ 0, %62 ]
  %65 = icmp slt i64 %64, 4
  br i1 %65, label %66, label %85

66:                                               ; preds = %63
  br label %67

67:                                               ; preds = %70, %66
  %68 = phi i64 [ %82, %70 ], [ 0, %66 ]
  %69 = icmp slt i64 %68, 5
  br i1 %69, label %70, label %83

70:                                               ; preds = %67
  %71 = extractvalue { ptr, ptr, i64, [1 x i64], [1 x i64] } %20, 1
  %72 = getelementptr inbounds nuw i32, ptr %71, i64 %68
  %73 = load i32, ptr %72, align 4
  %74 = extractvalue { ptr, ptr, i64, [4 x i64], [4 x i64] } %54, 1
  %75 = mul nuw nsw i64 %56, 80
  %76 = mul nuw nsw i64 %60, 20
  %77 = add nuw nsw i64 %75, %76
  %78 = mul nuw nsw i64 %64, 5
  %79 = add nuw nsw i64 %77, %78
  %80 = add nuw nsw i64 %79, %68
  %81 = getelementptr inbounds nuw i32, ptr %74, i64 %80
  store i32 %73, ptr %81, align 4
  %82 = add i64 %68, 1
  br label %67

83:                                               ; preds = %67
  %84 = add i64 %64, 1
  br label %63

85:                                               ; preds = %63
  %86 = add i64 %60, 1
  br label %59

87:                                               ; preds = %59
  %88 = add i64 %56, 1
  br label %55

89:                                               ; preds = %55
  br label %90

90:                                               ; preds = %172, %89
  %91 = phi i64 [ %173, %172 ], [ 0, %89 ]
  %92 = icmp slt i64 %91, 2
  br i1 %92, label %93, label %174

93:                                               ; preds = %90
  br label %94

94:                                               ; preds = %170, %93
  %95 = phi i64 [ %171, %170 ], [ 0, %93 ]
  %96 = icmp slt i64 %95, 4
  br i1 %96, label %97, label %172

97:                                               ; preds = %94
  br label %98

98:                                               ; preds = %168, %97
  %99 = phi i64 [ %169, %168 ], [ 0, %97 ]
  %100 = icmp slt i64 %99, 4
  br i1 %100, label %101, label %170

101:                                              ; preds = %98
  br label %102

102:                                              ; preds = %166, %101
  %103 = phi i64 [ %167, %166 ], [ 0, %101 ]
  %104 = icmp slt i64 %103, 5
  br i1 %104, label %105, label %168

105:                                              ; preds = %102
  br label %106

106:                                              ; preds = %164, %105
  %107 = phi i64 [ %165, %164 ], [ 0, %105 ]
  %108 = icmp slt i64 %107, 3
  br i1 %108, label %109, label %166

109:                                              ; preds = %106
  br label %110

110:                                              ; preds = %162, %109
  %111 = phi i64 [ %163, %162 ], [ 0, %109 ]
  %112 = icmp slt i64 %111, 3
  br i1 %112, label %113, label %164

113:                                              ; preds = %110
  br label %114

114:                                              ; preds = %117, %113
  %115 = phi i64 [ %161, %117 ], [ 0, %113 ]
  %116 = icmp slt i64 %115, 3
  br i1 %116, label %117, label %162

117:                                              ; preds = %114
  %118 = mul nsw i64 %95, 2
  %119 = add i64 %118, %107
  %120 = mul nsw i64 %99, 2
  %121 = add i64 %120, %111
  %122 = extractvalue { ptr, ptr, i64, [4 x i64], [4 x i64] } %42, 1
  %123 = mul nuw nsw i64 %91, 243
  %124 = mul nuw nsw i64 %119, 27
  %125 = add nuw nsw i64 %123, %124
  %126 = mul nuw nsw i64 %121, 3
  %127 = add nuw nsw i64 %125, %126
  %128 = add nuw nsw i64 %127, %115
  %129 = getelementptr inbounds nuw i8, ptr %122, i64 %128
  %130 = load i8, ptr %129, align 1
  %131 = extractvalue { ptr, ptr, i64, [4 x i64], [4 x i64] } %31, 1
  %132 = mul nuw nsw i64 %103, 27
  %133 = mul nuw nsw i64 %107, 9
  %134 = add nuw nsw i64 %132, %133
  %135 = mul nuw nsw i64 %111, 3
  %136 = add nuw nsw i64 %134, %135
  %137 = add nuw nsw i64 %136, %115
  %138 = getelementptr inbounds nuw i8, ptr %131, i64 %137
  %139 = load i8, ptr %138, align 1
  %140 = extractvalue { ptr, ptr, i64, [4 x i64], [4 x i64] } %54, 1
  %141 = mul nuw nsw i64 %91, 80
  %142 = mul nuw nsw i64 %95, 20
  %143 = add nuw nsw i64 %141, %142
  %144 = mul nuw nsw i64 %99, 5
  %145 = add nuw nsw i64 %143, %144
  %146 = add nuw nsw i64 %145, %103
  %147 = getelementptr inbounds nuw i32, ptr %140, i64 %146
  %148 = load i32, ptr %147, align 4
  %149 = sext i8 %130 to i32
  %150 = sext i8 %139 to i32
  %151 = mul i32 %149, %150
  %152 = add i32 %148, %151
  %153 = extractvalue { ptr, ptr, i64, [4 x i64], [4 x i64] } %54, 1
  %154 = mul nuw nsw i64 %91, 80
  %155 = mul nuw nsw i64 %95, 20
  %156 = add nuw nsw i64 %154, %155
  %157 = mul nuw nsw i64 %99, 5
  %158 = add nuw nsw i64 %156, %157
  %159 = add nuw nsw i64 %158, %103
  %160 = getelementptr inbounds nuw i32, ptr %153, i64 %159
  store i32 %152, ptr %160, align 4
  %161 = add i64 %115, 1
  br label %114

162:                                              ; preds = %114
  %163 = add i64 %111, 1
  br label %110

164:                                              ; preds = %110
  %165 = add i64 %107, 1
  br label %106

166:                                              ; preds = %106
  %167 = add i64 %103, 1
  br label %102

168:                                              ; preds = %102
  %169 = add i64 %99, 1
  br label %98

170:                                              ; preds = %98
  %171 = add i64 %95, 1
  br label %94

172:                                              ; preds = %94
  %173 = add i64 %91, 1
  br label %90

174:                                              ; preds = %90
  br label %175

175:                                              ; preds = %224, %174
  %176 = phi i64 [ %225, %224 ], [ 0, %174 ]
  %177 = icmp slt i64 %176, 2
  br i1 %177, label %178, label %226

178:                                              ; preds = %175
  br label %179

179:                                              ; preds = %222, %178
  %180 = phi i64 [ %223, %222 ], [ 0, %178 ]
  %181 = icmp slt i64 %180, 4
  br i1 %181, label %182, label %224

182:                                              ; preds = %179
  br label %183

183:                                              ; preds = %220, %182
  %184 = phi i64 [ %221, %220 ], [ 0, %182 ]
  %185 = icmp slt i64 %184, 4
  br i1 %185, label %186, label %222

186:                                              ; preds = %183
  br label %187

187:                                              ; preds = %190, %186
  %188 = phi i64 [ %219, %190 ], [ 0, %186 ]
  %189 = icmp slt i64 %188, 5
  br i1 %189, label %190, label %220

190:                                              ; preds = %187
  %191 = extractvalue { ptr, ptr, i64, [4 x i64], [4 x i64] } %54, 1
  %192 = mul nuw nsw i64 %176, 80
  %193 = mul nuw nsw i64 %180, 20
  %194 = add nuw nsw i64 %192, %193
  %195 = mul nuw nsw i64 %184, 5
  %196 = add nuw nsw i64 %194, %195
  %197 = add nuw nsw i64 %196, %188
  %198 = getelementptr inbounds nuw i32, ptr %191, i64 %197
  %199 = load i32, ptr %198, align 4
  %200 = sext i32 %199 to i64
  %201 = mul i64 %200, 1395864371
  %202 = add i64 %201, 274877906944
  %203 = ashr i64 %202, 39
  %204 = trunc i64 %203 to i32
  %205 = add i32 %204, -7
  %206 = icmp sgt i32 %205, -128
  %207 = select i1 %206, i32 %205, i32 -128
  %208 = icmp slt i32 %207, 127
  %209 = select i1 %208, i32 %207, i32 127
  %210 = trunc i32 %209 to i8
  %211 = extractvalue { ptr, ptr, i64, [4 x i64], [4 x i64] } %15, 1
  %212 = mul nuw nsw i64 %176, 80
  %213 = mul nuw nsw i64 %180, 20
  %214 = add nuw nsw i64 %212, %213
  %215 = mul nuw nsw i64 %184, 5
  %216 = add nuw nsw i64 %214, %215
  %217 = add nuw nsw i64 %216, %188
  %218 = getelementptr inbounds nuw i8, ptr %211, i64 %217
  store i8 %210, ptr %218, align 1
  %219 = add i64 %188, 1
  br label %187

220:                                              ; preds = %187
  %221 = add i64 %184, 1
  br label %183

222:                                              ; preds = %183
  %223 = add i64 %180, 1
  br label %179

224:                                              ; preds = %179
  %225 = add i64 %176, 1
  br label %175

226:                                              ; preds = %175
  ret void
}

define void @conv2d_layer_i8(ptr %0, ptr %1, ptr %2, ptr %3) {
  %5 = insertvalue { ptr, ptr, i64, [4 x i64], [4 x i64] } poison, ptr %3, 0
  %6 = insertvalue { ptr, ptr, i64, [4 x i64], [4 x i64] } %5, ptr %3, 1
  %7 = insertvalue { ptr, ptr, i64, [4 x i64], [4 x i64] } %6, i64 0, 2
  %8 = insertvalue { ptr, ptr, i64, [4 x i64], [4 x i64] } %7, i64 1, 3, 0
  %9 = insertvalue { ptr, ptr, i64, [4 x i64], [4 x i64] } %8, i64 75264, 4, 0
  %10 = insertvalue { ptr, ptr, i64, [4 x i64], [4 x i64] } %9, i64 28, 3, 1
  %11 = insertvalue { ptr, ptr, i64, [4 x i64], [4 x i64] } %10, i64 2688, 4, 1
  %12 = insertvalue { ptr, ptr, i64, [4 x i64], [4 x i64] } %11, i64 28, 3, 2
  %13 = insertvalue { ptr, ptr, i64, [4 x i64], [4 x i64] } %12, i64 96, 4, 2
  %14 = insertvalue { ptr, ptr, i64, [4 x i64], [4 x i64] } %13, i64 96, 3, 3
  %15 = insertvalue { ptr, ptr, i64, [4 x i64], [4 x i64] } %14, i64 1, 4, 3
  %16 = insertvalue { ptr, ptr, i64, [1 x i64], [1 x i64] } poison, ptr %2, 0
  %17 = insertvalue { ptr, ptr, i64, [1 x i64], [1 x i64] } %16, ptr %2, 1
  %18 = insertvalue { ptr, ptr, i64, [1 x i64], [1 x i64] } %17, i64 0, 2
  %19 = insertvalue { ptr, ptr, i64, [1 x i64], [1 x i64] } %18, i64 96, 3, 0
  %20 = insertvalue { ptr, ptr, i64, [1 x i64], [1 x i64] } %19, i64 1, 4, 0
  %21 = insertvalue { ptr, ptr, i64, [4 x i64], [4 x i64] } poison, ptr %1, 0
  %22 = insertvalue { ptr, ptr, i64, [4 x i64], [4 x i64] } %21, ptr %1, 1
  %23 = insertvalue { ptr, ptr, i64, [4 x i64], [4 x i64] } %22, i64 0, 2
  %24 = insertvalue { ptr, ptr, i64, [4 x i64], [4 x i64] } %23, i64 96, 3, 0
  %25 = insertvalue { ptr, ptr, i64, [4 x i64], [4 x i64] } %24, i64 576, 4, 0
  %26 = insertvalue { ptr, ptr, i64, [4 x i64], [4 x i64] } %25, i64 3, 3, 1
  %27 = insertvalue { ptr, ptr, i64, [4 x i64], [4 x i64] } %26, i64 192, 4, 1
  %28 = insertvalue { ptr, ptr, i64, [4 x i64], [4 x i64] } %27, i64 3, 3, 2
  %29 = insertvalue { ptr, ptr, i64, [4 x i64], [4 x i64] } %28, i64 64, 4, 2
  %30 = insertvalue { ptr, ptr, i64, [4 x i64], [4 x i64] } %29, i64 64, 3, 3
  %31 = insertvalue { ptr, ptr, i64, [4 x i64], [4 x i64] } %30, i64 1, 4, 3
  %32 = insertvalue { ptr, ptr, i64, [4 x i64], [4 x i64] } poison, ptr %0, 0
  %33 = insertvalue { ptr, ptr, i64, [4 x i64], [4 x i64] } %32, ptr %0, 1
  %34 = insertvalue { ptr, ptr, i64, [4 x i64], [4 x i64] } %33, i64 0, 2
  %35 = insertvalue { ptr, ptr, i64, [4 x i64], [4 x i64] } %34, i64 1, 3, 0
  %36 = insertvalue { ptr, ptr, i64, [4 x i64], [4 x i64] } %35, i64 50176, 4, 0
  %37 = insertvalue { ptr, ptr, i64, [4 x i64], [4 x i64] } %36, i64 28, 3, 1
  %38 = insertvalue { ptr, ptr, i64, [4 x i64], [4 x i64] } %37, i64 1792, 4, 1
  %39 = insertvalue { ptr, ptr, i64, [4 x i64], [4 x i64] } %38, i64 28, 3, 2
  %40 = insertvalue { ptr, ptr, i64, [4 x i64], [4 x i64] } %39, i64 64, 4, 2
  %41 = insertvalue { ptr, ptr, i64, [4 x i64], [4 x i64] } %40, i64 64, 3, 3
  %42 = insertvalue { ptr, ptr, i64, [4 x i64], [4 x i64] } %41, i64 1, 4, 3
  %43 = alloca i8, i64 57600, align 64
  %44 = insertvalue { ptr, ptr, i64, [4 x i64], [4 x i64] } poison, ptr %43, 0
  %45 = insertvalue { ptr, ptr, i64, [4 x i64], [4 x i64] } %44, ptr %43, 1
  %46 = insertvalue { ptr, ptr, i64, [4 x i64], [4 x i64] } %45, i64 0, 2
  %47 = insertvalue { ptr, ptr, i64, [4 x i64], [4 x i64] } %46, i64 1, 3, 0
  %48 = insertvalue { ptr, ptr, i64, [4 x i64], [4 x i64] } %47, i64 30, 3, 1
  %49 = insertvalue { ptr, ptr, i64, [4 x i64], [4 x i64] } %48, i64 30, 3, 2
  %50 = insertvalue { ptr, ptr, i64, [4 x i64], [4 x i64] } %49, i64 64, 3, 3
  %51 = insertvalue { ptr, ptr, i64, [4 x i64], [4 x i64] } %50, i64 57600, 4, 0
  %52 = insertvalue { ptr, ptr, i64, [4 x i64], [4 x i64] } %51, i64 1920, 4, 1
  %53 = insertvalue { ptr, ptr, i64, [4 x i64], [4 x i64] } %52, i64 64, 4, 2
  %54 = insertvalue { ptr, ptr, i64, [4 x i64], [4 x i64] } %53, i64 1, 4, 3
  br label %55

55:                                               ; preds = %77, %4
  %56 = phi i64 [ %78, %77 ], [ 0, %4 ]
  %57 = icmp slt i64 %56, 30
  br i1 %57, label %58, label %79

58:                                               ; preds = %55
  br label %59

59:                                               ; preds = %75, %58
  %60 = phi i64 [ %76, %75 ], [ 0, %58 ]
  %61 = icmp slt i64 %60, 30
  br i1 %61, label %62, label %77

62:                                               ; preds = %59
  br label %63

63:                                               ; preds = %66, %62
  %64 = phi i64 [ %74, %66 ], [ 0, %62 ]
  %65 = icmp slt i64 %64, 64
  br i1 %65, label %66, label %75

66:                                               ; preds = %63
  %67 = extractvalue { ptr, ptr, i64, [4 x i64], [4 x i64] } %54, 1
  %68 = mul nuw nsw i64 %56, 1920
  %69 = add nuw nsw i64 0, %68
  %70 = mul nuw nsw i64 %60, 64
  %71 = add nuw nsw i64 %69, %70
  %72 = add nuw nsw i64 %71, %64
  %73 = getelementptr inbounds nuw i8, ptr %67, i64 %72
  store i8 -3, ptr %73, align 1
  %74 = add i64 %64, 1
  br label %63

75:                                               ; preds = %63
  %76 = add i64 %60, 1
  br label %59

77:                                               ; preds = %59
  %78 = add i64 %56, 1
  br label %55

79:                                               ; preds = %55
  br label %80

80:                                               ; preds = %112, %79
  %81 = phi i64 [ %113, %112 ], [ 0, %79 ]
  %82 = icmp slt i64 %81, 28
  br i1 %82, label %83, label %114

83:                                               ; preds = %80
  br label %84

84:                                               ; preds = %110, %83
  %85 = phi i64 [ %111, %110 ], [ 0, %83 ]
  %86 = icmp slt i64 %85, 28
  br i1 %86, label %87, label %112

87:                                               ; preds = %84
  br label %88

88:                                               ; preds = %91, %87
  %89 = phi i64 [ %109, %91 ], [ 0, %87 ]
  %90 = icmp slt i64 %89, 64
  br i1 %90, label %91, label %110

91:                                               ; preds = %88
  %92 = extractvalue { ptr, ptr, i64, [4 x i64], [4 x i64] } %42, 1
  %93 = mul nuw nsw i64 %81, 1792
  %94 = add nuw nsw i64 0, %93
  %95 = mul nuw nsw i64 %85, 64
  %96 = add nuw nsw i64 %94, %95
  %97 = add nuw nsw i64 %96, %89
  %98 = getelementptr inbounds nuw i8, ptr %92, i64 %97
  %99 = load i8, ptr %98, align 1
  %100 = add i64 %81, 1
  %101 = add i64 %85, 1
  %102 = extractvalue { ptr, ptr, i64, [4 x i64], [4 x i64] } %54, 1
  %103 = mul nuw nsw i64 %100, 1920
  %104 = add nuw nsw i64 0, %103
  %105 = mul nuw nsw i64 %101, 64
  %106 = add nuw nsw i64 %104, %105
  %107 = add nuw nsw i64 %106, %89
  %108 = getelementptr inbounds nuw i8, ptr %102, i64 %107
  store i8 %99, ptr %108, align 1
  %109 = add i64 %89, 1
  br label %88

110:                                              ; preds = %88
  %111 = add i64 %85, 1
  br label %84

112:                                              ; preds = %84
  %113 = add i64 %81, 1
  br label %80

114:                                              ; preds = %80
  %115 = alloca i32, i64 75264, align 64
  %116 = insertvalue { ptr, ptr, i64, [4 x i64], [4 x i64] } poison, ptr %115, 0
  %117 = insertvalue { ptr, ptr, i64, [4 x i64], [4 x i64] } %116, ptr %115, 1
  %118 = insertvalue { ptr, ptr, i64, [4 x i64], [4 x i64] } %117, i64 0, 2
  %119 = insertvalue { ptr, ptr, i64, [4 x i64], [4 x i64] } %118, i64 1, 3, 0
  %120 = insertvalue { ptr, ptr, i64, [4 x i64], [4 x i64] } %119, i64 28, 3, 1
  %121 = insertvalue { ptr, ptr, i64, [4 x i64], [4 x i64] } %120, i64 28, 3, 2
  %122 = insertvalue { ptr, ptr, i64, [4 x i64], [4 x i64] } %121, i64 96, 3, 3
  %123 = insertvalue { ptr, ptr, i64, [4 x i64], [4 x i64] } %122, i64 75264, 4, 0
  %124 = insertvalue { ptr, ptr, i64, [4 x i64], [4 x i64] } %123, i64 2688, 4, 1
  %125 = insertvalue { ptr, ptr, i64, [4 x i64], [4 x i64] } %124, i64 96, 4, 2
  %126 = insertvalue { ptr, ptr, i64, [4 x i64], [4 x i64] } %125, i64 1, 4, 3
  br label %127

127:                                              ; preds = %152, %114
  %128 = phi i64 [ %153, %152 ], [ 0, %114 ]
  %129 = icmp slt i64 %128, 28
  br i1 %129, label %130, label %154

130:                                              ; preds = %127
  br label %131

131:                                              ; preds = %150, %130
  %132 = phi i64 [ %151, %150 ], [ 0, %130 ]
  %133 = icmp slt i64 %132, 28
  br i1 %133, label %134, label %152

134:                                              ; preds = %131
  br label %135

135:                                              ; preds = %138, %134
  %136 = phi i64 [ %149, %138 ], [ 0, %134 ]
  %137 = icmp slt i64 %136, 96
  br i1 %137, label %138, label %150

138:                                              ; preds = %135
  %139 = extractvalue { ptr, ptr, i64, [1 x i64], [1 x i64] } %20, 1
  %140 = getelementptr inbounds nuw i32, ptr %139, i64 %136
  %141 = load i32, ptr %140, align 4
  %142 = extractvalue { ptr, ptr, i64, [4 x i64], [4 x i64] } %126, 1
  %143 = mul nuw nsw i64 %128, 2688
  %144 = add nuw nsw i64 0, %143
  %145 = mul nuw nsw i64 %132, 96
  %146 = add nuw nsw i64 %144, %145
  %147 = add nuw nsw i64 %146, %136
  %148 = getelementptr inbounds nuw i32, ptr %142, i64 %147
  store i32 %141, ptr %148, align 4
  %149 = add i64 %136, 1
  br label %135

150:                                              ; preds = %135
  %151 = add i64 %132, 1
  br label %131

152:                                              ; preds = %131
  %153 = add i64 %128, 1
  br label %127

154:                                              ; preds = %127
  br label %155

155:                                              ; preds = %227, %154
  %156 = phi i64 [ %228, %227 ], [ 0, %154 ]
  %157 = icmp slt i64 %156, 28
  br i1 %157, label %158, label %229

158:                                              ; preds = %155
  br label %159

159:                                              ; preds = %225, %158
  %160 = phi i64 [ %226, %225 ], [ 0, %158 ]
  %161 = icmp slt i64 %160, 28
  br i1 %161, label %162, label %227

162:                                              ; preds = %159
  br label %163

163:                                              ; preds = %223, %162
  %164 = phi i64 [ %224, %223 ], [ 0, %162 ]
  %165 = icmp slt i64 %164, 96
  br i1 %165, label %166, label %225

166:                                              ; preds = %163
  br label %167

167:                                              ; preds = %221, %166
  %168 = phi i64 [ %222, %221 ], [ 0, %166 ]
  %169 = icmp slt i64 %168, 3
  br i1 %169, label %170, label %223

170:                                              ; preds = %167
  br label %171

171:                                              ; preds = %219, %170
  %172 = phi i64 [ %220, %219 ], [ 0, %170 ]
  %173 = icmp slt i64 %172, 3
  br i1 %173, label %174, label %221

174:                                              ; preds = %171
  br label %175

175:                                              ; preds = %178, %174
  %176 = phi i64 [ %218, %178 ], [ 0, %174 ]
  %177 = icmp slt i64 %176, 64
  br i1 %177, label %178, label %219

178:                                              ; preds = %175
  %179 = add i64 %156, %168
  %180 = add i64 %160, %172
  %181 = extractvalue { ptr, ptr, i64, [4 x i64], [4 x i64] } %54, 1
  %182 = mul nuw nsw i64 %179, 1920
  %183 = add nuw nsw i64 0, %182
  %184 = mul nuw nsw i64 %180, 64
  %185 = add nuw nsw i64 %183, %184
  %186 = add nuw nsw i64 %185, %176
  %187 = getelementptr inbounds nuw i8, ptr %181, i64 %186
  %188 = load i8, ptr %187, align 1
  %189 = extractvalue { ptr, ptr, i64, [4 x i64], [4 x i64] } %31, 1
  %190 = mul nuw nsw i64 %164, 576
  %191 = mul nuw nsw i64 %168, 192
  %192 = add nuw nsw i64 %190, %191
  %193 = mul nuw nsw i64 %172, 64
  %194 = add nuw nsw i64 %192, %193
  %195 = add nuw nsw i64 %194, %176
  %196 = getelementptr inbounds nuw i8, ptr %189, i64 %195
  %197 = load i8, ptr %196, align 1
  %198 = extractvalue { ptr, ptr, i64, [4 x i64], [4 x i64] } %126, 1
  %199 = mul nuw nsw i64 %156, 2688
  %200 = add nuw nsw i64 0, %199
  %201 = mul nuw nsw i64 %160, 96
  %202 = add nuw nsw i64 %200, %201
  %203 = add nuw nsw i64 %202, %164
  %204 = getelementptr inbounds nuw i32, ptr %198, i64 %203
  %205 = load i32, ptr %204, align 4
  %206 = sext i8 %188 to i32
  %207 = sub i32 %206, -3
  %208 = sext i8 %197 to i32
  %209 = mul i32 %207, %208
  %210 = add i32 %205, %209
  %211 = extractvalue { ptr, ptr, i64, [4 x i64], [4 x i64] } %126, 1
  %212 = mul nuw nsw i64 %156, 2688
  %213 = add nuw nsw i64 0, %212
  %214 = mul nuw nsw i64 %160, 96
  %215 = add nuw nsw i64 %213, %214
  %216 = add nuw nsw i64 %215, %164
  %217 = getelementptr inbounds nuw i32, ptr %211, i64 %216
  store i32 %210, ptr %217, align 4
  %218 = add i64 %176, 1
  br label %175

219:                                              ; preds = %175
  %220 = add i64 %172, 1
  br label %171

221:                                              ; preds = %171
  %222 = add i64 %168, 1
  br label %167

223:                                              ; preds = %167
  %224 = add i64 %164, 1
  br label %163

225:                                              ; preds = %163
  %226 = add i64 %160, 1
  br label %159

227:                                              ; preds = %159
  %228 = add i64 %156, 1
  br label %155

229:                                              ; preds = %155
  br label %230

230:                                              ; preds = %274, %229
  %231 = phi i64 [ %275, %274 ], [ 0, %229 ]
  %232 = icmp slt i64 %231, 28
  br i1 %232, label %233, label %276

233:                                              ; preds = %230
  br label %234

234:                                              ; preds = %272, %233
  %235 = phi i64 [ %273, %272 ], [ 0, %233 ]
  %236 = icmp slt i64 %235, 28
  br i1 %236, label %237, label %274

237:                                              ; preds = %234
  br label %238

238:                                              ; preds = %241, %237
  %239 = phi i64 [ %271, %241 ], [ 0, %237 ]
  %240 = icmp slt i64 %239, 96
  br i1 %240, label %241, label %272

241:                                              ; preds = %238
  %242 = extractvalue { ptr, ptr, i64, [4 x i64], [4 x i64] } %126, 1
  %243 = mul nuw nsw i64 %231, 2688
  %244 = add nuw nsw i64 0, %243
  %245 = mul nuw nsw i64 %235, 96
  %246 = add nuw nsw i64 %244, %245
  %247 = add nuw nsw i64 %246, %239
  %248 = getelementptr inbounds nuw i32, ptr %242, i64 %247
  %249 = load i32, ptr %248, align 4
  %250 = sext i32 %249 to i64
  %251 = mul i64 %250, 1395864371
  %252 = add i64 %251, 2199023255552
  %253 = icmp sge i32 %249, 0
  %254 = select i1 %253, i64 1073741824, i64 -1073741824
  %255 = add i64 %254, %252
  %256 = ashr i64 %255, 42
  %257 = trunc i64 %256 to i32
  %258 = add i32 %257, 5
  %259 = icmp sgt i32 %258, -128
  %260 = select i1 %259, i32 %258, i32 -128
  %261 = icmp slt i32 %260, 127
  %262 = select i1 %261, i32 %260, i32 127
  %263 = trunc i32 %262 to i8
  %264 = extractvalue { ptr, ptr, i64, [4 x i64], [4 x i64] } %15, 1
  %265 = mul nuw nsw i64 %231, 2688
  %266 = add nuw nsw i64 0, %265
  %267 = mul nuw nsw i64 %235, 96
  %268 = add nuw nsw i64 %266, %267
  %269 = add nuw nsw i64 %268, %239
  %270 = getelementptr inbounds nuw i8, ptr %264, i64 %269
  store i8 %263, ptr %270, align 1
  %271 = add i64 %239, 1
  br label %238

272:                                              ; preds = %238
  %273 = add i64 %235, 1
  br label %234

274:                                              ; preds = %234
  %275 = add i64 %231, 1
  br label %230

276:                                              ; preds = %230
  ret void
}

!llvm.module.flags = !{!0}

!0 = !{i32 2, !"Debug Info Version", i32 3}
