import { nodeKinds, type NodeKind } from '@shared/blocks/node-kinds';
import { defaultsOf } from '@shared/fields/check-value';
import type { Category, Role } from '@shared/ops/definition';

const CATEGORY_NAMES: Readonly<Record<Category, string>> = {
  convolution: 'Convolution',
  block: 'Blocks',
  normalisation: 'Normalisation',
  shape: 'Shape',
  merge: 'Merge',
  head: 'Head',
  io: 'Input and output',
};

/** A layer type on offer; `role` gives its colour. */
export interface PaletteItem {
  type: string;
  label: string;
  help: string;
  role: Role;
}

export interface PaletteGroup {
  name: string;
  items: PaletteItem[];
}

function matches(kind: NodeKind, words: readonly string[]): boolean {
  const text = `${kind.label} ${kind.help} ${CATEGORY_NAMES[kind.category]}`.toLowerCase();
  return words.every((word) => text.includes(word));
}

/** The layer types whose name, help or category contain every word of the search, by category; empty categories are left out. */
export function paletteGroups(search: string): PaletteGroup[] {
  const words = search.toLowerCase().split(/\s+/).filter(Boolean);
  const found = nodeKinds.filter((kind) => matches(kind, words));
  return (Object.keys(CATEGORY_NAMES) as Category[]).flatMap((category) => {
    const items = found
      .filter((kind) => kind.category === category)
      .map((kind): PaletteItem => {
        const { type, label, help } = kind;
        return { type, label, help, role: kind.role(defaultsOf(kind.fields)) };
      });
    return items.length > 0 ? [{ name: CATEGORY_NAMES[category], items }] : [];
  });
}
