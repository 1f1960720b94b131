import { integer, optionalInteger, toggle } from '../fields/field';

/** Fields that several layers share, worded once. */
export const maps = integer({
  label: 'Feature maps',
  symbol: 'H',
  help: 'Number of output feature maps. Each map has K channels.',
  group: 'Layer',
  min: 1,
  max: 4096,
  default: 20,
});

export const planes = optionalInteger({
  label: 'Planes per filter',
  symbol: 'K',
  help: 'Channels per feature map and planes per M-Filter. Empty: the K of Input.',
  group: 'Layer',
  min: 1,
  max: 8,
  nullLabel: 'from Input',
});

export const kernel = integer({
  label: 'Kernel',
  symbol: 'W',
  help: 'Height and width of a filter.',
  group: 'Layer',
  min: 1,
  max: 15,
  odd: true,
  default: 3,
});

export const stride = integer({
  label: 'Stride',
  help: 'Step between output positions; 2 halves height and width.',
  group: 'Layer',
  min: 1,
  max: 8,
  default: 1,
});

export const centers = integer({
  label: 'Centers',
  symbol: 'n',
  help: 'Values that a binarized weight can take. 2 centers need 1 bit a weight, 16 need 4.',
  group: 'Binarization',
  min: 2,
  max: 16,
  default: 2,
});

export const binary = toggle({
  label: 'Binary filters',
  symbol: 'Ĉ',
  help: 'Replace every weight by its nearest center. Off: the filters stay float, as in U-MCN.',
  group: 'Binarization',
  default: true,
});

export const channels = integer({
  label: 'Channels',
  help: 'Number of output channels.',
  group: 'Layer',
  min: 1,
  max: 8192,
  default: 80,
});

export const poolSize = integer({
  label: 'Window',
  help: 'Height and width of the pooling window; SAME padding.',
  group: 'Layer',
  min: 1,
  max: 16,
  default: 2,
});

export const poolStride = integer({
  label: 'Stride',
  help: 'Step between windows.',
  group: 'Layer',
  min: 1,
  max: 16,
  default: 2,
});
