; ModuleID = 'LLVMDialectModule'
source_filename = "LLVMDialectModule"

@__constant_6xi32 = private constant [6 x i32] [i32 1073741824, i32 1342177280, i32 1610612736, i32 1879048192, i32 2147483647, i32 1200000000], align 64
@__constant_6xi8 = private constant [6 x i8] c"&''((&", align 64

define void @conv2d_i8(ptr %0, ptr %1, i64 %2, i64 %3, i64 %4, i64 %5, i64 %6, i64 %7, i64 %8, i64 %9, i64 %10, ptr %11, ptr %12, i64 %13, i64 %14, i64 %15, i64 %16, i64 %17, i64 %18, i64 %19, i64 %20, i64 %21, ptr %22, ptr %23, i64 %24, i64 %25, i64 %26, ptr %27, ptr %28, i64 %29, i64 %30, i64 %31, i64 %32, i64 %33, i64 %34, i64 %35, i64 %36, i64 %37) {
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
  %77 = alloca i8, i64 400, align 64
  %78 = insertvalue { ptr, ptr, i64, [4 x i64], [4 x i64] } poison, ptr %77, 0
  %79 = insertvalue { ptr, ptr, i64, [4 x i64], [4 x i64] } %78, ptr %77, 1
  %80 = insertvalue { ptr, ptr, i64, [4 x i64], [4 x i64] } %79, i64 0, 2
  %81 = insertvalue { ptr, ptr, i64, [4 x i64], [4 x i64] } %80, i64 1, 3, 0
  %82 = insertvalue { ptr, ptr, i64, [4 x i64], [4 x i64] } %81, i64 10, 3, 1
  %83 = insertvalue { ptr, ptr, i64, [4 x i64], [4 x i64] } %82, i64 10, 3, 2
  %84 = insertvalue { ptr, ptr, i64, [4 x i64], [4 x i64] } %83, i64 4, 3, 3
  %85 = insertvalue { ptr, ptr, i64, [4 x i64], [4 x i64] } %84, i64 400, 4, 0
  %86 = insertvalue { ptr, ptr, i64, [4 x i64], [4 x i64] } %85, i64 40, 4, 1
  %87 = insertvalue { ptr, ptr, i64, [4 x i64], [4 x i64] } %86, i64 4, 4, 2
  %88 = insertvalue { ptr, ptr, i64, [4 x i64], [4 x i64] } %87, i64 1, 4, 3
  br label %89

89:                                               ; preds = %111, %38
  %90 = phi i64 [ %112, %111 ], [ 0, %38 ]
  %91 = icmp slt i64 %90, 10
  br i1 %91, label %92, label %113

92:                                               ; preds = %89
  br label %93

93:                                               ; preds = %109, %92
  %94 = phi i64 [ %110, %109 ], [ 0, %92 ]
  %95 = icmp slt i64 %94, 10
  br i1 %95, label %96, label %111

96:                                               ; preds = %93
  br label %97

97:                                               ; preds = %100, %96
  %98 = phi i64 [ %108, %100 ], [ 0, %96 ]
  %99 = icmp slt i64 %98, 4
  br i1 %99, label %100, label %109

100:                                              ; preds = %97
  %101 = extractvalue { ptr, ptr, i64, [4 x i64], [4 x i64] } %88, 1
  %102 = mul nuw nsw i64 %90, 40
  %103 = add nuw nsw i64 0, %102
  %104 = mul nuw nsw i64 %94, 4
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
  %116 = icmp slt i64 %115, 8
  br i1 %116, label %117, label %148

117:                                              ; preds = %114
  br label %118

118:                                              ; preds = %144, %117
  %119 = phi i64 [ %145, %144 ], [ 0, %117 ]
  %120 = icmp slt i64 %119, 8
  br i1 %120, label %121, label %146

121:                                              ; preds = %118
  br label %122

122:                                              ; preds = %125, %121
  %123 = phi i64 [ %143, %125 ], [ 0, %121 ]
  %124 = icmp slt i64 %123, 4
  br i1 %124, label %125, label %144

125:                                              ; preds = %122
  %126 = extractvalue { ptr, ptr, i64, [4 x i64], [4 x i64] } %76, 1
  %127 = mul nuw nsw i64 %115, 32
  %128 = add nuw nsw i64 0, %127
  %129 = mul nuw nsw i64 %119, 4
  %130 = add nuw nsw i64 %128, %129
  %131 = add nuw nsw i64 %130, %123
  %132 = getelementptr inbounds nuw i8, ptr %126, i64 %131
  %133 = load i8, ptr %132, align 1
  %134 = add i64 %115, 1
  %135 = add i64 %119, 1
  %136 = extractvalue { ptr, ptr, i64, [4 x i64], [4 x i64] } %88, 1
  %137 = mul nuw nsw i64 %134, 40
  %138 = add nuw nsw i64 0, %137
  %139 = mul nuw nsw i64 %135, 4
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
  %149 = alloca i32, i64 384, align 64
  %150 = insertvalue { ptr, ptr, i64, [4 x i64], [4 x i64] } poison, ptr %149, 0
  %151 = insertvalue { ptr, ptr, i64, [4 x i64], [4 x i64] } %150, ptr %149, 1
  %152 = insertvalue { ptr, ptr, i64, [4 x i64], [4 x i64] } %151, i64 0, 2
  %153 = insertvalue { ptr, ptr, i64, [4 x i64], [4 x i64] } %152, i64 1, 3, 0
  %154 = insertvalue { ptr, ptr, i64, [4 x i64], [4 x i64] } %153, i64 8, 3, 1
  %155 = insertvalue { ptr, ptr, i64, [4 x i64], [4 x i64] } %154, i64 8, 3, 2
  %156 = insertvalue { ptr, ptr, i64, [4 x i64], [4 x i64] } %155, i64 6, 3, 3
  %157 = insertvalue { ptr, ptr, i64, [4 x i64], [4 x i64] } %156, i64 384, 4, 0
  %158 = insertvalue { ptr, ptr, i64, [4 x i64], [4 x i64] } %157, i64 48, 4, 1
  %159 = insertvalue { ptr, ptr, i64, [4 x i64], [4 x i64] } %158, i64 6, 4, 2
  %160 = insertvalue { ptr, ptr, i64, [4 x i64], [4 x i64] } %159, i64 1, 4, 3
  br label %161

161:                                              ; preds = %186, %148
  %162 = phi i64 [ %187, %186 ], [ 0, %148 ]
  %163 = icmp slt i64 %162, 8
  br i1 %163, label %164, label %188

164:                                              ; preds = %161
  br label %165

165:                                              ; preds = %184, %164
  %166 = phi i64 [ %185, %184 ], [ 0, %164 ]
  %167 = icmp slt i64 %166, 8
  br i1 %167, label %168, label %186

168:                                              ; preds = %165
  br label %169

169:                                              ; preds = %172, %168
  %170 = phi i64 [ %183, %172 ], [ 0, %168 ]
  %171 = icmp slt i64 %170, 6
  br i1 %171, label %172, label %184

172:                                              ; preds = %169
  %173 = extractvalue { ptr, ptr, i64, [1 x i64], [1 x i64] } %54, 1
  %174 = getelementptr inbounds nuw i32, ptr %173, i64 %170
  %175 = load i32, ptr %174, align 4
  %176 = extractvalue { ptr, ptr, i64, [4 x i64], [4 x i64] } %160, 1
  %177 = mul nuw nsw i64 %162, 48
  %178 = add nuw nsw i64 0, %177
  %179 = mul nuw nsw i64 %166, 6
  %180 = add nuw nsw i64 %178, %179
  %181 = add nuw nsw i64 %180, %170
  %182 = getelementptr inbounds nuw i32, ptr %176, i64 %181
  store i32 %175, ptr %182, align 4
  %183 = add i64 %170, 1
  br label %169

184:                                              ; preds = %169
  %185 = add i64 %166, 1
  br label %165

186:                                              ; preds = %165
  %187 = add i64 %162, 1
  br label %161

188:                                              ; preds = %161
  br label %189

189:                                              ; preds = %261, %188
  %190 = phi i64 [ %262, %261 ], [ 0, %188 ]
  %191 = icmp slt i64 %190, 8
  br i1 %191, label %192, label %263

192:                                              ; preds = %189
  br label %193

193:                                              ; preds = %259, %192
  %194 = phi i64 [ %260, %259 ], [ 0, %192 ]
  %195 = icmp slt i64 %194, 8
  br i1 %195, label %196, label %261

196:                                              ; preds = %193
  br label %197

197:                                              ; preds = %257, %196
  %198 = phi i64 [ %258, %257 ], [ 0, %196 ]
  %199 = icmp slt i64 %198, 6
  br i1 %199, label %200, label %259

200:                                              ; preds = %197
  br label %201

201:                                              ; preds = %255, %200
  %202 = phi i64 [ %256, %255 ], [ 0, %200 ]
  %203 = icmp slt i64 %202, 3
  br i1 %203, label %204, label %257

204:                                              ; preds = %201
  br label %205

205:                                              ; preds = %253, %204
  %206 = phi i64 [ %254, %253 ], [ 0, %204 ]
  %207 = icmp slt i64 %206, 3
  br i1 %207, label %208, label %255

208:                                              ; preds = %205
  br label %209

209:                                              ; preds = %212, %208
  %210 = phi i64 [ %252, %212 ], [ 0, %208 ]
  %211 = icmp slt i64 %210, 4
  br i1 %211, label %212, label %253

212:                                              ; preds = %209
  %213 = add i64 %190, %202
  %214 = add i64 %194, %206
  %215 = extractvalue { ptr, ptr, i64, [4 x i64], [4 x i64] } %88, 1
  %216 = mul nuw nsw i64 %213, 40
  %217 = add nuw nsw i64 0, %216
  %218 = mul nuw nsw i64 %214, 4
  %219 = add nuw nsw i64 %217, %218
  %220 = add nuw nsw i64 %219, %210
  %221 = getelementptr inbounds nuw i8, ptr %215, i64 %220
  %222 = load i8, ptr %221, align 1
  %223 = extractvalue { ptr, ptr, i64, [4 x i64], [4 x i64] } %65, 1
  %224 = mul nuw nsw i64 %198, 36
  %225 = mul nuw nsw i64 %202, 12
  %226 = add nuw nsw i64 %224, %225
  %227 = mul nuw nsw i64 %206, 4
  %228 = add nuw nsw i64 %226, %227
  %229 = add nuw nsw i64 %228, %210
  %230 = getelementptr inbounds nuw i8, ptr %223, i64 %229
  %231 = load i8, ptr %230, align 1
  %232 = extractvalue { ptr, ptr, i64, [4 x i64], [4 x i64] } %160, 1
  %233 = mul nuw nsw i64 %190, 48
  %234 = add nuw nsw i64 0, %233
  %235 = mul nuw nsw i64 %194, 6
  %236 = add nuw nsw i64 %234, %235
  %237 = add nuw nsw i64 %236, %198
  %238 = getelementptr inbounds nuw i32, ptr %232, i64 %237
  %239 = load i32, ptr %238, align 4
  %240 = sext i8 %222 to i32
  %241 = sub i32 %240, -3
  %242 = sext i8 %231 to i32
  %243 = mul i32 %241, %242
  %244 = add i32 %239, %243
  %245 = extractvalue { ptr, ptr, i64, [4 x i64], [4 x i64] } %160, 1
  %246 = mul nuw nsw i64 %190, 48
  %247 = add nuw nsw i64 0, %246
  %248 = mul nuw nsw i64 %194, 6
  %249 = add nuw nsw i64 %247, %248
  %250 = add nuw nsw i64 %249, %198
  %251 = getelementptr inbounds nuw i32, ptr %245, i64 %250
  store i32 %244, ptr %251, align 4
  %252 = add i64 %210, 1
  br label %209

253:                                              ; preds = %209
  %254 = add i64 %206, 1
  br label %205

255:                                              ; preds = %205
  %256 = add i64 %202, 1
  br label %201

257:                                              ; preds = %201
  %258 = add i64 %198, 1
  br label %197

259:                                              ; preds = %197
  %260 = add i64 %194, 1
  br label %193

261:                                              ; preds = %193
  %262 = add i64 %190, 1
  br label %189

263:                                              ; preds = %189
  br label %264

264:                                              ; preds = %319, %263
  %265 = phi i64 [ %320, %319 ], [ 0, %263 ]
  %266 = icmp slt i64 %265, 8
  br i1 %266, label %267, label %321

267:                                              ; preds = %264
  br label %268

268:                                              ; preds = %317, %267
  %269 = phi i64 [ %318, %317 ], [ 0, %267 ]
  %270 = icmp slt i64 %269, 8
  br i1 %270, label %271, label %319

271:                                              ; preds = %268
  br label %272

272:                                              ; preds = %275, %271
  %273 = phi i64 [ %316, %275 ], [ 0, %271 ]
  %274 = icmp slt i64 %273, 6
  br i1 %274, label %275, label %317

275:                                              ; preds = %272
  %276 = extractvalue { ptr, ptr, i64, [4 x i64], [4 x i64] } %160, 1
  %277 = mul nuw nsw i64 %265, 48
  %278 = add nuw nsw i64 0, %277
  %279 = mul nuw nsw i64 %269, 6
  %280 = add nuw nsw i64 %278, %279
  %281 = add nuw nsw i64 %280, %273
  %282 = getelementptr inbounds nuw i32, ptr %276, i64 %281
  %283 = load i32, ptr %282, align 4
  %284 = getelementptr inbounds nuw i32, ptr @__constant_6xi32, i64 %273
  %285 = load i32, ptr %284, align 4
  %286 = getelementptr inbounds nuw i8, ptr @__constant_6xi8, i64 %273
  %287 = load i8, ptr %286, align 1
  %288 = zext i8 %287 to i32
  %289 = sext i32 %283 to i64
  %290 = sext i32 %285 to i64
  %291 = mul i64 %289, %290
  %292 = zext i8 %287 to i64
  %293 = shl i64 1, %292
  %294 = lshr i64 %293, 1
  %295 = add i64 %291, %294
  %296 = icmp sge i32 %283, 0
  %297 = select i1 %296, i64 1073741824, i64 -1073741824
  %298 = add i64 %297, %295
  %299 = icmp sgt i32 %288, 31
  %300 = select i1 %299, i64 %298, i64 %295
  %301 = ashr i64 %300, %292
  %302 = trunc i64 %301 to i32
  %303 = add i32 %302, 5
  %304 = icmp sgt i32 %303, -128
  %305 = select i1 %304, i32 %303, i32 -128
  %306 = icmp slt i32 %305, 127
  %307 = select i1 %306, i32 %305, i32 127
  %308 = trunc i32 %307 to i8
  %309 = extractvalue { ptr, ptr, i64, [4 x i64], [4 x i64] } %49, 1
  %310 = mul nuw nsw i64 %265, 48
  %311 = add nuw nsw i64 0, %310
  %312 = mul nuw nsw i64 %269, 6
  %313 = add nuw nsw i64 %311, %312
  %314 = add nuw nsw i64 %313, %273
  %315 = getelementptr inbounds nuw i8, ptr %309, i64 %314
  store i8 %308, ptr %315, align 1
  %316 = add i64 %273, 1
  br label %272

317:                                              ; preds = %272
  %318 = add i64 %269, 1
  br label %268

319:                                              ; preds = %268
  %320 = add i64 %265, 1
  br label %264

321:                                              ; preds = %264
  ret void
}

