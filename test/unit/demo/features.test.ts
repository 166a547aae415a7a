import assert from 'node:assert/strict';
import type { App } from '../../../src/demo/apps.ts';
import { type DemoServer, createDemoServer } from '../../../src/demo/server.ts';
import { agentApps, clockAgent, newAgent, streamingNewAgent, unpublishedAgent } from '../../lab/agentApps.ts';
import { annotatedChat, guardedApps, moderatedChat, suggestingChat } from '../../lab/guardedApps.ts';
import { labModel } from '../../lab/model.ts';
import { TestClock } from '../../support/testClock.ts';
import { request } from './request.ts';
import { dataEventsOf } from '../../support/eventStream.ts';

type Json = Readonly<Record<string, unknown>>;

/** Servers on clocks of their own, with the lab's agents and guarded apps. */
function lab(generation: 'a' | 'b' = 'b'): { readonly clock: TestClock; readonly server: DemoServer } {
  const clock = new TestClock();
  const apps = [...agentApps, ...guardedApps].map(({ app }) => app);
  return {
    clock,
    server: createDemoServer({ generation, clock, tokensPerSecond: Infinity, source: labModel(clock), apps }),
  };
}

interface Wish {
  readonly method?: string;
  readonly body?: Json;
}

async function call(at: ReturnType<typeof lab>, app: App, path: string, { body, method }: Wish = {}) {
  const answer = at.server.handle(request(app.key, path, { body, method }));
  const read = answer.then(async (response) => ({ status: response.status, text: await response.text() }));
  await at.clock.pass(60_000);
  const { status, text } = await read;
  return { status, text, json: text.startsWith('{') ? (JSON.parse(text) as Json) : {} };
}

async function ask(at: ReturnType<typeof lab>, app: App, query: string): Promise<readonly Json[]> {
  const body = { query, inputs: {}, user: 'ada', response_mode: 'streaming', auto_generate_name: false };
  const { text } = await call(at, app, '/chat-messages', { body });
  return dataEventsOf(text);
}

function textOf(events: readonly Json[], event = 'message'): string {
  return events
    .filter((each) => each['event'] === event)
    .map(({ answer }) => String(answer))
    .join('');
}

/** Names of the events, each run of one name as one. */
function outline(events: readonly Json[]): string {
  const names = events.map(({ event }) => String(event));
  return names.filter((name, index) => name !== names[index - 1]).join(' ');
}

describe('an annotation of a demo server', () => {
  it('answers letter by letter, is named in the metadata, and costs nothing', async () => {
    const events = await ask(lab(), annotatedChat, 'What is your name?');

    assert.equal(textOf(events), 'My name is **Annotated Answer** 🏷️.');
    assert.ok(events.slice(0, -1).every(({ answer }) => Array.from(String(answer)).length === 1));
    const metadata = events.at(-1)?.['metadata'] as { readonly annotation_reply: Json; readonly usage: Json };
    assert.deepEqual(Object.keys(metadata.annotation_reply), ['id', 'account']);
    assert.equal(metadata.usage['total_price'], '0.0');
  });

  it('is made, found, changed and deleted with the key of the app', async () => {
    const at = lab();
    const made = await call(at, annotatedChat, '/apps/annotations', { body: { question: 'Why?', answer: 'Because.' } });
    assert.equal(made.status, 201);
    assert.deepEqual(Object.keys(made.json), ['id', 'question', 'answer', 'hit_count', 'created_at']);
    assert.equal(textOf(await ask(at, annotatedChat, 'why')), 'Because.');

    const path = `/apps/annotations/${String(made.json['id'])}`;
    const body = { question: 'Why?', answer: 'So be it.' };
    const changed = await call(at, annotatedChat, path, { method: 'PUT', body });
    assert.deepEqual([changed.json['answer'], changed.json['hit_count']], ['So be it.', 1]);
    const list = await call(at, annotatedChat, '/apps/annotations?keyword=so%20be');
    assert.equal(list.json['total'], 1);

    assert.equal((await call(at, annotatedChat, path, { method: 'DELETE' })).status, 204);
    assert.equal((await call(at, annotatedChat, path, { method: 'DELETE' })).json['message'], 'Annotation not found');
    assert.equal(textOf(await ask(at, annotatedChat, 'why')), 'Answer: why');
  });
});

describe('moderation of a demo server', () => {
  it('withdraws a long answer while it is written, and ends it there', async () => {
    const words = `${'harmless '.repeat(40)} verb|oten ${'word '.repeat(200)}`;
    const events = await ask(lab(), moderatedChat, `[[join:${words}]] [[slow:20]]`);

    assert.equal(outline(events), 'message message_replace message_end');
    assert.equal(events.at(-2)?.['answer'], 'The answer was withheld.');
    assert.ok(textOf(events).length < 700, 'the rest of the answer was sent');
  });

  it('lets an agent refuse a question too, as a message', async () => {
    const app: App = { ...clockAgent, moderation: moderatedChat.moderation ?? { keywords: [] } };
    const clock = new TestClock();
    const server = createDemoServer({ clock, source: labModel(clock), apps: [app] });
    const events = await ask({ clock, server }, app, 'Something forbidden');

    assert.equal(outline(events), 'message message_end');
    assert.equal(textOf(events), 'I cannot talk about that.');
  });
});

