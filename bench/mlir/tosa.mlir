func.func @conv2d_per_channel(%x: tensor<1x14x14x16xi8>, %w: tensor<24x3x3x16xi8>, %b: tensor<24xi32>) -> tensor<1x14x14x24xi8> {
  %xz = "tosa.const"() <{values = dense<-11> : tensor<1xi8>}> : () -> tensor<1xi8>
  %wz = "tosa.const"() <{values = dense<0> : tensor<1xi8>}> : () -> tensor<1xi8>
  %s = tosa.conv2d %x, %w, %b, %xz, %wz {acc_type = i32, pad = array<i64: 1, 1, 1, 1>, stride = array<i64: 1, 1>, dilation = array<i64: 1, 1>}
      : (tensor<1x14x14x16xi8>, tensor<24x3x3x16xi8>, tensor<24xi32>, tensor<1xi8>, tensor<1xi8>) -> tensor<1x14x14x24xi32>
  %m = "tosa.const"() <{values = dense<[1073741824, 1142177280, 1210612736, 1279048192, 1347483647, 1400000000, 1500000000, 1600000000, 1700000000, 1800000000, 1900000000, 2000000000, 2100000000, 1100000001, 1200000001, 1300000001, 1400000001, 1500000001, 1600000001, 1700000001, 1800000001, 1900000001, 2000000001, 2100000001]> : tensor<24xi32>}> : () -> tensor<24xi32>
  %h = "tosa.const"() <{values = dense<[38, 39, 39, 40, 40, 38, 37, 38, 39, 40, 41, 38, 39, 38, 39, 40, 37, 38, 38, 38, 39, 39, 40, 40]> : tensor<24xi8>}> : () -> tensor<24xi8>
  %iz = "tosa.const"() <{values = dense<0> : tensor<1xi32>}> : () -> tensor<1xi32>
  %oz = "tosa.const"() <{values = dense<5> : tensor<1xi8>}> : () -> tensor<1xi8>
  %y = tosa.rescale %s, %m, %h, %iz, %oz {scale32 = true, rounding_mode = DOUBLE_ROUND, per_channel = true, input_unsigned = false, output_unsigned = false}
      : (tensor<1x14x14x24xi32>, tensor<24xi32>, tensor<24xi8>, tensor<1xi32>, tensor<1xi8>) -> tensor<1x14x14x24xi8>
  return %y : tensor<1x14x14x24xi8>
}

func.func @conv2d_f32_padded(%x: tensor<1x14x14x8xf32>, %w: tensor<16x3x3x8xf32>, %b: tensor<16xf32>) -> tensor<1x14x14x16xf32> {
  %z = "tosa.const"() <{values = dense<0.0> : tensor<1xf32>}> : () -> tensor<1xf32>
  %s = tosa.conv2d %x, %w, %b, %z, %z {acc_type = f32, pad = array<i64: 1, 1, 1, 1>, stride = array<i64: 1, 1>, dilation = array<i64: 1, 1>}
      : (tensor<1x14x14x8xf32>, tensor<16x3x3x8xf32>, tensor<16xf32>, tensor<1xf32>, tensor<1xf32>) -> tensor<1x14x14x16xf32>
  %y = tosa.clamp %s {min_val = 0.0 : f32, max_val = 6.0 : f32} : (tensor<1x14x14x16xf32>) -> tensor<1x14x14x16xf32>
  return %y : tensor<1x14x14x16xf32>
}

