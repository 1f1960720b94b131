/** What the search looks at. */
interface Searchable {
  label: string;
  reason: string | null;
}

/** Lower is better; null: some word of the query is nowhere in the label. */
function rank(label: string, words: readonly string[]): number | null {
  const text = label.toLowerCase();
  const places = words.map((word) => text.indexOf(word));
  if (places.some((place) => place < 0)) return null;
  // A word that begins a word of the label counts before one found inside.
  const inside = places.filter((place) => place > 0 && /\w/.test(text.charAt(place - 1))).length;
  return inside * 1000 + (places[0] ?? 0);
}

/** Commands whose label holds every word of the query, best first; those that cannot be done now come last. */
export function matchCommands<C extends Searchable>(commands: readonly C[], query: string): C[] {
  const words = query.toLowerCase().split(/\s+/).filter(Boolean);
  return commands
    .map((command) => ({ command, rank: rank(command.label, words) }))
    .filter((entry) => entry.rank !== null)
    .sort(
      (a, b) => Number(a.command.reason !== null) - Number(b.command.reason !== null) || a.rank! - b.rank!,
    )
    .map((entry) => entry.command);
}
