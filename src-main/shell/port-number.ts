/** The port that a person named; 0 stands for a free one. null when it is none. */
export function portNumber(text: string): number | null {
  const port = Number(text);
  return /^\d+$/.test(text) && port <= 65_535 ? port : null;
}
