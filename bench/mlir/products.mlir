// Products of matrices and vectors. Above a function: what its arguments hold where that matters (numbers in the order of
// magnitude of 1, or all of the type), and the sizes written as ?.

func.func @matmul_bias_relu(%a: tensor<40x96xf32>, %b: tensor<96x72xf32>, %bias: tensor<72xf32>) -> tensor<40x72xf32> {
  %zero = arith.constant 0.0 : f32
  %empty = tensor.empty() : tensor<40x72xf32>
  %init = linalg.broadcast ins(%bias : tensor<72xf32>) outs(%empty : tensor<40x72xf32>) dimensions = [0]
  %sum = linalg.matmul ins(%a, %b : tensor<40x96xf32>, tensor<96x72xf32>) outs(%init : tensor<40x72xf32>) -> tensor<40x72xf32>
  %relu = linalg.generic {indexing_maps = [affine_map<(i, j) -> (i, j)>, affine_map<(i, j) -> (i, j)>], iterator_types = ["parallel", "parallel"]}
      ins(%sum : tensor<40x72xf32>) outs(%empty : tensor<40x72xf32>) {
  ^body(%x: f32, %y: f32):
    %m = arith.maximumf %x, %zero : f32
    linalg.yield %m : f32
  } -> tensor<40x72xf32>
  return %relu : tensor<40x72xf32>
}

func.func @matmul_transposed_a(%a: tensor<96x40xf32>, %b: tensor<96x72xf32>, %c: tensor<40x72xf32>) -> tensor<40x72xf32> {
  %d = linalg.matmul indexing_maps = [affine_map<(m, n, k) -> (k, m)>, affine_map<(m, n, k) -> (k, n)>, affine_map<(m, n, k) -> (m, n)>]
      ins(%a, %b : tensor<96x40xf32>, tensor<96x72xf32>) outs(%c : tensor<40x72xf32>) -> tensor<40x72xf32>
  return %d : tensor<40x72xf32>
}

func.func @matmul_transposed_b_i8(%a: tensor<40x96xi8>, %b: tensor<72x96xi8>) -> tensor<40x72xi32> {
  %zero = arith.constant 0 : i32
  %empty = tensor.empty() : tensor<40x72xi32>
  %init = linalg.fill ins(%zero : i32) outs(%empty : tensor<40x72xi32>) -> tensor<40x72xi32>
  %d = linalg.matmul indexing_maps = [affine_map<(m, n, k) -> (m, k)>, affine_map<(m, n, k) -> (n, k)>, affine_map<(m, n, k) -> (m, n)>]
      ins(%a, %b : tensor<40x96xi8>, tensor<72x96xi8>) outs(%init : tensor<40x72xi32>) -> tensor<40x72xi32>
  return %d : tensor<40x72xi32>
}

func.func @matmul_f16_f32(%a: tensor<64x80xf16>, %b: tensor<80x48xf16>) -> tensor<64x48xf32> {
  %zero = arith.constant 0.0 : f32
  %empty = tensor.empty() : tensor<64x48xf32>
  %init = linalg.fill ins(%zero : f32) outs(%empty : tensor<64x48xf32>) -> tensor<64x48xf32>
  %c = linalg.matmul ins(%a, %b : tensor<64x80xf16>, tensor<80x48xf16>) outs(%init : tensor<64x48xf32>) -> tensor<64x48xf32>
  return %c : tensor<64x48xf32>
}

func.func @matmul_f16(%a: tensor<64x80xf16>, %b: tensor<80x48xf16>) -> tensor<64x48xf16> {
  %zero = arith.constant 0.0 : f16
  %empty = tensor.empty() : tensor<64x48xf16>
  %init = linalg.fill ins(%zero : f16) outs(%empty : tensor<64x48xf16>) -> tensor<64x48xf16>
  %c = linalg.matmul ins(%a, %b : tensor<64x80xf16>, tensor<80x48xf16>) outs(%init : tensor<64x48xf16>) -> tensor<64x48xf16>
  return %c : tensor<64x48xf16>
}

