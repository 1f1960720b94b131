import { describe, expect, it } from 'vitest';
import { findCommand } from '@shared/contract/commands';
import type { GraphDocument } from '@shared/graph/document';
import type { Family } from '@shared/graph/family';
import { lower } from '@shared/network/lower';
import { modelSummary } from '@shared/network/model-summary';
import { profile } from '@shared/network/profile';
import { cardHeat } from '@renderer/designer/cards/card-heat';
import { COLOURINGS, heat, placeOnScale, type Heat } from '@renderer/designer/cards/heat';
import { MEASURES, measures } from '@renderer/designer/cards/measures';
import { nodeCards, type NodeCardModel } from '@renderer/designer/cards/node-card';
import { presetDocument } from './sample-documents';

function cardsOf(document: GraphDocument, family: Family = 'mcn'): NodeCardModel[] {
  const lowered = lower(document, family);
  const costs = profile({ nodes: lowered.layers });
  return nodeCards({ document, family, lowered, costs, problems: lowered.problems });
}

const mnist = presetDocument('mcn-mnist');
const scaleOf = (colouring: (typeof MEASURES)[number], family: Family = 'mcn'): Heat =>
  heat(cardsOf(mnist, family), colouring)!;

describe('heat', () => {
  it('every colouring has a command of its name', () => {
    for (const choice of COLOURINGS) {
      const words = choice === 'role' ? 'role' : measures[choice].label;
      expect(findCommand(`design.colour-${choice}`).label.toLowerCase()).toContain(
        words.toLowerCase().split(' ').at(-1),
      );
    }
    expect(heat(cardsOf(mnist), 'role')).toBeNull();
  });

  it('weights of one bit and of 32 are those of the model summary', () => {
    const summary = modelSummary(lower(mnist, 'mcn').network!);
    const sum = ({ values }: Heat): number => [...values.values()].reduce((total, value) => total + value, 0);
    expect(sum(scaleOf('binary-weights'))).toBe(summary.binaryWeights);
    expect(sum(scaleOf('float-weights'))).toBe(summary.floatWeights);
    expect(sum(scaleOf('dense-multiply-adds'))).toBe(summary.denseMultiplyAdds);
    expect(scaleOf('binary-weights').values.has('fc1')).toBe(false);
  });

  it('a scale over a large span is logarithmic from the smallest figure to the largest, and leaves out those without', () => {
    const scale = scaleOf('bytes');
    expect(scale.logarithmic).toBe(true);
    expect(placeOnScale(scale, scale.high)).toBe(1);
    expect(placeOnScale(scale, scale.low)).toBe(0);
    expect(placeOnScale(scale, Math.sqrt(scale.low * scale.high))).toBeCloseTo(0.5);
    expect(scale.low).toBe(Math.min(...scale.values.values()));
    expect(scale.values.has('flatten')).toBe(false);
    expect(cardHeat(scale, 'flatten').figure).toBe('');
    expect(cardHeat(scale, 'fc1').figure).toBe('10.5 MB');
  });

  it('a small span is linear from nothing, ratios from 1', () => {
    const ratios = scaleOf('filter-ratio');
    expect(ratios).toMatchObject({ low: 1, logarithmic: false });
    expect(ratios.high).toBeGreaterThan(30);
    expect(placeOnScale(ratios, (1 + ratios.high) / 2)).toBeCloseTo(0.5);
    expect(cardHeat(ratios, 'mc4').figure).toBe('31.9×');
    expect(scaleOf('file-ratio').values.get('fc1')).toBe(1);
  });

  it('is empty where no layer has the figure, and while costs are not known', () => {
    expect(scaleOf('binary-weights', 'wrn').values.size).toBe(0);
    const broken = { ...mnist, edges: mnist.edges.slice(1) };
    for (const measure of MEASURES) {
      const scale = heat(cardsOf(broken), measure)!;
      expect(scale).toMatchObject({ low: scale.high, logarithmic: false });
      expect(placeOnScale(scale, scale.low)).toBe(0);
    }
  });
});
