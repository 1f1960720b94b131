#pragma once
#include "arguments.h"

/** All kernels of one instruction set. */
struct Kernels {
  const char* isa;
  void (*modulatedConv)(const ModulatedConvArguments&);
  void (*modulatedConvGrad)(const ModulatedConvGradArguments&);
  void (*conv)(const ConvArguments&);
  void (*convGrad)(const ConvGradArguments&);
  void (*matMul)(const MatMulArguments&);
  void (*batchStatistics)(const RowsArguments&);
  void (*normalize)(const RowsArguments&);
  void (*normalizeGrad)(const RowsArguments&);
  void (*combineGradients)(const RowsArguments&);
  void (*addWithStatistics)(const RowsArguments&);
  void (*maxPool)(const MaxPoolArguments&);
  void (*maxUnpool)(const MaxUnpoolArguments&);
  void (*averagePool)(const AveragePoolArguments&);
  void (*averagePoolGrad)(const AveragePoolArguments&);
  void (*sgd)(const SgdArguments&);
  void (*adam)(const AdamArguments&);
  void (*adadelta)(const AdadeltaArguments&);
  void (*finite)(const FiniteArguments&);
  void (*binarize)(const BinarizeArguments&);
  void (*filterLoss)(const FilterLossArguments&);
  void (*dropout)(const DropoutArguments&);
  void (*copyChannels)(const CopyChannelsArguments&);
};

#if defined(__x86_64__) || defined(_M_X64)
extern const Kernels avx512Kernels;
extern const Kernels avx2Kernels;
#endif
#if defined(__aarch64__) || defined(_M_ARM64)
extern const Kernels neonKernels;
#endif
extern const Kernels portableKernels;
