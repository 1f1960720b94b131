import { defineOp, noMultiplyAdds, type WeightSpec } from './definition';

/** Epsilon of batch normalisation, as torch.nn.BatchNorm2d. */
export const BATCH_NORM_EPSILON = 1e-5;

/** Share of the batch statistic in the running one: running = 0.9 * running + 0.1 * batch. */
export const BATCH_NORM_MOMENTUM = 0.1;

function perChannel(name: string, role: WeightSpec['role'], channels: number, value: number): WeightSpec {
  return {
    name,
    role,
    shape: [channels],
    trainable: role !== 'statistic',
    decay: false,
    initializer: { kind: 'constant', value },
  };
}

/** Batch normalisation per channel: y = gamma (x - mean) / sqrt(variance + epsilon) + beta (mcn.md, section 5). */
export const batchNorm = defineOp({
  type: 'batchnorm',
  label: 'BatchNorm',
  category: 'normalisation',
  help: 'Normalises every channel over the batch, with a learned scale and shift.',
  fields: {},
  inputs: [{ name: 'in' }],
  role: () => 'shape',
  summary: () => 'per channel',
  infer: ([input]) => input!,
  weights: ([, , channels]) => [
    perChannel('gamma', 'scale', channels, 1),
    perChannel('beta', 'shift', channels, 0),
    perChannel('mean', 'statistic', channels, 0),
    perChannel('variance', 'statistic', channels, 1),
  ],
  multiplyAdds: noMultiplyAdds,
});
