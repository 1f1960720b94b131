import { nextTick, onMounted, watch } from 'vue';
import { useUiStore } from '../../stores/ui';
import type { Designer } from './use-designer';

/** Goes to the node that another part of the window asked for, as soon as the canvas stands. */
export function useWantedNode(designer: Designer): void {
  const ui = useUiStore();

  async function go(): Promise<void> {
    const node = ui.wantedNode;
    if (node === null) return;
    ui.wantedNode = null;
    await nextTick();
    designer.jumpTo(node);
    designer.callCanvas();
  }

  onMounted(go);
  watch(() => ui.wantedNode, go);
}
