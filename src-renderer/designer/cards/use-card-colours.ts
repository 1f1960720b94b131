import type { Role } from '@shared/ops/definition';
import { useThemeColours, type ThemeColours } from '../../theme/theme-colours';
import type { Designer } from '../state/use-designer';
import { cardHeat } from './card-heat';
import type { NodeCardModel } from './node-card';

/** What the tokens of the roles (--role-…) stand for. */
const ROLE_COLOURS: Readonly<Record<Role, keyof ThemeColours>> = {
  binary: 'teal',
  float: 'blueGray',
  shape: 'violet',
  merge: 'amber',
  io: 'gray',
};

/** The colour that a card has now, for what is painted on a canvas: that of its role, or of the figure that cards are coloured by. */
export function useCardColours({ heat }: Designer): (card: NodeCardModel) => string {
  const theme = useThemeColours();
  return ({ id, role }) => {
    if (!heat.value) return theme.value[ROLE_COLOURS[role]];
    const { colour, figure } = cardHeat(heat.value, id);
    return figure === '' ? theme.value.lineStrong : colour;
  };
}
