; ModuleID = 'LLVMDialectModule'
source_filename = "LLVMDialectModule"

@__constant_5xi32 = private constant [5 x i32] [i32 1073741824, i32 1342177280, i32 1610612736, i32 2147483647, i32 1200000000], align 64
@__constant_5xi8 = private constant [5 x i8] c"&''(&", align 64

define void @depthwise_i8(ptr %0, ptr %1, i64 %2, i64 %3, i64 %4, i64 %5, i64 %6, i64 %7, i64 %8, i64 %9, i64 %10, ptr %11, ptr %12, i64 %13, i64 %14, i64 %15, i64 %16, i64 %17, i64 %18, i64 %19, i64 %20, i64 %21, ptr %22, ptr %23, i64 %24, i64 %25, i64 %26, ptr %27, ptr %28, i64 %29, i64 %30, i64 %31, i64 %32, i64 %33, i64 %34, i64 %35, i64 %36, i64 %37) {
  %39 = insertvalue { ptr, ptr, i64, [4 x i64], [4 x i64] } poison, ptr %27, 0
  %40 = insertvalue { ptr, ptr, i64, [4 x i64], [4 x i64] } %39, ptr %28, 1
  %41 = insertvalue { ptr, ptr, i64, [4 x i64], [4 x i64] } %40, i64 %29, 2
  %42 = insertvalue { ptr, ptr, i64, [4 x i64], [4 x i64] } %41, i64 %30, 3, 0
  %43 = insertvalue { ptr, ptr, i64, [4 x i64], [4 x i64] } %42, i64 %34, 4, 0
  %44 = insertvalue { ptr, ptr, i64, [4 x i64], [4 x i64] } %43, i64 %31, 3, 1
  %45 = insertvalue { ptr, ptr, i64, [4 x i64], [4 x i64] } %44, i64 %35, 4, 1
  %46 = insertvalue { ptr, ptr, i64, [4 x i64], [4 x i64] } %45, i64 %32, 3, 2
  %47 = insertvalue { ptr, ptr, i64, [4 x i64], [4 x i64] } %46, i64 %36, 4, 2
  %48 = insertvalue { ptr, ptr, i64, [4 x i64], [4 x i64] } %47, i64 %33, 3, 3
  %49 = insertvalue { ptr, ptr, i64, [4 x i64], [4 x i64] } %48, i64 %37, 4, 3
  %50 = insertvalue { ptr, ptr, i64, [1 x i64], [1 x i64] } poison, ptr %22, 0
  %51 = insertvalue { ptr, ptr, i64, [1 x i64], [1 x i64] } %50, ptr %23, 1
  %52 = insertvalue { ptr, ptr, i64, [1 x i64], [1 x i64] } %51, i64 %24, 2
  %53 = insertvalue { ptr, ptr, i64, [1 x i64], [1 x i64] } %52, i64 %25, 3, 0
  %54 = insertvalue { ptr, ptr, i64, [1 x i64], [1 x i64] } %53, i64 %26, 4, 0
  %55 = insertvalue { ptr, ptr, i64, [4 x i64], [4 x i64] } poison, ptr %11, 0
  %56 = insertvalue { ptr, ptr, i64, [4 x i64], [4 x i64] } %55, ptr %12, 1
  %57 = insertvalue { ptr, ptr, i64, [4 x i64], [4 x i64] } %56, i64 %13, 2
  %58 = insertvalue { ptr, ptr, i64, [4 x i64], [4 x i64] } %57, i64 %14, 3, 0
  %59 = insertvalue { ptr, ptr, i64, [4 x i64], [4 x i64] } %58, i64 %18, 4, 0
  %60 = insertvalue { ptr, ptr, i64, [4 x i64], [4 x i64] } %59, i64 %15, 3, 1
  %61 = insertvalue { ptr, ptr, i64, [4 x i64], [4 x i64] } %60, i64 %19, 4, 1
  %62 = insertvalue { ptr, ptr, i64, [4 x i64], [4 x i64] } %61, i64 %16, 3, 2
  %63 = insertvalue { ptr, ptr, i64, [4 x i64], [4 x i64] } %62, i64 %20, 4, 2
  %64 = insertvalue { ptr, ptr, i64, [4 x i64], [4 x i64] } %63, i64 %17, 3, 3
  %65 = insertvalue { ptr, ptr, i64, [4 x i64], [4 x i64] } %64, i64 %21, 4, 3
  %66 = insertvalue { ptr, ptr, i64, [4 x i64], [4 x i64] } poison, ptr %0, 0
  %67 = insertvalue { ptr, ptr, i64, [4 x i64], [4 x i64] } %66, ptr %1, 1
  %68 = insertvalue { ptr, ptr, i64, [4 x i64], [4 x i64] } %67, i64 %2, 2
  %69 = insertvalue { ptr, ptr, i64, [4 x i64], [4 x i64] } %68, i64 %3, 3, 0
  %70 = insertvalue { ptr, ptr, i64, [4 x i64], [4 x i64] } %69, i64 %7, 4, 0
  %71 = insertvalue { ptr, ptr, i64, [4 x i64], [4 x i64] } %70, i64 %4, 3, 1
  %72 = insertvalue { ptr, ptr, i64, [4 x i64], [4 x i64] } %71, i64 %8, 4, 1
  %73 = insertvalue { ptr, ptr, i64, [4 x i64], [4 x i64] } %72, i64 %5, 3, 2
  %74 = insertvalue { ptr, ptr, i64, [4 x i64], [4 x i64] } %73, i64 %9, 4, 2
  %75 = insertvalue { ptr, ptr, i64, [4 x i64], [4 x i64] } %74, i64 %6, 3, 3
  %76 = insertvalue { ptr, ptr, i64, [4 x i64], [4 x i64] } %75, i64 %10, 4, 3
  %77 = alloca i8, i64 57600, align 64
  %78 = insertvalue { ptr, ptr, i64, [4 x i64], [4 x i64] } poison, ptr %77, 0
  %79 = insertvalue { ptr, ptr, i64, [4 x i64], [4 x i64] } %78, ptr %77, 1
  %80 = insertvalue { ptr, ptr, i64, [4 x i64], [4 x i64] } %79, i64 0, 2
  %81 = insertvalue { ptr, ptr, i64, [4 x i64], [4 x i64] } %80, i64 1, 3, 0
  %82 = insertvalue { ptr, ptr, i64, [4 x i64], [4 x i64] } %81, i64 30, 3, 1
  %83 = insertvalue { ptr, ptr, i64, [4 x i64], [4 x i64] } %82, i64 30, 3, 2
  %84 = insertvalue { ptr, ptr, i64, [4 x i64], [4 x i64] } %83, i64 64, 3, 3
  %85 = insertvalue { ptr, ptr, i64, [4 x i64], [4 x i64] } %84, i64 57600, 4, 0
  %86 = insertvalue { ptr, ptr, i64, [4 x i64], [4 x i64] } %85, i64 1920, 4, 1
  %87 = insertvalue { ptr, ptr, i64, [4 x i64], [4 x i64] } %86, i64 64, 4, 2
  %88 = insertvalue { ptr, ptr, i64, [4 x i64], [4 x i64] } %87, i64 1, 4, 3
  br label %89

89:                                               ; preds = %111, %38
  %90 = phi i64 [ %112, %111 ], [ 0, %38 ]
  %91 = icmp slt i64 %90, 30
  br i1 %91, label %92, label %113

92:                                               ; preds = %89
  br label %93

93:                                               ; preds = %109, %92
  %94 = phi i64 [ %110, %109 ], [ 0, %92 ]
  %95 = icmp slt i64 %94, 30
  br i1 %95, label %96, label %111

96:                                               ; preds = %93
  br label %97

97:                                               ; preds = %100, %96
  %98 = phi i64 [ %108, %100 ], [ 0, %96 ]
  %99 = icmp slt i64 %98, 64
  br i1 %99, label %100, label %109

100:                                              ; preds = %97
  %101 = extractvalue { ptr, ptr, i64, [4 x i64], [4 x i64] } %88, 1
  %102 = mul nuw nsw i64 %90, 1920
  %103 = add nuw nsw i64 0, %102
  %104 = mul nuw nsw i64 %94, 64
  %105 = add nuw nsw i64 %103, %104
  %106 = add nuw nsw i64 %105, %98
  %107 = getelementptr inbounds nuw i8, ptr %101, i64 %106
  store i8 -3, ptr %107, align 1
  %108 = add i64 %98, 1
  br label %97

109:                                              ; preds = %97
  %110 = add i64 %94, 1
  br label %93

111:                                              ; preds = %93
  %112 = add i64 %90, 1
  br label %89

113:                                              ; preds = %89
  br label %114

114:                                              ; preds = %146, %113
  %115 = phi i64 [ %147, %146 ], [ 0, %113 ]
  %116 = icmp slt i64 %115, 28
  br i1 %116, label %117, label %148

117:                                              ; preds = %114
  br label %118

118:                                              ; preds = %144, %117
  %119 = phi i64 [ %145, %144 ], [ 0, %117 ]
  %120 = icmp slt i64 %119, 28
  br i1 %120, label %121, label %146

121:                                              ; preds = %118
  br label %122

122:                                              ; preds = %125, %121
  %123 = phi i64 [ %143, %125 ], [ 0, %121 ]
  %124 = icmp slt i64 %123, 64
  br i1 %124, label %125, label %144

125:                                              ; preds = %122
  %126 = extractvalue { ptr, ptr, i64, [4 x i64], [4 x i64] } %76, 1
  %127 = mul nuw nsw i64 %115, 1792
  %128 = add nuw nsw i64 0, %127
  %129 = mul nuw nsw i64 %119, 64
  %130 = add nuw nsw i64 %128, %129
  %131 = add nuw nsw i64 %130, %123
  %132 = getelementptr inbounds nuw i8, ptr %126, i64 %131
  %133 = load i8, ptr %132, align 1
  %134 = add i64 %115, 1
  %135 = add i64 %119, 1
  %136 = extractvalue { ptr, ptr, i64, [4 x i64], [4 x i64] } %88, 1
  %137 = mul nuw nsw i64 %134, 1920
  %138 = add nuw nsw i64 0, %137
  %139 = mul nuw nsw i64 %135, 64
  %140 = add nuw nsw i64 %138, %139
  %141 = add nuw nsw i64 %140, %123
  %142 = getelementptr inbounds nuw i8, ptr %136, i64 %141
  store i8 %133, ptr %142, align 1
  %143 = add i64 %123, 1
  br label %122

144:                                              ; preds = %122
  %145 = add i64 %119, 1
  br label %118

146:                                              ; preds = %118
  %147 = add i64 %115, 1
  br label %114

148:                                              ; preds = %114
  %149 = alloca i32, i64 50176, align 64
  %150 = insertvalue { ptr, ptr, i64, [5 x i64], [5 x i64] } poison, ptr %149, 0
  %151 = insertvalue { ptr, ptr, i64, [5 x i64], [5 x i64] } %150, ptr %149, 1
  %152 = insertvalue { ptr, ptr, i64, [5 x i64], [5 x i64] } %151, i64 0, 2
  %153 = insertvalue { ptr, ptr, i64, [5 x i64], [5 x i64] } %152, i64 1, 3, 0
  %154 = insertvalue { ptr, ptr, i64, [5 x i64], [5 x i64] } %153, i64 28, 3, 1
  %155 = insertvalue { ptr, ptr, i64, [5 x i64], [5 x i64] } %154, i64 28, 3, 2
  %156 = insertvalue { ptr, ptr, i64, [5 x i64], [5 x i64] } %155, i64 64, 3, 3
  %157 = insertvalue { ptr, ptr, i64, [5 x i64], [5 x i64] } %156, i64 1, 3, 4
  %158 = insertvalue { ptr, ptr, i64, [5 x i64], [5 x i64] } %157, i64 50176, 4, 0
  %159 = insertvalue { ptr, ptr, i64, [5 x i64], [5 x i64] } %158, i64 1792, 4, 1
  %160 = insertvalue { ptr, ptr, i64, [5 x i64], [5 x i64] } %159, i64 64, 4, 2
  %161 = insertvalue { ptr, ptr, i64, [5 x i64], [5 x i64] } %160, i64 1, 4, 3
  %162 = insertvalue { ptr, ptr, i64, [5 x i64], [5 x i64] } %161, i64 1, 4, 4
  br label %163

163:                                              ; preds = %186, %148
  %164 = phi i64 [ %187, %186 ], [ 0, %148 ]
  %165 = icmp slt i64 %164, 28
  br i1 %165, label %166, label %188

166:                                              ; preds = %163
  br label %167

167:                                              ; preds = %184, %166
  %168 = phi i64 [ %185, %184 ], [ 0, %166 ]
  %169 = icmp slt i64 %168, 28
  br i1 %169, label %170, label %186

170:                                              ; preds = %167
  br label %171

171:                                              ; preds = %174, %170
  %172 = phi i64 [ %183, %174 ], [ 0, %170 ]
  %173 = icmp slt i64 %172, 64
  br i1 %173, label %174, label %184

174:                                              ; preds = %171
  %175 = extractvalue { ptr, ptr, i64, [5 x i64], [5 x i64] } %162, 1
  %176 = mul nuw nsw i64 %164, 1792
  %177 = add nuw nsw i64 0, %176
  %178 = mul nuw nsw i64 %168, 64
  %179 = add nuw nsw i64 %177, %178
  %180 = add nuw nsw i64 %179, %172
  %181 = add nuw nsw i64 %180, 0
  %182 = getelementptr inbounds nuw i32, ptr %175, i64 %181
  store i32 0, ptr %182, align 4
  %183 = add i64 %172, 1
  br label %171

184:                                              ; preds = %171
  %185 = add i64 %168, 1
  br label %167

186:                                              ; preds = %167
  %187 = add i64 %164, 1
  br label %163

188:                                              ; preds = %163
  br label %189

189:                                              ; preds = %256, %188
  %190 = phi i64 [ %257, %256 ], [ 0, %188 ]
  %191 = icmp slt i64 %190, 28
  br i1 %191, label %192, label %258

192:                                              ; preds = %189
  br label %193

193:                                              ; preds = %254, %192
  %194 = phi i64 [ %255, %254 ], [ 0, %192 ]
  %195 = icmp slt i64 %194, 28
  br i1 %195, label %196, label %256

196:                                              ; preds = %193
  br label %197

197:                                              ; preds = %252, %196
  %198 = phi i64 [ %253, %252 ], [ 0, %196 ]
  %199 = icmp slt i64 %198, 64
  br i1 %199, label %200, label %254

200:                                              ; preds = %197
  br label %201

201:                                              ; preds = %250, %200
  %202 = phi i64 [ %251, %250 ], [ 0, %200 ]
  %203 = icmp slt i64 %202, 3
  br i1 %203, label %204, label %252

204:                                              ; preds = %201
  br label %205

205:                                              ; preds = %208, %204
  %206 = phi i64 [ %249, %208 ], [ 0, %204 ]
  %207 = icmp slt i64 %206, 3
  br i1 %207, label %208, label %250

208:                                              ; preds = %205
  %209 = add i64 %190, %202
  %210 = add i64 %194, %206
  %211 = extractvalue { ptr, ptr, i64, [4 x i64], [4 x i64] } %88, 1
  %212 = mul nuw nsw i64 %209, 1920
  %213 = add nuw nsw i64 0, %212
  %214 = mul nuw nsw i64 %210, 64
  %215 = add nuw nsw i64 %213, %214
  %216 = add nuw nsw i64 %215, %198
  %217 = getelementptr inbounds nuw i8, ptr %211, i64 %216
  %218 = load i8, ptr %217, align 1
  %219 = extractvalue { ptr, ptr, i64, [4 x i64], [4 x i64] } %65, 1
  %220 = mul nuw nsw i64 %202, 192
  %221 = mul nuw nsw i64 %206, 64
  %222 = add nuw nsw i64 %220, %221
  %223 = add nuw nsw i64 %222, %198
  %224 = add nuw nsw i64 %223, 0
  %225 = getelementptr inbounds nuw i8, ptr %219, i64 %224
  %226 = load i8, ptr %225, align 1
  %227 = extractvalue { ptr, ptr, i64, [5 x i64], [5 x i64] } %162, 1
  %228 = mul nuw nsw i64 %190, 1792
  %229 = add nuw nsw i64 0, %228
  %230 = mul nuw nsw i64 %194, 64
  %231 = add nuw nsw i64 %229, %230
  %232 = add nuw nsw i64 %231, %198
  %233 = add nuw nsw i64 %232, 0
  %234 = getelementptr inbounds nuw i32, ptr %227, i64 %233
  %235 = load i32, ptr %234, align 4
  %236 = sext i8 %218 to i32
  %237 = sub i32 %236, -3
  %238 = sext i8 %226 to i32
  %239 = mul i32 %237, %238
  %240 = add i32 %235, %239
  %241 = extractvalue { ptr, ptr, i64, [5 x i64], [5 x i64] } %162, 1
  %242 = mul nuw nsw i64 %190, 1792
  %243 = add nuw nsw i64 0, %242
  %244 = mul nuw nsw i64 %194, 64
  %245 = add nuw nsw i64 %243, %244
  %246 = add nuw nsw i64 %245, %198
  %247 = add nuw nsw i64 %246, 0
  %248 = getelementptr inbounds nuw i32, ptr %241, i64 %247
  store i32 %240, ptr %248, align 4
  %249 = add i64 %206, 1
  br label %205

250:                                              ; preds = %205
  %251 = add i64 %202, 1
  br label %201

252:                                              ; preds = %201
  %253 = add i64 %198, 1
  br label %197

254:                                              ; preds = %197
  %255 = add i64 %194, 1
  br label %193

256:                                              ; preds = %193
  %257 = add i64 %190, 1
  br label %189

258:                                              ; preds = %189
  br label %259

259:                                              ; preds = %308, %258
  %260 = phi i64 [ %309, %308 ], [ 0, %258 ]
  %261 = icmp slt i64 %260, 28
  br i1 %261, label %262, label %310

262:                                              ; preds = %259
  br label %263

263:                                              ; preds = %306, %262
  %264 = phi i64 [ %307, %306 ], [ 0, %262 ]
  %265 = icmp slt i64 %264, 28
  br i1 %265, label %266, label %308

266:                                              ; preds = %263
  br label %267

267:                                              ; preds = %270, %266
  %268 = phi i64 [ %305, %270 ], [ 0, %266 ]
  %269 = icmp slt i64 %268, 64
  br i1 %269, label %270, label %306

270:                                              ; preds = %267
  %271 = extractvalue { ptr, ptr, i64, [1 x i64], [1 x i64] } %54, 1
  %272 = getelementptr inbounds nuw i32, ptr %271, i64 %268
  %273 = load i32, ptr %272, align 4
  %274 = extractvalue { ptr, ptr, i64, [5 x i64], [5 x i64] } %162, 1
  %275 = mul nuw nsw i64 %260, 1792
  %276 = add nuw nsw i64 0, %275
  %277 = mul nuw nsw i64 %264, 64
  %278 = add nuw nsw i64 %276, %277
  %279 = add nuw nsw i64 %278, %268
  %280 = add nuw nsw i64 %279, 0
  %281 = getelementptr inbounds nuw i32, ptr %274, i64 %280
  %282 = load i32, ptr %281, align 4
  %283 = add i32 %273, %282
  %284 = sext i32 %283 to i64
  %285 = mul i64 %284, 1395864371
  %286 = add i64 %285, 274877906944
  %287 = icmp sge i32 %283, 0
  %288 = select i1 %287, i64 1073741824, i64 -1073741824
  %289 = add i64 %288, %286
  %290 = ashr i64 %289, 39
  %291 = trunc i64 %290 to i32
  %292 = add i32 %291, -7
  %293 = icmp sgt i32 %292, -128
  %294 = select i1 %293, i32 %292, i32 -128
  %295 = icmp slt i32 %294, 127
  %296 = select i1 %295, i32 %294, i32 127
  %297 = trunc i32 %296 to i8
  %298 = extractvalue { ptr, ptr, i64, [4 x i64], [4 x i64] } %49, 1
  %299 = mul nuw nsw i64 %260, 1792
  %300 = add nuw nsw i64 0, %299
  %301 = mul nuw nsw i64 %264, 64
  %302 = add nuw nsw i64 %300, %301
  %303 = add nuw nsw i64 %302, %268
  %304 = getelementptr inbounds nuw i8, ptr %298, i64 %303
  store i8 %297, ptr %304, align 1
  %305 = add i64 %268, 1
  br label %267

306:                                              ; preds = %267
  %307 = add i64 %264, 1
  br label %263

308:                                              ; preds = %263
  %309 = add i64 %260, 1
  br label %259

310:                                              ; preds = %259
  ret void
}

