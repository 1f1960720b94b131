import { describe, expect, it } from 'vitest';
import { strictJson } from '@shared/strict-json';

describe('strictJson', () => {
  it.each(['{}', '[]', '1', '"a"', '{"a":{"b":1},"b":[{"b":2},{"b":3}]}', '{"a":"\\"a\\":","b" : "a"}'])(
    'reads %s',
    (text) => {
      expect(strictJson(text)).toEqual({ value: JSON.parse(text) });
    },
  );

  it.each([
    ['{"a":1,"a":2}', 'a', ''],
    ['{"x":{"b":1},"y":[0,{"k":1,"k" :2}]}', 'k', 'y[1]'],
    ['{"x":[{"a":[1,2]},[3,{"u":{"k":1,"l":[{}],"k":2}}]]}', 'k', 'x[1][1].u'],
    ['{"\\u0061":1,"a":2}', 'a', ''],
    ['{"__proto__":1,"__proto__":2}', '__proto__', ''],
  ])('refuses %s', (text, key, place) => {
    expect(strictJson(text)).toEqual({ fault: `has the key "${key}" twice`, place });
  });

  it('refuses keys that nobody may use, wherever they are', () => {
    const text = '{"a":[{"b":{"__proto__":1}}]}';
    expect(strictJson(text)).toEqual({ value: JSON.parse(text) });
    expect(strictJson(text, ['__proto__'])).toEqual({ fault: 'has the key "__proto__"', place: 'a[0].b' });
  });

  it('says why broken JSON is none', () => {
    const result = strictJson('{"a":');
    expect('fault' in result && result.fault).toContain('is no JSON');
  });

  it('survives depth', () => {
    const deep = '['.repeat(200_000) + ']'.repeat(200_000);
    expect(() => strictJson(deep)).not.toThrow();
  });
});
