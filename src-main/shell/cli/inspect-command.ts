import { parentWords } from '@shared/contract/run-summary';
import type { Network } from '@shared/network/network';
import { profile } from '@shared/network/profile';
import { shapeText } from '@shared/ops/shape';
import { StudioError } from '@shared/problem';
import { formatBytes } from '@shared/words/format-bytes';
import { exactCount } from '@shared/words/format-count';
import { formatPercent } from '@shared/words/format-percent';
import { readPackedFile } from '../../exporters/packed/read-packed-file';
import { readRunDefinition } from '../../run-folder/manifest';
import { readHistory } from '../../run-folder/read-history';
import type { Command, CommandContext } from './command';
import { jsonLine } from './json-line';
import { ledgerText } from './ledger-text';
import { modelSource } from './run-argument';
import { textTable } from './text-table';

/** The layers of a network with shapes and costs. */
function networkTable(network: Network): string[] {
  const costs = profile(network);
  const rows = network.nodes.map((node, index) => {
    const { weights, storedBytes, multiplyAdds } = costs.nodes[index]!;
    return [
      node.name,
      node.type,
      shapeText(node.shape),
      weights === 0 ? '' : exactCount(weights),
      storedBytes === 0 ? '' : formatBytes(storedBytes),
      multiplyAdds === 0 ? '' : `${(multiplyAdds / 1e6).toFixed(2)} M`,
    ];
  });
  return textTable([['Layer', 'Type', 'Output', 'Weights', 'Stored', 'Multiply-adds'], ...rows], [3, 4, 5]);
}

async function inspectPacked(file: string, json: boolean, context: CommandContext): Promise<void> {
  const read = await readPackedFile(file);
  if (!read.ok) throw new StudioError(read.problems[0]!);
  const { model, ledger } = read.value;
  const { network, data, testAccuracy, creator } = model;
  if (json) {
    context.print(
      jsonLine({
        kind: 'packed',
        path: file,
        creator,
        family: network.family,
        data,
        testAccuracy,
        ledger,
        network,
      }),
    );
    return;
  }
  const tested = testAccuracy === null ? 'not tested' : `${formatPercent(testAccuracy)} when it was exported`;
  const head = [`${file}: ${network.family} for ${data.name}, ${tested}, written by ${creator}`, ''];
  for (const line of [...head, ...networkTable(network), '', ...ledgerText(ledger)]) context.print(line);
}

async function inspectRun(dir: string, json: boolean, context: CommandContext): Promise<void> {
  const { manifest, network } = await readRunDefinition(dir);
  const { state, step, epochs, checkpoints, failure } = await readHistory(dir, false);
  if (json) {
    context.print(
      jsonLine({ kind: 'run', path: dir, manifest, state, step, epochs, checkpoints, failure, network }),
    );
    return;
  }
  const head = [
    `${manifest.name} (${manifest.family}, ${manifest.dataset}), ${state} at step ${step}: ${dir}`,
  ];
  const rows = epochs.map((epoch) => [
    String(epoch.epoch),
    formatPercent(epoch.testAccuracy),
    formatPercent(epoch.trainAccuracy),
    epoch.trainLoss.toFixed(4),
    epoch.binarized ? 'binary' : 'float',
  ]);
  if (manifest.parent) head.push(`A ${parentWords(manifest.parent)}, ${manifest.parent.id}`);
  if (failure) head.push(`${failure.message} ${failure.fix ?? ''}`.trim());
  if (rows.length > 0)
    head.push('', ...textTable([['Epoch', 'Test', 'Train', 'Loss', 'Filters'], ...rows], [0, 1, 2, 3]));
  for (const line of [...head, '', ...networkTable(network)]) context.print(line);
}

/** `inspect`: what is in a run or in a packed file. */
export const inspectCommand: Command = {
  name: 'inspect',
  arguments: ['RUN|FILE'],
  help: 'Shows what a run or a packed model is made of: layers, shapes, bytes, results.',
  options: {},
  run: async (input, context) => {
    const source = await modelSource(input.positionals[0]!, 'last', context.home);
    const json = input.flag('json');
    if (source.kind === 'packed') await inspectPacked(source.file, json, context);
    else await inspectRun(source.runDir, json, context);
    return 0;
  },
};
