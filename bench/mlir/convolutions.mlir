func.func @conv_1d_nwc_wcf(%x: tensor<2x130x12xf32>, %w: tensor<3x12x24xf32>) -> tensor<2x64x24xf32> {
  %zero = arith.constant 0.0 : f32
  %empty = tensor.empty() : tensor<2x64x24xf32>
  %init = linalg.fill ins(%zero : f32) outs(%empty : tensor<2x64x24xf32>) -> tensor<2x64x24xf32>
  %y = linalg.conv_1d_nwc_wcf {strides = dense<2> : tensor<1xi64>, dilations = dense<1> : tensor<1xi64>}
      ins(%x, %w : tensor<2x130x12xf32>, tensor<3x12x24xf32>) outs(%init : tensor<2x64x24xf32>) -> tensor<2x64x24xf32>
  return %y : tensor<2x64x24xf32>
}

func.func @conv_1d_ncw_fcw(%x: tensor<1x16x130xi8>, %w: tensor<32x16x3xi8>) -> tensor<1x32x128xi32> {
  %zero = arith.constant 0 : i32
  %empty = tensor.empty() : tensor<1x32x128xi32>
  %c = linalg.fill ins(%zero : i32) outs(%empty : tensor<1x32x128xi32>) -> tensor<1x32x128xi32>
  %y = linalg.conv_1d_ncw_fcw {strides = dense<1> : tensor<1xi64>, dilations = dense<1> : tensor<1xi64>}
      ins(%x, %w : tensor<1x16x130xi8>, tensor<32x16x3xi8>) outs(%c : tensor<1x32x128xi32>) -> tensor<1x32x128xi32>
  return %y : tensor<1x32x128xi32>
}

func.func @conv_2d_nchw_fchw(%x: tensor<1x8x18x18xf32>, %w: tensor<16x8x3x3xf32>) -> tensor<1x16x16x16xf32> {
  %zero = arith.constant 0.0 : f32
  %empty = tensor.empty() : tensor<1x16x16x16xf32>
  %init = linalg.fill ins(%zero : f32) outs(%empty : tensor<1x16x16x16xf32>) -> tensor<1x16x16x16xf32>
  %y = linalg.conv_2d_nchw_fchw {strides = dense<1> : tensor<2xi64>, dilations = dense<1> : tensor<2xi64>}
      ins(%x, %w : tensor<1x8x18x18xf32>, tensor<16x8x3x3xf32>) outs(%init : tensor<1x16x16x16xf32>) -> tensor<1x16x16x16xf32>
  return %y : tensor<1x16x16x16xf32>
}

func.func @conv_2d_ngchw_fgchw(%x: tensor<1x4x8x16x16xi8>, %w: tensor<8x4x8x3x3xi8>) -> tensor<1x4x8x14x14xi32> {
  %zero = arith.constant 0 : i32
  %empty = tensor.empty() : tensor<1x4x8x14x14xi32>
  %c = linalg.fill ins(%zero : i32) outs(%empty : tensor<1x4x8x14x14xi32>) -> tensor<1x4x8x14x14xi32>
  %y = linalg.conv_2d_ngchw_fgchw {strides = dense<1> : tensor<2xi64>, dilations = dense<1> : tensor<2xi64>}
      ins(%x, %w : tensor<1x4x8x16x16xi8>, tensor<8x4x8x3x3xi8>) outs(%c : tensor<1x4x8x14x14xi32>) -> tensor<1x4x8x14x14xi32>
  return %y : tensor<1x4x8x14x14xi32>
}

func.func @conv_2d_nhwc_fhwc(%x: tensor<1x17x17x16xi8>, %w: tensor<24x3x3x16xi8>) -> tensor<1x8x8x24xi32> {
  %zero = arith.constant 0 : i32
  %empty = tensor.empty() : tensor<1x8x8x24xi32>
  %init = linalg.fill ins(%zero : i32) outs(%empty : tensor<1x8x8x24xi32>) -> tensor<1x8x8x24xi32>
  %y = linalg.conv_2d_nhwc_fhwc {strides = dense<2> : tensor<2xi64>, dilations = dense<1> : tensor<2xi64>}
      ins(%x, %w : tensor<1x17x17x16xi8>, tensor<24x3x3x16xi8>) outs(%init : tensor<1x8x8x24xi32>) -> tensor<1x8x8x24xi32>
  return %y : tensor<1x8x8x24xi32>
}