func.func @matmul_unsigned(%a: tensor<48x64xi8>, %b: tensor<64x56xi8>) -> tensor<48x56xi32> {
  %zero = arith.constant 0 : i32
  %empty = tensor.empty() : tensor<48x56xi32>
  %init = linalg.fill ins(%zero : i32) outs(%empty : tensor<48x56xi32>) -> tensor<48x56xi32>
  %c = linalg.matmul {cast = #linalg.type_fn<cast_unsigned>} ins(%a, %b : tensor<48x64xi8>, tensor<64x56xi8>)
      outs(%init : tensor<48x56xi32>) -> tensor<48x56xi32>
  return %c : tensor<48x56xi32>
}

// za=-9..9 zb=-9..9
func.func @quantized_matmul(%a: tensor<40x96xi8>, %b: tensor<96x72xi8>, %za: i32, %zb: i32) -> tensor<40x72xi32> {
  %zero = arith.constant 0 : i32
  %empty = tensor.empty() : tensor<40x72xi32>
  %init = linalg.fill ins(%zero : i32) outs(%empty : tensor<40x72xi32>) -> tensor<40x72xi32>
  %c = linalg.quantized_matmul ins(%a, %b, %za, %zb : tensor<40x96xi8>, tensor<96x72xi8>, i32, i32)
      outs(%init : tensor<40x72xi32>) -> tensor<40x72xi32>
  return %c : tensor<40x72xi32>
}

func.func @batch_matmul(%a: tensor<6x33x40xf32>, %b: tensor<6x40x50xf32>) -> tensor<6x33x50xf32> {
  %zero = arith.constant 0.0 : f32
  %empty = tensor.empty() : tensor<6x33x50xf32>
  %init = linalg.fill ins(%zero : f32) outs(%empty : tensor<6x33x50xf32>) -> tensor<6x33x50xf32>
  %c = linalg.batch_matmul ins(%a, %b : tensor<6x33x40xf32>, tensor<6x40x50xf32>) outs(%init : tensor<6x33x50xf32>) -> tensor<6x33x50xf32>
  return %c : tensor<6x33x50xf32>
}

func.func @batch_reduce_matmul_i8(%a: tensor<6x32x40xi8>, %b: tensor<6x40x48xi8>, %c: tensor<32x48xi32>) -> tensor<32x48xi32> {
  %d = linalg.batch_reduce_matmul ins(%a, %b : tensor<6x32x40xi8>, tensor<6x40x48xi8>) outs(%c : tensor<32x48xi32>) -> tensor<32x48xi32>
  return %d : tensor<32x48xi32>
}

func.func @matvec(%a: tensor<200x150xf32>, %x: tensor<150xf32>, %y: tensor<200xf32>) -> tensor<200xf32> {
  %z = linalg.matvec ins(%a, %x : tensor<200x150xf32>, tensor<150xf32>) outs(%y : tensor<200xf32>) -> tensor<200xf32>
  return %z : tensor<200xf32>
}

func.func @vecmat_i8(%x: tensor<256xi8>, %a: tensor<256x192xi8>, %y: tensor<192xi32>) -> tensor<192xi32> {
  %z = linalg.vecmat ins(%x, %a : tensor<256xi8>, tensor<256x192xi8>) outs(%y : tensor<192xi32>) -> tensor<192xi32>
  return %z : tensor<192xi32>
}

func.func @batch_matvec(%a: tensor<4x64x96xf32>, %x: tensor<4x96xf32>, %y: tensor<4x64xf32>) -> tensor<4x64xf32> {
  %z = linalg.batch_matvec ins(%a, %x : tensor<4x64x96xf32>, tensor<4x96xf32>) outs(%y : tensor<4x64xf32>) -> tensor<4x64xf32>
  return %z : tensor<4x64xf32>
}

func.func @dot_i8(%x: tensor<4000xi8>, %y: tensor<4000xi8>, %z: tensor<i32>) -> tensor<i32> {
  %d = linalg.dot ins(%x, %y : tensor<4000xi8>, tensor<4000xi8>) outs(%z : tensor<i32>) -> tensor<i32>
  return %d : tensor<i32>
}

func.func @dot_f32(%x: tensor<4000xf32>, %y: tensor<4000xf32>, %z: tensor<f32>) -> tensor<f32> {
  %d = linalg.dot ins(%x, %y : tensor<4000xf32>, tensor<4000xf32>) outs(%z : tensor<f32>) -> tensor<f32>
  return %d : tensor<f32>
}

func.func @mmt4d(%a: tensor<4x12x8x4xi8>, %b: tensor<5x12x16x4xi8>, %c: tensor<4x5x8x16xi32>) -> tensor<4x5x8x16xi32> {
  %d = linalg.mmt4d ins(%a, %b : tensor<4x12x8x4xi8>, tensor<5x12x16x4xi8>) outs(%c : tensor<4x5x8x16xi32>) -> tensor<4x5x8x16xi32>
  return %d : tensor<4x5x8x16xi32>
}

// An einsum, "bihd,bjhd->bhij".
func.func @scores(%q: tensor<2x24x4x32xf32>, %k: tensor<2x40x4x32xf32>) -> tensor<2x4x24x40xf32> {
  %zero = arith.constant 0.0 : f32
  %empty = tensor.empty() : tensor<2x4x24x40xf32>
  %init = linalg.fill ins(%zero : f32) outs(%empty : tensor<2x4x24x40xf32>) -> tensor<2x4x24x40xf32>
  %s = linalg.generic {indexing_maps = [affine_map<(b, h, i, j, d) -> (b, i, h, d)>, affine_map<(b, h, i, j, d) -> (b, j, h, d)>,
                                        affine_map<(b, h, i, j, d) -> (b, h, i, j)>],
                       iterator_types = ["parallel", "parallel", "parallel", "parallel", "reduction"]}
      ins(%q, %k : tensor<2x24x4x32xf32>, tensor<2x40x4x32xf32>) outs(%init : tensor<2x4x24x40xf32>) {
  ^body(%x: f32, %y: f32, %acc: f32):
    %p = arith.mulf %x, %y fastmath<contract> : f32
    %sum = arith.addf %acc, %p fastmath<contract> : f32
    linalg.yield %sum : f32
  } -> tensor<2x4x24x40xf32>
  return %s : tensor<2x4x24x40xf32>
}

// ?=37,60,60,45,37,45
func.func @matmul_dynamic(%a: memref<?x?xf32>, %b: memref<?x?xf32>, %c: memref<?x?xf32>) {
  %zero = arith.constant 0.0 : f32
  linalg.fill ins(%zero : f32) outs(%c : memref<?x?xf32>)
  linalg.matmul ins(%a, %b : memref<?x?xf32>, memref<?x?xf32>) outs(%c : memref<?x?xf32>)
  return
}