describe('a model that says nothing', () => {
  it('gives a stream one empty piece; an older server refuses it in blocking mode', async () => {
    assert.deepEqual(
      (await ask(lab('a'), suggestingChat, '[[empty]]')).map(({ answer, event }) => [event, answer]),
      [
        ['message', ''],
        ['message_end', undefined],
      ],
    );
    const body = { query: '[[empty]]', inputs: {}, user: 'ada', response_mode: 'blocking', auto_generate_name: false };
    const newer = await call(lab('b'), suggestingChat, '/chat-messages', { body });
    assert.deepEqual([newer.status, newer.json['answer']], [200, '']);
    const older = await call(lab('a'), suggestingChat, '/chat-messages', { body });
    assert.deepEqual([older.status, older.json['code']], [400, 'invalid_param']);
    assert.match(
      String(older.json['message']),
      /^1 validation error for Data\nanswer\n {2}Input should be a valid string/,
    );
  });
});

describe('suggested questions of a demo server', () => {
  it('come for a message of the user, who must be named', async () => {
    const at = lab();
    const [first] = await ask(at, suggestingChat, 'Hello');
    const path = `/messages/${String(first?.['message_id'])}/suggested`;

    assert.equal((await call(at, suggestingChat, `${path}?user=ada`)).json['result'], 'success');
    assert.equal((await call(at, suggestingChat, `${path}?user=bob`)).json['message'], 'Message Not Exists.');
    assert.equal((await call(at, suggestingChat, path)).json['message'], 'Arg user must be provided.');
  });
});

describe('who uses a demo server', () => {
  it('is an end user, whose id a rating names; an older server shows none', async () => {
    for (const generation of ['a', 'b'] as const) {
      const at = lab(generation);
      const [first] = await ask(at, suggestingChat, 'Hello');
      await call(at, suggestingChat, `/messages/${String(first?.['message_id'])}/feedbacks`, {
        body: { rating: 'like', user: 'ada' },
      });
      const { json } = await call(at, suggestingChat, '/app/feedbacks');
      const [rating] = json['data'] as readonly Json[];
      const shown = await call(at, suggestingChat, `/end-users/${String(rating?.['from_end_user_id'])}`);

      assert.equal(shown.status, generation === 'a' ? 404 : 200);
      assert.equal(shown.json['session_id'], generation === 'a' ? undefined : 'ada');
    }
  });
});

describe('an agent of an older demo server', () => {
  it('has gone on with its thoughts by the time that its new conversation has a name', async () => {
    const at = lab('a');
    const body = { query: 'Time? [[tool:current_time:{}]]', inputs: {}, user: 'ada', response_mode: 'streaming' };
    const { text } = await call(at, clockAgent, '/chat-messages', { body });
    const stages = [...text.matchAll(/"position": 1, "thought": "([^"]*)"/g)].map(([, thought]) => thought);

    assert.deepEqual(
      stages,
      Array.from({ length: 3 }, () => 'Let me look that up. '),
    );
  });
});

describe('a new agent of the demo server', () => {
  const question = 'Time? [[tool:current_time:{}]]';

  it('is not there on an older server', async () => {
    assert.equal((await call(lab('a'), newAgent, '/info')).status, 401);
  });

  it('hides its tools, also in the history', async () => {
    const at = lab();
    const events = await ask(at, newAgent, question);

    assert.equal(outline(events), 'message message_end');
    const conversation = String(events[0]?.['conversation_id']);
    const { json } = await call(at, newAgent, `/messages?user=ada&conversation_id=${conversation}`);
    assert.deepEqual((json['data'] as readonly Json[])[0]?.['agent_thoughts'], []);
  });

  it('that was never published shows its parameters, and has no model', async () => {
    const at = lab();
    assert.equal((await call(at, unpublishedAgent, '/parameters')).status, 200);
    const body = { query: 'Hello', inputs: {}, user: 'ada' };
    const { json, status } = await call(at, unpublishedAgent, '/chat-messages', { body });
    assert.deepEqual([status, json['code'], json['message']], [400, 'invalid_param', 'model is required']);
  });

  it('may stream, and repeats the whole at the end', async () => {
    const events = await ask(lab(), streamingNewAgent, question);

    assert.equal(outline(events.slice(-3)), 'agent_thought message message_end');
    assert.match(textOf(events), /The tool says: \d{4}-/);
    assert.match(textOf(events, 'agent_message'), /The tool says: \d{4}-/);
  });
});