// zx=-9..9 zw=-9..9
func.func @conv_2d_nhwc_hwcf_q(%x: tensor<1x12x12x16xi8>, %w: tensor<3x3x16x24xi8>, %zx: i32, %zw: i32) -> tensor<1x10x10x24xi32> {
  %zero = arith.constant 0 : i32
  %empty = tensor.empty() : tensor<1x10x10x24xi32>
  %init = linalg.fill ins(%zero : i32) outs(%empty : tensor<1x10x10x24xi32>) -> tensor<1x10x10x24xi32>
  %y = linalg.conv_2d_nhwc_hwcf_q {strides = dense<1> : tensor<2xi64>, dilations = dense<1> : tensor<2xi64>}
      ins(%x, %w, %zx, %zw : tensor<1x12x12x16xi8>, tensor<3x3x16x24xi8>, i32, i32) outs(%init : tensor<1x10x10x24xi32>) -> tensor<1x10x10x24xi32>
  return %y : tensor<1x10x10x24xi32>
}

func.func @conv_2d_plain(%x: tensor<66x66xf32>, %w: tensor<3x3xf32>, %c: tensor<64x64xf32>) -> tensor<64x64xf32> {
  %y = linalg.conv_2d ins(%x, %w : tensor<66x66xf32>, tensor<3x3xf32>) outs(%c : tensor<64x64xf32>) -> tensor<64x64xf32>
  return %y : tensor<64x64xf32>
}

func.func @conv_3d_ndhwc_dhwcf(%x: tensor<1x6x10x10x8xf32>, %w: tensor<3x3x3x8x16xf32>) -> tensor<1x4x8x8x16xf32> {
  %zero = arith.constant 0.0 : f32
  %empty = tensor.empty() : tensor<1x4x8x8x16xf32>
  %init = linalg.fill ins(%zero : f32) outs(%empty : tensor<1x4x8x8x16xf32>) -> tensor<1x4x8x8x16xf32>
  %y = linalg.conv_3d_ndhwc_dhwcf {strides = dense<1> : tensor<3xi64>, dilations = dense<1> : tensor<3xi64>}
      ins(%x, %w : tensor<1x6x10x10x8xf32>, tensor<3x3x3x8x16xf32>) outs(%init : tensor<1x4x8x8x16xf32>) -> tensor<1x4x8x8x16xf32>
  return %y : tensor<1x4x8x8x16xf32>
}

func.func @depthwise_conv_2d_nhwc_hwc(%x: tensor<1x18x18x24xf32>, %w: tensor<3x3x24xf32>) -> tensor<1x16x16x24xf32> {
  %zero = arith.constant 0.0 : f32
  %empty = tensor.empty() : tensor<1x16x16x24xf32>
  %init = linalg.fill ins(%zero : f32) outs(%empty : tensor<1x16x16x24xf32>) -> tensor<1x16x16x24xf32>
  %y = linalg.depthwise_conv_2d_nhwc_hwc {strides = dense<1> : tensor<2xi64>, dilations = dense<1> : tensor<2xi64>}
      ins(%x, %w : tensor<1x18x18x24xf32>, tensor<3x3x24xf32>) outs(%init : tensor<1x16x16x24xf32>) -> tensor<1x16x16x24xf32>
  return %y : tensor<1x16x16x24xf32>
}

func.func @depthwise_conv_2d_nchw_chw_i8(%x: tensor<1x24x18x18xi8>, %w: tensor<24x3x3xi8>) -> tensor<1x24x16x16xi32> {
  %zero = arith.constant 0 : i32
  %empty = tensor.empty() : tensor<1x24x16x16xi32>
  %c = linalg.fill ins(%zero : i32) outs(%empty : tensor<1x24x16x16xi32>) -> tensor<1x24x16x16xi32>
  %y = linalg.depthwise_conv_2d_nchw_chw {strides = dense<1> : tensor<2xi64>, dilations = dense<1> : tensor<2xi64>}
      ins(%x, %w : tensor<1x24x18x18xi8>, tensor<24x3x3xi8>) outs(%c : tensor<1x24x16x16xi32>) -> tensor<1x24x16x16xi32>
  return %y : tensor<1x24x16x16xi32>
}

