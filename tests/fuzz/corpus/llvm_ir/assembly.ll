module asm ".globl from_module"
module asm "from_module: nop"
define i64 @operands(i64 %a, i64 %b) {
  %r = call i64 asm "mul $0, $1, $2\0A\09addi $0, $0, $3", "=&r,r,r,I"(i64 %a, i64 %b, i32 12)
  ret i64 %r
}
define i64 @modifiers(i64 %a) {
  %r = call i64 asm "add $0, $1, ${2:z}", "=r,r,rJ"(i64 %a, i64 0)
  call void asm sideeffect "# $$ ${0:i} ${1:N} ${:uid}", "i,{a0}"(i64 5, i64 %r)
  ret i64 %r
}
define void @memory(ptr %p) {
  %v = call i32 asm "lw $0, $1", "=r,*m"(ptr elementtype(i32) %p)
  call void asm "sw $1, $0", "=*m,r"(ptr elementtype(i32) %p, i32 %v)
  call void asm sideeffect "# amoadd.w zero, $1, (0)", "*A,r"(ptr elementtype(i32) %p, i32 %v)
  ret void
}
define i64 @clobbers(i64 %a) {
  call void asm sideeffect "li s2, 1; li a0, 2", "~{s2},~{a0},~{memory}"()
  ret i64 %a
}
define double @results(double %x, i64 %n) {
  %r = call { double, i64 } asm "# divmod $0 $1 $2 $3", "=f,=r,0,1"(double %x, i64 %n)
  %d = extractvalue { double, i64 } %r, 0
  %i = extractvalue { double, i64 } %r, 1
  %f = sitofp i64 %i to double
  %s = fadd double %d, %f
  ret double %s
}
