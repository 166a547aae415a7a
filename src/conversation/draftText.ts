/** What is in the composer after something was put under it. */
export function draftWith(typed: string, added: string): string {
  return typed.trim() === '' ? added : `${typed.trimEnd()}\n\n${added}`;
}
