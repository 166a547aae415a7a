import assert from 'node:assert/strict';
import { eventsOf } from '../support/eventStream.ts';
import { bodyOf, everyRecording, headerOf } from '../support/recordings.ts';
import { endpointOf } from './endpoints.ts';
import { endOf, envelopeMisfits, orderMisfits } from './streams.ts';

/** Asked with the key of another app than the recording's. */
const otherMode: Readonly<Record<string, string>> = { 'b/special/worker-down #3': 'chat' };

describe('what the contract says of streams', () => {
  it('holds for every recorded one', () => {
    let streams = 0;
    const wrong: string[] = [];
    for (const { name, recording } of everyRecording()) {
      for (const [index, exchange] of recording.exchanges.entries()) {
        const isAsked = endpointOf(exchange.request.method, exchange.request.path).startsWith('POST');
        // A connection that broke shows no order of its end.
        if (!isAsked || exchange.response?.ended === 'reset') continue;
        if (headerOf(exchange, 'content-type')?.startsWith('text/event-stream') !== true) continue;
        streams++;
        const events = eventsOf(bodyOf(exchange).toString());
        const { generation } = recording.server;
        const mode = otherMode[`${name} #${index}`] ?? recording.server.mode;
        for (const found of [...orderMisfits(mode, generation, events), ...envelopeMisfits(events)]) {
          wrong.push(`${name} #${index} (${endOf(mode, events)}): ${found.slice(0, 300)}`);
        }
      }
    }

    assert.deepEqual(wrong, []);
    assert.ok(streams > 450, `${streams} streams`);
  });
});
