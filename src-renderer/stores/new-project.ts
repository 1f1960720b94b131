import { BUNDLED_DATASET } from '@shared/datasets/registry';
import { emptyDocument } from '@shared/graph/document';
import { PROJECT_VERSION, type Project } from '@shared/project/project';
import { checkSettings } from '@shared/training/settings';

const LONGEST_NAME = 120;

/** A project without a layer, for the data set that every machine has. */
export function emptyProject(): Project {
  return {
    version: PROJECT_VERSION,
    id: crypto.randomUUID(),
    name: 'New design',
    document: emptyDocument(),
    family: 'mcn',
    dataset: BUNDLED_DATASET,
    training: checkSettings({}).settings,
  };
}

/** The same project as one of its own: another id, so that runs and recovery files tell the two apart. */
export function copyOf(project: Project, name = project.name): Project {
  return { ...project, id: crypto.randomUUID(), name: name.slice(0, LONGEST_NAME) };
}
