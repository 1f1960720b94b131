import { channels, stride } from '../ops/common-fields';
import { defineBlock, part, type BlockPart } from './definition';
import { changesShape, residualBlock } from './pre-activation';
import type { Shape } from '../ops/shape';

/** The 1x1 convolution of a Wide-ResNet where the shape changes; nothing otherwise. */
export function projectionShortcut(input: Shape, outChannels: number, step: number): BlockPart[] {
  if (!changesShape(input, outChannels, step)) return [];
  return [part('shortcut', 'conv', 'Shortcut', 'relu1', { channels: outChannels, kernel: 1, stride: step })];
}

/** Wide-ResNet basic block (Fig. 4 a): two 3x3 convolutions and a shortcut. */
export const wrnBasic = defineBlock({
  type: 'wrn-basic',
  label: 'WRN basic block',
  help: 'Two 3×3 convolutions and a shortcut, pre-activation (Fig. 4 a).',
  fields: { channels, stride },
  role: () => 'float',
  summary: (values) =>
    `${values.channels} channels, 3×3 twice${values.stride > 1 ? `, stride ${values.stride}` : ''}`,
  expand: (values, { input }) =>
    residualBlock(
      [1, 2].map((index) => ({
        id: `conv${index}`,
        type: 'conv',
        name: `Conv ${index}`,
        fields: { channels: values.channels, kernel: 3, stride: index === 1 ? values.stride : 1 },
      })),
      projectionShortcut(input, values.channels, values.stride),
    ),
});
