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
import { emptyDocument, type GraphDocument, type GraphEdge } from '@shared/graph/document';
import { flowOf, type Flow } from '@shared/graph/flow';
import type { Problem } from '@shared/problem';
import { useProjectStore } from '../../stores/project';
import { cardGestures, type CardGestures } from '../arrange/card-gestures';
import { useCardDrag, type CardDrag } from '../arrange/use-card-drag';
import type { Size } from '../canvas/fit-viewport';
import { heat, type Colouring, type Heat } from '../cards/heat';
import { neighbour, type Direction } from '../cards/neighbour';
import type { NodeCardModel } from '../cards/node-card';
import { useConnecting, type Connecting } from '../connect/use-connecting';
import { useKeyConnecting, type KeyConnecting } from '../connect/use-key-connecting';
import { connectionFacts, type ConnectionFacts } from '../edges/connection-facts';
import { disconnect } from '../edits/disconnect';
import { removeAndReconnect } from '../edits/remove-and-reconnect';
import { tidy } from '../edits/tidy';
import { cardBounds, type Bounds } from '../layout/card-size';
import { useTwins, type Twins } from '../twins/use-twins';
import { useAdding, type Adding } from './use-adding';
import { useConnectionSteps, type ConnectionSteps } from './use-connection-steps';
import { useEdgeSelection, type EdgeSelection } from './use-edge-selection';
import { useGroups, type Groups } from './use-groups';
import { usePlacement, type Placement } from './use-placement';
import { usePointer, type CanvasPointer } from './use-pointer';
import { useRetracedSight } from './use-retraced-sight';
import { useSelection, type Selection } from './use-selection';
import { useSelectionMemory } from './use-selection-memory';
import { useShown, type Shown } from './use-shown';
import { useSight, type Sight } from './use-sight';
import { useViewport, type ViewportState } from './use-viewport';

/** What a step of the keyboard selects: the card alone, it and what is selected, or nothing else than before. */
export type Stepping = 'only' | 'add' | 'none';

/** What the parts of the Design room share: views of the design, the state of the room, and what can be done. */
export interface Designer extends Adding, KeyConnecting, CardGestures {
  document: ComputedRef<GraphDocument>;
  /** What is to be seen of the design. */
  shown: Shown;
  /** What stands on the canvas as a card. */
  cards: ComputedRef<readonly NodeCardModel[]>;
  /** The model of any node, also of one inside something closed. */
  cardOf(node: string): NodeCardModel | undefined;
  groups: Groups;
  twins: Twins;
  /** Problems, warnings and hints of the design. */
  problems: ComputedRef<readonly Problem[]>;
  colouring: Ref<Colouring>;
  heat: ComputedRef<Heat | null>;
  selection: Selection;
  edges: EdgeSelection;
  connectionSteps: ConnectionSteps;
  connectionFacts(edge: GraphEdge): ConnectionFacts;
  placement: Placement;
  viewport: ViewportState;
  sight: Sight;
  pointer: CanvasPointer;
  connecting: Connecting;
  guides: CardDrag['guides'];
  cardInto: CardDrag['into'];
  dragIsFree: CardDrag['isFree'];
  /** The step that moves nodes by so much. */
  shift: CardDrag['shift'];
  /** Whether the search for a node is open. */
  finding: Ref<boolean>;
  /** Rises when the keyboard should go to the inspector. */
  inspectorCalls: Readonly<Ref<number>>;
  callInspector(): void;
  /** Rises when the keyboard should go to the name in the inspector. */
  nameCalls: Readonly<Ref<number>>;
  callName(): void;
  /** Rises when the keyboard should go to the canvas. */
  canvasCalls: Readonly<Ref<number>>;
  callCanvas(): void;
  /** Goes to the next card in a direction, brings it into sight, and selects it as told: it alone unless told otherwise. */
  step(direction: Direction, how?: Stepping): void;
  /** Selects a node and goes to where it can be seen. */
  jumpTo(node: string): void;
  /** Selects nodes that a step has just brought, and goes to the last of them. */
  choose(nodes: readonly string[]): void;
  /** Removes the selected nodes or connections. */
  removeSelected(): void;
  /** Gives all cards back to the layout, which runs that way from then on; without `flow` as before. */
  tidy(flow?: Flow): void;
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
  // What a design without layers lacks, the empty canvas says.
  const problems = computed(() =>
    document.value.nodes.length === 0 ? [] : [...store.problems, ...store.hints],
  );
  const twins = useTwins(document);
  const shown = useShown(document, problems, twins.before);
  const { cards } = shown;
  const standIn = (id: string): string | null => shown.design.value.standIn(id);
  const selection = useSelection(document, standIn);
  const placement = usePlacement(
    computed(() => shown.design.value.graph),
    computed(() => canvas.value),
  );
  const boxes = computed<ReadonlyMap<string, Bounds>>(() => {
    const ofCards = [...placement.places.value].map(([id, place]) => [id, cardBounds(place)] as const);
    return new Map([...placement.frames.value, ...ofCards]);
  });
  const viewport = useViewport(boxes, canvas);
  useRetracedSight(document, (nodes) => {
    viewport.seek(nodes.map((id) => standIn(id) ?? id));
  });
  const colouring = ref<Colouring>('role');
  const inspectorCalls = ref(0);
  const nameCalls = ref(0);

