import { z } from 'zod';
import { FAMILIES } from '../graph/family';
import { fieldsSchema } from '../fields/fields-schema';
import { isOpType, opDefinition } from '../ops/index';
import { NETWORK_VERSION, type Network } from './network';

const size = z.int().positive();
const shape = z.tuple([size, size, size]);
const nodeSchema = z
  .strictObject({
    id: z.string().min(1),
    type: z.string().refine(isOpType, { error: 'unknown layer type' }),
    name: z.string(),
    values: z.record(z.string(), z.unknown()),
    inputs: z.array(z.string()),
    inputShapes: z.array(shape),
    shape,
    origin: z.string(),
  })
  .refine(
    (node) =>
      isOpType(node.type) && fieldsSchema(opDefinition(node.type).fields).safeParse(node.values).success,
    {
      error: 'values do not fit the layer type',
    },
  );

/** The form of a lowered network; `checkNetwork` proves that its shapes follow from each other. */
export const networkSchema = z.strictObject({
  version: z.literal(NETWORK_VERSION),
  family: z.enum(FAMILIES),
  nodes: z.array(nodeSchema).min(2).max(50_000),
}) as unknown as z.ZodType<Network>;
