/**
 * The item of a list that a key leads to: arrows one on or back, Home and End to the ends, never past them. null for any other key and for
 * an empty list.
 * @param chosen index of the current item, -1 for none
 */
export function neighbour(key: string, chosen: number, count: number): number | null {
  if (count === 0) return null;
  const clamp = (index: number) => Math.min(count - 1, Math.max(0, index));
  switch (key) {
    case 'ArrowDown':
    case 'ArrowRight':
      return clamp(chosen + 1);
    case 'ArrowUp':
    case 'ArrowLeft':
      return clamp(chosen - 1);
    case 'Home':
      return 0;
    case 'End':
      return count - 1;
    default:
      return null;
  }
}
