import assert from 'node:assert/strict';
import type { FrameLocator, Locator, Page } from 'playwright-core';
import { startDifyServer, type RunningDifyServer } from '../dify-server/serve.ts';
import { labApp, uploadsOf } from '../lab/labApp.ts';
import { labSpeech } from '../lab/speechApps.ts';
import { openSession, type Session } from './session.ts';
import { until } from './until.ts';
import { pick } from './workbench/palette.ts';
import { webviewWith } from './workbench/webview.ts';
import { openViewContainer, shot } from './workbench/workbench.ts';

/** Takes pictures and documents beside a question, and listens. */
const app = labApp(
  { key: 'app-LabFilesAndSpeech0000001', name: 'Picture teller', mode: 'chat', speech: labSpeech },
  { file_upload: uploadsOf('image', 'document'), speech_to_text: { enabled: true } },
);

/** What the page knows and this program does not. */
interface PageGlobals {
  readonly OffscreenCanvas: new (
    width: number,
    height: number,
  ) => {
    getContext(kind: '2d'): { fillRect(x: number, y: number, width: number, height: number): void };
    convertToBlob(): Promise<Blob>;
  };
  readonly DataTransfer: new () => { readonly items: { add(file: File): void } };
  readonly ClipboardEvent: new (type: string, init: object) => Event;
}

/** Pastes a picture into the field. */
async function pastePicture(field: Pick<EventTarget, 'dispatchEvent'>): Promise<void> {
  const { OffscreenCanvas, DataTransfer, ClipboardEvent } = globalThis as unknown as PageGlobals;
  const canvas = new OffscreenCanvas(300, 150);
  canvas.getContext('2d').fillRect(0, 0, 200, 150);
  const clipboardData = new DataTransfer();
  clipboardData.items.add(new File([await canvas.convertToBlob()], 'image.png', { type: 'image/png' }));
  field.dispatchEvent(new ClipboardEvent('paste', { clipboardData, bubbles: true, cancelable: true }));
}

describe('Files beside a question', () => {
  let dify: RunningDifyServer;
  let own: Session;
  let page: Page;
  let chat: FrameLocator;

  before(async () => {
    dify = await startDifyServer({ apps: [app] });
    own = await openSession({
      env: { DIFY_BASE_URL: dify.baseUrl, DIFY_API_KEYS: app.key },
      files: { 'dump.zip': 'PK\0\0', 'memo.wav': 'RIFF\0', 'plan.pdf': '%PDF\0' },
    });
    page = own.page;
    page.setDefaultTimeout(20_000);
    await openViewContainer(page, 'Dify');
    chat = await webviewWith(page, '.hero');
    await chat.getByRole('button', { name: 'Connect an App' }).click();
    await pick(page, new URL(dify.baseUrl).host);
    chat = await webviewWith(page, '.composer textarea');
    await chat.getByRole('button', { name: 'Attach files' }).waitFor();
  });

  after(async () => {
    await own?.close();
    await dify?.close();
  });

  const text = (): Locator => chat.locator('.composer textarea');
  const chip = (name: string): Locator => chat.locator('.composer .chip', { hasText: name });
  const asked = (): readonly { readonly files?: readonly Record<string, unknown>[] }[] =>
    dify.log.filter((request) => request.path === '/v1/chat-messages').map(({ body }) => body as object);
  const answered = (n: number): Promise<void> =>
    chat
      .locator('.answer-foot')
      .nth(n - 1)
      .waitFor();
  /** Chooses a file in VS Code's own dialog, which is a quick input in a browser. */
  const choose = (name: string): Promise<void> => pick(page, name);

  it('are pasted, seen, sent, and stand in the question that was answered', async () => {
    await text().evaluate(pastePicture);
    await chip('image.png').locator('img').waitFor();
    await text().fill('What is it?');
    await shot(page, 'uploads-pasted');
    await text().press('Enter');
    await answered(1);

    assert.match((await chat.locator('.turn.answer').innerText()).trim(), /I see an image\. Answer: What is it\?/);
    await chat.locator('.ask-bubble .chip', { hasText: 'image.png' }).locator('img').waitFor();
    assert.deepEqual(
      asked()[0]?.files?.map(({ type, transfer_method: how }) => [type, how]),
      [['image', 'local_file']],
    );
  });

  it('that the app does not take are refused in words, and hold the question until they are removed', async () => {
    await text().pressSequentially('@dump');
    await chat.getByRole('option').filter({ hasText: 'dump.zip' }).waitFor();
    await text().press('Enter');
    await chip('dump.zip').waitFor();
    assert.equal(await text().inputValue(), 'dump.zip');
    const problem = 'dump.zip: this app accepts images, documents. Remove it or convert it.';
    await chat.locator('.under').filter({ hasText: problem }).waitFor();

    await chat.getByRole('button', { name: 'Attach files' }).click();
    await choose('plan.pdf');
    await until(async () => (await chip('plan.pdf').textContent()) === 'plan.pdf');
    await text().fill('And this?');
    await text().press('Enter');
    await chat.locator('[role=status]', { hasText: 'Nothing is sent before that.' }).waitFor({ state: 'attached' });
    await shot(page, 'uploads-refused');
    assert.equal(asked().length, 1);
    await chat.getByRole('button', { name: 'Remove dump.zip' }).click();
    await text().press('Enter');
    await answered(2);

    assert.deepEqual(
      asked()[1]?.files?.map(({ type }) => type),
      ['document'],
    );
    assert.equal(dify.log.filter((request) => request.path === '/v1/files/upload').length, 2);
  });

  it('turn recordings into text of the message', async () => {
    await chat.getByRole('button', { name: /^Transcribe a recording/ }).click();
    await choose('memo.wav');
    await until(async () => (await text().inputValue()) === 'hello from the microphone');
    await shot(page, 'uploads-recording');
  });
});
