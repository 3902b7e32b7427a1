; Shuffles of simple patterns have code of their own, without constants in memory; others are gathers.
; RUN: kiln-llc -O2 -verify-each %s -o - | FileCheck %s

; CHECK-LABEL: splat_lane:
; CHECK: vrgather.vi v8, {{v[0-9]+}}, 5
; CHECK-NEXT: ret
define <16 x i32> @splat_lane(<16 x i32> %a, <16 x i32> %b) {
  %r = shufflevector <16 x i32> %a, <16 x i32> %b, <16 x i32> <i32 5, i32 5, i32 5, i32 5, i32 5, i32 5, i32 5, i32 5, i32 5, i32 5, i32 5, i32 5, i32 5, i32 5, i32 5, i32 5>
  ret <16 x i32> %r
}

; CHECK-LABEL: prefix:
; CHECK-NEXT: ret
define <4 x i32> @prefix(<16 x i32> %a, <16 x i32> %b) {
  %r = shufflevector <16 x i32> %a, <16 x i32> %b, <4 x i32> <i32 0, i32 1, i32 2, i32 3>
  ret <4 x i32> %r
}

; CHECK-LABEL: part:
; CHECK: vslidedown.vi v8, v8, 8
; CHECK-NEXT: ret
define <4 x i32> @part(<16 x i32> %a, <16 x i32> %b) {
  %r = shufflevector <16 x i32> %a, <16 x i32> %b, <4 x i32> <i32 8, i32 9, i32 10, i32 11>
  ret <4 x i32> %r
}

; CHECK-LABEL: registers:
; CHECK: vmv1r.v v8, v9
; CHECK-NEXT: ret
define <16 x i32> @registers(<32 x i32> %a, <32 x i32> %b) {
  %r = shufflevector <32 x i32> %a, <32 x i32> %b, <16 x i32> <i32 16, i32 17, i32 18, i32 19, i32 20, i32 21, i32 22, i32 23, i32 24, i32 25, i32 26, i32 27, i32 28, i32 29, i32 30, i32 31>
  ret <16 x i32> %r
}

; CHECK-LABEL: rotation:
; CHECK: vslidedown.vi v8, [[V:v[0-9]+]], 3
; CHECK-NEXT: vslideup.vi v8, [[V]], 13
; CHECK-NEXT: ret
define <16 x i32> @rotation(<16 x i32> %a, <16 x i32> %b) {
  %r = shufflevector <16 x i32> %a, <16 x i32> %b, <16 x i32> <i32 3, i32 4, i32 5, i32 6, i32 7, i32 8, i32 9, i32 10, i32 11, i32 12, i32 13, i32 14, i32 15, i32 0, i32 1, i32 2>
  ret <16 x i32> %r
}

; CHECK-LABEL: adjacent:
; CHECK: vslidedown.vi v8, v8, 4
; CHECK-NEXT: vslideup.vi v8, v9, 12
; CHECK-NEXT: ret
define <16 x i32> @adjacent(<16 x i32> %a, <16 x i32> %b) {
  %r = shufflevector <16 x i32> %a, <16 x i32> %b, <16 x i32> <i32 4, i32 5, i32 6, i32 7, i32 8, i32 9, i32 10, i32 11, i32 12, i32 13, i32 14, i32 15, i32 16, i32 17, i32 18, i32 19>
  ret <16 x i32> %r
}

; CHECK-LABEL: concatenation:
; CHECK: vslideup.vi v8, v9, 4
; CHECK-NEXT: ret
define <8 x i32> @concatenation(<4 x i32> %a, <4 x i32> %b) {
  %r = shufflevector <4 x i32> %a, <4 x i32> %b, <8 x i32> <i32 0, i32 1, i32 2, i32 3, i32 4, i32 5, i32 6, i32 7>
  ret <8 x i32> %r
}

; CHECK-LABEL: joined:
; CHECK-NOT: vslide
; CHECK-NOT: vrgather
; CHECK: vmv1r.v v9, {{v[0-9]+}}
; CHECK-NEXT: ret
define <32 x i32> @joined(<16 x i32> %a, <16 x i32> %b) {
  %r = shufflevector <16 x i32> %a, <16 x i32> %b, <32 x i32> <i32 0, i32 1, i32 2, i32 3, i32 4, i32 5, i32 6, i32 7, i32 8, i32 9, i32 10, i32 11, i32 12, i32 13, i32 14, i32 15, i32 16, i32 17, i32 18, i32 19, i32 20, i32 21, i32 22, i32 23, i32 24, i32 25, i32 26, i32 27, i32 28, i32 29, i32 30, i32 31>
  ret <32 x i32> %r
}

; CHECK-LABEL: insertion:
; CHECK: vsetivli zero, 8, e32, m1, tu, ma
; CHECK-NEXT: vslideup.vi v8, v9, 4
; CHECK-NEXT: ret
define <16 x i32> @insertion(<16 x i32> %a, <16 x i32> %b) {
  %r = shufflevector <16 x i32> %a, <16 x i32> %b, <16 x i32> <i32 0, i32 1, i32 2, i32 3, i32 16, i32 17, i32 18, i32 19, i32 8, i32 9, i32 10, i32 11, i32 12, i32 13, i32 14, i32 15>
  ret <16 x i32> %r
}

