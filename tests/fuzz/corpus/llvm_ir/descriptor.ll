define { ptr, i64, [2 x i64] } @make(ptr %p, i64 %n, i1 %c) {
  %a = insertvalue { ptr, i64, [2 x i64] } poison, ptr %p, 0
  %b = insertvalue { ptr, i64, [2 x i64] } %a, i64 %n, 1
  %d = insertvalue { ptr, i64, [2 x i64] } %b, i64 4, 2, 0
  %e = insertvalue { ptr, i64, [2 x i64] } %d, i64 5, 2, 1
  %x = extractvalue { ptr, i64, [2 x i64] } %e, 2, 1
  %s = select i1 %c, { ptr, i64, [2 x i64] } %e, { ptr, i64, [2 x i64] } zeroinitializer
  store i64 %x, ptr %p
  ret { ptr, i64, [2 x i64] } %s
}
