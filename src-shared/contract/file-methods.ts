import { z } from 'zod';

const placeSchema = z.object({ name: z.string(), path: z.string() });
export type Place = z.infer<typeof placeSchema>;

/** What a person is asked to choose. */
export const FILE_PURPOSES = ['open-project', 'save-project', 'dataset-folder', 'dataset-archive'] as const;
export type FilePurpose = (typeof FILE_PURPOSES)[number];

/** Endings of the files that each purpose shows; null: folders only. */
export const FILE_ENDINGS: Readonly<Record<FilePurpose, readonly string[] | null>> = {
  'open-project': ['.mcnproj'],
  'save-project': ['.mcnproj'],
  'dataset-folder': null,
  'dataset-archive': ['.tar.gz', '.tgz'],
};

const entrySchema = z.object({
  name: z.string(),
  path: z.string(),
  kind: z.enum(['folder', 'file']),
  /** null of a folder. */
  bytes: z.number().nullable(),
  /** Milliseconds since 1970. */
  changedAt: z.number(),
});
export type FolderEntry = z.infer<typeof entrySchema>;

const listingSchema = z.object({
  folder: z.string(),
  /** The folders from a permitted one down to this. */
  trail: z.array(placeSchema),
  entries: z.array(entrySchema),
  /** Entries of a large folder that are not listed. */
  leftOut: z.int().nonnegative(),
});
export type FolderListing = z.infer<typeof listingSchema>;

export const fileWishSchema = z.object({
  purpose: z.enum(FILE_PURPOSES),
  /** Folder to begin in; null: that of the projects. */
  folder: z.string().nullable(),
  /** Name of a file to save, with its ending; empty otherwise. */
  name: z.string(),
});
export type FileWish = z.infer<typeof fileWishSchema>;

/** Requests with which a window shows folders. A browser sees the permitted folders only. */
export const fileMethods = {
  /** The permitted folders. */
  'files.places': { params: z.object({}), result: z.array(placeSchema) },
  /** Folders first, then files with these endings; nothing hidden. A null folder is that of the projects. */
  'files.list': {
    params: z.object({ folder: z.string().nullable(), endings: z.array(z.string()).nullable() }),
    result: listingSchema,
  },
  'files.make-folder': {
    params: z.object({ folder: z.string(), name: z.string() }),
    result: z.object({ path: z.string() }),
  },
  /** Asks with the dialog of the system, where there is one; null: the person chose nothing. */
  'files.choose': { params: fileWishSchema, result: z.object({ path: z.string().nullable() }) },
} as const;
