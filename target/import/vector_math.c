// Mathematical functions of LLVM's vectors by the instructions of vector_math.c.
#include "target/ir/vector_math.h"
#include "target/import/vector.h"

#include <string.h>

bool import_vector_function(Importer *imp, LLVMValueRef call, const char *name) {
  VectorShape shape;
  const char *reason = NULL, *mode = imp->target->options->vector_math;
  LLVMTypeRef type = LLVMTypeOf(call);
  if (!is_vector_type(type) || !lanes_shape(imp, type, &shape, &reason) || shape.fields > 1)
    return false;
  VectorFunction function = vector_function(imp->target->machine, name, strlen(name), shape.element);
  bool allowed = !mode || strcmp(mode, "on") == 0;
  if (function == MATH_NONE || !(allowed || vector_function_is_exact(function)))
    return false;
  IrValue x = operand(imp, LLVMGetOperand(call, 0));
  set_value(imp, call,
            build_vector_function(imp->target, &imp->b, function, shape.element, shape_config(&shape),
                                  lanes_common_length(imp, &shape, 1, &x), x));
  return true;
}
