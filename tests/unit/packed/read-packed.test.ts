import { describe, expect, it } from 'vitest';
import { PACKED_ERRORS } from '@shared/packed/problems';
import { readPacked } from '@shared/packed/read-packed';
import { smallModel, written } from './sample-models';

type Header = Record<string, { dtype: string; shape: number[]; data_offsets: [number, number] }> & {
  __metadata__: Record<string, string>;
};

const file = written(smallModel()).bytes;
const headerBytes = 8 + Number(new DataView(file.buffer).getBigUint64(0, true));
const header = JSON.parse(new TextDecoder().decode(file.subarray(8, headerBytes))) as Header;
const data = file.subarray(headerBytes);

function assembled(text: string, content: Uint8Array = data): Uint8Array {
  const bytes = new TextEncoder().encode(text);
  const whole = new Uint8Array(8 + bytes.length + content.length);
  new DataView(whole.buffer).setBigUint64(0, BigInt(bytes.length), true);
  whole.set(bytes, 8);
  whole.set(content, 8 + bytes.length);
  return whole;
}

/** The sample with another header. */
function withHeader(change: (header: Header) => void, content?: Uint8Array): Uint8Array {
  const copy = structuredClone(header);
  change(copy);
  return assembled(JSON.stringify(copy), content);
}

/** The sample with one metadata text replaced, or removed by undefined. */
function withMetadata(key: string, change: (text: string) => string | undefined): Uint8Array {
  return withHeader(({ __metadata__: metadata }) => {
    const text = change(metadata[key]!);
    if (text === undefined) Reflect.deleteProperty(metadata, key);
    else metadata[key] = text;
  });
}

/** The sample with changed data of one tensor. */
function withData(tensor: string, change: (view: DataView) => void): Uint8Array {
  const content = data.slice();
  const [begin, end] = header[tensor]!.data_offsets;
  change(new DataView(content.buffer, begin, end - begin));
  return withHeader(() => undefined, content);
}

/** The sample with one node of its network changed. */
function withNode(id: string, change: (node: { type: string; values: Record<string, unknown> }) => void) {
  return withMetadata('network', (text) => {
    const nodes = JSON.parse(text) as { id: string; type: string; values: Record<string, unknown> }[];
    change(nodes.find((node) => node.id === id)!);
    return JSON.stringify(nodes);
  });
}

function utf8(text: string): Uint8Array {
  return new TextEncoder().encode(text);
}

