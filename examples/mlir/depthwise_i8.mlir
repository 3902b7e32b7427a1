// A quantized depthwise convolution as TOSA says it, at the size of a layer: int8 NHWC input with zero point -3, padded
// by one, one 3 x 3 window for each channel, int32 bias, one scale for all, double rounding, zero point -7.
func.func @depthwise_i8(%input: tensor<1x28x28x64xi8>, %weight: tensor<3x3x64x1xi8>, %bias: tensor<64xi32>)
    -> tensor<1x28x28x64xi8> {
  %input_zero = "tosa.const"() <{values = dense<-3> : tensor<1xi8>}> : () -> tensor<1xi8>
  %weight_zero = "tosa.const"() <{values = dense<0> : tensor<1xi8>}> : () -> tensor<1xi8>
  %sums = tosa.depthwise_conv2d %input, %weight, %bias, %input_zero, %weight_zero
      {acc_type = i32, pad = array<i64: 1, 1, 1, 1>, stride = array<i64: 1, 1>, dilation = array<i64: 1, 1>}
      : (tensor<1x28x28x64xi8>, tensor<3x3x64x1xi8>, tensor<64xi32>, tensor<1xi8>, tensor<1xi8>)
      -> tensor<1x28x28x64xi32>
  %multiplier = "tosa.const"() <{values = dense<1395864371> : tensor<1xi32>}> : () -> tensor<1xi32>
  %shift = "tosa.const"() <{values = dense<39> : tensor<1xi8>}> : () -> tensor<1xi8>
  %sum_zero = "tosa.const"() <{values = dense<0> : tensor<1xi32>}> : () -> tensor<1xi32>
  %output_zero = "tosa.const"() <{values = dense<-7> : tensor<1xi8>}> : () -> tensor<1xi8>
  %output = tosa.rescale %sums, %multiplier, %shift, %sum_zero, %output_zero
      {scale32 = true, rounding_mode = DOUBLE_ROUND, per_channel = false, input_unsigned = false, output_unsigned = false}
      : (tensor<1x28x28x64xi32>, tensor<1xi32>, tensor<1xi8>, tensor<1xi32>, tensor<1xi8>) -> tensor<1x28x28x64xi8>
  return %output : tensor<1x28x28x64xi8>
}

// Odd edges: stride 2, padded on two sides only, each channel with its own scale, single rounding.
func.func @depthwise_i8_stride2(%input: tensor<2x8x10x5xi8>, %weight: tensor<3x3x5x1xi8>, %bias: tensor<5xi32>)
    -> tensor<2x4x5x5xi8> {
  %input_zero = "tosa.const"() <{values = dense<7> : tensor<1xi8>}> : () -> tensor<1xi8>
  %weight_zero = "tosa.const"() <{values = dense<0> : tensor<1xi8>}> : () -> tensor<1xi8>
  %sums = tosa.depthwise_conv2d %input, %weight, %bias, %input_zero, %weight_zero
      {acc_type = i32, pad = array<i64: 0, 1, 0, 1>, stride = array<i64: 2, 2>, dilation = array<i64: 1, 1>}
      : (tensor<2x8x10x5xi8>, tensor<3x3x5x1xi8>, tensor<5xi32>, tensor<1xi8>, tensor<1xi8>) -> tensor<2x4x5x5xi32>
  %multiplier = "tosa.const"() <{values = dense<[1073741824, 1342177280, 1610612736, 2147483647, 1200000000]>
      : tensor<5xi32>}> : () -> tensor<5xi32>
  %shift = "tosa.const"() <{values = dense<[38, 39, 39, 40, 38]> : tensor<5xi8>}> : () -> tensor<5xi8>
  %sum_zero = "tosa.const"() <{values = dense<0> : tensor<1xi32>}> : () -> tensor<1xi32>
  %output_zero = "tosa.const"() <{values = dense<3> : tensor<1xi8>}> : () -> tensor<1xi8>
  %output = tosa.rescale %sums, %multiplier, %shift, %sum_zero, %output_zero
      {scale32 = true, rounding_mode = SINGLE_ROUND, per_channel = true, input_unsigned = false, output_unsigned = false}
      : (tensor<2x4x5x5xi32>, tensor<5xi32>, tensor<5xi8>, tensor<1xi32>, tensor<1xi8>) -> tensor<2x4x5x5xi8>
  return %output : tensor<2x4x5x5xi8>
}
