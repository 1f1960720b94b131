import { kMeansCenters } from '@shared/binarization/k-means';
import { datasetRegistry } from '@shared/datasets/registry';
import type { GraphDocument } from '@shared/graph/document';
import type { Family } from '@shared/graph/family';
import { chain } from '@shared/graph/chain';
import { lower } from '@shared/network/lower';
import { classCount, inputNode, mcconvNodes, type Network } from '@shared/network/network';
import { findPreset } from '@shared/network/presets';
import { nodeWeights, weightSize } from '@shared/network/profile';
import { weightName } from '@shared/network/weight-name';
import { packedData, type PackedData, type PackedModel } from '@shared/packed/packed-model';
import { readPacked, type ReadPacked } from '@shared/packed/read-packed';
import { writePacked, type PackedFile } from '@shared/packed/write-packed';
import { uniforms } from '@shared/random/draws';
import { randomKey } from '@shared/random/random-key';

/** The network of a design, or what is wrong with it. */
export function networkOf(document: GraphDocument, family: Family = 'mcn'): Network {
  const { network, problems } = lower(document, family);
  if (!network) throw new Error(JSON.stringify(problems));
  return network;
}

/** The network of a preset. */
export function presetNetwork(id: string, family: Family = 'mcn'): Network {
  return networkOf(findPreset(id)!.document, family);
}

/** The description of MNIST with the colour, the size and the classes of a network's input. */
export function dataFor(network: Network): PackedData {
  const mnist = packedData(datasetRegistry.mnist!);
  const { height, width, color } = inputNode(network).values;
  const channels = color === 'gray' ? 1 : 3;
  const classes = Array.from({ length: classCount(network) }, (_, label) => String(label));
  return {
    ...mnist,
    classes,
    channels,
    mean: Array.from({ length: channels }, () => 0.1307),
    std: Array.from({ length: channels }, () => 0.3081),
    height: Math.min(28, height),
    width: Math.min(28, width),
    pad: { to: Math.max(height, width), value: 0 },
  };
}

/** Values of every weight of a network, drawn; all that must not be negative is positive. */
export function drawnWeights(network: Network): Map<string, Float32Array> {
  return new Map(
    network.nodes.flatMap((node) =>
      nodeWeights(node).map((spec) => {
        const name = weightName(node.id, spec.name);
        const positive = ['modulation', 'scale'].includes(spec.role) || spec.name === 'variance';
        const [low, high] = positive ? [0.5, 1.5] : [-0.3, 0.3];
        return [name, uniforms(randomKey(1, 'init', name), weightSize(spec), low, high)] as const;
      }),
    ),
  );
}

/** A model with drawn weights and fitted centers. */
export function drawnModel(network: Network): PackedModel {
  const weights = drawnWeights(network);
  const binary = mcconvNodes(network).filter((node) => node.values.binary);
  const centers = new Map(
    binary.map((node) => {
      const latent = weights.get(weightName(node.id, 'C'))!;
      return [node.id, Float32Array.from(kMeansCenters(latent, node.values.centers))] as const;
    }),
  );
  const data = dataFor(network);
  return { network, weights, centers, data, testAccuracy: 0.9871, creator: 'MCN Studio 0.1.0' };
}

/** A small network with everything that a file can hold: three centers, batch norm, a float convolution, a dense layer. */
export function smallModel(): PackedModel {
  return drawnModel(
    networkOf(
      chain([
        ['in', 'input', 'Input', { height: 6, width: 6, planes: 2 }],
        ['mc', 'mcconv', 'MCconv', { maps: 3, centers: 3 }],
        ['bn', 'batchnorm', 'BatchNorm'],
        ['relu', 'relu', 'ReLU'],
        ['conv', 'conv', 'Conv', { channels: 5, stride: 2 }],
        ['gap', 'globalavgpool', 'Pool'],
        ['fc', 'dense', 'Dense', { units: 4 }],
        ['out', 'output', 'Output'],
      ]),
    ),
  );
}

/** The file of a model that can be written. */
export function written(model: PackedModel): PackedFile {
  const result = writePacked(model);
  if (!result.ok) throw new Error(result.problems[0]!.message);
  return result.value;
}

/** The content of a file that can be read. */
export function read(bytes: Uint8Array): ReadPacked {
  const result = readPacked(bytes, 'sample.mcn.safetensors');
  if (!result.ok) throw new Error(result.problems[0]!.message);
  return result.value;
}
