import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import type { FrameLocator, Locator, Page } from 'playwright-core';
import { startDifyServer, type RunningDifyServer } from '../dify-server/serve.ts';
import { copilots } from './looksApps.ts';
import { openSession, type Session } from './session.ts';
import { openFile, selectLines } from './workbench/editor.ts';
import { pick } from './workbench/palette.ts';
import { webviewWith } from './workbench/webview.ts';
import { openViewContainer, setTheme, shot, themes, type Theme } from './workbench/workbench.ts';

const axe = await readFile(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
const themeNames = Object.keys(themes) as Theme[];
const source = Array.from({ length: 40 }, (_, n) => `export const step${n + 1} = ${n + 1};`).join('\n');

/** Connects the apps that the environment names. Returns the chat. */
async function connect(page: Page, button: string, host: string): Promise<FrameLocator> {
  await (await webviewWith(page, '.hero')).getByRole('button', { name: button }).click();
  await pick(page, host);
  const chat = await webviewWith(page, '.composer textarea');
  // The chat takes the focus once all of them are connected.
  await chat.locator('.composer textarea:focus').waitFor();
  return chat;
}

/** Makes the side bar so wide, by its edge. */
async function widen(page: Page, width: number): Promise<void> {
  const side = page.locator('.part.sidebar');
  const box = await side.boundingBox();
  assert.ok(box !== null);
  const y = box.y + box.height / 2;
  await page.mouse.move(box.x + box.width, y);
  await page.mouse.down();
  await page.mouse.move(box.x + width, y, { steps: 5 });
  await page.mouse.up();
  // What lies under the mouse looks otherwise.
  await page.mouse.move(box.x + width + 200, y);
}

/** What axe-core has to say about the page. */
async function complaints(chat: FrameLocator): Promise<readonly string[]> {
  const root = chat.locator('html');
  await root.evaluate(axe);
  return root.evaluate(async (html) => {
    const { axe: checker } = globalThis as unknown as {
      axe: { run(root: unknown): Promise<{ violations: { id: string; nodes: { html: string }[] }[] }> };
    };
    // The page is transparent, and axe sees no further than the frame: it would take white for what VS Code paints behind it.
    html.style.backgroundColor = 'var(--vscode-sideBar-background)';
    const { violations } = await checker.run(html.ownerDocument);
    html.style.backgroundColor = '';
    return violations.map(({ id, nodes }) => `${id}: ${nodes.map((node) => node.html.slice(0, 160)).join(' | ')}`);
  });
}

/** Takes the picture, and has axe look too. Returns what it found. */
async function look(page: Page, chat: FrameLocator, name: string): Promise<readonly string[]> {
  await shot(page, `looks-${name.toLowerCase().replaceAll(' ', '-')}`);
  return (await complaints(chat)).map((complaint) => `${name}: ${complaint}`);
}

async function fillForm(chat: FrameLocator): Promise<void> {
  await chat.getByLabel('Customer name').fill('Ada Lovelace');
  await chat
    .getByLabel('What happened?')
    .fill('Since the update on Friday the VPN is gone after every restart and the log only says “profile missing”.');
  await chat.getByLabel('Seats').fill('twelve');
  await chat.getByLabel('Settings').fill('{ "channel": 6\n  "band": 5 }');
}

describe('The looks of the chat, in four themes', () => {
  let dify: RunningDifyServer;
  let own: Session;
  let page: Page;
  let chat: FrameLocator;

  before(async () => {
    dify = await startDifyServer({ tokensPerSecond: 2000, apps: copilots });
    const keys = dify.apps.map(({ key }) => key).join(',');
    own = await openSession({
      env: { DIFY_BASE_URL: dify.baseUrl, DIFY_API_KEYS: keys },
      files: { 'client.ts': source },
    });
    page = own.page;
    page.setDefaultTimeout(20_000);
    await page.setViewportSize({ width: 900, height: 900 });
  });

  after(async () => {
    await own?.close();
    await dify?.close();
  });

  const composer = (): Locator => chat.locator('.composer textarea');
  const conversationCrumb = (): Locator => chat.locator('.crumb.conversation');

  async function ask(query: string): Promise<void> {
    await composer().fill(query);
    await composer().press('Enter');
    await chat.locator('.ask-bubble').filter({ hasText: query }).waitFor();
  }

  /** Begins a conversation, and waits for what its answer comes to. */
  async function begin(query: string, until: Locator): Promise<void> {
    await page.getByRole('button', { name: 'New Conversation' }).click();
    await chat.locator('.prompt').first().waitFor();
    await ask(query);
    await until.waitFor();
  }

  async function chooseApp(name: string): Promise<void> {
    await chat.locator('.crumb.app').click();
    await chat.getByRole('menuitemradio', { name }).click();
    await chat.locator('.crumb.app').filter({ hasText: name }).waitFor();
  }

  async function openConversation(title: string): Promise<void> {
    await conversationCrumb().click();
    await chat.locator('.conv .open').filter({ hasText: title }).click();
    await chat.locator('.ask-bubble').filter({ hasText: title }).waitFor();
  }

  /** Goes to the beginning, as a reader does: a way back is offered. */
  async function leaveEnd(): Promise<void> {
    await chat.locator('.transcript').hover();
    await page.mouse.wheel(0, -20_000);
    await chat.getByRole('button', { name: 'Latest' }).waitFor();
    await chat.getByRole('columnheader', { name: 'Fix' }).waitFor();
  }

  it('first run', async () => {
    await openViewContainer(page, 'Dify');
    chat = await webviewWith(page, '.hero');
    await widen(page, 320);
    const found: string[] = [];
    for (const theme of themeNames) {
      await setTheme(page, theme);
      found.push(...(await look(page, chat, `first-run-${theme}`)));
    }
    assert.deepEqual(found, []);
    chat = await connect(page, 'Connect an App', new URL(dify.baseUrl).host);
    await chat.locator('.prompt').first().waitFor();
  });

  it('a conversation of each kind', async () => {
    const foot = chat.locator('.answer-foot');
    await openFile(page, 'client.ts');
    await selectLines(page, 12, 38);
    await chat.getByRole('button', { name: 'Selection, 27 lines' }).click();
    await ask('Add a retry with a growing pause');
    await foot.waitFor();
    await begin('Compare the three fixes for the hourly drops', foot);
    await begin('What is the chance of a quiet night?', chat.locator('math'));
    await begin('Why do I have to save the profiles?', chat.locator('.md').filter({ hasText: 'so save' }));
    await chat.getByRole('button', { name: /^Stop answering/ }).click();
    await chat.locator('.end').waitFor();
    dify.fault({
      path: '/v1/chat-messages',
      answer: {
        status: 400,
        headers: { 'Content-Type': 'application/json' },
        body: JSON.stringify({ code: 'provider_quota_exceeded', message: 'Quota exceeded.', status: 400 }),
      },
    });
    await begin('And the firmware version?', chat.locator('.end'));
    dify.fault({
      path: '/v1/chat-messages',
      answer: {
        status: 401,
        headers: { 'Content-Type': 'application/json' },
        body: JSON.stringify({ code: 'unauthorized', message: 'Access token is invalid', status: 401 }),
      },
    });
    await ask('And the firmware version, please?');
    await chat.locator('.end').filter({ hasText: 'It may have been deleted in Dify. Your message is kept.' }).waitFor();
    await begin('How do I reset an X200 without losing the VPN profiles?', chat.getByText('import the'));
    await composer().fill('And how do I check the firmware version?');
    await composer().press('Enter');
    await chat.getByText('1 queued', { exact: true }).first().waitFor();
    await composer().fill('Write a reply to the customer in German');
    await composer().press('Enter');
    await chat.getByText('2 queued', { exact: true }).first().waitFor();
    await chooseApp('Support Desk');
    await fillForm(chat);
  });

  for (const theme of themeNames) {
    it(theme, async () => {
      const found: string[] = [];
      const see = async (state: string): Promise<void> =>
        void found.push(...(await look(page, chat, `${state}-${theme}`)));
      await setTheme(page, theme);
      await chooseApp('Support Desk');
      await page.setViewportSize({ width: 900, height: 1320 });
      await chat.getByRole('button', { name: 'Start Conversation' }).click();
      await chat.getByText('3 fields need attention').first().waitFor();
      await see('form');
      await page.setViewportSize({ width: 900, height: 900 });

      await chooseApp('Support Copilot');
      for (const [name, title] of [
        ['code', 'Add a retry'],
        ['long-table', 'Compare the three'],
        ['math', 'What is the chance'],
        ['stopped', 'Why do I have'],
        ['error', 'And the firmware version?'],
        ['streaming', 'How do I reset'],
      ] as const) {
        await openConversation(title);
        if (name === 'long-table') await leaveEnd();
        await see(name);
      }
      await widen(page, 200);
      await see('narrow');
      await widen(page, 320);
      await conversationCrumb().click();
      await chat.locator('.conv').nth(5).waitFor();
      await page.mouse.move(600, 600);
      await see('list');
      await conversationCrumb().click();
      assert.deepEqual(found, []);
    });
  }
});

describe('The looks of the chat in Chinese', () => {
  it('of the form and the list', async () => {
    const dify = await startDifyServer({ tokensPerSecond: 2000, apps: copilots.toReversed() });
    const keys = dify.apps.map(({ key }) => key).join(',');
    const own = await openSession({ locale: 'zh-cn', env: { DIFY_BASE_URL: dify.baseUrl, DIFY_API_KEYS: keys } });
    try {
      const { page } = own;
      await page.setViewportSize({ width: 900, height: 1320 });
      await openViewContainer(page, 'Dify');
      const chat = await connect(page, '连接应用', new URL(dify.baseUrl).host);
      await fillForm(chat);
      await chat.getByRole('button', { name: '开始对话' }).click();
      await chat.getByText('3 个字段需要检查').first().waitFor();
      await chat.getByText('（可选，文档，最多 3 个，每个不超过 15 MB）').waitFor();
      const form = await look(page, chat, 'form-zh-cn');
      await chat.getByLabel('What happened?').fill('升级后 VPN 消失');
      await chat.getByLabel('Seats').fill('12');
      await chat.getByLabel('Settings').fill('');
      await chat.locator('.composer textarea').fill('怎样恢复 VPN？');
      await chat.getByRole('button', { name: '开始对话' }).click();
      await chat.locator('.composer textarea').press('Enter');
      await chat.locator('.answer-foot').waitFor();
      await chat.locator('.crumb.conversation').click();
      await chat.locator('.conv').first().waitFor();

      assert.deepEqual([...form, ...(await look(page, chat, 'list-zh-cn'))], []);
    } finally {
      await own.close();
      await dify.close();
    }
  });
});
