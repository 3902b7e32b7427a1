; What indices are that only iterators make, and where conditions on iterators keep accesses from, is computed: so arrays can be compared.
; RUN: kiln-llc -O2 %s -Rpass=vector -Rpass-missed=vector -filetype=null -o /dev/null 2>&1 | FileCheck %s
; CHECK: mirror: remark: 1 loop on the vector unit, 1 as lanes
; CHECK: resize: remark: 1 loop on the vector unit, 1 as lanes
; CHECK: pad: remark: 1 loop on the vector unit, 1 as lanes
target datalayout = "e-m:e-p:64:64-i64:64-i128:128-n32:64-S128"
target triple = "riscv64-unknown-unknown-elf"
define dso_local void @mirror(ptr noundef readonly captures(none) %0, ptr noundef writeonly captures(none) %1) local_unnamed_addr {
  br label %4
3:                                                ; preds = %4
  ret void
4:                                                ; preds = %2, %4
  %5 = phi i64 [ 0, %2 ], [ %16, %4 ]
  %6 = phi i32 [ 0, %2 ], [ %17, %4 ]
  %7 = icmp samesign ult i64 %5, 3
  %8 = sub nsw i32 3, %6
  %9 = trunc i64 %5 to i32
  %10 = add i32 %9, -3
  %11 = select i1 %7, i32 %8, i32 %10
  %12 = sext i32 %11 to i64
  %13 = getelementptr inbounds float, ptr %0, i64 %12
  %14 = load float, ptr %13, align 4
  %15 = getelementptr inbounds nuw float, ptr %1, i64 %5
  store float %14, ptr %15, align 4
  %16 = add nuw nsw i64 %5, 1
  %17 = add nuw nsw i32 %6, 1
  %18 = icmp eq i64 %16, 1003
  br i1 %18, label %3, label %4
}
define dso_local void @resize(ptr noundef readonly captures(none) %0, ptr noundef writeonly captures(none) %1) local_unnamed_addr {
  br label %4
3:                                                ; preds = %4
  ret void
4:                                                ; preds = %2, %4
  %5 = phi i64 [ 0, %2 ], [ %12, %4 ]
  %6 = mul i64 %5, 1280
  %7 = lshr i64 %6, 11
  %8 = and i64 %7, 2097151
  %9 = getelementptr inbounds nuw i8, ptr %0, i64 %8
  %10 = load i8, ptr %9, align 1
  %11 = getelementptr inbounds nuw i8, ptr %1, i64 %5
  store i8 %10, ptr %11, align 1
  %12 = add nuw nsw i64 %5, 1
  %13 = icmp eq i64 %12, 800
  br i1 %13, label %3, label %4
}
define dso_local void @pad(ptr noundef readonly captures(none) %0, ptr noundef writeonly captures(none) %1) local_unnamed_addr {
  br label %4
3:                                                ; preds = %13
  ret void
4:                                                ; preds = %2, %13
  %5 = phi i64 [ 0, %2 ], [ %16, %13 ]
  %6 = trunc i64 %5 to i32
  %7 = add i32 %6, -1005
  %8 = icmp ult i32 %7, -1000
  br i1 %8, label %13, label %9
9:                                                ; preds = %4
  %10 = getelementptr i8, ptr %0, i64 %5
  %11 = getelementptr i8, ptr %10, i64 -5
  %12 = load i8, ptr %11, align 1
  br label %13
13:                                               ; preds = %4, %9
  %14 = phi i8 [ %12, %9 ], [ -7, %4 ]
  %15 = getelementptr inbounds nuw i8, ptr %1, i64 %5
  store i8 %14, ptr %15, align 1
  %16 = add nuw nsw i64 %5, 1
  %17 = icmp eq i64 %16, 1010
  br i1 %17, label %3, label %4
}
