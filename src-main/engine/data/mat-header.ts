import { matProblem } from './mat-problem';

/** Bytes in front of the first element. */
export const MAT_HEADER_BYTES = 128;

const VERSION_AT = 124;
const VERSION_5 = 0x0100;
const VERSION_7_3 = 0x0200;
const LITTLE_ENDIAN = 'IM';
const BIG_ENDIAN = 'MI';
const HDF5 = [0x89, 0x48, 0x44, 0x46, 0x0d, 0x0a, 0x1a, 0x0a];

/**
 * Reads the header of a MATLAB file of version 5: 116 bytes of text, 8 of an offset that is not needed here, the version as
 * u16, and the characters MI as u16, which tell the byte order.
 *
 * @param header the first MAT_HEADER_BYTES of the file, or all of a shorter one
 * @returns whether numbers are little-endian.
 * @throws StudioError mat-no, mat-version for version 4 and 7.3.
 * Source: "MAT-File Format", MathWorks, "Level 5 MAT-File Header".
 */
export function readMatHeader(header: Uint8Array, path: string): boolean {
  if (HDF5.every((byte, at) => header[at] === byte)) {
    throw matProblem('mat-version', path, 'is an HDF5 file (MATLAB 7.3); version 5 is read.');
  }
  if (header.length < MAT_HEADER_BYTES) {
    throw matProblem('mat-no', path, `has ${header.length} bytes, too few for a file of MATLAB.`);
  }
  const order = String.fromCharCode(header[VERSION_AT + 2]!, header[VERSION_AT + 3]!);
  if (order !== LITTLE_ENDIAN && order !== BIG_ENDIAN) {
    // Version 4 has no header but begins with a small number; the text of version 5 has no zero byte there.
    if (header.subarray(0, 4).includes(0)) {
      throw matProblem('mat-version', path, 'is no file of MATLAB version 5; it may be one of version 4.');
    }
    throw matProblem('mat-no', path, 'does not begin as a file of MATLAB version 5 does.');
  }
  const littleEndian = order === LITTLE_ENDIAN;
  const version = new DataView(header.buffer, header.byteOffset).getUint16(VERSION_AT, littleEndian);
  if (version === VERSION_7_3) {
    throw matProblem('mat-version', path, 'is a file of MATLAB 7.3 (HDF5); version 5 is read.');
  }
  if (version !== VERSION_5) {
    const hex = version.toString(16).padStart(4, '0');
    throw matProblem('mat-version', path, `has the version 0x${hex}; version 5 has 0x0100.`);
  }
  return littleEndian;
}
