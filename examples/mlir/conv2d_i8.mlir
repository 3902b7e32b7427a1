// A quantized convolution as TOSA says it: int8 NHWC input with zero point -3, padded by one, weights OHWI, int32
// bias, then each channel scaled by its own multiplier and shift, double rounding, zero point 5.
func.func @conv2d_i8(%input: tensor<1x8x8x4xi8>, %weight: tensor<6x3x3x4xi8>, %bias: tensor<6xi32>)
    -> tensor<1x8x8x6xi8> {
  %input_zero = "tosa.const"() <{values = dense<-3> : tensor<1xi8>}> : () -> tensor<1xi8>
  %weight_zero = "tosa.const"() <{values = dense<0> : tensor<1xi8>}> : () -> tensor<1xi8>
  %sums = tosa.conv2d %input, %weight, %bias, %input_zero, %weight_zero
      {acc_type = i32, pad = array<i64: 1, 1, 1, 1>, stride = array<i64: 1, 1>, dilation = array<i64: 1, 1>}
      : (tensor<1x8x8x4xi8>, tensor<6x3x3x4xi8>, tensor<6xi32>, tensor<1xi8>, tensor<1xi8>) -> tensor<1x8x8x6xi32>
  %multiplier = "tosa.const"() <{values = dense<[1073741824, 1342177280, 1610612736, 1879048192, 2147483647, 1200000000]>
      : tensor<6xi32>}> : () -> tensor<6xi32>
  %shift = "tosa.const"() <{values = dense<[38, 39, 39, 40, 40, 38]> : tensor<6xi8>}> : () -> tensor<6xi8>
  %sum_zero = "tosa.const"() <{values = dense<0> : tensor<1xi32>}> : () -> tensor<1xi32>
  %output_zero = "tosa.const"() <{values = dense<5> : tensor<1xi8>}> : () -> tensor<1xi8>
  %output = tosa.rescale %sums, %multiplier, %shift, %sum_zero, %output_zero
      {scale32 = true, rounding_mode = DOUBLE_ROUND, per_channel = true, input_unsigned = false, output_unsigned = false}
      : (tensor<1x8x8x6xi32>, tensor<6xi32>, tensor<6xi8>, tensor<1xi32>, tensor<1xi8>) -> tensor<1x8x8x6xi8>
  return %output : tensor<1x8x8x6xi8>
}

// The same with stride 2, no padding, one scale for all and single rounding.
func.func @conv2d_i8_stride2(%input: tensor<2x9x9x3xi8>, %weight: tensor<5x3x3x3xi8>, %bias: tensor<5xi32>)
    -> tensor<2x4x4x5xi8> {
  %input_zero = "tosa.const"() <{values = dense<0> : tensor<1xi8>}> : () -> tensor<1xi8>
  %weight_zero = "tosa.const"() <{values = dense<0> : tensor<1xi8>}> : () -> tensor<1xi8>
  %sums = tosa.conv2d %input, %weight, %bias, %input_zero, %weight_zero
      {acc_type = i32, pad = array<i64: 0, 0, 0, 0>, stride = array<i64: 2, 2>, dilation = array<i64: 1, 1>}
      : (tensor<2x9x9x3xi8>, tensor<5x3x3x3xi8>, tensor<5xi32>, tensor<1xi8>, tensor<1xi8>) -> tensor<2x4x4x5xi32>
  %multiplier = "tosa.const"() <{values = dense<1395864371> : tensor<1xi32>}> : () -> tensor<1xi32>
  %shift = "tosa.const"() <{values = dense<39> : tensor<1xi8>}> : () -> tensor<1xi8>
  %sum_zero = "tosa.const"() <{values = dense<0> : tensor<1xi32>}> : () -> tensor<1xi32>
  %output_zero = "tosa.const"() <{values = dense<-7> : tensor<1xi8>}> : () -> tensor<1xi8>
  %output = tosa.rescale %sums, %multiplier, %shift, %sum_zero, %output_zero
      {scale32 = true, rounding_mode = SINGLE_ROUND, per_channel = false, input_unsigned = false, output_unsigned = false}
      : (tensor<2x4x4x5xi32>, tensor<1xi32>, tensor<1xi8>, tensor<1xi32>, tensor<1xi8>) -> tensor<2x4x4x5xi8>
  return %output : tensor<2x4x4x5xi8>
}

// The first at the size of a layer, 28 x 28 x 64 to 96 channels, with one scale for all.
func.func @conv2d_layer_i8(%input: tensor<1x28x28x64xi8>, %weight: tensor<96x3x3x64xi8>, %bias: tensor<96xi32>)
    -> tensor<1x28x28x96xi8> {
  %input_zero = "tosa.const"() <{values = dense<-3> : tensor<1xi8>}> : () -> tensor<1xi8>
  %weight_zero = "tosa.const"() <{values = dense<0> : tensor<1xi8>}> : () -> tensor<1xi8>
  %sums = tosa.conv2d %input, %weight, %bias, %input_zero, %weight_zero
      {acc_type = i32, pad = array<i64: 1, 1, 1, 1>, stride = array<i64: 1, 1>, dilation = array<i64: 1, 1>}
      : (tensor<1x28x28x64xi8>, tensor<96x3x3x64xi8>, tensor<96xi32>, tensor<1xi8>, tensor<1xi8>)
      -> tensor<1x28x28x96xi32>
  %multiplier = "tosa.const"() <{values = dense<1395864371> : tensor<1xi32>}> : () -> tensor<1xi32>
  %shift = "tosa.const"() <{values = dense<42> : tensor<1xi8>}> : () -> tensor<1xi8>
  %sum_zero = "tosa.const"() <{values = dense<0> : tensor<1xi32>}> : () -> tensor<1xi32>
  %output_zero = "tosa.const"() <{values = dense<5> : tensor<1xi8>}> : () -> tensor<1xi8>
  %output = tosa.rescale %sums, %multiplier, %shift, %sum_zero, %output_zero
      {scale32 = true, rounding_mode = DOUBLE_ROUND, per_channel = false, input_unsigned = false, output_unsigned = false}
      : (tensor<1x28x28x96xi32>, tensor<1xi32>, tensor<1xi8>, tensor<1xi32>, tensor<1xi8>) -> tensor<1x28x28x96xi8>
  return %output : tensor<1x28x28x96xi8>
}
