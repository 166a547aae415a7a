/** One event of a stream as JSON; a ping is `{ event: 'ping' }`, a frame that is no JSON `{ event: 'broken' }`. */
export type StreamEvent = Readonly<Record<string, unknown>>;

/** The events of a server-sent stream as Dify writes them. What stands behind the last whole frame is `{ event: 'broken' }`. */
export function eventsOf(body: string): readonly StreamEvent[] {
  return body.split('\n\n').flatMap((frame): readonly StreamEvent[] => {
    if (frame.trim() === '') return [];
    if (frame === 'event: ping') return [{ event: 'ping' }];
    return [dataOf(frame) ?? { event: 'broken' }];
  });
}

/** The same without pings, which have no data. */
export function dataEventsOf(body: string): readonly StreamEvent[] {
  return eventsOf(body).filter(({ event }) => event !== 'ping');
}

function dataOf(frame: string): StreamEvent | undefined {
  if (!frame.startsWith('data: ')) return undefined;
  try {
    return JSON.parse(frame.slice('data: '.length)) as StreamEvent;
  } catch {
    return undefined;
  }
}

/** Events of one name that follow each other and of which it does not matter how many there are. */
export interface EventRun {
  /** The event's name, with the node's type where it is one about a node. */
  readonly name: string;
  readonly events: readonly StreamEvent[];
}

/** Events in order, runs of text deltas and of speech as one. Pings are left out but for those that come before everything else. */
export function runsOf(events: readonly StreamEvent[]): readonly EventRun[] {
  const runs: EventRun[] = [];
  for (const event of events) {
    const name = nameOf(event);
    const last = runs.at(-1);
    if (name === 'ping' && last !== undefined) continue;
    if (last?.name === name && isDelta(event)) runs.splice(-1, 1, { name, events: [...last.events, event] });
    else runs.push({ name, events: [event] });
  }
  return runs;
}

function nameOf({ data, event }: StreamEvent): string {
  const type = typeof data === 'object' && data !== null && 'node_type' in data ? data.node_type : undefined;
  return typeof type === 'string' ? `${String(event)}(${type})` : String(event);
}

/** The older server calls text deltas `message_file` when files are about. */
function isDelta(event: StreamEvent): boolean {
  const name = event['event'];
  if (name === 'message' || name === 'agent_message') return true;
  return name === 'text_chunk' || name === 'tts_message' || (name === 'message_file' && !('url' in event));
}
