import { useCommand } from '../../stores/commands';
import type { Designer } from './use-designer';

const ZOOM_STEP = 1.25;

/** Registers what the commands of this room do, while it is open. `search` puts the keyboard into the palette of layers. */
export function useRoomCommands(designer: Designer, search: () => void): void {
  const { selection, viewport, groups } = designer;
  useCommand('design.fit', viewport.fit);
  useCommand('design.tidy', designer.tidy);
  useCommand('design.zoom-in', () => {
    viewport.zoomBy(ZOOM_STEP);
  });
  useCommand('design.zoom-out', () => {
    viewport.zoomBy(1 / ZOOM_STEP);
  });
  useCommand('design.select-all', () => {
    selection.replace(designer.cards.value.map((card) => card.id));
  });
  useCommand('design.remove', designer.removeSelected, () =>
    selection.ids.value.length > 0 ? null : 'No layer is selected.',
  );
  useCommand('design.group', groups.group, groups.groupReason);
  useCommand('design.ungroup', groups.ungroup, groups.ungroupReason);
  useCommand('design.collapse', groups.toggle, groups.toggleReason);
  useCommand('design.search', search);
}
