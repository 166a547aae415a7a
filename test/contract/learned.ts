import { eventsOf, type StreamEvent } from '../support/eventStream.ts';
import { merged, type Shape, shapeOf } from '../support/jsonShape.ts';
import { everyRecording, type RecordedExchange, type Recording, bodyOf, headerOf } from '../support/recordings.ts';
import { endpointOf } from './endpoints.ts';
import { misfits } from './misfits.ts';

/** What the recorded servers of one generation answered, as shapes: what was in every answer must be there, what was in any may be. */
export class Learned {
  readonly #bodies = new Map<string, Shape>();
  readonly #events = new Map<string, Shape>();

  constructor(generation: 'a' | 'b') {
    const bodies = new Gathering();
    const events = new Gathering();
    for (const { exchanges, server } of everyRecording().map(({ recording }) => recording)) {
      if (server.generation !== generation) continue;
      for (const exchange of exchanges) this.#gather(exchange, server, bodies, events);
    }
    for (const [key, shapes] of bodies) this.#bodies.set(key, merged(shapes));
    for (const [key, shapes] of events) this.#events.set(key, merged(shapes));
  }

  /** In which ways a JSON body is not like any that was recorded at this endpoint with this status; nothing if none was. */
  bodyMisfits(endpoint: string, status: number, body: unknown): readonly string[] {
    const shape = this.#bodies.get(bodyKey(endpoint, status, body));
    return shape === undefined ? [] : misfits(shape, shapeOf(body), 'body');
  }

  /** The same for an event of a stream, held against those of the app's mode, or of any if there was none. */
  eventMisfits(endpoint: string, mode: string, event: StreamEvent): readonly string[] {
    const name = String(event['event']);
    const shape = this.#events.get(eventKey(endpoint, mode, event)) ?? this.#events.get(eventKey(endpoint, '', event));
    return shape === undefined ? [`${name}: no such event was recorded`] : misfits(shape, shapeOf(event), name);
  }

  #gather(exchange: RecordedExchange, server: Recording['server'], bodies: Gathering, events: Gathering): void {
    const { request, response } = exchange;
    if (!response) return;
    const type = headerOf(exchange, 'content-type') ?? '';
    const endpoint = endpointOf(request.method, request.path);
    const body = bodyOf(exchange).toString();
    if (type.startsWith('application/json') && body !== '') {
      const value: unknown = JSON.parse(body);
      bodies.add(bodyKey(endpoint, response.status, value), shapeOf(value));
    }
    if (!type.startsWith('text/event-stream')) return;
    for (const event of eventsOf(body)) {
      const shape = shapeOf(event);
      events.add(eventKey(endpoint, server.mode, event), shape);
      events.add(eventKey(endpoint, '', event), shape);
      // Who is attached gets what those who asked get, and snapshots besides.
      if (endpoint.startsWith('POST')) events.add(eventKey('/events', server.mode, event), shape);
    }
  }
}

/** Errors of one status may look different. */
function bodyKey(endpoint: string, status: number, body: unknown): string {
  const code = typeof body === 'object' && body !== null && 'code' in body ? body.code : '';
  return `${endpoint} ${status} ${String(code)}`;
}

/** Events that are seen on attaching to a run have a look of their own; that of text without a stream's ids too. */
function eventKey(endpoint: string, mode: string, event: StreamEvent): string {
  const place = endpoint.endsWith('/events') ? 'attached' : 'asked';
  const bare = event['event'] === 'error' && !('code' in event) ? ' bare' : '';
  return `${place} ${mode} ${String(event['event'])}${bare}`;
}

class Gathering extends Map<string, Shape[]> {
  add(key: string, shape: Shape): void {
    const known = this.get(key);
    if (known === undefined) this.set(key, [shape]);
    else known.push(shape);
  }
}
