; What plain C becomes: padding as guards, sums in registers, subscripts with sizes that are known only when the program runs, loops that
; count down, conditions on data.
; RUN: kiln-llc -tensor=print -filetype=null -Rpass-missed=tensor -o /dev/null %s 2>&1 | FileCheck %s
; CHECK-LABEL: region of padded
; CHECK:       s0[8*i0 + i1] := 0:i32
; CHECK:       s0[8*i0 + i1] := add(s0[8*i0 + i1], sext.i32(a1[8*i0 + i1 + 8*i2 + i3 + -9].i8)) if -1*i0 + -1*i2 + 8 >= 0, i0 + i2 + -1 >= 0, -1*i1 + -1*i3 + 8 >= 0, i1 + i3 + -1 >= 0
; CHECK:       a2[32*i0 + 4*i1].i32 := s0[8*i0 + i1]
; CHECK-LABEL: region of product
; CHECK:       assume sge icmp(add(sub(sext(arg2), mul(sext(arg0), sext(arg2))), 4294967295), 0)
; CHECK:       for i0 < sext(arg0)
; CHECK-NEXT:    for i1 < sext(arg1)
; CHECK-NEXT:      s0[sext(arg1)*i0 + i1] := 0x0:float
; CHECK-NEXT:      for i2 < sext(arg2)
; CHECK-NEXT:        s0[sext(arg1)*i0 + i1] := fma.ordered(s0[sext(arg1)*i0 + i1], fmul.float(a1[shl(sext(arg2), 2)*i0 + 4*i2].float, a2[4*i1 + shl(sext(arg1), 2)*i2].float))
; A subscript that wraps around is not taken for one that does not: it is an index that is computed.
; CHECK-LABEL: region of wraps
; CHECK:       s0 := add(s0, a1[0 + shl.i64(sext.i64(and.i32(mul.i32(trunc.i32(i0), 3:i32), 255:i32)), 2:i64)].i32)
; CHECK-LABEL: region of backwards
; CHECK:       a1[-4*i0 + shl(sext(arg2), 2) + -4].i32 := a0[4*i0].i32
; CHECK-LABEL: region of positive
; CHECK:       s0 := add(s0, smax.i32(a1[4*i0].i32, 0:i32))
; CHECK-NEXT:  result s0
target datalayout = "e-m:e-p:64:64-i64:64-i128:128-n32:64-S128"

define dso_local void @padded(ptr noundef readonly captures(none) %in, ptr noundef writeonly captures(none) %out) {
entry:
  br label %for.cond1.preheader

for.cond1.preheader:                              ; preds = %entry, %for.cond.cleanup3
  %indvars.iv70 = phi i64 [ 0, %entry ], [ %indvars.iv.next71, %for.cond.cleanup3 ]
  %arrayidx29.idx = shl nuw nsw i64 %indvars.iv70, 5
  %invariant.gep74 = getelementptr inbounds i8, ptr %out, i64 %arrayidx29.idx
  br label %for.cond5.preheader

for.cond.cleanup:                                 ; preds = %for.cond.cleanup3
  ret void

for.cond5.preheader:                              ; preds = %for.cond1.preheader, %for.cond.cleanup7
  %indvars.iv66 = phi i64 [ 0, %for.cond1.preheader ], [ %indvars.iv.next67, %for.cond.cleanup7 ]
  br label %for.cond9.preheader

for.cond.cleanup3:                                ; preds = %for.cond.cleanup7
  %indvars.iv.next71 = add nuw nsw i64 %indvars.iv70, 1
  %exitcond73.not = icmp eq i64 %indvars.iv.next71, 8
  br i1 %exitcond73.not, label %for.cond.cleanup, label %for.cond1.preheader

for.cond9.preheader:                              ; preds = %for.cond5.preheader, %for.cond.cleanup11
  %indvars.iv61 = phi i64 [ 0, %for.cond5.preheader ], [ %indvars.iv.next62, %for.cond.cleanup11 ]
  %s.055 = phi i32 [ 0, %for.cond5.preheader ], [ %s.2, %for.cond.cleanup11 ]
  %0 = add nuw nsw i64 %indvars.iv61, %indvars.iv70
  %1 = trunc i64 %0 to i32
  %2 = add i32 %1, -1
  %or.cond = icmp ult i32 %2, 8
  %3 = shl nuw nsw i64 %0, 3
  %invariant.gep = getelementptr i8, ptr %in, i64 %3
  br label %for.body12

for.cond.cleanup7:                                ; preds = %for.cond.cleanup11
  %gep75 = getelementptr inbounds i32, ptr %invariant.gep74, i64 %indvars.iv66
  store i32 %s.2, ptr %gep75, align 4
  %indvars.iv.next67 = add nuw nsw i64 %indvars.iv66, 1
  %exitcond69.not = icmp eq i64 %indvars.iv.next67, 8
  br i1 %exitcond69.not, label %for.cond.cleanup3, label %for.cond5.preheader

for.cond.cleanup11:                               ; preds = %if.end
  %indvars.iv.next62 = add nuw nsw i64 %indvars.iv61, 1
  %exitcond65.not = icmp eq i64 %indvars.iv.next62, 3
  br i1 %exitcond65.not, label %for.cond.cleanup7, label %for.cond9.preheader

for.body12:                                       ; preds = %for.cond9.preheader, %if.end
  %indvars.iv = phi i64 [ 0, %for.cond9.preheader ], [ %indvars.iv.next, %if.end ]
  %s.153 = phi i32 [ %s.055, %for.cond9.preheader ], [ %s.2, %if.end ]
  %4 = add nuw nsw i64 %indvars.iv, %indvars.iv66
  %5 = trunc i64 %4 to i32
  %6 = add i32 %5, -1
  %7 = icmp ult i32 %6, 8
  %or.cond37 = select i1 %or.cond, i1 %7, i1 false
  br i1 %or.cond37, label %if.then, label %if.end

if.then:                                          ; preds = %for.body12
  %gep = getelementptr i8, ptr %invariant.gep, i64 %4
  %arrayidx = getelementptr i8, ptr %gep, i64 -9
  %8 = load i8, ptr %arrayidx, align 1
  %conv = sext i8 %8 to i32
  %add22 = add nsw i32 %s.153, %conv
  br label %if.end

if.end:                                           ; preds = %if.then, %for.body12
  %s.2 = phi i32 [ %add22, %if.then ], [ %s.153, %for.body12 ]
  %indvars.iv.next = add nuw nsw i64 %indvars.iv, 1
  %exitcond.not = icmp eq i64 %indvars.iv.next, 3
  br i1 %exitcond.not, label %for.cond.cleanup11, label %for.body12
}

