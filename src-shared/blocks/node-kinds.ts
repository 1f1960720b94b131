import type { FieldSet, ValuesOf } from '../fields/field';
import type { Family } from '../graph/family';
import { GROUP_TYPE, groupFields } from '../graph/groups';
import type { Category, Port, Role } from '../ops/definition';
import { isOpType, opDefinition, ops, type OpType } from '../ops/index';
import { blockDefinition, blocks, isBlockType, type BlockType } from './index';

/** What a designer needs to know of a node type, be it a primitive, a block or a group. */
export interface NodeKind {
  type: string;
  label: string;
  category: Category;
  help: string;
  fields: FieldSet;
  inputs: readonly Port[];
  isBlock: boolean;
  role(values: ValuesOf<FieldSet>): Role;
  /** One line about the values, as a twin of the design has them. */
  summary(values: ValuesOf<FieldSet>, family: Family): string;
}

/** A frame around other nodes. What it computes, and so its colour, is what is inside. */
const GROUP_KIND: NodeKind = {
  type: GROUP_TYPE,
  label: 'Group',
  category: 'block',
  help: 'Layers that are shown and changed as one, and may repeat.',
  fields: groupFields,
  inputs: [],
  isBlock: false,
  role: () => 'shape',
  summary: (values) => (Number(values.repeat) > 1 ? `repeats ${Number(values.repeat)} times` : ''),
};

const BLOCK_PORTS: readonly Port[] = [{ name: 'in' }];

/** The kind of a node type, or undefined when there is none of that name. */
export function nodeKind(type: string): NodeKind | undefined {
  if (isOpType(type)) {
    const { label, category, help, fields, inputs, role, summary } = opDefinition(type);
    return { type, label, category, help, fields, inputs, role, summary, isBlock: false };
  }
  if (isBlockType(type)) {
    const { label, help, fields, role, summary } = blockDefinition(type);
    return {
      type,
      label,
      category: 'block',
      help,
      fields,
      inputs: BLOCK_PORTS,
      role,
      summary,
      isBlock: true,
    };
  }
  return type === GROUP_TYPE ? GROUP_KIND : undefined;
}

/** All kinds that can be added, primitives first, in the order of the registries. Groups are made of what is there. */
export const nodeKinds: readonly NodeKind[] = [
  ...(Object.keys(ops) as OpType[]),
  ...(Object.keys(blocks) as BlockType[]),
].map((type) => nodeKind(type)!);