define void @_mlir_ciface_conv2d_i8(ptr %0, ptr %1, ptr %2, ptr %3) {
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
  call void @conv2d_i8(ptr %6, ptr %7, i64 %8, i64 %9, i64 %10, i64 %11, i64 %12, i64 %13, i64 %14, i64 %15, i64 %16, ptr %18, ptr %19, i64 %20, i64 %21, i64 %22, i64 %23, i64 %24, i64 %25, i64 %26, i64 %27, i64 %28, ptr %30, ptr %31, i64 %32, i64 %33, i64 %34, ptr %36, ptr %37, i64 %38, i64 %39, i64 %40, i64 %41, i64 %42, i64 %43, i64 %44, i64 %45, i64 %46)
  ret void
}

define void @conv2d_i8_stride2(ptr %0, ptr %1, i64 %2, i64 %3, i64 %4, i64 %5, i64 %6, i64 %7, i64 %8, i64 %9, i64 %10, ptr %11, ptr %12, i64 %13, i64 %14, i64 %15, i64 %16, i64 %17, i64 %18, i64 %19, i64 %20, i64 %21, ptr %22, ptr %23, i64 %24, i64 %25, i64 %26, ptr %27, ptr %28, i64 %29, i64 %30, i64 %31, i64 %32, i64 %33, i64 %34, i64 %35, i64 %36, i64 %37) {
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
  %77 = alloca i32, i64 160, align 64
  %78 = insertvalue { ptr, ptr, i64, [4 x i64], [4 x i64] } poison, ptr %77, 0
  %79 = insertvalue { ptr, ptr, i64, [4 x i64], [4 x i64] } %78, ptr %77, 1
  %80 = insertvalue { ptr, ptr, i64, [4 x i64], [4 x i64] } %79, i64 0, 2
  %81 = insertvalue { ptr, ptr, i64, [4 x i64], [4 x i64] } %80, i64 2, 3, 0
  %82 = insertvalue { ptr, ptr, i64, [4 x i64], [4 x i64] } %81, i64 4, 3, 1
  %83 = insertvalue { ptr, ptr, i64, [4 x i64], [4 x i64] } %82, i64 4, 3, 2
  %84 = insertvalue { ptr, ptr, i64, [4 x i64], [4 x i64] } %83, i64 5, 3, 3
  %85 = insertvalue { ptr, ptr, i64, [4 x i64], [4 x i64] } %84, i64 80, 4, 0
  %86 = insertvalue { ptr, ptr, i64, [4 x i64], [4 x i64] } %85, i64 20, 4, 1
  %87 = insertvalue { ptr, ptr, i64, [4 x i64], [4 x i64] } %86, i64 5, 4, 2
  %88 = insertvalue { ptr, ptr, i64, [4 x i64], [4 x i64] } %87, i64 1, 4, 3
  br label %89

89:                                               ; preds = %121, %38
  %90 = phi i64 [ %122, %121 ], [ 0, %38 ]
  %91 = icmp slt i64 %90, 2
  br i1 %91, label %92, label %123

92:                                               ; preds = %89
  br label %93

93:                                               ; preds = %119, %92
  %94 = phi i64 [ %120, %119 ], [ 0, %92 ]
  %95 = icmp slt i64 %94, 4
  br i1 %95, label %96, label %121

96:                                               ; preds = %93
  br label %97

97:                                               ; preds = %117, %96
  %98 = phi i64 [ %118, %117 ], [ 0, %96 ]
  %99 = icmp slt i64 %98, 4
  br i1 %99, label %100, label %119

100:                                              ; preds = %97
  br label %101

101:                                              ; preds = %104, %100
  %102 = phi i64 [ %116, %104 ], [ 0, %100 ]
  %103 = icmp slt i64 %102, 5
  br i1 %103, label %104, label %117

104:                                              ; preds = %101
  %105 = extractvalue { ptr, ptr, i64, [1 x i64], [1 x i64] } %54, 1
  %106 = getelementptr inbounds nuw i32, ptr %105, i64 %102
  %107 = load i32, ptr %106, align 4
  %108 = extractvalue { ptr, ptr, i64, [4 x i64], [4 x i64] } %88, 1
  %109 = mul nuw nsw i64 %90, 80
  %110 = mul nuw nsw i64 %94, 20
  %111 = add nuw nsw i64 %109, %110
  %112 = mul nuw nsw i64 %98, 5
  %113 = add nuw nsw i64 %111, %112
  %114 = add nuw nsw i64 %113, %102
  %115 = getelementptr inbounds nuw i32, ptr %108, i64 %114
  store i32 %107, ptr %115, align 4
  %116 = add i64 %102, 1
  br label %101

117:                                              ; preds = %101
  %118 = add i64 %98, 1
  br label %97

119:                                              ; preds = %97
  %120 = add i64 %94, 1
  br label %93

121:                                              ; preds = %93
  %122 = add i64 %90, 1
  br label %89

123:                                              ; preds = %89
  br label %124

124:                                              ; preds = %206, %123
  %125 = phi i64 [ %207, %206 ], [ 0, %123 ]
  %126 = icmp slt i64 %125, 2
  br i1 %126, label %127, label %208

127:                                              ; preds = %124
  br label %128

128:                                              ; preds = %204, %127
  %129 = phi i64 [ %205, %204 ], [ 0, %127 ]
  %130 = icmp slt i64 %129, 4
  br i1 %130, label %131, label %206

131:                                              ; preds = %128
  br label %132

132:                                              ; preds = %202, %131
  %133 = phi i64 [ %203, %202 ], [ 0, %131 ]
  %134 = icmp slt i64 %133, 4
  br i1 %134, label %135, label %204

135:                                              ; preds = %132
  br label %136

136:                                              ; preds = %200, %135
  %137 = phi i64 [ %201, %200 ], [ 0, %135 ]
  %138 = icmp slt i64 %137, 5
  br i1 %138, label %139, label %202

139:                                              ; preds = %136
  br label %140

140:                                              ; preds = %198, %139
  %141 = phi i64 [ %199, %198 ], [ 0, %139 ]
  %142 = icmp slt i64 %141, 3
  br i1 %142, label %143, label %200

143:                                              ; preds = %140
  br label %144

144:                                              ; preds = %196, %143
  %145 = phi i64 [ %197, %196 ], [ 0, %143 ]
  %146 = icmp slt i64 %145, 3
  br i1 %146, label %147, label %198

147:                                              ; preds = %144
  br label %148

148:                                              ; preds = %151, %147
  %149 = phi i64 [ %195, %151 ], [ 0, %147 ]
  %150 = icmp slt i64 %149, 3
  br i1 %150, label %151, label %196

151:                                              ; preds = %148
  %152 = mul nsw i64 %129, 2
  %153 = add i64 %152, %141
  %154 = mul nsw i64 %133, 2
  %155 = add i64 %154, %145
  %156 = extractvalue { ptr, ptr, i64, [4 x i64], [4 x i64] } %76, 1
  %157 = mul nuw nsw i64 %125, 243
  %158 = mul nuw nsw i64 %153, 27
  %159 = add nuw nsw i64 %157, %158
  %160 = mul nuw nsw i64 %155, 3
  %161 = add nuw nsw i64 %159, %160
  %162 = add nuw nsw i64 %161, %149
  %163 = getelementptr inbounds nuw i8, ptr %156, i64 %162
  %164 = load i8, ptr %163, align 1
  %165 = extractvalue { ptr, ptr, i64, [4 x i64], [4 x i64] } %65, 1
  %166 = mul nuw nsw i64 %137, 27
  %167 = mul nuw nsw i64 %141, 9
  %168 = add nuw nsw i64 %166, %167
  %169 = mul nuw nsw i64 %145, 3
  %170 = add nuw nsw i64 %168, %169
  %171 = add nuw nsw i64 %170, %149
  %172 = getelementptr inbounds nuw i8, ptr %165, i64 %171
  %173 = load i8, ptr %172, align 1
  %174 = extractvalue { ptr, ptr, i64, [4 x i64], [4 x i64] } %88, 1
  %175 = mul nuw nsw i64 %125, 80
  %176 = mul nuw nsw i64 %129, 20
  %177 = add nuw nsw i64 %175, %176
  %178 = mul nuw nsw i64 %133, 5
  %179 = add nuw nsw i64 %177, %178
  %180 = add nuw nsw i64 %179, %137
  %181 = getelementptr inbounds nuw i32, ptr %174, i64 %180
  %182 = load i32, ptr %181, align 4
  %183 = sext i8 %164 to i32
  %184 = sext i8 %173 to i32
  %185 = mul i32 %183, %184
  %186 = add i32 %182, %185
  %187 = extractvalue { ptr, ptr, i64, [4 x i64], [4 x i64] } %88, 1
  %188 = mul nuw nsw i64 %125, 80
  %189 = mul nuw nsw i64 %129, 20
  %190 = add nuw nsw i64 %188, %189
  %191 = mul nuw nsw i64 %133, 5
  %192 = add nuw nsw i64 %190, %191
  %193 = add nuw nsw i64 %192, %137
  %194 = getelementptr inbounds nuw i32, ptr %187, i64 %193
  store i32 %186, ptr %194, align 4
  %195 = add i64 %149, 1
  br label %148

196:                                              ; preds = %148
  %197 = add i64 %145, 1
  br label %144

198:                                              ; preds = %144
  %199 = add i64 %141, 1
  br label %140

200:                                              ; preds = %140
  %201 = add i64 %137, 1
  br label %136

202:                                              ; preds = %136
  %203 = add i64 %133, 1
  br label %132

204:                                              ; preds = %132
  %205 = add i64 %129, 1
  br label %128

206:                                              ; preds = %128
  %207 = add i64 %125, 1
  br label %124

208:                                              ; preds = %124
  br label %209

209:                                              ; preds = %258, %208
  %210 = phi i64 [ %259, %258 ], [ 0, %208 ]
  %211 = icmp slt i64 %210, 2
  br i1 %211, label %212, label %260

212:                                              ; preds = %209
  br label %213

213:                                              ; preds = %256, %212
  %214 = phi i64 [ %257, %256 ], [ 0, %212 ]
  %215 = icmp slt i64 %214, 4
  br i1 %215, label %216, label %258

216:                                              ; preds = %213
  br label %217

217:                                              ; preds = %254, %216
  %218 = phi i64 [ %255, %254 ], [ 0, %216 ]
  %219 = icmp slt i64 %218, 4
  br i1 %219, label %220, label %256

220:                                              ; preds = %217
  br label %221

221:                                              ; preds = %224, %220
  %222 = phi i64 [ %253, %224 ], [ 0, %220 ]
  %223 = icmp slt i64 %222, 5
  br i1 %223, label %224, label %254

224:                                              ; preds = %221
  %225 = extractvalue { ptr, ptr, i64, [4 x i64], [4 x i64] } %88, 1
  %226 = mul nuw nsw i64 %210, 80
  %227 = mul nuw nsw i64 %214, 20
  %228 = add nuw nsw i64 %226, %227
  %229 = mul nuw nsw i64 %218, 5
  %230 = add nuw nsw i64 %228, %229
  %231 = add nuw nsw i64 %230, %222
  %232 = getelementptr inbounds nuw i32, ptr %225, i64 %231
  %233 = load i32, ptr %232, align 4
  %234 = sext i32 %233 to i64
  %235 = mul i64 %234, 1395864371
  %236 = add i64 %235, 274877906944
  %237 = ashr i64 %236, 39
  %238 = trunc i64 %237 to i32
  %239 = add i32 %238, -7
  %240 = icmp sgt i32 %239, -128
  %241 = select i1 %240, i32 %239, i32 -128
  %242 = icmp slt i32 %241, 127
  %243 = select i1 %242, i32 %241, i32 127
  %244 = trunc i32 %243 to i8
  %245 = extractvalue { ptr, ptr, i64, [4 x i64], [4 x i64] } %49, 1
  %246 = mul nuw nsw i64 %210, 80
  %247 = mul nuw nsw i64 %214, 20
  %248 = add nuw nsw i64 %246, %247
  %249 = mul nuw nsw i64 %218, 5
  %250 = add nuw nsw i64 %248, %249
  %251 = add nuw nsw i64 %250, %222
  %252 = getelementptr inbounds nuw i8, ptr %245, i64 %251
  store i8 %244, ptr %252, align 1
  %253 = add i64 %222, 1
  br label %221

254:                                              ; preds = %221
  %255 = add i64 %218, 1
  br label %217

256:                                              ; preds = %217
  %257 = add i64 %214, 1
  br label %213

258:                                              ; preds = %213
  %259 = add i64 %210, 1
  br label %209

260:                                              ; preds = %209
  ret void
}

