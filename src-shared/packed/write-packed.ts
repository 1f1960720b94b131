import { assignCenters } from '../binarization/assign-centers';
import { bitsPerWeight, weightSize } from '../network/profile';
import { failed, ok, type Problem, type Result } from '../problem';
import { packBits } from './bits';
import { centersFault, weightFault } from './check-values';
import { floatsToBytes } from './float-bytes';
import { toFileOrder } from './layout';
import type { Ledger } from './ledger';
import { makeLedger } from './make-ledger';
import { encodeMetadata } from './metadata';
import type { PackedModel } from './packed-model';
import { writeSafetensors } from './safetensors/write-safetensors';
import { DTYPE_BYTES, packedTensors, type PackedTensor } from './tensors';

/** A file as it will lie on disk, and where its bytes go. */
export interface PackedFile {
  bytes: Uint8Array<ArrayBuffer>;
  ledger: Ledger;
}

/** The weight of a tensor; whoever hands over a model hands over all of its weights. */
function weightOf(model: PackedModel, { weight, spec }: PackedTensor): Float32Array {
  const values = model.weights.get(weight);
  if (values?.length === weightSize(spec)) return values;
  throw new Error(`${weight} has ${values?.length ?? 'no'} values, its layer has ${weightSize(spec)}`);
}

function centersOf(model: PackedModel, { node }: PackedTensor & { part: 'bits' | 'centers' }): Float32Array {
  const centers = model.centers.get(node.id);
  if (centers?.length === node.values.centers) return centers;
  throw new Error(
    `Layer ${node.id} has ${centers?.length ?? 'no'} centers, its network says ${node.values.centers}`,
  );
}

/** Why a model cannot be written; its reader would refuse it. */
function faultOf(model: PackedModel, tensor: PackedTensor): Problem | null {
  const ofCenters = tensor.part === 'centers';
  const fault = ofCenters
    ? centersFault(centersOf(model, tensor))
    : weightFault(tensor.spec, weightOf(model, tensor));
  if (fault === null) return null;
  return {
    code: 'packed-unwritable',
    message: `${ofCenters ? 'The centers' : tensor.spec.name} of ${tensor.node.name} ${fault}.`,
    fix: 'Training went wrong there: export an earlier checkpoint.',
    node: tensor.node.origin,
  };
}

/** The values of a tensor as they stand in the file. */
function encode(model: PackedModel, tensor: PackedTensor): Uint8Array {
  const { spec } = tensor;
  if (tensor.part === 'centers') return floatsToBytes(centersOf(model, tensor));
  const values = weightOf(model, tensor);
  if (tensor.part === 'values')
    return floatsToBytes(toFileOrder(values, spec, new Float32Array(values.length)));
  const indices = assignCenters(values, centersOf(model, tensor));
  const ordered = toFileOrder(indices, spec, new Uint8Array(indices.length));
  return packBits(ordered, bitsPerWeight(tensor.node.values.centers));
}

/**
 * Writes a model as *.mcn.safetensors (FORMAT.md). Equal models give equal bytes; writing what was read gives the file that was read.
 *
 * @param model all weights, and the centers of all binary layers (fitMissingCenters); not changed
 * @returns the file and its ledger, or a problem `packed-unwritable` for each tensor whose values a reader would refuse
 */
export function writePacked(model: PackedModel): Result<PackedFile> {
  const tensors = packedTensors(model.network);
  const problems = tensors.flatMap((tensor) => faultOf(model, tensor) ?? []);
  if (problems.length > 0) return failed(...problems);
  const sorted = [...tensors].sort((a, b) => DTYPE_BYTES[b.dtype] - DTYPE_BYTES[a.dtype]);
  const { bytes, headerBytes } = writeSafetensors(
    encodeMetadata(model),
    sorted.map((tensor) => ({ ...tensor, bytes: encode(model, tensor) })),
  );
  return ok({ bytes, ledger: makeLedger(model.network, headerBytes) });
}
