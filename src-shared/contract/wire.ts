import { StudioError } from '../problem';

/**
 * Messages as binary frames, where there is no structured clone (WebSocket):
 *
 *     u32 little-endian   length of the JSON in bytes
 *     JSON, UTF-8         the message; a typed array is {"$array": [kind, offset, length]}, length in elements
 *     zeros               up to a multiple of 8
 *     arrays              raw little-endian values, each at a multiple of 8 counted from the start of this part
 */
const KINDS = {
  u8: Uint8Array,
  u32: Uint32Array,
  f32: Float32Array,
  f64: Float64Array,
} as const;

type Kind = keyof typeof KINDS;
type WireArray = InstanceType<(typeof KINDS)[Kind]>;

const MARK = '$array';
const ALIGNMENT = 8;

function aligned(offset: number): number {
  return Math.ceil(offset / ALIGNMENT) * ALIGNMENT;
}

function kindOf(value: unknown): Kind | null {
  const kinds = Object.keys(KINDS) as Kind[];
  return kinds.find((kind) => value instanceof KINDS[kind]) ?? null;
}

/** The frame of a message: JSON values and typed arrays, nested at will. Copies the arrays. */
export function encodeFrame(message: unknown): Uint8Array<ArrayBuffer> {
  const arrays: { value: WireArray; offset: number }[] = [];
  let size = 0;
  const json = JSON.stringify(message, (_key, value: unknown) => {
    const kind = kindOf(value);
    if (kind === null) return value;
    const array = value as WireArray;
    const offset = size;
    arrays.push({ value: array, offset });
    size = aligned(offset + array.byteLength);
    return { [MARK]: [kind, offset, array.length] };
  });
  const text = new TextEncoder().encode(json);
  const start = aligned(4 + text.length);
  const frame = new Uint8Array(start + size);
  new DataView(frame.buffer).setUint32(0, text.length, true);
  frame.set(text, 4);
  for (const { value, offset } of arrays) {
    frame.set(new Uint8Array(value.buffer, value.byteOffset, value.byteLength), start + offset);
  }
  return frame;
}

function broken(why: string): StudioError {
  return new StudioError({
    code: 'frame-broken',
    message: `A message between window and studio could not be read: ${why}.`,
    fix: 'Reload the window; if it happens again, the two are of different versions.',
  });
}

function readArray(place: unknown, frame: Uint8Array, start: number): WireArray {
  const [kind, offset, length] = (Array.isArray(place) ? place : []) as unknown[];
  if (typeof kind !== 'string' || !Object.hasOwn(KINDS, kind)) throw broken('unknown kind of array');
  const type = KINDS[kind as Kind];
  const sound = Number.isSafeInteger(offset) && Number.isSafeInteger(length);
  const from = start + (offset as number);
  const bytes = (length as number) * type.BYTES_PER_ELEMENT;
  if (!sound || Number(offset) < 0 || Number(length) < 0 || from + bytes > frame.length) {
    throw broken('an array reaches past the end');
  }
  // Not slice(): that of Node's Buffer shares memory with its pool.
  return new type(new Uint8Array(frame.subarray(from, from + bytes)).buffer);
}

/**
 * The message of a frame; its arrays are copies.
 * @throws StudioError frame-broken when lengths, JSON or array places do not fit the bytes
 */
export function decodeFrame(frame: Uint8Array): unknown {
  if (frame.length < 4) throw broken('it is too short');
  const length = new DataView(frame.buffer, frame.byteOffset).getUint32(0, true);
  if (4 + length > frame.length) throw broken('it is cut off');
  const start = aligned(4 + length);
  let text: string;
  try {
    text = new TextDecoder('utf-8', { fatal: true }).decode(frame.subarray(4, 4 + length));
  } catch {
    throw broken('it is not UTF-8');
  }
  try {
    return JSON.parse(text, (_key, value: unknown) =>
      typeof value === 'object' && value !== null && Object.hasOwn(value, MARK)
        ? readArray((value as Record<string, unknown>)[MARK], frame, start)
        : value,
    );
  } catch (error) {
    throw error instanceof StudioError ? error : broken('its JSON is broken');
  }
}
