import type { Clock } from '../clock.ts';

/** How an app of mode `agent-chat` or `agent` works: rounds of model and tools. */
export interface Agent {
  /** `react` is for models that cannot call tools: they write "Action:" and JSON into their text. */
  readonly strategy: 'function_call' | 'react';
  readonly tools: readonly Tool[];
  /** Rounds with tools; one more without them may follow. */
  readonly maxIterations: number;
  /**
   * Whether an app of mode `agent` shows the text as it grows, as servers later than 1.14 are documented to do: `agent_message` deltas
   * and a closing `message` that repeats the whole.
   */
  readonly streamsDeltas?: boolean;
}

export interface Tool {
  readonly name: string;
  /** By Dify's locales. Default: the name, in English and Chinese. */
  readonly labels?: Readonly<Record<string, string>>;
  /** Name of the built-in provider whose icon `/meta` names; tools without one have none there. */
  readonly provider?: string;
  /** Parameters that the app's owner has set. A ReAct agent shows them in the input once the tool has run. */
  readonly settings?: ToolInput;
  /** What the model learns. An error's message is told to the model as well, and nothing else happens. */
  readonly invoke: (input: ToolInput, run: ToolRun) => ToolAnswer | Promise<ToolAnswer>;
}

export type ToolInput = Readonly<Record<string, unknown>>;

export interface ToolRun {
  readonly clock: Clock;
  readonly signal: AbortSignal;
}

export type ToolAnswer = string | { readonly text: string; readonly image: ToolImage };

export interface ToolImage {
  readonly bytes: Uint8Array<ArrayBuffer>;
  /** Without a dot. */
  readonly extension: string;
  readonly mimeType: string;
}

export function labelsOf(name: string, tools: readonly Tool[]): object {
  return tools.find((tool) => tool.name === name)?.labels ?? { en_US: name, zh_Hans: name };
}

/** Runs one tool, and never fails. */
export async function invoked(
  tools: readonly Tool[],
  name: string,
  input: ToolInput,
  run: ToolRun,
): Promise<ToolAnswer> {
  const tool = tools.find((each) => each.name === name);
  if (tool === undefined) return `there is not a tool named ${name}`;
  try {
    return await tool.invoke({ ...input, ...tool.settings }, run);
  } catch (error) {
    return `tool invoke error: ${error instanceof Error ? error.message : String(error)}`;
  }
}

/** What the model is told: a picture goes to the person, past the model. */
export function observationOf(answer: ToolAnswer): string {
  if (typeof answer === 'string') return answer;
  return `${answer.text}image has been created and sent to user already, you do not need to create it, just tell the user to check it now.`;
}
