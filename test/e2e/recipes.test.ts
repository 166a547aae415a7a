import assert from 'node:assert/strict';
import type { Page } from 'playwright-core';
import { startDifyServer, type RunningDifyServer } from '../dify-server/serve.ts';
import { openSession, type Session } from './session.ts';
import { until } from './until.ts';
import { openFile, selectLines } from './workbench/editor.ts';
import { answer, notification, letSend } from './workbench/notifications.ts';
import {
  closeQuickInput,
  fillInput,
  pick,
  quickInput,
  quickInputWords,
  quickRows,
  runCommand,
} from './workbench/palette.ts';
import { shot } from './workbench/workbench.ts';

describe('Recipes', () => {
  let dify: RunningDifyServer;
  let own: Session;
  let page: Page;

  before(async () => {
    dify = await startDifyServer({ tokensPerSecond: 200 });
    own = await openSession();
    page = own.page;
    page.setDefaultTimeout(20_000);
  });

  after(async () => {
    await own?.close();
    await dify?.close();
  });

  afterEach(async function (this: Mocha.Context) {
    if (this.currentTest?.state === 'failed') await shot(page, 'recipes-broken');
  });

  interface Asked {
    readonly query: string;
    readonly inputs: Readonly<Record<string, string>>;
  }

  const asked = (path: string): readonly Asked[] =>
    dify.log.filter((entry) => entry.path === path).map(({ body }) => body as Asked);

  async function connect(name: string): Promise<void> {
    await runCommand(page, 'Dify: Connect App');
    await fillInput(page, /Address/, dify.baseUrl);
    await fillInput(page, /API Key/, dify.apps.find((app) => app.name === name)?.key ?? '');
    await quickInputWords(page, /is connected/).waitFor();
    await closeQuickInput(page);
  }

  async function select(): Promise<void> {
    await openFile(page, 'notes.md');
    await selectLines(page, 1, 9);
  }

  it('asks a chat app with the instruction and the text set apart, and serves all recipes with it', async () => {
    await connect('Demo Chat');
    await select();

    await runCommand(page, 'Dify: Summarize');
    await letSend(page);

    const told = await notification(page, /The other actions use it too: Translate, Explain/);
    await shot(page, 'recipes-chat-app');
    assert.match((await told.textContent()) ?? '', /instruction \+ text → question/);
    await until(() => asked('/v1/chat-messages').length === 1);
    const [{ query } = { query: '' }] = asked('/v1/chat-messages');
    assert.match(
      query,
      /^Summarize the text.*\n\n<selectedText-(\w{8})>\n# Meeting of 14 May[^]*\n<\/selectedText-\1>$/,
    );
    await answer(told, 'Only This One');
  });

  it('leads through a new recipe, shows what goes where, tries it and saves it', async () => {
    await connect('Demo Writer');
    await select();

    await runCommand(page, 'Dify: New Recipe');
    await fillInput(page, /New Recipe/, 'Make a Note');
    await fillInput(page, /in a sentence/, 'Write a note.');
    await pick(page, 'None');
    await pick(page, 'Choose an App');
    await quickRows(page, /Demo Chat.*fits.*instruction \+ text → question/s).waitFor();
    await shot(page, 'recipes-which-app');
    await pick(page, /Demo Writer/);
    await quickRows(page, /Points, one a line.*text/).waitFor();
    await quickRows(page, /instruction.*not sent/).waitFor();
    await shot(page, 'recipes-mapping');
    await pick(page, /Topic/);
    await quickRows(page, /As proposed/).waitFor();
    await shot(page, 'recipes-sources');
    await pick(page, /file name/);
    await quickRows(page, /Topic.*file name/).waitFor();
    await pick(page, 'Use This Mapping');
    await pick(page, 'Show beside the text');
    await pick(page, 'Try It on the Selection');
    await until(() => asked('/v1/completion-messages').length === 1);
    const [request] = asked('/v1/completion-messages');
    assert.equal(request?.inputs['topic'], 'notes.md');
    assert.match(request?.inputs['points'] ?? '', /^# Meeting of 14 May/);
    await quickRows(page, 'to your settings').waitFor();
    await shot(page, 'recipes-tried');
    await pick(page, 'to your settings');
    await notification(page, /Make a Note is saved/);
  });

  it('offers it among all recipes, the last used first, and runs it', async () => {
    await select();
    await runCommand(page, 'Dify: Run a Recipe');
    await quickRows(page, /Make a Note.*Demo Writer · Show beside the text/).waitFor();
    await shot(page, 'recipes-list');
    // It was tried a moment ago.
    assert.match((await quickRows(page).first().textContent()) ?? '', /^Make a Note/);
    await pick(page, /Make a Note/);
    await until(() => asked('/v1/completion-messages').length === 2);
  });

  it('goes back from question to question', async () => {
    await runCommand(page, 'Dify: New Recipe');
    await fillInput(page, /New Recipe/, 'Make a Note');
    await quickInputWords(page, /one with this name/).waitFor();
    await fillInput(page, /New Recipe/, 'Another');
    await fillInput(page, /in a sentence/, '');
    await quickRows(page, 'Ask Each Time').waitFor();
    await page.locator('.quick-input-titlebar .codicon-quick-input-back').click();
    await quickInputWords(page, /in a sentence/).waitFor();
    await page.locator('.quick-input-titlebar .codicon-quick-input-back').click();
    await quickInputWords(page, /called in menus/).waitFor();
    assert.equal(await quickInput(page).inputValue(), 'Another');
    await closeQuickInput(page);
  });
});
