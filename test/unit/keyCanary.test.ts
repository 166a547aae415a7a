import { askedOnly } from '../support/chatApps.ts';
import { TurnLog } from '../../src/conversation/turnLog.ts';
import { someCopy } from '../support/conversations.ts';
import assert from 'node:assert/strict';
import { inspect } from 'node:util';
import { ask } from '../../src/conversation/ask.ts';
import { emptyConversation } from '../../src/conversation/conversation.ts';
import { ConversationSession, plainQuestion } from '../../src/conversation/session.ts';
import { store } from '../../src/conversation/stored.ts';
import { ApiKey } from '../../src/dify/apiKey.ts';
import type { App } from '../../src/host/app.ts';
import { reportOf } from '../../src/host/diagnostics/report.ts';
import { Log } from '../../src/host/log.ts';
import { loggedFetch } from '../../src/host/network/loggedFetch.ts';
import { spokenOf, statusOf, textOf } from '../../src/host/status/status.ts';
import { chat } from '../../src/dify/chat.ts';
import { DifyClient, type Fetch } from '../../src/dify/client.ts';
import { neverAborted, sse, streamOf } from '../support/difyClient.ts';
import { logChannel } from '../support/logChannel.ts';

const canary = 'app-MarkedMarkedMarkedMarked';
/** A key that looks like nothing known: a gateway may give out such ones. */
const oddCanary = 'MarkedMarked+odd/Marked=~x';
const words = { t: (message: string) => message, host: 'one.test', keepsAnswers: false };

/** What the key may not come out of: each answers, or fails, in another way, some of them quoting what they were sent. */
const worlds: Readonly<Record<string, Fetch>> = {
  'an answer': () => answer(streamOf([Buffer.from(sse({ event: 'message', answer: 'Hi' }, { event: 'message_end' }))])),
  'a refusal': () =>
    answer(Response.json({ code: 'unauthorized', message: 'Access token is invalid' }, { status: 401 })),
  'a web page': () => answer(new Response('<title>Log in</title>', { headers: { 'content-type': 'text/html' } })),
  'a refusal that quotes the key': (_, { headers }) =>
    answer(Response.json({ code: 'invalid_param', message: `no ${inspect(headers)}` }, { status: 400 })),
  'a refusal that quotes the bare key': (_, { headers }) => {
    const bare = new Headers(headers).get('authorization')?.slice('Bearer '.length);
    return answer(Response.json({ code: bare, message: `no ${bare}` }, { status: 401 }));
  },
  'a web page that quotes the key': () =>
    answer(new Response(`<title>${canary}</title>`, { status: 403, headers: { 'content-type': 'text/html' } })),
  'a failed run that quotes the key': () =>
    answer(streamOf([Buffer.from(sse({ event: 'error', code: canary, message: `Bearer ${canary}` }))])),
  'a failed run that quotes the bare key': (_, { headers }) => {
    const key = new Headers(headers).get('authorization')?.slice('Bearer '.length) ?? '';
    return answer(streamOf([Buffer.from(sse({ event: 'error', code: key, message: `Sent ${key}` }))]));
  },
  'a redirect': () => answer(new Response(null, { status: 302, headers: { location: 'https://other.test/' } })),
  'a failed run': () => answer(streamOf([Buffer.from(sse({ event: 'error', code: 'x', message: '{"message":"m"}' }))])),
  'a cut stream': () => answer(streamOf([Buffer.from(sse({ event: 'message', answer: 'Hi' }))])),
  'an error that quotes the headers': (_, { headers }) =>
    Promise.reject(new TypeError(`bad header ${inspect(headers)}`)),
};

function answer(response: Response): Promise<Response> {
  return Promise.resolve(response);
}

describe('The API key', () => {
  for (const key of [canary, oddCanary]) {
    for (const [name, fetchIn] of Object.entries(worlds)) {
      it(`comes out of nothing but the request, whatever it looks like: ${name}, ${key.length} characters`, async () => {
        const told: unknown[] = [];
        const apiKey = new ApiKey(key, 'https://one.test');
        const connection = { baseUrl: 'https://one.test/v1', apiKey, user: 'u' };
        const client = new DifyClient(() => Promise.resolve(connection), fetchIn, { pause: 1 });
        const request = { query: 'Q', inputs: {}, conversation_id: '' };
        const session = new ConversationSession(
          askedOnly((_, signal) => ask(chat(client, request, signal), words)),
          emptyConversation,
        );
        session.onEvent((event) => told.push(event));

        await session.send(plainQuestion('Q'));
        await client.get('/info', {}, neverAborted).catch((error: unknown) => told.push(error, String(error)));

        const everything = [
          inspect([told, client, connection], { depth: 20, showHidden: true }),
          store(someCopy(session.conversation)),
          ...session.conversation.messages.map((one) => new TurnLog().follow(session.conversation, one.key)),
        ];
        assert.ok(told.length > 1);
        assert.ok(!everything.join('').includes('MarkedMarked'));
      });
    }
  }

  for (const key of [canary, oddCanary]) {
    for (const [name, fetchIn] of Object.entries(worlds)) {
      it(`stands in no log, no diagnostics and no status, whatever it looks like: ${name}, ${key.length} characters`, async () => {
        const { lines, channel } = logChannel(1);
        const log = new Log(channel);
        const apiKey = new ApiKey(key, app.baseUrl.slice(0, -3));
        const connection = { baseUrl: app.baseUrl, apiKey, user: 'u' };
        const client = new DifyClient(() => Promise.resolve(connection), loggedFetch(fetchIn, log), { pause: 1 });
        const failed = (error: unknown): void => {
          log.error('Reading', error);
          log.warn(`Quoted ${encodeURIComponent(key)} and ${btoa(`user:${key}`)}`, error);
        };

        await client.get('/info', {}, neverAborted).catch(failed);
        const failure = await client.post('/info', {}, neverAborted).then(() => '', String);
        const health = { state: 'notReached', reason: `${failure} Bearer ${key}`, at: 0 } as const;
        const report = log.redact(reportOf({ ...facts, apps: [{ ...app, health }], log: log.recent(50) }, 'person'));
        const status = statusOf({ ...idle, health: { ...health, reason: failure } });

        assert.ok(lines.length > 1);
        const everything = [lines.join('\n'), report, textOf(status), status.tooltip, spokenOf(status)];
        assert.doesNotMatch(everything.join('\n'), /MarkedMarked|TWFya2VkTWFya2Vk/);
      });
    }
  }
});

const app: App = {
  id: '1',
  baseUrl: 'https://one.test/v1',
  name: 'One',
  mode: 'chat',
  description: '',
  emoji: '',
  version: '',
};

const idle = { app, activity: { answering: undefined, running: [], waiting: [] }, moment: () => 'now' };

const facts = {
  extension: '1',
  editor: '1',
  node: '24',
  platform: 'linux x64',
  place: { remoteName: undefined, runsThere: false, inBrowser: false },
  trusted: true,
  language: 'en',
  transport: 'editor',
  settings: [],
  variables: [],
  user: 'u',
  conversationFiles: 0,
} as const;
