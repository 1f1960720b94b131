import { existsSync, mkdirSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { serve } from '../unit/services/download/local-server';
import { mcn, startMcn, workFolder } from './mcn';

it('lists the known data sets and where they are', async () => {
  const home = workFolder();
  mkdirSync(join(home, 'data', 'cifar10'), { recursive: true });
  const { code, lines } = await mcn(home, 'data', 'list', '--json');
  expect(code).toBe(0);
  expect(lines().map(({ name, here }) => [name, here])).toEqual([
    ['mnist', true],
    ['fashion-mnist', false],
    ['kmnist', false],
    ['emnist-balanced', false],
    ['emnist-letters', false],
    ['cifar10', true],
    ['cifar100', false],
    ['svhn', false],
  ]);
  const { stdout } = await mcn(home, 'data', 'list');
  expect(stdout).toContain('comes with the studio');
  expect(stdout).toContain(join(home, 'data', 'cifar10'));
  expect(stdout).toContain('not here, 246 MB to fetch');
});

it('a file that cannot be had as a whole fails, and no set appears', async () => {
  const home = workFolder();
  const server = await serve(new Uint8Array(1000), { withoutLength: true }, { status: 404 });
  const { code, stdout, stderr } = await mcn(home, 'data', 'fetch', 'cifar10', '--from', server.url);
  expect(code).toBe(1);
  expect(stdout).toBe('');
  expect(stderr).toContain('cifar-10-binary.tar.gz cannot be had: the server says 404');
  expect(server.asked).toEqual([0, 1000]);
  expect(existsSync(join(home, 'data', 'cifar10'))).toBe(false);
});

it('Ctrl-C ends a download with what it has; the next one goes on there', async () => {
  const home = workFolder();
  const bytes = new Uint8Array(200_000);
  const server = await serve(bytes, { stallAfter: 100_000 }, { status: 503 });
  const { child, finished } = startMcn(home, ['data', 'fetch', 'svhn', '--from', server.url]);
  const part = join(home, 'data', '.unfinished', 'svhn', 'train_32x32.mat.part');
  await expect.poll(() => existsSync(part), { timeout: 30_000 }).toBe(true);
  await expect.poll(() => server.asked.length, { timeout: 30_000 }).toBe(1);
  child.kill('SIGINT');
  expect(await finished).toMatchObject({ code: 130, stdout: '' });
  expect(readdirSync(join(home, 'data'))).toEqual(['.unfinished']);
  const again = await mcn(home, 'data', 'fetch', 'svhn', '--from', server.url);
  expect(again.stderr).toContain('503');
  expect(server.asked[1]).toBeGreaterThan(0);
});

it.each([
  [2, 'data needs list|fetch', ['data']],
  [2, 'data takes "list", or "fetch"', ['data', 'fetch']],
  [2, 'data takes "list", or "fetch"', ['data', 'remove', 'svhn']],
  [2, 'data does not take "cifar100"', ['data', 'fetch', 'svhn', 'cifar100']],
  [1, 'comes with the studio', ['data', 'fetch', 'mnist']],
  [1, 'These can be fetched: fashion-mnist', ['data', 'fetch', 'imagenet']],
  [1, 'no address of the web', ['data', 'fetch', 'svhn', '--from', 'here']],
  [1, '"data fetch svhn" gets them', ['train', '--preset', 'mcn-20', '--data', 'svhn']],
])('%i: %s', async (code, message, args) => {
  const home = workFolder();
  const found = await mcn(home, ...args);
  expect(found.stderr).toContain(message);
  expect(found).toMatchObject({ code, stdout: '' });
  expect(existsSync(join(home, 'data'))).toBe(false);
});
