import type { FieldValue } from '@shared/fields/field';
import { chain, type ChainLink } from '@shared/graph/chain';
import { DOCUMENT_VERSION, type GraphDocument } from '@shared/graph/document';

type Fields = Readonly<Record<string, FieldValue>>;

/** A design and what it is there to show. */
export interface SmallDesign {
  name: string;
  document: GraphDocument;
}

function input(fields: Fields): ChainLink {
  return ['in', 'input', 'Input', { height: 8, width: 8, ...fields }];
}

const HEAD: readonly ChainLink[] = [
  ['gap', 'globalavgpool', 'Pool'],
  ['fc', 'dense', 'Dense', { units: 5 }],
  ['out', 'output', 'Output'],
];

/** MCconv with every K and number of centers, odd sizes, all strides and kernels in turn. */
function modulated(planes: number, centers: number): SmallDesign {
  const kernel = [3, 5, 1][(planes + centers) % 3]!;
  return {
    name: `MCconv, K = ${planes}, n = ${centers}`,
    document: chain([
      input({ height: 7, width: 6, planes }),
      ['a', 'mcconv', 'A', { maps: 3, centers }],
      ['relu', 'relu', 'ReLU'],
      ['b', 'mcconv', 'B', { maps: 2, centers, kernel, stride: 2 }],
      ['c', 'mcconv', 'C', { maps: 2, centers, stride: 3 }],
      ...HEAD,
    ]),
  };
}

/** The MNIST network of the paper (Fig. 8) at 1-2 maps, with its hidden dense layer behind Flatten. */
const mnistLike: SmallDesign = {
  name: 'MNIST network with Flatten, Dense and Dropout',
  document: chain([
    input({}),
    ['mc1', 'mc-bn-relu-pool', 'MC 1', { maps: 1 }],
    ['mc2', 'mc-bn-relu-pool', 'MC 2', { maps: 2 }],
    ['flatten', 'flatten', 'Flatten'],
    ['fc1', 'dense', 'Dense 1', { units: 7 }],
    ['relu', 'relu', 'ReLU'],
    ['dropout', 'dropout', 'Dropout'],
    ['fc2', 'dense', 'Dense 2', { units: 10 }],
    ['out', 'output', 'Output', { classes: 'a, b, c, d, e, f, g, h, i, j' }],
  ]),
};

/** Residual stages, so that shortcuts pool, append zero maps (MCN) or project (WRN). */
function residual(block: string, fields: Fields): SmallDesign {
  return {
    name: `residual stages of ${block}`,
    document: chain([
      input({ color: 'rgb' }),
      ['mc1', 'mcconv', 'MCconv 1', { maps: 2 }],
      ['s1', 'stage', 'Stage 1', { block, blocks: 2, maps: 2, ...fields }],
      ['s2', 'stage', 'Stage 2', { block, blocks: 1, maps: 3, stride: 2, ...fields }],
      ['bn', 'batchnorm', 'BatchNorm'],
      ['relu', 'relu', 'ReLU'],
      ...HEAD,
    ]),
  };
}

/** Pools whose windows overlap and hang over the edge, on sizes that no stride divides. */
const pools: SmallDesign = {
  name: 'pools with overlapping and overhanging windows',
  document: chain([
    input({ height: 11, width: 9, planes: 3, color: 'rgb' }),
    ['conv', 'conv', 'Conv', { channels: 6, kernel: 5, stride: 1 }],
    ['max', 'maxpool', 'Max', { size: 3, stride: 2 }],
    ['avg', 'avgpool', 'Avg', { size: 4, stride: 3 }],
    ['max1', 'maxpool', 'Max 1', { size: 1, stride: 2 }],
    ...HEAD,
  ]),
};

/** Two branches of different width behind one another, and one that is padded and added. */
const branches: SmallDesign = {
  name: 'Concat, PadMaps and Add of three branches',
  document: {
    version: DOCUMENT_VERSION,
    nodes: [
      { id: 'in', type: 'input', name: 'Input', fields: { height: 6, width: 6, planes: 2 } },
      { id: 'a', type: 'mcconv', name: 'A', fields: { maps: 3 } },
      { id: 'b', type: 'conv', name: 'B', fields: { channels: 4 } },
      { id: 'cat', type: 'concat', name: 'Concat', fields: {} },
      { id: 'pad', type: 'padmaps', name: 'PadMaps', fields: { maps: 5 } },
      { id: 'add', type: 'add', name: 'Add', fields: {} },
      { id: 'gap', type: 'globalavgpool', name: 'Pool', fields: {} },
      { id: 'out', type: 'output', name: 'Output', fields: {} },
    ],
    edges: [
      ['in', 'a'],
      ['in', 'b'],
      ['b', 'cat'],
      ['a', 'cat'],
      ['in', 'pad'],
      ['cat', 'add'],
      ['pad', 'add'],
      ['cat', 'add'],
      ['add', 'gap'],
      ['gap', 'out'],
    ].map(([from, to], index) => ({ id: `e${index}`, from: from!, to: to!, port: 'in' })),
  },
};

/** A group that follows itself, with one that does so inside it; the ids of copies are those of layers like any other. */
const repeating: SmallDesign = {
  name: 'Groups that repeat in one another',
  document: {
    version: DOCUMENT_VERSION,
    nodes: [
      { id: 'in', type: 'input', name: 'Input', fields: { height: 6, width: 6, planes: 2 } },
      { id: 'outer', type: 'group', name: 'Outer', fields: { repeat: 2 } },
      { id: 'inner', type: 'group', name: 'Inner', fields: { repeat: 2 }, parent: 'outer' },
      { id: 'a', type: 'mcconv', name: 'A', fields: { maps: 1 }, parent: 'inner' },
      { id: 'bn', type: 'batchnorm', name: 'BN', fields: {}, parent: 'inner' },
      { id: 'add', type: 'add', name: 'Add', fields: {}, parent: 'outer' },
      { id: 'gap', type: 'globalavgpool', name: 'Pool', fields: {} },
      { id: 'out', type: 'output', name: 'Output', fields: {} },
    ],
    edges: [
      ['in', 'a'],
      ['a', 'bn'],
      ['bn', 'add'],
      ['in', 'add'],
      ['add', 'gap'],
      ['gap', 'out'],
    ].map(([from, to], index) => ({ id: `e${index}`, from: from!, to: to!, port: 'in' })),
  },
};

/** Small designs that together hold every primitive and every block, K = 1 to 4 and n = 2, 3, 4 and 16. */
export const smallDesigns: readonly SmallDesign[] = [
  ...[1, 2, 3, 4].flatMap((planes) => [2, 3, 4, 16].map((centers) => modulated(planes, centers))),
  mnistLike,
  residual('mcn-basic', { centers: 4 }),
  residual('wrn-basic', {}),
  residual('wrn-bottleneck', {}),
  pools,
  branches,
  repeating,
];
