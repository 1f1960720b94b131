import cytoscape from 'cytoscape';
import type { Position } from '@shared/graph/document';
import { whileHeld } from '../gestures/while-held';
import { CARD_HEIGHT, CARD_WIDTH } from '../layout/card-size';
import { LEAST_ZOOM, MOST_ZOOM } from './fit-viewport';
import { graphStyle } from './graph-style';

/** The place of a card, or of the bar of a frame; the corner is its top left. */
export interface ViewNode {
  id: string;
  corner: Position;
  /** Absent: that of a card. */
  size?: { width: number; height: number };
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
  doubleTap(node: string): void;
  /** A drag of a card or a frame has begun, or has ended. */
  hold(isHeld: boolean): void;
  /** Framed with Shift and drag. */
  frame(nodes: string[]): void;
  /** A card is held down; what follows is a tap or a drag. */
  take(node: string, additive: boolean): void;
  /** A held card has moved so far from where it was taken; called per frame at most. `free` with Alt held. */
  drag(node: string, by: Position, free: boolean): void;
  /** Let go of after a drag. */
  drop(): void;
  /** Given up after a drag: the cards go back. */
  putBack(): void;
  view(viewport: Viewport): void;
}

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

function nodeOf(event: cytoscape.EventObject): string {
  return (event.target as cytoscape.NodeSingular).id();
}

function isAdditive({ originalEvent: { shiftKey, ctrlKey, metaKey } }: cytoscape.EventObject): boolean {
  return shiftKey || ctrlKey || metaKey;
}

/**
 * The Cytoscape canvas below the cards: tells which card is under the pointer, frames and drags cards, pans and zooms. It draws nothing but
 * the frame; cards and connections are drawn over it. It is shown where all cards are on every change and works out the difference; what
 * people do comes out as {@link Gestures}. Owns its listeners and canvases until disposed. The cards may be children of the container:
 * their events reach it by bubbling.
 */
export class GraphView {
  readonly #core: cytoscape.Core;
  readonly #gestures: Gestures;
  /** What was shown last, by id. */
  readonly #nodes = new Map<string, ViewNode>();
  #grabbed: { id: string; at: Position } | null = null;
  #isGivenUp = false;
  /** Stops waiting for a drag or frame under way to be given up. */
  #release: (() => void) | null = null;

  /** @param accent colour of the frame as CSS text */
  constructor(container: HTMLElement, gestures: Gestures, accent: string) {
    this.#gestures = gestures;
    this.#core = cytoscape({
      container,
      minZoom: LEAST_ZOOM,
      maxZoom: MOST_ZOOM,
      autounselectify: true,
      boxSelectionEnabled: true,
      // Places come with the nodes; its own layout would look at them all.
      layout: { name: 'preset' },
      style: graphStyle(accent) as cytoscape.StylesheetJson,
    });
    this.#listen();
  }

  #listen(): void {
    const { tap, tapBackground, doubleTap, doubleTapBackground, frame, take, drag, drop, putBack, view } =
      this.#gestures;
    const core = this.#core;
    core.on('tap', (event) => {
      if (event.target === core) tapBackground(event.position, isAdditive(event));
      else tap(nodeOf(event), isAdditive(event));
    });
    core.on('dbltap', (event) => {
      if (event.target === core) doubleTapBackground(event.position);
      else doubleTap(nodeOf(event));
    });
    // The pointer tells how far a card was dragged: the card itself may be drawn to a line beside it.
    core.on('grab', 'node', (event) => {
      this.#grabbed = { id: nodeOf(event), at: { ...event.position } };
      take(nodeOf(event), isAdditive(event));
    });
    core.on('drag', 'node', (event) => {
      if (this.#grabbed?.id !== nodeOf(event)) return;
      this.#hold();
      const { x, y } = event.position;
      const by = { x: x - this.#grabbed.at.x, y: y - this.#grabbed.at.y };
      drag(this.#grabbed.id, by, event.originalEvent.altKey);
    });
    core.on('free', 'node', (event) => {
      this.#grabbed = null;
      this.#putBack(nodeOf(event));
    });
    core.on('dragfree', 'node', () => {
      this.#stopHolding();
      if (this.#isGivenUp) putBack();
      else drop();
    });
    core.on('boxstart', () => {
      this.#hold();
    });
    const framed: string[] = [];
    core.on('boxend', () => {
      this.#stopHolding();
      const isGivenUp = this.#isGivenUp;
      // The nodes inside are told one by one right after this event.
      queueMicrotask(() => {
        const inside = framed.splice(0);
        if (!isGivenUp) frame(inside);
      });
    });
    core.on('box', 'node', (event) => {
      framed.push(nodeOf(event));
    });
    core.on('viewport', () => {
      view(this.viewport());
    });
  }

  /** From here to its end the drag or frame under way can be given up. */
  #hold(): void {
    if (this.#release) return;
    this.#release = whileHeld(() => {
      this.#giveUp();
    });
    this.#gestures.hold(true);
  }

  #stopHolding(): void {
    if (!this.#release) return;
    this.#release();
    this.#release = null;
    this.#gestures.hold(false);
  }

  /** Cytoscape ends a gesture only when it hears that the button is released; what the hand does until then, it no longer follows. */
  #giveUp(): void {
    this.#isGivenUp = true;
    window.dispatchEvent(new MouseEvent('mouseup'));
    this.#isGivenUp = false;
  }

  /** The part of the canvas that is seen now. */
  viewport(): Viewport {
    return { zoom: this.#core.zoom(), ...this.#core.pan() };
  }

  /** Brings the canvas in line with the design; what is shown already is left alone. Ids are unique. */
  show(nodes: readonly ViewNode[]): void {
    this.#core.batch(() => {
      const ids = new Set(nodes.map(({ id }) => id));
      for (const id of this.#nodes.keys()) if (!ids.has(id)) this.#remove(id);
      // All at once: one by one, thousands of elements take seconds.
      const added: cytoscape.ElementDefinition[] = [];
      for (const node of nodes) this.#showNode(node, added);
      this.#core.add(added);
    });
  }

  #remove(id: string): void {
    this.#core.getElementById(id).remove();
    this.#nodes.delete(id);
  }

  #showNode(node: ViewNode, added: cytoscape.ElementDefinition[]): void {
    const { id } = node;
    const last = this.#nodes.get(id);
    if (last && sameNode(last, node)) return;
    this.#nodes.set(id, node);
    const position = centre(node);
    const size = node.size ?? CARD_SIZE;
    if (!last) added.push({ group: 'nodes', data: { id, ...size }, position });
    else this.#core.getElementById(id).data(size).position(position);
  }

  /** Where a card lies is for the design to say: Cytoscape's own idea of it ends with the gesture. */
  #putBack(id: string): void {
    const shown = this.#nodes.get(id);
    if (shown) this.#core.getElementById(id).position(centre(shown));
  }

  /** Takes over the colour of the frame, as after a change of theme. */
  paint(accent: string): void {
    this.#core.style(graphStyle(accent) as cytoscape.StylesheetJson);
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
    this.#stopHolding();
    this.#core.destroy();
  }
}
