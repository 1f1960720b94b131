import type { Position } from '@shared/graph/document';
import { useCommand } from '../../stores/commands';
import { useProjectStore } from '../../stores/project';
import { GRID, moveNodes } from '../edits/move-nodes';
import type { Designer } from '../state/use-designer';
import { arrange, ARRANGEMENTS, leastCards } from './arrangements';

const NUDGES: Readonly<Record<string, Position>> = {
  left: { x: -GRID, y: 0 },
  right: { x: GRID, y: 0 },
  up: { x: 0, y: -GRID },
  down: { x: 0, y: GRID },
};

/** Registers the lining up, spreading and nudging of the selected cards. */
export function useArrangeCommands(designer: Designer): void {
  const store = useProjectStore();
  const { selection, placement, viewport } = designer;

  /** The selected cards with their places; frames, which are as large as what is in them, are lined up by nobody. */
  function selected(): Map<string, Position> {
    const places = placement.places.value;
    return new Map(
      selection.ids.value.flatMap((id) => {
        const place = places.get(id);
        return place ? [[id, place] as const] : [];
      }),
    );
  }

  for (const arrangement of ARRANGEMENTS) {
    const least = leastCards(arrangement);
    useCommand(
      `design.${arrangement}`,
      () => {
        const verb = arrangement.startsWith('align') ? 'Align' : 'Distribute';
        const cards = selected();
        const moved = arrange(cards, arrangement);
        const edit = moveNodes(designer.document.value, moved, placement.pins(cards.keys()), verb);
        if (edit) store.apply(edit);
      },
      () => (selected().size < least ? `Select ${least} layers or more.` : null),
    );
  }
  for (const [direction, by] of Object.entries(NUDGES)) {
    useCommand(
      `design.nudge-${direction}`,
      () => {
        const edit = designer.shift(selection.set.value, by);
        if (!edit) return;
        viewport.hold();
        // Keys pressed one after the other are one step, whatever their direction.
        store.apply(edit, `nudge.${selection.ids.value.join(' ')}`);
      },
      () => (selection.ids.value.length > 0 ? null : 'No layer is selected.'),
    );
  }
}
