import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { GraphDocument } from '@shared/graph/document';
import { applyEdit, type Edit } from '@shared/graph/edit';
import { lower } from '@shared/network/lower';
import { aimedPort } from '@renderer/designer/connect/aimed-port';
import { connectionTargets, type Verdict } from '@renderer/designer/connect/connection-targets';
import { placedPorts, portKey, type PortEnd } from '@renderer/designer/connect/port';
import { connect } from '@renderer/designer/edits/connect';
import { anyDocument, reluChain, twoBranches as design } from './sample-documents';

function targets(document: GraphDocument, from: PortEnd): Map<string, Verdict> {
  const { shapes } = lower(document, 'mcn');
  return connectionTargets({ document, family: 'mcn', shapes }, from);
}

function inputOf(verdicts: Map<string, Verdict>, node: string): Verdict {
  return verdicts.get(portKey({ node, port: 'in' }))!;
}

describe('where a connection may end', () => {
  it('is every input from an output, and every output from an input', () => {
    expect([...targets(design, { node: 'input', port: null }).keys()].sort()).toEqual(
      ['dense', 'narrow', 'output', 'sum', 'wide'].map((node) => portKey({ node, port: 'in' })),
    );
    expect([...targets(design, { node: 'sum', port: 'in' }).keys()].sort()).toEqual(
      ['dense', 'input', 'narrow', 'sum', 'wide'].map((node) => portKey({ node, port: null })),
    );
  });

  it('refuses a layer itself, what is connected already, and loops, each with its reason', () => {
    const fromNarrow = targets(design, { node: 'narrow', port: null });
    expect(inputOf(fromNarrow, 'narrow').refusal).toBe('A layer cannot read itself.');
    expect(inputOf(fromNarrow, 'sum').refusal).toBe('Narrow leads to Sum already.');
    expect(inputOf(targets(design, { node: 'sum', port: null }), 'narrow').refusal).toBe(
      'This would close a loop: Narrow leads to Sum.',
    );
    const intoNarrow = targets(design, { node: 'narrow', port: 'in' });
    expect(intoNarrow.get(portKey({ node: 'sum', port: null }))!.refusal).toContain('loop');
    expect(intoNarrow.get(portKey({ node: 'wide', port: null }))!.refusal).toBeNull();
  });

  it('refuses shapes that cannot meet, in the words of lowering', () => {
    const fromWide = targets(design, { node: 'wide', port: null });
    expect(inputOf(fromWide, 'sum').refusal).toContain(
      'Add needs equal shapes, but 32×32×8 and 32×32×16 arrive.',
    );
    expect(inputOf(fromWide, 'output').refusal).toContain('Output reads one value per class');
    const wider = applyEdit(design, {
      kind: 'set-field',
      node: 'wide',
      field: 'channels',
      value: 8,
    }).document;
    expect(inputOf(targets(wider, { node: 'wide', port: null }), 'sum')).toEqual({
      refusal: null,
      replaces: null,
    });
  });

  it('says nothing of shapes that are not known yet', () => {
    expect(inputOf(targets(design, { node: 'dense', port: null }), 'output').refusal).toBeNull();
  });

  it('names what a taken input gives up, and nothing for an input that takes several', () => {
    const fromNarrow = targets(design, { node: 'narrow', port: null });
    expect(inputOf(fromNarrow, 'wide').replaces?.id).toBe('input-wide');
    const { replaces } = inputOf(targets(design, { node: 'input', port: null }), 'sum');
    expect(replaces).toBeNull();
  });

  it('never lets a loop come about, whatever is connected in any graph', () => {
    fc.assert(
      fc.property(anyDocument, fc.nat(), (document, pick) => {
        const loops = (graph: GraphDocument): boolean =>
          lower(graph, 'mcn').problems.some(({ code }) => code === 'cycle');
        if (loops(document)) return;
        const node = document.nodes[pick % document.nodes.length]!.id;
        for (const [key, { refusal }] of targets(document, { node, port: null })) {
          const to = key.slice(key.indexOf(' ') + 1);
          const after = applyEdit(document, connect(document, { from: node, to, port: 'in' })!).document;
          if (refusal === null) expect(loops(after)).toBe(false);
          else if (refusal.includes('loop')) expect(loops(after)).toBe(true);
        }
      }),
    );
  });

  it('is found within a frame or two for 2,000 layers', () => {
    const document = reluChain(2000);
    const verdicts = targets(document, { node: 'n1000', port: null });
    expect(verdicts.size).toBe(2000);
    expect([...verdicts.values()].filter(({ refusal }) => refusal === null)).toHaveLength(998);
    const { shapes } = lower(document, 'mcn');
    const times = Array.from({ length: 5 }, () => {
      const before = performance.now();
      connectionTargets({ document, family: 'mcn', shapes }, { node: 'n1000', port: null });
      return performance.now() - before;
    });
    expect(Math.min(...times)).toBeLessThan(150);
  });
});

