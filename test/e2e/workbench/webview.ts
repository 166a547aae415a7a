import { setTimeout as delay } from 'node:timers/promises';
import type { FrameLocator, Page } from 'playwright-core';

/**
 * The document inside the webview that contains `selector`, once there is one. Webviews lie in two frames each, which VS Code replaces
 * when the view is hidden and shown, and their names are opaque; so all are looked at, again and again.
 */
export async function webviewWith(page: Page, selector: string, milliseconds = 30_000): Promise<FrameLocator> {
  const webviews = page.locator('iframe.webview');
  for (const until = Date.now() + milliseconds; Date.now() < until; await delay(100)) {
    for (let index = 0; index < (await webviews.count()); index += 1) {
      const frame = webviews.nth(index).contentFrame().locator('iframe#active-frame').contentFrame();
      const found = await frame
        .locator(selector)
        .count()
        .catch(() => 0);
      if (found > 0) {
        return frame;
      }
    }
  }
  throw new Error(`No webview contains ${selector}.`);
}
