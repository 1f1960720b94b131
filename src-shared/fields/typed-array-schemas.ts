import { z } from 'zod';

/** Typed arrays as they cross a process: any buffer behind them, so that views of files and device memory fit too. */
export const float32Array = z.instanceof(Float32Array) as unknown as z.ZodType<Float32Array>;
export const float64Array = z.instanceof(Float64Array) as unknown as z.ZodType<Float64Array>;
export const uint32Array = z.instanceof(Uint32Array) as unknown as z.ZodType<Uint32Array>;
export const byteArray = z.instanceof(Uint8Array) as unknown as z.ZodType<Uint8Array>;