const hostile: readonly [what: string, code: keyof typeof PACKED_ERRORS, words: string, Uint8Array][] = [
  ['nothing', 'packed-truncated', 'ends after 0 bytes', new Uint8Array(0)],
  ['half a length', 'packed-truncated', 'ends after 5 bytes', file.subarray(0, 5)],
  ['half a header', 'packed-truncated', 'its header alone', file.subarray(0, 100)],
  ['half of the data', 'packed-truncated', '"mc/C.bits"', file.subarray(0, file.length - 3)],
  ['a picture', 'packed-header', 'bytes; at most', utf8('\x7fPNG\r\n\x1a\n and so on')],
  ['a header that is no JSON', 'packed-header', 'no JSON', assembled('{"a":')],
  ['a header that is an array', 'packed-header', 'start with "{"', assembled('[1]')],
  ['a header behind a byte order mark', 'packed-header', 'start with "{"', assembled('\ufeff{}')],
  [
    'a header that is no UTF-8',
    'packed-header',
    'no UTF-8',
    Uint8Array.of(4, 0, 0, 0, 0, 0, 0, 0, 0x7b, 0x22, 0xff, 0x22),
  ],
  ['a tensor named twice', 'packed-header', 'twice', assembled('{"a":{},"a":{}}')],
  [
    'metadata that is no text',
    'packed-header',
    '"version"',
    withHeader((copy) => Object.assign(copy.__metadata__, { version: 1 })),
  ],
  ['a foreign dtype', 'packed-tensor', '"fc/bias"', withHeader((copy) => (copy['fc/bias']!.dtype = 'BF16'))],
  [
    'a shape with a fraction',
    'packed-tensor',
    '"fc/bias"',
    withHeader((copy) => (copy['fc/bias']!.shape = [0.5])),
  ],
  [
    'a shape past its bytes',
    'packed-tensor',
    'needs 20',
    withHeader((copy) => (copy['fc/bias']!.shape = [5])),
  ],
  [
    'a shape whose product is not exact',
    'packed-tensor',
    '"fc/bias"',
    withHeader((copy) => (copy['fc/bias']!.shape = [2 ** 40, 2 ** 40])),
  ],
  [
    'offsets that run backwards',
    'packed-tensor',
    'before it begins',
    withHeader((copy) => copy['fc/bias']!.data_offsets.reverse()),
  ],
  [
    'overlapping tensors',
    'packed-offsets',
    'overlaps',
    withHeader((copy) => (copy['bn/beta']!.data_offsets = copy['bn/gamma']!.data_offsets)),
  ],
  [
    'a gap',
    'packed-offsets',
    'belong to none',
    withHeader((copy) => Reflect.deleteProperty(copy, 'bn/beta')),
  ],
  ['more data', 'packed-offsets', '4 bytes at its end', Uint8Array.from([...file, 0, 0, 0, 0])],
  ["somebody else's file", 'packed-foreign', 'no packed model', withMetadata('format', () => 'pt')],
  ['no format', 'packed-foreign', 'no packed model', withMetadata('format', () => undefined)],
  ['a newer version', 'packed-newer', 'version 2', withMetadata('version', () => '2')],
  ['a version in words', 'packed-metadata', '"version"', withMetadata('version', () => '1.0')],
  ['no network', 'packed-metadata', 'no "network"', withMetadata('network', () => undefined)],
  ['no creator', 'packed-metadata', 'no "creator"', withMetadata('creator', () => undefined)],
  ['an unknown family', 'packed-metadata', '"family"', withMetadata('family', () => 'bnn')],
  [
    'a network that is no JSON',
    'packed-metadata',
    '"network" is no JSON',
    withMetadata('network', () => '['),
  ],
  ['a network without ids', 'packed-metadata', '0.id', withMetadata('network', () => '[{"type":"input"}]')],
  [
    'another order of axes',
    'packed-metadata',
    '"layout"',
    withMetadata('layout', (t) => t.replace('k,y,x', 'y,x,k')),
  ],
  [
    'an accuracy in percent',
    'packed-metadata',
    '"test_accuracy"',
    withMetadata('test_accuracy', () => '98.7'),
  ],
  ['an empty accuracy', 'packed-metadata', '"test_accuracy"', withMetadata('test_accuracy', () => '')],
  [
    'data without statistics',
    'packed-metadata',
    '"data"',
    withMetadata('data', (t) => t.replace('[0.1307]', '[]')),
  ],
  ['an unknown layer', 'packed-network', 'lstm', withNode('relu', (node) => (node.type = 'lstm'))],
  [
    'a field out of its limits',
    'packed-network',
    '"mc"',
    withNode('mc', (node) => Object.assign(node.values, { kernel: 4 })),
  ],
  [
    'classes that no logit has',
    'packed-dataset',
    '3 classes apart',
    withNode('fc', (node) => Object.assign(node.values, { units: 3 })),
  ],
  [
    'a layer of another width',
    'packed-shape',
    '"mc/C.bits"',
    withNode('mc', (node) => Object.assign(node.values, { maps: 7 })),
  ],
  [
    'more centers than are there',
    'packed-shape',
    '"mc/C.centers"',
    withNode('mc', (node) => Object.assign(node.values, { centers: 4 })),
  ],
  [
    'filters that are said to be float',
    'packed-extra',
    '"mc/C.',
    withNode('mc', (node) => Object.assign(node.values, { binary: false })),
  ],
  [
    'a tensor under another name',
    'packed-extra',
    '"bias"',
    withHeader((copy) => {
      copy.bias = copy['fc/bias']!;
      Reflect.deleteProperty(copy, 'fc/bias');
    }),
  ],
  [
    'a missing tensor',
    'packed-missing',
    '"fc/bias"',
    withHeader(
      (copy) => {
        const [begin, end] = copy['fc/bias']!.data_offsets;
        Reflect.deleteProperty(copy, 'fc/bias');
        copy['mc/C.bits']!.data_offsets = [begin, begin + data.length - end];
      },
      Uint8Array.from(data).filter((_, at) => {
        const [begin, end] = header['fc/bias']!.data_offsets;
        return at < begin || at >= end;
      }),
    ),
  ],
  [
    'NaN',
    'packed-value',
    '"bn/mean"',
    withData('bn/mean', (view) => {
      view.setFloat32(4, NaN, true);
    }),
  ],
  [
    'infinity',
    'packed-value',
    '"fc/kernel"',
    withData('fc/kernel', (view) => {
      view.setFloat32(0, -Infinity, true);
    }),
  ],
  [
    'a negative M',
    'packed-value',
    '"mc/M"',
    withData('mc/M', (view) => {
      view.setFloat32(0, -0.1, true);
    }),
  ],
  [
    'a negative variance',
    'packed-value',
    '"bn/variance"',
    withData('bn/variance', (view) => {
      view.setFloat32(0, -1, true);
    }),
  ],
  [
    'falling centers',
    'packed-centers',
    '"mc/C.centers"',
    withData('mc/C.centers', (view) => {
      view.setFloat32(0, 9, true);
    }),
  ],
  [
    'a center that is NaN',
    'packed-centers',
    '"mc/C.centers"',
    withData('mc/C.centers', (view) => {
      view.setFloat32(0, NaN, true);
    }),
  ],
  [
    'an index without center',
    'packed-bits',
    'center 3',
    withData('mc/C.bits', (view) => {
      view.setUint8(0, 0xff);
    }),
  ],
  [
    'bits behind the last weight',
    'packed-bits',
    'behind its last weight',
    withData('mc/C.bits', (view) => {
      view.setUint8(view.byteLength - 1, view.getUint8(view.byteLength - 1) | 0x80);
    }),
  ],
];

