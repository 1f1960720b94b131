import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { NOTIFICATION_CHANNEL, REQUEST_CHANNEL, type BridgeResponse } from '@shared/contract/bridge';
import { FILE_MENU } from '@shared/contract/file-menu';
import { findPreset } from '@shared/network/presets';
import { checkSettings } from '@shared/training/settings';
import { electronModule, resetStub, stub, type StubWindow } from './electron-stub';

vi.mock('electron', () => electronModule());

const OWN_PAGE = 'mcn-studio://window/';
let home: string;

beforeEach(async () => {
  home = await mkdtemp(join(tmpdir(), 'mcn-electron-'));
  resetStub();
  stub.app.switches.home = home;
  vi.resetModules();
});

afterEach(async () => {
  for (const engine of stub.engines) engine.kill();
  stub.app.emit('will-quit', { preventDefault: vi.fn() });
  if (stub.windows.length > 0)
    await vi.waitFor(() => {
      expect(stub.app.exit).toHaveBeenCalled();
    });
  await rm(home, { recursive: true, force: true });
});

/** Starts the shell and waits until its page is asked for. */
async function launch(): Promise<StubWindow> {
  await import('@main/shell/electron');
  await vi.waitFor(() => {
    expect(stub.windows[0]?.address).toBe(OWN_PAGE);
  });
  return stub.windows[0]!;
}

function ask(
  window: StubWindow,
  method: unknown,
  params: unknown,
  frame: unknown = { url: OWN_PAGE, parent: null },
) {
  const handler = stub.handlers.get(REQUEST_CHANNEL)!;
  return handler(
    { sender: window.webContents, senderFrame: frame },
    method,
    params,
  ) as Promise<BridgeResponse>;
}

/** A run that is being trained by an engine which says nothing. */
async function startRun(window: StubWindow): Promise<void> {
  const { document, name, dataset, settings } = findPreset('mcn-mnist-tiny')!;
  const request = { name, projectId: null, document, family: 'mcn', dataset };
  const answer = await ask(window, 'runs.start', { ...request, settings: checkSettings(settings).settings });
  expect(answer).toMatchObject({ ok: true });
  await vi.waitFor(() => {
    expect(stub.engines[0]?.received[0]?.type).toBe('job');
  });
}

describe('the window', () => {
  it('gives its page nothing of Node', async () => {
    const { options } = await launch();
    expect(options.webPreferences).toMatchObject({
      contextIsolation: true,
      sandbox: true,
      nodeIntegration: false,
      webviewTag: false,
    });
    expect(options.webPreferences?.preload).toMatch(/preload\.cjs$/);
    expect(options.backgroundColor).toBe('#0f1216');
  });

  it('loads its page from a scheme of its own that is a secure origin', async () => {
    await launch();
    expect(stub.schemes).toEqual([
      { scheme: 'mcn-studio', privileges: { standard: true, secure: true, supportFetchAPI: true } },
    ]);
    const answer = await stub.protocols.get('mcn-studio')!(
      new Request('mcn-studio://window/../../package.json'),
    );
    expect(answer.status).toBe(404);
  });

  it('opens web addresses outside and goes nowhere itself', async () => {
    const { webContents } = await launch();
    const preventDefault = vi.fn();
    webContents.emit('will-navigate', { url: 'https://example.org/', preventDefault });
    expect(preventDefault).toHaveBeenCalledOnce();
    expect(webContents.openHandler!({ url: 'file:///etc/passwd' })).toEqual({ action: 'deny' });
    expect(stub.opened).toEqual(['https://example.org/']);
  });

  it.each([
    ['media', false],
    ['geolocation', false],
    ['clipboard-read', true],
    ['clipboard-sanitized-write', true],
  ])('lets the page at the clipboard and at nothing else: %s %s', async (permission, allowed) => {
    const { webContents } = await launch();
    const answer = vi.fn();
    webContents.permissionRequest!(null, permission, answer);
    expect(answer).toHaveBeenCalledWith(allowed);
    expect(webContents.permissionCheck!(null, permission)).toBe(allowed);
  });

  it('keeps what belongs to Electron in the home, and its place for the next time', async () => {
    const window = await launch();
    expect(stub.app.paths.userData).toBe(join(home, 'window'));
    window.close();
    await vi.waitFor(async () => {
      const place = JSON.parse(await readFile(join(home, 'window', 'place.json'), 'utf8')) as unknown;
      expect(place).toEqual({ bounds: { x: 10, y: 20, width: 1200, height: 800 }, maximized: false });
    });
  });

  it('is shown by a second start, which opens none of its own', async () => {
    const window = await launch();
    window.hide();
    stub.app.emit('second-instance');
    expect(window.visible).toBe(true);
  });

  it('does not open when another studio holds this home', async () => {
    stub.app.firstInstance = false;
    await import('@main/shell/electron');
    expect(stub.app.quit).toHaveBeenCalledOnce();
    expect(stub.windows).toHaveLength(0);
  });
});

