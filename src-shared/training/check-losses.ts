import type { Problem } from '../problem';
import type { TrainingSettings } from './settings';

type LossSettings = Pick<
  TrainingSettings,
  'epochs' | 'filterLoss' | 'filterLossForm' | 'centerLoss' | 'centerLossFromEpoch' | 'discreteTerm'
>;

/** The refusal of the printed discrete term where it is the filter loss with the opposite sign. @param what of which filter loss */
export function printedTermCancels(what: string): Problem {
  return {
    code: 'discrete-term-cancels',
    message: `The discrete term as printed (discreteTerm=printed) cancels the filter loss ${what}: the filters would not be drawn to their centers.`,
    fix: 'Set discreteTerm to descent or off.',
    field: 'discreteTerm',
  };
}

/** What settings of the losses say about each other. */
export function checkLosses(settings: LossSettings): Problem[] {
  const { epochs, filterLoss, filterLossForm, centerLoss, centerLossFromEpoch, discreteTerm } = settings;
  const problems: Problem[] = [];
  if (filterLoss > 1e-3) {
    problems.push({
      code: 'theta-large',
      message: `Filter loss θ = ${filterLoss} is above 0.001, which costs accuracy and freezes the bits.`,
      fix: 'The default is 0.0001.',
      field: 'filterLoss',
      severity: 'warning',
    });
  }
  if (centerLoss > 0 && centerLossFromEpoch > epochs) {
    problems.push({
      code: 'center-loss-too-late',
      message: `The center loss counts from epoch ${centerLossFromEpoch} on (centerLossFromEpoch), but the run has ${epochs} epochs: it would never count.`,
      fix: `Set it to ${epochs} or less, or the center loss to 0.`,
      field: 'centerLossFromEpoch',
    });
  }
  if (discreteTerm === 'printed' && filterLossForm === 'summed')
    problems.push(printedTermCancels('in its summed form'));
  if (discreteTerm !== 'off' && filterLoss === 0) {
    problems.push({
      code: 'discrete-term-without-weight',
      message: 'The discrete term is weighted by the filter loss θ, which is 0: it does nothing.',
      fix: 'Set filterLoss above 0, or discreteTerm to off.',
      field: 'discreteTerm',
      severity: 'warning',
    });
  }
  return problems;
}
