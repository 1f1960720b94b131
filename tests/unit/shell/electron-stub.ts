import { EventEmitter } from 'node:events';
import { vi } from 'vitest';

type ElectronModule = typeof import('electron');
type WindowOptions = NonNullable<ConstructorParameters<ElectronModule['BrowserWindow']>[0]>;
type IpcHandler = (event: { sender: unknown; senderFrame: unknown }, ...args: unknown[]) => unknown;
type MenuTemplate = Parameters<ElectronModule['Menu']['buildFromTemplate']>[0];
type PermissionHandler = (contents: null, permission: string, answer: (granted: boolean) => void) => void;

/** Records what a page may do, and plays the part of a page that loads. */
export class StubContents extends EventEmitter {
  readonly sent: unknown[][] = [];
  openHandler: ((details: { url: string }) => { action: string }) | null = null;
  permissionRequest: PermissionHandler | null = null;
  permissionCheck: ((contents: null, permission: string) => boolean) | null = null;
  readonly session = {
    setPermissionRequestHandler: (handler: PermissionHandler) => {
      this.permissionRequest = handler;
    },
    setPermissionCheckHandler: (handler: (contents: null, permission: string) => boolean) => {
      this.permissionCheck = handler;
    },
  };
  setWindowOpenHandler(handler: (details: { url: string }) => { action: string }): void {
    this.openHandler = handler;
  }
  isDestroyed(): boolean {
    return false;
  }
  send(...message: unknown[]): void {
    this.sent.push(message);
  }
}

/** A window that is recorded instead of shown; `close` asks its listeners as a real one does. */
export class StubWindow extends EventEmitter {
  readonly webContents = new StubContents();
  readonly progress: number[] = [];
  visible = false;
  closed = false;
  address: string | null = null;
  constructor(readonly options: WindowOptions) {
    super();
    stub.windows.push(this);
  }
  async loadURL(url: string): Promise<void> {
    this.address = url;
    this.webContents.emit('did-start-navigation', { isMainFrame: true, isSameDocument: false });
    this.emit('ready-to-show');
    return Promise.resolve();
  }
  close(): void {
    const event = { defaultPrevented: false, preventDefault: () => (event.defaultPrevented = true) };
    this.emit('close', event);
    if (event.defaultPrevented) return;
    this.closed = true;
    this.emit('closed');
  }
  show(): void {
    this.visible = true;
  }
  hide(): void {
    this.visible = false;
  }
  focus(): void {
    this.emit('focus');
  }
  maximize(): void {
    this.emit('maximize');
  }
  isVisible(): boolean {
    return this.visible;
  }
  isMinimized(): boolean {
    return false;
  }
  isMaximized(): boolean {
    return false;
  }
  isFocused(): boolean {
    return false;
  }
  isDestroyed(): boolean {
    return this.closed;
  }
  getNormalBounds(): object {
    return { x: 10, y: 20, width: 1200, height: 800 };
  }
  setProgressBar(progress: number): void {
    this.progress.push(progress);
  }
}

/** An engine process that says nothing by itself and ends when it is told to stop or killed. */
export class StubUtilityProcess extends EventEmitter {
  readonly received: { type: string; command?: string }[] = [];
  postMessage(message: { type: string; command?: string }): void {
    this.received.push(message);
    if (message.command === 'stop') this.emit('exit', 0);
  }
  kill(): boolean {
    this.emit('exit', 15);
    return true;
  }
}

export class StubNotification extends EventEmitter {
  static isSupported(): boolean {
    return true;
  }
  constructor(readonly options: { title: string; body: string }) {
    super();
  }
  show(): void {
    stub.notifications.push(this);
  }
}

/** A menu whose items are those of its template. */
export class StubMenu {
  constructor(readonly template: MenuTemplate) {}
  getMenuItemById(id: string): MenuTemplate[number] | null {
    const items = this.template.flatMap(({ submenu }) => (Array.isArray(submenu) ? submenu : []));
    return items.find((item) => item.id === id) ?? null;
  }
}

