import { emptyChat } from '../../src/conversation/protocol.ts';
import assert from 'node:assert/strict';
import { mkdir, readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { Browser, type ChatPage } from './chatPage.ts';
import { type Theme, themes } from './server.ts';
import { broughtSteps } from './broughtStates.ts';
import { composerStates, steps } from './composerStates.ts';
import { openPanel } from './listStates.ts';
import { openSteps } from './stepsStates.ts';
import { app, states } from './states.ts';
import { uploadStates } from './uploadStates.ts';

const pictures = new URL('../out/page/', import.meta.url).pathname;
const axe = await readFile(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

/** The rules of axe-core that look at colours: all others find the same in every theme. */
const aboutColors = ['color-contrast', 'link-in-text-block'];

/** axe-core's complaints about the page as it is: in the first theme by all of its rules. */
async function complaints(chat: ChatPage, theme: Theme): Promise<string[]> {
  if (!(await chat.page.evaluate(() => 'axe' in globalThis))) await chat.page.evaluate(axe);
  const only = theme === themes[0] ? {} : { runOnly: aboutColors };
  return chat.page.evaluate(async (rules) => {
    const { axe: checker } = globalThis as unknown as {
      axe: {
        run(root: Document, options: object): Promise<{ violations: { id: string; nodes: { html: string }[] }[] }>;
      };
    };
    const { violations } = await checker.run(document, { resultTypes: ['violations'], ...rules });
    return violations.map(({ id, nodes }) => `${id}: ${nodes.map((node) => node.html.slice(0, 120)).join(' | ')}`);
  }, only);
}

/** Elements that reach beyond the page's right edge and are not in a scroller of their own. */
async function tooWide(chat: ChatPage): Promise<string[]> {
  return chat.page.evaluate(() => {
    const width = document.documentElement.clientWidth;
    return [...document.querySelectorAll('.chat *')]
      .filter((element) => element.closest('pre, .wide, .wide-formula, .sr-only, .cut') === null)
      .filter((element) => element.getBoundingClientRect().right > width + 1)
      .map((element) => element.className);
  });
}

describe('Every state of the page', () => {
  let browser: Browser;
  before(async () => {
    await mkdir(pictures, { recursive: true });
    browser = await Browser.start();
  });
  after(() => browser.close());

  for (const [name, state] of Object.entries({ ...states, ...composerStates, ...uploadStates })) {
    it(`${name}: has no fault, no complaint of axe and fits, in four themes and three widths`, async function () {
      this.timeout(20_000);
      const chat = await browser.open({ theme: themes[0] });
      await chat.snapshot(state());
      await { ...steps, ...broughtSteps }[name]?.(chat);
      await openPanel(chat, name);
      await openSteps(chat.page, name);
      for (const theme of themes) {
        await chat.wear(theme);
        for (const width of [760, 200, 320]) {
          await chat.page.setViewportSize({ width, height: 700 });
          await chat.painted();

          assert.deepEqual(await complaints(chat, theme), [], `${theme} ${width}`);
          assert.deepEqual(await tooWide(chat), [], `${theme} ${width}`);
        }
        await picture(chat, `${name}-${theme}`);
      }
      assert.deepEqual(await chat.faults(), []);
      assert.deepEqual(chat.foreignRequests, []);
      await chat.close();
    });
  }

  it('an edit, a comment and the menu of an answer: no complaint of axe, and they fit, in four themes and two widths', async () => {
    for (const theme of themes) {
      const chat = await browser.open({ theme });
      await chat.snapshot(states['turns']?.() ?? { ...emptyChat, app });
      await chat.page.getByRole('button', { name: 'Edit message' }).first().click();
      await chat.page.getByRole('button', { name: 'Bad answer' }).last().click();
      await chat.events({ type: 'rated', key: '4', rating: 'dislike' });
      for (const width of [200, 320]) {
        await chat.page.setViewportSize({ width, height: 700 });
        await chat.page.getByRole('button', { name: 'More actions' }).last().click();
        await chat.painted();

        assert.deepEqual(await complaints(chat, theme), [], `${theme} ${width}`);
        assert.deepEqual(await tooWide(chat), [], `${theme} ${width}`);
        await chat.page.screenshot({ path: `${pictures}turn-acts-${theme}-${width}.png`, animations: 'disabled' });
        await chat.page.keyboard.press('Escape');
      }
      await chat.page.getByRole('button', { name: 'Cancel' }).click();
      await chat.close();
    }
  });

  it('find and the menu of a block of code: no complaint of axe, and they fit, in four themes and two widths', async () => {
    for (const theme of themes) {
      const chat = await browser.open({ theme });
      await chat.snapshot(states['code']?.() ?? { ...emptyChat, app });
      await chat.events({ type: 'command', command: 'find' });
      await chat.page.keyboard.type('a');
      for (const width of [200, 320]) {
        await chat.page.setViewportSize({ width, height: 700 });
        await chat.page.getByRole('button', { name: 'More code actions' }).first().click();
        await chat.painted();

        assert.deepEqual(await complaints(chat, theme), [], `${theme} ${width}`);
        assert.deepEqual(await tooWide(chat), [], `${theme} ${width}`);
        await chat.page.screenshot({ path: `${pictures}find-menu-${theme}-${width}.png` });
        await chat.page.keyboard.press('Escape');
      }
      await chat.close();
    }
  });

  it('is usable at 200 px and in an editor tab', async () => {
    for (const name of ['empty', 'markdown', 'ends', 'streaming'] as const) {
      for (const [width, theme] of [
        [200, 'dark-modern'],
        [760, 'light-modern'],
      ] as const) {
        const chat = await browser.open({ theme, width });
        await chat.snapshot(states[name]?.() ?? { ...emptyChat, app });
        await picture(chat, `${name}-${width}`);
        assert.ok(await chat.page.locator('textarea').isVisible());
        await chat.close();
      }
    }
  });

  for (const [lang, placeholder] of [
    ['zh-cn', '向 Support Copilot 提问（按 Enter 发送）'],
    ['ja', 'Support Copilot に質問（Enter で送信）'],
    ['fr', 'Ask Support Copilot (Enter sends)'],
  ] as const) {
    it(`speaks the language of the document: ${lang}`, async () => {
      const chat = await browser.open({ lang });
      await chat.snapshot(states['ends']?.() ?? { ...emptyChat, app });
      await picture(chat, `ends-${lang}`);

      assert.equal(await chat.page.locator('textarea').getAttribute('placeholder'), placeholder);
      await chat.close();
    });
  }
});

/** The whole height, so that nothing is scrolled away. */
async function picture(chat: ChatPage, name: string): Promise<void> {
  const height = await chat.page.evaluate(() => {
    const scroller = document.querySelector('.transcript');
    return scroller === null ? 0 : innerHeight + scroller.scrollHeight - scroller.clientHeight;
  });
  await chat.page.setViewportSize({ width: chat.page.viewportSize()?.width ?? 320, height: Math.max(height, 480) });
  await chat.painted();
  await chat.page.waitForFunction(
    () => document.querySelector('.waiting') === null || document.querySelector('.waiting span') !== null,
  );
  await chat.page.evaluate(() => globalThis.host.settled());
  await chat.page.screenshot({ path: `${pictures}${name}.png`, animations: 'disabled' });
}
