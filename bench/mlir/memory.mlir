// Parts of arrays: strides and offsets that only a descriptor has.

func.func @subview_add(%x: memref<80x100xf32>, %y: memref<80x100xf32>) {
  %a = memref.subview %x[8, 4][64, 80][1, 1] : memref<80x100xf32> to memref<64x80xf32, strided<[100, 1], offset: 804>>
  %b = memref.subview %y[0, 16][64, 80][1, 1] : memref<80x100xf32> to memref<64x80xf32, strided<[100, 1], offset: 16>>
  linalg.add ins(%a, %b : memref<64x80xf32, strided<[100, 1], offset: 804>>, memref<64x80xf32, strided<[100, 1], offset: 16>>)
      outs(%b : memref<64x80xf32, strided<[100, 1], offset: 16>>)
  return
}

func.func @subview_matmul(%x: memref<80x100xi8>, %w: memref<100x64xi8>, %y: memref<40x64xi32>) {
  %a = memref.subview %x[1, 4][39, 64][2, 1] : memref<80x100xi8> to memref<39x64xi8, strided<[200, 1], offset: 104>>
  %b = memref.subview %w[32, 0][64, 32][1, 2] : memref<100x64xi8> to memref<64x32xi8, strided<[64, 2], offset: 2048>>
  %c = memref.subview %y[0, 32][39, 32][1, 1] : memref<40x64xi32> to memref<39x32xi32, strided<[64, 1], offset: 32>>
  linalg.matmul ins(%a, %b : memref<39x64xi8, strided<[200, 1], offset: 104>>, memref<64x32xi8, strided<[64, 2], offset: 2048>>)
      outs(%c : memref<39x32xi32, strided<[64, 1], offset: 32>>)
  return
}

// at=5 rows=40
func.func @subview_dynamic(%x: memref<80x100xf32>, %y: memref<64x100xf32>, %at: index, %rows: index) {
  %a = memref.subview %x[%at, 0][%rows, 100][1, 1] : memref<80x100xf32> to memref<?x100xf32, strided<[100, 1], offset: ?>>
  %b = memref.subview %y[0, 0][%rows, 100][1, 1] : memref<64x100xf32> to memref<?x100xf32, strided<[100, 1]>>
  linalg.copy ins(%a : memref<?x100xf32, strided<[100, 1], offset: ?>>) outs(%b : memref<?x100xf32, strided<[100, 1]>>)
  return
}

// at=30
func.func @cache_append(%cache: memref<64x8x32xf32>, %new: memref<4x8x32xf32>, %at: index) {
  %part = memref.subview %cache[%at, 0, 0][4, 8, 32][1, 1, 1] : memref<64x8x32xf32> to memref<4x8x32xf32, strided<[256, 32, 1], offset: ?>>
  memref.copy %new, %part : memref<4x8x32xf32> to memref<4x8x32xf32, strided<[256, 32, 1], offset: ?>>
  return
}

// ?=40,60,60,40
func.func @strided_dynamic(%x: memref<?x?xf32, strided<[?, ?], offset: ?>>, %y: memref<?x?xf32, strided<[?, ?], offset: ?>>) {
  linalg.transpose ins(%x : memref<?x?xf32, strided<[?, ?], offset: ?>>) outs(%y : memref<?x?xf32, strided<[?, ?], offset: ?>>) permutation = [1, 0]
  return
}

// ?=40,60,60,48,40,48
func.func @strided_matmul(%a: memref<?x?xi8, strided<[?, 1], offset: ?>>, %b: memref<?x?xi8, strided<[?, 1], offset: ?>>, %c: memref<?x?xi32, strided<[?, 1], offset: ?>>) {
  linalg.matmul ins(%a, %b : memref<?x?xi8, strided<[?, 1], offset: ?>>, memref<?x?xi8, strided<[?, 1], offset: ?>>) outs(%c : memref<?x?xi32, strided<[?, 1], offset: ?>>)
  return
}

func.func @loops_by_hand(%x: memref<66x66xf32>, %y: memref<64x64xf32>) {
  %w = arith.constant 0.2 : f32
  affine.for %i = 0 to 64 {
    affine.for %j = 0 to 64 {
      %n = affine.load %x[%i, %j + 1] : memref<66x66xf32>
      %s = affine.load %x[%i + 2, %j + 1] : memref<66x66xf32>
      %l = affine.load %x[%i + 1, %j] : memref<66x66xf32>
      %r = affine.load %x[%i + 1, %j + 2] : memref<66x66xf32>
      %c = affine.load %x[%i + 1, %j + 1] : memref<66x66xf32>
      %a = arith.addf %n, %s : f32
      %b = arith.addf %l, %r : f32
      %d = arith.addf %a, %b : f32
      %e = arith.addf %d, %c : f32
      %f = arith.mulf %e, %w : f32
      affine.store %f, %y[%i, %j] : memref<64x64xf32>
    }
  }
  return
}

func.func @triangle(%x: memref<96x96xf32>, %y: memref<96xf32>) {
  %zero = arith.constant 0.0 : f32
  affine.for %i = 0 to 96 {
    %s = affine.for %j = 0 to affine_map<(d) -> (d + 1)>(%i) iter_args(%acc = %zero) -> f32 {
      %e = affine.load %x[%i, %j] : memref<96x96xf32>
      %t = arith.addf %acc, %e : f32
      affine.yield %t : f32
    }
    affine.store %s, %y[%i] : memref<96xf32>
  }
  return
}

func.func @forall_matmul(%a: memref<64x64xi8>, %b: memref<64x64xi8>, %c: memref<64x64xi32>) {
  scf.forall (%i, %j) = (0, 0) to (64, 64) step (16, 32) {
    %x = memref.subview %a[%i, 0][16, 64][1, 1] : memref<64x64xi8> to memref<16x64xi8, strided<[64, 1], offset: ?>>
    %y = memref.subview %b[0, %j][64, 32][1, 1] : memref<64x64xi8> to memref<64x32xi8, strided<[64, 1], offset: ?>>
    %z = memref.subview %c[%i, %j][16, 32][1, 1] : memref<64x64xi32> to memref<16x32xi32, strided<[64, 1], offset: ?>>
    linalg.matmul ins(%x, %y : memref<16x64xi8, strided<[64, 1], offset: ?>>, memref<64x32xi8, strided<[64, 1], offset: ?>>)
        outs(%z : memref<16x32xi32, strided<[64, 1], offset: ?>>)
  }
  return
}
