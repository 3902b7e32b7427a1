; Nests on the vector unit have an estimate by bound, where their sizes are constants: 2^20 elements of four bytes in and out are
; 262,144 beats of DRAM, with the transfers' starts a little more.
; RUN: kiln-llc -O2 -kiln-report=%t.json -filetype=null %s
; RUN: %python -c "import json; n = json.load(open('%t.json'))['nests']; e = n[0]['estimate']; assert e['bound'] == 'DMA' and 262144 <= e['bounds']['DMA'] < e['cycles'] < 275000, n; assert not n[1]['estimate'], n"
define void @known(ptr noalias %to, ptr noalias %from) {
entry:
  br label %loop
loop:
  %i = phi i64 [ 0, %entry ], [ %next, %loop ]
  %a = getelementptr i32, ptr %from, i64 %i
  %x = load i32, ptr %a
  %y = call i32 @llvm.smax.i32(i32 %x, i32 0)
  %b = getelementptr i32, ptr %to, i64 %i
  store i32 %y, ptr %b
  %next = add nuw nsw i64 %i, 1
  %more = icmp ult i64 %next, 1048576
  br i1 %more, label %loop, label %end
end:
  ret void
}

define void @unknown(ptr noalias %to, ptr noalias %from, i64 %n) {
entry:
  %any = icmp sgt i64 %n, 0
  br i1 %any, label %loop, label %end
loop:
  %i = phi i64 [ 0, %entry ], [ %next, %loop ]
  %a = getelementptr i32, ptr %from, i64 %i
  %x = load i32, ptr %a
  %y = call i32 @llvm.smax.i32(i32 %x, i32 0)
  %b = getelementptr i32, ptr %to, i64 %i
  store i32 %y, ptr %b
  %next = add nuw nsw i64 %i, 1
  %more = icmp slt i64 %next, %n
  br i1 %more, label %loop, label %end
end:
  ret void
}
