import { StudioError } from '@shared/problem';
import type { Dataset } from './dataset';

/** The first of so many classes that no label names; undefined when each has one. */
export function firstEmptyClass(labels: Uint8Array, classes: number): number | undefined {
  const seen = new Set(labels);
  return Array.from({ length: classes }, (_, label) => label).find((label) => !seen.has(label));
}

/**
 * Makes sure that every class has a training image: what a network never sees it cannot learn, and its tests would tell less
 * than they seem to.
 *
 * @throws StudioError dataset-class-empty
 */
export function checkEveryClass({ description, train }: Pick<Dataset, 'description' | 'train'>): void {
  const { classes, source } = description;
  const empty = firstEmptyClass(train.labels, classes.length);
  if (empty === undefined) return;
  throw new StudioError({
    code: 'dataset-class-empty',
    message: `${source}: no training image is of class ${empty} (${classes[empty]!}).`,
    fix: 'Add images of it, or check that all files of the set are there.',
    path: source,
  });
}
