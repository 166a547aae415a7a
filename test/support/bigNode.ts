/** A piece of a stream as the network gives it, in bytes. */
const piece = 64 * 1024;

/** A run of a chatflow with one node, whose output has so many characters: what a Code node may give, told whole in one event. */
export function bigNodeStream(characters: number): readonly Uint8Array[] {
  const ids = { task_id: 't', message_id: 'm', conversation_id: 'c', workflow_run_id: 'r' };
  const node = { id: 'n', node_id: 'code', node_type: 'code', title: 'Much', index: 1 };
  const items = Array.from({ length: characters / 100 }, (_, n) => ({
    id: n,
    text: 'a line of a large result '.repeat(3),
  }));
  const ended = { ...node, status: 'succeeded', elapsed_time: 0.1, inputs: { n: characters }, outputs: { items } };
  const events = [
    { event: 'workflow_started', ...ids, data: { id: 'r', workflow_id: 'w' } },
    { event: 'message', ...ids, answer: 'Kept.' },
    { event: 'node_started', ...ids, data: node },
    { event: 'node_finished', ...ids, data: ended },
    { event: 'message_end', ...ids, metadata: {} },
    { event: 'workflow_finished', ...ids, data: { id: 'r', status: 'succeeded', outputs: { answer: 'Kept.' } } },
  ];
  const bytes = Buffer.from(events.map((event) => `data: ${JSON.stringify(event)}\n\n`).join(''));
  return Array.from({ length: Math.ceil(bytes.length / piece) }, (_, n) => bytes.subarray(n * piece, (n + 1) * piece));
}
