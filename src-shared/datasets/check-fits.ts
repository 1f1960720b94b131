import type { Problem } from '../problem';
import type { DatasetDescription } from './dataset-description';
import type { Color } from './input-channels';

/** What a network asks of its data; the size is that of its input, after padding. */
export interface DataDemand {
  height: number;
  width: number;
  color: Color;
  classes: number;
}

/** What a network meets of a data set. */
export type DataOffer = Pick<
  DatasetDescription,
  'name' | 'classes' | 'channels' | 'height' | 'width' | 'pad' | 'adapts'
>;

/** Whether images are gray or have colour. */
export function datasetColor(dataset: Pick<DatasetDescription, 'channels'>): Color {
  return dataset.channels === 1 ? 'gray' : 'rgb';
}

/** What is wrong with size and colour of stored images. */
function imageProblems(dataset: DataOffer, demand: DataDemand): Problem[] {
  const problems: Problem[] = [];
  const { name, height, width, pad } = dataset;
  if (demand.height < height || demand.width < width) {
    problems.push({
      code: 'dataset-size',
      message: `The network's input is ${demand.height}×${demand.width} pixels, too small for the ${height}×${width} images of ${name}.`,
      fix: `Set height and width of the Input to ${pad.to}.`,
      field: demand.height < height ? 'height' : 'width',
    });
  }
  const color = datasetColor(dataset);
  if (demand.color !== color) {
    const words = { gray: 'gray', rgb: 'RGB' };
    problems.push({
      code: 'dataset-color',
      message: `The network's input expects ${words[demand.color]} images; those of ${name} are ${words[color]}.`,
      fix: `Set the colour of the Input to ${color === 'rgb' ? 'RGB' : 'Gray'}, or choose another data set.`,
      field: 'color',
    });
  }
  return problems;
}

/**
 * Why a network cannot be trained or evaluated on a data set; empty when it can. An input larger than the images
 * fits: they are padded to its size.
 */
export function checkFits(dataset: DataOffer, demand: DataDemand): Problem[] {
  const problems = dataset.adapts ? [] : imageProblems(dataset, demand);
  const { name } = dataset;
  const classes = dataset.classes.length;
  if (demand.classes !== classes) {
    problems.push({
      code: 'dataset-classes',
      message: `The network tells ${demand.classes} classes apart; ${name} has ${classes}.`,
      fix: `Set the units of the last Dense layer to ${classes}, or choose another data set.`,
    });
  }
  return problems;
}
