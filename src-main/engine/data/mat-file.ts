import { ByteReader } from './byte-reader';
import type { DataFile } from './data-file';
import { inflateStream, MAX_DEFLATE_RATIO } from './inflate-stream';
import { readMatArray, type MatArray } from './mat-array';
import { MatElements } from './mat-element';
import { MAT_HEADER_BYTES, readMatHeader } from './mat-header';
import { MI } from './mat-numbers';
import { matProblem } from './mat-problem';

/** The variable inside an element miCOMPRESSED: a stream of zlib that holds one matrix. */
async function* compressedArray(packed: MatElements): AsyncGenerator<MatArray> {
  const { path, littleEndian } = packed;
  const most = packed.left * MAX_DEFLATE_RATIO;
  const plain = inflateStream(packed.pieces(packed.left), (reason, cause) =>
    matProblem('mat-compressed', path, `has a compressed variable that ${reason}.`, cause),
  );
  const reader = new ByteReader(plain, (missing) =>
    matProblem('mat-truncated', path, `has a compressed variable that ends ${missing} bytes too soon.`),
  );
  try {
    const elements = new MatElements(reader, littleEndian, path, most, 'what its bytes can hold');
    const tag = await elements.tag();
    if (tag.type !== MI.MATRIX) {
      throw matProblem(
        'mat-bad',
        path,
        `has a compressed element of type ${tag.type}; a matrix has ${MI.MATRIX}.`,
      );
    }
    const matrix = elements.inside(tag, 'a variable');
    const array = await readMatArray(matrix);
    if (!array) return;
    let wanted = false;
    yield {
      ...array,
      values() {
        wanted = true;
        return array.values();
      },
    };
    if (!wanted) return;
    await matrix.skip();
    if (!(await reader.atEnd())) {
      throw matProblem('mat-too-long', path, `has a compressed element that goes on after ${array.name}.`);
    }
  } finally {
    await reader.close();
  }
}

/**
 * The variables of a MATLAB file of version 5, one after the other, as a stream: memory does not grow with the file. What
 * of a variable was not read when the next one is asked for is passed over, without being decompressed. Functions and
 * tables are passed over, too.
 *
 * @throws StudioError mat-truncated, mat-bad, mat-compressed, mat-too-long, and those of readMatHeader.
 * Source: "MAT-File Format", MathWorks, "Level 5 MAT-File Format".
 */
export async function* matArrays(file: DataFile): AsyncGenerator<MatArray> {
  const { path, bytes } = file;
  const reader = new ByteReader(file.chunks, (missing) =>
    matProblem('mat-truncated', path, `ends although ${missing} more bytes must follow.`),
  );
  try {
    const littleEndian = readMatHeader(await reader.read(Math.min(bytes, MAT_HEADER_BYTES)), path);
    const elements = new MatElements(reader, littleEndian, path, bytes - MAT_HEADER_BYTES, 'the file');
    while (elements.left > 0) {
      const tag = await elements.tag();
      const body = elements.inside(tag, tag.type === MI.MATRIX ? 'a variable' : 'a compressed variable');
      if (tag.type === MI.COMPRESSED) yield* compressedArray(body);
      else if (tag.type === MI.MATRIX) {
        const array = await readMatArray(body);
        if (array) yield array;
      } else throw matProblem('mat-bad', path, `has an element of type ${tag.type} between its variables.`);
      await body.skip();
      if (tag.type === MI.MATRIX) await elements.skip(tag.padding);
    }
    if (!(await reader.atEnd())) throw matProblem('mat-too-long', path, `goes on after ${bytes} bytes.`);
  } finally {
    await reader.close();
  }
}
