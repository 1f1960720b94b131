/** How wide a text is, in the unit of the room it is given. */
type Measure = (text: string) => number;

/** As much of the beginning of a text as fits, with an ellipsis where something is left out. */
function cut(text: string, room: number, measure: Measure): string {
  if (measure(text) <= room) return text;
  let kept = text;
  while (kept.length > 0 && measure(`${kept}…`) > room) kept = kept.slice(0, -1);
  return `${kept.trimEnd()}…`;
}

/** The words of a name that fit into its first line, at least one, and the rest. */
function broken(words: readonly string[], room: number, measure: Measure): [string, string] {
  let count = 1;
  while (count < words.length && measure(words.slice(0, count + 1).join(' ')) <= room) count += 1;
  return [words.slice(0, count).join(' '), words.slice(count).join(' ')];
}

/** A name that breaks behind a dot, not before it: "BN · ReLU · Pool 2" as "BN · ReLU ·" and "Pool 2". */
export function unbroken(name: string): string {
  return name.replaceAll(' ·', '\u00a0·');
}

/** A name in one line or two that fit into `room`, as the browser breaks the name of a card that is seen from far. */
export function nameLines(name: string, room: number, measure: Measure): string[] {
  const [first, rest] = broken(name.split(' '), room, measure);
  return [first, rest].filter((line) => line !== '').map((line) => cut(line, room, measure));
}
