import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { assignCenters } from '@shared/binarization/assign-centers';
import { readPacked } from '@shared/packed/read-packed';
import { whyNoWebGpu } from '../unit/backends/webgpu/software-adapter';
import { mcn, workFolder } from './mcn';
import { readNpy } from './read-npy';
import { smallProject } from './small-project';

const SLICE = ['--limit-train', '384', '--limit-test', '200', '--epochs', '2', '--seed', '7'];

describe('train, eval, export on real MNIST', () => {
  it('gives a run and a packed file that agree', async () => {
    const home = workFolder();
    const run = join(home, 'tiny-run');
    const trained = await mcn(home, 'train', '--preset', 'mcn-mnist-tiny', ...SLICE, '--out', run, '--json');
    expect(trained.code, trained.stderr).toBe(0);
    const events = trained.lines();
    const last = events.at(-1)!;
    expect(last).toMatchObject({ type: 'finished', runDir: run, epochs: 2 });
    expect(last.testAccuracy).toBeGreaterThanOrEqual(0);
    expect(last.testAccuracy).toBeLessThanOrEqual(1);
    expect(events.filter((event) => event.type === 'epoch')).toHaveLength(2);

    const ofRun = await mcn(home, 'eval', run, '--logits', join(home, 'run.npy'), '--json');
    expect(ofRun.lines()).toEqual([expect.objectContaining({ accuracy: last.testAccuracy, count: 200 })]);

    const file = join(home, 'tiny.mcn.safetensors');
    const exported = await mcn(home, 'export', run, '--format', 'packed', '--out', file, '--json');
    expect(exported.code, exported.stderr).toBe(0);
    const ofFile = await mcn(
      home,
      'eval',
      file,
      '--limit-test',
      '200',
      '--logits',
      join(home, 'file.npy'),
      '--json',
    );
    expect(ofFile.lines()).toEqual([expect.objectContaining({ accuracy: last.testAccuracy, count: 200 })]);

    const a = readNpy(join(home, 'run.npy'));
    const b = readNpy(join(home, 'file.npy'));
    expect(a.shape).toEqual([200, 10]);
    const largest = a.values.reduce((most, value) => Math.max(most, Math.abs(value)), 0);
    const difference = a.values.reduce(
      (most, value, at) => Math.max(most, Math.abs(value - b.values[at]!)),
      0,
    );
    expect(difference / largest).toBeLessThan(1e-4);

    const packed = readPacked(new Uint8Array(readFileSync(file)), file);
    if (!packed.ok) throw new Error(packed.problems[0]!.message);
    const { weights, centers } = packed.value.model;
    expect(centers.size).toBe(4);
    for (const [node, values] of centers) {
      const binary = weights.get(`${node}/C`)!;
      const nearest = Float32Array.from(assignCenters(binary, values), (center) => values[center]!);
      expect(nearest).toEqual(binary);
    }

    const inspected = await mcn(home, 'inspect', file);
    expect(inspected.stdout).toContain('31.0 times smaller');
    expect((await mcn(home, 'inspect', run)).stdout).toContain('finished at step 6');
    const missing = await mcn(home, 'eval', run, '--checkpoint', '9');
    expect(missing).toMatchObject({ code: 1, stdout: '' });
    expect(missing.stderr).toContain('has no checkpoint of epoch 9. There are: last, best, 1, 2.');
  });

  it('trains the twins of a project, without binary filters', async () => {
    const home = workFolder();
    const project = smallProject(home, { epochs: 1, limitTrain: 256, limitTest: 100 });
    for (const family of ['umcn', 'wrn']) {
      const trained = await mcn(home, 'train', '--project', project, '--family', family, '--json');
      expect(trained.code, trained.stderr).toBe(0);
      expect(trained.lines().filter((event) => event.type === 'centers')).toEqual([]);
    }
    expect(readdirSync(join(home, 'runs'))).toHaveLength(2);
  });
});

describe('answers', () => {
  it('presets --json has the exact counts of the paper', async () => {
    const lines = (await mcn(workFolder(), 'presets', '--json')).lines();
    const profiles = new Map(
      lines.map((line) => [
        line.id,
        (line.profiles as { mcn: { convWeights: number; filterBytes: number } }).mcn,
      ]),
    );
    expect(profiles.get('mcn-mnist')).toMatchObject({ convWeights: 605_520, filterBytes: 76_298 });
    expect(profiles.get('mcn-mnist-tiny')).toMatchObject({ convWeights: 151_560 });
    expect(profiles.get('mcn-20')).toMatchObject({ convWeights: 1_069_632 });
  });

  it('devices --json tells what can compute here', async () => {
    const lines = (await mcn(workFolder(), 'devices', '--json')).lines();
    expect(lines.map(({ name }) => name)).toEqual(['cpu-native', 'cpu-wasm', 'webgpu', 'tensorflow']);
    expect(lines[1]).toMatchObject({ usable: true, identity: { software: false } });
    for (const line of lines) expect(line.usable === true || typeof line.reason === 'string').toBe(true);
  });
});

