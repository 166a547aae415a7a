import assert from 'node:assert/strict';
import { glob, readFile } from 'node:fs/promises';
import path from 'node:path';
import type { DifyClient } from '../../../src/dify/client.ts';
import { readStreamEvent } from '../../../src/dify/events.ts';
import type { TurnEvent } from '../../../src/dify/turn.ts';
import { clientAnswering, neverAborted as signal, sse } from '../../support/difyClient.ts';
import { recordedStreams } from '../../support/recordedStreams.ts';
import { root } from '../../vscode/paths.ts';
import * as annotations from '../../../src/dify/annotations.ts';
import * as app from '../../../src/dify/app.ts';
import * as audio from '../../../src/dify/audio.ts';
import { chat } from '../../../src/dify/chat.ts';
import { complete } from '../../../src/dify/completion.ts';
import * as conversations from '../../../src/dify/conversations.ts';
import { getEndUser } from '../../../src/dify/endUser.ts';
import * as feedback from '../../../src/dify/feedback.ts';
import * as files from '../../../src/dify/files.ts';
import * as humanInput from '../../../src/dify/humanInput.ts';
import { getMessages } from '../../../src/dify/messages.ts';
import * as runs from '../../../src/dify/runs.ts';
import { getSuggested } from '../../../src/dify/suggested.ts';
import * as variables from '../../../src/dify/variables.ts';
import { attachToRun, runWorkflow } from '../../../src/dify/workflows.ts';

type Turn = AsyncGenerator<TurnEvent, void, void>;

const upload = { name: 'x', type: 'a/b', size: 0, content: new Uint8Array() };
const note = { question: 'Q', answer: 'A' };
const reply = { score_threshold: 1, embedding_provider_name: 'p', embedding_model_name: 'm' };

/** Each function that calls the API, as it is called. */
const calls: Readonly<Record<string, readonly ((client: DifyClient) => Promise<unknown>)[]>> = {
  getInfo: [(client) => app.getInfo(client, signal)],
  getParameters: [(client) => app.getParameters(client, signal)],
  getSite: [(client) => app.getSite(client, signal)],
  getToolIcons: [(client) => app.getToolIcons(client, signal)],
  complete: [(client) => stopped(client, (stop) => complete(client, { inputs: {} }, stop))],
  chat: [(client) => stopped(client, (stop) => chat(client, { query: 'Q', inputs: {}, conversation_id: '' }, stop))],
  runWorkflow: [
    (client) => stopped(client, (stop) => runWorkflow(client, { inputs: {} }, stop)),
    (client) => stopped(client, (stop) => runWorkflow(client, { inputs: {}, workflow_id: 'id' }, stop)),
  ],
  attachToRun: (['workflow', 'advanced-chat'] as const).map(
    (mode) => (client: DifyClient) => stopped(client, (stop) => attachToRun(client, { runId: 'id', mode }, stop)),
  ),
  getRun: [(client) => runs.getRun(client, 'id', signal)],
  getLogs: [(client) => runs.getLogs(client, {}, signal)],
  getConversations: [(client) => conversations.getConversations(client, {}, signal)],
  renameConversation: [(client) => conversations.renameConversation(client, { id: 'id', name: 'N' }, signal)],
  nameConversation: [(client) => conversations.nameConversation(client, 'id', signal)],
  deleteConversation: [(client) => conversations.deleteConversation(client, 'id', signal)],
  getVariables: [(client) => variables.getVariables(client, 'id', signal)],
  updateVariable: [(client) => variables.updateVariable(client, { conversationId: 'id', id: 'id', value: 1 }, signal)],
  getMessages: [(client) => getMessages(client, { conversationId: 'id' }, signal)],
  getSuggested: [(client) => getSuggested(client, 'id', signal)],
  rate: [(client) => feedback.rate(client, { messageId: 'id', rating: 'like' }, signal)],
  revokeRating: [(client) => feedback.revokeRating(client, 'id', signal)],
  getAppFeedbacks: [(client) => feedback.getAppFeedbacks(client, 1, signal)],
  uploadFile: [(client) => files.uploadFile(client, upload, () => {}, signal)],
  previewFile: [(client) => files.previewFile(client, { id: 'id' }, signal)],
  downloadFile: [(client) => files.downloadFile(client, '/files/id', signal)],
  audioToText: [(client) => audio.audioToText(client, upload, signal)],
  textToAudio: [(client) => audio.textToAudio(client, { text: 'T' }, signal)],
  getForm: [(client) => humanInput.getForm(client, 'id', signal)],
  submitForm: [(client) => humanInput.submitForm(client, { token: 'id', inputs: {}, action: 'a' }, signal)],
  getEndUser: [(client) => getEndUser(client, 'id', signal)],
  getAnnotations: [(client) => annotations.getAnnotations(client, {}, signal)],
  createAnnotation: [(client) => annotations.createAnnotation(client, note, signal)],
  updateAnnotation: [(client) => annotations.updateAnnotation(client, { id: 'id', ...note }, signal)],
  deleteAnnotation: [(client) => annotations.deleteAnnotation(client, 'id', signal)],
  setAnnotationReply: [(client) => annotations.setAnnotationReply(client, 'enable', reply, signal)],
  getAnnotationReplyJob: [(client) => annotations.getAnnotationReplyJob(client, 'enable', 'id', signal)],
};

