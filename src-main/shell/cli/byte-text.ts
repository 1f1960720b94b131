/** "76,298 B", "45.1 kB", "10.6 MB": decimal units, exact below 100,000 bytes. */
export function byteText(bytes: number): string {
  if (bytes < 100_000) return `${bytes.toLocaleString('en-US')} B`;
  return bytes < 1e6 ? `${(bytes / 1e3).toFixed(1)} kB` : `${(bytes / 1e6).toFixed(1)} MB`;
}
