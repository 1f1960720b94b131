import type { InspectedData } from '@shared/contract/dataset-methods';
import { USUAL_SIDE } from '@shared/datasets/dataset-description';
import { StudioError } from '@shared/problem';
import { openDataset } from '../data/dataset';
import { isImageFolder, listImages } from '../data/images/image-listing';
import { openImageFolder } from '../data/images/open-image-folder';
import type { Job } from '../job-context';

/** Images of each part that are looked at before a folder is taken; a run looks at all that it uses. */
const INSPECTED_IMAGES = 1000;

/** As many classes as the description of a set may have. */
const MOST_CLASSES = 1000;

function counts(labels: ArrayLike<number>, classes: number): number[] {
  const found = Array<number>(classes).fill(0);
  for (let record = 0; record < labels.length; record++) found[labels[record]!]!++;
  return found;
}

/** All files are listed, and a share of them spread over the classes is looked at. */
async function inspectImages(place: string, resourcesDir: string): Promise<InspectedData> {
  const listing = await listImages(place, []);
  const classes = listing.classes.length;
  if (classes > MOST_CLASSES) {
    throw new StudioError({
      code: 'images-classes',
      message: `${place} has ${classes} classes; a network tells at most ${MOST_CLASSES} apart.`,
      fix: 'Make a folder with links to the classes that are wanted.',
      path: place,
    });
  }
  const data = await openImageFolder(place, {
    data: place,
    resourcesDir,
    limitTrain: INSPECTED_IMAGES,
    limitTest: INSPECTED_IMAGES,
    demand: { height: USUAL_SIDE, width: USUAL_SIDE, color: 'rgb', classes },
    images: { classes: [], imageFit: 'crop', trainCrop: 'center', statistics: 'measured' },
  });
  await data.close();
  return {
    type: 'inspected-data',
    kind: 'images',
    description: data.description,
    trainCounts: counts(listing.train.labels, classes),
    testCounts: counts(listing.test.labels, classes),
  };
}

/** Looks at a folder or an archive as a run would, whatever network it is for. */
export const inspectDataJob: Job<'inspect-data'> = async ({ place, resourcesDir }, { port }) => {
  if (await isImageFolder(place)) {
    port.send(await inspectImages(place, resourcesDir));
    return;
  }
  const { description, train, test } = await openDataset({ data: place, resourcesDir });
  const classes = description.classes.length;
  port.send({
    type: 'inspected-data',
    kind: 'files',
    description,
    trainCounts: counts(train.labels, classes),
    testCounts: counts(test.labels, classes),
  });
};
