import { z } from 'zod';
import { measuredSpeedSchema } from '../training/run-outlook';

/** Compute devices by the names of the setting `device`, save the two that choose one. */
export const DEVICE_NAMES = ['cpu-native', 'cpu-wasm', 'webgpu', 'tensorflow'] as const;
export type DeviceName = (typeof DEVICE_NAMES)[number];

/** What a probe found out about one device. */
export const deviceReportSchema = z.object({
  name: z.enum(DEVICE_NAMES),
  usable: z.boolean(),
  /** "CPU, WebAssembly SIMD, 1 thread". */
  description: z.string(),
  /** Why it is not usable, and what would help. */
  reason: z.string().nullable(),
  fix: z.string().nullable(),
  /** How fast it trains, measured; null where it is not usable. */
  speed: measuredSpeedSchema.nullable(),
});
export type DeviceReport = z.infer<typeof deviceReportSchema>;
