import { describe, expect, it } from 'vitest';
import { centerFeatureNode } from '@shared/network/center-feature';
import { lower } from '@shared/network/lower';
import { findPreset } from '@shared/network/presets';
import { chain } from '@shared/graph/chain';
import { networkOf } from '../packed/sample-models';

describe('the feature that the center loss looks at', () => {
  it.each([
    ['mcn-mnist', 'flatten', 2560],
    ['mcn-mnist-tiny', 'globalavgpool', 320],
    ['mcn-20', 'globalavgpool', 256],
    ['mcn-34', 'globalavgpool', 1024],
  ])('of %s is the output of its %s, %i values', (preset, type, channels) => {
    const network = lower(findPreset(preset)!.document, 'mcn').network!;
    const node = centerFeatureNode(network)!;
    expect([node.type, ...node.shape]).toEqual([type, 1, 1, channels]);
  });

  it('is the last convolution after BN, ReLU and pooling, wherever its map is not flat', () => {
    const network = networkOf(
      chain([
        ['in', 'input', 'Input', { height: 8, width: 8, planes: 2 }],
        ['a', 'mcconv', 'A', { maps: 3 }],
        ['b', 'conv', 'B', { channels: 6 }],
        ['bn', 'batchnorm', 'BN'],
        ['relu', 'relu', 'ReLU'],
        ['pool', 'maxpool', 'Pool', { size: 2, stride: 2 }],
        ['drop', 'dropout', 'Dropout', { rate: 0.3 }],
        ['gap', 'globalavgpool', 'Average'],
        ['out', 'output', 'Output'],
      ]),
      'mcn',
    );
    expect(centerFeatureNode(network)).toMatchObject({ id: 'pool', shape: [4, 4, 6] });
  });

  it('is missing where there is no convolution', () => {
    const network = networkOf(
      chain([
        ['in', 'input', 'Input', { height: 4, width: 4 }],
        ['flatten', 'flatten', 'Flatten'],
        ['fc', 'dense', 'Dense', { units: 3 }],
        ['out', 'output', 'Output'],
      ]),
      'mcn',
    );
    expect(centerFeatureNode(network)).toBeNull();
  });
});
