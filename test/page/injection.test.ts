import assert from 'node:assert/strict';
import { everywhere } from './attacked.ts';
import { Browser, type ChatPage } from './chatPage.ts';
import { morePayloads as payloads } from './morePayloads.ts';
import { Oracle } from './oracle.ts';
import { app, conversation, message, state } from './states.ts';

/** Everything in the page that nobody but ourselves should be able to bring about. */
async function strangers(chat: ChatPage): Promise<string[]> {
  return chat.page.evaluate(() => {
    const anywhere =
      'iframe, frame, object, embed, link:not(head link), meta:not(head meta), base, style, script:not(body > script), template, foreignObject, [srcdoc], [formaction], [ping], [background], img:not([src^="data:image/"]), svg:not(.hero svg)';
    const inAnswers =
      'img, picture, svg, video, audio, form, input:not(.answer-form *), select:not(.answer-form *), textarea:not(.answer-form *), input:is([type=password], [type=file], [type=image], [type=submit]), [name], [for], [form], [autofocus], [style]:not(math *), [src], [srcset], [id], math [href], math [class], math [id], annotation-xml, maction, mglyph, semantics';
    const answers = '.md, .process, .ask-bubble';
    const elements = [
      ...document.querySelectorAll(anywhere),
      ...[...document.querySelectorAll(answers)].flatMap((answer) => [...answer.querySelectorAll(inAnswers)]),
    ].map((element) => new XMLSerializer().serializeToString(element).slice(0, 200));
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
    for (const element of document.querySelectorAll(
      '.md, .process, :is(.md, .process) :is(a, button, summary, math, input, select, textarea, [tabindex])',
    )) {
      element.dispatchEvent(new MouseEvent('click', { bubbles: true, cancelable: true }));
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
  // Nobody pressed anything: it was a script that clicked.
  assert.deepEqual(await chat.posted('send'), []);
  const opened = await chat.posted('openLink');
  await chat.page.evaluate(() => globalThis.host.posted.splice(0));
  assert.deepEqual(
    opened.filter(({ href }) => !/^(https?:\/\/[^@]*|mailto:.*)$/.test(href)),
    [],
  );
}

/** Attacks in one conversation. */
const atOnce = 40;

/** Each of the texts as an answer; a streamed one comes in two pieces. */
async function show(chat: ChatPage, texts: readonly string[], isStreamed: boolean): Promise<void> {
  const messages = texts.map((whole, index) => {
    const text = isStreamed ? whole.slice(0, whole.length / 2) : whole;
    const status = isStreamed ? ({ type: 'answering' } as const) : ({ type: 'done' } as const);
    return message(`${whole} ${index}`, whole, { text, status });
  });
  await chat.snapshot({ ...state(), conversation: conversation(...messages) });
  if (!isStreamed) return;
  const events = messages.flatMap(({ key, query, run }) => [
    { type: 'run', key, event: { type: 'textAppended', text: query.slice(run.text.length) } } as const,
    { type: 'run', key, event: { type: 'answered', usage: undefined } } as const,
  ]);
  await chat.events(...events);
}

describe(`An answer that is an attack (${payloads.length} of them)`, function () {
  this.timeout(120_000);
  let browser: Browser;
  before(async () => {
    browser = await Browser.start();
  });
  after(() => browser.close());

  for (const way of ['at once', 'streamed'] as const) {
    it(`stays text, ${way}`, async () => {
      const chat = await browser.open();
      const oracle = await Oracle.open(chat);
      const address = chat.page.url();
      for (let from = 0; from < payloads.length; from += atOnce) {
        const batch = payloads.slice(from, from + atOnce);
        await show(chat, batch, way === 'streamed');
        await assertHarmless(chat, address).catch((error: unknown) => {
          throw new Error(`one of ${JSON.stringify(batch)}`, { cause: error });
        });
        assert.deepEqual(await oracle.objections(), []);
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

  it('stays text in everything else that a server or a workspace names', async () => {
    const chat = await browser.open();
    const address = chat.page.url();
    for (let from = 0; from < payloads.length; from += atOnce) {
      const batch = payloads.slice(from, from + atOnce);
      await chat.snapshot(everywhere(batch));
      for (const command of ['conversations', 'variables'] as const) {
        await chat.events({ type: 'command', command });
        await assertHarmless(chat, address).catch((error: unknown) => {
          throw new Error(`one of ${JSON.stringify(batch)}`, { cause: error });
        });
      }
    }
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
