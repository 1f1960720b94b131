import type { FieldValue } from '../fields/field';
import type { Flow } from './flow';

/** The version that this build writes; older ones are migrated on reading (migrate-document.ts). */
export const DOCUMENT_VERSION = 3;

/** A place on the canvas, in CSS pixels at zoom 1; the card's top left corner. */
export interface Position {
  x: number;
  y: number;
}

/** A layer, block or group as drawn. Fields left out have their defaults. */
export interface GraphNode {
  readonly id: string;
  /** A primitive of ops/, a block of blocks/, or a group (groups.ts). */
  readonly type: string;
  /** Unique among the nodes, shown on the card and in every message. */
  readonly name: string;
  readonly fields: Readonly<Record<string, FieldValue>>;
  /** Of the card or frame. Absent until a person moves it: then the layout places it. */
  readonly position?: Position;
  /** The group it lies in. Absent: at the top. */
  readonly parent?: string;
  /** A group or block that is drawn as a frame with what is inside it. Absent: as one card. */
  readonly open?: true;
}

/** A connection from the one output of a node to an input port of another. Groups have neither; connections cross their frames. */
export interface GraphEdge {
  readonly id: string;
  readonly from: string;
  readonly to: string;
  /** Input port of `to`. */
  readonly port: string;
}

/**
 * What a user draws: the only truth about a design. Immutable; changed by edits (edit.ts), read by lower().
 * Feature tensors flow along edges; the order of edges into one port is the order of merging.
 */
export interface GraphDocument {
  readonly version: typeof DOCUMENT_VERSION;
  /** Which way the layout runs. Absent: to the right. */
  readonly flow?: Flow;
  readonly nodes: readonly GraphNode[];
  readonly edges: readonly GraphEdge[];
}

/** A document without nodes. */
export function emptyDocument(): GraphDocument {
  return { version: DOCUMENT_VERSION, nodes: [], edges: [] };
}
