import { cssColour, sequentialColour } from '../../theme/data-colours';
import { placeOnScale, type Heat } from './heat';
import { measures } from './measures';

/** How a card shows the figure that the cards are coloured by. */
export interface CardHeat {
  /** CSS text; without a figure the colour of nothing. */
  colour: string;
  /** The figure with its unit; empty: the card has none. */
  figure: string;
  /** What the figure is. */
  label: string;
}

/** What a card shows on a scale. */
export function cardHeat(scale: Heat, node: string): CardHeat {
  const { label, text } = measures[scale.measure];
  const value = scale.values.get(node);
  if (value === undefined) return { colour: 'var(--line-strong)', figure: '', label };
  const colour = cssColour(sequentialColour(placeOnScale(scale, value), 0, 1));
  return { colour, figure: text(value), label };
}
