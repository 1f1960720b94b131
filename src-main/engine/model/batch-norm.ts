import * as tf from '@tensorflow/tfjs-core';
import { BATCH_NORM_EPSILON } from '@shared/ops/batch-norm';

/**
 * Kernels of batch norm in training; every backend registers them. Rows are all positions of all images, N of them.
 * - BatchNormTrain (x, gamma, beta) -> [y, mean, variance], the variance biased
 * - BatchNormTrainGrad (x, dy, gamma, mean, variance) -> [dx, dGamma, dBeta]
 */
export const BATCH_NORM_TRAIN = 'BatchNormTrain';
export const BATCH_NORM_TRAIN_GRAD = 'BatchNormTrainGrad';

/** Result of a batch norm over a batch; the statistics are per channel, the variance biased. */
export interface BatchNormResult {
  y: tf.Tensor4D;
  mean: tf.Tensor1D;
  variance: tf.Tensor1D;
}

/**
 * Batch norm in training: y = gamma (x - mean) / sqrt(variance + epsilon) + beta over batch, height and width.
 *
 * Gradients with x^ = (x - mean) / sigma: dBeta = sum dy, dGamma = sum dy x^,
 * dx = gamma / sigma (dy - dBeta / N - x^ dGamma / N). The statistics carry no gradient; they are kept for the caller, who disposes
 * them.
 */
export function batchNormTrain(x: tf.Tensor4D, gamma: tf.Tensor1D, beta: tf.Tensor1D): BatchNormResult {
  const [y, mean, variance] = tf.engine().runKernel(BATCH_NORM_TRAIN, { x, gamma, beta }) as tf.Tensor[];
  return {
    y: y as tf.Tensor4D,
    mean: tf.keep(mean as tf.Tensor1D),
    variance: tf.keep(variance as tf.Tensor1D),
  };
}

tf.registerGradient({
  kernelName: BATCH_NORM_TRAIN,
  inputsToSave: ['x', 'gamma'],
  outputsToSave: [false, true, true],
  gradFunc: (upstream, saved) => {
    const dy = (upstream as tf.Tensor[])[0]!;
    const [x, gamma, mean, variance] = saved as [tf.Tensor, tf.Tensor, tf.Tensor, tf.Tensor];
    const [dx, dGamma, dBeta] = tf
      .engine()
      .runKernel(BATCH_NORM_TRAIN_GRAD, { x, dy, gamma, mean, variance }) as tf.Tensor[];
    return { x: () => tf.clone(dx!), gamma: () => tf.clone(dGamma!), beta: () => tf.clone(dBeta!) };
  },
});

/** Registers the kernels as compositions of a backend's own operations. */
export function registerComposedBatchNorm(backendName: string): void {
  if (tf.getKernel(BATCH_NORM_TRAIN, backendName)) return;
  tf.registerKernel({
    kernelName: BATCH_NORM_TRAIN,
    backendName,
    kernelFunc: ({ inputs }) => {
      const { x, gamma, beta } = inputs as unknown as Record<'x' | 'gamma' | 'beta', tf.Tensor>;
      return tf.tidy(() => {
        const rows = tf.reshape(x, [-1, x.shape.at(-1)!]);
        const { mean, variance } = tf.moments(rows, 0);
        const normal = tf.mul(tf.sub(rows, mean), tf.rsqrt(tf.add(variance, BATCH_NORM_EPSILON)));
        return [tf.reshape(tf.add(tf.mul(normal, gamma), beta), x.shape), mean, variance];
      });
    },
  });
  tf.registerKernel({
    kernelName: BATCH_NORM_TRAIN_GRAD,
    backendName,
    kernelFunc: ({ inputs }) => {
      type Name = 'x' | 'dy' | 'gamma' | 'mean' | 'variance';
      const { x, dy, gamma, mean, variance } = inputs as unknown as Record<Name, tf.Tensor>;
      return tf.tidy(() => {
        const channels = x.shape.at(-1)!;
        const count = x.size / channels;
        const inverse = tf.rsqrt(tf.add(variance, BATCH_NORM_EPSILON));
        const normal = tf.mul(tf.sub(tf.reshape(x, [count, channels]), mean), inverse);
        const dRows = tf.reshape(dy, [count, channels]);
        const dBeta = tf.sum(dRows, 0);
        const dGamma = tf.sum(tf.mul(dRows, normal), 0);
        const inner = tf.sub(tf.sub(dRows, tf.div(dBeta, count)), tf.mul(normal, tf.div(dGamma, count)));
        return [tf.reshape(tf.mul(inner, tf.mul(gamma, inverse)), x.shape), dGamma, dBeta];
      });
    },
  });
}

/** Batch norm with running statistics, as one multiply and one add per value. */
export function batchNormInference(
  x: tf.Tensor4D,
  gamma: tf.Tensor1D,
  beta: tf.Tensor1D,
  mean: tf.Tensor1D,
  variance: tf.Tensor1D,
): tf.Tensor4D {
  const scale = tf.mul(gamma, tf.rsqrt(tf.add(variance, BATCH_NORM_EPSILON)));
  const shift = tf.sub(beta, tf.mul(mean, scale));
  return tf.add(tf.mul(x, scale), shift);
}
