import { describe, expect, it } from 'vitest';
import type { GraphDocument } from '@shared/graph/document';
import { applyEdit } from '@shared/graph/edit';
import type { Family } from '@shared/graph/family';
import { hints } from '@shared/network/hints';
import { lower } from '@shared/network/lower';
import { presets } from '@shared/network/presets';
import { profile } from '@shared/network/profile';
import { budgetBars } from '@renderer/designer/budget/budget-bars';
import { cardLabel } from '@renderer/designer/cards/card-label';
import { neighbour } from '@renderer/designer/cards/neighbour';
import { keepUnchanged, nodeCards, type NodeCardModel } from '@renderer/designer/cards/node-card';
import { fieldGroups } from '@renderer/designer/inspector/field-groups';
import { nodeBudget } from '@renderer/designer/inspector/node-budget';
import { twinCosts } from '@renderer/designer/inspector/twin-costs';
import { autoLayout } from '@renderer/designer/layout/auto-layout';
import { paletteGroups } from '@renderer/designer/palette/palette-groups';
import { nodeKind, nodeKinds } from '@shared/blocks/node-kinds';
import { presetDocument, reluChain } from './sample-documents';

function cardsOf(document: GraphDocument, family: Family = 'mcn'): NodeCardModel[] {
  const lowered = lower(document, family);
  const costs = profile({ nodes: lowered.layers });
  const advice = lowered.network ? hints(lowered.network, costs) : [];
  const problems = [...lowered.problems, ...advice];
  return nodeCards({ document, family, lowered, costs, problems });
}

function card(document: GraphDocument, id: string, family: Family = 'mcn'): NodeCardModel {
  return cardsOf(document, family).find((found) => found.id === id)!;
}

describe('cards', () => {
  const mnist = presetDocument('mcn-mnist');

  it('speak as the paper does, with K resolved, in every twin', () => {
    expect(card(mnist, 'mc4')).toMatchObject({
      role: 'binary',
      summary: '160 maps × 4, 3×3',
      shape: [4, 4, 640],
    });
    expect(card(mnist, 'mc4', 'umcn').role).toBe('float');
    expect(card(mnist, 'mc4', 'wrn')).toMatchObject({ role: 'float', summary: '640 channels, 3×3' });
    const residual = presetDocument('mcn-20');
    expect(card(residual, 'stage2').summary).toBe('3 × MCN 32 maps, stride 2');
    expect(card(residual, 'stage2', 'wrn')).toMatchObject({
      role: 'float',
      summary: '3 × WRN 128 channels, stride 2',
    });
  });

  it('costs add up to the file', () => {
    for (const { document } of presets) {
      const bytes = cardsOf(document).map(({ cost }) => cost!.storedBytes);
      const file = profile(lower(document, 'mcn').network!).total.storedBytes;
      expect(bytes.reduce((a, b) => a + b)).toBe(file);
    }
  });

  it('that say the same stay the same objects after an edit of another layer', () => {
    const before = cardsOf(mnist);
    const edit = { kind: 'set-field', node: 'mc4', field: 'maps', value: 161 } as const;
    const after = keepUnchanged(before, cardsOf(applyEdit(mnist, edit).document));
    const fresh = after.filter((model, index) => model !== before[index]).map(({ id }) => id);
    expect(fresh).toEqual(['mc4', 'pool4', 'flatten', 'fc1']);
  });

  it('mark the layer that spoils the file, and say so to screen readers', () => {
    const dense = card(mnist, 'fc1');
    expect(dense.mark).toBe('hint');
    expect(dense.largeShare).toBeGreaterThan(0.9);
    expect(card(mnist, 'mc4').largeShare).toBeNull();
    expect(cardLabel(dense)).toMatch(
      /^Dense 1, Dense, 1,024 units, gives 1,024, 10\.5 MB, .*Hint: Dense 1 holds/,
    );
  });

  it('stay readable in a design with errors and unknown types', () => {
    const nodes = mnist.nodes.map((node) => (node.id === 'mc2' ? { ...node, type: 'mystery' } : node));
    const cards = cardsOf({ ...mnist, nodes });
    expect(cards).toHaveLength(mnist.nodes.length);
    const broken = cards.find(({ id }) => id === 'mc2')!;
    expect(broken).toMatchObject({ mark: 'error', typeLabel: 'mystery', cost: null, shape: null });
    expect(cards.find(({ id }) => id === 'mc1')!.shape).toEqual([32, 32, 80]);
  });

  it('keep what they cost while something else is wrong, but no share of a file that there is not', () => {
    const cut = { ...mnist, edges: mnist.edges.filter(({ to }) => to !== 'fc1') };
    for (const id of ['mc1', 'mc4']) {
      const { cost, summary } = card(mnist, id);
      expect(card(cut, id)).toMatchObject({ cost, summary, largeShare: null });
    }
    expect(card(cut, 'fc1')).toMatchObject({ cost: null, waitsFor: null, mark: 'error' });
    const behind = card(cut, 'output');
    expect(behind).toMatchObject({ cost: null, waitsFor: { id: 'fc1', name: 'Dense 1' }, mark: null });
    expect(cardLabel(behind)).toMatch(/, waits for Dense 1$/);
    const begun = { ...mnist, edges: mnist.edges.slice(0, 2), nodes: mnist.nodes.slice(0, 3) };
    expect(card(begun, 'mc1').cost).toEqual(card(mnist, 'mc1').cost);
  });

  it('arrow keys follow connections, and rows', () => {
    const places = autoLayout(reluChain(7), { width: 860, height: 560 });
    const from = (id: string, direction: 'left' | 'right' | 'up' | 'down'): string | null =>
      neighbour(reluChain(7), places, id, direction);
    expect(from('n4', 'right')).toBe('n5');
    expect(from('n5', 'left')).toBe('n4');
    expect(from('n1', 'down')).toBe('n6');
    expect(from('n6', 'up')).toBe('n1');
    expect([from('n0', 'left'), from('n6', 'right'), from('n0', 'up'), from('n6', 'down')]).toEqual([
      null,
      null,
      null,
      null,
    ]);
  });

  it('in a design that runs down, the keys up and down follow connections', () => {
    const document = { ...reluChain(7), flow: 'down' as const };
    const places = autoLayout(document, { width: 860, height: 560 });
    expect(neighbour(document, places, 'n4', 'down')).toBe('n5');
    expect(neighbour(document, places, 'n5', 'up')).toBe('n4');
    expect(neighbour(document, places, 'n1', 'right')).toBe('n6');
    expect(neighbour(document, places, 'n6', 'left')).toBe('n1');
  });
});

