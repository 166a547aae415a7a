import assert from 'node:assert/strict';
import { inspect } from 'node:util';
import { ask } from '../../src/conversation/ask.ts';
import { emptyConversation } from '../../src/conversation/conversation.ts';
import { ConversationSession } from '../../src/conversation/session.ts';
import { store } from '../../src/conversation/stored.ts';
import { ApiKey } from '../../src/dify/apiKey.ts';
import { chat } from '../../src/dify/chat.ts';
import { DifyClient, type Fetch } from '../../src/dify/client.ts';
import { neverAborted, sse, streamOf } from '../support/difyClient.ts';

const canary = 'app-MarkedMarkedMarkedMarked';
const words = { t: (message: string) => message, host: 'one.test', keepsAnswers: false };

/** What the key may not come out of: each answers, or fails, in another way, some of them quoting what they were sent. */
const worlds: Readonly<Record<string, Fetch>> = {
  'an answer': () => answer(streamOf([Buffer.from(sse({ event: 'message', answer: 'Hi' }, { event: 'message_end' }))])),
  'a refusal': () =>
    answer(Response.json({ code: 'unauthorized', message: 'Access token is invalid' }, { status: 401 })),
  'a web page': () => answer(new Response('<title>Log in</title>', { headers: { 'content-type': 'text/html' } })),
  'a refusal that quotes the key': (_, { headers }) =>
    answer(Response.json({ code: 'invalid_param', message: `no ${inspect(headers)}` }, { status: 400 })),
  'a web page that quotes the key': () =>
    answer(new Response(`<title>${canary}</title>`, { status: 403, headers: { 'content-type': 'text/html' } })),
  'a failed run that quotes the key': () =>
    answer(streamOf([Buffer.from(sse({ event: 'error', code: canary, message: `Bearer ${canary}` }))])),
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
  for (const [name, fetchIn] of Object.entries(worlds)) {
    it(`comes out of nothing but the request: ${name}`, async () => {
      const told: unknown[] = [];
      const apiKey = new ApiKey(canary, 'https://one.test');
      const connection = { baseUrl: 'https://one.test/v1', apiKey, user: 'u' };
      const client = new DifyClient(() => Promise.resolve(connection), fetchIn, { pause: 1 });
      const request = { query: 'Q', inputs: {}, conversation_id: '' };
      const session = new ConversationSession(
        {
          ask: (_, signal) => ask(chat(client, request, signal), words),
          history: () => Promise.reject(new Error('not asked')),
        },
        emptyConversation,
      );
      session.onEvent((event) => told.push(event));

      await session.send('Q');
      await client.get('/info', {}, neverAborted).catch((error: unknown) => told.push(error, String(error)));

      const everything = [
        inspect([told, client, connection], { depth: 20, showHidden: true }),
        store(session.conversation),
      ];
      assert.ok(told.length > 1);
      assert.ok(!everything.join('').includes('MarkedMarked'));
    });
  }
});
