; Loops of few iterations are written out, though not several within each other: of 16 times 16 differences 16 are.
; RUN: kiln-llc -O2 -verify-each -o - %s | FileCheck %s
; CHECK-COUNT-16: vwsubu.vx
; CHECK-NOT:      vwsubu.vx
define void @kernel(ptr noalias %0, ptr noalias %1, ptr noalias %2)  {
  br label %4

4:
  %5 = phi i64 [ 0, %3 ], [ %13, %12 ]
  %6 = shl nuw nsw i64 %5, 6
  %7 = getelementptr inbounds nuw i8, ptr %2, i64 %6
  br label %9

8:
  ret void

9:
  %10 = phi i64 [ 0, %4 ], [ %25, %23 ]
  %11 = getelementptr inbounds nuw i8, ptr %0, i64 %10
  br label %15

12:
  %13 = add nuw nsw i64 %5, 1
  %14 = icmp eq i64 %13, 16
  br i1 %14, label %8, label %4

15:
  %16 = phi i64 [ 0, %9 ], [ %28, %27 ]
  %17 = phi i32 [ 0, %9 ], [ %41, %27 ]
  %18 = add nuw nsw i64 %16, %5
  %19 = shl nuw nsw i64 %18, 6
  %20 = shl nuw nsw i64 %16, 4
  %21 = getelementptr inbounds nuw i8, ptr %11, i64 %19
  %22 = getelementptr inbounds nuw i8, ptr %1, i64 %20
  br label %30

23:
  %24 = getelementptr inbounds nuw i32, ptr %7, i64 %10
  store i32 %41, ptr %24, align 4
  %25 = add nuw nsw i64 %10, 1
  %26 = icmp eq i64 %25, 16
  br i1 %26, label %12, label %9

27:
  %28 = add nuw nsw i64 %16, 1
  %29 = icmp eq i64 %28, 16
  br i1 %29, label %23, label %15

30:
  %31 = phi i64 [ 0, %15 ], [ %42, %30 ]
  %32 = phi i32 [ %17, %15 ], [ %41, %30 ]
  %33 = getelementptr inbounds nuw i8, ptr %21, i64 %31
  %34 = load i8, ptr %33, align 1
  %35 = zext i8 %34 to i32
  %36 = getelementptr inbounds nuw i8, ptr %22, i64 %31
  %37 = load i8, ptr %36, align 1
  %38 = zext i8 %37 to i32
  %39 = sub nsw i32 %35, %38
  %40 = call i32 @llvm.abs.i32(i32 %39, i1 true)
  %41 = add nsw i32 %40, %32
  %42 = add nuw nsw i64 %31, 1
  %43 = icmp eq i64 %42, 16
  br i1 %43, label %27, label %30
}

declare i32 @llvm.abs.i32(i32, i1)
