import type { ComputedRef } from 'vue';
import type { GraphDocument } from '@shared/graph/document';
import { StudioError } from '@shared/problem';
import type { EdgeSelection } from '../state/use-edge-selection';
import type { Selection } from '../state/use-selection';
import type { Connecting } from './use-connecting';

/** Drawing of connections without a pointer. */
export interface KeyConnecting {
  /** Begins a connection at the one selected layer. @throws StudioError connect-nowhere when there is no input for it */
  connectByKeys(): void;
  /** Takes up an end of the selected connection, to be plugged in elsewhere. @throws StudioError connect-nowhere when it fits nowhere else */
  replugByKeys(end: 'from' | 'to'): void;
}

/** What it needs to know and to do. */
export interface KeyConnectingHost {
  document: ComputedRef<GraphDocument>;
  selection: Selection;
  edges: EdgeSelection;
  connecting: Connecting;
  /** Gives the keyboard to the canvas. */
  callCanvas(): void;
}

function nowhere(message: string, fix: string): StudioError {
  return new StudioError({ code: 'connect-nowhere', message, fix });
}

/** Begins drawings that the keys of the canvas go on with. */
export function useKeyConnecting(host: KeyConnectingHost): KeyConnecting {
  const { document, selection, edges, connecting } = host;
  return {
    connectByKeys: () => {
      const node = document.value.nodes.find(({ id }) => id === selection.ids.value[0]);
      if (!node) return;
      if (!connecting.beginByKeys({ node: node.id, port: null })) {
        throw nowhere(`There is no input that ${node.name} could lead to.`, 'Add a layer behind it.');
      }
      host.callCanvas();
    },
    replugByKeys: (end) => {
      const edge = document.value.edges.find(({ id }) => id === edges.cursor.value);
      if (!edge) return;
      const stays = end === 'from' ? { node: edge.to, port: edge.port } : { node: edge.from, port: null };
      if (!connecting.beginByKeys(stays, edge)) {
        const what = end === 'from' ? 'no other output fits' : 'it fits no other input';
        throw nowhere(`There is nowhere else for this end: ${what}.`, 'Add a layer first.');
      }
      host.callCanvas();
    },
  };
}
