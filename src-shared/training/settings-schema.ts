import type { z } from 'zod';
import { fieldsSchema } from '../fields/fields-schema';
import { trainingFields, type TrainingSettings } from './settings';

/** Complete settings as they cross a process or lie in a file. */
export const settingsSchema: z.ZodType<TrainingSettings> = fieldsSchema(trainingFields);
