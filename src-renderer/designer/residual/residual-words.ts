import type { CustomPart } from '@shared/network/residual/custom-parts';
import type { ResidualFamily } from '@shared/network/residual/residual-family';
import { counted } from '@shared/words/format-count';

/** So many parts are told by name. */
const MOST_NAMED = 6;

function partWords({ name, what }: CustomPart): string {
  return what.length > 0 ? `${name} (${what.join(', ')})` : name;
}

/** Parts by name, with what is special about them: "Block 5 (4 centers) and Dropout". */
export function partsWords(parts: readonly CustomPart[]): string {
  const named = parts.slice(0, MOST_NAMED).map(partWords);
  const others = parts.length - named.length;
  const all = others > 0 ? [...named, `${others} more`] : named;
  return all.length > 1 ? `${all.slice(0, -1).join(', ')} and ${all.at(-1)!}` : all.join('');
}

/** "16-16-32-64": stem and stages, as the paper writes them. */
export function widthsWords({ stem, stages }: ResidualFamily): string {
  return [...(stem ? [stem.width] : []), ...stages.map(({ width }) => width)].join('-');
}

/**
 * The depth in convolutions, and for three stages of n blocks of two convolutions as the paper's names count it: MCN-20 is 6n + 2, with
 * the dense layer; MCN-28 and MCN-34 are 6n + 4, as Wide-ResNets count their shortcuts.
 */
export function depthWords({ stages, depth }: ResidualFamily): string {
  const n = stages[0]!.blocks;
  const told = counted(depth, 'convolution');
  const named = stages.length === 3 && stages.every(({ blocks }) => blocks === n) && depth === 6 * n + 1;
  return named ? `${told} (6n+2: ${6 * n + 2}, 6n+4: ${6 * n + 4})` : told;
}
