; A function with a contraction goes on in a copy of its code in the scratchpad, where addresses are counted from the copy;
; not where it calls something behind it. Addresses of variables stand behind the code then, for blocks that run in both places as well.
; RUN: kiln-llc -verify-each -O2 %s -o - | FileCheck %s
; CHECK-LABEL: alone:
; CHECK: %pcrel_hi(alone)
; CHECK: kd.start
; CHECK: kd.wait
; CHECK: fence.i
; CHECK-NEXT: jr
; CHECK-NOT: pcrel
; CHECK: kt.mopa.ss
; CHECK: ret
; CHECK-LABEL: calls:
; CHECK-NOT: fence.i
; CHECK: call other
; CHECK-LABEL: refers:
; CHECK-NOT: pcrel_hi(variable)
; CHECK: auipc [[R:[a-z0-9]+]], {{[0-9]}}
; CHECK: ld [[R]], {{[0-9]+}}([[R]])
; CHECK-NOT: pcrel_hi(variable)
; CHECK: ret
; CHECK: fence.i
; CHECK: .dword variable
; CHECK: alone.copy:
; CHECK-NEXT: .zero
@variable = external global i32, align 4
define void @alone(ptr noalias %0, ptr noalias %1, ptr noalias %2) {
  br label %4
4:
  %5 = phi i64 [ 0, %3 ], [ %16, %15 ]
  %6 = shl nuw nsw i64 %5, 6
  %7 = getelementptr inbounds nuw i8, ptr %0, i64 %6
  %8 = shl nuw nsw i64 %5, 8
  %9 = getelementptr inbounds nuw i8, ptr %2, i64 %8
  br label %11
10:
  ret void
11:
  %12 = phi i64 [ 0, %4 ], [ %20, %18 ]
  %13 = shl nuw nsw i64 %12, 6
  %14 = getelementptr inbounds nuw i8, ptr %1, i64 %13
  br label %22
15:
  %16 = add nuw nsw i64 %5, 1
  %17 = icmp eq i64 %16, 64
  br i1 %17, label %10, label %4
18:
  %19 = getelementptr inbounds nuw i32, ptr %9, i64 %12
  store i32 %32, ptr %19, align 4
  %20 = add nuw nsw i64 %12, 1
  %21 = icmp eq i64 %20, 64
  br i1 %21, label %15, label %11
22:
  %23 = phi i64 [ 0, %11 ], [ %33, %22 ]
  %24 = phi i32 [ 0, %11 ], [ %32, %22 ]
  %25 = getelementptr inbounds nuw i8, ptr %7, i64 %23
  %26 = load i8, ptr %25, align 1
  %27 = sext i8 %26 to i32
  %28 = getelementptr inbounds nuw i8, ptr %14, i64 %23
  %29 = load i8, ptr %28, align 1
  %30 = sext i8 %29 to i32
  %31 = mul nsw i32 %30, %27
  %32 = add nsw i32 %31, %24
  %33 = add nuw nsw i64 %23, 1
  %34 = icmp eq i64 %33, 64
  br i1 %34, label %18, label %22
}
define void @calls(ptr noalias %0, ptr noalias %1, ptr noalias %2) {
  br label %4
4:
  %5 = phi i64 [ 0, %3 ], [ %16, %15 ]
  %6 = shl nuw nsw i64 %5, 6
  %7 = getelementptr inbounds nuw i8, ptr %0, i64 %6
  %8 = shl nuw nsw i64 %5, 8
  %9 = getelementptr inbounds nuw i8, ptr %2, i64 %8
  br label %11
10:
  tail call void @other()
  tail call void @other()
  ret void
11:
  %12 = phi i64 [ 0, %4 ], [ %20, %18 ]
  %13 = shl nuw nsw i64 %12, 6
  %14 = getelementptr inbounds nuw i8, ptr %1, i64 %13
  br label %22
15:
  %16 = add nuw nsw i64 %5, 1
  %17 = icmp eq i64 %16, 64
  br i1 %17, label %10, label %4
18:
  %19 = getelementptr inbounds nuw i32, ptr %9, i64 %12
  store i32 %32, ptr %19, align 4
  %20 = add nuw nsw i64 %12, 1
  %21 = icmp eq i64 %20, 64
  br i1 %21, label %15, label %11
22:
  %23 = phi i64 [ 0, %11 ], [ %33, %22 ]
  %24 = phi i32 [ 0, %11 ], [ %32, %22 ]
  %25 = getelementptr inbounds nuw i8, ptr %7, i64 %23
  %26 = load i8, ptr %25, align 1
  %27 = sext i8 %26 to i32
  %28 = getelementptr inbounds nuw i8, ptr %14, i64 %23
  %29 = load i8, ptr %28, align 1
  %30 = sext i8 %29 to i32
  %31 = mul nsw i32 %30, %27
  %32 = add nsw i32 %31, %24
  %33 = add nuw nsw i64 %23, 1
  %34 = icmp eq i64 %33, 64
  br i1 %34, label %18, label %22
}
declare void @other()
define void @refers(ptr noalias %0, ptr %1, ptr %2) {
  br label %4
4:
  %5 = phi i64 [ 0, %3 ], [ %16, %15 ]
  %6 = shl nuw nsw i64 %5, 6
  %7 = getelementptr inbounds nuw i8, ptr %0, i64 %6
  %8 = shl nuw nsw i64 %5, 8
  %9 = getelementptr inbounds nuw i8, ptr %2, i64 %8
  br label %11
10:
  store volatile i32 1, ptr @variable, align 4
  ret void
11:
  %12 = phi i64 [ 0, %4 ], [ %20, %18 ]
  %13 = shl nuw nsw i64 %12, 6
  %14 = getelementptr inbounds nuw i8, ptr %1, i64 %13
  br label %22
15:
  %16 = add nuw nsw i64 %5, 1
  %17 = icmp eq i64 %16, 64
  br i1 %17, label %10, label %4
18:
  %19 = getelementptr inbounds nuw i32, ptr %9, i64 %12
  store i32 %32, ptr %19, align 4
  %20 = add nuw nsw i64 %12, 1
  %21 = icmp eq i64 %20, 64
  br i1 %21, label %15, label %11
22:
  %23 = phi i64 [ 0, %11 ], [ %33, %22 ]
  %24 = phi i32 [ 0, %11 ], [ %32, %22 ]
  %25 = getelementptr inbounds nuw i8, ptr %7, i64 %23
  %26 = load i8, ptr %25, align 1
  %27 = sext i8 %26 to i32
  %28 = getelementptr inbounds nuw i8, ptr %14, i64 %23
  %29 = load i8, ptr %28, align 1
  %30 = sext i8 %29 to i32
  %31 = mul nsw i32 %30, %27
  %32 = add nsw i32 %31, %24
  %33 = add nuw nsw i64 %23, 1
  %34 = icmp eq i64 %33, 64
  br i1 %34, label %18, label %22
}
