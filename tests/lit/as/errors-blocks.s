# What is wrong with data blocks, subsections, weak aliases and sections by number.
# RUN: not kiln-as %s -o %t.o 2>&1 | FileCheck %s
	.base64 "abc"
# CHECK: :[[#@LINE-1]]:10: error: this is no text in base 64
	.base64 "ab!="
# CHECK: :[[#@LINE-1]]:10: error: this is no text in base 64
	.dcb.b -1, 0
# CHECK: :[[#@LINE-1]]:9: error: the number of copies is negative (-1)
	.dtprelword 5
# CHECK: :[[#@LINE-1]]:14: error: expected a thread-local symbol
	.weakref w, w
# CHECK: :[[#@LINE-1]]:14: error: 'w' cannot be an alias of itself
	.subsection -1
# CHECK: :[[#@LINE-1]]:14: error: the number of a subsection is in the range [0, 2147483647]
	.section .odd, "1a"
# CHECK: :[[#@LINE-1]]:17: error: section flags are letters or one number
	.section .odd, "a", @0x100000000
# CHECK: :[[#@LINE-1]]:22: error: a section type has 32 bits
	.type t, @unknown
# CHECK: :[[#@LINE-1]]:12: error: unsupported symbol type: expected function, object, tls_object, notype, common, gnu_indirect_function or gnu_unique_object
	.print "seen"
# CHECK: :[[#@LINE-1]]:2: remark: seen
	.bss
	.dtpreldword v
# CHECK: :[[#@LINE-1]]:15: error: a section without contents in the file (nobits) cannot hold addresses
