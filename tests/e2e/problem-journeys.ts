import type { Page } from 'playwright-core';
import type { GraphDocument } from '@shared/graph/document';
import { card, choose, fillIn, inspector, port, pull, typeLayer, wire } from './design-room';
import { behind, BRANCHES, changed, CHAIN, design, group, SHORTCUT, withNodes } from './problem-designs';

/** How a kind of problem comes about in the window, and goes. */
export interface ProblemJourney {
  code: string;
  /** What is opened. */
  design: GraphDocument;
  /** What a person does then; null: no gesture makes this problem, the file has it. */
  make: ((page: Page) => Promise<void>) | null;
  /** Words of the problem. */
  words: RegExp;
  /** The node whose card tells it; null: it belongs to none. */
  node: string | null;
  /** The button that solves it, or what a person does instead. */
  repair: string | ((page: Page) => Promise<void>);
}

type Journey = Omit<ProblemJourney, 'code'>;

/** Selects cards, the first by a click and the others with Shift. */
async function select(page: Page, first: string, ...others: readonly string[]): Promise<void> {
  await card(page, first).click();
  for (const name of others) await card(page, name).click({ modifiers: ['Shift'] });
}

/** Selects a card and types over one of its fields. */
function set(name: string, label: string, value: string | number) {
  return async (page: Page): Promise<void> => {
    await select(page, name);
    await fillIn(page, label, value);
  };
}

/** Removes cards. */
function remove(...names: readonly [string, ...string[]]) {
  return async (page: Page): Promise<void> => {
    await select(page, ...names);
    await page.keyboard.press('Delete');
  };
}

/** Adds a layer with nothing selected, so that it stands alone. */
function addAlone(typed: string) {
  return async (page: Page): Promise<void> => {
    await page.keyboard.press('Escape');
    await typeLayer(page, typed);
  };
}

/** Groups cards and repeats the group. */
function repeat(...names: readonly [string, ...string[]]) {
  return async (page: Page): Promise<void> => {
    await select(page, ...names);
    await page.keyboard.press('Control+g');
    await fillIn(page, 'Repeat', 2);
  };
}

/** Selects the connection between two neighbours by a click on its middle. */
async function pickLine(page: Page, from: string, to: string): Promise<void> {
  const [start, end] = [await port(page, from, 'output'), await port(page, to, 'in')];
  await page.mouse.click((start.x + end.x) / 2, (start.y + end.y) / 2);
}

const ONCE = 'Set Repeat to 1';

/** Of connections and ends. */
const wiring: Readonly<Record<string, Journey>> = {
  'port-empty': {
    design: behind('mcconv', { maps: 4 }),
    make: async (page) => {
      await pickLine(page, 'First', 'Second');
      await page.keyboard.press('Delete');
    },
    words: /^Second needs an input, but has none\./,
    node: 'second',
    repair: (page) => wire(page, 'First', 'Second'),
  },
  'port-full': {
    design: { ...CHAIN, edges: [...CHAIN.edges, { id: 'more', from: 'first', to: 'pool', port: 'in' }] },
    make: null,
    words: /^Pool takes one input, but 2 connections arrive\./,
    node: 'pool',
    repair: 'Merge them with Add',
  },
  'port-unknown': {
    design: {
      ...CHAIN,
      edges: CHAIN.edges.map((edge) => (edge.to === 'second' ? { ...edge, port: 'side' } : edge)),
    },
    make: null,
    words: /^Second \(MCconv\) has no input "side"\./,
    node: 'second',
    repair: 'Use "in"',
  },
  cycle: {
    design: { ...SHORTCUT, edges: [...SHORTCUT.edges, { id: 'back', from: 'sum', to: 'sum', port: 'in' }] },
    make: null,
    words: /lie on or behind a loop of connections\./,
    node: 'sum',
    repair: 'Remove the connection Sum → Sum',
  },
  'edge-dangling': {
    design: { ...CHAIN, edges: [...CHAIN.edges, { id: 'lost', from: 'first', to: 'gone', port: 'in' }] },
    make: null,
    words: /^Connection "lost" leads from "first" to "gone", one of which does not exist\./,
    node: null,
    repair: 'Remove it',
  },
  'edge-group': {
    design: {
      ...withNodes(changed(CHAIN, 'second', { parent: 'part' }), [group('part')]),
      edges: [...CHAIN.edges, { id: 'wrong', from: 'first', to: 'part', port: 'in' }],
    },
    make: null,
    words: /^Connection "wrong" ends at Part, a group;/,
    node: 'part',
    repair: 'Remove the connection',
  },
  unused: {
    design: CHAIN,
    make: async (page) => {
      const from = await port(page, 'First', 'output');
      await pull(page, from, { x: from.x + 60, y: from.y + 220 });
      await page.mouse.up();
      await choose(page, 'relu');
    },
    words: /^ReLU does not lead to Output and is left out\./,
    node: 'relu',
    repair: 'Remove it',
  },
  'input-missing': {
    design: CHAIN,
    make: remove('Start'),
    words: /^The design has no Input\./,
    node: null,
    repair: 'Add Input',
  },
  'output-missing': {
    design: CHAIN,
    make: remove('End'),
    words: /^The design has no Output\./,
    node: null,
    repair: 'Add Output',
  },
  'input-many': {
    design: CHAIN,
    make: addAlone('inp'),
    words: /^Input is a second Input; a design has one\./,
    node: 'input',
    repair: 'Remove it',
  },
  'output-many': {
    design: CHAIN,
    make: addAlone('outp'),
    words: /^Output is a second Output; a design has one\./,
    node: 'output',
    repair: 'Remove it',
  },
};

