import type { Rule } from './import-rules';

function rule(rooms: readonly string[], packages: readonly string[] = []): Rule {
  return { rooms, packages };
}

/** Rooms of one folder by their names in it. */
function inside(folder: string, names: string): string[] {
  return names.split(' ').map((name) => `${folder}/${name}`);
}

const shared = (names: string): string[] => inside('src-shared', names);
const main = (names: string): string[] => inside('src-main', names);
const renderer = (names: string): string[] => inside('src-renderer', names);

/** fields <- ops <- blocks, graph <- network; what crosses a process or is kept on disk at the end. */
const sharedTable: Record<string, Rule> = {
  'src-shared/version.ts': rule([]),
  'src-shared/problem.ts': rule([]),
  'src-shared/strict-json.ts': rule([]),
  'src-shared/words': rule([]),
  'src-shared/random': rule([]),
  'src-shared/binarization': rule([]),
  'src-shared/fields': rule(shared('problem.ts'), ['zod']),
  'src-shared/datasets': rule(shared('problem.ts'), ['zod']),
  'src-shared/ops': rule(shared('problem.ts fields datasets')),
  'src-shared/graph': rule(shared('problem.ts words fields'), ['zod']),
  'src-shared/training': rule(shared('problem.ts fields datasets'), ['zod']),
  'src-shared/blocks': rule(shared('problem.ts fields ops graph')),
  'src-shared/network': rule(shared('problem.ts words fields ops graph blocks training'), ['zod']),
  'src-shared/project': rule(shared('problem.ts strict-json.ts graph training'), ['zod']),
  'src-shared/packed': rule(shared('problem.ts strict-json.ts binarization datasets ops graph network'), [
    'zod',
  ]),
  'src-shared/contract': rule(
    shared('problem.ts words fields datasets graph training network project packed'),
    ['zod'],
  ),
};

const TFJS = ['@tensorflow/tfjs-core'];

/** The engine is reached through its process only: nothing outside engine and backends imports them. */
const mainTable: Record<string, Rule> = {
  'src-main/setup': rule([], ['node:']),
  'src-main/files': rule(shared('problem.ts'), ['node:']),
  'src-main/run-folder': rule(
    [...shared('problem.ts contract datasets graph network packed training'), ...main('files')],
    ['node:', 'zod'],
  ),
  'src-main/exporters': rule([...shared('problem.ts packed'), ...main('files')], ['node:']),
  'src-main/backends': rule(
    [...shared('problem.ts version.ts binarization contract ops training'), ...main('engine/model')],
    ['node:', ...TFJS, '@tensorflow/tfjs-backend-cpu', '@tensorflow/tfjs-backend-wasm'],
  ),
  'src-main/engine/port.ts': rule(shared('contract'), []),
  'src-main/engine/job-context.ts': rule([...shared('contract'), ...main('engine/port.ts')]),
  'src-main/engine/data': rule(shared('problem.ts datasets random training'), ['node:', 'zod', 'sharp']),
  'src-main/engine/model': rule(shared('problem.ts binarization network ops random training'), TFJS),
  'src-main/engine/training': rule(
    [
      ...shared('problem.ts binarization contract network random training'),
      ...main('engine/data engine/model run-folder'),
    ],
    ['node:', ...TFJS],
  ),
  'src-main/engine/jobs': rule(
    [
      ...shared('problem.ts version.ts contract datasets network packed training'),
      ...main('engine/port.ts engine/job-context.ts engine/data engine/model engine/training'),
      ...main('backends exporters files run-folder'),
    ],
    ['node:'],
  ),
  'src-main/engine/entry.ts': rule([
    ...shared('problem.ts contract'),
    ...main('engine/port.ts engine/job-context.ts engine/jobs'),
  ]),
  'src-main/services': rule(
    [
      ...shared('problem.ts words contract datasets network packed project training'),
      ...main('files run-folder'),
    ],
    ['node:', 'zod'],
  ),
  'src-main/shell': rule(
    [
      ...shared('problem.ts version.ts words contract fields graph network ops packed training'),
      ...main('exporters files run-folder services'),
    ],
    ['node:', 'ws', 'zod'],
  ),
  'src-main/shell/electron.ts': rule(
    [...shared('contract version.ts'), ...main('services shell')],
    ['node:', 'electron'],
  ),
  'src-main/shell/preload.ts': rule(shared('contract'), ['electron']),
};

