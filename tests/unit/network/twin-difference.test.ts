import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { FAMILIES } from '@shared/graph/family';
import type { GraphDocument } from '@shared/graph/document';
import { findPreset } from '@shared/network/presets';
import { twinDifference } from '@shared/network/twin-difference';
import { differingFigures, differs, shareText } from '@shared/network/twin-figures';
import { twinCsv, twinMarkdown } from '@shared/network/twin-text';
import { differenceCount, shownRows, type TwinWishes } from '@shared/network/twin-view';
import { anyDocument } from '../renderer/designer/sample-documents';
import { withGroup } from '../renderer/designer/grouped-documents';

const document = (preset: string): GraphDocument => findPreset(preset)!.document;
const all: TwinWishes = { families: FAMILIES, onlyDifferences: false, open: new Set() };
const mnist = twinDifference(document('mcn-mnist'));
const mcn20 = twinDifference(document('mcn-20'));
const row = (id: string, difference = mnist) => difference.rows.find((found) => found.id === id)!;

describe('the twins of a design', () => {
  it('have the same shapes, and other weights where filters are binary or ordinary (mcn.md, section 5)', () => {
    const { mcn, umcn, wrn } = row('mc2').cells;
    expect([mcn!.kind, umcn!.kind, wrn!.kind]).toEqual(['MCconv', 'MCconv', 'Conv']);
    expect(mcn!.shape).toEqual(wrn!.shape);
    expect([mcn!.binaryWeights, mcn!.bits, mcn!.floatWeights]).toEqual([28_800, 1, 36]);
    expect([umcn!.binaryWeights, umcn!.floatWeights]).toEqual([0, 28_836]);
    expect([wrn!.floatWeights, wrn!.bytes]).toEqual([115_200, 460_800]);
    const differing = (families: typeof FAMILIES | ['mcn', 'umcn']): string[] => [
      ...differingFigures(row('mc2'), families),
    ];
    expect(differing(['mcn', 'umcn'])).toEqual(['binaryWeights', 'floatWeights', 'bytes']);
    expect(differing(FAMILIES)).toEqual(['kind', 'binaryWeights', 'floatWeights', 'bytes', 'multiplyAdds']);
    expect(differenceCount(mnist, FAMILIES)).toEqual({ differing: 4, all: mnist.rows.length });
  });

  it.each(FAMILIES)('add up to the whole of %s', (family) => {
    for (const { twins, rows } of [mnist, mcn20]) {
      const { summary } = twins[family];
      const bytes = rows.map(({ cells }) => cells[family]!.bytes);
      expect(bytes.reduce((a, b) => a + b)).toBe(summary!.bytes);
      for (const { cells, parts } of rows.filter((found) => found.parts.length > 0)) {
        const work = parts.map((part) => part.cells[family]?.multiplyAdds ?? 0);
        expect(work.reduce((a, b) => a + b)).toBe(cells[family]!.multiplyAdds);
      }
    }
  });

  it('tell of blocks what they consist of, and what only one of them has', () => {
    const stage = row('stage2', mcn20);
    const named = Object.fromEntries(stage.parts.map((part) => [part.name, part.cells]));
    expect(named['block 1 / MCconv 1']!.wrn!.kind).toBe('Conv');
    expect(named['block 1 / Shortcut maps']).toMatchObject({ mcn: { kind: 'PadMaps' }, wrn: null });
    expect(named['block 1 / Shortcut']).toMatchObject({ mcn: null, wrn: { kind: 'Conv' } });
    expect(differs(stage, ['mcn', 'wrn'])).toBe(true);
  });

  it('count what a group repeats in one row, and its copies as parts', () => {
    const repeated = twinDifference(withGroup(document('mcn-20'), 'g', ['relu'], { fields: { repeat: 2 } }));
    const once = row('relu', mcn20);
    const { cells, parts } = row('relu', repeated);
    expect(parts.map(({ name }) => name)).toEqual([once.name, `${once.name} #2`]);
    expect(cells.mcn).toEqual(once.cells.mcn);
  });

  it('say why they cannot be built, and have no say in what differs then', () => {
    const narrowing = document('mcn-20');
    const nodes = narrowing.nodes.map((node) =>
      node.id === 'stage2' ? { ...node, fields: { ...node.fields, maps: 1 } } : node,
    );
    const { twins, rows } = twinDifference({ ...narrowing, nodes });
    expect(twins.mcn.summary).toBeNull();
    expect(twins.mcn.problems.map(({ code }) => code)).toEqual(['block-narrows']);
    expect(twins.wrn.summary).not.toBeNull();
    expect(rows).toHaveLength(narrowing.nodes.length);
    expect(differenceCount({ twins, rows }, ['mcn', 'wrn']).differing).toBe(0);
    const foot = twinMarkdown('Narrow', { twins, rows }, { ...all, families: ['mcn', 'wrn'] }).split('\n');
    expect(foot.find((line) => line.startsWith('| Against WRN |'))).toContain('|  | 1.00× |');
  });

  it('can be compared whatever the document is', () => {
    fc.assert(
      fc.property(anyDocument, (any) => {
        const difference = twinDifference(any);
        const ids = new Set(any.nodes.map(({ id }) => id));
        for (const { node } of difference.rows) expect(ids.has(node)).toBe(true);
        expect(twinMarkdown('Any', difference, all)).toContain('**Total**');
      }),
      { numRuns: 60 },
    );
  });
});

