import * as tf from '@tensorflow/tfjs-core';
import { registerBatchNormLoops } from '../../engine/model/kernels/batch-norm-loops';
import type { CpuNativeBackend } from './cpu-native-backend';
import * as channels from './kernels/channels';
import * as convolutions from './kernels/convolutions';
import * as loss from './kernels/loss';
import * as normalization from './kernels/normalization';
import * as pooling from './kernels/pooling';
import { KernelCall, type Attributes, type Inputs } from './kernels/tensor-memory';
import * as weights from './kernels/weights';
import type { NativeKernels } from './native-kernels';
import { StockKernels } from './stock-kernels';

/** Kernels of the base backend that ran on the native one. */
export const stockKernels = new StockKernels();

export const NATIVE_BACKEND = 'cpu-native';

/** The backend whose kernels do what is not native. */
const BASE = 'cpu';

type Outputs = tf.TensorInfo | tf.TensorInfo[];

/** A kernel of this backend, of the addon as a rule: reads its inputs from the call, makes its outputs. */
type NativeKernel<Result> = (native: NativeKernels, call: KernelCall) => Result;

/** Kernels of the training step; compositions do for backends that lack them. */
const TRAINING: Readonly<Record<string, NativeKernel<Outputs>>> = {
  ModulatedConv2D: convolutions.modulatedConv2D,
  ModulatedConv2DBackprop: convolutions.modulatedConv2DBackprop,
  NormalizedConv2D: convolutions.normalizedConv2D,
  NormalizedConv2DBackprop: convolutions.normalizedConv2DBackprop,
  BatchStatistics: normalization.batchStatistics,
  Normalize: normalization.normalize,
  NormalizeBackprop: normalization.normalizeBackprop,
  CombineGradients: normalization.combineGradients,
  AddWithStatistics: normalization.addWithStatistics,
  ScaledMaxPool: pooling.scaledMaxPool,
  MaxUnpool: pooling.maxUnpool,
  AveragePoolBackprop: pooling.averagePoolBackprop,
  SgdStep: weights.sgdStep,
  AdamStep: weights.adamStep,
  AdadeltaStep: weights.adadeltaStep,
  FilterLoss: weights.filterLoss,
  Binarize: weights.binarize,
  Dropout: channels.dropout,
  SoftmaxCrossEntropy: loss.softmaxCrossEntropy,
  FiniteCheck: loss.finiteCheck,
};

/** tfjs's own kernels for the cases that training meets; null hands a case back to the base. */
const PARTIAL: Readonly<Record<string, NativeKernel<tf.TensorInfo | null>>> = {
  BatchMatMul: weights.matMul,
  Add: normalization.addSame,
  AvgPool: pooling.averagePool,
  PadV2: channels.padChannels,
  Slice: channels.sliceChannels,
};

/** Registers every kernel of the cpu backend for the native one, and the addon's in place of those that it has. */
export function registerNativeKernels(native: NativeKernels): void {
  if (tf.getKernelsForBackend(NATIVE_BACKEND).length > 0) return;
  for (const base of tf.getKernelsForBackend(BASE)) {
    if (TRAINING[base.kernelName]) continue;
    const partial = PARTIAL[base.kernelName];
    const stock = stockKernels.counted(base.kernelName, base.kernelFunc);
    tf.registerKernel({
      ...base,
      backendName: NATIVE_BACKEND,
      kernelFunc: partial ? (parameters) => partial(native, callOf(parameters)) ?? stock(parameters) : stock,
    });
  }
  for (const [kernelName, kernel] of Object.entries(TRAINING)) {
    tf.registerKernel({
      kernelName,
      backendName: NATIVE_BACKEND,
      kernelFunc: (parameters) => kernel(native, callOf(parameters)),
    });
  }
  registerBatchNormLoops(NATIVE_BACKEND);
}

function callOf({ inputs, backend, attrs }: Parameters<tf.KernelFunc>[0]): KernelCall {
  return new KernelCall(backend as CpuNativeBackend, inputs as Inputs, (attrs ?? {}) as Attributes);
}
