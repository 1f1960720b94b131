import type { ComputedRef } from 'vue';
import type { GraphDocument, GraphEdge } from '@shared/graph/document';
import { connectionsAt, type Side } from '../edges/connections-at';
import type { EdgeSelection } from './use-edge-selection';
import type { Selection } from './use-selection';

/** Ways of the keyboard from cards to their connections, among these, and along them. */
export interface ConnectionSteps {
  /** Selects the first connection on a side of the card that the keyboard is at; again, the next one there. */
  go(side: Side): void;
  /** Why there is none; null: there is. */
  goReason(side: Side): string | null;
  /** Selects the next connection, or the one before, on the same side of the same card. */
  turn(step: 1 | -1): void;
  /** Selects the layer at an end of the selected connection. */
  leave(end: 'from' | 'to'): void;
  leaveReason(): string | null;
}

/** What the steps need to know and to do. */
export interface ConnectionStepsHost {
  document: ComputedRef<GraphDocument>;
  selection: Selection;
  edges: EdgeSelection;
  /** What stands on the canvas for a node. */
  standIn(id: string): string | null;
  /** Selects a node and brings it into sight. */
  select(node: string): void;
  reveal(node: string): void;
}

/** Steps over the connections of a design. */
export function useConnectionSteps(host: ConnectionStepsHost): ConnectionSteps {
  const { document, selection, edges } = host;

  function current(): GraphEdge | null {
    return document.value.edges.find(({ id }) => id === edges.cursor.value) ?? null;
  }

  /** The card whose connections are stepped through. */
  function anchor(): string | null {
    const card = selection.cursor.value;
    const edge = current();
    if (!edge) return card;
    const around = card === null ? null : connectionsAt(document.value, card);
    const atCard = around && [...around.in, ...around.out].includes(edge.id);
    return atCard ? card : host.standIn(edge.to);
  }

  function around(side: Side): readonly string[] {
    const card = anchor();
    return card === null ? [] : connectionsAt(document.value, card)[side];
  }

  function pick(id: string): void {
    const card = anchor();
    const edge = document.value.edges.find((other) => other.id === id)!;
    edges.pick(id);
    if (card !== null) selection.moveCursor(card);
    for (const end of [edge.from, edge.to]) {
      const shown = host.standIn(end);
      if (shown !== null) host.reveal(shown);
    }
  }

  function turnIn(all: readonly string[], step: number): void {
    const at = all.indexOf(edges.cursor.value ?? '');
    const next = all[(at + step + all.length) % all.length];
    if (next !== undefined) pick(next);
  }

  return {
    go: (side) => {
      turnIn(around(side), 1);
    },
    goReason: (side) => {
      if (anchor() === null) return 'The design has no layers.';
      if (around(side).length > 0) return null;
      return side === 'in' ? 'Nothing leads to it.' : 'It leads nowhere.';
    },
    turn: (step) => {
      const id = edges.cursor.value;
      const side = id !== null && around('in').includes(id) ? 'in' : 'out';
      turnIn(around(side), step);
    },
    leave: (end) => {
      const edge = current();
      if (edge) host.select(edge[end]);
    },
    leaveReason: () => (current() ? null : 'No connection is selected.'),
  };
}
