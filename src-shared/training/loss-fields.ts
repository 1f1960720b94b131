import { choice, integer, real } from '../fields/field';

/** Settings of the losses and of the gradients that filters and M-Filters get from them (mcn.md, sections 4 and 5). */
export const lossFields = {
  filterLoss: real({
    label: 'Filter loss',
    symbol: 'θ',
    help: 'Weight of the reconstruction error of the filters (Eq. 1). Above 0.001 accuracy falls.',
    group: 'Loss',
    min: 0,
    max: 10,
    default: 1e-4,
  }),
  filterLossForm: choice({
    label: 'Filter loss form',
    help: 'Per plane: each plane of Q is compared with C (Eq. 13, 17). Summed: the sum of the planes is (Eq. 1 with Eq. 3).',
    group: 'Loss',
    options: [
      { value: 'per-plane', label: 'Per plane' },
      { value: 'summed', label: 'Summed' },
    ],
    default: 'per-plane',
  }),
  centerLoss: real({
    label: 'Center loss',
    symbol: 'λ',
    help: 'Weight of the distance between the features of an image and the mean of its class (Eq. 2), a mean over the batch. For fine-tuning; 0: none.',
    group: 'Loss',
    min: 0,
    max: 10,
    default: 0,
  }),
  centerLossFromEpoch: integer({
    label: 'Center loss from epoch',
    help: 'The first epoch in which the center loss counts; the class means start there.',
    group: 'Loss',
    min: 1,
    max: 10_000,
    default: 1,
  }),
  discreteTerm: choice({
    label: 'Discrete term',
    help: 'Third term of Eq. 10 in the gradient of C, weighted by the filter loss: as printed, or with the sign of a descent.',
    group: 'Loss',
    options: [
      { value: 'off', label: 'Off' },
      { value: 'printed', label: 'As printed' },
      { value: 'descent', label: 'Descent' },
    ],
    default: 'off',
  }),
  mGradient: choice({
    label: 'M gradient',
    help: 'True: the gradient of the M-Filters is taken with the binary filters. Latent: with the float ones, as Eq. 16 prints it.',
    group: 'Loss',
    options: [
      { value: 'true', label: 'True' },
      { value: 'latent', label: 'Latent' },
    ],
    default: 'true',
  }),
} as const;
