/** Mean correlation between the planes of an M-Filter above which they count as copies: the M-Filter does nothing (mcn.md, section 5). */
const COPIED_PLANES = 0.999;

/** Whether planes of this mean correlation are copies of each other; a layer without one (K = 1, or one value a plane) has no copies. */
export function areCopies(planeCorrelation: number | null): planeCorrelation is number {
  return planeCorrelation !== null && planeCorrelation > COPIED_PLANES;
}
