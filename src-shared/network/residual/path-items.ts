import { isBlockType } from '../../blocks/index';
import type { GraphDocument, GraphNode } from '../../graph/document';
import { mainPath, type MainPath, type PathStep } from './main-path';

/** What stands for one residual block, or a stage of them, on the main path; or something else that lies on it. */
export interface PathItem {
  /** `drawn`: a residual block made of layers. `other`: a layer, or branches of another kind with the layer where they meet. */
  kind: 'stage' | 'block' | 'drawn' | 'other';
  /** The layers, the last of which gives the output. */
  nodes: readonly GraphNode[];
}

/** Whether a type is an ordinary or a modulated convolution. */
export function isConvolution({ type }: GraphNode): boolean {
  return type === 'mcconv' || type === 'conv';
}

function isPlain(step: PathStep | undefined, type: string): boolean {
  return step?.node.type === type && step.between.length === 0;
}

/** Where a residual block made of layers begins and ends on the path. */
interface Drawn {
  first: number;
  last: number;
}

/**
 * The residual block whose branches meet at a step: two branches, at least one convolution in them, and an Add. Where the shape changes,
 * the block begins with the BN and ReLU in front of the branches (Fig. 4); a ReLU behind the Add belongs to it when the block has no
 * activation in front of its first convolution (the older form of He et al.).
 */
function drawnBlock({ steps, incoming }: MainPath, index: number): Drawn | null {
  const { node: end, between } = steps[index]!;
  const start = steps[index - 1]?.node.id;
  const arriving = incoming.get(end.id)!;
  if (end.type !== 'add' || start === undefined || arriving.length !== 2 || !between.some(isConvolution)) {
    return null;
  }
  const heads = between.filter(({ id }) => incoming.get(id)!.some(({ from }) => from === start));
  const identity = arriving.some(({ from }) => from === start);
  const activated = heads.some(({ type }) => type === 'batchnorm');
  if (activated) return { first: index, last: index };
  if (!identity && isPlain(steps[index - 1], 'relu') && isPlain(steps[index - 2], 'batchnorm')) {
    return { first: index - 2, last: index };
  }
  return { first: index, last: isPlain(steps[index + 1], 'relu') ? index + 1 : index };
}

function kindOf({ node, between }: PathStep): PathItem['kind'] {
  if (between.length > 0 || !isBlockType(node.type)) return 'other';
  if (node.type === 'stage') return 'stage';
  return node.type === 'mcn-basic' || node.type.startsWith('wrn-') ? 'block' : 'other';
}

/** The main path of a design that lowers without errors, residual blocks recognised, in order from Input to Output. */
export function pathItems(document: GraphDocument): PathItem[] {
  const path = mainPath(document);
  const drawn = path.steps.flatMap((_step, index) => drawnBlock(path, index) ?? []);
  const items: PathItem[] = [];
  for (let index = 0; index < path.steps.length; index += 1) {
    const block = drawn.find(({ first }) => first === index);
    const last = block?.last ?? index;
    const steps = path.steps.slice(index, last + 1);
    const nodes = steps.flatMap(({ node, between }) => [...between, node]);
    items.push({ kind: block ? 'drawn' : kindOf(steps[0]!), nodes });
    index = last;
  }
  return items;
}
