import { describe, expect, it } from 'vitest';
import { lower } from '@shared/network/lower';
import { modelSummary } from '@shared/network/model-summary';
import { findPreset } from '@shared/network/presets';
import { profile } from '@shared/network/profile';
import { exactBytes } from '@shared/words/format-bytes';
import { binaryText, summaryMarkdown } from '@shared/network/summary-markdown';

const network = (preset: string, family: 'mcn' | 'umcn' | 'wrn' = 'mcn') =>
  lower(findPreset(preset)!.document, family).network!;

describe('the summary of a model', () => {
  it('counts the weights of mcn-mnist as the paper does (mcn.md, section 8)', () => {
    const summary = modelSummary(network('mcn-mnist'));
    expect(summary.binaryWeights).toBe(605_520);
    const layers = summary.rows.filter((row) => row.layer === 'MCconv');
    expect(layers.map((row) => [row.binaryWeights, row.bits, row.floatWeights])).toEqual([
      [720, 1, 36],
      [28_800, 1, 36],
      [115_200, 1, 36],
      [460_800, 1, 36],
    ]);
    expect(layers.map((row) => row.bytes).reduce((a, b) => a + b)).toBe(76_298);
  });

  it.each(['mcn', 'umcn', 'wrn'] as const)('adds up to the profile of the %s twin of mcn-20', (family) => {
    const twin = network('mcn-20', family);
    const { rows, binaryWeights, floatWeights, bytes, multiplyAdds } = modelSummary(twin);
    const { total } = profile(twin);
    expect(binaryWeights + floatWeights).toBe(total.weights);
    expect(rows.map((row) => row.bytes).reduce((a, b) => a + b)).toBe(bytes);
    expect(rows.map((row) => row.multiplyAdds).reduce((a, b) => a + b)).toBe(multiplyAdds);
    expect(binaryWeights).toBe(family === 'mcn' ? 1_069_632 : 0);
  });

  it('tells how many bits a weight takes with more than two centers', () => {
    expect(binaryText({ binaryWeights: 1440, bits: 2 })).toBe('1,440 × 2 bit');
    expect(binaryText({ binaryWeights: 1440, bits: 1 })).toBe('1,440');
    expect(binaryText({ binaryWeights: 0, bits: 0 })).toBe('');
  });

  it('as Markdown is a table with as many cells in every line, names with bars included', () => {
    const own = network('mcn-mnist-tiny');
    const named = {
      ...own,
      nodes: own.nodes.map((node, index) => (index === 1 ? { ...node, name: 'a | b' } : node)),
    };
    const lines = summaryMarkdown('Tiny', modelSummary(named)).split('\n');
    const table = lines.filter((line) => line.startsWith('|'));
    expect(table).toHaveLength(own.nodes.length + 3);
    for (const line of table) expect(line.match(/(?<!\\)\|/g)).toHaveLength(9);
    expect(lines[0]).toBe('## Tiny');
    const { bytes, floatBytes } = modelSummary(own);
    expect(floatBytes).toBeGreaterThan(606_240);
    expect(lines).toContain(
      `${exactBytes(floatBytes)} as float32, ${(floatBytes / bytes).toFixed(1)}× smaller.`,
    );
  });
});
