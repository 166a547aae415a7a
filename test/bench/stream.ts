/** How many events a stream has. */
export const pacedEvents = 1500;
export const floodEvents = 200_000;

const ids =
  '"conversation_id":"0c9b5f3e-2f7e-4e0b-8b1e-5a3c7d9e1f02","message_id":"9e2d7a40-3c1b-4f6d-8e5a-7b9c0d1e2f03","created_at":1763780100,"task_id":"4d6e8f10-2a3b-4c5d-8e7f-9a0b1c2d3e04"';

/** A piece of an answer as Dify 1.14 sends it; every tenth is not ASCII. */
export function event(n: number): string {
  const answer = n % 10 === 9 ? '你好' : ` word`;
  return `data: {"event":"message",${ids},"id":"9e2d7a40-3c1b-4f6d-8e5a-7b9c0d1e2f03","answer":"${answer}","from_variable_selector":null}\n\n`;
}

export const lastEvent = `data: {"event":"message_end",${ids},"metadata":{"usage":{"total_tokens":7,"latency":1}},"files":null}\n\n`;

/** The events in pieces of 64 kB, cut wherever that is. */
export function* floodPieces(events: number): Generator<Uint8Array, void, void> {
  const block = Buffer.from(Array.from({ length: 1000 }, (_, n) => event(n)).join(''));
  const whole = Buffer.concat(Array.from({ length: events / 1000 }, () => block));
  for (let at = 0; at < whole.length; at += 64 * 1024) yield whole.subarray(at, at + 64 * 1024);
}
