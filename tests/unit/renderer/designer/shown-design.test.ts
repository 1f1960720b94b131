import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { FAMILIES } from '@shared/graph/family';
import { groupTree, isGroup } from '@shared/graph/groups';
import { lower } from '@shared/network/lower';
import { presets } from '@shared/network/presets';
import { addCosts, profile } from '@shared/network/profile';
import { groupCards } from '@renderer/designer/cards/group-card';
import { nodeCards, type CardContext } from '@renderer/designer/cards/node-card';
import { partCard } from '@renderer/designer/cards/part-card';
import { anyGrouped, opened, shownOf, withGroup } from './grouped-documents';
import { presetDocument } from './sample-documents';

const mnist = presetDocument('mcn-mnist-tiny');
const middle = ['mc2', 'pool2', 'mc3'];

function linesOf({ graph }: ReturnType<typeof shownOf>): string[] {
  return graph.edges.map(({ from, to }) => `${from}>${to}`);
}

function contextOf(document: CardContext['document'], family: CardContext['family'] = 'mcn'): CardContext {
  const lowered = lower(document, family);
  const costs = profile({ nodes: lowered.layers });
  return { document, family, lowered, costs, problems: lowered.problems };
}

describe('a design without groups', () => {
  it('is shown as it is', () => {
    for (const { document } of presets) {
      expect(shownOf(document).graph).toEqual(document);
    }
  });
});

describe('a group', () => {
  it('is one card when it is closed, with the lines of what is inside', () => {
    const shown = shownOf(withGroup(mnist, 'g', middle));
    expect(shown.graph.nodes.map(({ id }) => id)).not.toContain('mc2');
    expect(linesOf(shown).slice(0, 5)).toEqual(['input>mc1', 'mc1>pool1', 'pool1>g', 'g>pool3', 'pool3>mc4']);
    expect(shown.standIn('mc3')).toBe('g');
    expect(shown.standIn('mc4')).toBe('mc4');
    const onward = shown.graph.edges.find(({ from }) => from === 'g')!;
    expect(shown.outputs.get(onward.id)).toBe('mc3');
  });

  it('is a frame around what is inside when it is open', () => {
    const shown = shownOf(withGroup(mnist, 'g', middle, { open: true }));
    expect(linesOf(shown)).toEqual(linesOf(shownOf(mnist)));
    const inside = shown.graph.nodes.filter(({ parent }) => parent === 'g').map(({ id }) => id);
    expect(inside).toEqual(middle);
  });

  it('hides what lies in groups inside it, open or not', () => {
    const inner = withGroup(mnist, 'h', ['mc2', 'pool2'], { open: true });
    const document = withGroup(inner, 'g', ['h', 'mc3']);
    expect(shownOf(document).standIn('mc2')).toBe('g');
    expect(shownOf(opened(document, 'g')).standIn('mc2')).toBe('mc2');
  });

  it('draws one line where several connections join it with the same card', () => {
    const skip = { id: 'skip', from: 'pool1', to: 'mc3', port: 'in' };
    const document = withGroup({ ...mnist, edges: [...mnist.edges, skip] }, 'g', middle);
    expect(linesOf(shownOf(document)).filter((line) => line === 'pool1>g')).toHaveLength(1);
  });

  it('sums up what is inside, copies counted', () => {
    const document = withGroup(presetDocument('mcn-20'), 'g', ['stage1'], { fields: { repeat: 3 } });
    const context = contextOf(document);
    const layers = nodeCards(context);
    const [card] = groupCards(context, layers);
    expect(card).toMatchObject({
      form: 'group',
      role: 'binary',
      summary: '1 layer × 3',
      shape: [32, 32, 64],
    });
    expect(card!.cost).toEqual(context.costs.byOrigin.get('stage1'));
    const once = contextOf(presetDocument('mcn-20')).costs.byOrigin.get('stage1')!;
    expect(card!.cost!.weights).toBe(3 * once.weights);
  });

  it('wears the gravest problem of itself and of what is inside', () => {
    const broken = mnist.nodes.map((node) => (node.id === 'mc2' ? { ...node, fields: { maps: 0.5 } } : node));
    const context = contextOf(withGroup({ ...mnist, nodes: broken }, 'g', middle));
    const [card] = groupCards(context, nodeCards(context));
    expect(card).toMatchObject({ mark: 'error', cost: null });
    expect(card!.problems.map(({ node }) => node)).toContain('mc2');
  });
});

