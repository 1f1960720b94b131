const WHOLE = new Intl.NumberFormat('en-US', { maximumFractionDigits: 0 });

/** A whole number in full: "605,520". */
export function exactCount(count: number): string {
  return WHOLE.format(count);
}

/** A large count in three figures or so: "840", "10.2 k", "7.5 M", "1.3 G". */
export function formatCount(count: number): string {
  if (count < 1000) return WHOLE.format(count);
  const unit = count < 999_500 ? 'k' : count < 999.5e6 ? 'M' : 'G';
  const scaled = count / { k: 1e3, M: 1e6, G: 1e9 }[unit];
  return `${scaled < 99.95 ? scaled.toFixed(1) : WHOLE.format(scaled)} ${unit}`;
}

/** Number and noun that agrees: "1 hint", "3 layers". */
export function counted(count: number, one: string, many = `${one}s`): string {
  return `${exactCount(count)} ${count === 1 ? one : many}`;
}
