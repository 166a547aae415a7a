const placeholderLength = 20;
const titleLength = 75;

/** What a new conversation is called until it gets a name. */
export function placeholderName(query: string): string {
  const characters = Array.from(query);
  return characters.length > placeholderLength ? `${characters.slice(0, placeholderLength).join('')}…` : query;
}

/** A title for a conversation: the first sentence of its first question. */
export function generatedName(query: string): string {
  const [first = query] = query.trim().split(/(?<=[.!?])\s|(?<=[。！？])|\n/, 1);
  const title = Array.from(first.replaceAll(/\s+/g, ' ').trim());
  return title.length > titleLength ? `${title.slice(0, titleLength).join('')}...` : title.join('');
}
