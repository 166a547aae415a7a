import assert from 'node:assert/strict';
import type { FrameLocator, Locator, Page } from 'playwright-core';
import { startDifyServer, type RunningDifyServer } from '../dify-server/serve.ts';
import { openSession, type Session } from './session.ts';
import { until } from './until.ts';
import { menuItem, openContextMenu, openFile, selectLines, selectText } from './workbench/editor.ts';
import { pick } from './workbench/palette.ts';
import { webviewWith } from './workbench/webview.ts';
import { openViewContainer, shot } from './workbench/workbench.ts';

describe('The composer in the side bar', () => {
  let dify: RunningDifyServer;
  let own: Session;
  let page: Page;
  let chat: FrameLocator;

  before(async () => {
    dify = await startDifyServer({ tokensPerSecond: 30 });
    const keys = dify.apps.map(({ key }) => key).join(',');
    own = await openSession({ env: { DIFY_BASE_URL: dify.baseUrl, DIFY_API_KEYS: keys } });
    page = own.page;
    page.setDefaultTimeout(20_000);
    await openViewContainer(page, 'Dify');
    chat = await webviewWith(page, '.hero');
    await chat.getByRole('button', { name: 'Connect an App' }).click();
    await pick(page, new URL(dify.baseUrl).host);
    chat = await webviewWith(page, '.composer textarea');
    await chat.locator('.prompt').first().waitFor();
  });

  after(async () => {
    await own?.close();
    await dify?.close();
  });

  const sent = (): readonly string[] =>
    dify.log.filter(({ path }) => path === '/v1/chat-messages').map(({ body }) => (body as { query: string }).query);
  const text = (): Locator => chat.locator('.composer textarea');
  const chips = (): Locator => chat.locator('.composer .chip');
  const answered = (n: number): Promise<void> =>
    chat
      .locator('.answer-foot')
      .nth(n - 1)
      .waitFor();

  it('offers what is selected, and sends it only when it is attached', async () => {
    await openFile(page, 'inventory.ts');
    await selectLines(page, 2, 3);
    const offer = chat.getByRole('button', { name: 'Selection, 2 lines' });
    await offer.click();
    await chips().filter({ hasText: 'inventory.ts:2–3' }).waitFor();
    await text().fill('What is this?');
    await shot(page, 'composer-selection');
    await text().press('Enter');
    await answered(1);

    assert.deepEqual(sent(), [
      'What is this?\n\nFile inventory.ts, lines 2 to 3:\n```ts\nexport interface Boat {\n  readonly name: string;\n```',
    ]);
    assert.equal(await text().inputValue(), '');
    assert.equal(await chips().filter({ hasText: 'inventory.ts' }).count(), 0);
  });

  it('queues while an answer comes, and goes on by itself', async () => {
    await text().fill('Count to 40.');
    await text().press('Enter');
    await chat.getByRole('button', { name: 'Stop answering (Esc)' }).waitFor();
    await text().fill('And the next one?');
    await text().press('Enter');
    await chat.getByText('1 queued', { exact: true }).first().waitFor();
    assert.equal(await text().inputValue(), '');
    await shot(page, 'composer-queue');
    await answered(3);

    assert.deepEqual(sent().slice(1), ['Count to 40.', 'And the next one?']);
    assert.equal(await chat.locator('.queue').count(), 0);
  });

  it('attaches a file by @, and begins anew by /new', async () => {
    await text().pressSequentially('@notes');
    await chat.getByRole('option').filter({ hasText: 'notes.md' }).waitFor();
    await shot(page, 'composer-mention');
    await text().press('Enter');
    await chips().filter({ hasText: 'notes.md' }).waitFor();
    assert.equal(await text().inputValue(), 'notes.md');

    await text().fill('/new');
    await chat.getByRole('option').filter({ hasText: '/new' }).waitFor();
    await text().press('Enter');
    await chat.locator('.hero').waitFor();
    await until(async () => (await chips().filter({ hasText: 'notes.md' }).count()) === 0);
    assert.equal(sent().length, 3);
  });

  it('takes what “Add to Dify Chat” adds in the editor', async () => {
    await openFile(page, 'inventory.ts');
    await selectText(page, 'pricePerDay');
    await openContextMenu(page);
    await menuItem(page, 'Add to Dify Chat').click();
    await chips().filter({ hasText: 'inventory.ts' }).waitFor();
  });
});
