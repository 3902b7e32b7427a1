; A conversion to a narrow unsigned integer is zero-extended: its sign has to be made.
target triple = "riscv64-unknown-unknown-elf"

@numbers = constant [4 x double] [double 131071.0, double 65504.0, double 511.0, double 7.0]

define i64 @to_i17(double %x) noinline {
  %narrow = fptoui double %x to i17
  %wide = sext i17 %narrow to i64
  ret i64 %wide
}

define double @to_i16(double %x) noinline {
  %half = fptrunc double %x to half
  %narrow = fptoui half %half to i16
  %back = sitofp i16 %narrow to double
  ret double %back
}

define i32 @main() {
  %a = load volatile double, ptr @numbers
  %first = call i64 @to_i17(double %a)
  call void @emit(i64 %first)
  %address = getelementptr double, ptr @numbers, i64 1
  %b = load volatile double, ptr %address
  %second = call double @to_i16(double %b)
  %bits = bitcast double %second to i64
  call void @emit(i64 %bits)
  ret i32 0
}

declare void @emit(i64)
