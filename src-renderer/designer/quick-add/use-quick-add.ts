import { shallowRef, type ShallowRef } from 'vue';
import type { Position } from '@shared/graph/document';
import type { PortEnd } from '../connect/port';

/**
 * Where the new layer goes: to stand alone at the place; where the layout puts it, behind the selected layer if there is one; into a
 * connection; to the end of one that was let go of in empty space; or in the place of layers that go, which `types` could take.
 */
export type QuickAddTarget =
  | { kind: 'place' }
  | { kind: 'layout' }
  | { kind: 'edge'; edge: string }
  | { kind: 'end'; from: PortEnd }
  | { kind: 'replace'; nodes: readonly string[]; types: ReadonlySet<string> };

/** The open list of layers to add. */
export interface QuickAddCall {
  /** Where it was called on the canvas. */
  at: Position;
  into: QuickAddTarget;
  query: string;
}

/** The list of layers that opens on the canvas. */
export interface QuickAdd {
  call: Readonly<ShallowRef<QuickAddCall | null>>;
  open(call: QuickAddCall): void;
  /** Takes over what is typed. */
  search(query: string): void;
  close(): void;
}

/** Closed at first. */
export function useQuickAdd(): QuickAdd {
  const call = shallowRef<QuickAddCall | null>(null);
  return {
    call,
    open: (next) => {
      call.value = next;
    },
    search: (query) => {
      if (call.value) call.value = { ...call.value, query };
    },
    close: () => {
      call.value = null;
    },
  };
}
