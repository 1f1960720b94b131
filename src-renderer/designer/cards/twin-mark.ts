import { FAMILY_NAMES, type Family } from '@shared/graph/family';
import { formatBytes } from '@shared/words/format-bytes';
import { formatCount } from '@shared/words/format-count';
import type { NodeCardModel } from './node-card';

/** What a layer was in the twin that the design was switched from; null: that is the same. */
export interface TwinMark {
  family: Family;
  storedBytes: number | null;
  multiplyAdds: number | null;
  /** What it did, where it costs the same. */
  summary: string | null;
}

/** What a card was in the twin before; null when it was the same, or when one of the two cannot be built. */
export function twinMark(card: NodeCardModel, before: NodeCardModel, family: Family): TwinMark | null {
  if (!card.cost || !before.cost) return null;
  const differing = (figure: 'storedBytes' | 'multiplyAdds'): number | null =>
    card.cost![figure] === before.cost![figure] ? null : before.cost![figure];
  const [storedBytes, multiplyAdds] = [differing('storedBytes'), differing('multiplyAdds')];
  const isSame = storedBytes === null && multiplyAdds === null;
  const summary = isSame && card.summary !== before.summary ? before.summary : null;
  return isSame && summary === null ? null : { family, storedBytes, multiplyAdds, summary };
}

/** The mark as a card shows it, below its own figures: "MCN 9.75 kB" and "1.2 M", or "MCN 1.2 M MAC". */
export function markWords({ family, storedBytes, multiplyAdds, summary }: TwinMark): string[] {
  const work = multiplyAdds === null ? null : formatCount(multiplyAdds);
  if (storedBytes === null) return [`${FAMILY_NAMES[family]} ${work === null ? summary : `${work} MAC`}`];
  const bytes = `${FAMILY_NAMES[family]} ${formatBytes(storedBytes)}`;
  return work === null ? [bytes] : [bytes, work];
}

/** The mark as a part of a sentence: "against MCN 9.75 kB, 1.2 M multiply-adds". */
export function markSentence({ family, storedBytes, multiplyAdds, summary }: TwinMark): string {
  const parts = [
    storedBytes === null ? null : formatBytes(storedBytes),
    multiplyAdds === null ? null : `${formatCount(multiplyAdds)} multiply-adds`,
    summary,
  ];
  return `against ${FAMILY_NAMES[family]} ${parts.filter((part) => part !== null).join(', ')}`;
}

/** Cards that tell what they were in the twin before; those that were the same, or that it has not, tell nothing. */
export function withTwinMarks(
  cards: readonly NodeCardModel[],
  before: readonly NodeCardModel[],
  family: Family,
): NodeCardModel[] {
  const byId = new Map(before.map((card) => [card.id, card]));
  return cards.map((card) => {
    const other = byId.get(card.id);
    return other ? { ...card, twin: twinMark(card, other, family) } : card;
  });
}
