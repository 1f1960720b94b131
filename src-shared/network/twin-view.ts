import type { Family } from '../graph/family';
import { builtFamilies, differs } from './twin-figures';
import type { TwinDifference, TwinRow } from './twin-difference';

/** What a person wants to see of a comparison. */
export interface TwinWishes {
  families: readonly Family[];
  onlyDifferences: boolean;
  /** Ids of the rows whose parts are shown. */
  open: ReadonlySet<string>;
}

/** A row as it is shown; parts stand one step inside. */
export interface ShownTwinRow {
  row: TwinRow;
  isPart: boolean;
  /** Whether it, or a part of it, differs. */
  differs: boolean;
}

/** The rows to be seen, in order. Twins that cannot be built have no say in what differs. */
export function shownRows(difference: TwinDifference, wishes: TwinWishes): ShownTwinRow[] {
  const families = builtFamilies(difference, wishes.families);
  const show = (rows: readonly TwinRow[], isPart: boolean): ShownTwinRow[] =>
    rows.flatMap((row) => {
      const isDifferent = differs(row, families);
      if (wishes.onlyDifferences && !isDifferent) return [];
      const parts = wishes.open.has(row.id) ? show(row.parts, true) : [];
      return [{ row, isPart, differs: isDifferent }, ...parts];
    });
  return show(difference.rows, false);
}

/** How many layers of the document differ, and how many there are. */
export function differenceCount(
  difference: TwinDifference,
  wanted: readonly Family[],
): { differing: number; all: number } {
  const families = builtFamilies(difference, wanted);
  const { rows } = difference;
  return { differing: rows.filter((row) => differs(row, families)).length, all: rows.length };
}
