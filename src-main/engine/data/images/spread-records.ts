/**
 * The first `limit` records when the first of every class come first, then the second ones, and so on: a part of the set
 * with all classes alike, the same for every seed. All of them, in their own order, without a limit.
 *
 * @param labels ascending, as listed
 */
export function spreadRecords(labels: Uint16Array, limit: number | undefined): Uint32Array {
  const all = Uint32Array.from(labels, (_, record) => record);
  if (limit === undefined || limit >= labels.length) return all;
  const ranks = new Uint32Array(labels.length);
  for (let record = 1; record < labels.length; record++) {
    ranks[record] = labels[record] === labels[record - 1] ? ranks[record - 1]! + 1 : 0;
  }
  return all.sort((a, b) => ranks[a]! - ranks[b]! || a - b).slice(0, limit);
}