describe('an open block', () => {
  it('shows its parts, joined as they compute, and the rest of the design joined with them', () => {
    const shown = shownOf(opened(presetDocument('mcn-20'), 'stage2'));
    const parts = ['block1', 'block2', 'block3'].map((part) => `stage2/${part}`);
    expect([...shown.parts.keys()]).toEqual(parts);
    expect(linesOf(shown)).toEqual(
      expect.arrayContaining([`stage1>${parts[0]}`, `${parts[0]}>${parts[1]}`, `${parts[2]}>stage3`]),
    );
    expect(linesOf(shown).join(' ')).not.toMatch(/stage2( |>)/);
    expect(shown.standIn(parts[1]!)).toBe('stage2');
  });

  it('is read at every part that reads its input', () => {
    const plain = presetDocument('mcn-20');
    const nodes = plain.nodes.map((node) =>
      node.id === 'stage1' ? { ...node, type: 'mcn-basic', fields: { maps: 16 } } : node,
    );
    const shown = shownOf(opened({ ...plain, nodes }, 'stage1'));
    expect(linesOf(shown)).toEqual(
      expect.arrayContaining(['mc1>stage1/bn1', 'mc1>stage1/add', 'stage1/add>stage2']),
    );
    expect(new Set(shown.graph.edges.map(({ id }) => id)).size).toBe(shown.graph.edges.length);
  });

  it('stays a card while what arrives is not known', () => {
    const plain = presetDocument('mcn-20');
    const cut = { ...plain, edges: plain.edges.filter(({ to }) => to !== 'mc1') };
    expect(shownOf(opened(cut, 'stage1')).parts.size).toBe(0);
  });

  it('has parts that cost together what it costs, in every twin, also repeated', () => {
    const document = withGroup(opened(presetDocument('mcn-20'), 'stage1', 'stage3'), 'g', ['stage1'], {
      open: true,
      fields: { repeat: 2 },
    });
    for (const family of FAMILIES) {
      const context = contextOf(document, family);
      const shown = shownOf(document, family);
      for (const block of ['stage1', 'stage3']) {
        const own = [...shown.parts].filter(([, part]) => part.block === block);
        const cards = own.map(([id, part]) => partCard(id, part, context));
        const bytes = cards.reduce((sum, { cost }) => sum + cost!.storedBytes, 0);
        expect(bytes).toBe(context.costs.byOrigin.get(block)!.storedBytes);
        expect(cards.at(-1)!.shape).toEqual(context.lowered.shapes.get(block));
        expect(cards.every(({ role }) => role === (family === 'mcn' ? 'binary' : 'float'))).toBe(true);
      }
    }
  });
});

