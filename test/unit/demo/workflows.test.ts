import assert from 'node:assert/strict';
import type { App } from '../../../src/demo/apps.ts';
import { handbook } from '../../../src/demo/flows/handbook.ts';
import { report } from '../../../src/demo/flows/report.ts';
import type { GenerationName } from '../../../src/demo/generations.ts';
import { type DemoServer, createDemoServer } from '../../../src/demo/server.ts';
import { appNamed } from '../../lab/apps.ts';
import { labModel } from '../../lab/model.ts';
import { TestClock } from '../../support/testClock.ts';
import { request } from './request.ts';
import { dataEventsOf } from '../../support/eventStream.ts';

type Json = Readonly<Record<string, unknown>>;

interface Event extends Json {
  readonly event: string;
  readonly answer?: string;
  readonly task_id?: string;
  readonly conversation_id?: string;
  readonly workflow_run_id?: string;
  readonly data?: Json;
}

function eventsIn(text: string): readonly Event[] {
  return dataEventsOf(text) as readonly Event[];
}

/** A server with one app, on a test clock. */
class Lab {
  readonly clock = new TestClock();
  readonly worker: DemoServer['worker'];
  readonly #server: DemoServer;

  constructor(app: App, generation: GenerationName = 'b', own = false) {
    const source = own ? {} : { source: labModel(this.clock) };
    const apps = [{ ...app, key: 'app-KEY' }];
    this.#server = createDemoServer({ generation, apps, clock: this.clock, tokensPerSecond: Infinity, ...source });
    this.worker = this.#server.worker;
  }

  ask(query: string, more: Json = {}): Promise<Response> {
    return this.post('/chat-messages', {
      query,
      inputs: {},
      response_mode: 'streaming',
      auto_generate_name: false,
      ...more,
    });
  }

  run(inputs: Json, more: Json = {}): Promise<Response> {
    return this.post('/workflows/run', { inputs, response_mode: 'streaming', ...more });
  }

  post(path: string, body: Json): Promise<Response> {
    return this.#server.handle(request('app-KEY', path, { body: { user: 'u', ...body } }));
  }

  async get(path: string): Promise<Json> {
    const response = await this.#server.handle(request('app-KEY', path));
    return (await response.json()) as Json;
  }

  /** All events of a stream, once `ms` have passed. */
  async events(response: Promise<Response>, ms = 60_000): Promise<readonly Event[]> {
    const text = response.then((each) => each.text());
    await this.clock.pass(ms);
    return eventsIn(await text);
  }
}

/** Names of events, nodes with their ids. */
function told(events: readonly Event[]): readonly string[] {
  return events.map(({ data, event }) =>
    typeof data?.['node_id'] === 'string' ? `${event} ${data['node_id']}` : event,
  );
}

function finished(events: readonly Event[], node: string): Json | undefined {
  return events.find(({ data, event }) => event === 'node_finished' && data?.['node_id'] === node)?.data;
}

function end(events: readonly Event[]): Json | undefined {
  return events.find(({ event }) => event === 'workflow_finished')?.data;
}

function textOf(events: readonly Event[]): string {
  return events.map(({ answer = '' }) => answer).join('');
}

