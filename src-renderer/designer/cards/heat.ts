import { measures, MEASURES, type MeasureId } from './measures';
import type { NodeCardModel } from './node-card';

/** What the cards are coloured by. */
export const COLOURINGS = ['role', ...MEASURES] as const;
export type Colouring = 'role' | MeasureId;

/** A scale over a figure of the cards. */
export interface Heat {
  measure: MeasureId;
  /** The ends of the scale. */
  low: number;
  high: number;
  /** Equal distances on the scale are equal factors. */
  logarithmic: boolean;
  /** Each card's figure; those that have none of it are left out. */
  values: ReadonlyMap<string, number>;
}

/** From this factor between the largest and the smallest figure on, a linear scale would show the largest alone. */
const LARGE_SPAN = 100;

/** The scale of a colouring over the cards; null while colours show roles. Without any figure it is empty, from the least to the least. */
export function heat(cards: readonly NodeCardModel[], colouring: Colouring): Heat | null {
  if (colouring === 'role') return null;
  const { of, least } = measures[colouring];
  const values = new Map<string, number>();
  for (const { id, cost } of cards) {
    const value = cost && of(cost);
    if (value !== null) values.set(id, value);
  }
  let [smallest, high] = [Infinity, least];
  for (const value of values.values()) {
    smallest = Math.min(smallest, value);
    high = Math.max(high, value);
  }
  const logarithmic = values.size > 0 && high / smallest >= LARGE_SPAN;
  return { measure: colouring, low: logarithmic ? smallest : least, high, logarithmic, values };
}

/** Where a figure is on a scale, from 0 (low) to 1 (high). */
export function placeOnScale({ low, high, logarithmic }: Heat, value: number): number {
  if (high <= low) return 0;
  return logarithmic ? Math.log(value / low) / Math.log(high / low) : (value - low) / (high - low);
}
