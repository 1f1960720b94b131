import type { DeviceIdentity } from '@shared/contract/device';
import type { MeasuredSpeed } from '@shared/training/run-outlook';
import { formatBytes } from '@shared/words/format-bytes';
import { rememberDevices } from '../../services/measured-devices';
import { probeDevices } from '../../services/probe-devices';
import { versionsOf, type Command } from './command';
import { jsonLine } from './json-line';
import { textTable } from './text-table';

/** A training speed in words. */
function speedText({ imagesPerSecond, multiplyAdds }: MeasuredSpeed): string {
  return `Trains about ${Math.round(imagesPerSecond)} images/s of a network of ${(multiplyAdds / 1e6).toFixed(1)} M multiply-adds, like mcn-mnist-tiny`;
}

/** Version, chip and memory. */
function identityText({ version, adapter, memory, software }: DeviceIdentity): string {
  const parts = [version, adapter, ...(memory === null ? [] : [formatBytes(memory)])].join(', ');
  return software ? `${parts}. A GPU imitated in software: for tests, and only when it is named` : parts;
}

/** Texts that are there, each with its full stop. */
function sentences(texts: readonly (string | null)[]): string {
  return texts
    .filter((text) => text !== null)
    .map((text) => (text.endsWith('.') ? text : `${text}.`))
    .join(' ');
}

/** What is slow on a fast device. */
function notNativeText(kernels: readonly string[]): string {
  return kernels.length === 0
    ? 'Every kernel of a training step is native'
    : `Not native yet: ${kernels.join(', ')}`;
}

/** `devices`: what this machine can compute on, each device tried in a process of its own; what was measured decides what `auto` means. */
export const devicesCommand: Command = {
  name: 'devices',
  arguments: [],
  help: 'Lists the compute devices and says why the others cannot be used.',
  options: {},
  run: async (input, context) => {
    const devices = await probeDevices(context.startProcess);
    await rememberDevices(context.home, versionsOf(context), devices).catch((error: unknown) => {
      context.say(
        `warning: What was measured is not remembered, auto means the CPU. ${(error as Error).message}`,
      );
    });
    if (input.flag('json')) for (const device of devices) context.print(jsonLine(device));
    else {
      const rows = devices.map(({ name, usable, description, identity, reason, fix, notNative, speed }) => [
        name,
        usable ? 'usable' : 'not usable',
        [
          sentences([
            description,
            identity && identityText(identity),
            speed && speedText(speed),
            notNative && notNativeText(notNative),
            reason,
          ]),
          ...(fix === null ? [] : [fix]),
        ].join(' '),
      ]);
      for (const line of textTable(rows)) context.print(line);
    }
    return 0;
  },
};
