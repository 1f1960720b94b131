import { z } from 'zod';
import type { FieldValue } from '../fields/field';
import { DOCUMENT_VERSION, type GraphDocument } from './document';

const id = z.string().min(1).max(200);
const fieldValue: z.ZodType<FieldValue> = z.union([
  z.number(),
  z.string().max(20_000),
  z.boolean(),
  z.null(),
  z.array(z.number()).max(1000),
]);

/** The form of a document. Whether types and fields exist and fit is for lower() to say, node by node. */
export const documentSchema: z.ZodType<GraphDocument> = z.strictObject({
  version: z.literal(DOCUMENT_VERSION),
  nodes: z
    .array(
      z.strictObject({
        id,
        type: id,
        name: z.string().min(1).max(200),
        fields: z.record(z.string(), fieldValue),
        position: z.strictObject({ x: z.number(), y: z.number() }).optional(),
      }),
    )
    .max(5000),
  edges: z.array(z.strictObject({ id, from: id, to: id, port: id })).max(20_000),
});
