import { describe, expect, it } from 'vitest';
import { findPreset } from '@shared/network/presets';
import type { Project } from '@shared/project/project';
import { projectText, readProject } from '@shared/project/read-project';

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

  it('may leave out settings', () => {
    const text = changed((json) => Object.assign(json, { training: { epochs: 9 } }));
    const result = readProject(text, 'digits.mcnproj');
    expect(result.ok && result.value.training).toMatchObject({ epochs: 9, batchSize: 128 });
  });

  it.each([
    ['broken JSON', '{"version": 1,', 'project-invalid', 'the JSON is broken'],
    ['no object', '[]', 'project-invalid', 'no JSON object'],
    [
      'a newer version',
      changed((json) => Object.assign(json, { version: 2 })),
      'project-newer',
      'newer MCN Studio',
    ],
    [
      'a newer design',
      changed((json) => Object.assign(json, { document: { version: 3, nodes: [], edges: [] } })),
      'project-newer',
      'design version 3',
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
    ['an unknown key', changed((json) => Object.assign(json, { colour: 1 })), 'project-invalid', 'colour'],
  ])('with %s are refused by name', (_what, text, code, words) => {
    const problem = problemOf(text);
    expect(problem.code).toBe(code);
    expect(problem.message).toContain(words);
    expect(problem.path).toBe('digits.mcnproj');
    expect(problem.fix).toBeTruthy();
  });
});
