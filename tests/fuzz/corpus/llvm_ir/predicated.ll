target datalayout = "e-m:e-p:64:64-i64:64-i128:128-n32:64-S128"
target triple = "riscv64-unknown-unknown"

; Function Attrs: nofree norecurse nosync nounwind memory(argmem: readwrite) vscale_range(2,1024)
define dso_local void @s(ptr noalias noundef captures(none) %0, ptr noalias noundef readonly captures(none) %1, i32 noundef signext %2) local_unnamed_addr {
  %4 = icmp sgt i32 %2, 0
  br i1 %4, label %5, label %20

5:                                                ; preds = %3
  %6 = zext nneg i32 %2 to i64
  br label %7

7:                                                ; preds = %7, %5
  %8 = phi i64 [ 0, %5 ], [ %17, %7 ]
  %9 = phi i64 [ %6, %5 ], [ %18, %7 ]
  %10 = tail call i32 @llvm.experimental.get.vector.length.i64(i64 %9, i32 4, i1 true)
  %11 = getelementptr inbounds nuw float, ptr %0, i64 %8
  %12 = tail call <vscale x 4 x float> @llvm.vp.load.nxv4f32.p0(ptr align 4 %11, <vscale x 4 x i1> splat (i1 true), i32 %10)
  %13 = getelementptr inbounds nuw float, ptr %1, i64 %8
  %14 = tail call <vscale x 4 x float> @llvm.vp.load.nxv4f32.p0(ptr align 4 %13, <vscale x 4 x i1> splat (i1 true), i32 %10)
  %15 = tail call <vscale x 4 x float> @llvm.fmuladd.nxv4f32(<vscale x 4 x float> %12, <vscale x 4 x float> %14, <vscale x 4 x float> splat (float 3.000000e+00))
  tail call void @llvm.vp.store.nxv4f32.p0(<vscale x 4 x float> %15, ptr align 4 %11, <vscale x 4 x i1> splat (i1 true), i32 %10)
  %16 = zext i32 %10 to i64
  %17 = add nuw i64 %8, %16
  %18 = sub nuw i64 %9, %16
  %19 = icmp eq i64 %18, 0
  br i1 %19, label %20, label %7

20:                                               ; preds = %7, %3
  ret void
}

; Function Attrs: nofree norecurse nosync nounwind memory(argmem: read) vscale_range(2,1024)
define dso_local signext i32 @d(ptr noundef readonly captures(none) %0, ptr noundef readonly captures(none) %1, i32 noundef signext %2) local_unnamed_addr {
  %4 = icmp sgt i32 %2, 0
  br i1 %4, label %5, label %27

5:                                                ; preds = %3
  %6 = zext nneg i32 %2 to i64
  br label %7

7:                                                ; preds = %7, %5
  %8 = phi i64 [ 0, %5 ], [ %22, %7 ]
  %9 = phi <vscale x 4 x i32> [ zeroinitializer, %5 ], [ %20, %7 ]
  %10 = phi i64 [ %6, %5 ], [ %23, %7 ]
  %11 = tail call i32 @llvm.experimental.get.vector.length.i64(i64 %10, i32 4, i1 true)
  %12 = getelementptr inbounds nuw i8, ptr %0, i64 %8
  %13 = tail call <vscale x 4 x i8> @llvm.vp.load.nxv4i8.p0(ptr align 1 %12, <vscale x 4 x i1> splat (i1 true), i32 %11)
  %14 = sext <vscale x 4 x i8> %13 to <vscale x 4 x i32>
  %15 = getelementptr inbounds nuw i8, ptr %1, i64 %8
  %16 = tail call <vscale x 4 x i8> @llvm.vp.load.nxv4i8.p0(ptr align 1 %15, <vscale x 4 x i1> splat (i1 true), i32 %11)
  %17 = sext <vscale x 4 x i8> %16 to <vscale x 4 x i32>
  %18 = mul nsw <vscale x 4 x i32> %17, %14
  %19 = add <vscale x 4 x i32> %18, %9
  %20 = tail call <vscale x 4 x i32> @llvm.vp.merge.nxv4i32(<vscale x 4 x i1> splat (i1 true), <vscale x 4 x i32> %19, <vscale x 4 x i32> %9, i32 %11)
  %21 = zext i32 %11 to i64
  %22 = add nuw i64 %8, %21
  %23 = sub nuw i64 %10, %21
  %24 = icmp eq i64 %23, 0
  br i1 %24, label %25, label %7

25:                                               ; preds = %7
  %26 = tail call i32 @llvm.vector.reduce.add.nxv4i32(<vscale x 4 x i32> %20)
  br label %27

27:                                               ; preds = %25, %3
  %28 = phi i32 [ 0, %3 ], [ %26, %25 ]
  ret i32 %28
}

; Function Attrs: nocallback nofree nosync nounwind speculatable willreturn memory(none)
declare i32 @llvm.experimental.get.vector.length.i64(i64, i32 immarg, i1 immarg)

; Function Attrs: nocallback nofree nosync nounwind willreturn memory(argmem: read)
declare <vscale x 4 x float> @llvm.vp.load.nxv4f32.p0(ptr captures(none), <vscale x 4 x i1>, i32)

; Function Attrs: nocallback nocreateundeforpoison nofree nosync nounwind speculatable willreturn memory(none)
declare <vscale x 4 x float> @llvm.fmuladd.nxv4f32(<vscale x 4 x float>, <vscale x 4 x float>, <vscale x 4 x float>)

; Function Attrs: nocallback nofree nosync nounwind willreturn memory(argmem: write)
declare void @llvm.vp.store.nxv4f32.p0(<vscale x 4 x float>, ptr captures(none), <vscale x 4 x i1>, i32)

; Function Attrs: nocallback nofree nosync nounwind willreturn memory(argmem: read)
declare <vscale x 4 x i8> @llvm.vp.load.nxv4i8.p0(ptr captures(none), <vscale x 4 x i1>, i32)

; Function Attrs: nocallback nofree nosync nounwind speculatable willreturn memory(none)
declare <vscale x 4 x i32> @llvm.vp.merge.nxv4i32(<vscale x 4 x i1>, <vscale x 4 x i32>, <vscale x 4 x i32>, i32)

; Function Attrs: nocallback nofree nosync nounwind speculatable willreturn memory(none)
declare i32 @llvm.vector.reduce.add.nxv4i32(<vscale x 4 x i32>)



