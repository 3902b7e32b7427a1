// C = A * B, fp16 operands, multiplied and summed in fp32.
func.func @matmul_f16(%a: tensor<33x40xf16>, %b: tensor<40x17xf16>) -> tensor<33x17xf32> {
  %zero = arith.constant 0.0 : f32
  %empty = tensor.empty() : tensor<33x17xf32>
  %init = linalg.fill ins(%zero : f32) outs(%empty : tensor<33x17xf32>) -> tensor<33x17xf32>
  %c = linalg.matmul ins(%a, %b : tensor<33x40xf16>, tensor<40x17xf16>)
                     outs(%init : tensor<33x17xf32>) -> tensor<33x17xf32>
  return %c : tensor<33x17xf32>
}

// As above, but the sum is rounded to fp16 in the end.
func.func @matmul_f16_narrow(%a: tensor<8x24xf16>, %b: tensor<24x8xf16>) -> tensor<8x8xf16> {
  %zero = arith.constant 0.0 : f32
  %empty = tensor.empty() : tensor<8x8xf32>
  %init = linalg.fill ins(%zero : f32) outs(%empty : tensor<8x8xf32>) -> tensor<8x8xf32>
  %c = linalg.matmul ins(%a, %b : tensor<8x24xf16>, tensor<24x8xf16>)
                     outs(%init : tensor<8x8xf32>) -> tensor<8x8xf32>
  %empty16 = tensor.empty() : tensor<8x8xf16>
  %narrow = linalg.generic
      {indexing_maps = [affine_map<(i, j) -> (i, j)>, affine_map<(i, j) -> (i, j)>],
       iterator_types = ["parallel", "parallel"]}
      ins(%c : tensor<8x8xf32>) outs(%empty16 : tensor<8x8xf16>) {
    ^bb0(%x: f32, %unused: f16):
      %y = arith.truncf %x : f32 to f16
      linalg.yield %y : f16
  } -> tensor<8x8xf16>
  return %narrow : tensor<8x8xf16>
}
