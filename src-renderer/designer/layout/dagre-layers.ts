import { Graph, layout } from '@dagrejs/dagre';
import type { Position } from '@shared/graph/document';
import type { Box } from './box';
import type { Component } from './components';
import type { LayerGaps } from './plain-layers';

/** Places boxes in layers from left to right so that lines cross little and run straight; the topmost, leftmost box touches 0, 0. */
export function dagreLayers(
  { nodes, edges }: Component<Box>,
  { layer, lane }: LayerGaps,
): Map<string, Position> {
  const graph = new Graph({ multigraph: true });
  graph.setGraph({ rankdir: 'LR', nodesep: lane, ranksep: layer, edgesep: lane / 2 });
  graph.setDefaultEdgeLabel(() => ({}));
  for (const { id, width, height } of nodes) graph.setNode(id, { width, height });
  edges.forEach(({ from, to }, index) => {
    graph.setEdge(from, to, {}, String(index));
  });
  layout(graph);
  const corners = nodes.map(({ id, width, height }) => {
    const { x, y } = graph.node(id) as Position;
    return { id, x: x - width / 2, y: y - height / 2 };
  });
  const left = Math.min(...corners.map(({ x }) => x));
  const top = Math.min(...corners.map(({ y }) => y));
  return new Map(corners.map(({ id, x, y }) => [id, { x: Math.round(x - left), y: Math.round(y - top) }]));
}
