/** Red, green and blue, 0 to 255 each. */
export type Rgb = readonly [red: number, green: number, blue: number];

/** Viridis at nine even steps: perceptually even from low (dark violet) to high (yellow). */
const SEQUENTIAL: readonly Rgb[] = [
  [68, 1, 84],
  [72, 40, 120],
  [62, 74, 137],
  [49, 104, 142],
  [38, 130, 142],
  [31, 158, 137],
  [53, 183, 121],
  [109, 205, 89],
  [253, 231, 37],
];

/** Blue, white, orange; the middle stands for 0. */
const DIVERGING: readonly Rgb[] = [
  [28, 79, 137],
  [88, 148, 200],
  [168, 203, 228],
  [245, 245, 243],
  [243, 196, 148],
  [222, 135, 58],
  [158, 79, 12],
];

function mix(stops: readonly Rgb[], position: number): Rgb {
  const at = Math.min(1, Math.max(0, position)) * (stops.length - 1);
  const index = Math.min(stops.length - 2, Math.floor(at));
  const [low, high, share] = [stops[index]!, stops[index + 1]!, at - index];
  const channel = (c: 0 | 1 | 2): number => Math.round(low[c] + (high[c] - low[c]) * share);
  return [channel(0), channel(1), channel(2)];
}

/** Colour of an M-Filter value (>= 0) on a scale from `low` to `high`; values outside take the ends. An empty scale gives its middle. */
export function sequentialColour(value: number, low: number, high: number): Rgb {
  return mix(SEQUENTIAL, high > low ? (value - low) / (high - low) : 0.5);
}

/** Colour of center `index` of `count`: the first and the last are the ends of the diverging map. */
export function centerColour(index: number, count: number): Rgb {
  return mix(DIVERGING, count > 1 ? 0.12 + (0.76 * index) / (count - 1) : 0.5);
}

/** "rgb(49 104 142)". */
export function cssColour([red, green, blue]: Rgb): string {
  return `rgb(${red} ${green} ${blue})`;
}

/** CSS gradient of the legend of M-Filter values, from low on the left to high on the right. */
export function legendGradient(): string {
  return `linear-gradient(to right, ${SEQUENTIAL.map(cssColour).join(', ')})`;
}

/** `count` round numbers that divide the scale from `low` to `high` evenly, ends included. */
export function legendValues(low: number, high: number, count: number): number[] {
  return Array.from({ length: count }, (_, index) => low + ((high - low) * index) / (count - 1));
}
