; ModuleID = 'LLVMDialectModule'
source_filename = "LLVMDialectModule"

@__constant_5xi32 = private constant [5 x i32] [i32 1073741824, i32 1342177280, i32 1610612736, i32 2147483647, i32 1200000000], align 64
@__constant_5xi8 = private constant [5 x i8] c"&''(&", align 64

define void @depthwise_i8(ptr %0, ptr %1, ptr %2, ptr %3) {
  %5 = insertvalue { ptr, ptr, i64, [4 x i64], [4 x i64] } poison, ptr %3, 0
  %6 = insertvalue { ptr, ptr, i64, [4 x i64], [4 x i64] } %5, ptr %3, 1
  %7 = insertvalue { ptr, ptr, i64, [4 x i64], [4 x i64] } %6, i64 0, 2
  %8 = insertvalue { ptr, ptr, i64, [4 x i64], [4 x i64] } %7, i64 1, 3, 0
  %9 = insertvalue { ptr, ptr, i64, [4 x i64], [4 x i64] } %8, i64 50176, 4, 0
  %10 = insertvalue { ptr, ptr, i64, [4 x i64], [4 x i64] } %9, i64 28, 3, 1
  %11 = insertvalue { ptr, ptr, i64, [4 x i64], [4 x i64] } %10, i64 1792, 4, 1
  %12 = insertvalue { ptr, ptr, i64, [4 x i64], [4 x i64] } %11, i64 28, 3, 2
  %13 = insertvalue { ptr, ptr, i64, [4 x i64], [4 x i64] } %12, i64 64, 4, 2
  %14 = insertvalue { ptr, ptr, i64, [4 x i64], [4 x i64] } %13, i64 64, 3, 3
  %15 = insertvalue { ptr, ptr, i64, [4 x i64], [4 x i64] } %14, i64 1, 4, 3
  %16 = insertvalue { ptr, ptr, i64, [1 x i64], [1 x i64] } poison, ptr %2, 0
  %17 = insertvalue { ptr, ptr, i64, [1 x i64], [1 x i64] } %16, ptr %2, 1
  %18 = insertvalue { ptr, ptr, i64, [1 x i64], [1 x i64] } %17, i64 0, 2
  %19 = insertvalue { ptr, ptr, i64, [1 x i64], [1 x i64] } %18, i64 64, 3, 0
  %20 = insertvalue { ptr, ptr, i64, [1 x i64], [1 x i64] } %19, i64 1, 4, 0
  %21 = insertvalue { ptr, ptr, i64, [4 x i64], [4 x i64] } poison, ptr %1, 0
  %22 = insertvalue { ptr, ptr, i64, [4 x i64], [4 x i64] } %21, ptr %1, 1
  %23 = insertvalue { ptr, ptr, i64, [4 x i64], [4 x i64] } %22, i64 0, 2
  %24 = insertvalue { ptr, ptr, i64, [4 x i64], [4 x i64] } %23, i64 3, 3, 0
  %25 = insertvalue { ptr, ptr, i64, [4 x i64], [4 x i64] } %24, i64 192, 4, 0
  %26 = insertvalue { ptr, ptr, i64, [4 x i64], [4 x i64] } %25, i64 3, 3, 1
  %27 = insertvalue { ptr, ptr, i64, [4 x i64], [4 x i64] } %26, i64 64, 4, 1
  %28 = insertvalue { ptr, ptr, i64, [4 x i64], [4 x i64] } %27, i64 64, 3, 2
  %29 = insertvalue { ptr, ptr, i64, [4 x i64], [4 x i64] } %28, i64 1, 4, 2
  %30 = insertvalue { ptr, ptr, i64, [4 x i64], [4 x i64] } %29, i64 1, 3, 3
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
  %115 = alloca i32, i64 50176, align 64
  %116 = insertvalue { ptr, ptr, i64, [5 x i64], [5 x i64] } poison, ptr %115, 0
  %117 = insertvalue { ptr, ptr, i64, [5 x i64], [5 x i64] } %116, ptr %115, 1
  %118 = insertvalue { ptr, ptr, i64, [5 x i64], [5 x i64] } %117, i64 0, 2
  %119 = insertvalue { ptr, ptr, i64, [5 x i64], [5 x i64] } %118, i64 1, 3, 0
  %120 = insertvalue { ptr, ptr, i64, [5 x i64], [5 x i64] } %119, i64 28, 3, 1
  %121 = insertvalue { ptr, ptr, i64, [5 x i64], [5 x i64] } %120, i64 28, 3, 2
  %122 = insertvalue { ptr, ptr, i64, [5 x i64], [5 x i64] } %121, i64 64, 3, 3
  %123 = insertvalue { ptr, ptr, i64, [5 x i64], [5 x i64] } %122, i64 1, 3, 4
  %124 = insertvalue { ptr, ptr, i64, [5 x i64], [5 x i64] } %123, i64 50176, 4, 0
  %125 = insertvalue { ptr, ptr, i64, [5 x i64], [5 x i64] } %124, i64 1792, 4, 1
  %126 = insertvalue { ptr, ptr, i64, [5 x i64], [5 x i64] } %125, i64 64, 4, 2
  %127 = insertvalue { ptr, ptr, i64, [5 x i64], [5 x i64] } %126, i64 1, 4, 3
  %128 = insertvalue { ptr, ptr, i64, [5 x i64], [5 x i64] } %127, i64 1, 4, 4
  br label %129

129:                                              ; preds = %152, %114
  %130 = phi i64 [ %153, %152 ], [ 0, %114 ]
  %131 = icmp slt i64 %130, 28
  br i1 %131, label %132, label %154

132:                                              ; preds = %129
  br label %133

133:                                              ; preds = %150, %132
  %134 = phi i64 [ %151, %150 ], [ 0, %132 ]
  %135 = icmp slt i64 %134, 28
  br i1 %135, label %136, label %152

136:                                              ; preds = %133
  br label %137

137:                                              ; preds = %140, %136
  %138 = phi i64 [ %149, %140 ], [ 0, %136 ]
  %139 = icmp slt i64 %138, 64
  br i1 %139, label %140, label %150

140:                                              ; preds = %137
  %141 = extractvalue { ptr, ptr, i64, [5 x i64], [5 x i64] } %128, 1
  %142 = mul nuw nsw i64 %130, 1792
  %143 = add nuw nsw i64 0, %142
  %144 = mul nuw nsw i64 %134, 64
  %145 = add nuw nsw i64 %143, %144
  %146 = add nuw nsw i64 %145, %138
  %147 = add nuw nsw i64 %146, 0
  %148 = getelementptr inbounds nuw i32, ptr %141, i64 %147
  store i32 0, ptr %148, align 4
  %149 = add i64 %138, 1
  br label %137

150:                                              ; preds = %137
  %151 = add i64 %134, 1
  br label %133

152:                                              ; preds = %133
  %153 = add i64 %130, 1
  br label %129

154:                                              ; preds = %129
  br label %155

155:                                              ; preds = %222, %154
  %156 = phi i64 [ %223, %222 ], [ 0, %154 ]
  %157 = icmp slt i64 %156, 28
  br i1 %157, label %158, label %224

158:                                              ; preds = %155
  br label %159

159:                                              ; preds = %220, %158
  %160 = phi i64 [ %221, %220 ], [ 0, %158 ]
  %161 = icmp slt i64 %160, 28
  br i1 %161, label %162, label %222

162:                                              ; preds = %159
  br label %163

163:                                              ; preds = %218, %162
  %164 = phi i64 [ %219, %218 ], [ 0, %162 ]
  %165 = icmp slt i64 %164, 64
  br i1 %165, label %166, label %220

166:                                              ; preds = %163
  br label %167

167:                                              ; preds = %216, %166
  %168 = phi i64 [ %217, %216 ], [ 0, %166 ]
  %169 = icmp slt i64 %168, 3
  br i1 %169, label %170, label %218

170:                                              ; preds = %167
  br label %171

171:                                              ; preds = %174, %170
  %172 = phi i64 [ %215, %174 ], [ 0, %170 ]
  %173 = icmp slt i64 %172, 3
  br i1 %173, label %174, label %216

174:                                              ; preds = %171
  %175 = add i64 %156, %168
  %176 = add i64 %160, %172
  %177 = extractvalue { ptr, ptr, i64, [4 x i64], [4 x i64] } %54, 1
  %178 = mul nuw nsw i64 %175, 1920
  %179 = add nuw nsw i64 0, %178
  %180 = mul nuw nsw i64 %176, 64
  %181 = add nuw nsw i64 %179, %180
  %182 = add nuw nsw i64 %181, %164
  %183 = getelementptr inbounds nuw i8, ptr %177, i64 %182
  %184 = load i8, ptr %183, align 1
  %185 = extractvalue { ptr, ptr, i64, [4 x i64], [4 x i64] } %31, 1
  %186 = mul nuw nsw i64 %168, 192
  %187 = mul nuw nsw i64 %172, 64
  %188 = add nuw nsw i64 %186, %187
  %189 = add nuw nsw i64 %188, %164
  %190 = add nuw nsw i64 %189, 0
  %191 = getelementptr inbounds nuw i8, ptr %185, i64 %190
  %192 = load i8, ptr %191, align 1
  %193 = extractvalue { ptr, ptr, i64, [5 x i64], [5 x i64] } %128, 1
  %194 = mul nuw nsw i64 %156, 1792
  %195 = add nuw nsw i64 0, %194
  %196 = mul nuw nsw i64 %160, 64
  %197 = add nuw nsw i64 %195, %196
  %198 = add nuw nsw i64 %197, %164
  %199 = add nuw nsw i64 %198, 0
  %200 = getelementptr inbounds nuw i32, ptr %193, i64 %199
  %201 = load i32, ptr %200, align 4
  %202 = sext i8 %184 to i32
  %203 = sub i32 %202, -3
  %204 = sext i8 %192 to i32
  %205 = mul i32 %203, %204
  %206 = add i32 %201, %205
  %207 = extractvalue { ptr, ptr, i64, [5 x i64], [5 x i64] } %128, 1
  %208 = mul nuw nsw i64 %156, 1792
  %209 = add nuw nsw i64 0, %208
  %210 = mul nuw nsw i64 %160, 64
  %211 = add nuw nsw i64 %209, %210
  %212 = add nuw nsw i64 %211, %164
  %213 = add nuw nsw i64 %212, 0
  %214 = getelementptr inbounds nuw i32, ptr %207, i64 %213
  store i32 %206, ptr %214, align 4
  %215 = add i64 %172, 1
  br label %171

216:                                              ; preds = %171
  %217 = add i64 %168, 1
  br label %167

218:                                              ; preds = %167
  %219 = add i64 %164, 1
  br label %163

220:                                              ; preds = %163
  %221 = add i64 %160, 1
  br label %159

222:                                              ; preds = %159
  %223 = add i64 %156, 1
  br label %155

224:                                              ; preds = %155
  br label %225

225:                                              ; preds = %274, %224
  %226 = phi i64 [ %275, %274 ], [ 0, %224 ]
  %227 = icmp slt i64 %226, 28
  br i1 %227, label %228, label %276

228:                                              ; preds = %225
  br label %229

229:                                              ; preds = %272, %228
  %230 = phi i64 [ %273, %272 ], [ 0, %228 ]
  %231 = icmp slt i64 %230, 28
  br i1 %231, label %232, label %274

232:                                              ; preds = %229
  br label %233

233:                                              ; preds = %236, %232
  %234 = phi i64 [ %271, %236 ], [ 0, %232 ]
  %235 = icmp slt i64 %234, 64
  br i1 %235, label %236, label %272

236:                                              ; preds = %233
  %237 = extractvalue { ptr, ptr, i64, [1 x i64], [1 x i64] } %20, 1
  %238 = getelementptr inbounds nuw i32, ptr %237, i64 %234
  %239 = load i32, ptr %238, align 4
  %240 = extractvalue { ptr, ptr, i64, [5 x i64], [5 x i64] } %128, 1
  %241 = mul nuw nsw i64 %226, 1792
  %242 = add nuw nsw i64 0, %241
  %243 = mul nuw nsw i64 %230, 64
  %244 = add nuw nsw i64 %242, %243
  %245 = add nuw nsw i64 %244, %234
  %246 = add nuw nsw i64 %245, 0
  %247 = getelementptr inbounds nuw i32, ptr %240, i64 %246
  %248 = load i32, ptr %247, align 4
  %249 = add i32 %239, %248
  %250 = sext i32 %249 to i64
  %251 = mul i64 %250, 1395864371
  %252 = add i64 %251, 274877906944
  %253 = icmp sge i32 %249, 0
  %254 = select i1 %253, i64 1073741824, i64 -1073741824
  %255 = add i64 %254, %252
  %256 = ashr i64 %255, 39
  %257 = trunc i64 %256 to i32
  %258 = add i32 %257, -7
  %259 = icmp sgt i32 %258, -128
  %260 = select i1 %259, i32 %258, i32 -128
  %261 = icmp slt i32 %260, 127
  %262 = select i1 %261, i32 %260, i32 127
  %263 = trunc i32 %262 to i8
  %264 = extractvalue { ptr, ptr, i64, [4 x i64], [4 x i64] } %15, 1
  %265 = mul nuw nsw i64 %226, 1792
  %266 = add nuw nsw i64 0, %265
  %267 = mul nuw nsw i64 %230, 64
  %268 = add nuw nsw i64 %266, %267
  %269 = add nuw nsw i64 %268, %234
  %270 = getelementptr inbounds nuw i8, ptr %264, i64 %269
  store i8 %263, ptr %270, align 1
  %271 = add i64 %234, 1
  br label %233

272:                                              ; preds = %233
  %273 = add i64 %230, 1
  br label %229

274:                                              ; preds = %229
  %275 = add i64 %226, 1
  br label %225

276:                                              ; preds = %225
  ret void
}

