import { describe, expect, it } from 'vitest';
import { chain, type ChainLink } from '@shared/graph/chain';
import { applyEdit } from '@shared/graph/edit';
import { DOCUMENT_VERSION, type GraphDocument } from '@shared/graph/document';
import { lower } from '@shared/network/lower';
import { findPreset, presets } from '@shared/network/presets';
import { networkSchema } from '@shared/network/network-schema';
import { compactNodes, restoreNetwork } from '@shared/network/restore';

const INPUT: ChainLink = ['in', 'input', 'Input'];
const OUTPUT: ChainLink = ['out', 'output', 'Output'];

function codes(document: GraphDocument): string[] {
  return lower(document, 'mcn').problems.map((problem) => problem.code);
}

function firstProblem(...links: ChainLink[]) {
  return lower(chain([INPUT, ...links, OUTPUT]), 'mcn').problems[0]!;
}

describe('lower', () => {
  it('copies K from Input, unless a layer has its own', () => {
    const { network } = lower(
      chain([
        ['in', 'input', 'Input', { planes: 2 }],
        ['a', 'mcconv', 'A', { maps: 6 }],
        ['b', 'mcconv', 'B', { maps: 5, planes: 3 }],
        ['gap', 'globalavgpool', 'Pool'],
        OUTPUT,
      ]),
      'mcn',
    );
    const [, a, b] = network!.nodes;
    expect(a!.shape).toEqual([32, 32, 12]);
    expect(b!.shape).toEqual([32, 32, 15]);
    expect(a!.values).toMatchObject({ planes: 2 });
    expect(b!.values).toMatchObject({ planes: 3 });
  });

  it('says which layer gets channels that are no multiple of K', () => {
    const problem = firstProblem(['c', 'conv', 'Conv', { channels: 30 }], ['m', 'mcconv', 'MCconv 1']);
    expect(problem).toMatchObject({ code: 'channels-not-maps', node: 'm', port: 'in', field: 'planes' });
    expect(problem.message).toContain('MCconv 1');
    expect(problem.fix).toContain('multiple of 4');
  });

  it('says that Dense needs a vector, and how to get one', () => {
    expect(firstProblem(['d', 'dense', 'Dense'])).toMatchObject({ code: 'dense-needs-vector', node: 'd' });
    expect(firstProblem(['d', 'dense', 'Dense']).fix).toContain('GlobalAvgPool');
  });

  it('names a field whose value is out of limits, with the limits', () => {
    const problem = firstProblem(['m', 'mcconv', 'MCconv 1', { kernel: 4 }]);
    expect(problem).toMatchObject({ code: 'field-value', node: 'm', field: 'kernel' });
    expect(problem.fix).toContain('odd');
    expect(firstProblem(['m', 'mcconv', 'MCconv 1', { kernal: 3 }]).code).toBe('field-unknown');
  });

  it('tells a missing and a second end, an empty and a full port, a loop, an unknown type and an unused node', () => {
    expect(codes({ version: DOCUMENT_VERSION, nodes: [], edges: [] })).toEqual([
      'input-missing',
      'output-missing',
    ]);
    const sound = chain([INPUT, ['gap', 'globalavgpool', 'Pool'], OUTPUT]);
    expect(codes(sound)).toEqual([]);
    const extra = (id: string, type: string): GraphDocument =>
      applyEdit(sound, { kind: 'add-node', node: { id, type, name: id, fields: {} } }).document;
    expect(codes(extra('x', 'input'))).toContain('input-many');
    expect(codes(extra('x', 'relu'))).toContain('port-empty');
    expect(codes(extra('x', 'lstm'))).toContain('type-unknown');
    const edge = (document: GraphDocument, from: string, to: string): GraphDocument =>
      applyEdit(document, { kind: 'connect', edge: { id: `${from}>${to}`, from, to, port: 'in' } }).document;
    expect(codes(edge(sound, 'in', 'out'))).toContain('port-full');
    expect(codes(edge(extra('x', 'relu'), 'in', 'x'))).toEqual(['unused']);
    expect(codes(edge(extra('x', 'relu'), 'x', 'x'))).toContain('cycle');
  });

  it('warns of a stray layer and trains the rest', () => {
    const sound = chain([INPUT, ['gap', 'globalavgpool', 'Pool'], OUTPUT]);
    const stray = { id: 'x', type: 'mcconv', name: 'Stray', fields: { kernel: 4 } };
    const { network, layers, problems } = lower(
      applyEdit(sound, { kind: 'add-node', node: stray }).document,
      'mcn',
    );
    expect(network?.nodes.map((node) => node.id)).toEqual(['in', 'gap', 'out']);
    expect(layers).toBe(network?.nodes);
    expect(problems).toEqual([
      expect.objectContaining({ code: 'port-empty', node: 'x', severity: 'warning' }),
    ]);
  });

  it('says once that something is to be connected yet, not of every layer that does not lead to Output', () => {
    const begun = chain([INPUT, ['m', 'mcconv', 'M'], ['r', 'relu', 'R']]);
    expect(codes(begun)).toEqual(['output-missing']);
    const output = { id: 'out', type: 'output', name: 'Output', fields: {} };
    expect(codes(applyEdit(begun, { kind: 'add-node', node: output }).document)).toEqual(['port-empty']);
  });

  it('keeps shapes and layers of what is sound when something behind it is not', () => {
    const { network, layers, shapes } = lower(
      chain([INPUT, ['m', 'mcconv', 'M'], ['d', 'dense', 'D'], OUTPUT]),
      'mcn',
    );
    expect(network).toBeNull();
    expect(layers.map((layer) => layer.id)).toEqual(['in', 'm']);
    expect(shapes.get('m')).toEqual([32, 32, 80]);
    expect(shapes.has('d')).toBe(false);
  });

  it('names the layer with the problem to all that wait for it, behind a loop as well', () => {
    const waiting = (document: GraphDocument): [string, string][] => [...lower(document, 'mcn').waiting];
    const links: ChainLink[] = [
      ['m', 'mcconv', 'M'],
      ['d', 'dense', 'D'],
      ['r', 'relu', 'R'],
    ];
    const design = chain([INPUT, ...links, OUTPUT]);
    expect(waiting(design)).toEqual([
      ['r', 'd'],
      ['out', 'd'],
    ]);
    const looped = applyEdit(design, {
      kind: 'connect',
      edge: { id: 'back', from: 'r', to: 'd', port: 'in' },
    }).document;
    expect(lower(looped, 'mcn').problems).toContainEqual(
      expect.objectContaining({ code: 'cycle', node: 'd' }),
    );
    expect(waiting(looped)).toEqual([
      ['r', 'd'],
      ['out', 'd'],
    ]);
  });

  it('merges in the order of the edges', () => {
    const base = chain([
      INPUT,
      ['a', 'mcconv', 'A', { maps: 2 }],
      ['cat', 'concat', 'Concat'],
      ['gap', 'globalavgpool', 'P'],
      OUTPUT,
    ]);
    const document = applyEdit(base, {
      kind: 'connect',
      edge: { id: 'e', from: 'in', to: 'cat', port: 'in' },
    }).document;
    const { network } = lower(document, 'mcn');
    const concat = network!.nodes.find((node) => node.type === 'concat')!;
    expect(concat.inputs).toEqual(['a', 'in']);
    expect(concat.shape).toEqual([32, 32, 12]);
  });

  it('expands a narrowing MCN block to a problem in words, not to a crash', () => {
    const problem = firstProblem(['a', 'mcconv', 'A', { maps: 32 }], ['s', 'stage', 'Stage 1', { maps: 16 }]);
    expect(problem).toMatchObject({ code: 'block-narrows', node: 's', field: 'maps' });
    expect(problem.message).toContain('Stage 1');
  });
});

describe('networks of all presets', () => {
  it.each(
    presets.flatMap((preset) =>
      (['mcn', 'umcn', 'wrn'] as const).map((family) => [preset.id, family] as const),
    ),
  )('%s as %s passes its schema and survives its compact form', (id, family) => {
    const network = lower(findPreset(id)!.document, family).network!;
    expect(networkSchema.safeParse(JSON.parse(JSON.stringify(network))).success).toBe(true);
    const restored = restoreNetwork(family, structuredClone(compactNodes(network)));
    if (!restored.ok) throw new Error(restored.problems[0]!.message);
    const withoutOrigin = (nodes: typeof network.nodes) => nodes.map((node) => ({ ...node, origin: '' }));
    expect(withoutOrigin(restored.value.nodes)).toEqual(withoutOrigin(network.nodes));
  });
});
