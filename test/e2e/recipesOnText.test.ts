import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import type { Locator, Page } from 'playwright-core';
import { toolAnswer } from '../../src/demo/text/tools.ts';
import { startDifyServer, type RunningDifyServer } from '../dify-server/serve.ts';
import { openSession, type Session } from './session.ts';
import { until } from './until.ts';
import {
  chooseFromContextMenu,
  dismissMenu,
  editor,
  menuItem,
  openContextMenu,
  openFile,
  selectText,
} from './workbench/editor.ts';
import { dialog, letSend, notification } from './workbench/notifications.ts';
import { closeQuickInput, fillInput, pick, quickInputWords, quickRows, runCommand } from './workbench/palette.ts';
import { shotInThemes } from './workbench/themes.ts';
import { webviewWith } from './workbench/webview.ts';
import { mod, shot } from './workbench/workbench.ts';

/** The app that does what it is told: it serves every recipe. */
const appName = 'Demo Text Tools';

/** Each with what the recipes that change a text find in it; lines end in CR LF, one begins with a BOM, one has tabs and no last line end. */
const texts: Readonly<Record<string, string>> = {
  'english.md':
    '# The lamps\n\nWe met in order to talk about the the lamps. Teh first lamp was very bright , and the boats could of\nseen it. The second one was to late.\n',
  'chinese.md': '# 灯\r\n\r\n我们在港口进行了讨论,决定更换所有的的灯。第一盏灯很亮。第二盏灯太晚了。\r\n',
  'japanese.md': '\uFEFF# 灯\n\n私たちは港でで話し合い、灯を交換することができました。最初の灯は明るいです。\n',
  'arabic.md': '# المصابيح\n\nاجتمعنا في الميناء ، وتحدثنا عن عن المصابيح . كان المصباح الأول ساطعا.\n',
  'lamps.ts':
    'class Lamp {\r\n\t// Teh lamp is is on as long as the the boats are out. 灯的的状态\r\n\tlight(): string {\r\n\t\treturn "on";\r\n\t}\r\n}',
};

/** For the tests that need no certain text. */
const others = { 'pairs.md': 'Teh lamp is is on.\n\nTeh boat is is out.\n' };

/** The recipes that each text is tried with: English with all, the others with one that replaces, one that adds and one that writes on. */
const tried: Readonly<Record<string, readonly string[]>> = {
  'chinese.md': ['Summarize', 'Explain', 'Continue Writing'],
  'japanese.md': ['Translate', 'Explain', 'Continue Writing'],
  'arabic.md': ['Polish', 'Explain', 'Continue Writing'],
  'lamps.ts': ['Fix Grammar', 'Explain', 'Continue Writing'],
};

interface Row {
  readonly recipe: string;
  /** How its answer comes into the document. */
  readonly by: 'replace lens' | 'replace button' | 'below lens' | 'diff' | 'itself';
}

const recipes: readonly Row[] = [
  { recipe: 'Summarize', by: 'replace lens' },
  { recipe: 'Translate', by: 'replace button' },
  { recipe: 'Explain', by: 'below lens' },
  { recipe: 'Polish', by: 'diff' },
  { recipe: 'Fix Grammar', by: 'diff' },
  { recipe: 'Continue Writing', by: 'itself' },
];

