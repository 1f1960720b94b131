import type { GraphDocument } from '@shared/graph/document';
import type { Edit } from '@shared/graph/edit';
import { FAMILIES } from '@shared/graph/family';
import { isError, lower } from '@shared/network/lower';
import { classCount } from '@shared/network/network';
import type { CustomPart } from '@shared/network/residual/custom-parts';
import type { ResidualFamily } from '@shared/network/residual/residual-family';
import { failed, ok, type Result } from '@shared/problem';
import { Draft } from './draft';
import { setDepth } from './set-depth';
import { setWidths, widthsOf, type Widths } from './set-widths';

/** What a residual network is to be: its widths in maps and the blocks of each stage. */
export interface ResidualTarget {
  widths: Widths;
  blocks: readonly number[];
}

/** How a design becomes what is wanted, and what that would lose. */
export interface ResidualPlan {
  /** The single step; a batch without edits when the design is that already. */
  edit: Extract<Edit, { kind: 'batch' }>;
  document: GraphDocument;
  /** Parts made by hand that the step removes. */
  lost: readonly CustomPart[];
}

/** What a residual network is now. */
export function targetOf(family: ResidualFamily): ResidualTarget {
  return { widths: widthsOf(family), blocks: family.stages.map(({ blocks }) => blocks) };
}

/** Checks that the design still can be built as every twin that it could be built as before. */
function verified(before: GraphDocument, after: GraphDocument): Result<null> {
  for (const family of FAMILIES) {
    const had = lower(before, family).network;
    if (!had) continue;
    const { network, problems } = lower(after, family);
    const problem = problems.find(isError);
    if (problem)
      return failed({ ...problem, message: `Not possible: ${problem.message}`, severity: 'warning' });
    if (network && classCount(network) !== classCount(had)) {
      const message = `Not possible: the design would tell ${classCount(network)} classes apart, not ${classCount(had)}.`;
      return failed({ code: 'residual-classes', message, severity: 'warning' });
    }
  }
  return ok(null);
}

/**
 * The single step that gives a residual network other widths and depths. What else was drawn stays: layers between blocks, fields, names,
 * places, groups; only blocks that go take along what was made by hand in them, and the plan names it. `family` is what
 * readResidualFamily() read in the document.
 *
 * @returns why it cannot be done: a width that a layer cannot follow, a group that repeats several blocks, a design that could not be built
 */
export function planResidual(
  document: GraphDocument,
  family: ResidualFamily,
  target: ResidualTarget,
  label: string,
): Result<ResidualPlan> {
  const draft = new Draft(document);
  const widened = setWidths(draft, family, target.widths);
  if (!widened.ok) return widened;
  const lost: CustomPart[] = [];
  for (const [index, stage] of family.stages.entries()) {
    const channels = target.widths.stages[index]! * family.planes;
    const changed = setDepth(draft, { ...stage, channels }, target.blocks[index]!);
    if (!changed.ok) return changed;
    lost.push(...changed.value.lost);
  }
  const sound = verified(document, draft.document);
  if (!sound.ok) return sound;
  return ok({ edit: { kind: 'batch', label, edits: draft.edits }, document: draft.document, lost });
}
