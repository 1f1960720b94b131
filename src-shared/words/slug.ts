/** A file name from a name for people: "MCN on MNIST" becomes "mcn-on-mnist"; `fallback` when nothing is left of it. */
export function slug(name: string, fallback: string): string {
  const plain = name
    .normalize('NFKD')
    .toLowerCase()
    .replaceAll(/[^a-z0-9]+/g, '-');
  return plain.slice(0, 40).replaceAll(/^-+|-+$/g, '') || fallback;
}
