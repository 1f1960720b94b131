import { describe, expect, it } from 'vitest';
import { checkFits } from '@shared/datasets/check-fits';
import { datasetDescriptionSchema } from '@shared/datasets/dataset-description';
import { datasetRegistry, namedDataset } from '@shared/datasets/registry';

const mnist = datasetRegistry['mnist']!;
const fitting = { height: 32, width: 32, color: 'gray', classes: 10 } as const;

describe('dataset registry', () => {
  it('holds valid descriptions under their ids', () => {
    for (const [id, description] of Object.entries(datasetRegistry)) {
      expect(datasetDescriptionSchema.parse(description)).toEqual(description);
      expect(description.id).toBe(id);
      expect(namedDataset(id)).toBe(description);
    }
    expect(namedDataset('constructor')).toBeUndefined();
  });
});

describe('dataset description', () => {
  it.each([
    ['statistics for other channels', { mean: [0.1, 0.2, 0.3] }],
    ['a deviation of zero', { std: [0] }],
    ['one class', { classes: ['a'] }],
    ['images that do not fit', { height: 33 }],
    ['two channels', { channels: 2, mean: [0, 0], std: [1, 1] }],
    ['padding with another value', { pad: { to: 32, value: 1 } }],
  ])('refuses %s', (_, changed) => {
    expect(datasetDescriptionSchema.safeParse({ ...mnist, ...changed }).success).toBe(false);
  });
});

describe('checkFits', () => {
  it('finds nothing when they fit, padded or not', () => {
    expect(checkFits(mnist, fitting)).toEqual([]);
    expect(checkFits(mnist, { ...fitting, height: 28, width: 40 })).toEqual([]);
  });

  it.each([
    ['dataset-size', { width: 27 }, 'height and width of the Input to 32'],
    ['dataset-color', { color: 'rgb' as const }, 'colour of the Input to Gray'],
    ['dataset-classes', { classes: 100 }, 'last Dense layer to 10'],
  ])('says the way out of %s', (code, changed, fix) => {
    const problems = checkFits(mnist, { ...fitting, ...changed });
    expect(problems.map((problem) => problem.code)).toEqual([code]);
    expect(problems[0]!.fix).toContain(fix);
    expect(problems[0]!.message).toContain(mnist.name);
  });

  it('finds all mismatches at once', () => {
    const color = { ...mnist, channels: 3 as const };
    expect(checkFits(color, { height: 8, width: 8, color: 'gray', classes: 3 })).toHaveLength(3);
  });
});
