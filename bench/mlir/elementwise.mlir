// near
func.func @map_gelu(%x: tensor<64x128xf32>) -> tensor<64x128xf32> {
  %half = arith.constant 0.5 : f32
  %one = arith.constant 1.0 : f32
  %root = arith.constant 0.70710678 : f32
  %empty = tensor.empty() : tensor<64x128xf32>
  %y = linalg.map ins(%x : tensor<64x128xf32>) outs(%empty : tensor<64x128xf32>) (%e: f32, %o: f32) {
    %a = arith.mulf %e, %root : f32
    %b = math.erf %a : f32
    %c = arith.addf %b, %one : f32
    %d = arith.mulf %e, %half : f32
    %f = arith.mulf %c, %d : f32
    linalg.yield %f : f32
  }
  return %y : tensor<64x128xf32>
}

// near
func.func @elementwise_chain(%x: tensor<64x100xf32>, %b: tensor<100xf32>, %r: tensor<64x100xf32>) -> tensor<64x100xf32> {
  %e = tensor.empty() : tensor<64x100xf32>
  %wide = linalg.broadcast ins(%b : tensor<100xf32>) outs(%e : tensor<64x100xf32>) dimensions = [0]
  %s = linalg.add ins(%x, %wide : tensor<64x100xf32>, tensor<64x100xf32>) outs(%e : tensor<64x100xf32>) -> tensor<64x100xf32>
  %t = linalg.exp ins(%s : tensor<64x100xf32>) outs(%e : tensor<64x100xf32>) -> tensor<64x100xf32>
  %u = linalg.mul ins(%t, %r : tensor<64x100xf32>, tensor<64x100xf32>) outs(%e : tensor<64x100xf32>) -> tensor<64x100xf32>
  %v = linalg.max ins(%u, %x : tensor<64x100xf32>, tensor<64x100xf32>) outs(%e : tensor<64x100xf32>) -> tensor<64x100xf32>
  return %v : tensor<64x100xf32>
}

func.func @transpose_bytes(%x: tensor<96x160xi8>) -> tensor<160x96xi8> {
  %empty = tensor.empty() : tensor<160x96xi8>
  %y = linalg.transpose ins(%x : tensor<96x160xi8>) outs(%empty : tensor<160x96xi8>) permutation = [1, 0]
  return %y : tensor<160x96xi8>
}

func.func @transpose_4d(%x: tensor<2x12x10x24xf32>) -> tensor<2x24x12x10xf32> {
  %empty = tensor.empty() : tensor<2x24x12x10xf32>
  %y = linalg.transpose ins(%x : tensor<2x12x10x24xf32>) outs(%empty : tensor<2x24x12x10xf32>) permutation = [0, 3, 1, 2]
  return %y : tensor<2x24x12x10xf32>
}

func.func @reduce_rows(%x: tensor<64x200xf32>) -> tensor<64xf32> {
  %zero = arith.constant 0.0 : f32
  %empty = tensor.empty() : tensor<64xf32>
  %init = linalg.fill ins(%zero : f32) outs(%empty : tensor<64xf32>) -> tensor<64xf32>
  %y = linalg.reduce {arith.addf} ins(%x : tensor<64x200xf32>) outs(%init : tensor<64xf32>) dimensions = [1]
  return %y : tensor<64xf32>
}

func.func @reduce_columns_max(%x: tensor<64x200xf32>) -> tensor<200xf32> {
  %low = arith.constant 0xFF800000 : f32
  %empty = tensor.empty() : tensor<200xf32>
  %init = linalg.fill ins(%low : f32) outs(%empty : tensor<200xf32>) -> tensor<200xf32>
  %y = linalg.reduce {arith.maximumf} ins(%x : tensor<64x200xf32>) outs(%init : tensor<200xf32>) dimensions = [0]
  return %y : tensor<200xf32>
}

func.func @reduce_middle_i8(%x: tensor<8x49x64xi8>) -> tensor<8x64xi32> {
  %zero = arith.constant 0 : i32
  %empty = tensor.empty() : tensor<8x64xi32>
  %init = linalg.fill ins(%zero : i32) outs(%empty : tensor<8x64xi32>) -> tensor<8x64xi32>
  %y = linalg.generic {indexing_maps = [affine_map<(a, c, r) -> (a, r, c)>, affine_map<(a, c, r) -> (a, c)>], iterator_types = ["parallel", "parallel", "reduction"]}
      ins(%x : tensor<8x49x64xi8>) outs(%init : tensor<8x64xi32>) {
  ^body(%e: i8, %acc: i32):
    %w = arith.extsi %e : i8 to i32
    %s = arith.addi %acc, %w : i32
    linalg.yield %s : i32
  } -> tensor<8x64xi32>
  return %y : tensor<8x64xi32>
}

