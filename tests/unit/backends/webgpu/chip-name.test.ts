import { expect, it } from 'vitest';
import { chipName } from '@main/backends/webgpu/activate-webgpu';

const nothing = { vendor: '', architecture: '', device: '', description: '', isFallbackAdapter: false };

it.each([
  // What Dawn 0.6.2 says of a real H100.
  [
    { vendor: 'nvidia', device: 'nvidia-h100-80gb-hbm3', description: 'NVIDIA: 580.159.04 580.159.4.0' },
    'nvidia-h100-80gb-hbm3, NVIDIA: 580.159.04 580.159.4.0',
  ],
  [{ vendor: 'intel', architecture: 'gen-12lp', device: '0x9a49', description: '' }, 'intel gen-12lp'],
  [{ vendor: 'apple', architecture: 'metal-3' }, 'apple metal-3'],
  [{}, 'unnamed'],
])('a GPU is called by what a person knows: %o', (info, name) => {
  expect(chipName({ ...nothing, ...info })).toBe(name);
});
