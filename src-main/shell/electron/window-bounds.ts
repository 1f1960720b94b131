import { mkdir } from 'node:fs/promises';
import { dirname } from 'node:path';
import { z } from 'zod';
import { atomicWrite } from '../../files/atomic-write';
import { readJson } from '../../files/read-json';

/** A rectangle on the desktop, in device-independent pixels. */
export interface Bounds {
  x: number;
  y: number;
  width: number;
  height: number;
}

/** How a window lies on the desktop; without a place the system chooses one. */
export interface WindowPlace {
  bounds: Bounds | null;
  maximized: boolean;
}

const placeSchema = z.object({
  bounds: z.object({ x: z.int(), y: z.int(), width: z.int().positive(), height: z.int().positive() }),
  maximized: z.boolean(),
});

const NO_PLACE: WindowPlace = { bounds: null, maximized: false };

/** How much of a window must lie on a screen so that a person can get hold of it. */
const GRIP = 80;

function overlap(startA: number, lengthA: number, startB: number, lengthB: number): number {
  return Math.min(startA + lengthA, startB + lengthB) - Math.max(startA, startB);
}

function isReachable(bounds: Bounds, screens: readonly Bounds[]): boolean {
  return screens.some(
    (screen) =>
      overlap(bounds.x, bounds.width, screen.x, screen.width) >= GRIP &&
      overlap(bounds.y, bounds.height, screen.y, screen.height) >= GRIP,
  );
}

/**
 * Where the window lay last; no place when that is unknown, or off the screens that are there now. A file that is damaged counts as
 * unknown: a window's place is no one's work.
 */
export async function readWindowPlace(file: string, screens: readonly Bounds[]): Promise<WindowPlace> {
  const parsed = placeSchema.safeParse(await readJson(file).catch(() => undefined));
  if (!parsed.success || !isReachable(parsed.data.bounds, screens)) return NO_PLACE;
  return parsed.data;
}

/** Remembers where the window lies. @throws StudioError as atomicWrite does */
export async function writeWindowPlace(file: string, place: WindowPlace): Promise<void> {
  await mkdir(dirname(file), { recursive: true });
  await atomicWrite(file, `${JSON.stringify(place)}\n`);
}
