import { refuse } from '../problems';
import { asRecord, strictJson } from '../../strict-json';
import { DTYPE_BYTES, type Dtype } from '../tensors';
import { LENGTH_BYTES } from './write-safetensors';

/** A tensor as it lies in a file; `bytes` is a view into the file. */
export interface StoredTensor {
  readonly dtype: Dtype;
  readonly shape: readonly number[];
  readonly bytes: Uint8Array;
}

export interface SafetensorsFile {
  readonly metadata: ReadonlyMap<string, string>;
  readonly tensors: ReadonlyMap<string, StoredTensor>;
  /** Bytes before the data. */
  readonly headerBytes: number;
}

/** The reference refuses longer headers, too. */
const MAX_HEADER_BYTES = 100_000_000;

/** The header as text, with nothing allocated from what the file claims. */
function headerText(bytes: Uint8Array, file: string): { text: string; headerBytes: number } {
  if (bytes.length < LENGTH_BYTES) {
    refuse('packed-truncated', file, `ends after ${bytes.length} bytes, inside the length of its header.`);
  }
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const length = view.getBigUint64(0, true);
  if (length > BigInt(MAX_HEADER_BYTES)) {
    refuse(
      'packed-header',
      file,
      `announces a header of ${length} bytes; at most ${MAX_HEADER_BYTES} are read.`,
    );
  }
  const headerBytes = LENGTH_BYTES + Number(length);
  if (headerBytes > bytes.length) {
    refuse(
      'packed-truncated',
      file,
      `ends after ${bytes.length} bytes; its header alone has ${headerBytes}.`,
    );
  }
  // Asked of the byte: the decoder would drop a byte order mark in front.
  if (bytes[LENGTH_BYTES] !== '{'.charCodeAt(0)) {
    refuse('packed-header', file, 'its header does not start with "{".');
  }
  try {
    const text = new TextDecoder('utf-8', { fatal: true }).decode(bytes.subarray(LENGTH_BYTES, headerBytes));
    return { text, headerBytes };
  } catch {
    return refuse('packed-header', file, 'its header is no UTF-8.');
  }
}

function isCount(value: unknown): value is number {
  return Number.isSafeInteger(value) && (value as number) >= 0;
}

/** An entry of the header, its place inside the data checked. */
function checkEntry(name: string, entry: unknown, dataBytes: number, file: string) {
  const bad = (what: string): never => refuse('packed-tensor', file, `tensor "${name}" ${what}.`);
  const record = asRecord(entry);
  if (!record || Object.keys(record).sort().join() !== 'data_offsets,dtype,shape') {
    return bad('has other keys than dtype, shape and data_offsets');
  }
  const { dtype, shape, data_offsets: offsets } = record;
  if (typeof dtype !== 'string' || !Object.hasOwn(DTYPE_BYTES, dtype)) {
    return bad(`has another dtype than ${Object.keys(DTYPE_BYTES).join(' and ')}`);
  }
  if (!Array.isArray(shape) || !shape.every(isCount)) return bad('has no shape of whole numbers');
  if (!Array.isArray(offsets) || offsets.length !== 2 || !offsets.every(isCount)) {
    return bad('has no two offsets');
  }
  const [begin, end] = offsets as [number, number];
  if (begin > end) return bad(`ends at ${end}, before it begins at ${begin}`);
  const needed = shape.reduce((product, size) => product * size, DTYPE_BYTES[dtype as Dtype]);
  if (needed !== end - begin) {
    return bad(`has ${end - begin} bytes, but its shape [${shape.join(', ')}] needs ${needed}`);
  }
  if (end > dataBytes) {
    refuse(
      'packed-truncated',
      file,
      `tensor "${name}" ends ${end - dataBytes} bytes behind the end of the file.`,
    );
  }
  return { name, dtype: dtype as Dtype, shape: shape as number[], begin, end };
}

/** Refuses gaps, overlaps and bytes behind the last tensor: every byte of the data belongs to one tensor. */
function checkCover(
  entries: readonly { name: string; begin: number; end: number }[],
  dataBytes: number,
  file: string,
): void {
  let covered = 0;
  for (const { name, begin, end } of [...entries].sort((a, b) => a.begin - b.begin || a.end - b.end)) {
    if (begin < covered) refuse('packed-offsets', file, `tensor "${name}" overlaps the one before it.`);
    if (begin > covered)
      refuse('packed-offsets', file, `${begin - covered} bytes before tensor "${name}" belong to none.`);
    covered = end;
  }
  if (covered < dataBytes) {
    refuse('packed-offsets', file, `${dataBytes - covered} bytes at its end belong to no tensor.`);
  }
}

function readMetadata(value: unknown, file: string): Map<string, string> {
  const entries = Object.entries(asRecord(value) ?? {});
  const wrong = entries.find(([, text]) => typeof text !== 'string');
  if (value !== undefined && (!asRecord(value) || wrong)) {
    refuse('packed-header', file, `its metadata${wrong ? ` "${wrong[0]}"` : ''} is not made of texts.`);
  }
  return new Map(entries as [string, string][]);
}

/**
 * Reads a safetensors file of the dtypes F32 and U8 from bytes that are not trusted. Everything is validated before a view is made;
 * beyond the parsed header nothing is allocated.
 *
 * @param file names the bytes in messages
 * @throws StudioError packed-truncated, packed-header, packed-tensor, packed-offsets
 */
export function readSafetensors(bytes: Uint8Array, file: string): SafetensorsFile {
  const { text, headerBytes } = headerText(bytes, file);
  const parsed = strictJson(text);
  if ('fault' in parsed) return refuse('packed-header', file, `its header ${parsed.fault}.`);
  const header = asRecord(parsed.value);
  if (!header) return refuse('packed-header', file, 'its header is no JSON object.');
  const dataBytes = bytes.length - headerBytes;
  const entries = Object.entries(header)
    .filter(([name]) => name !== '__metadata__')
    .map(([name, entry]) => checkEntry(name, entry, dataBytes, file));
  checkCover(entries, dataBytes, file);
  const tensors = new Map<string, StoredTensor>();
  for (const { name, dtype, shape, begin, end } of entries) {
    tensors.set(name, { dtype, shape, bytes: bytes.subarray(headerBytes + begin, headerBytes + end) });
  }
  const own = Object.hasOwn(header, '__metadata__') ? header.__metadata__ : undefined;
  return { metadata: readMetadata(own, file), tensors, headerBytes };
}
