import type { CheckpointEntry } from '@shared/contract/studio-api';
import { valueText } from '@shared/fields/parse-text';
import type { FieldValue } from '@shared/fields/field';
import { trainingFields, type SettingKey } from '@shared/training/settings';
import { exactCount } from '@shared/words/format-count';
import { formatPercent } from '@shared/words/format-percent';

/** "last: epoch 6, 98.86 %", "epoch 3, 97.10 %", "last: step 1,200". */
export function checkpointText({ choice, step, epoch, testAccuracy }: CheckpointEntry): string {
  const accuracy = testAccuracy === null ? '' : `, ${formatPercent(testAccuracy)}`;
  const place = epoch === null ? `step ${exactCount(step)}` : `epoch ${epoch}${accuracy}`;
  return typeof choice === 'number' ? place : `${choice}: ${place}`;
}

function shown(key: SettingKey, value: FieldValue): string {
  const field = trainingFields[key];
  if (field.kind === 'boolean') return value === true ? 'on' : 'off';
  if (field.kind === 'choice')
    return field.options.find((option) => option.value === value)?.label ?? String(value);
  return valueText(field, value) || (field.kind === 'number' && field.nullLabel) || 'none';
}

/** A setting that differs from the parent's: "Epochs 6 → 9". */
export function changeText(change: { key: SettingKey; from: FieldValue; to: FieldValue }): string {
  const { key, from, to } = change;
  return `${trainingFields[key].label} ${shown(key, from)} → ${shown(key, to)}`;
}
