#!/bin/bash
# format.sh ROOT --check: fails when clang-format would change a C or C++ file, and shows where.
# format.sh ROOT --write: formats them.
set -euo pipefail
cd "$1"
version=22
formatter=$(command -v clang-format-$version || command -v /usr/lib/llvm-$version/bin/clang-format) || {
  echo "clang-format-$version is missing: apt-get install clang-format-$version" >&2
  exit 1
}
if git rev-parse --is-inside-work-tree >/dev/null 2>&1; then
  list() { git ls-files -z -- '*.c' '*.h' '*.cpp'; }
else
  list() { find . -path ./build -prune -o \( -name '*.c' -o -name '*.h' -o -name '*.cpp' \) -print0; }
fi
# Inputs of lit tests are not sources of ours: their layout is part of the test.
mapfile -d '' -t files < <(list | grep -zv '^\(\./\)\?tests/lit/')
if [ "${#files[@]}" -eq 0 ]; then
  echo "no C or C++ file found in $PWD" >&2
  exit 1
fi
case "$2" in
--check) "$formatter" --dry-run -Werror "${files[@]}" && echo "${#files[@]} files are formatted" ;;
--write) "$formatter" -i "${files[@]}" ;;
*)
  echo "usage: format.sh ROOT --check|--write" >&2
  exit 2
  ;;
esac
