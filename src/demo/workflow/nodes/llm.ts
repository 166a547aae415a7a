import type { SentFile } from '../../files/store.ts';
import type { Exchange, TextSource } from '../../turns/textSource.ts';
import { countTokens } from '../../turns/usage.ts';
import type { Fields, Node, NodeContext, Selector } from '../graph.ts';
import { type Usage, priceData, usageData } from '../tokens.ts';
import { modelCall } from './modelCall.ts';
import { type Named, asFields, done } from './plain.ts';
import { ThoughtFilter } from './thoughts.ts';

export interface LlmOptions extends Named, Pick<Node, 'onError' | 'retry'> {
  readonly system?: string;
  /** What the person says to the model: a template. `{{#context#}}` is where the knowledge goes. */
  readonly user: string;
  /** Results of a knowledge retrieval. */
  readonly context?: Selector;
  /** Whether earlier turns are sent along; the question follows them once more. */
  readonly memory?: boolean;
  /** `separated`: what is inside `<think>` becomes an output of its own. */
  readonly reasoning?: 'separated';
  /** Whether the pictures sent along are shown to the model. */
  readonly vision?: true;
  readonly model?: string;
  /** Instead of the app's. */
  readonly source?: TextSource;
}

const provider = 'langgenius/openai_api_compatible/openai_api_compatible';

export function llm(options: LlmOptions): Node {
  const { id, onError, retry, title } = options;
  return {
    id,
    title,
    type: 'llm',
    ...(onError === undefined ? {} : { onError }),
    ...(retry === undefined ? {} : { retry }),
    run: (context) => runModel(options, context),
  };
}

interface PromptMessage {
  readonly role: 'system' | 'user' | 'assistant';
  readonly text: string;
  readonly files: readonly unknown[];
}

async function runModel(options: LlmOptions, context: NodeContext): ReturnType<Node['run']> {
  const knowledge = options.context === undefined ? '' : knowledgeIn(context.values.get(options.context));
  const modelName = options.model ?? 'fake-model';
  const seen = seenBy(options, context);
  const inputs: Fields = {
    ...(seen.length === 0 ? {} : { '#files#': context.values.get(['sys', 'files']) }),
    ...(knowledge === '' ? {} : { '#context#': knowledge }),
    ...(context.generation.modelsAreInputs ? { model_provider: provider, model_name: modelName } : {}),
  };
  const prompts = withPictures(promptsOf(options, context, knowledge), seen);
  const said = await say(options, context, prompts, inputs);
  const usage = usageOf(prompts, said);
  const counted = usageData(usage);
  return done({
    inputs,
    processData: {
      model_mode: 'chat',
      prompts,
      usage: counted,
      finish_reason: 'stop',
      model_provider: provider,
      model_name: modelName,
    },
    outputs: { text: said.text, reasoning_content: said.reasoning, usage: counted, finish_reason: 'stop' },
    metadata: priceData(usage),
    usage,
  });
}

function promptsOf(
  options: LlmOptions,
  { generation, history, values }: NodeContext,
  knowledge: string,
): readonly PromptMessage[] {
  // An older server leaves the placeholder where there is no knowledge.
  const filledIn = knowledge === '' && generation.keepsEmptyContext ? '{{#context#}}' : knowledge;
  const message = (role: PromptMessage['role'], text: string): PromptMessage => ({ role, text, files: [] });
  const turns = ({ answer, query }: Exchange): readonly PromptMessage[] => [
    message('user', query),
    ...(answer === '' ? [] : [message('assistant', answer)]),
  ];
  return [
    ...(options.system === undefined ? [] : [message('system', values.filled(options.system))]),
    message(
      'user',
      values.filled(options.user).replaceAll('{{#context#}}', () => filledIn),
    ),
    ...(options.memory === true ? [...history.flatMap(turns), message('user', values.text(['sys', 'query']))] : []),
  ];
}

function seenBy({ vision }: LlmOptions, { attached }: NodeContext): readonly SentFile[] {
  return vision === true ? attached : [];
}

/** The last message has the pictures. */
function withPictures(prompts: readonly PromptMessage[], files: readonly SentFile[]): readonly PromptMessage[] {
  const pictures = files.filter(({ type }) => type === 'image');
  return prompts.map((prompt, index) =>
    index === prompts.length - 1 ? { ...prompt, files: pictures.map(pictureData) } : prompt,
  );
}

/** The server shows no more than the ends of the data. */
function pictureData({ mimeType, place }: SentFile): object {
  if (place.transferMethod === 'remote_url') return { type: 'image', data: place.url, detail: 'high' };
  const { bytes } = place.file;
  const whole = Math.max(0, Math.floor((bytes.length - 9) / 3) * 3);
  const tail = btoa(String.fromCharCode(...bytes.slice(whole))).slice(-10);
  return { type: 'image', data: `${`data:${mimeType}`.slice(0, 10)}...[TRUNCATED]...${tail}`, detail: 'high' };
}

interface Said {
  readonly text: string;
  readonly reasoning: string;
  /** Seconds. */
  readonly firstToken: number | undefined;
  readonly latency: number;
}

async function say(
  options: LlmOptions,
  context: NodeContext,
  prompts: readonly PromptMessage[],
  inputs: Fields,
): Promise<Said> {
  const { clock, history, stream, values } = context;
  const begun = clock.now();
  const seconds = (): number => (clock.now() - begun) / 1000;
  const filter = new ThoughtFilter(options.reasoning === 'separated');
  const hides = options.reasoning === 'separated' && context.generation.streamsNoThoughts;
  const text = prompts.at(-1)?.text ?? '';
  const prompt = {
    text,
    inputs: asFields(values.get(['sys', 'inputs'])),
    query: text,
    history,
    files: seenBy(options, context),
  };
  let firstToken: number | undefined;
  for await (const piece of modelCall(context, options.source, prompt, inputs)) {
    if (typeof piece !== 'string') continue;
    firstToken ??= seconds();
    const visible = filter.add(piece);
    const shown = hides ? visible : piece;
    if (shown !== '') stream('text', shown);
  }
  // The model's own last, empty delta, and the node's.
  if (!hides) stream('text', '');
  stream('text', '', true);
  return { text: filter.text, reasoning: filter.reasoning, firstToken, latency: seconds() };
}

function usageOf(prompts: readonly PromptMessage[], { firstToken, latency, reasoning, text }: Said): Usage {
  return {
    prompt: prompts.reduce((sum, message) => sum + countTokens(message.text), 0),
    completion: countTokens(text) + countTokens(reasoning),
    latency,
    ...(firstToken === undefined ? {} : { firstToken, generate: latency - firstToken }),
  };
}

function knowledgeIn(results: unknown): string {
  if (!Array.isArray(results)) return '';
  return results.map((result: { readonly content: string }) => result.content).join('\n');
}