describe('a packed file', () => {
  it.each(hostile)('with %s is refused as %s', (_what, code, words, bytes) => {
    const result = readPacked(bytes, 'model.mcn.safetensors');
    if (result.ok) throw new Error('was read');
    const problem = result.problems[0]!;
    expect(problem.message).toContain(words);
    expect(problem).toMatchObject({ code, path: 'model.mcn.safetensors', fix: PACKED_ERRORS[code] });
    expect(problem.message).toContain('model.mcn.safetensors');
  });

  it('can be provoked to every error of the closed list', () => {
    expect(new Set(hostile.map(([, code]) => code))).toEqual(new Set(Object.keys(PACKED_ERRORS)));
  });

  it('may carry further metadata and lie at an odd address', () => {
    const more = withHeader((copy) => Object.assign(copy.__metadata__, { note: 'mine' }));
    const shifted = new Uint8Array(more.length + 1);
    shifted.set(more, 1);
    expect(readPacked(shifted.subarray(1), 'f').ok).toBe(true);
  });

  it('of a network too large to compute is refused before it is computed', () => {
    const huge = withMetadata('network', (text) => {
      const nodes = JSON.parse(text) as Record<string, unknown>[];
      const doubled = Array.from({ length: 40 }, (_, at) => {
        const before = at === 0 ? 'relu' : `double${at - 1}`;
        return { id: `double${at}`, type: 'concat', name: 'Concat', inputs: [before, before] };
      });
      nodes.splice(4, 0, ...doubled);
      return JSON.stringify(nodes);
    });
    const result = readPacked(huge, 'f');
    expect(!result.ok && result.problems[0]!.code).toBe('packed-network');
    expect(!result.ok && result.problems[0]!.message).toContain('double');
  });
});
