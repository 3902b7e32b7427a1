// A convolution in fp32: NHWC input, HWCF filter, stride 1, and with stride 2 and dilation 2.
func.func @conv2d_f32(%input: tensor<1x10x10x4xf32>, %filter: tensor<3x3x4x6xf32>) -> tensor<1x8x8x6xf32> {
  %zero = arith.constant 0.0 : f32
  %empty = tensor.empty() : tensor<1x8x8x6xf32>
  %init = linalg.fill ins(%zero : f32) outs(%empty : tensor<1x8x8x6xf32>) -> tensor<1x8x8x6xf32>
  %output = linalg.conv_2d_nhwc_hwcf {strides = dense<1> : tensor<2xi64>, dilations = dense<1> : tensor<2xi64>}
      ins(%input, %filter : tensor<1x10x10x4xf32>, tensor<3x3x4x6xf32>)
      outs(%init : tensor<1x8x8x6xf32>) -> tensor<1x8x8x6xf32>
  return %output : tensor<1x8x8x6xf32>
}

func.func @conv2d_f32_dilated(%input: tensor<2x11x13x3xf32>, %filter: tensor<3x3x3x2xf32>) -> tensor<2x4x5x2xf32> {
  %zero = arith.constant 0.0 : f32
  %empty = tensor.empty() : tensor<2x4x5x2xf32>
  %init = linalg.fill ins(%zero : f32) outs(%empty : tensor<2x4x5x2xf32>) -> tensor<2x4x5x2xf32>
  %output = linalg.conv_2d_nhwc_hwcf {strides = dense<2> : tensor<2xi64>, dilations = dense<2> : tensor<2xi64>}
      ins(%input, %filter : tensor<2x11x13x3xf32>, tensor<3x3x3x2xf32>)
      outs(%init : tensor<2x4x5x2xf32>) -> tensor<2x4x5x2xf32>
  return %output : tensor<2x4x5x2xf32>
}
