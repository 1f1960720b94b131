import type { ComputedRef } from 'vue';
import type { GraphDocument, Position } from '@shared/graph/document';
import type { Edit } from '@shared/graph/edit';
import { flowOf } from '@shared/graph/flow';
import { portOffset } from '../connect/port';
import { addNodeAt } from '../edits/add-node-at';
import { insertIntoEdge } from '../edits/insert-into-edge';
import { insertNode, type Insertion } from '../edits/insert-node';
import { replaceNodes, replacementTypes } from '../edits/replace-nodes';
import { CARD_HEIGHT, CARD_WIDTH } from '../layout/card-size';
import { seenBounds } from '../canvas/fit-viewport';
import { freePlace } from '../layout/free-place';
import { usePaletteDrag, type PaletteDragging } from '../palette/use-palette-drag';
import { useQuickAdd, type QuickAdd, type QuickAddCall } from '../quick-add/use-quick-add';
import type { EdgeSelection } from './use-edge-selection';
import type { Placement } from './use-placement';
import type { CanvasPointer } from './use-pointer';
import type { Selection } from './use-selection';
import type { ViewportState } from './use-viewport';

/** The ways in which layers are added. */
export interface Adding {
  quickAdd: QuickAdd;
  paletteDrag: PaletteDragging;
  /** Adds a layer behind the one selected layer, or unconnected. */
  insert(type: string): void;
  /** Opens the list of layers: behind the one selected layer, for the one selected connection, or else where the pointer is. */
  callQuickAdd(query: string): void;
  /** Opens the list of layers that could take the place of the selected ones. */
  callReplace(): void;
  /** Why the selected layers cannot be replaced; null: they can. */
  replaceReason(): string | null;
  /** Adds the layer chosen from the open list where that was called, and closes it. */
  addChosen(type: string): void;
  /** Adds the layer dragged from the palette where it is let go of: into the connection there, or standing alone. */
  addDragged(): void;
}

/** What adding needs to know and to do. */
export interface AddingHost {
  document: ComputedRef<GraphDocument>;
  selection: Selection;
  edges: EdgeSelection;
  placement: Placement;
  viewport: ViewportState;
  pointer: CanvasPointer;
  /** The lines that stand for a connection. */
  linesOf(edge: string): readonly string[];
  apply(edit: Edit): void;
  /** Selects a node and brings it into sight. */
  select(node: string): void;
  /** Gives the keyboard to the canvas. */
  callCanvas(): void;
}

/** Adds layers to a design; each is selected when it is there. */
export function useAdding(host: AddingHost): Adding {
  const { document, selection, edges, placement, viewport, pointer } = host;
  const quickAdd = useQuickAdd();
  const paletteDrag = usePaletteDrag(freeCorner);

  function take({ edit, node }: Insertion): void {
    host.apply(edit);
    host.select(node);
  }

  function onlySelected(): string | null {
    return selection.ids.value.length === 1 ? selection.ids.value[0]! : null;
  }

  /** Top left corner near a wanted one, in sight if there is one, where a card covers no other. */
  function freeCorner(wanted: Position): Position {
    const seen = seenBounds(viewport.viewport.value, viewport.canvas.value);
    return freePlace(wanted, [...placement.places.value.values()], seen);
  }

  function insert(type: string): void {
    take(insertNode(document.value, type, onlySelected(), placement.places.value));
  }

  function insertInto(type: string, edge: string, corner: Position): void {
    take(insertIntoEdge(document.value, type, edge, freeCorner(corner)));
  }

  function replaceReason(): string | null {
    if (selection.ids.value.length === 0) return 'No layer is selected.';
    const types = replacementTypes(document.value, selection.ids.value);
    return types.size > 0 ? null : 'No other layer type can keep these connections.';
  }

  function callReplace(): void {
    const nodes = selection.ids.value;
    const types = replacementTypes(document.value, nodes);
    const place = placement.places.value.get(nodes[0] ?? '');
    const at = place ? { x: place.x, y: place.y + CARD_HEIGHT } : pointer.middle();
    quickAdd.open({ at, into: { kind: 'replace', nodes, types }, query: '' });
  }

  function addAt(type: string, { at, into }: QuickAddCall): void {
    if (into.kind === 'layout') {
      insert(type);
      return;
    }
    if (into.kind === 'replace') {
      const { edit, nodes } = replaceNodes(document.value, into.nodes, type);
      host.apply(edit);
      selection.replace(nodes);
      return;
    }
    const from = into.kind === 'end' ? into.from : null;
    // What was let go of is where the card's port will be; otherwise its middle.
    const along = from === null ? 1 / 2 : from.port === null ? 0 : 1;
    const [x, y] = flowOf(document.value) === 'down' ? [1 / 2, along] : [along, 1 / 2];
    const corner = { x: at.x - x * CARD_WIDTH, y: at.y - y * CARD_HEIGHT };
    if (into.kind === 'edge') insertInto(type, into.edge, corner);
    else {
      viewport.hold();
      take(addNodeAt(document.value, type, freeCorner(corner), from, placement.places.value));
    }
  }

  function quickAddPlace(): Omit<QuickAddCall, 'query'> {
    const place = placement.places.value.get(onlySelected() ?? '');
    if (place) {
      const { x, y } = portOffset(null, [], flowOf(document.value));
      return { at: { x: place.x + x, y: place.y + y }, into: { kind: 'layout' } };
    }
    const [edge, ...others] = edges.ids.value;
    if (edge !== undefined && others.length === 0) {
      const [drawn] = host.linesOf(edge);
      const line = placement.edges.value.find(({ id }) => id === drawn);
      return { at: line?.label ?? pointer.middle(), into: { kind: 'edge', edge } };
    }
    const at = pointer.at.value;
    return at ? { at, into: { kind: 'place' } } : { at: pointer.middle(), into: { kind: 'layout' } };
  }

  return {
    quickAdd,
    paletteDrag,
    insert,
    callQuickAdd: (query) => {
      quickAdd.open({ ...quickAddPlace(), query });
    },
    callReplace,
    replaceReason,
    addChosen: (type) => {
      const call = quickAdd.call.value;
      quickAdd.close();
      host.callCanvas();
      if (call) addAt(type, call);
    },
    addDragged: () => {
      const dragged = paletteDrag.drag.value;
      paletteDrag.end();
      if (!dragged?.corner) return;
      const { type, corner, edge } = dragged;
      viewport.hold();
      if (edge !== null) insertInto(type, edge, corner);
      else take(addNodeAt(document.value, type, corner, null, placement.places.value));
      host.callCanvas();
    },
  };
}