describe('a chatflow of the demo server', () => {
  it('goes by the branch for failures and says in the outputs what has failed', async () => {
    const lab = new Lab(appNamed('Branches'));
    const events = await lab.events(lab.ask('do branch'));

    const { error, execution_metadata, outputs, status } = finished(events, 'branchcode') ?? {};
    assert.equal(status, 'exception');
    assert.equal(error, 'Unknown error');
    assert.deepEqual(outputs, { error_message: 'error: ValueError: boom\n', error_type: 'CodeExecutionError' });
    assert.deepEqual(execution_metadata, { error_strategy: 'fail-branch' });
    assert.equal(textOf(events), 'went wrong: error: ValueError: boom\n');
    assert.equal(end(events)?.['status'], 'partial-succeeded');
  });

  it('announces all rounds of a parallel iteration first, and tells of each when it is over', async () => {
    const lab = new Lab(appNamed('Branches'));
    const events = told(await lab.events(lab.ask('do pariter')));

    const from = events.indexOf('iteration_started piter');
    assert.deepEqual(events.slice(from, from + 11), [
      'iteration_started piter',
      ...Array.from({ length: 3 }, () => 'iteration_next piter'),
      ...Array.from({ length: 3 }, () => ['node_started piterllm', 'node_finished piterllm']).flat(),
      'iteration_completed piter',
    ]);
  });

  it('says literal text of an answer that is never reached, and keeps none of it', async () => {
    const lab = new Lab(appNamed('Branches'));
    const events = await lab.events(lab.ask('do fail'));

    assert.equal(textOf(events), 'never ');
    assert.deepEqual(end(events)?.['outputs'], {});
    const { data } = await lab.get(`/messages?user=u&conversation_id=${events[0]?.conversation_id}`);
    const [message] = data as readonly Json[];
    assert.equal(message?.['answer'], '');
    assert.equal(message?.['status'], 'error');
  });

  it('leaves a question that got no answer in what the model sees', async () => {
    const lab = new Lab(appNamed('Branches'));
    const [first] = await lab.events(lab.ask('[[err500]]'));
    const events = await lab.events(lab.ask('Again.', { conversation_id: first?.conversation_id }));

    const { prompts } = (finished(events, 'other')?.['process_data'] ?? {}) as { readonly prompts: readonly Json[] };
    assert.deepEqual(
      prompts.map(({ role, text }) => `${String(role)}: ${String(text)}`),
      ['system: You are a test assistant.', 'user: Again.', 'user: [[err500]]', 'user: Again.'],
    );
  });

  it('keeps the thoughts out of the stream only on a newer server', async () => {
    const streamed = async (generation: GenerationName): Promise<string> => {
      const lab = new Lab(appNamed('Branches'), generation);
      return textOf(await lab.events(lab.ask('do think')));
    };
    assert.equal(await streamed('b'), 'Answer: do think');
    assert.match(await streamed('a'), /^<think>.*<\/think>\n\nAnswer: do think$/s);
  });
});

describe('a stop of a run of the demo server', () => {
  interface Stopped {
    readonly end: Json | undefined;
    readonly row: Json;
  }

  /** Stops a model that needs 1.8 s, at a time of the run. */
  async function stoppedAt(ms: number, generation: GenerationName): Promise<Stopped> {
    const lab = new Lab(appNamed('Branching workflow'), generation);
    const response = await lab.run({ what: '[[long:30]] [[slow:60]]' });
    let text = '';
    const reading = (async () => {
      for await (const chunk of response.body?.pipeThrough(new TextDecoderStream()) ?? []) text += chunk;
    })();
    await lab.clock.pass(ms);
    const [, task] = /"task_id": ?"([^"]+)"/.exec(text) ?? [];
    await lab.post(`/workflows/tasks/${task}/stop`, {});
    await lab.clock.pass(10_000);
    await reading;
    const [, run] = /"workflow_run_id": ?"([^"]+)"/.exec(text) ?? [];
    return { end: end(eventsIn(text)), row: await lab.get(`/workflows/run/${run}`) };
  }

  for (const generation of ['a', 'b'] as const) {
    it(`in the middle of a node ends the stream and never reaches the row, on ${generation}`, async () => {
      const stopped = await stoppedAt(400, generation);
      const { row } = stopped;
      assert.deepEqual([stopped.end?.['status'], stopped.end?.['error']], ['stopped', 'Stopped by user.']);
      assert.deepEqual([row['status'], row['finished_at']], ['running', null]);
    });

    it(`shortly before a node ends makes the run fail, on ${generation}`, async () => {
      const stopped = await stoppedAt(1700, generation);
      const { row } = stopped;
      assert.deepEqual([stopped.end?.['status'], stopped.end?.['error']], ['failed', 'Aborted: User requested stop']);
      assert.deepEqual([row['status'], row['error']], ['stopped', 'Aborted: User requested stop']);
    });
  }
});

