import { setTimeout as delay } from 'node:timers/promises';
import path from 'node:path';
import type { Page } from 'playwright-core';
import { out } from '../../vscode/paths.ts';
import { browserStorage } from '../traces.ts';
import { quickInput, quickRows, runCommand } from './palette.ts';

/** The key that commands are made with. */
export const mod = process.platform === 'darwin' ? 'Meta' : 'Control';

export async function waitForWorkbench(page: Page): Promise<void> {
  await page.locator('.activitybar .action-item').first().waitFor();
  await page.locator('.explorer-folders-view .monaco-list-row').first().waitFor({ state: 'attached' });
}

/**
 * Reloads the window, once VS Code has written what it keeps in the browser: it does so a moment after each change, and a reload does
 * not wait for that.
 */
export async function reload(page: Page): Promise<void> {
  let kept = await browserStorage(page);
  for (let attempt = 0; attempt < 20; attempt += 1) {
    await delay(300);
    const now = await browserStorage(page);
    if (now === kept) {
      break;
    }
    kept = now;
  }
  await page.reload();
  await page.locator('.activitybar .action-item').first().waitFor();
}

/** Takes a picture of the window, into `test/out/shots/<name>.png`; what fades in or out is first let come to its end. */
export async function shot(page: Page, name: string): Promise<void> {
  await page.screenshot({ path: path.join(out, 'shots', `${name}.png`), animations: 'disabled' });
}

/** The colour themes every screen has to look right in, by the names VS Code offers, and the class each gives the workbench. */
export const themes = {
  'Dark Modern': 'vs-dark',
  'Light Modern': 'vs',
  'Dark High Contrast': 'hc-black',
  'Light High Contrast': 'hc-light',
} as const;

export type Theme = keyof typeof themes;

/** Switches the colour theme, and waits until the workbench wears it. */
export async function setTheme(page: Page, theme: Theme): Promise<void> {
  // The picker closes when something else takes the focus, as a view does that opens late: then again.
  for (let attempt = 1; ; attempt += 1) {
    try {
      await runCommand(page, 'Preferences: Color Theme');
      // The palette closes before the picker opens: what is typed earlier is lost.
      await page.locator('.quick-input-widget input[placeholder*="Color Theme"]').waitFor({ timeout: 5000 });
      await quickInput(page).fill(theme, { timeout: 5000 });
      await quickRows(page, theme).first().click({ timeout: 5000 });
      break;
    } catch (error) {
      if (attempt === 4) {
        throw error;
      }
    }
  }
  await page.locator(`.monaco-workbench.${themes[theme]}`).waitFor();
}

/** Shows a view container by its title, whatever is shown now. Its icon would close it where it is open already. */
export async function openViewContainer(page: Page, title: string): Promise<void> {
  await runCommand(page, `View: Show ${title}`);
  await page.getByRole('tab', { name: title, selected: true }).first().waitFor();
}