define dso_local void @product(i32 noundef signext %n, i32 noundef signext %m, i32 noundef signext %k, ptr noundef readonly captures(none) %a, ptr noundef readonly captures(none) %b, ptr noundef writeonly captures(none) %c) {
entry:
  %cmp42 = icmp sgt i32 %n, 0
  br i1 %cmp42, label %for.cond1.preheader.lr.ph, label %for.cond.cleanup

for.cond1.preheader.lr.ph:                        ; preds = %entry
  %cmp240 = icmp sgt i32 %m, 0
  %cmp637 = icmp sgt i32 %k, 0
  %0 = zext i32 %m to i64
  %1 = zext i32 %m to i64
  %wide.trip.count56 = zext nneg i32 %n to i64
  %wide.trip.count50 = zext nneg i32 %m to i64
  %wide.trip.count = zext nneg i32 %k to i64
  br label %for.cond1.preheader

for.cond1.preheader:                              ; preds = %for.cond1.preheader.lr.ph, %for.cond.cleanup3
  %indvars.iv52 = phi i64 [ 0, %for.cond1.preheader.lr.ph ], [ %indvars.iv.next53, %for.cond.cleanup3 ]
  br i1 %cmp240, label %for.cond5.preheader.lr.ph, label %for.cond.cleanup3

for.cond5.preheader.lr.ph:                        ; preds = %for.cond1.preheader
  %2 = mul nuw nsw i64 %indvars.iv52, %1
  %3 = trunc i64 %indvars.iv52 to i32
  %4 = mul i32 %k, %3
  %5 = zext i32 %4 to i64
  %invariant.gep = getelementptr inbounds float, ptr %a, i64 %5
  %invariant.gep60 = getelementptr inbounds float, ptr %c, i64 %2
  br label %for.cond5.preheader

for.cond.cleanup:                                 ; preds = %for.cond.cleanup3, %entry
  ret void

for.cond5.preheader:                              ; preds = %for.cond5.preheader.lr.ph, %for.cond.cleanup7
  %indvars.iv47 = phi i64 [ 0, %for.cond5.preheader.lr.ph ], [ %indvars.iv.next48, %for.cond.cleanup7 ]
  br i1 %cmp637, label %for.body8.preheader, label %for.cond.cleanup7

for.body8.preheader:                              ; preds = %for.cond5.preheader
  %invariant.gep58 = getelementptr inbounds float, ptr %b, i64 %indvars.iv47
  br label %for.body8

for.cond.cleanup3:                                ; preds = %for.cond.cleanup7, %for.cond1.preheader
  %indvars.iv.next53 = add nuw nsw i64 %indvars.iv52, 1
  %exitcond57.not = icmp eq i64 %indvars.iv.next53, %wide.trip.count56
  br i1 %exitcond57.not, label %for.cond.cleanup, label %for.cond1.preheader

for.cond.cleanup7:                                ; preds = %for.body8, %for.cond5.preheader
  %s.0.lcssa = phi float [ 0.000000e+00, %for.cond5.preheader ], [ %9, %for.body8 ]
  %gep61 = getelementptr inbounds float, ptr %invariant.gep60, i64 %indvars.iv47
  store float %s.0.lcssa, ptr %gep61, align 4
  %indvars.iv.next48 = add nuw nsw i64 %indvars.iv47, 1
  %exitcond51.not = icmp eq i64 %indvars.iv.next48, %wide.trip.count50
  br i1 %exitcond51.not, label %for.cond.cleanup3, label %for.cond5.preheader

for.body8:                                        ; preds = %for.body8.preheader, %for.body8
  %indvars.iv = phi i64 [ 0, %for.body8.preheader ], [ %indvars.iv.next, %for.body8 ]
  %s.038 = phi float [ 0.000000e+00, %for.body8.preheader ], [ %9, %for.body8 ]
  %gep = getelementptr inbounds float, ptr %invariant.gep, i64 %indvars.iv
  %6 = load float, ptr %gep, align 4
  %7 = mul nuw nsw i64 %indvars.iv, %0
  %gep59 = getelementptr inbounds float, ptr %invariant.gep58, i64 %7
  %8 = load float, ptr %gep59, align 4
  %9 = tail call float @llvm.fmuladd.f32(float %6, float %8, float %s.038)
  %indvars.iv.next = add nuw nsw i64 %indvars.iv, 1
  %exitcond.not = icmp eq i64 %indvars.iv.next, %wide.trip.count
  br i1 %exitcond.not, label %for.cond.cleanup7, label %for.body8
}