func.func @depthwise_rescaled(%x: tensor<1x14x14x32xi8>, %w: tensor<3x3x32x1xi8>, %b: tensor<32xi32>) -> tensor<1x14x14x32xi8> {
  %xz = "tosa.const"() <{values = dense<4> : tensor<1xi8>}> : () -> tensor<1xi8>
  %wz = "tosa.const"() <{values = dense<0> : tensor<1xi8>}> : () -> tensor<1xi8>
  %s = tosa.depthwise_conv2d %x, %w, %b, %xz, %wz {acc_type = i32, pad = array<i64: 1, 1, 1, 1>, stride = array<i64: 1, 1>, dilation = array<i64: 1, 1>}
      : (tensor<1x14x14x32xi8>, tensor<3x3x32x1xi8>, tensor<32xi32>, tensor<1xi8>, tensor<1xi8>) -> tensor<1x14x14x32xi32>
  %m = "tosa.const"() <{values = dense<1395864371> : tensor<1xi32>}> : () -> tensor<1xi32>
  %h = "tosa.const"() <{values = dense<40> : tensor<1xi8>}> : () -> tensor<1xi8>
  %iz = "tosa.const"() <{values = dense<0> : tensor<1xi32>}> : () -> tensor<1xi32>
  %oz = "tosa.const"() <{values = dense<-3> : tensor<1xi8>}> : () -> tensor<1xi8>
  %y = tosa.rescale %s, %m, %h, %iz, %oz {scale32 = true, rounding_mode = DOUBLE_ROUND, per_channel = false, input_unsigned = false, output_unsigned = false}
      : (tensor<1x14x14x32xi32>, tensor<1xi32>, tensor<1xi8>, tensor<1xi32>, tensor<1xi8>) -> tensor<1x14x14x32xi8>
  return %y : tensor<1x14x14x32xi8>
}

func.func @transpose_conv2d(%x: tensor<1x8x8x16xf32>, %w: tensor<12x2x2x16xf32>, %b: tensor<12xf32>) -> tensor<1x16x16x12xf32> {
  %z = "tosa.const"() <{values = dense<0.0> : tensor<1xf32>}> : () -> tensor<1xf32>
  %y = tosa.transpose_conv2d %x, %w, %b, %z, %z {acc_type = f32, out_pad = array<i64: 0, 0, 0, 0>, stride = array<i64: 2, 2>}
      : (tensor<1x8x8x16xf32>, tensor<12x2x2x16xf32>, tensor<12xf32>, tensor<1xf32>, tensor<1xf32>) -> tensor<1x16x16x12xf32>
  return %y : tensor<1x16x16x12xf32>
}

func.func @conv3d_i8(%x: tensor<1x5x10x10x8xi8>, %w: tensor<16x3x3x3x8xi8>, %b: tensor<16xi32>) -> tensor<1x3x8x8x16xi32> {
  %xz = "tosa.const"() <{values = dense<-2> : tensor<1xi8>}> : () -> tensor<1xi8>
  %wz = "tosa.const"() <{values = dense<0> : tensor<1xi8>}> : () -> tensor<1xi8>
  %y = tosa.conv3d %x, %w, %b, %xz, %wz {acc_type = i32, pad = array<i64: 0, 0, 0, 0, 0, 0>, stride = array<i64: 1, 1, 1>, dilation = array<i64: 1, 1, 1>}
      : (tensor<1x5x10x10x8xi8>, tensor<16x3x3x3x8xi8>, tensor<16xi32>, tensor<1xi8>, tensor<1xi8>) -> tensor<1x3x8x8x16xi32>
  return %y : tensor<1x3x8x8x16xi32>
}

func.func @matmul_zero_points(%a: tensor<2x30x64xi8>, %b: tensor<2x64x40xi8>) -> tensor<2x30x40xi32> {
  %az = "tosa.const"() <{values = dense<7> : tensor<1xi8>}> : () -> tensor<1xi8>
  %bz = "tosa.const"() <{values = dense<-5> : tensor<1xi8>}> : () -> tensor<1xi8>
  %y = tosa.matmul %a, %b, %az, %bz : (tensor<2x30x64xi8>, tensor<2x64x40xi8>, tensor<1xi8>, tensor<1xi8>) -> tensor<2x30x40xi32>
  return %y : tensor<2x30x40xi32>
}

