import { nodeKind } from '@shared/blocks/node-kinds';
import type { GraphNode, Position } from '@shared/graph/document';
import type { Flow } from '@shared/graph/flow';
import { CARD_HEIGHT, CARD_WIDTH } from '../layout/card-size';

/** One end of a connection: an input of a node by its name, or with null its one output. */
export interface PortEnd {
  node: string;
  port: string | null;
}

/** A port and where it is on the canvas. */
export interface PlacedPort extends PortEnd {
  at: Position;
}

/** The text that stands for a port in maps; names of inputs hold no spaces. */
export function portKey({ node, port }: PortEnd): string {
  return `${port ?? ''} ${node}`;
}

/** The ports of a node type: its inputs in their order, then null for the output. Unknown types have none. */
export function portsOfType(type: string): (string | null)[] {
  const kind = nodeKind(type);
  if (!kind) return [];
  // Output is where a design ends: nothing reads it.
  return [...kind.inputs.map(({ name }) => name), ...(type === 'output' ? [] : [null])];
}

/**
 * Where a port lies from the top left corner of its card. In a design that runs to the right inputs are evenly spread over the left edge,
 * and the output is amid the right one; in one that runs down these are the upper and the lower edge.
 */
export function portOffset(port: string | null, inputs: readonly string[], flow: Flow): Position {
  const along = port === null ? 1 : 0;
  const across = port === null ? 1 / 2 : (inputs.indexOf(port) + 1) / (inputs.length + 1);
  const [x, y] = flow === 'down' ? [across, along] : [along, across];
  return { x: x * CARD_WIDTH, y: y * CARD_HEIGHT };
}

/** The ports of a node whose card has this top left corner. */
export function placedPorts(node: GraphNode, corner: Position, flow: Flow): PlacedPort[] {
  const ports = portsOfType(node.type);
  const inputs = ports.filter((port) => port !== null);
  return ports.map((port) => {
    const { x, y } = portOffset(port, inputs, flow);
    return { node: node.id, port, at: { x: corner.x + x, y: corner.y + y } };
  });
}
