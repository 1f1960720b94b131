import { parseText } from '@shared/fields/parse-text';
import { trainingFields, type SettingKey, type TrainingSettings } from '@shared/training/settings';
import type { CommandInput } from './command';
import { UsageError } from './usage-error';

/** KEY=VALUE as the fields read it. */
function setting(text: string, command: string): [SettingKey, unknown] {
  const at = text.indexOf('=');
  const key = text.slice(0, at);
  if (at < 1) throw new UsageError(`--set takes KEY=VALUE, not "${text}".`, command);
  if (!Object.hasOwn(trainingFields, key)) {
    throw new UsageError(
      `There is no setting "${key}". Settings: ${Object.keys(trainingFields).join(', ')}.`,
      command,
    );
  }
  const known = key as SettingKey;
  const parsed = parseText(known, trainingFields[known], text.slice(at + 1));
  if (parsed.ok) return [known, parsed.value];
  const [problem] = parsed.problems;
  throw new UsageError(`--set ${key}: ${problem!.message} ${problem!.fix ?? ''}`.trim(), command);
}

/** Options that have a name of their own, by the setting they stand for. */
const NAMED: Readonly<Record<string, SettingKey>> = {
  epochs: 'epochs',
  batch: 'batchSize',
  'limit-train': 'limitTrain',
  'limit-test': 'limitTest',
  seed: 'seed',
  device: 'device',
};

function namedSettings(input: CommandInput, command: string): [SettingKey, unknown][] {
  return Object.entries(NAMED).flatMap(([option, key]) => {
    const text = input.text(option);
    if (text === undefined) return [];
    const parsed = parseText(key, trainingFields[key], text);
    if (parsed.ok) return [[key, parsed.value] as [SettingKey, unknown]];
    const [problem] = parsed.problems;
    throw new UsageError(`--${option}: ${problem!.fix ?? problem!.message}`, command);
  });
}

/** What the options of a command say about settings: each --set, then those with a name of their own. @throws UsageError */
export function settingChanges(input: CommandInput, command: string): Partial<TrainingSettings> {
  const given = input.list('set').map((text) => setting(text, command));
  return Object.fromEntries([...given, ...namedSettings(input, command)]) as Partial<TrainingSettings>;
}