describe('docs/api.md', () => {
  let rows: readonly (readonly string[])[];
  const endpoint = /^`(?<method>[A-Z]+) (?<path>[^`]+)`/;

  before(async () => {
    const text = await readFile(path.join(root, 'docs/api.md'), 'utf8');
    rows = [...text.matchAll(/^\| (`.*) \|$/gm)].map(([, row = '']) => row.split(' | '));
  });

  it('lists what each function calls, and each call is in the list', async () => {
    const listed = rows.flatMap(([first = '', , , names = '']) => {
      const found = endpoint.exec(first)?.groups;
      if (found === undefined) return [];
      const called = `${found['method']} ${found['path']?.replaceAll(/\{[^}]+\}|…/g, 'id')}`;
      const functions = [...names.matchAll(/`([a-zA-Z]+)`/g)].map(([, name]) => name);
      return functions.map((name) => `${name}: ${called}`);
    });
    const really: string[] = [];
    for (const [name, ways] of Object.entries(calls)) {
      for (const call of ways) really.push(...(await requestsOf(call)).map((request) => `${name}: ${request}`));
    }

    assert.deepEqual([...new Set(listed)].sort(), [...new Set(really)].sort());
  });

  it('names the file of each function, and no function with a page of Dify’s reference is missing', async () => {
    const documented = new Map<string, string>();
    for await (const file of glob('src/dify/*.ts', { cwd: root })) {
      const code = await readFile(path.join(root, file), 'utf8');
      const functions = code.matchAll(
        /docs\.dify\.ai\/en\/api-reference(?:(?!\*\/)[^])*\*\/\nexport (?:async )?function (\w+)/g,
      );
      for (const [, name = ''] of functions) documented.set(name, path.basename(file));
    }
    documented.delete('errorOfResponse');
    // Signed addresses have no page.
    documented.set('downloadFile', 'files.ts');
    const listed = rows.flatMap(([first = '', , , names = '', file = '']) =>
      endpoint.test(first)
        ? [...names.matchAll(/`([a-zA-Z]+)`/g)].map(([, name = '']) => [name, file.replaceAll('`', '')] as const)
        : [],
    );

    assert.deepEqual(Object.fromEntries(listed), Object.fromEntries(documented));
    assert.deepEqual(Object.keys(calls).sort(), [...documented.keys()].sort());
  });

  it('lists every recorded event for its generation', () => {
    const recorded = { a: recordedEvents('a'), b: recordedEvents('b') };
    const said = (column: number): ReadonlySet<string> =>
      new Set(
        eventsIn(rows).flatMap(([name = '', ...cells]) => (cells[column]?.startsWith('yes') === true ? [name] : [])),
      );

    assert.deepEqual(
      [...recorded.a].filter((name) => !said(0).has(name)),
      [],
    );
    assert.deepEqual(
      [...recorded.b].filter((name) => !said(1).has(name)),
      [],
    );
  });

  it('names the type that each event is read as', () => {
    for (const [event = '', , , type] of eventsIn(rows)) {
      // A ping has no data to be read.
      const read = event === 'ping' ? '' : `\`${readStreamEvent({ event, url: 'u' })?.event}\``;
      assert.equal(type, read, event);
    }
  });
});

/** The rows of the second table, the event's bare name first. */
function eventsIn(rows: readonly (readonly string[])[]): readonly (readonly string[])[] {
  const events = rows.filter(([first = '']) => !/^`[A-Z]+ /.test(first));
  return events.map(([name = '', ...cells]) => [/`(\w+)`/.exec(name)?.[1] ?? '', ...cells]);
}

/** Method and path, without `/v1`, of what the call requests; a stream says no more than whose it is. */
async function requestsOf(call: (client: DifyClient) => Promise<unknown>): Promise<readonly string[]> {
  const requests: string[] = [];
  const client = clientAnswering(({ pathname, search }, { method, body }) => {
    requests.push(`${method} ${pathname.replace(/^\/v1/, '').replaceAll(/\/(?:enable|task)(?=\/|$)/g, '/id')}`);
    const streams = (typeof body === 'string' && body.includes('response_mode')) || search.includes('snapshot');
    return streams
      ? new Response(sse({ event: 'message', task_id: 'task', answer: 'A' }), {
          headers: { 'content-type': 'text/event-stream' },
        })
      : Response.json({ id: 'id' });
  });
  await call(client);
  return requests;
}

/** Reads the first event of the turn and stops it. */
async function stopped(client: DifyClient, begin: (stop: AbortSignal) => Turn): Promise<void> {
  const stopping = new AbortController();
  for await (const event of begin(stopping.signal)) {
    if (event.event !== 'end') stopping.abort();
  }
  await client.settled();
}

function recordedEvents(generation: 'a' | 'b'): ReadonlySet<string> {
  const modes = ['advanced-chat', 'agent-chat', 'chat', 'completion', 'workflow'];
  const folders = generation === 'a' ? modes : [...modes, 'human-input', 'special'];
  const streams = folders.flatMap((folder) => recordedStreams(`${generation}/${folder}`));
  const names = streams.flatMap(({ bytes }) =>
    [
      ...Buffer.from(bytes)
        .toString()
        .matchAll(/^data: ?\{"event": ?"(\w+)"/gm),
    ].map(([, name = '']) => name),
  );
  return new Set(names);
}
