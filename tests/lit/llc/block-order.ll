; A block that only one way leads to stands before the place where both ways meet, and needs no jump there; where nothing is to
; be restored, a return takes the place of a jump to one.
; RUN: kiln-llc -verify-each -O2 %s -o - | FileCheck %s

; CHECK-LABEL: sometimes:
; CHECK-NOT:   {{^[[:space:]]+j[[:space:]]}}
; CHECK:       .size sometimes
define void @sometimes(ptr %p, i64 %n) {
  %c = icmp slt i64 %n, 5
  br i1 %c, label %meet, label %once
once:
  store volatile i64 %n, ptr %p
  br label %meet
meet:
  store volatile i64 0, ptr %p
  store volatile i64 1, ptr %p
  ret void
}

; CHECK-LABEL: ways:
; CHECK-NOT:   {{^[[:space:]]+j[[:space:]]}}
; CHECK-COUNT-2: ret
; CHECK:       .size ways
define void @ways(ptr %p, i64 %n) {
  switch i64 %n, label %end [ i64 1, label %a
                              i64 7, label %b ]
a:
  store volatile i64 %n, ptr %p
  br label %end
b:
  store volatile i64 0, ptr %p
  br label %end
end:
  ret void
}
