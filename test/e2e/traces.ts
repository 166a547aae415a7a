import { readdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import type { FrameLocator, Page } from 'playwright-core';

/** The files under the folder that contain one of the words, with the word. */
export async function tracesIn(folder: string, words: readonly string[]): Promise<readonly string[]> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  const files = entries.filter((entry) => entry.isFile()).map((entry) => path.join(entry.parentPath, entry.name));
  const found = await Promise.all(
    files.map(async (file) => {
      const bytes = await readFile(file);
      return words.filter((word) => bytes.includes(word)).map((word) => `${path.relative(folder, file)}: ${word}`);
    }),
  );
  return found.flat();
}

/** All that VS Code keeps in the browser: settings, state of extensions, and secrets as it stores them, encrypted. */
export async function browserStorage(page: Page): Promise<string> {
  return String(await page.evaluate(readStorage));
}

/** From now on the page in the webview notes what the extension host posts to it. */
export async function noteMessages(webview: FrameLocator): Promise<void> {
  await webview.locator('body').evaluate(startNoting);
}

/** What the page in the webview noted since the last call. */
export async function notedMessages(webview: FrameLocator): Promise<readonly string[]> {
  const noted: unknown = await webview.locator('body').evaluate('globalThis.notedMessages?.splice(0) ?? []');
  return Array.isArray(noted) ? noted.map(String) : [];
}

/** As text, because it runs in the browser and our types are those of Node. */
const startNoting = `(() => {
  if (globalThis.notedMessages !== undefined) return;
  globalThis.notedMessages = [];
  addEventListener('message', ({ data }) => globalThis.notedMessages.push(JSON.stringify(data)));
})()`;

const readStorage = `(async () => {
  const answer = (request) => new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error);
  });
  const kept = [JSON.stringify(localStorage), JSON.stringify(sessionStorage)];
  for (const { name } of await indexedDB.databases()) {
    const database = await answer(indexedDB.open(name));
    for (const store of database.objectStoreNames) {
      kept.push(await answer(database.transaction(store).objectStore(store).getAll()));
    }
    database.close();
  }
  return JSON.stringify(kept);
})()`;
