import { onScopeDispose, shallowRef, type Ref, type ShallowRef } from 'vue';
import type { GraphEdge, Position } from '@shared/graph/document';
import type { Edit } from '@shared/graph/edit';
import { flowOf } from '@shared/graph/flow';
import { connect } from '../edits/connect';
import { disconnect } from '../edits/disconnect';
import { whileHeld } from '../gestures/while-held';
import type { CanvasPointer } from '../state/use-pointer';
import { aimedPort, MAGNET } from './aimed-port';
import { connectionTargets, type ConnectContext, type Verdict } from './connection-targets';
import { placedPorts, portKey, type PlacedPort, type PortEnd } from './port';

/** A press that moves less than this, in CSS pixels of the screen, is no drag: ports of neighbours lie near each other. */
const DRAG = 4;

/** A connection in the making. */
export interface Draft {
  /** The end that stays, and where it is. */
  from: PlacedPort;
  /** The connection whose other end is plugged in anew; null: this is a new one. */
  moved: GraphEdge | null;
  /** Every port at which it might end. */
  ports: readonly PlacedPort[];
  verdicts: ReadonlyMap<string, Verdict>;
  /** Nodes at which it may end. */
  open: ReadonlySet<string>;
  /** Where the loose end is. */
  at: Position;
  /** The port that is aimed at, be it allowed or not. */
  aim: PlacedPort | null;
  /** Drawn by keys: the loose end goes from port to port. */
  byKeys: boolean;
}

/** What drawing a connection needs to know and to do. */
export interface ConnectingHost {
  context(): ConnectContext;
  places: Readonly<Ref<ReadonlyMap<string, Position>>>;
  zoom(): number;
  pointer: CanvasPointer;
  apply(edit: Edit): void;
  /** The loose end of a new connection was let go of in empty space. */
  droppedInSpace(from: PortEnd, at: Position): void;
  /** Brings a node into sight. */
  reveal(node: string): void;
}

/** Drawing of connections, with the pointer or by keys. */
export interface Connecting {
  draft: Readonly<ShallowRef<Draft | null>>;
  /**
   * Follows the pointer that was pressed at a port, or at the end of a connection that is to be moved, until it lets go: at a port to
   * connect, in empty space to disconnect or to ask for a layer, beside the canvas to leave everything as it is.
   */
  grab(event: PointerEvent, from: PortEnd, moved?: GraphEdge | null): void;
  /** Begins at a port, with a connection whose other end is to be moved or a new one; false when it can end nowhere else. */
  beginByKeys(from: PortEnd, moved?: GraphEdge): boolean;
  /** Aims at the next possible target, or at the one before. */
  turn(step: 1 | -1): void;
  /** Connects to what is aimed at, if that may be. */
  finish(): void;
  cancel(): void;
}

function verdictOf(draft: Draft): Verdict | undefined {
  return draft.aim ? draft.verdicts.get(portKey(draft.aim)) : undefined;
}

/** Possible targets of a draft: those where nothing has to give way before the others, the nearest first. */
function choices(draft: Draft): PlacedPort[] {
  const distance = ({ at }: PlacedPort): number => Math.hypot(at.x - draft.from.at.x, at.y - draft.from.at.y);
  const taken = (port: PlacedPort): number => (draft.verdicts.get(portKey(port))!.replaces ? 1 : 0);
  return draft.ports
    .filter((port) => draft.verdicts.get(portKey(port))!.refusal === null)
    .sort((a, b) => taken(a) - taken(b) || distance(a) - distance(b));
}

/** Whether a port is one of the ends of a connection. */
function isAt({ node, port }: PortEnd, edge: GraphEdge | undefined): boolean {
  return port === null ? node === edge?.from : node === edge?.to && port === edge.port;
}

/** The state of drawing connections over a design. */
export function useConnecting(host: ConnectingHost): Connecting {
  const draft = shallowRef<Draft | null>(null);
  let stopListening: (() => void) | null = null;

  function begin(from: PortEnd, moved: GraphEdge | null, byKeys: boolean): Draft | null {
    const context = host.context();
    const { document } = context;
    const others = { ...document, edges: document.edges.filter((edge) => edge !== moved) };
    const verdicts = connectionTargets({ ...context, document: others }, from);
    const ports = document.nodes.flatMap((node) => {
      const corner = host.places.value.get(node.id);
      return corner ? placedPorts(node, corner, flowOf(document)) : [];
    });
    const start = ports.find((port) => portKey(port) === portKey(from));
    if (!start) return null;
    const ends = ports.filter((port) => verdicts.has(portKey(port)));
    const open = new Set(
      ends.filter((port) => verdicts.get(portKey(port))!.refusal === null).map(({ node }) => node),
    );
    return { from: start, moved, ports: ends, verdicts, open, at: start.at, aim: null, byKeys };
  }

  function follow(event: PointerEvent): void {
    if (!draft.value) return;
    const at = host.pointer.toCanvas(event);
    const { ports, verdicts } = draft.value;
    draft.value = { ...draft.value, at, aim: aimedPort(ports, verdicts, at, MAGNET / host.zoom()) };
  }

  function cancel(): void {
    stopListening?.();
    stopListening = null;
    draft.value = null;
  }

  function finish(): void {
    const done = draft.value;
    cancel();
    if (!done?.aim || verdictOf(done)?.refusal !== null) return;
    const [output, input] = done.from.port === null ? [done.from, done.aim] : [done.aim, done.from];
    const wanted = { from: output.node, to: input.node, port: input.port! };
    const edit = connect(host.context().document, wanted, done.moved);
    if (edit) host.apply(edit);
  }

  function letGo(event: PointerEvent, pressedAt: Position): void {
    follow(event);
    const done = draft.value;
    if (!done) return;
    const way = Math.hypot(done.at.x - pressedAt.x, done.at.y - pressedAt.y);
    if (way * host.zoom() < DRAG || !host.pointer.isOnCanvas(event)) cancel();
    else if (done.aim) finish();
    else {
      cancel();
      if (done.moved) host.apply(disconnect([done.moved.id])!);
      else host.droppedInSpace(done.from, done.at);
    }
  }

  function listen(pressedAt: Position): void {
    const whileDrawing = new AbortController();
    const { signal } = whileDrawing;
    const release = whileHeld(cancel);
    stopListening = () => {
      release();
      whileDrawing.abort();
    };
    window.addEventListener('pointermove', follow, { signal });
    window.addEventListener(
      'pointerup',
      (event) => {
        letGo(event, pressedAt);
      },
      { signal },
    );
    window.addEventListener('pointercancel', cancel, { signal });
  }

  onScopeDispose(cancel);

  return {
    draft,
    grab: (event, from, moved = null) => {
      cancel();
      if (event.button !== 0) return;
      draft.value = begin(from, moved, false);
      if (!draft.value) return;
      listen(host.pointer.toCanvas(event));
      follow(event);
    },
    beginByKeys: (from, moved) => {
      cancel();
      const begun = begin(from, moved ?? null, true);
      const aim = begun && choices(begun).find((port) => !isAt(port, moved));
      if (!aim) return false;
      draft.value = { ...begun, aim, at: aim.at };
      host.reveal(aim.node);
      return true;
    },
    turn: (step) => {
      if (!draft.value) return;
      const all = choices(draft.value);
      const now = all.findIndex((port) => draft.value!.aim && portKey(port) === portKey(draft.value!.aim));
      const aim = all.at((now + step) % all.length)!;
      draft.value = { ...draft.value, aim, at: aim.at };
      host.reveal(aim.node);
    },
    finish,
    cancel,
  };
}
