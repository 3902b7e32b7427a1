; RUN: kiln-llc -O2 -print-after=import %s -o /dev/null 2>&1 | FileCheck %s
; RUN: kiln-llc -O2 %s -o - | FileCheck --check-prefix=ASM %s
; RUN: kiln-llc -O0 -print-after=import %s -o /dev/null 2>&1 | FileCheck --check-prefix=NONE %s
; What headers have in the place of functions: inline assembly that is one floating-point instruction is the operation of it,
; from -O2 on vector code, too.

; CHECK-LABEL: @"one_each"
; CHECK: fsqrt.float
; CHECK: fabs.double
; CHECK: fcopysign.float
; CHECK: fma.float
; CHECK-NOT: asm.
; CHECK: ret
; NONE-LABEL: @"one_each"
; NONE: asm.float
; NONE-NOT: fsqrt
define float @one_each(float %x, float %y, double %z, ptr %p) {
  %root = call float asm sideeffect "fsqrt.s $0, $1", "=f,f"(float %x)
  %size = call double asm "fabs.d\09$0, $1", "=f,f"(double %z)
  store double %size, ptr %p
  %sign = call float asm "fsgnj.s\09$0, $1, $2", "=f,f,f"(float %root, float %y)
  %sum = call float asm sideeffect "fmadd.s $0, $1, $2, $3", "=f,f,f,f"(float %sign, float %x, float %y)
  ret float %sum
}

; Not where the flags are looked at, where nothing is made of the result, and where it is another text.
; CHECK-LABEL: @"kept"
; CHECK: asm.float
; CHECK: asm.i64
define i64 @kept(float %x, ptr %p) {
  %root = call float asm sideeffect "fsqrt.s $0, $1", "=f,f"(float %x)
  store float %root, ptr %p
  %flags = call i64 asm sideeffect "frflags $0", "=r"()
  ret i64 %flags
}

; CHECK-LABEL: @"other_texts"
; CHECK-COUNT-4: asm.float
; CHECK: ret
define void @other_texts(float %x, double %z, ptr %p) {
  %unused = call float asm sideeffect "fsqrt.s $0, $1", "=f,f"(float %x)
  %mode = call float asm "fsqrt.s $0, $1, rtz", "=f,f"(float %x)
  store float %mode, ptr %p
  %two = call float asm "fsub.s $0, $2, $1", "=f,f,f"(float %x, float %x)
  store float %two, ptr %p
  %early = call float asm "fadd.s $0, $1, $2", "=&f,f,f"(float %x, float %x)
  store float %early, ptr %p
  ret void
}

; Before fmin and fmax headers ask for signaling NaNs.
; CHECK-LABEL: @"asks"
; CHECK: icmp.i1.ugt {{.*}}, 2143289344
; CHECK: icmp.i1.ugt {{.*}}, 9221120237041090560
; CHECK-NOT: call
; CHECK: ret
define i32 @asks(float %x, double %y) {
  %a = call signext i32 @__issignalingf(float %x)
  %b = call signext i32 @__issignaling(double %y)
  %c = or i32 %a, %b
  ret i32 %c
}
declare signext i32 @__issignalingf(float)
declare signext i32 @__issignaling(double)

; ASM-LABEL: roots:
; ASM: vfsqrt.v
define void @roots(ptr noalias %x, ptr noalias %y) {
entry:
  br label %loop
loop:
  %i = phi i64 [ 0, %entry ], [ %next, %loop ]
  %from = getelementptr float, ptr %x, i64 %i
  %v = load float, ptr %from
  %root = call float asm sideeffect "fsqrt.s $0, $1", "=f,f"(float %v)
  %to = getelementptr float, ptr %y, i64 %i
  store float %root, ptr %to
  %next = add nuw i64 %i, 1
  %end = icmp eq i64 %next, 1024
  br i1 %end, label %exit, label %loop
exit:
  ret void
}