// A fully connected layer, as TOSA 1.0 writes it.
func.func @fully_connected(%x: tensor<1x16x1x128xi8>, %w: tensor<48x1x1x128xi8>, %b: tensor<48xi32>) -> tensor<1x16x1x48xi8> {
  %xz = "tosa.const"() <{values = dense<-128> : tensor<1xi8>}> : () -> tensor<1xi8>
  %wz = "tosa.const"() <{values = dense<0> : tensor<1xi8>}> : () -> tensor<1xi8>
  %s = tosa.conv2d %x, %w, %b, %xz, %wz {acc_type = i32, pad = array<i64: 0, 0, 0, 0>, stride = array<i64: 1, 1>, dilation = array<i64: 1, 1>}
      : (tensor<1x16x1x128xi8>, tensor<48x1x1x128xi8>, tensor<48xi32>, tensor<1xi8>, tensor<1xi8>) -> tensor<1x16x1x48xi32>
  %m = "tosa.const"() <{values = dense<1395864371> : tensor<1xi32>}> : () -> tensor<1xi32>
  %h = "tosa.const"() <{values = dense<40> : tensor<1xi8>}> : () -> tensor<1xi8>
  %iz = "tosa.const"() <{values = dense<0> : tensor<1xi32>}> : () -> tensor<1xi32>
  %oz = "tosa.const"() <{values = dense<-3> : tensor<1xi8>}> : () -> tensor<1xi8>
  %y = tosa.rescale %s, %m, %h, %iz, %oz {scale32 = true, rounding_mode = SINGLE_ROUND, per_channel = false, input_unsigned = false, output_unsigned = false}
      : (tensor<1x16x1x48xi32>, tensor<1xi32>, tensor<1xi8>, tensor<1xi32>, tensor<1xi8>) -> tensor<1x16x1x48xi8>
  return %y : tensor<1x16x1x48xi8>
}

func.func @rescale_add(%a: tensor<1x14x14x32xi8>, %b: tensor<1x14x14x32xi8>) -> tensor<1x14x14x32xi8> {
  %m1 = "tosa.const"() <{values = dense<1073741824> : tensor<1xi32>}> : () -> tensor<1xi32>
  %h1 = "tosa.const"() <{values = dense<11> : tensor<1xi8>}> : () -> tensor<1xi8>
  %m2 = "tosa.const"() <{values = dense<1395864371> : tensor<1xi32>}> : () -> tensor<1xi32>
  %h2 = "tosa.const"() <{values = dense<12> : tensor<1xi8>}> : () -> tensor<1xi8>
  %h3 = "tosa.const"() <{values = dense<50> : tensor<1xi8>}> : () -> tensor<1xi8>
  %az = "tosa.const"() <{values = dense<-4> : tensor<1xi8>}> : () -> tensor<1xi8>
  %bz = "tosa.const"() <{values = dense<9> : tensor<1xi8>}> : () -> tensor<1xi8>
  %z = "tosa.const"() <{values = dense<0> : tensor<1xi32>}> : () -> tensor<1xi32>
  %p = tosa.rescale %a, %m1, %h1, %az, %z {scale32 = true, rounding_mode = DOUBLE_ROUND, per_channel = false, input_unsigned = false, output_unsigned = false}
      : (tensor<1x14x14x32xi8>, tensor<1xi32>, tensor<1xi8>, tensor<1xi8>, tensor<1xi32>) -> tensor<1x14x14x32xi32>
  %q = tosa.rescale %b, %m2, %h2, %bz, %z {scale32 = true, rounding_mode = DOUBLE_ROUND, per_channel = false, input_unsigned = false, output_unsigned = false}
      : (tensor<1x14x14x32xi8>, tensor<1xi32>, tensor<1xi8>, tensor<1xi8>, tensor<1xi32>) -> tensor<1x14x14x32xi32>
  %s = tosa.add %p, %q : (tensor<1x14x14x32xi32>, tensor<1x14x14x32xi32>) -> tensor<1x14x14x32xi32>
  %y = tosa.rescale %s, %m2, %h3, %z, %az {scale32 = true, rounding_mode = DOUBLE_ROUND, per_channel = false, input_unsigned = false, output_unsigned = false}
      : (tensor<1x14x14x32xi32>, tensor<1xi32>, tensor<1xi8>, tensor<1xi32>, tensor<1xi8>) -> tensor<1x14x14x32xi8>
  return %y : tensor<1x14x14x32xi8>
}

