import { z } from 'zod';
import { datasetDescriptionSchema } from '../datasets/dataset-description';

/** A data set that was looked at, wherever it lies. */
export const inspectedDataSchema = z.object({
  type: z.literal('inspected-data'),
  /** A folder of images, or files that are read as a whole. */
  kind: z.enum(['images', 'files']),
  description: datasetDescriptionSchema,
  /** Images of each class, in the order of the classes. */
  trainCounts: z.array(z.int().nonnegative()),
  testCounts: z.array(z.int().nonnegative()),
});
export type InspectedData = z.infer<typeof inspectedDataSchema>;

const datasetId = z.object({ id: z.string() });

/** A data set that can be fetched; `done` counts the bytes that were received, now or before. */
const downloadOfferSchema = z.object({
  id: z.string(),
  name: z.string(),
  source: z.string(),
  license: z.string(),
  bytes: z.int(),
  done: z.int(),
  running: z.boolean(),
});
export type DownloadOffer = z.infer<typeof downloadOfferSchema>;

/** Requests about data sets. */
export const datasetMethods = {
  'datasets.list': { params: z.object({}), result: z.array(datasetDescriptionSchema) },
  /** Known data sets that are not on this machine and can be fetched. */
  'datasets.downloads': { params: z.object({}), result: z.array(downloadOfferSchema) },
  /** Fetches one from its official address into the home folder; answers when it is there, and goes on where an earlier call was cut. */
  'datasets.fetch': { params: datasetId, result: z.object({}) },
  /** Ends a download and keeps what was received; its request then fails with "download-stopped". */
  'datasets.cancelFetch': { params: datasetId, result: z.object({}) },
  /** Looks at a folder or an archive without keeping anything of it. */
  'datasets.inspect': { params: z.object({ place: z.string() }), result: inspectedDataSchema },
  /** Ends what this window has looked at now; that request then fails with "cancelled". */
  'datasets.cancel': { params: z.object({}), result: z.object({}) },
  /** Remembers a data set that was looked at; its id is what a project then names. */
  'datasets.add': { params: z.object({ place: z.string() }), result: z.object({ id: z.string() }) },
} as const;