define void @_mlir_ciface_depthwise_i8(ptr %0, ptr %1, ptr %2, ptr %3) {
  %5 = load { ptr, ptr, i64, [4 x i64], [4 x i64] }, ptr %0, align 8
  %6 = extractvalue { ptr, ptr, i64, [4 x i64], [4 x i64] } %5, 0
  %7 = extractvalue { ptr, ptr, i64, [4 x i64], [4 x i64] } %5, 1
  %8 = extractvalue { ptr, ptr, i64, [4 x i64], [4 x i64] } %5, 2
  %9 = extractvalue { ptr, ptr, i64, [4 x i64], [4 x i64] } %5, 3, 0
  %10 = extractvalue { ptr, ptr, i64, [4 x i64], [4 x i64] } %5, 3, 1
  %11 = extractvalue { ptr, ptr, i64, [4 x i64], [4 x i64] } %5, 3, 2
  %12 = extractvalue { ptr, ptr, i64, [4 x i64], [4 x i64] } %5, 3, 3
  %13 = extractvalue { ptr, ptr, i64, [4 x i64], [4 x i64] } %5, 4, 0
  %14 = extractvalue { ptr, ptr, i64, [4 x i64], [4 x i64] } %5, 4, 1
  %15 = extractvalue { ptr, ptr, i64, [4 x i64], [4 x i64] } %5, 4, 2
  %16 = extractvalue { ptr, ptr, i64, [4 x i64], [4 x i64] } %5, 4, 3
  %17 = load { ptr, ptr, i64, [4 x i64], [4 x i64] }, ptr %1, align 8
  %18 = extractvalue { ptr, ptr, i64, [4 x i64], [4 x i64] } %17, 0
  %19 = extractvalue { ptr, ptr, i64, [4 x i64], [4 x i64] } %17, 1
  %20 = extractvalue { ptr, ptr, i64, [4 x i64], [4 x i64] } %17, 2
  %21 = extractvalue { ptr, ptr, i64, [4 x i64], [4 x i64] } %17, 3, 0
  %22 = extractvalue { ptr, ptr, i64, [4 x i64], [4 x i64] } %17, 3, 1
  %23 = extractvalue { ptr, ptr, i64, [4 x i64], [4 x i64] } %17, 3, 2
  %24 = extractvalue { ptr, ptr, i64, [4 x i64], [4 x i64] } %17, 3, 3
  %25 = extractvalue { ptr, ptr, i64, [4 x i64], [4 x i64] } %17, 4, 0
  %26 = extractvalue { ptr, ptr, i64, [4 x i64], [4 x i64] } %17, 4, 1
  %27 = extractvalue { ptr, ptr, i64, [4 x i64], [4 x i64] } %17, 4, 2
  %28 = extractvalue { ptr, ptr, i64, [4 x i64], [4 x i64] } %17, 4, 3
  %29 = load { ptr, ptr, i64, [1 x i64], [1 x i64] }, ptr %2, align 8
  %30 = extractvalue { ptr, ptr, i64, [1 x i64], [1 x i64] } %29, 0
  %31 = extractvalue { ptr, ptr, i64, [1 x i64], [1 x i64] } %29, 1
  %32 = extractvalue { ptr, ptr, i64, [1 x i64], [1 x i64] } %29, 2
  %33 = extractvalue { ptr, ptr, i64, [1 x i64], [1 x i64] } %29, 3, 0
  %34 = extractvalue { ptr, ptr, i64, [1 x i64], [1 x i64] } %29, 4, 0
  %35 = load { ptr, ptr, i64, [4 x i64], [4 x i64] }, ptr %3, align 8
  %36 = extractvalue { ptr, ptr, i64, [4 x i64], [4 x i64] } %35, 0
  %37 = extractvalue { ptr, ptr, i64, [4 x i64], [4 x i64] } %35, 1
  %38 = extractvalue { ptr, ptr, i64, [4 x i64], [4 x i64] } %35, 2
  %39 = extractvalue { ptr, ptr, i64, [4 x i64], [4 x i64] } %35, 3, 0
  %40 = extractvalue { ptr, ptr, i64, [4 x i64], [4 x i64] } %35, 3, 1
  %41 = extractvalue { ptr, ptr, i64, [4 x i64], [4 x i64] } %35, 3, 2
  %42 = extractvalue { ptr, ptr, i64, [4 x i64], [4 x i64] } %35, 3, 3
  %43 = extractvalue { ptr, ptr, i64, [4 x i64], [4 x i64] } %35, 4, 0
  %44 = extractvalue { ptr, ptr, i64, [4 x i64], [4 x i64] } %35, 4, 1
  %45 = extractvalue { ptr, ptr, i64, [4 x i64], [4 x i64] } %35, 4, 2
  %46 = extractvalue { ptr, ptr, i64, [4 x i64], [4 x i64] } %35, 4, 3
  call void @depthwise_i8(ptr %6, ptr %7, i64 %8, i64 %9, i64 %10, i64 %11, i64 %12, i64 %13, i64 %14, i64 %15, i64 %16, ptr %18, ptr %19, i64 %20, i64 %21, i64 %22, i64 %23, i64 %24, i64 %25, i64 %26, i64 %27, i64 %28, ptr %30, ptr %31, i64 %32, i64 %33, i64 %34, ptr %36, ptr %37, i64 %38, i64 %39, i64 %40, i64 %41, i64 %42, i64 %43, i64 %44, i64 %45, i64 %46)
  ret void
}

