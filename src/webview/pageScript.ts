/** A script of ours that the page loads when it is first needed; its address is in the page's HTML, and the policy knows it by the page's own. */
export type PageScript = 'math' | 'highlight';

/** What the script exports; `undefined` if it cannot be loaded. */
export async function importScript(name: PageScript): Promise<unknown> {
  const address = document.getElementById('app')?.dataset[name];
  if (address === undefined) return undefined;
  try {
    return (await import(address)) as unknown;
  } catch {
    // What it would have drawn stays as it is, which can be read too.
    return undefined;
  }
}
