import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { DOCUMENT_VERSION } from '@shared/graph/document';
import { documentSchema } from '@shared/graph/document-schema';
import { migrateDocument } from '@shared/graph/migrate-document';
import { projectText } from '@shared/project/project-text';
import { readProject } from '@shared/project/read-project';

function frozen(version: number): string {
  return readFileSync(new URL(`../../fixtures/project/version-${version}.mcnproj`, import.meta.url), 'utf8');
}

function read(text: string) {
  const result = readProject(text, 'digits.mcnproj');
  if (!result.ok) throw new Error(result.problems[0]!.message);
  return result.value;
}

describe.each([1, 2])('a design of version %i', (version) => {
  const old = frozen(version);

  it('is read as it was, in the form of this version', () => {
    const before = (JSON.parse(old) as { document: { version: number; nodes: unknown; edges: unknown } })
      .document;
    expect(before.version).toBe(version);
    const { document } = read(old);
    expect(document).toEqual({ ...before, version: DOCUMENT_VERSION });
  });

  it('differs by its version alone when it is written again, and reads the same', () => {
    const written = projectText(read(old));
    const differing = written.split('\n').filter((line, index) => line !== old.split('\n')[index]);
    expect(differing).toEqual([`    "version": ${DOCUMENT_VERSION},`]);
    expect(read(written)).toEqual(read(old));
  });
});

describe('migration', () => {
  it('leaves what is no older document for the schema to judge', () => {
    for (const json of [
      null,
      7,
      'x',
      [],
      {},
      { version: 0 },
      { version: DOCUMENT_VERSION },
      { version: 99 },
    ]) {
      expect(migrateDocument(json)).toBe(json);
    }
    expect(documentSchema.safeParse({ version: 99, nodes: [], edges: [] }).success).toBe(false);
    expect(documentSchema.safeParse({ version: 1, nodes: [{}], edges: [] }).success).toBe(false);
  });

  it('keeps groups, and refuses an open that is no open', () => {
    const node = { id: 'g', type: 'group', name: 'G', fields: { repeat: 3 }, open: true, parent: 'h' };
    const document = { version: DOCUMENT_VERSION, nodes: [node], edges: [] };
    expect(documentSchema.parse(document)).toEqual(document);
    const shut = { ...document, nodes: [{ ...node, open: false }] };
    expect(documentSchema.safeParse(shut).success).toBe(false);
  });
});
