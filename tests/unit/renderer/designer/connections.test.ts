import { describe, expect, it } from 'vitest';
import { computed, effectScope, shallowRef } from 'vue';
import type { GraphDocument } from '@shared/graph/document';
import { lower } from '@shared/network/lower';
import { connectionFacts, connectionLabel } from '@renderer/designer/edges/connection-facts';
import { connectionsAt } from '@renderer/designer/edges/connections-at';
import { useConnectionSteps } from '@renderer/designer/state/use-connection-steps';
import { useEdgeSelection } from '@renderer/designer/state/use-edge-selection';
import { useSelection } from '@renderer/designer/state/use-selection';
import { shownOf, withGroup } from './grouped-documents';
import { presetDocument } from './sample-documents';

const mnist = presetDocument('mcn-mnist-tiny');

/** The preset with a second way past mc2, merged behind it. */
function branched(): GraphDocument {
  const add = { id: 'add', type: 'add', name: 'Add', fields: {} };
  const edges = mnist.edges.flatMap((edge) =>
    edge.from === 'mc2'
      ? [
          { id: 'mc2-add', from: 'mc2', to: 'add', port: 'in' },
          { id: 'pool1-add', from: 'pool1', to: 'add', port: 'in' },
          { id: 'add-pool2', from: 'add', to: edge.to, port: 'in' },
        ]
      : [edge],
  );
  return { ...mnist, nodes: [...mnist.nodes, add], edges };
}

function stage(start: GraphDocument) {
  const document = shallowRef(start);
  const now = computed(() => document.value);
  const standIn = (id: string): string | null => shownOf(document.value).standIn(id);
  return effectScope().run(() => {
    const selection = useSelection(now, standIn);
    const edges = useEdgeSelection(now, selection);
    const steps = useConnectionSteps({
      document: now,
      selection,
      edges,
      standIn,
      select: (node) => {
        selection.pick(standIn(node)!);
      },
      reveal: () => undefined,
    });
    return { document, selection, edges, steps };
  })!;
}

describe('connections at a card', () => {
  it('are those into and out of a layer, and those that cross the frame of a group', () => {
    expect(connectionsAt(branched(), 'add')).toEqual({ in: ['mc2-add', 'pool1-add'], out: ['add-pool2'] });
    const grouped = withGroup(branched(), 'g', ['mc2', 'add']);
    expect(connectionsAt(grouped, 'g')).toEqual({ in: ['pool1-mc2', 'pool1-add'], out: ['add-pool2'] });
  });

  it('say from where to where, what runs along them, and which of several inputs they are', () => {
    const document = branched();
    const { shapes } = lower(mnist, 'mcn');
    const facts = (id: string) =>
      connectionFacts(
        document,
        document.edges.find((edge) => edge.id === id)!,
        shapes,
      );
    expect(facts('pool1-mc2')).toMatchObject({
      input: null,
      shape: [16, 16, 40],
      values: 10_240,
      bytes: 40_960,
    });
    expect(facts('pool1-add').input).toBe('input 2 of 2');
    expect(facts('add-pool2')).toMatchObject({ shape: null, values: null, bytes: null });
    expect(connectionLabel(facts('pool1-add'))).toMatch(
      /^Connection from .* to Add, input 2 of 2, 16×16×40, 10.2 k values, 41.0 kB/,
    );
    expect(connectionLabel(facts('add-pool2'))).toContain('not known');
  });
});

describe('the keyboard', () => {
  it('goes from a card through its connections in a circle, and along one to the next card', () => {
    const { selection, edges, steps } = stage(branched());
    selection.pick('add');
    steps.go('in');
    expect([edges.ids.value, selection.ids.value, selection.cursor.value]).toEqual([['mc2-add'], [], 'add']);
    steps.go('in');
    expect(edges.cursor.value).toBe('pool1-add');
    steps.turn(1);
    expect(edges.cursor.value).toBe('mc2-add');
    steps.turn(-1);
    expect(edges.cursor.value).toBe('pool1-add');
    steps.go('out');
    expect(edges.cursor.value).toBe('add-pool2');
    steps.leave('to');
    expect([selection.ids.value, edges.cursor.value]).toEqual([['pool2'], null]);
    steps.go('in');
    steps.leave('from');
    expect(selection.ids.value).toEqual(['add']);
  });

  it('takes the layer at the end of a connection that was selected otherwise', () => {
    const { selection, edges, steps } = stage(branched());
    selection.pick('input');
    edges.pick('pool1-add');
    steps.turn(1);
    expect([edges.cursor.value, selection.cursor.value]).toEqual(['mc2-add', 'add']);
  });

  it('is told where there is no connection, and stands at the card when the connection goes', () => {
    const { document, selection, edges, steps } = stage(mnist);
    selection.pick('input');
    expect(steps.goReason('in')).toBe('Nothing leads to it.');
    expect(steps.goReason('out')).toBeNull();
    expect(steps.leaveReason()).not.toBeNull();
    steps.go('out');
    document.value = { ...mnist, edges: mnist.edges.filter(({ id }) => id !== edges.cursor.value) };
    expect([edges.cursor.value, selection.cursor.value]).toEqual([null, 'input']);
    expect(steps.goReason('out')).toBe('It leads nowhere.');
  });

  it('enters and leaves a closed group by what crosses its frame', () => {
    const { selection, edges, steps } = stage(withGroup(mnist, 'g', ['mc2', 'pool2']));
    selection.pick('g');
    steps.go('out');
    expect(edges.cursor.value).toBe('pool2-mc3');
    steps.leave('from');
    expect(selection.ids.value).toEqual(['g']);
  });
});
