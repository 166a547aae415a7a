import assert from 'node:assert/strict';
import type { App } from '../../../src/demo/apps.ts';
import { type DemoServerOptions, createDemoServer } from '../../../src/demo/server.ts';
import { haste, hastyReviewFlow, humanInputApps, mailOnly, reviewChat, reviewFlow } from '../../lab/humanInputApps.ts';
import { labModel } from '../../lab/model.ts';
import { TestClock } from '../../support/testClock.ts';
import { request } from './request.ts';
import { dataEventsOf } from '../../support/eventStream.ts';

type Json = Readonly<Record<string, unknown>>;

interface Stream {
  /** What has come so far. */
  readonly text: () => string;
  readonly ended: () => boolean;
}

/** A server with the lab's apps, one of them to talk to, and a clock to wait with. */
function started({ key, mode }: App, options: DemoServerOptions = {}) {
  const clock = new TestClock();
  const server = createDemoServer({
    apps: humanInputApps.map(({ app }) => app),
    clock,
    tokensPerSecond: Infinity,
    source: labModel(clock),
    ...options,
  });
  const send = (path: string, body?: Json): Promise<Response> => server.handle(request(key, path, { body }));
  const open = (path: string, body?: Json): Stream => {
    let text = '';
    let ended = false;
    void (async () => {
      const response = await send(path, body);
      for await (const piece of response.body?.pipeThrough(new TextDecoderStream()) ?? []) text += piece;
      ended = true;
    })();
    return { text: () => text, ended: () => ended };
  };
  const read = async (path: string): Promise<Json> => (await (await send(path)).json()) as Json;
  const pause = async () => {
    const isChat = mode === 'advanced-chat';
    const body = { user: 'ada', response_mode: 'streaming', inputs: isChat ? {} : { topic: 'cats' } };
    const stream = open(isChat ? '/chat-messages' : '/workflows/run', isChat ? { ...body, query: 'Cats.' } : body);
    await clock.pass(5000);
    const find = (name: string): string => new RegExp(`"${name}":"([^"]+)"`).exec(stream.text())?.[1] ?? '';
    const runId = find('workflow_run_id');
    return {
      stream,
      find,
      form: `/form/human_input/${find('form_token')}`,
      events: `/workflow/${runId}/events?user=ada`,
      run: () => read(`/workflows/run/${runId}`),
    };
  };
  return { clock, send, open, read, pause };
}

const approval = { user: 'ada', action: 'approve', inputs: { comment: 'Fine.', extra: '', priority: 'low' } };

function answerIn(text: string): string {
  return dataEventsOf(text)
    .filter(({ event }) => event === 'message')
    .map(({ answer }) => String(answer))
    .join('');
}