describe('requests', () => {
  it('of the own page are answered by the studio', async () => {
    const window = await launch();
    await expect(ask(window, 'studio.info', {})).resolves.toMatchObject({
      ok: true,
      result: { shell: 'electron', shellReason: null, home },
    });
    await expect(ask(window, 'studio.erase', {})).resolves.toMatchObject({
      problem: { code: 'method-unknown' },
    });
  });

  it.each([
    ['a frame inside the page', { url: OWN_PAGE, parent: {} }],
    ['a page of the web', { url: 'https://example.org/', parent: null }],
    ['a host that begins alike', { url: 'mcn-studio://window.example.org/', parent: null }],
    ['a frame that is gone', null],
  ])('of %s are refused', async (_who, frame) => {
    const window = await launch();
    expect(() => ask(window, 'studio.info', {}, frame)).toThrow('Only the page of MCN Studio');
  });

  it('of another window are refused', async () => {
    await launch();
    const handler = stub.handlers.get(REQUEST_CHANNEL)!;
    const event = { sender: {}, senderFrame: { url: OWN_PAGE, parent: null } };
    expect(() => handler(event, 'studio.info', {})).toThrow('Only the page of MCN Studio');
  });
});

describe('files', () => {
  it('are chosen with the dialogs of the system', async () => {
    const window = await launch();
    stub.path = '/somewhere/a.mcnproj';
    const wish = { purpose: 'open-project', folder: null, name: '' };
    await expect(ask(window, 'files.choose', wish)).resolves.toEqual({
      ok: true,
      result: { path: stub.path },
    });
    await ask(window, 'files.choose', { purpose: 'save-project', folder: '/somewhere', name: 'b.mcnproj' });
    await ask(window, 'files.choose', { purpose: 'dataset-folder', folder: null, name: '' });
    stub.path = null;
    await expect(ask(window, 'files.choose', wish)).resolves.toEqual({ ok: true, result: { path: null } });
    expect(stub.fileDialogs).toMatchObject([
      {
        kind: 'open',
        options: {
          defaultPath: join(home, 'projects'),
          filters: [{ extensions: ['mcnproj'] }],
          properties: ['openFile'],
        },
      },
      { kind: 'save', options: { defaultPath: join('/somewhere', 'b.mcnproj') } },
      { kind: 'open', options: { filters: [], properties: ['openDirectory'] } },
      { kind: 'open' },
    ]);
  });

  it('may lie anywhere: the dialogs are the way there', async () => {
    const window = await launch();
    await expect(ask(window, 'projects.open', { path: '/nowhere/x.mcnproj' })).resolves.toMatchObject({
      problem: { code: 'project-unreadable' },
    });
  });

  it('have a menu, whose commands the window carries out', async () => {
    const window = await launch();
    const item = stub.menu!.getMenuItemById('project.save-as')!;
    // The window listens to the keys itself; the menu only shows them.
    expect(item).toMatchObject({
      label: 'Save the project as…',
      accelerator: 'CmdOrCtrl+Shift+S',
      registerAccelerator: false,
    });
    (item.click as () => void)();
    expect(window.webContents.sent).toEqual([
      [NOTIFICATION_CHANNEL, { notification: 'command.chosen', payload: { id: 'project.save-as' } }],
    ]);
  });

  it('have a menu that greys out what the window cannot do', async () => {
    const window = await launch();
    const able = (): string[] =>
      FILE_MENU.flat().filter((id) => stub.menu!.getMenuItemById(id)!.enabled !== false);
    expect(able()).toEqual(FILE_MENU.flat());
    await ask(window, 'menu.enable', { commands: ['project.new', 'project.open', 'design.fit'] });
    expect(able()).toEqual(['project.new', 'project.open']);
    await ask(window, 'menu.enable', { commands: FILE_MENU.flat() });
    expect(able()).toEqual(FILE_MENU.flat());
    await expect(ask(window, 'menu.enable', { commands: 'all' })).resolves.toMatchObject({
      problem: { code: 'params-invalid' },
    });
  });
});