func.func @rescale_i16(%x: tensor<64x48xi32>) -> tensor<64x48xi16> {
  %m = "tosa.const"() <{values = dense<1395864371> : tensor<1xi32>}> : () -> tensor<1xi32>
  %h = "tosa.const"() <{values = dense<33> : tensor<1xi8>}> : () -> tensor<1xi8>
  %iz = "tosa.const"() <{values = dense<0> : tensor<1xi32>}> : () -> tensor<1xi32>
  %oz = "tosa.const"() <{values = dense<0> : tensor<1xi16>}> : () -> tensor<1xi16>
  %y = tosa.rescale %x, %m, %h, %iz, %oz {scale32 = true, rounding_mode = SINGLE_ROUND, per_channel = false, input_unsigned = false, output_unsigned = false}
      : (tensor<64x48xi32>, tensor<1xi32>, tensor<1xi8>, tensor<1xi32>, tensor<1xi16>) -> tensor<64x48xi16>
  return %y : tensor<64x48xi16>
}

func.func @avg_pool2d(%x: tensor<1x14x14x32xi8>) -> tensor<1x7x7x32xi8> {
  %xz = "tosa.const"() <{values = dense<-4> : tensor<1xi8>}> : () -> tensor<1xi8>
  %y = tosa.avg_pool2d %x, %xz, %xz {acc_type = i32, kernel = array<i64: 3, 3>, pad = array<i64: 0, 1, 0, 1>, stride = array<i64: 2, 2>}
      : (tensor<1x14x14x32xi8>, tensor<1xi8>, tensor<1xi8>) -> tensor<1x7x7x32xi8>
  return %y : tensor<1x7x7x32xi8>
}

func.func @avg_pool2d_global(%x: tensor<1x7x7x96xi8>) -> tensor<1x1x1x96xi8> {
  %xz = "tosa.const"() <{values = dense<0> : tensor<1xi8>}> : () -> tensor<1xi8>
  %y = tosa.avg_pool2d %x, %xz, %xz {acc_type = i32, kernel = array<i64: 7, 7>, pad = array<i64: 0, 0, 0, 0>, stride = array<i64: 1, 1>}
      : (tensor<1x7x7x96xi8>, tensor<1xi8>, tensor<1xi8>) -> tensor<1x1x1x96xi8>
  return %y : tensor<1x1x1x96xi8>
}

func.func @avg_pool2d_f32(%x: tensor<1x16x16x24xf32>) -> tensor<1x8x8x24xf32> {
  %z = "tosa.const"() <{values = dense<0.0> : tensor<1xf32>}> : () -> tensor<1xf32>
  %y = tosa.avg_pool2d %x, %z, %z {acc_type = f32, kernel = array<i64: 3, 3>, pad = array<i64: 1, 0, 1, 0>, stride = array<i64: 2, 2>}
      : (tensor<1x16x16x24xf32>, tensor<1xf32>, tensor<1xf32>) -> tensor<1x8x8x24xf32>
  return %y : tensor<1x8x8x24xf32>
}

func.func @max_pool2d(%x: tensor<1x16x16x32xi8>) -> tensor<1x8x8x32xi8> {
  %y = tosa.max_pool2d %x {kernel = array<i64: 3, 3>, pad = array<i64: 1, 0, 1, 0>, stride = array<i64: 2, 2>}
      : (tensor<1x16x16x32xi8>) -> tensor<1x8x8x32xi8>
  return %y : tensor<1x8x8x32xi8>
}

func.func @mul_broadcast(%x: tensor<8x12x40xf32>, %s: tensor<1x12x1xf32>) -> tensor<8x12x40xf32> {
  %h = "tosa.const"() <{values = dense<0> : tensor<1xi8>}> : () -> tensor<1xi8>
  %y = tosa.mul %x, %s, %h : (tensor<8x12x40xf32>, tensor<1x12x1xf32>, tensor<1xi8>) -> tensor<8x12x40xf32>
  return %y : tensor<8x12x40xf32>
}