describe('what is shown of a comparison', () => {
  it('are all layers, or those that differ, with the parts of what is open', () => {
    expect(shownRows(mnist, all)).toHaveLength(mnist.rows.length);
    const only = shownRows(mnist, { ...all, onlyDifferences: true });
    expect(only.map(({ row: { id } }) => id)).toEqual(['mc1', 'mc2', 'mc3', 'mc4']);
    const open = shownRows(mcn20, { ...all, onlyDifferences: true, open: new Set(['stage1']) });
    expect(open.filter(({ isPart }) => isPart).map(({ row: { name } }) => name)).toContain(
      'block 1 / MCconv 1',
    );
    expect(open.map(({ row: { name } }) => name)).not.toContain('block 1 / ReLU 1');
  });

  it('as Markdown has a column for every figure and twin, totals and how many times as much they are', () => {
    const wishes: TwinWishes = { ...all, families: ['mcn', 'wrn'], onlyDifferences: true };
    const lines = twinMarkdown('Twins', mnist, wishes).split('\n');
    const table = lines.filter((line) => line.startsWith('|'));
    expect(table).toHaveLength(4 + 4);
    for (const line of table) expect(line.match(/\|/g)).toHaveLength(2 * 6 + 2);
    expect(table[0]).toContain('| Bytes MCN | Bytes WRN |');
    expect(table.find((line) => line.startsWith('| MCconv 2 |'))).toContain('| 3,752 | 460,800 |');
    expect(table.at(-1)).toMatch(/^\| Against MCN \|.*1\.90×/);
  });

  it('as CSV has a line for every layer and twin that has it, with plain numbers', () => {
    const csv = twinCsv(mcn20, { ...all, open: new Set(['stage2']) }).split('\r\n');
    expect(csv[0]).toBe('layer,part,twin,kind,output,binary weights,bits,float weights,bytes,multiply-adds');
    expect(csv).toContainEqual(expect.stringMatching(/^Stage 2,,MCN,Stage of n blocks,[^,]+,\d{5,},1,/));
    expect(csv.filter((line) => line.startsWith('Stage 2,block 1 / Shortcut,'))).toHaveLength(1);
  });
});

it('a share says how many times as much, and nothing where there is nothing to compare', () => {
  expect([shareText(30, 1), shareText(1, 4), shareText(2, 2)]).toEqual(['30.0×', '0.25×', '1.00×']);
  expect([shareText(0, 5), shareText(5, 0)]).toEqual(['', '']);
});
