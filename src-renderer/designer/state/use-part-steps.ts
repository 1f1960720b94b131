import { useCommand } from '../../stores/commands';

/** The parts of the room in the order in which the keyboard goes through them. An element says with `data-part` which one it is. */
const PARTS = ['left', 'toolbar', 'canvas', 'inspector'] as const;
export type RoomPart = (typeof PARTS)[number];

/** The part of the room that has the keyboard; null: none has. */
function currentPart(): RoomPart | null {
  const part = document.activeElement?.closest<HTMLElement>('[data-part]')?.dataset.part;
  return PARTS.find((name) => name === part) ?? null;
}

/** Registers the commands that take the keyboard from one part of the room to the next. `enter` gives it to a part. */
export function usePartSteps(enter: Readonly<Record<RoomPart, () => void>>): void {
  function go(step: 1 | -1): void {
    const part = currentPart();
    // From elsewhere into the middle of the room.
    const next = part === null ? 'canvas' : PARTS.at((PARTS.indexOf(part) + step) % PARTS.length)!;
    enter[next]();
  }
  useCommand('design.next-part', () => {
    go(1);
  });
  useCommand('design.previous-part', () => {
    go(-1);
  });
}
