import type { Position } from '@shared/graph/document';
import type { Flow } from '@shared/graph/flow';
import { CARD_HEIGHT, CARD_WIDTH } from '../layout/card-size';

/** Colours as CSS text. */
export interface ViewColours {
  line: string;
  strong: string;
  accent: string;
}

/** Widths of lines at zoom 1, in CSS pixels; lines at a selected card are strong. */
export const LINE_WIDTH = { plain: 1.5, strong: 2 };

/** Cytoscape holds centres, documents hold corners. */
const HALF: Position = { x: CARD_WIDTH / 2, y: CARD_HEIGHT / 2 };

/** Where lines leave and reach cards, from their middles. */
const ENDPOINTS: Readonly<Record<Flow, { source: string; target: string }>> = {
  right: { source: `${HALF.x}px 0px`, target: `${-HALF.x}px 0px` },
  down: { source: `0px ${HALF.y}px`, target: `0px ${-HALF.y}px` },
};

/** A rule of Cytoscape's style sheets. */
export interface StyleRule {
  selector: string;
  style: Readonly<Record<string, unknown>>;
}

/** How cards (which are unseen here) and lines look on the Cytoscape canvas. */
export function graphStyle(colours: ViewColours, flow: Flow): StyleRule[] {
  const endpoints = ENDPOINTS[flow];
  const invisible = { 'background-opacity': 0, 'overlay-opacity': 0, shape: 'rectangle' } as const;
  return [
    {
      selector: 'core',
      style: {
        'active-bg-opacity': 0,
        'selection-box-color': colours.accent,
        'selection-box-opacity': 0.12,
        'selection-box-border-color': colours.accent,
        'selection-box-border-width': 1,
      },
    },
    { selector: 'node', style: { ...invisible, width: 'data(width)', height: 'data(height)' } },
    {
      selector: 'edge',
      style: {
        width: LINE_WIDTH.plain,
        'line-color': colours.line,
        'overlay-opacity': 0,
        events: 'no',
        'curve-style': 'straight',
        'source-endpoint': endpoints.source,
        'target-endpoint': endpoints.target,
      },
    },
    {
      selector: 'edge.bent',
      style: {
        'curve-style': 'round-segments',
        'edge-distances': 'endpoints',
        'segment-weights': 'data(weights)',
        'segment-distances': 'data(distances)',
        'segment-radii': [5],
      },
    },
    { selector: 'edge.strong', style: { 'line-color': colours.strong, width: LINE_WIDTH.strong } },
  ];
}
