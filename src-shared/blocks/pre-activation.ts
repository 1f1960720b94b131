import type { Shape } from '../ops/shape';
import { BLOCK_INPUT, part, type BlockPart } from './definition';

/** BN and ReLU in front of a convolution; `id` numbers them inside the block. */
export function preActivation(id: number, input: string): BlockPart[] {
  return [
    part(`bn${id}`, 'batchnorm', `BatchNorm ${id}`, input),
    part(`relu${id}`, 'relu', `ReLU ${id}`, `bn${id}`),
  ];
}

/** Whether a block's output has another shape than its input, so that the shortcut cannot be the identity. */
export function changesShape(input: Shape, channels: number, stride: number): boolean {
  return stride !== 1 || input[2] !== channels;
}

/**
 * A pre-activation residual block (Zagoruyko and Komodakis): BN, ReLU, convolution, ... plus shortcut.
 * Where the shape changes, the shortcut starts behind the first BN-ReLU, otherwise at the block's input.
 *
 * @param convolutions the convolutions in order, without their pre-activations
 * @param shortcut parts between "relu1" and the sum; empty for the identity
 */
export function residualBlock(
  convolutions: readonly Omit<BlockPart, 'inputs'>[],
  shortcut: readonly BlockPart[],
): BlockPart[] {
  const trunk: BlockPart[] = [];
  let last = BLOCK_INPUT;
  for (const [index, convolution] of convolutions.entries()) {
    trunk.push(...preActivation(index + 1, last), { ...convolution, inputs: [`relu${index + 1}`] });
    last = convolution.id;
  }
  const side = shortcut.at(-1)?.id ?? BLOCK_INPUT;
  return [...trunk, ...shortcut, { id: 'add', type: 'add', name: 'Add', fields: {}, inputs: [last, side] }];
}
