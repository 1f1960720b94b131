import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { allowedFolders } from '@main/shell/allowed-folders';
import { temporaryFolder } from '../run-folder/run-fixture';

it('folders named with --allow must be there', () => {
  const dir = temporaryFolder();
  const file = join(dir, 'file');
  writeFileSync(file, '');
  expect(allowedFolders([dir, `${file}/..`])).toEqual([dir, dir]);
  for (const path of [file, join(dir, 'gone')])
    expect(() => allowedFolders([path])).toThrow(
      expect.objectContaining({ problem: expect.objectContaining({ code: 'allow-none', path }) }),
    );
});
