import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import {
  app,
  BrowserWindow,
  dialog,
  ipcMain,
  Menu,
  Notification,
  powerSaveBlocker,
  protocol,
  screen,
  shell,
  utilityProcess,
  type WebContents,
} from 'electron';
import { NOTIFICATION_CHANNEL, REQUEST_CHANNEL } from '@shared/contract/bridge';
import type { FileWish } from '@shared/contract/file-methods';
import type { NotificationMessage } from '@shared/contract/studio-api';
import { STUDIO_VERSION } from '@shared/version';
import { locateHome } from '../services/home';
import { createStudio, type Connection, type Studio } from '../services/studio';
import { applicationMenu, enableCommands } from './electron/application-menu';
import {
  closingAnswer,
  closingQuestion,
  DISCARD_BUTTON,
  UNSAVED_QUESTION,
} from './electron/closing-question';
import { dialogOptions } from './electron/file-dialogs';
import { answerPage, isOwnFrame, PAGE_SCHEME, PAGE_URL } from './electron/page-protocol';
import { TrainingWatch } from './electron/training-watch';
import { utilityEngine } from './electron/utility-engine';
import { readWindowPlace, writeWindowPlace } from './electron/window-bounds';
import { placesBeside } from './places';

const home = locateHome(app.commandLine.getSwitchValue('home') || undefined);
const places = placesBeside(import.meta.url);
const preload = fileURLToPath(new URL('../preload/preload.cjs', import.meta.url));
const placeFile = join(home.dir, 'window', 'place.json');

/** Windows that were sent to the background while the studio trains on. */
const inBackground = new WeakSet<BrowserWindow>();

function show(window: BrowserWindow): void {
  inBackground.delete(window);
  if (window.isMinimized()) window.restore();
  window.show();
  window.focus();
}

async function openWindow(): Promise<BrowserWindow> {
  const screens = screen.getAllDisplays().map((display) => display.workArea);
  const { bounds, maximized } = await readWindowPlace(placeFile, screens);
  const window = new BrowserWindow({
    ...(bounds ?? { width: 1440, height: 900 }),
    minWidth: 960,
    minHeight: 600,
    show: false,
    title: 'MCN Studio',
    backgroundColor: '#0f1216',
    webPreferences: {
      preload,
      contextIsolation: true,
      sandbox: true,
      nodeIntegration: false,
      webviewTag: false,
      spellcheck: false,
    },
  });
  if (maximized) window.maximize();
  window.once('ready-to-show', () => {
    window.show();
  });
  return window;
}

/** Web addresses open in the system's browser; everything else that a page could name is refused. */
function openOutside(url: string): void {
  if (URL.canParse(url) && new URL(url).protocol === 'https:') void shell.openExternal(url);
}

/** What the page may do: copy, and paste layers of a design. */
const PERMISSIONS: ReadonlySet<string> = new Set(['clipboard-read', 'clipboard-sanitized-write']);

/** The window shows the studio's own page and nothing else, ever. */
function confine(contents: WebContents): void {
  contents.setWindowOpenHandler(({ url }) => {
    openOutside(url);
    return { action: 'deny' };
  });
  contents.on('will-navigate', (event) => {
    event.preventDefault();
    openOutside(event.url);
  });
  contents.session.setPermissionRequestHandler((_contents, permission, answer) => {
    answer(PERMISSIONS.has(permission));
  });
  contents.session.setPermissionCheckHandler((_contents, permission) => PERMISSIONS.has(permission));
}

/** The line between a window's page and the studio. */
interface PageLine {
  /** The person decided that what the page has not saved may go. */
  discardChanges(): Promise<void>;
}

/** Connects the page to the studio. Each load is a client of its own, so that a reloaded page starts without subscriptions. */
function connectPage(window: BrowserWindow, studio: Studio): PageLine {
  const { webContents } = window;
  let connection: Connection | null = null;
  const end = (): void => {
    connection?.close();
    connection = null;
  };
  webContents.on('did-start-navigation', ({ isMainFrame, isSameDocument }) => {
    if (!isMainFrame || isSameDocument) return;
    end();
    connection = studio.connect({
      send: (message) => {
        if (!webContents.isDestroyed()) webContents.send(NOTIFICATION_CHANNEL, message);
      },
    });
  });
  window.on('closed', end);
  ipcMain.handle(REQUEST_CHANNEL, (event, method: unknown, params: unknown) => {
    if (event.sender !== webContents || !isOwnFrame(event.senderFrame) || !connection) {
      throw new Error('Only the page of MCN Studio may ask the studio.');
    }
    return connection.handle(String(method), params);
  });
  return { discardChanges: () => connection?.discardChanges() ?? Promise.resolve() };
}

/** Asks with the dialog of the system. */
async function chooseFile(window: BrowserWindow, wish: FileWish): Promise<string | null> {
  const options = dialogOptions(wish, home.projects);
  if (wish.purpose === 'save-project') {
    const { canceled, filePath } = await dialog.showSaveDialog(window, options);
    return canceled ? null : filePath;
  }
  const properties = wish.purpose === 'dataset-folder' ? ['openDirectory' as const] : ['openFile' as const];
  const { canceled, filePaths } = await dialog.showOpenDialog(window, { ...options, properties });
  return canceled ? null : (filePaths[0] ?? null);
}

