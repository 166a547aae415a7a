import type { Locator, Page } from 'playwright-core';
import { until } from '../until.ts';

const widget = '.quick-input-widget';

/** The field of whatever quick input is open. */
export function quickInput(page: Page): Locator {
  return page.locator(`${widget} .quick-input-box input`);
}

/** The rows of whatever quick input is open, those whose text contains `text`. */
export function quickRows(page: Page, text: string | RegExp = ''): Locator {
  return page.locator(`${widget} .quick-input-list .monaco-list-row`).filter({ hasText: text });
}

/**
 * Runs a command by the palette, by its title with category: `Dify: Summarize`.
 *
 * @throws if the palette does not offer it.
 */
export async function runCommand(page: Page, title: string): Promise<void> {
  // It closes when something else takes the focus, as a chat does whose app is connected just then: then again.
  for (let attempt = 1; ; attempt += 1) {
    await openOffering(page, `>${title}`, title);
    try {
      await quickRows(page, title).first().click({ timeout: 3000 });
      break;
    } catch (error) {
      if (attempt === 5) {
        throw error;
      }
    }
  }
  // A command may ask something in the very same field.
  await page.locator(`${widget} input[placeholder="Type the name of a command to run."]`).waitFor({ state: 'hidden' });
}

/** The titles that the palette offers for `text`, once it offers any. */
export async function offeredCommands(page: Page, text: string): Promise<ReadonlySet<string>> {
  await openOffering(page, `>${text}`, text);
  const titles = new Set<string>();
  // It draws the rows that are in view: from each page to the next, until there is nothing new.
  for (let before = -1; titles.size > before;) {
    before = titles.size;
    for (const title of await quickRows(page).locator('.label-name').allTextContents()) titles.add(title);
    const last = await quickRows(page).last().getAttribute('data-index');
    await page.keyboard.press('PageDown');
    await page.keyboard.press('PageDown');
    await until(async () => (await focusedRow(page)) >= Number(last));
  }
  await closeQuickInput(page);
  return titles;
}

async function focusedRow(page: Page): Promise<number> {
  const row = page.locator(`${widget} .quick-input-list .monaco-list-row.focused`).first();
  return Number((await row.getAttribute('data-index').catch(() => null)) ?? -1);
}

/** Opens quick open with a text until it offers a row: the palette lists the commands known when it opens, and an extension's may come later. */
export async function openOffering(page: Page, text: string, row: string): Promise<void> {
  const wanted = quickRows(page, row).first();
  for (let attempt = 1; ; attempt += 1) {
    await openQuickOpen(page, text);
    try {
      await wanted.waitFor({ timeout: 3000 });
      return;
    } catch (error) {
      if (attempt === 10) {
        throw new Error(`Nothing offers ${row}.`, { cause: error });
      }
      await closeQuickInput(page);
    }
  }
}

/** Opens VS Code's quick open with a text in it: a file's name, or `>` and a command, or `:` and a line. */
export async function openQuickOpen(page: Page, text: string): Promise<void> {
  // It closes when something else takes the focus, as an editor does that opens late: then again.
  for (let attempt = 1; ; attempt += 1) {
    try {
      await page.keyboard.press('F1');
      await quickInput(page).fill(text, { timeout: 3000 });
      return;
    } catch (error) {
      if (attempt === 5) {
        throw error;
      }
    }
  }
}

export async function closeQuickInput(page: Page): Promise<void> {
  await page.keyboard.press('Escape');
  await page.locator(widget).waitFor({ state: 'hidden' });
}

/** Types into the input box that asks for something, once it is the one that is open, and accepts it. */
export async function fillInput(page: Page, asked: string | RegExp, text: string): Promise<void> {
  await quickInputWords(page, asked).first().waitFor();
  await quickInput(page).fill(text);
  await quickInput(page).press('Enter');
}

/** Picks a row of the list that is open. */
export async function pick(page: Page, label: string | RegExp): Promise<void> {
  await quickRows(page, label).first().click();
}

/** The words over the field of the quick input that is open, and under it: what it asks, and what is wrong with what was typed. */
export function quickInputWords(page: Page, text: string | RegExp): Locator {
  return page.locator(`${widget} .quick-input-title, ${widget} .quick-input-message`).filter({ hasText: text });
}

/** The field of an input box that hides what is typed. */
export function passwordInput(page: Page): Locator {
  return page.locator(`${widget} .quick-input-box input[type="password"]`);
}
