/** The index behind the closing quote of the string that opens at `at`. */
function endOfString(json: string, at: number): number {
  let index = at + 1;
  while (json[index] !== '"') index += json[index] === '\\' ? 2 : 1;
  return index + 1;
}

/** The first key that some object of a valid JSON text has twice, or null. */
function repeatedKey(json: string): string | null {
  const open: (Set<string> | null)[] = [];
  for (let at = 0; at < json.length; at++) {
    const character = json[at];
    if (character === '{') open.push(new Set());
    else if (character === '[') open.push(null);
    else if (character === '}' || character === ']') open.pop();
    else if (character === '"') {
      const end = endOfString(json, at);
      let next = end;
      while (/\s/.test(json[next] ?? '')) next++;
      if (json[next] === ':') {
        const key = JSON.parse(json.slice(at, end)) as string;
        const keys = open.at(-1)!;
        if (keys!.has(key)) return key;
        keys!.add(key);
      }
      at = end - 1;
    }
  }
  return null;
}

/**
 * Parses JSON from a source that is not trusted. A key that stands twice in an object is refused: readers that take the first and
 * readers that take the last would see different files.
 */
export function strictJson(text: string): { value: unknown } | { fault: string } {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (error) {
    return { fault: `is no JSON (${error instanceof Error ? error.message : String(error)})` };
  }
  const repeated = repeatedKey(text);
  return repeated === null ? { value } : { fault: `has the key ${JSON.stringify(repeated)} twice` };
}

/** A parsed value as a record, or null when it is none. */
export function asRecord(value: unknown): Record<string, unknown> | null {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
    ? (value as Record<string, unknown>)
    : null;
}