/** Shows on the desktop that the studio trains: no sleep, progress in the task bar, a word at the end. */
function showTraining(window: BrowserWindow, studio: Studio): TrainingWatch {
  const notifications = new Set<Notification>();
  let blocker: number | null = null;
  const watch = new TrainingWatch({
    onActive: (active) => {
      if (active) blocker = powerSaveBlocker.start('prevent-app-suspension');
      else if (blocker !== null) powerSaveBlocker.stop(blocker);
      if (!active && !window.isDestroyed() && inBackground.has(window)) window.close();
    },
    onProgress: (share) => {
      // Below 0 removes the bar, above 1 shows one without a length.
      if (!window.isDestroyed()) window.setProgressBar(share === null ? -1 : (share ?? 2));
    },
    onEnd: (title, body) => {
      if (window.isDestroyed() || window.isFocused() || !Notification.isSupported()) return;
      const notification = new Notification({ title, body });
      // Kept here while it can be clicked; Electron's object is collected otherwise.
      notifications.add(notification);
      notification.once('click', () => {
        if (!window.isDestroyed()) show(window);
      });
      notification.once('close', () => notifications.delete(notification));
      notification.show();
    },
  });
  studio.connect({
    send: (message) => {
      watch.take(message);
    },
  });
  return watch;
}

/** A window that closes in mid-run asks what is to become of the runs; one with unsaved changes asks, too. */
function guardClosing(window: BrowserWindow, studio: Studio, page: PageLine, watch: TrainingWatch): void {
  let asking = false;
  async function ask(): Promise<void> {
    const { response } = await dialog.showMessageBox(window, closingQuestion(watch.running));
    const answer = closingAnswer(response);
    if (answer === 'background') {
      inBackground.add(window);
      window.hide();
    }
    if (answer !== 'stop') return;
    await studio.close();
    asking = false;
    window.close();
  }
  window.on('close', (event) => {
    if (!asking && watch.running === 0) return;
    event.preventDefault();
    if (asking) return;
    asking = true;
    void ask().finally(() => {
      asking = false;
    });
  });
  window.webContents.on('will-prevent-unload', (event) => {
    if (!window.isVisible()) show(window);
    if (dialog.showMessageBoxSync(window, UNSAVED_QUESTION) !== DISCARD_BUTTON) return;
    event.preventDefault();
    void page.discardChanges();
  });
}

/** Remembers the window's place and lets engine processes end in order before the program does. */
function endInOrder(window: BrowserWindow, studio: Studio): void {
  let placeWritten: Promise<void> = Promise.resolve();
  window.on('close', () => {
    const place = { bounds: window.getNormalBounds(), maximized: window.isMaximized() };
    placeWritten = writeWindowPlace(placeFile, place).catch((error: unknown) => {
      process.stderr.write(`${String(error)}\n`);
    });
  });
  app.on('window-all-closed', () => {
    app.quit();
  });
  app.on('will-quit', (event) => {
    event.preventDefault();
    void Promise.allSettled([placeWritten, studio.close()]).then(() => {
      app.exit();
    });
  });
}

async function start(): Promise<void> {
  const fork = () =>
    utilityProcess.fork(places.engineEntry, [], {
      stdio: ['ignore', 'ignore', 'inherit'],
      serviceName: 'MCN Studio engine',
    });
  const window = await openWindow();
  const choose = (id: string): void => {
    const message: NotificationMessage = { notification: 'command.chosen', payload: { id } };
    if (!window.isDestroyed()) window.webContents.send(NOTIFICATION_CHANNEL, message);
  };
  const menu = Menu.buildFromTemplate(applicationMenu(process.platform, choose));
  const studio = createStudio({
    home,
    resourcesDir: places.resourcesDir,
    startProcess: utilityEngine(fork),
    shell: 'electron',
    shellReason: null,
    version: STUDIO_VERSION,
    // The dialogs of the system are the person's own way to every folder.
    allowed: null,
    chooseFile: (wish) => chooseFile(window, wish),
    enableInMenu: (commands) => {
      enableCommands(menu, commands);
    },
  });
  protocol.handle(PAGE_SCHEME, answerPage(places.rendererDir));
  Menu.setApplicationMenu(menu);
  app.on('second-instance', () => {
    show(window);
  });
  app.on('activate', () => {
    show(window);
  });
  confine(window.webContents);
  const page = connectPage(window, studio);
  guardClosing(window, studio, page, showTraining(window, studio));
  endInOrder(window, studio);
  await window.loadURL(PAGE_URL);
}

protocol.registerSchemesAsPrivileged([
  { scheme: PAGE_SCHEME, privileges: { standard: true, secure: true, supportFetchAPI: true } },
]);
// One studio for each home: what Electron keeps, its lock included, lies there.
app.setPath('userData', join(home.dir, 'window'));
if (app.requestSingleInstanceLock()) {
  app
    .whenReady()
    .then(start)
    .catch((error: unknown) => {
      const text = error instanceof Error ? (error.stack ?? error.message) : String(error);
      process.stderr.write(`${text}\n`);
      dialog.showErrorBox('MCN Studio could not start', text);
      app.exit(1);
    });
} else {
  app.quit();
}
