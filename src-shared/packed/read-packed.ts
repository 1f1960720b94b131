import { bitsPerWeight, weightSize } from '../network/profile';
import { failed, ok, StudioError, type Result } from '../problem';
import { paddingIsZero, unpackBits } from './bits';
import { centersFault, weightFault } from './check-values';
import { bytesToFloats } from './float-bytes';
import { toEngineOrder } from './layout';
import type { Ledger } from './ledger';
import { makeLedger } from './make-ledger';
import { decodeMetadata } from './metadata';
import type { PackedModel } from './packed-model';
import { refuse } from './problems';
import { readSafetensors, type SafetensorsFile, type StoredTensor } from './safetensors/read-safetensors';
import { packedTensors, type PackedTensor } from './tensors';

/** A packed file that holds together: C of binary layers is C^, every weight of it a center. */
export interface ReadPacked {
  model: PackedModel;
  ledger: Ledger;
}

/** The stored tensors by name: exactly those that the network has, with its dtypes and shapes. */
function matchTensors(
  stored: SafetensorsFile['tensors'],
  expected: readonly PackedTensor[],
  file: string,
): Map<PackedTensor, StoredTensor> {
  const known = new Set(expected.map((tensor) => tensor.name));
  const extra = [...stored.keys()].find((name) => !known.has(name));
  if (extra !== undefined)
    refuse('packed-extra', file, `tensor "${extra}" belongs to no layer of its network.`);
  return new Map(
    expected.map((tensor) => {
      const { name, dtype, shape, node } = tensor;
      const found =
        stored.get(name) ?? refuse('packed-missing', file, `tensor "${name}" is missing.`, node.id);
      if (found.dtype !== dtype || found.shape.join() !== shape.join()) {
        const is = `${found.dtype} [${found.shape.join(', ')}]`;
        refuse(
          'packed-shape',
          file,
          `tensor "${name}" is ${is}, but its layer needs ${dtype} [${shape.join(', ')}].`,
          node.id,
        );
      }
      return [tensor, found];
    }),
  );
}

function readFloats(tensor: PackedTensor, stored: StoredTensor, file: string): Float32Array {
  const values = bytesToFloats(stored.bytes);
  const fault = weightFault(tensor.spec, values);
  if (fault !== null) refuse('packed-value', file, `tensor "${tensor.name}" ${fault}.`, tensor.node.id);
  return toEngineOrder(values, tensor.spec, new Float32Array(values.length));
}

function readCenters(tensor: PackedTensor, stored: StoredTensor, file: string): Float32Array {
  const centers = bytesToFloats(stored.bytes);
  const fault = centersFault(centers);
  if (fault !== null)
    refuse('packed-centers', file, `the centers "${tensor.name}" ${fault}.`, tensor.node.id);
  return centers;
}

/** C^ in the layout of the engine. */
function readBits(
  tensor: PackedTensor,
  stored: StoredTensor,
  centers: Float32Array,
  file: string,
): Float32Array {
  const { spec, name, node } = tensor;
  const width = bitsPerWeight(centers.length);
  const count = weightSize(spec);
  if (!paddingIsZero(stored.bytes, count, width)) {
    refuse('packed-bits', file, `tensor "${name}" has bits behind its last weight.`, node.id);
  }
  const indices = unpackBits(stored.bytes, count, width);
  const wild = indices.findIndex((index) => index >= centers.length);
  if (wild >= 0) {
    const what = `tensor "${name}" names center ${indices[wild]!} for weight ${wild}, but there are ${centers.length}.`;
    refuse('packed-bits', file, what, node.id);
  }
  const ordered = toEngineOrder(indices, spec, new Uint8Array(count));
  const values = new Float32Array(count);
  for (let at = 0; at < count; at++) values[at] = centers[ordered[at]!]!;
  return values;
}

function readModel(bytes: Uint8Array, file: string): ReadPacked {
  const container = readSafetensors(bytes, file);
  const description = decodeMetadata(container.metadata, file);
  const matched = matchTensors(container.tensors, packedTensors(description.network), file);
  const weights = new Map<string, Float32Array>();
  const centers = new Map<string, Float32Array>();
  for (const [tensor, stored] of matched) {
    if (tensor.part === 'centers') centers.set(tensor.node.id, readCenters(tensor, stored, file));
    if (tensor.part === 'values') weights.set(tensor.weight, readFloats(tensor, stored, file));
  }
  for (const [tensor, stored] of matched) {
    if (tensor.part !== 'bits') continue;
    weights.set(tensor.weight, readBits(tensor, stored, centers.get(tensor.node.id)!, file));
  }
  return {
    model: { ...description, weights, centers },
    ledger: makeLedger(description.network, container.headerBytes),
  };
}

/**
 * Reads *.mcn.safetensors from bytes that are not trusted (FORMAT.md). Whatever is wrong with them is a failed result with one of
 * the codes of PACKED_ERRORS, never an exception; memory stays in proportion to the file, of which a binary weight takes as little
 * as one bit and, read, four bytes.
 *
 * @param bytes the whole file; not kept
 * @param file a path, or what the bytes are called in messages
 */
export function readPacked(bytes: Uint8Array, file: string): Result<ReadPacked> {
  try {
    return ok(readModel(bytes, file));
  } catch (error) {
    if (error instanceof StudioError) return failed(error.problem);
    throw error;
  }
}
