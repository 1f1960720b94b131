import { choice, integer } from '../fields/field';
import { binary, centers, maps, planes, stride } from '../ops/common-fields';
import { resolvedPlanes } from '../ops/definition';
import { BLOCK_INPUT, defineBlock, part, type BlockPart } from './definition';
import { widthText } from './width-text';

const KINDS = [
  { value: 'mcn-basic', label: 'MCN basic block' },
  { value: 'wrn-basic', label: 'WRN basic block' },
  { value: 'wrn-bottleneck', label: 'WRN bottleneck' },
] as const;

/** n residual blocks of one width; the first one has the stage's stride. */
export const stage = defineBlock({
  type: 'stage',
  label: 'Stage of n blocks',
  help: 'Several residual blocks of the same width; the first one may halve height and width.',
  fields: {
    block: choice({
      label: 'Block',
      help: 'What the stage is made of.',
      group: 'Layer',
      options: KINDS,
      default: 'mcn-basic',
    }),
    blocks: integer({
      label: 'Blocks',
      symbol: 'n',
      help: 'Number of blocks.',
      group: 'Layer',
      min: 1,
      max: 64,
      default: 3,
    }),
    maps: { ...maps, default: 16 },
    planes,
    stride,
    centers,
    binary,
  },
  role: (values) => (values.block === 'mcn-basic' && values.binary ? 'binary' : 'float'),
  summary: ({ block, blocks, maps: width, planes: own, stride: step }, family) => {
    const isModulated = block === 'mcn-basic' && family !== 'wrn';
    const words = isModulated ? `MCN ${width} maps` : `WRN ${widthText(width, own, 'wrn')}`;
    return `${blocks} × ${words}${step > 1 ? `, stride ${step}` : ''}`;
  },
  expand: (values) => {
    const k = resolvedPlanes(values);
    return Array.from({ length: values.blocks }, (_, index) => {
      const step = index === 0 ? values.stride : 1;
      const fields: BlockPart['fields'] =
        values.block === 'mcn-basic'
          ? { maps: values.maps, planes: k, stride: step, centers: values.centers, binary: values.binary }
          : { channels: values.maps * k, stride: step };
      const input = index === 0 ? BLOCK_INPUT : `block${index}`;
      return part(`block${index + 1}`, values.block, `block ${index + 1}`, input, fields);
    });
  },
});
