import type { GraphDocument, GraphEdge, GraphNode } from '@shared/graph/document';
import { DOCUMENT_VERSION } from '@shared/graph/document';

/** What follows one another between two Adds. */
const TRUNK = ['mcconv', 'batchnorm', 'relu'] as const;

function layer(id: string, type: string, fields: GraphNode['fields'] = {}): GraphNode {
  return { id, type, name: `${type} ${id}`, fields };
}

/**
 * A sound residual design of `count` layers in which every second layer of the trunk is an Add that also reads the Add before it, so that
 * there are about one and a half times as many connections as layers: 2,000 and 3,000.
 */
export function largeDesign(count: number): GraphDocument {
  const head = [layer('gap', 'globalavgpool'), layer('fc', 'dense', { units: 10 }), layer('out', 'output')];
  const nodes = [layer('in', 'input'), layer('first', 'mcconv', { maps: 4 })];
  const edges: GraphEdge[] = [];
  const connect = (from: string, to: string): void => {
    edges.push({ id: `${from}-${to}`, from, to, port: 'in' });
  };
  connect('in', 'first');
  let last = 'first';
  let shortcut = last;
  while (nodes.length < count - head.length) {
    const index = nodes.length;
    const isAdd = index % 2 === 1;
    const type = isAdd ? 'add' : TRUNK[(index / 2) % TRUNK.length]!;
    const node = layer(`l${index}`, type, type === 'mcconv' ? { maps: 4 } : {});
    nodes.push(node);
    connect(last, node.id);
    if (isAdd) {
      connect(shortcut, node.id);
      shortcut = node.id;
    }
    last = node.id;
  }
  for (const node of head) {
    nodes.push(node);
    connect(last, node.id);
    last = node.id;
  }
  return { version: DOCUMENT_VERSION, nodes, edges };
}
