import { describe, expect, it } from 'vitest';
import { cycle, importersOf, importsOf, sourceFiles, violations } from './import-rules';
import { loneImporters, roomTable } from './room-table';

const files = ['src-shared', 'src-main', 'src-renderer'].flatMap(sourceFiles);
const imports = files.flatMap((file) => importsOf(file));

describe('the house', () => {
  it('is read at all', () => {
    expect(files.length).toBeGreaterThan(150);
    expect(imports.length).toBeGreaterThan(files.length);
  });

  it('imports only what its rooms may', () => {
    expect(violations(imports, roomTable)).toEqual([]);
  });

  it('has an order: no two rooms may import each other', () => {
    expect(cycle(roomTable)).toEqual([]);
  });

  it('has no rule for a room that is not there', () => {
    const empty = Object.keys(roomTable).filter(
      (room) => !files.some((file) => file === room || file.startsWith(`${room}/`)),
    );
    expect(empty).toEqual([]);
  });

  it.each(Object.entries(loneImporters))('knows %s in one place', (name, allowed) => {
    expect(importersOf(name, imports).sort()).toEqual([...allowed].sort());
  });
});

describe('the checker', () => {
  const table = {
    'src-shared/ops': { rooms: ['src-shared/problem.ts'], packages: [] },
    'src-shared/problem.ts': { rooms: [], packages: [] },
    'src-shared/packed': { rooms: ['src-shared/ops'], packages: ['zod'] },
  };

  it.each([
    ['a room behind it', `import { write } from '../packed/write';`],
    ['a room behind it, by alias', `import { write } from '@shared/packed/write';`],
    ['types of a room behind it', `import type { Packed } from '../packed/packed';`],
    ['what it hands on', `export { write } from '../packed/write';`],
    ['what it loads later', `const later = import('../packed/write');`],
    ['a package', `import { z } from 'zod';`],
    ['Node', `import { join } from 'node:path';`],
    ['another folder of the house', `import { createStudio } from '../../src-main/services/studio';`],
  ])('finds %s', (_what, text) => {
    const found = violations(importsOf('src-shared/ops/add.ts', text), table);
    expect(found).toHaveLength(1);
    expect(found[0]).toMatchObject({
      file: 'src-shared/ops/add.ts',
      rule: 'src-shared/ops may import src-shared/problem.ts',
    });
    expect(text).toContain(found[0]!.name);
  });

  it('finds imports in the scripts of components', () => {
    const text = `<script setup lang="ts">\nimport { z } from 'zod';\n</script>\n<template><p>import 'x'</p></template>`;
    expect(importsOf('src-shared/ops/Card.vue', text).map((found) => found.name)).toEqual(['zod']);
  });

  it('is not fooled by text that looks like an import', () => {
    expect(
      importsOf('src-shared/ops/a.ts', `// import 'zod'\nconst text = "import { z } from 'zod'";`),
    ).toEqual([]);
  });

  it('finds a file in no room', () => {
    const [found] = violations(importsOf('src-shared/stray/a.ts', `import 'zod';`), table);
    expect(found?.rule).toContain('in no room');
  });

  it('lets pass what is allowed', () => {
    const text = `import { problem } from '../problem';\nimport { shape } from './shape';`;
    expect(violations(importsOf('src-shared/ops/add.ts', text), table)).toEqual([]);
    expect(violations(importsOf('src-shared/packed/a.ts', `import { z } from 'zod/v4';`), table)).toEqual([]);
  });

  it('finds rooms that import each other in a circle', () => {
    const circle = { ...table, 'src-shared/ops': { rooms: ['src-shared/packed'], packages: [] } };
    expect(cycle(circle).sort()).toEqual(['src-shared/ops', 'src-shared/packed']);
  });
});
