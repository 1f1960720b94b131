import { blocks } from '@shared/blocks/index';
import { fits } from '@shared/fields/check-value';
import { groupFields } from '@shared/graph/groups';
import { customOf, unitName, type CustomPart } from '@shared/network/residual/custom-parts';
import type { ResidualStage } from '@shared/network/residual/residual-family';
import type { ResidualUnit } from '@shared/network/residual/residual-unit';
import { failed, ok, type Result } from '@shared/problem';
import { removeAndReconnect } from '../edits/remove-and-reconnect';
import { copyUnit } from './copy-unit';
import type { Draft } from './draft';
import { addPlainBlock } from './plain-block';

/** What a stage of another depth has lost. */
export interface DepthChange {
  /** Parts made by hand that are gone with their blocks. */
  lost: CustomPart[];
}

function inSteps(stage: ResidualStage, unit: ResidualUnit): Result<never> {
  const message = `${unitName(unit)} repeats ${unit.step} blocks at once: ${stage.name} has ${stage.blocks} blocks and gains or loses ${unit.step} at a time.`;
  return failed({
    code: 'residual-steps',
    message,
    fix: 'Choose another number, or ungroup it.',
    node: unit.node!.id,
  });
}

function uncountable(stage: ResidualStage, unit: ResidualUnit): Result<never> {
  const message = `${unitName(unit)}, in ${stage.name}, changes the shape with every repetition.`;
  return failed({
    code: 'residual-uncountable',
    message,
    fix: 'Change Repeat of that group itself.',
    node: unit.node!.id,
  });
}

function atLeast(stage: ResidualStage, least: number): Result<never> {
  const message = `${stage.name} needs ${least} blocks: the first, and those that change the shape, stay.`;
  return failed({ code: 'residual-least', message, fix: `Choose ${least} or more.` });
}

function setCount(draft: Draft, unit: ResidualUnit, blocksNow: number): boolean {
  const repeats = unit.kind === 'repeated';
  const value = blocksNow / unit.step;
  const field = repeats ? groupFields.repeat : blocks.stage.fields.blocks;
  if (!fits(field, value)) return false;
  draft.apply({ kind: 'set-field', node: unit.node!.id, field: repeats ? 'repeat' : 'blocks', value });
  return true;
}

function grow(draft: Draft, stage: ResidualStage, count: number): Result<DepthChange> {
  const unit = stage.units.at(-1)!;
  if (!unit.countable) return uncountable(stage, unit);
  if (unit.kind === 'stage' || unit.kind === 'repeated') {
    if (count % unit.step !== 0 || !setCount(draft, unit, unit.blocks + count)) return inSteps(stage, unit);
    return ok({ lost: [] });
  }
  // A copy of a block that changes the shape would change it again.
  const added = unit.identity ? null : addPlainBlock(draft, unit, stage.channels);
  const like = added ?? unit;
  let exit = like.exit;
  for (let left = count - (added ? 1 : 0); left > 0; left -= 1) exit = copyUnit(draft, like, exit);
  return ok({ lost: [] });
}

/** A unit that can lose blocks, and how many it keeps. */
interface Remaining {
  unit: ResidualUnit;
  /** A stage begins with it, and so does the stem end in front of it: some of it stays. */
  isFirst: boolean;
  keeps: number;
}

/** How many blocks a unit loses of `wanted`; without `losing` nothing that was made by hand goes. */
function taken(
  { unit, isFirst, keeps }: Remaining,
  wanted: number,
  losing: boolean,
  custom: boolean,
): number {
  if (!unit.countable) return 0;
  const whole = unit.identity && !isFirst && (losing || !custom);
  const least = whole ? 0 : unit.kind === 'stage' || unit.kind === 'repeated' ? unit.step : keeps;
  return Math.min(keeps - least, Math.floor(wanted / unit.step) * unit.step);
}

function shrink(draft: Draft, stage: ResidualStage, count: number): Result<DepthChange> {
  const remaining = stage.units.map((unit, index): Remaining => {
    return { unit, isFirst: index === 0, keeps: unit.blocks };
  });
  const customs = new Map(stage.units.map((unit) => [unit, customOf(unit, stage)]));
  let left = count;
  // What was made by hand goes last.
  for (const losing of [false, true]) {
    for (const one of [...remaining].reverse()) {
      const gone = taken(one, left, losing, customs.get(one.unit)!.length > 0);
      one.keeps -= gone;
      left -= gone;
    }
  }
  if (left > 0) {
    const fixed = stage.units.find((unit) => !unit.countable);
    if (fixed) return uncountable(stage, fixed);
    const stepped = remaining.find(({ unit, keeps }) => keeps > 0 && unit.step > 1);
    return stepped ? inSteps(stage, stepped.unit) : atLeast(stage, stage.blocks - count + left);
  }
  const lost: CustomPart[] = [];
  for (const { unit, keeps } of [...remaining].reverse()) {
    if (keeps === unit.blocks) continue;
    if (keeps > 0) setCount(draft, unit, keeps);
    else {
      const what = customs.get(unit)!;
      if (what.length > 0)
        lost.unshift({ node: (unit.owner ?? unit.layers.at(-1)!).id, name: unitName(unit), what });
      draft.apply(
        removeAndReconnect(
          draft.document,
          unit.members.map(({ id }) => id),
        ),
      );
    }
  }
  return ok({ lost });
}

/**
 * Gives a stage another number of blocks. It grows at its end: a stage block or a repeating group counts further, a single block is copied
 * with everything in it. It shrinks from its end, first by what holds nothing made by hand; its first block stays.
 *
 * @returns what is lost; residual-steps when a group repeats several blocks at once
 */
export function setDepth(draft: Draft, stage: ResidualStage, wanted: number): Result<DepthChange> {
  if (wanted > stage.blocks) return grow(draft, stage, wanted - stage.blocks);
  return wanted < stage.blocks ? shrink(draft, stage, stage.blocks - wanted) : ok({ lost: [] });
}
