// Elementwise work: add and ReLU in fp32 and in int8 with saturation, a bias broadcast over rows, and a scalar
// argument.
#same = affine_map<(i, j) -> (i, j)>
#row = affine_map<(i, j) -> (j)>

func.func @add_relu_f32(%a: tensor<12x20xf32>, %b: tensor<12x20xf32>) -> tensor<12x20xf32> {
  %empty = tensor.empty() : tensor<12x20xf32>
  %output = linalg.generic {indexing_maps = [#same, #same, #same], iterator_types = ["parallel", "parallel"]}
      ins(%a, %b : tensor<12x20xf32>, tensor<12x20xf32>) outs(%empty : tensor<12x20xf32>) {
    ^bb0(%x: f32, %y: f32, %unused: f32):
      %zero = arith.constant 0.0 : f32
      %sum = arith.addf %x, %y : f32
      %positive = arith.cmpf ogt, %sum, %zero : f32
      %z = arith.select %positive, %sum, %zero : f32
      linalg.yield %z : f32
  } -> tensor<12x20xf32>
  return %output : tensor<12x20xf32>
}

func.func @add_saturate_i8(%a: tensor<7x33xi8>, %b: tensor<7x33xi8>) -> tensor<7x33xi8> {
  %empty = tensor.empty() : tensor<7x33xi8>
  %output = linalg.generic {indexing_maps = [#same, #same, #same], iterator_types = ["parallel", "parallel"]}
      ins(%a, %b : tensor<7x33xi8>, tensor<7x33xi8>) outs(%empty : tensor<7x33xi8>) {
    ^bb0(%x: i8, %y: i8, %unused: i8):
      %lowest = arith.constant -128 : i16
      %highest = arith.constant 127 : i16
      %wide_x = arith.extsi %x : i8 to i16
      %wide_y = arith.extsi %y : i8 to i16
      %sum = arith.addi %wide_x, %wide_y : i16
      %above = arith.maxsi %sum, %lowest : i16
      %between = arith.minsi %above, %highest : i16
      %z = arith.trunci %between : i16 to i8
      linalg.yield %z : i8
  } -> tensor<7x33xi8>
  return %output : tensor<7x33xi8>
}

func.func @add_bias_f32(%a: tensor<12x20xf32>, %bias: tensor<20xf32>) -> tensor<12x20xf32> {
  %empty = tensor.empty() : tensor<12x20xf32>
  %output = linalg.generic {indexing_maps = [#same, #row, #same], iterator_types = ["parallel", "parallel"]}
      ins(%a, %bias : tensor<12x20xf32>, tensor<20xf32>) outs(%empty : tensor<12x20xf32>) {
    ^bb0(%x: f32, %y: f32, %unused: f32):
      %z = arith.addf %x, %y : f32
      linalg.yield %z : f32
  } -> tensor<12x20xf32>
  return %output : tensor<12x20xf32>
}

func.func @scale_f32(%a: tensor<9x16xf32>, %factor: f32) -> tensor<9x16xf32> {
  %empty = tensor.empty() : tensor<9x16xf32>
  %output = linalg.generic {indexing_maps = [#same, #same], iterator_types = ["parallel", "parallel"]}
      ins(%a : tensor<9x16xf32>) outs(%empty : tensor<9x16xf32>) {
    ^bb0(%x: f32, %unused: f32):
      %z = arith.mulf %x, %factor : f32
      linalg.yield %z : f32
  } -> tensor<9x16xf32>
  return %output : tensor<9x16xf32>
}

func.func @shift_i32(%a: tensor<9x16xi32>, %amount: i32) -> tensor<9x16xi32> {
  %empty = tensor.empty() : tensor<9x16xi32>
  %output = linalg.generic {indexing_maps = [#same, #same], iterator_types = ["parallel", "parallel"]}
      ins(%a : tensor<9x16xi32>) outs(%empty : tensor<9x16xi32>) {
    ^bb0(%x: i32, %unused: i32):
      %z = arith.shrsi %x, %amount : i32
      linalg.yield %z : i32
  } -> tensor<9x16xi32>
  return %output : tensor<9x16xi32>
}
