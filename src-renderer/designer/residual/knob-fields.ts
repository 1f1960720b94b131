import { blocks } from '@shared/blocks/index';
import { integer, real, type NumberField } from '@shared/fields/field';
import { BASE_WIDTH } from '@shared/network/residual/residual-family';
import { maps } from '@shared/ops/common-fields';

/** Fields of the knobs. Their default is what holds now: there is nothing to go back to. A design drawn larger than blocks can be keeps its size. */

/** The widening factor k. */
export function factorField(now: number): NumberField {
  return real({
    label: 'Width',
    symbol: 'k',
    help: `Widening factor: maps of the first stage over ${BASE_WIDTH}, as in Wide-ResNets. All widths follow in proportion, in whole maps.`,
    min: 1 / BASE_WIDTH,
    max: Math.max(maps.max / BASE_WIDTH, now),
    default: now,
  });
}

/** The number of blocks of every stage. */
export function depthField(now: number): NumberField {
  const { min, max } = blocks.stage.fields.blocks;
  return integer({
    label: 'Depth',
    symbol: 'n',
    help: 'Residual blocks per stage. A stage grows by copies of its last block, and shrinks from its end.',
    min,
    max: Math.max(max, now),
    default: now,
  });
}

/** The width of one stage, in maps, or in channels where a stage has no whole number of maps. */
export function widthField(of: string, now: number, planes: number): NumberField {
  const what = planes > 1 ? 'maps' : 'channels';
  return integer({
    label: `${of}: ${what}`,
    help: `Feature ${what} of ${of.toLowerCase()}.`,
    min: 1,
    max: Math.max(maps.max, now),
    default: now,
  });
}

/** The number of blocks of one stage. */
export function blocksField(of: string, now: number): NumberField {
  return { ...depthField(now), label: `${of}: blocks`, help: `Residual blocks of ${of.toLowerCase()}.` };
}

/** The next factor up or down: in halves, below 1 in quarters. */
export function nextFactor(factor: number, direction: 1 | -1): number {
  const step = factor < 1 || (factor === 1 && direction < 0) ? 0.25 : 0.5;
  const next = direction > 0 ? Math.floor(factor / step) + 1 : Math.ceil(factor / step) - 1;
  return Math.max(0.25, next * step);
}
