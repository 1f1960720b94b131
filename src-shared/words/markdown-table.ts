/** A column of a Markdown table. */
export interface MarkdownColumn {
  head: string;
  /** Numbers stand to the right. */
  align: 'left' | 'right';
}

function line(cells: readonly string[]): string {
  return `| ${cells.map((cell) => cell.replaceAll('|', '\\|')).join(' | ')} |`;
}

/** The lines of a table in Markdown; every row has as many cells as there are columns. */
export function markdownTable(
  columns: readonly MarkdownColumn[],
  rows: readonly (readonly string[])[],
): string[] {
  const rule = columns.map(({ align }) => (align === 'left' ? ':---' : '---:'));
  return [line(columns.map(({ head }) => head)), line(rule), ...rows.map(line)];
}
