import { problemText } from '@shared/problem';
import { SEVERITY_NAMES } from '../cards/card-label';
import type { NodeCardModel } from '../cards/node-card';
import type { SearchItem } from '../search/search-item';

function problemWords({ mark, problems }: NodeCardModel): string {
  return mark ? `${SEVERITY_NAMES[mark]}: ${problems.map(problemText).join(' ')}` : '';
}

/** The cards in whose name, type, words or problems every word of a query is, those first whose name begins with it. */
export function findNodes(cards: readonly NodeCardModel[], query: string): SearchItem[] {
  const text = query.trim().toLowerCase();
  const words = text.split(/\s+/).filter(Boolean);
  const first = (name: string): number => (name.toLowerCase().startsWith(text) ? 0 : 1);
  return cards
    .map((card) => ({ card, problem: problemWords(card) }))
    .filter(({ card, problem }) => {
      const all = `${card.name} ${card.typeLabel} ${card.summary} ${problem}`.toLowerCase();
      return words.every((word) => all.includes(word));
    })
    .sort((a, b) => first(a.card.name) - first(b.card.name))
    .map(({ card, problem }) => ({
      id: card.id,
      label: card.name,
      note: problem || [card.typeLabel, card.summary].filter((part) => part !== card.name).join(', '),
      colour: `var(--role-${card.role})`,
    }));
}