define void @depthwise_i8_stride2(ptr %0, ptr %1, i64 %2, i64 %3, i64 %4, i64 %5, i64 %6, i64 %7, i64 %8, i64 %9, i64 %10, ptr %11, ptr %12, i64 %13, i64 %14, i64 %15, i64 %16, i64 %17, i64 %18, i64 %19, i64 %20, i64 %21, ptr %22, ptr %23, i64 %24, i64 %25, i64 %26, ptr %27, ptr %28, i64 %29, i64 %30, i64 %31, i64 %32, i64 %33, i64 %34, i64 %35, i64 %36, i64 %37) {
  %39 = insertvalue { ptr, ptr, i64, [4 x i64], [4 x i64] } poison, ptr %27, 0
  %40 = insertvalue { ptr, ptr, i64, [4 x i64], [4 x i64] } %39, ptr %28, 1
  %41 = insertvalue { ptr, ptr, i64, [4 x i64], [4 x i64] } %40, i64 %29, 2
  %42 = insertvalue { ptr, ptr, i64, [4 x i64], [4 x i64] } %41, i64 %30, 3, 0
  %43 = insertvalue { ptr, ptr, i64, [4 x i64], [4 x i64] } %42, i64 %34, 4, 0
  %44 = insertvalue { ptr, ptr, i64, [4 x i64], [4 x i64] } %43, i64 %31, 3, 1
  %45 = insertvalue { ptr, ptr, i64, [4 x i64], [4 x i64] } %44, i64 %35, 4, 1
  %46 = insertvalue { ptr, ptr, i64, [4 x i64], [4 x i64] } %45, i64 %32, 3, 2
  %47 = insertvalue { ptr, ptr, i64, [4 x i64], [4 x i64] } %46, i64 %36, 4, 2
  %48 = insertvalue { ptr, ptr, i64, [4 x i64], [4 x i64] } %47, i64 %33, 3, 3
  %49 = insertvalue { ptr, ptr, i64, [4 x i64], [4 x i64] } %48, i64 %37, 4, 3
  %50 = insertvalue { ptr, ptr, i64, [1 x i64], [1 x i64] } poison, ptr %22, 0
  %51 = insertvalue { ptr, ptr, i64, [1 x i64], [1 x i64] } %50, ptr %23, 1
  %52 = insertvalue { ptr, ptr, i64, [1 x i64], [1 x i64] } %51, i64 %24, 2
  %53 = insertvalue { ptr, ptr, i64, [1 x i64], [1 x i64] } %52, i64 %25, 3, 0
  %54 = insertvalue { ptr, ptr, i64, [1 x i64], [1 x i64] } %53, i64 %26, 4, 0
  %55 = insertvalue { ptr, ptr, i64, [4 x i64], [4 x i64] } poison, ptr %11, 0
  %56 = insertvalue { ptr, ptr, i64, [4 x i64], [4 x i64] } %55, ptr %12, 1
  %57 = insertvalue { ptr, ptr, i64, [4 x i64], [4 x i64] } %56, i64 %13, 2
  %58 = insertvalue { ptr, ptr, i64, [4 x i64], [4 x i64] } %57, i64 %14, 3, 0
  %59 = insertvalue { ptr, ptr, i64, [4 x i64], [4 x i64] } %58, i64 %18, 4, 0
  %60 = insertvalue { ptr, ptr, i64, [4 x i64], [4 x i64] } %59, i64 %15, 3, 1
  %61 = insertvalue { ptr, ptr, i64, [4 x i64], [4 x i64] } %60, i64 %19, 4, 1
  %62 = insertvalue { ptr, ptr, i64, [4 x i64], [4 x i64] } %61, i64 %16, 3, 2
  %63 = insertvalue { ptr, ptr, i64, [4 x i64], [4 x i64] } %62, i64 %20, 4, 2
  %64 = insertvalue { ptr, ptr, i64, [4 x i64], [4 x i64] } %63, i64 %17, 3, 3
  %65 = insertvalue { ptr, ptr, i64, [4 x i64], [4 x i64] } %64, i64 %21, 4, 3
  %66 = insertvalue { ptr, ptr, i64, [4 x i64], [4 x i64] } poison, ptr %0, 0
  %67 = insertvalue { ptr, ptr, i64, [4 x i64], [4 x i64] } %66, ptr %1, 1
  %68 = insertvalue { ptr, ptr, i64, [4 x i64], [4 x i64] } %67, i64 %2, 2
  %69 = insertvalue { ptr, ptr, i64, [4 x i64], [4 x i64] } %68, i64 %3, 3, 0
  %70 = insertvalue { ptr, ptr, i64, [4 x i64], [4 x i64] } %69, i64 %7, 4, 0
  %71 = insertvalue { ptr, ptr, i64, [4 x i64], [4 x i64] } %70, i64 %4, 3, 1
  %72 = insertvalue { ptr, ptr, i64, [4 x i64], [4 x i64] } %71, i64 %8, 4, 1
  %73 = insertvalue { ptr, ptr, i64, [4 x i64], [4 x i64] } %72, i64 %5, 3, 2
  %74 = insertvalue { ptr, ptr, i64, [4 x i64], [4 x i64] } %73, i64 %9, 4, 2
  %75 = insertvalue { ptr, ptr, i64, [4 x i64], [4 x i64] } %74, i64 %6, 3, 3
  %76 = insertvalue { ptr, ptr, i64, [4 x i64], [4 x i64] } %75, i64 %10, 4, 3
  %77 = alloca i8, i64 990, align 64
  %78 = insertvalue { ptr, ptr, i64, [4 x i64], [4 x i64] } poison, ptr %77, 0
  %79 = insertvalue { ptr, ptr, i64, [4 x i64], [4 x i64] } %78, ptr %77, 1
  %80 = insertvalue { ptr, ptr, i64, [4 x i64], [4 x i64] } %79, i64 0, 2
  %81 = insertvalue { ptr, ptr, i64, [4 x i64], [4 x i64] } %80, i64 2, 3, 0
  %82 = insertvalue { ptr, ptr, i64, [4 x i64], [4 x i64] } %81, i64 9, 3, 1
  %83 = insertvalue { ptr, ptr, i64, [4 x i64], [4 x i64] } %82, i64 11, 3, 2
  %84 = insertvalue { ptr, ptr, i64, [4 x i64], [4 x i64] } %83, i64 5, 3, 3
  %85 = insertvalue { ptr, ptr, i64, [4 x i64], [4 x i64] } %84, i64 495, 4, 0
  %86 = insertvalue { ptr, ptr, i64, [4 x i64], [4 x i64] } %85, i64 55, 4, 1
  %87 = insertvalue { ptr, ptr, i64, [4 x i64], [4 x i64] } %86, i64 5, 4, 2
  %88 = insertvalue { ptr, ptr, i64, [4 x i64], [4 x i64] } %87, i64 1, 4, 3
  br label %89

89:                                               ; preds = %118, %38
  %90 = phi i64 [ %119, %118 ], [ 0, %38 ]
  %91 = icmp slt i64 %90, 2
  br i1 %91, label %92, label %120

92:                                               ; preds = %89
  br label %93

93:                                               ; preds = %116, %92
  %94 = phi i64 [ %117, %116 ], [ 0, %92 ]
  %95 = icmp slt i64 %94, 9
  br i1 %95, label %96, label %118

96:                                               ; preds = %93
  br label %97

97:                                               ; preds = %114, %96
  %98 = phi i64 [ %115, %114 ], [ 0, %96 ]
  %99 = icmp slt i64 %98, 11
  br i1 %99, label %100, label %116

100:                                              ; preds = %97
  br label %101

101:                                              ; preds = %104, %100
  %102 = phi i64 [ %113, %104 ], [ 0, %100 ]
  %103 = icmp slt i64 %102, 5
  br i1 %103, label %104, label %114

104:                                              ; preds = %101
  %105 = extractvalue { ptr, ptr, i64, [4 x i64], [4 x i64] } %88, 1
  %106 = mul nuw nsw i64 %90, 495
  %107 = mul nuw nsw i64 %94, 55
  %108 = add nuw nsw i64 %106, %107
  %109 = mul nuw nsw i64 %98, 5
  %110 = add nuw nsw i64 %108, %109
  %111 = add nuw nsw i64 %110, %102
  %112 = getelementptr inbounds nuw i8, ptr %105, i64 %111
  store i8 7, ptr %112, align 1
  %113 = add i64 %102, 1
  br label %101

114:                                              ; preds = %101
  %115 = add i64 %98, 1
  br label %97

116:                                              ; preds = %97
  %117 = add i64 %94, 1
  br label %93

118:                                              ; preds = %93
  %119 = add i64 %90, 1
  br label %89

120:                                              ; preds = %89
  br label %121

121:                                              ; preds = %159, %120
  %122 = phi i64 [ %160, %159 ], [ 0, %120 ]
  %123 = icmp slt i64 %122, 2
  br i1 %123, label %124, label %161

124:                                              ; preds = %121
  br label %125

125:                                              ; preds = %157, %124
  %126 = phi i64 [ %158, %157 ], [ 0, %124 ]
  %127 = icmp slt i64 %126, 8
  br i1 %127, label %128, label %159

128:                                              ; preds = %125
  br label %129

129:                                              ; preds = %155, %128
  %130 = phi i64 [ %156, %155 ], [ 0, %128 ]
  %131 = icmp slt i64 %130, 10
  br i1 %131, label %132, label %157

132:                                              ; preds = %129
  br label %133

133:                                              ; preds = %136, %132
  %134 = phi i64 [ %154, %136 ], [ 0, %132 ]
  %135 = icmp slt i64 %134, 5
  br i1 %135, label %136, label %155

136:                                              ; preds = %133
  %137 = extractvalue { ptr, ptr, i64, [4 x i64], [4 x i64] } %76, 1
  %138 = mul nuw nsw i64 %122, 400
  %139 = mul nuw nsw i64 %126, 50
  %140 = add nuw nsw i64 %138, %139
  %141 = mul nuw nsw i64 %130, 5
  %142 = add nuw nsw i64 %140, %141
  %143 = add nuw nsw i64 %142, %134
  %144 = getelementptr inbounds nuw i8, ptr %137, i64 %143
  %145 = load i8, ptr %144, align 1
  %146 = extractvalue { ptr, ptr, i64, [4 x i64], [4 x i64] } %88, 1
  %147 = mul nuw nsw i64 %122, 495
  %148 = mul nuw nsw i64 %126, 55
  %149 = add nuw nsw i64 %147, %148
  %150 = mul nuw nsw i64 %130, 5
  %151 = add nuw nsw i64 %149, %150
  %152 = add nuw nsw i64 %151, %134
  %153 = getelementptr inbounds nuw i8, ptr %146, i64 %152
  store i8 %145, ptr %153, align 1
  %154 = add i64 %134, 1
  br label %133

155:                                              ; preds = %133
  %156 = add i64 %130, 1
  br label %129

157:                                              ; preds = %129
  %158 = add i64 %126, 1
  br label %125

159:                                              ; preds = %125
  %160 = add i64 %122, 1
  br label %121

161:                                              ; preds = %121
  %162 = alloca i32, i64 200, align 64
  %163 = insertvalue { ptr, ptr, i64, [5 x i64], [5 x i64] } poison, ptr %162, 0
  %164 = insertvalue { ptr, ptr, i64, [5 x i64], [5 x i64] } %163, ptr %162, 1
  %165 = insertvalue { ptr, ptr, i64, [5 x i64], [5 x i64] } %164, i64 0, 2
  %166 = insertvalue { ptr, ptr, i64, [5 x i64], [5 x i64] } %165, i64 2, 3, 0
  %167 = insertvalue { ptr, ptr, i64, [5 x i64], [5 x i64] } %166, i64 4, 3, 1
  %168 = insertvalue { ptr, ptr, i64, [5 x i64], [5 x i64] } %167, i64 5, 3, 2
  %169 = insertvalue { ptr, ptr, i64, [5 x i64], [5 x i64] } %168, i64 5, 3, 3
  %170 = insertvalue { ptr, ptr, i64, [5 x i64], [5 x i64] } %169, i64 1, 3, 4
  %171 = insertvalue { ptr, ptr, i64, [5 x i64], [5 x i64] } %170, i64 100, 4, 0
  %172 = insertvalue { ptr, ptr, i64, [5 x i64], [5 x i64] } %171, i64 25, 4, 1
  %173 = insertvalue { ptr, ptr, i64, [5 x i64], [5 x i64] } %172, i64 5, 4, 2
  %174 = insertvalue { ptr, ptr, i64, [5 x i64], [5 x i64] } %173, i64 1, 4, 3
  %175 = insertvalue { ptr, ptr, i64, [5 x i64], [5 x i64] } %174, i64 1, 4, 4
  br label %176

176:                                              ; preds = %206, %161
  %177 = phi i64 [ %207, %206 ], [ 0, %161 ]
  %178 = icmp slt i64 %177, 2
  br i1 %178, label %179, label %208

179:                                              ; preds = %176
  br label %180

180:                                              ; preds = %204, %179
  %181 = phi i64 [ %205, %204 ], [ 0, %179 ]
  %182 = icmp slt i64 %181, 4
  br i1 %182, label %183, label %206

183:                                              ; preds = %180
  br label %184

184:                                              ; preds = %202, %183
  %185 = phi i64 [ %203, %202 ], [ 0, %183 ]
  %186 = icmp slt i64 %185, 5
  br i1 %186, label %187, label %204

187:                                              ; preds = %184
  br label %188

188:                                              ; preds = %191, %187
  %189 = phi i64 [ %201, %191 ], [ 0, %187 ]
  %190 = icmp slt i64 %189, 5
  br i1 %190, label %191, label %202

191:                                              ; preds = %188
  %192 = extractvalue { ptr, ptr, i64, [5 x i64], [5 x i64] } %175, 1
  %193 = mul nuw nsw i64 %177, 100
  %194 = mul nuw nsw i64 %181, 25
  %195 = add nuw nsw i64 %193, %194
  %196 = mul nuw nsw i64 %185, 5
  %197 = add nuw nsw i64 %195, %196
  %198 = add nuw nsw i64 %197, %189
  %199 = add nuw nsw i64 %198, 0
  %200 = getelementptr inbounds nuw i32, ptr %192, i64 %199
  store i32 0, ptr %200, align 4
  %201 = add i64 %189, 1
  br label %188

202:                                              ; preds = %188
  %203 = add i64 %185, 1
  br label %184

204:                                              ; preds = %184
  %205 = add i64 %181, 1
  br label %180

206:                                              ; preds = %180
  %207 = add i64 %177, 1
  br label %176

208:                                              ; preds = %176
  br label %209

209:                                              ; preds = %287, %208
  %210 = phi i64 [ %288, %287 ], [ 0, %208 ]
  %211 = icmp slt i64 %210, 2
  br i1 %211, label %212, label %289

212:                                              ; preds = %209
  br label %213

213:                                              ; preds = %285, %212
  %214 = phi i64 [ %286, %285 ], [ 0, %212 ]
  %215 = icmp slt i64 %214, 4
  br i1 %215, label %216, label %287

216:                                              ; preds = %213
  br label %217

217:                                              ; preds = %283, %216
  %218 = phi i64 [ %284, %283 ], [ 0, %216 ]
  %219 = icmp slt i64 %218, 5
  br i1 %219, label %220, label %285

220:                                              ; preds = %217
  br label %221

221:                                              ; preds = %281, %220
  %222 = phi i64 [ %282, %281 ], [ 0, %220 ]
  %223 = icmp slt i64 %222, 5
  br i1 %223, label %224, label %283

224:                                              ; preds = %221
  br label %225

225:                                              ; preds = %279, %224
  %226 = phi i64 [ %280, %279 ], [ 0, %224 ]
  %227 = icmp slt i64 %226, 3
  br i1 %227, label %228, label %281

228:                                              ; preds = %225
  br label %229

229:                                              ; preds = %232, %228
  %230 = phi i64 [ %278, %232 ], [ 0, %228 ]
  %231 = icmp slt i64 %230, 3
  br i1 %231, label %232, label %279

232:                                              ; preds = %229
  %233 = mul nsw i64 %214, 2
  %234 = add i64 %233, %226
  %235 = mul nsw i64 %218, 2
  %236 = add i64 %235, %230
  %237 = extractvalue { ptr, ptr, i64, [4 x i64], [4 x i64] } %88, 1
  %238 = mul nuw nsw i64 %210, 495
  %239 = mul nuw nsw i64 %234, 55
  %240 = add nuw nsw i64 %238, %239
  %241 = mul nuw nsw i64 %236, 5
  %242 = add nuw nsw i64 %240, %241
  %243 = add nuw nsw i64 %242, %222
  %244 = getelementptr inbounds nuw i8, ptr %237, i64 %243
  %245 = load i8, ptr %244, align 1
  %246 = extractvalue { ptr, ptr, i64, [4 x i64], [4 x i64] } %65, 1
  %247 = mul nuw nsw i64 %226, 15
  %248 = mul nuw nsw i64 %230, 5
  %249 = add nuw nsw i64 %247, %248
  %250 = add nuw nsw i64 %249, %222
  %251 = add nuw nsw i64 %250, 0
  %252 = getelementptr inbounds nuw i8, ptr %246, i64 %251
  %253 = load i8, ptr %252, align 1
  %254 = extractvalue { ptr, ptr, i64, [5 x i64], [5 x i64] } %175, 1
  %255 = mul nuw nsw i64 %210, 100
  %256 = mul nuw nsw i64 %214, 25
  %257 = add nuw nsw i64 %255, %256
  %258 = mul nuw nsw i64 %218, 5
  %259 = add nuw nsw i64 %257, %258
  %260 = add nuw nsw i64 %259, %222
  %261 = add nuw nsw i64 %260, 0
  %262 = getelementptr inbounds nuw i32, ptr %254, i64 %261
  %263 = load i32, ptr %262, align 4
  %264 = sext i8 %245 to i32
  %265 = sub i32 %264, 7
  %266 = sext i8 %253 to i32
  %267 = mul i32 %265, %266
  %268 = add i32 %263, %267
  %269 = extractvalue { ptr, ptr, i64, [5 x i64], [5 x i64] } %175, 1
  %270 = mul nuw nsw i64 %210, 100
  %271 = mul nuw nsw i64 %214, 25
  %272 = add nuw nsw i64 %270, %271
  %273 = mul nuw nsw i64 %218, 5
  %274 = add nuw nsw i64 %272, %273
  %275 = add nuw nsw i64 %274, %222
  %276 = add nuw nsw i64 %275, 0
  %277 = getelementptr inbounds nuw i32, ptr %269, i64 %276
  store i32 %268, ptr %277, align 4
  %278 = add i64 %230, 1
  br label %229

279:                                              ; preds = %229
  %280 = add i64 %226, 1
  br label %225

281:                                              ; preds = %225
  %282 = add i64 %222, 1
  br label %221

283:                                              ; preds = %221
  %284 = add i64 %218, 1
  br label %217

285:                                              ; preds = %217
  %286 = add i64 %214, 1
  br label %213

287:                                              ; preds = %213
  %288 = add i64 %210, 1
  br label %209

289:                                              ; preds = %209
  br label %290

290:                                              ; preds = %352, %289
  %291 = phi i64 [ %353, %352 ], [ 0, %289 ]
  %292 = icmp slt i64 %291, 2
  br i1 %292, label %293, label %354

293:                                              ; preds = %290
  br label %294

294:                                              ; preds = %350, %293
  %295 = phi i64 [ %351, %350 ], [ 0, %293 ]
  %296 = icmp slt i64 %295, 4
  br i1 %296, label %297, label %352

297:                                              ; preds = %294
  br label %298

298:                                              ; preds = %348, %297
  %299 = phi i64 [ %349, %348 ], [ 0, %297 ]
  %300 = icmp slt i64 %299, 5
  br i1 %300, label %301, label %350

301:                                              ; preds = %298
  br label %302

302:                                              ; preds = %305, %301
  %303 = phi i64 [ %347, %305 ], [ 0, %301 ]
  %304 = icmp slt i64 %303, 5
  br i1 %304, label %305, label %348

305:                                              ; preds = %302
  %306 = extractvalue { ptr, ptr, i64, [1 x i64], [1 x i64] } %54, 1
  %307 = getelementptr inbounds nuw i32, ptr %306, i64 %303
  %308 = load i32, ptr %307, align 4
  %309 = extractvalue { ptr, ptr, i64, [5 x i64], [5 x i64] } %175, 1
  %310 = mul nuw nsw i64 %291, 100
  %311 = mul nuw nsw i64 %295, 25
  %312 = add nuw nsw i64 %310, %311
  %313 = mul nuw nsw i64 %299, 5
  %314 = add nuw nsw i64 %312, %313
  %315 = add nuw nsw i64 %314, %303
  %316 = add nuw nsw i64 %315, 0
  %317 = getelementptr inbounds nuw i32, ptr %309, i64 %316
  %318 = load i32, ptr %317, align 4
  %319 = getelementptr inbounds nuw i32, ptr @__constant_5xi32, i64 %303
  %320 = load i32, ptr %319, align 4
  %321 = getelementptr inbounds nuw i8, ptr @__constant_5xi8, i64 %303
  %322 = load i8, ptr %321, align 1
  %323 = add i32 %308, %318
  %324 = sext i32 %323 to i64
  %325 = sext i32 %320 to i64
  %326 = mul i64 %324, %325
  %327 = zext i8 %322 to i64
  %328 = shl i64 1, %327
  %329 = lshr i64 %328, 1
  %330 = add i64 %326, %329
  %331 = ashr i64 %330, %327
  %332 = trunc i64 %331 to i32
  %333 = add i32 %332, 3
  %334 = icmp sgt i32 %333, -128
  %335 = select i1 %334, i32 %333, i32 -128
  %336 = icmp slt i32 %335, 127
  %337 = select i1 %336, i32 %335, i32 127
  %338 = trunc i32 %337 to i8
  %339 = extractvalue { ptr, ptr, i64, [4 x i64], [4 x i64] } %49, 1
  %340 = mul nuw nsw i64 %291, 100
  %341 = mul nuw nsw i64 %295, 25
  %342 = add nuw nsw i64 %340, %341
  %343 = mul nuw nsw i64 %299, 5
  %344 = add nuw nsw i64 %342, %343
  %345 = add nuw nsw i64 %344, %303
  %346 = getelementptr inbounds nuw i8, ptr %339, i64 %345
  store i8 %338, ptr %346, align 1
  %347 = add i64 %303, 1
  br label %302

348:                                              ; preds = %302
  %349 = add i64 %299, 1
  br label %298

350:                                              ; preds = %298
  %351 = add i64 %295, 1
  br label %294

352:                                              ; preds = %294
  %353 = add i64 %291, 1
  br label %290

354:                                              ; preds = %290
  ret void
}

