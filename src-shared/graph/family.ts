/** The twins of a design: modulated and binarized, modulated with float filters, and the Wide-ResNet of the same channels. */
export const FAMILIES = ['mcn', 'umcn', 'wrn'] as const;

export type Family = (typeof FAMILIES)[number];

/** Names as the paper writes them. */
export const FAMILY_NAMES: Readonly<Record<Family, string>> = { mcn: 'MCN', umcn: 'U-MCN', wrn: 'WRN' };