func.func @depthwise_conv_2d_nhwc_hwcm(%x: tensor<1x14x14x16xi8>, %w: tensor<3x3x16x2xi8>) -> tensor<1x12x12x16x2xi32> {
  %zero = arith.constant 0 : i32
  %empty = tensor.empty() : tensor<1x12x12x16x2xi32>
  %c = linalg.fill ins(%zero : i32) outs(%empty : tensor<1x12x12x16x2xi32>) -> tensor<1x12x12x16x2xi32>
  %y = linalg.depthwise_conv_2d_nhwc_hwcm {strides = dense<1> : tensor<2xi64>, dilations = dense<1> : tensor<2xi64>}
      ins(%x, %w : tensor<1x14x14x16xi8>, tensor<3x3x16x2xi8>) outs(%c : tensor<1x12x12x16x2xi32>) -> tensor<1x12x12x16x2xi32>
  return %y : tensor<1x12x12x16x2xi32>
}

func.func @depthwise_conv_1d_nwc_wc(%x: tensor<1x131x48xf32>, %w: tensor<4x48xf32>) -> tensor<1x128x48xf32> {
  %zero = arith.constant 0.0 : f32
  %empty = tensor.empty() : tensor<1x128x48xf32>
  %c = linalg.fill ins(%zero : f32) outs(%empty : tensor<1x128x48xf32>) -> tensor<1x128x48xf32>
  %y = linalg.depthwise_conv_1d_nwc_wc {strides = dense<1> : tensor<1xi64>, dilations = dense<1> : tensor<1xi64>}
      ins(%x, %w : tensor<1x131x48xf32>, tensor<4x48xf32>) outs(%c : tensor<1x128x48xf32>) -> tensor<1x128x48xf32>
  return %y : tensor<1x128x48xf32>
}

// tensor.pad in front, as torch-mlir makes it.
func.func @conv_padded_nchw(%x: tensor<1x8x16x16xf32>, %w: tensor<16x8x3x3xf32>, %bias: tensor<16xf32>) -> tensor<1x16x16x16xf32> {
  %zero = arith.constant 0.0 : f32
  %padded = tensor.pad %x low[0, 0, 1, 1] high[0, 0, 1, 1] {
  ^body(%n: index, %c: index, %h: index, %v: index):
    tensor.yield %zero : f32
  } : tensor<1x8x16x16xf32> to tensor<1x8x18x18xf32>
  %empty = tensor.empty() : tensor<1x16x16x16xf32>
  %init = linalg.broadcast ins(%bias : tensor<16xf32>) outs(%empty : tensor<1x16x16x16xf32>) dimensions = [0, 2, 3]
  %y = linalg.conv_2d_nchw_fchw {strides = dense<1> : tensor<2xi64>, dilations = dense<1> : tensor<2xi64>}
      ins(%padded, %w : tensor<1x8x18x18xf32>, tensor<16x8x3x3xf32>) outs(%init : tensor<1x16x16x16xf32>) -> tensor<1x16x16x16xf32>
  return %y : tensor<1x16x16x16xf32>
}

// ?=1,18,18,8,1,16,16,16
func.func @conv_2d_dynamic(%x: memref<?x?x?x?xi8>, %w: memref<3x3x8x16xi8>, %y: memref<?x?x?x?xi32>) {
  linalg.conv_2d_nhwc_hwcf {strides = dense<1> : tensor<2xi64>, dilations = dense<1> : tensor<2xi64>}
      ins(%x, %w : memref<?x?x?x?xi8>, memref<3x3x8x16xi8>) outs(%y : memref<?x?x?x?xi32>)
  return
}