describe('a part of an open block', () => {
  const stage2 = opened(presetDocument('mcn-20'), 'stage2');
  const inner = ['stage2/block1', 'stage2/block3'];

  it('opens around what it is made of, joined with the parts beside it', () => {
    const shown = shownOf(stage2, 'mcn', inner);
    const inFirst = shown.graph.nodes.filter(({ parent }) => parent === 'stage2/block1').map(({ id }) => id);
    expect(inFirst).toContain('stage2/block1/add');
    const lines = linesOf(shown);
    expect(lines).toEqual(
      expect.arrayContaining([
        'stage1>stage2/block1/bn1',
        'stage2/block1/add>stage2/block2',
        'stage2/block2>stage2/block3/bn1',
        'stage2/block2>stage2/block3/add',
        'stage2/block3/add>stage3',
      ]),
    );
    expect(lines.some((line) => /stage2\/block[13](>|$)/.test(line))).toBe(false);
    expect(new Set(shown.graph.edges.map(({ id }) => id)).size).toBe(shown.graph.edges.length);
    expect(shown.standIn('stage2/block1/add')).toBe('stage2');
  });

  it('is made of other layers where the shape changes, and costs what they cost together, in every twin', () => {
    for (const family of FAMILIES) {
      const context = contextOf(stage2, family);
      const shown = shownOf(stage2, family, inner);
      for (const block of inner) {
        const own = [...shown.parts].filter(([id]) => id.startsWith(`${block}/`));
        const cards = own.map(([id, part]) => partCard(id, part, context));
        const whole = partCard(block, shown.parts.get(block)!, context);
        expect(cards.map(({ cost }) => cost).reduce((a, b) => addCosts(a!, b!))).toEqual(whole.cost);
        expect(cards.at(-1)!.shape).toEqual(whole.shape);
        expect(cards.every(({ shape }) => shape !== null)).toBe(true);
      }
      const count = (block: string): number =>
        [...shown.parts.keys()].filter((id) => id.startsWith(`${block}/`)).length;
      expect(count('stage2/block1')).toBeGreaterThan(count('stage2/block3'));
    }
  });

  it('stays closed where copies of its block differ inside', () => {
    const repeated = withGroup(opened(presetDocument('mcn-20'), 'stage1'), 'g', ['stage1'], {
      open: true,
      fields: { repeat: 2 },
    });
    const shown = shownOf(repeated, 'mcn', ['stage1/block1', 'stage1/block2']);
    expect([...shown.parts.keys()].filter((id) => id.startsWith('stage1/block2/'))).not.toEqual([]);
    const widened = repeated.nodes.map((node) =>
      node.id === 'stage1' ? { ...node, fields: { ...node.fields, maps: 24 } } : node,
    );
    const differing = shownOf({ ...repeated, nodes: widened }, 'mcn', ['stage1/block1', 'stage1/block2']);
    expect([...differing.parts.keys()]).toContain('stage1/block1');
    expect([...differing.parts.keys()].some((id) => id.startsWith('stage1/block1/'))).toBe(false);
  });
});

describe('lines and connections', () => {
  it('a connection is drawn by all lines into an open block, or shares one with others of a closed group', () => {
    const plain = presetDocument('mcn-20');
    const nodes = plain.nodes.map((node) =>
      node.id === 'stage1' ? { ...node, type: 'mcn-basic', fields: { maps: 16 } } : node,
    );
    const open = shownOf(opened({ ...plain, nodes }, 'stage1'));
    const into = plain.edges.find(({ to }) => to === 'stage1')!.id;
    expect(open.linesOf(into).length).toBeGreaterThan(1);
    expect(open.linesOf(into).map((line) => open.connectionOf(line))).toEqual(
      open.linesOf(into).map(() => into),
    );
    const within = open.graph.edges.find(({ from }) => from === 'stage1/bn1')!;
    expect(open.connectionOf(within.id)).toBeNull();

    const skip = { id: 'skip', from: 'pool1', to: 'mc3', port: 'in' };
    const closed = shownOf(withGroup({ ...mnist, edges: [...mnist.edges, skip] }, 'g', middle));
    expect(closed.linesOf('skip')).toEqual(closed.linesOf('pool1-mc2'));
    expect(closed.linesOf('mc2-pool2')).toEqual([]);
  });
});

describe('any design', () => {
  it('shows every node once, by itself or by something closed around it, and only lines between cards', () => {
    fc.assert(
      fc.property(anyGrouped, (document) => {
        const shown = shownOf(document);
        const { nodes, edges } = shown.graph;
        const ids = new Set(nodes.map(({ id }) => id));
        expect(ids.size).toBe(nodes.length);
        const frames = new Set(nodes.flatMap(({ parent }) => parent ?? []));
        const tree = groupTree(document);
        for (const node of document.nodes) {
          const standIn = shown.standIn(node.id)!;
          expect(ids).toContain(standIn);
          expect(standIn === node.id || tree.around(node.id).includes(standIn)).toBe(true);
          if (standIn !== node.id) expect(ids).not.toContain(node.id);
        }
        for (const { from, to } of edges) {
          expect([from, to].every((end) => ids.has(end) && !frames.has(end))).toBe(true);
        }
        const visible = document.edges.filter(({ from, to }) => shown.standIn(from) !== shown.standIn(to));
        const joined = new Set(linesOf(shown));
        for (const { from, to } of visible) {
          expect(joined).toContain(`${shown.standIn(from)!}>${shown.standIn(to)!}`);
        }
        expect(nodes.every((node) => !node.open || isGroup(node))).toBe(true);
      }),
    );
  });
});
