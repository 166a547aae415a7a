import { randomUUID } from 'node:crypto';
import type { Case } from './case.ts';
import type { Mode } from './modes.ts';
import type { Ask, Expected, Fields, Got, JsonAsk } from './ask.ts';
import type { Probe } from './probe.ts';

/** What a language model answers shortly, and the rule model of the lab too. */
export const shortText = 'Say hello. [[long:5]]';

/** What takes any model some seconds, and the rule model of the lab too. */
export const longText = 'Count from one to five hundred in words. [[long:300]] [[slow:40]]';

/** An id of nothing. */
export const unknownId = '0b9e9a6e-7f0c-4c55-9d3f-1f2e3d4c5b6a';

/** Where apps of the mode are asked. */
export function generatePath(mode: Mode): string {
  switch (mode) {
    case 'completion':
      return '/completion-messages';
    case 'workflow':
      return '/workflows/run';
    case 'chat':
    case 'agent-chat':
    case 'agent':
    case 'advanced-chat':
      return '/chat-messages';
  }
}

export function stopPath(mode: Mode, taskId: string): string {
  return mode === 'workflow' ? `/workflows/tasks/${taskId}/stop` : `${generatePath(mode)}/${taskId}/stop`;
}

/** The ordinary way to ask the app: streaming, all inputs, no name to be generated. */
export function question(app: Probe, text: string = shortText, more: Fields = {}): JsonAsk {
  const body = { inputs: app.inputs(text), response_mode: 'streaming', ...more };
  const isChat = generatePath(app.mode) === '/chat-messages';
  return {
    path: generatePath(app.mode),
    body: isChat ? { query: text, auto_generate_name: false, ...body } : body,
  };
}

/** The same without a stream. */
export function blockingQuestion(app: Probe, text: string = shortText, more: Fields = {}): JsonAsk {
  return question(app, text, { response_mode: 'blocking', ...more });
}

/** An answer with the ids by which one goes on from there; '' where the mode has none. */
export interface Answered extends Got {
  readonly conversationId: string;
  readonly messageId: string;
  readonly taskId: string;
  readonly runId: string;
  /** The text of all deltas. */
  readonly answer: string;
}

/** Asks, and reads the answer to its end. */
export async function answered(app: Probe, text: string = shortText, more: Fields = {}): Promise<Answered> {
  return withIds(await app.send(question(app, text, more), { status: 200, end: 'done' }));
}

export function withIds(got: Got): Answered {
  const idOf = (key: string): string =>
    [got.json, ...got.events].map((event) => event[key]).find((id) => typeof id === 'string') ?? '';
  return {
    ...got,
    conversationId: idOf('conversation_id'),
    messageId: idOf('message_id'),
    taskId: idOf('task_id'),
    runId: idOf('workflow_run_id'),
    answer: got.events.map(({ answer }) => (typeof answer === 'string' ? answer : '')).join(''),
  };
}

/** The answer to inputs, files or an empty query that the app does not take: the newer server tells it within a stream. */
export async function refusedInputs(app: Probe, ask: JsonAsk): Promise<void> {
  const isGraph = app.mode === 'advanced-chat' || app.mode === 'workflow';
  if (app.generation === 'a' || !isGraph || ask.body['response_mode'] !== 'streaming') {
    await app.send(ask, { status: 400, code: 'invalid_param' });
    return;
  }
  const stream = await app.open(ask);
  await stream.until('error');
  await app.soFar(ask, { status: 200, end: 'refused' }, stream);
  stream.leave();
}

/** A case that is one request with one answer. */
export function one(
  name: string,
  ask: Ask | ((app: Probe) => Ask),
  expected: Expected | ((app: Probe) => Expected),
  rest: Partial<Omit<Case, 'name' | 'run'>> = {},
): Case {
  return {
    name,
    ...rest,
    run: async (app) => {
      await app.send(
        typeof ask === 'function' ? ask(app) : ask,
        typeof expected === 'function' ? expected(app) : expected,
      );
    },
  };
}

/** Two values that ought to be the same. */
export function same(what: string, found: unknown, expected: unknown): void {
  const [here, there] = [JSON.stringify(found), JSON.stringify(expected)];
  if (here !== there) throw new Error(`${what} is ${here}, not ${there}`);
}

/** Something that ought to hold. */
export function holds(what: string, is: boolean): void {
  if (!is) throw new Error(`${what} does not hold`);
}

/** A run some of whose nodes failed and were handled is a success too. */
export function isSuccess(status: unknown): boolean {
  return status === 'succeeded' || status === 'partial-succeeded';
}

/** The rows of a list. */
export function rowsOf({ json }: Got): readonly Fields[] {
  const { data } = json;
  return Array.isArray(data) ? data.filter((row): row is Fields => typeof row === 'object' && row !== null) : [];
}

/** Somebody else. */
export function stranger(): string {
  return `contract-stranger-${randomUUID()}`;
}
