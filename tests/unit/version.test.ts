import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { STUDIO_VERSION } from '@shared/version';

it('is the version of the package', () => {
  const manifest = JSON.parse(readFileSync(new URL('../../package.json', import.meta.url), 'utf8')) as {
    version: string;
  };
  expect(STUDIO_VERSION).toBe(manifest.version);
});
