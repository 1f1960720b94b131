/** Thousands separated by commas, as everywhere in the studio. */
const WHOLE = new Intl.NumberFormat('en-US', { maximumFractionDigits: 0 });

/** Every byte: "76,298 B". */
export function exactBytes(bytes: number): string {
  return `${WHOLE.format(bytes)} B`;
}

/** Three figures or so, decimal units: "152 B", "28.8 kB", "10.6 MB", "1.20 GB". */
export function formatBytes(bytes: number): string {
  if (bytes < 1000) return `${WHOLE.format(bytes)} B`;
  // Where rounding would give "1000 kB", the next unit says it better.
  const unit = bytes < 999_500 ? 'kB' : bytes < 999.5e6 ? 'MB' : 'GB';
  const scaled = bytes / { kB: 1e3, MB: 1e6, GB: 1e9 }[unit];
  const digits = scaled < 9.995 ? 2 : scaled < 99.95 ? 1 : 0;
  return `${scaled.toFixed(digits)} ${unit}`;
}

/** Memory in binary units, as operating systems count it: "612 MiB", "1.7 GiB". */
export function formatMemory(bytes: number): string {
  const mebibytes = bytes / 2 ** 20;
  if (mebibytes < 1024) return `${WHOLE.format(mebibytes)} MiB`;
  return `${(mebibytes / 1024).toFixed(1)} GiB`;
}

/** How many times smaller: "31.7×", "1.2×", "127×". */
export function formatRatio(ratio: number): string {
  return `${ratio < 99.95 ? ratio.toFixed(1) : WHOLE.format(ratio)}×`;
}
