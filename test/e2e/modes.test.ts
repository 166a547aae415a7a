import assert from 'node:assert/strict';
import type { FrameLocator, Page } from 'playwright-core';
import { demoApps } from '../../src/demo/demoApps.ts';
import { startDifyServer, type RunningDifyServer } from '../dify-server/serve.ts';
import { openSession, type Session } from './session.ts';
import { until } from './until.ts';
import { closeQuickInput, pick, quickInputWords, quickRows, runCommand } from './workbench/palette.ts';
import { webviewWith } from './workbench/webview.ts';
import { openViewContainer, setTheme, shot } from './workbench/workbench.ts';

/** Every mode that keeps conversations, and what its demo app says to a question. */
const talks = [
  ['Demo Agent', 'How much is 12 * (3 + 4)?', /84/],
  ['Demo New Agent', 'How much is 12 * (3 + 4)?', /84/],
  ['Demo Handbook', 'Tell me each page.', /workflows\.md: A workflow runs/],
] as const;

describe('The chat with apps of every mode', () => {
  let dify: RunningDifyServer;
  let own: Session;
  let page: Page;
  let chat: FrameLocator;

  before(async () => {
    dify = await startDifyServer({ tokensPerSecond: 200, apps: demoApps });
    const keys = dify.apps.map(({ key }) => key).join(',');
    own = await openSession({ env: { DIFY_BASE_URL: dify.baseUrl, DIFY_API_KEYS: keys } });
    page = own.page;
    page.setDefaultTimeout(20_000);
    await openViewContainer(page, 'Dify');
    chat = await webviewWith(page, '.hero');
    await chat.getByRole('button', { name: 'Connect an App' }).click();
    await pick(page, new URL(dify.baseUrl).host);
    chat = await webviewWith(page, '.composer textarea');
    // The chat takes the focus once all of them are connected.
    await chat.locator('.composer textarea:focus').waitFor();
  });

  after(async () => {
    await own?.close();
    await dify?.close();
  });

  async function askIn(app: string, query: string): Promise<void> {
    // The first app is there before the last is connected, and an open list does not grow.
    await until(async () => {
      await runCommand(page, 'Dify: Switch App');
      await quickInputWords(page, 'Switch App').waitFor();
      const isThere = (await quickRows(page, app).count()) > 0;
      if (!isThere) await closeQuickInput(page);
      return isThere;
    });
    await pick(page, app);
    chat = await webviewWith(page, '.composer textarea');
    await chat.getByRole('heading', { name: app }).first().waitFor();
    await chat.locator('.composer textarea').fill(query);
    await chat.locator('.composer textarea').press('Enter');
    await chat.locator('article.turn.ask').first().waitFor();
  }

  for (const [app, query, said] of talks) {
    it(`answers from ${app}`, async () => {
      await askIn(app, query);
      await chat.locator('article.turn.answer[data-key] .answer-foot').waitFor();

      assert.match(await chat.locator('article.turn.answer[data-key] .md').innerText(), said);
      await shot(page, `modes-${app.toLowerCase().replaceAll(' ', '-')}`);
    });
  }

  it('says that an app waits for a person, and takes the next question', async () => {
    await askIn('Demo Approval', 'The new release is out.');
    await chat.locator('.form-card').getByRole('button', { name: 'Publish' }).waitFor();
    for (const theme of ['Dark Modern', 'Light Modern', 'Dark High Contrast'] as const) {
      await setTheme(page, theme);
      await shot(page, `modes-paused-${theme.toLowerCase().replaceAll(' ', '-')}`);
    }

    await chat.locator('.composer textarea').fill('The office is closed.');
    await chat.locator('.composer textarea').press('Enter');
    await chat.locator('article.turn.ask').nth(1).waitFor();
    assert.equal(dify.log.filter(({ path }) => path.endsWith('/stop')).length, 0);
  });
});