define void @_mlir_ciface_depthwise_i8_stride2(ptr %0, ptr %1, ptr %2, ptr %3) {
  %5 = load { ptr, ptr, i64, [4 x i64], [4 x i64] }, ptr %0, align 8
  %6 = extractvalue { ptr, ptr, i64, [4 x i64], [4 x i64] } %5, 0
  %7 = extractvalue { ptr, ptr, i64, [4 x i64], [4 x i64] } %5, 1
  %8 = extractvalue { ptr, ptr, i64, [4 x i64], [4 x i64] } %5, 2
  %9 = extractvalue { ptr, ptr, i64, [4 x i64], [4 x i64] } %5, 3, 0
  %10 = extractvalue { ptr, ptr, i64, [4 x i64], [4 x i64] } %5, 3, 1
  %11 = extractvalue { ptr, ptr, i64, [4 x i64], [4 x i64] } %5, 3, 2
  %12 = extractvalue { ptr, ptr, i64, [4 x i64], [4 x i64] } %5, 3, 3
  %13 = extractvalue { ptr, ptr, i64, [4 x i64], [4 x i64] } %5, 4, 0
  %14 = extractvalue { ptr, ptr, i64, [4 x i64], [4 x i64] } %5, 4, 1
  %15 = extractvalue { ptr, ptr, i64, [4 x i64], [4 x i64] } %5, 4, 2
  %16 = extractvalue { ptr, ptr, i64, [4 x i64], [4 x i64] } %5, 4, 3
  %17 = load { ptr, ptr, i64, [4 x i64], [4 x i64] }, ptr %1, align 8
  %18 = extractvalue { ptr, ptr, i64, [4 x i64], [4 x i64] } %17, 0
  %19 = extractvalue { ptr, ptr, i64, [4 x i64], [4 x i64] } %17, 1
  %20 = extractvalue { ptr, ptr, i64, [4 x i64], [4 x i64] } %17, 2
  %21 = extractvalue { ptr, ptr, i64, [4 x i64], [4 x i64] } %17, 3, 0
  %22 = extractvalue { ptr, ptr, i64, [4 x i64], [4 x i64] } %17, 3, 1
  %23 = extractvalue { ptr, ptr, i64, [4 x i64], [4 x i64] } %17, 3, 2
  %24 = extractvalue { ptr, ptr, i64, [4 x i64], [4 x i64] } %17, 3, 3
  %25 = extractvalue { ptr, ptr, i64, [4 x i64], [4 x i64] } %17, 4, 0
  %26 = extractvalue { ptr, ptr, i64, [4 x i64], [4 x i64] } %17, 4, 1
  %27 = extractvalue { ptr, ptr, i64, [4 x i64], [4 x i64] } %17, 4, 2
  %28 = extractvalue { ptr, ptr, i64, [4 x i64], [4 x i64] } %17, 4, 3
  %29 = load { ptr, ptr, i64, [1 x i64], [1 x i64] }, ptr %2, align 8
  %30 = extractvalue { ptr, ptr, i64, [1 x i64], [1 x i64] } %29, 0
  %31 = extractvalue { ptr, ptr, i64, [1 x i64], [1 x i64] } %29, 1
  %32 = extractvalue { ptr, ptr, i64, [1 x i64], [1 x i64] } %29, 2
  %33 = extractvalue { ptr, ptr, i64, [1 x i64], [1 x i64] } %29, 3, 0
  %34 = extractvalue { ptr, ptr, i64, [1 x i64], [1 x i64] } %29, 4, 0
  %35 = load { ptr, ptr, i64, [4 x i64], [4 x i64] }, ptr %3, align 8
  %36 = extractvalue { ptr, ptr, i64, [4 x i64], [4 x i64] } %35, 0
  %37 = extractvalue { ptr, ptr, i64, [4 x i64], [4 x i64] } %35, 1
  %38 = extractvalue { ptr, ptr, i64, [4 x i64], [4 x i64] } %35, 2
  %39 = extractvalue { ptr, ptr, i64, [4 x i64], [4 x i64] } %35, 3, 0
  %40 = extractvalue { ptr, ptr, i64, [4 x i64], [4 x i64] } %35, 3, 1
  %41 = extractvalue { ptr, ptr, i64, [4 x i64], [4 x i64] } %35, 3, 2
  %42 = extractvalue { ptr, ptr, i64, [4 x i64], [4 x i64] } %35, 3, 3
  %43 = extractvalue { ptr, ptr, i64, [4 x i64], [4 x i64] } %35, 4, 0
  %44 = extractvalue { ptr, ptr, i64, [4 x i64], [4 x i64] } %35, 4, 1
  %45 = extractvalue { ptr, ptr, i64, [4 x i64], [4 x i64] } %35, 4, 2
  %46 = extractvalue { ptr, ptr, i64, [4 x i64], [4 x i64] } %35, 4, 3
  call void @depthwise_i8_stride2(ptr %6, ptr %7, i64 %8, i64 %9, i64 %10, i64 %11, i64 %12, i64 %13, i64 %14, i64 %15, i64 %16, ptr %18, ptr %19, i64 %20, i64 %21, i64 %22, i64 %23, i64 %24, i64 %25, i64 %26, i64 %27, i64 %28, ptr %30, ptr %31, i64 %32, i64 %33, i64 %34, ptr %36, ptr %37, i64 %38, i64 %39, i64 %40, i64 %41, i64 %42, i64 %43, i64 %44, i64 %45, i64 %46)
  ret void
}

!llvm.module.flags = !{!0}

!0 = !{i32 2, !"Debug Info Version", i32 3}
