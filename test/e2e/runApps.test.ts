import assert from 'node:assert/strict';
import type { FrameLocator, Page } from 'playwright-core';
import { demoApps } from '../../src/demo/demoApps.ts';
import { startDifyServer, type RunningDifyServer } from '../dify-server/serve.ts';
import { openSession, type Session } from './session.ts';
import { pick, runCommand } from './workbench/palette.ts';
import { webviewWith } from './workbench/webview.ts';
import { openViewContainer, reload, shot } from './workbench/workbench.ts';

describe('Apps that are run by their form', () => {
  let dify: RunningDifyServer;
  let own: Session;
  let page: Page;
  let chat: FrameLocator;

  before(async () => {
    const apps = demoApps.filter(({ name }) => name === 'Demo Report' || name === 'Demo Translator');
    dify = await startDifyServer({ apps });
    const keys = dify.apps.map(({ key }) => key).join(',');
    own = await openSession({ env: { DIFY_BASE_URL: dify.baseUrl, DIFY_API_KEYS: keys } });
    page = own.page;
    page.setDefaultTimeout(20_000);
    await openViewContainer(page, 'Dify');
    chat = await webviewWith(page, '.hero');
    await chat.getByRole('button', { name: 'Connect an App' }).click();
    await pick(page, new URL(dify.baseUrl).host);
    chat = await webviewWith(page, formOf('Demo Translator'));
    // The chat takes the focus once all of them are connected, and a list that is open then would close.
    await chat.locator('#input-0:focus').waitFor();
  });

  after(async () => {
    await own?.close();
    await dify?.close();
  });

  function formOf(app: string): string {
    return `form[aria-label="What ${app} is run with"]`;
  }

  async function switchTo(app: string): Promise<void> {
    await runCommand(page, 'Dify: Switch App');
    await pick(page, app);
    chat = await webviewWith(page, formOf(app));
  }

  const outputs = () => chat.locator('article.turn.answer[data-key] .md');

  it('run a workflow, and show its outputs by name', async () => {
    await switchTo('Demo Report');
    await chat.getByRole('button', { name: 'Run', exact: true }).click();
    await chat.getByText('The app needs a value here.').waitFor();
    await chat.getByLabel('Text').fill('A lamp shines. A lighthouse shines for ships, far out at sea.');
    await page.keyboard.press('Control+Enter');
    await chat.getByRole('button', { name: 'Stop' }).waitFor();
    await shot(page, 'run-workflow-running');

    await chat.getByRole('heading', { name: 'summary', exact: true }).waitFor({ timeout: 30_000 });
    await chat.getByRole('heading', { name: 'report', exact: true }).waitFor();
    await outputs().getByText('longest word: lighthouse').waitFor();
    await shot(page, 'run-workflow-outputs');
  });

  it('run it again with changed inputs, and keep both runs over a reload', async () => {
    await chat.getByRole('button', { name: 'New Run…' }).click();
    assert.equal(
      await chat.getByLabel('Text').inputValue(),
      'A lamp shines. A lighthouse shines for ships, far out at sea.',
    );
    await chat.getByLabel('Text').fill('Something else altogether.');
    await chat.getByRole('button', { name: 'Run', exact: true }).click();
    await outputs().getByText('longest word: altogether').waitFor({ timeout: 30_000 });
    await chat.getByRole('button', { name: 'New Run…' }).waitFor();

    await reload(page);
    chat = await webviewWith(page, 'article.turn.ask');

    await outputs().getByText('longest word: altogether').waitFor();
    assert.equal(await chat.locator('article.turn.ask').count(), 2);
    await shot(page, 'run-reloaded');
  });

  it('run a text generator', async () => {
    await switchTo('Demo Translator');
    await chat.getByLabel(/^Text/).fill('good morning');
    await chat.getByRole('button', { name: 'Run', exact: true }).click();
    await outputs().first().waitFor();
    await chat.getByRole('button', { name: 'Good answer' }).waitFor();
    await shot(page, 'run-generator');
    await chat.locator('.ask-bubble summary').click();
    await chat.getByText('Target language').waitFor();
  });
});