/** Of ids, names, types and fields. */
const nodes: Readonly<Record<string, Journey>> = {
  'duplicate-id': {
    design: { ...CHAIN, nodes: [...CHAIN.nodes, { ...CHAIN.nodes[2]!, name: 'Twin' }] },
    make: null,
    words: /^Two nodes have the id "second"\./,
    node: 'second',
    repair: remove('Second'),
  },
  'duplicate-name': {
    design: CHAIN,
    make: set('Second', 'Name of the layer', 'First'),
    words: /^Two nodes are named "First"\./,
    node: 'second',
    repair: 'Rename it to First 2',
  },
  'type-unknown': {
    design: changed(CHAIN, 'second', { type: 'warp' }),
    make: null,
    words: /^Second: there is no layer type "warp" in this version\./,
    node: 'second',
    repair: 'Remove it',
  },
  'field-value': {
    design: changed(CHAIN, 'second', { fields: { maps: 0 } }),
    make: null,
    words: /^Second: Feature maps \(maps\) cannot be 0\./,
    node: 'second',
    repair: 'Use the default',
  },
  'field-unknown': {
    design: changed(CHAIN, 'second', { fields: { mapz: 4 } }),
    make: null,
    words: /^Second: There is no field "mapz"\./,
    node: 'second',
    repair: 'Remove the field',
  },
};

/** Of shapes that do not fit, and of what spoils the size. */
const shapes: Readonly<Record<string, Journey>> = {
  'add-shapes': {
    design: SHORTCUT,
    make: set('Second', 'Feature maps', 8),
    words: /Add needs equal shapes, but 8×8×32 and 8×8×16 arrive\./,
    node: 'sum',
    repair: 'Pad the narrower branch',
  },
  'concat-sizes': {
    design: BRANCHES,
    make: set('Right', 'Stride', 2),
    words: /Concat needs equal heights and widths, but 8×8×16 and 4×4×32 arrive\./,
    node: 'both',
    repair: 'Pool the larger branch',
  },
  'dense-needs-vector': {
    design: CHAIN,
    make: remove('Pool'),
    words: /Dense reads a vector, but 8×8×16 arrives\./,
    node: 'dense',
    repair: 'Put Flatten in front',
  },
  'output-needs-vector': {
    design: CHAIN,
    make: remove('Pool', 'Dense'),
    words: /Output reads one value per class, but 8×8×16 arrives\./,
    node: 'end',
    repair: 'Put a global average pool and a Dense layer in front',
  },
  'output-class-names': {
    design: CHAIN,
    make: set('End', 'Class names', 'cat, dog'),
    words: /2 class names are given, but 10 values arrive\./,
    node: 'end',
    repair: 'Use the names of the data set',
  },
  'channels-not-maps': {
    design: behind('mcconv', { maps: 4 }, ['first', 'conv', { channels: 8 }]),
    make: set('First', 'Channels', 6),
    words: /MCconv reads maps of K = 4 channels, but 6 channels arrive\./,
    node: 'second',
    repair: 'Set K to 3 here',
  },
  'pad-shrinks': {
    design: behind('padmaps', { maps: 8 }),
    make: set('Second', 'Feature maps', 2),
    words: /PadMaps cannot shrink: 16 channels arrive, 8 are asked for\./,
    node: 'second',
    repair: 'Set Feature maps to 4',
  },
  'block-narrows': {
    design: behind('mcn-basic', { maps: 8 }),
    make: set('Second', 'Feature maps', 2),
    words: /An MCN block cannot narrow: 16 channels arrive, 8 would leave it\./,
    node: 'second',
    repair: 'Set Feature maps to 4',
  },
  'bottleneck-channels': {
    design: behind('wrn-bottleneck', { channels: 32 }),
    make: set('Second', 'Channels', 30),
    words: /A bottleneck needs a multiple of 4 channels, not 30\./,
    node: 'second',
    repair: 'Set Channels to 32',
  },
  'dense-dominates': {
    design: behind('mcconv', { maps: 64 }, ['first', 'mcconv', { maps: 64 }]),
    make: async (page) => {
      await remove('Pool')(page);
      await select(page, 'Dense');
      await inspector(page).getByRole('button', { name: 'Put Flatten in front' }).click();
    },
    words: /^Dense holds .*: binary filters save little here\./,
    node: 'dense',
    repair: 'Use global average pooling',
  },
  'kernel-one': {
    design: CHAIN,
    make: set('Second', 'Kernel', 1),
    words: /^Second has a 1×1 kernel:/,
    node: 'second',
    repair: 'Use a 3×3 kernel',
  },
};