describe('while a run is being trained', () => {
  it('the machine stays awake and the task bar shows it, until the end', async () => {
    const window = await launch();
    await startRun(window);
    expect(stub.blockers.size).toBe(1);
    expect(window.progress.at(-1)).toBe(2);
    expect(window.webContents.sent.map(([channel]) => channel)).toContain(NOTIFICATION_CHANNEL);
    stub.engines[0]!.kill();
    await vi.waitFor(() => {
      expect(stub.blockers.size).toBe(0);
    });
    expect(window.progress.at(-1)).toBe(-1);
    expect(stub.notifications[0]?.options.body).toMatch(/interrupted/);
  });

  it('closing asks, and keeps training without a window', async () => {
    const window = await launch();
    await startRun(window);
    stub.button = 0;
    window.close();
    await vi.waitFor(() => {
      expect(window.visible).toBe(false);
    });
    expect(stub.dialogs[0]?.buttons).toEqual([
      'Keep training in the background',
      'Checkpoint and stop',
      'Cancel',
    ]);
    expect(window.closed).toBe(false);
    expect(stub.engines[0]!.received.map((message) => message.command)).not.toContain('stop');
    stub.engines[0]!.kill();
    await vi.waitFor(() => {
      expect(window.closed).toBe(true);
    });
  });

  it('closing asks, and stops with a checkpoint first', async () => {
    const window = await launch();
    await startRun(window);
    stub.button = 1;
    window.close();
    expect(window.closed).toBe(false);
    await vi.waitFor(() => {
      expect(window.closed).toBe(true);
    });
    expect(stub.engines[0]!.received.at(-1)).toMatchObject({ type: 'command', command: 'stop' });
  });

  it('closing asks, and goes on as if nothing had been', async () => {
    const window = await launch();
    await startRun(window);
    stub.button = 2;
    window.close();
    await vi.waitFor(() => {
      expect(stub.dialogs).toHaveLength(1);
    });
    await new Promise(setImmediate);
    expect(window).toMatchObject({ visible: true, closed: false });
  });
});

it('asks before unsaved changes are lost, and then forgets them', async () => {
  const window = await launch();
  const { webContents } = window;
  const { document, name, dataset, settings } = findPreset('mcn-mnist-tiny')!;
  const project = { version: 1, id: 'p1', name, document, family: 'mcn', dataset, training: settings };
  await ask(window, 'projects.show', { id: 'p1', slot: null });
  await ask(window, 'recovery.keep', { project, path: null, hash: null, changes: 1 });
  const recovery = join(home, 'recovery');
  expect(await readdir(recovery)).toContain('p1.mcnproj');
  const preventDefault = vi.fn();
  stub.button = 1;
  webContents.emit('will-prevent-unload', { preventDefault });
  expect(preventDefault).not.toHaveBeenCalled();
  stub.button = 0;
  webContents.emit('will-prevent-unload', { preventDefault });
  expect(preventDefault).toHaveBeenCalledOnce();
  await vi.waitFor(async () => {
    expect(await readdir(recovery)).toEqual([]);
  });
});