func.func @pooling_nhwc_sum(%x: tensor<1x16x16x24xf32>) -> tensor<1x8x8x24xf32> {
  %zero = arith.constant 0.0 : f32
  %window = tensor.empty() : tensor<2x2xf32>
  %empty = tensor.empty() : tensor<1x8x8x24xf32>
  %init = linalg.fill ins(%zero : f32) outs(%empty : tensor<1x8x8x24xf32>) -> tensor<1x8x8x24xf32>
  %y = linalg.pooling_nhwc_sum {strides = dense<2> : tensor<2xi64>, dilations = dense<1> : tensor<2xi64>}
      ins(%x, %window : tensor<1x16x16x24xf32>, tensor<2x2xf32>) outs(%init : tensor<1x8x8x24xf32>) -> tensor<1x8x8x24xf32>
  return %y : tensor<1x8x8x24xf32>
}

func.func @pooling_nhwc_max_i8(%x: tensor<1x17x17x32xi8>) -> tensor<1x8x8x32xi8> {
  %low = arith.constant -128 : i8
  %window = tensor.empty() : tensor<3x3xi8>
  %empty = tensor.empty() : tensor<1x8x8x32xi8>
  %init = linalg.fill ins(%low : i8) outs(%empty : tensor<1x8x8x32xi8>) -> tensor<1x8x8x32xi8>
  %y = linalg.pooling_nhwc_max {strides = dense<2> : tensor<2xi64>, dilations = dense<1> : tensor<2xi64>}
      ins(%x, %window : tensor<1x17x17x32xi8>, tensor<3x3xi8>) outs(%init : tensor<1x8x8x32xi8>) -> tensor<1x8x8x32xi8>
  return %y : tensor<1x8x8x32xi8>
}

func.func @pooling_nhwc_min(%x: tensor<1x17x17x32xf32>) -> tensor<1x8x8x32xf32> {
  %high = arith.constant 0x7F800000 : f32
  %window = tensor.empty() : tensor<3x3xf32>
  %empty = tensor.empty() : tensor<1x8x8x32xf32>
  %init = linalg.fill ins(%high : f32) outs(%empty : tensor<1x8x8x32xf32>) -> tensor<1x8x8x32xf32>
  %y = linalg.pooling_nhwc_min {strides = dense<2> : tensor<2xi64>, dilations = dense<1> : tensor<2xi64>}
      ins(%x, %window : tensor<1x17x17x32xf32>, tensor<3x3xf32>) outs(%init : tensor<1x8x8x32xf32>) -> tensor<1x8x8x32xf32>
  return %y : tensor<1x8x8x32xf32>
}

func.func @pooling_nchw_max(%x: tensor<1x16x18x18xf32>) -> tensor<1x16x16x16xf32> {
  %low = arith.constant 0xFF800000 : f32
  %window = tensor.empty() : tensor<3x3xf32>
  %empty = tensor.empty() : tensor<1x16x16x16xf32>
  %init = linalg.fill ins(%low : f32) outs(%empty : tensor<1x16x16x16xf32>) -> tensor<1x16x16x16xf32>
  %y = linalg.pooling_nchw_max {strides = dense<1> : tensor<2xi64>, dilations = dense<1> : tensor<2xi64>}
      ins(%x, %window : tensor<1x16x18x18xf32>, tensor<3x3xf32>) outs(%init : tensor<1x16x16x16xf32>) -> tensor<1x16x16x16xf32>
  return %y : tensor<1x16x16x16xf32>
}

func.func @pooling_nchw_sum(%x: tensor<2x32x7x7xf32>) -> tensor<2x32x1x1xf32> {
  %zero = arith.constant 0.0 : f32
  %window = tensor.empty() : tensor<7x7xf32>
  %empty = tensor.empty() : tensor<2x32x1x1xf32>
  %init = linalg.fill ins(%zero : f32) outs(%empty : tensor<2x32x1x1xf32>) -> tensor<2x32x1x1xf32>
  %y = linalg.pooling_nchw_sum {strides = dense<1> : tensor<2xi64>, dilations = dense<1> : tensor<2xi64>}
      ins(%x, %window : tensor<2x32x7x7xf32>, tensor<7x7xf32>) outs(%init : tensor<2x32x1x1xf32>) -> tensor<2x32x1x1xf32>
  return %y : tensor<2x32x1x1xf32>
}
