import assert from 'node:assert/strict';
import type { Locator, Page } from 'playwright-core';
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
  selectLines,
} from './workbench/editor.ts';
import { dialog, letSend } from './workbench/notifications.ts';
import {
  closeQuickInput,
  fillInput,
  offeredCommands,
  openOffering,
  openQuickOpen,
  pick,
  quickInputWords,
  quickRows,
  runCommand,
} from './workbench/palette.ts';
import { shotInThemes } from './workbench/themes.ts';
import { mod, shot } from './workbench/workbench.ts';

/** In two halves, so that nothing here looks like a secret to those who search sources for them. */
const secret = ['app', 'Jk3mQ9wR7tYx2Vb8Nc5Ls1Df'].join('-');

const files = {
  'boats.json': '{\n  "boats": [1, 2,, 3]\n}\n',
  'keys.md': `# Keys\n\nThe lamp:\n${secret}\n`,
  'boats.ipynb': JSON.stringify({
    cells: [{ cell_type: 'code', execution_count: null, metadata: {}, outputs: [], source: ['boats = 12'] }],
    metadata: { language_info: { name: 'python' } },
    nbformat: 4,
    nbformat_minor: 5,
  }),
  '.env.production': 'HARBOUR=north\n',
  'lamps.js': 'class Lamp {\n  light() {\n    return "on";\n  }\n}\n\nconst lamp = new Lamp();\nlamp.light();\n',
};

