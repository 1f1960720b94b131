/** A rule of Cytoscape's style sheets. */
export interface StyleRule {
  selector: string;
  style: Readonly<Record<string, unknown>>;
}

/** How Cytoscape's own canvas looks: nothing but the rectangle that frames cards, in a colour given as CSS text. */
export function graphStyle(accent: string): StyleRule[] {
  return [
    {
      selector: 'core',
      style: {
        'active-bg-opacity': 0,
        'selection-box-color': accent,
        'selection-box-opacity': 0.12,
        'selection-box-border-color': accent,
        'selection-box-border-width': 1,
      },
    },
    {
      selector: 'node',
      style: {
        // Not drawn at all, and under the pointer all the same.
        opacity: 0,
        shape: 'rectangle',
        width: 'data(width)',
        height: 'data(height)',
      },
    },
  ];
}
