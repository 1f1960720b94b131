import {
  computed,
  inject,
  provide,
  ref,
  shallowRef,
  watch,
  type ComputedRef,
  type InjectionKey,
  type Ref,
} from 'vue';
import { emptyDocument, type GraphDocument, type Position } from '@shared/graph/document';
import { useProjectStore } from '../../stores/project';
import type { Size } from '../canvas/fit-viewport';
import { heat, type Colouring, type Heat } from '../cards/heat';
import { neighbour, type Direction } from '../cards/neighbour';
import { keepUnchanged, nodeCards, type NodeCardModel } from '../cards/node-card';
import { insertNode } from '../edits/insert-node';
import { moveNodes } from '../edits/move-nodes';
import { removeAndReconnect } from '../edits/remove-and-reconnect';
import { tidy } from '../edits/tidy';
import type { Problem } from '@shared/problem';
import { usePlacement, type Placement } from './use-placement';
import { useSelection, type Selection } from './use-selection';
import { useViewport, type ViewportState } from './use-viewport';

/** What the parts of the Design room share: views of the design, the state of the room, and what can be done. */
export interface Designer {
  document: ComputedRef<GraphDocument>;
  cards: ComputedRef<readonly NodeCardModel[]>;
  cardOf(node: string): NodeCardModel | undefined;
  /** Problems, warnings and hints of the design. */
  problems: ComputedRef<readonly Problem[]>;
  colouring: Ref<Colouring>;
  heat: ComputedRef<Heat | null>;
  selection: Selection;
  placement: Placement;
  viewport: ViewportState;
  /** Rises when the keyboard should go to the inspector. */
  inspectorCalls: Readonly<Ref<number>>;
  callInspector(): void;
  /** Selects the next card in a direction and brings it into sight. */
  step(direction: Direction): void;
  /** Selects a node and puts it in the middle. */
  jumpTo(node: string): void;
  insert(type: string): void;
  removeSelected(): void;
  tidy(): void;
  /** Drags a card, with it the selection if it is part of it; null lets go and keeps the new places. */
  drag(node: string, by: Position): void;
  drop(): void;
}

const designerKey: InjectionKey<Designer> = Symbol('designer');

/** The designer of the room around. @throws Error outside of it */
export function useDesigner(): Designer {
  const designer = inject(designerKey);
  if (!designer) throw new Error('useDesigner belongs inside the Design room');
  return designer;
}

/** Makes the state of the Design room over the open project and hands it to the room's parts. */
export function provideDesigner(): Designer {
  const store = useProjectStore();
  const document = computed(() => store.project?.document ?? emptyDocument());
  const canvas = shallowRef<Size>({ width: 900, height: 600 });
  const selection = useSelection(document);
  const placement = usePlacement(
    document,
    computed(() => canvas.value),
  );
  const viewport = useViewport(placement.places, canvas);
  const problems = computed(() => [...store.problems, ...store.hints]);
  const cards = computed<readonly NodeCardModel[]>((before = []) => {
    const { lowered, profile, family } = store;
    if (!lowered) return [];
    const context = { document: document.value, family, lowered, profile, problems: problems.value };
    return keepUnchanged(before, nodeCards(context));
  });
  const byId = computed(() => new Map(cards.value.map((card) => [card.id, card])));
  const colouring = ref<Colouring>('role');
  const inspectorCalls = ref(0);

  watch(
    () => store.project?.id,
    () => {
      selection.clear();
      viewport.fit();
    },
  );

  function select(node: string): void {
    selection.pick(node);
    viewport.reveal(node);
  }

  const designer: Designer = {
    document,
    cards,
    cardOf: (node) => byId.value.get(node),
    problems,
    colouring,
    heat: computed(() => heat(cards.value, colouring.value)),
    selection,
    placement,
    viewport,
    inspectorCalls,
    callInspector: () => {
      inspectorCalls.value += 1;
    },
    step: (direction) => {
      const from = selection.cursor.value;
      if (from === null) return;
      // The first key press selects the card that the keyboard is at.
      const chosen = selection.set.value.has(from);
      const next = chosen ? neighbour(document.value, placement.places.value, from, direction) : from;
      if (next !== null) select(next);
    },
    jumpTo: (node) => {
      selection.pick(node);
      viewport.centre(node);
    },
    insert: (type) => {
      const after = selection.ids.value.length === 1 ? selection.ids.value[0]! : null;
      const { edit, node } = insertNode(document.value, type, after, placement.places.value);
      store.apply(edit);
      select(node);
    },
    removeSelected: () => {
      const ids = selection.ids.value;
      if (ids.length === 0) return;
      const before = neighbour(document.value, placement.places.value, ids[0]!, 'left');
      store.apply(removeAndReconnect(document.value, ids));
      if (before !== null) selection.moveCursor(before);
    },
    tidy: () => {
      const edit = tidy(document.value);
      if (edit) store.apply(edit);
      viewport.fit();
    },
    drag: (node, by) => {
      if (!selection.set.value.has(node)) selection.pick(node);
      viewport.hold();
      placement.drag({ nodes: selection.set.value, by });
    },
    drop: () => {
      const edit = moveNodes(placement.dragged());
      placement.drag(null);
      if (edit) store.apply(edit);
    },
  };
  provide(designerKey, designer);
  return designer;
}