// near
func.func @softmax(%x: tensor<32x100xf32>) -> tensor<32x100xf32> {
  %empty = tensor.empty() : tensor<32x100xf32>
  %y = linalg.softmax dimension(1) ins(%x : tensor<32x100xf32>) outs(%empty : tensor<32x100xf32>) -> tensor<32x100xf32>
  return %y : tensor<32x100xf32>
}

// ids=0..499
func.func @embedding(%ids: tensor<100xi32>, %table: tensor<500x64xf32>) -> tensor<100x64xf32> {
  %empty = tensor.empty() : tensor<100x64xf32>
  %y = linalg.generic {indexing_maps = [affine_map<(i, j) -> (i)>, affine_map<(i, j) -> (i, j)>], iterator_types = ["parallel", "parallel"]}
      ins(%ids : tensor<100xi32>) outs(%empty : tensor<100x64xf32>) {
  ^body(%id: i32, %o: f32):
    %row = arith.index_cast %id : i32 to index
    %j = linalg.index 1 : index
    %e = tensor.extract %table[%row, %j] : tensor<500x64xf32>
    linalg.yield %e : f32
  } -> tensor<100x64xf32>
  return %y : tensor<100x64xf32>
}

func.func @argmax_rows(%x: tensor<48x120xf32>) -> (tensor<48xf32>, tensor<48xi64>) {
  %low = arith.constant 0xFF800000 : f32
  %none = arith.constant 0 : i64
  %e0 = tensor.empty() : tensor<48xf32>
  %e1 = tensor.empty() : tensor<48xi64>
  %i0 = linalg.fill ins(%low : f32) outs(%e0 : tensor<48xf32>) -> tensor<48xf32>
  %i1 = linalg.fill ins(%none : i64) outs(%e1 : tensor<48xi64>) -> tensor<48xi64>
  %r:2 = linalg.generic {indexing_maps = [affine_map<(i, j) -> (i, j)>, affine_map<(i, j) -> (i)>, affine_map<(i, j) -> (i)>], iterator_types = ["parallel", "reduction"]}
      ins(%x : tensor<48x120xf32>) outs(%i0, %i1 : tensor<48xf32>, tensor<48xi64>) {
  ^body(%e: f32, %best: f32, %at: i64):
    %j = linalg.index 1 : index
    %k = arith.index_cast %j : index to i64
    %m = arith.maximumf %e, %best : f32
    %c = arith.cmpf ogt, %e, %best : f32
    %n = arith.select %c, %k, %at : i64
    linalg.yield %m, %n : f32, i64
  } -> (tensor<48xf32>, tensor<48xi64>)
  return %r#0, %r#1 : tensor<48xf32>, tensor<48xi64>
}

func.func @cumulative_sum(%x: tensor<64x96xf32>) -> tensor<64x96xf32> {
  %zero = arith.constant 0.0 : f32
  %e0 = tensor.empty() : tensor<64x96xf32>
  %e1 = tensor.empty() : tensor<96xf32>
  %acc = linalg.fill ins(%zero : f32) outs(%e1 : tensor<96xf32>) -> tensor<96xf32>
  %r:2 = linalg.generic {indexing_maps = [affine_map<(i, j) -> (i, j)>, affine_map<(i, j) -> (i, j)>, affine_map<(i, j) -> (j)>], iterator_types = ["reduction", "parallel"]}
      ins(%x : tensor<64x96xf32>) outs(%e0, %acc : tensor<64x96xf32>, tensor<96xf32>) {
  ^body(%e: f32, %o: f32, %a: f32):
    %s = arith.addf %a, %e : f32
    linalg.yield %s, %s : f32, f32
  } -> (tensor<64x96xf32>, tensor<96xf32>)
  return %r#0 : tensor<64x96xf32>
}