describe('a run of the demo server that waits for a person', () => {
  it('ends its stream a second after the pause', async () => {
    const { pause } = started(reviewFlow);

    const { stream, run } = await pause();

    assert.equal(dataEventsOf(stream.text()).at(-1)?.['event'], 'workflow_paused');
    assert.ok(stream.ended());
    assert.equal((await run())['status'], 'paused');
  });

  it('says its first answer again when it goes on, and never its second, in stream and history', async () => {
    const { clock, open, pause, read, send } = started(reviewChat);
    const { events, find, form, stream } = await pause();
    const first = answerIn(stream.text());
    const later = open(events);
    await clock.pass(100);

    await send(form, approval);
    await clock.pass(5000);

    assert.equal(first, 'Draft: Answer: Cats.\n\n');
    assert.equal(answerIn(later.text()), first);
    assert.equal(dataEventsOf(later.text())[0]?.['task_id'], find('task_id'));
    const { data } = await read(`/messages?user=ada&conversation_id=${find('conversation_id')}`);
    assert.equal((data as readonly Json[])[0]?.['answer'], first + first);
    const outputs = dataEventsOf(later.text()).at(-1)?.['data'] as Json;
    assert.equal((outputs['outputs'] as Json)['answer'], `${first}Approved: Answer: Final: Fine.`);
  });

  it('is not cancelled by a stop, but ends with the next submission, and its row never learns of it', async () => {
    const { clock, open, pause, send } = started(reviewFlow);
    const { events, find, form, run } = await pause();
    const later = open(events);

    await send(`/workflows/tasks/${find('task_id')}/stop`, { user: 'ada' });
    await clock.pass(60_000);
    assert.equal((await run())['status'], 'paused');
    assert.equal((await send(form, approval)).status, 200);
    await clock.pass(5000);

    const told = dataEventsOf(later.text());
    assert.deepEqual(
      told.map(({ event }) => event),
      ['workflow_started', 'workflow_finished'],
    );
    assert.match(later.text(), /"event":"workflow_finished".*"status":"stopped"/);
    assert.equal((await run())['status'], 'running');
  });

  it('fails when a number is submitted for a text', async () => {
    const { clock, pause, send } = started(reviewFlow);
    const { form, run } = await pause();

    const response = await send(form, { ...approval, inputs: { ...approval.inputs, comment: 12 } });
    await clock.pass(5000);

    assert.equal(response.status, 200);
    assert.equal((await run())['status'], 'failed');
  });

  it('knows at once that its time is over, and goes on along that branch within a minute', async () => {
    const { clock, pause, send } = started(hastyReviewFlow);
    const { form, run } = await pause();
    await clock.pass(haste);

    assert.equal((await send(form)).status, 412);
    assert.equal((await run())['status'], 'paused');
    await clock.pass(60_000);
    assert.deepEqual((await run())['outputs'], { result: 'timed out: cats' });
  });

  it('is given up at the limit of the server, without a word to whoever listens', async () => {
    const { clock, open, pause } = started(reviewFlow, { formLimit: 10_000 });
    const { events, run } = await pause();
    const later = open(events);

    await clock.pass(70_000);

    assert.equal((await run())['status'], 'stopped');
    assert.deepEqual(dataEventsOf(later.text()), []);
    const after = open(events);
    await clock.pass(1);
    assert.equal(dataEventsOf(after.text())[0]?.['event'], 'workflow_finished');
    assert.ok(after.ended());
  });

  it('has a token that opens nothing here when its form goes out by e-mail', async () => {
    const { pause, send } = started(mailOnly);

    const { form } = await pause();

    assert.match(form, /\/\w{22}$/);
    assert.equal((await send(form)).status, 404);
  });
});

describe('the events of a run of the demo server', () => {
  it('end with the run, but for who lets pauses pass without a snapshot', async () => {
    const { clock, open, pause, send } = started(reviewFlow);
    const { events, form } = await pause();
    const plain = open(events);
    const passing = open(`${events}&continue_on_pause=true`);
    const both = open(`${events}&continue_on_pause=true&include_state_snapshot=true`);
    await clock.pass(100);

    await send(form, approval);
    await clock.pass(20_000);

    assert.deepEqual([plain.ended(), passing.ended(), both.ended()], [true, false, true]);
    assert.match(passing.text(), /workflow_finished.*\n\nevent: ping\n\n$/s);
    await clock.pass(300_000);
    assert.ok(passing.ended());
  });

  it('are told by a snapshot with forms that are not filled in, and a text only where it is saved', async () => {
    const { clock, open, pause } = started(reviewChat);
    const { events } = await pause();

    const snapshot = open(`${events}&include_state_snapshot=true`);
    await clock.pass(2000);

    assert.ok(snapshot.ended());
    assert.match(snapshot.text(), /"event":"message_replace".*"answer":"Draft: Answer: Cats.\\n\\n"/);
    assert.match(snapshot.text(), /"form_content":"[^"]*\{\{#draft\.text#\}\}/);
  });

  it('are told by a snapshot with an empty text while the run goes on', async () => {
    const { clock, open } = started(reviewChat);
    const stream = open('/chat-messages', {
      query: 'Slowly. [[slow:500]] [[long:9]]',
      inputs: {},
      user: 'ada',
      response_mode: 'streaming',
    });
    await clock.pass(2000);
    const run = /"workflow_run_id":"([^"]+)"/.exec(stream.text())?.[1] ?? '';

    const snapshot = open(`/workflow/${run}/events?user=ada&include_state_snapshot=true`);
    await clock.pass(100);

    assert.match(snapshot.text(), /"event":"message_replace".*"answer":""/);
  });

  it('are for the user who began the run', async () => {
    const { pause, send } = started(reviewFlow);
    const { events } = await pause();

    assert.equal((await send(events.replace('ada', 'bob'))).status, 404);
    assert.equal((await send(events.replace('user=ada', ''))).status, 400);
  });
});
