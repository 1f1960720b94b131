import { readdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import { parentSchema } from '@shared/contract/run-summary';
import { documentSchema } from '@shared/graph/document-schema';
import type { GraphDocument } from '@shared/graph/document';
import { FAMILIES } from '@shared/graph/family';
import type { Network } from '@shared/network/network';
import { networkSchema } from '@shared/network/network-schema';
import { StudioError } from '@shared/problem';
import { checkSettings } from '@shared/training/settings';
import { settingsSchema } from '@shared/training/settings-schema';
import { atomicWrite } from '../files/atomic-write';
import { readJson } from '../files/read-json';
import { runPaths } from './run-paths';
import { errorCode } from '../files/error-code';
import { makeFolder } from '../files/make-folder';

/** The version that this build writes. */
export const RUN_VERSION = 1;

/** What a run was made of; written once, before its first step. */
export const manifestSchema = z.strictObject({
  version: z.literal(RUN_VERSION),
  id: z.string().min(1),
  name: z.string().min(1),
  /** ISO 8601. */
  createdAt: z.string(),
  projectId: z.string().nullable(),
  family: z.enum(FAMILIES),
  /** Name of a data set or a folder. */
  dataset: z.string().min(1),
  settings: settingsSchema,
  versions: z.record(z.string(), z.string()),
  /** The run that this one is a fork of; missing in runs from before there were forks. */
  parent: parentSchema.nullable().default(null),
});
export type Manifest = z.infer<typeof manifestSchema>;

/** Everything of a run that does not change while it trains. */
export interface RunDefinition {
  manifest: Manifest;
  document: GraphDocument;
  network: Network;
}

/** Whether an empty folder lies there already. */
async function refuseUsedFolder(dir: string): Promise<boolean> {
  const found = await readdir(dir).catch((error: unknown) => {
    if (errorCode(error) === 'ENOENT') return null;
    throw unusable(dir, error);
  });
  if (found === null || found.length === 0) return found !== null;
  throw new StudioError({
    code: 'run-folder-used',
    message: `${dir} is not empty, so no run can be put there.`,
    fix: 'Name a folder that does not exist yet. To go on with a run that lies there, use resume.',
    path: dir,
  });
}

/** What the system's codes mean for a person who wants a folder. */
const REASONS: Readonly<Record<string, string>> = {
  EACCES: 'it is not writable',
  EPERM: 'it is not writable',
  EROFS: 'its disk is read-only',
  ENOTDIR: 'a part of the path is a file',
  EEXIST: 'a part of the path is a file',
  ENOENT: 'its disk or drive is not there',
};

function unusable(dir: string, cause: unknown): StudioError {
  const code = errorCode(cause) ?? 'unknown error';
  const why = REASONS[code] ?? code;
  return new StudioError(
    {
      code: 'run-folder-unusable',
      message: `No run can be put into ${dir}: ${why}.`,
      fix: 'Name a folder that you may write to.',
      path: dir,
    },
    { cause },
  );
}

/**
 * Writes a new run folder: manifest, document and lowered network. The manifest comes last: a folder without one is no run. After a
 * failure nothing is left of it.
 * @returns takes the run away again, before anybody trains it
 * @throws StudioError run-folder-used, run-folder-unusable, and those of atomicWrite
 */
export async function createRunFolder(dir: string, run: RunDefinition): Promise<() => Promise<void>> {
  const wasThere = await refuseUsedFolder(dir);
  const paths = runPaths(dir);
  const undo = (): Promise<void> => removeRunFolder(dir, wasThere);
  try {
    await makeFolder(paths.checkpoints).catch((error: unknown) => {
      throw unusable(dir, error);
    });
    await atomicWrite(paths.document, `${JSON.stringify(run.document, null, 1)}\n`);
    await atomicWrite(paths.network, `${JSON.stringify(run.network)}\n`);
    await atomicWrite(paths.manifest, `${JSON.stringify(run.manifest, null, 2)}\n`);
    return undo;
  } catch (error) {
    await undo();
    throw error;
  }
}

/** Removes a run; a folder that somebody else had made stays, empty as it was. */
async function removeRunFolder(dir: string, wasThere: boolean): Promise<void> {
  const inside = wasThere ? await readdir(dir).catch(() => []) : [];
  const targets = wasThere ? inside.map((name) => join(dir, name)) : [dir];
  for (const target of targets) await rm(target, { recursive: true, force: true }).catch(() => undefined);
}

function notARun(dir: string, why: string): StudioError {
  return new StudioError({
    code: 'run-invalid',
    message: `${dir} is no run that can be read: ${why}.`,
    fix: 'Name the folder that train printed; it holds run.json.',
    path: dir,
  });
}

/** Settings that this version knows and an older run does not say have their defaults. */
function withDefaults(manifest: unknown): unknown {
  if (typeof manifest !== 'object' || manifest === null || !('settings' in manifest)) return manifest;
  const { settings, problems } = checkSettings(manifest.settings as Record<string, unknown>);
  const unknown = problems.some((problem) => problem.severity === undefined);
  return unknown ? manifest : { ...manifest, settings };
}

/** @throws StudioError run-invalid when there is no run in `dir`; file-unreadable */
export async function readManifest(dir: string): Promise<Manifest> {
  const json = await readJson(runPaths(dir).manifest);
  if (json === undefined) throw notARun(dir, 'it has no run.json');
  const parsed = manifestSchema.safeParse(withDefaults(json));
  if (parsed.success) return parsed.data;
  const issue = parsed.error.issues[0]!;
  throw notARun(dir, `run.json, ${issue.path.join('.') || 'the whole'}: ${issue.message}`);
}

/** Reads what a run was made of. @throws StudioError run-invalid, file-unreadable */
export async function readRunDefinition(dir: string): Promise<RunDefinition> {
  const manifest = await readManifest(dir);
  const paths = runPaths(dir);
  const document = documentSchema.safeParse(await readJson(paths.document));
  if (!document.success) throw notARun(dir, 'document.json is missing or damaged');
  const network = networkSchema.safeParse(await readJson(paths.network));
  if (!network.success) throw notARun(dir, 'network.json is missing or damaged');
  return { manifest, document: document.data, network: network.data };
}
