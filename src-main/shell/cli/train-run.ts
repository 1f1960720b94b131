import { trainEventSchema, type TrainEvent } from '@shared/training/engine-event';
import type { Problem } from '@shared/problem';
import { EngineProcess } from '../../services/engine-process';
import { fasterGpu } from '../../services/measured-devices';
import { registerDataset } from '../../services/registered-datasets';
import { readHistory } from '../../run-folder/read-history';
import { problemLine, versionsOf, type CommandContext } from './command';
import { onInterrupt, SIGNAL_EXIT_CODES } from '../interrupts';
import { jsonLine } from './json-line';
import { TrainingReport } from './training-report';

/**
 * Trains the run of a folder in a process of its own and tells about it: JSON lines on stdout with `json`, otherwise words on stderr and
 * the folder on stdout. Ctrl-C and SIGTERM stop with a checkpoint; a second one ends at once.
 * @param discard removes a run that came to nothing before its first step (bad data, say); absent for a run with a past
 * @returns the exit code
 */
export async function trainRun(
  runDir: string,
  json: boolean,
  context: CommandContext,
  discard?: () => Promise<void>,
): Promise<number> {
  const gpu = await fasterGpu(context.home, versionsOf(context));
  const report = json ? null : new TrainingReport(await readHistory(runDir, true), context.say);
  let began = false;
  let finished = false;
  let failure: Problem | null = null;
  let step = 0;
  let stopped = false;
  let stoppedBy: number | null = null;
  let remembered: Promise<void> = Promise.resolve();
  let stopListening = (): void => undefined;
  const problem = await new Promise<Problem | null>((resolve) => {
    const engine = new EngineProcess(
      context.startProcess,
      { type: 'train', runDir, resourcesDir: context.resourcesDir, gpu },
      {
        onOutput: (output) => {
          const parsed = trainEventSchema.safeParse(output);
          if (parsed.success) take(parsed.data);
        },
        onEnd: resolve,
      },
    );
    stopListening = onInterrupt(
      (signal) => {
        stoppedBy = SIGNAL_EXIT_CODES[signal];
        engine.command('stop');
      },
      () => {
        engine.kill();
      },
    );
  });
  await remembered;
  report?.close();
  const kept = began || !discard;
  if (!kept) await discard();
  stopListening();
  if (!json && kept) context.print(runDir);
  if (problem && !failure) {
    failure = problem;
    if (json) context.print(jsonLine({ type: 'failed', step, problem }));
  }
  if (failure) {
    context.say(problemLine(failure));
    if (kept) context.say(`The run is in ${runDir}; go on with: mcn-studio resume ${runDir}`);
  }
  // A run that was done all the same is done.
  if (stoppedBy !== null && (stopped || !finished)) return stoppedBy;
  return finished && !failure ? 0 : 1;

  function take(event: TrainEvent): void {
    if ('step' in event) ({ step } = event);
    if (event.type === 'plan') {
      began = true;
      // A convenience: where the home cannot be written, the run goes on all the same.
      remembered = registerDataset(context.home, runDir).catch(() => undefined);
    }
    if (event.type === 'finished') finished = true;
    if (event.type === 'state') stopped = event.state === 'stopped';
    if (event.type === 'failed') failure = event.problem;
    if (json) context.print(jsonLine(event));
    report?.take(event);
  }
}
