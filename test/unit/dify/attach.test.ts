import assert from 'node:assert/strict';
import type { ServerResponse } from 'node:http';
import { DifyError } from '../../../src/dify/errors.ts';
import { attachToRun, runWorkflow } from '../../../src/dify/workflows.ts';
import { clientOf, collected, neverAborted, sse, withServer, type GotRequest } from '../../support/difyClient.ts';
import { eventStream, outline } from '../../support/turns.ts';

const ids = { task_id: 't-1', workflow_run_id: 'r-1' };
const started = { event: 'workflow_started', ...ids, data: { id: 'r-1', reason: 'initial' } };
const resumed = { event: 'workflow_started', ...ids, data: { id: 'r-1', reason: 'resumption' } };
const paused = { event: 'workflow_paused', ...ids, data: { reasons: [] } };
const finished = { event: 'workflow_finished', ...ids, data: { status: 'succeeded', outputs: { x: 'y' } } };

const paths = (got: readonly GotRequest[]): readonly string[] => got.map(({ method, path }) => `${method} ${path}`);

/** Opens a stream, tells these events, and leaves it open. */
function open(response: ServerResponse, ...events: readonly object[]): void {
  response.writeHead(200, eventStream);
  response.write(`event: ping\n\n${sse(...events)}`);
}

