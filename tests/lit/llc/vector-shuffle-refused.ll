; The index of a byte is a byte: gathers from more than 256 are refused, of masks as well; slides are not.
; RUN: not kiln-llc %s -o /dev/null 2>&1 | FileCheck %s
; CHECK-NOT: 'slid'
; CHECK: in function 'bytes': error: a shuffle of more than 256 bytes or bits is not supported
; CHECK: in function 'bits': error: a shuffle of more than 256 bytes or bits is not supported
define <64 x i8> @slid(<512 x i8> %v) {
  %r = shufflevector <512 x i8> %v, <512 x i8> poison, <4 x i32> <i32 300, i32 301, i32 302, i32 303>
  %s = shufflevector <4 x i8> %r, <4 x i8> poison, <64 x i32> zeroinitializer
  ret <64 x i8> %s
}
define <4 x i8> @bytes(<512 x i8> %v) {
  %r = shufflevector <512 x i8> %v, <512 x i8> poison, <4 x i32> <i32 300, i32 7, i32 100, i32 3>
  ret <4 x i8> %r
}
define <4 x i1> @bits(<512 x i1> %v) {
  %r = shufflevector <512 x i1> %v, <512 x i1> poison, <4 x i32> <i32 300, i32 7, i32 100, i32 3>
  ret <4 x i1> %r
}