class StubApp extends EventEmitter {
  switches: Record<string, string> = {};
  paths: Record<string, string> = {};
  firstInstance = true;
  readonly commandLine = { getSwitchValue: (name: string) => this.switches[name] ?? '' };
  readonly quit = vi.fn();
  readonly exit = vi.fn();
  whenReady(): Promise<void> {
    return Promise.resolve();
  }
  requestSingleInstanceLock(): boolean {
    return this.firstInstance;
  }
  setPath(name: string, path: string): void {
    this.paths[name] = path;
  }
}

/** Everything that the shell registered since {@link resetStub}. */
export const stub = {
  app: new StubApp(),
  windows: [] as StubWindow[],
  notifications: [] as StubNotification[],
  engines: [] as StubUtilityProcess[],
  handlers: new Map<string, IpcHandler>(),
  schemes: [] as { scheme: string; privileges: object }[],
  protocols: new Map<string, (request: Request) => Promise<Response>>(),
  /** Button that the person presses in the next dialog. */
  button: 0,
  dialogs: [] as { message: string; buttons: string[] }[],
  /** Path that the person chooses in the next dialog for files; null: none. */
  path: null as string | null,
  fileDialogs: [] as { kind: 'open' | 'save'; options: object }[],
  menu: null as StubMenu | null,
  opened: [] as string[],
  blockers: new Set<number>(),
};

export function resetStub(): void {
  // Modules keep the objects that they imported, so that these are emptied, not replaced.
  stub.app.removeAllListeners();
  Object.assign(stub.app, { switches: {}, paths: {}, firstInstance: true });
  stub.app.quit.mockClear();
  stub.app.exit.mockClear();
  stub.button = 0;
  stub.path = null;
  stub.menu = null;
  for (const list of [
    stub.windows,
    stub.notifications,
    stub.engines,
    stub.schemes,
    stub.dialogs,
    stub.fileDialogs,
    stub.opened,
  ])
    list.length = 0;
  for (const map of [stub.handlers, stub.protocols, stub.blockers]) map.clear();
}

/** The module as the shell imports it. A name that Electron does not have does not compile. */
export function electronModule() {
  return {
    app: stub.app,
    BrowserWindow: StubWindow,
    dialog: {
      showMessageBox: (_window: StubWindow, options: (typeof stub.dialogs)[number]) => {
        stub.dialogs.push(options);
        return Promise.resolve({ response: stub.button });
      },
      showMessageBoxSync: (_window: StubWindow, options: (typeof stub.dialogs)[number]) => {
        stub.dialogs.push(options);
        return stub.button;
      },
      showOpenDialog: (_window: StubWindow, options: object) => {
        stub.fileDialogs.push({ kind: 'open', options });
        return Promise.resolve({
          canceled: stub.path === null,
          filePaths: stub.path === null ? [] : [stub.path],
        });
      },
      showSaveDialog: (_window: StubWindow, options: object) => {
        stub.fileDialogs.push({ kind: 'save', options });
        return Promise.resolve({ canceled: stub.path === null, filePath: stub.path ?? '' });
      },
      showErrorBox: (_title: string, text: string) => {
        throw new Error(text);
      },
    },
    ipcMain: { handle: (channel: string, handler: IpcHandler) => stub.handlers.set(channel, handler) },
    Menu: {
      buildFromTemplate: (template: MenuTemplate) => new StubMenu(template),
      setApplicationMenu: (menu: StubMenu) => (stub.menu = menu),
    },
    Notification: StubNotification,
    powerSaveBlocker: {
      start: () => {
        stub.blockers.add(7);
        return 7;
      },
      stop: (id: number) => stub.blockers.delete(id),
    },
    protocol: {
      registerSchemesAsPrivileged: (schemes: typeof stub.schemes) => stub.schemes.push(...schemes),
      handle: (scheme: string, handler: (request: Request) => Promise<Response>) =>
        stub.protocols.set(scheme, handler),
    },
    screen: { getAllDisplays: () => [{ workArea: { x: 0, y: 0, width: 1920, height: 1080 } }] },
    shell: { openExternal: (url: string) => Promise.resolve(stub.opened.push(url)) },
    utilityProcess: {
      fork: () => {
        const engine = new StubUtilityProcess();
        stub.engines.push(engine);
        setImmediate(() => engine.emit('spawn'));
        return engine;
      },
    },
  } satisfies Partial<Record<keyof ElectronModule, unknown>>;
}
