import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { chat } from '../../src/dify/chat.ts';
import type { DifyClient } from '../../src/dify/client.ts';
import { deleteConversation, nameConversation, renameConversation } from '../../src/dify/conversations.ts';
import { complete } from '../../src/dify/completion.ts';
import { rate, revokeRating } from '../../src/dify/feedback.ts';
import { submitForm } from '../../src/dify/humanInput.ts';
import { textToAudio } from '../../src/dify/audio.ts';
import { updateVariable } from '../../src/dify/variables.ts';
import type { TurnEvent } from '../../src/dify/turn.ts';
import { runWorkflow } from '../../src/dify/workflows.ts';
import { clientAnswering, collected, neverAborted, streamOf } from '../support/difyClient.ts';
import { type StreamEvent, eventsOf } from '../support/eventStream.ts';
import { bodyOf, everyRecording, headerOf } from '../support/recordings.ts';
import { cases } from './cases.ts';
import { embeddedServer } from './embeddedServer.ts';
import { endpointOf } from './endpoints.ts';
import { Learned } from './learned.ts';
import { OpenApi } from './openapi.ts';
import { Probe, type Reached } from './probe.ts';
import { trialsOf } from './trial.ts';

/** Where the description is not what two real servers did, and why the servers are right. */
const contradictions: readonly (readonly [pattern: RegExp, reason: string])[] = [
  [/_at must match format "date-time"$/, 'times of feedback and end users have no time zone'],
  [/url must match format "url"$/, 'addresses of files are relative to the server where FILES_URL is not set'],
  [/retriever_resources\[\]\.created_at must be integer/, 'the newer history gives a text'],
  [/GET \/v1\/meta 200\.tool_icons\./, 'an icon is an address relative to the console, an emoji, or null'],
  [/user_input_form\[\] must match exactly one schema in oneOf/, 'three of nine controls are described'],
  [/GET \/v1\/site 200\.\w+ must be string/, 'what the owner has not filled in is null'],
  [/GET \/v1\/workflows\/run\/\{run_id\} 200\.outputs must be object/, 'the older server gives JSON as text'],
  [/GET \/v1\/workflows\/run\/\{run_id\} 200\./, 'the older server gives a row of nulls for an unknown run'],
  [/POST \/v1\/chat-messages 200\.metadata\.usage must be object/, 'no model, no usage'],
  [/ (?:iteration|loop)_\w+\.data\.id must match format "uuid"/, 'the id is that of the node in the graph'],
  [/execution_metadata\.total_price must be number/, 'a price is a text'],
];

function isKnown(misfit: string): boolean {
  return contradictions.some(([pattern]) => pattern.test(misfit));
}

const file = process.env['DIFY_OPENAPI'];

describe('Dify’s description of its API (OpenAPI)', () => {
  if (file === undefined) {
    it('was not given: DIFY_OPENAPI names no copy of it');
    return;
  }
  const described = new OpenApi(readFileSync(file, 'utf8'));
  const eventMisfits = (mode: string, events: readonly StreamEvent[]): readonly string[] =>
    events
      .filter(({ event }) => event !== 'ping' && event !== 'broken')
      .flatMap((each) => described.eventMisfits(mode, each));

  it('contradicts two real servers where we know it, and nowhere else', () => {
    const found = new Set<string>();
    for (const { recording } of everyRecording()) {
      for (const exchange of recording.exchanges) {
        const { request, response } = exchange;
        const type = headerOf(exchange, 'content-type') ?? '';
        const body = bodyOf(exchange).toString();
        const endpoint = endpointOf(request.method, request.path);
        const misfits = type.startsWith('text/event-stream')
          ? eventMisfits(recording.server.mode, eventsOf(body))
          : type.startsWith('application/json') && body !== ''
            ? described.answerMisfits(endpoint, response?.status ?? 0, JSON.parse(body))
            : [];
        for (const misfit of misfits) found.add(misfit);
      }
    }

    assert.deepEqual(
      [...found].filter((misfit) => !isKnown(misfit)),
      [],
    );
    const unused = contradictions.filter(([pattern]) => ![...found].some((misfit) => pattern.test(misfit)));
    assert.deepEqual(
      unused.map(([, reason]) => reason),
      [],
    );
  });

  for (const generation of ['a', 'b'] as const) {
    it(`holds for what the embedded server answers as Dify ${generation === 'a' ? '1.11.2' : '1.14.2'}`, async () => {
      const found = new Set<string>();
      let answers = 0;
      const reached = ({ endpoint, got, mode }: Reached): void => {
        answers++;
        const isJson = Object.keys(got.json).length > 0;
        const misfits = [
          ...(isJson ? described.answerMisfits(endpoint, got.status, got.json) : []),
          ...eventMisfits(mode, got.events),
        ];
        for (const misfit of misfits) found.add(misfit);
      };
      const { apps, target } = await embeddedServer(generation);
      const server = { generation, target, learned: new Learned(generation), apps, reached };
      for (const one of cases) {
        // Whether it does what the case says is said elsewhere.
        for (const { app } of trialsOf(one, apps, generation)) await one.run(new Probe(app, server)).catch(() => {});
      }

      assert.deepEqual(
        [...found].filter((misfit) => !isKnown(misfit)),
        [],
      );
      assert.ok(answers > 500, `${answers} answers`);
    }).timeout(60_000);
  }

  it('describes the bodies that the client sends', async () => {
    const id = crypto.randomUUID();
    const turns: readonly ((client: DifyClient) => AsyncGenerator<TurnEvent, void, void>)[] = [
      (client) => chat(client, { query: 'x', inputs: { a: 1 }, conversation_id: '' }, neverAborted),
      (client) => chat(client, { query: 'x', inputs: {}, conversation_id: id }, neverAborted),
      (client) => complete(client, { inputs: { query: 'x' } }, neverAborted),
      (client) => complete(client, { inputs: {}, response_mode: 'blocking' }, neverAborted),
      (client) => runWorkflow(client, { inputs: {} }, neverAborted),
      (client) => runWorkflow(client, { inputs: {}, workflow_id: id }, neverAborted),
    ];
    const calls: readonly ((client: DifyClient) => Promise<unknown>)[] = [
      ...turns.map((turn) => (client: DifyClient) => collected(turn(client))),
      (client) => renameConversation(client, { id, name: 'x' }, neverAborted),
      (client) => nameConversation(client, id, neverAborted),
      (client) => deleteConversation(client, id, neverAborted),
      (client) => rate(client, { messageId: id, rating: 'like', content: 'x' }, neverAborted),
      (client) => revokeRating(client, id, neverAborted),
      (client) => updateVariable(client, { conversationId: id, id, value: [1] }, neverAborted),
      (client) => submitForm(client, { token: 'x', inputs: { a: '' }, action: 'approve' }, neverAborted),
      (client) => textToAudio(client, { text: 'x' }, neverAborted),
    ];
    const found: string[] = [];
    const endpoints = new Set<string>();
    for (const call of calls) {
      const client = clientAnswering((url, init) => {
        const body: unknown = JSON.parse(typeof init.body === 'string' ? init.body : '');
        const endpoint = endpointOf(String(init.method), url.pathname);
        endpoints.add(endpoint);
        found.push(...described.requestMisfits(endpoint, body));
        return streamOf([]);
      });
      // What it makes of no answer is said elsewhere.
      await call(client).catch(() => {});
    }

    assert.deepEqual(found, []);
    assert.equal(endpoints.size, 10);
  });
});