const everythingPure = shared(
  'problem.ts words fields datasets ops blocks graph training network project packed contract',
);

/** Views -> stores -> bridge. */
const rendererTable: Record<string, Rule> = {
  'src-renderer/zod-without-eval.ts': rule([], ['zod']),
  'src-renderer/bridge.ts': rule(shared('problem.ts contract'), ['vue']),
  'src-renderer/socket-bridge.ts': rule(
    [...shared('problem.ts contract'), ...renderer('bridge.ts')],
    ['vue'],
  ),
  'src-renderer/window-bridge.ts': rule(
    [...shared('contract'), ...renderer('bridge.ts socket-bridge.ts')],
    ['vue'],
  ),
  'src-renderer/stores': rule([...everythingPure, ...renderer('bridge.ts')], ['vue', 'pinia', 'zod']),
  'src-renderer/theme': rule(renderer('stores'), ['vue']),
  'src-renderer/ui': rule(
    [...shared('problem.ts words fields'), ...renderer('stores theme')],
    ['vue', 'reka-ui', 'lucide-vue-next'],
  ),
  'src-renderer/charts': rule([...shared('words'), ...renderer('theme ui')], ['vue', 'uplot']),
  'src-renderer/designer': rule(
    [...everythingPure, ...renderer('stores theme ui')],
    ['vue', 'reka-ui', 'lucide-vue-next', 'cytoscape', '@dagrejs/dagre', 'dequal', 'zod'],
  ),
  'src-renderer/export': rule(
    [...everythingPure, ...renderer('stores theme ui')],
    ['vue', 'reka-ui', 'lucide-vue-next'],
  ),
  'src-renderer/filters': rule(
    [...everythingPure, ...renderer('stores theme ui')],
    ['vue', 'reka-ui', 'lucide-vue-next'],
  ),
  'src-renderer/train': rule(
    [...everythingPure, ...renderer('stores theme ui charts filters')],
    ['vue', 'reka-ui', 'lucide-vue-next'],
  ),
  'src-renderer/welcome': rule(
    [...everythingPure, ...renderer('stores theme ui')],
    ['vue', 'reka-ui', 'lucide-vue-next'],
  ),
  'src-renderer/files': rule(
    [...everythingPure, ...renderer('bridge.ts stores theme ui')],
    ['vue', 'reka-ui', 'lucide-vue-next'],
  ),
  'src-renderer/frame': rule(
    [...everythingPure, ...renderer('bridge.ts stores theme ui')],
    ['vue', 'reka-ui', 'lucide-vue-next'],
  ),
  'src-renderer/App.vue': rule(renderer('designer export files filters frame stores train ui welcome'), [
    'vue',
    'reka-ui',
  ]),
  'src-renderer/main.ts': rule(
    renderer('App.vue bridge.ts stores theme window-bridge.ts zod-without-eval.ts'),
    ['vue', 'pinia'],
  ),
};

/** Who may import whom (architecture.md): the table of the house as data. */
export const roomTable: Readonly<Record<string, Rule>> = { ...sharedTable, ...mainTable, ...rendererTable };

/** Packages that exactly one file may know; Electron has its own two shells. */
export const loneImporters: Readonly<Record<string, readonly string[]>> = {
  cytoscape: ['src-renderer/designer/canvas/graph-view.ts'],
  uplot: ['src-renderer/charts/line-chart.ts'],
  electron: ['src-main/shell/electron.ts', 'src-main/shell/preload.ts'],
};