declare float @llvm.fmuladd.f32(float, float, float)

define dso_local signext i32 @wraps(ptr noundef readonly captures(none) %a, i32 noundef signext %n) {
entry:
  %cmp4.not = icmp eq i32 %n, 0
  br i1 %cmp4.not, label %for.cond.cleanup, label %for.body

for.cond.cleanup:                                 ; preds = %for.body, %entry
  %s.0.lcssa = phi i32 [ 0, %entry ], [ %add, %for.body ]
  ret i32 %s.0.lcssa

for.body:                                         ; preds = %entry, %for.body
  %i.06 = phi i32 [ %inc, %for.body ], [ 0, %entry ]
  %s.05 = phi i32 [ %add, %for.body ], [ 0, %entry ]
  %0 = mul i32 %i.06, 3
  %1 = and i32 %0, 255
  %idxprom = zext nneg i32 %1 to i64
  %arrayidx = getelementptr inbounds nuw i32, ptr %a, i64 %idxprom
  %2 = load i32, ptr %arrayidx, align 4
  %add = add i32 %2, %s.05
  %inc = add nuw i32 %i.06, 1
  %exitcond.not = icmp eq i32 %inc, %n
  br i1 %exitcond.not, label %for.cond.cleanup, label %for.body
}

define dso_local void @backwards(ptr noundef writeonly captures(none) %a, ptr noundef readonly captures(none) %b, i32 noundef signext %n) {
entry:
  %cmp9 = icmp sgt i32 %n, 0
  br i1 %cmp9, label %for.body.preheader, label %for.cond.cleanup

for.body.preheader:                               ; preds = %entry
  %sub = add nsw i32 %n, -1
  %0 = zext nneg i32 %n to i64
  %1 = sext i32 %sub to i64
  br label %for.body

for.cond.cleanup:                                 ; preds = %for.body, %entry
  ret void

for.body:                                         ; preds = %for.body.preheader, %for.body
  %indvars.iv.in = phi i64 [ %0, %for.body.preheader ], [ %indvars.iv, %for.body ]
  %indvars.iv = add nsw i64 %indvars.iv.in, -1
  %2 = sub nuw nsw i64 %1, %indvars.iv
  %arrayidx = getelementptr inbounds i32, ptr %b, i64 %2
  %3 = load i32, ptr %arrayidx, align 4
  %arrayidx4 = getelementptr inbounds nuw i32, ptr %a, i64 %indvars.iv
  store i32 %3, ptr %arrayidx4, align 4
  %cmp = icmp sgt i64 %indvars.iv.in, 1
  br i1 %cmp, label %for.body, label %for.cond.cleanup
}

define dso_local signext range(i32 0, -2147483648) i32 @positive(ptr noundef readonly captures(none) %a, i32 noundef signext %n) {
entry:
  %cmp9 = icmp sgt i32 %n, 0
  br i1 %cmp9, label %for.body.preheader, label %for.cond.cleanup

for.body.preheader:                               ; preds = %entry
  %wide.trip.count = zext nneg i32 %n to i64
  br label %for.body

for.cond.cleanup:                                 ; preds = %for.body, %entry
  %s.0.lcssa = phi i32 [ 0, %entry ], [ %spec.select, %for.body ]
  ret i32 %s.0.lcssa

for.body:                                         ; preds = %for.body.preheader, %for.body
  %indvars.iv = phi i64 [ 0, %for.body.preheader ], [ %indvars.iv.next, %for.body ]
  %s.010 = phi i32 [ 0, %for.body.preheader ], [ %spec.select, %for.body ]
  %arrayidx = getelementptr inbounds nuw i32, ptr %a, i64 %indvars.iv
  %0 = load i32, ptr %arrayidx, align 4
  %add = tail call i32 @llvm.smax.i32(i32 %0, i32 0)
  %spec.select = add nuw nsw i32 %add, %s.010
  %indvars.iv.next = add nuw nsw i64 %indvars.iv, 1
  %exitcond.not = icmp eq i64 %indvars.iv.next, %wide.trip.count
  br i1 %exitcond.not, label %for.cond.cleanup, label %for.body
}

declare i32 @llvm.smax.i32(i32, i32)



