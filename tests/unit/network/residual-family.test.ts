import { describe, expect, it } from 'vitest';
import type { GraphDocument } from '@shared/graph/document';
import { lower } from '@shared/network/lower';
import { presets } from '@shared/network/presets';
import { customParts } from '@shared/network/residual/custom-parts';
import { readResidualFamily, type ResidualFamily } from '@shared/network/residual/residual-family';
import { withGroup } from '../renderer/designer/grouped-documents';
import {
  blockChain,
  dissolved,
  familyOf,
  inserted,
  nodeOf,
  singles,
} from '../renderer/designer/residual-documents';
import { presetDocument } from '../renderer/designer/sample-documents';

function figures(family: ResidualFamily) {
  const { stem, stages, depth, factor } = family;
  return {
    widths: [stem?.width, ...stages.map(({ width }) => width)].join('-'),
    blocks: stages.map(({ blocks }) => blocks).join(','),
    depth,
    factor,
  };
}

function withFields(document: GraphDocument, id: string, fields: object): GraphDocument {
  const nodes = document.nodes.map((node) =>
    node.id === id ? { ...node, fields: { ...node.fields, ...fields } } : node,
  );
  return { ...document, nodes };
}

function problemOf(document: GraphDocument): string | null {
  const reading = readResidualFamily(document, lower(document, 'mcn'));
  return reading && 'problem' in reading ? reading.problem.code : null;
}

describe('residual networks of the paper', () => {
  it.each([
    ['mcn-20', { widths: '16-16-32-64', blocks: '3,3,3', depth: 19, factor: 1 }],
    ['mcn-28', { widths: '64-64-128-256', blocks: '4,4,4', depth: 25, factor: 4 }],
    ['mcn-34', { widths: '64-64-128-256', blocks: '5,5,5', depth: 31, factor: 4 }],
    ['mcn-34-imagenet100', { widths: '32-64-128-256', blocks: '5,5,5', depth: 31, factor: 4 }],
  ])('%s', (id, wanted) => {
    expect(figures(familyOf(presetDocument(id)))).toEqual(wanted);
  });

  it('the others are none', () => {
    const others = presets.filter(({ id }) => id.includes('mnist'));
    expect(others).toHaveLength(3);
    for (const { document } of others)
      expect(readResidualFamily(document, lower(document, 'mcn'))).toBeNull();
  });

  it.each(['umcn', 'wrn'] as const)('reads the same as %s', (twin) => {
    const document = presetDocument('mcn-20');
    const reading = readResidualFamily(document, lower(document, twin));
    expect(reading && 'family' in reading && figures(reading.family)).toEqual({
      widths: '16-16-32-64',
      blocks: '3,3,3',
      depth: 19,
      factor: 1,
    });
  });
});

