import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { PACKED_VERSION } from '@shared/packed/metadata';
import { createRuntime } from '@shared/packed/runtime/create-runtime';
import { read, written } from './sample-models';

function fixture(name: string): Uint8Array {
  return readFileSync(new URL(`../../fixtures/packed/${name}`, import.meta.url));
}

describe.each(Array.from({ length: PACKED_VERSION }, (_, index) => index + 1))('version %i', (version) => {
  const bytes = fixture(`version-${version}.mcn.safetensors`);

  it('is read and computes what it always did', () => {
    const expected = JSON.parse(new TextDecoder().decode(fixture(`version-${version}.json`))) as {
      image: number[];
      logits: number[];
    };
    const logits = createRuntime(read(bytes).model).logits(Float32Array.from(expected.image), 1);
    for (const [index, value] of expected.logits.entries()) expect(logits[index]).toBeCloseTo(value, 5);
  });

  it.runIf(version === PACKED_VERSION)('is what this studio writes, byte by byte', () => {
    expect(Buffer.compare(written(read(bytes).model).bytes, bytes)).toBe(0);
  });
});
