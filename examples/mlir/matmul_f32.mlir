// C = A * B in fp32, summed in the order of k.
func.func @matmul_f32(%a: tensor<48x64xf32>, %b: tensor<64x40xf32>) -> tensor<48x40xf32> {
  %zero = arith.constant 0.0 : f32
  %empty = tensor.empty() : tensor<48x40xf32>
  %init = linalg.fill ins(%zero : f32) outs(%empty : tensor<48x40xf32>) -> tensor<48x40xf32>
  %c = linalg.matmul ins(%a, %b : tensor<48x64xf32>, tensor<64x40xf32>)
                     outs(%init : tensor<48x40xf32>) -> tensor<48x40xf32>
  return %c : tensor<48x40xf32>
}
