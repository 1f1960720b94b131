import { z } from 'zod';
import { measuredSpeedSchema } from '../training/run-outlook';

/** Compute devices by the names of the setting `device`, save the two that choose one. */
export const DEVICE_NAMES = ['cpu-native', 'cpu-wasm', 'webgpu', 'tensorflow'] as const;
export type DeviceName = (typeof DEVICE_NAMES)[number];

/** Devices that compute on the CPU, the faster before the slower: what `cpu` stands for, and `auto` where no GPU was measured to be faster. */
export const CPU_DEVICES: readonly DeviceName[] = ['cpu-native', 'cpu-wasm'];

/** What a device is, as far as it tells. */
export const deviceIdentitySchema = z.object({
  /** Of the software that computes: "Dawn 0.6.2, tfjs-backend-webgpu 4.22.0". */
  version: z.string(),
  /** The chip. */
  adapter: z.string(),
  /** Bytes of memory. */
  memory: z.number().nullable(),
  /** Whether the chip is a GPU that software imitates: right, slow, good for tests. */
  software: z.boolean(),
});
export type DeviceIdentity = z.infer<typeof deviceIdentitySchema>;

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
  /** null where it is not usable. */
  identity: deviceIdentitySchema.nullable(),
  /** Why it is not usable, and what would help. */
  reason: z.string().nullable(),
  fix: z.string().nullable(),
  /** Kernels of a training step that the device has no fast ones for, the slowest first; null where that is not told. */
  notNative: z.array(z.string()).nullable(),
  /** How fast it trains, measured; null where it is not usable, and for software adapters. */
  speed: measuredSpeedSchema.nullable(),
});
export type DeviceReport = z.infer<typeof deviceReportSchema>;
