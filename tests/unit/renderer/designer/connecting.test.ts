import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { effectScope, ref, shallowRef } from 'vue';
import type { GraphDocument, GraphEdge, Position } from '@shared/graph/document';
import { applyEdit } from '@shared/graph/edit';
import { lower } from '@shared/network/lower';
import { draftWords } from '@renderer/designer/connect/draft-words';
import type { PortEnd } from '@renderer/designer/connect/port';
import { useConnecting, type Connecting } from '@renderer/designer/connect/use-connecting';
import { autoLayout } from '@renderer/designer/layout/auto-layout';
import { usePointer } from '@renderer/designer/state/use-pointer';
import { presetDocument, reluChain, twoBranches as design } from './sample-documents';

const FREE = { width: 860, height: 560 };

interface Stage {
  connecting: Connecting;
  document(): GraphDocument;
  /** The steps that were made, by their labels. */
  labels: string[];
  /** From where new connections were let go of in empty space. */
  spaces: PortEnd[];
}

/** Drawing over a design whose canvas of 4000 x 2000 begins at the top left of the window. */
function stage(start: GraphDocument): Stage {
  let document = start;
  const [labels, spaces]: [string[], PortEnd[]] = [[], []];
  const places = shallowRef<ReadonlyMap<string, Position>>(autoLayout(document, FREE));
  const viewport = shallowRef({ zoom: 1, x: 0, y: 0 });
  const pointer = usePointer(viewport, ref(FREE) as never);
  const canvas = { getBoundingClientRect: () => ({ left: 0, top: 0, right: 4000, bottom: 2000 }) };
  pointer.attach(canvas as HTMLElement);
  const connecting = effectScope().run(() =>
    useConnecting({
      context: () => ({ document, family: 'mcn', shapes: lower(document, 'mcn').shapes }),
      places,
      zoom: () => 1,
      pointer,
      apply: (edit) => {
        if (edit.kind === 'batch') labels.push(edit.label);
        document = applyEdit(document, edit).document;
      },
      droppedInSpace: (from) => {
        spaces.push(from);
      },
      reveal: () => undefined,
    }),
  )!;
  return { connecting, document: () => document, labels, spaces };
}

function pointerEvent(type: string, { x, y }: Position): PointerEvent {
  return Object.assign(new Event(type), { clientX: x, clientY: y, button: 0 }) as PointerEvent;
}

describe('drawing with the pointer', () => {
  const [SPACE, PANEL] = [
    { x: 2000, y: 1900 },
    { x: 4100, y: 300 },
  ];
  const moved = design.edges.find(({ id }) => id === 'input-wide')!;

  function pull({ connecting }: Stage, to: Position, edge: GraphEdge | null): void {
    connecting.grab(pointerEvent('pointerdown', { x: 0, y: 0 }), { node: 'input', port: null }, edge);
    window.dispatchEvent(pointerEvent('pointermove', to));
  }

  function drop(own: Stage, at: Position, edge: GraphEdge | null): void {
    pull(own, at, edge);
    window.dispatchEvent(pointerEvent('pointerup', at));
    expect(own.connecting.draft.value).toBeNull();
  }

  beforeEach(() => {
    vi.stubGlobal('window', new EventTarget());
  });
  afterEach(() => {
    vi.unstubAllGlobals();
  });

  it('disconnects what is pulled off into empty space, as one step, and says so before', () => {
    const own = stage(design);
    pull(own, SPACE, moved);
    expect(draftWords(design, own.connecting.draft.value!)?.text).toBe('Let go to disconnect.');
    drop(own, SPACE, moved);
    expect(own.labels).toEqual(['Disconnect']);
    expect(own.document().edges).toEqual(design.edges.filter(({ id }) => id !== moved.id));
    expect(own.spaces).toEqual([]);
  });

  it('asks for a layer where a new connection ends in empty space', () => {
    const own = stage(design);
    drop(own, SPACE, null);
    expect(own.spaces).toMatchObject([{ node: 'input', port: null }]);
    expect(own.labels).toEqual([]);
  });

  it('changes and asks nothing beside the canvas, nor when it is given up', () => {
    const own = stage(design);
    drop(own, PANEL, moved);
    drop(own, PANEL, null);
    pull(own, SPACE, moved);
    window.dispatchEvent(Object.assign(new Event('keydown'), { key: 'Escape' }));
    window.dispatchEvent(pointerEvent('pointerup', SPACE));
    expect([own.labels, own.spaces]).toEqual([[], []]);
    expect(own.document()).toBe(design);
  });
});

describe('drawing by keys', () => {
  it('goes through what may be connected, nearest first, round and round', () => {
    const { connecting } = stage(reluChain(7));
    expect(connecting.beginByKeys({ node: 'n2', port: null })).toBe(true);
    const aimed = (): string => connecting.draft.value!.aim!.node;
    const seen = [aimed()];
    for (const step of [1, 1, 1, -1, -1] as const) {
      connecting.turn(step);
      seen.push(aimed());
    }
    expect(seen).toEqual(['n4', 'n6', 'n5', 'n4', 'n5', 'n6']);
  });

  it('connects what is aimed at, and nothing when it is given up', () => {
    const { connecting, document } = stage(design);
    connecting.beginByKeys({ node: 'narrow', port: null });
    connecting.cancel();
    expect(document()).toBe(design);
    connecting.beginByKeys({ node: 'narrow', port: null });
    while (connecting.draft.value!.aim!.node !== 'wide') connecting.turn(1);
    expect(draftWords(design, connecting.draft.value!)).toEqual({
      text: 'Connect Narrow to Wide in place of Input: the input takes one connection.',
      refused: false,
    });
    connecting.finish();
    expect(connecting.draft.value).toBeNull();
    expect(document().edges.find(({ to }) => to === 'wide')?.from).toBe('narrow');
  });

  it('offers free inputs before those where a connection has to give way', () => {
    const chain = reluChain(7);
    const { connecting } = stage({ ...chain, edges: chain.edges.filter(({ to }) => to !== 'n6') });
    connecting.beginByKeys({ node: 'n1', port: null });
    expect(connecting.draft.value!.aim!.node).toBe('n6');
  });

  it('plugs an end of a connection in elsewhere, beginning with another place than its own', () => {
    const chain = reluChain(4);
    const open = { ...chain, edges: chain.edges.slice(0, 2) };
    const { connecting, document } = stage(open);
    const moved = open.edges[1]!;
    expect(connecting.beginByKeys({ node: moved.from, port: null }, moved)).toBe(true);
    expect(connecting.draft.value!.aim!.node).toBe('n3');
    connecting.finish();
    expect(document().edges.map(({ from, to }) => `${from}>${to}`)).toEqual(['n0>n1', 'n1>n3']);
    expect(document().edges).toHaveLength(2);
  });

  it('does not begin where nothing can be connected', () => {
    const tiny = presetDocument('mcn-mnist-tiny');
    expect(stage(tiny).connecting.beginByKeys({ node: 'output', port: null })).toBe(false);
    const alone = { ...design, nodes: design.nodes.slice(0, 1), edges: [] };
    expect(stage(alone).connecting.beginByKeys({ node: 'input', port: null })).toBe(false);
  });
});
