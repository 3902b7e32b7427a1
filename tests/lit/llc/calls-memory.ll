; Copies for the callee, vectors in registers and in memory, and registers that a vector function keeps.
; RUN: kiln-llc -verify-each -O2 %s -o - | FileCheck %s
; RUN: kiln-llc -O2 -stop-after=import %s -o - | FileCheck %s --check-prefix=FORM
%pair = type { i64, i64 }
declare void @takes(ptr byval(%pair) align 8)
declare void @many(<128 x i32>, <128 x i32>, <16 x i32>, <16 x i1>, <16 x i1>)
declare { i64, <16 x i32>, <16 x i32> } @three()

; CHECK-LABEL: copies:
; CHECK: ld [[X:[a-z0-9]+]], 8(a0)
; CHECK: sd [[X]], 16(sp)
; CHECK: call takes
define void @copies(ptr %p) {
  tail call void @takes(ptr byval(%pair) align 8 %p)
  ret void
}

; A function gets the address of its copy.
; CHECK-LABEL: receives:
; CHECK: ld a0, 8(a0)
define i64 @receives(ptr byval(%pair) align 8 %p) {
  %q = getelementptr i8, ptr %p, i64 8
  %x = load i64, ptr %q
  ret i64 %x
}

; Groups of eight take v8 .. v23, the first mask v0, and what finds no registers goes through memory.
; FORM-LABEL: @"groups"
; FORM: call{{.*}} : (v8a8, v8a8, i64, v1 mask, i64) -> ()
define void @groups(<128 x i32> %a, <16 x i32> %b, <16 x i1> %m) {
  call void @many(<128 x i32> %a, <128 x i32> %a, <16 x i32> %b, <16 x i1> %m, <16 x i1> %m)
  ret void
}

; CHECK-LABEL: results:
; CHECK: call three
; CHECK: vadd.vv v{{[0-9]+}}, v8, v9
define <16 x i32> @results() {
  %r = call { i64, <16 x i32>, <16 x i32> } @three()
  %a = extractvalue { i64, <16 x i32>, <16 x i32> } %r, 1
  %b = extractvalue { i64, <16 x i32>, <16 x i32> } %r, 2
  %s = add <16 x i32> %a, %b
  ret <16 x i32> %s
}

; CHECK-LABEL: keeps:
; CHECK: vs1r.v v1, (t0)
; CHECK: vs2r.v v2, (t0)
; CHECK: vs4r.v v4, (t0)
; CHECK: vs8r.v v24, (t0)
; CHECK: call takes
; CHECK: vl1r.v v1, (t0)
; CHECK: vl8r.v v24, (t0)
define riscv_vector_cc void @keeps(ptr %p) {
  call void @takes(ptr byval(%pair) align 8 %p)
  ret void
}

; Vectors in structures in memory.
; CHECK-LABEL: structures:
; CHECK-DAG: vl1r.v v{{[0-9]+}}, (
; CHECK-DAG: ld {{[a-z0-9]+}}, 0(a0)
define void @structures(ptr %p, ptr %q) {
  %v = load { i64, <16 x i32> }, ptr %p
  store { i64, <16 x i32> } %v, ptr %q
  ret void
}

; Vectors that are anything, in a function without others.
; RUN: kiln-llc -verify-each -O0 %s -o - | FileCheck %s --check-prefix=ANYTHING
; ANYTHING-LABEL: anything:
; ANYTHING: call many
define <16 x i32> @anything() {
  call void @many(<128 x i32> poison, <128 x i32> poison, <16 x i32> poison, <16 x i1> poison, <16 x i1> poison)
  ret <16 x i32> poison
}
