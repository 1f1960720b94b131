import { deflateSync } from 'node:zlib';

/** A variable to be written: its class and the type of its numbers as codes of the format. */
export interface MatVariable {
  name: string;
  dims: readonly number[];
  data: Uint8Array;
  /** 9: uint8. */
  arrayClass?: number;
  /** 2: miUINT8. */
  type?: number;
  flags?: number;
}

function words(little: boolean, ...values: number[]): Buffer {
  const bytes = Buffer.alloc(4 * values.length);
  for (const [at, value] of values.entries()) {
    if (little) bytes.writeUInt32LE(value >>> 0, 4 * at);
    else bytes.writeUInt32BE(value >>> 0, 4 * at);
  }
  return bytes;
}

function padding(bytes: number): Buffer {
  return Buffer.alloc((8 - (bytes % 8)) % 8);
}

/** A data element with its tag of eight bytes. */
export function element(type: number, content: Uint8Array, little = true): Buffer {
  return Buffer.concat([words(little, type, content.length), content, padding(content.length)]);
}

/** What stands in front of the numbers of a matrix, its own tag and that of the numbers included. */
export function matrixStart(variable: MatVariable, bytes: number, little = true): Buffer {
  const { name, dims, arrayClass = 9, type = 2, flags = 0 } = variable;
  const body = Buffer.concat([
    element(6, words(little, flags | arrayClass, 0), little),
    element(5, words(little, ...dims), little),
    element(1, Buffer.from(name), little),
    words(little, type, bytes),
  ]);
  const padded = bytes + padding(bytes).length;
  return Buffer.concat([words(little, 14, body.length + padded), body]);
}

/** An element miMATRIX. */
export function matrix(variable: MatVariable, little = true): Buffer {
  const { data } = variable;
  return Buffer.concat([matrixStart(variable, data.length, little), data, padding(data.length)]);
}

/** An element miCOMPRESSED around another one. */
export function compressed(inner: Uint8Array, little = true): Buffer {
  const packed = deflateSync(inner);
  return Buffer.concat([words(little, 15, packed.length), packed]);
}

/** The header of a file. */
export function matHeader(little = true, version = 0x0100): Buffer {
  const header = Buffer.alloc(128, ' ');
  header.write('MATLAB 5.0 MAT-file');
  if (little) header.writeUInt16LE(version, 124);
  else header.writeUInt16BE(version, 124);
  header.write(little ? 'IM' : 'MI', 126);
  return header;
}

/** A whole file. */
export function matFile(elements: readonly Uint8Array[], little = true): Buffer {
  return Buffer.concat([matHeader(little), ...elements]);
}

/** The pixel of image n by the formula of tests/fixtures/svhn/write.py. */
export function fixturePixel(n: number, y: number, x: number, c: number): number {
  return (7 * y + 13 * x + 29 * c + 31 * n + y * x) % 256;
}

/** X and y of `count` images, the first one being number `first` of those formulas. */
export function svhnVariables(count: number, first = 0): [MatVariable, MatVariable] {
  const pixels = new Uint8Array(count * 3072);
  for (let at = 0; at < pixels.length; at++) {
    const [y, x] = [at % 32, Math.floor(at / 32) % 32];
    pixels[at] = fixturePixel(first + Math.floor(at / 3072), y, x, Math.floor(at / 1024) % 3);
  }
  const labels = Uint8Array.from({ length: count }, (_, n) => ((3 * (first + n)) % 10) + 1);
  return [
    { name: 'X', dims: [32, 32, 3, count], data: pixels },
    { name: 'y', dims: [count, 1], data: labels },
  ];
}
