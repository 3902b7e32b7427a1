define void @f(ptr %in, ptr %out, i64 %n) {
  %v1 = getelementptr i8, ptr %in, i64 565
  %v2 = load <vscale x 1 x i8>, ptr %v1, align 1
  %v3 = call i8 @llvm.vector.reduce.smin.nxv1i8(<vscale x 1 x i8> %v2)
  %v4 = insertelement <vscale x 1 x i8> %v2, i8 %v3, i64 0
  %v5 = getelementptr i8, ptr %in, i64 1727
  %v6 = load <vscale x 1 x i16>, ptr %v5, align 1
  %v7 = and <vscale x 1 x i16> %v6, splat (i16 15)
  %v8 = ashr <vscale x 1 x i16> %v6, %v7
  %v9 = or <vscale x 1 x i8> %v2, splat (i8 1)
  %v10 = and <vscale x 1 x i8> %v9, splat (i8 127)
  %v11 = srem <vscale x 1 x i8> %v2, %v10
  %v12 = getelementptr i8, ptr %in, i64 192
  %v13 = load <vscale x 1 x i64>, ptr %v12, align 1
  %v14 = xor <vscale x 1 x i64> %v13, %v13
  %v15 = getelementptr i8, ptr %in, i64 1371
  %v16 = load <vscale x 1 x i8>, ptr %v15, align 1
  %v17 = call <vscale x 1 x i8> @llvm.sadd.sat.nxv1i8(<vscale x 1 x i8> %v16, <vscale x 1 x i8> %v2)
  %v18 = zext <vscale x 1 x i8> %v11 to <vscale x 1 x i32>
  %v19 = trunc <vscale x 1 x i32> %v18 to <vscale x 1 x i1>
  %v20 = sext <vscale x 1 x i1> %v19 to <vscale x 1 x i32>
  %v21 = shufflevector <vscale x 1 x i8> %v11, <vscale x 1 x i8> poison, <vscale x 1 x i32> zeroinitializer
  %v22 = add <vscale x 1 x i8> %v17, %v21
  %v23 = getelementptr i8, ptr %in, i64 658
  %v24 = load <vscale x 1 x i32>, ptr %v23, align 1
  %v25 = and <vscale x 1 x i32> %v24, %v18
  %v26 = getelementptr i8, ptr %in, i64 1022
  %v27 = load <vscale x 1 x i32>, ptr %v26, align 1
  %v28 = zext <vscale x 1 x i32> %v27 to <vscale x 1 x i64>
  %v29 = sext <vscale x 1 x i8> %v16 to <vscale x 1 x i64>
  %v30 = call <vscale x 1 x i32> @llvm.umax.nxv1i32(<vscale x 1 x i32> %v25, <vscale x 1 x i32> %v18)
  %v31 = icmp ne <vscale x 1 x i8> %v4, splat (i8 12)
  %v32 = and <vscale x 1 x i16> %v8, splat (i16 -15)
  %v33 = call <vscale x 1 x i64> @llvm.bitreverse.nxv1i64(<vscale x 1 x i64> %v28)
  %v34 = or <vscale x 1 x i32> %v18, %v27
  %v35 = icmp slt <vscale x 1 x i32> %v24, %v24
  %v36 = shufflevector <vscale x 1 x i64> %v14, <vscale x 1 x i64> poison, <vscale x 1 x i32> zeroinitializer
  %v37 = shufflevector <vscale x 1 x i8> %v2, <vscale x 1 x i8> poison, <vscale x 1 x i32> zeroinitializer
  %v38 = shufflevector <vscale x 1 x i16> %v8, <vscale x 1 x i16> poison, <vscale x 1 x i32> zeroinitializer
  %v39 = sitofp <vscale x 1 x i32> %v30 to <vscale x 1 x float>
  %v40 = call <vscale x 1 x float> @llvm.fma.nxv1f32(<vscale x 1 x float> %v39, <vscale x 1 x float> %v39, <vscale x 1 x float> %v39)
  %v41 = call <vscale x 1 x i16> @llvm.smin.nxv1i16(<vscale x 1 x i16> %v6, <vscale x 1 x i16> %v38)
  %v42 = and i64 %n, 0
  %v43 = extractelement <vscale x 1 x i32> %v20, i64 %v42
  %v44 = getelementptr i8, ptr %in, i64 980
  %v45 = load <vscale x 1 x i32>, ptr %v44, align 1
  %v46 = insertelement <vscale x 1 x i32> %v45, i32 %v43, i64 %v42
  %v47 = call <vscale x 1 x i64> @llvm.bswap.nxv1i64(<vscale x 1 x i64> %v29)
  %v48 = trunc <vscale x 1 x i32> %v20 to <vscale x 1 x i16>
  %a49 = getelementptr i8, ptr %out, i64 0
  store <vscale x 1 x i8> %v21, ptr %a49, align 1
  %a50 = getelementptr i8, ptr %out, i64 512
  store <vscale x 1 x i8> %v22, ptr %a50, align 1
  %a51 = getelementptr i8, ptr %out, i64 1024
  store <vscale x 1 x i8> %v37, ptr %a51, align 1
  %a52 = getelementptr i8, ptr %out, i64 1536
  store <vscale x 1 x i16> %v38, ptr %a52, align 1
  %a53 = getelementptr i8, ptr %out, i64 2048
  store <vscale x 1 x i16> %v41, ptr %a53, align 1
  %a54 = getelementptr i8, ptr %out, i64 2560
  store <vscale x 1 x i16> %v48, ptr %a54, align 1
  %a55 = getelementptr i8, ptr %out, i64 3072
  store <vscale x 1 x i64> %v33, ptr %a55, align 1
  %a56 = getelementptr i8, ptr %out, i64 3584
  store <vscale x 1 x i64> %v36, ptr %a56, align 1
  %a57 = getelementptr i8, ptr %out, i64 4096
  store <vscale x 1 x i64> %v47, ptr %a57, align 1
  %a58 = getelementptr i8, ptr %out, i64 4608
  store <vscale x 1 x i32> %v34, ptr %a58, align 1
  %a59 = getelementptr i8, ptr %out, i64 5120
  store <vscale x 1 x i32> %v45, ptr %a59, align 1
  %a60 = getelementptr i8, ptr %out, i64 5632
  store <vscale x 1 x i32> %v46, ptr %a60, align 1
  %a61 = getelementptr i8, ptr %out, i64 6144
  store <vscale x 1 x float> %v39, ptr %a61, align 1
  %a62 = getelementptr i8, ptr %out, i64 6656
  store <vscale x 1 x float> %v40, ptr %a62, align 1
  ret void
}
declare <vscale x 1 x float> @llvm.fma.nxv1f32(<vscale x 1 x float>, <vscale x 1 x float>, <vscale x 1 x float>)
declare <vscale x 1 x i16> @llvm.smin.nxv1i16(<vscale x 1 x i16>, <vscale x 1 x i16>)
declare <vscale x 1 x i32> @llvm.umax.nxv1i32(<vscale x 1 x i32>, <vscale x 1 x i32>)
declare <vscale x 1 x i64> @llvm.bitreverse.nxv1i64(<vscale x 1 x i64>)
declare <vscale x 1 x i64> @llvm.bswap.nxv1i64(<vscale x 1 x i64>)
declare <vscale x 1 x i8> @llvm.sadd.sat.nxv1i8(<vscale x 1 x i8>, <vscale x 1 x i8>)
declare i8 @llvm.vector.reduce.smin.nxv1i8(<vscale x 1 x i8>)
