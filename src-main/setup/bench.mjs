import { HELP, readOptions } from './bench/options.mjs';
import { reportText } from './bench/report.mjs';
import { peerProblems, runBench } from './bench/run-bench.mjs';
import { findTorch } from './bench/torch-peer.mjs';
import { prepare } from './prepare.mjs';
import { say } from './project.mjs';
import { runMain, SetupError } from './setup-error.mjs';

function print(text) {
  process.stdout.write(`${text}\n`);
}

/** PyTorch, when it is to take part; on a test machine it has to. */
async function peerFor({ withPeer }) {
  if (!withPeer) return { problem: 'PyTorch was left out (--no-peer).' };
  const torch = await findTorch();
  if (torch.problem === null) return torch;
  if (process.env.CI === 'true') throw new SetupError(torch.problem);
  say(`${torch.problem} No ratios are told without it.`);
  return torch;
}

await runMain(async () => {
  const options = readOptions(process.argv.slice(2));
  if (options.help) {
    print(HELP);
    return 0;
  }
  const torch = await peerFor(options);
  await prepare();
  const result = await runBench(options, torch);
  print(reportText(result));
  if (options.json) print(JSON.stringify(result));
  const problems = peerProblems(result);
  for (const problem of problems) say(problem);
  return problems.length > 0 ? 1 : 0;
});
