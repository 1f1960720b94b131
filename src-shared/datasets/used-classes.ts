import type { DatasetDescription } from './dataset-description';

/**
 * A data set as a run with these settings sees it: of a folder of images (and of nothing else) only the classes that are
 * listed or drawn. Which ones are drawn is the engine's business: here only their number counts.
 */
export function withUsedClasses(
  set: DatasetDescription,
  { classList, classDraw }: { classList: string; classDraw: number | null },
): DatasetDescription {
  if (!set.adapts) return set;
  const listed = new Set(classList.split(',').map((name) => name.trim()));
  const named = set.classes.filter((name) => listed.has(name));
  if (named.length > 0) return { ...set, classes: named };
  return classDraw === null ? set : { ...set, classes: set.classes.slice(0, classDraw) };
}