describe('the worker of the demo server', () => {
  it('lets a question wait that comes while it is down, and asks it when nobody waits any more', async () => {
    const lab = new Lab(appNamed('Branches'));
    lab.worker.stop();
    const response = await lab.ask('Later. x');
    const reader = response.body?.getReader();
    assert.equal(new TextDecoder().decode((await reader?.read())?.value), 'event: ping\n\n');
    await lab.clock.pass(60_000);
    await reader?.cancel();
    assert.deepEqual((await lab.get('/conversations?user=u'))['data'], []);

    lab.worker.start();
    await lab.clock.pass(10_000);

    const { data } = await lab.get('/conversations?user=u');
    const [{ id } = {}] = data as readonly Json[];
    const history = await lab.get(`/messages?user=u&conversation_id=${String(id)}`);
    assert.equal((history['data'] as readonly Json[])[0]?.['answer'], 'Answer: Later.');
  });

  it('takes its runs along when it dies: the stream falls silent for minutes, and the row says that they run', async () => {
    const lab = new Lab(appNamed('Branching workflow'));
    const response = await lab.run({ what: '[[long:30]] [[slow:60]]' });
    let text = '';
    const reading = (async () => {
      for await (const chunk of response.body?.pipeThrough(new TextDecoderStream()) ?? []) text += chunk;
    })();
    await lab.clock.pass(500);
    lab.worker.kill();
    const heard = text;
    await lab.clock.pass(310_000);
    await reading;

    assert.equal(text, heard);
    const [, run] = /"workflow_run_id":"([^"]+)"/.exec(text) ?? [];
    assert.equal((await lab.get(`/workflows/run/${run}`))['status'], 'running');
  });
});

describe('what a workflow refuses', () => {
  it('is told by a stream in Python’s words, where they have a name otherwise', async () => {
    const lab = new Lab(appNamed('All inputs'));

    const [error] = await lab.events(lab.run({ text: 'x', n: [1] }), 400_000);

    const message = "expected value type int, float or str, got <class 'list'>, value: [1]";
    assert.deepEqual(error, { event: 'error', message, status: 500 });
    const blocking = await lab.run({ text: 'x', n: [1] }, { response_mode: 'blocking' });
    assert.deepEqual([blocking.status, ((await blocking.json()) as Json)['code']], [500, 'internal_server_error']);
  });

  it('is an account in the log’s filter that is not the workspace’s', async () => {
    const lab = new Lab(appNamed('All inputs'));

    const { total } = await lab.get('/workflows/logs?created_by_account=admin@example.com');
    const { message, status } = await lab.get('/workflows/logs?created_by_account=nobody@example.com');

    assert.equal(total, 0);
    assert.deepEqual([status, message], [400, 'Account not found: nobody@example.com']);
  });
});

describe('the workflows of the demo', () => {
  it('cite the page that an answer was taken from, and count the questions', async () => {
    const lab = new Lab(handbook, 'b', true);
    const [first] = await lab.events(lab.ask('What happens to a stopped answer?'));
    const events = await lab.events(lab.ask('Is there privacy?', { conversation_id: first?.conversation_id }));

    assert.match(textOf(events), /^This demo runs on this computer\.\n\n\*Question 2/);
    const { data } = await lab.get(`/messages?user=u&conversation_id=${first?.conversation_id}`);
    const citations = (data as readonly Json[]).map(
      ({ retriever_resources }) => retriever_resources as readonly Json[],
    );
    assert.deepEqual(
      citations.map(([best]) => best?.['document_name']),
      ['chat.md', 'privacy.md'],
    );
  });

  it('get over a server that fails twice and a node that cannot work', async () => {
    const lab = new Lab(report, 'b', true);
    const events = await lab.events(lab.run({ text: 'One sentence. Another, longer sentence.' }));

    assert.equal(events.filter(({ event }) => event === 'node_retry').length, 2);
    assert.equal(finished(events, 'spelling')?.['status'], 'exception');
    assert.equal(end(events)?.['status'], 'partial-succeeded');
    const outputs = end(events)?.['outputs'] as { readonly report: string } | undefined;
    assert.match(outputs?.report ?? '', /- 5 words\n- longest word: sentence\n- spelling: not checked/);
  });
});
