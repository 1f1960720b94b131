import { describe, expect, it } from 'vitest';
import { checkValues, defaultsOf, fits } from '@shared/fields/check-value';
import { parseText, valueText } from '@shared/fields/parse-text';
import { nodeKinds } from '@shared/blocks/node-kinds';
import { checkSettings, trainingFields } from '@shared/training/settings';

const sets = [
  ...nodeKinds.map((kind) => [kind.type, kind.fields] as const),
  ['training', trainingFields] as const,
];

describe('fields', () => {
  it.each(sets)('%s: every default fits and survives being shown and read', (_name, fields) => {
    for (const [key, field] of Object.entries(fields)) {
      expect(fits(field, field.default), key).toBe(true);
      expect(parseText(key, field, valueText(field, field.default))).toEqual({
        ok: true,
        value: field.default,
      });
      expect(field.help.endsWith('.'), `${key}: help is a sentence`).toBe(true);
    }
  });

  it('refuses values out of limits by name, with the limits', () => {
    const { problems } = checkValues(trainingFields, {
      epochs: 0,
      batchSize: 1.5,
      schedule: 'linear',
      colour: 1,
    });
    expect(problems.map((problem) => problem.field)).toEqual(['epochs', 'batchSize', 'schedule', 'colour']);
    expect(problems[0]!.fix).toBe('It takes a whole number from 1 to 10000.');
    expect(problems[2]!.fix).toContain('cosine');
  });

  it('reads an empty text as null only where null has a meaning', () => {
    expect(parseText('limitTrain', trainingFields.limitTrain, '')).toEqual({ ok: true, value: null });
    expect(parseText('epochs', trainingFields.epochs, '').ok).toBe(false);
    expect(parseText('epochs', trainingFields.epochs, 'six').ok).toBe(false);
  });

  it('accepts only ascending lists', () => {
    expect(parseText('milestones', trainingFields.milestones, '10, 20')).toEqual({
      ok: true,
      value: [10, 20],
    });
    expect(parseText('milestones', trainingFields.milestones, '20, 10').ok).toBe(false);
  });
});

describe('checkSettings', () => {
  it('refuses a warm-up that never ends and warns of a large theta', () => {
    const codes = (given: object): string[] =>
      checkSettings({ ...given }).problems.map((problem) => problem.code);
    expect(codes({ epochs: 4, warmupEpochs: 4 })).toEqual(['warmup-too-long']);
    expect(codes({ epochs: 4, rateWarmupEpochs: 4 })).toEqual(['rate-warmup-too-long']);
    expect(codes({ filterLoss: 0.01 })).toEqual(['theta-large']);
    expect(codes(defaultsOf(trainingFields))).toEqual([]);
  });
});
