import assert from 'node:assert/strict';
import type { FrameLocator, Locator, Page } from 'playwright-core';
import { demoApps } from '../../src/demo/demoApps.ts';
import type { GenerationName } from '../../src/demo/generations.ts';
import { startDifyServer, type RunningDifyServer } from '../dify-server/serve.ts';
import { appNamed } from '../lab/apps.ts';
import { openSession, type Session } from './session.ts';
import { until } from './until.ts';
import { closeQuickInput, pick, quickInputWords, quickRows, runCommand } from './workbench/palette.ts';
import { shotInThemes } from './workbench/themes.ts';
import { webviewWith } from './workbench/webview.ts';
import { openViewContainer, shot } from './workbench/workbench.ts';

const generations: readonly GenerationName[] = ['a', 'b'];

for (const generation of generations) {
  describe(`Apps of every mode, at a server of generation ${generation}`, () => {
    let dify: RunningDifyServer;
    let own: Session;
    let page: Page;
    let chat: FrameLocator;

    before(async () => {
      const apps = [...demoApps, appNamed('Branches')].filter(({ mode }) => generation === 'b' || mode !== 'agent');
      dify = await startDifyServer({ tokensPerSecond: 200, generation, apps });
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

    const answer = (): Locator => chat.locator('article.turn.answer[data-key]').last();

    async function switchTo(app: string, selector: string): Promise<void> {
      // The first app is there before the last is connected, and an open list does not grow.
      await until(async () => {
        await runCommand(page, 'Dify: Switch App');
        await quickInputWords(page, 'Switch App').waitFor();
        const isThere = (await quickRows(page, app).count()) > 0;
        if (!isThere) await closeQuickInput(page);
        return isThere;
      });
      await pick(page, app);
      chat = await webviewWith(page, selector);
      await chat.getByRole('heading', { name: app }).first().waitFor();
    }

    async function askIn(app: string, query: string): Promise<void> {
      await switchTo(app, '.composer textarea');
      await chat.locator('.composer textarea').fill(query);
      await chat.locator('.composer textarea').press('Enter');
      await answer().locator('.answer-foot').waitFor();
    }

    const look = (name: string): Promise<void> => shotInThemes(own, `modes-${generation}-${name}`);

    it('shows the tools of an agent', async () => {
      await askIn('Demo Agent', 'How much is 12 * (3 + 4)?');

      assert.match(await answer().locator('.md').innerText(), /84/);
      const tool = answer().locator('.process summary', { hasText: 'Used' }).first();
      await tool.click();
      await answer().locator('.process .kv').first().getByText('12 * (3 + 4)').first().waitFor();
      await look('agent');
    });

    it('shows the node that was tried again, and the one that failed', async () => {
      await askIn('Branches', 'do retry');
      await answer().locator('.process summary').click();
      await answer()
        .getByRole('button', { name: /Retried/ })
        .waitFor();
      await chat.locator('.composer textarea').fill('do fail');
      await chat.locator('.composer textarea').press('Enter');
      await answer().locator('.node-error').waitFor();
      await answer().locator('.end').waitFor();
      await look('chatflow');
    });

    it('runs a workflow by its form, and shows its outputs', async () => {
      await switchTo('Demo Report', 'form[aria-label="What Demo Report is run with"]');
      await chat.getByLabel('Text').fill('A lamp shines. A lighthouse shines for ships.');
      await chat.getByRole('button', { name: 'Run', exact: true }).click();
      await answer().getByRole('heading', { name: 'report', exact: true }).waitFor({ timeout: 30_000 });

      await answer().getByText('longest word: lighthouse').waitFor();
      await look('workflow');
    });

    it('runs a text generator by its form', async () => {
      await switchTo('Demo Summarizer', 'form[aria-label="What Demo Summarizer is run with"]');
      await chat.getByLabel('Text').fill('The harbour is open. Ships come in at night. The lamp shines for the ships.');
      await chat.getByRole('button', { name: 'Run', exact: true }).click();
      await answer().locator('.answer-foot').waitFor();

      assert.match(await answer().locator('.md').innerText(), /ships/i);
    });

    it('says where an answer is from', async () => {
      await askIn('Demo Handbook', 'What does a chat keep of its history?');
      await answer().locator('.chip', { hasText: 'chat.md' }).click();
      await chat.locator('.source').waitFor();
      await look('sources');
    });

    if (generation === 'b') {
      it('shows the whole answer of a new agent', async () => {
        await askIn('Demo New Agent', 'How much is 12 * (3 + 4)?');

        assert.match(await answer().locator('.md').innerText(), /84/);
        assert.equal((await answer().locator('.md').innerText()).match(/84/g)?.length, 1);
      });

      describe('that has a form', () => {
        before(async () => {
          await switchTo('Demo Support Desk', '.composer textarea');
          await chat.getByRole('button', { name: 'Start Conversation' }).waitFor();
        });

        const answers = (): Locator => chat.locator('article.turn.answer[data-key] .md');

        it('comes before the first question, which is kept and asked after it', async () => {
          await chat.locator('.composer textarea').fill('What do you know?');
          await page.keyboard.press('Enter');
          await chat.getByText('Your question is kept and sent after the form').waitFor();
          await shot(page, 'form-waiting');
          await chat.getByLabel('Your name').fill('Ada');
          await chat.getByLabel('Seats').fill('twelve');
          await chat.getByRole('button', { name: 'Start Conversation' }).click();
          await chat.getByText('Enter a number, for example 12.').waitFor();
          await chat.getByLabel('Seats').fill('12');
          await chat.getByLabel('Settings').fill('{"band": 5}');
          await chat.getByRole('button', { name: 'Start Conversation' }).click();

          const filled = answers().filter({ hasText: 'From the form:' });
          await filled.locator('td').filter({ hasText: '{"band":5}' }).waitFor();
          assert.match((await filled.textContent()) ?? '', /nameAda.*seats12/s);
          assert.match(
            (await chat.locator('article.turn.answer .md').first().textContent()) ?? '',
            /^Hello Ada\. Tell me what your X200 router does/,
          );
          await shot(page, 'form-answered');
        });

        it('is one line then, and changes from the next question on', async () => {
          await runCommand(page, 'Dify: Edit the Inputs of This Conversation');
          await chat.getByLabel('Your name').fill('Grace');
          await shot(page, 'form-editing');
          await chat.getByRole('button', { name: 'Apply from the Next Question' }).click();
          await chat.locator('.fold summary').filter({ hasText: 'Inputs: Grace' }).waitFor();
          await chat.locator('.composer textarea').fill('And what do you know now?');
          await page.keyboard.press('Enter');

          await answers().filter({ hasText: 'Grace' }).locator('td').filter({ hasText: 'Grace' }).waitFor();
        });
      });
    }
  });
}
