import { ensureDependencies } from './dependencies.mjs';
import { withLock } from './lock.mjs';
import { checkNode } from './prepare.mjs';
import { secondsText } from './project.mjs';
import { runMain, SetupError } from './setup-error.mjs';
import { testSteps } from './test-steps.mjs';

function print(line = '') {
  process.stdout.write(`${line}\n`);
}

/** The steps that were asked for by name, with what they need; all but the long ones otherwise. */
function chooseSteps(args) {
  const names = args.filter((arg) => arg !== '--long');
  const unknown = names.find((name) => !testSteps.some((step) => step.name === name));
  if (unknown !== undefined) {
    const known = testSteps.map((step) => step.name).join(', ');
    throw new SetupError(
      `There is no test step "${unknown}". Steps: ${known}. --long adds the long ones.`,
      2,
    );
  }
  const needed = testSteps.filter((step) => names.includes(step.name)).map((step) => step.needs);
  const long = args.includes('--long');
  return testSteps.filter((step) => {
    if (names.length === 0) return long || !step.long;
    return names.includes(step.name) || needed.includes(step.name) || (long && step.long);
  });
}

/** "213 passed, 0 failed, 2 skipped"; what was skipped is said only when something was. */
function countsText(passed, failed, skipped) {
  return `${passed} passed, ${failed} failed${skipped > 0 ? `, ${skipped} skipped` : ''}`;
}

/** Neighbours that may run side by side are one group, every other step is a group of its own. */
function groupSteps(steps) {
  const groups = [];
  for (const step of steps) {
    const last = groups.at(-1);
    if (step.sideBySide && last?.at(-1).sideBySide) last.push(step);
    else groups.push([step]);
  }
  return groups;
}

async function runSteps(steps) {
  const done = new Map();
  const times = new Map();
  for (const group of groupSteps(steps)) {
    print(`\n=== ${group.map(({ name }) => name).join(', ')}`);
    const began = performance.now();
    const timed = async ({ run }) => ({ counts: await run(done), time: performance.now() - began });
    const results = await Promise.all(group.map(timed));
    for (const [index, { name }] of group.entries()) {
      done.set(name, results[index].counts);
      times.set(name, results[index].time);
    }
  }
  return { done, times };
}

function summarize({ done, times }) {
  print('\n=== summary');
  for (const [name, { passed, failed, skipped }] of done) {
    const time = secondsText(times.get(name)).padStart(14);
    print(`${name.padEnd(10)}${time}   ${countsText(passed, failed, skipped.length)}`);
  }
  const all = [...done.values()];
  const skipped = all.flatMap((counts) => counts.skipped);
  if (skipped.length > 0) print('\nSkipped:');
  for (const { name, reason } of skipped) print(`  ${name}: ${reason}`);
  const passed = all.reduce((sum, counts) => sum + counts.passed, 0);
  const failed = all.reduce((sum, counts) => sum + counts.failed, 0);
  print();
  print(countsText(passed, failed, skipped.length));
  return failed === 0 && passed > 0 ? 0 : 1;
}

await runMain(async () => {
  const steps = chooseSteps(process.argv.slice(2));
  checkNode();
  await withLock(ensureDependencies);
  return summarize(await runSteps(steps));
});
