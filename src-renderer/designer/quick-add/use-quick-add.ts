import { shallowRef, type ShallowRef } from 'vue';
import type { Position } from '@shared/graph/document';
import type { PortEnd } from '../connect/port';

/** The open list of layers to add. */
export interface QuickAddCall {
  /** Where it was called on the canvas. */
  at: Position;
  /** The new layer is put behind the selected one instead of at that place. */
  behindSelection: boolean;
  /** The end of a connection that was let go of in empty space; the new layer is connected to it. */
  from: PortEnd | null;
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
