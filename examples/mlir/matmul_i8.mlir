// C = A * B, int8 products summed in int32: the size that the demo measures, and one with odd edges.
func.func @matmul_i8(%a: tensor<256x256xi8>, %b: tensor<256x256xi8>) -> tensor<256x256xi32> {
  %zero = arith.constant 0 : i32
  %empty = tensor.empty() : tensor<256x256xi32>
  %init = linalg.fill ins(%zero : i32) outs(%empty : tensor<256x256xi32>) -> tensor<256x256xi32>
  %c = linalg.matmul ins(%a, %b : tensor<256x256xi8>, tensor<256x256xi8>)
                     outs(%init : tensor<256x256xi32>) -> tensor<256x256xi32>
  return %c : tensor<256x256xi32>
}

func.func @matmul_i8_edges(%a: tensor<17x23xi8>, %b: tensor<23x9xi8>) -> tensor<17x9xi32> {
  %zero = arith.constant 0 : i32
  %empty = tensor.empty() : tensor<17x9xi32>
  %init = linalg.fill ins(%zero : i32) outs(%empty : tensor<17x9xi32>) -> tensor<17x9xi32>
  %c = linalg.matmul ins(%a, %b : tensor<17x23xi8>, tensor<23x9xi8>)
                     outs(%init : tensor<17x9xi32>) -> tensor<17x9xi32>
  return %c : tensor<17x9xi32>
}

// The products are added to what C holds already: on memory rather than tensors, C is changed in place.
func.func @matmul_i8_accumulate(%a: memref<16x32xi8>, %b: memref<32x16xi8>, %c: memref<16x16xi32>) {
  linalg.matmul ins(%a, %b : memref<16x32xi8>, memref<32x16xi8>) outs(%c : memref<16x16xi32>)
  return
}