describe('Every recipe, on every kind of text', () => {
  let dify: RunningDifyServer;
  let own: Session;
  let page: Page;

  before(async () => {
    dify = await startDifyServer({ tokensPerSecond: 2_000 });
    own = await openSession({ files: { ...texts, ...others } });
    page = own.page;
    page.setDefaultTimeout(20_000);
    await connect(appName);
  });

  after(async () => {
    await own?.close();
    await dify?.close();
  });

  afterEach(async function (this: Mocha.Context) {
    if (this.currentTest?.state === 'failed') await shot(page, 'recipes-on-text-broken');
  });

  const groups = (): Locator => page.locator('.editor-group-container');
  const source = (): Locator => groups().first().locator('.monaco-editor[role="code"]').first();
  const result = (): Locator => groups().last().locator('.monaco-editor[role="code"]').first();
  const head = (state: RegExp): Locator => result().locator('.codelens-decoration').filter({ hasText: state });
  const lens = (words: string): Locator =>
    result()
      .locator('.codelens-decoration a')
      .filter({ hasText: new RegExp(`^${words}$`) });
  const titleButton = (name: string): Locator =>
    page.locator(`.editor-group-container.active .editor-actions .action-label[aria-label^="${name}"]`);
  const titleButtons = async (): Promise<string> =>
    await page
      .locator('.editor-group-container.active .editor-actions .action-label')
      .evaluateAll((all) => all.map((each) => String(each.getAttribute('aria-label')).replace(/ \(.*/, '')).join(','));
  const diff = (): Locator => page.locator('.monaco-diff-editor');
  const onDisk = async (name: string): Promise<string> => await readFile(path.join(own.workspace, name), 'utf8');
  const requests = (): readonly Readonly<Record<string, string>>[] =>
    dify.log
      .filter(({ path: at }) => at === '/v1/completion-messages')
      .map(({ body }) => (body as { inputs: Readonly<Record<string, string>> }).inputs);

  async function connect(name: string): Promise<void> {
    await runCommand(page, 'Dify: Connect App');
    await fillInput(page, /Address/, dify.baseUrl);
    await fillInput(page, /API Key/, dify.apps.find((app) => app.name === name)?.key ?? '');
    await quickInputWords(page, /is connected/).waitFor();
    await closeQuickInput(page);
  }

  async function selectAll(): Promise<void> {
    await source().locator('.view-line').first().click();
    await page.keyboard.press(`${mod}+a`);
    await editor(page).locator('.selected-text').first().waitFor();
  }

  /** From the context menu to the answer beside the text. */
  async function run(recipe: string, parts = 1): Promise<void> {
    const before = requests().length;
    await chooseFromContextMenu(page, 'Dify', recipe);
    if (recipe === 'Translate') await pick(page, 'Deutsch');
    await until(() => requests().length === before + parts);
    await head(new RegExp(`${recipe}.*done`)).waitFor();
  }

  /** What brings the answer into the text. */
  async function press(by: Row['by']): Promise<void> {
    if (by === 'replace lens') await lens('Replace Selection').click();
    if (by === 'below lens') await lens('Insert Below').click();
    if (by !== 'replace button') return;
    await result().locator('.view-line').first().click();
    await titleButton('Replace Selection').click();
  }

  async function diffShown(): Promise<void> {
    await diff().locator('.line-insert, .char-insert, .line-delete').first().waitFor({ state: 'attached' });
    await titleButton('Accept').waitFor();
  }

  async function accept(picture: string): Promise<void> {
    await diffShown();
    await shot(page, picture);
    await titleButton('Accept').click();
    await diff().waitFor({ state: 'detached' });
  }

  /** Saves the text that was changed, undoes one step and saves it again; gives what it was in between. */
  async function savedThenUndone(name: string, text: string): Promise<string> {
    const changed = page.locator(`.tab.dirty[data-resource-name="${name}"]`);
    await changed.waitFor();
    await source().locator('.view-line').first().click();
    await page.keyboard.press(`${mod}+s`);
    await changed.waitFor({ state: 'detached' });
    const between = await onDisk(name);
    await page.keyboard.press(`${mod}+z`);
    await changed.waitFor();
    await page.keyboard.press(`${mod}+s`);
    await changed.waitFor({ state: 'detached' });
    assert.equal(await onDisk(name), text);
    return between;
  }

  it('is offered in a menu of eight, and tells the first time what goes where', async () => {
    await openFile(page, 'english.md');
    await selectAll();
    await openContextMenu(page);
    await menuItem(page, 'Dify').hover();
    await menuItem(page, 'Summarize', '.monaco-submenu').waitFor();
    await shot(page, 'recipes-menu');
    assert.equal(await page.locator('.monaco-submenu .action-item:not(.disabled) .action-label').count(), 8);
    await dismissMenu(page);

    await chooseFromContextMenu(page, 'Dify', 'Summarize');
    await dialog(page);
    await shotInThemes(own, 'recipes-first-time');
    assert.deepEqual(requests(), []);
    await letSend(page);
    await head(/Summarize.*done/).waitFor();
    await notification(page, /The other actions use it too/);
    await runCommand(page, 'Notifications: Clear All Notifications');
  });

  it('is to be read beside the text, in a diff and among the recent results', async () => {
    await result().locator('.view-line').first().click();
    await lens('Replace Selection').waitFor();
    await titleButton('Continue in Chat').waitFor();
    const buttons = /^Copy Answer,Replace Selection…,Insert Below,New File with the Answer,Again,Continue in Chat,/;
    assert.match(await titleButtons(), buttons);
    await shotInThemes(own, 'recipes-result');
    await runCommand(page, 'Dify: Recent Results');
    await quickRows(page, /Summary of english\.md.*Demo Text Tools/s).waitFor();
    await shotInThemes(own, 'recipes-recent');
    await closeQuickInput(page);

    await selectAll();
    await run('Polish');
    await diffShown();
    assert.match(await titleButtons(), /^Accept,Reject,/);
    await shotInThemes(own, 'recipes-diff');
    await titleButton('Reject').click();
    await diff().waitFor({ state: 'detached' });
    assert.equal(await onDisk('english.md'), texts['english.md']);
  });

  for (const [name, text] of Object.entries(texts)) {
    describe(`as in ${name}`, () => {
      before(async () => {
        await runCommand(page, 'View: Close All Editors');
        await openFile(page, name);
      });

      for (const { recipe, by } of recipes.filter((row) => tried[name]?.includes(row.recipe) ?? true)) {
        it(`is undone to the byte: ${recipe}`, async () => {
          await selectAll();
          await run(recipe);
          const picture = `recipes-${recipe.replace(' ', '-')}-${name}`;
          if (by === 'below lens' || by === 'itself') await shot(page, picture);
          await press(by);
          if (by !== 'below lens' && by !== 'itself') await accept(picture);

          const between = await savedThenUndone(name, text);

          assert.equal(requests().at(-1)?.['content'], text.replace(/^\uFEFF/, ''));
          if (by === 'diff') assert.equal(between, toolAnswer(recipe, text));
          if (by === 'below lens' || by === 'itself') assert.ok(between.startsWith(text.trimEnd()));
        });
      }
    });
  }

  describe('of which only a part is meant, or that is edited', () => {
    it('replaces several selections at once, and one undo brings them back', async () => {
      const name = 'pairs.md';
      await runCommand(page, 'View: Close All Editors');
      await openFile(page, name);
      await selectText(page, 'Teh boat is is out.');
      await page.keyboard.press('Home');
      await page.keyboard.press('Shift+Alt+ArrowUp');
      await page.keyboard.press('Shift+Alt+ArrowUp');
      await page.keyboard.press('Shift+End');
      await run('Fix Grammar', 2);
      await accept('recipes-two-selections');

      assert.equal(await savedThenUndone(name, others[name]), 'The lamp is on.\n\nThe boat is out.\n');
    });

    it('overwrites nothing that was edited meanwhile: "The text changed."', async () => {
      await selectAll();
      await run('Summarize');
      await source().locator('.view-line').last().click();
      await page.keyboard.press(`${mod}+Home`);
      await page.keyboard.type('Now: ');
      await page.keyboard.press('ArrowRight');
      await page.keyboard.type('e');
      await lens('The text changed. Compare…').waitFor();
      await shot(page, 'recipes-text-changed');
      await lens('The text changed. Compare…').click();
      await diffShown();
      await shot(page, 'recipes-text-compared');
      await titleButton('Reject').click();
      await diff().waitFor({ state: 'detached' });
      assert.match((await source().locator('.view-line').first().textContent()) ?? '', /^Now:.Teeh.lamp/);
    });

    it('goes on in a chat, with the answer in the composer', async () => {
      await connect('Demo Chat');
      await result().locator('.view-line').first().click();
      await lens('Continue in Chat').click();
      const chat = await webviewWith(page, 'textarea');
      await until(async () => (await chat.locator('textarea').inputValue()).includes('> '));
      await shot(page, 'recipes-continued');
      assert.match(await chat.locator('textarea').inputValue(), /^Summary of pairs\.md\n\n> /);
    });
  });
});
