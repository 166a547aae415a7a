// A process of its own, so that what it costs to send is not counted: answers POST /paced/… with one event a segment, 500 a second, and
// POST /flood/… with all events at once in pieces of 64 kB. Prints its port.
import { once } from 'node:events';
import { createServer, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { event, floodEvents, floodPieces, lastEvent, pacedEvents } from './stream.ts';

const server = createServer((request, response) => {
  request.resume();
  response.socket?.setNoDelay(true);
  response.writeHead(200, { 'content-type': 'text/event-stream; charset=utf-8' });
  void (request.url?.startsWith('/paced') === true ? pace(response) : flood(response));
});
server.listen(0, '127.0.0.1', () => console.log((server.address() as AddressInfo).port));
// Whoever started it is gone.
process.stdin.resume().on('end', () => process.exit());

async function pace(response: ServerResponse): Promise<void> {
  const start = performance.now();
  for (let n = 0; n < pacedEvents; n++) {
    const early = start + n * 2 - performance.now();
    if (early > 0) await sleep(early);
    response.write(event(n));
  }
  response.end(lastEvent);
}

async function flood(response: ServerResponse): Promise<void> {
  for (const piece of floodPieces(floodEvents)) if (!response.write(piece)) await once(response, 'drain');
  response.end(lastEvent);
}
