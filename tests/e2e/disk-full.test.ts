import { spawnSync } from 'node:child_process';
import { mkdirSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { readCheckpoint } from '@main/run-folder/checkpoint-file';
import { checkpointFile, readCheckpointIndex } from '@main/run-folder/checkpoint-index';
import { readHistory } from '@main/run-folder/read-history';
import { runPaths } from '@main/run-folder/run-paths';
import { CLI, mcn, workFolder } from './mcn';
import { smallMnist } from './small-mnist';
import { smallProject } from './small-project';

/** Runs a script in which a small file system of its own is mounted at a folder; it is gone with the script. */
function onSmallDisk(folder: string, kilobytes: number, script: string) {
  const mount = `mount -t tmpfs -o size=${kilobytes}k tmpfs '${folder}'`;
  return spawnSync('unshare', ['-Urm', 'sh', '-c', `${mount} && ${script}`], { encoding: 'utf8' });
}

/** Whether this system lets a program mount something for itself; some containers do not. */
const mounts = onSmallDisk('/mnt', 64, 'true').status === 0;

it.skipIf(!mounts)(
  'on a full disk a run stops, says why and keeps its last checkpoint; where there is room it goes on',
  async () => {
    const home = workFolder();
    const disk = join(home, 'disk');
    const copy = join(home, 'copy');
    mkdirSync(disk);
    const data = smallMnist(home, 64, 20);
    const project = smallProject(home, { epochs: 100, batchSize: 64, keepEpochs: 0, seed: 11 });
    const words = ['train', '--project', project, '--data', data, '--out', join(disk, 'run'), '--home', home];
    const train = [process.execPath, CLI, ...words].map((word) => `'${word}'`).join(' ');
    const { status, stderr } = onSmallDisk(
      disk,
      300,
      `{ ${train}; code=$?; cp -R '${join(disk, 'run')}' '${copy}'; exit $code; }`,
    );
    expect(status, stderr).toBe(1);
    expect(stderr).toContain('cannot be written: the disk is full. Free some space');

    const { last } = await readCheckpointIndex(copy);
    expect(stderr).toContain(`Then resume the run: it goes on from the checkpoint of step ${last!.step}.`);
    expect((await readCheckpoint(await checkpointFile(copy, 'last'))).step).toBe(last!.step);
    expect(readdirSync(runPaths(copy).checkpoints).filter((file) => file.endsWith('.tmp'))).toEqual([]);

    const resumed = await mcn(home, 'resume', copy);
    expect(resumed.code, resumed.stderr).toBe(0);
    const { state, epochs, metrics } = await readHistory(copy, true);
    expect([state, epochs.length, metrics.count]).toEqual(['finished', 100, 100]);
  },
);
