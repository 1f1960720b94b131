import type { GraphDocument } from '@shared/graph/document';
import { portKey } from './port';
import type { Draft } from './use-connecting';

/** What stands beside a connection in the making. */
export interface DraftWords {
  text: string;
  refused: boolean;
}

/** What letting go now would do, or why it would do nothing; null for a new connection in empty space. */
export function draftWords(document: GraphDocument, draft: Draft): DraftWords | null {
  const { aim, from, moved } = draft;
  if (!aim && moved) return { text: 'Let go to disconnect.', refused: false };
  const verdict = aim && draft.verdicts.get(portKey(aim));
  if (!aim || !verdict) return null;
  if (verdict.refusal !== null) return { text: verdict.refusal, refused: true };
  const name = (id: string): string => document.nodes.find((node) => node.id === id)?.name ?? id;
  const [output, input] = from.port === null ? [from.node, aim.node] : [aim.node, from.node];
  const back = moved?.from === output && moved.to === input && moved.port === (aim.port ?? from.port);
  if (back) return { text: 'Leave it as it is.', refused: false };
  const { replaces } = verdict;
  const instead = replaces ? ` in place of ${name(replaces.from)}: the input takes one connection` : '';
  return { text: `Connect ${name(output)} to ${name(input)}${instead}.`, refused: false };
}
