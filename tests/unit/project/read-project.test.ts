import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { findPreset } from '@shared/network/presets';
import type { Project } from '@shared/project/project';
import { projectText } from '@shared/project/project-text';
import { readProject } from '@shared/project/read-project';

const preset = findPreset('mcn-mnist')!;
const project: Project = {
  version: 1,
  id: 'p1',
  name: 'My digits',
  document: preset.document,
  family: 'mcn',
  dataset: 'mnist',
  training: preset.settings,
};

function problemOf(text: string) {
  const result = readProject(text, 'digits.mcnproj');
  if (result.ok) throw new Error('was read');
  return result.problems[0]!;
}

/** The same JSON with the keys of every object in reverse. */
function reversed(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(reversed);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value)
      .reverse()
      .map(([key, item]) => [key, reversed(item)]),
  );
}

function changed(change: (json: Record<string, never>) => void): string {
  const json = JSON.parse(projectText(project)) as Record<string, never>;
  change(json);
  return JSON.stringify(json);
}

describe('project files', () => {
  it('survive writing and reading, one line per node', () => {
    const text = projectText(project);
    expect(readProject(text, 'digits.mcnproj')).toEqual({ ok: true, value: project });
    expect(text.split('\n').filter((line) => line.includes('"type"'))).toHaveLength(
      preset.document.nodes.length,
    );
  });

  it('come back byte for byte, in whatever order their keys were given', () => {
    const text = projectText(project);
    const read = readProject(text, 'digits.mcnproj');
    expect(read.ok && projectText(read.value)).toBe(text);
    const mixed = readProject(JSON.stringify(reversed(JSON.parse(text))), 'digits.mcnproj');
    expect(mixed.ok && projectText(mixed.value)).toBe(text);
  });

  it('differ in one line where one field, one place or one setting differs', () => {
    const [first, ...others] = project.document.nodes;
    const moved = { ...first!, position: { y: 2, x: 1 } };
    const nodes = [moved, ...others.map((node) => (node.id === 'mc1' ? { ...node, name: 'Other' } : node))];
    const other: Project = {
      ...project,
      document: { ...project.document, nodes },
      training: { ...project.training, milestones: [2, 3] },
    };
    const before = projectText(project).split('\n');
    const after = projectText(other).split('\n');
    expect(after).toHaveLength(before.length);
    const changes = after.filter((line, at) => line !== before[at]);
    expect(changes).toHaveLength(3);
    expect(changes[0]).toContain('"position":{"x":1,"y":2}');
    expect(changes[2]).toBe('    "milestones": [2,3],');
  });

  it('of version 1 are read as they were meant', () => {
    const path = new URL('../../fixtures/project/version-1.mcnproj', import.meta.url);
    const read = readProject(readFileSync(path, 'utf8'), 'version-1.mcnproj');
    expect(read).toEqual({ ok: true, value: { ...project, id: 'frozen-1', name: 'Frozen' } });
  });

  it('may leave out settings', () => {
    const text = changed((json) => Object.assign(json, { training: { epochs: 9 } }));
    const result = readProject(text, 'digits.mcnproj');
    expect(result.ok && result.value.training).toMatchObject({ epochs: 9, batchSize: 128 });
  });

  it.each([
    ['broken JSON', '{"version": 1,', 'project-invalid', 'the file is no JSON'],
    ['no object', '[]', 'project-invalid', 'no JSON object'],
    [
      'a newer version',
      changed((json) => Object.assign(json, { version: 2 })),
      'project-newer',
      'newer MCN Studio',
    ],
    [
      'a newer design',
      changed((json) => Object.assign(json, { document: { version: 99, nodes: [], edges: [] } })),
      'project-newer',
      'design version 99',
    ],
    [
      'a misspelt setting',
      changed((json) => Object.assign(json, { training: { epoch: 3 } })),
      'field-unknown',
      'epoch',
    ],
    [
      'a node without type',
      changed(
        (json) =>
          delete (json as never as { document: { nodes: { type?: string }[] } }).document.nodes[2]!.type,
      ),
      'project-invalid',
      'document.nodes[2].type',
    ],
    [
      'settings that are none',
      changed((json) => Object.assign(json, { training: [] })),
      'project-invalid',
      'training: it is no object',
    ],
    [
      'a key twice',
      '{"version": 1, "document": {"nodes": [{"id": "a"}, {"id": "b", "id": "c"}]}}',
      'project-invalid',
      'document.nodes[1] has the key "id" twice',
    ],
    [
      'a key of the prototype',
      '{"version": 1, "document": {"nodes": [{"fields": {"__proto__": 1}}]}}',
      'project-invalid',
      'document.nodes[0].fields has the key "__proto__"',
    ],
    ['an unknown key', changed((json) => Object.assign(json, { colour: 1 })), 'project-invalid', 'colour'],
  ])('with %s are refused by name', (_what, text, code, words) => {
    const problem = problemOf(text);
    expect(problem.code).toBe(code);
    expect(problem.message).toContain(words);
    expect(problem.path).toBe('digits.mcnproj');
    expect(problem.fix).toBeTruthy();
  });
});
