import type { Designer } from '../state/use-designer';
import { canOpen } from '../state/use-groups';
import type { MenuKind } from './menu-items';

/** The menu of a card or frame, which is selected when it is not yet: that of the selection, if it is several. */
export function menuOfCard({ selection, document }: Designer, card: string): MenuKind {
  if (!selection.set.value.has(card)) selection.pick(card);
  if (selection.ids.value.length > 1) return 'cards';
  const node = document.value.nodes.find(({ id }) => id === selection.ids.value[0]);
  return node && canOpen(node) ? 'group' : 'card';
}
