import type { StreamIds } from '../../src/dify/events.ts';
import type { RecordedStream } from '../support/recordedStreams.ts';
import { cutsOf, differences } from './cuts.ts';
import { readTurn, shownAfter, type ReadTurn } from './turn.ts';

/** What the tool says of one stream, and in which order. */
export interface Line {
  readonly file: string;
  readonly exchange: number;
  readonly end: 'done' | 'incomplete' | 'stopped' | 'failed' | 'paused';
  readonly answer: string;
  readonly events: number;
  readonly conversationId: string | null;
  readonly messageId: string | null;
  readonly taskId: string | null;
  readonly runId: string | null;
  readonly cuts?: number;
  readonly differences?: number;
}

/** @param cut where to cut the stream besides: a byte, or every byte that matters */
export async function lineOf(file: string, stream: RecordedStream, cut: number | 'every' | undefined): Promise<Line> {
  const turn = await readTurn(stream);
  const { messages } = await shownAfter(stream, turn);
  const taskId = idOf(turn, 'task_id');
  const line = {
    file,
    exchange: stream.exchange,
    end: taskId !== null && stream.stops.includes(taskId) ? 'stopped' : endOf(turn),
    answer: messages[0]?.run.text ?? '',
    events: turn.events.length,
    conversationId: idOf(turn, 'conversation_id'),
    messageId: idOf(turn, 'message_id'),
    taskId,
    runId: idOf(turn, 'workflow_run_id'),
  };
  if (cut === undefined) return line;
  const cuts = cut === 'every' ? cutsOf(stream) : [Math.min(cut, stream.bytes.length)];
  // A refusal has no end that a cut could take away.
  if (stream.status < 200 || stream.status > 299) return { ...line, cuts: 0, differences: 0 };
  return { ...line, cuts: cuts.length, differences: (await differences(stream, cuts)).length };
}

function endOf({ end }: ReadTurn): Line['end'] {
  return end.event === 'failed' ? 'failed' : end.reason;
}

function idOf({ events }: ReadTurn, name: keyof StreamIds): string | null {
  return events.find((event) => event[name] !== undefined)?.[name] ?? null;
}