/** Of groups. */
const groups: Readonly<Record<string, Journey>> = {
  'parent-unknown': {
    design: changed(CHAIN, 'second', { parent: 'gone' }),
    make: null,
    words: /^Second lies in a group "gone" that does not exist\./,
    node: 'second',
    repair: 'Take it out',
  },
  'parent-no-group': {
    design: changed(CHAIN, 'second', { parent: 'first' }),
    make: null,
    words: /^Second lies in First, which is no group\./,
    node: 'second',
    repair: 'Take it out',
  },
  'group-nesting': {
    design: withNodes(changed(CHAIN, 'second', { parent: 'part' }), [group('part', { parent: 'part' })]),
    make: null,
    words: /^Part lies in itself, or more than 8 groups deep\./,
    node: 'part',
    repair: 'Take it out',
  },
  'group-empty': {
    design: withNodes(CHAIN, [group('part')]),
    make: null,
    words: /^Part is empty\./,
    node: 'part',
    repair: 'Remove it',
  },
  'group-no-input': {
    design: design(
      [...CHAIN.nodes.map(({ id, type, fields }) => [id, type, fields] as const), ['lone', 'relu']],
      CHAIN.edges.map(({ id }) => id),
    ),
    make: repeat('Lone'),
    words: /^Group repeats 2 times, but nothing leads into it\./,
    node: 'group',
    repair: ONCE,
  },
  'group-no-output': {
    design: withNodes(
      { ...CHAIN, edges: [...CHAIN.edges, { id: 'aside', from: 'first', to: 'lone', port: 'in' }] },
      [{ id: 'lone', type: 'relu', name: 'Lone', fields: {} }],
    ),
    make: repeat('Lone'),
    words: /^Group repeats 2 times, but leads to nothing\./,
    node: 'group',
    repair: ONCE,
  },
  'group-many-inputs': {
    design: BRANCHES,
    make: repeat('Both'),
    words:
      /^Group repeats 2 times, but reads Left and Right, while a copy can only read the copy before it\./,
    node: 'group',
    repair: ONCE,
  },
  'group-many-outputs': {
    design: BRANCHES,
    make: repeat('Left', 'Right'),
    words:
      /^Group repeats 2 times, but is read at Left and Right, while a copy gives one thing to the next\./,
    node: 'group',
    repair: ONCE,
  },
  'group-holds-end': {
    design: CHAIN,
    make: repeat('Start', 'First'),
    words: /^Group repeats 2 times, but holds Start, of which a design has one\./,
    node: 'group',
    repair: ONCE,
  },
  'group-too-many': {
    design: withNodes(changed(changed(CHAIN, 'first', { parent: 'inner' }), 'second', { parent: 'inner' }), [
      group('inner', { fields: { repeat: 64 }, parent: 'outer' }),
      group('outer'),
    ]),
    make: set('Outer', 'Repeat', 64),
    words: /^With all repetitions the design has 8,19\d layers; 5,000 are allowed\./,
    node: 'inner',
    repair: ONCE,
  },
};

function coded(all: Readonly<Record<string, Journey>>): ProblemJourney[] {
  return Object.entries(all).map(([code, journey]) => ({ code, ...journey }));
}

/** A journey for every kind of problem that the Design room tells of a design, by what it is a problem of. */
export const journeys = {
  'connections, names and fields': coded({ ...wiring, ...nodes }),
  'shapes and groups': coded({ ...shapes, ...groups }),
} satisfies Record<string, ProblemJourney[]>;

/** Why a block does not open: told where it would be opened, not in the list. */
export const closedBlocks: readonly ProblemJourney[] = [
  {
    code: 'block-input-unknown',
    design: behind('mcn-basic', { maps: 4 }),
    make: async (page) => {
      await pickLine(page, 'First', 'Second');
      await page.keyboard.press('Delete');
    },
    words: /^What is inside Second depends on the shape that arrives, which is not known yet\./,
    node: 'second',
    repair: (page) => wire(page, 'First', 'Second'),
  },
  {
    code: 'block-copies-differ',
    design: behind('mcn-basic', { maps: 8 }),
    make: repeat('Second'),
    words: /^The copies of Second differ: the first changes the shape, later ones do not\./,
    node: 'second',
    repair: set('Group', 'Repeat', 1),
  },
];
