import cytoscape from 'cytoscape';
import type { Position } from '@shared/graph/document';
import type { Flow } from '@shared/graph/flow';
import { CARD_HEIGHT, CARD_WIDTH } from '../layout/card-size';
import { segmentsOf } from './segments';

/** The place of a card, or of the bar of a frame; the corner is its top left. */
export interface ViewNode {
  id: string;
  corner: Position;
  /** Absent: that of a card. Lines begin and end at cards only. */
  size?: { width: number; height: number };
}

/** A connection as it is to be drawn. */
export interface ViewEdge {
  id: string;
  from: string;
  to: string;
  points: readonly Position[];
  /** Touches the selection. */
  strong: boolean;
}

/** What part of the canvas is seen: rendered = model * zoom + (x, y), in CSS pixels of the container. */
export interface Viewport {
  zoom: number;
  x: number;
  y: number;
}

/** What a person does on the canvas. The view changes nothing but its viewport by itself. */
export interface Gestures {
  /** Pressed without moving; `additive` with Shift, Ctrl or Cmd held. */
  tap(node: string, additive: boolean): void;
  /** Pressed where no card is, at a place of the canvas. */
  tapBackground(at: Position, additive: boolean): void;
  doubleTapBackground(at: Position): void;
  /** Framed with Shift and drag. */
  frame(nodes: string[]): void;
  /** A held card has moved so far from where it was taken; called per frame at most. `free` with Alt held. */
  drag(node: string, by: Position, free: boolean): void;
  /** Let go of after a drag. */
  drop(): void;
  view(viewport: Viewport): void;
}

/** Colours as CSS text. */
export interface ViewColours {
  line: string;
  strong: string;
  accent: string;
}

const LEAST_ZOOM = 0.1;
const MOST_ZOOM = 2;
/** Cytoscape holds centres, documents hold corners. */
const HALF: Position = { x: CARD_WIDTH / 2, y: CARD_HEIGHT / 2 };

/** Cytoscape knows one space of names, a design two. */
const nodeKey = (id: string): string => `node:${id}`;
const edgeKey = (id: string): string => `edge:${id}`;

const CARD_SIZE = { width: CARD_WIDTH, height: CARD_HEIGHT };

function centre({ corner: { x, y }, size: { width, height } = CARD_SIZE }: ViewNode): Position {
  return { x: x + width / 2, y: y + height / 2 };
}

function sameNode(a: ViewNode, b: ViewNode): boolean {
  return (
    a.corner.x === b.corner.x &&
    a.corner.y === b.corner.y &&
    a.size?.width === b.size?.width &&
    a.size?.height === b.size?.height
  );
}

/** Lines that did not change keep their list of points; see keepRoutes. */
function sameEdge(a: ViewEdge, b: ViewEdge): boolean {
  return a.points === b.points && a.strong === b.strong && a.from === b.from && a.to === b.to;
}

function nodeOf(event: cytoscape.EventObject): string {
  return (event.target as cytoscape.NodeSingular).data('node') as string;
}

/** Where lines leave and reach cards, from their middles. */
const ENDPOINTS: Readonly<Record<Flow, { source: string; target: string }>> = {
  right: { source: `${HALF.x}px 0px`, target: `${-HALF.x}px 0px` },
  down: { source: `0px ${HALF.y}px`, target: `0px ${-HALF.y}px` },
};

function stylesheet(colours: ViewColours, flow: Flow): cytoscape.StylesheetJson {
  const endpoints = ENDPOINTS[flow];
  const invisible = { 'background-opacity': 0, 'overlay-opacity': 0, shape: 'rectangle' } as const;
  return [
    {
      selector: 'core',
      style: {
        'active-bg-opacity': 0,
        'selection-box-color': colours.accent,
        'selection-box-opacity': 0.12,
        'selection-box-border-color': colours.accent,
        'selection-box-border-width': 1,
      } as never,
    },
    { selector: 'node', style: { ...invisible, width: 'data(width)', height: 'data(height)' } },
    {
      selector: 'edge',
      style: {
        width: 1.5,
        'line-color': colours.line,
        'overlay-opacity': 0,
        events: 'no',
        'curve-style': 'straight',
        'source-endpoint': endpoints.source,
        'target-endpoint': endpoints.target,
      },
    },
    {
      selector: 'edge.bent',
      style: {
        'curve-style': 'round-segments',
        'edge-distances': 'endpoints',
        'segment-weights': 'data(weights)',
        'segment-distances': 'data(distances)',
        'segment-radii': [5],
      } as never,
    },
    { selector: 'edge.strong', style: { 'line-color': colours.strong, width: 2 } },
  ];
}

/**
 * The Cytoscape canvas below the cards: draws connections, tells which card is under the pointer, pans and zooms. It is shown the whole
 * design on every change and works out the difference; what people do comes out as {@link Gestures}. Owns its listeners and canvases
 * until disposed. The cards may be children of the container: their events reach it by bubbling.
 */
export class GraphView {
  readonly #core: cytoscape.Core;
  readonly #gestures: Gestures;
  /** What was shown last, by id. */
  readonly #nodes = new Map<string, ViewNode>();
  readonly #edges = new Map<string, ViewEdge>();
  #grabbed: { id: string; at: Position } | null = null;

