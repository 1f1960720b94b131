import { shapeText } from '@shared/ops/shape';
import { problemText, type Severity } from '@shared/problem';
import { formatBytes } from '@shared/words/format-bytes';
import { formatCount } from '@shared/words/format-count';
import type { NodeCardModel } from './node-card';
import { markSentence } from './twin-mark';

/** Words for the marks of cards and lists. */
export const SEVERITY_NAMES: Readonly<Record<Severity, string>> = {
  error: 'Error',
  warning: 'Warning',
  hint: 'Hint',
};

/** Everything a card shows, as one sentence for screen readers. */
export function cardLabel(card: NodeCardModel): string {
  const parts = [card.name, card.typeLabel, card.summary];
  if (card.shape) parts.push(`gives ${shapeText(card.shape)}`);
  if (card.cost) {
    parts.push(formatBytes(card.cost.storedBytes), `${formatCount(card.cost.multiplyAdds)} multiply-adds`);
  }
  if (card.waitsFor) parts.push(`waits for ${card.waitsFor.name}`);
  if (card.twin) parts.push(markSentence(card.twin));
  if (card.mark) parts.push(`${SEVERITY_NAMES[card.mark]}: ${card.problems.map(problemText).join(' ')}`);
  return parts.filter((part, index) => parts.indexOf(part) === index).join(', ');
}
