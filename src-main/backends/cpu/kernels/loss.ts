import type { TensorInfo } from '@tensorflow/tfjs-core';
import { allFinite } from '../../../engine/model/kernels/finite-check';
import { softmaxCrossEntropyInto } from '../../../engine/model/kernels/softmax-cross-entropy';
import type { NativeKernels } from '../native-kernels';
import type { KernelCall } from './tensor-memory';

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

/** A loop in TypeScript over all inputs. */
export function finiteCheck(_native: NativeKernels, call: KernelCall): TensorInfo {
  const output = call.make([]);
  const finite = Object.keys(call.inputs).every((name) => allFinite(call.floats(name)));
  call.of(output)[0] = finite ? 0 : NaN;
  return output;
}
