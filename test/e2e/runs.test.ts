import assert from 'node:assert/strict';
import type { FrameLocator, Locator, Page } from 'playwright-core';
import { startDifyServer, type RunningDifyServer } from '../dify-server/serve.ts';
import { openSession, type Session } from './session.ts';
import { until } from './until.ts';
import { pick, runCommand } from './workbench/palette.ts';
import { shotInThemes } from './workbench/themes.ts';
import { webviewWith } from './workbench/webview.ts';
import { openViewContainer } from './workbench/workbench.ts';

describe('The view of runs', () => {
  let dify: RunningDifyServer;
  let own: Session;
  let page: Page;
  let chat: FrameLocator;

  before(async () => {
    dify = await startDifyServer({ tokensPerSecond: 60 });
    const keys = dify.apps.filter(({ name }) => /Chat|Handbook|Report/.test(name)).map(({ key }) => key);
    own = await openSession({ env: { DIFY_BASE_URL: dify.baseUrl, DIFY_API_KEYS: keys.join(',') } });
    page = own.page;
    page.setDefaultTimeout(20_000);
    await openViewContainer(page, 'Dify');
    chat = await webviewWith(page, '.hero');
    await chat.getByRole('button', { name: 'Connect an App' }).click();
    await pick(page, new URL(dify.baseUrl).host);
    chat = await webviewWith(page, '.composer textarea');
    await chat.locator('.composer textarea:focus').waitFor();
  });

  after(async () => {
    await own?.close();
    await dify?.close();
  });

  const rows = (): Locator => page.locator('[id="workbench.view.extension.difyCompanion"] .monaco-list-row');
  const row = (name: RegExp): Locator => rows().filter({ hasText: name }).first();

  async function ask(query: string): Promise<void> {
    await chat.locator('.composer textarea').fill(query);
    await chat.locator('.composer textarea').press('Enter');
    await chat.locator('article.turn.ask').filter({ hasText: query }).last().waitFor();
  }

  it('shows what was asked, how it goes and what came of it, and stops what runs', async () => {
    await page.getByRole('button', { name: /Runs Section/ }).click();
    await page.getByText('Runs of this workspace appear here.').waitFor();

    await ask('My name is Ada.');
    await row(/My name is Ada.*done/).waitFor();
    await ask('Write a long answer.');
    await row(/Write a long answer.*running · \d+ s/).waitFor();
    await row(/Write a long answer/).hover();
    await row(/Write a long answer/)
      .getByRole('button', { name: 'Stop' })
      .click();

    await row(/Write a long answer.*stopped/).waitFor();
    assert.equal(dify.log.filter(({ path }) => path.endsWith('/stop')).length, 1);
  });

  it('opens an answer in its conversation, and copies its id', async () => {
    await runCommand(page, 'Dify: New Conversation');
    await until(async () => (await chat.locator('article.turn.ask').count()) === 0);

    await row(/My name is Ada/).click();
    await chat.locator('article.turn.answer:focus').waitFor();

    assert.match(await chat.locator('article.turn.ask').first().innerText(), /My name is Ada\./);
  });

  it('lists what this person ran of a workflow, and opens it', async () => {
    const user = dify.log.map(({ body }) => (body as { readonly user?: string } | undefined)?.user).find(Boolean);
    const report = dify.apps.find(({ mode }) => mode === 'workflow');
    assert.ok(user !== undefined && report !== undefined);
    await fetch(`${dify.baseUrl}/workflows/run`, {
      method: 'POST',
      headers: { authorization: `Bearer ${report.key}`, 'content-type': 'application/json' },
      body: JSON.stringify({ inputs: { text: 'One. Two. Three.' }, response_mode: 'blocking', user }),
    });

    await runCommand(page, 'Dify: Run History of a Workflow…');
    await pick(page, /succeeded/);

    await page.locator('.editor-instance .view-lines').filter({ hasText: report.name }).waitFor();
    await shotInThemes(own, 'runs-detail');
  });
});
