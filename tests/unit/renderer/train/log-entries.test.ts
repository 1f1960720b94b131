import { describe, expect, it } from 'vitest';
import { logEntries } from '@renderer/train/log-entries';
import { foldEvent } from '@shared/training/run-history';
import { centers, epoch, plan, sampleHistory } from './sample-history';

function texts(history: ReturnType<typeof sampleHistory>): string[] {
  return logEntries(history).map((entry) => entry.text);
}

describe('log', () => {
  it('tells what happened, the newest first, a checkpoint within the line of its epoch', () => {
    expect(texts(sampleHistory())).toEqual([
      'centers refitted: MCconv 1 (−0.174, 0.227)',
      'epoch 2 finished: test 97.00 %, train 95.00 %, best so far, checkpoint saved (12 s)',
      'filters are binary from here on, centers fitted: MCconv 1 (−0.174, 0.227)',
      'epoch 1 finished: test 97.00 %, train 95.00 %, checkpoint saved (12 s)',
      'checkpoint saved at step 7',
      'training: 1,280 images, 3 epochs on CPU, WebAssembly SIMD, 1 thread',
    ]);
  });

  it('puts a resume behind the epoch whose checkpoint it goes on from', () => {
    const history = sampleHistory();
    foldEvent(history, plan(20));
    expect(texts(history)[0]).toMatch(/^training goes on from step 20/);
    expect(texts(history)[1]).toMatch(/^epoch 2 finished/);
  });

  it('says how the run ended, in the end', () => {
    const history = sampleHistory();
    foldEvent(history, {
      type: 'finished',
      runDir: '/runs/1',
      epochs: 2,
      step: 25,
      testAccuracy: 0.97,
      seconds: 30,
    });
    foldEvent(history, { type: 'state', state: 'stopped', step: 25 });
    expect(texts(history)[0]).toBe('stopped on request after 2 epochs and 30 s of training');
    const problem = { code: 'diverged', message: 'The loss is not a number.', fix: 'Lower the filter rate.' };
    foldEvent(history, { type: 'failed', step: 25, problem });
    expect(logEntries(history)[0]).toMatchObject({
      text: 'The loss is not a number. Lower the filter rate.',
      tone: 'failure',
    });
  });

  it('gives every line the event that came, so that its time can be found', () => {
    const history = sampleHistory();
    const event = epoch(3);
    const problem = { code: 'planes-equal', message: 'The planes are copies.', severity: 'warning' as const };
    foldEvent(history, event);
    foldEvent(history, { type: 'notice', step: 31, problem });
    const [notice, last] = logEntries(history);
    expect(notice).toMatchObject({ source: problem, tone: 'warning' });
    expect(last!.source).toBe(event);
  });

  it('counts the layers that do not fit on the line', () => {
    const history = sampleHistory();
    const names = Array.from({ length: 9 }, (_, index) => `L${index}`);
    foldEvent(history, centers(25, false, names));
    expect(texts(history)[0]).toMatch(/L5 \(−0\.174, 0\.227\) · and 3 more layers$/);
  });
});
