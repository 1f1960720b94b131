import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { autoLayout } from '@renderer/designer/layout/auto-layout';
import { boundsOverlap, cardBounds, type Bounds } from '@renderer/designer/layout/card-size';
import { frameBounds, frameTree } from '@renderer/designer/layout/frame-tree';
import { placeAll } from '@renderer/designer/layout/place-nodes';
import { FLOWS } from '@shared/graph/flow';
import type { GraphDocument, GraphNode } from '@shared/graph/document';
import { anyGrouped, opened, shownOf, withGroup } from './grouped-documents';
import { presetDocument, reluChain } from './sample-documents';

const FREE = { width: 860, height: 560 };

function placed(document: GraphDocument) {
  const { graph } = shownOf(document);
  const { places, anchors } = placeAll(graph.nodes, autoLayout(graph, FREE));
  return { graph, places, anchors, frames: frameBounds(graph.nodes, places), tree: frameTree(graph.nodes) };
}

function holds(outer: Bounds, inner: Bounds): boolean {
  return (
    outer.left <= inner.left &&
    outer.top <= inner.top &&
    outer.right >= inner.right &&
    outer.bottom >= inner.bottom
  );
}

describe('frames', () => {
  it('hold their members and cover nothing else, whatever the graph, the groups and what was moved', () => {
    fc.assert(
      fc.property(anyGrouped, fc.constantFrom(...FLOWS), (document, flow) => {
        const { graph, places, frames, tree } = placed({ ...document, flow });
        const boxOf = ({ id }: GraphNode): Bounds => frames.get(id) ?? cardBounds(places.get(id)!);
        const isFixed = (node: GraphNode): boolean =>
          node.position !== undefined || tree.children(node.id).some(isFixed);
        const check = (frame: string | null): void => {
          const units = tree.children(frame);
          for (const [index, a] of units.entries()) {
            if (frame !== null) expect(holds(frames.get(frame)!, boxOf(a))).toBe(true);
            for (const b of units.slice(index + 1)) {
              // Cards may be put over one another by hand; a frame covers nothing.
              if (isFixed(a) && isFixed(b) && !frames.has(a.id) && !frames.has(b.id)) continue;
              expect(boundsOverlap(boxOf(a), boxOf(b))).toBe(false);
            }
            check(a.id);
          }
        };
        check(null);
        expect(places.size + frames.size).toBe(graph.nodes.length);
      }),
      { numRuns: 300 },
    );
  });

  it('are laid out the same wherever they stand, and keep lines into them straight', () => {
    const { places } = placed(opened(presetDocument('mcn-20'), 'stage1'));
    expect(places.get('stage1/block1')!.y).toBe(places.get('mc1')!.y);
    const [first, second] = ['stage1/block1', 'stage1/block2'].map((id) => places.get(id)!);
    expect(second!.y).toBe(first!.y);
    expect(second!.x).toBeGreaterThan(first!.x);
  });

  it('take what lies in them along when they are moved, and come back to where they were', () => {
    const chain = withGroup(reluChain(6), 'g', ['n2', 'n3'], { open: true });
    const before = placed(chain);
    const { left, top } = before.frames.get('g')!;
    const position = { x: left + 1000, y: top + 400 };
    const nodes = chain.nodes.map((node) => (node.id === 'g' ? { ...node, position } : node));
    const after = placed({ ...chain, nodes });
    for (const id of ['n2', 'n3']) {
      const { x, y } = before.places.get(id)!;
      expect(after.places.get(id)).toEqual({ x: x + 1000, y: y + 400 });
    }
    expect(after.anchors.get('g')).toEqual(position);
  });

  it('grow with a member that is moved out of them, and others give way', () => {
    const chain = withGroup(reluChain(8), 'g', ['n0', 'n1'], { open: true });
    const far = placed(chain).places.get('n6')!;
    const nodes = chain.nodes.map((node) => (node.id === 'n1' ? { ...node, position: far } : node));
    const { frames, places } = placed({ ...chain, nodes });
    for (const id of ['n2', 'n3', 'n4', 'n5', 'n6', 'n7']) {
      expect(boundsOverlap(frames.get('g')!, cardBounds(places.get(id)!))).toBe(false);
    }
  });
});