describe('Attaching to a run', () => {
  it('rule 20: asks for the snapshot and to go on after a pause, and ends with the run although the server does not', async () => {
    await withServer(
      (_request, response) => open(response, started, paused, resumed, finished),
      async (baseUrl, got) => {
        const client = clientOf(baseUrl, { rest: 20 });
        const events = await collected(attachToRun(client, { runId: 'r-1', mode: 'workflow' }, neverAborted));

        assert.deepEqual(paths(got), [
          'GET /workflow/r-1/events?include_state_snapshot=true&continue_on_pause=true&user=u-1',
        ]);
        assert.deepEqual(outline(events), [
          'workflow_started',
          'workflow_paused',
          'workflow_started',
          'workflow_finished',
          'end: done',
        ]);
      },
    );
  });

  it('rule 31: has the stream open before the form is submitted', async () => {
    const order: string[] = [];
    let stream: ServerResponse | undefined;
    await withServer(
      ({ path }, response) => {
        order.push(path.split('?', 1)[0] ?? '');
        if (path.startsWith('/form')) {
          response.end('{}');
          stream?.end(sse(resumed, finished));
        } else {
          stream = response;
          open(response, started, paused);
        }
      },
      async (baseUrl) => {
        const client = clientOf(baseUrl);
        const attached = async (): Promise<void> => {
          await client.post('/form/human_input/token', { inputs: {}, action: 'go' }, neverAborted);
        };
        const events = await collected(attachToRun(client, { runId: 'r-1', mode: 'workflow', attached }, neverAborted));

        assert.deepEqual(order, ['/workflow/r-1/events', '/form/human_input/token']);
        assert.equal(outline(events).at(-1), 'end: done');
      },
    );
  });

  it('rules 31 and 34: closes the stream and stops nothing when the submission is refused', async () => {
    await withServer(
      (_request, response) => open(response, started, paused),
      async (baseUrl, got) => {
        const client = clientOf(baseUrl);
        const refusal = new DifyError('rejected', 'log text', { code: 'invalid_form_data' });
        const run = { runId: 'r-1', mode: 'workflow', attached: () => Promise.reject(refusal) } as const;
        const events = await collected(attachToRun(client, run, neverAborted));
        await client.settled();

        assert.deepEqual(events, [refusal]);
        assert.equal(got.length, 1);
      },
    );
  });

  it('submits nothing when it is stopped before the stream is open', async () => {
    let submissions = 0;
    const attached = (): Promise<void> => Promise.resolve(void submissions++);
    const run = { runId: 'r-1', mode: 'workflow', attached } as const;
    await withServer(
      () => {},
      async (baseUrl) => {
        const client = clientOf(baseUrl, { stop: 10 });
        const stopping = new AbortController();
        const next = attachToRun(client, run, stopping.signal).next();
        stopping.abort();
        assert.deepEqual((await next).value, { event: 'end', reason: 'stopped' });
        assert.deepEqual(outline(await collected(attachToRun(client, run, AbortSignal.abort()))), ['end: stopped']);
        await client.settled();

        assert.equal(submissions, 0);
      },
    );
  });

  it('rule 34: sends no stop when it is stopped before it hears that the run waits', async () => {
    let stream: ServerResponse | undefined;
    await withServer(
      (_request, response) => {
        stream = response;
      },
      async (baseUrl, got) => {
        const client = clientOf(baseUrl);
        const leaving = new AbortController();
        const next = attachToRun(client, { runId: 'r-1', mode: 'workflow' }, leaving.signal).next();
        while (stream === undefined) await new Promise((resolve) => setImmediate(resolve));
        leaving.abort();
        await next;
        stream.writeHead(200, eventStream).end(sse(started, paused));
        await client.settled();

        assert.equal(got.length, 1);
      },
    );
  });

  it('rule 34: sends no stop for a run that waits for a person, attached or not', async () => {
    await withServer(
      (_request, response) => open(response, started, paused),
      async (baseUrl, got) => {
        for (const attaches of [true, false]) {
          const client = clientOf(baseUrl);
          const leaving = new AbortController();
          const run = { runId: 'r-1', mode: 'workflow' } as const;
          const seen: string[] = [];
          const turn = attaches
            ? attachToRun(client, run, leaving.signal)
            : runWorkflow(client, { inputs: {} }, leaving.signal);
          for await (const event of turn) {
            seen.push(event.event === 'end' ? `end: ${event.reason}` : event.event);
            if (event.event === 'workflow_paused') leaving.abort();
          }
          await client.settled();

          assert.equal(seen.at(-1), 'end: paused');
        }
        assert.deepEqual(
          got.filter(({ path }) => path.includes('stop')),
          [],
        );
      },
    );
  });

  for (const [mode, path] of [
    ['workflow', '/workflows/tasks/t-1/stop'],
    ['advanced-chat', '/chat-messages/t-1/stop'],
  ] as const) {
    it(`stops a running ${mode} where its kind is stopped`, async () => {
      let stream: ServerResponse | undefined;
      await withServer(
        ({ path: asked }, response) => {
          if (asked.includes('stop')) {
            response.end('{"result":"success"}');
            stream?.end();
          } else {
            stream = response;
            open(response, started);
          }
        },
        async (baseUrl, got) => {
          const client = clientOf(baseUrl);
          const stopping = new AbortController();
          for await (const event of attachToRun(client, { runId: 'r-1', mode }, stopping.signal)) {
            if (event.event === 'workflow_started') stopping.abort();
          }
          await client.settled();

          assert.equal(paths(got).at(-1), `POST ${path}`);
        },
      );
    });
  }

  it('says that an older server knows no such endpoint', async () => {
    await withServer(
      (_request, response) =>
        response.writeHead(404, { 'content-type': 'text/html' }).end('<title>404 Not Found</title>'),
      async (baseUrl) => {
        const events = await collected(
          attachToRun(clientOf(baseUrl), { runId: 'r-1', mode: 'workflow' }, neverAborted),
        );

        assert.deepEqual(outline(events), ['failed: notDify']);
      },
    );
  });

  it('runs a published version by its id, with files', async () => {
    await withServer(
      (_request, response) => response.writeHead(200, eventStream).end(sse(started, finished)),
      async (baseUrl, got) => {
        const files = [{ type: 'image', transfer_method: 'local_file', upload_file_id: 'f-1' }];
        const request = { inputs: { x: 1 }, files, workflow_id: 'w-1' };
        await collected(runWorkflow(clientOf(baseUrl), request, neverAborted));

        const body = { response_mode: 'streaming', inputs: { x: 1 }, files, user: 'u-1' };
        assert.deepEqual(got, [{ method: 'POST', path: '/workflows/w-1/run', body }]);
      },
    );
  });
});
