import { z } from 'zod';
import type { GraphDocument, Position } from '@shared/graph/document';
import { documentSchema } from '@shared/graph/document-schema';
import { groupTree } from '@shared/graph/groups';
import { failed, ok, type Result } from '@shared/problem';

/** What the clipboard text begins with, so that other JSON is told from it. */
const FORMAT = 'mcn-studio/layers';

/** Copied layers: a design of these nodes alone, each with its place, and the connections among them. Carries the version of documents. */
const clipSchema = z.strictObject({ format: z.literal(FORMAT), document: documentSchema });

/**
 * The nodes of some ids with their places and the connections among them. A group comes with all that is in it; a layer that is copied
 * without its group stands on its own. With `inputs` also the connections that lead into them from layers that are not copied.
 */
export function copyNodes(
  document: GraphDocument,
  ids: ReadonlySet<string>,
  places: ReadonlyMap<string, Position>,
  inputs = false,
): GraphDocument {
  const tree = groupTree(document);
  const all = new Set([...ids].flatMap((id) => [id, ...tree.inside(id).map((node) => node.id)]));
  return {
    ...document,
    nodes: document.nodes
      .filter(({ id }) => all.has(id))
      .map(({ parent, ...node }) => ({
        ...node,
        ...(places.has(node.id) && { position: places.get(node.id)! }),
        ...(parent !== undefined && all.has(parent) && { parent }),
      })),
    edges: document.edges.filter(({ from, to }) => all.has(to) && (inputs || all.has(from))),
  };
}

/** Copied layers as the text that lies in the clipboard. */
export function clipText(document: GraphDocument): string {
  return JSON.stringify({ format: FORMAT, document }, null, 2);
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

/** The layers in a text from the clipboard; anything else is a problem in words. */
export function readClip(text: string): Result<GraphDocument> {
  const json = parsed(text);
  if (typeof json !== 'object' || json === null || !('format' in json) || json.format !== FORMAT) {
    return failed({
      code: 'clipboard-foreign',
      message: 'The clipboard holds no layers.',
      fix: 'Copy layers of a design first.',
    });
  }
  const clip = clipSchema.safeParse(json);
  if (clip.success) return ok(clip.data.document);
  const issue = clip.error.issues[0]!;
  return failed({
    code: 'clipboard-invalid',
    message: `The layers in the clipboard cannot be read (${issue.path.join('.')}: ${issue.message}).`,
    fix: 'Copy them anew, from a studio of the same version.',
  });
}
