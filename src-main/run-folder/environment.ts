import { z } from 'zod';
import { deviceIdentitySchema, fallbackSchema } from '@shared/contract/device';
import { datasetDescriptionSchema } from '@shared/datasets/dataset-description';
import { atomicWrite } from '../files/atomic-write';
import { readJson } from '../files/read-json';
import { runPaths } from './run-paths';

/** What the engine found when it began: needed to repeat the run, and to tell other data from the same data. */
export const environmentSchema = z.object({
  device: z.object({
    name: z.string(),
    description: z.string(),
    /** Version, chip and memory; missing in runs from before it was recorded. */
    identity: deviceIdentitySchema.nullable().default(null),
    /** The better device that failed; missing in runs from before there was one. */
    fellBack: fallbackSchema.nullable().default(null),
  }),
  data: z.object({
    description: datasetDescriptionSchema,
    /** SHA-256 of the decompressed content by file. */
    checksums: z.record(z.string(), z.string()),
  }),
});
export type Environment = z.infer<typeof environmentSchema>;

export async function writeEnvironment(dir: string, environment: Environment): Promise<void> {
  await atomicWrite(runPaths(dir).environment, `${JSON.stringify(environment, null, 2)}\n`);
}

/** What an earlier process found; null before the first start, and when the file is damaged: the next start writes it again. */
export async function readEnvironment(dir: string): Promise<Environment | null> {
  const parsed = environmentSchema.safeParse(
    await readJson(runPaths(dir).environment).catch(() => undefined),
  );
  return parsed.success ? parsed.data : null;
}
