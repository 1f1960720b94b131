import { isQuiet } from './machine.mjs';

const MIB = 2 ** 20;

/** Columns as wide as their widest cell; the first to the left, numbers to the right. */
export function table(head, rows) {
  const all = [head, ...rows].map((row) => row.map((cell) => String(cell)));
  const widths = head.map((_, column) => Math.max(...all.map((row) => row[column].length)));
  const line = (row) =>
    row
      .map((cell, column) => (column === 0 ? cell.padEnd(widths[column]) : cell.padStart(widths[column])))
      .join('  ')
      .trimEnd();
  return [line(all[0]), widths.map((width) => '-'.repeat(width)).join('  '), ...all.slice(1).map(line)].join(
    '\n',
  );
}

/** "470 ms", "58.2 ms". */
export function msText(milliseconds) {
  return `${milliseconds.toFixed(milliseconds < 100 ? 1 : 0)} ms`;
}

export function mibText(bytes) {
  return `${Math.round(bytes / MIB)} MiB`;
}

/** "0.26"; what was not measured against anything has none. */
export function ratioText(ratio) {
  return ratio === null ? '-' : ratio.toFixed(2);
}

/** One line for each workload: both step times, their ratio, WebAssembly's time, both peaks. */
export function comparisonTable(results) {
  const rows = results.map((result) => {
    const { name, batch, milliseconds, imagesPerSecond, wasmMilliseconds, peakBytes, peer, ratio } = result;
    return [
      name,
      batch,
      msText(milliseconds),
      peer ? msText(peer.milliseconds) : '-',
      ratioText(ratio),
      `${Math.round(imagesPerSecond)}/s`,
      wasmMilliseconds === null ? '-' : msText(wasmMilliseconds),
      mibText(peakBytes),
      peer ? mibText(peer.peakBytes) : '-',
      peer ? peer.format : '-',
    ];
  });
  const head = ['training step', 'batch', 'studio', 'PyTorch', 'ratio', 'images', 'WebAssembly'];
  return table([...head, 'peak', 'PyTorch peak', 'its format'], rows);
}

/** The largest ratio of some results; null when there are none or one of them has no ratio. */
export function worstRatio(results) {
  if (results.length === 0 || results.some(({ ratio }) => ratio === null)) return null;
  return Math.max(...results.map(({ ratio }) => ratio));
}

/** Where the time of a step goes, down to a percent; the rest is the engine's own. */
export function profileTable({ milliseconds, kernels }) {
  const shown = kernels.filter((kernel) => kernel.milliseconds >= 0.01 * milliseconds);
  const rest = milliseconds - shown.reduce((sum, kernel) => sum + kernel.milliseconds, 0);
  const row = (name, calls, time) => [
    name,
    calls,
    msText(time),
    `${((100 * time) / milliseconds).toFixed(0)} %`,
  ];
  return table(
    ['kernel', 'calls', 'time', 'share'],
    [
      ...shown.map(({ name, calls, milliseconds: time }) => row(name, calls, time)),
      row('everything else', '', rest),
    ],
  );
}

/** The three tables, each beside what its first line makes one expect. */
function scalingText({ batches, widths, threads }) {
  const rows = ({ of, milliseconds }, name) =>
    of.map((value, at) => [
      name(value),
      msText(milliseconds[at]),
      `${(milliseconds[at] / milliseconds[0]).toFixed(2)} x`,
    ]);
  return [
    table(
      ['batch', 'step', 'to the first'],
      rows(batches, (value) => `${value}`),
    ),
    table(
      ['maps, batch 128', 'step', 'to the first'],
      rows(widths, (value) => [10, 20, 40, 80].map((maps) => maps * value).join('-')),
    ),
    table(
      ['threads, batch 128', 'step', 'to the first'],
      rows(threads, (value) => `${value}`),
    ),
  ].join('\n\n');
}

function memoryText({ name, batch, peakBytes, peerPeakBytes }) {
  const theirs = peerPeakBytes === null ? '' : `, PyTorch's ${mibText(peerPeakBytes)}`;
  return `${name}, batch ${batch}: peak memory ${mibText(peakBytes)}${theirs}`;
}

function peerText({ problem, version, blas }, memory) {
  if (problem !== null) return `No ratios: ${problem}`;
  const how = memory === 'kept' ? 'told to keep its memory' : 'as its system ships it';
  return `In turns with PyTorch ${version}${blas ? ` with ${blas}` : ''}, ${how}; the third step of each turn counts`;
}

/** Which better device was passed over, and why. */
function fallbackLines({ fellBack }) {
  return fellBack ? [`Not on ${fellBack.from}: ${fellBack.reason} ${fellBack.fix ?? ''}`.trim()] : [];
}

/** A warning where others were at work; their work costs the one program more than the other. */
function busyLines({ coresInUse }) {
  if (isQuiet(coresInUse)) return [];
  return [
    `Others used up to ${coresInUse.toFixed(1)} cores: measure again on a quiet machine before quoting this.`,
  ];
}

/** The whole result of a benchmark for a person. */
export function reportText(result) {
  const {
    machine,
    device,
    threads,
    steps,
    torch,
    peerMemory,
    workloads,
    memory,
    mcconvForwardGflops,
    scaling,
  } = result;
  return [
    machine,
    `${device.description}; medians of ${steps} steps, ${threads} threads each`,
    ...fallbackLines(device),
    peerText(torch, peerMemory),
    ...busyLines(result),
    '',
    comparisonTable(workloads),
    '',
    ...(memory ? [memoryText(memory)] : []),
    `MCconv forward, 16 -> 16 maps, 32 x 32, batch 32: ${Math.round(mcconvForwardGflops)} dense-equivalent GFLOP/s`,
    ...workloads.map(({ name, profile }) => `\n${name}, one step\n${profileTable(profile)}`),
    ...(scaling ? [`\nmcn-mnist-small\n${scalingText(scaling)}`] : []),
  ].join('\n');
}
