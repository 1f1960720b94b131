import { describe, expect, it } from 'vitest';
import type { Ledger } from '@shared/packed/ledger';
import { checkpointWords } from '@renderer/export/checkpoint-words';
import { ledgerParts } from '@renderer/export/ledger-parts';
import { proofWords } from '@renderer/export/proof-words';
import { fileRatioWords, filterRatioWords } from '@renderer/export/ratio-words';
import { emptyHistory, foldEvent } from '@shared/training/run-history';
import { sampleHistory, steps } from '../train/sample-history';

const ledger: Ledger = {
  rows: [
    { node: 'mc1', name: 'MCconv 1', kind: 'bits', bytes: 100, floatBytes: 3200 },
    { node: 'mc2', name: 'MCconv 2', kind: 'bits', bytes: 300, floatBytes: 9600 },
    { node: 'mc1', name: 'MCconv 1', kind: 'centers', bytes: 8, floatBytes: 0 },
    { node: 'fc', name: 'Dense', kind: 'dense', bytes: 1500, floatBytes: 1500 },
    { node: null, name: 'Header', kind: 'header', bytes: 92, floatBytes: 92 },
  ],
  filterBytes: 408,
  filterFloatBytes: 12_800,
  filterReconstructedBytes: 51_200,
  fileBytes: 2000,
  fileFloatBytes: 14_392,
};

describe('byte ledger', () => {
  it('sums up by kind and loses no byte', () => {
    const parts = ledgerParts(ledger);
    expect(parts.map((part) => [part.kind, part.bytes, part.floatBytes])).toEqual([
      ['bits', 400, 12_800],
      ['centers', 8, 0],
      ['dense', 1500, 1500],
      ['header', 92, 92],
    ]);
    expect(parts.reduce((sum, part) => sum + part.bytes, 0)).toBe(ledger.fileBytes);
    expect(parts[0]!.share).toBe(0.2);
  });

  it('says both ratios and what weighs most', () => {
    expect(filterRatioWords(ledger)?.figure).toBe('31.4×');
    expect(fileRatioWords(ledger).figure).toBe('7.2×');
    expect(fileRatioWords(ledger).meaning).toBe(
      '2,000 B instead of 14.4 kB. Heaviest part: Dense, 75 % of the file.',
    );
  });

  it('claims nothing for float filters, and no filter ratio where there are no filters', () => {
    const float: Ledger = {
      ...ledger,
      rows: [{ node: 'mc1', name: 'MCconv 1', kind: 'float-filter', bytes: 12_800, floatBytes: 12_800 }],
      filterBytes: 12_800,
    };
    expect(filterRatioWords(float)?.meaning).toContain('nothing is saved');
    expect(filterRatioWords({ ...ledger, filterBytes: 0 })).toBeNull();
  });
});

describe('proof', () => {
  const evaluation = {
    type: 'evaluated',
    accuracy: 0.9871,
    loss: 0.04,
    count: 10_000,
    binarized: true,
    deviceDescription: 'CPU',
  } as const;
  const proof = {
    type: 'proved',
    checkpoint: evaluation,
    file: evaluation,
    logitDifference: 3.1e-7,
    agreeing: 10_000,
  } as const;

  it('stands as plain facts', () => {
    expect(proofWords(proof)).toEqual({
      holds: true,
      lines: [
        'Checkpoint 98.71 %, file 98.71 %',
        '10,000 of 10,000 images classified alike',
        'logits differ by at most 3e-7, relative to the largest',
      ],
    });
    expect(proofWords({ ...proof, logitDifference: 0 }).lines[2]).toBe('logits are equal');
  });

  it('does not hold when one image, the accuracy or the logits differ', () => {
    expect(proofWords({ ...proof, agreeing: 9999 }).holds).toBe(false);
    expect(proofWords({ ...proof, file: { ...evaluation, accuracy: 0.98 } }).holds).toBe(false);
    expect(proofWords({ ...proof, logitDifference: 2e-4 }).holds).toBe(false);
  });
});

describe('checkpoints to export', () => {
  it('are the last, tested or not, and the best binarized one', () => {
    const history = sampleHistory();
    const tested = 'epoch 2, 97.00 % of the test images right';
    expect(checkpointWords(history)).toEqual({ last: tested, best: tested });
    foldEvent(history, steps(25, 2));
    foldEvent(history, { type: 'checkpoint', file: 'd', step: 27, best: false });
    expect(checkpointWords(history)).toEqual({ last: 'step 27, not tested', best: tested });
  });

  it('may not be there yet', () => {
    expect(checkpointWords(emptyHistory())).toEqual({ last: 'none yet', best: null });
  });
});
