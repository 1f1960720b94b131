import { binary, centers, maps, planes, stride } from '../ops/common-fields';
import { resolvedPlanes } from '../ops/definition';
import type { Shape } from '../ops/shape';
import { defineBlock, part, type BlockPart } from './definition';
import { residualBlock } from './pre-activation';
import { wrnBasic } from './wrn-basic';
import { widthText } from './width-text';

/** Average pool and appended zero maps, as far as the shape asks for them; no weights. */
function parameterFreeShortcut(input: Shape, mapCount: number, k: number, step: number): BlockPart[] {
  const parts: BlockPart[] = [];
  if (step > 1) parts.push(part('pool', 'avgpool', 'Shortcut pool', 'relu1', { size: step, stride: step }));
  if (input[2] < mapCount * k) {
    parts.push(
      part('pad', 'padmaps', 'Shortcut maps', parts.at(-1)?.id ?? 'relu1', { maps: mapCount, planes: k }),
    );
  }
  return parts;
}

/** MCN basic block (Fig. 4 c): two MCconv and a parameter-free shortcut. Its WRN twin is the WRN basic block. */
export const mcnBasic = defineBlock({
  type: 'mcn-basic',
  label: 'MCN basic block',
  help: 'Two modulated convolutions and a shortcut without weights (Fig. 4 c).',
  fields: { maps, planes, stride, centers, binary },
  role: (values) => (values.binary ? 'binary' : 'float'),
  summary: (values, family) =>
    `${widthText(values.maps, values.planes, family)}, 3×3 twice${values.stride > 1 ? `, stride ${values.stride}` : ''}`,
  expand: (values, context) => {
    const k = resolvedPlanes(values);
    const outChannels = values.maps * k;
    if (context.family === 'wrn')
      return wrnBasic.expand({ channels: outChannels, stride: values.stride }, context);
    if (outChannels < context.input[2]) {
      return {
        code: 'block-narrows',
        message: `An MCN block cannot narrow: ${context.input[2]} channels arrive, ${outChannels} would leave it.`,
        fix: `Set Feature maps to ${Math.ceil(context.input[2] / k)} or more.`,
        field: 'maps',
      };
    }
    const shared = {
      maps: values.maps,
      planes: k,
      kernel: 3,
      centers: values.centers,
      binary: values.binary,
    };
    return residualBlock(
      [1, 2].map((index) => ({
        id: `conv${index}`,
        type: 'mcconv',
        name: `MCconv ${index}`,
        fields: { ...shared, stride: index === 1 ? values.stride : 1 },
      })),
      parameterFreeShortcut(context.input, values.maps, k, values.stride),
    );
  },
});
