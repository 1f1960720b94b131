import { nodeKind } from '@shared/blocks/node-kinds';
import type { GraphDocument, GraphEdge } from '@shared/graph/document';
import { shapeSize, shapeText, type Shape } from '@shared/ops/shape';
import { formatBytes } from '@shared/words/format-bytes';
import { formatCount } from '@shared/words/format-count';

/** What there is to say of a connection. */
export interface ConnectionFacts {
  /** Names of the layers at its ends. */
  from: string;
  to: string;
  /** Which of several inputs it is, "input 2 of 3"; null when the layer has one. */
  input: string | null;
  /** What runs along it for one image; null while that is not known. */
  shape: Shape | null;
  values: number | null;
  /** As float32. */
  bytes: number | null;
}

const FLOAT_BYTES = 4;

function inputOf(document: GraphDocument, { id, to, port }: GraphEdge): string | null {
  const type = document.nodes.find((node) => node.id === to)?.type ?? '';
  const kind = nodeKind(type);
  const beside = document.edges.filter((edge) => edge.to === to && edge.port === port);
  if (!kind?.inputs.find(({ name }) => name === port)?.many && beside.length < 2) return null;
  return `input ${beside.findIndex((edge) => edge.id === id) + 1} of ${beside.length}`;
}

/** The facts of a connection; `shapes` are the output shapes by node, as far as they are known. */
export function connectionFacts(
  document: GraphDocument,
  edge: GraphEdge,
  shapes: ReadonlyMap<string, Shape>,
): ConnectionFacts {
  const name = (id: string): string => document.nodes.find((node) => node.id === id)?.name ?? id;
  const shape = shapes.get(edge.from) ?? null;
  const values = shape && shapeSize(shape);
  return {
    from: name(edge.from),
    to: name(edge.to),
    input: inputOf(document, edge),
    shape,
    values,
    bytes: values === null ? null : values * FLOAT_BYTES,
  };
}

/** All of it as one sentence for screen readers. */
export function connectionLabel({ from, to, input, shape, values, bytes }: ConnectionFacts): string {
  const ends = `Connection from ${from} to ${to}`;
  const parts = [input === null ? ends : `${ends}, ${input}`];
  if (shape === null || values === null || bytes === null) parts.push('shape not known yet');
  else parts.push(shapeText(shape), `${formatCount(values)} values`, `${formatBytes(bytes)} for an image`);
  return parts.join(', ');
}
