import type { Locator, Page } from 'playwright-core';

/** The notification whose words contain `text`, once it is shown. */
export async function notification(page: Page, text: string | RegExp): Promise<Locator> {
  const found = page.locator('.notifications-toasts .notification-list-item').filter({ hasText: text }).first();
  await found.waitFor();
  return found;
}

/** Presses a button of a notification. */
export async function answer(shown: Locator, button: string): Promise<void> {
  // Where the mouse rests on the status bar, a hover lies over the notifications.
  await shown.page().mouse.move(0, 0);
  await shown.locator('.monaco-button').filter({ hasText: button }).first().click();
}

/** The dialog that is open in front of everything. */
export async function dialog(page: Page): Promise<Locator> {
  const found = page.locator('.monaco-dialog-box');
  await found.waitFor();
  return found;
}

/** Lets the text go where the dialog says, which comes before the first one to a server. */
export async function letSend(page: Page, button = 'Send'): Promise<void> {
  const asked = await dialog(page);
  await asked.getByRole('button', { name: button, exact: true }).click();
  await asked.waitFor({ state: 'detached' });
}
