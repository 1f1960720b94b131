import { useProjectStore } from '../../stores/project';
import { useCommand } from '../../stores/commands';
import { reachable, type Reach } from '../cards/reachable';
import { portsOfType } from '../connect/port';
import { disconnect, edgesAt } from '../edits/disconnect';
import type { Designer } from './use-designer';

const REACHES: readonly Reach[] = ['upstream', 'downstream', 'connected'];

/** Registers what can be done with what is selected. */
export function useSelectionCommands(designer: Designer): void {
  const store = useProjectStore();
  const { selection, edges, document, connectionSteps } = designer;
  const nothing = (): string | null => (selection.ids.value.length > 0 ? null : 'No layer is selected.');

  const onlyOne = (): string | null =>
    selection.ids.value.length === 1 ? null : 'Several layers are selected; rename one at a time.';

  function whyNoConnect(): string | null {
    const [id, ...others] = selection.ids.value;
    if (id === undefined) return 'No layer is selected.';
    if (others.length > 0) return 'Several layers are selected; connect one at a time.';
    const node = document.value.nodes.find((other) => other.id === id)!;
    if (!portsOfType(node.type).includes(null)) return `${node.name} has no output.`;
    return null;
  }

  useCommand('design.select-all', () => {
    selection.replace(document.value.nodes.map((node) => node.id));
  });
  for (const reach of REACHES) {
    useCommand(
      `design.select-${reach}`,
      () => {
        const found = reachable(document.value, selection.ids.value, reach);
        selection.replace([...found].filter((id) => document.value.nodes.some((node) => node.id === id)));
      },
      nothing,
    );
  }
  useCommand('design.replace', designer.callReplace, designer.replaceReason);
  for (const side of ['in', 'out'] as const) {
    useCommand(
      `design.connection-${side}`,
      () => {
        connectionSteps.go(side);
        designer.callCanvas();
      },
      () => connectionSteps.goReason(side),
    );
  }
  for (const [name, end] of [
    ['start', 'from'],
    ['end', 'to'],
  ] as const) {
    useCommand(
      `design.connection-${name}`,
      () => {
        connectionSteps.leave(end);
        designer.callCanvas();
      },
      connectionSteps.leaveReason,
    );
  }
  for (const [name, end] of [
    ['start', 'from'],
    ['end', 'to'],
  ] as const) {
    useCommand(
      `design.replug-${name}`,
      () => {
        designer.replugByKeys(end);
      },
      connectionSteps.leaveReason,
    );
  }
  useCommand('design.rename', designer.callName, () => nothing() ?? onlyOne());
  useCommand('design.fields', designer.callInspector, nothing);
  useCommand(
    'design.connect',
    () => {
      designer.connectByKeys();
    },
    whyNoConnect,
  );
  useCommand(
    'design.disconnect',
    () => {
      const edit = disconnect(edgesAt(document.value, selection.set.value));
      if (edit) store.apply(edit);
    },
    () =>
      nothing() ??
      (edgesAt(document.value, selection.set.value).length > 0 ? null : 'It has no connections.'),
  );
  useCommand('design.remove', designer.removeSelected, () =>
    selection.ids.value.length + edges.ids.value.length > 0 ? null : 'Nothing is selected.',
  );
}
