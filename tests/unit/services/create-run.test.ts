import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { StartRun } from '@shared/contract/studio-api';
import { applyEdit } from '@shared/graph/edit';
import { findPreset } from '@shared/network/presets';
import { createRun } from '@main/services/create-run';
import { locateHome } from '@main/services/home';
import { listRuns } from '@main/services/run-summaries';
import { temporaryFolder } from '../run-folder/run-fixture';

function request(changes: Partial<StartRun>): StartRun {
  const { document, settings, dataset } = findPreset('mcn-mnist-tiny')!;
  return { name: 'Tiny', projectId: null, document, family: 'mcn', dataset, settings, ...changes };
}

function options(out: string | null = null) {
  return { home: locateHome(join(temporaryFolder(), 'home')), out, versions: { studio: '0.1.0' } };
}

describe('a new run', () => {
  it('is listed as queued until somebody trains it, wherever it lies', async () => {
    const elsewhere = join(temporaryFolder(), 'run');
    const made = options(elsewhere);
    const { discard } = await createRun(request({}), made);
    await createRun(request({ name: 'Second' }), { ...made, out: null });
    const runs = await listRuns(made.home);
    expect(runs.map(({ name, state }) => [name, state]).sort()).toEqual([
      ['Second', 'queued'],
      ['Tiny', 'queued'],
    ]);
    expect(runs.map((run) => run.dir)).toContain(elsewhere);
    await discard();
    expect(existsSync(elsewhere)).toBe(false);
    expect(await listRuns(made.home)).toHaveLength(1);
  });

  it('of a design that is not sound is refused before anything is written', async () => {
    const made = options();
    const { document } = request({});
    const broken = applyEdit(document, {
      kind: 'set-field',
      node: 'mc1',
      field: 'kernel',
      value: 4,
    }).document;
    await expect(createRun(request({ document: broken }), made)).rejects.toMatchObject({
      problem: { code: 'field-value', node: 'mc1' },
    });
    const color = applyEdit(document, {
      kind: 'set-field',
      node: 'input',
      field: 'color',
      value: 'rgb',
    }).document;
    await expect(createRun(request({ document: color }), made)).rejects.toMatchObject({
      problem: { code: 'dataset-color' },
    });
    expect(existsSync(made.home.dir) ? readdirSync(made.home.dir) : []).toEqual([]);
  });

  it('with losses that its network cannot have is refused before anything is written', async () => {
    const made = options();
    const { document, settings } = request({});
    const single = applyEdit(document, {
      kind: 'set-field',
      node: 'input',
      field: 'planes',
      value: 1,
    }).document;
    const printed = { ...settings, discreteTerm: 'printed' } as const;
    await expect(createRun(request({ document: single, settings: printed }), made)).rejects.toMatchObject({
      problem: { code: 'discrete-term-cancels', node: 'mc1', field: 'discreteTerm' },
    });
    expect(existsSync(made.home.dir) ? readdirSync(made.home.dir) : []).toEqual([]);
  });
});
