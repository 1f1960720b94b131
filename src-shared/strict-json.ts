/** An object or array that is open at some place of a text. */
interface Open {
  /** Keys so far; null: an array. */
  keys: Set<string> | null;
  /** The key or index that the text is at. */
  at: string | number;
}

/** What is wrong with a text. */
interface Fault {
  fault: string;
  /** The object that it is in, "document.nodes[3]"; empty: the whole. */
  place: string;
}

/** The index behind the closing quote of the string that opens at `at`. */
function endOfString(json: string, at: number): number {
  let index = at + 1;
  while (json[index] !== '"') index += json[index] === '\\' ? 2 : 1;
  return index + 1;
}

/** "document.nodes[3].type": where in a document, for a person. */
export function placeText(path: readonly PropertyKey[]): string {
  return path
    .map((key) => (typeof key === 'number' ? `[${key}]` : `.${String(key)}`))
    .join('')
    .replace(/^\./, '');
}

/** The first key of a valid JSON text that is refused or that its object has twice, or null. */
function faultyKey(json: string, refused: readonly string[]): Fault | null {
  const open: Open[] = [];
  for (let at = 0; at < json.length; at++) {
    const character = json[at];
    const inside = open.at(-1);
    if (character === '{') open.push({ keys: new Set(), at: '' });
    else if (character === '[') open.push({ keys: null, at: 0 });
    else if (character === '}' || character === ']') open.pop();
    else if (character === ',' && typeof inside?.at === 'number') inside.at++;
    else if (character === '"') {
      const end = endOfString(json, at);
      let next = end;
      while (/\s/.test(json[next] ?? '')) next++;
      if (json[next] === ':') {
        const key = JSON.parse(json.slice(at, end)) as string;
        const place = (): string => placeText(open.slice(0, -1).map((part) => part.at));
        if (refused.includes(key)) return { fault: `has the key ${JSON.stringify(key)}`, place: place() };
        if (inside!.keys!.has(key))
          return { fault: `has the key ${JSON.stringify(key)} twice`, place: place() };
        inside!.keys!.add(key);
        inside!.at = key;
      }
      at = end - 1;
    }
  }
  return null;
}

/**
 * Parses JSON from a source that is not trusted. A key that stands twice in an object is refused: readers that take the first and
 * readers that take the last would see different files.
 * @param refused keys that are refused in every object
 */
export function strictJson(text: string, refused: readonly string[] = []): { value: unknown } | Fault {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (error) {
    return { fault: `is no JSON (${error instanceof Error ? error.message : String(error)})`, place: '' };
  }
  return faultyKey(text, refused) ?? { value };
}

/** A parsed value as a record, or null when it is none. */
export function asRecord(value: unknown): Record<string, unknown> | null {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
    ? (value as Record<string, unknown>)
    : null;
}
