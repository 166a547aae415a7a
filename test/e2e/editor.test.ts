import assert from 'node:assert/strict';
import { openSession, type Session } from './session.ts';
import {
  dismissMenu,
  menuItem,
  openContextMenu,
  openFile,
  selectedText,
  selectLines,
  selectText,
  visibleText,
} from './workbench/editor.ts';
import { shot } from './workbench/workbench.ts';

/** What every other end-to-end test stands on: the hands of a person in an editor. */
describe('An editor of the sample workspace', () => {
  let own: Session;

  before(async () => {
    own = await openSession();
  });

  after(() => own?.close());

  it('shows a file', async () => {
    const { page } = own;

    await openFile(page, 'inventory.ts');

    assert.match(await visibleText(page), /^\/\*\* A boat that can be rented by the day/);
  });

  it('selects a word, and lines', async () => {
    const { page } = own;
    await openFile(page, 'inventory.ts');

    await selectText(page, 'pricePerDay');
    const word = await selectedText(page);
    await selectLines(page, 2, 3);
    const lines = await selectedText(page);

    assert.equal(word, 'pricePerDay');
    assert.equal(lines, 'export interface Boat {\n  readonly name: string;');
  });

  it('opens its context menu, and a submenu of it', async () => {
    const { page } = own;
    await openFile(page, 'inventory.ts');
    await selectText(page, 'freeBoats');

    await openContextMenu(page);
    await menuItem(page, 'Peek').hover();
    await menuItem(page, 'Peek References').waitFor();
    await shot(page, 'context-menu');
    await dismissMenu(page);
  });
});