func.func @rope(%x: tensor<40x4x32xf32>, %cos: tensor<40x32xf32>, %sin: tensor<40x32xf32>) -> tensor<40x4x32xf32> {
  %c16 = arith.constant 16 : index
  %c32 = arith.constant 32 : index
  %empty = tensor.empty() : tensor<40x4x32xf32>
  %y = linalg.generic {indexing_maps = [affine_map<(t, h, d) -> (t, h, d)>, affine_map<(t, h, d) -> (t, d)>, affine_map<(t, h, d) -> (t, d)>, affine_map<(t, h, d) -> (t, h, d)>],
                       iterator_types = ["parallel", "parallel", "parallel"]}
      ins(%x, %cos, %sin : tensor<40x4x32xf32>, tensor<40x32xf32>, tensor<40x32xf32>) outs(%empty : tensor<40x4x32xf32>) {
  ^body(%e: f32, %c: f32, %s: f32, %o: f32):
    %t = linalg.index 0 : index
    %h = linalg.index 1 : index
    %d = linalg.index 2 : index
    %first = arith.cmpi ult, %d, %c16 : index
    %moved = arith.addi %d, %c16 : index
    %at = arith.remui %moved, %c32 : index
    %other = tensor.extract %x[%t, %h, %at] : tensor<40x4x32xf32>
    %minus = arith.negf %other : f32
    %rotated = arith.select %first, %minus, %other : f32
    %p = arith.mulf %e, %c : f32
    %q = arith.mulf %rotated, %s : f32
    %r = arith.addf %p, %q : f32
    linalg.yield %r : f32
  } -> tensor<40x4x32xf32>
  return %y : tensor<40x4x32xf32>
}

func.func @layer_norm(%x: tensor<48x128xf32>, %g: tensor<128xf32>, %b: tensor<128xf32>) -> tensor<48x128xf32> {
  %zero = arith.constant 0.0 : f32
  %n = arith.constant 128.0 : f32
  %eps = arith.constant 1.0e-5 : f32
  %e1 = tensor.empty() : tensor<48xf32>
  %e2 = tensor.empty() : tensor<48x128xf32>
  %i1 = linalg.fill ins(%zero : f32) outs(%e1 : tensor<48xf32>) -> tensor<48xf32>
  %sum = linalg.reduce {arith.addf} ins(%x : tensor<48x128xf32>) outs(%i1 : tensor<48xf32>) dimensions = [1]
  %mean = linalg.map ins(%sum : tensor<48xf32>) outs(%e1 : tensor<48xf32>) (%s: f32, %o: f32) {
    %m = arith.divf %s, %n : f32
    linalg.yield %m : f32
  }
  %centered = linalg.generic {indexing_maps = [affine_map<(i, j) -> (i, j)>, affine_map<(i, j) -> (i)>, affine_map<(i, j) -> (i, j)>], iterator_types = ["parallel", "parallel"]}
      ins(%x, %mean : tensor<48x128xf32>, tensor<48xf32>) outs(%e2 : tensor<48x128xf32>) {
  ^body(%e: f32, %m: f32, %o: f32):
    %d = arith.subf %e, %m : f32
    linalg.yield %d : f32
  } -> tensor<48x128xf32>
  %squares = linalg.generic {indexing_maps = [affine_map<(i, j) -> (i, j)>, affine_map<(i, j) -> (i)>], iterator_types = ["parallel", "reduction"]}
      ins(%centered : tensor<48x128xf32>) outs(%i1 : tensor<48xf32>) {
  ^body(%d: f32, %acc: f32):
    %q = arith.mulf %d, %d : f32
    %s = arith.addf %acc, %q : f32
    linalg.yield %s : f32
  } -> tensor<48xf32>
  %y = linalg.generic {indexing_maps = [affine_map<(i, j) -> (i, j)>, affine_map<(i, j) -> (i)>, affine_map<(i, j) -> (j)>, affine_map<(i, j) -> (j)>, affine_map<(i, j) -> (i, j)>],
                       iterator_types = ["parallel", "parallel"]}
      ins(%centered, %squares, %g, %b : tensor<48x128xf32>, tensor<48xf32>, tensor<128xf32>, tensor<128xf32>) outs(%e2 : tensor<48x128xf32>) {
  ^body(%d: f32, %s: f32, %gain: f32, %bias: f32, %o: f32):
    %v = arith.divf %s, %n : f32
    %w = arith.addf %v, %eps : f32
    %r = math.rsqrt %w : f32
    %p = arith.mulf %d, %r : f32
    %q = arith.mulf %p, %gain : f32
    %t = arith.addf %q, %bias : f32
    linalg.yield %t : f32
  } -> tensor<48x128xf32>
  return %y : tensor<48x128xf32>
}

