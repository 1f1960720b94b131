import type { Family } from '../graph/family';
import { shapeText } from '../ops/shape';
import { exactCount } from '../words/format-count';
import { binaryText } from './summary-markdown';
import type { TwinCell, TwinDifference, TwinRow } from './twin-difference';

/** What stands where a twin has no such layer. */
export const NO_LAYER = '—';

/** What is compared of a layer. */
export type FigureKey = 'kind' | 'shape' | 'binaryWeights' | 'floatWeights' | 'bytes' | 'multiplyAdds';

/** The figures that a whole design has, too. */
export type SumKey = Exclude<FigureKey, 'kind' | 'shape'>;

interface TwinFigure {
  key: FigureKey;
  label: string;
  text(cell: TwinCell): string;
}

/** A number, or nothing for none. */
function counted(value: number): string {
  return value === 0 ? '' : exactCount(value);
}

/** The columns of the comparison, each once for every twin. */
export const TWIN_FIGURES: readonly TwinFigure[] = [
  { key: 'kind', label: 'Kind', text: ({ kind }) => kind },
  { key: 'shape', label: 'Output', text: ({ shape }) => shapeText(shape) },
  { key: 'binaryWeights', label: '1-bit weights', text: binaryText },
  { key: 'floatWeights', label: '32-bit weights', text: ({ floatWeights }) => counted(floatWeights) },
  { key: 'bytes', label: 'Bytes', text: ({ bytes }) => counted(bytes) },
  { key: 'multiplyAdds', label: 'Multiply-adds', text: ({ multiplyAdds }) => counted(multiplyAdds) },
];

/** Whether a figure of a design as a whole makes sense. */
export function isSum(key: FigureKey): key is SumKey {
  return key !== 'kind' && key !== 'shape';
}

/** A figure of a layer in each of some families, in words. A layer that a twin has not costs nothing there. */
function figureTexts({ key, text }: TwinFigure, { cells }: TwinRow, families: readonly Family[]): string[] {
  return families.map((family) => {
    const cell = cells[family];
    if (cell) return text(cell);
    return isSum(key) ? '' : NO_LAYER;
  });
}

/** A figure of a layer in each of some families as it is shown: of a twin that cannot be built nothing is known. */
export function shownTexts(
  figure: TwinFigure,
  row: TwinRow,
  { twins }: TwinDifference,
  families: readonly Family[],
): string[] {
  return figureTexts(figure, row, families).map((text, index) =>
    twins[families[index]!].summary ? text : NO_LAYER,
  );
}

/** The families among some as which the design can be built. */
export function builtFamilies({ twins }: TwinDifference, families: readonly Family[]): Family[] {
  return families.filter((family) => twins[family].summary !== null);
}

/** What is not the same in all of some families, of a layer itself. Shapes are compared where there is one. */
export function differingFigures(row: TwinRow, families: readonly Family[]): ReadonlySet<FigureKey> {
  const differing = TWIN_FIGURES.filter((figure) => {
    const texts = figureTexts(figure, row, families);
    return new Set(figure.key === 'shape' ? texts.filter((text) => text !== NO_LAYER) : texts).size > 1;
  });
  return new Set(differing.map(({ key }) => key));
}

/** Whether a layer or anything that it consists of is not the same in all of some families. */
export function differs(row: TwinRow, families: readonly Family[]): boolean {
  return differingFigures(row, families).size > 0 || row.parts.some((part) => differs(part, families));
}

/** The twin that the others are compared with: the first that can be built. */
export function baseFamily(difference: TwinDifference, families: readonly Family[]): Family {
  return builtFamilies(difference, families)[0] ?? families[0]!;
}

/** How many times as much: "30.9×", "0.26×"; nothing where there is nothing to compare. */
export function shareText(value: number, base: number): string {
  if (value === 0 || base === 0) return '';
  const ratio = value / base;
  return `${ratio >= 9.995 ? ratio.toFixed(1) : ratio.toFixed(2)}×`;
}

/** A figure of the whole design as one twin; null where there is none, or it cannot be built. */
export function sumOf({ twins }: TwinDifference, family: Family, key: FigureKey): number | null {
  const { summary } = twins[family];
  return summary && isSum(key) ? summary[key] : null;
}
