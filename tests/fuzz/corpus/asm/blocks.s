# Data in blocks and encodings, weak aliases, symbols of GNU systems, sections by numbers.
.text
.weakref a, b
.weakref aa, b2
.weakref unused, b3
call a
call aa
call b2
.type fi, @gnu_indirect_function
fi: ret
call fi
.globl u
.data
.type u, @gnu_unique_object
u: .word 1
.dc.b 1
.dc.w 2
.dc.l 3
.dc.a 4
.dc.d 1.0
.dc.s 2.0
.dc 7
.dcb 2, 3
.dcb.b 3,4
.dcb.w 1,5
.dcb.l 2,1
.ds 2
.ds.b 3
.ds.l 1
.ds.d 1
.ds.p 1
.base64 "aGVsbG8=", "aGVsbG8h", "YQ=="
.tdata
.word 1
.tbss
.zero 4
.section .foo,"0x3",@0x70000010
.word 1
.section .keep,"aR"
.word 2
