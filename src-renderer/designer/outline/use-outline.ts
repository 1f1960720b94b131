import { computed, ref, shallowRef, watch, type ComputedRef, type Ref, type ShallowRef } from 'vue';
import { isBlockType } from '@shared/blocks/index';
import type { Edit } from '@shared/graph/edit';
import { isGroup } from '@shared/graph/groups';
import { renameGroup } from '../edits/rename-group';
import type { Designer } from '../state/use-designer';
import { outlineRows, rowKey, type OutlineRow } from './outline-rows';

/** How a step of the keyboard, or a click, changes the selection. */
export type Choosing = 'only' | 'toggle' | 'range' | 'none';

/** The state of the outline; what is selected and what is open is that of the canvas. */
export interface Outline {
  rows: ComputedRef<readonly OutlineRow[]>;
  /** Index of the row that the keyboard is at; -1 without rows. */
  active: ComputedRef<number>;
  /** Key of the row whose name is being typed. */
  renaming: Readonly<Ref<string | null>>;
  isSelected(row: OutlineRow): boolean;
  /** Puts the keyboard at a row, and selects as told. */
  move(index: number, choosing: Choosing): void;
  /** Opens or closes what a row stands for, or lists the connections of a layer. */
  toggle(row: OutlineRow): void;
  /** Gives the keyboard to what a row stands for on the canvas. */
  goTo(row: OutlineRow): void;
  beginRename(row: OutlineRow): void;
  /** Takes over a name; null: it stays as it was. */
  endRename(name: string | null): void;
  /** Removes what is selected; the keyboard goes to the next row. */
  remove(): void;
}

/** What the outline needs of the room. */
export interface OutlineHost extends Pick<
  Designer,
  'document' | 'selection' | 'edges' | 'jumpTo' | 'callCanvas' | 'removeSelected'
> {
  shown: Pick<Designer['shown'], 'design'>;
  groups: Pick<Designer['groups'], 'toggleNode'>;
  /** Brings a node into sight. */
  reveal(node: string): void;
  apply(edit: Edit): void;
}

/** The outline of a design. */
export function useOutline(host: OutlineHost): Outline {
  const { document, selection, edges, shown } = host;
  const listed: ShallowRef<ReadonlySet<string>> = shallowRef(new Set());
  const at = ref<string | null>(null);
  const renaming = ref<string | null>(null);
  /** Where a range of rows begins. */
  let rangeStart: string | null = null;

  const rows = computed(() =>
    outlineRows({ document: document.value, shown: shown.design.value, listed: listed.value }),
  );
  const places = computed(() => new Map(rows.value.map(({ key }, index) => [key, index])));
  const ofCursor = computed(() => {
    const edge = document.value.edges.find(({ id }) => id === edges.cursor.value);
    if (!edge) return selection.cursor.value === null ? null : rowKey('node', selection.cursor.value);
    const own = rowKey('connection', edge.id);
    return places.value.has(own) ? own : rowKey('node', shown.design.value.standIn(edge.to) ?? edge.to);
  });
  const active = computed(() => {
    const place = places.value.get(at.value ?? '') ?? places.value.get(ofCursor.value ?? '');
    return place ?? Math.min(0, rows.value.length - 1);
  });

  /** Whether a row is selected by what is selected on the canvas: a part by its block. */
  function isSelected({ kind, id }: OutlineRow): boolean {
    return kind === 'node' ? selection.set.value.has(id) : edges.ids.value.includes(id);
  }

  // What is selected elsewhere takes the keyboard's row along; a part stays it while its block is selected.
  watch(ofCursor, (key) => {
    const row = rows.value[places.value.get(at.value ?? '') ?? -1];
    const standsFor = row?.kind === 'node' ? rowKey('node', shown.design.value.standIn(row.id) ?? '') : null;
    if (standsFor !== key) at.value = key;
  });

  function choose(row: OutlineRow, choosing: Choosing): void {
    if (choosing === 'none') return;
    if (row.kind === 'connection') edges.pick(row.id, choosing === 'toggle');
    else if (choosing === 'range') selectRange(row);
    else {
      selection.pick(row.id, choosing === 'toggle');
      host.reveal(row.id);
    }
    if (choosing !== 'range') rangeStart = row.key;
  }

  function selectRange(row: OutlineRow): void {
    const ends = [places.value.get(rangeStart ?? '') ?? active.value, places.value.get(row.key)!];
    const inside = rows.value.slice(Math.min(...ends), Math.max(...ends) + 1);
    const nodes = inside.flatMap(({ kind, id }) =>
      kind === 'node' && !shown.design.value.parts.has(id) ? [id] : [],
    );
    // The row that the keyboard is at comes last: the last one is where the canvas has it.
    selection.replace([...nodes.filter((id) => id !== row.id), ...nodes.filter((id) => id === row.id)]);
  }

  function move(index: number, choosing: Choosing): void {
    const row = rows.value[index];
    if (!row) return;
    choose(row, choosing);
    at.value = row.key;
  }

  return {
    rows,
    active,
    renaming,
    isSelected,
    move,
    toggle: ({ id, open }) => {
      if (open === null) return;
      const node = document.value.nodes.find((other) => other.id === id);
      if (!node || isGroup(node) || isBlockType(node.type)) host.groups.toggleNode(id);
      else {
        const next = new Set(listed.value);
        if (!next.delete(id)) next.add(id);
        listed.value = next;
      }
    },
    goTo: ({ kind, id }) => {
      if (kind === 'connection') edges.pick(id);
      else host.jumpTo(id);
      host.callCanvas();
    },
    beginRename: ({ kind, id, key }) => {
      if (kind === 'node' && !shown.design.value.parts.has(id)) renaming.value = key;
    },
    endRename: (name) => {
      const row = rows.value[places.value.get(renaming.value ?? '') ?? -1];
      renaming.value = null;
      const node = document.value.nodes.find(({ id }) => id === row?.id);
      const wanted = name?.trim() ?? '';
      if (!node || wanted === '' || wanted === node.name) return;
      host.apply(
        isGroup(node)
          ? renameGroup(document.value, node, wanted)
          : { kind: 'rename', node: node.id, name: wanted },
      );
    },
    remove: () => {
      const next = rows.value
        .slice(active.value + 1)
        .find((row) => row.level <= rows.value[active.value]!.level);
      host.removeSelected();
      if (next && places.value.has(next.key)) move(places.value.get(next.key)!, 'none');
    },
  };
}
