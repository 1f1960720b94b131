import { expect, it } from 'vitest';
import { changeText, checkpointText } from '@renderer/train/fork/fork-words';

it('a checkpoint is named by what it is and what it knows', () => {
  const tested = { step: 60, epoch: 6, testAccuracy: 0.9886 };
  expect(checkpointText({ choice: 'last', ...tested })).toBe('last: epoch 6, 98.86 %');
  expect(checkpointText({ choice: 6, ...tested })).toBe('epoch 6, 98.86 %');
  expect(checkpointText({ choice: 'last', step: 1200, epoch: null, testAccuracy: null })).toBe(
    'last: step 1,200',
  );
});

it('a change is told in the words of the form', () => {
  expect(changeText({ key: 'epochs', from: 6, to: 9 })).toBe('Epochs 6 → 9');
  expect(changeText({ key: 'optimizer', from: 'sgd', to: 'adam' })).toBe('Method SGD, Nesterov → Adam');
  expect(changeText({ key: 'horizontalFlip', from: false, to: true })).toBe('Mirror off → on');
  expect(changeText({ key: 'limitTrain', from: null, to: 100 })).toBe('Training images all → 100');
});
