import type { Locator, Page } from 'playwright-core';

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
  await openPalette(page, title);
  await quickRows(page, title).first().click();
}

/** The titles that the palette offers for `text`, once it offers any. */
export async function offeredCommands(page: Page, text: string): Promise<string[]> {
  await openPalette(page, text);
  const rows = await quickRows(page).all();
  const titles = await Promise.all(rows.map((row) => row.locator('.label-name').first().textContent()));
  await closeQuickInput(page);
  return titles.map((title) => title ?? '');
}

/** Opens the palette until it offers `title`: it lists the commands known when it opens, and an extension's may come later. */
async function openPalette(page: Page, title: string): Promise<void> {
  const wanted = quickRows(page, title).first();
  for (let attempt = 1; ; attempt += 1) {
    await openQuickOpen(page, `>${title}`);
    try {
      await wanted.waitFor({ timeout: 3000 });
      return;
    } catch (error) {
      if (attempt === 10) {
        throw new Error(`The palette does not offer ${title}.`, { cause: error });
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

/** Types into the input box that is open, and accepts it. */
export async function fillInput(page: Page, text: string): Promise<void> {
  await quickInput(page).waitFor();
  await quickInput(page).fill(text);
  await page.keyboard.press('Enter');
}

/** Picks a row of the list that is open. */
export async function pick(page: Page, label: string | RegExp): Promise<void> {
  await quickRows(page, label).first().click();
}

/** Whether the input box that is open hides what is typed. */
export async function hidesInput(page: Page): Promise<boolean> {
  await quickInput(page).waitFor();
  return (await quickInput(page).getAttribute('type')) === 'password';
}

/** What the quick input that is open says: its title, and the message under its field, or ''. */
export async function quickInputWords(page: Page): Promise<{ readonly title: string; readonly message: string }> {
  await page.locator(widget).waitFor();
  const read = async (part: string): Promise<string> =>
    (await page.locator(`${widget} ${part}`).allInnerTexts()).join('');
  return { title: await read('.quick-input-title'), message: await read('.quick-input-message') };
}
