import type { Locator, Page } from 'playwright-core';
import { openOffering, openQuickOpen } from './palette.ts';
import { mod } from './workbench.ts';

/** The editor that was used last. */
export function editor(page: Page): Locator {
  return page.locator('.editor-group-container.active .monaco-editor[role="code"]').first();
}

/** The part of a document that is in view, its lines from top to bottom. */
export async function visibleText(page: Page): Promise<string> {
  const lines = await editor(page).locator('.view-line').all();
  const placed = await Promise.all(
    lines.map(async (line) => ({ text: (await line.textContent()) ?? '', top: (await line.boundingBox())?.y ?? 0 })),
  );
  return placed
    .sort((one, other) => one.top - other.top)
    .map(({ text }) => text.replaceAll('\u00a0', ' '))
    .join('\n');
}

/** Opens a file of the workspace by its name. */
export async function openFile(page: Page, name: string): Promise<void> {
  await openOffering(page, name, name);
  await page.keyboard.press('Enter');
  await page.locator(`.editor-group-container.active .tab.active[data-resource-name="${name}"]`).waitFor();
  await editor(page).locator('.view-line').first().waitFor();
}

/** Selects whole lines, numbered from 1, by the keyboard. */
export async function selectLines(page: Page, first: number, last: number): Promise<void> {
  await openQuickOpen(page, `:${first}`);
  await page.keyboard.press('Enter');
  await page.keyboard.press('Home');
  for (let line = first; line < last; line += 1) {
    await page.keyboard.press('Shift+ArrowDown');
  }
  await page.keyboard.press('Shift+End');
  await selection(page).first().waitFor();
}

/** Selects a piece of one line, by finding it. */
export async function selectText(page: Page, text: string): Promise<void> {
  await editor(page).click();
  await page.keyboard.press(`${mod}+Home`);
  await page.keyboard.press(`${mod}+f`);
  const find = editor(page).locator('.find-widget .find-part textarea');
  await find.fill(text);
  await editor(page)
    .locator('.find-widget .matchesCount')
    .filter({ hasText: /^\d+ of \d+$/ })
    .waitFor();
  await page.keyboard.press('Escape');
  await selection(page).first().waitFor();
}

/** What is selected, as copying gives it. */
export async function selectedText(page: Page): Promise<string> {
  await page.context().grantPermissions(['clipboard-read', 'clipboard-write']);
  await page.keyboard.press(`${mod}+c`);
  return String(await page.evaluate('navigator.clipboard.readText()'));
}

/** Opens the context menu on the selection and chooses from it: the titles of the submenus, then that of the command. */
export async function chooseFromContextMenu(page: Page, ...titles: readonly string[]): Promise<void> {
  await openContextMenu(page);
  for (const [depth, title] of titles.entries()) {
    // VS Code's own menu has an *Explain* too.
    const item = menuItem(page, title, depth === 0 ? '.monaco-menu' : '.monaco-submenu');
    await item.waitFor();
    // A submenu opens when the mouse rests on its title.
    await item.hover();
    await page
      .locator('.monaco-menu .action-item.focused', { has: page.getByText(title, { exact: true }) })
      .last()
      .waitFor();
  }
  // Not by a click: a menu ignores the mouse for a tenth of a second after it opens.
  await page.keyboard.press('Enter');
  await page.locator('.monaco-menu').first().waitFor({ state: 'detached' });
}

/** Opens the editor's context menu on the selection. */
export async function openContextMenu(page: Page): Promise<void> {
  const box = await boxOf(selection(page).first());
  await page.mouse.click(box.x + Math.min(8, box.width / 2), box.y + box.height / 2, { button: 'right' });
  await page.locator('.monaco-menu .action-item').first().waitFor();
}

/** An entry of the menu, or the submenu, that is open. */
export function menuItem(page: Page, title: string, menu = '.monaco-menu'): Locator {
  return page
    .locator(`${menu} .action-item`)
    .filter({ has: page.locator('> .action-menu-item .action-label', { hasText: exactly(title) }) })
    .last();
}

/** Closes the menu that is open, with its submenus. */
export async function dismissMenu(page: Page): Promise<void> {
  const menus = page.locator('.monaco-menu');
  while ((await menus.count()) > 0) {
    const before = await menus.count();
    await page.keyboard.press('Escape');
    await menus.nth(before - 1).waitFor({ state: 'detached' });
  }
}

function exactly(text: string): RegExp {
  return new RegExp(`^${text.replaceAll(/[.*+?^${}()|[\]\\]/g, String.raw`\$&`)}$`);
}

function selection(page: Page): Locator {
  return editor(page).locator('.selected-text');
}

/** Where something is to be seen. VS Code draws selections and lines anew at any moment, so what was there may have to be looked up again. */
async function boxOf(locator: Locator): Promise<{ x: number; y: number; width: number; height: number }> {
  for (let attempt = 0; attempt < 20; attempt += 1) {
    await locator.waitFor();
    const box = await locator.boundingBox();
    if (box !== null) {
      return box;
    }
  }
  throw new Error('What should be clicked is not to be seen.');
}