  constructor(container: HTMLElement, gestures: Gestures, colours: ViewColours, flow: Flow) {
    this.#gestures = gestures;
    this.#core = cytoscape({
      container,
      minZoom: LEAST_ZOOM,
      maxZoom: MOST_ZOOM,
      autounselectify: true,
      boxSelectionEnabled: true,
      style: stylesheet(colours, flow),
    });
    this.#listen();
  }

  #listen(): void {
    const { tap, tapBackground, doubleTapBackground, frame, drag, drop, view } = this.#gestures;
    const core = this.#core;
    core.on('tap', (event) => {
      const keys = event.originalEvent;
      const additive = keys.shiftKey || keys.ctrlKey || keys.metaKey;
      if (event.target === core) tapBackground(event.position, additive);
      else tap(nodeOf(event), additive);
    });
    core.on('dbltap', (event) => {
      if (event.target === core) doubleTapBackground(event.position);
    });
    // The pointer tells how far a card was dragged: the card itself may be drawn to a line beside it.
    core.on('grab', 'node', (event) => {
      this.#grabbed = { id: nodeOf(event), at: { ...event.position } };
    });
    core.on('drag', 'node', (event) => {
      if (this.#grabbed?.id !== nodeOf(event)) return;
      const { x, y } = event.position;
      const by = { x: x - this.#grabbed.at.x, y: y - this.#grabbed.at.y };
      drag(this.#grabbed.id, by, event.originalEvent.altKey);
    });
    core.on('free', 'node', (event) => {
      this.#grabbed = null;
      this.#putBack(nodeOf(event));
    });
    core.on('dragfree', 'node', () => {
      drop();
    });
    const framed: string[] = [];
    core.on('boxend', () => {
      // The nodes inside are told one by one right after this event.
      queueMicrotask(() => {
        frame(framed.splice(0));
      });
    });
    core.on('box', 'node', (event) => {
      framed.push(nodeOf(event));
    });
    core.on('viewport', () => {
      view(this.viewport());
    });
  }

  /** The part of the canvas that is seen now. */
  viewport(): Viewport {
    return { zoom: this.#core.zoom(), ...this.#core.pan() };
  }

  /**
   * Brings the canvas in line with the design; what is shown already is left alone. Ids are unique, and connections lead to nodes that
   * are given.
   */
  show(nodes: readonly ViewNode[], edges: readonly ViewEdge[]): void {
    this.#core.batch(() => {
      this.#removeOthers(this.#edges, edges, edgeKey);
      this.#removeOthers(this.#nodes, nodes, nodeKey);
      for (const node of nodes) this.#showNode(node);
      for (const edge of edges) this.#showEdge(edge);
    });
  }

  /** Removes what is shown and not among `wanted`. */
  #removeOthers<T extends { id: string }>(
    shown: Map<string, T>,
    wanted: readonly T[],
    key: (id: string) => string,
  ): void {
    const ids = new Set(wanted.map(({ id }) => id));
    for (const id of shown.keys()) {
      if (ids.has(id)) continue;
      this.#core.getElementById(key(id)).remove();
      shown.delete(id);
    }
  }

  #showNode(node: ViewNode): void {
    const last = this.#nodes.get(node.id);
    if (last && sameNode(last, node)) return;
    this.#nodes.set(node.id, node);
    const key = nodeKey(node.id);
    const position = centre(node);
    const size = node.size ?? CARD_SIZE;
    if (!last) this.#core.add({ group: 'nodes', data: { id: key, node: node.id, ...size }, position });
    else this.#core.getElementById(key).data(size).position(position);
  }

  /** Where a card lies is for the design to say: Cytoscape's own idea of it ends with the gesture. */
  #putBack(node: string): void {
    const shown = this.#nodes.get(node);
    if (shown) this.#core.getElementById(nodeKey(node)).position(centre(shown));
  }

  #showEdge(item: ViewEdge): void {
    const last = this.#edges.get(item.id);
    if (last && sameEdge(last, item)) return;
    this.#edges.set(item.id, item);
    const key = edgeKey(item.id);
    const ends = { source: nodeKey(item.from), target: nodeKey(item.to) };
    const bends = segmentsOf(item.points);
    let edge: cytoscape.CollectionReturnValue = this.#core.getElementById(key);
    if (edge.nonempty() && (edge.data('source') !== ends.source || edge.data('target') !== ends.target)) {
      edge.remove();
      edge = this.#core.collection();
    }
    if (edge.empty()) edge = this.#core.add({ group: 'edges', data: { id: key, ...ends, ...bends } });
    else edge.data({ ...bends });
    edge.classes([...(item.points.length > 2 ? ['bent'] : []), ...(item.strong ? ['strong'] : [])]);
  }

  /** Takes over colours, as after a change of theme, and which way lines leave cards. */
  paint(colours: ViewColours, flow: Flow): void {
    this.#core.style(stylesheet(colours, flow));
  }

  /** Takes over the container's size after it changed. */
  resize(): void {
    this.#core.resize();
  }

  /** Shows another part of the canvas. */
  look({ zoom, x, y }: Viewport): void {
    this.#core.viewport({ zoom, pan: { x, y } });
  }

  /** Zooms by a factor around the middle of the container. */
  zoomBy(factor: number): void {
    const renderedPosition = { x: this.#core.width() / 2, y: this.#core.height() / 2 };
    this.#core.zoom({ level: this.#core.zoom() * factor, renderedPosition });
  }

  /** Removes everything Cytoscape made, its listeners included. */
  dispose(): void {
    this.#core.destroy();
  }
}
