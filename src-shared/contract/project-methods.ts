import { z } from 'zod';
import { problemSchema } from '../training/engine-event';
import { projectSchema } from '../project/project-schema';

const nothing = z.object({});

/** SHA-256 of the bytes of a project file, in hexadecimal. */
const hash = z.string().regex(/^[0-9a-f]{64}$/);

const recentProjectSchema = z.object({ path: z.string(), name: z.string(), openedAt: z.string() });
export type RecentProject = z.infer<typeof recentProjectSchema>;

/** A project with changes that a window had not saved when it went. */
const recoverySchema = z.object({
  /** Names the recovery file. */
  slot: z.string(),
  /** Name of the project; of its file when it cannot be read. */
  name: z.string(),
  /** The file that the changes belong to; null: they were never saved. */
  path: z.string().nullable(),
  /** Steps since the last save; null when that is not known. */
  changes: z.int().nonnegative().nullable(),
  /** When the last of them was kept, in milliseconds since 1970. */
  keptAt: z.number(),
  /** Why it cannot be recovered; null: it can. */
  problem: problemSchema.nullable(),
});
export type Recovery = z.infer<typeof recoverySchema>;

/** Requests about project files, and about changes that are in no file yet. */
export const projectMethods = {
  'projects.recent': { params: nothing, result: z.array(recentProjectSchema) },
  'projects.open': {
    params: z.object({ path: z.string() }),
    result: z.object({
      path: z.string(),
      project: projectSchema,
      hash,
      /** Who else has this project open, "another window"; null: nobody. */
      openElsewhere: z.string().nullable(),
    }),
  },
  /**
   * Without a path the project goes to the home's projects folder, under a free name made of its own. A file that is there is replaced
   * only when its content has the hash given, or when that was asked for.
   */
  'projects.save': {
    params: z.object({
      project: projectSchema,
      path: z.string().nullable(),
      /** Of the content that the window read or wrote last; null: it knows of none. */
      hash: hash.nullable(),
      overwrite: z.boolean(),
    }),
    result: z.object({ path: z.string(), hash }),
  },
  /** The window shows this project from now on, and no longer the one before, whose recovery file goes. */
  'projects.show': {
    params: z.object({
      id: z.string(),
      /** The recovery file that the window had, or has taken over; null: none. */
      slot: z.string().nullable(),
    }),
    result: z.object({ slot: z.string(), openElsewhere: z.string().nullable() }),
  },
  /** The window shows no project any more; its recovery file goes. */
  'projects.close': { params: nothing, result: nothing },
  /** Writes the recovery file of what the window shows. */
  'recovery.keep': {
    params: z.object({
      project: projectSchema,
      path: z.string().nullable(),
      hash: hash.nullable(),
      changes: z.int().nonnegative(),
    }),
    result: nothing,
  },
  /** Nothing is unsaved any more. */
  'recovery.drop': { params: nothing, result: nothing },
  /** What windows that are gone had not saved, the newest first. */
  'recovery.list': { params: nothing, result: z.array(recoverySchema) },
  'recovery.recover': {
    params: z.object({ slot: z.string() }),
    result: z.object({
      project: projectSchema,
      path: z.string().nullable(),
      hash: hash.nullable(),
      changes: z.int().nonnegative().nullable(),
    }),
  },
  'recovery.discard': { params: z.object({ slot: z.string() }), result: nothing },
} as const;