// x=-9999..9999 s=-99999..99999
func.func @mul_shift(%x: tensor<48x64xi32>, %s: tensor<1x64xi32>) -> tensor<48x64xi32> {
  %h = "tosa.const"() <{values = dense<12> : tensor<1xi8>}> : () -> tensor<1xi8>
  %y = tosa.mul %x, %s, %h : (tensor<48x64xi32>, tensor<1x64xi32>, tensor<1xi8>) -> tensor<48x64xi32>
  return %y : tensor<48x64xi32>
}

func.func @table(%x: tensor<64x64xi8>, %t: tensor<256xi8>) -> tensor<64x64xi8> {
  %y = tosa.table %x, %t : (tensor<64x64xi8>, tensor<256xi8>) -> tensor<64x64xi8>
  return %y : tensor<64x64xi8>
}

// x=-32768..32767 t=-32768..32767
func.func @table_i16(%x: tensor<32x64xi16>, %t: tensor<513xi16>) -> tensor<32x64xi32> {
  %y = tosa.table %x, %t : (tensor<32x64xi16>, tensor<513xi16>) -> tensor<32x64xi32>
  return %y : tensor<32x64xi32>
}

// near
func.func @sigmoid_tanh(%x: tensor<48x64xf32>) -> tensor<48x64xf32> {
  %a = tosa.sigmoid %x : (tensor<48x64xf32>) -> tensor<48x64xf32>
  %b = tosa.tanh %x : (tensor<48x64xf32>) -> tensor<48x64xf32>
  %y = tosa.add %a, %b : (tensor<48x64xf32>, tensor<48x64xf32>) -> tensor<48x64xf32>
  return %y : tensor<48x64xf32>
}

// near
func.func @softmax_tosa(%x: tensor<32x100xf32>) -> tensor<32x100xf32> {
  %h = "tosa.const"() <{values = dense<0> : tensor<1xi8>}> : () -> tensor<1xi8>
  %m = tosa.reduce_max %x {axis = 1 : i32} : (tensor<32x100xf32>) -> tensor<32x1xf32>
  %d = tosa.sub %x, %m : (tensor<32x100xf32>, tensor<32x1xf32>) -> tensor<32x100xf32>
  %e = tosa.exp %d : (tensor<32x100xf32>) -> tensor<32x100xf32>
  %s = tosa.reduce_sum %e {axis = 1 : i32} : (tensor<32x100xf32>) -> tensor<32x1xf32>
  %r = tosa.reciprocal %s : (tensor<32x1xf32>) -> tensor<32x1xf32>
  %y = tosa.mul %e, %r, %h : (tensor<32x100xf32>, tensor<32x1xf32>, tensor<1xi8>) -> tensor<32x100xf32>
  return %y : tensor<32x100xf32>
}

func.func @reduce_min_max(%x: tensor<24x10x32xi32>) -> (tensor<24x1x32xi32>, tensor<24x10x1xi32>) {
  %a = tosa.reduce_min %x {axis = 1 : i32} : (tensor<24x10x32xi32>) -> tensor<24x1x32xi32>
  %b = tosa.reduce_max %x {axis = 2 : i32} : (tensor<24x10x32xi32>) -> tensor<24x10x1xi32>
  return %a, %b : tensor<24x1x32xi32>, tensor<24x10x1xi32>
}

func.func @argmax(%x: tensor<8x10x64xi8>) -> tensor<8x10xi32> {
  %y = tosa.argmax %x {axis = 2 : i32} : (tensor<8x10x64xi8>) -> tensor<8x10xi32>
  return %y : tensor<8x10xi32>
}

func.func @argmax_columns(%x: tensor<64x100xf32>) -> tensor<100xi32> {
  %y = tosa.argmax %x {axis = 0 : i32} : (tensor<64x100xf32>) -> tensor<100xi32>
  return %y : tensor<100xi32>
}