describe('WebGPU', () => {
  afterEach(() => {
    vi.unstubAllEnvs();
  });

  it('is not usable without a driver, and a run that names it fails', async () => {
    const home = workFolder();
    vi.stubEnv('VK_DRIVER_FILES', join(home, 'nothing.json'));
    vi.stubEnv('VK_ICD_FILENAMES', join(home, 'nothing.json'));
    const lines = (await mcn(home, 'devices', '--json')).lines();
    const { usable, reason, fix } = lines.find(({ name }) => name === 'webgpu')!;
    expect(usable).toBe(false);
    expect(reason).toMatch(/^(Dawn finds no GPU|Vulkan is not installed|The package webgpu)/);
    expect(fix).toMatch(/[Ii]nstall/);
    const run = join(home, 'run');
    const named = ['train', '--preset', 'mcn-mnist-tiny', '--device', 'webgpu', '--out', run];
    const found = await mcn(home, ...named);
    expect(found.code).toBe(1);
    expect(found.stderr).toContain(`The device webgpu does not work here. ${String(reason)}`);
  });

  it('trains as the CPU does, imitated in software', async ({ skip }) => {
    if (whyNoWebGpu) skip(whyNoWebGpu);
    const home = workFolder();
    const slice = ['--limit-train', '2', '--limit-test', '1', '--epochs', '3', '--batch', '2', '--seed', '3'];
    const losses = async (device: string): Promise<number[]> => {
      const args = [...slice, '--set', 'learningRate=0.01', '--device', device, '--json'];
      const trained = await mcn(home, 'train', '--preset', 'mcn-mnist-tiny', ...args);
      expect(trained.code, trained.stderr).toBe(0);
      const steps = trained.lines().filter(({ type }) => type === 'steps');
      return steps.flatMap(({ columns }) => (columns as { loss: number[] }).loss);
    };
    const expected = await losses('cpu-wasm');
    const found = await losses('webgpu');
    expect(found).toHaveLength(3);
    for (const [step, loss] of found.entries())
      expect(Math.abs(loss / expected[step]! - 1), `step ${step}`).toBeLessThan(1e-3);
    expect(found.at(-1)).toBeLessThan(found[0]!);
  }, 300_000);
});

describe('without the native kernels', () => {
  const REASON = 'The native kernels are not built here.';

  afterEach(() => {
    vi.unstubAllEnvs();
  });

  it('a run computes on WebAssembly, says why, and remembers it', async () => {
    const home = workFolder();
    vi.stubEnv('MCN_NATIVE_FOLDER', home);
    const run = join(home, 'run');
    const slice = ['--limit-train', '64', '--limit-test', '20', '--epochs', '2', '--batch', '32'];
    const trained = await mcn(home, 'train', '--preset', 'mcn-mnist-tiny', ...slice, '--out', run, '--json');
    expect(trained.code, trained.stderr).toBe(0);
    const notice = trained.lines().find((event) => event.type === 'notice')!;
    expect(notice.problem).toMatchObject({ code: 'device-fell-back', severity: 'warning' });
    expect((notice.problem as { message: string }).message).toContain(REASON);
    const environment = JSON.parse(readFileSync(join(run, 'environment.json'), 'utf8')) as object;
    expect(environment).toMatchObject({
      device: { name: 'cpu-wasm', fellBack: { from: 'cpu-native', reason: REASON } },
    });
  });

  it('a run that names them fails', async () => {
    const home = workFolder();
    vi.stubEnv('MCN_NATIVE_FOLDER', home);
    const named = ['train', '--preset', 'mcn-mnist-tiny', '--device', 'cpu-native'];
    const found = await mcn(home, ...named);
    expect(found.code).toBe(1);
    expect(found.stderr).toContain(`The device cpu-native does not work here. ${REASON}`);
  });
});

