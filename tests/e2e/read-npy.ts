import { readFileSync } from 'node:fs';

/** Values of a float32 .npy file and the shape that its header tells. */
export function readNpy(path: string): { shape: number[]; values: Float32Array } {
  const bytes = readFileSync(path);
  const start = 10 + bytes.readUInt16LE(8);
  const header = bytes.toString('latin1', 10, start);
  const shape = /\(([^)]*)\)/
    .exec(header)![1]!
    .split(',')
    .filter((size) => size.trim() !== '')
    .map(Number);
  return { shape, values: new Float32Array(new Uint8Array(bytes.subarray(start)).buffer) };
}
