import type { StartRun } from '@shared/contract/studio-api';
import { checkFits } from '@shared/datasets/check-fits';
import { namedDataset } from '@shared/datasets/registry';
import { isError, lower } from '@shared/network/lower';
import { classCount, inputNode, type Network } from '@shared/network/network';
import { StudioError } from '@shared/problem';
import { checkNetworkLosses } from '@shared/network/check-network-losses';
import { datasetPlace } from './dataset-places';
import { newRunFolder, type CreateRunOptions, type NewRun } from './new-run-folder';

/** Lowers the design anew, and sees that the losses fit it; what a window says about it is not trusted. */
function lowered(request: StartRun): Network {
  const { network, problems } = lower(request.document, request.family);
  const error = problems.find(isError);
  if (error) throw new StudioError(error);
  if (!network)
    throw new StudioError({ code: 'design-empty', message: 'The design is empty.', fix: 'Open a template.' });
  const [unfit] = checkNetworkLosses(request.settings, network);
  if (unfit) throw new StudioError(unfit);
  return network;
}

/** What can be said before the data is read: folders are looked at by the engine. */
function checkDataset(request: StartRun, network: Network): void {
  const description = namedDataset(request.dataset);
  if (!description) return;
  const { height, width, color } = inputNode(network).values;
  const [problem] = checkFits(description, { height, width, color, classes: classCount(network) });
  if (problem) throw new StudioError(problem);
}

/**
 * Makes the folder of a new run; nothing is trained yet. A folder outside the home is registered there.
 * @throws StudioError the first problem of the design or of its data, and those of createRunFolder
 */
export async function createRun(request: StartRun, options: CreateRunOptions): Promise<NewRun> {
  const network = lowered(request);
  checkDataset(request, network);
  const { name, projectId, document, family, settings } = request;
  const dataset = await datasetPlace(options.home, request.dataset);
  const definition = { name, projectId, family, dataset, settings, parent: null };
  return newRunFolder(definition, document, network, options);
}
