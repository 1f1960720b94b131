import { z } from 'zod';
import { measuredSpeedSchema } from '../training/run-outlook';

/** Compute devices by the names of the setting `device`, save the two that choose one. */
export const DEVICE_NAMES = ['cpu-native', 'cpu-wasm', 'webgpu', 'tensorflow'] as const;
export type DeviceName = (typeof DEVICE_NAMES)[number];

/** A device that was to be taken and cannot compute here, so that another one does. */
export const fallbackSchema = z.object({
  from: z.enum(DEVICE_NAMES),
  /** Sentences. */
  reason: z.string(),
  fix: z.string().nullable(),
});
export type Fallback = z.infer<typeof fallbackSchema>;

/** Code of the notice of a run that computes on another device than the one that was to be taken. */
export const DEVICE_FELL_BACK = 'device-fell-back';

/** What a probe found out about one device. */
export const deviceReportSchema = z.object({
  name: z.enum(DEVICE_NAMES),
  usable: z.boolean(),
  /** "CPU, WebAssembly SIMD, 1 thread". */
  description: z.string(),
  /** Why it is not usable, and what would help. */
  reason: z.string().nullable(),
  fix: z.string().nullable(),
  /** Kernels of a training step that the device has no fast ones for, the slowest first; null where that is not told. */
  notNative: z.array(z.string()).nullable(),
  /** How fast it trains, measured; null where it is not usable. */
  speed: measuredSpeedSchema.nullable(),
});
export type DeviceReport = z.infer<typeof deviceReportSchema>;
