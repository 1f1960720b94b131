import type { NodeCost } from '@shared/network/profile';
import type { NodeCardModel } from './node-card';

/** What the cards are coloured by. */
export const COLOURINGS = ['role', 'bytes', 'multiply-adds'] as const;
export type Colouring = (typeof COLOURINGS)[number];

const measures: Readonly<Record<Exclude<Colouring, 'role'>, (cost: NodeCost) => number>> = {
  bytes: (cost) => cost.storedBytes,
  'multiply-adds': (cost) => cost.multiplyAdds,
};

/** A scale from 0 to the largest value among the cards, and each card's place on it (0 to 1). */
export interface Heat {
  largest: number;
  byNode: ReadonlyMap<string, number>;
}

/** How hot each card is, linear in what it costs; null when colours show roles, or when no costs are known. */
export function heat(cards: readonly NodeCardModel[], colouring: Colouring): Heat | null {
  if (colouring === 'role') return null;
  const measure = measures[colouring];
  const values = cards.flatMap((card) => (card.cost ? [[card.id, measure(card.cost)] as const] : []));
  const largest = Math.max(0, ...values.map(([, value]) => value));
  if (largest === 0) return null;
  return { largest, byNode: new Map(values.map(([id, value]) => [id, value / largest])) };
}
