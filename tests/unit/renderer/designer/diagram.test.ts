import { describe, expect, it } from 'vitest';
import { diagramSvg, type DiagramNode } from '@renderer/designer/diagram/diagram-svg';

const node = (id: string, x: number, changes: Partial<DiagramNode> = {}): DiagramNode => ({
  id,
  name: id,
  summary: '',
  role: 'binary',
  corner: { x, y: 0 },
  ...changes,
});

/** Text of all elements of a kind. */
function texts(svg: string): string[] {
  return [...svg.matchAll(/<text[^>]*>([^<]*)<\/text>/g)].map((found) => found[1]!);
}

describe('the diagram of a design', () => {
  it('has every box, every line and the shapes on them', () => {
    const edge = {
      points: [
        { x: 156, y: 40 },
        { x: 176, y: 40 },
      ],
      label: { x: 166, y: 30, anchor: 'middle' as const },
      shape: '32×32×4',
    };
    const { svg, width, height } = diagramSvg('Two', [node('a', 0), node('b', 176)], [edge]);
    expect(texts(svg)).toEqual(['32×32×4', 'a', 'b']);
    expect(svg.match(/<rect /g)).toHaveLength(3);
    expect(svg.match(/<path /g)).toHaveLength(2);
    expect(width).toBe(332 + 96);
    expect(height).toBe(80 + 96);
  });

  it('holds lines that run outside of the boxes', () => {
    const points = [
      { x: 156, y: 40 },
      { x: 166, y: -80 },
      { x: 176, y: 40 },
    ];
    const { svg, height } = diagramSvg(
      'Skip',
      [node('a', 0), node('b', 176)],
      [{ points, label: { x: 166, y: -90, anchor: 'middle' }, shape: null }],
    );
    expect(height).toBe(80 + 90 + 96);
    expect(svg).toContain(`viewBox="-48 -138 `);
  });

  it('is sound whatever people call their layers', () => {
    const { svg } = diagramSvg('<&">', [node('a', 0, { name: '<b> & "c"', summary: 'x < y' })], []);
    expect(svg).toContain('&lt;b&gt; &amp; &quot;c&quot;');
    expect(svg).toContain('x &lt; y');
    expect(svg).not.toContain('<b>');
  });

  it('cuts what no box holds, and breaks a summary where a word ends', () => {
    const name = 'A name that is far too long for its box';
    const summary = '16 maps × 4, 3×3 twice, stride 2';
    const [shown, ...lines] = texts(diagramSvg('', [node('a', 0, { name, summary })], []).svg);
    expect(shown).toMatch(/^A name that is far.*…$/);
    expect(lines).toEqual(['16 maps × 4, 3×3', 'twice, stride 2']);
  });

  it('frames what lies in an open group, and has room for it', () => {
    const bounds = { left: -20, top: -40, right: 180, bottom: 100 };
    const frames = [{ name: 'Stage 2', summary: '3 blocks', bounds }];
    const { svg, width, height } = diagramSvg('Group', [node('a', 0)], [], frames);
    expect(texts(svg)[0]).toBe('Stage 2: 3 blocks');
    expect([width, height]).toEqual([200 + 96, 140 + 96]);
    expect(svg.indexOf('stroke-dasharray')).toBeLessThan(svg.indexOf('>a<'));
  });

  it('of an empty design is an empty sheet', () => {
    expect(diagramSvg('Empty', [], []).svg).toContain('<svg ');
  });
});
