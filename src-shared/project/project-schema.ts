import { z } from 'zod';
import { settingsSchema } from '../training/settings-schema';
import { documentSchema } from '../graph/document-schema';
import { FAMILIES } from '../graph/family';
import { PROJECT_VERSION, type Project } from './project';

/** The form of a project file. */
export const projectSchema: z.ZodType<Project> = z.strictObject({
  version: z.literal(PROJECT_VERSION),
  id: z.string().min(1).max(100),
  name: z.string().min(1).max(120),
  document: documentSchema,
  family: z.enum(FAMILIES),
  dataset: z.string().min(1).max(4096),
  training: settingsSchema,
});
