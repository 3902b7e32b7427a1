#!/bin/bash
# lower.sh FILE.mlir CONVENTION: lowers tensor programs to loops in LLVM IR, on standard output.
#
# CONVENTION is how functions take their arrays, results last:
#   bare    one pointer each
#   memref  MLIR's expanded descriptors: allocated and aligned pointer, offset, sizes, strides. For each function f
#           there is _mlir_ciface_f as well, which takes one pointer to a descriptor for each array.
set -euo pipefail
if [ $# -ne 2 ] || { [ "$2" != bare ] && [ "$2" != memref ]; }; then
  echo "usage: lower.sh FILE.mlir bare|memref > FILE.ll" >&2
  exit 2
fi
bufferize=$(dirname "$(realpath "${BASH_SOURCE[0]}")")/bufferize.mlir
# Relative names keep the folder of the sources out of what is printed.
cd "$(dirname "$1")"
file=$(basename "$1")

tool() { command -v "$1-22" || command -v "/usr/lib/llvm-22/bin/$1" || { echo "lower.sh: $1 of MLIR 22 is missing" >&2; exit 1; }; }
opt=$(tool mlir-opt)
translate=$(tool mlir-translate)

calls='use-bare-ptr-memref-call-conv=false'
wrappers='func.func(llvm-request-c-wrappers),'
if [ "$2" = bare ]; then
  calls='use-bare-ptr-memref-call-conv=true'
  wrappers=''
fi

tosa='func.func(tosa-to-linalg-named,tosa-to-linalg,tosa-to-arith{include-apply-rescale=true},tosa-to-tensor,simplify-depthwise-conv)'
fuse='canonicalize,cse,linalg-fuse-elementwise-ops,canonicalize,cse,eliminate-empty-tensors,empty-tensor-to-alloc-tensor'
memory="transform-preload-library{transform-library-paths=$bufferize},transform-interpreter"
results='buffer-results-to-out-params{hoist-static-allocs=true modify-public-functions=true},canonicalize'
loops='func.func(promote-buffers-to-stack{max-alloc-size-in-bytes=524288}),func.func(convert-linalg-to-loops)'
arithmetic='fold-memref-alias-ops,expand-strided-metadata,lower-affine,canonicalize,cse,convert-scf-to-cf,convert-cf-to-llvm,arith-expand,convert-arith-to-llvm,convert-math-to-llvm'
finish="finalize-memref-to-llvm,${wrappers}convert-func-to-llvm{$calls},reconcile-unrealized-casts"

"$opt" "$file" --pass-pipeline="builtin.module($tosa,$fuse,$memory,$results,$loops,$arithmetic,$finish)" |
  "$translate" --mlir-to-llvmir
