import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import type { Locator, Page } from 'playwright-core';
import { startDifyServer, type RunningDifyServer } from '../dify-server/serve.ts';
import { openSession, type Session } from './session.ts';
import { until } from './until.ts';
import { chooseFromContextMenu, editor, openFile } from './workbench/editor.ts';
import { letSend } from './workbench/notifications.ts';
import { closeQuickInput, fillInput, pick, quickInputWords, runCommand } from './workbench/palette.ts';
import { mod, shot } from './workbench/workbench.ts';

/** The app that does what it is told: it serves every recipe. */
const appName = 'Demo Text Tools';

/** Each with what the recipes that change a text find in it; two lines end in CR LF, one begins with a BOM, one is indented by tabs. */
const texts: Readonly<Record<string, string>> = {
  'english.md':
    '# The lamps\n\nWe met in order to talk about the the lamps. Teh first lamp was very bright , and the boats could of\nseen it. The second one occured to late.\n',
  'chinese.md': '# 灯\r\n\r\n我们在港口进行了讨论,决定更换所有的的灯。第一盏灯很亮。第二盏灯太晚了。\r\n',
  'japanese.md': '\uFEFF# 灯\n\n私たちは港でで話し合い、灯を交換することができました。最初の灯は明るいです。\n',
  'arabic.md': '# المصابيح\n\nاجتمعنا في الميناء ، وتحدثنا عن عن المصابيح . كان المصباح الأول ساطعا.\n',
  'hebrew.md': '# המנורות\n\nנפגשנו בנמל , ודיברנו על על המנורות. המנורה הראשונה הייתה בהירה.\n',
  'lamps.ts':
    'class Lamp {\n\t// Teh lamp is is on as long as the the boats are out.\n\tlight(): string {\n\t\treturn "on";\n\t}\n}\n',
  'lamps.py': 'def light(lamp):\r\n    # 灯的的状态，very bright\r\n    return lamp.on',
};

interface Row {
  readonly recipe: string;
  /** What is picked before it runs. */
  readonly language?: string;
  /** How its answer comes into the document. */
  readonly into: 'asked' | 'diff' | 'direct';
}

const recipes: readonly Row[] = [
  { recipe: 'Summarize', into: 'asked' },
  { recipe: 'Translate', language: 'Deutsch', into: 'asked' },
  { recipe: 'Explain', into: 'asked' },
  { recipe: 'Polish', into: 'diff' },
  { recipe: 'Fix Grammar', into: 'diff' },
  { recipe: 'Continue Writing', into: 'direct' },
];

describe('Every recipe on every kind of text', () => {
  let dify: RunningDifyServer;
  let own: Session;
  let page: Page;
  let runs = 0;

  before(async function (this: Mocha.Context) {
    dify = await startDifyServer({ tokensPerSecond: 2_000 });
    if (!dify.apps.some(({ name }) => name === appName)) {
      console.log(`Skipped: the server has no ${appName}.`);
      return this.skip();
    }
    own = await openSession({ files: texts });
    page = own.page;
    page.setDefaultTimeout(20_000);
    await connect();
  });

  after(async () => {
    await own?.close();
    await dify?.close();
  });

  afterEach(async function (this: Mocha.Context) {
    if (this.currentTest?.state === 'failed') await shot(page, 'recipes-on-text-broken');
    await runCommand(page, 'View: Close All Editor Groups');
  });

  const result = (): Locator =>
    page.locator('.editor-group-container').last().locator('.monaco-editor[role="code"]').first();
  const head = (state: RegExp): Locator => result().locator('.codelens-decoration').filter({ hasText: state });
  const diff = (): Locator => page.locator('.monaco-diff-editor');
  const onDisk = async (name: string): Promise<string> => await readFile(path.join(own.workspace, name), 'utf8');
  const sent = (): number => dify.log.filter(({ path: at }) => at === '/v1/completion-messages').length;

  async function connect(): Promise<void> {
    await runCommand(page, 'Dify: Connect App');
    await fillInput(page, /Address/, dify.baseUrl);
    await fillInput(page, /API Key/, dify.apps.find(({ name }) => name === appName)?.key ?? '');
    await quickInputWords(page, /is connected/).waitFor();
    await closeQuickInput(page);
  }

  /** From the context menu to the answer beside the text. */
  async function run({ recipe, language }: Row, name: string): Promise<void> {
    await openFile(page, name);
    await editor(page).click();
    await page.keyboard.press(`${mod}+a`);
    await editor(page).locator('.selected-text').first().waitFor();
    await chooseFromContextMenu(page, 'Dify', recipe);
    if (language !== undefined) await pick(page, language);
    if (runs === 0) await letSend(page);
    runs += 1;
    await until(() => sent() === runs);
  }

  async function save(name: string): Promise<void> {
    await openFile(page, name);
    await editor(page).click();
    await runCommand(page, 'File: Save');
  }

  for (const row of recipes) {
    for (const [name, text] of Object.entries(texts)) {
      const shotName = `recipes-${row.recipe.replace(' ', '-')}-${name}`;

      it(`is undone to the byte: ${row.recipe} on ${name}`, async () => {
        await run(row, name);
        if (row.into === 'asked') {
          await head(/done/).waitFor();
          await shot(page, shotName);
          await result().click();
          await runCommand(page, 'Dify: Replace Selection…');
        }
        if (row.into !== 'direct') {
          await diff().waitFor();
          await shot(page, `${shotName}-diff`);
          await runCommand(page, 'Dify: Accept');
          await diff().waitFor({ state: 'detached' });
        } else {
          await head(/done/).waitFor();
        }

        await save(name);
        await until(async () => (await onDisk(name)) !== text);
        await shot(page, `${shotName}-done`);
        await page.keyboard.press(`${mod}+z`);
        await save(name);

        await until(async () => (await onDisk(name)) === text);
        assert.equal(await onDisk(name), text);
      });
    }
  }
});
