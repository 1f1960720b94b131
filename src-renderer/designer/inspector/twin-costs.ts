import type { GraphDocument } from '@shared/graph/document';
import { FAMILIES, FAMILY_NAMES, type Family } from '@shared/graph/family';
import { lower } from '@shared/network/lower';
import { profile, type NodeCost } from '@shared/network/profile';

/** What one twin of a design costs in total; null when the design cannot be built as this twin. */
export interface TwinCost {
  family: Family;
  name: string;
  total: NodeCost | null;
}

/** MCN, U-MCN and WRN of one design side by side. */
export function twinCosts(document: GraphDocument): TwinCost[] {
  return FAMILIES.map((family) => {
    const { network } = lower(document, family);
    return { family, name: FAMILY_NAMES[family], total: network ? profile(network).total : null };
  });
}
