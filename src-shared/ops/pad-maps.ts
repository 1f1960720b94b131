import { maps, planes } from './common-fields';
import { defineOp, noMultiplyAdds, noWeights, resolvedPlanes } from './definition';

/** Appends zero maps behind the existing ones: the parameter-free shortcut of a block whose width grows. */
export const padMaps = defineOp({
  type: 'padmaps',
  label: 'PadMaps',
  category: 'shape',
  help: 'Appends maps of zeros until the given number is reached; no weights.',
  fields: { maps: { ...maps, help: 'Number of maps afterwards.' }, planes },
  inputs: [{ name: 'in' }],
  role: () => 'shape',
  summary: (values) => `zeros up to ${values.maps} maps`,
  infer: ([input], values) => {
    const wanted = values.maps * resolvedPlanes(values);
    if (wanted < input![2]) {
      return {
        code: 'pad-shrinks',
        message: `PadMaps cannot shrink: ${input![2]} channels arrive, ${wanted} are asked for.`,
        fix: `Set Feature maps to ${Math.ceil(input![2] / resolvedPlanes(values))} or more.`,
        field: 'maps',
      };
    }
    return [input![0], input![1], wanted];
  },
  weights: noWeights,
  multiplyAdds: noMultiplyAdds,
});
