import type { GraphEdge } from '@shared/graph/document';
import { shapeText } from '@shared/ops/shape';
import { formatBytes } from '@shared/words/format-bytes';
import { cardHeat } from '../cards/card-heat';
import { cardLabel } from '../cards/card-label';
import type { NodeCardModel } from '../cards/node-card';
import { connectionLabel } from '../edges/connection-facts';
import type { Designer } from '../state/use-designer';
import type { OutlineRow } from './outline-rows';

/** What a row of the outline shows and says. */
export interface RowWords {
  name: string;
  /** What it is and, where it is not the row before, what it reads. */
  note: string;
  shape: string;
  figure: string;
  /** CSS text of the mark before the name; null: none. */
  colour: string | null;
  mark: NodeCardModel['mark'];
  /** All of it for screen readers. */
  label: string;
}

function connectionWords(designer: Designer, edge: GraphEdge): RowWords {
  const facts = designer.connectionFacts(edge);
  return {
    name: `from ${facts.from}`,
    note: facts.input ?? 'connection',
    shape: facts.shape ? shapeText(facts.shape) : '?',
    figure: facts.bytes === null ? '' : formatBytes(facts.bytes),
    colour: null,
    mark: null,
    label: connectionLabel(facts),
  };
}

function nodeWords(designer: Designer, card: NodeCardModel, sources: readonly string[]): RowWords {
  const scale = designer.heat.value;
  const heat = scale && cardHeat(scale, card.id);
  const reads = sources.map((id) => designer.cardOf(id)?.name ?? id);
  // A name that tells the type leaves room for what the layer does.
  const told = card.form === 'group' || card.name.includes(card.typeLabel);
  const kind = told ? card.summary : card.typeLabel;
  return {
    name: card.name,
    note: reads.length > 0 ? `${kind} · from ${reads.join(', ')}` : kind,
    shape: card.shape ? shapeText(card.shape) : '',
    figure: heat ? heat.figure || 'none' : card.cost ? formatBytes(card.cost.storedBytes) : '',
    colour: heat?.colour ?? `var(--role-${card.role})`,
    mark: card.mark,
    label: reads.length > 0 ? `${cardLabel(card)}, reads ${reads.join(' and ')}` : cardLabel(card),
  };
}

/** The words of a row; null when what it stands for is gone. */
export function rowWords(designer: Designer, { kind, id, sources }: OutlineRow): RowWords | null {
  if (kind === 'node') {
    const card = designer.cardOf(id);
    return card ? nodeWords(designer, card, sources) : null;
  }
  const edge = designer.document.value.edges.find((other) => other.id === id);
  return edge ? connectionWords(designer, edge) : null;
}
