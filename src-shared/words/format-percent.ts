/** A share of 1 as percent, two digits unless told otherwise: "98.97 %". */
export function formatPercent(share: number, digits = 2): string {
  return `${(share * 100).toFixed(digits)} %`;
}
