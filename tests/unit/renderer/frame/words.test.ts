import { describe, expect, it } from 'vitest';
import { matchCommands } from '@renderer/frame/match-commands';
import { problemsText, progressText, totalsText } from '@renderer/frame/status-words';
import { positionText } from '@renderer/train/run-words';
import { lower } from '@shared/network/lower';
import { findPreset } from '@shared/network/presets';
import { profile } from '@shared/network/profile';
import { epochOfStep } from '@shared/training/epoch-of-step';

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
    const run = { state: 'preparing' as const, step: 0, epochs: 4, totalSteps: null };
    expect(progressText(run, null)).toBe('preparing');
    const planned = { ...run, state: 'training' as const, totalSteps: 64 };
    expect(progressText({ ...planned, step: 21 }, 64)).toBe('epoch 2 of 4 · 32 % · 1 min 04 s left');
    expect(progressText({ ...planned, step: 64 }, null)).toBe('epoch 4 of 4 · 100 %');
  });

  it('says the same epoch as the words beside the controls', () => {
    for (const step of [0, 1, 15, 16, 17, 32, 63, 64]) {
      const epoch = `epoch ${epochOfStep(step, 16)} of 4`;
      const run = { state: 'training' as const, step, epochs: 4, totalSteps: 64 };
      expect(progressText(run, null)).toContain(epoch);
      expect(positionText(step, 16, 4)).toContain(epoch);
    }
    expect([0, 1, 16, 17, 64].map((step) => epochOfStep(step, 16))).toEqual([1, 1, 1, 2, 4]);
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