define void @_mlir_ciface_conv2d_i8_stride2(ptr %0, ptr %1, ptr %2, ptr %3) {
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
  call void @conv2d_i8_stride2(ptr %6, ptr %7, i64 %8, i64 %9, i64 %10, i64 %11, i64 %12, i64 %13, i64 %14, i64 %15, i64 %16, ptr %18, ptr %19, i64 %20, i64 %21, i64 %22, i64 %23, i64 %24, i64 %25, i64 %26, i64 %27, i64 %28, ptr %30, ptr %31, i64 %32, i64 %33, i64 %34, ptr %36, ptr %37, i64 %38, i64 %39, i64 %40, i64 %41, i64 %42, i64 %43, i64 %44, i64 %45, i64 %46)
  ret void
}

define void @conv2d_layer_i8(ptr %0, ptr %1, i64 %2, i64 %3, i64 %4, i64 %5, i64 %6, i64 %7, i64 %8, i64 %9, i64 %10, ptr %11, ptr %12, i64 %13, i64 %14, i64 %15, i64 %16, i64 %17, i64 %18, i64 %19, i64 %20, i64 %21, ptr %22, ptr %23, i64 %24, i64 %25, i64 %26, ptr %27, ptr %28, i64 %29, i64 %30, i64 %31, i64 %32, i64 %33, i64 %34, i64 %35, i64 %36, i64 %37) {
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
  %149 = alloca i32, i64 75264, align 64
  %150 = insertvalue { ptr, ptr, i64, [4 x i64], [4 x i64] } poison, ptr %149, 0
  %151 = insertvalue { ptr, ptr, i64, [4 x i64], [4 x i64] } %150, ptr %149, 1
  %152 = insertvalue { ptr, ptr, i64, [4 x i64], [4 x i64] } %151, i64 0, 2
  %153 = insertvalue { ptr, ptr, i64, [4 x i64], [4 x i64] } %152, i64 1, 3, 0
  %154 = insertvalue { ptr, ptr, i64, [4 x i64], [4 x i64] } %153, i64 28, 3, 1
  %155 = insertvalue { ptr, ptr, i64, [4 x i64], [4 x i64] } %154, i64 28, 3, 2
  %156 = insertvalue { ptr, ptr, i64, [4 x i64], [4 x i64] } %155, i64 96, 3, 3
  %157 = insertvalue { ptr, ptr, i64, [4 x i64], [4 x i64] } %156, i64 75264, 4, 0
  %158 = insertvalue { ptr, ptr, i64, [4 x i64], [4 x i64] } %157, i64 2688, 4, 1
  %159 = insertvalue { ptr, ptr, i64, [4 x i64], [4 x i64] } %158, i64 96, 4, 2
  %160 = insertvalue { ptr, ptr, i64, [4 x i64], [4 x i64] } %159, i64 1, 4, 3
  br label %161

161:                                              ; preds = %186, %148
  %162 = phi i64 [ %187, %186 ], [ 0, %148 ]
  %163 = icmp slt i64 %162, 28
  br i1 %163, label %164, label %188

164:                                              ; preds = %161
  br label %165

165:                                              ; preds = %184, %164
  %166 = phi i64 [ %185, %184 ], [ 0, %164 ]
  %167 = icmp slt i64 %166, 28
  br i1 %167, label %168, label %186

168:                                              ; preds = %165
  br label %169

169:                                              ; preds = %172, %168
  %170 = phi i64 [ %183, %172 ], [ 0, %168 ]
  %171 = icmp slt i64 %170, 96
  br i1 %171, label %172, label %184

172:                                              ; preds = %169
  %173 = extractvalue { ptr, ptr, i64, [1 x i64], [1 x i64] } %54, 1
  %174 = getelementptr inbounds nuw i32, ptr %173, i64 %170
  %175 = load i32, ptr %174, align 4
  %176 = extractvalue { ptr, ptr, i64, [4 x i64], [4 x i64] } %160, 1
  %177 = mul nuw nsw i64 %162, 2688
  %178 = add nuw nsw i64 0, %177
  %179 = mul nuw nsw i64 %166, 96
  %180 = add nuw nsw i64 %178, %179
  %181 = add nuw nsw i64 %180, %170
  %182 = getelementptr inbounds nuw i32, ptr %176, i64 %181
  store i32 %175, ptr %182, align 4
  %183 = add i64 %170, 1
  br label %169

184:                                              ; preds = %169
  %185 = add i64 %166, 1
  br label %165

186:                                              ; preds = %165
  %187 = add i64 %162, 1
  br label %161

188:                                              ; preds = %161
  br label %189

189:                                              ; preds = %261, %188
  %190 = phi i64 [ %262, %261 ], [ 0, %188 ]
  %191 = icmp slt i64 %190, 28
  br i1 %191, label %192, label %263

192:                                              ; preds = %189
  br label %193

193:                                              ; preds = %259, %192
  %194 = phi i64 [ %260, %259 ], [ 0, %192 ]
  %195 = icmp slt i64 %194, 28
  br i1 %195, label %196, label %261

196:                                              ; preds = %193
  br label %197

197:                                              ; preds = %257, %196
  %198 = phi i64 [ %258, %257 ], [ 0, %196 ]
  %199 = icmp slt i64 %198, 96
  br i1 %199, label %200, label %259

200:                                              ; preds = %197
  br label %201

201:                                              ; preds = %255, %200
  %202 = phi i64 [ %256, %255 ], [ 0, %200 ]
  %203 = icmp slt i64 %202, 3
  br i1 %203, label %204, label %257

204:                                              ; preds = %201
  br label %205

205:                                              ; preds = %253, %204
  %206 = phi i64 [ %254, %253 ], [ 0, %204 ]
  %207 = icmp slt i64 %206, 3
  br i1 %207, label %208, label %255

208:                                              ; preds = %205
  br label %209

209:                                              ; preds = %212, %208
  %210 = phi i64 [ %252, %212 ], [ 0, %208 ]
  %211 = icmp slt i64 %210, 64
  br i1 %211, label %212, label %253

212:                                              ; preds = %209
  %213 = add i64 %190, %202
  %214 = add i64 %194, %206
  %215 = extractvalue { ptr, ptr, i64, [4 x i64], [4 x i64] } %88, 1
  %216 = mul nuw nsw i64 %213, 1920
  %217 = add nuw nsw i64 0, %216
  %218 = mul nuw nsw i64 %214, 64
  %219 = add nuw nsw i64 %217, %218
  %220 = add nuw nsw i64 %219, %210
  %221 = getelementptr inbounds nuw i8, ptr %215, i64 %220
  %222 = load i8, ptr %221, align 1
  %223 = extractvalue { ptr, ptr, i64, [4 x i64], [4 x i64] } %65, 1
  %224 = mul nuw nsw i64 %198, 576
  %225 = mul nuw nsw i64 %202, 192
  %226 = add nuw nsw i64 %224, %225
  %227 = mul nuw nsw i64 %206, 64
  %228 = add nuw nsw i64 %226, %227
  %229 = add nuw nsw i64 %228, %210
  %230 = getelementptr inbounds nuw i8, ptr %223, i64 %229
  %231 = load i8, ptr %230, align 1
  %232 = extractvalue { ptr, ptr, i64, [4 x i64], [4 x i64] } %160, 1
  %233 = mul nuw nsw i64 %190, 2688
  %234 = add nuw nsw i64 0, %233
  %235 = mul nuw nsw i64 %194, 96
  %236 = add nuw nsw i64 %234, %235
  %237 = add nuw nsw i64 %236, %198
  %238 = getelementptr inbounds nuw i32, ptr %232, i64 %237
  %239 = load i32, ptr %238, align 4
  %240 = sext i8 %222 to i32
  %241 = sub i32 %240, -3
  %242 = sext i8 %231 to i32
  %243 = mul i32 %241, %242
  %244 = add i32 %239, %243
  %245 = extractvalue { ptr, ptr, i64, [4 x i64], [4 x i64] } %160, 1
  %246 = mul nuw nsw i64 %190, 2688
  %247 = add nuw nsw i64 0, %246
  %248 = mul nuw nsw i64 %194, 96
  %249 = add nuw nsw i64 %247, %248
  %250 = add nuw nsw i64 %249, %198
  %251 = getelementptr inbounds nuw i32, ptr %245, i64 %250
  store i32 %244, ptr %251, align 4
  %252 = add i64 %210, 1
  br label %209

253:                                              ; preds = %209
  %254 = add i64 %206, 1
  br label %205

255:                                              ; preds = %205
  %256 = add i64 %202, 1
  br label %201

257:                                              ; preds = %201
  %258 = add i64 %198, 1
  br label %197

259:                                              ; preds = %197
  %260 = add i64 %194, 1
  br label %193

261:                                              ; preds = %193
  %262 = add i64 %190, 1
  br label %189

263:                                              ; preds = %189
  br label %264

264:                                              ; preds = %308, %263
  %265 = phi i64 [ %309, %308 ], [ 0, %263 ]
  %266 = icmp slt i64 %265, 28
  br i1 %266, label %267, label %310

267:                                              ; preds = %264
  br label %268

268:                                              ; preds = %306, %267
  %269 = phi i64 [ %307, %306 ], [ 0, %267 ]
  %270 = icmp slt i64 %269, 28
  br i1 %270, label %271, label %308

271:                                              ; preds = %268
  br label %272

272:                                              ; preds = %275, %271
  %273 = phi i64 [ %305, %275 ], [ 0, %271 ]
  %274 = icmp slt i64 %273, 96
  br i1 %274, label %275, label %306

275:                                              ; preds = %272
  %276 = extractvalue { ptr, ptr, i64, [4 x i64], [4 x i64] } %160, 1
  %277 = mul nuw nsw i64 %265, 2688
  %278 = add nuw nsw i64 0, %277
  %279 = mul nuw nsw i64 %269, 96
  %280 = add nuw nsw i64 %278, %279
  %281 = add nuw nsw i64 %280, %273
  %282 = getelementptr inbounds nuw i32, ptr %276, i64 %281
  %283 = load i32, ptr %282, align 4
  %284 = sext i32 %283 to i64
  %285 = mul i64 %284, 1395864371
  %286 = add i64 %285, 2199023255552
  %287 = icmp sge i32 %283, 0
  %288 = select i1 %287, i64 1073741824, i64 -1073741824
  %289 = add i64 %288, %286
  %290 = ashr i64 %289, 42
  %291 = trunc i64 %290 to i32
  %292 = add i32 %291, 5
  %293 = icmp sgt i32 %292, -128
  %294 = select i1 %293, i32 %292, i32 -128
  %295 = icmp slt i32 %294, 127
  %296 = select i1 %295, i32 %294, i32 127
  %297 = trunc i32 %296 to i8
  %298 = extractvalue { ptr, ptr, i64, [4 x i64], [4 x i64] } %49, 1
  %299 = mul nuw nsw i64 %265, 2688
  %300 = add nuw nsw i64 0, %299
  %301 = mul nuw nsw i64 %269, 96
  %302 = add nuw nsw i64 %300, %301
  %303 = add nuw nsw i64 %302, %273
  %304 = getelementptr inbounds nuw i8, ptr %298, i64 %303
  store i8 %297, ptr %304, align 1
  %305 = add i64 %273, 1
  br label %272

306:                                              ; preds = %272
  %307 = add i64 %269, 1
  br label %268

308:                                              ; preds = %268
  %309 = add i64 %265, 1
  br label %264

310:                                              ; preds = %264
  ret void
}

define void @_mlir_ciface_conv2d_layer_i8(ptr %0, ptr %1, ptr %2, ptr %3) {
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
  call void @conv2d_layer_i8(ptr %6, ptr %7, i64 %8, i64 %9, i64 %10, i64 %11, i64 %12, i64 %13, i64 %14, i64 %15, i64 %16, ptr %18, ptr %19, i64 %20, i64 %21, i64 %22, i64 %23, i64 %24, i64 %25, i64 %26, i64 %27, i64 %28, ptr %30, ptr %31, i64 %32, i64 %33, i64 %34, ptr %36, ptr %37, i64 %38, i64 %39, i64 %40, i64 %41, i64 %42, i64 %43, i64 %44, i64 %45, i64 %46)
  ret void
}

!llvm.module.flags = !{!0}

!0 = !{i32 2, !"Debug Info Version", i32 3}
