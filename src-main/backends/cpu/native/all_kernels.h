// The kernels for one instruction set: included by each file of isa/ inside an unnamed namespace, behind its simd header, so that no
// function of one instruction set can be linked in place of another's.
#include "conv_backward.h"
#include "conv_forward.h"
#include "dropout.h"
#include "matmul.h"
#include "modulated_backward.h"
#include "modulated_forward.h"
#include "normalization.h"
#include "pooling.h"
#include "weights.h"

constexpr Kernels kernelsNamed(const char* isa) {
  return {isa,
          modulatedConv,
          modulatedConvGrad,
          conv,
          convGrad,
          matMul,
          batchStatistics,
          normalize,
          normalizeGrad,
          combineGradients,
          addWithStatistics,
          maxPool,
          maxUnpool,
          averagePool,
          averagePoolGrad,
          sgd,
          adam,
          adadelta,
          finite,
          binarize,
          filterLoss,
          dropout,
          copyChannels};
}
