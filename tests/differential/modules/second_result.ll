; Both results of a call, where the first one has to be extended at once.
target triple = "riscv64-unknown-unknown-elf"

@number = constant i64 -81985529216486896

define { i32, i64 } @both(i64 %x, i17 %y, half %z) noinline {
  %narrow = trunc i64 %x to i32
  %pair = insertvalue { i32, i64 } zeroinitializer, i32 %narrow, 0
  %all = insertvalue { i32, i64 } %pair, i64 %x, 1
  ret { i32, i64 } %all
}

define i32 @main() {
  %x = load volatile i64, ptr @number
  %pair = call { i32, i64 } @both(i64 %x, i17 5, half 0xH3C00)
  %first = extractvalue { i32, i64 } %pair, 0
  %second = extractvalue { i32, i64 } %pair, 1
  %wide = zext i32 %first to i64
  call void @emit(i64 %wide)
  call void @emit(i64 %second)
  ret i32 0
}

declare void @emit(i64)
