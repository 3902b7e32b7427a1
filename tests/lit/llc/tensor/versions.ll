; What a second version of a loop costs is kept small: few tests, and none where there are too few iterations; nothing for the
; scratchpad where an array's size says that there is little data; only the loops that gain by it; and none at all where the
; scalar code is as good.
; RUN: kiln-llc -verify-each %s -o - | FileCheck %s
; RUN: kiln-llc -verify-each -filetype=null -Rpass-missed=vector %s 2>&1 | FileCheck %s --check-prefix=MISSED

; The number of iterations is looked at first, and the range of an array whose fields move together is one.
; CHECK-LABEL: fields:
; CHECK:       li [[LEAST:[a-z0-9]+]], 12
; CHECK:       bge {{[a-z0-9]+}}, [[LEAST]]
; CHECK:       j
; CHECK-COUNT-2: slt{{[[:space:]]}}
; CHECK-NOT:   slt{{[[:space:]]}}
; CHECK:       kd.start
define void @fields(ptr %to, ptr %from, i64 %n) {
entry:
  %any = icmp sgt i64 %n, 0
  br i1 %any, label %loop, label %end
loop:
  %i = phi i64 [ 0, %entry ], [ %next, %loop ]
  %a = getelementptr { i32, i32 }, ptr %from, i64 %i
  %b = getelementptr { i32, i32 }, ptr %from, i64 %i, i32 1
  %x = load i32, ptr %a
  %y = load i32, ptr %b
  %p = mul i32 %x, %y
  %q = xor i32 %p, %x
  %r = add i32 %q, %y
  %s = mul i32 %r, %p
  %u = add i32 %s, %q
  %t = getelementptr i32, ptr %to, i64 %i
  store i32 %u, ptr %t
  %next = add nuw nsw i64 %i, 1
  %more = icmp slt i64 %next, %n
  br i1 %more, label %loop, label %end
end:
  ret void
}

; At most 640 iterations: the buffers in the scratchpad would never be used.
@small = global [640 x i8] zeroinitializer
; CHECK-LABEL: bounded:
; CHECK-NOT:   kd.start
; CHECK:       vadd.v
; CHECK-NOT:   kd.start
; CHECK:       .size bounded
define void @bounded(i64 %n) {
entry:
  %any = icmp sgt i64 %n, 0
  br i1 %any, label %loop, label %end
loop:
  %i = phi i64 [ 0, %entry ], [ %next, %loop ]
  %a = getelementptr i8, ptr @small, i64 %i
  %x = load i8, ptr %a
  %y = add i8 %x, 3
  store i8 %y, ptr %a
  %next = add nuw nsw i64 %i, 1
  %more = icmp slt i64 %next, %n
  br i1 %more, label %loop, label %end
end:
  ret void
}

; At most 64 iterations: a second version would hardly be met.
@shorter = global [64 x i8] zeroinitializer
; CHECK-LABEL: short_one:
; CHECK-NOT:   vadd.v
; CHECK:       .size short_one
define void @short_one(i64 %n) {
entry:
  %any = icmp sgt i64 %n, 0
  br i1 %any, label %loop, label %end
loop:
  %i = phi i64 [ 0, %entry ], [ %next, %loop ]
  %a = getelementptr i8, ptr @shorter, i64 %i
  %x = load i8, ptr %a
  %y = add i8 %x, 3
  store i8 %y, ptr %a
  %next = add nuw nsw i64 %i, 1
  %more = icmp slt i64 %next, %n
  br i1 %more, label %loop, label %end
end:
  ret void
}

; The transfers of the first tiles are begun by the code that begins the others: one for the input, one for the result.
; CHECK-LABEL: stream:
; CHECK-COUNT-2: kd.start
; CHECK-NOT:   kd.start
; CHECK:       .size stream
define void @stream(ptr noalias %to, ptr noalias %from, i64 %n) {
entry:
  %any = icmp sgt i64 %n, 0
  br i1 %any, label %loop, label %end
loop:
  %i = phi i64 [ 0, %entry ], [ %next, %loop ]
  %a = getelementptr i32, ptr %from, i64 %i
  %x = load i32, ptr %a
  %y = add i32 %x, 7
  %b = getelementptr i32, ptr %to, i64 %i
  store i32 %y, ptr %b
  %next = add nuw nsw i64 %i, 1
  %more = icmp slt i64 %next, %n
  br i1 %more, label %loop, label %end
end:
  ret void
}

; The second loop, each of whose iterations needs the one before, is there once.
; CHECK-LABEL: two:
; CHECK-COUNT-1: {{mulw?[[:space:]]}}
; CHECK-NOT:   {{mulw?[[:space:]]}}
; CHECK:       .size two
; MISSED:      two: remark: not on the vector unit: a second version is made of those loops alone that gain by it
define signext i32 @two(ptr %to, ptr %from, i64 %n) {
entry:
  br label %first
first:
  %i = phi i64 [ 0, %entry ], [ %i1, %first ]
  %a = getelementptr i32, ptr %from, i64 %i
  %x = load i32, ptr %a
  %y = add i32 %x, 7
  %b = getelementptr i32, ptr %to, i64 %i
  store i32 %y, ptr %b
  %i1 = add nuw nsw i64 %i, 1
  %more = icmp slt i64 %i1, 40
  br i1 %more, label %first, label %middle
middle:
  br label %second
second:
  %j = phi i64 [ 0, %middle ], [ %j1, %second ]
  %h = phi i32 [ 1, %middle ], [ %h2, %second ]
  %h1 = mul i32 %h, %h
  %h2 = xor i32 %h1, 77777
  %j1 = add nuw nsw i64 %j, 1
  %again = icmp slt i64 %j1, 40
  br i1 %again, label %second, label %end
end:
  ret i32 %h2
}

; Copying records as long as a line one by one takes no longer than with long strides.
; CHECK-LABEL: records:
; CHECK-NOT:   vsetvli
; CHECK:       .size records
define void @records(ptr %to, ptr %from, i64 %n) {
entry:
  br label %loop
loop:
  %i = phi i64 [ 0, %entry ], [ %next, %loop ]
  %a = getelementptr [16 x i32], ptr %from, i64 %i
  %a1 = getelementptr i32, ptr %a, i64 1
  %a2 = getelementptr i32, ptr %a, i64 2
  %x = load i32, ptr %a
  %x1 = load i32, ptr %a1
  %x2 = load i32, ptr %a2
  %b = getelementptr [16 x i32], ptr %to, i64 %i
  %b1 = getelementptr i32, ptr %b, i64 1
  %b2 = getelementptr i32, ptr %b, i64 2
  store i32 %x, ptr %b
  store i32 %x1, ptr %b1
  store i32 %x2, ptr %b2
  %next = add nuw nsw i64 %i, 1
  %more = icmp slt i64 %next, %n
  br i1 %more, label %loop, label %end
end:
  ret void
}
