import { useCommand } from '../../stores/commands';
import { COLOURINGS } from '../cards/heat';
import type { Designer } from './use-designer';

/** Registers what chooses the colours of the cards. */
export function useColourCommands({ colouring }: Designer): void {
  for (const choice of COLOURINGS) {
    useCommand(
      `design.colour-${choice}`,
      () => {
        colouring.value = choice;
      },
      () => (colouring.value === choice ? 'These colours are shown.' : null),
    );
  }
}
