import type { Locator, Page } from 'playwright-core';

/** Our item in the status bar; its name begins with ours, then says what it shows. */
export function statusItem(page: Page, shows: RegExp = /^Dify, /): Locator {
  return page.locator('.statusbar-item').filter({ has: page.getByRole('button', { name: shows }) });
}
