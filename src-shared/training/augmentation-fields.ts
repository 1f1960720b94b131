import { integer, toggle } from '../fields/field';

/** Settings of what is drawn for every training image (mcn.md, section 6). */
export const augmentationFields = {
  cropPadding: integer({
    label: 'Shift',
    unit: 'px',
    help: 'Training images are padded by so many black pixels on every side and cropped at random. 0: never.',
    group: 'Data',
    min: 0,
    max: 64,
    default: 0,
  }),
  horizontalFlip: toggle({
    label: 'Mirror',
    help: 'Mirrors half of the training images, drawn anew in every epoch. Not for digits and letters.',
    group: 'Data',
    default: false,
  }),
} as const;
