import { channels, stride } from '../ops/common-fields';
import { defineBlock } from './definition';
import { residualBlock } from './pre-activation';
import { projectionShortcut } from './wrn-basic';

/** Wide-ResNet bottleneck block (Fig. 4 b): 1x1 to a quarter of the channels, 3x3, 1x1 back. */
export const wrnBottleneck = defineBlock({
  type: 'wrn-bottleneck',
  label: 'WRN bottleneck',
  help: '1×1 to a quarter of the channels, 3×3, 1×1 back, and a shortcut (Fig. 4 b).',
  fields: { channels, stride },
  role: () => 'float',
  summary: (values) =>
    `${values.channels} channels, 1×1 3×3 1×1${values.stride > 1 ? `, stride ${values.stride}` : ''}`,
  expand: (values, { input }) => {
    if (values.channels % 4 !== 0) {
      return {
        code: 'bottleneck-channels',
        message: `A bottleneck needs a multiple of 4 channels, not ${values.channels}.`,
        fix: `Set Channels to ${Math.ceil(values.channels / 4) * 4}.`,
        field: 'channels',
      };
    }
    const narrow = values.channels / 4;
    return residualBlock(
      [
        { id: 'conv1', type: 'conv', name: 'Conv 1', fields: { channels: narrow, kernel: 1, stride: 1 } },
        {
          id: 'conv2',
          type: 'conv',
          name: 'Conv 2',
          fields: { channels: narrow, kernel: 3, stride: values.stride },
        },
        {
          id: 'conv3',
          type: 'conv',
          name: 'Conv 3',
          fields: { channels: values.channels, kernel: 1, stride: 1 },
        },
      ],
      projectionShortcut(input, values.channels, values.stride),
    );
  },
});
