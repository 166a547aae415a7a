import assert from 'node:assert/strict';
import type { App } from '../../../src/demo/apps.ts';
import { type DemoServer, createDemoServer } from '../../../src/demo/server.ts';
import { clockAgent } from '../../lab/agentApps.ts';
import { labApps } from '../../lab/apps.ts';
import { labModeration } from '../../lab/guardedApps.ts';
import { labModel } from '../../lab/model.ts';
import { speakingChat } from '../../lab/speechApps.ts';
import { type StreamEvent, eventsOf } from '../../support/eventStream.ts';
import { TestClock } from '../../support/testClock.ts';

function labAppNamed(name: string): App {
  return labApps.find(({ app }) => app.name === name)?.app ?? assert.fail(name);
}

/** A server with one app, on a clock of its own. */
class Lab {
  readonly clock = new TestClock();
  readonly #app: App;
  readonly #server: DemoServer;

  constructor(generation: 'a' | 'b', app: App) {
    this.#app = app;
    this.#server = createDemoServer({ generation, clock: this.clock, source: labModel(this.clock), apps: [app] });
  }

  /** Asks, and after `ms` stops the answer or leaves. */
  async ask(query: string, then?: { readonly ms: number; readonly what: 'stop' | 'leave' }): Promise<Asked> {
    const leaving = new AbortController();
    const inputs = { q: query };
    const body = { query, inputs, user: 'ada', response_mode: 'streaming', auto_generate_name: false };
    const asked = new Asked();
    const path = this.#app.mode === 'workflow' ? '/workflows/run' : '/chat-messages';
    const reading = this.call('POST', path, body, leaving.signal)
      .then((response) => asked.read(response))
      .catch(() => {});
    await this.clock.pass(then?.ms ?? 0);
    if (then?.what === 'leave') leaving.abort();
    if (then?.what === 'stop') {
      await this.call('POST', `/chat-messages/${String(asked.events.at(-1)?.['task_id'])}/stop`, { user: 'ada' });
    }
    await this.clock.pass(60_000);
    await reading;
    return asked;
  }

  async lastMessage(): Promise<Readonly<Record<string, unknown>>> {
    const [conversation] = await this.#list('/conversations?user=ada&sort_by=-created_at');
    const messages = await this.#list(`/messages?user=ada&conversation_id=${String(conversation?.['id'])}`);
    return messages.at(-1) ?? assert.fail();
  }

  async #list(path: string): Promise<readonly Readonly<Record<string, unknown>>[]> {
    const { data } = (await (await this.call('GET', path)).json()) as {
      readonly data: readonly Readonly<Record<string, unknown>>[];
    };
    return data;
  }

  call(method: string, path: string, body?: object, signal?: AbortSignal): Promise<Response> {
    return this.#server.handle(
      new Request(`https://demo.invalid/v1${path}`, {
        method,
        headers: { Authorization: `Bearer ${this.#app.key}`, 'Content-Type': 'application/json' },
        ...(body === undefined ? {} : { body: JSON.stringify(body) }),
        ...(signal === undefined ? {} : { signal }),
      }),
    );
  }
}

class Asked {
  #text = '';

  get events(): readonly StreamEvent[] {
    return eventsOf(this.#text);
  }

  /** Names of the events behind the last text, without those of nodes. */
  get ending(): string {
    const names = this.events.map(({ event }) => String(event));
    return names.slice(names.findLastIndex((name) => /^(?:message|text_chunk|node_\w+)$/.test(name)) + 1).join(' ');
  }

  async read(response: Response): Promise<void> {
    for await (const text of response.body?.pipeThrough(new TextDecoderStream()) ?? []) this.#text += text;
  }
}

const spoken = 'tts_message tts_message tts_message_end';

describe('speech of the demo server', () => {
  for (const generation of ['a', 'b'] as const) {
    it(`follows a stop and a failure too, on ${generation}`, async () => {
      const lab = new Lab(generation, speakingChat);

      assert.equal((await lab.ask('[[long:9]] [[cut:3]]')).ending, `error ${spoken}`);
      assert.equal((await lab.ask('[[err500]]')).ending, 'error tts_message_end');
      const stopped = await lab.ask('[[long:90]] [[slow:100]]', { ms: 2000, what: 'stop' });
      assert.equal(stopped.ending, `message_end ${spoken}`);
    });
  }

  it('is made by /text-to-audio of an app that does not speak if a voice is named', async () => {
    const parameters = { ...speakingChat.parameters, text_to_speech: { enabled: false } };
    const lab = new Lab('b', { ...speakingChat, parameters });

    assert.equal((await lab.call('POST', '/text-to-audio', { text: 'Hello' })).status, 400);
    const response = await lab.call('POST', '/text-to-audio', { text: 'Hello', voice: 'alloy' });
    assert.deepEqual([response.status, response.headers.get('Content-Type')], [200, 'audio/mpeg']);
  });

  it('follows the failure of a chatflow on the older server only', async () => {
    const app = labAppNamed('Speaking flow');

    const old = await new Lab('a', app).ask('[[long:9]] [[cut:3]]');
    const recent = await new Lab('b', app).ask('[[long:9]] [[cut:3]]');

    assert.equal(old.ending, `workflow_finished error ${spoken}`);
    assert.equal(recent.ending, 'workflow_finished');
  });

  it('follows a workflow on the older server only', async () => {
    const { workflow, ...app } = labAppNamed('Reasoning workflow');
    const { text_to_speech: textToSpeech } = speakingChat.parameters;
    const versions = (workflow ?? assert.fail()).versions.map((version) => ({
      ...version,
      parameters: { ...version.parameters, text_to_speech: textToSpeech },
    }));
    const speaking: App = { ...app, ...speakingChatSpeech(), workflow: { ...(workflow ?? assert.fail()), versions } };

    const old = await new Lab('a', speaking).ask('Hello.');
    const recent = await new Lab('b', speaking).ask('Hello.');

    assert.equal(old.ending, `workflow_finished ${spoken}`);
    assert.deepEqual(Object.keys(old.events.at(-1) ?? {}), ['event', 'workflow_run_id', 'task_id', 'audio']);
    assert.equal(recent.ending, 'workflow_finished');
  });
});

function speakingChatSpeech(): Pick<App, 'speech'> {
  return speakingChat.speech === undefined ? {} : { speech: speakingChat.speech };
}

describe('moderation of the demo server', () => {
  it('withdraws what a stop has left of an answer', async () => {
    const lab = new Lab('b', { ...labAppNamed('Plain chat'), moderation: labModeration });

    const asked = await lab.ask('[[join:A verb|oten word and more of them]] [[slow:500]]', { ms: 1500, what: 'stop' });

    assert.equal(asked.ending, 'message_replace message_end');
    assert.equal((await lab.lastMessage())['answer'], labModeration.outputPreset);
  });
});

describe('an agent of the demo server whose reader has left', () => {
  it('does its rounds and keeps them, though not its answer', async () => {
    const lab = new Lab('a', clockAgent);

    const asked = await lab.ask('Time? [[tool:current_time:{}]] [[slow:200]]', { ms: 400, what: 'leave' });

    assert.doesNotMatch(JSON.stringify(asked.events), /current_time/);
    const { agent_thoughts: thoughts, answer, status } = await lab.lastMessage();
    assert.deepEqual([answer, status], ['', 'normal']);
    assert.deepEqual(
      (thoughts as readonly StreamEvent[]).map(({ thought, tool }) => [thought, tool]),
      [
        ['Let me look that up. ', 'current_time'],
        ['The tool says: 2026-11-22', ''],
      ],
    );
  });
});
