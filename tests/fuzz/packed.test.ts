import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { PACKED_ERRORS } from '@shared/packed/problems';
import { readPacked, type ReadPacked } from '@shared/packed/read-packed';
import { createRuntime } from '@shared/packed/runtime/create-runtime';
import { writePacked } from '@shared/packed/write-packed';
import { smallModel, written } from '../unit/packed/sample-models';

const RUNS = { numRuns: 2000 };
const file = written(smallModel()).bytes;
const headerBytes = 8 + Number(new DataView(file.buffer).getBigUint64(0, true));

/** What was read, or the code it was refused with; an exception or an unknown code fails the test. */
function outcome(bytes: Uint8Array): ReadPacked | string {
  const result = readPacked(bytes, 'hostile');
  if (result.ok) return result.value;
  const problem = result.problems[0]!;
  expect(Object.keys(PACKED_ERRORS)).toContain(problem.code);
  expect(problem.message).toContain('hostile');
  expect(problem.fix).toBeTruthy();
  expect(problem.path).toBe('hostile');
  return problem.code;
}

/** Whatever passes the reader can be computed with and written again, byte by byte the same data. */
function expectSound({ model, ledger }: ReadPacked, bytes: Uint8Array): void {
  const runtime = createRuntime(model);
  const [height, width, channels] = runtime.inputShape;
  const logits = runtime.logits(new Float32Array(height * width * channels).fill(0.5), 1);
  expect(logits.length).toBe(runtime.classes);
  expect(ledger.fileBytes).toBe(bytes.length);
  expect(writePacked(model).ok).toBe(true);
}

const place = (from: number, to: number): fc.Arbitrary<number> => fc.integer({ min: from, max: to - 1 });

describe('hostile packed files', () => {
  it('any bytes: a named problem', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 300 }), (bytes) => {
        expect(typeof outcome(bytes)).toBe('string');
      }),
      RUNS,
    );
  });

  it('cut off anywhere: truncated', () => {
    fc.assert(
      fc.property(place(0, file.length), (length) => {
        expect(outcome(file.subarray(0, length))).toBe('packed-truncated');
      }),
      RUNS,
    );
  });

  it('anything appended: bytes that belong to nothing', () => {
    fc.assert(
      fc.property(fc.uint8Array({ minLength: 1, maxLength: 64 }), (more) => {
        expect(outcome(Uint8Array.from([...file, ...more]))).toBe('packed-offsets');
      }),
      RUNS,
    );
  });

  it('one flipped bit in the data: other values, or a named problem of a tensor', () => {
    const codes = new Set<string>();
    fc.assert(
      fc.property(place(headerBytes, file.length), fc.integer({ min: 0, max: 7 }), (at, bit) => {
        const bytes = file.slice();
        bytes[at]! ^= 1 << bit;
        const result = outcome(bytes);
        if (typeof result === 'string') codes.add(result);
        else expectSound(result, bytes);
      }),
      RUNS,
    );
    expect([...codes].filter((code) => !/value|centers|bits/.test(code))).toEqual([]);
    expect(codes.size).toBeGreaterThan(0);
  });

  it('changed bytes of the header: sound, or a named problem', () => {
    fc.assert(
      fc.property(fc.array(fc.tuple(place(0, headerBytes), place(0, 256)), { maxLength: 4 }), (changes) => {
        const bytes = file.slice();
        for (const [at, value] of changes) bytes[at] = value;
        const result = outcome(bytes);
        if (typeof result !== 'string') expectSound(result, bytes);
      }),
      RUNS,
    );
  });

  it('digits of the header changed: sound, or a named problem', () => {
    const digits = [...file.subarray(8, headerBytes).entries()]
      .filter(([, byte]) => byte >= 0x30 && byte <= 0x39)
      .map(([at]) => at + 8);
    fc.assert(
      fc.property(
        fc.array(fc.tuple(fc.constantFrom(...digits), place(0x30, 0x3a)), { maxLength: 3 }),
        (changes) => {
          const bytes = file.slice();
          for (const [at, value] of changes) bytes[at] = value;
          const result = outcome(bytes);
          if (typeof result !== 'string') expectSound(result, bytes);
        },
      ),
      RUNS,
    );
  });

  it('any header over any data: nothing is allocated from what it claims', () => {
    const claim = fc.oneof(fc.nat({ max: 64 }), fc.maxSafeNat(), fc.constant(2 ** 40));
    const entry = fc.record({
      dtype: fc.constantFrom('F32', 'U8', 'F64'),
      shape: fc.array(claim, { maxLength: 4 }),
      data_offsets: fc.tuple(claim, claim),
    });
    const peak = process.memoryUsage.rss();
    fc.assert(
      fc.property(
        fc.dictionary(fc.string({ maxLength: 12 }), fc.oneof(entry, fc.jsonValue())),
        fc.uint8Array({ maxLength: 64 }),
        (tensors, data) => {
          const text = new TextEncoder().encode(JSON.stringify(tensors));
          const bytes = new Uint8Array(8 + text.length + data.length);
          new DataView(bytes.buffer).setBigUint64(0, BigInt(text.length), true);
          bytes.set(text, 8);
          bytes.set(data, 8 + text.length);
          expect(typeof outcome(bytes)).toBe('string');
        },
      ),
      RUNS,
    );
    expect(process.memoryUsage.rss() - peak).toBeLessThan(256 * 2 ** 20);
  });

  it('a header that claims any length: not allocated', () => {
    fc.assert(
      fc.property(fc.bigInt({ min: 0n, max: 2n ** 64n - 1n }), (length) => {
        const bytes = file.slice();
        const original = new DataView(file.buffer).getBigUint64(0, true);
        new DataView(bytes.buffer).setBigUint64(0, length, true);
        if (length !== original) expect(typeof outcome(bytes)).toBe('string');
      }),
      RUNS,
    );
  });
});
