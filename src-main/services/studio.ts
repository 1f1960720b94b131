import { randomUUID } from 'node:crypto';
import type { BridgeResponse } from '@shared/contract/bridge';
import type { FileWish } from '@shared/contract/file-methods';
import {
  methods,
  type ClientId,
  type MethodName,
  type NotificationMessage,
  type NotificationName,
  type NotificationOf,
  type StudioApi,
} from '@shared/contract/studio-api';
import { StudioError, type Problem } from '@shared/problem';
import { AllowedFolders } from './allowed-folders';
import { DatasetInspections } from './dataset-inspections';
import { datasetsHere } from './dataset-places';
import { Devices } from './devices';
import { Downloads } from './download/downloads';
import type { StartProcess } from './engine-process';
import { Exports } from './exports';
import { fileApi } from './file-api';
import type { Home } from './home';
import { listCheckpoints } from './list-checkpoints';
import { OpenProjects } from './open-projects';
import { projectApi } from './project-api';
import { Projects } from './projects';
import { RecoveryFolder } from './recovery-folder';
import { Runs } from './runs';

/** What a shell passes in: places, ways to start processes, and what it is. */
export interface StudioOptions {
  home: Home;
  resourcesDir: string;
  startProcess: StartProcess;
  shell: 'electron' | 'browser';
  /** Why the studio is not in a window of its own; null when it is, or when that was asked for. */
  shellReason: string | null;
  version: string;
  /** Folders that a window may use besides the home; null: all of them. */
  allowed: readonly string[] | null;
  /** The system's own dialog for files and folders; null: there is none. It answers null when nothing was chosen. */
  chooseFile: ((wish: FileWish) => Promise<string | null>) | null;
  /** Shows in the system's own menu which of its commands can be done; null: there is none. */
  enableInMenu: ((commands: readonly string[]) => void) | null;
}

/** One window or browser tab. */
export interface Client {
  send(message: NotificationMessage): void;
}

/** The line of one client. */
export interface Connection {
  /** Answers a request; expected failures are answers, too. */
  handle(method: string, params: unknown): Promise<BridgeResponse>;
  /** The client is gone: its subscriptions end. What it had not saved stays, to be recovered. */
  close(): void;
  /** The person decided that what this client has not saved may go. */
  discardChanges(): Promise<void>;
}

/** The studio behind every window: the whole StudioApi. */
export interface Studio {
  connect(client: Client): Connection;
  /** Runs being trained. */
  runningJobs(): number;
  /** Writes checkpoints of all running runs and ends them. */
  close(): Promise<void>;
}

function problemOf(error: unknown): Problem {
  if (error instanceof StudioError) return error.problem;
  const message = error instanceof Error ? error.message : String(error);
  process.stderr.write(`${error instanceof Error ? (error.stack ?? message) : message}\n`);
  return {
    code: 'studio-error',
    message: `The studio met an error that it did not expect: ${message}.`,
    fix: 'Please report it, with what the terminal says.',
  };
}

/** @throws StudioError method-unknown, params-invalid */
function parseRequest(method: string, params: unknown): { name: MethodName; params: unknown } {
  if (!Object.hasOwn(methods, method)) {
    throw new StudioError({
      code: 'method-unknown',
      message: `The studio has no request "${method}".`,
      fix: 'Reload the window: it is of another version.',
    });
  }
  const name = method as MethodName;
  const parsed = methods[name].params.safeParse(params);
  if (parsed.success) return { name, params: parsed.data };
  const issue = parsed.error.issues[0]!;
  throw new StudioError({
    code: 'params-invalid',
    message: `The request ${method} is not sound: ${issue.path.join('.') || 'parameters'}: ${issue.message}.`,
    fix: 'Reload the window: it may be of another version.',
  });
}

