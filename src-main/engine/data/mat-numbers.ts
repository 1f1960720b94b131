/** How numbers of one type lie in a file of MATLAB. */
export interface MatNumbers {
  readonly name: string;
  /** Of one number. */
  readonly bytes: number;
  read(view: DataView, at: number, littleEndian: boolean): number;
}

/** Types of data elements that hold numbers, by their code. Source: "MAT-File Format", "MAT-File Data Types". */
export const MAT_NUMBERS: Readonly<Record<number, MatNumbers>> = {
  1: { name: 'miINT8', bytes: 1, read: (view, at) => view.getInt8(at) },
  2: { name: 'miUINT8', bytes: 1, read: (view, at) => view.getUint8(at) },
  3: { name: 'miINT16', bytes: 2, read: (view, at, little) => view.getInt16(at, little) },
  4: { name: 'miUINT16', bytes: 2, read: (view, at, little) => view.getUint16(at, little) },
  5: { name: 'miINT32', bytes: 4, read: (view, at, little) => view.getInt32(at, little) },
  6: { name: 'miUINT32', bytes: 4, read: (view, at, little) => view.getUint32(at, little) },
  7: { name: 'miSINGLE', bytes: 4, read: (view, at, little) => view.getFloat32(at, little) },
  9: { name: 'miDOUBLE', bytes: 8, read: (view, at, little) => view.getFloat64(at, little) },
  12: { name: 'miINT64', bytes: 8, read: (view, at, little) => Number(view.getBigInt64(at, little)) },
  13: { name: 'miUINT64', bytes: 8, read: (view, at, little) => Number(view.getBigUint64(at, little)) },
};

/** Codes of the types that the parts of a matrix have. */
export const MI = { INT8: 1, UINT8: 2, INT32: 5, UINT32: 6, MATRIX: 14, COMPRESSED: 15 } as const;

/** Classes of arrays by their code, in the order of the codes from 1 on; the numeric ones last. */
const CLASSES =
  'cell struct object char sparse double single int8 uint8 int16 uint16 int32 uint32 int64 uint64';
const FIRST_NUMERIC = 6;

/** The name of a class of arrays; undefined for those that are built in another way (functions, tables). */
export function matClassName(code: number): string | undefined {
  return CLASSES.split(' ')[code - 1];
}

/** Whether arrays of a class are dense arrays of numbers. */
export function isNumericClass(code: number): boolean {
  return code >= FIRST_NUMERIC && matClassName(code) !== undefined;
}
