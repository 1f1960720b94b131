import * as tf from '@tensorflow/tfjs-core';
import {
  MODULATED_CONV_2D,
  MODULATED_CONV_2D_BACKPROP_FILTER,
  MODULATED_CONV_2D_BACKPROP_INPUT,
} from './kernel-names';

type Attributes = { stride: number; inputShape?: [number, number, number, number] };

/** Q[y, x, g*K+c, h*K+k] = C^[y, x, g*K+c, h] M[k, y, x] (Eq. 4, 5), as a filter of an ordinary convolution. */
function reconstruct(chat: tf.Tensor4D, m: tf.Tensor3D): tf.Tensor4D {
  const [height, width, channels, maps] = chat.shape;
  const planes = m.shape[0];
  const tapMajor = tf.reshape(tf.transpose(m, [1, 2, 0]), [height * width, 1, planes]);
  const filters = tf.mul(tf.reshape(chat, [height * width, channels * maps, 1]), tapMajor);
  return tf.reshape(filters, [height, width, channels, maps * planes]);
}

function forward(x: tf.Tensor4D, chat: tf.Tensor4D, m: tf.Tensor3D, { stride }: Attributes): tf.Tensor {
  return tf.conv2d(x, reconstruct(chat, m), stride, 'same');
}

function backpropInput(
  dy: tf.Tensor4D,
  chat: tf.Tensor4D,
  m: tf.Tensor3D,
  attributes: Attributes,
): tf.Tensor {
  return tf.engine().runKernel(
    'Conv2DBackpropInput',
    { dy, filter: reconstruct(chat, m) },
    {
      strides: attributes.stride,
      pad: 'same',
      dataFormat: 'NHWC',
      dimRoundingMode: undefined!,
      inputShape: attributes.inputShape!,
    },
  ) as tf.Tensor;
}

/** dC^ = sum_k dQ M, dM = sum_{g,c,h} dQ C^ (Eq. 12, 16 with C^). */
function backpropFilter(
  x: tf.Tensor4D,
  dy: tf.Tensor4D,
  chat: tf.Tensor4D,
  m: tf.Tensor3D,
  { stride }: Attributes,
): tf.Tensor[] {
  const [height, width, channels, maps] = chat.shape;
  const planes = m.shape[0];
  const filterShape = [height, width, channels, maps * planes] as [number, number, number, number];
  const dQ = tf
    .engine()
    .runKernel(
      'Conv2DBackpropFilter',
      { x, dy },
      { strides: stride, pad: 'same', dataFormat: 'NHWC', dimRoundingMode: undefined!, filterShape },
    ) as tf.Tensor;
  const perTap = tf.reshape(dQ, [height * width, channels * maps, planes]);
  const tapMajor = tf.reshape(tf.transpose(m, [1, 2, 0]), [height * width, planes, 1]);
  const dChat = tf.reshape(tf.matMul(perTap, tapMajor), chat.shape);
  const binary = tf.reshape(chat, [height * width, 1, channels * maps]);
  const dTaps = tf.reshape(tf.matMul(binary, perTap), [height, width, planes]);
  return [dChat, tf.transpose(dTaps, [2, 0, 1])];
}

/**
 * Registers the kernels of modulated convolution for a backend as compositions of its own operations, with reconstructed filters Q.
 * Backends with kernels of their own register those instead.
 */
export function registerComposedModulatedConv(backendName: string): void {
  const register = (
    kernelName: string,
    compute: (inputs: tf.NamedTensorInfoMap, attributes: Attributes) => unknown,
  ): void => {
    if (tf.getKernel(kernelName, backendName)) return;
    tf.registerKernel({
      kernelName,
      backendName,
      kernelFunc: ({ inputs, attrs }) => tf.tidy(() => compute(inputs, attrs as Attributes) as tf.Tensor),
    });
  };
  type Inputs = { x: tf.Tensor4D; dy: tf.Tensor4D; chat: tf.Tensor4D; m: tf.Tensor3D };
  const typed = (inputs: tf.NamedTensorInfoMap): Inputs => inputs as unknown as Inputs;
  register(MODULATED_CONV_2D, (inputs, attributes) => {
    const { x, chat, m } = typed(inputs);
    return forward(x, chat, m, attributes);
  });
  register(MODULATED_CONV_2D_BACKPROP_INPUT, (inputs, attributes) => {
    const { dy, chat, m } = typed(inputs);
    return backpropInput(dy, chat, m, attributes);
  });
  register(MODULATED_CONV_2D_BACKPROP_FILTER, (inputs, attributes) => {
    const { x, dy, chat, m } = typed(inputs);
    return backpropFilter(x, dy, chat, m, attributes);
  });
}