describe('budget', () => {
  it('of mcn-mnist shows both honest ratios', () => {
    const document = presetDocument('mcn-mnist');
    const bars = budgetBars(profile(lower(document, 'mcn').network!), cardsOf(document));
    expect(bars.filters.bytes).toBe(76_298);
    expect(bars.filters.ratio).toBeCloseTo(31.7, 1);
    expect(bars.file.ratio).toBeCloseTo(1.2, 1);
  });

  it('segments add up to the file, in every twin of every preset', () => {
    for (const { document } of presets) {
      for (const family of ['mcn', 'umcn', 'wrn'] as const) {
        const { file, filters } = budgetBars(
          profile(lower(document, family).network!),
          cardsOf(document, family),
        );
        expect(file.segments.reduce((sum, { bytes }) => sum + bytes, 0)).toBe(file.bytes);
        expect(filters.ratio === null).toBe(family === 'wrn');
      }
    }
  });

  it('of MCconv 4 tells bits, M-Filter and centers apart', () => {
    const network = lower(presetDocument('mcn-mnist'), 'mcn').network!;
    const budget = nodeBudget(network.nodes, 'mc4', profile(network).byOrigin.get('mc4')!);
    expect(budget).toMatchObject({
      filterWeights: 460_800,
      filterBytes: 57_600,
      modulationBytes: 152,
      filterFloatBytes: 1_843_200,
      otherWeights: 0,
      otherBytes: 0,
    });
  });

  it('of a stage adds up to what the stage stores', () => {
    for (const family of ['mcn', 'umcn', 'wrn'] as const) {
      const network = lower(presetDocument('mcn-20'), family).network!;
      const cost = profile(network).byOrigin.get('stage2')!;
      const budget = nodeBudget(network.nodes, 'stage2', cost);
      expect(budget.filterBytes + budget.modulationBytes + budget.otherBytes).toBe(cost.storedBytes);
      expect(budget.filterBytes === budget.filterFloatBytes).toBe(family !== 'mcn');
    }
  });

  it('twins share their channels, not their sizes', () => {
    const [mcn, umcn, wrn] = twinCosts(presetDocument('mcn-20')).map(({ total }) => total!.storedBytes);
    expect(umcn! / mcn!).toBeGreaterThan(20);
    expect(wrn!).toBeGreaterThan(umcn!);
  });
});

describe('fields of a selection', () => {
  const kinded = (ids: readonly string[]): Parameters<typeof fieldGroups>[0] =>
    presetDocument('mcn-mnist')
      .nodes.filter(({ id }) => ids.includes(id))
      .map((node) => ({ node, kind: nodeKind(node.type)! }));
  const keys = (ids: readonly string[]): string[] =>
    fieldGroups(kinded(ids)).flatMap(({ fields }) => fields.map(({ key }) => key));

  it('are those of the one node, by group', () => {
    expect(fieldGroups(kinded(['mc1'])).map(({ name }) => name)).toEqual(['Layer', 'Binarization']);
    expect(keys(['mc1'])).toEqual(Object.keys(nodeKind('mcconv')!.fields));
  });

  it('are the common ones of several, marked where the nodes differ', () => {
    const fields = fieldGroups(kinded(['mc1', 'mc2'])).flatMap((group) => group.fields);
    expect(fields.find(({ key }) => key === 'maps')?.mixed).toBe(true);
    expect(fields.find(({ key }) => key === 'kernel')).toMatchObject({ mixed: false, value: 3 });
    expect(keys(['mc1', 'fc1'])).toEqual([]);
  });
});

describe('palette', () => {
  it('offers every layer type once', () => {
    const offered = paletteGroups('').flatMap(({ items }) => items.map(({ type }) => type));
    expect(offered.toSorted()).toEqual(nodeKinds.map(({ type }) => type).toSorted());
  });

  it('finds by name, help and category, all words together', () => {
    const found = (search: string): string[] =>
      paletteGroups(search).flatMap(({ items }) => items.map(({ type }) => type));
    expect(found('mcconv')).toContain('mcconv');
    expect(found('merge').toSorted()).toEqual(['add', 'concat']);
    expect(found('global mean')).toEqual(['globalavgpool']);
    expect(found('no such layer')).toEqual([]);
  });
});
