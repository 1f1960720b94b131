import { nodeKind } from '@shared/blocks/node-kinds';
import type { GraphNode, Position } from '@shared/graph/document';
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

/** The ports of a node type: its inputs from top to bottom, then null for the output. Unknown types have none. */
export function portsOfType(type: string): (string | null)[] {
  const kind = nodeKind(type);
  if (!kind) return [];
  // Output is where a design ends: nothing reads it.
  return [...kind.inputs.map(({ name }) => name), ...(type === 'output' ? [] : [null])];
}

/** How far below the top edge of its card each port lies: inputs evenly spread over the left edge, the output amid the right one. */
export function portDrop(port: string | null, inputs: readonly string[]): number {
  if (port === null) return CARD_HEIGHT / 2;
  return (CARD_HEIGHT * (inputs.indexOf(port) + 1)) / (inputs.length + 1);
}

/** The ports of a node whose card has this top left corner. */
export function placedPorts(node: GraphNode, corner: Position): PlacedPort[] {
  const ports = portsOfType(node.type);
  const inputs = ports.filter((port) => port !== null);
  return ports.map((port) => ({
    node: node.id,
    port,
    at: { x: corner.x + (port === null ? CARD_WIDTH : 0), y: corner.y + portDrop(port, inputs) },
  }));
}
