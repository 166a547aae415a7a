import { type Clock, seconds } from '../clock.ts';
import type { EndUser } from '../history/endUsers.ts';
import { spacedUnicodeJson } from '../http/python.ts';
import { type Files, type MessageFile, SentFile } from '../files/store.ts';
import type { Message } from '../history/store.ts';
import type { Prompt, TextSource } from '../turns/textSource.ts';
import {
  type Agent,
  type ToolAnswer,
  type ToolInput,
  type ToolRun,
  invoked,
  labelsOf,
  observationOf,
} from './agent.ts';
import { toolArguments } from './arguments.ts';
import type { AgentThought } from './thought.ts';

/** What an agent does beside saying something. */
export type Step =
  /** A round's row, as it is at the time `at` (ms), and as whoever comes later finds it. */
  | {
      readonly type: 'thought';
      readonly thought: AgentThought;
      readonly at: number;
      readonly latest: () => AgentThought;
    }
  | { readonly type: 'file'; readonly file: MessageFile }
  /** What is kept as the answer, which is not quite the sum of what was said. */
  | { readonly type: 'answer'; readonly text: string };

export interface AgentTurn {
  /** Whose turn it is. */
  readonly user: EndUser;
  readonly agent: Agent;
  readonly model: TextSource;
  readonly message: Message;
  readonly files: Files;
  readonly uuid: () => string;
  readonly run: ToolRun;
}

/** One round after the other, until the model calls no tool. In the round after the last it is offered none. */
export async function* functionCallRounds(turn: AgentTurn, prompt: Prompt): AsyncGenerator<string | Step> {
  const { agent, model, run } = turn;
  const observations: string[] = [];
  const responses: string[] = [];
  let isOver = false;
  for (let round = 1; !isOver && round <= agent.maxIterations + 1; round++) {
    const tools = round > agent.maxIterations ? [] : agent.tools.map(({ name }) => name);
    const row = new Row(turn);
    const calls: Call[] = [];
    let response = '';
    let isTold = false;
    for await (const piece of model({ ...prompt, tools, observations }, run.signal)) {
      if (!isTold) yield row.step();
      isTold = true;
      const isText = typeof piece === 'string';
      if (isText) response += piece;
      else calls.push({ tool: piece.tool, input: toolArguments(piece.input) });
      yield isText ? piece : '';
    }
    if (!isTold) yield row.step();
    yield '';
    responses.push(response);
    row.set({ thought: response, ...calledBy(calls, agent) });
    yield row.step();
    const told = yield* called(turn, row, calls);
    observations.push(...told);
    isOver = calls.length === 0;
  }
  yield { type: 'answer', text: responses.join('\n').trim() };
}

interface Call {
  readonly tool: string;
  readonly input: ToolInput;
}

function calledBy(calls: readonly Call[], { tools }: Agent): Partial<AgentThought> {
  if (calls.length === 0) return {};
  return {
    tool: calls.map(({ tool }) => tool).join(';'),
    toolLabels: Object.fromEntries(calls.map(({ tool }) => [tool, labelsOf(tool, tools)])),
    toolInput: spacedUnicodeJson(Object.fromEntries(calls.map(({ tool, input }) => [tool, input]))),
  };
}

async function* called(turn: AgentTurn, row: Row, calls: readonly Call[]): AsyncGenerator<Step, readonly string[]> {
  if (calls.length === 0) return [];
  const told: string[] = [];
  const files: MessageFile[] = [];
  for (const { tool, input } of calls) {
    const answer = await invoked(turn.agent.tools, tool, input, turn.run);
    told.push(observationOf(answer));
    for (const file of keptFiles(turn, answer)) {
      files.push(file);
      yield { type: 'file', file };
    }
  }
  row.set({
    observation: spacedUnicodeJson(Object.fromEntries(calls.map(({ tool }, index) => [tool, told[index]]))),
    files: files.map(({ id }) => id),
  });
  yield row.step();
  return told;
}

/** The picture of a tool's answer, now a file of the message. */
export function keptFiles({ files, message, run, user, uuid }: AgentTurn, answer: ToolAnswer): readonly MessageFile[] {
  if (typeof answer === 'string') return [];
  const { bytes, extension, mimeType } = answer.image;
  const stored = files.add({
    origin: 'tool',
    name: `${uuid().replaceAll('-', '')}.${extension}`,
    extension,
    mimeType,
    bytes,
    owner: user,
    createdAt: seconds(run.clock.now()),
  });
  files.use(stored, user.app.key);
  const sent = new SentFile('image', { transferMethod: 'tool_file', file: stored });
  const file: MessageFile = { id: uuid(), belongsTo: 'assistant', file: sent };
  message.files.push(file);
  return [file];
}

/** One round's row while it is filled in. What has been shown of it does not change any more. */
export class Row {
  readonly #rows: AgentThought[];
  #row: AgentThought;
  readonly #clock: Clock;

  constructor({ message, run, uuid }: AgentTurn) {
    this.#clock = run.clock;
    this.#rows = message.thoughts;
    this.#row = {
      id: uuid(),
      messageId: message.id,
      position: message.thoughts.length + 1,
      createdAt: seconds(run.clock.now()),
      thought: '',
      tool: '',
      toolLabels: {},
      toolInput: '',
      observation: '',
      files: [],
    };
    this.#rows.push(this.#row);
  }

  get thought(): string {
    return this.#row.thought;
  }

  set(changed: Partial<AgentThought>): void {
    this.#row = { ...this.#row, ...changed };
    this.#rows[this.#row.position - 1] = this.#row;
  }

  step(): Step {
    return { type: 'thought', thought: this.#row, at: this.#clock.now(), latest: () => this.#row };
  }
}
