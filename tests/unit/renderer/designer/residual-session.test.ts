import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { applyEdit } from '@shared/graph/edit';
import type { GraphDocument } from '@shared/graph/document';
import { nextFactor } from '@renderer/designer/residual/knob-fields';
import {
  beginSession,
  blocksWish,
  factorWish,
  goesOn,
  planTurn,
  turned,
  widthWish,
  type ResidualSession,
  type Wish,
} from '@renderer/designer/residual/residual-session';
import { depthWords, partsWords, widthsWords } from '@renderer/designer/residual/residual-words';
import { dissolved, familyOf, inserted, singles } from './residual-documents';
import { presetDocument } from './sample-documents';

/** A design in the hands of someone who turns knobs; what would lose something is agreed to. */
class Turning {
  session: ResidualSession;

  constructor(public document: GraphDocument) {
    this.session = beginSession(document, familyOf(document));
  }

  turn(wish: Wish): this {
    if (!goesOn(this.session, wish)) this.session = beginSession(this.document, familyOf(this.document));
    const plan = planTurn(this.session, wish);
    if (!plan.ok) return this;
    const { session, edit } = turned(this.session, wish, plan.value);
    if (edit) this.document = applyEdit(this.document, edit).document;
    this.session = session;
    return this;
  }
}

const custom = inserted(dissolved(singles, 'c2', 'b3'), 'dropout', 'c2/relu2', 'c2/conv2');

const wish: fc.Arbitrary<Wish> = fc.oneof(
  fc.constantFrom(0.3, 0.5, 1, 1.2, 2, 3.3).map(factorWish),
  fc.integer({ min: 1, max: 6 }).map((count) => blocksWish('Depth', () => count)),
  fc
    .tuple(fc.nat(1), fc.integer({ min: 1, max: 6 }))
    .map(([at, count]) => blocksWish('Blocks', (before, index) => (index === at ? count : before))),
  fc
    .integer({ min: 1, max: 64 })
    .map((maps) => widthWish('the stem', (widths) => ({ ...widths, stem: maps }))),
);

describe('turning knobs', () => {
  it('back brings everything back, whatever was between', () => {
    fc.assert(
      fc.property(
        fc.constantFrom(custom, presetDocument('mcn-20')),
        fc.array(wish, { maxLength: 6 }),
        (start, wishes) => {
          const turning = new Turning(start);
          for (const one of wishes) turning.turn(one);
          const { target } = turning.session;
          expect(widthsWords(familyOf(turning.document))).toBe(
            [target.widths.stem, ...target.widths.stages].join('-'),
          );
          const { base } = turning.session;
          turning.turn({ label: 'Back', target: () => beginSession(base, familyOf(base)).target });
          expect(turning.document).toEqual(base);
        },
      ),
      { numRuns: 60 },
    );
  });

  it('a factor typed digit by digit ends where it would have begun', () => {
    const typed = new Turning(presetDocument('mcn-20'));
    for (const factor of [0.3, 0.35]) typed.turn(factorWish(factor));
    expect(widthsWords(familyOf(typed.document))).toBe('6-6-11-22');
  });

  it('a factor is in proportion to widths that were set before it', () => {
    const stem = widthWish('the stem', (widths) => ({ ...widths, stem: 8 }));
    const turning = new Turning(presetDocument('mcn-20')).turn(factorWish(2)).turn(stem).turn(factorWish(4));
    expect(widthsWords(familyOf(turning.document))).toBe('16-64-128-256');
    expect(turning.session.factor).toBe(4);
    expect(turning.turn(stem).session.factor).toBeNull();
  });
});

it('factors go up and down in halves, below one in quarters', () => {
  expect([0.3, 0.75, 1, 1.2, 2.5, 4].map((factor) => nextFactor(factor, 1))).toEqual([
    0.5, 1, 1.5, 1.5, 3, 4.5,
  ]);
  expect([0.25, 0.3, 1, 1.2, 1.5, 4].map((factor) => nextFactor(factor, -1))).toEqual([
    0.25, 0.25, 0.75, 1, 1, 3.5,
  ]);
});

describe('words', () => {
  it('tell the depth as the paper names it, where it does', () => {
    expect(depthWords(familyOf(presetDocument('mcn-20')))).toBe('19 convolutions (6n+2: 20, 6n+4: 22)');
    expect(depthWords(familyOf(presetDocument('mcn-34')))).toBe('31 convolutions (6n+2: 32, 6n+4: 34)');
    expect(depthWords(familyOf(singles))).toBe('13 convolutions');
  });

  it('name parts, the first six of many', () => {
    const part = (name: string, ...what: string[]) => ({ node: name, name, what });
    expect(partsWords([part('Dropout')])).toBe('Dropout');
    expect(partsWords([part('Block 2', '4 centers', 'Dropout'), part('ReLU')])).toBe(
      'Block 2 (4 centers, Dropout) and ReLU',
    );
    expect(partsWords('abcdefgh'.split('').map((name) => part(name)))).toBe('a, b, c, d, e, f and 2 more');
  });
});
