import type { Position } from '@shared/graph/document';
import type { Edit } from '@shared/graph/edit';
import type { Selection } from '../state/use-selection';
import type { ViewportState } from '../state/use-viewport';
import type { CardDrag } from './use-card-drag';

/** What a hand does with a card. */
export interface CardGestures {
  /** Selects a card that is held down, unless it may be held to drag the selection or to add to it. */
  take(card: string, additive: boolean): void;
  /** Drags a card, with it the selection if it is part of it. */
  drag(card: string, by: Position, free: boolean): void;
  /** Lets go and keeps the new places. */
  drop(): void;
  /** Lets go, with the cards back where they were. */
  putBack(): void;
}

/** What gestures act on. */
export interface Touched {
  selection: Selection;
  viewport: ViewportState;
  cardDrag: CardDrag;
  /** The node of the design that stands for something on the canvas. */
  standIn(id: string): string | null;
  apply(edit: Edit): void;
}

export function cardGestures({ selection, viewport, cardDrag, standIn, apply }: Touched): CardGestures {
  const ownerOf = (card: string): string => standIn(card) ?? card;

  function select(node: string): void {
    if (!selection.set.value.has(node)) selection.pick(node);
  }

  return {
    take: (card, additive) => {
      if (!additive) select(ownerOf(card));
    },
    drag: (card, by, free) => {
      select(ownerOf(card));
      viewport.hold();
      cardDrag.drag(selection.set.value, by, free);
    },
    drop: () => {
      const edit = cardDrag.drop();
      if (edit) apply(edit);
    },
    putBack: cardDrag.putBack,
  };
}
