#!/bin/bash
# lower_all.sh [FOLDER]: lowers every tensor program beside itself, or into FOLDER.
set -euo pipefail
examples=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
folder=${1:-$examples/mlir}
for file in "$examples"/mlir/*.mlir; do
  name=$(basename "$file" .mlir)
  "$examples/lower.sh" "$file" memref >"$folder/$name.memref.ll"
  # Bare pointers carry no sizes: what is dynamic has no such form.
  if [ "$name" != dynamic ]; then
    "$examples/lower.sh" "$file" bare >"$folder/$name.bare.ll"
  fi
done