define void @depthwise_i8_stride2(ptr %0, ptr %1, ptr %2, ptr %3) {
  %5 = insertvalue { ptr, ptr, i64, [4 x i64], [4 x i64] } poison, ptr %3, 0
  %6 = insertvalue { ptr, ptr, i64, [4 x i64], [4 x i64] } %5, ptr %3, 1
  %7 = insertvalue { ptr, ptr, i64, [4 x i64], [4 x i64] } %6, i64 0, 2
  %8 = insertvalue { ptr, ptr, i64, [4 x i64], [4 x i64] } %7, i64 2, 3, 0
  %9 = insertvalue { ptr, ptr, i64, [4 x i64], [4 x i64] } %8, i64 100, 4, 0
  %10 = insertvalue { ptr, ptr, i64, [4 x i64], [4 x i64] } %9, i64 4, 3, 1
  %11 = insertvalue { ptr, ptr, i64, [4 x i64], [4 x i64] } %10, i64 25, 4, 1
  %12 = insertvalue { ptr, ptr, i64, [4 x i64], [4 x i64] } %11, i64 5, 3, 2
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
  %24 = insertvalue { ptr, ptr, i64, [4 x i64], [4 x i64] } %23, i64 3, 3, 0
  %25 = insertvalue { ptr, ptr, i64, [4 x i64], [4 x i64] } %24, i64 15, 4, 0
  %26 = insertvalue { ptr, ptr, i64, [4 x i64], [4 x i64] } %25, i64 3, 3, 1
  %27 = insertvalue { ptr, ptr, i64, [4 x i64], [4 x i64] } %26, i64 5, 4, 1
  %28 = insertvalue { ptr, ptr, i64, [4 x i64], [4 x i64] } %27, i64 5, 3, 2
  %29 = insertvalue { ptr, ptr, i64, [4 x i64], [4 x i64] } %28, i64 1, 4, 2
  %30 = insertvalue { ptr, ptr, i64, [4 x i64], [4 x i64] } %29, i64 1, 3, 3
  %31 = insertvalue { ptr, ptr, i64, [4 x i64], [4 x i64] } %30, i64 1, 4, 3
  %32 = insertvalue { ptr, ptr, i64, [4 x i64], [4 x i64] } poison, ptr %0, 0
  %33 = insertvalue { ptr, ptr, i64, [4 x i64], [4 x i64] } %32, ptr %0, 1
  %34 = insertvalue { ptr, ptr, i64, [4 x i64], [4 x i64] } %33, i64 0, 2
  %35 = insertvalue { ptr, ptr, i64, [4 x i64], [4 x i64] } %34, i64 2, 3, 0
  %36 = insertvalue { ptr, ptr, i64, [4 x i64], [4 x i64] } %35, i64 400, 4, 0
  %37 = insertvalue { ptr, ptr, i64, [4 x i64], [4 x i64] } %36, i64 8, 3, 1
  %38 = insertvalue { ptr, ptr, i64, [4 x i64], [4 x i64] } %37, i64 50, 4, 1
  %39 = insertvalue { ptr, ptr, i64, [4 x i64], [4 x i64] } %38, i64 10, 3, 2
  %40 = insertvalue { ptr, ptr, i64, [4 x i64], [4 x i64] } %39, i64 5, 4, 2
  %41 = insertvalue { ptr, ptr, i64, [4 x i64], [4 x i64] } %40, i64 5, 3, 3
  %42 = insertvalue { ptr, ptr, i64, [4 x i64], [4 x i64] } %41, i64 1, 4, 3
  %43 = alloca i8, i64 990, align 64
  %44 = insertvalue { ptr, ptr, i64, [4 x i64], [4 x i64] } poison, ptr %43, 0
  %45 = insertvalue { ptr, ptr, i64, [4 x i64], [4 x i64] } %44, ptr %43, 1
  %46 = insertvalue { ptr, ptr, i64, [4 x i64], [4 x i64] } %45, i64 0, 2
  %47 = insertvalue { ptr, ptr, i64, [4 x i64], [4 x i64] } %46, i64 2, 3, 0
  %48 = insertvalue { ptr, ptr, i64, [4 x i64], [4 x i64] } %47, i64 9, 3, 1
  %49 = insertvalue { ptr, ptr, i64, [4 x i64], [4 x i64] } %48, i64 11, 3, 2
  %50 = insertvalue { ptr, ptr, i64, [4 x i64], [4 x i64] } %49, i64 5, 3, 3
  %51 = insertvalue { ptr, ptr, i64, [4 x i64], [4 x i64] } %50, i64 495, 4, 0
  %52 = insertvalue { ptr, ptr, i64, [4 x i64], [4 x i64] } %51, i64 55, 4, 1
  %53 = insertvalue { ptr, ptr, i64, [4 x i64], [4 x i64] } %52, i64 5, 4, 2
  %54 = insertvalue { ptr, ptr, i64, [4 x i64], [4 x i64] } %53, i64 1, 4, 3
  br label %55

55:                                               ; preds = %84, %4
  %56 = phi i64 [ %85, %84 ], [ 0, %4 ]
  %57 = icmp slt i64 %56, 2
  br i1 %57, label %58, label %86

58:                                               ; preds = %55
  br label %59

59:                                               ; preds = %82, %58
  %60 = phi i64 [ %83, %82 ], [ 0, %58 ]
  %61 = icmp slt i64 %60, 9
  br i1 %61, label %62, label %84

62:                                               ; preds = %59
  br label %63

63:                                               ; preds = %80, %62
  %64 = phi i64 [ %81, %80 ], [ 0, %62 ]
  %65 = icmp slt i64 %64, 11
  br i1 %65, label %66, label %82

66:                                               ; preds = %63
  br label %67

67:                                               ; preds = %70, %66
  %68 = phi i64 [ %79, %70 ], [ 0, %66 ]
  %69 = icmp slt i64 %68, 5
  br i1 %69, label %70, label %80

70:                                               ; preds = %67
  %71 = extractvalue { ptr, ptr, i64, [4 x i64], [4 x i64] } %54, 1
  %72 = mul nuw nsw i64 %56, 495
  %73 = mul nuw nsw i64 %60, 55
  %74 = add nuw nsw i64 %72, %73
  %75 = mul nuw nsw i64 %64, 5
  %76 = add nuw nsw i64 %74, %75
  %77 = add nuw nsw i64 %76, %68
  %78 = getelementptr inbounds nuw i8, ptr %71, i64 %77
  store i8 7, ptr %78, align 1
  %79 = add i64 %68, 1
  br label %67

80:                                               ; preds = %67
  %81 = add i64 %64, 1
  br label %63

82:                                               ; preds = %63
  %83 = add i64 %60, 1
  br label %59

84:                                               ; preds = %59
  %85 = add i64 %56, 1
  br label %55

86:                                               ; preds = %55
  br label %87

87:                                               ; preds = %125, %86
  %88 = phi i64 [ %126, %125 ], [ 0, %86 ]
  %89 = icmp slt i64 %88, 2
  br i1 %89, label %90, label %127

90:                                               ; preds = %87
  br label %91

91:                                               ; preds = %123, %90
  %92 = phi i64 [ %124, %123 ], [ 0, %90 ]
  %93 = icmp slt i64 %92, 8
  br i1 %93, label %94, label %125

94:                                               ; preds = %91
  br label %95

95:                                               ; preds = %121, %94
  %96 = phi i64 [ %122, %121 ], [ 0, %94 ]
  %97 = icmp slt i64 %96, 10
  br i1 %97, label %98, label %123

98:                                               ; preds = %95
  br label %99

99:                                               ; preds = %102, %98
  %100 = phi i64 [ %120, %102 ], [ 0, %98 ]
  %101 = icmp slt i64 %100, 5
  br i1 %101, label %102, label %121

102:                                              ; preds = %99
  %103 = extractvalue { ptr, ptr, i64, [4 x i64], [4 x i64] } %42, 1
  %104 = mul nuw nsw i64 %88, 400
  %105 = mul nuw nsw i64 %92, 50
  %106 = add nuw nsw i64 %104, %105
  %107 = mul nuw nsw i64 %96, 5
  %108 = add nuw nsw i64 %106, %107
  %109 = add nuw nsw i64 %108, %100
  %110 = getelementptr inbounds nuw i8, ptr %103, i64 %109
  %111 = load i8, ptr %110, align 1
  %112 = extractvalue { ptr, ptr, i64, [4 x i64], [4 x i64] } %54, 1
  %113 = mul nuw nsw i64 %88, 495
  %114 = mul nuw nsw i64 %92, 55
  %115 = add nuw nsw i64 %113, %114
  %116 = mul nuw nsw i64 %96, 5
  %117 = add nuw nsw i64 %115, %116
  %118 = add nuw nsw i64 %117, %100
  %119 = getelementptr inbounds nuw i8, ptr %112, i64 %118
  store i8 %111, ptr %119, align 1
  %120 = add i64 %100, 1
  br label %99

121:                                              ; preds = %99
  %122 = add i64 %96, 1
  br label %95

123:                                              ; preds = %95
  %124 = add i64 %92, 1
  br label %91

125:                                              ; preds = %91
  %126 = add i64 %88, 1
  br label %87

127:                                              ; preds = %87
  %128 = alloca i32, i64 200, align 64
  %129 = insertvalue { ptr, ptr, i64, [5 x i64], [5 x i64] } poison, ptr %128, 0
  %130 = insertvalue { ptr, ptr, i64, [5 x i64], [5 x i64] } %129, ptr %128, 1
  %131 = insertvalue { ptr, ptr, i64, [5 x i64], [5 x i64] } %130, i64 0, 2
  %132 = insertvalue { ptr, ptr, i64, [5 x i64], [5 x i64] } %131, i64 2, 3, 0
  %133 = insertvalue { ptr, ptr, i64, [5 x i64], [5 x i64] } %132, i64 4, 3, 1
  %134 = insertvalue { ptr, ptr, i64, [5 x i64], [5 x i64] } %133, i64 5, 3, 2
  %135 = insertvalue { ptr, ptr, i64, [5 x i64], [5 x i64] } %134, i64 5, 3, 3
  %136 = insertvalue { ptr, ptr, i64, [5 x i64], [5 x i64] } %135, i64 1, 3, 4
  %137 = insertvalue { ptr, ptr, i64, [5 x i64], [5 x i64] } %136, i64 100, 4, 0
  %138 = insertvalue { ptr, ptr, i64, [5 x i64], [5 x i64] } %137, i64 25, 4, 1
  %139 = insertvalue { ptr, ptr, i64, [5 x i64], [5 x i64] } %138, i64 5, 4, 2
  %140 = insertvalue { ptr, ptr, i64, [5 x i64], [5 x i64] } %139, i64 1, 4, 3
  %141 = insertvalue { ptr, ptr, i64, [5 x i64], [5 x i64] } %140, i64 1, 4, 4
  br label %142

142:                                              ; preds = %172, %127
  %143 = phi i64 [ %173, %172 ], [ 0, %127 ]
  %144 = icmp slt i64 %143, 2
  br i1 %144, label %145, label %174

145:                                              ; preds = %142
  br label %146

146:                                              ; preds = %170, %145
  %147 = phi i64 [ %171, %170 ], [ 0, %145 ]
  %148 = icmp slt i64 %147, 4
  br i1 %148, label %149, label %172

149:                                              ; preds = %146
  br label %150

150:                                              ; preds = %168, %149
  %151 = phi i64 [ %169, %168 ], [ 0, %149 ]
  %152 = icmp slt i64 %151, 5
  br i1 %152, label %153, label %170

153:                                              ; preds = %150
  br label %154

154:                                              ; preds = %157, %153
  %155 = phi i64 [ %167, %157 ], [ 0, %153 ]
  %156 = icmp slt i64 %155, 5
  br i1 %156, label %157, label %168

157:                                              ; preds = %154
  %158 = extractvalue { ptr, ptr, i64, [5 x i64], [5 x i64] } %141, 1
  %159 = mul nuw nsw i64 %143, 100
  %160 = mul nuw nsw i64 %147, 25
  %161 = add nuw nsw i64 %159, %160
  %162 = mul nuw nsw i64 %151, 5
  %163 = add nuw nsw i64 %161, %162
  %164 = add nuw nsw i64 %163, %155
  %165 = add nuw nsw i64 %164, 0
  %166 = getelementptr inbounds nuw i32, ptr %158, i64 %165
  store i32 0, ptr %166, align 4
  %167 = add i64 %155, 1
  br label %154

168:                                              ; preds = %154
  %169 = add i64 %151, 1
  br label %150

170:                                              ; preds = %150
  %171 = add i64 %147, 1
  br label %146

172:                                              ; preds = %146
  %173 = add i64 %143, 1
  br label %142

174:                                              ; preds = %142
  br label %175

175:                                              ; preds = %253, %174
  %176 = phi i64 [ %254, %253 ], [ 0, %174 ]
  %177 = icmp slt i64 %176, 2
  br i1 %177, label %178, label %255

178:                                              ; preds = %175
  br label %179

179:                                              ; preds = %251, %178
  %180 = phi i64 [ %252, %251 ], [ 0, %178 ]
  %181 = icmp slt i64 %180, 4
  br i1 %181, label %182, label %253

182:                                              ; preds = %179
  br label %183

183:                                              ; preds = %249, %182
  %184 = phi i64 [ %250, %249 ], [ 0, %182 ]
  %185 = icmp slt i64 %184, 5
  br i1 %185, label %186, label %251

186:                                              ; preds = %183
  br label %187

187:                                              ; preds = %247, %186
  %188 = phi i64 [ %248, %247 ], [ 0, %186 ]
  %189 = icmp slt i64 %188, 5
  br i1 %189, label %190, label %249

190:                                              ; preds = %187
  br label %191

191:                                              ; preds = %245, %190
  %192 = phi i64 [ %246, %245 ], [ 0, %190 ]
  %193 = icmp slt i64 %192, 3
  br i1 %193, label %194, label %247

194:                                              ; preds = %191
  br label %195

195:                                              ; preds = %198, %194
  %196 = phi i64 [ %244, %198 ], [ 0, %194 ]
  %197 = icmp slt i64 %196, 3
  br i1 %197, label %198, label %245

198:                                              ; preds = %195
  %199 = mul nsw i64 %180, 2
  %200 = add i64 %199, %192
  %201 = mul nsw i64 %184, 2
  %202 = add i64 %201, %196
  %203 = extractvalue { ptr, ptr, i64, [4 x i64], [4 x i64] } %54, 1
  %204 = mul nuw nsw i64 %176, 495
  %205 = mul nuw nsw i64 %200, 55
  %206 = add nuw nsw i64 %204, %205
  %207 = mul nuw nsw i64 %202, 5
  %208 = add nuw nsw i64 %206, %207
  %209 = add nuw nsw i64 %208, %188
  %210 = getelementptr inbounds nuw i8, ptr %203, i64 %209
  %211 = load i8, ptr %210, align 1
  %212 = extractvalue { ptr, ptr, i64, [4 x i64], [4 x i64] } %31, 1
  %213 = mul nuw nsw i64 %192, 15
  %214 = mul nuw nsw i64 %196, 5
  %215 = add nuw nsw i64 %213, %214
  %216 = add nuw nsw i64 %215, %188
  %217 = add nuw nsw i64 %216, 0
  %218 = getelementptr inbounds nuw i8, ptr %212, i64 %217
  %219 = load i8, ptr %218, align 1
  %220 = extractvalue { ptr, ptr, i64, [5 x i64], [5 x i64] } %141, 1
  %221 = mul nuw nsw i64 %176, 100
  %222 = mul nuw nsw i64 %180, 25
  %223 = add nuw nsw i64 %221, %222
  %224 = mul nuw nsw i64 %184, 5
  %225 = add nuw nsw i64 %223, %224
  %226 = add nuw nsw i64 %225, %188
  %227 = add nuw nsw i64 %226, 0
  %228 = getelementptr inbounds nuw i32, ptr %220, i64 %227
  %229 = load i32, ptr %228, align 4
  %230 = sext i8 %211 to i32
  %231 = sub i32 %230, 7
  %232 = sext i8 %219 to i32
  %233 = mul i32 %231, %232
  %234 = add i32 %229, %233
  %235 = extractvalue { ptr, ptr, i64, [5 x i64], [5 x i64] } %141, 1
  %236 = mul nuw nsw i64 %176, 100
  %237 = mul nuw nsw i64 %180, 25
  %238 = add nuw nsw i64 %236, %237
  %239 = mul nuw nsw i64 %184, 5
  %240 = add nuw nsw i64 %238, %239
  %241 = add nuw nsw i64 %240, %188
  %242 = add nuw nsw i64 %241, 0
  %243 = getelementptr inbounds nuw i32, ptr %235, i64 %242
  store i32 %234, ptr %243, align 4
  %244 = add i64 %196, 1
  br label %195

245:                                              ; preds = %195
  %246 = add i64 %192, 1
  br label %191

247:                                              ; preds = %191
  %248 = add i64 %188, 1
  br label %187

249:                                              ; preds = %187
  %250 = add i64 %184, 1
  br label %183

251:                                              ; preds = %183
  %252 = add i64 %180, 1
  br label %179

253:                                              ; preds = %179
  %254 = add i64 %176, 1
  br label %175

255:                                              ; preds = %175
  br label %256

256:                                              ; preds = %318, %255
  %257 = phi i64 [ %319, %318 ], [ 0, %255 ]
  %258 = icmp slt i64 %257, 2
  br i1 %258, label %259, label %320

259:                                              ; preds = %256
  br label %260

260:                                              ; preds = %316, %259
  %261 = phi i64 [ %317, %316 ], [ 0, %259 ]
  %262 = icmp slt i64 %261, 4
  br i1 %262, label %263, label %318

263:                                              ; preds = %260
  br label %264

264:                                              ; preds = %314, %263
  %265 = phi i64 [ %315, %314 ], [ 0, %263 ]
  %266 = icmp slt i64 %265, 5
  br i1 %266, label %267, label %316

267:                                              ; preds = %264
  br label %268

268:                                              ; preds = %271, %267
  %269 = phi i64 [ %313, %271 ], [ 0, %267 ]
  %270 = icmp slt i64 %269, 5
  br i1 %270, label %271, label %314

271:                                              ; preds = %268
  %272 = extractvalue { ptr, ptr, i64, [1 x i64], [1 x i64] } %20, 1
  %273 = getelementptr inbounds nuw i32, ptr %272, i64 %269
  %274 = load i32, ptr %273, align 4
  %275 = extractvalue { ptr, ptr, i64, [5 x i64], [5 x i64] } %141, 1
  %276 = mul nuw nsw i64 %257, 100
  %277 = mul nuw nsw i64 %261, 25
  %278 = add nuw nsw i64 %276, %277
  %279 = mul nuw nsw i64 %265, 5
  %280 = add nuw nsw i64 %278, %279
  %281 = add nuw nsw i64 %280, %269
  %282 = add nuw nsw i64 %281, 0
  %283 = getelementptr inbounds nuw i32, ptr %275, i64 %282
  %284 = load i32, ptr %283, align 4
  %285 = getelementptr inbounds nuw i32, ptr @__constant_5xi32, i64 %269
  %286 = load i32, ptr %285, align 4
  %287 = getelementptr inbounds nuw i8, ptr @__constant_5xi8, i64 %269
  %288 = load i8, ptr %287, align 1
  %289 = add i32 %274, %284
  %290 = sext i32 %289 to i64
  %291 = sext i32 %286 to i64
  %292 = mul i64 %290, %291
  %293 = zext i8 %288 to i64
  %294 = shl i64 1, %293
  %295 = lshr i64 %294, 1
  %296 = add i64 %292, %295
  %297 = ashr i64 %296, %293
  %298 = trunc i64 %297 to i32
  %299 = add i32 %298, 3
  %300 = icmp sgt i32 %299, -128
  %301 = select i1 %300, i32 %299, i32 -128
  %302 = icmp slt i32 %301, 127
  %303 = select i1 %302, i32 %301, i32 127
  %304 = trunc i32 %303 to i8
  %305 = extractvalue { ptr, ptr, i64, [4 x i64], [4 x i64] } %15, 1
  %306 = mul nuw nsw i64 %257, 100
  %307 = mul nuw nsw i64 %261, 25
  %308 = add nuw nsw i64 %306, %307
  %309 = mul nuw nsw i64 %265, 5
  %310 = add nuw nsw i64 %308, %309
  %311 = add nuw nsw i64 %310, %269
  %312 = getelementptr inbounds nuw i8, ptr %305, i64 %311
  store i8 %304, ptr %312, align 1
  %313 = add i64 %269, 1
  br label %268

314:                                              ; preds = %268
  %315 = add i64 %265, 1
  br label %264

316:                                              ; preds = %264
  %317 = add i64 %261, 1
  br label %260

318:                                              ; preds = %260
  %319 = add i64 %257, 1
  br label %256

320:                                              ; preds = %256
  ret void
}

!llvm.module.flags = !{!0}

!0 = !{i32 2, !"Debug Info Version", i32 3}
