import type { GraphDocument } from '@shared/graph/document';
import type { Edit } from '@shared/graph/edit';
import { FAMILIES } from '@shared/graph/family';
import { isError, lower } from '@shared/network/lower';
import { classCount } from '@shared/network/network';
import type { CustomPart } from '@shared/network/residual/custom-parts';
import type { ResidualFamily } from '@shared/network/residual/residual-family';
import { failed, ok, type Problem, type Result } from '@shared/problem';
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

/** What stands in the way of a design that could not be built, told of the stage that narrows when that is it. */
function obstacle(problem: Problem, family: ResidualFamily, { stem, stages }: Widths): Problem {
  const widths = stem === null ? stages : [stem, ...stages];
  const names = [
    ...(stem === null ? [] : ['the stem']),
    ...family.stages.map(({ name }) => name.toLowerCase()),
  ];
  const narrow = widths.findIndex((width, index) => index > 0 && width < widths[index - 1]!);
  const narrows = problem.code === 'block-narrows' || problem.code === 'pad-shrinks';
  if (!narrows || narrow < 0) return { ...problem, severity: 'warning' };
  const before = names[narrow - 1]!;
  const least = widths[narrow - 1]!;
  const message = `MCN blocks do not narrow: behind ${before}, ${names[narrow]!} needs ${least} maps or more.`;
  return { code: problem.code, message, fix: `Make ${before} narrower first.`, severity: 'warning' };
}

/** Checks that the design still can be built as every twin that it could be built as before. */
function verified(
  before: GraphDocument,
  after: GraphDocument,
  told: (problem: Problem) => Problem,
): Result<null> {
  for (const family of FAMILIES) {
    const had = lower(before, family).network;
    if (!had) continue;
    const { network, problems } = lower(after, family);
    const problem = problems.find(isError);
    if (problem) return failed(told(problem));
    if (network && classCount(network) !== classCount(had)) {
      const message = `The design would tell ${classCount(network)} classes apart, not ${classCount(had)}.`;
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
  const sound = verified(document, draft.document, (problem) => obstacle(problem, family, target.widths));
  if (!sound.ok) return sound;
  return ok({ edit: { kind: 'batch', label, edits: draft.edits }, document: draft.document, lost });
}