describe('The ways to an action', () => {
  let dify: RunningDifyServer;
  let own: Session;
  let page: Page;

  before(async () => {
    dify = await startDifyServer({ tokensPerSecond: 400 });
    own = await openSession({ files });
    page = own.page;
    page.setDefaultTimeout(20_000);
  });

  after(async () => {
    await own?.close();
    await dify?.close();
  });

  afterEach(async function (this: Mocha.Context) {
    if (this.currentTest?.state === 'failed') await shot(page, `entry-broken-${this.currentTest.title.slice(0, 20)}`);
  });

  const sent = (): readonly string[] =>
    dify.log
      .filter(({ path }) => path === '/v1/completion-messages')
      .map(({ body }) => (body as { inputs: { query: string } }).inputs.query);
  const lightbulb = (): Locator => page.locator('.action-widget .monaco-list-row');

  async function connect(name: string): Promise<void> {
    await runCommand(page, 'Dify: Connect App');
    await fillInput(page, /Address/, dify.baseUrl);
    await fillInput(page, /API Key/, dify.apps.find((app) => app.name === name)?.key ?? '');
    await quickInputWords(page, /is connected/).waitFor();
    await closeQuickInput(page);
  }

  async function openLightbulb(): Promise<void> {
    await openFile(page, 'boats.json');
    // The language's own service tells the problem when it has started.
    await page.locator('.squiggly-error').first().waitFor();
    await openQuickOpen(page, ':2:18');
    await page.keyboard.press('Enter');
    await page.keyboard.press(`${mod}+.`);
    await lightbulb().first().waitFor();
  }

  it('are eight entries in the menu of the selection', async () => {
    await openFile(page, 'notes.md');
    await selectLines(page, 3, 4);
    await openContextMenu(page);
    await menuItem(page, 'Dify').hover();
    await menuItem(page, 'Summarize').waitFor();
    const labels = await page.locator('.monaco-submenu .action-label:not(.separator)').allTextContents();

    assert.deepEqual(
      labels.map((label) => label.trim()).filter((label) => label !== ''),
      [
        'Summarize',
        'Translate',
        'Explain',
        'Polish',
        'Fix Grammar',
        'Continue Writing',
        'Run a Recipe…',
        'Run an App on the Selection…',
      ],
    );
    await shot(page, 'entry-menu');
    await dismissMenu(page);
  });

  it('are no menu without a selection, and no command of the palette without an editor', async () => {
    await openQuickOpen(page, ':1');
    await page.keyboard.press('Enter');
    await editor(page).locator('.view-line').first().click({ button: 'right' });
    await page.locator('.monaco-menu .action-item').first().waitFor();
    assert.equal(await menuItem(page, 'Dify').count(), 0);
    await dismissMenu(page);

    await runCommand(page, 'View: Close All Editors');
    const offered = await offeredCommands(page, 'Dify: ');
    assert.deepEqual(
      [...offered].filter((title) => /Summarize|Translate|Explain|Run an App/.test(title)),
      [],
    );
  });

  it('are in the cells of a notebook, and on the modified side of a diff', async () => {
    await openOffering(page, 'boats.ipynb', 'boats.ipynb');
    await page.keyboard.press('Enter');
    const cell = page.locator('.notebook-editor .monaco-editor[role="code"]').first();
    await cell.locator('.view-line').first().click();
    await page.keyboard.press(`${mod}+a`);
    await cell.locator('.selected-text').first().waitFor();
    await cell
      .locator('.view-line')
      .first()
      .click({ button: 'right', position: { x: 20, y: 8 } });
    await menuItem(page, 'Dify').waitFor();
    await shot(page, 'entry-notebook');
    await dismissMenu(page);

    await openFile(page, 'README.md');
    await runCommand(page, 'File: Compare Active File With...');
    await quickRows(page, 'notes.md').first().click();
    for (const [side, entries] of [
      ['modified', 1],
      ['original', 0],
    ] as const) {
      const text = page.locator(`.monaco-diff-editor .editor.${side} .view-line`).first();
      await text.click();
      await page.keyboard.press(`${mod}+a`);
      await text.click({ button: 'right', position: { x: 20, y: 8 } });
      await page.locator('.monaco-menu .action-item').first().waitFor();
      assert.equal(await menuItem(page, 'Dify').count(), entries, side);
      await shot(page, `entry-diff-${side}`);
      await dismissMenu(page);
    }
    await runCommand(page, 'View: Close All Editors');
  });

  it('lead without a selection over a list that shows what is meant', async () => {
    await openFile(page, 'lamps.js');
    await openQuickOpen(page, ':3');
    await page.keyboard.press('Enter');
    await runCommand(page, 'Dify: Explain');

    await quickRows(page, /Current Function: light.*lines 2-4/s).waitFor();
    await quickRows(page, /Current Paragraph.*lines 1-5/s).waitFor();
    await quickRows(page, /Whole File.*lines 1-\d+ · \d+ characters/s).waitFor();
    await shot(page, 'entry-choose-dark');
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('ArrowDown');
    await shot(page, 'entry-choose-whole');
    await closeQuickInput(page);
    assert.deepEqual(sent(), []);
  });

  it('tell once what goes where, and go on', async () => {
    await connect('Demo Summarizer');
    await openFile(page, 'notes.md');
    await selectLines(page, 3, 4);
    await chooseFromContextMenu(page, 'Dify', 'Summarize');

    const asked = await dialog(page);
    assert.match((await asked.textContent()) ?? '', /notes\.md:3-4.*query \(\d+ characters\).*Demo Summarizer/s);
    await asked.getByRole('button', { name: 'Cancel' }).click();
    await asked.waitFor({ state: 'detached' });
    assert.deepEqual(sent(), []);

    await openFile(page, 'notes.md');
    await selectLines(page, 3, 4);
    await runCommand(page, 'Dify: Summarize');
    await dialog(page);
    await shotInThemes(own, 'entry-first-time');
    await letSend(page);
    await until(() => sent().length === 1);
  });

  it('warn each time of what looks like a secret, and do not show it', async () => {
    await openFile(page, 'keys.md');
    await selectLines(page, 3, 4);
    await runCommand(page, 'Dify: Summarize');

    const asked = await dialog(page);
    const words = (await asked.textContent()) ?? '';
    assert.match(words, /keys\.md, line 4: a key of Dify/);
    assert.ok(!words.includes(secret));
    await shot(page, 'entry-secret');
    await asked.getByRole('button', { name: 'Cancel' }).click();
    await asked.waitFor({ state: 'detached' });
    assert.equal(sent().length, 1);

    await runCommand(page, 'Dify: Summarize');
    await letSend(page, 'Send Anyway');
    await until(() => sent().length === 2);
    assert.ok(sent()[1]?.includes(secret));
  });

  it('run an app on a file of the explorer, without opening it', async () => {
    await runCommand(page, 'View: Close All Editors');
    const file = page.locator('.explorer-folders-view .monaco-list-row').filter({ hasText: 'brief.de.md' });
    await file.click({ button: 'right' });
    await menuItem(page, 'Run an App on File…').waitFor();
    await shot(page, 'entry-explorer');
    await menuItem(page, 'Run an App on File…').hover();
    await page.keyboard.press('Enter');
    await pick(page, 'Demo Summarizer');
    await until(() => sent().length === 3);
    assert.ok(sent()[2]?.includes('\n'));

    const env = page.locator('.explorer-folders-view .monaco-list-row').filter({ hasText: '.env.production' });
    await env.click({ button: 'right' });
    await menuItem(page, 'Run an App on File…').hover();
    await page.keyboard.press('Enter');
    await pick(page, 'Demo Summarizer');
    const asked = await dialog(page);
    assert.match((await asked.textContent()) ?? '', /\.env\.production: such a file holds secrets/);
    await shot(page, 'entry-secret-file');
    await asked.getByRole('button', { name: 'Cancel' }).click();
    await asked.waitFor({ state: 'detached' });
  });

  it('are in the light bulb of a problem once an app was chosen for them', async () => {
    await openLightbulb();
    assert.equal(await lightbulb().filter({ hasText: 'Dify' }).count(), 0);
    await page.keyboard.press('Escape');

    await runCommand(page, 'Dify: Choose the App of an Action…');
    await quickRows(page, 'Explain').first().click();
    await pick(page, 'Demo Summarizer');
    await openLightbulb();
    await lightbulb().filter({ hasText: 'Explain with Dify' }).first().waitFor();
    await shot(page, 'entry-lightbulb');
    await lightbulb().filter({ hasText: 'Explain with Dify' }).first().click();

    await until(() => sent().some((query) => query.includes('"boats": [1, 2,, 3]')));
  });
});
