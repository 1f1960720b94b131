import { z } from 'zod';
import { checkFits } from '../datasets/check-fits';
import { FAMILIES } from '../graph/family';
import { classCount, inputNode, type Network } from '../network/network';
import { restoreNetwork } from '../network/restore';
import { shapeSize, shapeText } from '../ops/shape';
import { FILE_LAYOUT } from './layout';
import { completeNodes, networkText, networkTextSchema } from './network-text';
import { packedDataSchema, type PackedModel } from './packed-model';
import { refuse } from './problems';
import { strictJson } from '../strict-json';

/** Value of the metadata key "format". */
export const PACKED_FORMAT = 'mcn-packed';

/** The version that this build writes, and the newest that it reads. */
export const PACKED_VERSION = 1;

/** Values of one layer's output for one image that a file may ask for: 1 GiB of floats, far more than any network of images needs. */
const MAX_LAYER_VALUES = 2 ** 28;

/** What a file says about itself, beside its weights. */
export type PackedDescription = Omit<PackedModel, 'weights' | 'centers'>;

const layoutSchema = z.strictObject(
  Object.fromEntries(Object.entries(FILE_LAYOUT).map(([key, order]) => [key, z.literal(order)])),
);

/** The metadata of a file: texts by key, those of structured content as JSON (FORMAT.md). */
export function encodeMetadata(model: PackedDescription): Record<string, string> {
  const { network, data, testAccuracy, creator } = model;
  return {
    format: PACKED_FORMAT,
    version: String(PACKED_VERSION),
    creator,
    family: network.family,
    ...(testAccuracy !== null && { test_accuracy: String(testAccuracy) }),
    data: JSON.stringify(data),
    layout: JSON.stringify(FILE_LAYOUT),
    network: networkText(network),
  };
}

/** Reads one key at a time; every failure names it. */
class MetadataReader {
  constructor(
    private readonly entries: ReadonlyMap<string, string>,
    private readonly file: string,
  ) {}

  text(key: string): string {
    const value = this.entries.get(key);
    return value ?? refuse('packed-metadata', this.file, `its metadata has no "${key}".`);
  }

  json<T>(key: string, schema: z.ZodType<T>): T {
    const parsed = strictJson(this.text(key));
    if ('fault' in parsed)
      return refuse('packed-metadata', this.file, `its metadata "${key}" ${parsed.fault}.`);
    const checked = schema.safeParse(parsed.value);
    if (checked.success) return checked.data;
    const { path, message } = checked.error.issues[0]!;
    const place = path.length > 0 ? ` at ${path.map(String).join('.')}` : '';
    return refuse(
      'packed-metadata',
      this.file,
      `its metadata "${key}" does not have its form${place}: ${message}.`,
    );
  }
}

function checkVersion(entries: ReadonlyMap<string, string>, file: string): void {
  if (entries.get('format') !== PACKED_FORMAT) {
    refuse('packed-foreign', file, 'is a safetensors file, but no packed model of MCN Studio.');
  }
  const version = entries.get('version') ?? '';
  if (!/^[1-9]\d{0,8}$/.test(version))
    refuse('packed-metadata', file, 'its metadata has no sound "version".');
  if (Number(version) > PACKED_VERSION) {
    const what = `was written by a newer MCN Studio (version ${version} of the format; this one reads ${PACKED_VERSION}).`;
    refuse('packed-newer', file, what);
  }
}

function readAccuracy(text: string | undefined, file: string): number | null {
  if (text === undefined) return null;
  const value = /^\d/.test(text) ? Number(text) : NaN;
  if (value >= 0 && value <= 1) return value;
  return refuse('packed-metadata', file, 'its metadata "test_accuracy" is no number from 0 to 1.');
}

function readNetwork(reader: MetadataReader, file: string): Network {
  const family = FAMILIES.find((name) => name === reader.text('family'));
  if (!family)
    return refuse('packed-metadata', file, `its metadata "family" is none of ${FAMILIES.join(', ')}.`);
  const restored = restoreNetwork(family, completeNodes(reader.json('network', networkTextSchema)));
  if (!restored.ok) {
    const { message, node } = restored.problems[0]!;
    return refuse('packed-network', file, message, node);
  }
  const huge = restored.value.nodes.find((node) => !(shapeSize(node.shape) <= MAX_LAYER_VALUES));
  if (huge) {
    const what = `layer "${huge.id}" would make ${shapeText(huge.shape)} values of an image; at most ${MAX_LAYER_VALUES} are computed.`;
    refuse('packed-network', file, what, huge.id);
  }
  return restored.value;
}

/**
 * Reads and checks the metadata of a file that is not trusted.
 *
 * @throws StudioError packed-foreign, packed-newer, packed-metadata, packed-network, packed-dataset
 */
export function decodeMetadata(entries: ReadonlyMap<string, string>, file: string): PackedDescription {
  checkVersion(entries, file);
  const reader = new MetadataReader(entries, file);
  reader.json('layout', layoutSchema);
  const network = readNetwork(reader, file);
  const data = reader.json('data', packedDataSchema);
  const { height, width, color } = inputNode(network).values;
  const misfit = checkFits(data, { height, width, color, classes: classCount(network) })[0];
  if (misfit) refuse('packed-dataset', file, misfit.message);
  return {
    network,
    data,
    testAccuracy: readAccuracy(entries.get('test_accuracy'), file),
    creator: reader.text('creator'),
  };
}
