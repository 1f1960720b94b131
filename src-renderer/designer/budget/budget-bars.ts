import type { Profile } from '@shared/network/profile';
import type { Role } from '@shared/ops/definition';
import type { NodeCardModel } from '../cards/node-card';

/** A stretch of a bar: what role, how many bytes. */
export interface Segment {
  role: Role;
  bytes: number;
}

/** One size against another. */
export interface Bar {
  bytes: number;
  /** The length of the whole bar. */
  floatBytes: number;
  /** Adds up to `bytes`. */
  segments: Segment[];
  /** How many times smaller; null when there is nothing to compare. */
  ratio: number | null;
}

/** Both honest comparisons: the filters alone, and the whole file. */
export interface BudgetBars {
  filters: Bar;
  file: Bar;
}

const ROLES: readonly Role[] = ['binary', 'shape', 'merge', 'float', 'io'];

function bar(bytes: number, floatBytes: number, all: Segment[]): Bar {
  const segments = all.filter((segment) => segment.bytes > 0);
  return { bytes, floatBytes, segments, ratio: bytes > 0 && floatBytes > 0 ? floatBytes / bytes : null };
}

/** The byte budget of a sound design. The file is its payload: what the header takes is known when it is written. */
export function budgetBars({ total }: Profile, cards: readonly NodeCardModel[]): BudgetBars {
  const bytesOf = (role: Role): number =>
    cards.reduce((sum, card) => sum + (card.role === role && card.cost ? card.cost.storedBytes : 0), 0);
  const byRole = ROLES.map((role) => ({ role, bytes: bytesOf(role) }));
  const binary = cards.some((card) => card.role === 'binary');
  const filterRole = { role: binary ? ('binary' as const) : ('float' as const), bytes: total.filterBytes };
  return {
    filters: bar(total.filterBytes, total.filterFloatBytes, [filterRole]),
    file: bar(total.storedBytes, total.floatBytes, byRole),
  };
}
