import assert from 'node:assert/strict';
import { createServer, type AddressInfo, type Server } from 'node:net';
import path from 'node:path';
import type { FrameLocator, Locator, Page } from 'playwright-core';
import { demoApps } from '../../src/demo/demoApps.ts';
import { openSession, type Session } from './session.ts';
import { browserStorage, tracesIn } from './traces.ts';
import { until } from './until.ts';
import { openFile, selectedText, selectLines } from './workbench/editor.ts';
import { runCommand } from './workbench/palette.ts';
import { shotInThemes } from './workbench/themes.ts';
import { webviewWith } from './workbench/webview.ts';
import { openViewContainer, reload, shot } from './workbench/workbench.ts';

/** Stands in what is asked, and nowhere else. */
const mark = 'Kingfisher4711';
const steps = ['Connect an App', 'Ask in the Chat', 'Act on a Selection', 'Make It Yours'];

describe('The demo', () => {
  /** Every way out of the extension host leads here. */
  let proxy: Server;
  const proxied: string[] = [];
  let own: Session;
  let page: Page;
  let chat: FrameLocator;

  before(async () => {
    proxy = createServer((socket) => {
      socket.on('data', (data) => proxied.push(data.toString('latin1')));
      socket.on('error', () => {});
      socket.setTimeout(500, () => socket.destroy());
    });
    await new Promise<void>((resolve) => proxy.listen(0, '127.0.0.1', resolve));
    const { port } = proxy.address() as AddressInfo;
    own = await openSession({
      settings: { 'http.proxy': `http://127.0.0.1:${port}`, 'http.proxySupport': 'override' },
    });
    page = own.page;
    page.setDefaultTimeout(20_000);
  });

  after(async () => {
    await own?.close();
    proxy?.close();
  });

  const banner = (): Locator => chat.locator('.banner').filter({ hasText: 'Demo server on this computer.' });
  const codeLens = (): Locator => page.locator('.editor-group-container').last().locator('.codelens-decoration');

  async function summarize(): Promise<void> {
    await openFile(page, 'notes.md');
    await selectLines(page, 1, 9);
    await runCommand(page, 'Dify: Summarize');
    await codeLens()
      .filter({ hasText: /Demo Summarizer.*done/ })
      .waitFor();
  }

  it('answers a question three interactions after the installation', async () => {
    let interactions = 0;
    const interact = async (act: () => Promise<void>): Promise<void> => {
      await act();
      interactions += 1;
    };

    await interact(() => page.locator('.activitybar .action-item a[aria-label="Dify"]').click());
    chat = await webviewWith(page, '.hero');
    await shot(page, 'demo-1-welcome');
    await interact(() => chat.getByRole('button', { name: 'Try the Demo Server' }).click());
    chat = await webviewWith(page, '.composer textarea');
    await chat.locator('.composer textarea:focus').waitFor();
    await page.keyboard.type(`My name is ${mark}.`);
    await shot(page, 'demo-2-asking');
    await interact(() => page.keyboard.press('Enter'));

    await chat.locator('article.turn.answer[data-key] .md').filter({ hasText: mark }).waitFor();
    await chat.locator('article.turn.answer[data-key] .answer-foot').waitFor();
    await shot(page, 'demo-3-answered');
    assert.equal(interactions, 3);
    assert.ok(await banner().isVisible());
  });

  it('serves the actions too, and nobody is asked which app', async () => {
    await summarize();

    await shot(page, 'demo-summary');
  });

  it('goes on after a reload of the window with a banner and a conversation of its own', async () => {
    await reload(page);
    await openViewContainer(page, 'Dify');
    chat = await webviewWith(page, '.composer textarea');

    await banner().waitFor();
    await chat.locator('.prompt').first().waitFor();
    assert.equal(await chat.locator('article.turn.ask').count(), 0);
    await summarize();
    await chat.locator('.composer textarea').fill('What is my name?');
    await chat.locator('.composer textarea').press('Enter');
    await chat.locator('article.turn.answer[data-key] .answer-foot').waitFor();
    assert.doesNotMatch(await chat.locator('article.turn.answer[data-key] .md').innerText(), new RegExp(mark));
  });

  it('shows a sample with its text selected, which the actions take', async () => {
    await runCommand(page, 'Dify: Try an Action on a Sample');
    await page.locator('.editor-group-container.active .tab.active', { hasText: 'Untitled' }).waitFor();
    await page.locator('.editor-group-container.active .selected-text').first().waitFor();
    assert.match(await selectedText(page), /^The harbour lights project/);
    await runCommand(page, 'Dify: Summarize');
    await codeLens()
      .filter({ hasText: /Untitled.*done/ })
      .waitFor();
    await shot(page, 'demo-sample');
  });

  it('hides its banner when that is wished', async () => {
    await chat.getByRole('button', { name: 'Hide this notice' }).click();
    await banner().waitFor({ state: 'detached' });
  });

  it('ends by one click, and leaves nothing behind', async () => {
    await reload(page);
    await openViewContainer(page, 'Dify');
    chat = await webviewWith(page, '.banner');
    const before = await browserStorage(page);
    await chat.getByRole('button', { name: 'Leave the Demo' }).click();

    chat = await webviewWith(page, '.hero.middle');
    await until(async () => !(await browserStorage(page)).includes('demo.invalid'));
    assert.match(before, /demo\.invalid/, 'the state was read');
    const keys = demoApps.map(({ key }) => key);
    const kept = [before, await browserStorage(page)].join('');
    assert.deepEqual(
      [mark, ...keys].filter((word) => kept.includes(word)),
      [],
    );
    const traces = await tracesIn(path.dirname(own.workspace), [mark, ...keys]);
    assert.deepEqual(
      traces.filter((trace) => !trace.includes('dist/demo.cjs')),
      [],
    );
    assert.deepEqual(
      proxied.filter((request) => request.includes('demo.invalid')),
      [],
    );
  });

  it('is explained by a walkthrough of four steps, which see what is done', async () => {
    await page.setViewportSize({ width: 1480, height: 900 });
    await runCommand(page, 'View: Join All Editor Groups');
    await chat.getByRole('button', { name: 'How it works' }).click();

    const walkthrough = page.locator('.gettingStartedContainer');
    const step = (title: string): Locator => walkthrough.locator('.getting-started-step').filter({ hasText: title });
    for (const title of steps) await step(title).first().waitFor();
    assert.equal(await walkthrough.locator('.getting-started-step').count(), 4);
    for (const [index, title] of steps.entries()) {
      await step(title).first().click();
      await page.locator('.getting-started-media iframe, .getting-started-media svg').first().waitFor();
      await shotInThemes(own, `walkthrough-${index + 1}`);
    }

    await step('Connect an App').first().click();
    await walkthrough.getByRole('button', { name: 'Try the Demo Server' }).click();
    await step('Connect an App').locator('[role="checkbox"][aria-checked="true"]').first().waitFor();
    chat = await webviewWith(page, '.banner');
    await shot(page, 'walkthrough-connected');
  });
});
