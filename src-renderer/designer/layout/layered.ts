import { Graph, layout } from '@dagrejs/dagre';
import type { Position } from '@shared/graph/document';
import type { Box } from './box';
import type { Component } from './components';
import { plainLayers } from './plain-layers';

/** Room for a shape between layers, and for its text above a line. */
const LAYER_GAP = 84;
const LANE_GAP = 40;

/** Larger components are placed plainly: dagre walks through them by recursion, too deep for a stack, and for seconds. */
const MOST_BOXES = 400;

/** Places a component that branches or merges in layers from left to right; the topmost, leftmost box touches 0, 0. */
export function layered(component: Component<Box>): Map<string, Position> {
  return component.nodes.length > MOST_BOXES
    ? plainLayers(component, { layer: LAYER_GAP, lane: LANE_GAP })
    : dagreLayers(component);
}

function dagreLayers({ nodes, edges }: Component<Box>): Map<string, Position> {
  const graph = new Graph({ multigraph: true });
  graph.setGraph({ rankdir: 'LR', nodesep: LANE_GAP, ranksep: LAYER_GAP, edgesep: LANE_GAP / 2 });
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
