import assert from 'node:assert/strict';
import { type RunningDifyServer, startDifyServer } from '../../dify-server/serve.ts';

describe('Demo Approval', () => {
  let server: RunningDifyServer;

  beforeEach(async () => {
    server = await startDifyServer({ tokensPerSecond: Infinity });
  });
  afterEach(() => server.close());

  function send(path: string, body?: object): Promise<Response> {
    const key = server.apps.find(({ name }) => name === 'Demo Approval')?.key ?? '';
    return fetch(`${server.baseUrl}${path}`, {
      headers: { Authorization: `Bearer ${key}`, 'Content-Type': 'application/json' },
      ...(body === undefined ? {} : { method: 'POST', body: JSON.stringify(body) }),
    });
  }

  function ask(): Promise<Response> {
    return send('/chat-messages', {
      query: 'The release is out.',
      inputs: {},
      user: 'ada',
      response_mode: 'streaming',
      auto_generate_name: false,
    });
  }

  /** What comes till the event of that name has. */
  async function until(event: string, response: Response): Promise<string> {
    let text = '';
    for await (const piece of response.body?.pipeThrough(new TextDecoderStream()) ?? []) {
      text += piece;
      if (text.includes(`"event":"${event}"`) && text.endsWith('\n\n')) break;
    }
    return text;
  }

  it('waits for a person, publishes what the person wrote, and keeps both in the history', async () => {
    const asked = await until('workflow_paused', await ask());
    const find = (name: string): string => new RegExp(`"${name}":"([^"]+)"`).exec(asked)?.[1] ?? '';
    const form = `/form/human_input/${find('form_token')}`;
    const shown = (await (await send(form)).json()) as { readonly form_content: string };
    assert.match(shown.form_content, /Good news: The release is out\./);
    const flags = 'include_state_snapshot=true&continue_on_pause=true';
    const events = await send(`/workflow/${find('workflow_run_id')}/events?user=ada&${flags}`);

    const inputs = { text: 'It is out!', audience: 'Everybody' };
    assert.equal((await send(form, { user: 'ada', action: 'publish', inputs })).status, 200);

    const told = await until('workflow_finished', events);
    const history = await (await send(`/messages?user=ada&conversation_id=${find('conversation_id')}`)).text();
    assert.match(told, /"outputs":\{"answer":"Published for \*\*Everybody\*\*:\\n\\nIt is out!"/);
    assert.match(history, /"status":"normal".*"submitted":true.*"action_id":"publish"/);
    assert.equal((await send(form, { user: 'ada', action: 'publish', inputs })).status, 412);
  });

  it('waits for the worker, if that is told to stop over HTTP', async () => {
    const tell = (word: string): Promise<Response> =>
      fetch(new URL('/__worker', server.baseUrl), { method: 'POST', body: word });
    await tell('stop');

    const response = await ask();
    await tell('start');

    assert.match(await until('workflow_paused', response), /^event: ping\n\ndata: \{"event":"workflow_started"/);
  });
});
