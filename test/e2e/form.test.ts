import assert from 'node:assert/strict';
import type { FrameLocator, Page } from 'playwright-core';
import { openSession, type Session } from './session.ts';
import { runCommand } from './workbench/palette.ts';
import { webviewWith } from './workbench/webview.ts';
import { openViewContainer, shot } from './workbench/workbench.ts';

describe('The form of an app', () => {
  let own: Session;
  let page: Page;
  let chat: FrameLocator;

  before(async () => {
    own = await openSession({});
    page = own.page;
    page.setDefaultTimeout(20_000);
    await openViewContainer(page, 'Dify');
    chat = await webviewWith(page, '.hero');
    await chat.getByRole('button', { name: 'Try the Demo Server' }).click();
    chat = await webviewWith(page, '.composer textarea');
    await runCommand(page, 'Dify: Switch App');
    await page.keyboard.type('Demo Support Desk');
    await page.keyboard.press('Enter');
    await chat.getByRole('button', { name: 'Start Conversation' }).waitFor();
  });

  after(() => own?.close());

  const answers = () => chat.locator('article.turn.answer[data-key] .md');

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

    const answer = answers().filter({ hasText: 'From the form:' });
    await answer.locator('td').filter({ hasText: '{"band":5}' }).waitFor();
    assert.match((await answer.textContent()) ?? '', /nameAda.*seats12/s);
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