  watch(
    () => store.shown,
    () => {
      selection.clear();
      viewport.fit();
    },
  );

  function select(id: string): void {
    const node = standIn(id) ?? id;
    selection.pick(node);
    viewport.reveal(node);
  }

  const pointer = usePointer(viewport.viewport, viewport.canvas);
  const edges = useEdgeSelection(document, selection);
  useSelectionMemory(document, selection, edges);
  const cardDrag = useCardDrag(document, placement, viewport, viewport.canvas, (line) =>
    shown.design.value.connectionOf(line),
  );
  const canvasCalls = ref(0);
  const callCanvas = (): void => {
    canvasCalls.value += 1;
  };
  const adding = useAdding({
    document,
    selection,
    edges,
    placement,
    viewport,
    pointer,
    linesOf: (edge) => shown.design.value.linesOf(edge),
    apply: store.apply,
    select,
    callCanvas,
  });
  const connectionSteps = useConnectionSteps({
    document,
    selection,
    edges,
    standIn,
    select,
    reveal: viewport.reveal,
  });
  const connecting = useConnecting({
    context: () => ({
      document: document.value,
      family: store.family,
      shapes: store.lowered?.shapes ?? new Map(),
    }),
    places: placement.places,
    zoom: () => viewport.viewport.value.zoom,
    pointer,
    apply: store.apply,
    droppedInSpace: (from, at) => {
      adding.quickAdd.open({ at, into: { kind: 'end', from }, query: '' });
    },
    reveal: viewport.reveal,
  });

  // What was begun over a design that has changed since may not fit any more.
  watch(document, () => {
    connecting.cancel();
    adding.quickAdd.close();
  });

  /** What the arrow keys lead to: what is shown, frames by their corners. */
  function neighbourOf(from: string, direction: Direction): string | null {
    const corners = [...boxes.value].map(([id, { left, top }]) => [id, { x: left, y: top }] as const);
    const next = neighbour(shown.design.value.graph, new Map(corners), from, direction);
    return next === null ? null : standIn(next);
  }

  function removeNodes(ids: readonly string[]): void {
    const before = neighbourOf(ids[0]!, flowOf(document.value) === 'down' ? 'up' : 'left');
    store.apply(removeAndReconnect(document.value, ids));
    if (before !== null) selection.moveCursor(before);
  }

  const designer: Designer = {
    ...adding,
    ...cardGestures({ selection, viewport, cardDrag, standIn, apply: store.apply }),
    ...useKeyConnecting({ document, selection, edges, connecting, callCanvas }),
    document,
    shown,
    cards,
    cardOf: shown.modelOf,
    groups: useGroups(document, selection, shown, viewport.reveal),
    twins,
    problems,
    colouring,
    heat: computed(() => heat(cards.value, colouring.value)),
    selection,
    edges,
    connectionSteps,
    connectionFacts: (edge) => connectionFacts(document.value, edge, store.lowered?.shapes ?? new Map()),
    placement,
    viewport,
    sight: useSight(placement, viewport, selection.cursor),
    pointer,
    connecting,
    guides: cardDrag.guides,
    cardInto: cardDrag.into,
    dragIsFree: cardDrag.isFree,
    shift: cardDrag.shift,
    finding: ref(false),
    inspectorCalls,
    callInspector: () => {
      inspectorCalls.value += 1;
    },
    nameCalls,
    callName: () => {
      nameCalls.value += 1;
    },
    canvasCalls,
    callCanvas,
    step: (direction, how = 'only') => {
      const from = selection.cursor.value;
      if (from === null) return;
      // The first key press selects the card that the keyboard is at.
      const stays = how === 'only' && !selection.set.value.has(from);
      const next = stays ? from : neighbourOf(from, direction);
      if (next === null) return;
      if (how === 'only') selection.pick(next);
      else if (how === 'add') selection.replace([...selection.ids.value, from, next]);
      else selection.moveCursor(next);
      viewport.reveal(next);
    },
    jumpTo: (id) => {
      const node = standIn(id) ?? id;
      selection.pick(node);
      viewport.approach(node);
    },
    choose: (nodes) => {
      selection.replace(nodes);
      const last = nodes.at(-1);
      if (last !== undefined) viewport.reveal(last);
    },
    removeSelected: () => {
      const ids = selection.ids.value;
      const cut = disconnect(edges.ids.value);
      if (ids.length > 0) removeNodes(ids);
      else if (cut) store.apply(cut);
    },
    tidy: (flow) => {
      const edit = tidy(document.value, flow);
      if (edit) {
        placement.glide();
        store.apply(edit);
      }
      viewport.fit();
    },
  };
  provide(designerKey, designer);
  return designer;
}
