// Sums and largest values of rows, and of columns.
func.func @row_sum_i32(%a: tensor<13x50xi32>) -> tensor<13xi32> {
  %zero = arith.constant 0 : i32
  %empty = tensor.empty() : tensor<13xi32>
  %init = linalg.fill ins(%zero : i32) outs(%empty : tensor<13xi32>) -> tensor<13xi32>
  %sum = linalg.reduce {arith.addi} ins(%a : tensor<13x50xi32>) outs(%init : tensor<13xi32>) dimensions = [1]
  return %sum : tensor<13xi32>
}

func.func @row_sum_f32(%a: tensor<13x50xf32>) -> tensor<13xf32> {
  %zero = arith.constant 0.0 : f32
  %empty = tensor.empty() : tensor<13xf32>
  %init = linalg.fill ins(%zero : f32) outs(%empty : tensor<13xf32>) -> tensor<13xf32>
  %sum = linalg.reduce {arith.addf} ins(%a : tensor<13x50xf32>) outs(%init : tensor<13xf32>) dimensions = [1]
  return %sum : tensor<13xf32>
}

func.func @column_max_i32(%a: tensor<13x50xi32>) -> tensor<50xi32> {
  %lowest = arith.constant -2147483648 : i32
  %empty = tensor.empty() : tensor<50xi32>
  %init = linalg.fill ins(%lowest : i32) outs(%empty : tensor<50xi32>) -> tensor<50xi32>
  %most = linalg.reduce {arith.maxsi} ins(%a : tensor<13x50xi32>) outs(%init : tensor<50xi32>) dimensions = [0]
  return %most : tensor<50xi32>
}
