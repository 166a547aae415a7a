import assert from 'node:assert/strict';
import { ask } from '../../src/conversation/ask.ts';
import { reduceRun } from '../../src/conversation/reduceRun.ts';
import { newRun, type RunEvent } from '../../src/conversation/run.ts';
import { t } from '../support/english.ts';
import { exchangeOf, turnOf } from '../support/recordedRuns.ts';
import { bodyOf } from '../support/recordings.ts';
import { someQuestion } from '../support/conversations.ts';
import type { ChatPage } from './chatPage.ts';
import { freshPage } from './freshPage.ts';
import { conversation, message, state } from './states.ts';

/** What our client makes of the recorded answers to one run, one after the other. */
async function eventsOf(
  name: string,
  indexes: readonly number[],
  keepsAnswers: boolean,
): Promise<readonly RunEvent[][]> {
  let run = newRun;
  const all: RunEvent[][] = [];
  for (const index of indexes) {
    const exchange = exchangeOf(name, index);
    const attaches = exchange.request.method === 'GET';
    const words = { t, host: 'dify.lab', keepsAnswers };
    const events = await Array.fromAsync(ask(turnOf(exchange), words, attaches ? run.text : undefined));
    run = events.reduce(reduceRun, run);
    all.push(events);
  }
  return all;
}

/** The answer in the history that the exchange read. */
function storedAnswer(name: string, index: number): string {
  const { data } = JSON.parse(bodyOf(exchangeOf(name, index)).toString()) as { data: { answer: string }[] };
  return data.at(-1)?.answer ?? '';
}

describe('What the page says of what two real servers did', () => {
  let chat: ChatPage;
  freshPage((page) => (chat = page));

  const question = someQuestion({ key: 'k', query: 'q', askedAt: 1 });
  const tell = (events: readonly RunEvent[]) =>
    chat.events(...events.map((event) => ({ type: 'run', key: 'k', event }) as const));

  /** Asks in the page, and lets it have the recorded answers. @returns all events */
  async function replay(name: string, indexes: readonly number[], { keepsAnswers = true } = {}): Promise<RunEvent[]> {
    const runs = await eventsOf(name, indexes, keepsAnswers);
    await chat.snapshot(state());
    await chat.events(question);
    for (const events of runs) await tell(events);
    return runs.flat();
  }

  it('rule 1: that another conversation answered, and what that means', async () => {
    const name = 'b/advanced-chat/wrong-conversation';
    const { conversation_id: id } = exchangeOf(name, 1).request.body as { conversation_id: string };
    const [events = []] = await eventsOf(name, [1], true);
    const earlier = message('1', 'Remember 4711', { text: 'I will.', status: { type: 'done' } });
    await chat.snapshot({ ...state(), conversation: { ...conversation(earlier), id } });
    await chat.events(question);
    await tell(events);

    assert.equal(
      await chat.text('article.last .note'),
      'Dify no longer knew the earlier turns and started a new conversation. The app does not remember what is above.',
    );
    assert.match(await chat.text('.transcript'), /I will\./);
  });

  it('rules 2 and 4: that a basic app keeps nothing of an answer that was lost; what came stays', async () => {
    await replay('b/special/delete-conversation-while-streaming-chat-plain', [0], { keepsAnswers: false });

    assert.match(
      await chat.text('.end'),
      /^Incomplete\. The connection broke after \d+ s, and this kind of app keeps no answer that was not read to its end\./,
    );
    assert.notEqual(await chat.text('[data-key] .md'), '');
    assert.deepEqual(await chat.page.locator('.end button').allInnerTexts(), ['Ask Again']);
  });

  it('rules 6 and 8: an empty replacement wipes nothing, and what was missed is corrected at the end', async () => {
    const name = 'b/reattach/chatflow-cut-snapshot';
    const [before = [], attached = []] = await eventsOf(name, [0, 1], true);
    assert.match(bodyOf(exchangeOf(name, 1)).toString(), /"event":\s*"message_replace".{0,400}"answer":\s*""/);
    await chat.snapshot(state());
    await chat.events(question);
    await tell(before);
    const shown = await chat.text('[data-key] .md');
    assert.notEqual(shown, '');
    const end = attached.findIndex(({ type }) => type === 'textReplaced');
    for (const event of attached.slice(0, end)) {
      await tell([event]);
      assert.ok((await chat.text('[data-key] .md')).startsWith(shown), event.type);
    }
    await tell(attached.slice(end));

    const words = (text: string): string => text.replaceAll(/\s+/g, '');
    assert.equal(words(await chat.text('[data-key] .md')), words(storedAnswer(name, 2)));
    assert.equal(await chat.page.locator('.end').count(), 0);
  });

  for (const name of ['a/chat/moderation', 'a/advanced-chat/moderation', 'b/chat/moderation']) {
    it(`a moderated answer: what was streamed is gone, what the app says instead stands: ${name}`, async () => {
      const events = await replay(name, [3]);
      const streamed = events.map((event) => (event.type === 'textAppended' ? event.text : '')).join('');

      assert.match(streamed, /verboten|forbidden/);
      assert.equal(await chat.text('[data-key] .md'), 'The answer was withheld.');
    });
  }

  for (const [name, index] of [
    ['a/advanced-chat/annotation-hit', 0],
    ['b/advanced-chat/annotation-hit', 0],
    ['a/completion/stop', 0],
    ['b/completion/stop', 0],
  ] as const) {
    it(`rule 25: nothing of what it cost where the server says zero: ${name}`, async () => {
      assert.match(bodyOf(exchangeOf(name, index)).toString(), /"total_tokens":\s*0\b/);
      await replay(name, [index]);

      assert.equal(await chat.page.locator('.answer-foot').count(), 1);
      assert.equal(await chat.page.locator('.usage').count(), 0);
    });
  }

  it('a replacement in the middle of an answer, at once and alone', async () => {
    await chat.snapshot(state());
    await chat.events(question);
    await tell([{ type: 'textAppended', text: 'One two' }]);
    await tell([{ type: 'textReplaced', text: 'Withheld' }]);
    assert.equal(await chat.text('[data-key] .md'), 'Withheld');
    await tell([{ type: 'textAppended', text: '.' }]);

    assert.equal(await chat.text('[data-key] .md'), 'Withheld.');
  });

  it('rule 12: the message of an error without a code', async () => {
    await replay('b/special/workflow-missing-input-until-eof', [0]);

    assert.match(await chat.text('.end'), /is required in input form/);
  });

  it('rule 23: the innermost words of a model that failed, and no code but under Details', async () => {
    await replay('a/chat/llm-err429', [0]);

    assert.match(await chat.text('.end'), /rate/i);
    assert.doesNotMatch(await chat.text('.end'), /PluginInvokeError|"args"/);
  });

  it('rule 5: the text of a chatflow that failed, which its history has not', async () => {
    await replay('a/advanced-chat/llm-cut-4', [0]);

    assert.equal(storedAnswer('a/advanced-chat/llm-cut-4', 1), '');
    assert.notEqual(await chat.text('[data-key] .md'), '');
    assert.equal(await chat.page.locator('.end[aria-label=Failed]').count(), 1);
  });
});