func.func @concat_pad_slice(%a: tensor<1x14x14x24xi8>, %b: tensor<1x14x14x40xi8>) -> tensor<1x15x14x48xi8> {
  %c = tosa.concat %a, %b {axis = 3 : i32} : (tensor<1x14x14x24xi8>, tensor<1x14x14x40xi8>) -> tensor<1x14x14x64xi8>
  %from = tosa.const_shape {values = dense<[0, 0, 0, 8]> : tensor<4xindex>} : () -> !tosa.shape<4>
  %size = tosa.const_shape {values = dense<[1, 14, 14, 48]> : tensor<4xindex>} : () -> !tosa.shape<4>
  %s = tosa.slice %c, %from, %size : (tensor<1x14x14x64xi8>, !tosa.shape<4>, !tosa.shape<4>) -> tensor<1x14x14x48xi8>
  %pad = tosa.const_shape {values = dense<[0, 0, 1, 0, 0, 0, 0, 0]> : tensor<8xindex>} : () -> !tosa.shape<8>
  %value = "tosa.const"() <{values = dense<-7> : tensor<1xi8>}> : () -> tensor<1xi8>
  %y = tosa.pad %s, %pad, %value : (tensor<1x14x14x48xi8>, !tosa.shape<8>, tensor<1xi8>) -> tensor<1x15x14x48xi8>
  return %y : tensor<1x15x14x48xi8>
}

func.func @tile_reshape_transpose(%x: tensor<12x20xf32>) -> tensor<20x3x24xf32> {
  %times = tosa.const_shape {values = dense<[6, 1]> : tensor<2xindex>} : () -> !tosa.shape<2>
  %t = tosa.tile %x, %times : (tensor<12x20xf32>, !tosa.shape<2>) -> tensor<72x20xf32>
  %to = tosa.const_shape {values = dense<[3, 24, 20]> : tensor<3xindex>} : () -> !tosa.shape<3>
  %r = tosa.reshape %t, %to : (tensor<72x20xf32>, !tosa.shape<3>) -> tensor<3x24x20xf32>
  %y = tosa.transpose %r {perms = array<i32: 2, 0, 1>} : (tensor<3x24x20xf32>) -> tensor<20x3x24xf32>
  return %y : tensor<20x3x24xf32>
}

func.func @reverse(%x: tensor<40x60xi16>) -> tensor<40x60xi16> {
  %y = tosa.reverse %x {axis = 1 : i32} : (tensor<40x60xi16>) -> tensor<40x60xi16>
  return %y : tensor<40x60xi16>
}

func.func @resize_nearest(%x: tensor<1x12x12x16xi8>) -> tensor<1x24x24x16xi8> {
  %scale = tosa.const_shape {values = dense<[2, 1, 2, 1]> : tensor<4xindex>} : () -> !tosa.shape<4>
  %offset = tosa.const_shape {values = dense<[0, 0]> : tensor<2xindex>} : () -> !tosa.shape<2>
  %border = tosa.const_shape {values = dense<[1, 1]> : tensor<2xindex>} : () -> !tosa.shape<2>
  %y = tosa.resize %x, %scale, %offset, %border {mode = NEAREST_NEIGHBOR}
      : (tensor<1x12x12x16xi8>, !tosa.shape<4>, !tosa.shape<2>, !tosa.shape<2>) -> tensor<1x24x24x16xi8>
  return %y : tensor<1x24x24x16xi8>
}

func.func @resize_bilinear(%x: tensor<1x12x12x16xf32>) -> tensor<1x24x24x16xf32> {
  %scale = tosa.const_shape {values = dense<[4, 2, 4, 2]> : tensor<4xindex>} : () -> !tosa.shape<4>
  %offset = tosa.const_shape {values = dense<[-1, -1]> : tensor<2xindex>} : () -> !tosa.shape<2>
  %border = tosa.const_shape {values = dense<[1, 1]> : tensor<2xindex>} : () -> !tosa.shape<2>
  %y = tosa.resize %x, %scale, %offset, %border {mode = BILINEAR}
      : (tensor<1x12x12x16xf32>, !tosa.shape<4>, !tosa.shape<2>, !tosa.shape<2>) -> tensor<1x24x24x16xf32>
  return %y : tensor<1x24x24x16xf32>
}

