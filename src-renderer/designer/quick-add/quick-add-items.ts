import { fitsIntoEdge } from '../edits/insert-into-edge';
import { takesEnd } from '../edits/add-node-at';
import { paletteGroups, type PaletteItem } from '../palette/palette-groups';
import type { SearchItem } from '../search/search-item';
import type { QuickAddTarget } from './use-quick-add';

/** 0: the name begins like that; 1: a word in it does; 2: it is in the name; 3: elsewhere. */
function rank(label: string, query: string): number {
  const text = label.toLowerCase();
  if (text.startsWith(query)) return 0;
  if (text.split(/[\s-]+/).some((word) => word.startsWith(query))) return 1;
  return text.includes(query) ? 2 : 3;
}

function fits(type: string, target: QuickAddTarget): boolean {
  if (target.kind === 'end') return takesEnd(type, target.from);
  if (target.kind === 'replace') return target.types.has(type);
  return target.kind !== 'edge' || fitsIntoEdge(type);
}

function searchItem(item: PaletteItem, group: string): SearchItem & { group: string } {
  const { type, label, help, role } = item;
  return { id: type, label, note: help, colour: `var(--role-${role})`, group };
}

/**
 * The layers that the list offers: those that the query fits, by category, and with a query those first whose name begins with it. For a
 * connection only layers that can stand in it or at its loose end, and to replace others only those that can keep their connections.
 */
export function quickAddItems(query: string, target: QuickAddTarget): SearchItem[] {
  const text = query.trim().toLowerCase();
  const items = paletteGroups(query).flatMap(({ name, items: own }) =>
    own.filter(({ type }) => fits(type, target)).map((item) => searchItem(item, name)),
  );
  if (text === '') return items;
  const ranked = items.toSorted((a, b) => rank(a.label, text) - rank(b.label, text));
  return ranked.map(({ id, label, note, colour }) => ({ id, label, note, colour }));
}
