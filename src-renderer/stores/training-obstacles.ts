import { checkFits } from '@shared/datasets/check-fits';
import type { DatasetDescription } from '@shared/datasets/dataset-description';
import { datasetDownloads } from '@shared/datasets/downloads';
import { namedDataset } from '@shared/datasets/registry';
import { withUsedClasses } from '@shared/datasets/used-classes';
import { isError } from '@shared/network/lower';
import { classCount, inputNode, type Network } from '@shared/network/network';
import type { Problem } from '@shared/problem';
import type { Project } from '@shared/project/project';
import { checkNetworkLosses } from '@shared/network/check-network-losses';

/** What a network asks of its data set, as checkFits wants it. */
export function demandOf(network: Network): Parameters<typeof checkFits>[1] {
  const { height, width, color } = inputNode(network).values;
  return { height, width, color, classes: classCount(network) };
}

function missing(id: string): Problem {
  return {
    code: 'dataset-missing',
    message: `The data set ${namedDataset(id)?.name ?? id} is not on this machine.`,
    fix: Object.hasOwn(datasetDownloads, id)
      ? 'The network can be designed all the same. To train it, download the data in Train under “More data sets”, or choose another data set there.'
      : 'The network can be designed all the same; to train it, choose another data set in Train.',
    severity: 'warning',
  };
}

/**
 * Why a project cannot be trained: errors of design and settings first, then losses that the network cannot have, then what its data set
 * does not fit.
 * `problems` are those of the design and of the settings; `datasets` what this machine has.
 */
export function obstaclesToTraining(
  project: Project,
  network: Network | null,
  problems: readonly Problem[],
  datasets: readonly DatasetDescription[],
): Problem[] {
  const errors = problems.filter(isError);
  if (network) errors.push(...checkNetworkLosses(project.training, network));
  const dataset = datasets.find((set) => set.id === project.dataset);
  if (!dataset) return [...errors, missing(project.dataset)];
  return network
    ? [...errors, ...checkFits(withUsedClasses(dataset, project.training), demandOf(network))]
    : errors;
}
