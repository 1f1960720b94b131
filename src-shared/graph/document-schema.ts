import { z } from 'zod';
import type { FieldValue } from '../fields/field';
import { DOCUMENT_VERSION, type GraphDocument } from './document';
import { FLOWS } from './flow';
import { migrateDocument } from './migrate-document';

const id = z.string().min(1).max(200);
const fieldValue: z.ZodType<FieldValue> = z.union([
  z.number(),
  z.string().max(20_000),
  z.boolean(),
  z.null(),
  z.array(z.number()).max(1000),
]);

const currentSchema = z.strictObject({
  version: z.literal(DOCUMENT_VERSION),
  flow: z.enum(FLOWS).optional(),
  nodes: z
    .array(
      z.strictObject({
        id,
        type: id,
        name: z.string().min(1).max(200),
        fields: z.record(z.string(), fieldValue),
        position: z.strictObject({ x: z.number(), y: z.number() }).optional(),
        parent: id.optional(),
        open: z.literal(true).optional(),
      }),
    )
    .max(5000),
  edges: z.array(z.strictObject({ id, from: id, to: id, port: id })).max(20_000),
});

/**
 * The form of a document; one of an older version is read as this version's. Whether types, fields and groups exist and fit is for lower()
 * to say, node by node.
 */
export const documentSchema = z.preprocess(
  migrateDocument,
  currentSchema,
) as unknown as z.ZodType<GraphDocument>;
