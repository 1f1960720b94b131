import { describe, expect, it } from 'vitest';
import { chain } from '@shared/graph/chain';
import { inputNode } from '@shared/network/network';
import { shapeSize } from '@shared/ops/shape';
import { createRuntime } from '@shared/packed/runtime/create-runtime';
import { multiplyRow } from '@shared/packed/runtime/multiply-row';
import { planBuffers } from '@shared/packed/runtime/plan-buffers';
import { windowTaps } from '@shared/packed/runtime/taps';
import { uniforms } from '@shared/random/draws';
import { randomKey } from '@shared/random/random-key';
import { networkOf, presetNetwork, read, smallModel, written } from './sample-models';

describe('createRuntime', () => {
  const model = smallModel();
  const size = shapeSize(inputNode(model.network).shape);
  const images = uniforms(randomKey(3, 'init', 'images'), 3 * size, -1, 1);

  it('gives every image the logits it has alone, whatever came before', () => {
    const runtime = createRuntime(model);
    const together = runtime.logits(images, 3);
    expect(together.length).toBe(3 * 4);
    for (const index of [2, 0, 1]) {
      const alone = runtime.logits(images.slice(index * size, (index + 1) * size), 1);
      expect(alone).toEqual(together.slice(index * 4, (index + 1) * 4));
    }
  });

  it('computes with C^ before and after the file', () => {
    const stored = createRuntime(read(written(model).bytes).model);
    expect(stored.logits(images, 3)).toEqual(createRuntime(model).logits(images, 3));
  });

  it('leaves images and weights as they are', () => {
    const [before, weights] = [images.slice(), structuredClone(model.weights)];
    createRuntime(model).logits(images, 3);
    expect(images).toEqual(before);
    expect(model.weights).toEqual(weights);
  });

  it('refuses a batch of another size', () => {
    expect(() => createRuntime(model).logits(images, 2)).toThrow('2 images of 6×6×2 are 144 values, not 216');
  });

  it('takes an empty batch', () => {
    expect(createRuntime(model).logits(new Float32Array(0), 0).length).toBe(0);
  });
});

describe('planBuffers', () => {
  it('gives no layer a buffer that it reads, nor one that is read later', () => {
    const { nodes } = presetNetwork('mcn-20');
    const buffers = planBuffers(presetNetwork('mcn-20'));
    const memory = (id: string) => buffers.get(id)!.buffer;
    const lastRead = new Map(nodes.flatMap((node, at) => node.inputs.map((id) => [id, at] as const)));
    for (const [at, node] of nodes.entries()) {
      expect(buffers.get(node.id)!.length).toBe(shapeSize(node.shape));
      const alive = nodes.slice(0, at).filter((other) => (lastRead.get(other.id) ?? -1) >= at);
      for (const other of alive) expect(memory(other.id)).not.toBe(memory(node.id));
    }
    expect(new Set(nodes.map((node) => memory(node.id))).size).toBeLessThan(6);
  });

  it('keeps a tensor that a layer reads twice', () => {
    const network = networkOf(
      chain([
        ['in', 'input', 'Input', { height: 2, width: 2, planes: 1 }],
        ['gap', 'globalavgpool', 'Pool'],
        ['fc', 'dense', 'Dense', { units: 2 }],
        ['out', 'output', 'Output'],
      ]),
    );
    const twice = network.nodes.map((node) =>
      node.id === 'gap'
        ? {
            ...node,
            type: 'add' as const,
            inputs: ['in', 'in'],
            inputShapes: [
              [2, 2, 1],
              [2, 2, 1],
            ] as const,
            shape: [2, 2, 1] as const,
          }
        : node,
    );
    const buffers = planBuffers({ ...network, nodes: twice as typeof network.nodes });
    expect(buffers.get('gap')!.buffer).not.toBe(buffers.get('in')!.buffer);
    expect(buffers.get('fc')!.buffer).not.toBe(buffers.get('gap')!.buffer);
  });
});

describe('windowTaps', () => {
  it.each([
    [5, 7, 3, 1],
    [6, 5, 3, 2],
    [8, 8, 2, 2],
    [7, 4, 1, 3],
    [3, 2, 5, 2],
    [1, 1, 4, 1],
  ])(
    'on %i x %i with window %i and stride %i visits what SAME padding covers',
    (height, width, window, stride) => {
      const visited = new Set<string>();
      windowTaps(
        [height, width, 1],
        window,
        stride,
      )((tap, input, output) => {
        visited.add(`${tap} ${input} ${output}`);
      });
      const expected = new Set<string>();
      const [outHeight, outWidth] = [Math.ceil(height / stride), Math.ceil(width / stride)];
      const before = (size: number, out: number) =>
        Math.floor(Math.max((out - 1) * stride + window - size, 0) / 2);
      for (let output = 0; output < outHeight * outWidth; output++) {
        for (let tap = 0; tap < window * window; tap++) {
          const y =
            Math.floor(output / outWidth) * stride + Math.floor(tap / window) - before(height, outHeight);
          const x = (output % outWidth) * stride + (tap % window) - before(width, outWidth);
          if (y >= 0 && y < height && x >= 0 && x < width) expected.add(`${tap} ${y * width + x} ${output}`);
        }
      }
      expect(visited).toEqual(expected);
    },
  );
});

describe('multiplyRow', () => {
  it.each([1, 3, 4, 5, 8, 11])('multiplies %i inputs, zeros among them', (inputs) => {
    const x = Float32Array.from({ length: inputs + 2 }, (_, at) => (at % 3 === 0 ? 0 : at - 4));
    const matrix = Float32Array.from({ length: 2 + inputs * 3 }, (_, at) => at * 0.5 - 3);
    const sums = new Float64Array(3).fill(99);
    multiplyRow(x, 2, inputs, matrix, 2, sums);
    const expected = [0, 1, 2].map((o) => {
      let sum = 0;
      for (let i = 0; i < inputs; i++) sum += x[2 + i]! * matrix[2 + i * 3 + o]!;
      return sum;
    });
    expect([...sums]).toEqual(expected);
  });
});
