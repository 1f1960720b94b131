import { describe, expect, it } from 'vitest';
import { matchCommands } from '@renderer/frame/match-commands';
import { problemsText, progressText, totalsText } from '@renderer/frame/status-words';
import { lower } from '@shared/network/lower';
import { findPreset } from '@shared/network/presets';
import { profile } from '@shared/network/profile';
import { emptyHistory } from '@shared/training/run-history';

describe('matchCommands', () => {
  const commands = [
    { label: 'Redo', reason: 'There is nothing to redo' },
    { label: 'Save the project', reason: null },
    { label: 'Open the template MCN-20', reason: null },
    { label: 'Go to Export', reason: null },
  ];

  it('finds commands that hold every word, in any order', () => {
    expect(matchCommands(commands, '20 open').map(({ label }) => label)).toEqual([
      'Open the template MCN-20',
    ]);
    expect(matchCommands(commands, 'nowhere')).toEqual([]);
  });

  it('puts the start of a word before its inside, and what cannot be done last', () => {
    expect(matchCommands(commands, 'p').map(({ label }) => label)).toEqual([
      'Save the project',
      'Open the template MCN-20',
      'Go to Export',
    ]);
    expect(matchCommands(commands, '').at(-1)?.label).toBe('Redo');
  });
});

describe('words of the status bar', () => {
  it('says where a run stands', () => {
    const history = emptyHistory();
    history.state = 'preparing';
    expect(progressText(history, null)).toBe('preparing');
    history.plan = {
      type: 'plan',
      epochs: 4,
      stepsPerEpoch: 16,
      totalSteps: 64,
      binarizeStep: 16,
      startStep: 0,
      trainCount: 2000,
      testCount: 500,
      device: 'cpu-wasm',
      deviceDescription: 'CPU',
    };
    history.step = 21;
    expect(progressText(history, 64)).toBe('epoch 2 of 4 · 32 % · 1 min 04 s left');
    history.step = 64;
    expect(progressText(history, null)).toBe('epoch 4 of 4 · 100 %');
  });

  it('sums a design up', () => {
    const { document } = findPreset('mcn-mnist-tiny')!;
    const totals = profile(lower(document, 'mcn').network!);
    expect(totalsText(document.nodes.length, totals)).toBe('12 layers · 156 k weights · 6.6 M MAC');
    expect(totalsText(1, null)).toBe('1 layer');
  });

  it('counts problems by how much they matter', () => {
    const problem = { code: 'x', message: 'x' };
    expect(problemsText([])).toBe('No problems');
    expect(problemsText([problem, { ...problem, severity: 'hint' }, { ...problem, severity: 'error' }])).toBe(
      '2 errors · 1 hint',
    );
  });
});