/** Builds the studio over its services. Starts nothing by itself. */
export function createStudio(options: StudioOptions): Studio {
  const { home, resourcesDir, startProcess, version } = options;
  const clients = new Map<ClientId, Client>();
  const tell = <N extends NotificationName>(client: ClientId, name: N, payload: NotificationOf<N>): void => {
    clients.get(client)?.send({ notification: name, payload });
  };
  const announce = <N extends NotificationName>(name: N, payload: NotificationOf<N>): void => {
    for (const client of clients.keys()) tell(client, name, payload);
  };
  const versions = { studio: version, node: process.versions.node };
  const runs = new Runs({
    home,
    resourcesDir,
    startProcess,
    versions,
    tell: (client, event) => {
      tell(client, 'run.event', event);
    },
    announce: (summary) => {
      announce('run.summary', summary);
    },
  });
  const exports = new Exports(runs, startProcess, resourcesDir, (run, done, total) => {
    announce('exports.progress', { run, done, total });
  });
  const downloads = new Downloads({
    home,
    onProgress: (id, done, total) => {
      announce('datasets.progress', { id, done, total });
    },
    onChanged: () => {
      announce('datasets.changed', {});
    },
  });
  const projects = new Projects(home);
  const access = new AllowedFolders(home, options.allowed, async () =>
    (await projects.recent()).map(({ path }) => path),
  );
  const openProjects = new OpenProjects(new RecoveryFolder(home.recovery));
  const inspections = new DatasetInspections(home, startProcess, resourcesDir);
  const devices = new Devices(startProcess, home, versions);

  const api: StudioApi = {
    'studio.info': () => ({
      version,
      shell: options.shell,
      shellReason: options.shellReason,
      home: home.dir,
      platform: process.platform,
    }),
    'menu.enable': ({ commands }) => {
      options.enableInMenu?.(commands);
      return {};
    },
    'devices.list': () => devices.list(),
    'datasets.list': async () => (await datasetsHere(home)).map(({ description }) => description),
    'datasets.downloads': () => downloads.offers(),
    'datasets.fetch': async ({ id }) => {
      await downloads.fetch(id);
      return {};
    },
    'datasets.cancelFetch': ({ id }) => {
      downloads.cancel(id);
      return {};
    },
    'datasets.inspect': async ({ place }, client) => inspections.inspect(client, await access.resolve(place)),
    'datasets.cancel': (_params, client) => {
      inspections.cancel(client);
      return {};
    },
    'datasets.add': async ({ place }) => ({ id: await inspections.add(await access.resolve(place)) }),
    ...fileApi(home, access, options.chooseFile),
    ...projectApi(projects, openProjects, access),
    'runs.list': () => runs.list(),
    'runs.start': async (request) => ({ run: await runs.start(request) }),
    'runs.resume': async ({ run }) => ({ run: await runs.resume(run) }),
    'runs.checkpoints': async ({ run }) => listCheckpoints(await runs.directory(run)),
    'runs.fork': async (request) => ({ run: await runs.fork(request) }),
    'runs.command': ({ run, command }) => {
      runs.command(run, command);
      return {};
    },
    'runs.subscribe': ({ run }, client) => runs.subscribe(run, client),
    'runs.unsubscribe': ({ run }, client) => {
      runs.unsubscribe(run, client);
      return {};
    },
    'exports.packed': ({ run, checkpoint }) => exports.packed(run, checkpoint),
    'exports.prove': ({ run, step, path }) => exports.prove(run, step, path),
    'exports.cancel': ({ run }) => {
      exports.cancel(run);
      return {};
    },
    'exports.read': ({ run, path }) => exports.read(run, path),
  };

  async function handle(id: ClientId, method: string, raw: unknown): Promise<BridgeResponse> {
    try {
      const { name, params } = parseRequest(method, raw);
      const call = api[name] as (params: unknown, client: ClientId) => Promise<unknown>;
      return { ok: true, result: await call(params, id) };
    } catch (error) {
      return { ok: false, problem: problemOf(error) };
    }
  }

  return {
    connect: (client) => {
      const id = randomUUID();
      clients.set(id, client);
      return {
        handle: (method, params) => handle(id, method, params),
        close: () => {
          clients.delete(id);
          runs.forget(id);
          inspections.cancel(id);
          void openProjects.forget(id);
        },
        discardChanges: () => openProjects.close(id),
      };
    },
    runningJobs: () => runs.busy,
    close: async () => {
      exports.cancelAll();
      downloads.cancelAll();
      inspections.cancelAll();
      devices.close();
      await runs.stopAll();
      await openProjects.releaseAll();
    },
  };
}
