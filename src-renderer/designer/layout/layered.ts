import { Graph, layout } from '@dagrejs/dagre';
import type { Position } from '@shared/graph/document';
import { CARD_HEIGHT, CARD_WIDTH } from './card-size';
import type { Component } from './components';

/** Room for a shape between layers, and for its text above a line. */
const LAYER_GAP = 84;
const LANE_GAP = 40;

/** Places a component that branches or merges in layers from left to right; the topmost, leftmost card touches 0, 0. */
export function layered({ nodes, edges }: Component): Map<string, Position> {
  const graph = new Graph({ multigraph: true });
  graph.setGraph({ rankdir: 'LR', nodesep: LANE_GAP, ranksep: LAYER_GAP, edgesep: LANE_GAP / 2 });
  graph.setDefaultEdgeLabel(() => ({}));
  for (const node of nodes) graph.setNode(node.id, { width: CARD_WIDTH, height: CARD_HEIGHT });
  for (const edge of edges) graph.setEdge(edge.from, edge.to, {}, edge.id);
  layout(graph);
  const centres = nodes.map((node) => ({ id: node.id, ...(graph.node(node.id) as Position) }));
  const left = Math.min(...centres.map((centre) => centre.x)) - CARD_WIDTH / 2;
  const top = Math.min(...centres.map((centre) => centre.y)) - CARD_HEIGHT / 2;
  return new Map(
    centres.map(({ id, x, y }) => [
      id,
      { x: Math.round(x - CARD_WIDTH / 2 - left), y: Math.round(y - CARD_HEIGHT / 2 - top) },
    ]),
  );
}