describe('the same network drawn otherwise', () => {
  const wanted = figures(familyOf(presetDocument('mcn-20')));

  it('stages taken apart into blocks', () => {
    const document = dissolved(presetDocument('mcn-20'), 'stage1', 'stage3');
    expect(figures(familyOf(document))).toEqual(wanted);
  });

  it('blocks taken apart into layers, with identity and with changed shape', () => {
    const document = dissolved(
      presetDocument('mcn-20'),
      'stage1',
      'stage2',
      'stage1/block1',
      'stage2/block1',
      'stage2/block3',
    );
    expect(figures(familyOf(document))).toEqual(wanted);
    expect(familyOf(document).stages[1]!.units.map(({ kind, identity }) => [kind, identity])).toEqual([
      ['drawn', false],
      ['block', true],
      ['drawn', true],
    ]);
    expect(customParts(familyOf(document))).toEqual([]);
  });

  it('layers without the frames around them', () => {
    const apart = dissolved(presetDocument('mcn-20'), 'stage2', 'stage2/block1');
    const nodes = apart.nodes
      .filter(({ type }) => type !== 'group')
      .map(({ id, type, name, fields }) => ({ id, type, name, fields }));
    expect(figures(familyOf({ ...apart, nodes }))).toEqual(wanted);
  });

  it('blocks that a group repeats', () => {
    const document = blockChain(
      ['b1', 'mcn-basic', 'Block', { maps: 16 }],
      ['c1', 'mcn-basic', 'Block 2', { maps: 32, stride: 2 }],
      ['c2', 'mcn-basic', 'Block 3', { maps: 32 }],
    );
    const twice = withGroup(document, 'g', ['c2'], { fields: { repeat: 2 } });
    expect(figures(familyOf(twice))).toMatchObject({ widths: '16-16-32', blocks: '1,3', depth: 9 });
    const within = withGroup(twice, 'h', ['b1'], { fields: { repeat: 5 } });
    expect(figures(familyOf(within))).toMatchObject({ blocks: '5,3', depth: 17 });
  });

  it('wide residual networks count in maps of K channels, or in channels when those do not divide', () => {
    const wide = (channels: number) =>
      familyOf(
        blockChain(
          ['b1', 'wrn-basic', 'Block 1', { channels }],
          ['c1', 'wrn-bottleneck', 'Block 2', { channels: channels * 2, stride: 2 }],
        ),
      );
    expect(figures(wide(160))).toEqual({ widths: '16-40-80', blocks: '1,1', depth: 6, factor: 2.5 });
    expect(wide(6)).toMatchObject({ planes: 1, stages: [{ width: 6 }, { width: 12, step: 4 }] });
  });
});

describe('what was made by hand', () => {
  function parts(document: GraphDocument): [string, string][] {
    return customParts(familyOf(document)).map(({ name, what }) => [name, what.join(', ')]);
  }

  it('layers between blocks, also with branches', () => {
    expect(parts(inserted(singles, 'dropout', 'b2', 'b3'))).toEqual([['Dropout', '']]);
  });

  it('fields that only some blocks of a stage have', () => {
    expect(parts(withFields(singles, 'c2', { centers: 4, binary: true }))).toEqual([
      ['Block 5', '4 centers'],
    ]);
    const all = ['c1', 'c2', 'c3'].reduce(
      (document, id) => withFields(document, id, { centers: 4 }),
      singles,
    );
    expect(parts(all)).toEqual([]);
  });

  it('layers and kernels in a block that was taken apart', () => {
    const apart = dissolved(singles, 'b2');
    const larger = withFields(apart, 'b2/conv2', { kernel: 5 });
    expect(parts(inserted(larger, 'dropout', 'b2/relu2', 'b2/conv2'))).toEqual([
      ['Block 2', 'Dropout, Block 2 / MCconv 2 with 5×5 kernel'],
    ]);
  });

  it('layers in the group of a block, and names', () => {
    const between = inserted(singles, 'dropout', 'c1', 'c2');
    const group = withGroup(between, 'g', ['dropout', 'c2']);
    expect(parts(group)).toEqual([['Group g', 'Dropout, its name']]);
    const nodes = singles.nodes.map((node) =>
      node.id === 'b3' ? { ...node, name: 'Last of the thin' } : node,
    );
    expect(parts({ ...singles, nodes })).toEqual([['Last of the thin', 'its name']]);
  });
});

describe('designs that nearly are residual networks', () => {
  it('one with errors says that they come first', () => {
    const broken = { ...singles, edges: singles.edges.filter(({ from }) => from !== 'b2') };
    expect(problemOf(broken)).toBe('residual-errors');
  });

  it('blocks in branches only', () => {
    const document = blockChain(
      ['relu', 'relu', 'ReLU'],
      ['b1', 'mcn-basic', 'Block 1', { maps: 16 }],
      ['concat', 'concat', 'Concat'],
    );
    const edges = [...document.edges, { id: 'side', from: 'relu', to: 'concat', port: 'in' }];
    expect(problemOf({ ...document, edges })).toBe('residual-branches');
  });

  it('a chain with errors is none', () => {
    const mnist = presetDocument('mcn-mnist');
    expect(readResidualFamily({ ...mnist, edges: [] }, lower({ ...mnist, edges: [] }, 'mcn'))).toBeNull();
    expect(nodeOf(mnist, 'mc1').type).toBe('mcconv');
  });
});
