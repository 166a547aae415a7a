import { type Clock, realClock } from '../../src/demo/clock.ts';
import { ModelError, type Prompt, type TextSource, type ToolCall } from '../../src/demo/turns/textSource.ts';
import { chineseText, codeText, jsonText, markdownText, reactTexts, reasoning, thought } from './modelTexts.ts';

/**
 * The rule model of the lab: it repeats the first sentence of the question ("Answer: …") unless directives in the question say
 * otherwise. What to say: `[[long:n]]` (n words), `[[say:…]]`, `[[join:a|b]]`, `[[md]]`, `[[zh]]`, `[[json]]`, `[[big:kB]]`, `[[empty]]`,
 * `[[poison]]`; before it: `[[think]]`, `[[reasoning]]`. How: `[[slow:ms]]` per word, `[[wait:ms]]` before the first, `[[pause:n:ms]]`
 * after n words, `[[one]]` delta, `[[chars]]`. Failures: `[[err500]]` and 400, 401, 429, `[[cut:n]]` after n words, `[[badsse]]`. Tools:
 * `[[tool:name:{json}]]`, `[[tools:n]]` rounds of it, `[[notool]]`, `[[react]]`.
 *
 * @param firstWord What it thinks before its first word if nothing is said about that, in ms.
 */
export function labModel(clock: Clock = realClock, firstWord = 30): TextSource {
  return async function* answer(prompt, signal) {
    const directives = directivesIn(prompt.text);
    failAtOnce(directives);
    await clock.sleep(numberOf(directives, 'wait', firstWord), signal);
    const call = toolCall(prompt, directives);
    const text = call === undefined ? answerTo(prompt, directives) : 'Let me look that up. ';
    const thinking = directives.has('think') ? inPieces(thought, directives) : [];
    const words = [...thinking, ...inPieces(text, directives)];
    yield* paced(directives.has('reasoning') ? reasoned(words) : words, directives, clock, signal);
    if (call !== undefined) yield call;
  };
}

/** Answers without waiting; for apps that name their source themselves. */
export const labAnswer: TextSource = labModel();

async function* paced(
  pieces: readonly string[],
  directives: Directives,
  clock: Clock,
  signal: AbortSignal,
): AsyncGenerator<string> {
  const cut = directives.has('badsse') ? 3 : numberOf(directives, 'cut', Infinity);
  const [pauseAfter = '', pauseFor = ''] = (directives.get('pause') ?? '').split(':');
  for (const [index, piece] of pieces.entries()) {
    if (index >= cut) throw broken(directives);
    if (index > 0) await clock.sleep(numberOf(directives, 'slow', 8), signal);
    if (String(index) === pauseAfter) await clock.sleep(Number(pauseFor), signal);
    if (signal.aborted) return;
    yield piece;
  }
}

type Directives = ReadonlyMap<string, string>;

const directive = /\[\[(\w+?)(?::((?:[^\]]|\](?!\]))*))?\]\]/g;

function directivesIn(text: string): Directives {
  return new Map([...text.matchAll(directive)].map(([, name = '', value = '']) => [name, value]));
}

function numberOf(directives: Directives, name: string, otherwise: number): number {
  const value = Number.parseInt(directives.get(name) ?? '', 10);
  return Number.isNaN(value) ? otherwise : value;
}

function toolCall({ observations = [], tools = [] }: Prompt, directives: Directives): ToolCall | undefined {
  if (tools.length === 0 || directives.has('notool') || observations.length >= numberOf(directives, 'tools', 1)) {
    return undefined;
  }
  const [, tool, input = '{}'] = /^(\w+):(.*)$/s.exec(directives.get('tool') ?? '') ?? [];
  return tool === undefined ? undefined : { tool, input };
}

function answerTo({ files = [], observations = [], text }: Prompt, directives: Directives): string {
  if (directives.has('empty')) return '';
  const told = directives.has('react') ? reactTexts[observations.length === 0 ? 'first' : 'last'] : saidBy(directives);
  const last = observations.at(-1);
  const seen = files.some(({ type }) => type === 'image') ? 'I see an image. ' : '';
  const plain = last === undefined ? `${seen}Answer: ${firstSentence(text)}` : `The tool says: ${last}`;
  return told ?? plain;
}

/** From a provider that keeps the reasoning apart: its plugin glues the tags to the words behind them. */
function reasoned([first = '', ...rest]: readonly string[]): readonly string[] {
  const [start = '', ...words] = inPieces(reasoning, new Map());
  return [`<think>\n${start}`, ...words, `\n</think>${first}`, ...rest];
}

function saidBy(directives: Directives): string | undefined {
  const texts: Readonly<Record<string, (value: string) => string>> = {
    say: (value) => value,
    join: (value) => value.replaceAll('|', ''),
    long: (value) => Array.from({ length: Number(value) }, (_, index) => `word${index + 1}`).join(' '),
    md: () => markdownText,
    zh: () => chineseText,
    json: () => jsonText,
    big: (value) => codeText(Number(value)),
    poison: () => 'This history makes the next request fail: [[err500]]',
  };
  const name = Object.keys(texts).find((each) => directives.has(each));
  return name === undefined ? undefined : texts[name]?.(directives.get(name) ?? '');
}

/** Of what is left without directives; a dot inside a word ends nothing. */
function firstSentence(text: string): string {
  const plain = text.replaceAll(directive, ' ').replaceAll(/\s+/g, ' ').trim();
  return /^.*?[.?!。](?=\s|$)/.exec(plain)?.[0] ?? plain;
}

/** Words with the space before them, CJK text by two characters, code by 4 kB. */
function inPieces(text: string, directives: Directives): readonly string[] {
  if (text === '') return [];
  if (directives.has('one')) return [text];
  if (directives.has('chars')) return Array.from(text);
  if (directives.has('big')) return text.match(/[^]{1,4096}/g) ?? [];
  return text.match(/\s*(?:[぀-ヿ㐀-鿿가-힣＀-￯]{1,2}|[^\s぀-ヿ㐀-鿿가-힣＀-￯]+)|\s+$/g) ?? [];
}

const refusals = {
  400: ['invalid_request_error', 'The request is not valid (fake).'],
  401: ['authentication_error', 'Incorrect API key provided (fake).'],
  429: ['rate_limit_error', 'Rate limit reached for requests (fake).'],
  500: ['server_error', 'The server had an error while processing your request (fake).'],
} as const;

function failAtOnce(directives: Directives): void {
  for (const [status, [type, message]] of Object.entries(refusals)) {
    if (!directives.has(`err${status}`)) continue;
    const body = JSON.stringify({ error: { message, type, param: null, code: null } });
    throw new ModelError(`[models] Error: API request failed with status code ${status}: ${body}`);
  }
}

function broken(directives: Directives): ModelError {
  if (!directives.has('badsse')) {
    return new ModelError('Response ended prematurely', { errorType: 'ChunkedEncodingError', described: false });
  }
  return new ModelError(
    "HTTPSConnectionPool(host='openaipublic.blob.core.windows.net', port=443): Max retries exceeded with url: /gpt-2/encodings/main/vocab.bpe (Caused by NameResolutionError(\"HTTPSConnection(host='openaipublic.blob.core.windows.net', port=443): Failed to resolve 'openaipublic.blob.core.windows.net' ([Errno -2] Name or service not known)\"))",
    { errorType: 'ConnectionError', described: false },
  );
}
