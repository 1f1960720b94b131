import { computed } from 'vue';
import { useCommand } from '../../stores/commands';
import { useOfferedFixes } from '../../stores/fixes';
import { useProjectStore } from '../../stores/project';
import { fixesIn } from '../fixes/use-fixes';
import type { Designer } from '../state/use-designer';

/** Registers what goes from problem to problem, and what repairs, also for lists of problems elsewhere in the window. */
export function useProblemCommands(designer: Designer): void {
  const store = useProjectStore();
  const fixesFor = fixesIn(designer.document);
  const { selection, problems } = designer;
  useOfferedFixes(fixesFor);

  /** Layers with problems, in the order of the list. */
  const places = computed(() => [...new Set(problems.value.flatMap(({ node }) => node ?? []))]);
  /** The first thing that the studio can repair: at what is selected, or without a selection anywhere. */
  const fix = computed(() => {
    const cards = selection.ids.value.flatMap((id) => designer.cardOf(id) ?? []);
    const here = cards.length > 0 ? cards.flatMap((card) => card.problems) : problems.value;
    return { here, first: here.flatMap((problem) => fixesFor(problem).slice(0, 1))[0] ?? null };
  });

  function go(step: 1 | -1): void {
    const all = places.value;
    const at = all.indexOf(selection.ids.value[0] ?? '');
    // From elsewhere to the first problem, or to the last.
    const next = at < 0 ? (step > 0 ? 0 : -1) : (at + step) % all.length;
    designer.jumpTo(all.at(next)!);
    designer.callCanvas();
  }

  const none = (): string | null => (places.value.length > 0 ? null : 'No layer has a problem.');
  useCommand(
    'design.next-problem',
    () => {
      go(1);
    },
    none,
  );
  useCommand(
    'design.previous-problem',
    () => {
      go(-1);
    },
    none,
  );
  useCommand(
    'design.repair',
    () => {
      const { here, first } = fix.value;
      const place = here.find(({ node }) => node !== undefined)?.node;
      if (first) store.apply(first.edit);
      else {
        // What takes a decision is left to the person, at the words that tell what it is about.
        if (place !== undefined && selection.ids.value.length === 0) designer.jumpTo(place);
        designer.callInspector();
      }
    },
    () => (fix.value.here.length > 0 ? null : 'There is no problem here.'),
  );
}
