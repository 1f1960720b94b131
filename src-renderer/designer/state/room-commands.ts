import { FLOWS } from '@shared/graph/flow';
import { useCommand } from '../../stores/commands';
import { useClipboard } from '../clipboard/use-clipboard';
import { useArrangeCommands } from '../arrange/arrange-commands';
import { useColourCommands } from './colour-commands';
import { useSelectionCommands } from './selection-commands';
import type { Designer } from './use-designer';

const ZOOM_STEP = 1.25;

/** Puts the keyboard into the panel on the left. */
export interface LeftPanelCalls {
  /** Into what it shows. */
  enter(): void;
  /** Into the search for layers to add. */
  search(): void;
  /** Into the outline of the design. */
  list(): void;
}

/** Registers what the commands of this room do, while it is open. */
export function useRoomCommands(designer: Designer, left: Pick<LeftPanelCalls, 'search' | 'list'>): void {
  const { selection, viewport, document, groups } = designer;
  const clipboard = useClipboard(designer);
  const nothing = (): string | null => (selection.ids.value.length > 0 ? null : 'No layer is selected.');
  const empty = (): string | null => (document.value.nodes.length > 0 ? null : 'The design has no layers.');

  useCommand('design.fit', viewport.fit);
  useCommand('design.tidy', () => {
    designer.tidy();
  });
  for (const flow of FLOWS) {
    useCommand(
      `design.tidy-${flow}`,
      () => {
        designer.tidy(flow);
      },
      empty,
    );
  }
  useCommand('design.zoom-in', () => {
    viewport.zoomBy(ZOOM_STEP);
  });
  useCommand('design.zoom-out', () => {
    viewport.zoomBy(1 / ZOOM_STEP);
  });
  useCommand(
    'design.fit-selection',
    () => {
      viewport.show(selection.ids.value);
    },
    nothing,
  );
  useCommand('design.full-size', () => {
    viewport.full(selection.ids.value);
  });
  useCommand('design.group', groups.group, groups.groupReason);
  useCommand('design.ungroup', groups.ungroup, groups.ungroupReason);
  useCommand('design.take-out', groups.takeOut, groups.takeOutReason);
  useCommand('design.put-in', groups.putIn, groups.putInReason);
  useCommand('design.collapse', groups.toggle, groups.toggleReason);
  useCommand('design.search', () => {
    left.search();
  });
  useCommand('design.outline', () => {
    left.list();
  });
  useCommand(
    'design.find',
    () => {
      designer.finding.value = true;
    },
    empty,
  );
  useCommand('design.add', () => {
    designer.callQuickAdd('');
  });
  useCommand('design.cut', clipboard.cut, nothing);
  useCommand('design.copy', clipboard.copy, nothing);
  useCommand('design.paste', clipboard.paste);
  useCommand('design.duplicate', clipboard.duplicate, nothing);
  useCommand('design.duplicate-with-inputs', clipboard.duplicateWithInputs, nothing);
  useSelectionCommands(designer);
  useArrangeCommands(designer);
  useColourCommands(designer);
}
