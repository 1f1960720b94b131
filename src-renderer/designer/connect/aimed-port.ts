import type { Position } from '@shared/graph/document';
import { CARD_HEIGHT, CARD_WIDTH } from '../layout/card-size';
import { portKey, type PlacedPort } from './port';
import type { Verdict } from './connection-targets';

/** How near a pointer must come for a port to draw the connection to it, in CSS pixels of the screen. */
export const MAGNET = 24;

function distance(a: Position, b: Position): number {
  return Math.hypot(a.x - b.x, a.y - b.y);
}

function nearest(ports: readonly PlacedPort[], at: Position): PlacedPort | null {
  let best: PlacedPort | null = null;
  for (const port of ports) if (!best || distance(port.at, at) < distance(best.at, at)) best = port;
  return best;
}

/** Whether a port is on a card that lies under a place. */
function onCardAt({ at, port }: PlacedPort, place: Position): boolean {
  const left = port === null ? at.x - CARD_WIDTH : at.x;
  return place.x >= left && place.x <= left + CARD_WIDTH && Math.abs(place.y - at.y) <= CARD_HEIGHT / 2;
}

/**
 * The port that a pointer means: the nearest one within `reach`, one that may be connected before one that may not; otherwise that of the
 * card it is over. null in empty space. All lengths are those of the canvas at zoom 1.
 */
export function aimedPort(
  ports: readonly PlacedPort[],
  verdicts: ReadonlyMap<string, Verdict>,
  at: Position,
  reach: number,
): PlacedPort | null {
  const near = ports.filter((port) => distance(port.at, at) <= reach);
  const legal = near.filter((port) => verdicts.get(portKey(port))?.refusal === null);
  return (
    nearest(legal, at) ??
    nearest(near, at) ??
    nearest(
      ports.filter((port) => onCardAt(port, at)),
      at,
    )
  );
}