; CHECK-LABEL: start:
; CHECK: vsetivli zero, 4, e32, m1, tu, ma
; CHECK-NEXT: vmv.v.v v8, v9
; CHECK-NEXT: ret
define <16 x i32> @start(<16 x i32> %a, <16 x i32> %b) {
  %r = shufflevector <16 x i32> %a, <16 x i32> %b, <16 x i32> <i32 16, i32 17, i32 18, i32 19, i32 4, i32 5, i32 6, i32 7, i32 8, i32 9, i32 10, i32 11, i32 12, i32 13, i32 14, i32 15>
  ret <16 x i32> %r
}

; CHECK-LABEL: blend:
; CHECK: vmv.s.x v0, {{[at][0-9]}}
; CHECK-NEXT: vmerge.vvm v8, v8, v9, v0
; CHECK-NEXT: ret
define <16 x i32> @blend(<16 x i32> %a, <16 x i32> %b) {
  %r = shufflevector <16 x i32> %a, <16 x i32> %b, <16 x i32> <i32 0, i32 17, i32 2, i32 19, i32 4, i32 21, i32 6, i32 23, i32 8, i32 25, i32 10, i32 27, i32 12, i32 29, i32 14, i32 31>
  ret <16 x i32> %r
}

; CHECK-LABEL: reverse:
; CHECK: vid.v [[I:v[0-9]+]]
; CHECK-NEXT: vrsub.vi [[J:v[0-9]+]], [[I]], 15
; CHECK-NEXT: vrgather.vv v8, {{v[0-9]+}}, [[J]]
; CHECK-NEXT: ret
define <16 x i32> @reverse(<16 x i32> %a, <16 x i32> %b) {
  %r = shufflevector <16 x i32> %a, <16 x i32> %b, <16 x i32> <i32 15, i32 14, i32 13, i32 12, i32 11, i32 10, i32 9, i32 8, i32 7, i32 6, i32 5, i32 4, i32 3, i32 2, i32 1, i32 0>
  ret <16 x i32> %r
}

; CHECK-LABEL: even:
; CHECK: vsetivli zero, 8, e32, mf2, ta, ma
; CHECK-NEXT: vnsrl.wi v8, v8, 0
; CHECK-NEXT: ret
define <8 x i32> @even(<16 x i32> %a, <16 x i32> %b) {
  %r = shufflevector <16 x i32> %a, <16 x i32> %b, <8 x i32> <i32 0, i32 2, i32 4, i32 6, i32 8, i32 10, i32 12, i32 14>
  ret <8 x i32> %r
}

; CHECK-LABEL: odd:
; CHECK: vslideup.vi v8, v9, 16
; CHECK: vnsrl.wi v8, v8, 16
; CHECK-NEXT: ret
define <16 x i16> @odd(<16 x i16> %a, <16 x i16> %b) {
  %r = shufflevector <16 x i16> %a, <16 x i16> %b, <16 x i32> <i32 1, i32 3, i32 5, i32 7, i32 9, i32 11, i32 13, i32 15, i32 17, i32 19, i32 21, i32 23, i32 25, i32 27, i32 29, i32 31>
  ret <16 x i16> %r
}

; CHECK-LABEL: interleaved:
; CHECK: vwaddu.vv [[S:v[0-9]+]], {{v[0-9]+}}, v9
; CHECK-NEXT: vwmaccu.vx [[S]], {{[at][0-9]}}, v9
; CHECK-NEXT: ret
define <32 x half> @interleaved(<16 x half> %a, <16 x half> %b) {
  %r = shufflevector <16 x half> %a, <16 x half> %b, <32 x i32> <i32 0, i32 16, i32 1, i32 17, i32 2, i32 18, i32 3, i32 19, i32 4, i32 20, i32 5, i32 21, i32 6, i32 22, i32 7, i32 23, i32 8, i32 24, i32 9, i32 25, i32 10, i32 26, i32 11, i32 27, i32 12, i32 28, i32 13, i32 29, i32 14, i32 30, i32 15, i32 31>
  ret <32 x half> %r
}

; CHECK-LABEL: partly:
; CHECK: vslidedown.vi v8, v8, 4
; CHECK-NEXT: ret
define <16 x float> @partly(<16 x float> %a, <16 x float> %b) {
  %r = shufflevector <16 x float> %a, <16 x float> %b, <16 x i32> <i32 poison, i32 poison, i32 6, i32 poison, i32 8, i32 9, i32 poison, i32 poison, i32 poison, i32 poison, i32 poison, i32 poison, i32 poison, i32 poison, i32 poison, i32 poison>
  ret <16 x float> %r
}

; CHECK-LABEL: arbitrary:
; CHECK: vle32.v [[X:v[0-9]+]]
; CHECK-NEXT: vrgather.vv v8, {{v[0-9]+}}, [[X]]
; CHECK-NEXT: ret
define <8 x i32> @arbitrary(<8 x i32> %a, <8 x i32> %b) {
  %r = shufflevector <8 x i32> %a, <8 x i32> %b, <8 x i32> <i32 3, i32 1, i32 0, i32 7, i32 5, i32 2, i32 4, i32 6>
  ret <8 x i32> %r
}
