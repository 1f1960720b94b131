import { bnReluPool } from './bn-relu-pool';
import type { BlockDefinition } from './definition';
import { mcBnReluPool } from './mc-bn-relu-pool';
import { mcnBasic } from './mcn-basic';
import { stage } from './stage';
import { wrnBasic } from './wrn-basic';
import { wrnBottleneck } from './wrn-bottleneck';

/** The registry of blocks. A new block is a file beside this one and a line here. */
export const blocks = {
  'mcn-basic': mcnBasic,
  'wrn-basic': wrnBasic,
  'wrn-bottleneck': wrnBottleneck,
  stage,
  'mc-bn-relu-pool': mcBnReluPool,
  'bn-relu-pool': bnReluPool,
} as const;

export type BlockType = keyof typeof blocks;

/** Whether a node type is a block. */
export function isBlockType(type: string): type is BlockType {
  return Object.hasOwn(blocks, type);
}

/** The definition of a block, seen through the general interface. */
export function blockDefinition(type: BlockType): BlockDefinition {
  return blocks[type];
}
