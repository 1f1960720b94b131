import type { Flow } from '@shared/graph/flow';
import type { Position } from '@shared/graph/document';
import type { Box } from './box';
import type { Bounds } from './card-size';

/*
 * Layouts and lines are worked out once, as if everything ran from left to right. For a design that runs down, what goes in and what comes
 * out is turned about the diagonal: columns become rows, and what lay below lies at the right.
 */

/** A place turned about the diagonal, if the flow is down. Its own inverse. */
export function turned(position: Position, flow: Flow): Position {
  return flow === 'down' ? { x: position.y, y: position.x } : position;
}

/** A width and height turned about the diagonal, if the flow is down. */
export function turnedSize<S extends { width: number; height: number }>(size: S, flow: Flow): S {
  return flow === 'down' ? { ...size, width: size.height, height: size.width } : size;
}

/** A rectangle turned about the diagonal, if the flow is down. */
export function turnedBounds(bounds: Bounds, flow: Flow): Bounds {
  const { left, top, right, bottom } = bounds;
  return flow === 'down' ? { left: top, top: left, right: bottom, bottom: right } : bounds;
}

/** Places turned about the diagonal, if the flow is down. */
export function turnedPlaces(places: Map<string, Position>, flow: Flow): Map<string, Position> {
  return flow === 'down' ? new Map([...places].map(([id, place]) => [id, turned(place, flow)])) : places;
}

/** Free space between boxes, in CSS pixels at zoom 1, along the flow and across it. */
export interface Spacing {
  /** Between cards that follow one another. */
  follow: number;
  /** Before and behind a frame; holds a shape. */
  frame: number;
  /** Between rows; holds the return line of a wrapped chain, and shapes. */
  row: number;
  /** Between layers; holds a shape, and its text beside a line. */
  layer: number;
  /** Between boxes of one layer. */
  lane: number;
}

/** Shapes stand above lines that run to the right, and beside lines that run down. */
export const SPACINGS: Readonly<Record<Flow, Spacing>> = {
  right: { follow: 20, frame: 72, row: 72, layer: 84, lane: 40 },
  down: { follow: 36, frame: 44, row: 72, layer: 56, lane: 40 },
};

/** Boxes as a layout from left to right is to see them. */
export function turnedBoxes(boxes: readonly Box[], flow: Flow): readonly Box[] {
  return flow === 'down' ? boxes.map((box) => turnedSize(box, flow)) : boxes;
}
