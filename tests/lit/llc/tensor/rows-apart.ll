; Rows that an outer loop counts, updated by others of the same array: lanes lead along a row but not to the next one, or lie behind all
; that is read.
; RUN: kiln-llc -O2 %s -Rpass=vector -Rpass-missed=vector -filetype=null -o /dev/null 2>&1 | FileCheck %s
; CHECK: above: remark: 2 loops on the vector unit, 1 as lanes
; CHECK: before: remark: 2 loops on the vector unit, 1 as lanes
target datalayout = "e-m:e-p:64:64-i64:64-i128:128-n32:64-S128"
target triple = "riscv64-unknown-unknown-elf"
define dso_local void @above(ptr noundef captures(none) %0, ptr noundef readonly captures(none) %1, ptr noundef readnone captures(none) %2) local_unnamed_addr {
  br label %4
4:                                                ; preds = %3, %15
  %5 = phi i64 [ 0, %3 ], [ %16, %15 ]
  %6 = icmp eq i64 %5, 0
  %7 = getelementptr inbounds nuw [70 x float], ptr %0, i64 %5
  %8 = getelementptr inbounds nuw [60 x float], ptr %1, i64 %5
  br label %10
9:                                                ; preds = %15
  ret void
10:                                               ; preds = %4, %18
  %11 = phi i64 [ 0, %4 ], [ %19, %18 ]
  br i1 %6, label %18, label %12
12:                                               ; preds = %10
  %13 = getelementptr inbounds nuw float, ptr %7, i64 %11
  %14 = getelementptr inbounds nuw float, ptr %0, i64 %11
  br label %21
15:                                               ; preds = %18
  %16 = add nuw nsw i64 %5, 1
  %17 = icmp eq i64 %16, 60
  br i1 %17, label %9, label %4
18:                                               ; preds = %21, %10
  %19 = add nuw nsw i64 %11, 1
  %20 = icmp eq i64 %19, 70
  br i1 %20, label %15, label %10
21:                                               ; preds = %12, %21
  %22 = phi i64 [ 0, %12 ], [ %29, %21 ]
  %23 = load float, ptr %13, align 4
  %24 = getelementptr inbounds nuw float, ptr %8, i64 %22
  %25 = load float, ptr %24, align 4
  %26 = getelementptr inbounds nuw [70 x float], ptr %14, i64 %22
  %27 = load float, ptr %26, align 4
  %28 = tail call float @llvm.fmuladd.f32(float %23, float %25, float %27)
  store float %28, ptr %26, align 4
  %29 = add nuw nsw i64 %22, 1
  %30 = icmp eq i64 %29, %5
  br i1 %30, label %18, label %21
}
declare float @llvm.fmuladd.f32(float, float, float) #1
define dso_local void @before(ptr noundef captures(none) %0) local_unnamed_addr {
  br label %2
2:                                                ; preds = %1, %13
  %3 = phi i64 [ 0, %1 ], [ %14, %13 ]
  %4 = icmp eq i64 %3, 0
  %5 = getelementptr inbounds nuw [80 x float], ptr %0, i64 %3
  br label %7
6:                                                ; preds = %13
  ret void
7:                                                ; preds = %2, %16
  %8 = phi i64 [ %3, %2 ], [ %17, %16 ]
  br i1 %4, label %16, label %9
9:                                                ; preds = %7
  %10 = getelementptr inbounds nuw float, ptr %0, i64 %8
  %11 = getelementptr inbounds nuw float, ptr %5, i64 %8
  %12 = load float, ptr %11, align 4
  br label %19
13:                                               ; preds = %16
  %14 = add nuw nsw i64 %3, 1
  %15 = icmp eq i64 %14, 80
  br i1 %15, label %6, label %2
16:                                               ; preds = %19, %7
  %17 = add nuw nsw i64 %8, 1
  %18 = icmp eq i64 %17, 80
  br i1 %18, label %13, label %7
19:                                               ; preds = %9, %19
  %20 = phi i64 [ 0, %9 ], [ %28, %19 ]
  %21 = phi float [ %12, %9 ], [ %27, %19 ]
  %22 = getelementptr inbounds nuw float, ptr %5, i64 %20
  %23 = load float, ptr %22, align 4
  %24 = getelementptr inbounds nuw [80 x float], ptr %10, i64 %20
  %25 = load float, ptr %24, align 4
  %26 = fneg float %23
  %27 = tail call float @llvm.fmuladd.f32(float %26, float %25, float %21)
  store float %27, ptr %11, align 4
  %28 = add nuw nsw i64 %20, 1
  %29 = icmp eq i64 %28, %3
  br i1 %29, label %16, label %19
}
