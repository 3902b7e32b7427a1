# .altmacro: words that need no backslash, <texts>, %expressions.
.altmacro
.macro m a, b
.byte a, \b, a+\b
.ascii "a"
.ascii "\a b"
.byte \a\()1, a\()1
.endm
m 1, %(2+3)
m <7>, <8>
m 1 %3
m 2, 4
.macro n x
.word x&_1, yx
.endm
v_1 = 4
yx = 8
n v
.macro s t
.ascii "t"
.asciz "t!"
.endm
s <a,b>
s <x!>y>
s <!!a>
s %3
.macro k a=<4>, b=%5
.byte a,b
.endm
k <1 +2>,% 3 + 4
k %3 4
.macro q first, rest:vararg
.byte first
.ifnb rest
q rest
.endif
.endm
q 1,2,3
.irp y,1,%(2+1),<4>
.byte y, \y
.endr
.irpc y,12
.byte y, \y
.endr
.macro l x
.irp y,1,2
.byte x, y, \y
.endr
.rept 2
.byte x
.endr
.endm
l 3
.noaltmacro
.macro p z
.byte \z
z: nop
.endm
p 4
.altmacro
p 4
