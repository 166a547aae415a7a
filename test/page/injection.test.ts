import assert from 'node:assert/strict';
import { Browser, type ChatPage } from './chatPage.ts';
import { payloads } from './payloads.ts';
import { app, conversation, message, state } from './states.ts';

/** Everything in the page that an answer should never be able to bring about. */
async function strangers(chat: ChatPage): Promise<string[]> {
  return chat.page.evaluate(() => {
    const forbidden =
      'img, picture, svg:not(.hero svg), video, audio, iframe, object, embed, link:not(head link), meta:not(head meta), base, style, script:not(body > script), form:not(.composer), input, template, math, [style], [srcdoc], [src]:not(script)';
    const elements = [...document.querySelectorAll(forbidden)].map((element) => element.tagName);
    const handlers = [...document.querySelectorAll('*')].flatMap((element) =>
      element.getAttributeNames().filter((name) => name.startsWith('on')),
    );
    const links = [...document.querySelectorAll('a')]
      .map((link) => link.protocol)
      .filter((protocol) => !['https:', 'http:', 'mailto:'].includes(protocol));
    return [...elements, ...handlers, ...links];
  });
}

/** Clicks on everything in the answer that can be clicked, with both buttons. */
async function clickEverything(chat: ChatPage): Promise<void> {
  await chat.page.evaluate(() => {
    for (const element of document.querySelectorAll<HTMLElement>('.md *, .process *')) {
      element.click();
      element.dispatchEvent(new MouseEvent('auxclick', { bubbles: true, cancelable: true, button: 1 }));
    }
  });
}

async function assertHarmless(chat: ChatPage, address: string): Promise<void> {
  await clickEverything(chat);
  await chat.painted();

  assert.deepEqual(await strangers(chat), []);
  assert.deepEqual(chat.foreignRequests, []);
  assert.deepEqual(chat.dialogs, []);
  assert.deepEqual(await chat.faults(), []);
  assert.equal(chat.page.url(), address);
  const opened = await chat.posted('openLink');
  assert.deepEqual(
    opened.filter(({ href }) => !/^(https?:\/\/[^@]*|mailto:.*)$/.test(href)),
    [],
  );
}

describe(`An answer that is an attack (${payloads.length} of them)`, () => {
  let browser: Browser;
  before(async () => {
    browser = await Browser.start();
  });
  after(() => browser.close());

  for (const way of ['at once', 'streamed'] as const) {
    it(`stays text, ${way}`, async () => {
      const chat = await browser.open();
      const address = chat.page.url();
      for (const [index, payload] of payloads.entries()) {
        const ended = way === 'at once';
        const text = ended ? payload : payload.slice(0, payload.length / 2);
        const status = ended ? ({ type: 'done' } as const) : ({ type: 'answering' } as const);
        await chat.snapshot({ ...state(), conversation: conversation(message(`${index}`, payload, { text, status })) });
        if (!ended) {
          await chat.events({
            type: 'run',
            key: `${index}`,
            event: { type: 'textAppended', text: payload.slice(text.length) },
          });
        }
        await assertHarmless(chat, address);
      }
      await chat.close();
    });
  }

  it('stays text all together, and as every other text that the app’s owner writes', async () => {
    const chat = await browser.open();
    const address = chat.page.url();
    const all = payloads.join('\n\n');
    const face = {
      ...app,
      name: payloads[0] ?? '',
      description: all,
      icon: payloads[3],
      emoji: payloads[2] ?? '',
      openingStatement: all,
      suggestedQuestions: payloads,
    };
    await chat.snapshot(state({ app: face }));
    await assertHarmless(chat, address);

    const failure = { fact: all, advice: all, remedy: 'none', details: all } as const;
    await chat.snapshot({
      ...state({ app: face }),
      draft: all,
      conversation: conversation(
        message('1', all, { text: all, status: { type: 'done' } }),
        message('2', all, { status: { type: 'failed', failure } }),
      ),
    });
    await assertHarmless(chat, address);
    await chat.close();
  });

  it('cannot hold the page up by pathological Markdown', async () => {
    const chat = await browser.open({ frames: true });
    const n = 20_000;
    const documents = [
      '[',
      '![',
      '*a ',
      '**a*',
      '`',
      '`a',
      '<',
      '<a',
      '> ',
      '- ',
      '|',
      '~~',
      '_a',
      '\\',
      '&',
      '[a](',
      '](',
      'a](b',
      '<think',
      '</',
      '#',
      '[a]: ',
      '\t- ',
      '1. ',
    ].map((piece) => piece.repeat(n));
    const slow: string[] = [];
    for (const text of documents) {
      const before = await chat.page.evaluate(() => performance.now());
      await chat.page.evaluate(
        ([base, blank, answer]) => {
          const run = { ...blank.run, text: answer, status: { type: 'done' } } as const;
          const messages = [{ ...blank, key: 'p', query: 'q', typed: 'q', askedAt: 0, run }];
          globalThis.host.send({
            type: 'snapshot',
            seq: 0,
            state: { ...base, conversation: { ...base.conversation, id: 'c', messages } },
          });
          globalThis.host.paint();
        },
        [state(), message('', '', {}), text] as const,
      );
      const took = (await chat.page.evaluate(() => performance.now())) - before;
      if (took > 2000) slow.push(`${text.slice(0, 10)}: ${Math.round(took)} ms`);
    }

    assert.deepEqual(slow, []);
    await chat.close();
  });
});