// near
func.func @attention(%q: tensor<2x32x32xf32>, %k: tensor<2x40x32xf32>, %v: tensor<2x40x32xf32>) -> tensor<2x32x32xf32> {
  %zero = arith.constant 0.0 : f32
  %scale = arith.constant 0.17677669 : f32
  %e = tensor.empty() : tensor<2x32x40xf32>
  %i = linalg.fill ins(%zero : f32) outs(%e : tensor<2x32x40xf32>) -> tensor<2x32x40xf32>
  %s = linalg.batch_matmul indexing_maps = [affine_map<(b, m, n, k) -> (b, m, k)>, affine_map<(b, m, n, k) -> (b, n, k)>, affine_map<(b, m, n, k) -> (b, m, n)>]
      ins(%q, %k : tensor<2x32x32xf32>, tensor<2x40x32xf32>) outs(%i : tensor<2x32x40xf32>) -> tensor<2x32x40xf32>
  %scaled = linalg.map ins(%s : tensor<2x32x40xf32>) outs(%e : tensor<2x32x40xf32>) (%a: f32, %o: f32) {
    %m = arith.mulf %a, %scale : f32
    linalg.yield %m : f32
  }
  %p = linalg.softmax dimension(2) ins(%scaled : tensor<2x32x40xf32>) outs(%e : tensor<2x32x40xf32>) -> tensor<2x32x40xf32>
  %f = tensor.empty() : tensor<2x32x32xf32>
  %j = linalg.fill ins(%zero : f32) outs(%f : tensor<2x32x32xf32>) -> tensor<2x32x32xf32>
  %o = linalg.batch_matmul ins(%p, %v : tensor<2x32x40xf32>, tensor<2x40x32xf32>) outs(%j : tensor<2x32x32xf32>) -> tensor<2x32x32xf32>
  return %o : tensor<2x32x32xf32>
}

func.func @im2col(%x: tensor<12x12x8xi8>) -> tensor<10x10x3x3x8xi8> {
  %e = tensor.empty() : tensor<10x10x3x3x8xi8>
  %y = linalg.generic {indexing_maps = [affine_map<(h, w, i, j, c) -> (h + i, w + j, c)>, affine_map<(h, w, i, j, c) -> (h, w, i, j, c)>],
                       iterator_types = ["parallel", "parallel", "parallel", "parallel", "parallel"]}
      ins(%x : tensor<12x12x8xi8>) outs(%e : tensor<10x10x3x3x8xi8>) {
  ^body(%a: i8, %o: i8):
    linalg.yield %a : i8
  } -> tensor<10x10x3x3x8xi8>
  return %y : tensor<10x10x3x3x8xi8>
}

func.func @causal_mask(%x: tensor<4x48x48xf32>) -> tensor<4x48x48xf32> {
  %low = arith.constant -1.0e9 : f32
  %e = tensor.empty() : tensor<4x48x48xf32>
  %y = linalg.generic {indexing_maps = [affine_map<(b, i, j) -> (b, i, j)>, affine_map<(b, i, j) -> (b, i, j)>], iterator_types = ["parallel", "parallel", "parallel"]}
      ins(%x : tensor<4x48x48xf32>) outs(%e : tensor<4x48x48xf32>) {
  ^body(%a: f32, %o: f32):
    %i = linalg.index 1 : index
    %j = linalg.index 2 : index
    %c = arith.cmpi ule, %j, %i : index
    %r = arith.select %c, %a, %low : f32
    linalg.yield %r : f32
  } -> tensor<4x48x48xf32>
  return %y : tensor<4x48x48xf32>
}

func.func @pack_tiles(%x: tensor<64x48xi8>) -> tensor<8x12x8x4xi8> {
  %e = tensor.empty() : tensor<8x12x8x4xi8>
  %y = linalg.pack %x inner_dims_pos = [0, 1] inner_tiles = [8, 4] into %e : tensor<64x48xi8> -> tensor<8x12x8x4xi8>
  return %y : tensor<8x12x8x4xi8>
}

// ?=50,70,50,70,50,70
func.func @add_dynamic(%x: memref<?x?xf32>, %y: memref<?x?xf32>, %z: memref<?x?xf32>) {
  linalg.add ins(%x, %y : memref<?x?xf32>, memref<?x?xf32>) outs(%z : memref<?x?xf32>)
  return
}

func.func @bf16_scale(%x: tensor<64x96xbf16>, %s: tensor<96xbf16>) -> tensor<64x96xbf16> {
  %e = tensor.empty() : tensor<64x96xbf16>
  %y = linalg.generic {indexing_maps = [affine_map<(i, j) -> (i, j)>, affine_map<(i, j) -> (j)>, affine_map<(i, j) -> (i, j)>], iterator_types = ["parallel", "parallel"]}
      ins(%x, %s : tensor<64x96xbf16>, tensor<96xbf16>) outs(%e : tensor<64x96xbf16>) {
  ^body(%a: bf16, %b: bf16, %o: bf16):
    %m = arith.mulf %a, %b : bf16
    linalg.yield %m : bf16
  } -> tensor<64x96xbf16>
  return %y : tensor<64x96xbf16>
}
