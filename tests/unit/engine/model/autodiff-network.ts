import '@tensorflow/tfjs';
import * as tf from '@tensorflow/tfjs-core';
import { uniforms } from '@shared/random/draws';
import { randomKey } from '@shared/random/random-key';
import type { Network, NetworkNode, NetworkNodeOf } from '@shared/network/network';
import { weightName } from '@shared/network/weight-name';
import { BATCH_NORM_EPSILON } from '@shared/ops/batch-norm';
import { binarizeInto } from '@shared/binarization/assign-centers';

/** Weights as tfjs variables, by name. */
type Variables = Record<string, tf.Variable>;

interface Settings {
  centers: ReadonlyMap<string, Float32Array>;
  seed: number;
  step: number;
}

/** C^ with the straight-through gradient. */
function binary(c: tf.Tensor, centers: Float32Array): tf.Tensor {
  const quantize = tf.customGrad((latent) => {
    const values = (latent as tf.Tensor).dataSync<'float32'>();
    const found = new Float32Array(values.length);
    binarizeInto(values, centers, found);
    return { value: tf.tensor(found, c.shape), gradFunc: (dy: tf.Tensor) => dy };
  });
  return quantize(c);
}

/** Convolution with the reconstructed filters Q (Eq. 4, 5). */
function modulated(x: tf.Tensor4D, c: tf.Tensor, m: tf.Tensor, stride: number): tf.Tensor {
  const [height, width, channels, maps] = c.shape as [number, number, number, number];
  const planes = m.shape[0]!;
  const q = tf.mul(
    tf.expandDims(c, 4),
    tf.reshape(tf.transpose(m, [1, 2, 0]), [height, width, 1, 1, planes]),
  );
  return tf.conv2d(x, tf.reshape(q, [height, width, channels, maps * planes]), stride, 'same');
}

function batchNorm(x: tf.Tensor, gamma: tf.Tensor, beta: tf.Tensor): tf.Tensor {
  const { mean, variance } = tf.moments(x, [0, 1, 2]);
  const normal = tf.div(tf.sub(x, mean), tf.sqrt(tf.add(variance, BATCH_NORM_EPSILON)));
  return tf.add(tf.mul(normal, gamma), beta);
}

/** Sum over each window by a convolution with ones, divided by the number of values in it: tfjs's own gradient counts the padding. */
function averagePool(x: tf.Tensor4D, { size, stride }: { size: number; stride: number }): tf.Tensor {
  const sum = (values: tf.Tensor4D): tf.Tensor =>
    tf.depthwiseConv2d(values, tf.ones([size, size, values.shape[3], 1]), stride, 'same');
  return tf.div(sum(x), sum(tf.ones(x.shape)));
}

function dropout(
  x: tf.Tensor,
  { id, values }: NetworkNodeOf<'dropout'>,
  { seed, step }: Settings,
): tf.Tensor {
  const draws = uniforms(randomKey(seed, 'dropout', id, step), x.size, 0, 1);
  const mask = draws.map((draw) => (draw < values.rate ? 0 : 1 / (1 - values.rate)));
  return tf.mul(x, tf.tensor(mask, x.shape));
}

function layer(
  node: NetworkNode,
  inputs: tf.Tensor4D[],
  variables: Variables,
  settings: Settings,
): tf.Tensor {
  const weight = (name: string): tf.Variable => variables[weightName(node.id, name)]!;
  const x = inputs[0]!;
  const batch = x.shape[0];
  switch (node.type) {
    case 'input':
    case 'output':
      return x;
    case 'mcconv': {
      const centers = settings.centers.get(node.id);
      const c = centers ? binary(weight('C'), centers) : weight('C');
      return modulated(x, c, weight('M'), node.values.stride);
    }
    case 'conv':
      return tf.conv2d(x, weight('kernel') as tf.Tensor as tf.Tensor4D, node.values.stride, 'same');
    case 'batchnorm':
      return batchNorm(x, weight('gamma'), weight('beta'));
    case 'relu':
      return tf.relu(x);
    case 'maxpool':
      return tf.maxPool(x, node.values.size, node.values.stride, 'same');
    case 'avgpool':
      return averagePool(x, node.values);
    case 'globalavgpool':
      return tf.mean(x, [1, 2], true);
    case 'padmaps':
      return tf.concat([x, tf.zeros([batch, ...node.shape.slice(0, 2), node.shape[2] - x.shape[3]])], 3);
    case 'add':
      return tf.addN(inputs);
    case 'concat':
      return tf.concat(inputs, 3);
    case 'dropout':
      return dropout(x, node, settings);
    case 'flatten':
      return tf.reshape(x, [batch, 1, 1, node.shape[2]]);
    case 'dense': {
      const rows = tf.reshape(x, [batch, x.shape[3]]);
      return tf.reshape(tf.add(tf.matMul(rows, weight('kernel')), weight('bias')), [
        batch,
        1,
        1,
        node.shape[2],
      ]);
    }
  }
}

/** Values of logits, loss and gradients, by weight name, as tfjs's own tape finds them with stock operations of the cpu backend. */
export interface AutodiffResult {
  loss: number;
  logits: Float32Array;
  gradients: Record<string, Float32Array>;
}

/**
 * The network in training, composed of ordinary tfjs operations alone, and differentiated by tfjs. The cpu backend must be active.
 * @param weights trainable ones, with their shapes
 */
export function autodiff(
  network: Network,
  weights: readonly { name: string; shape: readonly number[]; values: Float32Array }[],
  images: tf.Tensor4D,
  oneHot: tf.Tensor2D,
  settings: Settings,
): AutodiffResult {
  return tf.tidy(() => {
    const variables: Variables = Object.fromEntries(
      weights.map(({ name, shape, values }) => [name, tf.variable(tf.tensor(values, [...shape]))]),
    );
    let logits!: Float32Array;
    const { value, grads } = tf.variableGrads(() => {
      const outputs = new Map<string, tf.Tensor4D>();
      for (const node of network.nodes) {
        const inputs = node.type === 'input' ? [images] : node.inputs.map((id) => outputs.get(id)!);
        outputs.set(node.id, layer(node, inputs, variables, settings) as tf.Tensor4D);
      }
      const z = tf.reshape(outputs.get(network.nodes.at(-1)!.id)!, oneHot.shape);
      logits = z.dataSync<'float32'>().slice();
      return tf.losses.softmaxCrossEntropy(oneHot, z) as tf.Scalar;
    }, Object.values(variables));
    const gradients = Object.fromEntries(
      Object.entries(variables).map(([name, { name: id }]) => [
        name,
        grads[id]!.dataSync<'float32'>().slice(),
      ]),
    );
    tf.dispose(variables);
    return { loss: value.dataSync()[0]!, logits, gradients };
  });
}
