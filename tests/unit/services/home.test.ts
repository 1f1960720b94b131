import { homedir } from 'node:os';
import { join, resolve } from 'node:path';
import { expect, it } from 'vitest';
import { locateHome } from '@main/services/home';

it.each([
  ['what was given', 'here', { MCN_STUDIO_HOME: '/env' }, 'linux', resolve('here')],
  ['the environment variable', undefined, { MCN_STUDIO_HOME: '/env' }, 'linux', resolve('/env')],
  ['the XDG folder', undefined, { XDG_DATA_HOME: '/xdg' }, 'linux', resolve('/xdg/mcn-studio')],
  ['the usual place on Linux', undefined, {}, 'linux', join(homedir(), '.local', 'share', 'mcn-studio')],
  [
    'the usual place on macOS',
    undefined,
    {},
    'darwin',
    join(homedir(), 'Library', 'Application Support', 'MCN Studio'),
  ],
  ['the usual place on Windows', undefined, { APPDATA: '/app' }, 'win32', resolve('/app/MCN Studio')],
] as const)('home is %s', (_what, given, env, platform, dir) => {
  expect(locateHome(given, env, platform).dir).toBe(dir);
});
