import type { Family } from '../graph/family';
import type { TrainingSettings } from '../training/settings';
import type { GraphDocument } from '../graph/document';

/** The version that this build writes. */
export const PROJECT_VERSION = 1;

/** File ending of projects. */
export const PROJECT_SUFFIX = '.mcnproj';

/** One design with all that is needed to train it: one readable JSON file. */
export interface Project {
  readonly version: typeof PROJECT_VERSION;
  /** Random, survives renaming; runs refer to it. */
  readonly id: string;
  readonly name: string;
  readonly document: GraphDocument;
  readonly family: Family;
  /** Name of a registered data set, or a folder. */
  readonly dataset: string;
  readonly training: TrainingSettings;
}
