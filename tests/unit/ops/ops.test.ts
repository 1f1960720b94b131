import { describe, expect, it } from 'vitest';
import { samePadding } from '@shared/ops/same-padding';
import { ops, opDefinition, type OpType } from '@shared/ops/index';
import { sameShape, shapeText } from '@shared/ops/shape';

describe('SAME padding', () => {
  it('is placed as TensorFlow does: at stride 2 an even size gets 0 before and 1 after', () => {
    expect(samePadding(32, 3, 2)).toEqual({ out: 16, before: 0, after: 1 });
    expect(samePadding(32, 3, 1)).toEqual({ out: 32, before: 1, after: 1 });
    expect(samePadding(7, 3, 2)).toEqual({ out: 4, before: 1, after: 1 });
    expect(samePadding(5, 2, 2)).toEqual({ out: 3, before: 0, after: 1 });
    expect(samePadding(1, 5, 1)).toEqual({ out: 1, before: 2, after: 2 });
    expect(samePadding(4, 1, 3)).toEqual({ out: 2, before: 0, after: 0 });
  });
});

describe('registry', () => {
  it('is keyed by the types of its definitions', () => {
    for (const [key, definition] of Object.entries(ops)) expect(definition.type).toBe(key);
  });

  it('turns RGB into RGB + X at K = 4 and repeats or fills channels otherwise', () => {
    const channels = (color: string, planes: number): number => {
      const shape = ops.input.infer([], {
        height: 32,
        width: 32,
        color: color as 'rgb',
        extra: 'gray',
        planes,
      });
      return (shape as readonly number[])[2]!;
    };
    expect([1, 2, 3, 4, 8].map((k) => channels('gray', k))).toEqual([1, 2, 3, 4, 8]);
    expect([1, 2, 3, 4, 5, 8].map((k) => channels('rgb', k))).toEqual([3, 4, 3, 4, 5, 8]);
  });

  it('uses the dense form for K = 1, where factoring would cost more', () => {
    const values = { maps: 10, planes: 1, kernel: 3, stride: 1, centers: 2, binary: true };
    const cost = ops.mcconv.multiplyAdds([8, 8, 5], [8, 8, 10], values);
    expect(cost.actual).toBe(cost.dense);
  });

  it('summaries speak without undefined values', () => {
    for (const type of Object.keys(ops) as OpType[]) {
      const definition = opDefinition(type);
      const values = Object.fromEntries(
        Object.entries(definition.fields).map(([key, field]) => [key, field.default]),
      );
      expect(definition.summary(values)).not.toMatch(/undefined|null|NaN/);
    }
  });

  it('writes shapes as people read them', () => {
    expect(shapeText([32, 32, 80])).toBe('32×32×80');
    expect(shapeText([1, 1, 2560])).toBe('2,560');
    expect(sameShape([1, 2, 3], [1, 2, 4])).toBe(false);
  });
});
