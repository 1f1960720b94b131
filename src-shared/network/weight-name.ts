/** Name of a layer's weight in checkpoints and packed models: "layer/weight". */
export function weightName(nodeId: string, weight: string): string {
  return `${nodeId}/${weight}`;
}
