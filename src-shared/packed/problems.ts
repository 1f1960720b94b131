import { StudioError } from '../problem';

const AGAIN = 'The file is damaged: copy it again, or export it again from its run.';

/** Every way in which a packed file can be refused, and the way out. The list is closed: readers of packed files know all codes. */
export const PACKED_ERRORS = {
  /** Ends before its header or its data does. */
  'packed-truncated': 'The copy is incomplete: copy the file again, or export it again from its run.',
  /** The header is no JSON object in UTF-8 of the announced length, or names something twice. */
  'packed-header': AGAIN,
  /** A tensor's dtype, shape or place is malformed. */
  'packed-tensor': AGAIN,
  /** Tensors overlap, leave gaps, or do not fill the file. */
  'packed-offsets': AGAIN,
  /** A safetensors file of somebody else. */
  'packed-foreign': 'Choose a file that ends in .mcn.safetensors, exported by MCN Studio.',
  /** Written by a newer version. */
  'packed-newer': 'Update MCN Studio.',
  /** Metadata is missing or does not fit its form. */
  'packed-metadata': AGAIN,
  /** The network does not hold together. */
  'packed-network': AGAIN,
  /** The described images do not fit the network. */
  'packed-dataset': AGAIN,
  /** A tensor that the network needs is not there. */
  'packed-missing': AGAIN,
  /** A tensor is there that the network does not have. */
  'packed-extra': AGAIN,
  /** A tensor has another dtype or shape than the network says. */
  'packed-shape': AGAIN,
  /** A value is not finite, or negative where it must not be. */
  'packed-value': AGAIN,
  /** Centers are not ascending. */
  'packed-centers': AGAIN,
  /** An index has no center, or padding bits are set. */
  'packed-bits': AGAIN,
} as const;

export type PackedErrorCode = keyof typeof PACKED_ERRORS;

/**
 * Refuses a file.
 *
 * @param file for the message: a path, or what the bytes are called
 * @param what the rest of the sentence; names the tensor where there is one
 * @throws StudioError always
 */
export function refuse(code: PackedErrorCode, file: string, what: string, node?: string): never {
  throw new StudioError({
    code,
    message: `${file}: ${what}`,
    fix: PACKED_ERRORS[code],
    path: file,
    ...(node !== undefined && { node }),
  });
}
