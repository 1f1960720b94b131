import type { TensorInfo } from '@tensorflow/tfjs-core';
import { softmaxCrossEntropyInto } from '../../../engine/model/kernels/softmax-cross-entropy';
import type { NativeKernels } from '../native-kernels';
import { sizeOf, type KernelCall } from './tensor-memory';

/** A loop over a few thousand values, which are not worth a call of the addon. */
export function softmaxCrossEntropy(_native: NativeKernels, call: KernelCall): TensorInfo[] {
  const { shape } = call.tensor('logits');
  const outputs = [call.make([]), call.make(shape), call.make([])];
  const [loss, gradient, correct] = outputs.map((tensor) => call.of(tensor)) as [
    Float32Array,
    Float32Array,
    Float32Array,
  ];
  const found = softmaxCrossEntropyInto(call.floats('logits'), call.floats('oneHot'), shape[1]!, gradient);
  loss[0] = found.loss;
  correct[0] = found.correct;
  return outputs;
}

/** All inputs, whatever their names. */
export function finiteCheck(native: NativeKernels, call: KernelCall): TensorInfo {
  const output = call.make([]);
  const check = call.of(output);
  const finite = Object.keys(call.inputs).every((name) => {
    native.finite(Int32Array.of(sizeOf(call.tensor(name).shape)), call.floats(name), check);
    return check[0] === 0;
  });
  check[0] = finite ? 0 : NaN;
  return output;
}
