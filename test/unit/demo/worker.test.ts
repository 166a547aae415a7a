import assert from 'node:assert/strict';
import { createDemoServer } from '../../../src/demo/server.ts';
import { appNamed } from '../../lab/apps.ts';
import { simpleReviewChat } from '../../lab/humanInputApps.ts';
import { labModel } from '../../lab/model.ts';
import { TestClock, settled } from '../../support/testClock.ts';
import { request } from './request.ts';

const longChatflow = appNamed('Long chatflow');
const apps = [longChatflow, simpleReviewChat];

function started(key: string) {
  const clock = new TestClock();
  const server = createDemoServer({ apps, clock, tokensPerSecond: Infinity, source: labModel(clock) });
  const send = (path: string, body?: object): Promise<Response> => server.handle(request(key, path, { body }));
  const ask = (mode: string): Promise<Response> =>
    send('/chat-messages', { query: 'Hello.', inputs: {}, user: 'ada', response_mode: mode });
  const conversations = async (): Promise<number> => {
    const list = (await (await send('/conversations?user=ada')).json()) as { readonly data: readonly unknown[] };
    return list.data.length;
  };
  return { clock, server, send, ask, conversations };
}

describe('the worker of the newer demo server', () => {
  it('lets what is streamed wait while it is down, with one ping and no row in the history', async () => {
    const { ask, clock, conversations, server } = started(longChatflow.key);
    server.worker.stop();

    const response = ask('streaming').then((answer) => answer.text());
    await clock.pass(45_000);

    assert.equal(await conversations(), 0);
    await clock.pass(300_000);
    assert.equal(await response, 'event: ping\n\n');
  });

  it('does what waited when it is back, for whoever still reads', async () => {
    const { ask, clock, conversations, server } = started(longChatflow.key);
    server.worker.stop();
    const response = ask('streaming').then((answer) => answer.text());
    await clock.pass(20_000);

    server.worker.start();
    await clock.pass(60_000);

    assert.match(await response, /^event: ping\n\ndata: \{"event":"workflow_started"[^]*"workflow_finished"/);
    assert.equal(await conversations(), 1);
  });

  it('is waited for by a paused run whose form was submitted meanwhile', async () => {
    const { ask, clock, send, server } = started(simpleReviewChat.key);
    const asked = ask('streaming').then((answer) => answer.text());
    await clock.pass(5000);
    const text = await asked;
    const find = (name: string): string => new RegExp(`"${name}":"([^"]+)"`).exec(text)?.[1] ?? '';
    const state = async (): Promise<string> =>
      (await (await send(`/workflows/run/${find('workflow_run_id')}`)).text()).replace(/.*"status":"(\w+)".*/s, '$1');
    server.worker.stop();

    const inputs = { comment: 'Fine.', priority: 'low' };
    await send(`/form/human_input/${find('form_token')}`, { user: 'ada', action: 'approve', inputs });
    await clock.pass(60_000);
    assert.equal(await state(), 'paused');
    server.worker.start();
    await clock.pass(5000);

    assert.equal(await state(), 'succeeded');
  });

  it('is not needed for a blocking call', async () => {
    const { ask, clock, server } = started(simpleReviewChat.key);
    server.worker.stop();

    const response = ask('blocking');
    await clock.pass(5000);

    assert.match(await (await response).text(), /"event": "workflow_paused"/);
  });

  it('takes what it runs with it when it is killed: deltas, silence, and a run that is never over', async () => {
    const { ask, clock, send, server } = started(longChatflow.key);
    const response = ask('streaming').then((answer) => answer.text());
    await clock.pass(2000);

    server.worker.kill();
    await clock.pass(301_000);

    const text = await response;
    assert.match(text, /"event":"message"/);
    assert.doesNotMatch(text, /message_end|workflow_finished/);
    const run = /"workflow_run_id":"([^"]+)"/.exec(text)?.[1] ?? '';
    const detail = (await (await send(`/workflows/run/${run}`)).json()) as { readonly status: string };
    assert.equal(detail.status, 'running');
    server.worker.start();
    const next = ask('streaming').then((answer) => answer.text());
    await clock.pass(60_000);
    await settled();
    assert.match(await next, /workflow_finished/);
  });
});