describe('the port that a pointer means', () => {
  const ports = placedPorts(design.nodes[1]!, { x: 0, y: 0 }, 'right');
  const inputs = [
    { node: 'sum', port: 'in', at: { x: 200, y: 40 } },
    { node: 'wide', port: 'in', at: { x: 200, y: 70 } },
  ];
  const allowed = { refusal: null, replaces: null };
  const verdicts = new Map<string, Verdict>([
    [portKey(inputs[0]!), { refusal: 'no', replaces: null }],
    [portKey(inputs[1]!), allowed],
  ]);

  it('is amid the edges of a card', () => {
    expect(ports.map(({ port, at }) => [port, at])).toEqual([
      ['in', { x: 0, y: 40 }],
      [null, { x: 156, y: 40 }],
    ]);
  });

  it('is the nearest that may be connected within reach, else the nearest that may not', () => {
    expect(aimedPort(inputs, verdicts, { x: 195, y: 45 }, 30)?.node).toBe('wide');
    expect(aimedPort(inputs, verdicts, { x: 195, y: 45 }, 10)?.node).toBe('sum');
  });

  it('is that of the card under the pointer, and none in empty space', () => {
    expect(aimedPort(inputs, verdicts, { x: 340, y: 50 }, 24)?.node).toBe('sum');
    expect(aimedPort(inputs, verdicts, { x: 100, y: 300 }, 24)).toBeNull();
  });
});

describe('connecting', () => {
  function after(document: GraphDocument, edit: Edit | null): GraphDocument {
    const { document: changed, inverse } = applyEdit(document, edit!);
    expect(applyEdit(changed, inverse).document).toEqual(document);
    return changed;
  }
  const wires = ({ edges }: GraphDocument): string[] => edges.map(({ from, to }) => `${from} ${to}`);

  it('adds, and takes the place of what a single input had', () => {
    expect(wires(after(design, connect(design, { from: 'wide', to: 'sum', port: 'in' })))).toEqual([
      'input narrow',
      'narrow sum',
      'input wide',
      'wide sum',
    ]);
    expect(wires(after(design, connect(design, { from: 'wide', to: 'narrow', port: 'in' })))).toEqual([
      'wide narrow',
      'narrow sum',
      'input wide',
    ]);
  });

  it('plugs in an end anew where the connection was among the inputs of a merge', () => {
    const both = after(design, connect(design, { from: 'wide', to: 'sum', port: 'in' }));
    const moved = both.edges.find(({ from, to }) => from === 'narrow' && to === 'sum')!;
    const replugged = after(both, connect(both, { from: 'input', to: 'sum', port: 'in' }, moved));
    expect(wires(replugged).filter((wire) => wire.endsWith('sum'))).toEqual(['input sum', 'wide sum']);
    expect(connect(both, { from: 'narrow', to: 'sum', port: 'in' }, moved)).toBeNull();
  });

  it('closes one hole and opens one when a moved end replaces another connection', () => {
    const moved = design.edges[0]!;
    expect(wires(after(design, connect(design, { from: 'input', to: 'wide', port: 'in' }, moved)))).toEqual([
      'narrow sum',
      'input wide',
    ]);
  });
});
