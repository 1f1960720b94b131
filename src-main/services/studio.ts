import { randomUUID } from 'node:crypto';
import type { BridgeResponse } from '@shared/contract/bridge';
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
import { datasetsHere } from './dataset-places';
import { Devices } from './devices';
import { Downloads } from './download/downloads';
import type { StartProcess } from './engine-process';
import { Exports } from './exports';
import type { Home } from './home';
import { listCheckpoints } from './list-checkpoints';
import { Projects } from './projects';
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
}

/** One window or browser tab. */
export interface Client {
  send(message: NotificationMessage): void;
}

/** The line of one client. */
export interface Connection {
  /** Answers a request; expected failures are answers, too. */
  handle(method: string, params: unknown): Promise<BridgeResponse>;
  /** The client is gone: its subscriptions end. */
  close(): void;
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
  const devices = new Devices(startProcess, home, versions);

  const api: StudioApi = {
    'studio.info': () => ({
      version,
      shell: options.shell,
      shellReason: options.shellReason,
      home: home.dir,
      platform: process.platform,
    }),
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
    'projects.recent': () => projects.recent(),
    'projects.open': ({ path }) => projects.open(path),
    'projects.save': ({ project, path }) => projects.save(project, path),
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
        },
      };
    },
    runningJobs: () => runs.busy,
    close: async () => {
      exports.cancelAll();
      downloads.cancelAll();
      await runs.stopAll();
    },
  };
}
