import type { GraphDocument } from '@shared/graph/document';
import { applyEdit, type Edit } from '@shared/graph/edit';
import type { ResidualFamily } from '@shared/network/residual/residual-family';
import type { Result } from '@shared/problem';
import { planResidual, targetOf, type ResidualPlan, type ResidualTarget } from './plan-residual';
import { widthsOf, widthsOfFactor, type Widths } from './set-widths';

/** What a turn of a knob asks for. */
export interface Wish {
  /** For the undo list; turns of the same name in a row are one step. */
  label: string;
  /** The target that it makes of the one before; `family` is the design as it was before the first turn. */
  target(family: ResidualFamily, before: ResidualTarget): ResidualTarget;
  /** The widening factor as it was asked for; whole maps may meet it only nearly. */
  factor?: number;
}

/**
 * What the knobs have made of a design since they were first turned. Every turn is planned anew from the design as it was then, so that
 * turning back brings everything back, and widths do not drift by rounding.
 */
export interface ResidualSession {
  base: GraphDocument;
  family: ResidualFamily;
  target: ResidualTarget;
  factor: number | null;
  /** The way from what the last turn made back to `base`; null before the first. */
  inverse: Edit | null;
}

/** A session before its first turn. */
export function beginSession(base: GraphDocument, family: ResidualFamily): ResidualSession {
  return { base, family, target: targetOf(family), factor: null, inverse: null };
}

/**
 * Whether a turn still starts from the base. A factor that follows widths of their own does not: it is in proportion to those, which the
 * base does not have.
 */
export function goesOn({ family, target, factor }: ResidualSession, wish: Wish): boolean {
  const own = factor === null && !sameWidths(target.widths, widthsOf(family));
  return wish.factor === undefined || !own;
}

function sameWidths(a: Widths, b: Widths): boolean {
  return a.stem === b.stem && a.stages.every((width, index) => width === b.stages[index]);
}

/** What a turn would do; see planResidual() for why it may not be possible. */
export function planTurn({ base, family, target }: ResidualSession, wish: Wish): Result<ResidualPlan> {
  return planResidual(base, family, wish.target(family, target), wish.label);
}

/** The session after a turn, and the single step from the design as it is now; null when that is no change. */
export function turned(
  session: ResidualSession,
  wish: Wish,
  plan: ResidualPlan,
): { session: ResidualSession; edit: Edit | null } {
  const edits = [...(session.inverse ? [session.inverse] : []), ...plan.edit.edits];
  const target = wish.target(session.family, session.target);
  const kept = target.widths === session.target.widths;
  const next = {
    ...session,
    target,
    factor: wish.factor ?? (kept ? session.factor : null),
    inverse: applyEdit(session.base, plan.edit).inverse,
  };
  return { session: next, edit: edits.length > 0 ? { ...plan.edit, edits } : null };
}

/** All widths in proportion to the widening factor. */
export function factorWish(factor: number): Wish {
  const target = (family: ResidualFamily, before: ResidualTarget): ResidualTarget => {
    return { ...before, widths: widthsOfFactor(family, factor) };
  };
  return { label: 'Width', factor, target };
}

/** Other widths of the stem or of one stage. */
export function widthWish(of: string, change: (widths: Widths) => Widths): Wish {
  return {
    label: `Width of ${of}`,
    target: (_family, before) => ({ ...before, widths: change(before.widths) }),
  };
}

/** Other numbers of blocks. */
export function blocksWish(label: string, change: (count: number, index: number) => number): Wish {
  return { label, target: (_family, before) => ({ ...before, blocks: before.blocks.map(change) }) };
}
