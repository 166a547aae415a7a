import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import path from 'node:path';
import type { FrameLocator, Locator, Page } from 'playwright-core';
import { readTheme, type Theme } from '../page/server.ts';
import { startDifyServer, type RunningDifyServer } from '../dify-server/serve.ts';
import { root } from '../vscode/paths.ts';
import { copilots } from './looksApps.ts';
import { openSession, type Session } from './session.ts';
import { openFile, selectLines } from './workbench/editor.ts';
import { closeQuickInput, pick, quickRows, runCommand } from './workbench/palette.ts';
import { webviewWith } from './workbench/webview.ts';
import { openViewContainer, setTheme, shot } from './workbench/workbench.ts';

const axe = await readFile(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
/** The themes, by the files with the colours that the tests of the page take for theirs. */
const files = {
  'dark-modern': 'Dark Modern',
  'hc-dark': 'Dark High Contrast',
  'hc-light': 'Light High Contrast',
  'light-modern': 'Light Modern',
} as const;
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
  const whole = chat.locator('html');
  await whole.evaluate(axe);
  return whole.evaluate(async (html) => {
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

/** Those variables of VS Code in the page that are others than the tests of the page give it, with what they are. */
async function otherColors(chat: FrameLocator, file: Theme): Promise<readonly string[]> {
  const { values, unset, bodyClass } = await readTheme(file);
  const colors = Object.entries(values).filter(([name]) => !name.includes('-font'));
  const expected = Object.fromEntries([...colors, ...unset.map((name) => [name, ''] as const)]);
  const found = await chat.locator('html').evaluate((html, names) => {
    const { getComputedStyle } = globalThis as unknown as {
      readonly getComputedStyle: (of: unknown) => { getPropertyValue(name: string): string };
    };
    const style = getComputedStyle(html);
    return { classes: html.ownerDocument.body.className, values: names.map((name) => style.getPropertyValue(name)) };
  }, Object.keys(expected));
  const classes = found.classes.split(' ');
  return [
    ...bodyClass.split(' ').filter((name) => !classes.includes(name) && name !== 'vscode-body'),
    ...Object.entries(expected).flatMap(([name, value], index) => {
      const now = found.values[index]?.trim() ?? '';
      return now === value ? [] : [`${name}: ${now}, not ${value}`];
    }),
  ];
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

describe('The looks of the chat', () => {
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

  it('are of the colours that the page is tested with, in four themes', async () => {
    await openViewContainer(page, 'Dify');
    chat = await webviewWith(page, '.hero');
    await widen(page, 320);
    for (const [file, theme] of Object.entries(files) as [Theme, (typeof files)[Theme]][]) {
      await setTheme(page, theme);
      assert.deepEqual(await otherColors(chat, file), [], theme);
    }
    assert.deepEqual(await look(page, chat, 'first-run'), []);
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

  it('of none of them has axe a complaint', async () => {
    const found: string[] = [];
    const see = async (state: string): Promise<void> => void found.push(...(await look(page, chat, state)));
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
});

describe('The chat in Chinese', () => {
  it('speaks it from the list of the extensions to the form, and has no complaint of axe', async () => {
    const dify = await startDifyServer({ tokensPerSecond: 2000, apps: copilots.toReversed() });
    const keys = dify.apps.map(({ key }) => key).join(',');
    const own = await openSession({ locale: 'zh-cn', env: { DIFY_BASE_URL: dify.baseUrl, DIFY_API_KEYS: keys } });
    try {
      const { page } = own;
      const words = JSON.parse(await readFile(path.join(root, 'package.nls.zh-cn.json'), 'utf8')) as {
        description: string;
      };
      await runCommand(page, 'Extensions: Show Installed Extensions');
      await page.locator('.extension-list-item').filter({ hasText: words.description }).first().waitFor();
      await page.setViewportSize({ width: 900, height: 1320 });
      await openViewContainer(page, 'Dify');
      const welcome = await webviewWith(page, '.hero');
      await welcome.getByRole('button', { name: '连接应用' }).click();
      await quickRows(page, /\p{Script=Han}/u)
        .first()
        .waitFor();
      await closeQuickInput(page);
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
