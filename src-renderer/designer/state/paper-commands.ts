import { computed, ref, type Ref } from 'vue';
import { shapeText } from '@shared/ops/shape';
import { slug } from '@shared/words/slug';
import { useCommand } from '../../stores/commands';
import { useProjectStore } from '../../stores/project';
import { saveFile } from '../../ui/save-file';
import { diagramPng } from '../diagram/diagram-png';
import { diagramSvg, type Diagram } from '../diagram/diagram-svg';
import type { Designer } from './use-designer';

/** The design as it is drawn now. */
function diagramOf(title: string, { cards, cardOf, placement, shown }: Designer): Diagram {
  const places = placement.places.value;
  const nodes = cards.value.flatMap(({ id, name, summary, role }) => {
    const corner = places.get(id);
    return corner ? [{ id, name, summary, role, corner }] : [];
  });
  const edges = placement.edges.value.map(({ id, from, points, label }) => {
    const shape = cardOf(shown.design.value.outputs.get(id) ?? from)?.shape;
    return { points, label, shape: shape ? shapeText(shape) : null };
  });
  const frames = shown.frames.value.flatMap(({ id, name, summary }) => {
    const bounds = placement.frames.value.get(id);
    return bounds ? [{ name, summary, bounds }] : [];
  });
  return diagramSvg(title, nodes, edges, frames);
}

/** Registers what takes a design into a paper: the table of its layers, its twins, its drawing as SVG and PNG. Returns whether the table is shown. */
export function usePaperCommands(designer: Designer): Ref<boolean> {
  const store = useProjectStore();
  const summaryOpen = ref(false);
  const name = computed(() => store.project?.name ?? 'Design');
  const empty = (): string | null => (designer.cards.value.length === 0 ? 'The design has no layers.' : null);

  useCommand(
    'design.summary',
    () => {
      summaryOpen.value = true;
    },
    () => (store.network ? null : 'The design has errors; repair them first.'),
  );
  useCommand(
    'design.twins',
    () => {
      designer.twins.compare();
    },
    empty,
  );
  useCommand(
    'design.diagram-svg',
    () => {
      saveFile(`${slug(name.value, 'design')}.svg`, diagramOf(name.value, designer).svg, 'image/svg+xml');
    },
    empty,
  );
  useCommand(
    'design.diagram-png',
    async () => {
      const bytes = await diagramPng(diagramOf(name.value, designer));
      saveFile(`${slug(name.value, 'design')}.png`, bytes, 'image/png');
    },
    empty,
  );
  return summaryOpen;
}
