import { availableParallelism } from 'node:os';
import { SetupError } from '../setup-error.mjs';

/** What is compared: a preset as a family, and the batch. */
export const WORKLOADS = [
  { name: 'mcn-mnist', preset: 'mcn-mnist', family: 'mcn', batch: 128 },
  { name: 'mcn-mnist-small', preset: 'mcn-mnist-small', family: 'mcn', batch: 128 },
  { name: 'mcn-20', preset: 'mcn-20', family: 'mcn', batch: 64 },
  { name: 'wrn-20', preset: 'mcn-20', family: 'wrn', batch: 64 },
];

/** Whose peak memory is compared; a pair of steps tells it. */
export const MEMORY_WORKLOAD = { name: 'mcn-20', preset: 'mcn-20', family: 'mcn', batch: 128 };

export const HELP = `Times training steps of the studio against PyTorch, in turns on this machine.

  npm run bench [-- options]

  --workloads A,B   of ${WORKLOADS.map(({ name }) => name).join(', ')}; all by default
  --steps N         timed steps of each, 10 by default
  --device NAME     auto by default
  --threads N       of both, all cores by default
  --peer-memory M   kept: PyTorch keeps its memory between steps, the default and the stricter comparison;
                    system: as its system ships it
  --no-peer         without PyTorch: times, no ratios
  --scaling         also step time against batch, width and threads
  --json            the last line is one JSON object`;

function positive(name, text) {
  const value = Number(text);
  if (Number.isInteger(value) && value > 0) return value;
  throw new SetupError(`--${name} takes a whole number from 1 on, not "${text}".`, 2);
}

function memoryOf(text) {
  if (text === 'kept' || text === 'system') return text;
  throw new SetupError(`--peer-memory takes kept or system, not "${text}".`, 2);
}

function chosen(text) {
  return text.split(',').map((name) => {
    const workload = WORKLOADS.find((one) => one.name === name.trim());
    if (workload) return workload;
    const known = WORKLOADS.map((one) => one.name).join(', ');
    throw new SetupError(`There is no workload "${name}". Workloads: ${known}.`, 2);
  });
}

/** @throws SetupError that names what cannot be understood */
export function readOptions(args) {
  const options = {
    workloads: WORKLOADS,
    steps: 10,
    device: 'auto',
    threads: availableParallelism(),
    withPeer: true,
    peerMemory: 'kept',
    scaling: false,
    json: false,
    help: false,
  };
  const left = args.flatMap((arg) => (arg.startsWith('--') && arg.includes('=') ? splitOnce(arg) : [arg]));
  while (left.length > 0) {
    const option = left.shift();
    const value = () => {
      if (left.length === 0) throw new SetupError(`${option} needs a value.`, 2);
      return left.shift();
    };
    if (option === '--workloads') options.workloads = chosen(value());
    else if (option === '--steps') options.steps = positive('steps', value());
    else if (option === '--device') options.device = value();
    else if (option === '--threads') options.threads = positive('threads', value());
    else if (option === '--peer-memory') options.peerMemory = memoryOf(value());
    else if (option === '--no-peer') options.withPeer = false;
    else if (option === '--scaling') options.scaling = true;
    else if (option === '--json') options.json = true;
    else if (option === '--help') options.help = true;
    else throw new SetupError(`There is no option ${option}. npm run bench -- --help lists them.`, 2);
  }
  return options;
}

function splitOnce(arg) {
  const at = arg.indexOf('=');
  return [arg.slice(0, at), arg.slice(at + 1)];
}