describe('bad input is refused by name, with nothing half-written', () => {
  it.each([
    [2, 'There is no preset "mcn-99"', ['train', '--preset', 'mcn-99']],
    [2, 'train needs either --preset or --project', ['train']],
    [2, "Unknown option '--epoch'", ['train', '--preset', 'mcn-mnist-tiny', '--epoch', '3']],
    [2, '--epochs: It takes a whole number from 1', ['train', '--preset', 'mcn-mnist-tiny', '--epochs', '0']],
    [2, 'There is no setting "theta"', ['train', '--preset', 'mcn-mnist-tiny', '--set', 'theta=1']],
    [2, '--family takes mcn, umcn, wrn', ['train', '--preset', 'mcn-mnist-tiny', '--family', 'cnn']],
    [
      1,
      'no data set and no folder named "cifar"',
      ['train', '--preset', 'mcn-mnist-tiny', '--data', 'cifar'],
    ],
    [1, 'expects RGB images', ['train', '--preset', 'mcn-20', '--data', 'mnist']],
    [2, '--device: It takes one of auto, cpu', ['train', '--preset', 'mcn-mnist-tiny', '--device', 'gpu']],
    [1, 'There is no run and no file "nothing"', ['eval', 'nothing']],
    [1, 'There is no run "nothing"', ['resume', 'nothing']],
    [2, 'export needs --out FILE', ['export', 'nothing']],
    [2, 'There is no command "trian"', ['trian']],
  ])('%i: %s', async (code, message, args) => {
    const home = workFolder();
    const found = await mcn(home, ...args);
    expect(found.stderr).toContain(message);
    expect(found).toMatchObject({ code, stdout: '' });
    expect(existsSync(join(home, 'runs')) ? readdirSync(join(home, 'runs')) : []).toEqual([]);
  });

  it('truncated and mislabelled data files', async () => {
    const home = workFolder();
    const names = [
      'train-images-idx3-ubyte',
      'train-labels-idx1-ubyte',
      't10k-images-idx3-ubyte',
      't10k-labels-idx1-ubyte',
    ];
    const images = Buffer.alloc(16 + 2 * 784);
    [0x803, 2, 28, 28].forEach((word, index) => images.writeUInt32BE(word, 4 * index));
    const labels = Buffer.from([0, 0, 8, 1, 0, 0, 0, 2, 0, 1]);
    const write = (damage: (name: string, bytes: Buffer) => Buffer): void => {
      for (const name of names)
        writeFileSync(join(home, name), damage(name, name.includes('images') ? images : labels));
    };
    const train = () =>
      mcn(home, 'train', '--preset', 'mcn-mnist-tiny', '--data', home, '--out', join(home, 'run'));

    write((name, bytes) => (name === names[0] ? bytes.subarray(0, 1000) : bytes));
    const truncated = await train();
    expect(truncated.stderr).toContain(names[0]);
    expect(truncated).toMatchObject({ code: 1, stdout: '' });

    write((name, bytes) =>
      name === names[1] ? Buffer.concat([Buffer.from([1, 2, 3, 4]), bytes.subarray(4)]) : bytes,
    );
    const magic = await train();
    expect(magic.stderr).toContain(names[1]);
    expect(magic).toMatchObject({ code: 1, stdout: '' });
    expect(existsSync(join(home, 'run'))).toBe(false);
  });

  it('a project with broken JSON, and one whose design has a fault', async () => {
    const home = workFolder();
    const path = smallProject(home, {});
    const text = readFileSync(path, 'utf8');
    writeFileSync(path, text.slice(0, 300));
    const broken = await mcn(home, 'train', '--project', path);
    expect(broken.stderr).toContain('the file is no JSON');
    expect(broken.code).toBe(1);
    writeFileSync(path, text.replace('"units":10', '"units":7'));
    const wrong = await mcn(home, 'train', '--project', path);
    expect(wrong.stderr).toContain('tells 7 classes apart');
    expect(wrong.code).toBe(1);
    expect(readFileSync(path, 'utf8')).toContain('"units":7');
  });

  it('an output folder that cannot be', async () => {
    const home = workFolder();
    writeFileSync(join(home, 'file'), 'mine');
    const found = await mcn(home, 'train', '--preset', 'mcn-mnist-tiny', '--out', join(home, 'file', 'run'));
    expect(found.stderr).toContain('a part of the path is a file');
    expect(found).toMatchObject({ code: 1, stdout: '' });
    expect(readdirSync(home)).toEqual(['file']);
  });

  it('a packed file with one bit flipped in its header, or cut off', async () => {
    const home = workFolder();
    const fixture = readFileSync(new URL('../fixtures/packed/version-1.mcn.safetensors', import.meta.url));
    const file = join(home, 'bad.mcn.safetensors');
    writeFileSync(file, fixture.subarray(0, fixture.length - 1));
    const cut = await mcn(home, 'eval', file, '--data', 'mnist', '--limit-test', '10');
    expect(cut.stderr).toContain(file);
    expect(cut).toMatchObject({ code: 1, stdout: '' });
    const flipped = Buffer.from(fixture);
    flipped[40]! ^= 4;
    writeFileSync(file, flipped);
    expect((await mcn(home, 'inspect', file)).code).toBe(1);
  });
});
