import assert from 'node:assert/strict';
import { mkdir } from 'node:fs/promises';
import type { ChatPage } from './chatPage.ts';
import { freshPage } from './freshPage.ts';
import { app, state, states } from './states.ts';

const pictures = new URL('../out/page/', import.meta.url).pathname;

describe('An answer that is read aloud', () => {
  let chat: ChatPage;
  freshPage((page) => (chat = page));
  before(() => mkdir(pictures, { recursive: true }));
  beforeEach(async () => {
    await chat.snapshot(states['turns']?.() ?? state());
  });

  const button = (name: string) => chat.page.getByRole('button', { name, exact: true });
  const item = (name: string) => chat.page.getByRole('menuitem', { name, exact: true });
  const picture = (name: string) => chat.page.screenshot({ path: `${pictures}${name}.png`, animations: 'disabled' });
  const openMenu = async (nth: number) => {
    await button('More actions').nth(nth).click();
    await chat.painted();
  };

  const reading = { key: '4', state: 'reading', audio: '', problem: '', unasked: false } as const;
  const ready = { ...reading, state: 'ready', audio: silence(30) } as const;
  const speech = (value: typeof reading | typeof ready | undefined) =>
    chat.events({ type: 'changed', state: { speech: value } });

  it('plays once it is there, where it was asked for, and tells when it is over', async () => {
    await openMenu(3);
    await item('Read Aloud').click();
    await speech(reading);
    assert.equal(await chat.text('.spoken span'), 'Getting the sound');
    await speech({ ...ready, audio: silence(0.2) });
    await chat.waitForPosted('stopSpeech');
  });

  it('is stopped, and can be played where the page found it ready', async () => {
    await chat.snapshot({ ...(states['turns']?.() ?? state()), speech: ready });
    assert.equal(await chat.text('.spoken span'), 'The sound is ready');
    await button('Play').click();
    assert.equal(await chat.text('.spoken span'), 'Reading aloud');
    await picture('spoken-playing');
    await button('Stop Reading').click();
    assert.equal((await chat.posted('stopSpeech')).length, 1);
    await speech(undefined);

    assert.equal(await chat.page.locator('.spoken').count(), 0);
  });

  it('is silent in another view of the same chat', async () => {
    await speech(reading);
    await speech(ready);

    assert.equal(await chat.text('.spoken span'), 'The sound is ready');
  });

  it('says what cannot be played, and what could not be read', async () => {
    await speech({ ...ready, audio: 'data:audio/mpeg;base64,AAAA' });
    await button('Play').click();
    await chat.page.getByText('This sound cannot be played here.').waitFor();
    await chat.snapshot(states['spoken']?.() ?? state());

    assert.equal(await chat.text('.spoken span'), 'TTS is not enabled');
  });

  it('is offered only where the app can speak', async () => {
    await chat.snapshot({ ...(states['turns']?.() ?? state()), app });
    await openMenu(3);

    assert.equal(await item('Read Aloud').count(), 0);
    assert.equal(await item('Quote').count(), 1);
  });
});

/** Silence of that many seconds, as the host hands on a sound. */
function silence(seconds: number): string {
  const rate = 8000;
  const size = Math.round(rate * seconds);
  const header = Buffer.alloc(44);
  header.write('RIFF', 0);
  header.writeUInt32LE(36 + size, 4);
  header.write('WAVEfmt ', 8);
  header.writeUInt32LE(16, 16);
  header.writeUInt16LE(1, 20);
  header.writeUInt16LE(1, 22);
  header.writeUInt32LE(rate, 24);
  header.writeUInt32LE(rate, 28);
  header.writeUInt16LE(1, 32);
  header.writeUInt16LE(8, 34);
  header.write('data', 36);
  header.writeUInt32LE(size, 40);
  return `data:audio/wav;base64,${Buffer.concat([header, Buffer.alloc(size, 128)]).toString('base64')}`;
}
