/**
 * The `fetch` of the extension host. VS Code replaces it by one that knows the person's proxy and certificates, and may do so late:
 * so it is looked up at each call.
 */
export function editorFetch(url: string, init: RequestInit): Promise<Response> {
  return globalThis.fetch(url, init);
}
