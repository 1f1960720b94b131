import { choice, integer, optionalInteger, text } from '../fields/field';

/** Settings that matter for data sets that are folders of images (train/CLASS/*.jpg) and for no other. */
export const imageFolderFields = {
  imageFit: choice({
    label: 'Image sizes',
    help: 'Resize and crop: images of any size are made as large as the network wants. As stored: all must have one size.',
    group: 'Image folder',
    options: [
      { value: 'crop', label: 'Resize and crop' },
      { value: 'stored', label: 'As stored' },
    ],
    default: 'crop',
  }),
  trainCrop: choice({
    label: 'Training crop',
    help: 'With "resize and crop": a part of 8 to 100 % of the area, a part of the usual size anywhere, or the middle, as for tests.',
    group: 'Image folder',
    options: [
      { value: 'random-resized', label: 'Random part, resized' },
      { value: 'random', label: 'Random place' },
      { value: 'center', label: 'Middle' },
    ],
    default: 'random-resized',
  }),
  imageStatistics: choice({
    label: 'Statistics',
    help: 'Mean and deviation of the channels: measured on up to 1,000 training images of the set, or those published for ImageNet.',
    group: 'Image folder',
    options: [
      { value: 'measured', label: 'Measured' },
      { value: 'imagenet', label: "ImageNet's" },
    ],
    default: 'measured',
  }),
  classList: text({
    label: 'Classes',
    help: 'Use only these classes: names of folders with commas between them. Empty: all.',
    group: 'Image folder',
    default: '',
    maxLength: 20_000,
  }),
  classDraw: optionalInteger({
    label: 'Classes drawn',
    help: 'Use only so many classes, drawn at random. Empty: all.',
    group: 'Image folder',
    min: 2,
    max: 1000,
    nullLabel: 'all',
  }),
  classSeed: integer({
    label: 'Seed of the classes',
    help: 'Which classes are drawn; apart from the seed of the run, so that runs can be compared.',
    group: 'Image folder',
    min: 0,
    max: 0xffff_ffff,
    default: 1,
  }),
} as const;
