import { inputChannels } from '../datasets/input-channels';
import { choice, integer } from '../fields/field';
import { defineOp, noMultiplyAdds, noWeights } from './definition';

/** Where images enter: their size, how they become feature maps, and the K that layers inherit. */
export const input = defineOp({
  type: 'input',
  label: 'Input',
  category: 'io',
  help: 'Images of the data set, padded and normalised, as feature maps of K channels.',
  fields: {
    height: integer({
      label: 'Height',
      unit: 'px',
      help: 'Image height after padding.',
      group: 'Image',
      min: 1,
      max: 1024,
      default: 32,
    }),
    width: integer({
      label: 'Width',
      unit: 'px',
      help: 'Image width after padding.',
      group: 'Image',
      min: 1,
      max: 1024,
      default: 32,
    }),
    color: choice({
      label: 'Colour',
      help: 'Gray images are copied to K channels; colour images become RGB + X for K = 4.',
      group: 'Image',
      options: [
        { value: 'gray', label: 'Gray' },
        { value: 'rgb', label: 'RGB' },
      ],
      default: 'gray',
    }),
    extra: choice({
      label: 'Fourth channel',
      symbol: 'X',
      help: 'What stands beside R, G and B when K is 4 and the images have colour.',
      group: 'Image',
      options: [
        { value: 'gray', label: 'Gray' },
        { value: 'r', label: 'Red' },
        { value: 'g', label: 'Green' },
        { value: 'b', label: 'Blue' },
      ],
      default: 'gray',
    }),
    planes: integer({
      label: 'Planes per filter',
      symbol: 'K',
      help: 'Channels per feature map in the whole network, unless a layer says otherwise.',
      group: 'Network',
      min: 1,
      max: 8,
      default: 4,
    }),
  },
  inputs: [],
  role: () => 'io',
  summary: (values) =>
    `${values.height}×${values.width} ${values.color === 'gray' ? 'gray' : 'RGB'}, K = ${values.planes}`,
  infer: (_inputs, values) => [values.height, values.width, inputChannels(values.color, values.planes)],
  weights: noWeights,
  multiplyAdds: noMultiplyAdds,
});