func.func @resize_bilinear_i8(%x: tensor<1x12x12x16xi8>) -> tensor<1x24x24x16xi32> {
  %scale = tosa.const_shape {values = dense<[4, 2, 4, 2]> : tensor<4xindex>} : () -> !tosa.shape<4>
  %offset = tosa.const_shape {values = dense<[-1, -1]> : tensor<2xindex>} : () -> !tosa.shape<2>
  %border = tosa.const_shape {values = dense<[1, 1]> : tensor<2xindex>} : () -> !tosa.shape<2>
  %y = tosa.resize %x, %scale, %offset, %border {mode = BILINEAR}
      : (tensor<1x12x12x16xi8>, !tosa.shape<4>, !tosa.shape<2>, !tosa.shape<2>) -> tensor<1x24x24x16xi32>
  return %y : tensor<1x24x24x16xi32>
}

// near
func.func @select_pow(%x: tensor<40x64xf32>, %y: tensor<1x64xf32>) -> tensor<40x64xf32> {
  %c = tosa.greater %x, %y : (tensor<40x64xf32>, tensor<1x64xf32>) -> tensor<40x64xi1>
  %a = tosa.abs %x : (tensor<40x64xf32>) -> tensor<40x64xf32>
  %r = tosa.rsqrt %a : (tensor<40x64xf32>) -> tensor<40x64xf32>
  %z = tosa.select %c, %r, %x : (tensor<40x64xi1>, tensor<40x64xf32>, tensor<40x64xf32>) -> tensor<40x64xf32>
  return %z : tensor<40x64xf32>
}

// at=0..63
func.func @gather(%x: tensor<2x64x32xi8>, %at: tensor<2x20xi32>) -> tensor<2x20x32xi8> {
  %y = tosa.gather %x, %at : (tensor<2x64x32xi8>, tensor<2x20xi32>) -> tensor<2x20x32xi8>
  return %y : tensor<2x20x32xi8>
}

// at=0..63
func.func @scatter(%x: tensor<2x64x32xi32>, %at: tensor<2x20xi32>, %v: tensor<2x20x32xi32>) -> tensor<2x64x32xi32> {
  %y = tosa.scatter %x, %at, %v : (tensor<2x64x32xi32>, tensor<2x20xi32>, tensor<2x20x32xi32>) -> tensor<2x64x32xi32>
  return %y : tensor<2x64x32xi32>
}

// x=-99..99
func.func @cast(%x: tensor<48x64xf32>) -> (tensor<48x64xi8>, tensor<48x64xf16>) {
  %a = tosa.cast %x : (tensor<48x64xf32>) -> tensor<48x64xi8>
  %b = tosa.cast %x : (tensor<48x64xf32>) -> tensor<48x64xf16>
  return %a, %b : tensor<48x64xi8>, tensor<48x64xf16>
}

func.func @bits(%x: tensor<40x64xi32>, %y: tensor<40x64xi32>) -> tensor<40x64xi32> {
  %n = "tosa.const"() <{values = dense<3> : tensor<1x1xi32>}> : () -> tensor<1x1xi32>
  %a = tosa.bitwise_xor %x, %y : (tensor<40x64xi32>, tensor<40x64xi32>) -> tensor<40x64xi32>
  %b = tosa.arithmetic_right_shift %a, %n {round = true} : (tensor<40x64xi32>, tensor<1x1xi32>) -> tensor<40x64xi32>
  %c = tosa.clz %b : (tensor<40x64xi32>) -> tensor<40x64xi32>
  %d = tosa.bitwise_and %c, %y : (tensor<40x64xi32>, tensor<40x64xi32>) -> tensor<40x64xi32>
  return %d : tensor<40x64xi32>
}
