import type { ResidualFamily, Span } from '@shared/network/residual/residual-family';
import { followedWidth, type WidthCarrier } from '@shared/network/residual/width-carrier';
import { failed, ok, type Result } from '@shared/problem';
import type { Draft } from './draft';

/** Widths in maps: of the stem, which may have none of its own, and of each stage. */
export interface Widths {
  stem: number | null;
  stages: readonly number[];
}

/** The widths that a design has. */
export function widthsOf({ stem, stages }: ResidualFamily): Widths {
  return { stem: stem?.width ?? null, stages: stages.map(({ width }) => width) };
}

function scaled({ width, step }: Span, by: number): number {
  return Math.max(1, Math.round((width * by) / step)) * step;
}

/** All widths in proportion, so that the first stage is k times 16 maps wide; rounded to what each stage allows. */
export function widthsOfFactor({ stem, stages, factor }: ResidualFamily, k: number): Widths {
  const by = k / factor;
  return { stem: stem && scaled(stem, by), stages: stages.map((stage) => scaled(stage, by)) };
}

function setSpan(
  draft: Draft,
  name: string,
  span: Pick<Span, 'channels' | 'step' | 'carriers'>,
  width: number,
  planes: number,
): Result<null> {
  if (width % span.step !== 0) {
    const message = `${name} cannot have ${width} maps: its layers need a multiple of ${span.step}.`;
    const fix = `Choose ${Math.max(1, Math.round(width / span.step)) * span.step}.`;
    return failed({ code: 'residual-width', message, fix });
  }
  for (const carrier of span.carriers) {
    const value = followedWidth(carrier, span.channels, width * planes);
    if (!value.ok) return value;
    const { node, field } = carrier;
    draft.apply({ kind: 'set-field', node: node.id, field, value: value.value });
  }
  return ok(null);
}

/** Gives stem and stages other widths; what carries a width of its own in them, or in the head, follows. */
export function setWidths(draft: Draft, family: ResidualFamily, widths: Widths): Result<null> {
  const { stem, stages, head, planes } = family;
  const last = stages.at(-1)!;
  const behind: readonly WidthCarrier[] = head;
  const spans: [string, Pick<Span, 'channels' | 'width' | 'step' | 'carriers'>, number][] = [
    ...(stem && widths.stem !== null ? [['Stem', stem, widths.stem] as [string, Span, number]] : []),
    ...stages.map((stage, index): [string, Span, number] => [stage.name, stage, widths.stages[index]!]),
    ['The head', { ...last, step: 1, carriers: behind }, widths.stages.at(-1)!],
  ];
  for (const [name, span, width] of spans) {
    if (width === span.width) continue;
    const done = setSpan(draft, name, span, width, planes);
    if (!done.ok) return done;
  }
  return ok(null);
}
