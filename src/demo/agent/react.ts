import { spacedUnicodeJson } from '../http/python.ts';
import type { Prompt } from '../turns/textSource.ts';
import { type Agent, type ToolInput, invoked, labelsOf, observationOf } from './agent.ts';
import { type ReactAction, ReactOutput } from './reactOutput.ts';
import { type AgentTurn, Row, type Step, keptFiles } from './rounds.ts';

/** Rounds of a model that writes what it wants done into its text. Only its final answer is kept; text without an action leaves none. */
export async function* reactRounds(turn: AgentTurn, prompt: Prompt): AsyncGenerator<string | Step> {
  const { agent } = turn;
  const observations: string[] = [];
  for (let round = 1; round <= agent.maxIterations + 1; round++) {
    const row = new Row(turn);
    yield row.step();
    const action = yield* thinking(turn, row, { ...prompt, observations });
    row.set(wantedBy(action, agent));
    if (action === undefined || isFinal(action)) {
      const answer = action === undefined ? '' : textOf(action.input);
      yield answer;
      row.set({ thought: row.thought + answer });
      yield { type: 'answer', text: answer.trim() };
      return;
    }
    yield row.step();
    observations.push(yield* acting(turn, row, action));
  }
  yield '';
  yield { type: 'answer', text: '' };
}

/** Lets the model speak; returns the last action that it named. */
async function* thinking(turn: AgentTurn, row: Row, prompt: Prompt): AsyncGenerator<string, ReactAction | undefined> {
  const output = new ReactOutput();
  let action: ReactAction | undefined;
  let thought = '';
  const heard = function* heard(parts: Iterable<string | ReactAction>): Generator<string> {
    for (const part of parts) {
      if (typeof part === 'string') {
        thought += part;
        yield part;
      } else action = part;
    }
  };
  for await (const piece of turn.model(prompt, turn.run.signal)) {
    if (typeof piece === 'string') yield* heard(output.add(piece));
  }
  yield* heard(output.end());
  row.set({ thought: thought.trim() || 'I am thinking about how to help you' });
  return action;
}

async function* acting(turn: AgentTurn, row: Row, { input, name }: ReactAction): AsyncGenerator<Step, string> {
  const { agent, run } = turn;
  const settings = agent.tools.find((tool) => tool.name === name)?.settings;
  const whole = { ...inputOf(input), ...settings };
  const answer = await invoked(agent.tools, name, whole, run);
  const files = keptFiles(turn, answer);
  for (const file of files) yield { type: 'file', file };
  const observation = observationOf(answer);
  row.set({
    // The server adds the thought to itself.
    thought: row.thought + row.thought,
    toolInput: spacedUnicodeJson({ [name]: whole }),
    observation: spacedUnicodeJson({ [name]: observation }),
    files: files.map(({ id }) => id),
  });
  yield row.step();
  return observation;
}

function wantedBy(action: ReactAction | undefined, { tools }: Agent): { readonly toolInput?: string } {
  if (action === undefined) return {};
  const toolInput = spacedUnicodeJson({ [action.name]: action.input });
  if (isFinal(action)) return { toolInput };
  return Object.assign(
    { tool: action.name, toolLabels: { [action.name]: labelsOf(action.name, tools) } },
    { toolInput },
  );
}

function isFinal({ name }: ReactAction): boolean {
  return /final/i.test(name) && /answer/i.test(name);
}

function textOf(input: unknown): string {
  return typeof input === 'string' ? input : spacedUnicodeJson(input);
}

function inputOf(value: unknown): ToolInput {
  return typeof value === 'object' && value !== null ? Object.fromEntries(Object.entries(value)) : {};
}
