// Pooling over 2x2 and 3x3 windows: largest value in fp32 and int8, sum in int32 and fp32.
func.func @pool_max_f32(%input: tensor<1x8x8x5xf32>) -> tensor<1x4x4x5xf32> {
  %lowest = arith.constant 0xFF800000 : f32
  %window = tensor.empty() : tensor<2x2xf32>
  %empty = tensor.empty() : tensor<1x4x4x5xf32>
  %init = linalg.fill ins(%lowest : f32) outs(%empty : tensor<1x4x4x5xf32>) -> tensor<1x4x4x5xf32>
  %output = linalg.pooling_nhwc_max {strides = dense<2> : tensor<2xi64>, dilations = dense<1> : tensor<2xi64>}
      ins(%input, %window : tensor<1x8x8x5xf32>, tensor<2x2xf32>)
      outs(%init : tensor<1x4x4x5xf32>) -> tensor<1x4x4x5xf32>
  return %output : tensor<1x4x4x5xf32>
}

func.func @pool_max_i8(%input: tensor<1x9x9x4xi8>) -> tensor<1x4x4x4xi8> {
  %lowest = arith.constant -128 : i8
  %window = tensor.empty() : tensor<3x3xi8>
  %empty = tensor.empty() : tensor<1x4x4x4xi8>
  %init = linalg.fill ins(%lowest : i8) outs(%empty : tensor<1x4x4x4xi8>) -> tensor<1x4x4x4xi8>
  %output = linalg.pooling_nhwc_max {strides = dense<2> : tensor<2xi64>, dilations = dense<1> : tensor<2xi64>}
      ins(%input, %window : tensor<1x9x9x4xi8>, tensor<3x3xi8>)
      outs(%init : tensor<1x4x4x4xi8>) -> tensor<1x4x4x4xi8>
  return %output : tensor<1x4x4x4xi8>
}

func.func @pool_sum_i32(%input: tensor<1x6x6x3xi32>) -> tensor<1x5x5x3xi32> {
  %zero = arith.constant 0 : i32
  %window = tensor.empty() : tensor<2x2xi32>
  %empty = tensor.empty() : tensor<1x5x5x3xi32>
  %init = linalg.fill ins(%zero : i32) outs(%empty : tensor<1x5x5x3xi32>) -> tensor<1x5x5x3xi32>
  %output = linalg.pooling_nhwc_sum {strides = dense<1> : tensor<2xi64>, dilations = dense<1> : tensor<2xi64>}
      ins(%input, %window : tensor<1x6x6x3xi32>, tensor<2x2xi32>)
      outs(%init : tensor<1x5x5x3xi32>) -> tensor<1x5x5x3xi32>
  return %output : tensor<1x5x5x3xi32>
}

func.func @pool_sum_f32(%input: tensor<1x6x6x3xf32>) -> tensor<1x4x4x3xf32> {
  %zero = arith.constant 0.0 : f32
  %window = tensor.empty() : tensor<3x3xf32>
  %empty = tensor.empty() : tensor<1x4x4x3xf32>
  %init = linalg.fill ins(%zero : f32) outs(%empty : tensor<1x4x4x3xf32>) -> tensor<1x4x4x3xf32>
  %output = linalg.pooling_nhwc_sum {strides = dense<1> : tensor<2xi64>, dilations = dense<1> : tensor<2xi64>}
      ins(%input, %window : tensor<1x6x6x3xf32>, tensor<3x3xf32>)
      outs(%init : tensor<1x4x4x3xf32>) -> tensor<1x4x4x3xf32>
  return %output : tensor<1x4x4x3xf32>
}
