import type { MatElements, MatTag } from './mat-element';
import { isNumericClass, MAT_NUMBERS, matClassName, MI } from './mat-numbers';
import { matProblem } from './mat-problem';

/** A variable of a file of MATLAB. */
export interface MatArray {
  readonly name: string;
  /** "uint8", "double", "cell", ... */
  readonly className: string;
  readonly dims: readonly number[];
  /** Numbers in it: the product of dims. */
  readonly count: number;
  /**
   * Its numbers in pieces, the first dimension running fastest. Can be read once, and only until the next variable is asked
   * for; each piece is good until the next one is. Integers of 64 bits are rounded as doubles are.
   *
   * @throws StudioError mat-class when it holds no dense real numbers, mat-bad, mat-truncated, mat-compressed.
   */
  values(): AsyncGenerator<ArrayLike<number>>;
}

const COMPLEX = 0x0800;
const FLAGS_BYTES = 8;
const MAX_DIMS = 32;
const MAX_NAME_BYTES = 1024;
/** Bytes of numbers that are decoded at once; a multiple of the size of each type. */
const BLOCK_BYTES = 64 * 1024;

/** Reads a small part of a matrix, which must have this type and length. */
async function part(
  matrix: MatElements,
  what: string,
  type: number,
  fits: (bytes: number) => boolean,
): Promise<DataView> {
  const tag = await matrix.tag();
  if (tag.type !== type || !fits(tag.bytes)) {
    const found = `an element of type ${tag.type} with ${tag.bytes} bytes`;
    throw matProblem('mat-bad', matrix.path, `has ${found} where the ${what} of a variable must be.`);
  }
  return matrix.content(tag);
}

async function readDims(matrix: MatElements): Promise<number[]> {
  const view = await part(
    matrix,
    'dimensions',
    MI.INT32,
    (bytes) => bytes % 4 === 0 && bytes >= 8 && bytes <= 4 * MAX_DIMS,
  );
  const dims = Array.from({ length: view.byteLength / 4 }, (_, axis) =>
    view.getInt32(4 * axis, matrix.littleEndian),
  );
  if (dims.some((dim) => dim < 0)) {
    throw matProblem('mat-bad', matrix.path, `has a variable of the size ${dims.join(' × ')}.`);
  }
  return dims;
}

async function* decoded(matrix: MatElements, tag: MatTag): AsyncGenerator<ArrayLike<number>> {
  if (tag.type === MI.UINT8) {
    yield* matrix.pieces(tag.bytes);
    return;
  }
  const { bytes, read } = MAT_NUMBERS[tag.type]!;
  for (let left = tag.bytes; left > 0;) {
    const size = Math.min(left, BLOCK_BYTES);
    left -= size;
    const view = await matrix.content({ ...tag, bytes: size, padding: 0 });
    yield Float64Array.from({ length: size / bytes }, (_, at) => read(view, at * bytes, matrix.littleEndian));
  }
}

/**
 * Reads what stands in front of the numbers of a matrix: flags, dimensions, name.
 *
 * @param matrix the span of the element miMATRIX
 * @returns null for a variable that is built in another way (a function, a table).
 * @throws StudioError mat-bad, mat-truncated.
 * Source: "MAT-File Format", MathWorks, "Level 5 MATLAB Array Data Element Formats".
 */
export async function readMatArray(matrix: MatElements): Promise<MatArray | null> {
  const flags = await part(matrix, 'flags', MI.UINT32, (bytes) => bytes === FLAGS_BYTES);
  const word = flags.getUint32(0, matrix.littleEndian);
  const code = word & 0xff;
  const className = matClassName(code);
  if (className === undefined) return null;
  const dims = await readDims(matrix);
  const text = await part(matrix, 'name', MI.INT8, (bytes) => bytes <= MAX_NAME_BYTES);
  const name = new TextDecoder('latin1').decode(text);
  const count = dims.reduce((product, dim) => product * dim, 1);
  return {
    name,
    className,
    dims,
    count,
    async *values() {
      const { path } = matrix;
      if (!isNumericClass(code) || (word & COMPLEX) !== 0) {
        const kind = isNumericClass(code) ? 'complex numbers' : `the class ${className}`;
        throw matProblem('mat-class', path, `has the variable ${name} with ${kind}; real numbers are read.`);
      }
      const tag = await matrix.tag();
      const numbers = MAT_NUMBERS[tag.type];
      if (!numbers || tag.bytes !== count * numbers.bytes) {
        const type = numbers?.name ?? `the type ${tag.type}`;
        const message = `has ${tag.bytes} bytes of ${type} in the variable ${name} of ${dims.join(' × ')} numbers.`;
        throw matProblem('mat-bad', path, message);
      }
      yield* decoded(matrix, tag);
    },
  };
}
